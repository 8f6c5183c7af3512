package kpi

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// written is the report in some formats; sheets are for csv alone, as in the command.
func written(t testing.TB, a *Analysis, formats ...string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range formats {
		r := report.New("kpi", a.o.AsOf)
		a.Report(r, name == "csv")
		f, ok := render.Lookup(name)
		if !ok {
			t.Fatalf("no format %s", name)
		}
		if err := f.Write(&b, r, render.Options{Width: 160}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return b.String()
}

// decoded is the data of the JSON report.
func decoded(t testing.TB, a *Analysis) map[string]any {
	t.Helper()
	var r struct {
		Data map[string]any `json:"data"`
	}
	if err := json.Unmarshal([]byte(written(t, a, "json")), &r); err != nil {
		t.Fatal(err)
	}
	return r.Data
}

// at follows a path of names: "closed.original.of".
func at(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return "missing"
		}
		if v, ok = m[name]; !ok {
			return "missing"
		}
	}
	return v
}

// two are two programs, one of them late against the original baseline, with a survey.
func two(t testing.TB) (*portfolio.Snapshot, []Input) {
	s := snapshot(t, config,
		program("a", "status: completed, due: 2026-06-30, completed: 2026-06-30"),
		program("b", "status: completed, due: 2026-06-30, completed: 2026-07-31"),
		program("c", "status: cancelled, due: 2026-09-30"),
		survey("s", "program: a; period: FY27Q2; invited: 8", append(times(4, "scores: {effectiveness: 4, communication: 5}, recommend: 9"), "scores: {effectiveness: 1}, recommend: 6, comment: A secret")...),
		survey("few", "program: b; period: FY27Q2", times(4, "recommend: 0, comment: A secret")...))
	return s, []Input{
		input(s, "a", "2026-06-30", "2026-06-30", 100, 100), input(s, "b", "2026-06-30", "2026-07-31", 100, 104), input(s, "c", "2026-09-30", "2026-09-30", 0, 0),
	}
}

// The names that programs outside of this repository read.
func TestJSON(t *testing.T) {
	s, inputs := two(t)
	a := Analyse(s, inputs, options(s, group.ByProgram))
	d := decoded(t, a)
	for path, want := range map[string]any{
		"fiscalYear": "FY27", "budgetTolerance": "5%",
		"completionRate.closed.original.onTimeAndWithinBudget": 1.0, "completionRate.closed.original.of": 2.0, "completionRate.closed.original.rate": "0.5000",
		"completionRate.closed.approved.onTimeAndWithinBudget": 2.0, "completionRate.closed.approved.rate": "1.0000",
		"completionRate.due.original.rate": "0.5000", "completionRate.due.approved.onTime": 2.0,
		"completionRate.closed.original.hits": []any{"a"},
		"completionRate.closed.original.misses": []any{map[string]any{
			"program": "b", "reason": "late by 31 days", "due": "2026-06-30", "lateDays": 31.0, "open": false, "overBudget": nil, "overBudgetPart": nil, "moneyUnknown": nil,
		}},
		"completionRate.excluded": []any{map[string]any{
			"program": "c", "reason": "cancelled", "kind": "cancelled", "forms": []any{"closed", "due"}, "baselines": []any{"original", "approved"},
		}},
		"satisfactionTotal.n": 5.0, "satisfactionTotal.csat": "0.8889", "satisfactionTotal.nps": "60.0000", "satisfactionTotal.responseRate": "0.6250",
		"satisfactionTotal.suppressed": map[string]any{"surveys": 1.0, "responses": 4.0},
		"targets.completionRate":       map[string]any{"target": "0.7500", "met": map[string]any{"original": false, "approved": true}},
		"targets.satisfaction":         map[string]any{"target": "0.8000", "met": true},
		"notes":                        []any{}, "unknown": []any{}, "partial": []any{},
	} {
		if diff := cmp.Diff(want, at(d, path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	for _, name := range []string{"closed", "due"} {
		for _, b := range []string{"original", "approved"} {
			if diff := cmp.Diff(at(d, "completionRate."+name+"."+b), at(d, "completionRate."+b+"."+name)); diff != "" {
				t.Errorf("%s %s is not that by baseline (-by form +by baseline):\n%s", name, b, diff)
			}
		}
	}
	rows := d["satisfaction"].([]any)
	want := map[string]any{
		"program": "b", "period": "FY27Q2", "n": 4.0, "invited": nil, "responseRate": nil, "csat": nil, "mean": nil, "nps": nil,
		"recommended": nil, "scores": nil, "byDimension": nil, "change": nil, "reason": "fewer than 5 responses",
	}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Of effectiveness there are five, of communication four: neither is shown, for all is.
	want = map[string]any{"csat": nil, "mean": nil, "n": 5.0}
	if diff := cmp.Diff(want, at(rows[0], "byDimension.effectiveness")); diff != "" || at(rows[0], "csat") != "0.8889" {
		t.Errorf("csat %v (-want +got):\n%s", at(rows[0], "csat"), diff)
	}
	if n := len(d["periods"].([]any)); n != 4 || len(d["groups"].([]any)) != 3 || len(d["programs"].([]any)) != 3 {
		t.Errorf("%d periods, groups %v", n, d["groups"])
	}
}

// No list is null, and no rate of nothing is 0.
func TestEmpty(t *testing.T) {
	s := snapshot(t, config)
	d := decoded(t, Analyse(s, nil, options(s, group.ByOwner)))
	for path, want := range map[string]any{
		"completionRate.closed.original.rate": nil, "completionRate.due.approved.rate": nil, "completionRate.excluded": []any{},
		"completionRate.closed.original.hits": []any{}, "completionRate.closed.original.misses": []any{}, "completionRate.closed.original.excluded": []any{},
		"satisfaction": []any{}, "satisfactionTotal.csat": nil, "satisfactionTotal.nps": nil, "satisfactionTotal.n": 0.0, "satisfactionTotal.reason": "no survey",
		"groups": []any{}, "programs": []any{}, "targets.satisfaction.met": nil, "targets.completionRate.met.original": nil,
	} {
		if diff := cmp.Diff(want, at(d, path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestText(t *testing.T) {
	s, inputs := two(t)
	o := options(s)
	o.Notes = []string{"p.yaml was skipped at 0123", "é"}
	a := Analyse(s, inputs, o)
	want := `Closed in FY27, on time and within budget: 1 of 2 programs (50.0%) against the original baseline, 2 of 2 programs (100.0%) against the approved
Target 75%: missed against the original, met against the approved
Due in FY27, so far: 1 of 2 programs (50.0%) against the original baseline, 2 of 2 programs (100.0%) against the approved
Left out: 1 program (1 cancelled)
Within budget: spend up to 2026-11-23 is at most 5% over the baseline budget
Satisfaction in FY27: 88.9% of 9 scores in the top two points, of 5 responses
Mean 4.11; NPS +60; 62.5% of those invited answered; target 80%: met
With fewer than 5 responses each, and in no figure: 1 survey, 4 responses
p.yaml was skipped at 0123
é`
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(a.summary(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	text := written(t, a, "text", "markdown", "html", "csv", "json")
	for _, want := range []string{"By quarter", "Missed", "late by 31 days", "Left out", "Satisfaction by program", "Satisfaction by dimension"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "secret") {
		t.Error("a comment is shown")
	}
}

// Where nothing was rebased, one baseline says it all.
func TestOneBaseline(t *testing.T) {
	s, inputs := two(t)
	inputs = inputs[:1]
	a := Analyse(s, inputs, options(s))
	if text := a.summary(); strings.Contains(text, "approved") || !strings.Contains(text, "budget: 1 of 1 program (100.0%)\nTarget 75%: met\n") {
		t.Error(text)
	}
	if text := written(t, a, "text"); strings.Contains(text, "original,") || strings.Contains(text, "Against") {
		t.Error(text)
	}
}

// A spreadsheet reads one figure a row, of periods that do not overlap.
func TestSheets(t *testing.T) {
	s, inputs := two(t)
	text := written(t, Analyse(s, inputs, options(s, group.ByProgram)), "csv")
	for _, want := range []string{
		"period,form,baseline,figure,value\r\n", "FY27Q2,due,original,onTimeAndWithinBudget,1\r\n", "FY27Q2,due,original,rate,0.5000\r\n",
		"\r\n\r\nprogram,form,baseline,figure,value\r\n", "b,closed,approved,rate,1.0000\r\n",
		"b,,,,completed,closed,original,2026-06-30,2026-07-31,1.00,USD,1.04,USD,miss,late by 31 days,31,false,,\r\n",
		"program,period,dimension,figure,value\r\na,FY27Q2,all,n,5\r\n", "a,FY27Q2,communication,n,4\r\na,FY27Q2,communication,csat,\r\n", "b,FY27Q2,all,n,4\r\n\r\n",
		"FY27Q2,all,csat,0.8889\r\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// The trend is drawn of three periods and more.
func TestChart(t *testing.T) {
	docs := []string{config, open}
	for i, period := range []string{"FY27Q1", "FY27Q2", "FY27Q3"} {
		s := snapshot(t, docs...)
		if Analyse(s, nil, options(s)).chart() != nil {
			t.Errorf("a chart of %d periods", i)
		}
		docs = append(docs, survey("s"+strings.ToLower(period), "program: p; period: "+period, times(5, "scores: {effectiveness: 4}")...))
	}
	s := snapshot(t, docs...)
	c := Analyse(s, nil, options(s)).chart()
	if c == nil || len(c.Series) != 2 || c.Series[1].Name != "all" || len(c.Series[1].Points) != 3 || c.Series[0].Points[2].Y != report.Number(100) {
		t.Errorf("%+v", c)
	}
}

// What lives elsewhere is not known, and what may do is said to.
func TestPrivate(t *testing.T) {
	const config = "kind: Portfolio\nmetadata: {name: c}\nspec: {external: [Program, Survey], targets: {satisfaction: 80%}}\n"
	s := snapshot(t, config)
	a := Analyse(s, nil, options(s))
	d := decoded(t, a)
	for path, want := range map[string]any{
		"completionRate": nil, "satisfactionTotal": nil, "satisfaction": []any{}, "targets.satisfaction.met": nil,
		"unknown": []any{map[string]any{"figure": "completionRate", "reason": "private"}, map[string]any{"figure": "satisfaction", "reason": "private"}},
	} {
		if diff := cmp.Diff(want, at(d, path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	if text := written(t, a, "text"); !strings.Contains(text, "n/a: completion rate: private, join") || !strings.Contains(text, "n/a: satisfaction: private, join") {
		t.Error(text)
	}
	written(t, a, "csv")
	s = snapshot(t, config, open, survey("s", q2, times(5, "recommend: 9")...))
	if a := Analyse(s, nil, options(s)); a.CompletionUnknown != nil || a.SatisfactionUnknown != nil || len(a.Partial) != 2 {
		t.Errorf("%v, %v, partial %v", a.CompletionUnknown, a.SatisfactionUnknown, a.Partial)
	}
	parts := []portfolio.Part{
		portfolio.Read(&source.File{Name: "c", Text: []byte(config)}, portfolio.Base),
		portfolio.Read(&source.File{Name: "p", Text: []byte(open)}, portfolio.Overlay),
	}
	joined, _ := portfolio.Assemble(parts)
	if a := Analyse(joined, nil, options(joined)); a.CompletionUnknown != nil || cmp.Diff([]staffing.Reason{staffing.Private}, a.SatisfactionUnknown) != "" || a.Partial != nil {
		t.Errorf("%v, %v, partial %v", a.CompletionUnknown, a.SatisfactionUnknown, a.Partial)
	}
}
