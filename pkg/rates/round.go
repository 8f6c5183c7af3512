package rates

import (
	"math"
	"math/big"
	"slices"
)

// apportion rounds exact amounts, each a number of grains, to whole units of so many
// grains by largest remainder, ties to the earlier one, so that they add up to their
// exact sum rounded half away from zero. ok is false where a result does not fit.
func apportion(exact []*big.Int, grains *big.Int) (units []int64, ok bool) {
	var (
		sum   = new(big.Int)
		left  = new(big.Int)
		floor = new(big.Int)
		lost  = make([]*big.Int, len(exact))
		order = make([]int, len(exact))
	)
	units = make([]int64, len(exact))
	for i, x := range exact {
		lost[i] = new(big.Int)
		floor.DivMod(x, grains, lost[i])
		if !floor.IsInt64() || floor.Int64() == math.MaxInt64 {
			return nil, false
		}
		units[i], order[i] = floor.Int64(), i
		sum.Add(sum, x)
		left.Sub(left, floor)
	}
	total := round(sum, grains)
	left.Add(left, total)
	slices.SortStableFunc(order, func(i, j int) int { return lost[j].Cmp(lost[i]) })
	for _, i := range order[:left.Int64()] {
		units[i]++
	}
	return units, total.IsInt64()
}

// round returns n ÷ d rounded half away from zero; d is above 0.
func round(n, d *big.Int) *big.Int {
	twice := new(big.Int).Lsh(n, 1)
	if n.Sign() < 0 {
		twice.Sub(twice, d)
	} else {
		twice.Add(twice, d)
	}
	return twice.Quo(twice, new(big.Int).Lsh(d, 1)) // Quo truncates
}
