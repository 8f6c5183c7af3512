package schedule

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// activity is a milestone in a network.
type activity struct {
	ref      string
	before   []link  // from what it waits for
	after    []int32 // the activities that wait for it
	done     bool
	duration ticks    // of what remains to be done; where it is done, of all of it
	earliest ticks    // start, links apart; where it is done, the start
	date     cal.Date // completed, else the day it finishes no earlier than
	end      ticks    // the end of date
}

// link says that an end of an activity comes no earlier than an end of another.
type link struct {
	from       int32 // the other
	fromFinish bool  // of the other its finish, else its start
	toFinish   bool  // of this its finish, else its start
	lag        ticks // later, or earlier where negative
}

func newLink(from int32, d portfolio.Dependency) link {
	return link{
		from:       from,
		fromFinish: d.Type == portfolio.FinishToStart || d.Type == portfolio.FinishToFinish,
		toFinish:   d.Type == portfolio.FinishToFinish || d.Type == portfolio.StartToFinish,
		lag:        ticks(d.Lag) * perDay,
	}
}

func newActivity(x axis, m *portfolio.Milestone, asOf cal.Date) activity {
	work, stated := sixths(x.calendar, m)
	a := activity{duration: work * wholeSixth, earliest: x.start(m.Program.Start)}
	if !m.Open() {
		a.done, a.date, a.end = true, m.Completed, x.end(m.Completed)
		// Work that ended before its program began did not start after that.
		a.earliest = min(max(a.earliest, a.end-a.duration), a.end)
		return a
	}
	if m.PercentComplete != nil {
		a.duration = work * ticks(portfolio.Whole-*m.PercentComplete)
	}
	a.date = max(m.Forecast, m.Due, asOf)
	a.end = x.end(a.date)
	if stated {
		a.earliest = max(a.earliest, x.start(asOf))
	} else {
		a.earliest = a.end // that and links alone bind an event, even before its program starts
	}
	return a
}

// sixths is how long a milestone takes, in sixths of a working day, whatever of it
// is done: its duration, else (O+4M+P)/6 of its estimate (Malcolm, Roseboom, Clark
// and Fazar, Operations Research 7, 1959), else the working days from start to due,
// both inclusive. It is false where none of these is stated: a fixed event.
func sixths(c *cal.WorkCalendar, m *portfolio.Milestone) (n ticks, stated bool) {
	switch e := m.Estimate; {
	case m.Duration != nil:
		return 6 * ticks(*m.Duration), true
	case e != nil:
		return ticks(e.Optimistic) + 4*ticks(e.Likely) + ticks(e.Pessimistic), true
	case !m.Start.IsZero():
		return 6 * ticks(c.WorkdaysIn(cal.Through(m.Start, m.Due))), true
	}
	return 0, false
}
