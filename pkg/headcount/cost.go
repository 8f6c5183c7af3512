package headcount

import (
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// pricer prices items year by year: exactly by month and by stretch of one standing,
// rounded to the rounded cost of the fiscal year by largest remainder. So what an item
// costs depends neither on what else is asked for nor on how it is grouped, and every
// total is the sum of its rows.
type pricer struct {
	book   *rates.Book
	fiscal cal.FiscalCalendar
	// whole are the twelve months of a year with one standing all through: nearly all
	// years of nearly all people.
	whole map[wholeYear][]charge
}

type wholeYear struct {
	rates.Scope
	fte  portfolio.MilliFTE
	year cal.FiscalYear
}

func newPricer(b *rates.Book, c cal.FiscalCalendar) *pricer {
	return &pricer{b, c, map[wholeYear][]charge{}}
}

// charge is what somebody costs in a month with one standing.
type charge struct {
	month cal.Month
	on    int // index of the stretch
	rates.Sum
}

// charges returns what stretches of one item cost in a fiscal year, in which they lie.
// The list is not the caller's to change.
func (p *pricer) charges(year cal.FiscalYear, stretches []staffing.Stretch) []charge {
	if len(stretches) == 1 && stretches[0].Period == p.fiscal.Period(year) {
		now := stretches[0].Standing
		key := wholeYear{scope(now), now.FTE, year}
		list, known := p.whole[key]
		if !known {
			list = p.exactly(stretches)
			p.whole[key] = list
		}
		return list
	}
	return p.exactly(stretches)
}

func scope(now staffing.Standing) rates.Scope {
	return rates.Scope{Role: now.Role, Level: now.Level, Location: now.Location}
}

func (p *pricer) exactly(stretches []staffing.Stretch) []charge {
	var (
		list  []charge
		costs []*big.Int
		known []int
	)
	for on, s := range stretches {
		for _, m := range s.Months() {
			cost, why := p.book.Cost(scope(s.Standing), s.FTE, m, s.Intersect(m.Period()))
			if why == nil {
				costs, known = append(costs, cost), append(known, len(list))
			}
			list = append(list, charge{m, on, rates.Sum{Unknown: why}})
		}
	}
	units, ok := p.book.Round(costs)
	for i, at := range known {
		if !ok {
			list[at].Unknown = staffing.Because(0, "somebody costs more than an amount can hold")
			continue
		}
		list[at].Amount = money.Amount{Minor: units[i], Currency: p.book.Currency()}
	}
	return list
}

// years yields the parts of stretches that lie in each fiscal year of a range; the
// stretches are in order.
func (p *pricer) years(years cal.FiscalYears, stretches []staffing.Stretch) func(yield func(cal.FiscalYear, []staffing.Stretch) bool) {
	return func(yield func(cal.FiscalYear, []staffing.Stretch) bool) {
		for _, fy := range years.Years() {
			period := p.fiscal.Period(fy)
			var part []staffing.Stretch
			for _, s := range stretches {
				if both := s.Intersect(period); !both.IsEmpty() {
					part = append(part, staffing.Stretch{Period: both, Standing: s.Standing})
				}
			}
			if len(part) > 0 && !yield(fy, part) {
				return
			}
		}
	}
}
