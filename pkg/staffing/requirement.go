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
	// several requirements are free for each; those of a team include who is in the
	// teams below it.
	Free *FTEMonths
	// Short is how much of Required is more than is free, day by day: time that is
	// free on one day does not do the work of another. Nil where it is not known.
	Short *FTEMonths
}

func (r Requirement) isShort() bool { return r.Short != nil && r.Short.Sign() > 0 }

// unfilled lists the lines of [Programs] that name nobody and have working days in a
// period, of programs that are not over, by the first day of the line. A line that
// states no team, role, level or location takes people of any. None where the Portfolio
// does not validate.
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
	slices.SortStableFunc(list, func(a, b Requirement) int { return cmp.Compare(a.Line.From.First(), b.Line.From.First()) })
	if len(list) > 0 && len(Unlisted(s)) == 0 && len(linesUnknown(s, nil)) == 0 {
		spare := spareFor(s, list)
		for i := range list {
			r := &list[i]
			free, short := spare[patternOf(r.Line)].over(s.Calendar, cal.Through(r.From, r.To), int64(r.Line.FTE))
			r.Free, r.Short = &free, &short
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
type spare map[pattern]spareSteps

// spareFrom is how much is free from a day on.
type spareFrom struct {
	day  cal.Date
	rate int64
}

// spareSteps are in order of their days, each once.
type spareSteps []spareFrom

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
	lines := map[string][]string{}
	above := func(team string) []string {
		if lines[team] == nil {
			lines[team] = s.Lineage(team)
		}
		return lines[team]
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
				teams := []string{""}
				if p[0] != "" {
					teams = above(p[0])
				}
				for _, p[0] = range teams {
					if changes, wanted := free[p]; wanted {
						free[p] = append(changes, spareFrom{day: l.From, rate: n}, spareFrom{day: l.To, rate: -n})
					}
				}
			}
		})
	}
	for p, changes := range free {
		free[p] = accumulate(changes)
	}
	return free
}

// accumulate turns changes in any order into what holds from each day on.
func accumulate(changes spareSteps) spareSteps {
	slices.SortFunc(changes, func(a, b spareFrom) int { return cmp.Compare(a.day, b.day) })
	steps := changes[:0]
	rate := int64(0)
	for i, x := range changes {
		rate += x.rate
		if i+1 == len(changes) || changes[i+1].day != x.day {
			steps = append(steps, spareFrom{x.day, rate})
		}
	}
	return steps
}

// over is what is free on the days of a period, and by how much that is less than so
// many thousandths of full time on each of them.
func (f spareSteps) over(c *cal.WorkCalendar, days cal.Period, asked int64) (free, short FTEMonths) {
	next := sort.Search(len(f), func(i int) bool { return f[i].day > days.From })
	rate := int64(0)
	if next > 0 {
		rate = f[next-1].rate
	}
	for _, m := range days.Months() {
		part := days.Intersect(m.Period())
		var left, lack int64
		for day := part.From; day < part.To; {
			until, now := part.To, rate
			if next < len(f) && f[next].day <= until {
				until, rate = f[next].day, f[next].rate
				next++
			}
			work := int64(c.WorkdaysIn(cal.Period{From: day, To: until}))
			left += now * work
			lack += max(0, asked-now) * work
			day = until
		}
		free, short = free.Add(newFTEMonths(left, c, m)), short.Add(newFTEMonths(lack, c, m))
	}
	return free, short
}
