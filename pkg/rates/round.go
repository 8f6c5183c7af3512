package rates

import (
	"math"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/money"
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
	total, ok := money.Round(sum, grains)
	if !ok {
		return nil, false
	}
	left.Add(left, big.NewInt(total))
	slices.SortStableFunc(order, func(i, j int) int { return lost[j].Cmp(lost[i]) })
	for _, i := range order[:left.Int64()] {
		units[i]++
	}
	return units, true
}
