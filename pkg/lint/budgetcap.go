package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
)

var aboveBudgetCap = &Rule{
	Rule: diag.Rule{Code: "BUD003", Name: "above-budget-cap", Summary: "The lines of a Budget are above its cap", Severity: diag.Error},
	Check: func(p *Pass) {
		book := rates.New(p.Snapshot)
		for b := range p.budgets() {
			if b.Cap == nil {
				continue
			}
			most, err := b.Cap.In(p.currency(b.Currency))
			if err != nil { // SCH013
				continue
			}
			planned, known := p.plannedOf(b, book, most.Currency)
			over := ""
			switch {
			case !known:
				p.Blind()
			case planned.Minor > most.Minor:
				over = fmt.Sprintf("the lines of budget %q add up to %s in %s", b.Meta.Name, grouped(planned), b.FiscalYear)
			}
			if c := p.capOf(b); over == "" && c != nil && c.Left != nil && c.Left.Minor < 0 {
				most = *c.Cap
				over = fmt.Sprintf("team %q itself is forecast to cost %s in %s", b.Team, grouped(*c.Forecast), b.FiscalYear)
			}
			if over == "" {
				continue
			}
			p.Report(Finding{
				At: b.Origin.At("cap"), Subject: budgetSubject(b),
				Message: fmt.Sprintf("%s, above its cap of %s", over, grouped(most)),
				Detail:  "reduce the lines or plan them for another fiscal year, or have the cap raised",
			})
		}
	},
}

// capOf is what the fiscal year of a Budget leaves of its cap; nil where that is not the
// year of as-of.
func (p *Pass) capOf(b *portfolio.Budget) *budget.Cap {
	p.accounts()
	for i := range p.run.caps {
		if c := &p.run.caps[i]; c.Budget == b.Meta.Name {
			return c
		}
	}
	return nil
}

// plannedOf sums what the lines of a Budget plan for its fiscal year, in a currency.
// known is false where a line is of another one that nothing converts into it: rates
// lead to the portfolio's currency alone.
func (p *Pass) plannedOf(b *portfolio.Budget, book *rates.Book, c money.Currency) (sum money.Amount, known bool) {
	year := p.Fiscal.Period(b.FiscalYear)
	sum.Currency = c
	for _, line := range b.Lines {
		l := plannedLine{line, nil, b, p.currency(line.Currency)}
		if l.currency != c && c != p.Config.Currency {
			return sum, false
		}
		for _, s := range l.shares() {
			if !year.Contains(s.month.First()) {
				continue
			}
			part := s.Amount
			if l.currency != c {
				converted, why := book.Convert(s.Amount, s.month)
				if why != nil {
					return sum, false
				}
				part = converted
			}
			total, err := sum.Add(part)
			if err != nil {
				return sum, false
			}
			sum = total
		}
	}
	return sum, true
}
