package hiring

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Group is the positions of one key.
type Group struct {
	Key    group.Key
	Stages []Stage
	Funnel
	Summary
}

// Summary counts positions. Those cancelled or on hold are in Positions, and in nothing
// else.
type Summary struct {
	Positions, Filled int
	ToFill            int // planned, approved, open or offered
	Opened            int // of those, open or offered, or with a day on which it was opened
	Late              int // of those to fill, budgeted for a day before as-of
	// TimeToFill is the median of the filled; nil where it is not known of any, and
	// Timed says of how many it is.
	TimeToFill *cal.Days
	Timed      int
	Saving     Saving
}

// sum adds up the positions, all and by group.
func (a *Analysis) sum() {
	used := pipeline{}
	byKey := map[group.Key][]*Position{}
	var keys []group.Key
	for _, p := range a.Positions {
		used.add(p.pipeline)
		if len(a.o.By) == 0 {
			continue
		}
		key := a.grouping.Key(standing(p.Position))
		if byKey[key] == nil {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], p)
	}
	order, declared := order(a.s.Config, used), len(a.s.Config.HiringStages)
	a.Stages, a.Funnel = funnel(a.Positions, order, declared)
	a.Summary = summarise(a.Positions, a.s)
	slices.SortFunc(keys, group.Key.Compare)
	for _, key := range keys {
		g := Group{Key: key, Summary: summarise(byKey[key], a.s)}
		g.Stages, g.Funnel = funnel(byKey[key], order, declared)
		a.Groups = append(a.Groups, g)
	}
}

func summarise(list []*Position, s *portfolio.Snapshot) Summary {
	sum := Summary{Positions: len(list), Saving: noSaving(s.Config.Currency)}
	var times []cal.Days
	for _, p := range list {
		if !p.Status.InPlan() {
			continue
		}
		sum.Saving.Add(p.Saving)
		if p.Status == portfolio.PositionFilled {
			sum.Filled++
			if p.TimeToFill != nil {
				times = append(times, *p.TimeToFill)
			}
			continue
		}
		sum.ToFill++
		if p.opened() {
			sum.Opened++
		}
		if p.Late {
			sum.Late++
		}
	}
	if middle, ok := median(times); ok {
		sum.TimeToFill, sum.Timed = &middle, len(times)
	}
	return sum
}
