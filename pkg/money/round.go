package money

import (
	"math"
	"math/big"
)

// Round returns n ÷ d minor units rounded to a whole one, half away from zero; d is
// above 0. ok is false where that is more than an amount can hold.
func Round(n, d *big.Int) (minor int64, ok bool) {
	twice := new(big.Int).Lsh(n, 1)
	if n.Sign() < 0 {
		twice.Sub(twice, d)
	} else {
		twice.Add(twice, d)
	}
	twice.Quo(twice, new(big.Int).Lsh(d, 1)) // Quo truncates
	if !twice.IsInt64() || twice.Int64() == math.MinInt64 {
		return 0, false
	}
	return twice.Int64(), true
}
