package review

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Schedule is when reviews are due.
type Schedule struct {
	// Every or Rule is how often: one of the two.
	Every cal.Cadence
	Rule  Rule
	// Start is the day it is counted from, and before which there is none. Where it is
	// zero, each fiscal year is counted from its own first day.
	Start cal.Date
	// End is the last day; zero is none.
	End cal.Date
}

// Due is a day on which a review is due.
type Due struct {
	// Scheduled is what the schedule says, On the working day it falls on: Scheduled, or
	// the next one after it.
	Scheduled, On cal.Date
}

// Days are the days on which reviews are due in a period, in order, and no day twice:
// where several fall on one, the last scheduled one is it. It is for the caller to ask
// for a period of some years at most.
func (x Schedule) Days(s *portfolio.Snapshot, within cal.Period) []Due {
	if within.IsEmpty() {
		return nil
	}
	// what is scheduled on days off before the period moves into it
	raw := cal.Period{From: s.Calendar.PrevWorkday(within.From.Add(-1)).Add(1), To: within.To}
	if !x.End.IsZero() {
		raw = raw.Intersect(cal.Through(cal.MinDate, x.End))
	}
	var list []Due
	add := func(days []cal.Date) {
		for _, d := range days {
			due := Due{d, s.Calendar.NextWorkday(d)}
			switch n := len(list); {
			case !within.Contains(due.On):
			case n > 0 && list[n-1].On == due.On:
				list[n-1] = due
			default:
				list = append(list, due)
			}
		}
	}
	if !x.Start.IsZero() {
		add(x.counted(s, x.Start, raw))
		return list
	}
	for d := raw.From; d < raw.To; {
		year := s.Fiscal.Period(s.Fiscal.YearOf(d))
		if year.IsEmpty() {
			break
		}
		add(x.counted(s, year.From, raw.Intersect(year)))
		d = year.To
	}
	return list
}

// counted are the days of a schedule that is counted from a day, in a period, in order.
func (x Schedule) counted(s *portfolio.Snapshot, start cal.Date, within cal.Period) []cal.Date {
	if !x.Rule.IsZero() {
		return x.Rule.days(start, within)
	}
	within = within.Intersect(cal.Through(cal.MinDate, cal.MaxDate)) // months stop increasing at last
	var list []cal.Date
	c := counter{x.Every, start, s}
	for k := 0; ; k++ {
		d, there := c.nth(k)
		switch {
		case there && d >= within.To || !there && d >= within.To:
			return list
		case there && d >= start && d >= within.From:
			list = append(list, d)
		}
	}
}

// counter counts the days of a cadence from a day.
type counter struct {
	cal.Cadence
	start cal.Date
	s     *portfolio.Snapshot
}

// nth is the k-th day, from 0; where its month or quarter has no such day, it is false,
// and a day of that month or quarter. Days never decrease with k, and at last increase
// without end.
func (c counter) nth(k int) (day cal.Date, there bool) {
	k *= c.Every
	switch c.Unit {
	case cal.EveryDay:
		return c.start.Add(cal.Days(k)), true
	case cal.EveryWorkday:
		work := c.s.Calendar
		return work.AddWorkdays(work.NextWorkday(c.start), cal.WorkDays(k)), true
	case cal.EveryWeek:
		first := c.start
		if c.On.Kind != 0 {
			first = first.Add(cal.Days((c.On.Weekday - first.Weekday() + 7) % 7))
		}
		return first.Add(cal.Days(7 * k)), true
	case cal.EveryYear:
		k *= 12
	case cal.EveryQuarter:
		k *= 3
	}
	month, length := c.start.Month(), 1
	if c.On.Kind != 0 && c.Unit == cal.EveryQuarter {
		month, length = c.s.Fiscal.QuarterPeriod(c.s.Fiscal.QuarterOf(month)).From.Month(), 3
	}
	month = month.Add(k)
	days := cal.Period{From: month.First(), To: month.Add(length).First()}
	if c.On.Kind == 0 {
		_, _, day := c.start.YMD()
		return min(days.From.Add(cal.Days(day-1)), days.Last()), true
	}
	if day, there = anchored(c.On, days, c.s.Calendar); !there {
		return days.From, false
	}
	return day, true
}

// anchored is the day that an anchor names in a month or a quarter.
func anchored(a cal.CadenceAnchor, days cal.Period, work *cal.WorkCalendar) (day cal.Date, there bool) {
	last := days.Last()
	switch a.Kind {
	case cal.AnchorDay:
		if a.N == cal.Last {
			return last, true
		}
		return min(days.From.Add(cal.Days(a.N-1)), last), true
	case cal.AnchorWorkday:
		if a.N == cal.Last {
			day = work.PrevWorkday(last)
		} else {
			day = work.AddWorkdays(work.NextWorkday(days.From), cal.WorkDays(a.N-1))
		}
	case cal.AnchorWeekday:
		if a.N == cal.Last {
			day = last.Add(-cal.Days((last.Weekday() - a.Weekday + 7) % 7))
		} else {
			first := days.From.Add(cal.Days((a.Weekday - days.From.Weekday() + 7) % 7))
			day = first.Add(cal.Days(7 * (a.N - 1)))
		}
	}
	return day, days.Contains(day)
}
