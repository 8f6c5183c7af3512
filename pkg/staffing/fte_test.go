package staffing

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// Sums, differences and texts are those of exact fractions, however large.
func TestFTEMonthsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sum FTEMonths
		want := new(big.Rat)
		for range rapid.IntRange(1, 40).Draw(t, "n") {
			most := rapid.SampledFrom([]int64{10, 50_000, 1 << 31, 1 << 52}).Draw(t, "most")
			days, workdays := rapid.Int64Range(-most, most).Draw(t, "days"), rapid.Int64Range(1, 23).Draw(t, "workdays")
			x, exact := NewFTEMonths(days, workdays), big.NewRat(days, 1000*workdays)
			if rapid.Bool().Draw(t, "less") {
				sum = sum.Sub(x)
				want.Sub(want, exact)
			} else {
				sum = sum.Add(x)
				want.Add(want, exact)
			}
			if sum.Rat().Cmp(want) != 0 || sum.Sign() != want.Sign() || sum.String() != Decimal(want) {
				t.Fatalf("%s, as text %s, want %s, %s", sum.Rat(), sum, want, Decimal(want))
			}
		}
	})
}
