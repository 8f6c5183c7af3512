package lint_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestReviewMissed(t *testing.T) {
	t.Parallel()
	const fortnightly = "reviews: {every: 2 weeks on Tue}" // … 2026-10-27, 11-10, 11-24
	said := []string{`GOV017 the review of program "p" on 2026-11-10 did not take place`}
	runGovCases(t, []govCase{
		{name: "held", text: of(governed("active", fortnightly), minutes("2026-11-10"))},
		{name: "held two days late", text: of(governed("active", fortnightly), minutes("2026-11-12"))},
		{name: "missed", text: of(governed("active", fortnightly), minutes("2026-10-27")), want: said},
		{name: "missed, and one before that was", text: of(governed("active", fortnightly), minutes("2026-10-13"), minutes("2026-09-29")), want: []string{`GOV017 the last 2 reviews of program "p" did not take place, the latest on 2026-11-10`}},
		{name: "none ever", text: of(governed("active", fortnightly)), want: []string{`GOV017 the last 4 reviews of program "p" did not take place, the latest on 2026-11-10`}},
		{name: "missed long ago, held since", text: of(governed("active", fortnightly), minutes("2026-11-10"), minutes("2026-09-29"))},
		{name: "due today", text: of(governed("active", fortnightly), minutes("2026-11-10")), asOf: "2026-11-24"},
		{name: "due yesterday", text: of(governed("active", fortnightly), minutes("2026-11-10")), asOf: "2026-11-25", want: []string{`GOV017 the review of program "p" on 2026-11-24 did not take place`}},
		{name: "minutes of a later day", text: of(governed("active", fortnightly), minutes("2026-10-27"), minutes("2026-11-25")), want: said},
		{name: "paused", text: of(governed("paused", fortnightly))},
		{name: "not scheduled", text: of(governed("active"))},
		{name: "waived", text: of(governed("active", fortnightly, waiver("GOV017")), minutes("2026-10-27")), want: []string{"waived: " + said[0]}},
		{name: "private", text: with("external: [Review]", of(governed("active", fortnightly, waiver("GOV017"))))},
		{name: "minutes that cannot be read", text: of(governed("active", fortnightly), "kind: Review\nmetadata: {name: r}\nspec: {programme: p}\n"), want: []string{`SCH003 review "r" has an unknown field "programme"`}},
		{
			name: "of a cadence", text: with("cadences: [{id: all, every: month on 1st Mon, start: 2026-10-05}]", of()),
			want: []string{`GOV017 the last 2 reviews of cadence "all" did not take place, the latest on 2026-11-02`},
		},
		{name: "of a cadence, waived", text: with("cadences: [{id: all, every: month on 1st Mon, start: 2026-11-02, "+waiver("GOV017")+"}]", of()), want: []string{`waived: GOV017 the review of cadence "all" on 2026-11-02 did not take place`}},
	})
}

func TestRecurrenceRule(t *testing.T) {
	t.Parallel()
	const rule, wrong = "reviews: {rrule: FREQ=WEEKLY;BYDAY=XX}", `"FREQ=WEEKLY;BYDAY=XX" is not a recurrence rule of reviews: "XX" in BYDAY is not a day such as MO, 1MO or -1FR`
	runGovCases(t, []govCase{
		{name: "of a program", text: of(governed("active", rule)), want: []string{`GOV018 program "p": ` + wrong}},
		{name: "of a proposal", text: of(governed("proposed", rule)), want: []string{`GOV018 program "p": ` + wrong}},
		{name: "of what is over", text: of(governed("cancelled", rule))},
		{name: "of a cadence", text: with("cadences: [{id: all, rrule: FREQ=WEEKLY;BYDAY=XX}]", of()), want: []string{`GOV018 cadence "all": ` + wrong}},
	})
}

func TestActionOverdue(t *testing.T) {
	t.Parallel()
	act := func(action string) string {
		return of(governed("active"), minutes("2026-11-10", "actions: [{"+action+"}]"))
	}
	const said = `GOV019 action "a" of review "p-2026-11-10" is 1 day overdue (due 2026-11-22)`
	runGovCases(t, []govCase{
		{name: "due today", text: act("id: a, due: 2026-11-23")},
		{name: "due yesterday", text: act("id: a, due: 2026-11-22"), want: []string{said}},
		{name: "done", text: act("id: a, due: 2026-11-22, done: true")},
		{name: "not done", text: act("id: a, due: 2026-11-22, done: false"), want: []string{said}},
		{name: "without a day", text: act("id: a")},
		{name: "waived", text: act("id: a, due: 2026-11-22, " + waiver("GOV019")), want: []string{"waived: " + said}},
		{name: "of a program that is over", text: of(governed("cancelled"), minutes("2026-11-10", "actions: [{id: a, due: 2026-11-22}]")), want: []string{said}},
	})
}

func TestDecisionUnowned(t *testing.T) {
	t.Parallel()
	decide := func(decision string) string {
		return of(governed("active"), minutes("2026-11-10", "decisions: [{"+decision+"}]"))
	}
	const said = `GOV020 decision "d" of review "p-2026-11-10" has no owner`
	runGovCases(t, []govCase{
		{name: "owned by who is nobody here", text: decide("id: d, owner: the board")},
		{name: "not", text: decide("id: d, outcome: Yes"), want: []string{said}},
		{name: "not, and not decided yet", text: decide("id: d"), want: []string{said}},
		{name: "waived", text: decide("id: d, " + waiver("GOV020")), want: []string{"waived: " + said}},
	})
}

// Who answers for what a review decided is whom it names, else who owns the program.
func TestOwnersOfGovernance(t *testing.T) {
	t.Parallel()
	text := of(governed("active", "risks: [{id: k, owner: web, reviewBy: 2026-11-01}, {id: l, reviewBy: 2026-11-01}]"),
		minutes("2026-11-10", "actions: [{id: a, owner: the board, due: 2026-11-22}, {id: b, due: 2026-11-22}]", "decisions: [{id: d}]"),
		"kind: Team\nmetadata: {name: web}\n")
	owners := map[string]string{}
	for _, d := range findGov(t, docs(text), options("")) {
		owners[d.Subject] = d.Owner
	}
	want := map[string]string{
		"program/p/risk/k": "web", "program/p/risk/l": "sre",
		"review/p-2026-11-10/action/a": "the board", "review/p-2026-11-10/action/b": "sre", "review/p-2026-11-10/decision/d": "sre",
	}
	if diff := gocmp.Diff(want, owners); diff != "" {
		t.Errorf("owners (-want +got):\n%s", diff)
	}
}
