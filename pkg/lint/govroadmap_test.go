package lint_test

import (
	"strings"
	"testing"
)

// handled is a person with a handle.
const handled = kim + ", handles: {github: kim}"

func TestStakeholderUnreachable(t *testing.T) {
	t.Parallel()
	concerns := func(status, rest string, people ...string) string {
		return of(governed(status, "stakeholders: [{"+rest+"}]"), roster(people...))
	}
	const left = `GOV026 stakeholder "kim" of program "p" left on 2026-06-30`
	runGovCases(t, []govCase{
		{name: "there", text: concerns("active", "person: kim", kim)},
		{name: "left", text: concerns("active", "person: kim", kimLeft), want: []string{left}},
		{name: "left, the last day is today", text: concerns("active", "person: kim", kimLeft), asOf: "2026-06-30"},
		{name: "left and came back", text: concerns("active", "person: kim", kimLeft, kimBack)},
		{name: "left, of what is over", text: concerns("cancelled", "person: kim", kimLeft)},
		{name: "left, and to be notified", text: concerns("active", "person: kim, notify: true", kimLeft), want: []string{left}},
		{name: "no handles", text: concerns("active", "person: kim, notify: true", kim), want: []string{`GOV026 program "p" notifies stakeholder "kim", who has no handles`}},
		{name: "handles", text: concerns("active", "person: kim, notify: true", handled)},
		{name: "no handles, but an address", text: concerns("active", "person: kim, notify: kim@example.org", kim)},
		{name: "of a group", text: concerns("active", "group: legal, notify: true", kim), want: []string{`GOV026 program "p" notifies group "legal" by its handles, which only people have`}},
		{name: "a group with an address", text: concerns("active", "group: legal, notify: '#legal'", kim)},
		{name: "unknown", text: concerns("active", "person: joe, notify: true", kim), want: []string{`REF001 there is no person "joe"`}},
		{name: "private", text: with("external: [Roster]", of(governed("active", "stakeholders: [{person: kim, notify: true}]", waiver("GOV026"))))},
		{name: "waived", text: of(governed("active", "stakeholders: [{person: kim}]", waiver("GOV026")), roster(kimLeft)), want: []string{"waived: " + left}},
	})
}

// roadmap is themes, given as flow mappings.
func roadmap(name string, themes ...string) string {
	return "kind: Roadmap\nmetadata: {name: " + name + "}\nspec:\n  themes:\n" + entries("", themes)
}

func TestThemeEmpty(t *testing.T) {
	t.Parallel()
	const said = `GOV027 no program joins theme "a"`
	runGovCases(t, []govCase{
		{name: "joined", text: of(governed("active", "theme: a"), roadmap("r", "id: a"))},
		{name: "joined by a proposal", text: of(governed("proposed", "theme: a"), roadmap("r", "id: a"))},
		{name: "joined by what was cancelled", text: of(governed("cancelled", "theme: a"), roadmap("r", "id: a")), want: []string{said}},
		{name: "without investment", text: of(roadmap("r", "id: a")), want: []string{said}},
		{name: "this year", text: of(roadmap("r", "id: a, investment: {FY26: 100%}")), want: []string{said + ", to which 100% of FY26 goes"}},
		{name: "not this year", text: of(roadmap("r", "id: a, investment: {FY26: 0%, FY27: 100%}", "id: b, investment: {FY26: 100%}"), governed("active", "theme: b"))},
		{name: "the next year", text: of(roadmap("r", "id: a, investment: {FY27: 100%}")), asOf: "2027-01-04", want: []string{said + ", to which 100% of FY27 goes"}},
		{name: "programs are private", text: with("external: [Program]", of(roadmap("r", "id: a, "+waiver("GOV027"))))},
		{name: "a program that does not validate", text: of(strings.Replace(governed("active", "theme: a"), "due: 2027", "due: 2020", 1), roadmap("r", "id: a")), want: []string{`SCH011 program "p": due 2020-01-29 is before its start 2026-09-29`}},
		{name: "waived", text: of(roadmap("r", "id: a, "+waiver("GOV027"))), want: []string{"waived: " + said}},
	})
}

func TestInvestmentMisses(t *testing.T) {
	t.Parallel()
	joined := governed("active", "theme: a")
	misses := func(name, year, sum string) string {
		return `GOV028 the investment of roadmap "` + name + `" in ` + year + ` adds up to ` + sum + `, not to 100%`
	}
	runGovCases(t, []govCase{
		{name: "adds up", text: of(joined, roadmap("r", "id: a, investment: {FY26: 66.667%, FY27: 30%}", "id: b, investment: {FY27: 70%}", "id: c, investment: {FY26: 33.333%}"), "kind: Program\nmetadata: {name: s}\nspec: {status: proposed, start: 2027-01-04, due: 2027-03-01, theme: c}\n")},
		{name: "less, and more", text: of(joined, roadmap("r", "id: a, investment: {FY26: 99.999%, FY27: 50%}", "id: b, investment: {FY27: 51%}")), want: []string{misses("r", "FY26", "99.999%"), misses("r", "FY27", "101%")}},
		{name: "nothing", text: of(joined, roadmap("r", "id: a, investment: {FY26: 0%}"))},
		{name: "two roadmaps, together", text: of(joined, roadmap("r", "id: a, investment: {FY26: 60%}"), roadmap("s", "id: b, investment: {FY27: 70%}"), roadmap("v", "id: c, investment: {FY26: 40%, FY27: 30%}"), "kind: Program\nmetadata: {name: s}\nspec: {status: proposed, start: 2027-01-04, due: 2027-03-01, theme: c}\n")},
		{name: "two roadmaps, each", text: of(joined, roadmap("r", "id: a, investment: {FY26: 100%}"), roadmap("s", "id: b, investment: {FY27: 100%}"), roadmap("v", "id: c, investment: {FY27: 100%}"))},
		{name: "two roadmaps, one misses", text: of(joined, roadmap("r", "id: a, investment: {FY27: 100%}"), roadmap("s", "id: b, investment: {FY27: 90%}")), want: []string{misses("s", "FY27", "90%")}},
	})
}

func TestScoresMissing(t *testing.T) {
	t.Parallel()
	scored := func(status string, fields ...string) string {
		return with("prioritisation: {criteria: [{id: impact, weight: 3}, {id: ease, weight: 1}, {id: fun, weight: 0}]}", of(governed(status, fields...)))
	}
	const none = `GOV029 program "p" has no scores, by which programs are ranked`
	runGovCases(t, []govCase{
		{name: "all that have weight", text: scored("active", "priority: {scores: {impact: 0, ease: 10}}")},
		{name: "one is missing", text: scored("proposed", "priority: {scores: {ease: 10, fun: 3}}"), want: []string{`GOV029 program "p" has no score for impact`}},
		{name: "that without weight alone", text: scored("active", "priority: {scores: {fun: 3}}"), want: []string{none}},
		{name: "none", text: scored("approved"), want: []string{none}},
		{name: "paused", text: scored("paused")},
		{name: "over", text: scored("completed")},
		{name: "nothing is ranked", text: of(governed("active"))},
		{name: "waived", text: scored("active", waiver("GOV029")), want: []string{"waived: " + none}},
	})
}
