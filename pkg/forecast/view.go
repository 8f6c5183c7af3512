package forecast

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/portfolio"
)

// View says what of a forecast to show. What is shown is simulated with all the rest.
type View struct {
	// Shows chooses milestones, and with them their programs; nil shows all.
	Shows func(*portfolio.Milestone) bool
	// Before is what to compare with; nil compares with nothing.
	Before *Forecast
	// Sheets adds tables for spreadsheets and databases.
	Sheets bool
}

// selection is what a view shows.
type selection struct {
	milestones []*Outcome
	programs   []*Outcome
	fixed      []*portfolio.Milestone // open, without an estimate
	circular   []*portfolio.Milestone
	open       int
}

func (f *Forecast) chosen(v View) selection {
	var s selection
	in := map[*portfolio.Program]bool{}
	for _, x := range f.Milestones {
		if v.Shows != nil && !v.Shows(x.Milestone) {
			continue
		}
		s.milestones = append(s.milestones, x)
		in[x.Program] = true
		if x.Open() {
			s.open++
			if !x.Estimated() {
				s.fixed = append(s.fixed, x.Milestone)
			}
		}
	}
	for _, x := range f.Programs {
		if in[x.Program] {
			s.programs = append(s.programs, x)
		}
	}
	for _, m := range f.Circular {
		if v.Shows == nil || v.Shows(m) {
			s.circular = append(s.circular, m)
		}
	}
	return s
}

// before is the same outcome in what the view compares with, nil where there is none.
func (v View) before(x *Outcome) *Outcome {
	if v.Before == nil {
		return nil
	}
	list, order := v.Before.Programs, byProgram
	if x.Milestone != nil {
		list, order = v.Before.Milestones, byName
	}
	i, ok := slices.BinarySearchFunc(list, x, order)
	if !ok {
		return nil
	}
	return list[i]
}

// byProgram orders outcomes by the name of their program, byName by that and the id of
// their milestone.
func byProgram(x, y *Outcome) int { return cmp.Compare(x.Program.Meta.Name, y.Program.Meta.Name) }

func byName(x, y *Outcome) int {
	return cmp.Or(byProgram(x, y), cmp.Compare(x.Milestone.ID, y.Milestone.ID))
}

// unlikely orders outcomes by the chance to meet the due date, the least first.
func unlikely(x, y *Outcome) int { return cmp.Or(cmp.Compare(x.Met, y.Met), cmp.Compare(x.Due, y.Due)) }
