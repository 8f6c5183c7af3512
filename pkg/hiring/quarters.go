package hiring

import (
	"slices"

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
	// forecast: those of seats that are filled, and the seats of which there is a forecast.
	Expected, Forecast int
}

// Hires are those that the quarter brings, as far as there is a forecast.
func (q Quarter) Hires() int { return q.Started + q.Forecast }

func (q Quarter) plus(o Quarter) Quarter {
	return Quarter{q.Name, q.Effective + o.Effective, q.Started + o.Started, q.Expected + o.Expected, q.Forecast + o.Forecast}
}

// hires puts every seat of the plans into a quarter of the years or beside them: the
// hires of all, and those that nobody can tell, are the seats.
func (a *Analysis) hires() {
	buckets := a.s.Fiscal.Buckets(a.o.Years, cal.ByQuarter)
	a.Quarters = make([]Quarter, len(buckets))
	for i, b := range buckets {
		a.Quarters[i].Name = b.Name
	}
	of := func(d cal.Date) *Quarter {
		i := slices.IndexFunc(buckets, func(b cal.Bucket) bool { return b.Contains(d) })
		if i < 0 {
			return &a.OtherQuarters
		}
		return &a.Quarters[i]
	}
	for _, p := range a.Positions {
		if !p.Status.InPlan() {
			continue
		}
		of(p.Effective).Effective++
		filled := p.Status == portfolio.PositionFilled
		switch {
		case filled && p.Begin == 0:
			a.UnknownHires++
			continue
		case filled && p.Begin <= a.o.AsOf:
			of(p.Begin).Started++
			continue
		case filled:
			of(p.Begin).Forecast++
		case p.Forecast != nil:
			of(p.Forecast.Start).Forecast++
		default:
			a.UnknownHires++
		}
		of(p.Begin).Expected++
	}
}

// inYears are all quarters of the years.
func (a *Analysis) inYears() (sum Quarter) {
	for _, q := range a.Quarters {
		sum = sum.plus(q)
	}
	return sum
}
