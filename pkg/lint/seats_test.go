package lint_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
)

const (
	ada     = "id: ada, level: L5, start: 2023-04-03"
	kim     = "id: kim, level: L4, start: 2022-01-10"
	kimLeft = kim + ", end: 2026-06-30, leaveReason: voluntary"
	// kimBack left and came back.
	kimBack = "id: kim, level: L4, start: 2026-09-07"
	open    = ", status: open, openedOn: 2026-09-01"
	filled  = ", status: filled, openedOn: 2026-01-05"
)

// roster is people of the team sre, each without its braces.
func roster(people ...string) string {
	return "kind: Roster\nmetadata: {name: sre}\nspec:\n  team: sre\n  people:\n" + entries("role: sre, ", people)
}

// plan is positions of the team sre in FY27, growth where they do not say.
func plan(positions ...string) string { return planOf("fy27", positions...) }

func planOf(name string, positions ...string) string {
	text := "kind: HeadcountPlan\nmetadata: {name: " + name + "}\nspec:\n  fiscalYear: FY27\n  team: sre\n  positions:\n"
	for _, x := range positions {
		rest := "role: sre, "
		if !strings.Contains(x, "level: ") {
			rest += "level: L4, "
		}
		if !strings.Contains(x, "type: ") {
			rest += "type: growth, "
		}
		text += entries(rest, []string{x})
	}
	return text
}

func entries(rest string, list []string) string {
	var b strings.Builder
	for _, x := range list {
		fmt.Fprintf(&b, "    - {%s%s}\n", rest, x)
	}
	return b.String()
}

// of joins documents with the team sre.
func of(docs ...string) string {
	return strings.Join(append([]string{"kind: Team\nmetadata: {name: sre}\n"}, docs...), "---\n")
}

// peopleCase is a portfolio, the day, and what rules about positions and people say.
type peopleCase struct {
	name, text, asOf string
	want             []string
}

func runPeopleCases(t *testing.T, cases []peopleCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(c.text)}}
			if diff := gocmp.Diff(append([]string{}, c.want...), messages(findPeople(t, files, c.asOf))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// findPeople loads files and runs all rules; findings about programs and what a
// position could say better are left out.
func findPeople(t testing.TB, files fstest.MapFS, asOf string) []diag.Diagnostic {
	t.Helper()
	res, err := load.Load(context.Background(), []load.Tree{{FS: files, Roots: []string{"."}, Name: func(p string) string { return p }}})
	if err != nil {
		t.Fatal(err)
	}
	if asOf == "" {
		asOf = usualDay
	}
	found := append(res.Diagnostics, lint.Run(res.Snapshot, lint.Options{AsOf: cal.MustDate(asOf), Codes: allRules()})...)
	diag.Finish(found)
	var list []diag.Diagnostic
	for _, d := range found {
		if !strings.HasPrefix(d.Code, "MS") && d.Code != "GOV001" && d.Code != "GOV002" && d.Code != "HC013" {
			list = append(list, d)
		}
	}
	return list
}

func TestSeatIsTakenByWhoIsEmployed(t *testing.T) {
	t.Parallel()
	runPeopleCases(t, []peopleCase{
		{name: "later than budgeted, without a start", text: of(roster(kimBack), plan("id: s, person: kim, effective: 2026-08-03"+filled))},
		{
			name: "later than it says", text: of(roster(kimBack), plan("id: s, person: kim, effective: 2026-08-03, start: 2026-09-01"+filled)),
			want: []string{`HC002 position "s" is filled by "kim" from 2026-09-01, whose employment starts on 2026-09-07`},
		},
		{
			name: "left before it is budgeted", text: of(roster(kimLeft), plan("id: s, person: kim, effective: 2026-07"+filled)),
			want: []string{`HC002 position "s" is filled by "kim" from 2026-07-01, whose employment ended on 2026-06-30`},
		},
		{name: "on the last day", text: of(roster(kimLeft), plan("id: s, person: kim, effective: 2026-07, start: 2026-06-30"+filled))},
		{name: "somebody who came back", text: of(roster(kimLeft, kimBack), plan("id: s, person: kim, effective: 2026-07, start: 2026-09-07"+filled))},
		{
			name: "between two employments", text: of(roster(kimLeft, kimBack), plan("id: s, person: kim, effective: 2026-07, start: 2026-08-03"+filled)),
			want: []string{`HC002 position "s" is filled by "kim" from 2026-08-03, whose employment starts on 2026-09-07`},
		},
		{name: "a move within the company", text: of(roster(ada), plan("id: s, person: ada, effective: 2026-07, start: 2026-08-03"+filled))},
		{
			name: "nobody there is REF001, and nothing else", text: of(roster(ada), plan("id: s, person: kim, effective: 2026-07, start: 2026-08-03"+filled)),
			want: []string{`REF001 there is no person "kim"`},
		},
		{name: "private people", text: with("external: [Roster]", of(plan("id: s, person: kim, effective: 2026-07, start: 2026-08-03, waivers: [{rule: HC002, until: 2026-12-31, reason: x, approvedBy: y}]"+filled)))},
		{
			name: "private people, and nobody named", text: with("external: [Roster]", of(plan("id: s, effective: 2026-07, start: 2026-08-03"+filled))),
			want: []string{`HC001 position "s" is filled, and names nobody`},
		},
	})
}

func TestBackfills(t *testing.T) {
	t.Parallel()
	const backfill = ", type: backfill, backfills: kim, status: approved"
	twice := func(day, last, days string) []string {
		return []string{fmt.Sprintf(`HC003 position "s" backfills "kim", and is budgeted from %s, though the last day is %s: the seat counts twice for %s`, day, last, days)}
	}
	leaving := kim + ", end: 2027-01-15"
	runPeopleCases(t, []peopleCase{
		{name: "on the last day", text: of(roster(leaving), plan("id: s, effective: 2027-01-15"+backfill)), want: twice("2027-01-15", "2027-01-15", "1 day")},
		{name: "the day after", text: of(roster(leaving), plan("id: s, effective: 2027-01-16"+backfill))},
		{name: "months before", text: of(roster(leaving), plan("id: s, effective: 2026-12"+backfill)), want: twice("2026-12-01", "2027-01-15", "46 days")},
		{name: "in the month of it", text: of(roster(leaving), plan("id: s, effective: 2027-01"+backfill))},
		{name: "on a day of the month of it", text: of(roster(leaving), plan("id: s, effective: 2027-01-04"+backfill)), want: twice("2027-01-04", "2027-01-15", "12 days")},
		{name: "of who left and came back", text: of(roster(kimLeft, kimBack), plan("id: s, effective: 2026-12"+backfill))},
		{
			name: "of who came back, budgeted before the leaving", text: of(roster(kimLeft, kimBack), plan("id: s, effective: 2026-05, expectedStart: 2027-01-04"+backfill)),
			want: append(twice("2026-05-01", "2026-06-30", "61 days"), `HC006 position "s" is 206 days late and approved: budgeted from 2026-05-01, expected 2027-01-04`),
		},
		{name: "on hold", text: of(roster(kim), plan("id: s, effective: 2026-12, type: backfill, backfills: kim, status: on-hold"))},
		{name: "private people", text: with("external: [Roster]", of(plan("id: s, effective: 2026-12"+backfill, "id: t, effective: 2026-12"+backfill)))},
		{
			name: "both of one person", text: of(roster(kimLeft), plan("id: s, effective: 2027-01"+backfill), planOf("fy27-b", "id: t, effective: 2026-12"+backfill)),
			want: []string{`HC004 position "s" backfills "kim", as position "t" does`},
		},
		{
			name: "each of one employment", text: of(roster(kimLeft, kimBack+", end: 2026-12-31"), plan("id: s, effective: 2026-12"+backfill, "id: t, effective: 2027-01"+backfill)),
		},
		{
			name: "one is cancelled", text: of(roster(kimLeft), plan("id: s, effective: 2027-01"+backfill, "id: t, effective: 2026-12, type: backfill, backfills: kim, status: cancelled")),
		},
		{
			name: "of who fills a seat of the plan", text: of(roster(kim+", end: 2026-12-31"), plan("id: s, effective: 2026-12"+backfill, "id: t, person: kim, effective: 2022-01, start: 2022-01-10, status: filled")),
			want: []string{`HC004 position "s" backfills "kim", who fills position "t": both are in the plan`},
		},
		{
			name: "of who fills a seat of the plan, and stays", text: of(roster(kim), plan("id: s, effective: 2026-12"+backfill, "id: t, person: kim, effective: 2022-01, start: 2022-01-10, status: filled")),
			want: []string{`HC004 position "s" backfills "kim", who fills position "t": both are in the plan`},
		},
		{
			name: "of who fills it", text: of(roster(kim), plan("id: s, person: kim, effective: 2022-02, start: 2022-01-10, status: filled, type: backfill, backfills: kim")),
			want: []string{`HC003 position "s" backfills "kim", who has no last day`},
		},
		{
			name: "one person in two seats", text: of(roster(ada), plan("id: s, person: ada, effective: 2026-07, start: 2026-07-01"+filled, "id: t, person: ada, effective: 2026-05, start: 2026-05-04"+filled)),
			want: []string{`HC004 position "s" is filled by "ada", who fills position "t" too`},
		},
		{
			name: "one person in two seats, one after the other",
			text: of(roster(kimLeft, kimBack), plan("id: s, person: kim, effective: 2026-05, start: 2026-05-04"+filled, "id: t, person: kim, effective: 2026-09-07, start: 2026-09-07"+filled)),
		},
		{
			name: "waived", text: of(roster(kim), plan("id: s, effective: 2027-01-15, waivers: [{rule: HC003, until: 2026-12-31, reason: not told yet, approvedBy: ada}]"+backfill)),
			want: []string{`waived: HC003 position "s" backfills "kim", who has no last day`},
		},
	})
}
