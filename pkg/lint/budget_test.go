package lint_test

import (
	"strings"
	"testing"
)

func TestLineOutside(t *testing.T) {
	t.Parallel()
	line := func(from, to string) string {
		return "id: x, category: cloud, amount: 12, from: " + from + ", to: " + to
	}
	runMoneyCases(t, []moneyCase{
		{name: "the months of the program", text: of(funded("active", line("2026-02", "2027-01")))},
		{name: "before and after", text: of(funded("proposed", line("2026-01", "2027-02"))), want: []string{
			`BUD006 line "x" of program "p" begins in 2026-01, before the program starts (2026-02-02)`,
			`BUD006 line "x" of program "p" ends in 2027-02, after the program is due (2027-01-29)`,
		}},
		{name: "all of it after", text: of(funded("active", line("2027-02", "2027-02"))), want: []string{`BUD006 line "x" of program "p" ends in 2027-02, after the program is due (2027-01-29)`}},
		{name: "cancelled", text: of(funded("cancelled", line("2026-01", "2027-02")))},
		{name: "the months of the year", text: of(budgetOf("", line("2026-01", "2026-12")))},
		{name: "before and after the year", text: of(budgetOf("", line("2025-12", "2027-01"))), want: []string{
			`BUD006 line "x" of budget "sre-fy26" begins in 2025-12, before FY26 begins (2026-01)`,
			`BUD006 line "x" of budget "sre-fy26" ends in 2027-01, after FY26 ends (2026-12)`,
		}},
		{name: "of no year", text: of(strings.Replace(budgetOf("", line("2025-12", "2027-01")), "  fiscalYear: FY26\n", "", 1))},
		{name: "waived on the line", text: of(funded("active", line("2026-01", "2027-01")+", "+waiver("BUD006"))), want: []string{
			`waived: BUD006 line "x" of program "p" begins in 2026-01, before the program starts (2026-02-02)`,
		}},
	})
}

func TestMonthsOfLines(t *testing.T) {
	t.Parallel()
	line := func(rest string) string {
		return "id: x, category: cloud, amount: 1200.50, from: 2026-04, to: 2026-09, " + rest
	}
	only := func(rest string) string { return of(funded("active", line(rest))) }
	runMoneyCases(t, []moneyCase{
		{name: "they add up", text: only("spread: {2026-04: 1000, 2026-09: 200.5}")},
		{name: "a cent is missing", text: only("spread: {2026-04: 1000, 2026-09: 200.49}"), want: []string{`BUD011 the months of line "x" of program "p" add up to 1,200.49 USD, its amount is 1,200.50 USD`}},
		{name: "one is too much", text: only("spread: {2026-04: 1000, 2026-05: 1, 2026-09: 200.50}"), want: []string{`BUD011 the months of line "x" of program "p" add up to 1,201.50 USD, its amount is 1,200.50 USD`}},
		{name: "planned before", text: only("spread: {2026-03: 1000, 2026-09: 200.50}"), want: []string{`BUD012 line "x" of program "p" plans money in 2026-03, before it begins (2026-04)`}},
		{name: "planned after, twice", text: only("spread: {2026-10: 1000, 2026-11: 200.50}"), want: []string{`BUD012 line "x" of program "p" plans money in 2026-10, after it ends (2026-09), the first of 2 such months`}},
		{name: "nothing is planned there", text: only("spread: {2026-03: 0, 2026-09: 1200.50}")},
		{name: "expected later", text: only("forecast: {2026-10: 1000, 2027-01: 200.50}")},
		{name: "expected once the program is over", text: only("forecast: {2027-02: 1}"), want: []string{`BUD012 line "x" of program "p" expects money in 2027-02, after all of program "p" (2027-01)`}},
		{name: "expected before", text: only("forecast: {2026-03: 1}"), want: []string{`BUD012 line "x" of program "p" expects money in 2026-03, before it begins (2026-04)`}},
		{name: "of a Budget, expected in its year", text: of(budgetOf("", line("forecast: {2026-12: 1}")))},
		{name: "of a Budget, expected after its year", text: of(budgetOf("", line("forecast: {2027-01: 1}"))), want: []string{`BUD012 line "x" of budget "sre-fy26" expects money in 2027-01, after all of budget "sre-fy26" (2026-12)`}},
	})
}

func TestBudgetMilestone(t *testing.T) {
	t.Parallel()
	budget := func(ref string) string {
		return budgetOf("", "id: x, category: cloud, amount: 12, from: 2026-01, to: 2026-12, milestone: "+ref)
	}
	p := funded("active") + "  milestones: [{id: done, due: 2026-12-18}, {id: drill, due: 2026-12-18}]\n"
	runMoneyCases(t, []moneyCase{
		{name: "it is there", text: of(budget("p/done"), p)},
		{name: "of no program", text: of(budget("done"), p), want: []string{`BUD016 line "x" of budget "sre-fy26" names milestone "done", and no program`}},
		{name: "of an unknown program", text: of(budget("q/done"), p), want: []string{`BUD016 line "x" of budget "sre-fy26" names milestone "q/done": there is no program "q"`}},
		{name: "unknown", text: of(budget("p/don"), p), want: []string{`BUD016 line "x" of budget "sre-fy26" names milestone "p/don": program "p" has no such milestone`}},
		{name: "programs are private", text: with("external: [Program]", of(budget("q/done"), p))},
		{name: "the program does not validate", only: "BUD", text: of(budget("p/other"), strings.Replace(p, "due: 2027", "due: 2020", 1))},
	})
	for ref, near := range map[string]string{"done": "p/done", "p/don": "p/done", "pp/done": "", "p/drlil": "p/drill"} {
		_, found := loadFiles(t, docs(of(budget(ref), p)))
		if len(found) > 0 {
			t.Fatal(found)
		}
		list := findMoney(t, docs(of(budget(ref), p)), options(""))
		if len(list) != 1 || list[0].Suggestion != near {
			t.Errorf("%s: %v, want the suggestion %q", ref, list, near)
		}
	}
}
