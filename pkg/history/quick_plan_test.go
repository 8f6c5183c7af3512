package history

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// planSeeds are headcount plans as people and tools write them: quick takes them all.
var planSeeds = []string{
	`# Seats.
apiVersion: progctl.dev/v1
kind: HeadcountPlan
metadata: {name: sre, title: SRE next year}
spec:
  fiscalYear: FY30
  team: sre
  positions:
    - id: sre-1
      role: reliability-engineer
      level: L4
      fte: 0.5
      type: backfill
      status: open   # since the review
      effective: 2030-05
      openedOn: 2030-03-02
      pipeline:
        screen: {entered: 40, passed: 12, declined: 20, withdrawn: 3}
        craft: {entered: 12, passed: 5} # two are on leave
        final:
          entered: 1
          passed: 0
    # Waits for sre-1.
    - {id: sre-2, role: engineer, status: filled, effective: 2030-01-01, start: 2030-02-01, person: ada}
    - id: "sre-3"
      status: 'on-hold'
      effective: "2030-07-01"
      expectedStart: 2030-08-15
      waivers:
        - rule: HC006
          until: 2030-01-15
          reason: The finalist withdrew; a start in August is accepted
      pipeline: {}

  attrition: {annualRate: 8%}
  cap: {headcount: 11, cost: 1725000}
---
kind: HeadcountPlan
metadata:
  name: data
spec:
  positions: [{id: data-1, status: planned, effective: 2030-09}, {id: data-2}]
`,
	`kind: HeadcountPlan
spec:
  positions:
  - {id: a, status: open, effective: 2030-01, pipeline: {screen: {entered: 4, passed: "2"}, "craft": {}, panel: ~}}
  -
    pipeline:
      screen: {entered: 7}
    status: true
    id: 17
  - {status: open, effective: 2030-01, pipeline: {screen: {entered: 9}}}
  - id: b
    pipeline:
      final: {entered: 1, passed: 1}
      screen: {entered: 2, passed: 1.5, declined: -1, withdrawn: many}
      final: {entered: 3}
  - [id, c]
  - c
  -
  - id: d
    pipeline:
    - screen: {entered: 1}
    effective: soon
    openedOn: ~
  milestones:
  - {id: m, due: 2030-01-01}
metadata: {name: b}
`,
	"spec: {positions: [{id: a, pipeline: {a: {entered: 1}}}]}\n'kind': \"HeadcountPlan\"\n",
	"kind: Program\nmetadata: {name: d}\nspec: {due: 2030-01-01, positions: [{id: z}], milestones: [{id: m, pipeline: {a: {entered: 1}}}]}\n" +
		"---\nkind: HeadcountPlan\nspec:\n  positions:\n  - id: a\n---\nkind: Team\nspec: {positions: [{id: y}]}\n",
}

// onePosition is a plan that says the same of everything that counts.
func onePosition(value string) string {
	return "kind: HeadcountPlan\nspec:\n  positions:\n  - id: " + value + "\n  - id: a\n    status: " + value + "\n    effective: " + value + "\n    start: " + value +
		"\n    pipeline:\n      screen:\n        entered: " + value + "\n      final: " + value + "\n  - id: b\n    pipeline: " + value + "\n  - " + value + "\n"
}

// positionsOf is a plan whose positions are what follows.
func positionsOf(text string) string { return "kind: HeadcountPlan\nspec:\n  positions:\n" + text }

// planCases are plans at the edge of what quick takes.
var planCases = []quickCase{
	{positionsOf(""), true},
	{positionsOf("  - id: a\n    pipeline:\n      screen: {entered: 1}\n      screen: {entered: 2}\n"), true},
	{positionsOf("  - id: a\n    pipeline:\n      screen: {entered: 1, entered: 2}\n"), false},
	{positionsOf("  - id: a\n    pipeline:\n      screen: {id: b}\n"), false},
	{positionsOf("  - id: a\n    pipeline:\n      id: {entered: 1}\n"), true},
	{positionsOf("  - id: a\n    pipeline: {null: {entered: 1}, 2030-01-01: {entered: 2}, '': {}}\n"), false},
	{positionsOf("  - id: a\n    pipeline: {null: {entered: 1}, 2030-01-01: {entered: 2}, True: {}}\n"), true},
	{positionsOf("  - id: a\n    pipeline: {'<<': {entered: 1}}\n"), true},
	{positionsOf("  - id: a\n    pipeline: {<<: {b: {entered: 1}}}\n"), false},
	{positionsOf("  - id: a\n    pipeline: &p {b: {entered: 1}}\n"), false},
	{positionsOf("  - id: a\n    pipeline: {}\n    pipeline: {}\n"), false},
	{positionsOf("  - id: a\n    id: b\n"), false},
	{positionsOf("  - id: a\n  positions:\n  - id: b\n"), false},
	{positionsOf("  - id: a\r\n"), false},
	{positionsOf("  - {id: a,\n     status: open}\n"), false},
	{positionsOf("  - id: a\n    pipeline:\n    screen: {entered: 1}\n"), true},
	{positionsOf("  - id: a\n    pipeline:\n      screen: {entered: 1}\n     final: {entered: 1}\n"), false},
	{positionsOf("  - - id: a\n  - {id: b, positions: [{id: c}]}\n"), true},
	{positionsOf("    a: {id: b}\n"), true},
	{positionsOf("  - id: a\n    effective: |\n      2030-01\n"), true},
	{positionsOf("  - id: a\n    pipeline: {b: {entered: 2147483647, passed: 2147483648, declined: 007, withdrawn: +1}}\n"), true},
	{positionsOf("  - id: a\n    pipeline: {b: {entered: 1_0, passed: 0x1, declined: 1.0, withdrawn: ''}}\n"), true},
	{positionsOf("  - id: a\n    pipeline: {b: {entered: 1e1}}\n"), false},
}

// What quick reads of a position; agree tells that slowly reads the same.
func TestQuickPosition(t *testing.T) {
	t.Parallel()
	f, ok := quick([]byte(positionsOf("  - id: a\n    status: open\n    effective: 2030-05\n    expectedStart: 2030-06-01\n    start: 2030-06-02\n    openedOn: '2030-04-01'\n" +
		"    pipeline:\n      screen: {entered: 4, passed: 3, declined: 1, withdrawn: x}\n      final: {passed: 2}\n  - id: b\n")))
	want := []positionFacts{
		{"a", PositionState{
			Status: "open", Effective: cal.MustDate("2030-05-01"), ExpectedStart: cal.MustDate("2030-06-01"), Start: cal.MustDate("2030-06-02"), OpenedOn: cal.MustDate("2030-04-01"),
			Stages: []Stage{{"final", 0, 2, 0, 0}, {"screen", 4, 3, 1, 0}},
		}},
		{"b", PositionState{}},
	}
	if diff := cmp.Diff(want, f.positions, cmp.AllowUnexported(positionFacts{})); diff != "" || !ok {
		t.Errorf("taken: %v (-want +got):\n%s", ok, diff)
	}
}

// mutateEntry changes a value, or repeats a key, somewhere in a line.
func mutateEntry(r *rand.Rand, line string) string {
	parts := strings.SplitAfter(line, ": ")
	i := r.IntN(len(parts))
	if i == 0 {
		return line
	}
	end := strings.IndexAny(parts[i], ",}]\n")
	if end < 0 {
		return line
	}
	if r.IntN(4) == 0 {
		return strings.Join(parts[:i], "") + parts[i][:end] + ", " + pick(r, []string{"id", "status", "entered", "passed", "screen", "pipeline"}) + ": " + pick(r, quickValues) + parts[i][end:] + strings.Join(parts[i+1:], "")
	}
	return strings.Join(parts[:i], "") + pick(r, quickValues) + parts[i][end:] + strings.Join(parts[i+1:], "")
}
