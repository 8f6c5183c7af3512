package goal

import (
	"cmp"
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/source"
)

// config has the fiscal year from February to January, so that FY27Q4 is 2026-11..2027-01.
const config = "kind: Portfolio\nmetadata: {name: c}\nspec: {fiscalYear: {startMonth: 2}}\n"

func snapshot(t testing.TB, docs ...string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

func goals(name, spec string) string {
	return "kind: Goals\nmetadata: {name: " + name + "}\nspec: {" + spec + "}\n"
}

// ada has goals of one quarter, which is FY27Q4.
func ada(list string) string { return goals("ada", "person: ada, quarter: FY27Q4, goals: ["+list+"]") }

const roster = "kind: Roster\nmetadata: {name: r}\nspec: {people: [{id: ada, role: tpm, level: L5, start: 2020-01-06}, {id: bob, role: tpm, level: L5, start: 2020-01-06}]}\n"

func options(day, quarter string) Options {
	q, err := cal.ParseQuarter(quarter)
	if err != nil {
		panic(err)
	}
	return Options{AsOf: cal.MustDate(day), Quarter: q}
}

// four is 4 digits of a part, or n/a.
func four(r ratio.Ratio) string { return cmp.Or(r.Digits(4), "n/a") }

// Worked out by hand.
func TestProgress(t *testing.T) {
	const noWay = "it is not met, and without a baseline nobody can tell how far it is"
	for _, test := range []struct{ result, want string }{
		{"target: 3, current: 1", "0.3333 open"},
		{"target: 3, current: 3", "1.0000 met"},
		{"target: 3, current: 4.5", "1.5000 met"},
		{"target: 3, current: -1.5", "-0.5000 open"},
		{"baseline: 2, target: 46, current: 13", "0.2500 open"},
		{"baseline: 19, target: 13, current: 16", "0.5000 open"},
		{"direction: decrease, baseline: 19, target: 13, current: 12", "1.1667 met"},
		{"direction: decrease, baseline: 19, target: 13, current: 20", "-0.1667 open"},
		{"baseline: 99.88, target: 99.95, current: 99.94", "0.8571 open"},
		{"baseline: 48%, target: 80%, current: 61%", "0.4063 open"},
		{"baseline: 0.1, target: 0.3, current: 0.2", "0.5000 open"},
		{"baseline: -4, target: -2, current: -3", "0.5000 open"},
		{"direction: decrease, target: 3, current: 3", "1.0000 met"},
		{"direction: decrease, target: 3, current: 9", "n/a open: " + noWay},
		{"direction: decrease, baseline: 3, target: 3, current: 2", "1.0000 met"},
		{"direction: increase, baseline: 3, target: 3, current: 2", "0.0000 open"},
		{"baseline: 3, target: 3, current: 3", "1.0000 met"},
		{"direction: increase, baseline: 9, target: 3, current: 5", "1.0000 met"},
		{"direction: increase, baseline: 9, target: 3, current: 2", "n/a open: its baseline is better than its target"},
		{"direction: decrease, baseline: 3, target: 9, current: 10", "n/a open: its baseline is better than its target"},
		{"target: 0, current: -1", "n/a open: " + noWay},
		{"target: 80%, current: 0.8", "n/a unknown: some of its values are percentages, and others are not"},
		{"baseline: 1, target: 80%, current: 70%", "n/a unknown: some of its values are percentages, and others are not"},
		{"target: 3", "n/a unknown: nobody said where it is now"},
		{"current: 3", "n/a unknown: it states no target"},
		{"metric: m", "n/a unknown: it states no target"},
	} {
		a := Analyse(snapshot(t, config, roster, ada("{id: g, keyResults: [{"+test.result+"}]}")), options("2026-11-23", "FY27Q4"))
		k := a.People[0].Goals[0].KeyResults[0]
		got := four(k.Progress) + " " + string(k.State)
		if k.Why != "" {
			got += ": " + k.Why
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.result, got, test.want)
		}
	}
}

// Of ada the goals weigh 60 and 40: a is (1 + 0)/2, for what is beyond 100% counts as that,
// and b a quarter: 0.3 + 0.1. Nobody knows c of bob, so that half of the weight is known.
func TestWeights(t *testing.T) {
	for _, test := range []struct {
		name, goals string
		want        []string // of each person: progress, covered, shares
	}{
		{"stated", "{id: a, weight: 60, keyResults: [{target: 2, current: 5}, {target: 2, current: -3}]}, {id: b, weight: 40, keyResults: [{target: 4, current: 1}]}", []string{"0.4000", "1.0000", "0.6000", "0.4000"}},
		{"none stated", "{id: a, keyResults: [{target: 2, current: 2}]}, {id: b, keyResults: [{target: 4, current: 1}]}", []string{"0.6250", "1.0000", "0.5000", "0.5000"}},
		{"some stated", "{id: a, weight: 0.5, keyResults: [{target: 2, current: 1}]}, {id: b, keyResults: [{target: 4, current: 4}]}", []string{"0.5000", "1.0000", "1.0000", "0.0000"}},
		{"half known", "{id: a, keyResults: [{target: 4, current: 1}, {target: 4}]}, {id: c, keyResults: [{target: 4}]}", []string{"0.2500", "0.5000", "0.5000", "0.5000"}},
		{"nothing known", "{id: a}, {id: c, keyResults: [{target: 4}]}", []string{"n/a", "0.0000", "0.5000", "0.5000"}},
		{"no weight at all", "{id: a, weight: 0, keyResults: [{target: 4, current: 4}]}", []string{"n/a", "n/a", "n/a"}},
		{"thirds are exact", "{id: a, keyResults: [{target: 3, current: 1}]}, {id: b, keyResults: [{target: 3, current: 1}]}, {id: c, keyResults: [{target: 3, current: 1}]}", []string{"0.3333", "1.0000", "0.3333", "0.3333", "0.3333"}},
	} {
		p := Analyse(snapshot(t, config, roster, ada(test.goals)), options("2026-11-23", "FY27Q4")).People[0]
		got := []string{four(p.Progress), four(p.Covered)}
		for _, g := range p.Goals {
			got = append(got, four(g.Share))
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestSources(t *testing.T) {
	program := "kind: Program\nmetadata: {name: p}\nspec: {status: active, start: 2026-02-02, due: 2027-01-29, " +
		"staffing: [{role: tpm, fte: 0.5, from: 2026-03, to: 2026-05}], budget: {lines: [{id: a, category: c, type: opex, amount: 1200.50, from: 2026-03, to: 2026-03}]}}\n"
	rates := "kind: Portfolio\nmetadata: {name: c}\nspec: {fiscalYear: {startMonth: 2}, rateCard: [{from: 2020-01, annualCost: 1200}]}\n"
	o := options("2026-11-23", "FY27Q4")
	o.CompletionRate = ratio.New(3, 4)
	for _, test := range []struct{ result, current, note string }{
		{"source: fte, target: 3", "1.5", ""},
		{"source: headcount, target: 3", "2", ""},
		// half of 1,200 ÷ 12, three times, and 1,200.50
		{"source: 'budget:p', target: 2000", "1350.5", ""},
		{"source: completionRate, target: 80%", "75%", ""},
		{"source: completionRate, target: 80%, current: 10%", "75%", ""},
		{"source: satisfaction, target: 80%", "", "satisfaction is n/a: progctl kpi tells why"},
		{"source: satisfaction, target: 80%, current: 10%", "10%", "as stated: satisfaction is n/a: progctl kpi tells why"},
		{"source: 'due:p', target: 3", "", "due:p is no number that a target can be compared with"},
		{"source: 'budget:q', target: 3", "", "the portfolio has no budget:q"},
		{"source: headcuont, target: 3", "", `there is no figure "headcuont", did you mean headcount? (or completionRate, satisfaction)`},
		{"source: due, target: 3", "", "due of what? Write due:PROGRAM/MILESTONE (or completionRate, satisfaction)"},
	} {
		a := Analyse(snapshot(t, rates, roster, program, ada("{id: g, keyResults: [{"+test.result+"}]}")), o)
		k := a.People[0].Goals[0].KeyResults[0]
		if got := k.current.String(); got != test.current || k.Why+k.Note != test.note {
			t.Errorf("%s: %q, %q, want %q, %q", test.result, got, k.Why+k.Note, test.current, test.note)
		}
	}
	for source, want := range map[string]bool{CompletionRate: true, Satisfaction: false} {
		s := snapshot(t, config, roster, ada("{id: g, keyResults: [{source: completionRate}]}"))
		if Needs(s, o.Quarter, source) != want || Needs(s, options("2026-11-23", "FY27Q3").Quarter, source) {
			t.Errorf("%s: not %v", source, want)
		}
	}
}

// Of the 92 days of FY27Q4 23 are over on 2026-11-23.
func TestQuarter(t *testing.T) {
	s := snapshot(t, config, roster,
		ada("{id: g, keyResults: [{target: 2, current: 2}, {target: 2, current: 1}, {target: 2}]}"),
		goals("bob", "person: bob, quarter: FY27Q4, goals: [{id: x}]"), goals("more", "person: ada, quarter: FY27Q4, goals: [{id: h}]"),
		goals("old", "person: ada, quarter: FY26Q1, goals: [{id: x}]"), goals("next", "person: ada, quarter: FY28Q1, goals: [{id: x}]"))
	for _, test := range []struct{ day, quarter, want string }{
		{"2026-11-23", "FY27Q4", "Goals of FY27Q4: 2 people, 3 goals, 3 key results\nKey results: 1 met, 1 open, 1 n/a\nOf FY27Q4 25.0% is over; it ends on 2027-01-31"},
		{"2027-01-31", "FY27Q4", "Goals of FY27Q4: 2 people, 3 goals, 3 key results\nKey results: 1 met, 1 open, 1 n/a\nOf FY27Q4 100.0% is over; it ends on 2027-01-31"},
		{"2027-02-01", "FY27Q4", "Goals of FY27Q4: 2 people, 3 goals, 3 key results\nKey results: 1 met, 1 missed, 1 n/a\nFY27Q4 ended on 2027-01-31"},
		{"2026-11-23", "FY28Q1", "Goals of FY28Q1: 1 person, 1 goal, 0 key results\nFY28Q1 begins on 2027-02-01"},
		{"2026-11-23", "FY27Q3", "No goals for FY27Q3\nFY27Q3 ended on 2026-10-31\nThere are goals for FY26Q1, FY27Q4, FY28Q1"},
	} {
		if diff := gocmp.Diff(test.want, Analyse(s, options(test.day, test.quarter)).summary()); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", test.day, test.quarter, diff)
		}
	}
	for day, want := range map[string]string{"2026-10-31": "0.0000", "2026-11-01": "0.0109", "2027-06-01": "1.0000"} {
		o := options(day, "FY27Q4")
		if got := Analyse(s, o).Elapsed().String(); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestPrivate(t *testing.T) {
	private := "kind: Portfolio\nmetadata: {name: c}\nspec: {fiscalYear: {startMonth: 2}, external: [Goals]}\n"
	o := options("2026-11-23", "FY27Q4")
	for want, docs := range map[string][]string{
		"n/a: goals: private": {private, roster},
		"Goals of FY27Q4: 1 person, 1 goal, 0 key results\nOf FY27Q4 25.0% is over; it ends on 2027-01-31\nGoals is private: an overlay that is not joined may have more": {private, roster, ada("{id: g}")},
		"n/a: goals: the Portfolio document does not validate": {"kind: Portfolio\nmetadata: {name: c}\nspec: {currency: nix}\n"},
	} {
		if diff := gocmp.Diff(want, Analyse(snapshot(t, docs...), o).summary()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]string{"100%": "100%", "1250.50": "1,250.5", "1000%": "1,000%", "-12": "-12", "-1234567.8912": "-1,234,567.891"} {
		m, err := portfolio.ParseMeasure(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := numberOf(&m).text(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := numberOf(nil).text(); got != "" {
		t.Error(got)
	}
}
