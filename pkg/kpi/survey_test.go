package kpi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

func survey(name, spec string, responses ...string) string {
	text := "kind: Survey\nmetadata: {name: " + name + "}\nspec:\n  responses: ["
	for _, r := range responses {
		text += "{" + r + "}, "
	}
	text += "]\n"
	for field := range strings.SplitSeq(spec, "; ") {
		text += "  " + field + "\n"
	}
	return text
}

// times is n times the same response.
func times(n int, response string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = response
	}
	return list
}

const q2 = "program: p; period: FY27Q2"

var open = program("p", "status: active, due: 2027-06-30")

// only is the one row of one survey.
func only(t testing.TB, s *portfolio.Snapshot) (*Row, *Analysis) {
	t.Helper()
	a := Analyse(s, nil, options(s))
	if len(a.Rows) != 1 {
		t.Fatalf("%d rows, %v", len(a.Rows), a.Notes)
	}
	return a.Rows[0], a
}

// The values of survey_scores.yaml, which follow from the published rule: 9–10 promoter,
// 7–8 passive, 0–6 detractor, NPS = % promoters − % detractors
// (https://www.finanshels.com/glossary/net-promoter-score-nps and
// https://www.ptt.cc/man/P_Management/D4C4/DAC0/D102/M.1262504598.A.6E6.html); and what is
// at the borders of the rule. The published case of four scores is of five here, for fewer
// are not shown.
func TestPublishedNPS(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []string
		want    string
	}{
		{"nps-all-10", times(5, "recommend: 10"), "100.0000"},
		{"nps-70-20-10", append(append(times(70, "recommend: 9"), times(20, "recommend: 7")...), times(10, "recommend: 6")...), "60.0000"},
		{"nps-empty", times(5, "group: x"), ""},
		{"nps-empty, of no response", nil, ""},
		{"all detract", times(5, "recommend: 0"), "-100.0000"},
		{"8 is passive", times(6, "recommend: 8"), "0.0000"},
		{"of those who answered", append(times(6, "recommend: 9"), times(4, "group: x")...), "100.0000"},
		{"thirds", append(times(4, "recommend: 9"), times(2, "recommend: 8")...), "66.6667"},
	} {
		row, _ := only(t, snapshot(t, config, open, survey("s", q2, test.answers...)))
		if got := row.Score.NPS.String(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if d := row.Score.data(nil); test.want == "" && d.NPS.Known() {
			t.Errorf("%s: %v is no null", test.name, d.NPS)
		}
	}
}

// Of survey_scores.yaml, after the same sources: CSAT is the share of 4 and 5 on a scale
// from 1 to 5.
func TestCSAT(t *testing.T) {
	score := func(text string) string { return "scores: {effectiveness: " + text + "}" }
	for _, test := range []struct {
		name, scale string
		scores      []string
		want        string // CSAT, mean, n
		notes       []string
	}{
		{"1 to 5", "", []string{"1", "2", "3", "4", "5"}, "0.4000 3.0000 5", nil},
		{"all", "", times(5, "5"), "1.0000 5.0000 5", nil},
		{"none", "", times(5, "3"), "0.0000 3.0000 5", nil},
		{"1 to 7", "{min: 1, max: 7}", []string{"5", "5.99", "6", "6.5", "7"}, "0.6000 6.0980 5", nil},
		{"0 to 10", "{min: 0, max: 10}", []string{"0", "8", "9", "10", "10", "1"}, "0.5000 6.3333 6", nil},
		{"outside", "", []string{"0", "6", "1", "2", "3", "4", "5", "5.5"}, "0.4000 3.0000 5", []string{`survey "s" has 3 scores outside of its scale, 1 to 5: left out`}},
		{"of two points", "{min: 0, max: 1}", times(5, "0"), "1.0000 0.0000 5", []string{`survey "s" has a scale of two points, which are the top two: its CSAT says nothing`}},
		{"upside down", "{min: 5, max: 1}", times(5, "3"), "  0", []string{`survey "s" has a scale from 5 to 1: its scores are left out`}},
	} {
		spec := q2
		if test.scale != "" {
			spec += "; scale: " + test.scale
		}
		var responses []string
		for _, x := range test.scores {
			responses = append(responses, score(x))
		}
		row, a := only(t, snapshot(t, config, open, survey("s", spec, responses...)))
		e := row.Score.By[Effectiveness]
		if got := fmt.Sprintf("%s %s %d", e.CSAT, e.Mean, e.N); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if row.Score.All != e && fmt.Sprint(row.Score.All) != fmt.Sprint(e) {
			t.Errorf("%s: all is %v, the only dimension %v", test.name, row.Score.All, e)
		}
		if row.Score.N != len(test.scores) {
			t.Errorf("%s: %d responses", test.name, row.Score.N)
		}
		if diff := cmp.Diff(test.notes, a.Notes); diff != "" {
			t.Errorf("%s: notes (-want +got):\n%s", test.name, diff)
		}
	}
}

// All scores of all dimensions are pooled, whoever gave how many.
func TestPooled(t *testing.T) {
	responses := append(times(5, "scores: {effectiveness: 5, communication: 2}"), times(5, "scores: {communication: 4}")...)
	row, _ := only(t, snapshot(t, config, open, survey("s", q2+"; invited: 40", responses...)))
	s := row.Score
	got := fmt.Sprintln(s.N, *s.Invited, s.ResponseRate, s.All, s.By[0], s.By[1], s.By[2])
	want := fmt.Sprintln(10, 40, "0.2500", "{15 0.6667 3.6667}", "{5 1.0000 5.0000}", "{10 0.5000 3.0000}", "{0  }")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestResponseRate(t *testing.T) {
	for spec, want := range map[string]string{
		"": "", "; invited: 0": "", "; invited: 10": "0.5000", "; invited: 5": "1.0000", "; invited: 4": "1.2500",
	} {
		row, a := only(t, snapshot(t, config, open, survey("s", q2+spec, times(5, "recommend: 9")...)))
		if got := row.Score.ResponseRate.String(); got != want {
			t.Errorf("%s: %q, want %q", spec, got, want)
		}
		if noted := len(a.Notes) > 0; noted != (spec == "; invited: 4" || spec == "; invited: 0") {
			t.Errorf("%s: %v", spec, a.Notes)
		}
	}
}

// Below five responses there is their number alone, and in no sum anything of them.
func TestTooFew(t *testing.T) {
	happy, sad := "scores: {effectiveness: 5, communication: 5, responsiveness: 5}, recommend: 10", "scores: {effectiveness: 1, communication: 1, responsiveness: 1}, recommend: 0"
	s := snapshot(t, config, open, program("q", "status: active, due: 2027-06-30"),
		survey("s", q2+"; invited: 10", times(5, happy)...),
		survey("few", "program: q; period: FY27Q2; invited: 8", times(4, sad)...))
	a := Analyse(s, nil, options(s))
	got := []string{}
	for _, r := range a.Rows {
		d := r.Score.data(r.Change)
		got = append(got, fmt.Sprint(r.Program, " ", d.N, " ", d.CSAT, " ", d.NPS, " ", d.By != nil, " ", d.Invited != nil, " ", r.Score.Why))
	}
	want := []string{"p 5 1.0000 100.0000 true true ", "q 4   false false fewer than 5 responses"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	sum := a.Total.Satisfaction
	if sum.N != 5 || *sum.Invited != 10 || sum.All.CSAT.String() != "1.0000" || sum.HiddenSurveys != 1 || sum.HiddenResponses != 4 {
		t.Errorf("total %+v", sum)
	}
	if m := a.SatisfactionTarget.Met; m == nil || !*m {
		t.Errorf("met %v", m)
	}
}

// Several surveys of one program and period are one: five responses are five.
func TestSurveysOfOnePeriod(t *testing.T) {
	s := snapshot(t, config, open,
		survey("a", q2+"; invited: 5", times(3, "scores: {effectiveness: 5}")...),
		survey("b", q2+"; invited: 5; scale: {min: 1, max: 10}", times(2, "scores: {effectiveness: 5}")...))
	row, _ := only(t, s)
	if got := fmt.Sprint(row.Score.N, row.Score.All, row.Score.ResponseRate); got != "5 {5 0.6000 } 0.5000" { // of two scales there is no mean
		t.Error(got)
	}
}

// A dimension that few answered is not what the others lack of all.
func TestFewAnswersOfADimension(t *testing.T) {
	e, c, r := "effectiveness: 5", "communication: 5", "responsiveness: 1"
	responses := func(n int, scores ...string) []string {
		return times(n, "recommend: 9, scores: {"+strings.Join(scores, ", ")+"}")
	}
	for _, test := range []struct {
		name      string
		responses []string
		want      string // CSAT of all, and of each dimension
	}{
		{"enough of each", responses(6, e, c, r), "0.6667 1.0000 1.0000 0.0000"},
		{"few of one: the smallest other is hidden too", append(responses(4, e, r), responses(6, e, c)...), "0.8000 1.0000  "},
		{"few of two: what remains is hidden too", append(responses(4, e, r, c), responses(6, e)...), "0.7778   "},
		{"few of one, and no other", append(responses(4, r), responses(6)...), "   "},
		{"nobody of one", responses(6, e, c), "1.0000 1.0000 1.0000 "},
		{"few of all, of many", append(append(responses(4, e), responses(4, c)...), responses(4, r)...), "0.6667   "},
		{"few of all, of few", append(responses(4, e, c, r), responses(6)...), "   "},
	} {
		row, _ := only(t, snapshot(t, config, open, survey("s", q2, test.responses...)))
		s := row.Score
		if got := fmt.Sprint(s.All.CSAT, " ", s.By[0].CSAT, " ", s.By[1].CSAT, " ", s.By[2].CSAT); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	row, _ := only(t, snapshot(t, config, open, survey("s", q2, append(times(4, "recommend: 9"), times(4, "group: x")...)...)))
	if row.Score.NPS.Known() || row.Score.N != 8 || row.Score.Recommended != 4 {
		t.Errorf("%+v", row.Score)
	}
}

// A change is since the last period of the same length that is shown; in whatever year.
func TestChange(t *testing.T) {
	good, bad := "scores: {effectiveness: 5}, recommend: 9", "scores: {effectiveness: 1}, recommend: 0"
	s := snapshot(t, config, open, program("q", "status: active, due: 2027-06-30"),
		survey("a", "program: p; period: FY26Q4", times(5, bad)...),
		survey("b", "program: p; period: FY27Q1", times(4, good)...),
		survey("c", "program: p; period: 2026-05", times(5, good)...),
		survey("d", "program: p; period: FY27Q2", append(times(5, good), times(5, bad)...)...),
		survey("e", "program: p; period: FY27Q3", times(5, good)...),
		survey("f", "program: q; period: FY27Q3", times(45, bad)...),
		survey("later", "program: p; period: 2026-12", times(5, good)...),
		survey("never", "program: p", times(5, good)...))
	a := Analyse(s, nil, options(s))
	got := []string{}
	for _, r := range a.Rows {
		text := r.Program + " " + r.Period.String()
		if c := r.Change; c != nil {
			text += fmt.Sprintf(" %s since %s, NPS %s", c.CSAT, c.From, c.NPS)
		}
		got = append(got, text)
	}
	for _, p := range a.Periods {
		for _, c := range []*Change{p.Change, p.Alike} {
			if c != nil {
				got = append(got, fmt.Sprintf("%s %s since %s, NPS %s", p.Name, c.CSAT, c.From, c.NPS))
			}
		}
	}
	want := []string{
		"p FY27Q1", "p 2026-05", "p FY27Q2 0.5000 since FY26Q4, NPS 100.0000", "p FY27Q3 0.5000 since FY27Q2, NPS 100.0000", "q FY27Q3",
		// 10 of 15, then 5 of 50; of p alone 10 of 15, then all.
		"FY27Q3 -0.5667 since FY27Q2, NPS -113.3333", "FY27Q3 0.3333 since FY27Q2, NPS 66.6667",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	notes := []string{`survey "later" is left out: 2026-12 begins after 2026-11-23`, `survey "never" is left out: it states no period`}
	if diff := cmp.Diff(notes, a.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// A selector chooses surveys by their programs.
func TestSelectedSurveys(t *testing.T) {
	s := snapshot(t, config, open, program("q", "status: paused, due: 2027-06-30"),
		survey("a", q2, times(5, "recommend: 9")...), survey("b", "program: q; period: FY27Q2", times(5, "recommend: 9")...),
		survey("c", "period: FY27Q2", times(5, "recommend: 9")...))
	for text, want := range map[string]string{"": ",p,q", "name=q": "q", "status=active": "p", "program!=p": ",q"} {
		o := options(s)
		o.Selector, _ = portfolio.ParseSelector(text)
		var got []string
		for _, r := range Analyse(s, nil, o).Rows {
			got = append(got, r.Program)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}

// A survey counts where its period ends.
func TestWhereASurveyCounts(t *testing.T) {
	s := snapshot(t, config, open, survey("a", q2, times(5, "recommend: 9")...))
	for step, want := range map[cal.Step]string{cal.ByMonth: "2026-07", cal.ByQuarter: "FY27Q2", cal.ByYear: "FY27"} {
		o := options(s)
		o.Buckets = s.Fiscal.Buckets(o.Years, step)
		var got []string
		for _, p := range Analyse(s, nil, o).Periods {
			if p.Satisfaction.N > 0 {
				got = append(got, p.Name)
			}
		}
		if diff := cmp.Diff([]string{want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step, diff)
		}
	}
}
