package budget

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// A budget line's months add up to its amount, whatever the spread, and keep to its
// curve.
func TestMonthsAddUpToTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-1_000_000, 1_000_000_000_000).Draw(t, "amount")
		from := cal.MustMonth("2026-01").Add(rapid.IntRange(0, 24).Draw(t, "from"))
		curve := rapid.SampledFrom([]string{"even", "front", "back"}).Draw(t, "curve")
		n := rapid.IntRange(1, 60).Draw(t, "months")
		text := fmt.Sprintf("budget: {lines: [{id: l, category: c, type: opex, amount: %s, from: %s, to: %s, spread: %s}]}", cents(amount), from, from.Add(n-1), curve)
		s := snapshot(program("p", text))
		months := Plans(s, s.Programs)[0].Months
		if len(months) != n {
			t.Fatalf("%d months, want %d", len(months), n)
		}
		sum, weights := int64(0), int64(n*(n+1)/2)
		for i, m := range months {
			minor, weight := m.Lines.Amount.Minor, int64(i+1)
			switch curve {
			case "even":
				weight, weights = 1, int64(n)
			case "front":
				weight = int64(n - i)
			}
			share := big.NewRat(amount, weights)
			share.Mul(share, big.NewRat(weight, 1))
			if off := share.Sub(share, big.NewRat(minor, 1)); off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%s is %d, which is off by %s", m.Month, minor, off)
			}
			sum += minor
		}
		if sum != amount {
			t.Fatalf("the months add up to %d, the line is %d", sum, amount)
		}
	})
}

func cents(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// The cost of a staffing line is that of its days, added up one by one: fte × annual
// cost ÷ 12 ÷ working days of the month, in cents. The line is rounded once, and no
// month is off by a cent.
func TestPeopleCostIsThatOfTheirDays(t *testing.T) {
	raise, promotion, euro := cal.MustDate("2026-05-13"), cal.MustDate("2026-07-22"), cal.MustMonth("2026-09")
	config := config(fmt.Sprintf(`
calendar: {holidays: [2026-01-01, 2026-05-25, 2026-12-25]}
exchangeRates: [{currency: EUR, rate: '1.0835'}, {currency: EUR, from: %s, rate: '1.17'}]
rateCard: [{level: L3, annualCost: 100001.01}, {level: L3, from: %s, annualCost: 111111.11}, {level: L4, annualCost: 123456.78, currency: EUR}]
`, euro, raise))
	roster := fmt.Sprintf("kind: Roster\nmetadata: {name: r}\nspec: {people: [{id: ada, role: dev, level: L4, start: 2025-01-01, history: [{until: %s, level: L3}]}]}\n", promotion-1)
	daily := func(day cal.Date) *big.Rat {
		switch {
		case day >= promotion && day.Month() >= euro:
			return exactly("123456.78", "1.17")
		case day >= promotion:
			return exactly("123456.78", "1.0835")
		case day >= raise:
			return exactly("111111.11", "1")
		}
		return exactly("100001.01", "1")
	}
	rapid.Check(t, func(t *rapid.T) {
		fte := rapid.Int64Range(0, 3000).Draw(t, "fte")
		from := cal.MustDate("2026-01-01") + cal.Date(rapid.IntRange(0, 300).Draw(t, "from"))
		to := from + cal.Date(rapid.IntRange(0, 300).Draw(t, "days"))
		s := snapshot(config, roster, program("p", fmt.Sprintf("staffing: [{person: ada, fte: %s, from: %s, to: %s}]", portfolio.MilliFTE(fte), from, to)))
		months := Plans(s, s.Programs)[0].Months
		if want := cal.Through(from, to).Months(); len(months) != len(want) {
			t.Fatalf("%d months, want %d", len(months), len(want))
		}
		sum, exact, half := int64(0), new(big.Rat), big.NewRat(1, 2)
		for _, m := range months {
			cost := new(big.Rat)
			for day := m.Month.First(); day <= m.Month.Last(); day++ {
				if s.Calendar.IsWorkday(day) && from <= day && day <= to {
					cost.Add(cost, daily(day))
				}
			}
			// × 100 cents ÷ 12 months ÷ 1000 thousandths of an FTE
			cost.Mul(cost, big.NewRat(100*fte, 12*1000*int64(s.Calendar.WorkdaysIn(m.Month.Period()))))
			minor := m.People.Amount.Minor
			sum += minor
			exact.Add(exact, cost)
			if off := cost.Sub(cost, big.NewRat(minor, 1)); off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 || len(m.People.Unknown) > 0 {
				t.Fatalf("%s is %d, which is off by %s %v", m.Month, minor, off, m.People.Unknown)
			}
		}
		// Rounded half away from zero: −½ < total − exact ≤ ½.
		off := exact.Sub(big.NewRat(sum, 1), exact)
		if off.Cmp(half) > 0 || off.Cmp(half.Neg(half)) <= 0 {
			t.Fatalf("the months add up to %d, which is off by %s", sum, off)
		}
	})
}

func exactly(amount, rate string) *big.Rat {
	a, _ := new(big.Rat).SetString(amount)
	r, _ := new(big.Rat).SetString(rate)
	return a.Mul(a, r)
}

// The plan of a large portfolio: 2,000 programs of eight people each over fifteen
// months.
func BenchmarkPlans(b *testing.B) {
	docs := append([]string{}, house...)
	for i := range 2000 {
		var lines strings.Builder
		for n := range 8 {
			fmt.Fprintf(&lines, "\n  - {person: %s, fte: 0.%d, from: 2026-01-%02d, to: 2027-03}", []string{"ada", "eva"}[n%2], n+1, 1+n)
		}
		docs = append(docs, program(fmt.Sprint("p", i), "staffing:"+lines.String()))
	}
	s := snapshot(docs...)
	for b.Loop() {
		Plans(s, s.Programs)
	}
}
