package hiring

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Quarter is the hires of a fiscal quarter: seats that are budgeted from a day of it,
// people who started or will, and seats to be filled, by when the plan expects them and
// by when they are forecast.
type Quarter struct {
	Name      string // FY27Q1
	Effective int
	Started   int
	Expected  int
	Forecast  int
}

// quarters are those of the years, in order.
func (a *Analysis) quarters() []Quarter {
	var list []Quarter
	for _, b := range a.s.Fiscal.Buckets(a.o.Years, cal.ByQuarter) {
		q := Quarter{Name: b.Name}
		for _, p := range a.Positions {
			filled := p.Status == portfolio.PositionFilled
			if p.Status.InPlan() && b.Contains(p.Effective) {
				q.Effective++
			}
			if filled && b.Contains(p.Begin) {
				q.Started++
			}
			if p.Status.Unfilled() && b.Contains(p.Begin) {
				q.Expected++
			}
			if p.Forecast != nil && b.Contains(p.Forecast.Start) {
				q.Forecast++
			}
		}
		list = append(list, q)
	}
	return list
}

// after are the positions whose forecast lies after the years of the report.
func (a *Analysis) after() (list []*Position) {
	end := a.s.Fiscal.RangePeriod(a.o.Years).To
	for _, p := range a.Positions {
		if p.Forecast != nil && p.Forecast.Start >= end {
			list = append(list, p)
		}
	}
	return list
}
