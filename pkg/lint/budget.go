package lint

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// plannedLine is a budget line and what it is a part of: a program, or a Budget.
type plannedLine struct {
	*portfolio.BudgetLine
	program  *portfolio.Program
	budget   *portfolio.Budget
	currency money.Currency // never ""
}

func (l plannedLine) subject() string {
	if l.program != nil {
		return l.program.Subject() + "/line/" + l.ID
	}
	return budgetSubject(l.budget) + "/line/" + l.ID
}

func budgetSubject(b *portfolio.Budget) string { return "budget/" + b.Meta.Name }

// name is how messages name the line: line "cloud" of program "billing".
func (l plannedLine) name() string { return fmt.Sprintf("line %q of %s", l.ID, l.of()) }

func (l plannedLine) of() string {
	if l.program != nil {
		return fmt.Sprintf("program %q", l.program.Meta.Name)
	}
	return fmt.Sprintf("budget %q", l.budget.Meta.Name)
}

// lines are the budget lines of documents that validate: of the programs, then of the
// Budgets, each by name.
func (p *Pass) lines() iter.Seq[plannedLine] {
	return func(yield func(plannedLine) bool) {
		for _, g := range p.Programs {
			if g.Budget == nil {
				continue
			}
			for _, l := range g.Budget.Lines {
				if !yield(plannedLine{l, g, nil, p.currency(l.Currency)}) {
					return
				}
			}
		}
		for b := range p.budgets() {
			for _, l := range b.Lines {
				if !yield(plannedLine{l, nil, b, p.currency(l.Currency)}) {
					return
				}
			}
		}
	}
}

// budgets are the Budgets that validate, by name.
func (p *Pass) budgets() iter.Seq[*portfolio.Budget] {
	return func(yield func(*portfolio.Budget) bool) {
		for _, b := range p.Budgets {
			if p.Sound(budgetSubject(b)) && !yield(b) {
				return
			}
		}
	}
}

var lineOutside = &Rule{
	Rule: diag.Rule{Code: "BUD006", Name: "line-outside-dates", Summary: "A budget line goes beyond its program, or beyond the fiscal year of its Budget", Severity: diag.Warning},
	Check: func(p *Pass) {
		for l := range p.lines() {
			var within cal.Period
			starts, ends := "", ""
			var first, last place
			switch {
			case l.program != nil && !l.program.Status.Over():
				g := l.program
				within = cal.Through(g.Start, g.Due)
				starts, ends = fmt.Sprintf("before the program starts (%s)", g.Start), fmt.Sprintf("after the program is due (%s)", g.Due)
				first, last = place{g.Origin.At("start"), "the program starts here"}, place{g.Origin.At("due"), "the program is due here"}
			case l.budget != nil && !l.budget.FiscalYear.IsZero():
				b := l.budget
				within = p.Fiscal.Period(b.FiscalYear)
				starts, ends = fmt.Sprintf("before %s begins (%s)", b.FiscalYear, within.From.Month()), fmt.Sprintf("after %s ends (%s)", b.FiscalYear, within.Last().Month())
				at := b.Origin.At("fiscalYear")
				first, last = place{at, "the fiscal year of the budget"}, place{at, "the fiscal year of the budget"}
			default:
				continue
			}
			const detail = "keep the line within these dates, or have them changed"
			if l.From < within.From.Month() {
				p.Report(Finding{
					At: l.Origin.At("from"), Subject: l.subject(), Key: "from", Detail: detail,
					Message: fmt.Sprintf("%s begins in %s, %s", l.name(), l.From, starts),
				}, first)
			}
			if l.To > within.Last().Month() {
				p.Report(Finding{
					At: l.Origin.At("to"), Subject: l.subject(), Key: "to", Detail: detail,
					Message: fmt.Sprintf("%s ends in %s, %s", l.name(), l.To, ends),
				}, last)
			}
		}
	},
}

var monthsAddUp = &Rule{
	Rule: diag.Rule{Code: "BUD011", Name: "months-do-not-add-up", Summary: "The months of a budget line do not add up to its amount", Severity: diag.Error},
	Check: func(p *Pass) {
		for l := range p.lines() {
			if l.Spread.Curve != "" {
				continue
			}
			amount, err := l.Amount.In(l.currency)
			if err != nil { // SCH013
				continue
			}
			sum := money.Amount{Currency: l.currency}
			for _, m := range slices.Sorted(maps.Keys(l.Spread.Months)) {
				var part money.Amount
				if part, err = l.Spread.Months[m].In(l.currency); err == nil {
					sum, err = sum.Add(part)
				}
				if err != nil {
					break
				}
			}
			if err != nil || sum == amount {
				continue
			}
			p.Report(Finding{
				At: l.Origin.At("amount"), Subject: l.subject(),
				Message: fmt.Sprintf("the months of %s add up to %s, its amount is %s", l.name(), grouped(sum), grouped(amount)),
				Detail:  "correct a month under spread:, or amount:; until they agree nobody knows what is planned",
			}, place{l.Origin.KeyAt("spread"), "its months"})
		}
	},
}

// A forecast may lie after the line, which is how one says that the money comes later
// than planned; not after the end of its program or fiscal year.
var monthOutsideLine = &Rule{
	Rule: diag.Rule{Code: "BUD012", Name: "month-outside-line", Summary: "A budget line plans or expects money in a month in which nobody looks for it", Severity: diag.Warning},
	Check: func(p *Pass) {
		for l := range p.lines() {
			checkMonths(p, l, "spread", "plans money in", l.To, l.Spread.Months)
			last := l.To
			switch {
			case l.program != nil:
				last = max(last, l.program.Due.Month())
			case !l.budget.FiscalYear.IsZero():
				last = max(last, p.Fiscal.Period(l.budget.FiscalYear).Last().Month())
			}
			checkMonths(p, l, "forecast", "expects money in", last, l.Forecast)
		}
	},
}

// checkMonths reports months of a field before the line, or after a month.
func checkMonths(p *Pass, l plannedLine, field, says string, last cal.Month, months map[cal.Month]money.Decimal) {
	var outside []cal.Month
	for m, amount := range months {
		if (m < l.From || m > last) && !amount.IsZero() {
			outside = append(outside, m)
		}
	}
	if len(outside) == 0 {
		return
	}
	slices.Sort(outside)
	m := outside[0]
	where := fmt.Sprintf("before it begins (%s)", l.From)
	if m > l.To {
		where = fmt.Sprintf("after it ends (%s)", l.To)
		if last > l.To {
			where = fmt.Sprintf("after all of %s (%s)", l.of(), last)
		}
	}
	p.Report(Finding{
		At: l.Origin.KeyAt(field, m.String()), Subject: l.subject(), Key: field,
		Message: fmt.Sprintf("%s %s %s, %s%s", l.name(), says, m, where, such("months", len(outside))),
		Detail:  "correct the month, or let from: and to: cover it",
	})
}

var budgetMilestone = &Rule{
	Rule: diag.Rule{Code: "BUD016", Name: "budget-milestone", Summary: "A line of a Budget names a milestone that does not exist", Severity: diag.Error},
	Check: func(p *Pass) {
		for l := range p.lines() {
			if l.budget == nil || l.Milestone == "" || p.Absent(portfolio.ExternalProgram) {
				continue
			}
			f := Finding{At: l.Origin.At("milestone"), Subject: l.subject(), Key: string(l.Milestone)}
			program, id := l.Milestone.Split()
			g := p.Program(program)
			switch {
			case program == "":
				f.Message = fmt.Sprintf("%s names milestone %q, and no program", l.name(), id)
				f.Detail, f.Suggestion = "a Budget is of no program: write program/"+id, p.milestoneNamed(id)
			case !p.Sound("program/"+program) || g != nil && g.Milestone(id) != nil:
				continue
			case g == nil:
				var names []string
				for _, g := range p.Snapshot.Programs {
					names = append(names, g.Meta.Name)
				}
				f.Message = fmt.Sprintf("%s names milestone %q: there is no program %q", l.name(), l.Milestone, program)
				f.Detail, f.Suggestion = "correct the name, or delete milestone:", diag.Nearest(program, names)
				if f.Suggestion != "" {
					f.Suggestion += "/" + id
				}
			default:
				var ids []string
				for _, m := range g.Milestones {
					ids = append(ids, m.ID)
				}
				f.Message = fmt.Sprintf("%s names milestone %q: program %q has no such milestone", l.name(), l.Milestone, program)
				f.Detail, f.Suggestion = "correct the name, or delete milestone:", diag.Nearest(id, ids)
				if f.Suggestion != "" {
					f.Suggestion = program + "/" + f.Suggestion
				}
			}
			p.Report(f)
		}
	},
}

// milestoneNamed is the milestone of that id as program/id, where one program alone
// has it.
func (p *Pass) milestoneNamed(id string) (ref string) {
	for _, g := range p.Programs {
		if m := g.Milestone(id); m != nil {
			if ref != "" {
				return ""
			}
			ref = m.Ref()
		}
	}
	return ref
}

// unshown reports whether what a program plans to spend lives in another repository
// that was not joined.
func (p *Pass) unshown(g *portfolio.Program) bool {
	return g.Budget == nil && slices.Contains(p.Config.External, portfolio.ExternalBudget)
}
