package lint

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// What people were planned to cost is not compared: it follows rosters and rates, which
// are corrected for the past too.
var closedPlanChanged = &Rule{
	Rule: diag.Rule{Code: "BUD014", Name: "closed-plan-changed", Summary: "A change alters what was planned for months that finance had closed", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Before == nil {
			p.Blind()
			return
		}
		if p.Before.Unconfigured || p.Before.Config.ClosedThrough == 0 {
			return
		}
		for _, g := range p.Programs {
			old := p.Before.Program(g.Meta.Name)
			if old == nil || old.Status == portfolio.ProgramProposed || !p.Before.Sound(old.Subject()) || p.unshown(g) || old.Budget == nil {
				continue
			}
			var lines []*portfolio.BudgetLine
			at := g.Meta.Origin.At("name")
			if g.Budget != nil {
				lines, at = g.Budget.Lines, g.Origin.KeyAt("budget")
			}
			checkClosedPlan(p, g.Subject(), fmt.Sprintf("program %q", g.Meta.Name), at, p.planned(p.Before, old.Budget.Lines), p.planned(p.Snapshot, lines))
		}
		for b := range p.budgets() {
			for _, old := range p.Before.Budgets {
				if old.Meta.Name == b.Meta.Name && p.Before.Sound(budgetSubject(old)) {
					checkClosedPlan(p, budgetSubject(b), fmt.Sprintf("budget %q", b.Meta.Name), b.Meta.Origin.At("name"), p.planned(p.Before, old.Lines), p.planned(p.Snapshot, b.Lines))
				}
			}
		}
	},
}

// closedPlan is what budget lines plan for closed months, in all and by line.
type closedPlan struct {
	months map[cal.Month]money.Totals
	lines  map[string]map[cal.Month]money.Amount // by id
	origin map[string]source.Origin
	ids    []string
}

// planned is what lines of a portfolio plan for the months that were closed before the
// change.
func (p *Pass) planned(s *portfolio.Snapshot, lines []*portfolio.BudgetLine) closedPlan {
	c := closedPlan{map[cal.Month]money.Totals{}, map[string]map[cal.Month]money.Amount{}, map[string]source.Origin{}, nil}
	for _, line := range lines {
		l := plannedLine{BudgetLine: line, currency: line.Currency}
		if l.currency == "" {
			l.currency = s.Config.Currency
		}
		months := map[cal.Month]money.Amount{}
		for _, share := range l.shares() {
			if share.month > p.Before.Config.ClosedThrough || share.IsZero() {
				continue
			}
			months[share.month] = share.Amount
			total := c.months[share.month]
			_ = total.Add(share.Amount) // a sum that does not fit is not compared
			c.months[share.month] = total
		}
		c.lines[line.ID], c.origin[line.ID] = months, line.Origin
		c.ids = append(c.ids, line.ID)
	}
	return c
}

// checkClosedPlan compares what was planned with what is. A line that was split, or
// renamed, changes nothing.
func checkClosedPlan(p *Pass, subject, name string, at source.Place, was, is closedPlan) {
	var months []cal.Month
	for m := range joined(was.months, is.months) {
		if changedTotals(was.months[m], is.months[m]) != "" {
			months = append(months, m)
		}
	}
	if len(months) == 0 {
		return
	}
	slices.Sort(months)
	m := months[0]
	for _, id := range is.ids {
		if is.lines[id][m] != was.lines[id][m] {
			at = is.origin[id].At("amount")
			break
		}
	}
	p.Report(Finding{
		At: at, Subject: subject, Key: m.String(),
		Message: fmt.Sprintf("%s is closed: what %s plans for it changes %s%s", m, name, changedTotals(was.months[m], is.months[m]), such("months", len(months))),
		Detail:  "leave closed months as they were approved, and plan the difference for open ones: else variances that were reported no longer follow from the files; what was agreed is waived",
	})
}

// changedTotals is "from 10.00 to 12.00 USD", by currency, and "" where nothing differs.
func changedTotals(before, after money.Totals) string {
	var parts []string
	for _, c := range slices.Sorted(maps.Keys(joined(byCurrency(before), byCurrency(after)))) {
		was, is := before.In(c), after.In(c)
		if was != is {
			parts = append(parts, fmt.Sprintf("from %s to %s", was.Grouped(), grouped(is)))
		}
	}
	return strings.Join(parts, " and ")
}
