package staffing

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Overallocation is consecutive working days on which one person is allocated beyond
// what the policy allows, by the same programs, each to the same extent, and to the same
// part of the person's own time.
type Overallocation struct {
	// Person is the employment on the first of the days.
	Person *portfolio.Person
	// From and To are the first and the last of the days, both inclusive and both
	// worked; Workdays is how many there are.
	From, To cal.Date
	Workdays cal.WorkDays
	// Allocated is the sum of the lines and Contracted the person's own time, in
	// thousandths of full time, on the first of the days.
	Allocated, Contracted int64
	// Parts are sorted by program.
	Parts []AllocatedPart

	standing Standing // on the first of the days
}

// AllocatedPart is what one program takes of a person's time.
type AllocatedPart struct {
	Program *portfolio.Program
	// Lines are those of the first day, in the order of the document.
	Lines []*portfolio.StaffingLine
	// FTE is their sum, in thousandths of full time.
	FTE int64
}

// Percent is the allocation in percent of the person's own time, rounded to 3 digits
// after the point, half away from zero: "133.333".
func (o Overallocation) Percent() string {
	return Decimal(big.NewRat(100*o.Allocated, o.Contracted))
}

// Programs are the names of the programs, sorted.
func (o Overallocation) Programs() []string {
	names := make([]string, len(o.Parts))
	for i, p := range o.Parts {
		names[i] = p.Program.Meta.Name
	}
	return names
}

// Overallocations lists who is allocated beyond the policy on working days of a
// period: where the sum of the lines of [Programs] that name the person, divided by
// the person's own FTE of the day, is above policy.maxAllocation, exactly. Only days on
// which the person is employed count. They are sorted by person and day, as long as
// possible, and not cut where the period begins and ends. What [Unlisted] and
// [LinesPrivate] tell of may be missing; none where the Portfolio does not validate.
func Overallocations(s *portfolio.Snapshot, days cal.Period) []Overallocation {
	if s.Unconfigured {
		return nil
	}
	var (
		list   []Overallocation
		people = PeopleOf(s)
		named  = allocations(s)
		most   = int64(*s.Config.Policy.MaxAllocation)
	)
	for _, id := range slices.Sorted(maps.Keys(named)) {
		first := len(list)
		people.loads(id, named[id], reach(named[id]), func(l load) {
			worked := s.Calendar.WorkdaysIn(l.Period)
			if worked == 0 || l.allocated*int64(portfolio.Whole) <= most*int64(l.FTE) {
				return
			}
			o := Overallocation{
				Person: l.employment, From: s.Calendar.NextWorkday(l.From), To: s.Calendar.PrevWorkday(l.To - 1), Workdays: worked,
				Allocated: l.allocated, Contracted: int64(l.FTE), Parts: parts(l.lines), standing: l.Standing,
			}
			if n := len(list); n > first && list[n-1].goesOn(o, s.Calendar) {
				list[n-1].To, list[n-1].Workdays = o.To, list[n-1].Workdays+worked
				return
			}
			list = append(list, o)
		})
	}
	return slices.DeleteFunc(list, func(o Overallocation) bool {
		return s.Calendar.WorkdaysIn(cal.Through(o.From, o.To).Intersect(days)) == 0
	})
}

// goesOn reports whether the next working days are more of the same.
func (o Overallocation) goesOn(next Overallocation, c *cal.WorkCalendar) bool {
	return c.Workdays(o.To, next.From) == 1 && o.Contracted == next.Contracted &&
		slices.EqualFunc(o.Parts, next.Parts, func(a, b AllocatedPart) bool { return a.Program == b.Program && a.FTE == b.FTE })
}

// reach is the days from the first of some lines to the last.
func reach(lines []Allocation) cal.Period {
	all := lines[0].Line.Period()
	for _, l := range lines[1:] {
		days := l.Line.Period()
		all.From, all.To = min(all.From, days.From), max(all.To, days.To)
	}
	return all
}

// parts sums lines by program.
func parts(lines []Allocation) []AllocatedPart {
	var list []AllocatedPart
	for _, l := range lines {
		i := slices.IndexFunc(list, func(p AllocatedPart) bool { return p.Program == l.Program })
		if i < 0 {
			i = len(list)
			list = append(list, AllocatedPart{Program: l.Program})
		}
		list[i].Lines = append(list[i].Lines, l.Line)
		list[i].FTE += int64(l.Line.FTE)
	}
	slices.SortFunc(list, func(a, b AllocatedPart) int { return strings.Compare(a.Program.Meta.Name, b.Program.Meta.Name) })
	return list
}

// fte spells thousandths of full time without trailing zeros.
func fte(thousandths int64) string {
	return Decimal(big.NewRat(thousandths, int64(portfolio.FullTime)))
}
