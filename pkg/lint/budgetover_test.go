package lint_test

import (
	"strings"
	"testing"
)

func TestOverBudget(t *testing.T) {
	t.Parallel()
	// Ten months of the plan of cloud are elapsed on usualDay: 10,000 of 12,000.
	spent := func(status, amount string) string {
		return of(funded(status, cloud+", forecast: {2026-11: 0, 2026-12: 0, 2027-01: 0}"), ledgerOf("p", paid("2026-10-30", amount)))
	}
	said := func(amount, percent string) []string {
		return []string{`BUD001 program "p" has spent ` + amount + ` USD by 2026-11-23, ` + percent + ` its plan of 10,000.00 USD to the end of 2026-11, policy allows 5%`}
	}
	runMoneyCases(t, []moneyCase{
		{name: "all that policy allows", text: spent("active", "10500")},
		{name: "a cent more", text: spent("active", "10500.01"), want: said("10,500.01", "5.0% above")},
		{name: "approved", text: spent("approved", "11234"), want: said("11,234.00", "12.3% above")},
		{name: "paused", text: spent("paused", "11000"), want: said("11,000.00", "10.0% above")},
		{name: "proposed", text: spent("proposed", "11000")},
		{name: "completed", text: spent("completed", "11000")},
		{name: "policy allows more", text: with("policy: {budgetTolerance: 10%}", spent("active", "11000"))},
		{name: "policy allows less", text: with("policy: {budgetTolerance: 0%}", spent("active", "10000.01")), want: []string{
			`BUD001 program "p" has spent 10,000.01 USD by 2026-11-23, 0.0% above its plan of 10,000.00 USD to the end of 2026-11, policy allows 0%`,
		}},
		{name: "commitments are not spent", text: of(funded("active", cloud), ledgerOf("p", paid("2026-10-30", "1"), paid("2026-10-30", "99999, kind: commitment")))},
		{
			name: "before anything is planned", asOf: "2026-02-27", text: of(funded("active", "id: x, category: cloud, amount: 5, from: 2026-03, to: 2026-03"), ledgerOf("p", paid("2026-02-27", "1"))),
			want: []string{`BUD001 program "p" has spent 1.00 USD by 2026-02-27, above its plan of 0.00 USD to the end of 2026-02, policy allows 5%`},
		},
		{name: "the ledger is private", text: with("external: [Ledger]", spent("active", "99999"))},
		{name: "staffing is private", text: with("external: [staffing]", spent("active", "99999"))},
		{
			name: "over fiscal years", asOf: "2027-01-31", text: of(funded("active", cloud), ledgerOf("p", paid("2026-10-30", "12000"), paid("2027-01-04", "601"))), only: "BUD001",
			want: []string{`BUD001 program "p" has spent 12,601.00 USD by 2027-01-31, 5.0% above its plan of 12,000.00 USD to the end of 2027-01, policy allows 5%`},
		},
		{
			name: "waived", text: of(funded("active", cloud+", forecast: {2026-11: 0, 2026-12: 0, 2027-01: 0}")+"  "+waiver("BUD001")+"\n", ledgerOf("p", paid("2026-10-30", "11000"))),
			want: []string{"waived: " + said("11,000.00", "10.0% above")[0]},
		},
		{
			name: "a waiver where nobody can look is not unused", text: with("external: [Ledger]", of(funded("active", cloud)+"  "+waiver("BUD001")+"\n")),
		},
		{
			name: "a waiver of nothing", text: of(funded("active", cloud) + "  " + waiver("BUD001") + "\n"),
			want: []string{"GOV011 the waiver of BUD001 for program/p silences nothing"},
		},
	})
}

func TestForecastOverBudget(t *testing.T) {
	t.Parallel()
	// October is closed; the months after it are planned with 3,000.
	spent := func(amount, rest string) string {
		return with("closedThrough: 2026-10", of(funded("active", cloud+rest), ledgerOf("p", paid("2026-10-30", amount))))
	}
	said := func(amount, percent string) []string {
		return []string{`BUD002 program "p" is forecast to cost ` + amount + ` USD, ` + percent + ` above its plan of 12,000.00 USD, policy allows 5%`}
	}
	runMoneyCases(t, []moneyCase{
		{name: "all that policy allows", text: spent("9600", "")},
		{name: "a cent more", text: spent("9600.01", ""), want: said("12,600.01", "5.0%")},
		{name: "a line expects less", text: spent("9601", ", forecast: {2026-12: 999}")},
		{name: "a line expects more", text: spent("9600", ", forecast: {2026-12: 3000}"), want: said("14,600.00", "21.7%")},
		{
			name: "in the next year, of a program that has not begun", text: of("kind: Program\nmetadata: {name: p}\nspec: {team: sre, owner: sre, objective: x, status: approved, start: 2027-02-01, due: 2028-02-01, budget: {lines: [{id: x, category: cloud, type: opex, amount: 100, from: 2027-02, to: 2027-03, forecast: {2027-03: 56}}]}}\n"),
			want: []string{`BUD002 program "p" is forecast to cost 106.00 USD, 6.0% above its plan of 100.00 USD, policy allows 5%`},
		},
	})
}

func TestTeamOverBudget(t *testing.T) {
	t.Parallel()
	const (
		tools  = "id: tools, category: cloud, amount: 12000, from: 2026-01, to: 2026-12"
		travel = "id: travel, category: travel, amount: 1200, from: 2026-01, to: 2026-12"
	)
	spent := func(rest, amount string, lines ...string) string {
		return of(budgetOf(rest, append(lines, tools)...), ledgerOf("sre", paid("2026-10-30", amount)),
			roster("id: kim, level: L4, start: 2022-01-10"))
	}
	runMoneyCases(t, []moneyCase{
		{name: "all that policy allows", only: "BUD001", text: spent("", "11550")}, // 11,000 are planned to date
		{
			name: "a cent more", only: "BUD001", text: spent("", "11550.01"),
			want: []string{`BUD001 team "sre" itself has spent 11,550.01 USD by 2026-11-23, 5.0% above its plan of 11,000.00 USD to the end of 2026-11, policy allows 5%`},
		},
		{
			name: "expected", only: "BUD002", text: spent("", "10601"),
			want: []string{`BUD002 team "sre" itself is forecast to cost 12,601.00 USD in FY26, 5.0% above its plan of 12,000.00 USD, policy allows 5%`},
		},
		{
			name: "what is saved on one category is spent on another", only: "BUD001 BUD002", text: spent("", "11651", travel),
		},
		{name: "of another year alone", only: "BUD001 BUD002", text: strings.ReplaceAll(spent("", "99999"), "FY26", "FY25")},
		{name: "the cap", only: "BUD003", text: spent("  cap: 12000\n", "10000")},
		{name: "the lines", only: "BUD003", text: spent("  cap: 11999.99\n", "9000"), want: []string{`BUD003 the lines of budget "sre-fy26" add up to 12,000.00 USD in FY26, above its cap of 11,999.99 USD`}},
		{name: "what is expected", only: "BUD003", text: spent("  cap: 12000\n", "10001"), want: []string{`BUD003 team "sre" itself is forecast to cost 12,001.00 USD in FY26, above its cap of 12,000.00 USD`}},
		{
			name: "months of another year", only: "BUD003", text: of(budgetOf("  cap: 1000\n", "id: tools, category: cloud, amount: 1200, from: 2026-01, to: 2027-02, spread: {2026-06: 1000, 2027-02: 200}")),
		},
		{
			name: "a line in another currency", only: "BUD003", text: with("exchangeRates: [{currency: EUR, from: 2026-01, rate: 1.5}, {currency: EUR, from: 2026-03, rate: 2}]",
				of(budgetOf("  cap: 34.99\n", "id: tools, category: cloud, currency: EUR, amount: 20, from: 2026-02, to: 2026-03"))),
			want: []string{`BUD003 the lines of budget "sre-fy26" add up to 35.00 USD in FY26, above its cap of 34.99 USD`},
		},
		{
			name: "a cap in another currency, and lines in that", only: "BUD003", text: with("exchangeRates: [{currency: EUR, rate: 2}]",
				of(budgetOf("  currency: EUR\n  cap: 19\n", "id: tools, category: cloud, amount: 20, from: 2026-02, to: 2026-03"))),
			want: []string{`BUD003 the lines of budget "sre-fy26" add up to 20.00 EUR in FY26, above its cap of 19.00 EUR`},
		},
	})
}
