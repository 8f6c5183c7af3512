package hiring

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
)

// Flow is what became of candidates when, as the versions of the plans show it: what a
// count has grown by since the version before happened by the day of the version.
// Counts that were corrected downwards are below 0. Everything adds up to the counts of
// today, those of seats that are gone apart.
type Flow struct {
	// Stages are those that are declared and those that positions have today; their
	// counts are empty. What history has at any other is one stage without an id: the
	// versions of the past were held to nothing, and may name whom nobody should.
	Stages []Stage
	// Buckets are the counts by bucket and stage.
	Buckets [][]Counts
	// Undated are counts that the first version of a position has already, and those of
	// positions that are in no history, or in it no more; Outside are those that lie in no bucket.
	Undated, Outside []Counts
	// Gone are positions that the history had once and has no more: what happened counts
	// on. Only
	// without a selector, for the history does not know what selectors ask for, and of
	// those that are budgeted from a day of the years.
	Gone int
	// Untracked are positions with candidates that are not in the history as they are.
	Untracked int
}

// event is what changed in a version.
type event struct {
	day     cal.Date
	undated bool // it was so when the position first appeared
	pipeline
}

// events lists what changed in the pipeline of a position, version by version. Being
// away from the plan for a while changes nothing.
func events(t *history.PositionTrack) []event {
	var list []event
	var last pipeline
	for i, point := range t.Points {
		if !point.Present {
			continue
		}
		now := stagesOf(&point)
		change := pipeline{}
		for id, c := range now {
			change[id] = c.minus(last[id])
		}
		for id, c := range last {
			if _, still := now[id]; !still {
				change[id] = Counts{}.minus(c)
			}
		}
		for id, c := range change {
			if c == (Counts{}) {
				delete(change, id)
			}
		}
		if len(change) > 0 {
			list = append(list, event{point.Version.Day, i == 0, change})
		}
		last = now
	}
	return list
}

func stagesOf(p *history.PositionPoint) pipeline {
	all := make(pipeline, len(p.Stages))
	for _, s := range p.Stages {
		all[s.ID] = Counts{s.Entered, s.Passed, s.Declined, s.Withdrawn}
	}
	return all
}

// otherStage is the title of a stage that nobody declares.
const otherStage = "(other stages)"

// named is a pipeline in which stages that are neither declared nor of a position of
// today are one, without an id.
func (a *Analysis) named(p pipeline) pipeline {
	list := pipeline{}
	for id, c := range p {
		if !a.stages[id] {
			id = ""
		}
		list[id] = list[id].plus(c)
	}
	return list
}

// flow reads the history of the positions.
func (a *Analysis) flow(tracks []*history.PositionTrack) *Flow {
	var (
		f       = &Flow{}
		buckets = make([]pipeline, len(a.o.Buckets))
		undated = pipeline{}
		outside = pipeline{}
		used    = pipeline{}
		counted = map[string]bool{}
	)
	for i := range buckets {
		buckets[i] = pipeline{}
	}
	count := func(t *history.PositionTrack) {
		for _, e := range events(t) {
			changed := a.named(e.pipeline)
			used.add(changed)
			if e.undated {
				undated.add(changed)
				continue
			}
			in := outside
			for i, b := range a.o.Buckets {
				if b.Contains(e.day) {
					in = buckets[i]
				}
			}
			in.add(changed)
		}
	}
	for _, p := range a.Positions {
		if counted[p.ID] { // in two plans: a history is that of the id
			continue
		}
		counted[p.ID] = true
		used.add(p.pipeline)
		// What the history does not end with came from elsewhere.
		rest := pipelineOf(p.Position)
		if t := a.tracks[p.ID]; t != nil {
			count(t)
			for id, c := range stagesOf(t.Last()) {
				rest[id] = rest[id].minus(c)
			}
		}
		undated.add(a.named(rest))
		if len(p.pipeline) > 0 && !a.tracked(p) {
			f.Untracked++
		}
	}
	if len(a.o.Selector) == 0 {
		for _, t := range tracks {
			year := a.s.Fiscal.YearOf(t.Last().Effective)
			if !t.Last().Present && !counted[t.ID] && a.o.Years.From <= year && year <= a.o.Years.To {
				f.Gone++
				count(t)
			}
		}
	}
	f.Stages = order(a.s.Config, used)
	row := func(p pipeline) []Counts {
		list := make([]Counts, len(f.Stages))
		for i, s := range f.Stages {
			list[i] = p[s.ID]
		}
		return list
	}
	for _, b := range buckets {
		f.Buckets = append(f.Buckets, row(b))
	}
	f.Undated, f.Outside = row(undated), row(outside)
	return f
}

// complete reports whether all positions are in the history.
func (a *Analysis) complete() bool {
	return a.Unknown == nil && !slices.ContainsFunc(a.Positions, func(p *Position) bool { return !a.tracked(p) })
}

// tracked reports whether the history knows what a position is like today.
func (a *Analysis) tracked(p *Position) bool {
	t := a.tracks[p.ID]
	return t != nil && t.Last().Present
}
