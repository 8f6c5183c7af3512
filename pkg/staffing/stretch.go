package staffing

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Stretch is days on which one standing holds for somebody.
type Stretch struct {
	cal.Period
	Standing
}

// Employed returns the days of an employment; without an end they go on to the end of
// the calendar.
func Employed(p *portfolio.Person) cal.Period {
	if p.End == 0 {
		return cal.Through(p.Start, cal.MaxDate)
	}
	return cal.Through(p.Start, p.End)
}

// Stretches returns what holds in an employment on the days of a period, in order and
// without a gap, whether or not it covers those days: before its first day that is
// what will hold first. Neighbours differ.
func Stretches(p *portfolio.Person, days cal.Period) []Stretch {
	if days.IsEmpty() {
		return nil
	}
	var list []Stretch
	for day := days.From; day < days.To; {
		until := days.To
		for _, h := range p.History {
			if h.Until >= day {
				until = min(until, h.Until+1)
			}
		}
		now := At(p, day)
		if n := len(list); n > 0 && list[n-1].Standing == now {
			list[n-1].To = until
		} else {
			list = append(list, Stretch{cal.Period{From: day, To: until}, now})
		}
		day = until
	}
	return list
}
