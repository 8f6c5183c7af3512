package rates

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Exact amounts are rounded to a sum that is the rounded exact one, each by less
// than one unit, and those that lose most are rounded up.
func TestApportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grains := rapid.Int64Range(1, 30).Draw(t, "grains")
		amounts := rapid.SliceOfN(rapid.Int64Range(-1000, 100_000), 0, 12).Draw(t, "amounts")
		var exact []*big.Int
		sum := int64(0)
		for _, n := range amounts {
			exact = append(exact, big.NewInt(n))
			sum += n
		}
		units, ok := apportion(exact, big.NewInt(grains))
		if !ok || len(units) != len(exact) {
			t.Fatalf("%v, %t", units, ok)
		}
		total, most, least := int64(0), -grains, grains // what was added to an amount, in grains
		for i, n := range amounts {
			total += units[i]
			most, least = max(most, units[i]*grains-n), min(least, units[i]*grains-n)
		}
		if len(units) > 0 && (most >= grains || least <= -grains || most-least > grains) {
			t.Fatalf("%v for %v of %d grains", units, amounts, grains)
		}
		// big.Rat rounds a decimal half away from zero.
		if want := strings.TrimPrefix(big.NewRat(sum, grains).FloatString(0), "-"); strings.TrimPrefix(fmt.Sprint(total), "-") != want || total*sum < 0 {
			t.Fatalf("%d for %d of %d grains", total, sum, grains)
		}
	})
	most := new(big.Int).Mul(big.NewInt(math.MaxInt64), big.NewInt(4))
	most.Add(most, big.NewInt(3)) // rounded up it does not fit, though with another it does
	for _, tooMuch := range []*big.Int{most, new(big.Int).Mul(most, most), new(big.Int).Mul(most, big.NewInt(-1000))} {
		if units, ok := apportion([]*big.Int{big.NewInt(-4), tooMuch}, big.NewInt(4)); ok {
			t.Errorf("%s is %v", tooMuch, units)
		}
	}
}
