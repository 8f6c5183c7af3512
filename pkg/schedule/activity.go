package schedule

import (
	"math"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// activity is what is known of a milestone, links apart.
type activity struct {
	milestone *portfolio.Milestone
	duration  Ticks    // of what remains to be done; where it is done, from its start
	earliest  Ticks    // start; where it is done, the start
	due       Ticks    // the end of the day before which it is not expected to be finished
	done      bool     // then nothing moves it
	event     bool     // it is open, and nothing says how long it takes
	instant   bool     // it takes no time, or none remains
	day       cal.Date // before which it cannot be finished, whatever takes no time
	date      cal.Date // the day that due is the end of; where it is done, completed
}

// never is a moment before all others that leaves room for sums.
const never = Ticks(math.MinInt64 / 4)

func newActivity(x axis, m *portfolio.Milestone, asOf cal.Date) activity {
	work, stated := sixths(x.calendar, m)
	a := activity{milestone: m, duration: work * wholeSixth, earliest: x.start(m.Program.Start), due: never}
	if !m.Open() {
		end := x.end(m.Completed)
		a.done, a.date, a.day, a.instant = true, m.Completed, m.Completed, work == 0
		// Work that ended before its program began did not start after that.
		a.earliest = min(max(a.earliest, end-a.duration), end)
		a.duration = end - a.earliest
		return a
	}
	if m.PercentComplete != nil {
		a.duration = work * Ticks(portfolio.Whole-*m.PercentComplete)
	}
	a.instant = a.duration == 0
	a.date = max(m.Forecast, m.Due, asOf)
	a.due = x.end(a.date)
	if stated {
		a.earliest = max(a.earliest, x.start(asOf))
		a.day = x.calendar.NextWorkday(max(m.Program.Start, asOf))
	} else {
		// That and links alone bind an event, even before its program starts.
		a.event, a.earliest, a.day = true, a.due, a.date
	}
	return a
}

// sixths is how long a milestone takes, in sixths of a working day, whatever of it
// is done: its duration, else (O+4M+P)/6 of its estimate (Malcolm, Roseboom, Clark
// and Fazar, Operations Research 7, 1959), else the working days from start to due,
// both inclusive. It is false where none of these is stated: a fixed event.
func sixths(c *cal.WorkCalendar, m *portfolio.Milestone) (n Ticks, stated bool) {
	switch e := m.Estimate; {
	case m.Duration != nil:
		return 6 * Ticks(*m.Duration), true
	case e != nil:
		return Ticks(e.Optimistic) + 4*Ticks(e.Likely) + Ticks(e.Pessimistic), true
	case !m.Start.IsZero():
		return 6 * Ticks(c.WorkdaysIn(cal.Through(m.Start, m.Due))), true
	}
	return 0, false
}
