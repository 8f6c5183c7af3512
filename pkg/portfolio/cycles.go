package portfolio

import (
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

// loops finds the circles of a graph: a shortest one for each set of nodes that
// reach each other, beginning with the first of them in the order given. The
// sets are found by Tarjan's algorithm (SIAM J. Comput. 1, 1972).
func loops[T comparable](nodes []T, next func(T) []T) [][]T {
	var (
		number = make(map[T]int, len(nodes)) // order of the visit, from 1
		low    = make(map[T]int, len(nodes))
		group  = make(map[T]int, len(nodes)) // number of the set, from 1; 0 is not decided
		stack  []T
		groups int
		found  [][]T
		visit  func(T)
	)
	visit = func(n T) {
		number[n] = len(number) + 1
		low[n] = number[n]
		stack = append(stack, n)
		for _, m := range next(n) {
			if number[m] == 0 {
				visit(m)
				low[n] = min(low[n], low[m])
			} else if group[m] == 0 {
				low[n] = min(low[n], number[m])
			}
		}
		if low[n] != number[n] {
			return
		}
		groups++
		for {
			m := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			group[m] = groups
			if m == n {
				return
			}
		}
	}
	told := map[int]bool{}
	for _, n := range nodes {
		if number[n] == 0 {
			visit(n)
		}
	}
	for _, n := range nodes {
		if told[group[n]] {
			continue
		}
		if loop := shortest(n, next, func(m T) bool { return group[m] == group[n] }); loop != nil {
			told[group[n]] = true
			found = append(found, loop)
		}
	}
	return found
}

// shortest is a shortest way from a node back to itself within a set, nil where
// there is none.
func shortest[T comparable](from T, next func(T) []T, within func(T) bool) []T {
	cameFrom := map[T]T{}
	queue := []T{from}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, m := range next(n) {
			if m == from {
				way := []T{n}
				for way[0] != from {
					way = append([]T{cameFrom[way[0]]}, way...)
				}
				return way
			}
			if _, seen := cameFrom[m]; !seen && within(m) {
				cameFrom[m] = n
				queue = append(queue, m)
			}
		}
	}
	return nil
}
