package staffing

import (
	"cmp"
	"slices"
	"sort"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Requirement is a staffing line that names nobody, for days that are still to come.
type Requirement struct {
	Allocation
	// From and To are the first and the last working day of those days, both inclusive.
	From, To cal.Date
	// Required is the work that the line asks for on them.
	Required FTEMonths
	// Free is how much of the time of the people who match the line no line that
	// names them takes on these days; nil where it is not known. People who match
	// several requirements are free for each.
	Free *FTEMonths
}

// Short reports whether those who are free cannot do it, as far as that is known.
func (r Requirement) Short() bool { return r.Free != nil && r.Required.Sub(*r.Free).Sign() > 0 }

// Unfilled lists the lines of [Programs] that name nobody and have working days after
// as-of, of programs that are not over, by their first day. A line that states no
// team, role, level or location takes people of any. None where the Portfolio does not
// validate.
func Unfilled(s *portfolio.Snapshot, asOf cal.Date) []Requirement {
	return unfilled(s, cal.Period{From: asOf + 1, To: cal.MaxDate + 1})
}

// unfilled lists requirements on days of a period.
func unfilled(s *portfolio.Snapshot, days cal.Period) []Requirement {
	if s.Unconfigured {
		return nil
	}
	var list []Requirement
	for _, g := range Programs(s) {
		for _, l := range g.Staffing {
			part := l.Period().Intersect(days)
			if g.Status.Over() || l.Person != "" || l.FTE == 0 || s.Calendar.WorkdaysIn(part) == 0 {
				continue
			}
			r := Requirement{Allocation: Allocation{g, l}, From: s.Calendar.NextWorkday(part.From), To: s.Calendar.PrevWorkday(part.To - 1)}
			for _, m := range part.Months() {
				work := int64(l.FTE) * int64(s.Calendar.WorkdaysIn(part.Intersect(m.Period())))
				r.Required = r.Required.Add(newFTEMonths(work, s.Calendar, m))
			}
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b Requirement) int { return cmp.Compare(a.From, b.From) })
	if len(list) > 0 && len(Unlisted(s)) == 0 && len(linesUnknown(s, nil)) == 0 {
		spare := spareFor(s, list)
		for i := range list {
			free := spare.over(s.Calendar, patternOf(list[i].Line), cal.Through(list[i].From, list[i].To))
			list[i].Free = &free
		}
	}
	return list
}

// pattern is whom a line asks for; an empty field means anybody.
type pattern [4]string

func patternOf(l *portfolio.StaffingLine) pattern {
	return pattern{l.Team, l.Role, l.Level, l.Location}
}

// spare is the time that no line takes of those who match patterns: what changes on
// which day, in thousandths of full time.
type spare map[pattern][]spareFrom

// spareFrom is how much is free from a day on, and how many thousandths of full-time
// days were before it.
type spareFrom struct {
	day       cal.Date
	rate, sum int64
}

// spareFor looks for people for requirements.
func spareFor(s *portfolio.Snapshot, list []Requirement) spare {
	free := spare{}
	days := cal.Period{From: list[0].From}
	var masks [16]bool
	for _, r := range list {
		p := patternOf(r.Line)
		free[p] = nil
		mask := 0
		for i, text := range p {
			if text != "" {
				mask |= 1 << i
			}
		}
		masks[mask] = true
		days.To = max(days.To, r.To+1)
	}
	people, named := PeopleOf(s), allocations(s)
	for id := range people {
		people.loads(id, named[id], days, func(l load) {
			n := l.free()
			if n == 0 {
				return
			}
			for mask, used := range masks {
				if !used {
					continue
				}
				p, whole := pattern{l.Team, l.Role, l.Level, l.Location}, true
				for i := range p {
					if mask>>i&1 == 0 {
						p[i] = ""
					} else if p[i] == "" {
						whole = false // another mask makes the same pattern of it
					}
				}
				if !whole {
					continue
				}
				if changes, wanted := free[p]; wanted {
					free[p] = append(changes, spareFrom{day: l.From, rate: n}, spareFrom{day: l.To, rate: -n})
				}
			}
		})
	}
	for p, changes := range free {
		free[p] = accumulate(s.Calendar, changes)
	}
	return free
}

// accumulate turns changes in any order into what holds from each day on.
func accumulate(c *cal.WorkCalendar, changes []spareFrom) []spareFrom {
	slices.SortFunc(changes, func(a, b spareFrom) int { return cmp.Compare(a.day, b.day) })
	steps := changes[:0]
	var last spareFrom
	for i, x := range changes {
		if x.day > last.day {
			last.sum += last.rate * int64(c.WorkdaysIn(cal.Period{From: last.day, To: x.day}))
			last.day = x.day
		}
		last.rate += x.rate
		if i+1 == len(changes) || changes[i+1].day != x.day {
			steps = append(steps, last)
		}
	}
	return steps
}

// over is what is free on the days of a period.
func (f spare) over(c *cal.WorkCalendar, p pattern, days cal.Period) FTEMonths {
	steps := f[p]
	until := func(day cal.Date) int64 {
		i := sort.Search(len(steps), func(i int) bool { return steps[i].day > day })
		if i == 0 {
			return 0
		}
		at := steps[i-1]
		return at.sum + at.rate*int64(c.WorkdaysIn(cal.Period{From: at.day, To: day}))
	}
	var sum FTEMonths
	for _, m := range days.Months() {
		part := days.Intersect(m.Period())
		sum = sum.Add(newFTEMonths(until(part.To)-until(part.From), c, m))
	}
	return sum
}
