package lint_test

import (
	"context"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
)

func TestMissingExchangeRate(t *testing.T) {
	t.Parallel()
	from := func(month string, docs ...string) string {
		return with("exchangeRates: [{currency: EUR, from: 2027-01, rate: 3}, {currency: EUR, from: "+month+", rate: 2}]", of(docs...))
	}
	const euros = cloud + ", currency: EUR"
	line := func(month, also string) string {
		return `BUD007 line "standby" of program "p" has no exchange rate for EUR in ` + month + also
	}
	runMoneyCases(t, []moneyCase{
		{name: "from the first month on", text: from("2026-02", funded("active", euros))},
		{name: "from the second day on", text: from("2026-02-02", funded("active", euros)), want: []string{line("2026-02", "")}},
		{name: "from the third month on", text: from("2026-04", funded("active", euros)), want: []string{line("2026-02", ", the first of 2 such months")}},
		{name: "nothing falls on those months", text: from("2026-04", funded("active", euros+", spread: {2026-02: 0, 2026-04: 12000}"))},
		{name: "cancelled", text: from("2026-04", funded("cancelled", euros))},
		{name: "rates are private", text: with("external: [exchangeRates]", of(funded("active", euros)))},
		{
			name: "of a Budget", text: from("2026-02", budgetOf("  currency: EUR\n", "id: x, category: cloud, amount: 3, from: 2026-01, to: 2026-03")),
			want: []string{`BUD007 line "x" of budget "sre-fy26" has no exchange rate for EUR in 2026-01`},
		},
		{
			name: "entries, by day and of any kind", only: "BUD007", text: from("2026-02-15", funded("active", cloud),
				ledgerOf("p", paid("2026-02-15", "1, currency: EUR"), paid("2026-02-14", "2, currency: EUR, kind: commitment"), paid("2026-02-03", "3, currency: EUR"), paid("2026-02-02", "4"))),
			want: []string{`BUD007 an entry for "cloud" of ledger "p" has no exchange rate for EUR on 2026-02-14, the first of 2 such entries`},
		},
		{
			name: "no rate at all is said elsewhere", text: of(funded("active", euros)),
			want: []string{"REF001 there is no exchange rate for EUR"},
		},
		{
			name: "two from one day", text: with("exchangeRates: [{currency: EUR, from: 2026-02, rate: 2}, {currency: EUR, from: 2026-02-01, rate: 3}, {currency: EUR, from: 2026-03, rate: 2}, {currency: EUR, from: 2026-03, rate: \"2.0\"}]", of()),
			want: []string{"BUD007 two exchange rates for EUR hold from 2026-02-01: 2 and 3"},
		},
		{
			name: "two without a date", text: with("exchangeRates: [{currency: EUR, rate: 2}, {currency: EUR, rate: 3}]", of()),
			want: []string{"BUD007 two exchange rates for EUR have no date: 2 and 3"},
		},
	})
}

func TestStaffingUnpriced(t *testing.T) {
	t.Parallel()
	card := func(rates string, lines ...string) string {
		return with("rateCard: ["+rates+"], exchangeRates: [{currency: EUR, from: 2026-06, rate: 2}]",
			of(roster(kim), staffed("a", "active", lines...), staffed("b", "active")))
	}
	const (
		l4   = "{level: L4, annualCost: 1}"
		line = "role: sre, level: L4, fte: 1, from: 2026-02, to: 2026-12"
		hers = "person: kim, fte: 1, from: 2026-02, to: 2026-12"
	)
	runMoneyCases(t, []moneyCase{
		{name: "priced", text: card(l4, line, hers)},
		{name: "no rate", text: card("{level: L5, annualCost: 1}", line), want: []string{`BUD017 there is no rate for role "sre", level "L4" in 2026-02: the staffing of program "a" has no cost`}},
		{name: "a rate from later on", text: card("{level: L4, from: 2026-03, annualCost: 1}", line), want: []string{`BUD017 there is no rate for role "sre", level "L4" in 2026-02: the staffing of program "a" has no cost`}},
		{
			name: "a rate whose currency has none", text: card("{level: L4, annualCost: 1, currency: EUR}", line, line, hers),
			want: []string{`BUD017 there is no exchange rate for EUR in 2026-02: the staffing of program "a" has no cost`},
		},
		{name: "a person, from today on, is said elsewhere", text: card("{level: L5, annualCost: 1}", "person: kim, fte: 1, from: 2026-12, to: 2026-12")},
		{name: "a person, before today", text: card("{level: L5, annualCost: 1}", hers), want: []string{`BUD017 there is no rate for role "sre", level "L4" in 2026-02: the staffing of program "a" has no cost`}},
		{name: "a person, next year", text: card("{level: L4, annualCost: 1}, {role: sre, from: 2027-01, annualCost: 2}", "person: kim, fte: 1, from: 2027-01, to: 2027-01"), want: []string{
			`BUD017 two rates for role "sre", level "L4" are equally specific in 2027-01: the staffing of program "a" has no cost`,
		}},
		{name: "no rate card", text: card("", line)},
		{name: "a private one", text: with("external: [rateCard]", of(staffed("a", "active", line)))},
	})
}

// Rates that live elsewhere are judged once they are joined.
func TestExchangeRatesOfAnOverlay(t *testing.T) {
	t.Parallel()
	name := func(p string) string { return p }
	base := load.Tree{FS: docs(with("external: [exchangeRates]", of(funded("active", cloud+", currency: EUR")))), Roots: []string{"."}, Name: name}
	private := docs("kind: Portfolio\nmetadata: {name: private}\nspec: {exchangeRates: [{currency: EUR, from: 2026-03, rate: 2}]}\n")
	overlay := load.Tree{FS: private, Roots: []string{"."}, Name: func(string) string { return "private.yaml" }, Overlay: true}
	for _, c := range []struct {
		trees []load.Tree
		want  []string
	}{
		{[]load.Tree{base}, []string{}},
		{[]load.Tree{base, overlay}, []string{`BUD007 line "standby" of program "p" has no exchange rate for EUR in 2026-02`}},
	} {
		res, err := load.Load(context.Background(), c.trees)
		if err != nil || len(res.Diagnostics) > 0 {
			t.Fatal(messages(res.Diagnostics), err)
		}
		list := withCode(lint.Run(res.Snapshot, options("")), "BUD")
		if diff := gocmp.Diff(c.want, messages(list)); diff != "" {
			t.Errorf("of %d (-want +got):\n%s", len(c.trees), diff)
		}
	}
}
