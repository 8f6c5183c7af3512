package budget

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/rates"
)

// cell is the money of one group, month by month.
type cell struct {
	first  cal.Month
	months [][figures]rates.Sum
	veils  []veil
	// recorded is the plan of record and what each step of a bridge costs; nil without.
	recorded *steps
}

// at is a month, which is made where it is not there.
func (c *cell) at(m cal.Month) *[figures]rates.Sum {
	switch {
	case c.months == nil:
		c.first, c.months = m, make([][figures]rates.Sum, 1, 12)
	case m < c.first:
		longer := make([][figures]rates.Sum, c.first.Sub(m)+len(c.months))
		copy(longer[c.first.Sub(m):], c.months)
		c.first, c.months = m, longer
	}
	for m.Sub(c.first) >= len(c.months) {
		c.months = append(c.months, [figures]rates.Sum{})
	}
	return &c.months[m.Sub(c.first)]
}

func (c *cell) add(f *Fact) { c.at(f.Month)[f.Figure].Add(f.Sum) }

// sum is that of a figure over months, the last one included.
func (c *cell) sum(f Figure, from, to cal.Month) (sum rates.Sum) {
	for i := max(from.Sub(c.first), 0); i < len(c.months) && c.first.Add(i) <= to; i++ {
		sum.Add(c.months[i][f])
	}
	c.under(f, from, to, &sum)
	return sum
}

// The first and the last month that there can be.
const (
	earliest = cal.MinMonth
	latest   = cal.MaxMonth
)

// isEmpty reports whether nothing is known or missing of the months.
func (c *cell) isEmpty(from, to cal.Month) bool {
	if slices.ContainsFunc(c.veils, func(v veil) bool { return v.from <= to && from <= v.to }) {
		return false
	}
	for f := range figures {
		for i := range c.months {
			if m := c.first.Add(i); from <= m && m <= to {
				if s := c.months[i][f]; !s.Amount.IsZero() || len(s.Unknown) > 0 {
					return false
				}
			}
		}
	}
	return true
}
