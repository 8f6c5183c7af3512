package staffing

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// tenure is days on which one standing holds for somebody on a roster.
type tenure struct {
	Stretch
	employment *portfolio.Person
	employed   bool // on these days
}

// tenures appends what holds for a person on the days of a period, in order and
// without a gap: on a day on which the person is not employed it is what [People.On]
// tells. Nothing for someone on no roster.
func (p People) tenures(list []tenure, id string, days cal.Period) []tenure {
	employments := p[id]
	for i, e := range employments {
		reign := cal.Period{From: max(e.Start, days.From), To: days.To}
		if i == 0 {
			reign.From = days.From
		}
		if i+1 < len(employments) {
			reign.To = min(days.To, employments[i+1].Start)
		}
		employed := Employed(e)
		list = appendTenures(list, e, cal.Period{From: reign.From, To: min(reign.To, employed.From)}, false)
		list = appendTenures(list, e, reign.Intersect(employed), true)
		list = appendTenures(list, e, cal.Period{From: max(reign.From, employed.To), To: reign.To}, false)
	}
	return list
}

func appendTenures(list []tenure, e *portfolio.Person, days cal.Period, employed bool) []tenure {
	switch {
	case days.IsEmpty():
		return list
	case len(e.History) == 0:
		return append(list, tenure{Stretch{days, At(e, days.From)}, e, employed})
	}
	for _, stretch := range Stretches(e, days) {
		list = append(list, tenure{stretch, e, employed})
	}
	return list
}

// Allocation is a staffing line and the program that states it.
type Allocation struct {
	Program *portfolio.Program
	Line    *portfolio.StaffingLine
}

// allocations are the lines of the programs that count which name a person and take
// time of the person, by the person, in the order of the programs and of their lines.
func allocations(s *portfolio.Snapshot) map[string][]Allocation {
	named := map[string][]Allocation{}
	for _, g := range Programs(s) {
		for _, l := range g.Staffing {
			if l.Person != "" && l.FTE > 0 {
				named[l.Person] = append(named[l.Person], Allocation{g, l})
			}
		}
	}
	return named
}

// load is days on which a person is employed, on the same terms, and allocated by the
// same lines.
type load struct {
	tenure
	lines     []Allocation
	allocated int64 // thousandths of full time, of all the lines
}

// free is what no line takes of the person's time, in thousandths of full time.
func (l load) free() int64 { return max(0, int64(l.FTE)-l.allocated) }

// loads cuts the days of a period on which a person is employed where the lines that
// name the person, or the terms, change. The lines of a load are good until the next.
func (p People) loads(id string, lines []Allocation, days cal.Period, yield func(load)) {
	var (
		cuts    []cal.Date
		ongoing []Allocation
		near    [4]tenure
	)
	for _, t := range p.tenures(near[:0], id, days) {
		if !t.employed {
			continue
		}
		cuts = append(cuts[:0], t.From, t.To)
		for _, l := range lines {
			if both := l.Line.Period().Intersect(t.Period); !both.IsEmpty() {
				cuts = append(cuts, both.From, both.To)
			}
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		for i := 1; i < len(cuts); i++ {
			part := load{tenure: t, lines: ongoing[:0]}
			part.From, part.To = cuts[i-1], cuts[i]
			for _, l := range lines {
				if l.Line.Period().Contains(part.From) {
					part.lines = append(part.lines, l)
					part.allocated += int64(l.Line.FTE)
				}
			}
			yield(part)
			ongoing = part.lines
		}
	}
}
