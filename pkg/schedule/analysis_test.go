package schedule

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// rows are activities as id, ES, EF, LS, LF, total float, free float, start, finish,
// due float, and a star where they are critical.
func rows(a *Analysis) (list []string) {
	for _, x := range a.Activities {
		star := ""
		if x.Critical {
			star = " *"
		}
		list = append(list, fmt.Sprintf("%s %s %s %s %s %s %s %s %s %d%s", x.Milestone.Ref(), offset(x.ES), offset(x.EF), offset(x.LS), offset(x.LF),
			offset(x.TotalFloat), offset(x.FreeFloat), x.Start, x.Finish, x.DueFloat, star))
	}
	return list
}

// lengths are programs as name, length, last day, due float and critical path.
func lengths(a *Analysis) (list []string) {
	for _, p := range a.Programs {
		list = append(list, fmt.Sprintf("%s %s %s %d: %s", p.Program.Meta.Name, offset(p.Length), p.Finish, p.DueFloat, strings.Join(refs(p.Path), " ")))
	}
	return list
}

// March 2026 begins on a Sunday.
func TestAnalyse(t *testing.T) {
	for _, c := range []struct {
		name, asOf, text   string
		activities, totals []string
	}{
		{"due does not bind, and float against it may be negative", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-03, duration: 3d}
    - {id: b, due: 2026-03-31, duration: 1d}
    - {id: end, due: 2026-03-09, duration: 1d, dependsOn: [a, b]}
`), []string{
			"p/b 0 1 2 3 2 2 2026-03-02 2026-03-02 21", "p/a 0 3 0 3 0 0 2026-03-02 2026-03-04 -1 *", "p/end 3 4 3 4 0 0 2026-03-05 2026-03-05 2 *",
		}, []string{"p 4 2026-03-05 213: p/a p/end"}},
		{"two ways that are as long", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-31, duration: 2d}
    - {id: b, due: 2026-03-31, duration: 2d}
    - {id: c, due: 2026-03-31, duration: 0d, dependsOn: [b]}
    - {id: end, due: 2026-03-31, duration: 1d, dependsOn: [a, c]}
`), []string{
			"p/a 0 2 0 2 0 0 2026-03-02 2026-03-03 20 *", "p/b 0 2 0 2 0 0 2026-03-02 2026-03-03 20 *",
			"p/c 2 2 2 2 0 0 2026-03-03 2026-03-03 20 *", "p/end 2 3 2 3 0 0 2026-03-04 2026-03-04 19 *",
		}, []string{"p 3 2026-03-04 214: p/a p/b p/c p/end"}},
		// 26/6 of a day is more than four; a has a sixth of a day of float, which is some.
		{"fractions", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-31, duration: 2d}
    - {id: b, due: 2026-03-31, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}}
    - {id: end, due: 2026-03-31, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [a, b]}
`), []string{
			"p/a 0 2 1/6 13/6 1/6 1/6 2026-03-02 2026-03-03 20", "p/b 0 13/6 0 13/6 0 0 2026-03-02 2026-03-04 19 *",
			"p/end 13/6 13/3 13/6 13/3 0 0 2026-03-04 2026-03-06 17 *",
		}, []string{"p 13/3 2026-03-06 212: p/b p/end"}},
		{"negative lags and starts", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-31, duration: 4d}
    - {id: b, due: 2026-03-31, duration: 3d, dependsOn: [{on: a, lag: -2d}]}
    - {id: early, due: 2026-03-31, duration: 1d, dependsOn: [{on: a, lag: -9d}]}
    - {id: with, due: 2026-03-31, duration: 9d, dependsOn: [{on: b, type: SS, lag: -1d}]}
`), []string{
			"p/early 0 1 9 10 9 9 2026-03-02 2026-03-02 21",
			"p/a 0 4 0 4 0 0 2026-03-02 2026-03-05 18 *", "p/with 1 10 1 10 0 0 2026-03-03 2026-03-13 12 *", "p/b 2 5 2 5 0 0 2026-03-04 2026-03-06 17 *",
		}, []string{"p 10 2026-03-13 207: p/a p/with p/b"}},
		{"done is where it is, the rest starts today with what remains", "2026-03-16", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-06, completed: 2026-03-05, duration: 4d}
    - {id: before, due: 2026-03-06, completed: 2026-02-24, duration: 2d}
    - {id: b, due: 2026-03-20, duration: 10d, percentComplete: 60%, status: in-progress, dependsOn: [a]}
    - {id: c, due: 2026-03-20, duration: 1d, dependsOn: [b]}
    - {id: still-open, due: 2026-03-20, duration: 2d}
    - {id: ahead, due: 2026-03-20, completed: 2026-03-13, duration: 1d, dependsOn: [still-open]}
`), []string{
			"p/before -3 -3 15 15 18 18 2026-02-24 2026-02-24 8", "p/a 0 4 6 10 6 6 2026-03-02 2026-03-05 1", "p/ahead 9 10 14 15 5 5 2026-03-13 2026-03-13 5",
			"p/still-open 10 12 13 15 3 3 2026-03-16 2026-03-17 3", "p/b 10 14 10 14 0 0 2026-03-16 2026-03-19 1 *", "p/c 14 15 14 15 0 0 2026-03-20 2026-03-20 0 *",
		}, []string{"p 15 2026-03-20 202: p/b p/c"}},
		{"events", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-04, duration: 5d}
    - {id: gate, due: 2026-03-04, dependsOn: [a]}
    - {id: fair, due: 2026-03-18, dependsOn: [a]}
    - {id: moved, due: 2026-03-10, forecast: 2026-03-21}
    - {id: after, due: 2026-03-31, duration: 1d, dependsOn: [fair]}
    - {id: nothing-yet, due: 2026-03-31, duration: 0d}
`), []string{
			"p/nothing-yet 0 0 15 15 15 15 2026-03-02 2026-03-02 21",
			"p/a 0 5 9 14 9 0 2026-03-02 2026-03-06 -2", "p/gate 5 5 15 15 10 10 2026-03-06 2026-03-06 -2", "p/fair 13 13 14 14 1 0 2026-03-18 2026-03-18 0",
			"p/after 13 14 14 15 1 1 2026-03-19 2026-03-19 8", "p/moved 15 15 15 15 0 0 2026-03-21 2026-03-21 -8 *",
		}, []string{"p 15 2026-03-21 202: p/moved"}},
		{"across programs", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-31, duration: 3d}
    - {id: b, due: 2026-03-31, duration: 1d, dependsOn: [a]}
`) + program("q", "2026-03-09", `
    - {id: c, due: 2026-03-31, duration: 2d, dependsOn: [{on: p/a, lag: 4d}]}
    - {id: d, due: 2026-03-31, duration: 1d}
    - {id: e, due: 2026-03-31, duration: 1d, dependsOn: [{on: p/b, lag: 1d}]}
`) + `
---
kind: Program
metadata: {name: r}
spec: {status: proposed, start: 2026-03-02, due: 2026-12-31, milestones: [{id: x, due: 2026-11-30, dependsOn: [p/b]}]}
---
kind: Program
metadata: {name: s}
spec: {status: paused, start: 2026-03-02, due: 2026-12-31, milestones: [{id: x, due: 2026-11-30, dependsOn: [p/b]}]}
---
kind: Program
metadata: {name: t}
spec:
  status: approved
  start: 2026-03-02
  due: 2026-12-31
  milestones: [{id: x, due: 2026-03-31, duration: 1d, dependsOn: [r/x, gone]}, {id: gone, due: 2026-12-30, status: cancelled}]
`, []string{
			"p/a 0 3 0 3 0 0 2026-03-02 2026-03-04 19 *", "p/b 3 4 3 4 0 0 2026-03-05 2026-03-05 18 *", // c would be later before p ends later
			"q/d 0 1 3 4 3 3 2026-03-09 2026-03-09 16", "q/e 0 1 3 4 3 3 2026-03-09 2026-03-09 16", "q/c 2 4 2 4 0 0 2026-03-11 2026-03-12 13 *",
			"t/x 0 1 0 1 0 0 2026-03-02 2026-03-02 21 *",
		}, []string{"p 4 2026-03-05 213: p/a p/b", "q 4 2026-03-12 208: p/a q/c", "t 1 2026-03-02 216: t/x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := New(sound(t, c.text), cal.MustDate(c.asOf)).Analyse()
			if diff := cmp.Diff(c.activities, rows(a)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.totals, lengths(a)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The last of some programs decides, from the first day of the earliest.
func TestOverall(t *testing.T) {
	a := New(sound(t, program("p", "2026-03-07", "    - {id: a, due: 2026-03-31, duration: 3d}\n")+
		program("q", "2026-03-04", "    - {id: b, due: 2026-03-31, duration: 2d}\n    - {id: c, due: 2026-03-31, duration: 1d, dependsOn: [p/a]}\n")), cal.MustDate("2026-03-02")).Analyse()
	overall := func(programs []*ProgramPath) string {
		o := a.Overall(programs)
		return fmt.Sprintf("%d from %s to %s: %s", o.Length, o.Start, o.Finish, strings.Join(refs(o.Path), " "))
	}
	got := []string{overall(a.Programs), overall(a.Programs[:1]), overall(a.Programs[1:])}
	want := []string{
		"7 from 2026-03-04 to 2026-03-12: p/a q/c", "3 from 2026-03-09 to 2026-03-11: p/a", "7 from 2026-03-04 to 2026-03-12: p/a q/c",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Overall{}, a.Overall(nil)); diff != "" {
		t.Errorf("of nothing: %s", diff)
	}
	if a.Activity("p/a") == nil || a.Activity("p/b") != nil || a.Program("q") == nil || a.Program("r") != nil {
		t.Error("what is there is not found, or what is not there is")
	}
}

// Simulations call a graph with other durations; nothing is allocated for a pass.
func TestGraphPasses(t *testing.T) {
	n := New(sound(t, program("p", "2026-03-02", `
    - {id: a, due: 2026-03-31, duration: 3d}
    - {id: b, due: 2026-03-31, duration: 4d}
    - {id: end, due: 2026-03-31, duration: 1d, dependsOn: [a, b]}
`)), cal.MustDate("2026-03-02"))
	g := n.Graph()
	durations, early, late, ends := g.Durations(), g.Moments(), g.Moments(), make([]Ticks, g.Programs())
	place := map[string]int{}
	for i := range g.Len() {
		place[n.Milestone(i).ID] = i
	}
	durations[place["a"]] += 2*PerDay + 1
	pass := func() {
		g.Forward(durations, early)
		g.Ends(early, ends)
		g.Backward(durations, ends, late)
	}
	if allocated := testing.AllocsPerRun(10, pass); allocated > 0 {
		t.Errorf("a pass allocates %g times", allocated)
	}
	got := map[string]string{}
	for id, i := range place {
		got[id] = fmt.Sprint(n.Day(i, early[2*i+1]), Critical(early, late, i))
	}
	want := map[string]string{"a": "2026-03-09 true", "b": "2026-03-05 false", "end": "2026-03-10 true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
