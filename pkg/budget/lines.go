package budget

import (
	"cmp"
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// prices are what lines are priced with.
type prices struct {
	s        *portfolio.Snapshot
	book     *rates.Book
	staff    staffing.People
	unlisted []staffing.Reason
}

func newPrices(s *portfolio.Snapshot) *prices {
	return &prices{s, rates.New(s), staffing.PeopleOf(s), staffing.Unlisted(s)}
}

// entry is what one line costs in a month.
type entry struct {
	month cal.Month
	rates.Sum
}

// line returns what a budget line costs: its amount on its months by largest
// remainder, then each month converted on its own.
func (p *prices) line(l *portfolio.BudgetLine) []entry {
	months, amounts, err := Spread(l, cmp.Or(l.Currency, p.book.Currency()))
	if err != nil {
		return unknown(cal.Through(l.From.First(), l.To.Last()).Months(), staffing.Because(0, "line %q: %s", l.ID, err))
	}
	entries := make([]entry, len(months))
	for i, m := range months {
		converted, why := p.book.Convert(amounts[i], m)
		entries[i] = entry{m, rates.Sum{Amount: converted, Unknown: why}}
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
		entries[i] = entry{m, rates.Sum{Unknown: why}}
		if why == nil {
			costs, known = append(costs, cost), append(known, i)
		}
	}
	units, ok := p.book.Round(costs)
	if !ok {
		return unknown(months, staffing.Because(0, "a staffing line costs more than an amount can hold"))
	}
	for j, i := range known {
		entries[i].Amount = money.Amount{Minor: units[j], Currency: p.book.Currency()}
	}
	return entries
}

// cost returns what a staffing line costs over days of one month, in grains. A line
// that names a person costs what the person's role, level and location cost on each
// day, one that names none what its own do.
func (p *prices) cost(l *portfolio.StaffingLine, m cal.Month, days cal.Period) (cost *big.Int, why []staffing.Reason) {
	if l.Person == "" {
		return p.book.Cost(rates.Scope{Role: l.Role, Level: l.Level, Location: l.Location}, l.FTE, m, days)
	}
	cost = new(big.Int)
	for days.From < days.To {
		now, until, listed := p.staff.On(l.Person, days.From)
		if !listed {
			if p.s.Calendar.WorkdaysIn(days) == 0 { // nobody works, so it costs nothing
				return cost, nil
			}
			if len(p.unlisted) > 0 {
				return cost, p.unlisted
			}
			return cost, staffing.Because(0, "person %q is on no roster", l.Person)
		}
		stretch := cal.Period{From: days.From, To: min(days.To, until)}
		part, unpriced := p.book.Cost(rates.Scope{Role: now.Role, Level: now.Level, Location: now.Location}, l.FTE, m, stretch)
		cost.Add(cost, part)
		why = staffing.MergeReasons(why, unpriced)
		days.From = stretch.To
	}
	return cost, why
}

// unknown is a line of which nothing is known.
func unknown(months []cal.Month, why []staffing.Reason) []entry {
	entries := make([]entry, len(months))
	for i, m := range months {
		entries[i] = entry{m, rates.Sum{Unknown: why}}
	}
	return entries
}
