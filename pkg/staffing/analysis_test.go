package staffing

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

func jsonOf(t *testing.T, a *Analysis) string {
	t.Helper()
	text, err := json.MarshalIndent(a.data(View{People: true}), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// brief spells groups: key, and the figures asked for over the year or, with a period,
// in it.
func brief(a *Analysis, figures ...Figure) []string {
	list := []string{}
	spell := func(name string, g Group) {
		for _, x := range g.named() {
			for _, f := range figures {
				if x.name != string(f) {
					continue
				}
				sum, known := x.series.Sum()
				if name += " n/a"; known {
					name = strings.TrimSuffix(name, "n/a") + sum.String()
				}
			}
		}
		list = append(list, name)
	}
	for _, g := range a.Groups {
		var names []string
		for i := range a.By {
			names = append(names, g.Key[i])
		}
		spell(strings.Join(names, "/"), g)
	}
	spell("=", a.Total)
	return list
}

const tree = `kind: Team
metadata: {name: all}
spec: {function: product, costCentre: "100"}
---
kind: Team
metadata: {name: sre}
spec: {parent: all, function: operations}
---
kind: Team
metadata: {name: web}
spec: {parent: all}
---
kind: Team
metadata: {name: edge}
spec: {parent: sre, costCentre: "110"}
`

func TestSupply(t *testing.T) {
	for _, test := range []struct {
		name  string
		by    []group.Dimension
		years string
		docs  []string
		want  []string
	}{
		// Source: https://www.southside.com/covid-19/sba-ppp-fte-calculation-example/:
		// three people full time and 50 of 80 hours are 3.625, printed there as 3.63.
		{"published: full time and part time", nil, "FY26", []string{roster("r",
			"id: a, role: x, level: L1, start: 2026-12-01", "id: b, role: x, level: L1, start: 2026-12-01",
			"id: c, role: x, level: L1, start: 2026-12-01", "id: d, role: x, level: L1, fte: 0.625, start: 2026-12-01")}, []string{"= 3.625"}},
		// Source: https://www.thehumancapitalhub.com/glossary/full-time-equivalent: two
		// people for 20 of 40 hours are two heads and one FTE.
		{"published: two halves", nil, "FY26", []string{roster("r",
			"id: a, role: x, level: L1, fte: 0.5, start: 2026-12-01", "id: b, role: x, level: L1, fte: 0.5, start: 2026-12-01")}, []string{"= 1"}},
		// Source: formulajs test/date-time.js, NETWORKDAYS: 3 and 4 working days, of the 22
		// of December 2013.
		{"published: three days", nil, "FY13", []string{roster("r", "id: a, role: x, level: L1, start: 2013-12-04, end: 2013-12-06")}, []string{"= 0.136"}},
		{"published: over a weekend", nil, "FY13", []string{roster("r", "id: a, role: x, level: L1, start: 2013-12-04, end: 2013-12-09")}, []string{"= 0.182"}},
		{
			"a month by joiners and leavers",
			[]group.Dimension{group.ByTeam},
			"FY26",
			[]string{roster("r",
				"id: a, role: x, level: L1, start: 2026-03-16", "id: b, team: web, role: x, level: L1, start: 2020-01-01, end: 2026-01-15")},
			[]string{"sre 9.545", "web 0.5", "= 10.045"},
		}, // 12 of 22 days and 9 months; 11 of 22
		{
			"a transfer, a promotion and other hours on a day",
			[]group.Dimension{group.ByTeam, group.ByLevel},
			"FY26",
			[]string{roster("r",
				"id: a, role: x, level: L2, start: 2020-01-01, end: 2026-04-30, history: [{until: 2026-02-13, team: web, fte: 0.5}, {until: 2026-03-31, level: L1}]")},
			[]string{"sre/L1 1.5", "sre/L2 1", "web/L1 0.75", "= 3.25"},
		},
		{"a rejoiner", nil, "FY26", []string{roster("r",
			"id: a, role: x, level: L1, start: 2020-01-01, end: 2026-01-31", "id: a, role: x, level: L1, fte: 0.8, start: 2026-12-01")}, []string{"= 1.8"}},
		{
			"function and cost centre of the nearest team that states them",
			[]group.Dimension{group.ByFunction, group.ByCostCentre},
			"FY26",
			[]string{roster("r",
				"id: a, role: x, level: L1, start: 2026-12-01", "id: b, role: x, level: L1, start: 2026-12-01, team: edge", "id: c, role: x, level: L1, start: 2026-12-01, team: web")},
			[]string{"operations/100 1", "operations/110 1", "product/100 1", "= 3"},
		},
		{"no location is none", []group.Dimension{group.ByLocation}, "FY26", []string{roster("r",
			"id: a, role: x, level: L1, start: 2026-12-01", "id: b, role: x, level: L1, start: 2026-12-01, location: porto")}, []string{"porto 1", " 1", "= 2"}},
		{"what does not validate", nil, "FY26", []string{
			roster("r", "id: a, role: x, level: L1, start: 2026-12-01"), roster("bad", "id: b, role: x, level: L1, start: 2026-12-01, team: wbe"),
		}, []string{"= 1"}},
	} {
		s := snapshot(append(test.docs, tree, config("levels: [{id: L1}, {id: L2}]"))...)
		got := brief(Analyse(s, options(s, test.years, cal.ByQuarter, test.by...)), FigureSupply)
		if len(test.by) == 0 {
			got = got[1:]
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// crew has ada, who moved from web to sre at the end of March, and ben, half time, who
// left at the end of June.
var crew = tree + "---\n" + roster("r",
	"id: ada, role: sre, level: L5, start: 2024-01-01, history: [{until: 2026-03-31, team: web}]",
	"id: ben, role: dev, level: L4, fte: 0.5, start: 2024-01-01, end: 2026-06-30, employment: contractor")

func labelled(name, pillar string, lines ...string) string {
	return strings.Replace(program(name, "active", lines...), "name: "+name, "name: "+name+", labels: {pillar: "+pillar+"}", 1)
}

func TestDemandByGroup(t *testing.T) {
	all := []Figure{FigureDemand, FigureSupply, FigureGap, FigureAllocated, FigureUnallocated}
	for _, test := range []struct {
		name     string
		by       []group.Dimension
		subtree  bool
		selector string
		lines    []string
		want     []string
	}{
		{
			"whom a line names, day by day",
			[]group.Dimension{group.ByTeam},
			false, "",
			[]string{"person: ada, fte: 0.5, from: 2026-03, to: 2026-04"},
			[]string{"sre 0.5 12 -11.5 0.5 11.5", "web 0.5 3 -2.5 0.5 2.5", "= 1 15 -14 1 14"},
		},
		{
			"who left is asked for where they were, and is not there",
			[]group.Dimension{group.ByTeam, group.ByRole},
			false, "",
			[]string{"person: ben, fte: 0.5, from: 2026-06, to: 2026-07"},
			[]string{"sre/dev 1 3 -2 0.5 2.5", "sre/sre 0 9 -9 0 9", "web/sre 0 3 -3 0 3", "= 1 15 -14 0.5 14.5"},
		},
		{
			"whom a line asks for; what it leaves open is anybody",
			[]group.Dimension{group.ByTeam},
			false, "",
			[]string{"team: sre, fte: 2, from: 2026-05, to: 2026-05", "fte: 1, from: 2026-05, to: 2026-05"},
			[]string{"sre 2 12 -10 0 12", "web 0 3 -3 0 3", " 1 0 1 0 0", "= 3 15 -12 0 15"},
		},
		{
			"more than there is",
			[]group.Dimension{group.ByTeam},
			false, "team=web",
			[]string{"person: ada, fte: 2, from: 2026-01, to: 2026-03", "team: web, fte: 1, from: 2026-01, to: 2026-12"},
			[]string{"web 18 3 15 6 -3", "= 18 3 15 6 -3"},
		},
		{
			"a subtree",
			[]group.Dimension{group.ByTeam},
			true, "",
			[]string{"team: edge, fte: 1, from: 2026-05, to: 2026-05", "person: ada, fte: 1, from: 2026-05, to: 2026-05"},
			[]string{"all 2 15 -13 1 14", "edge 1 0 1 0 0", "sre 2 12 -10 1 11", "web 0 3 -3 0 3", "= 2 15 -13 1 14"},
		},
		{
			"conditions on programs are not on people",
			[]group.Dimension{group.ByTeam},
			false, "pillar=cost",
			[]string{"person: ada, fte: 1, from: 2026-05, to: 2026-05"},
			[]string{"sre 0 12 n/a 1 11", "web 0 3 n/a 0 3", "= 0 15 n/a 1 14"},
		},
		{
			"conditions on people are",
			[]group.Dimension{group.ByTeam},
			false, "employment=contractor",
			[]string{"person: ada, fte: 1, from: 2026-05, to: 2026-05", "person: ben, fte: 1, from: 2026-05, to: 2026-05"},
			[]string{"sre 1 3 -2 1 2", "= 1 3 -2 1 2"},
		},
		{
			"a person",
			[]group.Dimension{group.ByTeam},
			false, "person=ada,pillar=uptime",
			[]string{"person: ada, fte: 1, from: 2026-05, to: 2026-05", "team: sre, fte: 1, from: 2026-05, to: 2026-05"},
			[]string{"sre 1 9 n/a 1 8", "web 0 3 n/a 0 3", "= 1 12 n/a 1 11"},
		},
		{
			"a function", nil, false, "function=operations",
			[]string{"team: edge, fte: 1, from: 2026-05, to: 2026-05", "team: web, fte: 1, from: 2026-05, to: 2026-05"},
			[]string{" 1 12 -11 0 12", "= 1 12 -11 0 12"},
		},
	} {
		s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), labelled("p", "uptime", test.lines...))
		o := options(s, "FY26", cal.ByMonth, test.by...)
		o.Subtree = test.subtree
		o.Selector = selector(t, test.selector)
		if diff := cmp.Diff(test.want, brief(Analyse(s, o), all...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func selector(t *testing.T, text string) portfolio.Selector {
	t.Helper()
	sel, err := portfolio.ParseSelector(text)
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// Positions come from the day on which they are expected, and not before as-of is
// over: 2026-03-11, of which month 14 of 22 working days are left.
func TestPlanned(t *testing.T) {
	for _, test := range []struct{ position, want string }{
		{"status: open, effective: 2026-01", "9.636"},
		{"status: planned, effective: 2026-04", "9"},
		{"status: offered, effective: 2026-01, expectedStart: 2026-07-01", "6"},
		{"status: approved, effective: 2026-10, expectedStart: 2026-12-01, fte: 0.5", "0.5"},
		{"status: open, effective: 2027-01", "0"},
		{"status: on-hold, effective: 2026-01", "0"},
		{"status: cancelled, effective: 2026-01", "0"},
		{"status: filled, effective: 2026-01, person: ada", "0"},
	} {
		s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"),
			"kind: HeadcountPlan\nmetadata: {name: h}\nspec: {fiscalYear: FY26, team: sre, positions: [{id: one, role: sre, level: L5, type: growth, "+test.position+"}]}\n")
		sum, known := Analyse(s, options(s, "FY26", cal.ByMonth, group.ByTeam)).Total.Planned.Sum()
		if sum.String() != test.want || !known {
			t.Errorf("%s: %s, want %s", test.position, sum, test.want)
		}
	}
}

func TestBaseline(t *testing.T) {
	levels := config("levels: [{id: L4}, {id: L5}]")
	was := snapshot(crew, levels, program("p", "active", "team: web, fte: 1, from: 2026-05, to: 2026-05"), program("q", "active", "team: edge, fte: 1, from: 2026-05, to: 2026-05"))
	s := snapshot(strings.Replace(crew, ", end: 2026-06-30", "", 1), levels, program("p", "active", "team: web, fte: 2, from: 2026-05, to: 2026-06"))
	o := options(s, "FY26", cal.ByMonth, group.ByTeam)
	o.Baseline = was
	var got []string
	a := Analyse(s, o)
	for _, g := range append(a.Groups, a.Total) {
		text := g.Key[0]
		for _, x := range []Series{g.Demand, g.Supply, g.Gap, g.Baseline.Demand, g.Baseline.Supply, g.Baseline.Gap} {
			sum, _ := x.Sum()
			text += " " + sum.String()
		}
		got = append(got, text)
	}
	want := []string{"edge 0 0 0 1 0 1", "sre 0 15 -15 0 12 -12", "web 4 3 1 1 3 -2", " 4 18 -14 2 15 -13"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAMonthWithoutWorkingDaysHasNoWork(t *testing.T) {
	s := snapshot(tree, config("levels: [{id: L1}], calendar: {workweek: [Mon], holidays: [2026-02-02, 2026-02-09, 2026-02-16, 2026-02-23]}"),
		roster("r", "id: a, role: x, level: L1, start: 2026-01-01, end: 2026-03-31"),
		program("p", "active", "person: a, fte: 2, from: 2026-02, to: 2026-02", "team: sre, fte: 1, from: 2026-02, to: 2026-02"))
	a := Analyse(s, options(s, "FY26", cal.ByQuarter, group.ByTeam))
	if diff := cmp.Diff([]string{"sre 0 2 -2", "= 0 2 -2"}, brief(a, FigureDemand, FigureSupply, FigureGap)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(a.Overallocated)+len(a.Unfilled)+len(a.Outside) > 0 {
		t.Errorf("%v, %v and %v on no day", a.Overallocated, a.Unfilled, a.Outside)
	}
}
