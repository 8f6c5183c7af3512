package staffing

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// OutsideAllocation is days that a staffing line covers though it cannot be worked on
// them: the person is not employed, or the program does not run.
type OutsideAllocation struct {
	Allocation
	// From and To are the first and the last working day of them, both inclusive.
	From, To cal.Date
	Reason   OutsideReason
}

// OutsideReason is outside of what dates days are.
type OutsideReason string

// The reasons. Somebody between two employments is after the end of the first.
const (
	BeforeStart    OutsideReason = "before-start"    // of the person
	AfterEnd       OutsideReason = "after-end"       // of the person
	OutsideProgram OutsideReason = "outside-program" // before its start, after its due and its completion
)

// Outside lists the allocations of [Programs] on working days outside of a person's or
// a program's dates, in the order of the programs and of their lines. A program runs
// from its start to its due date, or to the day on which it was completed where that is
// later; what is planned by the month may fill the first and the last month of that.
// Nothing of the kind holds for an employment: nobody is there on the other days of its
// months, and the program pays for them. Of a person on no roster nothing is said but
// what concerns the program. None where the Portfolio does not validate.
func Outside(s *portfolio.Snapshot) []OutsideAllocation {
	if s.Unconfigured {
		return nil
	}
	var list []OutsideAllocation
	people := PeopleOf(s)
	for _, g := range Programs(s) {
		for _, l := range g.Staffing {
			if l.FTE == 0 {
				continue
			}
			days := l.Period()
			add := func(from, to cal.Date, why OutsideReason) {
				part := days.Intersect(cal.Period{From: from, To: to})
				if s.Calendar.WorkdaysIn(part) > 0 {
					list = append(list, OutsideAllocation{
						Allocation{g, l}, s.Calendar.NextWorkday(part.From), s.Calendar.PrevWorkday(part.To - 1), why,
					})
				}
			}
			employments := people[l.Person]
			for i, e := range employments {
				next := days.To
				if i+1 < len(employments) {
					next = employments[i+1].Start
				}
				if i == 0 {
					add(days.From, e.Start, BeforeStart)
				}
				add(Employed(e).To, next, AfterEnd)
			}
			last := max(g.Due, g.Completed)
			if !isMonthOf(l.From, g.Start) || l.To.Last() < g.Start {
				add(days.From, g.Start, OutsideProgram)
			}
			if !isMonthOf(l.To, last) || l.From.First() > last {
				add(last+1, days.To, OutsideProgram)
			}
		}
	}
	return list
}

// isMonthOf reports whether an edge of a line is the month of a day, written as a month.
func isMonthOf(edge cal.DayOrMonth, day cal.Date) bool {
	return edge.IsMonth() && edge.FirstMonth() == day.Month()
}
