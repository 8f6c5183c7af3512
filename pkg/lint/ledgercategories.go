package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// linesOf are the budget lines of a program or of a team itself.
func (p *Pass) linesOf(s spender) []plannedLine {
	var list []plannedLine
	if s.program != nil {
		if s.program.Budget != nil {
			for _, l := range s.program.Budget.Lines {
				list = append(list, plannedLine{l, s.program, nil, p.currency(l.Currency)})
			}
		}
		return list
	}
	for b := range p.budgets() {
		if b.Team == s.team {
			for _, l := range b.Lines {
				list = append(list, plannedLine{l, nil, b, p.currency(l.Currency)})
			}
		}
	}
	return list
}

// spentWithin is how long after its first month a budget line may be without spend.
const spentWithin cal.Days = 90

var lineUnspent = &Rule{
	Rule: diag.Rule{Code: "BUD008", Name: "line-unspent", Summary: "A budget line began long ago, and nothing was spent in its category", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Absent(portfolio.ExternalLedger) {
			p.Blind()
			return
		}
		for s := range p.spenders() {
			if s.program != nil && !s.program.Status.Committed() || p.hasUnsound(s) {
				continue
			}
			spent := map[string]bool{}
			for _, l := range s.ledgers {
				for _, d := range p.digest(l) {
					if !d.isCommitted && d.latest != 0 && d.earliest <= p.AsOf {
						spent[d.Category] = true
					}
				}
			}
			lines := p.linesOf(s)
			for _, l := range lines {
				if b := l.budget; b != nil && !b.FiscalYear.IsZero() && !p.Fiscal.Period(b.FiscalYear).Contains(p.AsOf) {
					continue
				}
				begins, ok := l.begins()
				if !ok || spent[l.Category] || p.AsOf.Sub(begins.First()) <= spentWithin {
					continue
				}
				p.Report(Finding{
					At: l.Origin.At("category"), Subject: l.subject(), Suggestion: nearestUnplanned(l.Category, lines, spent),
					Message: fmt.Sprintf("%s began in %s, and %s has spent nothing on %q", l.name(), begins, s.name(), l.Category),
					Detail:  "see that its ledger calls it the same; where the money comes later or not at all, let from:, amount: or forecast: say so",
				})
			}
		}
	},
}

// hasUnsound reports whether a ledger of a program or a team does not validate, so that
// nobody knows all that it spent.
func (p *Pass) hasUnsound(s spender) bool {
	return slices.ContainsFunc(p.Ledgers, func(l *portfolio.Ledger) bool {
		mine := s.program == nil && l.Program == "" && l.Team == s.team || s.program != nil && l.Program == s.program.Meta.Name
		return mine && !p.Sound(ledgerSubject(l))
	})
}

// begins is the first month on which something of a line falls and for which its
// forecast does not say that nothing is expected.
func (l plannedLine) begins() (cal.Month, bool) {
	for _, s := range l.shares() {
		expected, stated := l.Forecast[s.month]
		if s.Minor > 0 && (!stated || !expected.IsZero()) {
			return s.month, true
		}
	}
	return 0, false
}

// nearestUnplanned is the category of spend without a line that a line's category may
// have been meant to be; "" where none is near.
func nearestUnplanned(category string, lines []plannedLine, spent map[string]bool) string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(spent)), func(name string) bool {
		return slices.ContainsFunc(lines, func(l plannedLine) bool { return l.Category == name })
	})
	return diag.Nearest(category, names)
}

var currencyAssumed = &Rule{
	Rule: diag.Rule{Code: "BUD009", Name: "currency-assumed", Summary: "Entries state no currency, and the budget lines of their category are in another than the portfolio's", Severity: diag.Warning},
	Check: func(p *Pass) {
		for s := range p.spenders() {
			planned := map[string][]money.Currency{}
			for _, l := range p.linesOf(s) {
				if !slices.Contains(planned[l.Category], l.currency) {
					planned[l.Category] = append(planned[l.Category], l.currency)
				}
			}
			for _, l := range s.ledgers {
				var told []string
				for _, d := range p.digest(l) {
					currencies := planned[d.Category]
					if d.Currency != "" || len(currencies) == 0 || slices.Contains(currencies, p.Config.Currency) || slices.Contains(told, d.Category) {
						continue
					}
					told = append(told, d.Category)
					f := p.find(l,
						func(x classDigest) bool { return x.Currency == "" && x.Category == d.Category },
						func(portfolio.Posting) bool { return true })
					if f.n == 0 {
						continue
					}
					states := fmt.Sprintf("%s of ledger %q states no currency and counts", entryName(f.first), l.Meta.Name)
					if f.n > 1 {
						states = fmt.Sprintf("%s of ledger %q for %q state no currency and count", f.count(), l.Meta.Name, d.Category)
					}
					p.Report(Finding{
						At: f.first.Origin.At("amount"), Subject: ledgerSubject(l), Key: d.Category,
						Message: fmt.Sprintf("%s as %s, the budget of %s is in %s", states, p.Config.Currency, s.name(), list(currencies)),
						Detail:  "state currency: of the ledger or of its entries, also where it is meant as it is",
					})
				}
			}
		}
	},
}

// list is "EUR, JPY".
func list(currencies []money.Currency) string {
	names := make([]string, len(currencies))
	for i, c := range currencies {
		names[i] = string(c)
	}
	slices.Sort(names)
	return first(names)
}

var unbudgeted = &Rule{
	Rule: diag.Rule{Code: "BUD010", Name: "unbudgeted", Summary: "Money was spent on something for which there is no budget line", Severity: diag.Warning},
	Check: func(p *Pass) {
		for s := range p.spenders() {
			if s.program != nil && p.unshown(s.program) || s.program == nil && p.Absent(portfolio.ExternalTeamBudget) {
				p.Blind()
				continue
			}
			checkUnbudgeted(p, s)
		}
	},
}

func checkUnbudgeted(p *Pass, s spender) {
	lines := p.linesOf(s)
	if s.program == nil && len(lines) == 0 {
		return // a team may have a ledger alone
	}
	planned := map[string]bool{}
	var names []string
	if g := s.program; g != nil && (len(g.Staffing) > 0 || staffing.LinesPrivate(p.Snapshot, g)) { // whose cost is the plan of that
		planned[budget.PeopleCategory] = true
		names = append(names, budget.PeopleCategory)
	}
	for _, l := range lines {
		if !planned[l.Category] {
			names = append(names, l.Category)
		}
		planned[l.Category] = true
	}
	slices.Sort(names)
	var told []string
	for _, l := range s.ledgers {
		for _, d := range p.digest(l) {
			category := d.Category
			if len(names) == 0 {
				category = "" // all of them
			}
			if d.isCommitted || planned[d.Category] || slices.Contains(told, category) {
				continue
			}
			told = append(told, category)
			reportUnbudgeted(p, s, category, names)
		}
	}
}

// reportUnbudgeted reports what a program or a team spent on a category without a
// line, "" on all of them.
func reportUnbudgeted(p *Pass, s spender, category string, names []string) {
	near := diag.Nearest(category, names)
	years := p.budgetYears(s.team)
	var all foundEntries
	for _, l := range s.ledgers {
		f := p.find(l,
			func(d classDigest) bool { return !d.isCommitted && (category == "" || d.Category == category) },
			func(x portfolio.Posting) bool {
				return s.program != nil || slices.ContainsFunc(years, func(y cal.Period) bool { return y.Contains(x.Date) })
			})
		if all.n == 0 {
			all.first = f.first
		}
		all.n += f.n
		for _, a := range f.total {
			_ = all.total.Add(a) // a sum that does not fit is not told
		}
	}
	spent := totals(all.total)
	if spent == "" { // reversed
		return
	}
	what := fmt.Sprintf("no budget line for %q, on which it", category)
	detail := "add a line, or correct the category of the entries"
	if p.Config.Policy.PeopleActuals == portfolio.PeopleLedger && s.program != nil {
		detail += "; what people cost is of category " + budget.PeopleCategory
	}
	if category == "" {
		what, detail = "no budget line, and has", "add budget: with what it may spend"
	}
	p.Report(Finding{
		At: all.first.Origin.At("category"), Subject: s.subject(), Key: category, Suggestion: near,
		Message: fmt.Sprintf("%s has %s spent %s (%s)", s.name(), what, spent, all.count()),
		Detail:  detail,
	})
}

// budgetYears are the fiscal years for which a team has a Budget; one of no year is for
// all of them.
func (p *Pass) budgetYears(team string) (years []cal.Period) {
	for b := range p.budgets() {
		switch {
		case b.Team != team:
		case b.FiscalYear.IsZero():
			years = append(years, cal.Through(cal.MinDate, cal.MaxDate))
		default:
			years = append(years, p.Fiscal.Period(b.FiscalYear))
		}
	}
	return years
}
