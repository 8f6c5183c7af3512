package portfolio

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// cycles reports dependencies that run in a circle, and teams that are above
// themselves.
func (a *assembler) cycles() {
	var milestones []*Milestone
	for _, p := range a.s.Programs {
		milestones = append(milestones, p.Milestones...)
	}
	after := func(m *Milestone) []*Milestone {
		var list []*Milestone
		for _, d := range m.DependsOn {
			if d.Target != nil {
				list = append(list, d.Target)
			}
		}
		return list
	}
	for _, loop := range loops(milestones, after) {
		reportCycle(a, "REF004", loop, (*Milestone).Ref, (*Milestone).Subject,
			func(m *Milestone) source.Place { return m.Origin.At("dependsOn") },
			"milestones depend on each other in a circle", "remove one of these dependencies")
	}
	parent := func(t *Team) []*Team {
		if p := a.s.teams[t.Parent]; p != nil {
			return []*Team{p}
		}
		return nil
	}
	for _, loop := range loops(a.s.Teams, parent) {
		reportCycle(a, "REF005", loop, func(t *Team) string { return t.Meta.Name }, func(t *Team) string { return "team/" + t.Meta.Name },
			func(t *Team) source.Place { return t.Origin.At("parent") },
			"teams are each other's parents", "give one of them another parent, or none")
	}
}

// reportCycle reports one circle, at its first node, with the places of the
// others.
func reportCycle[T any](a *assembler, code string, loop []T, name, subject func(T) string, at func(T) source.Place, what, detail string) {
	names := make([]string, 0, len(loop)+1)
	for _, n := range loop {
		names = append(names, name(n))
	}
	names = append(names, names[0])
	d := a.report(code, at(loop[0]), subject(loop[0]), what+": "+strings.Join(names, " → "), detail)
	d.Key = strings.Join(names, " ")
	for i, n := range loop[1:] {
		d.Related = append(d.Related, diag.Related{Location: a.locator.Locate(at(n)), Message: names[i+1] + " → " + names[i+2]})
	}
}

// loops finds the circles of a graph: one for each set of nodes that reach each
// other, beginning with its first node in the order given.
func loops[T comparable](nodes []T, next func(T) []T) [][]T {
	const (
		unseen = iota
		open
		done
	)
	state := make(map[T]int, len(nodes))
	var (
		path  []T
		found [][]T
		visit func(T)
	)
	visit = func(n T) {
		state[n] = open
		path = append(path, n)
		for _, m := range next(n) {
			switch state[m] {
			case unseen:
				visit(m)
			case open:
				found = append(found, slices.Clone(path[slices.Index(path, m):]))
			}
		}
		path = path[:len(path)-1]
		state[n] = done
	}
	for _, n := range nodes {
		if state[n] == unseen {
			visit(n)
		}
	}
	return found
}
