package hiring

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Quarter is the hires of a fiscal quarter.
type Quarter struct {
	Name string // FY27Q1
	// Effective counts the seats that are budgeted from a day of it.
	Effective int
	// Started are the people who have by as-of.
	Started int
	// Expected are the starts after as-of as the plan has them, Forecast as they are
	// forecast: those that are agreed, and the seats of which there is a forecast.
	Expected, Forecast int
}

// Hires are those that the quarter brings, as far as there is a forecast.
func (q Quarter) Hires() int { return q.Started + q.Forecast }

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
			switch {
			case !b.Contains(p.Begin):
			case filled && p.Begin <= a.o.AsOf:
				q.Started++
			case filled:
				q.Expected++
				q.Forecast++
			default:
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
