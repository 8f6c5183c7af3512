package schedule

import (
	"math"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Ticks measure working time, as a length or as a moment on an axis. One is a
// thousandth of a percent of a sixth of a working day, so that the mean of an
// estimate, and the part of it that a percentage leaves, are whole numbers.
type Ticks int64

const (
	wholeSixth = Ticks(portfolio.Whole) // a sixth of a working day

	// PerDay is a working day.
	PerDay = 6 * wholeSixth
)

// Days is a length in working days, a fraction rounded up: not less is enough.
func (t Ticks) Days() cal.WorkDays {
	n := t / PerDay
	if t%PerDay > 0 {
		n++
	}
	return cal.WorkDays(min(max(n, math.MinInt32), math.MaxInt32))
}

// Number is a length in working days with its fraction, for statistics and for
// people.
func (t Ticks) Number() float64 { return float64(t) / float64(PerDay) }

// axis is working time from one origin for all programs, so that links between
// programs that start on different days are exact. The offsets of a program are
// moments less the start of its first day. Days that are not worked have no length:
// their start, their end and the end of the working day before are one moment.
type axis struct {
	calendar *cal.WorkCalendar
	origin   cal.Date // a working day; its end is 0
}

func newAxis(c *cal.WorkCalendar) axis { return axis{c, c.NextWorkday(cal.MinDate)} }

// end is the moment when a day is over.
func (x axis) end(d cal.Date) Ticks { return Ticks(x.calendar.Workdays(x.origin, d)) * PerDay }

// start is the moment when a day begins, or the next that is worked.
func (x axis) start(d cal.Date) Ticks {
	if x.calendar.IsWorkday(d) {
		return x.end(d) - PerDay
	}
	return x.end(d)
}

// day is the working day that a moment lies in, or is the end of.
func (x axis) day(at Ticks) cal.Date { return x.calendar.AddWorkdays(x.origin, at.Days()) }

// next is the working day that a moment lies in, or is the start of.
func (x axis) next(at Ticks) cal.Date { return x.day(at + 1) }
