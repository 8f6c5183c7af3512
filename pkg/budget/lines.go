package budget

import (
	"cmp"
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// entry is what one line costs in a month.
type entry struct {
	month cal.Month
	Sum
}

// line returns what a budget line costs: its amount on its months by largest
// remainder, then each month converted on its own.
func (p *prices) line(l *portfolio.BudgetLine) []entry {
	months, amounts, err := spread(l, cmp.Or(l.Currency, p.currency))
	if err != nil {
		return unknown(cal.Through(l.From.First(), l.To.Last()).Months(), because(0, "line %q: %s", l.ID, err))
	}
	entries := make([]entry, len(months))
	for i, m := range months {
		entries[i] = entry{m, p.convert(amounts[i], m)}
	}
	return entries
}

// people returns what a staffing line costs: exactly by month, rounded to its
// rounded total by largest remainder. Where some months are not known, the others
// add up to theirs.
func (p *prices) people(l *portfolio.StaffingLine) []entry {
	period := l.Period()
	months := period.Months()
	entries := make([]entry, len(months))
	var (
		costs []*big.Int
		known []int
	)
	for i, m := range months {
		cost, why := p.cost(l, m, period.Intersect(m.Period()))
		entries[i] = entry{m, Sum{Unknown: why}}
		if why == nil {
			costs, known = append(costs, cost), append(known, i)
		}
	}
	units, ok := apportion(costs, p.grains)
	if !ok {
		return unknown(months, because(0, "a staffing line costs more than an amount can hold"))
	}
	for j, i := range known {
		entries[i].Amount = money.Amount{Minor: units[j], Currency: p.currency}
	}
	return entries
}

// cost returns what a staffing line costs over days of one month, in grains: annual
// cost ÷ 12 × FTE-month for each stretch of days over which one rate holds, converted
// at the rate of the month. An FTE-month is fte × working days of the stretch ÷
// working days of the month.
func (p *prices) cost(l *portfolio.StaffingLine, m cal.Month, days cal.Period) (cost *big.Int, why []staffing.Reason) {
	cost = new(big.Int)
	inMonth := int64(p.s.Calendar.WorkdaysIn(m.Period()))
	for days.From < days.To {
		price, until, unpriced := p.price(l, days.From, m)
		stretch := cal.Period{From: days.From, To: min(days.To, until)}
		days.From = stretch.To
		work := int64(l.FTE) * int64(p.s.Calendar.WorkdaysIn(stretch))
		switch {
		case work == 0: // nobody works, so it costs nothing at any rate
		case unpriced != nil:
			why = staffing.MergeReasons(why, unpriced)
		default:
			grains := big.NewInt(everyMonth / inMonth)
			grains.Mul(grains, big.NewInt(work))
			cost.Add(cost, grains.Mul(grains, price))
		}
	}
	return cost, why
}

// price returns what a full-time year of a staffing line costs as of a day of a
// month, in the unit of annual, and the first day after it on which that may change.
// A line that names a person
// costs what the person's role, level and location cost on the day, one that names
// none what its own do.
func (p *prices) price(l *portfolio.StaffingLine, day cal.Date, m cal.Month) (price *big.Int, until cal.Date, why []staffing.Reason) {
	who, until := scope{l.Role, l.Level, l.Location}, cal.MaxDate+1
	if l.Person != "" {
		now, end, listed := p.staff.On(l.Person, day)
		if !listed {
			why = p.unlisted
			if len(why) == 0 {
				why = because(0, "person %q is on no roster", l.Person)
			}
			return nil, until, why
		}
		who, until = scope{now.Role, now.Level, now.Location}, end
	}
	r, end, why := p.rateFor(who, day)
	until = min(until, end)
	if why != nil {
		return nil, until, why
	}
	c := conversion{rate: r}
	if r.currency != p.currency {
		if c.exchange, why = p.exchangeFor(r.currency, m); why != nil {
			return nil, until, why
		}
	}
	return p.annual(c), until, nil
}

// unknown is a line of which nothing is known.
func unknown(months []cal.Month, why []staffing.Reason) []entry {
	entries := make([]entry, len(months))
	for i, m := range months {
		entries[i] = entry{m, Sum{Unknown: why}}
	}
	return entries
}
