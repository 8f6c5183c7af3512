package kpi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// What the budget is of is what it was asked to be; without a tolerance there is none to
// tell.
func TestWithinBudget(t *testing.T) {
	for _, test := range []struct{ policy, against, want string }{
		{"", "", "is at most 5% over the baseline budget\n"},
		{"", "HEAD~2", "is at most 5% over the plan at HEAD~2\n"},
		{", policy: {budgetTolerance: 0%}", "", "is at most the baseline budget\n"},
	} {
		s := snapshot(t, "kind: Portfolio\nmetadata: {name: c}\nspec: {fiscalYear: {startMonth: 2}"+test.policy+"}\n", program("p", "status: completed, due: 2026-06-30, completed: 2026-06-30"))
		o := options(s)
		o.Against = test.against
		a := Analyse(s, []Input{input(s, "p", "2026-06-30", "2026-06-30", 100_000, 100_001)}, o)
		if text := a.summary(); !strings.Contains(text, "Within budget: spend up to 2026-11-23 "+test.want) {
			t.Errorf("no %q in\n%s", test.want, text)
		}
		if r := a.Total.Completion.Rate(Original, Due); test.policy != "" && r.Misses[0].Reason != "over budget by 0.01 USD (0.001% of 1,000.00)" {
			t.Error(r.Misses[0].Reason)
		}
	}
}

// Lines of the caller come before all others, and none of them is cut.
func TestNotes(t *testing.T) {
	docs := []string{config, open}
	for i := range 10 {
		docs = append(docs, survey(fmt.Sprint("s", i), "program: p"))
	}
	s := snapshot(t, docs...)
	o := options(s)
	o.Notes = []string{"one", "two"}
	a := Analyse(s, nil, o)
	if notes := decoded(t, a)["notes"].([]any); len(notes) != 12 || notes[0] != "one" || notes[1] != "two" {
		t.Errorf("%v", notes)
	}
	if text := a.summary(); !strings.Contains(text, "\none\ntwo\nSurvey \"s0\" is left out") || !strings.HasSuffix(text, "\nAnd 3 more like these") {
		t.Error(text)
	}
}

// Periods of nothing are for machines; a number of responses is one where there is a
// survey, and the target of closed is none of due.
func TestPeriodTable(t *testing.T) {
	s, inputs := two(t)
	inputs[1].Approved = inputs[1].Original
	a := Analyse(s, inputs, options(s))
	show := func(rows []report.Row) (list []string) {
		for _, r := range rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			list = append(list, strings.Join(cells, "|"))
		}
		return list
	}
	table := a.periodTable()
	var headers []string
	for _, c := range table.Columns {
		headers = append(headers, c.Header)
	}
	if diff := cmp.Diff("Period Closed Due Left out CSAT Like for like NPS Responses Not shown", strings.Join(headers, " ")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []string{"FY27Q2|1 of 2, 50.0%|1 of 2, 50.0%||88.9%||+60|5|4", "FY27Q3|||1|||||", "FY27|1 of 2, 50.0%|1 of 2, 50.0%|1|88.9%||+60|5|4"}
	if diff := cmp.Diff(want, show(table.Rows)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"FY27Q1||||||||", "FY27Q4||||||||"}, show(table.Minor)); diff != "" {
		t.Errorf("minor (-want +got):\n%s", diff)
	}
	if closed, due := table.Rows[0].Cells[1].Tone, table.Rows[0].Cells[2].Tone; closed != report.Bad || due != report.None {
		t.Errorf("closed %v, due %v", closed, due)
	}
	if n := len(decoded(t, a)["periods"].([]any)); n != 4 {
		t.Errorf("%d periods in JSON", n)
	}
	// Where there is a survey, no responses are 0.
	s = snapshot(t, config, open, survey("few", q2, times(3, "recommend: 0")...), survey("none", "program: p; period: FY27Q3"))
	a = Analyse(s, nil, options(s))
	if diff := cmp.Diff([]string{"FY27Q2||||n/a||n/a|0|3", "FY27Q3||||n/a||n/a|0|0", "FY27||||n/a||n/a|0|3"}, show(a.periodTable().Rows)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	empty := snapshot(t, config)
	if table := Analyse(empty, nil, options(empty)).periodTable(); len(table.Rows) > 0 || len(table.Minor) != 4 || table.Empty != "nothing in FY27" {
		t.Errorf("%+v", table)
	}
}

// Who is left out while late is named at the top.
func TestPastDue(t *testing.T) {
	broken := ", milestones: [{id: m, due: 2026-06-01, dependsOn: [nothing]}]"
	s := snapshot(t, config,
		program("cancelled", "status: cancelled, due: 2026-06-30"),
		program("late", "status: active, due: 2026-06-30"+broken), program("later", "status: active, due: 2026-12-31"+broken),
		program("kept", "status: completed, completed: 2026-06-30, due: 2026-06-30"+broken), program("missed", "status: completed, completed: 2026-07-01, due: 2026-06-30"+broken))
	var inputs []Input
	for _, p := range s.Programs {
		inputs = append(inputs, Input{Program: p, Original: p.Due, Approved: p.Due})
	}
	inputs = append(inputs, Input{Name: "gone", Committed: true, Original: cal.MustDate("2026-06-30"), Approved: cal.MustDate("2026-06-30")})
	want := "\nLeft out: 6 programs (4 does not validate, 1 cancelled, 1 gone from the portfolio); past their baseline: gone, late, missed\n"
	if text := Analyse(s, inputs, options(s)).summary(); !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}
