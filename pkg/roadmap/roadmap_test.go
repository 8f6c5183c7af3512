package roadmap

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/source"
)

// config has the fiscal year from February to January.
const config = "kind: Portfolio\nmetadata: {name: c}\nspec: {fiscalYear: {startMonth: 2}}\n"

const asOf = "2026-11-23"

func analyse(t testing.TB, o Options, docs ...string) *Analysis {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, _ := portfolio.Assemble(parts)
	o.AsOf = cal.MustDate(asOf)
	o.Slips = slip.Analyse(s, nil, slip.Options{AsOf: o.AsOf})
	return Analyse(s, o)
}

func doc(kind, name, spec string) string {
	return "kind: " + kind + "\nmetadata: {name: " + name + "}\nspec: {" + spec + "}\n"
}

// program costs an amount in each of two months.
func program(name, spec, month string, amount int, more ...string) string {
	lines := fmt.Sprintf("{id: a, category: cloud, type: opex, amount: %d, from: %s, to: %s}", amount, month, month)
	for i := 0; i+1 < len(more); i += 2 {
		lines += fmt.Sprintf(", {id: m%d, category: cloud, type: opex, amount: %s, from: %s, to: %s}", i, more[i+1], more[i], more[i])
	}
	return doc("Program", name, spec+", budget: {lines: ["+lines+"]}")
}

const roadmap = "horizon: {from: FY27, to: FY28}, themes: [{id: safe, title: Safety, investment: {FY27: 60%, FY28: 50%}}, {id: fast, investment: {FY27: 40%}}, {id: idle, investment: {FY28: 50%}}]"

// mix is the shares of an analysis: "FY27 safe 60.0% 40.0% -20.0 400.00".
func mix(a *Analysis) (list []string) {
	say := func(name string, s Share) {
		plan := "n/a"
		if m := s.Plan.Known(); m != nil {
			plan = m.String()
		}
		or := func(s string) string {
			if s == "" {
				return "n/a"
			}
			return s
		}
		off := "n/a"
		if s.Difference().Known() {
			off = points(s.Difference())
		}
		list = append(list, fmt.Sprintf("%s %s %s %s %s %s", s.Year, name, or(s.Planned.Percent()), or(s.Actual.Percent()), off, plan))
	}
	for k := range a.list {
		for _, t := range a.Themes {
			say(t.Title, t.Shares[k])
		}
		say("=", a.Total[k])
	}
	return list
}

// Worked out by hand: FY27 is 2026-02..2027-01. In FY27 alpha (safe) has 400, beta (fast)
// 500, gamma (no theme) 100, so 1000; in FY28 alpha has 50, and dead does not count.
func TestMix(t *testing.T) {
	a := analyse(t, Options{}, config, doc("Roadmap", "r", roadmap),
		program("alpha", "status: active, start: 2026-02-02, due: 2027-03-31, theme: safe", "2026-03", 400, "2027-02", "50"),
		program("beta", "status: completed, start: 2026-02-02, due: 2026-06-30, completed: 2026-06-30, theme: fast", "2026-02", 200, "2027-01", "300", "2026-01", "7000"),
		program("gamma", "status: proposed, start: 2026-05-01, due: 2026-12-31", "2026-05", 100),
		program("dead", "status: cancelled, start: 2026-05-01, due: 2026-12-31, theme: safe", "2026-05", 900),
		program("later", "status: proposed, start: 2028-05-01, due: 2028-12-31, theme: safe", "2028-05", 900),
	)
	want := []string{
		"FY27 Safety 60.0% 40.0% -20.0 400.00",
		"FY27 fast 40.0% 50.0% +10.0 500.00",
		"FY27 idle 0.0% 0.0% 0.0 0.00",
		"FY27 (no theme) n/a 10.0% n/a 100.00",
		"FY27 = 100.0% 100.0% 0.0 1000.00",
		"FY28 Safety 50.0% 100.0% +50.0 50.00",
		"FY28 fast 0.0% 0.0% 0.0 0.00",
		"FY28 idle 50.0% 0.0% -50.0 0.00",
		"FY28 (no theme) n/a 0.0% n/a 0.00",
		"FY28 = 100.0% 100.0% 0.0 50.00",
	}
	if diff := cmp.Diff(want, mix(a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a.Beyond != 1 {
		t.Errorf("%d beyond, want later", a.Beyond)
	}
	if diff := cmp.Diff([]LeftOut{{"dead", "cancelled"}}, a.LeftOut); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const summary = `Roadmap FY27..FY28: 3 themes, 3 programs, 0 objectives
Investment of FY27 against what is planned, in percentage points: Safety -20.0, fast +10.0
Outside of FY27..FY28, and not shown: 1 program
Left out: dead (cancelled)`
	if diff := cmp.Diff(summary, a.summary()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMixCases(t *testing.T) {
	safe := program("alpha", "status: active, start: 2026-02-02, due: 2027-03-31, theme: safe", "2026-03", 300)
	fast := program("beta", "status: active, start: 2026-02-02, due: 2027-03-31, theme: fast", "2026-03", 100)
	fy27 := Options{Years: cal.FiscalYears{From: 2027, To: 2027}}
	selector, err := portfolio.ParseSelector("theme=fast")
	if err != nil {
		t.Fatal(err)
	}
	private := doc("Portfolio", "c", "fiscalYear: {startMonth: 2}, external: [Roadmap]")
	for _, test := range []struct {
		name string
		o    Options
		docs []string
		want []string
	}{
		{"the year of as-of without a horizon", Options{}, []string{config, doc("Roadmap", "r", "themes: [{id: safe}]"), safe}, []string{
			"FY27 safe n/a 100.0% n/a 300.00", "FY27 = n/a 100.0% n/a 300.00",
		}},
		{"nothing to spend", Options{Years: cal.FiscalYears{From: 2030, To: 2030}}, []string{config, doc("Roadmap", "r", "themes: [{id: safe, investment: {FY30: 90%}}]"), safe}, []string{
			"FY30 safe 90.0% n/a n/a 0.00", "FY30 = 90.0% n/a n/a 0.00",
		}},
		{"horizons of two roadmaps, and a theme of both", Options{}, []string{
			config, doc("Roadmap", "a", "horizon: {from: FY27, to: FY27}, themes: [{id: safe, investment: {FY27: 20%}}]"),
			doc("Roadmap", "b", "horizon: {from: FY26, to: FY26}, themes: [{id: safe, investment: {FY27: 12.5%}}]"), safe,
		}, []string{"FY26 safe n/a n/a n/a 0.00", "FY26 = n/a n/a n/a 0.00", "FY27 safe 32.5% 100.0% +67.5 300.00", "FY27 = 32.5% 100.0% +67.5 300.00"}},
		{"some programs", Options{Years: fy27.Years, Selector: selector}, []string{config, doc("Roadmap", "r", roadmap), safe, fast}, []string{
			"FY27 Safety 60.0% 0.0% -60.0 0.00", "FY27 fast 40.0% 100.0% +60.0 100.00", "FY27 idle 0.0% 0.0% 0.0 0.00", "FY27 = 100.0% 100.0% 0.0 100.00",
		}},
		{"a private roadmap", fy27, []string{private, safe, fast}, []string{
			"FY27 fast n/a 25.0% n/a 100.00", "FY27 safe n/a 75.0% n/a 300.00", "FY27 = n/a 100.0% n/a 400.00",
		}},
		{"private money", fy27, []string{
			doc("Portfolio", "c", "fiscalYear: {startMonth: 2}, external: [rateCard]"), doc("Roadmap", "r", "themes: [{id: safe, investment: {FY27: 100%}}]"), safe,
			doc("Program", "people", "status: active, start: 2026-02-02, due: 2027-01-29, staffing: [{role: tpm, fte: 1, from: 2026-03, to: 2026-03}]"),
		}, []string{"FY27 safe 100.0% n/a n/a 300.00", "FY27 (no theme) n/a n/a n/a n/a", "FY27 = 100.0% n/a n/a n/a"}},
		{"no themes at all", fy27, []string{config}, []string{"FY27 = n/a n/a n/a 0.00"}},
	} {
		if diff := cmp.Diff(test.want, mix(analyse(t, test.o, test.docs...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// The shares of a year sum to the whole, and its plans to that of all.
func TestSharesSum(t *testing.T) {
	a := analyse(t, Options{}, config, doc("Roadmap", "r", roadmap),
		program("a", "status: active, start: 2026-02-02, due: 2027-03-31, theme: safe", "2026-03", 1),
		program("b", "status: active, start: 2026-02-02, due: 2027-03-31, theme: fast", "2026-03", 1),
		program("c", "status: active, start: 2026-02-02, due: 2027-03-31", "2026-03", 1))
	var sum int64
	for _, x := range a.Themes {
		sum += x.Shares[0].Plan.Amount.Minor
		if got := x.Shares[0].Actual.String(); x.ID != "idle" && got != "0.3333" {
			t.Errorf("%s has %s", x.Title, got)
		}
	}
	if sum != a.Total[0].Plan.Amount.Minor || a.Total[0].Actual.String() != "1.0000" {
		t.Errorf("%d of %v", sum, a.Total[0])
	}
}

// alpha was due yesterday and is open, so that it finishes today; beta is 59 days late for
// the quarter that ends on 2027-01-31.
func TestObjectivesAndDrawing(t *testing.T) {
	a := analyse(t, Options{}, config,
		doc("Roadmap", "r", roadmap+", objectives: [{id: undated}, {id: next, quarter: FY28Q1}, {id: now, quarter: FY27Q4, keyResults: [{metric: m, target: 5%}]}, {id: past, quarter: FY26Q4}]"),
		doc("Program", "alpha", "status: active, start: 2026-02-02, due: 2026-11-22, theme: safe, objectives: [now, next, now]"),
		doc("Program", "beta", "status: approved, start: 2026-06-01, due: 2027-03-31, theme: safe, objectives: [now]"),
		doc("Program", "gone", "status: cancelled, start: 2026-06-01, due: 2029-03-31, theme: safe, objectives: [next]"),
		doc("Program", "done", "status: completed, start: 2026-06-01, due: 2026-09-30, completed: 2026-09-01, theme: fast, objectives: [past]"))
	var got []string
	for _, o := range a.Objectives {
		text := o.ID + " " + o.End.String() + " " + strings.Join(names(o.Programs), ",")
		if days, ok := o.LateDays(); ok {
			text += fmt.Sprintf(" %+d", days)
		}
		got = append(got, text)
	}
	// Of past, the last day is 2026-01-31: 213 days before 2026-09-01.
	if diff := cmp.Diff([]string{"past 2026-01-31 done +213", "now 2027-01-31 alpha,beta +59", "next 2027-04-30 alpha +0", "undated  "}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	day, through := cal.MustDate, func(from, to string) cal.Period { return cal.Through(cal.MustDate(from), cal.MustDate(to)) }
	want := []report.GanttRow{
		{
			Label: "alpha", Key: "alpha", Group: "Safety", Note: "1d late", Bars: []report.Bar{{Period: through("2026-02-02", asOf)}},
			Marks: []report.DayMark{{Kind: report.DayMissed, Day: day("2026-11-22")}},
		},
		{
			Label: "beta", Key: "beta", Group: "Safety", Note: "approved", Bars: []report.Bar{{Period: through("2026-06-01", "2027-03-31")}},
			Marks: []report.DayMark{{Kind: report.DayDue, Day: day("2027-03-31")}},
		},
		{
			Label: "done", Key: "done", Group: "fast", Bars: []report.Bar{{Kind: report.BarDone, Period: through("2026-06-01", "2026-09-01")}},
			Marks: []report.DayMark{{Kind: report.DayDue, Day: day("2026-09-30")}},
		},
		{Label: "now", Key: "objective/now", Group: "Objectives", Note: "59d late", Marks: []report.DayMark{{Day: day("2027-01-31")}}},
		{Label: "next", Key: "objective/next", Group: "Objectives", Marks: []report.DayMark{{Day: day("2027-04-30")}}},
	}
	if diff := cmp.Diff(want, a.drawing().Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What does not validate has no figures, and many programs are no endless drawing.
func TestUnknownAndMany(t *testing.T) {
	a := analyse(t, Options{}, doc("Portfolio", "c", "fiscalYear: {startMonth: 13}"))
	if got := a.summary(); got != "n/a: roadmap: the Portfolio document does not validate" {
		t.Error(got)
	}
	if got, want := analyse(t, Options{}, config).summary(), "Roadmap FY27: 0 themes, 0 programs, 0 objectives\nNo roadmap: a document of kind Roadmap has the themes, which programs join by theme"; got != want {
		t.Error(got)
	}
	docs := []string{config}
	for i := range mostBars + 5 {
		docs = append(docs, doc("Program", fmt.Sprint("p", i), "status: active, start: 2026-02-02, due: 2027-03-31"))
	}
	if g := analyse(t, Options{}, docs...).drawing(); len(g.Rows) != mostBars || g.Title != "Roadmap FY27 (120 of 125 rows; choose programs with --selector)" {
		t.Errorf("%d rows, %q", len(g.Rows), g.Title)
	}
}

// In whichever files and order documents lie, the shares are the same; those of a year in
// which something is planned sum to the whole.
func TestMixProperty(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 1))
		docs := []string{config, doc("Roadmap", "r", roadmap)}
		for i := range 1 + rng.IntN(8) {
			spec := "status: active, start: 2026-02-02, due: 2027-03-31" + []string{"", ", theme: safe", ", theme: fast"}[rng.IntN(3)]
			docs = append(docs, program(fmt.Sprint("p", i), spec, "2026-03", 1+rng.IntN(1000), "2027-05", fmt.Sprint(rng.IntN(500))))
		}
		a := analyse(t, Options{}, docs...)
		for k, total := range a.Total {
			sum, minor := new(big.Rat), int64(0)
			for _, x := range a.Themes {
				if x.Shares[k].Actual.Known() {
					sum.Add(sum, x.Shares[k].Actual.Rat())
				}
				minor += x.Shares[k].Plan.Amount.Minor
			}
			if whole := total.Actual.Known(); minor != total.Plan.Amount.Minor || whole && sum.Cmp(big.NewRat(1, 1)) != 0 || whole != (minor > 0) {
				t.Fatalf("seed %d, %s: %s of the whole, %d of %d", seed, total.Year, sum, minor, total.Plan.Amount.Minor)
			}
		}
		want := mix(a)
		rng.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if diff := cmp.Diff(want, mix(analyse(t, Options{}, docs...))); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}
