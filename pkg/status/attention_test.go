package status

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/report"
)

// items are "high ada 2026-11-20: what".
func items(list []Item) []string {
	out := []string{}
	for _, x := range list {
		by := "-"
		if !x.By.IsZero() {
			by = x.By.String()
		}
		out = append(out, fmt.Sprintf("%s %s %s: %s", x.Severity, x.Who, by, x.What))
	}
	return out
}

func TestAttention(t *testing.T) {
	t.Parallel()
	const waived = "waivers: [{rule: MS001, until: 2026-12-04, reason: Agreed, approvedBy: ada}]"
	s := snapshot(t, config, people,
		program("a", "health: {status: green}, milestones: [{id: late, due: 2026-11-20}, {id: later, owner: bob, due: 2026-11-02}], risks: [{id: r, owner: bob, reviewBy: 2026-11-06}]"),
		program("b", "milestones: [{id: agreed, due: 2026-11-02, "+waived+"}, {id: soon, due: 2026-12-01, forecast: 2026-12-15}]"),
		program("c", "milestones: [{id: soon, due: 2026-12-01, forecast: 2026-12-21}, {id: done, due: 2026-12-01, status: done}]"),
		program("d", "milestones: [{id: well, due: 2026-12-18}]"),
		"kind: Roster\nmetadata: {name: more}\nspec: {people: [{id: bob, role: engineer, level: L5, start: 2020-01-06}]}\n",
		"kind: Review\nmetadata: {name: v}\nspec: {program: d, date: 2026-11-02, actions: [{id: x, title: Ask, owner: bob, due: 2026-11-13}, {id: y, title: Tell, owner: bob, due: 2026-11-16}, {id: z, title: Sing, due: 2026-11-24}]}\n",
	)
	a := analyse(t, s, "")
	want := []string{
		"high bob 2026-11-02: a: 2 dates overdue, later by 21d",
		`high ada 2026-11-23: milestone "done" is done but has no completed date`,
		"medium ada 2026-12-01: c/soon forecast 20d late", // of one day the larger first
		"medium ada 2026-12-01: b/soon forecast 14d late",
		"medium ada 2026-12-04: b/agreed 21d overdue, waived",
		"low bob 2026-11-06: a: risk r 17d past its review",
		`low bob 2026-11-13: 2 actions of d overdue, "Ask" by 10d`,
		"low ada 2026-11-23: a is stated green, its files say red",
	}
	got := items(a.Attention)
	if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
		t.Errorf("(-want +got):\n%s\nall:\n%s", diff, strings.Join(got, "\n"))
	}
	// The order of the documents is nothing to it.
	if diff := cmp.Diff(items(a.Attention), items(analyse(t, s, "").Attention)); diff != "" {
		t.Error(diff)
	}
	only := analyse(t, s, "name=b")
	for _, x := range only.Attention {
		if x.Program != "b" && x.Kind != Finding { // findings are the caller's to choose
			t.Errorf("with a selector: %v", x)
		}
	}
	if only.People != nil || len(only.Programs) != 1 {
		t.Errorf("with a selector: people %v, %d programs", only.People, len(only.Programs))
	}
}

// Three are shown first, and all where they are asked for.
func TestThreeFirst(t *testing.T) {
	t.Parallel()
	var docs []string
	for _, name := range []string{"a", "b", "c", "d"} {
		docs = append(docs, program(name, "milestones: [{id: late, due: 2026-11-20}]"))
	}
	for n, want := range map[int]int{0: 0, 1: 1, 3: 3, 4: 3} {
		for _, all := range []bool{false, true} {
			a := analyse(t, snapshot(t, append([]string{config, people}, docs[:n]...)...), "")
			r := report.New("status", asOf)
			a.Report(r, View{All: all})
			if all {
				want = n
			}
			rows := 0
			for _, b := range r.Blocks {
				if table, ok := b.(*report.Table); ok && table.Name == "attention" {
					rows = len(table.Rows)
				}
			}
			if rows != want || len(a.Attention) != n {
				t.Errorf("%d late, all %t: %d shown of %d", n, all, rows, len(a.Attention))
			}
		}
	}
}
