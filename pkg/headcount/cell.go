package headcount

import (
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// months are those that an analysis looks at, in order, the one before the report and
// those from as-of on with them.
type months struct {
	first, last cal.Month
	workdays    []int64
	calendar    *cal.WorkCalendar
}

func newMonths(first, last cal.Month, c *cal.WorkCalendar) *months {
	m := &months{first: first, last: last, calendar: c}
	for at := first; at <= last; at++ {
		m.workdays = append(m.workdays, int64(c.WorkdaysIn(at.Period())))
	}
	return m
}

func (m *months) count() int             { return int(m.last-m.first) + 1 }
func (m *months) index(at cal.Month) int { return int(at - m.first) }
func (m *months) has(at cal.Month) bool  { return m.first <= at && at <= m.last }
func (m *months) period() cal.Period {
	return cal.Period{From: m.first.First(), To: m.last.Add(1).First()}
}

// cell is the heads of one group by month.
type cell struct {
	// Flows and stocks of the roster.
	hires, in, leavers, out, closing []int
	left                             [3][]int // leavers by reason: voluntary, involuntary, other
	work                             []int64  // thousandths of full-time days
	// Stocks of the plan, of the seats that the forecast adds to the roster, and of the
	// forecast with its attrition.
	plan, seats         []int
	forecast, attrition []*big.Rat // nil is 0

	cost, planCost, forecastCost []rates.Sum
	// stayed is, by period of the report, who of the opening is still employed at the end
	// of what is over of it.
	stayed map[cal.Period]int
	// recorded is the stock of the plan of record, stepped what each step of a bridge
	// costs; nil until they are asked for.
	recorded []int
	stepped  [][]rates.Sum
	// unforecast says why the forecast is not known.
	unforecast []staffing.Reason
}

func newCell(n int) *cell {
	c := &cell{
		stayed:   map[cal.Period]int{},
		forecast: make([]*big.Rat, n), attrition: make([]*big.Rat, n),
		cost: make([]rates.Sum, n), planCost: make([]rates.Sum, n), forecastCost: make([]rates.Sum, n),
		work: make([]int64, n),
	}
	counts := make([]int, 10*n)
	for i, list := range []*[]int{
		&c.hires, &c.in, &c.leavers, &c.out, &c.closing, &c.plan, &c.seats, &c.left[0], &c.left[1], &c.left[2],
	} {
		*list = counts[i*n : (i+1)*n : (i+1)*n]
	}
	return c
}

// add adds another group of the same months.
func (c *cell) add(o *cell) {
	for i := range c.closing {
		c.hires[i] += o.hires[i]
		c.in[i] += o.in[i]
		c.leavers[i] += o.leavers[i]
		c.out[i] += o.out[i]
		c.closing[i] += o.closing[i]
		c.plan[i] += o.plan[i]
		c.seats[i] += o.seats[i]
		c.work[i] += o.work[i]
		for reason := range c.left {
			c.left[reason][i] += o.left[reason][i]
		}
		c.forecast[i] = plus(c.forecast[i], o.forecast[i])
		c.attrition[i] = plus(c.attrition[i], o.attrition[i])
		c.cost[i].Add(o.cost[i])
		c.planCost[i].Add(o.planCost[i])
		c.forecastCost[i].Add(o.forecastCost[i])
	}
	for period, n := range o.stayed {
		c.stayed[period] += n
	}
	if o.recorded != nil {
		for i, n := range o.recorded {
			c.record()[i] += n
		}
	}
	for step, sums := range o.stepped {
		for i, s := range sums {
			c.steps()[step][i].Add(s)
		}
	}
	c.unforecast = staffing.MergeReasons(c.unforecast, o.unforecast)
}

func (c *cell) record() []int {
	if c.recorded == nil {
		c.recorded = make([]int, len(c.closing))
	}
	return c.recorded
}

func (c *cell) steps() [][]rates.Sum {
	if c.stepped == nil {
		c.stepped = make([][]rates.Sum, len(Factors)+1)
		for i := range c.stepped {
			c.stepped[i] = make([]rates.Sum, len(c.closing))
		}
	}
	return c.stepped
}

// plus returns a + b, either of which may be nil, which is 0. It changes neither.
func plus(a, b *big.Rat) *big.Rat {
	switch {
	case b == nil:
		return a
	case a == nil:
		return b
	}
	return new(big.Rat).Add(a, b)
}

// stay counts a stretch in heads at the end of each month on whose last day it holds.
func (m *months) stay(heads []int, days cal.Period) {
	days = days.Intersect(m.period())
	if days.IsEmpty() {
		return
	}
	for at := days.From.Month(); at <= m.last && at.Last() < days.To; at++ {
		heads[m.index(at)]++
	}
}

// worked adds the full-time days of a stretch.
func (m *months) worked(work []int64, days cal.Period, fte portfolio.MilliFTE) {
	days = days.Intersect(m.period())
	for _, at := range days.Months() {
		i := m.index(at)
		n := m.workdays[i]
		if month := at.Period(); days.Intersect(month) != month {
			n = int64(m.calendar.WorkdaysIn(days.Intersect(month)))
		}
		work[i] += int64(fte) * n
	}
}
