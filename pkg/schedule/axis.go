package schedule

import (
	"math"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// ticks measure working time, as a length or as a moment on an axis. One is a
// thousandth of a percent of a sixth of a working day, so that the mean of an
// estimate, and the part of it that a percentage leaves, are whole numbers.
type ticks int64

const (
	wholeSixth = ticks(portfolio.Whole) // a sixth of a working day
	perDay     = 6 * wholeSixth
)

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
func (x axis) end(d cal.Date) ticks { return ticks(x.calendar.Workdays(x.origin, d)) * perDay }

// start is the moment when a day begins, or the next that is worked.
func (x axis) start(d cal.Date) ticks {
	if x.calendar.IsWorkday(d) {
		return x.end(d) - perDay
	}
	return x.end(d)
}

// day is the working day that a moment lies in, or is the end of.
func (x axis) day(at ticks) cal.Date {
	n := at / perDay
	if at%perDay > 0 {
		n++
	}
	return x.calendar.AddWorkdays(x.origin, cal.WorkDays(min(max(n, math.MinInt32), math.MaxInt32)))
}
