package lint_test

import "testing"

func TestGreenButSlipping(t *testing.T) {
	t.Parallel()
	states := func(status, health string, fields ...string) string {
		return of(governed(status, append(fields, "health: {status: "+health+"}")...))
	}
	milestones := func(list string) string { return "milestones: [" + list + "]" }
	const said = `GOV030 program "p" says it is green with `
	const week = "{id: a, due: 2026-12-11, forecast: 2026-12-18}"
	const spending = "budget: {lines: [{id: x, category: cloud, type: opex, amount: 4000, from: 2026-10, to: 2027-01}]}"
	late := said + "1 milestone: a, forecast after the due date"
	spent := func(november string) string {
		return "---\n" + ledgerOf("p", paid("2026-10-05", "1000"), paid("2026-11-05", november))
	}
	runGovCases(t, []govCase{
		{name: "in time", text: states("active", "green", milestones("{id: a, due: 2026-12-11, forecast: 2026-12-11}"))},
		{name: "late", text: states("active", "green", milestones(week)), want: []string{late}},
		{name: "late, and it says so", text: states("active", "yellow", milestones(week))},
		{name: "late, and done", text: states("active", "green", milestones("{id: a, due: 2026-10-09, forecast: 2026-10-12, completed: 2026-10-12}"))},
		{name: "late, and cancelled", text: states("active", "green", milestones("{id: a, due: 2026-12-11, forecast: 2026-12-18, status: cancelled}"))},
		{name: "overdue alone", text: states("active", "green", milestones("{id: a, due: 2026-11-20}"))},
		{name: "a proposal", text: states("proposed", "green", milestones(week))},
		{name: "spent what policy allows", text: states("active", "green", spending) + spent("1100")},
		{name: "spent more", text: states("active", "green", spending) + spent("1100.01"), want: []string{said + "spend 5.0% above its plan to date"}},
		{name: "late, and will cost more", text: states("active", "green", milestones(week), "budget: {lines: [{id: x, category: cloud, type: opex, amount: 4000, from: 2026-10, to: 2027-01, forecast: {2027-01: 3000}}]}") + spent("0"), want: []string{late + ", and with a forecast 50.0% above its plan"}},
		{name: "waived", text: states("active", "green", milestones(week), waiver("GOV030")), want: []string{"waived: " + late}},
	})
}
