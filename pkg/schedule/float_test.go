package schedule

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// delayed makes a forward pass in which one activity starts so much later than it can,
// and returns it with the ends of the programs.
func delayed(g *Graph, early []Ticks, i int32, by Ticks) (moved, ends []Ticks) {
	later := *g
	later.earliest = slices.Clone(g.earliest)
	later.earliest[i] = early[2*i] + by
	moved, ends = g.Moments(), make([]Ticks, g.Programs())
	later.Forward(g.durations, moved)
	later.Ends(moved, ends)
	return moved, ends
}

// Offsets are those of a recursion over all that comes before; floats, and what is
// critical, what they are by definition: by how much an activity can be delayed, and
// whether a delay by the shortest time there is makes a program end later.
func TestAgainstDelays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t, allLinks)
		asOf := firstDay.Add(cal.Days(rapid.IntRange(-10, 70).Draw(t, "as of")))
		n := New(s, asOf)
		a, o, g := n.Analyse(), newOracle(s, asOf, false), n.Graph()
		ends := make([]Ticks, g.Programs())
		g.Ends(a.early, ends)
		onPath := func(p *ProgramPath, ref string) bool {
			return slices.ContainsFunc(p.Path, func(x *Activity) bool { return x.Milestone.Ref() == ref })
		}
		for _, x := range a.Activities {
			ref := x.Milestone.Ref()
			zero := o.startOf(x.Milestone.Program.Start)
			start, finish := o.span(x.Milestone)
			for _, c := range []struct {
				what string
				want moment
				got  Ticks
			}{{"ES", start, x.ES}, {"EF", finish, x.EF}} {
				if want := new(big.Rat).Sub(c.want.at, zero.at).RatString(); want != offset(c.got) {
					t.Fatalf("%s of %s is %s, want %s", c.what, ref, offset(c.got), want)
				}
			}
			if x.Finish != finish.day {
				t.Fatalf("%s finishes on %s, want %s", ref, x.Finish, finish.day)
			}
			if x.TotalFloat != x.LF-x.EF || x.TotalFloat != x.LS-x.ES || x.Critical != (x.TotalFloat <= 0) || x.FreeFloat > x.TotalFloat || x.FreeFloat < 0 {
				t.Fatalf("%s: ES %d, EF %d, LS %d, LF %d, total float %d, free float %d, critical %t",
					ref, x.ES, x.EF, x.LS, x.LF, x.TotalFloat, x.FreeFloat, x.Critical)
			}
			if _, by := delayed(g, a.early, x.place, x.TotalFloat); !slices.Equal(ends, by) {
				t.Fatalf("%s: a delay by its total float, %s, makes a program end later", ref, offset(x.TotalFloat))
			}
			if _, by := delayed(g, a.early, x.place, x.TotalFloat+1); slices.Equal(ends, by) {
				t.Fatalf("%s: a delay by more than its total float, %s, makes no program end later", ref, offset(x.TotalFloat))
			}
			others := func(by Ticks) bool {
				moved, to := delayed(g, a.early, x.place, by)
				moved[2*x.place], moved[2*x.place+1] = a.early[2*x.place], a.early[2*x.place+1]
				return !slices.Equal(moved, a.early) || !slices.Equal(ends, to)
			}
			if others(x.FreeFloat) || !others(x.FreeFloat+1) {
				t.Fatalf("%s: its free float is not %s", ref, offset(x.FreeFloat))
			}
			_, by := delayed(g, a.early, x.place, 1)
			for k, p := range a.Programs {
				if onPath(p, ref) != (by[k] > ends[k]) {
					t.Fatalf("%s is on the path of %s: %t", ref, p.Program.Meta.Name, onPath(p, ref))
				}
			}
			if len(x.Drivers) == 0 && x.Start > x.Finish {
				t.Fatalf("%s: from %s to %s", ref, x.Start, x.Finish)
			}
		}
	})
}

// paths enumerates all ways through a network whose links are from finish to start
// and have no lag, and returns the longest.
func paths(after map[*portfolio.Milestone][]*portfolio.Milestone, m *portfolio.Milestone) (longest int) {
	for _, next := range after[m] {
		longest = max(longest, paths(after, next))
	}
	return longest + int(*m.Duration)
}

func TestAgainstAllPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &portfolio.Program{Status: portfolio.ProgramActive, Start: firstDay, Due: firstDay}
		p.Meta.Name = "p"
		s := &portfolio.Snapshot{Calendar: cal.NewWorkCalendar(0, nil), Programs: []*portfolio.Program{p}}
		after := map[*portfolio.Milestone][]*portfolio.Milestone{}
		for i := range rapid.IntRange(1, 10).Draw(t, "milestones") {
			m := &portfolio.Milestone{
				ID: string(rune('a' + i)), Program: p, Due: firstDay, Status: portfolio.MilestonePlanned,
				Duration: new(cal.WorkDuration(rapid.IntRange(0, 5).Draw(t, "days"))),
			}
			for _, before := range p.Milestones {
				if rapid.IntRange(0, 3).Draw(t, "linked") == 0 {
					m.DependsOn = append(m.DependsOn, portfolio.Dependency{Target: before, Type: portfolio.FinishToStart})
					after[before] = append(after[before], m)
				}
			}
			p.Milestones = append(p.Milestones, m)
		}
		a := New(s, firstDay).Analyse()
		length := 0
		for _, m := range p.Milestones {
			length = max(length, paths(after, m))
		}
		o := a.Overall(a.Programs)
		if int(o.Length) != length || a.Programs[0].Length.Days() != o.Length {
			t.Fatalf("length %d, the longest of all ways is %d", o.Length, length)
		}
		for _, x := range a.Activities {
			if want := length - paths(after, x.Milestone); x.LS != Ticks(want)*PerDay {
				t.Fatalf("%s: LS is %s, want %d", x.Milestone.ID, offset(x.LS), want)
			}
			if x.Critical != slices.Contains(o.Path, x) {
				t.Fatalf("%s: critical %t, and on the path %t", x.Milestone.ID, x.Critical, !x.Critical)
			}
		}
	})
}
