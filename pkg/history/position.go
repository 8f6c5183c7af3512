package history

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// Stage is the counts of candidates at one stage of hiring, as of a version: whole
// numbers from 0 to 2³¹ − 1. What is stated and is none counts as 0, and so does
// what is not stated.
type Stage struct {
	ID                                   string
	Entered, Passed, Declined, Withdrawn int
}

// PositionState is what a version says of a position. A zero date is one that is
// not stated, or not a date.
type PositionState struct {
	Status string // as written
	// Effective is the first day of a month where a month is written.
	Effective, ExpectedStart, Start, OpenedOn cal.Date
	// Stages are those of the pipeline, sorted by id; nil where there are none.
	Stages []Stage
}

// PositionPoint is a version in which the state of a position differs from the
// version before.
type PositionPoint struct {
	Version *Version
	PositionState
	// Present is false where it is there no more; the state is then the last.
	Present bool
}

// PositionTrack is the history of one position of the headcount plans. Its identity
// is its id alone, for ids are unique among all plans: moving it between plans or
// files changes nothing. Where several positions of a version have the same id, the
// first by file counts, in a file the first.
type PositionTrack struct {
	ID     string
	Points []PositionPoint // oldest first, at least one
}

// Last is the newest point.
func (t *PositionTrack) Last() *PositionPoint { return &t.Points[len(t.Points)-1] }

// Positions lists all there ever were, by id.
func (h *History) Positions() []*PositionTrack {
	if h == nil {
		return nil
	}
	list := make([]*PositionTrack, 0, len(h.positions))
	for _, t := range h.positions {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *PositionTrack) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// followPosition adds a point to the track of a position where something differs.
func (p *player) followPosition(v *Version, id string) {
	now, t := p.positions.first(id), p.h.positions[id]
	switch {
	case t == nil:
		if now != nil {
			p.h.positions[id] = &PositionTrack{ID: id, Points: []PositionPoint{{v, now.PositionState, true}}}
		}
	case now == nil:
		if last := t.Last(); last.Present {
			t.Points = append(t.Points, PositionPoint{v, last.PositionState, false})
		}
	default:
		if last := t.Last(); !last.Present || !last.equal(&now.PositionState) {
			t.Points = append(t.Points, PositionPoint{v, now.PositionState, true})
		}
	}
}

func (s *PositionState) equal(o *PositionState) bool {
	return s.Status == o.Status && s.Effective == o.Effective && s.ExpectedStart == o.ExpectedStart &&
		s.Start == o.Start && s.OpenedOn == o.OpenedOn && slices.Equal(s.Stages, o.Stages)
}
