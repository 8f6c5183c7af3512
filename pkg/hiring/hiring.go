package hiring

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options are what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Years are those whose plans count; Buckets divide them.
	Years   cal.FiscalYears
	Buckets []cal.Bucket
	// By groups the positions; nothing is no groups.
	By []group.Dimension
	// Selector chooses positions: see Fields.
	Selector portfolio.Selector
	// History is that of the plans; nil where there is none, and Unread then says why.
	History *history.History
	Unread  string
	// Asked is the selector as it was written.
	Asked string
	// Baseline is what to compare with; nil is nothing.
	Baseline *portfolio.Snapshot
}

// Analysis is what there is to say of the positions of a portfolio.
type Analysis struct {
	// Unknown says why the positions are not known; there is nothing else then.
	Unknown []staffing.Reason
	// Partial says why there may be more positions than the snapshot has.
	Partial []staffing.Reason
	// Positions are all that were chosen, the most urgent first.
	Positions []*Position
	// Gone are those that were chosen at the baseline, and are not any more, by id;
	// NoBaseline says why there is no telling.
	Gone       []Gone
	NoBaseline []staffing.Reason

	Stages  []Stage
	Funnel  Funnel
	Groups  []Group // by key
	Summary Summary
	// Savings are those of the buckets, Outside of what lies in none of them.
	Savings []Saving
	Outside Saving
	// Flow is nil where there is no history.
	Flow *Flow
	// Quarters are those of the years, OtherQuarters all others; UnknownHires are the seats of
	// which nobody can tell when they are filled.
	Quarters      []Quarter
	OtherQuarters Quarter
	UnknownHires  int

	o        Options
	s        *portfolio.Snapshot
	grouping *staffing.Grouping
	tracks   map[string]*history.PositionTrack
	stages   map[string]bool // that are declared, or of a position of today
}

// Fields are what a selector knows of a position, beside its own document; its name and
// position are its id.
func Fields() []string {
	return append(group.Names(staffing.Dimensions), "name", "position", "status", "type")
}

// Analyse looks at the positions of all sound headcount plans of some fiscal years; of a
// plan that states no year, at those that are budgeted from a day of these.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	return analyse(s, o, o.History.Positions())
}

// analyse is Analyse with what the history says of positions.
func analyse(s *portfolio.Snapshot, o Options, tracks []*history.PositionTrack) *Analysis {
	a := &Analysis{o: o, s: s, grouping: staffing.NewGrouping(s, o.By...), tracks: map[string]*history.PositionTrack{}, stages: map[string]bool{}}
	for _, t := range tracks {
		a.tracks[t.ID] = t
	}
	for _, stage := range s.Config.HiringStages {
		a.stages[stage.ID] = true
	}
	for _, c := range seats(s) {
		for id := range c.Pipeline {
			a.stages[id] = true
		}
	}
	if a.Unknown, a.Partial = unknown(s); a.Unknown != nil {
		return a
	}
	chosen := choose(s, o)
	m := observe(s, o.AsOf, tracks)
	book := rates.New(s)
	for _, c := range chosen {
		p := newPosition(c, o.AsOf)
		p.save(book, o.AsOf)
		p.ExpectedHires, p.Chance, p.Decided = m.yield(p)
		p.Forecast, p.NoForecast = m.forecast(p)
		a.Positions = append(a.Positions, p)
	}
	slices.SortStableFunc(a.Positions, urgency)
	a.sum()
	a.savings()
	if o.History != nil {
		a.Flow = a.flow(tracks)
	}
	a.hires()
	a.compare()
	return a
}

// unknown says why the positions of a portfolio are not known, or, where it has plans,
// why there may be more of them.
func unknown(s *portfolio.Snapshot) (none, more []staffing.Reason) {
	why := staffing.PositionsUnknown(s)
	if len(s.Plans) == 0 || s.Unconfigured {
		return why, nil
	}
	return nil, why
}

// seat is a position and the plan that it is in.
type seat struct {
	*portfolio.Position
	plan *portfolio.HeadcountPlan
}

// seats lists the positions of all sound plans.
func seats(s *portfolio.Snapshot) (list []seat) {
	for _, plan := range s.Plans {
		if !s.Sound("headcountplan/" + plan.Meta.Name) {
			continue
		}
		for _, p := range plan.Positions {
			list = append(list, seat{p, plan})
		}
	}
	return list
}

// choose lists the positions that an analysis is about.
func choose(s *portfolio.Snapshot, o Options) []seat {
	grouping := staffing.NewGrouping(s)
	return slices.DeleteFunc(seats(s), func(c seat) bool {
		year := c.plan.FiscalYear
		if year == 0 {
			year = s.Fiscal.YearOf(c.Effective.First())
		}
		if year < o.Years.From || o.Years.To < year {
			return true
		}
		return !s.Selects(o.Selector, "headcountplan/"+c.plan.Meta.Name, func(key string) (string, bool) {
			switch key {
			case "name", "position":
				return c.ID, true
			case "status":
				return string(c.Status), true
			case "type":
				return string(c.Type), true
			}
			return grouping.Field(key, standing(c.Position))
		})
	})
}

// standing is what a position is grouped and priced by.
func standing(p *portfolio.Position) staffing.Standing {
	return staffing.Standing{Team: p.Team, Role: p.Role, Level: p.Level, Location: p.Location, FTE: p.FTE}
}

// urgency puts first what is late, the longest first, then what is to be filled, the
// next first, then what is on hold, then what is filled or cancelled.
func urgency(a, b *Position) int {
	rank := func(p *Position) (group int, day cal.Date) {
		switch {
		case p.Late:
			return 0, p.Effective
		case p.Status.Unfilled():
			return 1, p.Begin
		case p.Status == portfolio.PositionOnHold:
			return 2, p.Effective
		case p.Status == portfolio.PositionFilled:
			return 3, cmp.Or(p.Begin, p.Effective)
		}
		return 4, p.Effective
	}
	ga, da := rank(a)
	gb, db := rank(b)
	return cmp.Or(cmp.Compare(ga, gb), cmp.Compare(da, db), strings.Compare(a.ID, b.ID))
}
