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

// outlook is what the plan says of a pool.
type outlook struct {
	first cal.Month // of the plan
	// all is the plan of each month to come, open what of it is of lines that state no
	// forecast for it.
	all  map[cal.Month]int64 // minor units
	open []Fact
}

// expect notes a month of the plan; stated says that the line states its own forecast
// for it.
func (c *collector) expect(f Fact, stated bool) {
	if f.Amount.IsZero() && len(f.Unknown) == 0 {
		return
	}
	p := pool{f.Category, f.Type}
	o := c.ahead[p]
	if o == nil {
		o = &outlook{first: f.Month, all: map[cal.Month]int64{}}
		c.ahead[p] = o
	}
	o.first = min(o.first, f.Month)
	if f.Month <= c.closed {
		return
	}
	o.all[f.Month] += f.Amount.Minor
	if !stated {
		o.open = append(o.open, f)
	}
}

// forecast adds what is expected after the last closed month beside what lines state:
// what is planned, or the run rate of its category and type.
func (c *collector) forecast() {
	for _, p := range slices.SortedFunc(maps.Keys(c.ahead), comparePools) {
		o := c.ahead[p]
		if c.s.Config.Policy.ForecastMethod == portfolio.ForecastRunRate && o.first <= c.closed {
			c.runOn(p, o)
			continue
		}
		for _, f := range o.open { // where no month of the plan is closed yet, it holds
			f.Figure = Forecast
			c.add(f)
		}
	}
}

// RunRate is what was spent of a category and type in some months, the last one
// included, which goes on.
type RunRate struct {
	Spent    money.Amount
	From, To cal.Month
}

// runOn expects the run rate of a pool in the months of its plan: what was spent from the
// first month of the plan to the last closed one, by month. Where some lines state a
// forecast for a month, it is the part of it that the plan of the others is of all.
func (c *collector) runOn(p pool, o *outlook) {
	var spent rates.Sum
	for _, f := range c.facts {
		if f.Figure == Actual && !f.Unbudgeted && (pool{f.Category, f.Type}) == p && o.first <= f.Month && f.Month <= c.closed {
			spent.Add(f.Sum)
		}
	}
	open := map[cal.Month]int64{}
	for _, f := range o.open {
		open[f.Month] += f.Amount.Minor
	}
	source := RunRate{money.Amount{Minor: spent.Amount.Minor, Currency: c.book.Currency()}, o.first, c.closed}
	monthly := big.NewRat(spent.Amount.Minor, int64(c.closed.Sub(o.first))+1)
	add := func(m cal.Month, minor int64, ok bool) {
		sum := rates.Sum{Amount: money.Amount{Minor: minor}, Unknown: spent.Unknown}
		if !ok {
			sum.Unknown = staffing.Because(0, "a run rate is more than an amount can hold")
		}
		c.add(Fact{Figure: Forecast, Month: m, Category: p.category, Type: p.kind, Sum: sum, Source: source})
	}
	var whole []cal.Month // in which no line states a forecast: they add up to the minor unit
	for m := range sortedMonths(open) {
		if open[m] == o.all[m] {
			whole = append(whole, m)
			continue
		}
		part := new(big.Rat).Mul(monthly, big.NewRat(open[m], nonzero(o.all[m])))
		minor, ok := money.Round(part.Num(), part.Denom())
		add(m, minor, ok)
	}
	if len(whole) == 0 {
		return
	}
	exact := new(big.Rat).Mul(monthly, big.NewRat(int64(len(whole)), 1))
	total, ok := money.Round(exact.Num(), exact.Denom())
	for i, minor := range money.Split(total, slices.Repeat([]int64{1}, len(whole))) {
		add(whole[i], minor, ok)
	}
}

// nonzero is n, or 1 for 0: a plan in which credits outweigh all else has no parts.
func nonzero(n int64) int64 {
	if n == 0 {
		return 1
	}
	return n
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
