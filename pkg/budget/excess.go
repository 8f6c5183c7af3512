package budget

import (
	"cmp"

	"github.com/progctl/progctl/pkg/money"
)

// Excess is money of a program or a team that the forecast does not know of.
type Excess struct {
	Of     string       `json:"subject"`
	Amount money.Amount `json:"amount"`
}

// excess compares money other than people of an account with its forecast: what was spent
// in months that are not closed, and what is ordered.
func (a *Analysis) excess(acc *account, of *cell) {
	more := func(x, y *money.Amount) *money.Amount {
		if d := less(x, y); d != nil && d.Minor > 0 {
			return d
		}
		return nil
	}
	open, today := a.Closed+1, a.AsOf.Month()
	name := cmp.Or(acc.name, acc.team)
	if d := more(a.known(of.sum(Actual, open, today)), a.known(of.sum(Forecast, open, today))); d != nil {
		a.SpentBeyond = append(a.SpentBeyond, Excess{name, *d})
	}
	if d := more(a.known(of.sum(Committed, earliest, latest)), a.known(of.sum(Forecast, open, latest))); d != nil {
		a.OrderedBeyond = append(a.OrderedBeyond, Excess{name, *d})
	}
}
