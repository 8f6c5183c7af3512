package budget

import (
	"iter"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// pool is money of one category and type, of which run rates are.
type pool struct{ category, kind string }

// remainder is a month of the plan of a pool.
type remainder struct {
	month cal.Month
	// stated says that a line states its forecast for the month, of which nothing is to
	// be added.
	stated bool
	fact   Fact
}

// expect notes a month of the plan; stated says that the line states its own forecast
// for it.
func (c *collector) expect(p pool, f Fact, stated bool) {
	if !stated {
		c.remaining[p] = append(c.remaining[p], remainder{month: f.Month, fact: f})
	}
}

// forecast adds what is expected after the last closed month: of a line what it states,
// and what is planned, or the run rate of its category and type.
//
// The run rate is what was spent from the first month of the plan to the last closed
// one, by month. It takes the place of the plan in the months in which none of the lines
// states a forecast. Where no month of the plan is closed yet, the plan holds.
func (c *collector) forecast() {
	for _, p := range slices.SortedFunc(maps.Keys(c.remaining), comparePools) {
		list := c.remaining[p]
		if c.s.Config.Policy.ForecastMethod == portfolio.ForecastRunRate && c.running(p, list) {
			continue
		}
		for _, r := range list {
			if r.month > c.closed && !r.stated {
				c.plan(r)
			}
		}
	}
}

// plan expects a month as it is planned.
func (c *collector) plan(r remainder) {
	f := r.fact
	f.Figure = Forecast
	c.add(f)
}

// running expects the run rate; false where there is none yet.
func (c *collector) running(p pool, list []remainder) bool {
	first := slices.MinFunc(list, func(x, y remainder) int { return int(x.month - y.month) }).month
	if first > c.closed {
		return false
	}
	stated, open := map[cal.Month]bool{}, map[cal.Month]bool{}
	for _, r := range list {
		switch {
		case r.stated:
			stated[r.month] = true
		case r.month > c.closed:
			open[r.month] = true
		}
	}
	var spent rates.Sum
	for _, f := range c.facts {
		if f.Figure == Actual && !f.Unbudgeted && (pool{f.Category, f.Type}) == p && first <= f.Month && f.Month <= c.closed {
			spent.Add(f.Sum)
		}
	}
	var months []cal.Month
	for m := range sortedMonths(open) {
		if !stated[m] {
			months = append(months, m)
		}
	}
	for _, r := range list { // beside what another line states, the plan holds
		if !r.stated && r.month > c.closed && stated[r.month] {
			c.plan(r)
		}
	}
	if len(months) == 0 {
		return true
	}
	exact := new(big.Rat).Mul(big.NewRat(spent.Amount.Minor, int64(c.closed.Sub(first))+1), big.NewRat(int64(len(months)), 1))
	weights := slices.Repeat([]int64{1}, len(months))
	total, ok := money.Round(exact.Num(), exact.Denom())
	if !ok {
		spent.Unknown = staffing.Because(0, "a run rate is more than an amount can hold")
	}
	for i, part := range money.Split(total, weights) {
		c.add(Fact{
			Figure: Forecast, Month: months[i], Category: p.category, Type: p.kind,
			Sum: rates.Sum{Amount: money.Amount{Minor: part, Currency: c.book.Currency()}, Unknown: spent.Unknown},
		})
	}
	return true
}

func comparePools(x, y pool) int {
	if x.category != y.category {
		return strings.Compare(x.category, y.category)
	}
	return strings.Compare(x.kind, y.kind)
}

// sortedMonths yields the keys of a map in order.
func sortedMonths[V any](m map[cal.Month]V) iter.Seq[cal.Month] {
	return slices.Values(slices.Sorted(maps.Keys(m)))
}
