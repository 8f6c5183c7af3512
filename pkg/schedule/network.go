// Package schedule knows the network of milestones: how long each takes, which
// wait for which, and the days on which they can then be finished. It must not
// know documents, git or history, nor how its results are shown.
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
	activities []activity // each after all that it waits for
	index      map[string]int32
	expected   []times // by activity, no earlier than its own date
}

// New builds the network of a snapshot as it is on a day, which must be set. Time
// is linear in the number of milestones and dependencies.
func New(s *portfolio.Snapshot, asOf cal.Date) *Network {
	milestones := inOrder(scheduled(s))
	n := &Network{
		axis:       newAxis(s.Calendar),
		asOf:       asOf,
		activities: make([]activity, len(milestones)),
		index:      make(map[string]int32, len(milestones)),
	}
	place := make(map[*portfolio.Milestone]int32, len(milestones))
	for i, m := range milestones {
		ref := m.Ref()
		place[m], n.index[ref] = int32(i), int32(i)
		a := &n.activities[i]
		*a = newActivity(n.axis, m, asOf)
		a.ref = ref
		for _, d := range m.DependsOn {
			if from, ok := place[d.Target]; ok {
				a.before = append(a.before, newLink(from, d))
				before := &n.activities[from]
				before.after = append(before.after, int32(i))
			}
		}
	}
	n.expected = n.forward(true)
	return n
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
	return n.expected[i].finished, true
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
	moved := map[int32]times{}
	at := func(i int32) times {
		if t, ok := moved[i]; ok {
			return t
		}
		return n.expected[i]
	}
	a := newActivity(n.axis, version, n.asOf)
	a.before = n.activities[first].before
	moved[first] = a.times(n.axis, true, at)
	var shifts []Shift
	for _, i := range n.after(first) {
		next := &n.activities[i]
		if !slices.ContainsFunc(next.before, func(l link) bool { _, ok := moved[l.from]; return ok }) {
			continue
		}
		t := next.times(n.axis, true, at)
		if t == n.expected[i] {
			continue
		}
		moved[i] = t
		if days := t.finished.Sub(n.expected[i].finished); days != 0 {
			shifts = append(shifts, Shift{next.ref, days})
		}
	}
	slices.SortFunc(shifts, func(x, y Shift) int { return strings.Compare(x.Ref, y.Ref) })
	return shifts
}

// after lists the activities that wait for one, directly or not, each after all
// that it waits for.
func (n *Network) after(first int32) []int32 {
	seen := map[int32]bool{}
	list := slices.Clone(n.activities[first].after)
	for next := 0; next < len(list); next++ {
		if i := list[next]; !seen[i] {
			seen[i] = true
			list = append(list, n.activities[i].after...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
