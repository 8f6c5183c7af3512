package budget

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

func TestYears(t *testing.T) {
	// FY26 ends with January; nothing is known of FY28, which begins in February 2027.
	s := snapshot(
		config("fiscalYear: {startMonth: 2}\nrateCard: [{level: L4, annualCost: 120000}]\nexchangeRates: [{currency: EUR, from: 2026-02, rate: 2}]"),
		program("a", "staffing: [{level: L4, role: dev, fte: 1, from: 2026-01, to: 2026-03}, {level: L5, role: dev, fte: 1, from: 2027-01-04, to: 2027-03}]"),
		program("b", "budget: {lines: [{id: l, category: c, type: opex, amount: 30, currency: EUR, from: 2026-01, to: 2026-03}]}"),
		strings.Replace(program("c", "staffing: [{level: L4, role: dev, fte: 9, from: 2026-01, to: 2026-03}]"), "active", "cancelled", 1),
	)
	plans := Plans(s, staffing.Programs(s))
	got := map[string][]string{}
	record := func(name string, years []Year) {
		for _, y := range years {
			got[name] = append(got[name], fmt.Sprint(y.Year, " ", y.show(), "; ", y.Total().Amount, " ", y.Total().Unknown))
		}
	}
	for _, p := range plans {
		record(p.Program.Meta.Name, Years(s.Fiscal, p))
	}
	record("total", Years(s.Fiscal, plans...))
	const noL5 = `there is no rate for role "dev", level "L5" in 2027-0`
	want := map[string][]string{
		"a": {
			"FY26 10000.00 0.00; 10000.00 []", "FY27 20000.00 0.00; people: " + noL5 + "1; 20000.00 [" + noL5 + "1]",
			"FY28 0.00 0.00; people: " + noL5 + "2; 0.00 [" + noL5 + "2]",
		},
		"b": {
			"FY26 0.00 0.00; lines: there is no exchange rate for EUR in 2026-01; 0.00 [there is no exchange rate for EUR in 2026-01]",
			"FY27 0.00 40.00; 40.00 []",
		},
		"total": {
			"FY26 10000.00 0.00; lines: there is no exchange rate for EUR in 2026-01; 10000.00 [there is no exchange rate for EUR in 2026-01]",
			"FY27 20000.00 40.00; people: " + noL5 + "1; 20040.00 [" + noL5 + "1]",
			"FY28 0.00 0.00; people: " + noL5 + "2; 0.00 [" + noL5 + "2]",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASumThatDoesNotFitIsUnknown(t *testing.T) {
	lines := make([]string, 100)
	for i := range lines {
		lines[i] = fmt.Sprintf("{id: l%d, category: c, type: opex, amount: 999999999999999, from: 2026-01, to: 2026-01}", i)
	}
	s := snapshot(program("p", "budget: {lines: ["+strings.Join(lines, ", ")+"]}"))
	lost := Plans(s, s.Programs)[0].Months[0].Total()
	if len(lost.Unknown) == 0 {
		t.Errorf("the sum is %s", lost.Amount)
	}
}

func TestOrderOfFilesIsIrrelevant(t *testing.T) {
	docs := append([]string{
		program("p", "staffing: [{person: eva, fte: 0.3, from: 2026-01-11, to: 2026-04}, {person: ada, fte: 0.7, from: 2026-01, to: 2026-03-19}]"),
		program("q", "budget: {lines: [{id: l, category: c, type: opex, amount: 100, currency: EUR, from: 2026-01, to: 2026-07}]}\nstaffing: [{role: sre, fte: 2, from: 2026-01, to: 2026-02}]"),
		private + "kind: Portfolio\nmetadata: {name: x}\nspec: {rateCard: [{role: dev, level: L4, annualCost: 7}], exchangeRates: [{currency: EUR, from: 2026-05, rate: 3}]}\n",
	}, house...)
	all := func(s *portfolio.Snapshot) (list []string) {
		for _, p := range Plans(s, s.Programs) {
			list = append(list, p.Program.Meta.Name)
			list = append(list, show(p.Months)...)
		}
		return list
	}
	want := all(snapshot(docs...))
	if len(want) != 13 {
		t.Fatalf("the plans are %q", want)
	}
	rapid.Check(t, func(t *rapid.T) {
		if diff := cmp.Diff(want, all(snapshot(rapid.Permutation(docs).Draw(t, "order")...))); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
