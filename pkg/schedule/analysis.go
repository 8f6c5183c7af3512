package schedule

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Analysis is a network after a forward and a backward pass: what can be when, and
// what decides it. Due dates do not bind it.
type Analysis struct {
	// Activities are sorted by program, then by early start, early finish and id.
	Activities []*Activity
	// Programs are those that have activities, sorted by name.
	Programs []*ProgramPath
	// Circular lists the milestones that have no dates because they depend on each other
	// in a circle, or wait for such, sorted by name.
	Circular []*portfolio.Milestone

	network *Network
	early   []Ticks
	tight   [][]int32 // by activity, those before it that hold it where it is
	byPlace []*Activity
}

// Activity is a milestone in its network. Offsets are from the start of the first
// working day of its program, and exact; those of what was done before are negative.
type Activity struct {
	Milestone *portfolio.Milestone
	// Duration is what remains of it; where it is done, what it took.
	Duration Ticks
	// Event says that nothing states a duration, so that it is an event: it is not
	// before its own date, later where something before it is.
	Event          bool
	ES, EF, LS, LF Ticks
	// TotalFloat is LF − EF: by how much it can be later before some program ends
	// later. FreeFloat is by how much before anything else is later.
	TotalFloat, FreeFloat Ticks
	// Critical says that it has no total float.
	Critical bool
	// Start and Finish are the days of ES and EF, LateStart and LateFinish of LS and LF.
	Start, Finish, LateStart, LateFinish cal.Date
	// DueFloat is the working days from Finish to the day it is due, negative where it
	// cannot be met.
	DueFloat cal.WorkDays
	// Drivers hold it where it is: were one of them later, so would this be. Sorted.
	Drivers []string

	place, depth int32 // depth is that of the longest chain of links before it
}

// ProgramPath is what decides when a program ends.
type ProgramPath struct {
	Program *portfolio.Program
	// Length is from the start of its first working day to its latest EF; it is
	// negative where all of it was done before.
	Length Ticks
	// Finish is the latest day on which one of its activities finishes; DueFloat the
	// working days from there to the day the program is due.
	Finish   cal.Date
	DueFloat cal.WorkDays
	// Path is its critical path, in order of early start: the activities, also of
	// other programs, each of which would make it end later if it were later itself.
	// Where several ways are as long, they are all in it.
	Path []*Activity

	place int32
}

// Analyse makes both passes. Time is that of sorting the activities.
func (n *Network) Analyse() *Analysis {
	g := &n.graph
	count := g.Len()
	a := &Analysis{Circular: slices.Clone(n.circular), network: n, early: g.Moments(), tight: make([][]int32, count), byPlace: make([]*Activity, count)}
	late, ends := g.Moments(), make([]Ticks, g.Programs())
	g.Forward(g.durations, a.early)
	g.Ends(a.early, ends)
	g.Backward(g.durations, ends, late)
	days := make([]span, count)
	free := make([]Ticks, count)
	for i := range free {
		days[i] = n.span(int32(i), &n.activities[i], a.early, days, false)
		free[i] = ends[g.programs[i]] - a.early[2*i+1]
	}
	depth := make([]int32, count)
	g.slacks(a.early, func(from, to int32, slack Ticks) {
		depth[to] = max(depth[to], depth[from]+1)
		free[from] = min(free[from], slack)
		if slack == 0 && !slices.Contains(a.tight[to], from) {
			a.tight[to] = append(a.tight[to], from)
		}
	})
	for i := range n.activities {
		x := n.activity(int32(i), a.early, late, days[i])
		x.FreeFloat, x.depth = free[i], depth[i]
		for _, from := range a.tight[i] {
			x.Drivers = append(x.Drivers, n.activities[from].milestone.Ref())
		}
		slices.Sort(x.Drivers)
		a.byPlace[i] = x
	}
	a.Activities = slices.Clone(a.byPlace)
	slices.SortFunc(a.Activities, func(x, y *Activity) int {
		return cmp.Or(cmp.Compare(g.programs[x.place], g.programs[y.place]), compare(x, y))
	})
	for i, p := range n.programs {
		a.Programs = append(a.Programs, &ProgramPath{Program: p, Length: ends[i] - n.axis.start(p.Start), place: int32(i)})
	}
	last := make([][]int32, len(a.Programs))
	for i, x := range a.byPlace {
		place := g.programs[i]
		p := a.Programs[place]
		p.Finish = max(p.Finish, x.Finish)
		if a.early[2*i+1] == ends[place] {
			last[place] = append(last[place], int32(i))
		}
	}
	for i, p := range a.Programs {
		p.DueFloat = n.axis.calendar.Workdays(p.Finish, p.Program.Due)
		p.Path = a.path(last[i])
	}
	return a
}

// Activity returns that of a milestone (program/id), nil where it is in no schedule.
func (a *Analysis) Activity(ref string) *Activity {
	i, ok := a.network.index[ref]
	if !ok {
		return nil
	}
	return a.byPlace[i]
}

// Program returns what decides when a program ends, nil where it has no activities.
func (a *Analysis) Program(name string) *ProgramPath {
	i, ok := slices.BinarySearchFunc(a.Programs, name, func(p *ProgramPath, name string) int { return cmp.Compare(p.Program.Meta.Name, name) })
	if !ok {
		return nil
	}
	return a.Programs[i]
}

// compare orders the activities of a program by time.
func compare(x, y *Activity) int {
	return cmp.Or(cmp.Compare(x.ES, y.ES), cmp.Compare(x.EF, y.EF), rank(x, y))
}

func (n *Network) activity(i int32, early, late []Ticks, s span) *Activity {
	known := &n.activities[i]
	m := known.milestone
	zero := n.axis.start(m.Program.Start)
	x := &Activity{
		Milestone: m, Duration: n.graph.durations[i], Event: known.event, place: i,
		ES: early[2*i] - zero, EF: early[2*i+1] - zero, LS: late[2*i] - zero, LF: late[2*i+1] - zero,
		TotalFloat: late[2*i+1] - early[2*i+1], Critical: Critical(early, late, int(i)),
		Start: s.finished, Finish: s.finished, DueFloat: n.axis.calendar.Workdays(s.finished, m.Due),
	}
	x.LateFinish = max(n.axis.day(late[2*i+1]), s.finished)
	x.LateStart = x.LateFinish
	if x.Duration > 0 {
		x.Start, x.LateStart = n.axis.next(early[2*i]), n.axis.next(late[2*i])
	}
	return x
}
