package lint_test

import (
	"strings"
	"testing"
)

// timesheet is a ledger of a program with hours.
func timesheet(of string, list ...string) string {
	return ledgerOf(of) + "  hours:\n" + entries("", list)
}

func TestHoursMissing(t *testing.T) {
	t.Parallel()
	hourly := func(config string, docs ...string) string {
		return with(config+"policy: {peopleActuals: hours}", of(append(docs, roster(kim))...))
	}
	const line = "person: kim, fte: 0.5, from: 2026-09, to: 2026-12"
	said := func(month, also string) []string {
		return []string{`BUD015 program "p" has no hours of ` + month + `, in which "kim" was to work on it` + also}
	}
	runMoneyCases(t, []moneyCase{
		{name: "none", text: hourly("", staffed("p", "active", line)), want: said("2026-09", ", the first of 2 such months")},
		{name: "one of two", text: hourly("", staffed("p", "active", line), timesheet("p", "month: 2026-09, role: sre, fte: 1")), want: said("2026-10", "")},
		{name: "nothing was worked", text: hourly("", staffed("p", "active", line), timesheet("p", "month: 2026-09, person: kim, fte: 0", "month: 2026-10, person: kim, fte: 0"))},
		{name: "closed earlier", text: hourly("closedThrough: 2026-09, ", staffed("p", "active", line)), want: said("2026-09", "")},
		{name: "closed later than possible", asOf: "2026-10-30", text: hourly("closedThrough: 2026-10, ", staffed("p", "active", line)), want: said("2026-09", "")},
		{name: "a month that is over", asOf: "2026-10-31", text: hourly("closedThrough: 2026-10, ", staffed("p", "active", line)), want: said("2026-09", ", the first of 2 such months")},
		{name: "nobody is named", text: hourly("", staffed("p", "active", "role: sre, fte: 1, from: 2026-09, to: 2026-12"))},
		{name: "no working day of the month", text: hourly("", staffed("p", "active", "person: kim, fte: 1, from: 2026-10-31, to: 2026-10-31"))},
		{name: "proposed", text: hourly("", staffed("p", "proposed", line))},
		{name: "another policy", text: of(staffed("p", "active", line), roster(kim))},
		{name: "private ledgers", text: with("external: [Ledger], policy: {peopleActuals: hours}", of(staffed("p", "active", line), roster(kim)))},
		{name: "a ledger that does not validate", only: "BUD015", text: hourly("", staffed("p", "active", line), timesheet("p", "month: 2026-09, person: nobody, fte: 1"))},
	})
}

func TestHoursOfNobody(t *testing.T) {
	t.Parallel()
	runMoneyCases(t, []moneyCase{
		{
			name: "no month, no name", text: of(staffed("p", "active"), roster(kim), timesheet("p", "person: kim, fte: 1", "month: 2026-09, fte: 1", "month: 2026-10, fte: 1")), only: "BUD018",
			want: []string{`BUD018 hours of ledger "p" do not say of which month they are`, `BUD018 hours of ledger "p" for 2026-09 name neither a person nor a role`},
		},
		{name: "a role of the roster", text: of(staffed("p", "active"), roster(kim), timesheet("p", "month: 2026-09, role: sre, fte: 1"))},
		{name: "a role of a staffing line", text: of(staffed("p", "active", "role: tpm, fte: 1, from: 2026-09, to: 2026-12"), roster(kim), timesheet("p", "month: 2026-09, role: tpm, fte: 1"))},
		{name: "a role of a position", text: of(staffed("p", "active"), roster(kim), strings.Replace(plan("id: s, effective: 2027-02, status: planned"), "role: sre", "role: tpm", 1), timesheet("p", "month: 2026-09, role: tpm, fte: 1")), only: "BUD018"},
		{name: "a role of the rate card", text: with("rateCard: [{role: tpm, annualCost: 1}]", of(staffed("p", "active"), roster(kim), timesheet("p", "month: 2026-09, role: tpm, fte: 1")))},
		{
			name: "of nowhere, twice", text: of(staffed("p", "active"), roster(kim), timesheet("p", "month: 2026-09, role: srre, fte: 1", "month: 2026-10, role: srre, fte: 1")),
			want: []string{`BUD018 hours of ledger "p" for 2026-09 are of role "srre", which is in no roster, no rate card and no plan`},
		},
		{name: "rosters are private", text: with("external: [Roster]", of(staffed("p", "active"), timesheet("p", "month: 2026-09, role: srre, fte: 1")))},
	})
}

func TestHoursAboveContract(t *testing.T) {
	t.Parallel()
	people := strings.Replace(roster(kim, "id: bob, level: L4, start: 2022-01-10, end: 2026-09-15"), "id: kim, ", "id: kim, fte: 0.8, ", 1)
	hours := func(list ...string) string {
		return of(people, staffed("p", "active"), staffed("q", "active"), timesheet("p", list...), timesheet("q", "month: 2026-09, person: kim, fte: 0.3"))
	}
	runMoneyCases(t, []moneyCase{
		{name: "all of it, over two programs", text: hours("month: 2026-09, person: kim, fte: 0.5")},
		{
			name: "more, over two programs", text: hours("month: 2026-09, person: kim, fte: 0.501"),
			want: []string{`BUD019 person "kim" charged 0.801 in 2 entries in 2026-09 and is contracted for 0.8, of which policy allows 100%`},
		},
		{name: "policy allows it", text: with("policy: {maxAllocation: 110%}", hours("month: 2026-10, person: kim, fte: 0.88"))},
		{
			name: "policy allows less than that", text: with("policy: {maxAllocation: 110%}", hours("month: 2026-10, person: kim, fte: 0.881", "month: 2026-11, person: kim, fte: 40")),
			want: []string{`BUD019 person "kim" charged 0.881 in 2026-10 and is contracted for 0.8, of which policy allows 110%, the first of 2 such months`},
		},
		{
			name: "after the last day", text: hours("month: 2026-09, person: bob, fte: 1", "month: 2026-10, person: bob, fte: 0.1"),
			want: []string{`BUD019 person "bob" charged 0.1 in 2026-10 and is not employed then`},
		},
		{name: "rosters are private", text: with("external: [Roster]", of(staffed("p", "active"), timesheet("p", "month: 2026-09, person: kim, fte: 9")))},
	})
	changes := roster("id: kim, fte: 0.5, level: L4, start: 2022-01-10, history: [{until: 2026-09-29, fte: 1}]")
	runMoneyCases(t, []moneyCase{
		{name: "the most of the month", text: of(changes, staffed("p", "active"), timesheet("p", "month: 2026-09, person: kim, fte: 1"))},
		{
			name: "after the change", text: of(changes, staffed("p", "active"), timesheet("p", "month: 2026-10, person: kim, fte: 1")),
			want: []string{`BUD019 person "kim" charged 1 in 2026-10 and is contracted for 0.5, of which policy allows 100%`},
		},
	})
}
