package lint_test

import (
	"strings"
	"testing"
)

func TestLineUnspent(t *testing.T) {
	t.Parallel()
	const (
		audit   = "id: audit, category: audit, amount: 1200, from: 2026-08, to: 2027-01"
		testing = "id: tests, category: testing, amount: 1200, from: 2026-03, to: 2027-01"
	)
	spent := ledgerOf("p", paid("2026-03-31", "900"))
	said := `BUD008 line "audit" of program "p" began in 2026-08, and program "p" has spent nothing on "audit"`
	runMoneyCases(t, []moneyCase{
		{name: "more than 90 days after its first month began", text: of(funded("active", cloud, audit), spent), want: []string{said}},
		{name: "90 days after it", asOf: "2026-10-30", text: of(funded("active", cloud, audit), spent)},
		{name: "91 days after it", asOf: "2026-10-31", text: of(funded("active", cloud, audit), spent), want: []string{said}},
		{name: "spent", text: of(funded("active", cloud, audit), spent, ledgerNamed("more", "p", "date: 2026-09-30, category: audit, amount: 1"))},
		{name: "owed", text: of(funded("active", cloud, audit), spent, ledgerNamed("more", "p", "date: 2026-09-30, category: audit, amount: 1, kind: accrual"))},
		{name: "only ordered", text: of(funded("active", cloud, audit), spent, ledgerNamed("more", "p", "date: 2026-09-30, category: audit, amount: 1, kind: commitment")), want: []string{said}},
		{name: "without a ledger", text: of(funded("active", cloud, audit))},
		{name: "proposed", text: of(funded("proposed", cloud, audit), spent)},
		{name: "nothing was planned", text: of(funded("active", cloud, strings.Replace(audit, "1200", "0", 1)), spent)},
		{name: "by month, from later on", text: of(funded("active", cloud, audit+", spread: {2026-08: 0, 2026-10: 1200}"), spent)},
		{name: "not expected", text: of(funded("active", cloud, audit+", forecast: {2026-08: 0, 2026-09: 0}"), spent)},
		{name: "not expected in one month", asOf: "2026-12-31", text: of(funded("active", cloud, audit+", forecast: {2026-08: 0}"), spent), only: "BUD008", want: []string{strings.Replace(said, "2026-08", "2026-09", 1)}},
		{
			name: "two of them, between which one is spent", text: of(funded("active", audit, cloud, testing), spent, ledgerNamed("odd", "p", "date: 2026-05-31, category: tests, amount: 3")), only: "BUD008",
			want: []string{said, `BUD008 line "tests" of program "p" began in 2026-03, and program "p" has spent nothing on "testing"`},
		},
		{
			name: "a ledger that does not validate", only: "BUD", text: of(funded("active", cloud, audit), spent, ledgerNamed("odd", "p", "date: 2026-05-31, category: audit, amount: 3.333")),
		},
		{
			name: "a ledger of something else that does not validate", only: "BUD",
			text: of(funded("active", cloud, audit), spent, ledgerNamed("odd", "sre", "date: 2026-05-31, category: audit, amount: 3.333")), want: []string{said},
		},
		{
			name: "of a team, one ledger of which does not validate", only: "BUD008",
			text: of(budgetOf("", strings.Replace(audit, "2027-01", "2026-12", 1)), ledgerOf("sre", paid("2026-03-31", "9")), ledgerNamed("odd", "sre", "date: 2026-05-31, category: audit, amount: 3.333")),
		},
		{
			name: "of a team, a ledger of a program does not validate", only: "BUD008",
			text: of(budgetOf("", strings.Replace(audit, "2027-01", "2026-12", 1)), ledgerOf("sre", paid("2026-03-31", "9")), funded("active"), ledgerNamed("odd", "p", "date: 2026-05-31, category: audit, amount: 3.333")),
			want: []string{`BUD008 line "audit" of budget "sre-fy26" began in 2026-08, and team "sre" has spent nothing on "audit"`},
		},
		{name: "private ledgers", text: with("external: [Ledger]", of(funded("active", cloud, audit), spent))},
		{
			name: "of the Budget of this year, not of another one", text: of(budgetOf("", strings.Replace(cloud, "2027-01", "2026-12", 1), strings.Replace(audit, "2027-01", "2026-12", 1)),
				strings.NewReplacer("FY26", "FY25", "fy26", "fy25").Replace(budgetOf("", "id: old, category: old, amount: 5, from: 2025-01, to: 2025-02")), ledgerOf("sre", paid("2026-03-31", "9"))),
			want: []string{`BUD008 line "audit" of budget "sre-fy26" began in 2026-08, and team "sre" has spent nothing on "audit"`},
		},
	})
}

func TestCurrencyAssumed(t *testing.T) {
	t.Parallel()
	eur := func(docs ...string) string {
		return with("exchangeRates: [{currency: EUR, rate: 2}, {currency: JPY, rate: 1}]", of(docs...))
	}
	const euros = cloud + ", currency: EUR"
	runMoneyCases(t, []moneyCase{
		{
			name: "one", text: eur(funded("active", euros), ledgerOf("p", paid("2026-03-31", "9"))),
			want: []string{`BUD009 an entry for "cloud" of ledger "p" states no currency and counts as USD, the budget of program "p" is in EUR`},
		},
		{
			name: "two, of different kinds", text: eur(funded("active", euros), ledgerOf("p", paid("2026-03-31", "9"), paid("2026-03-31", "9, kind: accrual"))),
			want: []string{`BUD009 2 entries of ledger "p" for "cloud" state no currency and count as USD, the budget of program "p" is in EUR`},
		},
		{
			name: "one of two", text: eur(funded("active", euros), ledgerOf("p", paid("2026-03-31", "9, currency: EUR"), paid("2026-04-30", "8"))),
			want: []string{`BUD009 an entry for "cloud" of ledger "p" states no currency and counts as USD, the budget of program "p" is in EUR`},
		},
		{name: "it is said of the ledger", text: eur(funded("active", euros), ledgerOf("p", paid("2026-03-31", "9"))+"  currency: EUR\n")},
		{name: "it is said of the entry, as dollars", text: eur(funded("active", euros), ledgerOf("p", paid("2026-03-31", "9, currency: USD")))},
		{name: "of one line in dollars too", text: eur(funded("active", euros, "id: more, category: cloud, amount: 1, from: 2026-03, to: 2026-03"), ledgerOf("p", paid("2026-03-31", "9")))},
		{
			name: "of two currencies", text: eur(funded("active", euros, "id: more, category: cloud, amount: 1, currency: JPY, from: 2026-03, to: 2026-03"), ledgerOf("p", paid("2026-03-31", "9, ref: a"))), only: "BUD009",
			want: []string{`BUD009 entry "a" of ledger "p" states no currency and counts as USD, the budget of program "p" is in EUR, JPY`},
		},
		{name: "of another category", text: eur(funded("active", euros), ledgerOf("p", "date: 2026-03-31, category: travel, amount: 3")), only: "BUD009"},
	})
}

func TestUnbudgeted(t *testing.T) {
	t.Parallel()
	const clouds = "category: clouds, amount: "
	runMoneyCases(t, []moneyCase{
		{
			name: "over ledgers and currencies", text: with("exchangeRates: [{currency: EUR, rate: 1}]", of(funded("active", cloud),
				ledgerNamed("a", "p", paid("2026-03-31", "900"), "date: 2026-03-31, "+clouds+"1.50", "date: 2026-03-31, "+clouds+"2, currency: EUR"),
				ledgerNamed("b", "p", "date: 2026-03-31, "+clouds+"3"))),
			want: []string{`BUD010 program "p" has no budget line for "clouds", on which it spent 2.00 EUR and 4.50 USD (3 entries)`},
		},
		{name: "reversed", text: of(funded("active", cloud), ledgerOf("p", paid("2026-03-31", "900"), "date: 2026-03-31, "+clouds+"2", "date: 2026-04-01, "+clouds+"-2"))},
		{name: "a commitment", text: of(funded("active", cloud), ledgerOf("p", paid("2026-03-31", "900"), "date: 2026-03-31, kind: commitment, "+clouds+"2"))},
		{
			name: "no line at all", only: "BUD010", text: of(funded("active"), ledgerOf("p", paid("2026-03-31", "900"), "date: 2026-03-31, "+clouds+"2")),
			want: []string{`BUD010 program "p" has no budget line, and has spent 902.00 USD (2 entries)`},
		},
		{name: "the budget is private", only: "BUD010", text: with("external: [budget]", of(funded("active"), ledgerOf("p", paid("2026-03-31", "900"))))},
		{
			name: "what people cost", only: "BUD010", text: of(funded("active", cloud)+"  staffing: [{role: sre, fte: 1, from: 2026-02, to: 2026-03}]\n",
				ledgerOf("p", "date: 2026-03-31, category: people, amount: 900")),
		},
		{
			name: "nobody works on it", only: "BUD010", text: of(funded("active", cloud), ledgerOf("p", "date: 2026-03-31, category: people, amount: 900")),
			want: []string{`BUD010 program "p" has no budget line for "people", on which it spent 900.00 USD (1 entry)`},
		},
		{name: "a team without a Budget", text: of(ledgerOf("sre", paid("2026-03-31", "900")))},
		{
			name: "a team, in the year of its Budget alone", only: "BUD010", text: of(budgetOf("", "id: tools, category: software, amount: 12, from: 2026-01, to: 2026-12"), ledgerOf("sre", paid("2025-12-31", "1"), paid("2026-01-01", "2"), paid("2026-11-01", "4"))),
			want: []string{`BUD010 team "sre" has no budget line for "cloud", on which it spent 6.00 USD (2 entries)`},
		},
		{name: "the Budgets are private", only: "BUD010", text: with("external: [Budget]", of(budgetOf("", "id: tools, category: software, amount: 12, from: 2026-01, to: 2026-12"), ledgerOf("sre", paid("2026-01-01", "2"))))},
	})
}

// Names that are nearly those of the other side are offered, with what people are called
// where the ledger alone says what they cost.
func TestCategoriesAreOffered(t *testing.T) {
	t.Parallel()
	lines := []string{cloud, "id: audit, category: audit, amount: 12000, from: 2026-02, to: 2027-01"}
	spent := ledgerOf("p", paid("2026-03-31", "900"), "date: 2026-03-31, category: audits, amount: 700")
	const add = "add a line, or correct the category of the entries"
	for _, c := range []struct{ text, detail string }{
		{of(funded("active", lines...), spent), add},
		{with("policy: {peopleActuals: ledger}", of(funded("active", lines...), spent)), add + "; what people cost is of category people"},
	} {
		found := withCode(findMoney(t, docs(c.text), options("")), "BUD008", "BUD010")
		if len(found) != 2 || found[0].Suggestion != "audits" || found[1].Suggestion != "audit" || found[1].Detail != c.detail {
			t.Errorf("%+v", found)
		}
	}
}
