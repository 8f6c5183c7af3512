package impact

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rules is a Portfolio with conditions, each "WHEN: WHO, WHO".
func rules(list ...string) string {
	var b strings.Builder
	for _, rule := range list {
		when, who, _ := strings.Cut(rule, ": ")
		fmt.Fprintf(&b, `{when: '%s', requires: [%s]}, `, when, who)
	}
	return config("policy: {approvals: [" + strings.TrimSuffix(b.String(), ", ") + "]}")
}

// privately is a Portfolio that says what lives elsewhere, and one condition.
func privately(what, when string) string {
	return config("external: [" + what + "], policy: {approvals: [{when: " + when + ", requires: x}]}")
}

func budgeted(name, amount string) string {
	return program(name, "budget: {lines: [{id: l, category: c, type: opex, amount: "+amount+", from: 2026-12, to: 2026-12}]}")
}

// Conditions are judged of each program and team, and of the portfolio as a whole where
// they hold for none of those.
func TestJudge(t *testing.T) {
	many := func(amount string) (docs []string) {
		for i := range 7 {
			docs = append(docs, budgeted(fmt.Sprint("p", i), amount))
		}
		return docs
	}
	two := func(p, q string) []string { return []string{budgeted("p", p), budgeted("q", q)} }
	const east = "kind: Team\nmetadata: {name: east}\n"
	one := func(spec string) []string { return []string{program("p", spec)} }
	for _, test := range []struct {
		name       string
		config     string
		base, head []string
		want       []string
	}{
		{"a program", rules("budget.increase > 10%: x"), two("100", "1000"), two("120", "1000"), []string{"the plan of program p changes by +20.00 USD (+20.0%)"}},
		{"not even a program", rules("budget.increase > 20%: x"), two("100", "1000"), two("120", "1000"), nil},
		{
			"by a property of the program", rules(`budget.delta > 0 && program.name == "q": x`),
			two("100", "100"), two("120", "120"),
			[]string{"the plan of program q changes by +20.00 USD (+20.0%)"},
		},
		{
			"none alone, all together", rules("budget.delta > 30: x"),
			two("100", "100"), two("120", "120"),
			[]string{"the plan of the portfolio changes by +40.00 USD (+20.0%)"},
		},
		{"not even together", rules("budget.delta > 40: x"), two("100", "100"), two("120", "120"), nil},
		{
			"many", rules("budget.delta > 5: x"), many("100"), many("110"),
			[]string{strings.Join([]string{
				"the plan of program p0 changes by +10.00 USD (+10.0%)", "the plan of program p1 changes by +10.00 USD (+10.0%)",
				"the plan of program p2 changes by +10.00 USD (+10.0%)", "the plan of program p3 changes by +10.00 USD (+10.0%)",
				"the plan of program p4 changes by +10.00 USD (+10.0%)", "and 2 more",
			}, "; ")},
		},
		{
			"what does not change is not judged", rules("budget.after > 50: x"),
			two("100", "100"), two("101", "100"),
			[]string{"the plan of program p changes by +1.00 USD (+1.0%)"},
		},
		{"a program that is new", rules("program.added: x"), nil, one(""), []string{"program p: it is new"}},
		{"and one that goes", rules("program.removed: x"), one(""), nil, []string{"program p: it is removed"}},
		{
			"demand that nobody knows", privately("staffing", "fte.add > 0"),
			one(""), one("staffing: [{team: core, fte: 1, from: 2026-12, to: 2026-12}]"),
			[]string{"program p: what it hangs on changes, and cannot be computed here"},
		},
		{"nor does it change", privately("staffing", "fte.add > 0"), one(""), one("dueReason: why"), nil},
		{
			"a plan that nobody knows", privately("budget", "budget.increase > 5%"),
			one(""),
			[]string{budgeted("p", "5")},
			[]string{"program p: what it hangs on changes, and cannot be computed here"},
		},
		{
			"several things at once", rules("milestone.slip > 5 || milestone.pull > 5: x"),
			one("milestones: [{id: a, due: 2027-01-08}, {id: b, due: 2027-01-08}]"),
			one("milestones: [{id: a, due: 2027-01-15}, {id: b, due: 2027-01-01}]"),
			[]string{"program p: p/a moves 7 days later, p/b moves 7 days earlier"},
		},
		{
			"only what the condition is about", rules("milestone.slip > 5 || program.slip > 5: x"),
			one("milestones: [{id: a, due: 2027-01-08}, {id: b, due: 2027-01-08}]"),
			one("milestones: [{id: a, due: 2027-01-15}, {id: b, due: 2027-01-01}]"),
			[]string{"program p: p/a moves 7 days later"},
		},
		{
			"a team that is changed along", rules(`milestone.slip > 5 and program.team == "core": x`),
			[]string{east, program("p", "team: core, milestones: [{id: a, due: 2027-01-08}]")},
			[]string{east, program("p", "team: east, milestones: [{id: a, due: 2027-01-15}]")},
			[]string{"program p: p/a moves 7 days later"},
		},
		{
			"an exemption of a program is one from the whole too", rules(`milestone.slip > 5 and program.team != "core": x`),
			one("team: core, milestones: [{id: a, due: 2027-01-08}]"), one("team: core, milestones: [{id: a, due: 2027-01-15}]"), nil,
		},
		{
			"one move is one", rules("milestone.moved > 1: x"),
			one("milestones: [{id: a, due: 2027-01-08}]"), one("milestones: [{id: a, due: 2027-01-15}]"), nil,
		},
		{
			"two programs with a move each are two", rules("milestone.moved > 1: x"),
			[]string{program("p", "milestones: [{id: a, due: 2027-01-08}]"), program("q", "milestones: [{id: a, due: 2027-01-08}]")},
			[]string{program("p", "milestones: [{id: a, due: 2027-01-15}]"), program("q", "milestones: [{id: a, due: 2027-01-15}]")},
			[]string{"the portfolio: 2 milestones moved"},
		},
		{"nothing at all", rules("budget.after > 1: x"), two("100", "100"), two("100", "100"), nil},
		{
			"what is mended along cannot be judged", rules("milestone.slip > 5: x", "headcount.add > 0: x"),
			one("milestones: [{id: a, due: 2027-01-08, dependsOn: [gone]}]"), one("milestones: [{id: a, due: 2027-06-15}]"),
			[]string{"program p: it cannot be read or does not validate before the change, so nobody can tell what changes"},
		},
		{
			"a cancelled milestone", rules("milestone.cancelled > 0: x"),
			one("milestones: [{id: a, due: 2027-01-08}]"), one("milestones: [{id: a, due: 2027-01-08, status: cancelled}]"),
			[]string{"program p: 1 milestone cancelled"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			base, head := documents(t, append([]string{test.config}, test.base...)...), documents(t, append([]string{test.config}, test.head...)...)
			var got []string
			for _, a := range Compare(base, head, Options{AsOf: asOf}).Approvals {
				got = append(got, a.Because)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

const people = `kind: Team
metadata: {name: sre}
spec: {lead: lena}
---
kind: Roster
metadata: {name: sre}
spec:
  team: sre
  people: [{id: ada, role: r, level: L, start: 2020-01-06, handles: {github: Ada-Hub, gitlab: ada.lab, email: ada@example.com}}]
---
kind: Roster
metadata: {name: heads}
spec:
  people:
    - {id: lena, role: r, level: L, start: 2020-01-06, handles: {github: lh}}
    - {id: bo, role: r, level: L, start: 2020-01-06, team: sre}
    - {id: gone, role: r, level: L, start: 2020-01-06, end: 2026-01-30, team: sre, handles: {github: gone-hub}}
`

func TestApprove(t *testing.T) {
	base := documents(t, rules("milestone.moved > 0: ada, sre, board"), people, program("p", "milestones: [{id: m, due: 2027-01-08}]"))
	head := documents(t, rules("milestone.moved > 0: ada, sre, board"), people, program("p", "milestones: [{id: m, due: 2027-01-15}]"))
	for _, test := range []struct {
		names   string
		missing []string
	}{
		{"", []string{"ada", "sre", "board"}},
		{"ada", []string{"ada", "sre", "board"}}, // a stranger of that name: she has handles
		{"bo", []string{"ada", "board"}},         // who has none
		{"gone-hub", []string{"ada", "sre", "board"}},
		{"@ADA-HUB", []string{"board"}},
		{" ada.lab ", []string{"board"}},
		{"Ada@Example.com", []string{"board"}},
		{"lena", []string{"ada", "sre", "board"}},
		{"lh", []string{"ada", "board"}}, // leads sre, and is in no team
		{"board", []string{"ada", "sre"}},
		{"sre", []string{"ada", "sre", "board"}}, // a stranger with the name of a team
		{"nobody,", []string{"ada", "sre", "board"}},
		{"ada-hub,board", []string{}},
	} {
		c := Compare(base, head, Options{AsOf: asOf})
		c.Approve(strings.Split(test.names, ","))
		if diff := cmp.Diff(test.missing, c.Approvals[0].Missing); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.names, diff)
		}
	}
	c := Compare(base, head, Options{AsOf: asOf})
	c.Approve(nil)
	if diff := cmp.Diff([]string{"ada", "sre", "board"}, c.Approvals[0].Missing); diff != "" {
		t.Errorf("where nobody says who approved (-want +got):\n%s", diff)
	}
}

// Who is who is what base says, but for conditions that head makes.
func TestApproveByWhom(t *testing.T) {
	const condition = "milestone.moved > 0: ada"
	taken := strings.Replace(people, "Ada-Hub", "mallory", 1)
	move := func(due string) string { return program("p", "milestones: [{id: m, due: "+due+"}]") }
	for _, test := range []struct {
		name       string
		base, head Side
		missing    []string
	}{
		{"it stood", documents(t, rules(condition), people, move("2027-01-08")), documents(t, rules(condition), taken, move("2027-01-15")), []string{"ada"}},
		{"it was lifted", documents(t, rules(condition), people, move("2027-01-08")), documents(t, rules(), taken, move("2027-01-15")), []string{"ada"}},
		{"it is new", documents(t, rules(), people, move("2027-01-08")), documents(t, rules(condition), taken, move("2027-01-15")), []string{}},
	} {
		c := Compare(test.base, test.head, Options{AsOf: asOf})
		c.Approve([]string{"mallory"})
		if len(c.Approvals) != 1 {
			t.Errorf("%s: %d approvals, want 1", test.name, len(c.Approvals))
			continue
		}
		if diff := cmp.Diff(test.missing, c.Approvals[0].Missing); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
