package schedule

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// snapshot assembles a portfolio from one text. Good Friday and Easter Monday of
// 2026 are its holidays.
func snapshot(text string) (*portfolio.Snapshot, []diag.Diagnostic) {
	text += "---\nkind: Portfolio\nmetadata: {name: it}\nspec: {calendar: {holidays: [2026-04-03, 2026-04-06]}}\n"
	return portfolio.Assemble([]portfolio.Part{portfolio.Read(&source.File{Name: "p.yaml", Text: []byte(text)}, portfolio.Base)})
}

// sound is snapshot for a text without findings.
func sound(t *testing.T, text string) *portfolio.Snapshot {
	t.Helper()
	s, diags := snapshot(text)
	for _, d := range diags {
		t.Fatalf("%d:%d: %s", d.Range.Start.Line, d.Range.Start.Column, d.Message)
	}
	return s
}

// program is an active program that starts on a day, with lines of milestones.
func program(name, start, milestones string) string {
	return "---\nkind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: active\n  start: " + start +
		"\n  due: 2026-12-31\n  milestones:\n" + milestones
}

// expectations are the expected finishes of all milestones that have one.
func expectations(s *portfolio.Snapshot, asOf string) map[string]string {
	n := New(s, cal.MustDate(asOf))
	got := map[string]string{}
	for _, p := range s.Programs {
		for _, m := range p.Milestones {
			if d, ok := n.Expected(m.Ref()); ok {
				got[m.Ref()] = d.String()
			}
		}
	}
	return got
}

// March 2026 begins on a Sunday. In all rows a takes three days, b takes two, and
// the dates they are due on have no say: with offsets from 0, a is [0, 3).
func TestLinks(t *testing.T) {
	for _, c := range []struct{ start, link, lag, a, b string }{
		{"2026-03-02", "FS", "0d", "2026-03-04", "2026-03-06"},
		{"2026-03-02", "FS", "2d", "2026-03-04", "2026-03-10"},
		{"2026-03-02", "FS", "1w", "2026-03-04", "2026-03-13"},
		{"2026-03-02", "FS", "-2d", "2026-03-04", "2026-03-04"}, // [1, 3)
		{"2026-03-02", "FS", "-9d", "2026-03-04", "2026-03-03"}, // never before 0
		{"2026-03-02", "SS", "0d", "2026-03-04", "2026-03-03"},
		{"2026-03-02", "SS", "4d", "2026-03-04", "2026-03-09"}, // [4, 6)
		{"2026-03-02", "SS", "-1d", "2026-03-04", "2026-03-03"},
		{"2026-03-02", "FF", "0d", "2026-03-04", "2026-03-04"}, // [1, 3)
		{"2026-03-02", "FF", "3d", "2026-03-04", "2026-03-09"},
		{"2026-03-02", "FF", "-2d", "2026-03-04", "2026-03-03"},
		{"2026-03-02", "SF", "0d", "2026-03-04", "2026-03-03"},
		{"2026-03-02", "SF", "4d", "2026-03-04", "2026-03-05"}, // [2, 4)
		{"2026-03-02", "SF", "7d", "2026-03-04", "2026-03-10"},
		{"2026-03-02", "SF", "-3d", "2026-03-04", "2026-03-03"},
		// The first working day is Monday the 2nd.
		{"2026-02-28", "FS", "0d", "2026-03-04", "2026-03-06"},
		// Working days from Monday: 03-30, 03-31, 04-01, 04-02, 04-07, 04-08, 04-09.
		{"2026-03-30", "FS", "0d", "2026-04-01", "2026-04-07"},
		{"2026-03-30", "FS", "1d", "2026-04-01", "2026-04-08"},
		{"2026-03-30", "SS", "3d", "2026-04-01", "2026-04-07"},
		{"2026-03-30", "FF", "1d", "2026-04-01", "2026-04-02"},
		{"2026-03-30", "FF", "2d", "2026-04-01", "2026-04-07"},
		{"2026-03-30", "SF", "6d", "2026-04-01", "2026-04-08"},
		// The first working day is a Tuesday: Thursday is the third.
		{"2026-04-03", "FS", "-1d", "2026-04-09", "2026-04-10"},
	} {
		s := sound(t, program("p", c.start, `
    - {id: a, due: 2026-01-02, duration: 3d}
    - {id: b, due: 2026-01-02, duration: 2d, dependsOn: [{on: a, type: `+c.link+", lag: "+c.lag+"}]}\n"))
		want := map[string]string{"p/a": c.a, "p/b": c.b}
		if diff := cmp.Diff(want, expectations(s, "2026-01-02")); diff != "" {
			t.Errorf("from %s, %s %s (-want +got):\n%s", c.start, c.link, c.lag, diff)
		}
	}
}

func TestExpected(t *testing.T) {
	for _, c := range []struct {
		name, asOf, text string
		want             map[string]string
	}{
		{"nothing before it: its own date", "2026-03-02", program("p", "2026-02-02", `
    - {id: due, due: 2026-03-20}
    - {id: weekend, due: 2026-03-21}
    - {id: holiday, due: 2026-04-03}
    - {id: later, due: 2026-03-20, forecast: 2026-04-15}
    - {id: sooner, due: 2026-03-20, forecast: 2026-03-10}
    - {id: today, due: 2026-03-02}
    - {id: overdue, due: 2026-02-20}
    - {id: overtaken, due: 2026-02-20, forecast: 2026-02-27}
    - {id: begun, due: 2026-02-20, status: in-progress}
`), map[string]string{
			"p/due": "2026-03-20", "p/weekend": "2026-03-21", "p/holiday": "2026-04-03", "p/later": "2026-04-15", "p/sooner": "2026-03-20",
			"p/today": "2026-03-02", "p/overdue": "2026-03-02", "p/overtaken": "2026-03-02", "p/begun": "2026-03-02",
		}},
		{"on a Sunday", "2026-03-01", program("p", "2026-02-02", `
    - {id: overdue, due: 2026-02-20}
    - {id: after, due: 2026-02-25, dependsOn: [overdue]}
    - {id: work, due: 2026-02-25, duration: 1d}
`), map[string]string{"p/overdue": "2026-03-01", "p/after": "2026-03-01", "p/work": "2026-03-02"}},
		{"before its program starts", "2026-01-05", program("p", "2026-03-02", `
    - {id: a, due: 2026-02-20}
`), map[string]string{"p/a": "2026-02-20"}},
		{"after a Saturday", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-07}
    - {id: event, due: 2026-03-05, dependsOn: [a]}
    - {id: next, due: 2026-03-05, dependsOn: [{on: event, type: SS}]}
    - {id: no-time, due: 2026-03-05, duration: 0d, dependsOn: [next]}
    - {id: together, due: 2026-03-05, duration: 2d, dependsOn: [{on: a, type: FF}]}
    - {id: its-start, due: 2026-03-03, dependsOn: [{on: together, type: SS}]}
    - {id: a-day, due: 2026-03-05, duration: 1d, dependsOn: [a]}
    - {id: with-it, due: 2026-03-05, dependsOn: [{on: a-day, type: SS}]}
    - {id: later, due: 2026-03-05, dependsOn: [{on: a, lag: 1d}]}
    - {id: earlier, due: 2026-03-05, dependsOn: [{on: a, lag: -1d}]}
`), map[string]string{
			"p/a": "2026-03-07", "p/event": "2026-03-07", "p/next": "2026-03-07", "p/no-time": "2026-03-07",
			"p/together": "2026-03-07", "p/its-start": "2026-03-04", // from the end of Wednesday
			"p/a-day": "2026-03-09", "p/with-it": "2026-03-07", "p/later": "2026-03-09", "p/earlier": "2026-03-05",
		}},
		{"done is where it is", "2026-03-02", program("p", "2026-03-02", `
    - {id: early, due: 2026-03-20, completed: 2026-03-04, duration: 9d}
    - {id: x, due: 2026-03-03, duration: 2d, dependsOn: [early]}
    - {id: weekend, due: 2026-03-03, completed: 2026-03-07, percentComplete: 50%, dependsOn: [far]}
    - {id: y, due: 2026-03-03, duration: 1d, dependsOn: [weekend]}
    - {id: far, due: 2026-06-01}
    - {id: worked, due: 2026-03-03, completed: 2026-03-13, duration: 5d, percentComplete: 50%}
    - {id: z, due: 2026-03-03, duration: 1d, dependsOn: [{on: worked, type: SS, lag: 6d}]}
    - {id: before, due: 2026-03-03, completed: 2026-02-25, duration: 5d}
    - {id: u, due: 2026-03-03, duration: 1d, dependsOn: [{on: before, type: SS, lag: 8d}]}
    - {id: long, due: 2026-03-03, completed: 2026-03-04, duration: 50d}
    - {id: v, due: 2026-03-03, duration: 1d, dependsOn: [{on: long, type: SS, lag: 1d}]}
`), map[string]string{
			"p/early": "2026-03-04", "p/x": "2026-03-06",
			"p/weekend": "2026-03-07", "p/y": "2026-03-09", "p/far": "2026-06-01",
			"p/worked": "2026-03-13", "p/z": "2026-03-17", // from Monday the 9th
			"p/before": "2026-02-25", "p/u": "2026-03-10", // from the end of the 25th
			"p/long": "2026-03-04", "p/v": "2026-03-03", // not before its program's start
		}},
		{"what remains, from as-of on", "2026-03-16", program("p", "2026-03-02", `
    - {id: whole, due: 2026-03-06, duration: 10d}
    - {id: part, due: 2026-03-06, duration: 10d, percentComplete: 40%}
    - {id: fraction, due: 2026-03-06, duration: 10d, percentComplete: 33%}
    - {id: nearly, due: 2026-03-06, duration: 10d, percentComplete: 99.999%}
    - {id: all, due: 2026-03-10, duration: 10d, percentComplete: 100%}
    - {id: dates, start: 2026-03-02, due: 2026-03-13, percentComplete: 50%}
    - {id: waits, due: 2026-03-06, duration: 4d, percentComplete: 50%, dependsOn: [part]}
    - {id: ahead, due: 2026-05-04, duration: 10d, percentComplete: 50%}
    - {id: event, due: 2026-03-10, percentComplete: 50%}
`), map[string]string{
			"p/whole": "2026-03-27", "p/part": "2026-03-23", "p/fraction": "2026-03-24", "p/nearly": "2026-03-16", "p/all": "2026-03-16",
			"p/dates": "2026-03-20", "p/waits": "2026-03-25", "p/ahead": "2026-05-04", "p/event": "2026-03-16",
		}},
		{"from a Saturday on", "2026-03-14", program("p", "2026-03-02", `
    - {id: part, due: 2026-03-06, duration: 10d, percentComplete: 40%}
`), map[string]string{"p/part": "2026-03-23"}},
		{"durations", "2026-03-02", program("p", "2026-03-02", `
    - {id: estimate, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 9d}}
    - {id: duration, due: 2026-03-02, duration: 5d, estimate: {optimistic: 1d, likely: 2d, pessimistic: 9d}}
    - {id: mean, start: 2026-02-02, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 9d}}
    - {id: dates, start: 2026-02-25, due: 2026-03-02, dependsOn: [estimate]}
    - {id: rest, start: 2026-02-28, due: 2026-03-01, dependsOn: [estimate]}
`), map[string]string{
			"p/estimate": "2026-03-04", "p/duration": "2026-03-06", "p/mean": "2026-03-04",
			"p/dates": "2026-03-10", // the 25th, 26th and 27th and the 2nd
			"p/rest":  "2026-03-04", // a weekend takes no time
		}},
		{"fractions are rounded up, once", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}}
    - {id: b, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [a]}
    - {id: c, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [b]}
    - {id: d, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [c]}
    - {id: e, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [d]}
    - {id: f, due: 2026-03-02, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [e]}
    - {id: event, due: 2026-03-02, dependsOn: [a]}
`), map[string]string{ // ends at 13/6, 26/6, 39/6, 52/6, 65/6 and exactly 13
			"p/a": "2026-03-04", "p/b": "2026-03-06", "p/c": "2026-03-10", "p/d": "2026-03-12", "p/e": "2026-03-16", "p/f": "2026-03-18",
			"p/event": "2026-03-04",
		}},
		{"its own date moves the start, too", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-27, duration: 5d}
    - {id: b, due: 2026-03-03, duration: 1d, dependsOn: [{on: a, type: SS}]}
    - {id: c, due: 2026-03-03, duration: 1d, dependsOn: [{on: a, type: SF, lag: 3d}]}
`), map[string]string{"p/a": "2026-03-27", "p/b": "2026-03-23", "p/c": "2026-03-25"}},
		{"across programs", "2026-03-02", program("p", "2026-03-02", `
    - {id: a, due: 2026-03-02, duration: 3d}
    - {id: d, due: 2026-03-02, duration: 1d, dependsOn: [q/b]}
`) + program("q", "2026-03-08", `
    - {id: first, due: 2026-03-02, duration: 1d}
    - {id: b, due: 2026-03-02, duration: 2d, dependsOn: [{on: p/a, lag: 4d}]}
    - {id: c, due: 2026-03-02, duration: 2d, dependsOn: [p/a]}
`), map[string]string{
			"p/a": "2026-03-04", "p/d": "2026-03-13",
			"q/first": "2026-03-09", "q/b": "2026-03-12", "q/c": "2026-03-10", // no earlier than the start of q
		}},
		{"what is not in it binds nothing", "2026-03-02", program("p", "2026-03-02", `
    - {id: dropped, due: 2026-09-01, status: cancelled}
    - {id: stopped, due: 2026-09-01, completed: 2026-09-02, status: cancelled}
    - {id: a, due: 2026-03-02, duration: 1d, dependsOn: [dropped, stopped, idea/x, idea/y]}
`) + `
---
kind: Program
metadata: {name: idea}
spec: {status: proposed, start: 2026-03-02, due: 2026-12-31, milestones: [{id: x, due: 2026-11-30}, {id: y, due: 2026-11-30, completed: 2026-11-25}]}
---
kind: Program
metadata: {name: agreed}
spec: {status: approved, start: 2026-03-02, due: 2026-12-31, milestones: [{id: x, due: 2026-11-30, dependsOn: [p/a]}]}
`, map[string]string{"p/a": "2026-03-02", "agreed/x": "2026-11-30"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, expectations(sound(t, c.text), c.asOf)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A document with findings is in no schedule, so that a circle is most often not
// seen here. Only one of those among b's milestones and a/x is told, as a finding on
// a; that of b alone is left.
func TestCircles(t *testing.T) {
	s, diags := snapshot(program("a", "2026-03-02", `
    - {id: x, due: 2026-03-20, dependsOn: [b/one]}
    - {id: free, due: 2026-03-20}
`) + program("b", "2026-03-02", `
    - {id: one, due: 2026-03-20, dependsOn: [two, a/x]}
    - {id: two, due: 2026-03-20, dependsOn: [one]}
    - {id: after, due: 2026-03-20, dependsOn: [two, start]}
    - {id: start, due: 2026-03-20}
    - {id: next, due: 2026-03-20, dependsOn: [start, a/free]}
`) + program("c", "2026-03-02", "    - {id: last, due: 2026-03-20, dependsOn: [b/after]}\n"))
	if len(diags) != 1 || diags[0].Code != "REF004" {
		t.Fatalf("findings: %v", diags)
	}
	want := map[string]string{"b/start": "2026-03-20", "b/next": "2026-03-20"}
	if diff := cmp.Diff(want, expectations(s, "2026-03-02")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	n := New(s, cal.MustDate("2026-03-02"))
	for ref, want := range map[string][]string{"b/start": {"b/next"}, "b/next": nil, "b/one": nil, "a/free": nil, "b/none": nil} {
		if diff := cmp.Diff(want, successors(n, ref)); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", ref, diff)
		}
	}
}

// successors are the names of those that wait for a milestone, sorted.
func successors(n *Network, ref string) (refs []string) {
	if first, ok := n.index[ref]; ok {
		for _, i := range n.waiting(first) {
			refs = append(refs, n.activities[i].milestone.Ref())
		}
	}
	slices.Sort(refs)
	return refs
}

func TestSuccessors(t *testing.T) {
	n := New(sound(t, program("p", "2026-03-02", `
    - {id: a, due: 2026-03-20}
    - {id: d, due: 2026-03-20, dependsOn: [q/c, b, a]}
    - {id: b, due: 2026-03-20, dependsOn: [{on: a, type: SF}, a]}
    - {id: gone, due: 2026-03-20, status: cancelled, dependsOn: [a]}
    - {id: beyond, due: 2026-03-20, dependsOn: [gone]}
`)+program("q", "2026-03-02", `
    - {id: c, due: 2026-03-20, dependsOn: [p/b]}
    - {id: e, due: 2026-03-20, dependsOn: [p/d]}
`)), cal.MustDate("2026-03-02"))
	for ref, want := range map[string][]string{
		"p/a": {"p/b", "p/d", "q/c", "q/e"}, "p/b": {"p/d", "q/c", "q/e"}, "q/c": {"p/d", "q/e"}, "q/e": nil, "p/gone": nil,
	} {
		if diff := cmp.Diff(want, successors(n, ref)); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", ref, diff)
		}
	}
}

func TestEmpty(t *testing.T) {
	n := New(sound(t, ""), cal.MustDate("2026-03-02"))
	if d, ok := n.Expected("p/a"); ok {
		t.Errorf("p/a is expected on %s", d)
	}
}
