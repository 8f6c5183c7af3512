package budget

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Contingency is money that a program keeps apart from its plan for what nobody foresaw.
// It is drawn down by what the forecast at completion is above the plan, unbudgeted spend
// with it.
type Contingency struct {
	Program string        `json:"program"`
	Amount  *money.Amount `json:"amount"`
	Drawn   *money.Amount `json:"drawn"` // at most Amount
	Left    *money.Amount `json:"left"`
	// Beyond is what the forecast is above plan and contingency together.
	Beyond *money.Amount `json:"beyond"`
}

// contingency is that of an account; nil where it keeps none.
func (a *Analysis) contingency(p *prices, acc *account, c *cell) *Contingency {
	if acc.program == nil || acc.program.Budget == nil || acc.program.Budget.Contingency.IsZero() || !acc.planned() {
		return nil
	}
	b := acc.program.Budget
	t := &Contingency{Program: acc.name, Amount: a.known(p.amount(b.Contingency, b.Currency, acc.program.Start.Month()))}
	over := less(a.known(c.sum(Forecast, earliest, latest)), a.known(c.sum(Planned, earliest, latest)))
	if over == nil || t.Amount == nil {
		return t
	}
	over.Minor = max(over.Minor, 0)
	drawn := money.Amount{Minor: min(over.Minor, t.Amount.Minor), Currency: a.Currency}
	t.Drawn, t.Left, t.Beyond = &drawn, less(t.Amount, &drawn), less(over, &drawn)
	return t
}

// Cap is the most that a team may spend in a fiscal year, people apart.
type Cap struct {
	Budget   string         `json:"budget"`
	Team     string         `json:"team"`
	Year     cal.FiscalYear `json:"fiscalYear"`
	Cap      *money.Amount  `json:"cap"`
	Plan     *money.Amount  `json:"plan"`     // of the team's budget lines in the year
	Forecast *money.Amount  `json:"forecast"` // of the team's own money in the year
	Left     *money.Amount  `json:"left"`     // Cap − Forecast
}

// caps are those of a team's budgets for the years of the report.
func (a *Analysis) caps(p *prices, acc *account, facts []Fact, veils []veil) (list []Cap) {
	for _, b := range acc.budgets {
		if b.Cap == nil || !slices.Contains(a.Years.Years(), b.FiscalYear) {
			continue
		}
		months := a.s.Fiscal.Period(b.FiscalYear)
		own := &parts{from: months.From.Month(), to: months.Last().Month()}
		for i := range facts {
			own.add(&facts[i])
		}
		for _, v := range veils {
			own.lay(v)
		}
		c := Cap{
			Budget: b.Meta.Name, Team: b.Team, Year: b.FiscalYear, Cap: a.known(p.amount(*b.Cap, b.Currency, months.From.Month())),
			Plan: a.known(own.other(Planned)), Forecast: a.known(own.other(Forecast)),
		}
		c.Left = less(c.Cap, c.Forecast)
		list = append(list, c)
	}
	return list
}

// amount is one of a month in the portfolio's currency; "" is that.
func (p *prices) amount(d money.Decimal, c money.Currency, m cal.Month) (sum rates.Sum) {
	amount, err := d.In(cmp.Or(c, p.book.Currency()))
	if err != nil {
		return rates.Sum{Unknown: staffing.Because(m, "%s", err)}
	}
	sum.Amount, sum.Unknown = p.book.Convert(amount, m)
	return sum
}
