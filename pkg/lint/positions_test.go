package lint_test

import (
	"strings"
	"testing"
)

func TestPositions(t *testing.T) {
	t.Parallel()
	noRoster := func(docs ...string) string { return with("external: [Roster]", of(docs...)) }
	runPeopleCases(t, []peopleCase{
		{name: "the day from which it is budgeted", text: noRoster(plan("id: s, effective: 2026-11-23" + open))},
		{name: "the day after", text: noRoster(plan("id: s, effective: 2026-11-22" + open)), want: []string{
			`HC006 position "s" is 1 day late and open: budgeted from 2026-11-22`,
		}},
		{name: "expected today", text: noRoster(plan("id: s, effective: 2026-11, expectedStart: 2026-11-23" + open)), want: []string{
			`HC006 position "s" is 22 days late and open: budgeted from 2026-11-01, expected 2026-11-23`,
		}},
		{name: "on hold and cancelled are not late", text: noRoster(plan("id: s, effective: 2026-05, status: on-hold", "id: t, effective: 2026-05, status: cancelled"))},
		{name: "a candidate, whoever may see it", text: of(roster(ada), plan("id: s, effective: 2027-01, person: r.fox"+open, "id: t, effective: 2027-01, status: on-hold, person: ada")), want: []string{
			`HC008 position "s" is open, and names a person: candidates are never named`,
			`HC008 position "t" is on-hold, and names a person: candidates are never named`,
		}},
		{name: "a candidate where people are private", text: noRoster(plan("id: s, effective: 2027-01, status: planned, person: r.fox")), want: []string{
			`HC008 position "s" is planned, and names a person: candidates are never named`,
		}},
		{name: "who filled a cancelled seat", text: of(roster(kimLeft), plan("id: s, effective: 2022-01, status: cancelled, person: kim, start: 2022-01-10"))},
		{name: "growth on hold", text: noRoster(plan("id: s, effective: 2027-01, status: on-hold, backfills: kim", "id: t, effective: 2027-01, status: on-hold, type: backfill"))},
		{name: "expected before it was opened", text: noRoster(plan("id: s, effective: 2027-01, expectedStart: 2026-08-31" + open)), want: []string{
			`HC009 position "s": somebody is expected on 2026-08-31, before it was opened (2026-09-01)`,
		}},
		{name: "opened in the future", text: noRoster(plan("id: s, effective: 2027-03, status: open, openedOn: 2026-11-24", "id: t, effective: 2027-03, status: approved, openedOn: 2026-11-24")), want: []string{
			`HC009 position "s" is open, but was opened on 2026-11-24, after today (2026-11-23)`,
		}},
		{name: "started on the day it was opened", text: of(roster(ada), plan("id: s, effective: 2026-05, status: filled, person: ada, start: 2026-05-04, openedOn: 2026-05-04"))},
		{name: "a finding is of the team of the position", text: noRoster("kind: Team\nmetadata: {name: web}\n", plan("id: s, effective: 2027-03, status: planned"))},
	})
}

func TestPipelines(t *testing.T) {
	t.Parallel()
	const stages = "hiringStages: [{id: call}, {id: work}, {id: team}]"
	pipeline := func(counts string) string {
		return of(plan("id: s, effective: 2027-01, pipeline: {" + counts + "}" + open))
	}
	runPeopleCases(t, []peopleCase{
		{name: "in progress", text: with(stages, pipeline("call: {entered: 9, passed: 4, declined: 2}, work: {entered: 3}"))},
		{name: "one too many", text: with(stages, pipeline("call: {entered: 1, declined: 1, withdrawn: 1}")), want: []string{
			`HC007 position "s" counts 1 candidate who entered "call", and 2 who left it`,
		}},
		{name: "a stage that was not counted", text: with(stages, pipeline("call: {entered: 9, passed: 4}, team: {entered: 5}")), want: []string{
			`HC007 position "s" counts 5 candidates who entered "team", and 4 who passed "call" before it`,
		}},
		{name: "the order is that of the portfolio", text: with("hiringStages: [{id: team}, {id: call}]", pipeline("call: {entered: 2, passed: 1}, team: {entered: 3, passed: 2}"))},
		{name: "without an order", text: pipeline("call: {entered: 9, passed: 4}, work: {entered: 5, passed: 6}"), want: []string{
			`HC007 position "s" counts 5 candidates who entered "work", and 6 who left it`,
		}},
	})
}

func TestAttrition(t *testing.T) {
	t.Parallel()
	rate := func(name, year, rate string) string {
		return "kind: HeadcountPlan\nmetadata: {name: " + name + "}\nspec: {fiscalYear: " + year + ", team: sre, attrition: {annualRate: " + rate + "}}\n"
	}
	runPeopleCases(t, []peopleCase{
		{name: "the same", text: of(rate("a", "FY27", "8%"), rate("b", "FY27", "8.0%"))},
		{name: "another year", text: of(rate("a", "FY27", "8%"), rate("b", "FY28", "9%"))},
		{name: "three", text: of(rate("c", "FY27", "9%"), rate("a", "FY27", "8%"), rate("b", "FY27", "10%")), want: []string{
			`HC012 headcount plan "c" expects 9% attrition, and "a" of the same team and FY27 expects 8%`,
			`HC012 headcount plan "b" expects 10% attrition, and "a" of the same team and FY27 expects 8%`,
		}},
	})
}

func TestCaps(t *testing.T) {
	t.Parallel()
	const rates = "rateCard: [{annualCost: 120000}], fiscalYear: {startMonth: 2}"
	capped := func(bounds string) string {
		return plan("id: s, effective: 2026-08, expectedStart: 2027-01-04, waivers: [{rule: HC006, until: 2026-12-31, reason: x, approvedBy: y}], status: approved") + "  cap: {" + bounds + "}\n"
	}
	late := `waived: HC006 position "s" is 114 days late and approved: budgeted from 2026-08-01, expected 2027-01-04`
	// Ada for twelve months and the seat for six, at 10,000 a month.
	runPeopleCases(t, []peopleCase{
		{name: "at the cap", text: with(rates, of(roster(ada), capped("headcount: 2, cost: 180000"))), want: []string{late}},
		{name: "above", text: with(rates, of(roster(ada), capped("headcount: 1, cost: 179999.99"))), want: []string{
			late,
			`HC011 headcount plan "fy27": 2 heads on 2027-01-31, above its cap of 1`,
			`HC011 headcount plan "fy27" costs 180,000.00 USD in FY27, above its cap of 179,999.99 USD`,
		}},
		{name: "private rates", text: with("external: [rateCard], fiscalYear: {startMonth: 2}", of(roster(ada), capped("headcount: 1, cost: 1"))), want: []string{
			late,
			`HC011 headcount plan "fy27": 2 heads on 2027-01-31, above its cap of 1`,
		}},
		{name: "private people", text: with(rates+", external: [Roster]", of(capped("headcount: 0, cost: 1"))), want: []string{late}},
	})
}

func TestMissingRates(t *testing.T) {
	t.Parallel()
	rates := func(list string, docs ...string) string {
		return with("fiscalYear: {startMonth: 2}, rateCard: ["+list+"]", of(docs...))
	}
	const l4 = "{level: L4, annualCost: 100000}"
	runPeopleCases(t, []peopleCase{
		{name: "no rate card", text: of(roster(ada))},
		{name: "a private one", text: with("external: [rateCard]", of(roster(ada)))},
		{name: "private exchange rates", text: with("external: [exchangeRates], rateCard: [{annualCost: 1, currency: EUR}]", of(roster(ada)))},
		{name: "for three of one level", text: rates(l4, roster("id: bob, level: L5, start: 2026-12-07", ada, kim, "id: cat, level: L5, start: 2027-01-04")), want: []string{
			`HC010 there is no rate for role "sre", level "L5" in 2026-11: person "bob" and 2 more have no cost`,
		}},
		{name: "from the month for which it is missing", text: rates(l4, roster("id: bob, level: L5, start: 2026-12-07")), want: []string{
			`HC010 there is no rate for role "sre", level "L5" in 2026-12: person "bob" has no cost`,
		}},
		{name: "who leaves before", text: rates("{annualCost: 1, from: 2020-01}, {level: L4, annualCost: 1, from: 2026-12}, {role: sre, annualCost: 1, from: 2026-12}", roster(kim+", end: 2026-11-30"))},
		{name: "a tie", text: rates("{level: L4, annualCost: 1, from: 2026-12}, {role: sre, annualCost: 1, from: 2026-01}, {annualCost: 1}", roster(kim)), want: []string{
			`HC010 two rates for role "sre", level "L4" are equally specific in 2026-12: person "kim" has no cost`,
		}},
		{name: "who was of the level only before", text: rates(l4, roster(kim+", history: [{until: 2026-11-20, level: L3}]"))},
		{name: "next fiscal year is not looked at", text: rates(l4, roster("id: bob, level: L5, start: 2027-02-01"), plan("id: s, level: L5, effective: 2027-02, status: approved")), want: []string{
			`HC017 position "s" is budgeted from 2027-02, after FY27 ends on 2027-01-31`,
		}},
		{name: "waived", text: strings.Replace(rates(l4, roster(ada)), "fiscalYear:", "waivers: [{rule: HC010, until: 2026-12-31, reason: pay round, approvedBy: ada}], fiscalYear:", 1), want: []string{
			`waived: HC010 there is no rate for role "sre", level "L5" in 2026-11: person "ada" has no cost`,
		}},
	})
}
