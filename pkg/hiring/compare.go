package hiring

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Before is what the baseline says of a position. Where nothing, Exists is false and the
// rest is empty.
type Before struct {
	Exists                          bool
	Status                          portfolio.PositionStatus
	Effective, ExpectedStart, Start cal.Date
	// Slip is as a report on it says on as-of.
	Slip *cal.Days
	// Moved is by how much the plan has moved its begin since, whatever day it is; nil
	// where it states none, then or now.
	Moved *cal.Days
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
	if a.NoBaseline, _ = unknown(a.o.Baseline); a.NoBaseline != nil {
		return
	}
	then := map[string]*portfolio.Position{}
	for _, c := range seats(a.o.Baseline) {
		then[c.ID] = c.Position
	}
	chosen := map[string]bool{}
	for _, p := range a.Positions {
		chosen[p.ID] = true
		was := then[p.ID]
		b := before(was, a.o.AsOf)
		if was != nil && stated(was) != 0 && stated(p.Position) != 0 {
			b.Moved = new(stated(p.Position).Sub(stated(was)))
		}
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
	return Before{true, p.Status, p.Effective.First(), p.ExpectedStart, p.Start, slip(p, begin(p, asOf)), nil}
}
