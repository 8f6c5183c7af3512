package headcount

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// house is a portfolio with a rate card, whose fiscal year is that of the calendar.
const house = `kind: Portfolio
metadata: {name: c}
spec:
  levels: [{id: L4}, {id: L5}]
  rateCard: [{level: L4, annualCost: 120000}, {level: L5, annualCost: 180000}, {level: L5, from: 2026-07, annualCost: 240000}]
`

// l5 is a document of people or seats on L5, whatever they were.
func l5(doc string) string { return strings.Replace(doc, "level: L4", "level: L5", 1) }

// show are some figures of a year as text, those that are 0 in every month left out.
func show(r *Rows) []string {
	list := []string{}
	for _, f := range r.figures() {
		if strings.HasPrefix(f.key, "turnover.") {
			continue
		}
		texts, some := make([]string, len(r.Closing)), false
		for i := range r.Closing {
			v, _ := f.value(i)
			texts[i] = "-"
			if v != nil {
				texts[i] = strings.TrimSuffix(fmt.Sprint(v), ".00")
			}
			some = some || texts[i] != "0"
		}
		if some {
			list = append(list, f.key+": "+strings.Join(texts, " "))
		}
	}
	return list
}

func options(asOf string, by ...group.Dimension) Options {
	return Options{AsOf: cal.MustDate(asOf), Years: cal.FiscalYears{From: 2026, To: 2026}, Step: cal.ByQuarter, By: by}
}

func TestAnalyse(t *testing.T) {
	for _, test := range []struct {
		name string
		docs []string
		o    Options
		want map[string][]string
	}{
		{
			"somebody who stays",
			[]string{house, roster("sre", ada)},
			options("2026-06-30"),
			map[string][]string{"": {
				"opening: 1 1 1 1", "closing: 1 1 1 1", "fte: 3 3 3 3", "plan: 1 1 1 1", "forecast: 1 1 1 1",
				"cost: 30000 30000 30000 30000", "planCost: 30000 30000 30000 30000", "forecastCost: 30000 30000 30000 30000",
			}},
		},
		{
			// April 2026 has 22 working days, of which 11 are from the 16th on; June has 22, of
			// which 11 are up to the 15th.
			"days are prorated, and the last day is one",
			[]string{house, roster("sre", "id: x, start: 2026-04-16, end: 2026-06-15, leaveReason: voluntary")},
			options("2026-12-31"),
			map[string][]string{"": {
				"hires: 0 1 0 0", "leavers: 0 1 0 0", "fte: 0 2 0 0", "cost: 0 20000 0 0", "planCost: 0 20000 0 0", "forecastCost: 0 20000 0 0",
			}},
		},
		{
			"who leaves on the last day of a month leaves in the next one",
			[]string{house, roster("sre", ada+", end: 2026-03-31, leaveReason: other")},
			options("2026-12-31"),
			map[string][]string{"": {
				"opening: 1 1 0 0", "leavers: 0 1 0 0", "closing: 1 0 0 0", "fte: 3 0 0 0", "plan: 1 0 0 0", "forecast: 1 0 0 0",
				"cost: 30000 0 0 0", "planCost: 30000 0 0 0", "forecastCost: 30000 0 0 0",
			}},
		},
		{
			"a promotion does not reprice the past, nor does a rate",
			[]string{house, l5(roster("sre", "id: x, start: 2020-01-01, history: [{until: 2026-03-31, level: L4}]"))},
			options("2026-06-30", group.ByLevel),
			map[string][]string{
				"": {
					"opening: 1 1 1 1", "transfersIn: 0 1 0 0", "transfersOut: 0 1 0 0", "closing: 1 1 1 1", "fte: 3 3 3 3", "plan: 1 1 1 1", "forecast: 1 1 1 1",
					"cost: 30000 45000 60000 60000", "planCost: 30000 45000 60000 60000", "forecastCost: 30000 45000 60000 60000",
				},
				"L4": {
					"opening: 1 1 0 0", "transfersOut: 0 1 0 0", "closing: 1 0 0 0", "fte: 3 0 0 0", "plan: 1 0 0 0", "forecast: 1 0 0 0",
					"cost: 30000 0 0 0", "planCost: 30000 0 0 0", "forecastCost: 30000 0 0 0",
				},
				"L5": {
					"opening: 0 0 1 1", "transfersIn: 0 1 0 0", "closing: 0 1 1 1", "fte: 0 3 3 3", "plan: 0 1 1 1", "forecast: 0 1 1 1",
					"cost: 0 45000 60000 60000", "planCost: 0 45000 60000 60000", "forecastCost: 0 45000 60000 60000",
				},
			},
		},
		{
			"a change of team is a transfer, of a level none, by team",
			[]string{house, roster("web", "id: x, start: 2020-01-01, history: [{until: 2026-05-15, team: sre}, {until: 2026-08-31, level: L5}]")},
			options("2026-12-31", group.ByTeam),
			map[string][]string{
				"": {
					"opening: 1 1 1 1", "transfersIn: 0 1 0 0", "transfersOut: 0 1 0 0", "closing: 1 1 1 1", "fte: 3 3 3 3", "plan: 1 1 1 1", "forecast: 1 1 1 1",
					"cost: 45000 45000 50000 30000", "planCost: 45000 45000 50000 30000", "forecastCost: 45000 45000 50000 30000",
				},
				// May 2026 has 21 working days, 11 of them up to the 15th.
				"sre": {
					"opening: 1 1 0 0", "transfersOut: 0 1 0 0", "closing: 1 0 0 0", "fte: 3 1.524 0 0", "plan: 1 0 0 0", "forecast: 1 0 0 0",
					"cost: 45000 22857.14 0 0", "planCost: 45000 22857.14 0 0", "forecastCost: 45000 22857.14 0 0",
				},
				"web": {
					"opening: 0 0 1 1", "transfersIn: 0 1 0 0", "closing: 0 1 1 1", "fte: 0 1.476 3 3", "plan: 0 1 1 1", "forecast: 0 1 1 1",
					"cost: 0 22142.86 50000 30000", "planCost: 0 22142.86 50000 30000", "forecastCost: 0 22142.86 50000 30000",
				},
			},
		},
		{
			"part time is a head, and costs its part",
			[]string{house, roster("sre", ada+", fte: 0.5")},
			options("2026-12-31"),
			map[string][]string{"": {
				"opening: 1 1 1 1", "closing: 1 1 1 1", "fte: 1.5 1.5 1.5 1.5", "plan: 1 1 1 1", "forecast: 1 1 1 1",
				"cost: 15000 15000 15000 15000", "planCost: 15000 15000 15000 15000", "forecastCost: 15000 15000 15000 15000",
			}},
		},
		{
			"an open seat is in the plan from its day, and in the forecast from when it is expected",
			[]string{house, plan("sre", "id: s, status: open, effective: 2026-04, expectedStart: 2026-10-01")},
			options("2026-06-30"),
			map[string][]string{"": {
				"plan: 0 1 1 1", "forecast: 0 0 0 1", "planCost: 0 30000 30000 30000", "forecastCost: 0 0 0 30000",
			}},
		},
		{
			"a seat that should be filled by now is expected from tomorrow",
			[]string{house, plan("sre", "id: s, status: approved, effective: 2026-04, expectedStart: 2026-05-01", "id: h, status: on-hold, effective: 2026-01")},
			options("2026-06-30"),
			map[string][]string{"": {
				"plan: 0 1 1 1", "forecast: 0 0 1 1", "planCost: 0 30000 30000 30000", "forecastCost: 0 0 30000 30000",
			}},
		},
		{
			"a plan is the same whether or not the seat was filled late",
			[]string{house, plan("sre", "id: s, status: filled, person: ben, effective: 2026-04, start: 2026-06-01"), roster("sre", ben)},
			options("2026-12-31"),
			map[string][]string{"": {
				"hires: 0 1 0 0", "opening: 0 0 1 1", "closing: 0 1 1 1", "fte: 0 1 3 3", "plan: 0 1 1 1", "forecast: 0 1 1 1",
				"cost: 0 10000 30000 30000", "planCost: 0 30000 30000 30000", "forecastCost: 0 10000 30000 30000",
			}},
		},
		{
			// 12 % a year is 1 % of the opening a month: 2 - 0.02, then 1.98 - 0.0198, and so on.
			"attrition is cumulative from the month after today",
			[]string{
				house, roster("sre", ada, "id: eve, start: 2024-01-01"),
				"kind: HeadcountPlan\nmetadata: {name: p}\nspec: {fiscalYear: FY26, team: sre, attrition: {annualRate: 12%}}\n",
			},
			options("2026-09-15"),
			map[string][]string{"": {
				"opening: 2 2 2 2", "closing: 2 2 2 2", "fte: 6 6 6 6", "plan: 2 2 2 2", "forecast: 2 2 2 1.941", "attrition: 0 0 0 0.059",
				"cost: 60000 60000 60000 60000", "planCost: 60000 60000 60000 60000", "forecastCost: 60000 60000 60000 58807.98",
			}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := analyse(t, snapshot(test.docs...), test.o)
			got := map[string][]string{"": show(a.Total)}
			for _, g := range a.Groups {
				got[g.Key[0]] = show(g.Rows)
			}
			for _, list := range test.want { // in any order
				sortByFigure(list)
			}
			for _, list := range got {
				sortByFigure(list)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func sortByFigure(list []string) {
	for i := range list {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// A figure that cannot be known is none, and says why.
func TestUnknownFigures(t *testing.T) {
	const (
		private = "kind: Portfolio\nmetadata: {name: c}\nspec: {external: [%s]}\n"
		noL5    = "kind: Portfolio\nmetadata: {name: c}\nspec: {levels: [{id: L4}, {id: L5}], rateCard: [{level: L4, annualCost: 120000}]}\n"
	)
	promoted := l5(roster("sre", "id: x, start: 2020-01-01, history: [{until: 2026-06-30, level: L4}]"))
	for _, test := range []struct {
		name    string
		docs    []string
		want    []string
		unknown []string
	}{
		{"private people", []string{fmt.Sprintf(private, "Roster"), plan("sre", "id: s, status: open, effective: 2026-01")}, nil, []string{"people: private"}},
		{"private plans", []string{fmt.Sprintf(private, "HeadcountPlan"), roster("sre", ada)}, []string{"closing: 1 1 1 1"}, []string{"plan: private", `cost: there is no rate for role "engineer", level "L4" in 2026-01`}},
		{
			"private rates",
			[]string{fmt.Sprintf(private, "rateCard"), roster("sre", ada)},
			[]string{"closing: 1 1 1 1", "plan: 1 1 1 1", "forecast: 1 1 1 1"},
			[]string{"cost: private", "forecastCost: private", "planCost: private"},
		},
		{
			"a missing rate, from the month for which it is missing",
			[]string{noL5, promoted},
			[]string{"closing: 1 1 1 1", "plan: 1 1 1 1", "forecast: 1 1 1 1", "cost: 30000 30000 - -", "planCost: 30000 30000 - -", "forecastCost: 30000 30000 - -"},
			[]string{
				`cost: there is no rate for role "engineer", level "L5" in 2026-07`, `forecastCost: there is no rate for role "engineer", level "L5" in 2026-07`,
				`planCost: there is no rate for role "engineer", level "L5" in 2026-07`,
			},
		},
		{
			"two rates of attrition", []string{
				house, roster("sre", ada),
				"kind: HeadcountPlan\nmetadata: {name: p}\nspec: {fiscalYear: FY26, team: sre, attrition: {annualRate: 12%}}\n",
				"kind: HeadcountPlan\nmetadata: {name: q}\nspec: {fiscalYear: FY26, team: sre, attrition: {annualRate: 10%}}\n",
			}, []string{"closing: 1 1 1 1", "plan: 1 1 1 1"}, []string{`forecast: plans "p" and "q" state different attrition for FY26 in 2026-07`},
		},
	} {
		a := analyse(t, snapshot(test.docs...), options("2026-06-30"))
		var unknown []string
		for _, u := range a.Unknown {
			unknown = append(unknown, u.Figure+": "+u.Reason.String())
		}
		sortByFigure(unknown)
		sortByFigure(test.unknown)
		if diff := cmp.Diff(test.unknown, unknown); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		var got []string
		for _, line := range show(a.Total) {
			key, values, _ := strings.Cut(line, ": ")
			for _, want := range test.want {
				if strings.HasPrefix(want, key+": ") {
					got = append(got, line)
				}
			}
			if test.want == nil && strings.Trim(values, "- ") != "" {
				t.Errorf("%s: %s is known: %s", test.name, key, values)
			}
		}
		sortByFigure(got)
		sortByFigure(test.want)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Of what a plan costs more, each factor has the part that it alone explains, and the
// parts sum to the whole.
func TestBridge(t *testing.T) {
	config := func(spec string) string { return "kind: Portfolio\nmetadata: {name: c}\nspec:\n  " + spec + "\n" }
	const (
		usd  = `rateCard: [{level: L4, annualCost: 120000}, {level: L5, annualCost: 240000}]`
		euro = `{exchangeRates: [{currency: EUR, rate: %s}], rateCard: [{level: L4, annualCost: %d, currency: EUR}]}`
	)
	seats := func(list ...string) string { return plan("sre", list...) }
	for _, test := range []struct {
		name     string
		was, is  []string
		variance string
		bridge   string // timing volume mix rate currency
	}{
		{"nothing", []string{config(usd), seats("id: s, status: open, effective: 2026-01")}, []string{config(usd), seats("id: s, status: open, effective: 2026-01")}, "0.00", "0.00 0.00 0.00 0.00 0.00"},
		{"later by a quarter", []string{config(usd), seats("id: s, status: open, effective: 2026-01")}, []string{config(usd), seats("id: s, status: open, effective: 2026-04")}, "-30000.00", "-30000.00 0.00 0.00 0.00 0.00"},
		{"a seat more", []string{config(usd), seats()}, []string{config(usd), seats("id: s, status: open, effective: 2026-07")}, "60000.00", "0.00 60000.00 0.00 0.00 0.00"},
		{"a seat on hold", []string{config(usd), seats("id: s, status: open, effective: 2026-07")}, []string{config(usd), seats("id: s, status: on-hold, effective: 2026-07")}, "-60000.00", "0.00 -60000.00 0.00 0.00 0.00"},
		{"half of the time", []string{config(usd), seats("id: s, status: open, effective: 2026-01")}, []string{config(usd), seats("id: s, status: open, effective: 2026-01, fte: 0.5")}, "-60000.00", "0.00 -60000.00 0.00 0.00 0.00"},
		{
			"another level",
			[]string{config(usd), seats("id: s, status: open, effective: 2026-01")},
			[]string{config(usd), l5(seats("id: s, status: open, effective: 2026-01"))},
			"120000.00", "0.00 0.00 120000.00 0.00 0.00",
		},
		{"somebody leaves", []string{config(usd), roster("sre", ada)}, []string{config(usd), roster("sre", ada+", end: 2026-09-30")}, "-30000.00", "0.00 -30000.00 0.00 0.00 0.00"},
		{"somebody leaves earlier", []string{config(usd), roster("sre", ada+", end: 2026-09-30")}, []string{config(usd), roster("sre", ada+", end: 2026-06-30")}, "-30000.00", "-30000.00 0.00 0.00 0.00 0.00"},
		{
			"somebody leaves, and the seat is filled again the next day",
			[]string{config(usd), roster("sre", ada), plan("sre")},
			[]string{config(usd), roster("sre", ada+", end: 2026-06-30"), seats("id: b, status: open, effective: 2026-07")},
			"0.00", "0.00 0.00 0.00 0.00 0.00",
		},
		{"somebody is promoted", []string{config(usd), roster("sre", ada)}, []string{config(usd), l5(roster("sre", ada+", history: [{until: 2026-06-30, level: L4}]"))}, "60000.00", "0.00 0.00 60000.00 0.00 0.00"},
		{"a rate", []string{config(fmt.Sprintf(euro, "1.1", 100000)), roster("sre", ada)}, []string{config(fmt.Sprintf(euro, "1.1", 110000)), roster("sre", ada)}, "11000.00", "0.00 0.00 0.00 11000.00 0.00"},
		{"a currency", []string{config(fmt.Sprintf(euro, "1.1", 100000)), roster("sre", ada)}, []string{config(fmt.Sprintf(euro, "1.2", 100000)), roster("sre", ada)}, "10000.00", "0.00 0.00 0.00 0.00 10000.00"},
		{
			// One after the other: a quarter later, then a second seat, then 10 % more, then
			// twice as much in dollars, each of what was there by then.
			"all at once",
			[]string{config(fmt.Sprintf(euro, "1", 120000)), seats("id: s, status: open, effective: 2026-01")},
			[]string{config(`{exchangeRates: [{currency: EUR, rate: 2}], rateCard: [{level: L4, annualCost: 132000, currency: EUR}, {level: L5, annualCost: 240000, currency: EUR}]}`), seats("id: s, status: open, effective: 2026-04", "id: u, status: open, effective: 2026-07")},
			"210000.00", "-30000.00 60000.00 0.00 15000.00 165000.00",
		},
		{
			"a role for which there was no rate is no matter of rates",
			[]string{config(`rateCard: [{level: L4, annualCost: 120000}]`), seats()},
			[]string{config(usd), l5(seats("id: s, status: open, effective: 2026-01"))},
			"240000.00", "0.00 240000.00 0.00 0.00 0.00",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := options("2026-06-30", group.ByLevel)
			o.Step, o.Baseline = cal.ByYear, snapshot(test.was...)
			a := analyse(t, snapshot(test.is...), o)
			c := a.Total.Compared
			if got := c.CostVariance[0]; got == nil || got.String() != test.variance {
				t.Errorf("variance %v, want %s", got, test.variance)
			}
			var parts []string
			sum := money.Amount{}
			for _, part := range c.Bridge.parts() {
				parts = append(parts, (*part)[0].String())
				sum, _ = sum.Add(*(*part)[0])
			}
			if diff := cmp.Diff(test.bridge, strings.Join(parts, " ")); diff != "" {
				t.Errorf("bridge (-want +got):\n%s", diff)
			}
			if sum != *c.CostVariance[0] {
				t.Errorf("the parts sum to %s", sum)
			}
		})
	}
}

// Who makes the difference is named, most money first; a rate is everybody's.
func TestDrivers(t *testing.T) {
	was := snapshot(strings.Replace(house, "120000", "120120", 1), roster("sre", ada, "id: eve, start: 2024-01-01"), plan("sre", "id: s, status: open, effective: 2026-04", "id: d, status: open, effective: 2026-12"))
	is := snapshot(house, roster("sre", ada, "id: eve, start: 2024-01-01, end: 2026-11-30, fte: 0.5"), l5(plan("sre", "id: s, status: open, effective: 2026-07", "id: n, status: open, effective: 2026-12")))
	o := options("2026-03-31")
	o.Baseline = was
	var got []string
	for _, d := range analyse(t, is, o).Drivers {
		text := d.Subject + ": " + d.What + ": " + d.Total.String()
		for _, p := range d.Parts {
			text += fmt.Sprintf(", %s %s", p.Factor, p.Amount)
		}
		got = append(got, text)
	}
	want := []string{
		"roster/sre/person/eve: until 2026-11-30, was without end; 0.5 of full time, was 1 of full time: -65120.00, volume -65065.00, rate -55.00",
		"headcountplan/sre/position/s: from 2026-07-01, was 2026-04-01; L5, was L4: 29910.00, timing -30030.00, mix 59940.00",
		"headcountplan/sre/position/d: no more, was from 2026-12-01: -10010.00, volume -10010.00",
		"headcountplan/sre/position/n: new, from 2026-12-01: 10000.00, volume 10010.00, rate -10.00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Plans in two currencies are not compared.
func TestBridgeOfTwoCurrencies(t *testing.T) {
	o := options("2026-06-30")
	o.Baseline = snapshot("kind: Portfolio\nmetadata: {name: c}\nspec: {currency: EUR}\n")
	a := analyse(t, snapshot(house, roster("sre", ada)), o)
	if c := a.Total.Compared; c == nil || c.PlanCost[0] != nil || c.Bridge.Timing[0] != nil {
		t.Error("compared")
	}
	if diff := cmp.Diff([]Unknown{{"baseline", staffing.Reason{Text: "the currency was EUR, and is USD"}}}, a.Unknown); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func inFY26(plan string) string {
	return strings.Replace(plan, "spec:\n", "spec:\n  fiscalYear: FY26\n", 1)
}

// A cap bounds the plan of the team of its document and of those below.
func TestCapUse(t *testing.T) {
	s := snapshot(house, "kind: Team\nmetadata: {name: oncall}\nspec: {parent: sre}\n",
		roster("sre", ada, ben+", team: oncall"), roster("web", "id: w, start: 2020-01-01"),
		inFY26(plan("sre", "id: s, status: open, effective: 2026-07", "id: h, status: on-hold, effective: 2026-01")), inFY26(plan("web")))
	var plans []*portfolio.HeadcountPlan
	for _, name := range []string{"sre", "web"} {
		for _, p := range s.Plans {
			if p.Meta.Name == name {
				plans = append(plans, p)
			}
		}
	}
	var got []string
	for _, u := range CapUse(s, plans...) {
		got = append(got, fmt.Sprint(u.Heads, " ", u.Cost, " ", u.Unknown, u.CostUnknown))
	}
	// 120,000 for ada, 7/12 of it for ben, half of it for the seat.
	if diff := cmp.Diff([]string{"3 250000.00 [] []", "1 120000.00 [] []"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
