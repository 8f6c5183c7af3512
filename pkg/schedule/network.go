// Package schedule knows the network of milestones: how long each takes, which wait
// for which, the days on which they can then be finished, how much later each may be,
// and what decides when a program ends. It must not know documents, git or history,
// nor in which formats its results are shown.
package schedule

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Network is the milestones of a portfolio as activities and the links between
// them, on one day. In it are milestones that are not cancelled, of all sound
// programs that are approved or active; a dependency on anything else binds
// nothing. Milestones that depend on each other in a circle, and all that wait for
// one of those, have no dates and are left out. It is not changed once it is made.
type Network struct {
	axis       axis
	asOf       cal.Date
	programs   []*portfolio.Program // that have activities, sorted by name
	activities []activity           // each after all that it waits for
	after      [][]int32            // by activity, those that wait for it
	index      map[string]int32
	graph      Graph
	circular   []*portfolio.Milestone // what is in a circle or waits for it, sorted by name

	// Those of a forward pass in which every open activity finishes no earlier than
	// its own date.
	expected []Ticks
	days     []span
}

// New builds the network of a snapshot as it is on a day, which must be set. Time
// is linear in the number of milestones and dependencies.
func New(s *portfolio.Snapshot, asOf cal.Date) *Network {
	all := scheduled(s)
	milestones := inOrder(all)
	count := len(milestones)
	n := &Network{
		axis:       newAxis(s.Calendar),
		asOf:       asOf,
		activities: make([]activity, count),
		after:      make([][]int32, count),
		index:      make(map[string]int32, count),
	}
	place := make(map[*portfolio.Milestone]int32, count)
	for i, m := range milestones {
		place[m], n.index[m.Ref()] = int32(i), int32(i)
		n.activities[i] = newActivity(n.axis, m, asOf)
	}
	for _, m := range all {
		if _, ok := place[m]; !ok {
			n.circular = append(n.circular, m)
		}
	}
	slices.SortFunc(n.circular, func(x, y *portfolio.Milestone) int { return strings.Compare(x.Ref(), y.Ref()) })
	n.connect(place)
	n.number(s)
	n.expected = n.graph.Moments()
	n.graph.forward(n.graph.durations, n.graph.due, n.expected)
	n.days = make([]span, count)
	for i := range n.activities {
		n.days[i] = n.span(int32(i), &n.activities[i], n.expected, n.days, true)
	}
	return n
}

// connect fills the graph with what is known of activities and their links.
func (n *Network) connect(place map[*portfolio.Milestone]int32) {
	g := &n.graph
	count := len(n.activities)
	g.durations, g.earliest, g.due = make([]Ticks, count), make([]Ticks, count), make([]Ticks, count)
	g.done, g.first = make([]bool, count), make([]int32, count+1)
	for i := range n.activities {
		a := &n.activities[i]
		g.durations[i], g.earliest[i], g.due[i], g.done[i] = a.duration, a.earliest, a.due, a.done
		for _, d := range a.milestone.DependsOn {
			from, ok := place[d.Target]
			if !ok {
				continue
			}
			l := link{lag: Ticks(d.Lag) * PerDay, from: 2 * from}
			l.toFinish = d.Type == portfolio.FinishToFinish || d.Type == portfolio.StartToFinish
			if d.Type == portfolio.FinishToStart || d.Type == portfolio.FinishToFinish {
				l.from++
			}
			g.links = append(g.links, l)
			n.after[from] = append(n.after[from], int32(i))
		}
		g.first[i+1] = int32(len(g.links))
	}
}

// number gives the programs that have activities their places.
func (n *Network) number(s *portfolio.Snapshot) {
	has := make(map[*portfolio.Program]bool)
	for i := range n.activities {
		has[n.activities[i].milestone.Program] = true
	}
	place := make(map[*portfolio.Program]int32, len(has))
	for _, p := range s.Programs {
		if has[p] {
			place[p] = int32(len(n.programs))
			n.programs = append(n.programs, p)
		}
	}
	n.graph.program = len(n.programs)
	n.graph.programs = make([]int32, len(n.activities))
	for i := range n.activities {
		n.graph.programs[i] = place[n.activities[i].milestone.Program]
	}
}

// scheduled lists the milestones that are in schedules.
func scheduled(s *portfolio.Snapshot) []*portfolio.Milestone {
	var list []*portfolio.Milestone
	for _, p := range s.Programs {
		if !p.Status.Committed() || !s.Sound(p.Subject()) {
			continue
		}
		for _, m := range p.Milestones {
			if m.Status != portfolio.MilestoneCancelled {
				list = append(list, m)
			}
		}
	}
	return list
}

// inOrder sorts milestones so that each comes after all those of the list that it
// depends on. What is in a circle, or waits for it, is left out. Source: A. B. Kahn,
// Topological sorting of large networks, Comm. ACM 5 (1962).
func inOrder(milestones []*portfolio.Milestone) []*portfolio.Milestone {
	place := make(map[*portfolio.Milestone]int, len(milestones))
	for i, m := range milestones {
		place[m] = i
	}
	after := make([][]int, len(milestones))
	waiting := make([]int, len(milestones)) // for how many that are not in order yet
	for i, m := range milestones {
		for _, d := range m.DependsOn {
			if from, ok := place[d.Target]; ok {
				after[from] = append(after[from], i)
				waiting[i]++
			}
		}
	}
	ordered := make([]*portfolio.Milestone, 0, len(milestones))
	for i, m := range milestones {
		if waiting[i] == 0 {
			ordered = append(ordered, m)
		}
	}
	for next := 0; next < len(ordered); next++ {
		for _, i := range after[place[ordered[next]]] {
			if waiting[i]--; waiting[i] == 0 {
				ordered = append(ordered, milestones[i])
			}
		}
	}
	return ordered
}

// Graph returns the network as arrays, for simulations.
func (n *Network) Graph() *Graph { return &n.graph }

// Milestone is that of an activity of the graph.
func (n *Network) Milestone(i int) *portfolio.Milestone { return n.activities[i].milestone }

// Day is the day on which an activity of the graph finishes where it does so at a
// moment: the working day in which that lies, or which it is the end of.
func (n *Network) Day(i int, finish Ticks) cal.Date {
	a := &n.activities[i]
	if a.done {
		return a.date
	}
	return max(n.axis.day(finish), a.day)
}

// Expected returns the day on which a milestone (program/id) is expected to be
// finished: by the links, by its duration, and in no case before its own date,
// which is the latest of forecast, due and, where that has passed, the as-of day.
// That of a done milestone is the day it was completed. It is false for what is not
// in the network.
func (n *Network) Expected(ref string) (cal.Date, bool) {
	i, ok := n.index[ref]
	if !ok {
		return 0, false
	}
	return n.days[i].finished, true
}

// Shift is a milestone that is expected to finish on another day.
type Shift struct {
	Ref  string
	Days cal.Days // positive is later
}

// Shifts tells what it does to the successors of a milestone, direct or not, that
// it is as another version of it says, links apart: those whose expected finish
// then is another, sorted. There are none for what is not in the network.
func (n *Network) Shifts(version *portfolio.Milestone) []Shift {
	first, ok := n.index[version.Ref()]
	if !ok || version.Status == portfolio.MilestoneCancelled {
		return nil
	}
	waiting := n.waiting(first)
	if len(waiting) == 0 {
		return nil
	}
	early, days := slices.Clone(n.expected), slices.Clone(n.days)
	moved := map[int32]bool{}
	move := func(i int32, a *activity) {
		start := a.earliest
		if !a.done {
			start = n.graph.start(i, a.earliest, a.duration, a.due, early)
		}
		early[2*i], early[2*i+1] = start, start+a.duration
		days[i] = n.span(i, a, early, days, true)
		if early[2*i] != n.expected[2*i] || early[2*i+1] != n.expected[2*i+1] || days[i] != n.days[i] {
			moved[i] = true
		}
	}
	a := newActivity(n.axis, version, n.asOf)
	move(first, &a)
	var shifts []Shift
	for _, i := range waiting {
		if !slices.ContainsFunc(n.graph.links[n.graph.first[i]:n.graph.first[i+1]], func(l link) bool { return moved[l.from/2] }) {
			continue
		}
		move(i, &n.activities[i])
		if by := days[i].finished.Sub(n.days[i].finished); by != 0 {
			shifts = append(shifts, Shift{n.activities[i].milestone.Ref(), by})
		}
	}
	slices.SortFunc(shifts, func(x, y Shift) int { return strings.Compare(x.Ref, y.Ref) })
	return shifts
}

// waiting lists the activities that wait for one, directly or not, each after all
// that it waits for.
func (n *Network) waiting(first int32) []int32 {
	seen := map[int32]bool{}
	list := slices.Clone(n.after[first])
	for next := 0; next < len(list); next++ {
		if i := list[next]; !seen[i] {
			seen[i] = true
			list = append(list, n.after[i]...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
