package kpi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/source"
)

// config has the fiscal year from February to January, and both targets.
const config = "kind: Portfolio\nmetadata: {name: c}\nspec: {fiscalYear: {startMonth: 2}, targets: {completionRate: 75%, satisfaction: 80%}}\n"

const asOf = "2026-11-23"

// snapshot assembles documents, one a file.
func snapshot(t testing.TB, docs ...string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

func program(name, spec string) string {
	return "kind: Program\nmetadata: {name: " + name + "}\nspec: {start: 2026-02-02, " + spec + "}\n"
}

// input measures a program of the snapshot; dates are empty where there is no baseline.
func input(s *portfolio.Snapshot, name, original, approved string, budget, actual int64) Input {
	in := Input{Program: s.Program(name), Budget: usd(budget), Actual: usd(actual)}
	for _, x := range []struct {
		to   *cal.Date
		text string
	}{{&in.Original, original}, {&in.Approved, approved}} {
		if x.text != "" {
			*x.to = cal.MustDate(x.text)
		}
	}
	return in
}

func usd(minor int64) rates.Sum {
	return rates.Sum{Amount: money.Amount{Minor: minor, Currency: "USD"}}
}

// options are those of FY27 by quarter.
func options(s *portfolio.Snapshot, by ...group.Dimension) Options {
	years := cal.FiscalYears{From: 2027, To: 2027}
	return Options{AsOf: cal.MustDate(asOf), Years: years, Step: cal.ByQuarter, Buckets: s.Fiscal.Buckets(years, cal.ByQuarter), By: by}
}

// verdicts are the programs of a rate: "a", "b: late by 3 days", "c (left out: cancelled)".
func verdicts(r *Rate) []string {
	list := []string{}
	for _, v := range r.Hits {
		list = append(list, v.Program)
	}
	for _, v := range r.Misses {
		list = append(list, v.Program+": "+v.Reason)
	}
	for _, v := range r.LeftOut {
		list = append(list, v.Program+" (left out: "+v.Reason+")")
	}
	return list
}

// Worked out by hand for FY27, 2026-02-01 to 2027-01-31, on 2026-11-23.
func TestVerdict(t *testing.T) {
	const done = "status: completed, due: 2026-06-30, completed: "
	for _, test := range []struct {
		name, spec, baseline string
		budget, actual       int64
		closed, due          string // "-": not of the rate
	}{
		{"on the last day", done + "2026-06-30", "2026-06-30", 10000, 10000, "p", "p"},
		{"a day late", done + "2026-07-01", "2026-06-30", 10000, 0, "p: late by 1 day", "p: late by 1 day"},
		{"early", done + "2026-03-01", "2026-06-30", 0, 0, "p", "p"},
		{"at the tolerance", done + "2026-06-30", "2026-06-30", 10000, 10500, "p", "p"},
		{"a cent over it", done + "2026-06-30", "2026-06-30", 10000, 10501, "p: over budget by 5.01 USD (5.01% of 100.00, 5% tolerated)", "p: over budget by 5.01 USD (5.01% of 100.00, 5% tolerated)"},
		{"a part of a cent within it", done + "2026-06-30", "2026-06-30", 10001, 10501, "p", "p"},
		{"a part of a cent over it", done + "2026-06-30", "2026-06-30", 10001, 10502, "p: over budget by 5.01 USD (5.01% of 100.01, 5% tolerated)", "p: over budget by 5.01 USD (5.01% of 100.01, 5% tolerated)"},
		{"a cent over what is much", done + "2026-06-30", "2026-06-30", 100_000_000, 105_000_001, "p: over budget by 50,000.01 USD (5.000001% of 1,000,000.00, 5% tolerated)", "p: over budget by 50,000.01 USD (5.000001% of 1,000,000.00, 5% tolerated)"},
		{"neither budget nor spend", done + "2026-06-30", "2026-06-30", 0, 0, "p", "p"},
		{"no budget, and spend", done + "2026-06-30", "2026-06-30", 0, 1, "p: over budget by 0.01 USD, of none", "p: over budget by 0.01 USD, of none"},
		{"a budget below 0", done + "2026-06-30", "2026-06-30", -100, 0, "p: over budget by 1.00 USD, of -1.00", "p: over budget by 1.00 USD, of -1.00"},
		{"no budget, and a credit", done + "2026-06-30", "2026-06-30", 0, -1, "p", "p"},
		{"both", done + "2026-07-10", "2026-06-30", 10000, 20000, "p: late by 10 days; over budget by 100.00 USD (100.0% of 100.00, 5% tolerated)", "p: late by 10 days; over budget by 100.00 USD (100.0% of 100.00, 5% tolerated)"},
		{"more than an int64 in between", done + "2026-06-30", "2026-06-30", 9_000_000_000_000_000_000, 9_200_000_000_000_000_000, "p", "p"},
		{"completed in another year", done + "2027-02-01", "2026-06-30", 0, 0, "-", "p: still open, late by 146 days"},
		{"due in another year", done + "2026-02-02", "2026-01-31", 0, 0, "p: late by 2 days", "-"},
		{"the last day of the year", "status: active, due: 2027-01-31", "2027-01-31", 0, 0, "-", "p (left out: not due yet: 2027-01-31)"},
		{"completed today", done + "2026-11-23", "2026-11-23", 0, 0, "p", "p"},
		{"completed tomorrow is open today", done + "2026-11-24", "2026-11-20", 0, 0, "-", "p: still open, late by 3 days"},
		{"completed before it is due, which is to come", done + "2026-11-02", "2026-12-31", 0, 0, "p", "p"},
		{"open, due yesterday", "status: active, due: 2027-06-30", "2026-11-22", 0, 0, "-", "p: still open, late by 1 day"},
		{"open, due today", "status: active, due: 2026-11-23", "2026-11-23", 0, 0, "-", "p (left out: due today, late from tomorrow)"},
		{"open, due tomorrow", "status: active, due: 2026-11-24", "2026-11-24", 0, 0, "-", "p (left out: not due yet: 2026-11-24)"},
		{"open and over budget", "status: active, due: 2026-06-30", "2026-11-21", 100, 200, "-", "p: still open, late by 2 days; over budget by 1.00 USD (100.0% of 1.00, 5% tolerated)"},
		{"paused is open", "status: paused, due: 2026-06-30", "2026-11-21", 0, 0, "-", "p: still open, late by 2 days"},
		{"a completed date alone does not close", "status: active, due: 2026-06-30, completed: 2026-06-01", "2026-11-21", 0, 0, "-", "p: still open, late by 2 days"},
		{"completed without a date", "status: completed, due: 2026-06-30", "2026-06-30", 0, 0, "p (left out: completed, but not said when)", "p: completed, but not said when: it cannot be shown to be in time"},
		{"completed without a date, due today", "status: completed, due: 2026-11-23", "2026-11-23", 0, 0, "p (left out: completed, but not said when)", "p (left out: completed, but not said when)"},
		{"completed without a date, due yesterday, and over", "status: completed, due: 2026-11-22", "2026-11-22", 0, 1, "p (left out: completed, but not said when)", "p: completed, but not said when: it cannot be shown to be in time; over budget by 0.01 USD, of none"},
		{"cancelled", "status: cancelled, due: 2026-06-30", "2026-06-30", 0, 0, "p (left out: cancelled)", "p (left out: cancelled)"},
		{"cancelled, and due after the year", "status: cancelled, due: 2028-06-30", "2028-06-30", 0, 0, "p (left out: cancelled)", "p (left out: cancelled)"},
		{"proposed", "status: proposed, due: 2026-06-30", "2026-06-30", 0, 0, "-", "p (left out: proposed, never approved)"},
		{"proposed, due in another year", "status: proposed, due: 2027-06-30", "2027-06-30", 0, 0, "-", "-"},
		{"no baseline", done + "2026-06-30", "", 0, 0, "p (left out: no baseline: nobody can tell when it was due)", "p (left out: no baseline: nobody can tell when it was due)"},
		{"no baseline, open", "status: active, due: 2026-06-30", "", 0, 0, "-", "p (left out: no baseline: nobody can tell when it was due)"},
		{"does not validate", done + "2026-06-30, owner: ''", "2026-06-30", 0, 0, "p (left out: does not validate)", "p (left out: does not validate)"},
	} {
		s := snapshot(t, config, program("p", strings.Replace(test.spec, "owner: ''", "milestones: [{id: m, due: 2026-06-01, dependsOn: [nothing]}]", 1)))
		in := input(s, "p", test.baseline, test.baseline, test.budget, test.actual)
		c := Analyse(s, []Input{in}, options(s)).Total.Completion
		for _, b := range baselines {
			for f, want := range []string{test.closed, test.due} {
				wanted := []string{want}
				if want == "-" {
					wanted = []string{}
				}
				if diff := cmp.Diff(wanted, verdicts(c.Rate(b, Form(f)))); diff != "" {
					t.Errorf("%s: %s, %s (-want +got):\n%s", test.name, b, Form(f), diff)
				}
			}
		}
	}
}

// To propose again what was approved, or to delete it, hides nothing.
func TestGone(t *testing.T) {
	s := snapshot(t, config, program("p", "status: proposed, due: 2026-06-30"), program("q", "status: active, due: 2026-06-30"))
	again := input(s, "p", "2026-06-30", "2026-06-30", 0, 0)
	again.Committed = true
	gone := Input{Name: "z", Owner: "ada", Team: "sre", Committed: true, Original: cal.MustDate("2026-05-31"), Approved: cal.MustDate("2026-05-31")}
	draft := Input{Name: "y", Original: gone.Original, Approved: gone.Approved}
	inputs := []Input{again, gone, draft}
	a := Analyse(s, inputs, options(s, group.ByOwner))
	want := []string{
		"p: still open, late by 146 days", "q (left out: no baseline: nobody can tell when it was due)", "z (left out: gone from the portfolio)",
	}
	if diff := cmp.Diff(want, verdicts(a.Total.Completion.Rate(Approved, Due))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(a.Groups) != 2 || a.Groups[0].Key[0] != "ada" || len(a.Groups[0].Completion.Rate(Original, Due).LeftOut) != 1 {
		t.Errorf("groups %+v", a.Groups)
	}
	for text, want := range map[string]int{"owner=ada": 1, "team=web": 0, "name=z": 1, "program!=z": 2, "status=proposed": 1, "theme=x": 0} {
		o := options(s)
		o.Selector, _ = portfolio.ParseSelector(text)
		c := Analyse(s, inputs, o).Total.Completion
		if r := c.Rate(Original, Due); r.Of()+len(r.LeftOut) != want {
			t.Errorf("%s: %v", text, verdicts(r))
		}
	}
}

// Both baselines put a program into periods of their own.
func TestBaselines(t *testing.T) {
	s := snapshot(t, config, program("p", "status: completed, due: 2026-06-30, completed: 2026-08-05"))
	a := Analyse(s, []Input{input(s, "p", "2026-06-30", "2026-08-31", 0, 0)}, options(s))
	got := map[string]string{}
	for _, p := range a.Periods {
		for _, b := range baselines {
			for _, f := range forms {
				if list := verdicts(p.Completion.Rate(b, f)); len(list) > 0 {
					got[strings.Join([]string{p.Name, b.String(), f.String()}, " ")] = strings.Join(list, ", ")
				}
			}
		}
	}
	want := map[string]string{
		"FY27Q2 original due": "p: late by 36 days", "FY27Q3 approved due": "p",
		"FY27Q3 original closed": "p: late by 36 days", "FY27Q3 approved closed": "p",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if t0, t1 := a.CompletionTarget[Original].Met, a.CompletionTarget[Approved].Met; *t0 || !*t1 {
		t.Errorf("met: %t, %t", *t0, *t1)
	}
}

// A target is met exactly.
func TestTarget(t *testing.T) {
	docs := []string{config}
	for i := range 4 {
		docs = append(docs, program(fmt.Sprint("p", i), "status: completed, due: 2026-06-30, completed: 2026-06-30"))
	}
	s := snapshot(t, docs...)
	for late, want := range []bool{true, true, false, false} { // of 4, of which 3 are 75%
		var inputs []Input
		for i := range 4 {
			day := "2026-06-30"
			if i < late {
				day = "2026-06-29"
			}
			inputs = append(inputs, input(s, fmt.Sprint("p", i), day, day, 0, 0))
		}
		if got := Analyse(s, inputs, options(s)).CompletionTarget[Original].Met; got == nil || *got != want {
			t.Errorf("%d late: %v", late, got)
		}
	}
}

func TestGroups(t *testing.T) {
	const teams = "kind: Team\nmetadata: {name: all}\n---\nkind: Team\nmetadata: {name: sre}\nspec: {parent: all}\n"
	s := snapshot(t, config, teams,
		program("a", "owner: ada, team: all, theme: x, status: completed, due: 2026-06-30, completed: 2026-06-30"),
		program("b", "owner: ada, team: sre, status: active, due: 2026-06-30"),
		program("c", "owner: bo, team: sre, theme: x, status: active, due: 2028-06-30"),
		"kind: Roadmap\nmetadata: {name: r}\nspec: {horizon: {from: FY27, to: FY28}, themes: [{id: x}]}\n",
		"kind: Roster\nmetadata: {name: r}\nspec: {team: all, people: [{id: ada, role: r, level: l, start: 2020-01-01}, {id: bo, role: r, level: l, start: 2020-01-01}]}\n")
	var inputs []Input
	for _, p := range s.Programs {
		inputs = append(inputs, Input{Program: p, Original: p.Due, Approved: p.Due, Budget: usd(0), Actual: usd(0)})
	}
	for _, test := range []struct {
		by      string
		subtree bool
		want    []string
	}{
		{"owner", false, []string{"ada 1 of 2"}},
		{"team", false, []string{"all 1 of 1", "sre 0 of 1"}},
		{"team", true, []string{"all 1 of 2", "sre 0 of 1"}},
		{"theme", false, []string{"x 1 of 1", " 0 of 1"}},
		{"program", false, []string{"a 1 of 1", "b 0 of 1"}},
		{"theme,owner", true, []string{"x ada 1 of 1", " ada 0 of 1"}},
	} {
		by, err := group.Parse(test.by, Dimensions())
		if err != nil {
			t.Fatal(err)
		}
		o := options(s, by...)
		o.Subtree = test.subtree
		var got []string
		for _, g := range Analyse(s, inputs, o).Groups {
			r := g.Completion.Rate(Original, Due)
			got = append(got, fmt.Sprintf("%s %d of %d", strings.Join(g.Key[:len(by)], " "), len(r.Hits), r.Of()))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.by, diff)
		}
	}
}
