package hiring

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Before is what the baseline says of a position. Where nothing, Exists is false and the
// rest is empty.
type Before struct {
	Exists                          bool
	Status                          portfolio.PositionStatus
	Effective, ExpectedStart, Start cal.Date
	// Begin and Slip are as the plan stated them then, on as-of.
	Begin cal.Date
	Slip  *cal.Days
}

// Gone is a position that was chosen at the baseline and is not any more. Elsewhere says
// that it is still in some plan.
type Gone struct {
	ID string
	Before
	Elsewhere bool
}

// compare tells what the baseline says of the positions, by their ids.
func (a *Analysis) compare() {
	if a.o.Baseline == nil {
		return
	}
	if a.NoBaseline = staffing.PositionsUnknown(a.o.Baseline); a.NoBaseline != nil {
		return
	}
	then := map[string]*portfolio.Position{}
	for _, c := range seats(a.o.Baseline) {
		then[c.ID] = c.Position
	}
	chosen := map[string]bool{}
	for _, p := range a.Positions {
		chosen[p.ID] = true
		b := before(then[p.ID], a.o.AsOf)
		p.Before = &b
	}
	exists := map[string]bool{}
	for _, plan := range a.s.Plans {
		for _, p := range plan.Positions {
			exists[p.ID] = true
		}
	}
	for _, c := range choose(a.o.Baseline, a.o) {
		if !chosen[c.ID] && a.s.Sound("headcountplan/"+c.plan.Meta.Name) { // else it is left out, and its findings say so
			a.Gone = append(a.Gone, Gone{c.ID, before(c.Position, a.o.AsOf), exists[c.ID]})
		}
	}
	slices.SortFunc(a.Gone, func(x, y Gone) int { return strings.Compare(x.ID, y.ID) })
}

func before(p *portfolio.Position, asOf cal.Date) Before {
	if p == nil {
		return Before{}
	}
	begins := begin(p, asOf)
	return Before{true, p.Status, p.Effective.First(), p.ExpectedStart, p.Start, begins, slip(p, begins)}
}
