package money

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// Split divides total in proportion to the weights into integers that add up to it
// exactly, by largest remainder (Hamilton's method): each part is its exact share
// rounded down, and the units left over go one each to the parts that lost most,
// the earlier one where they lost alike. So every part is within one unit of its
// share, and a weight of 0 gets nothing. A negative total mirrors the positive one.
//
// A negative weight counts as 0. Where every weight is 0 all count alike. Without
// weights there are no parts. The arithmetic is exact for all totals and weights.
func Split(total int64, weights []int64) []int64 {
	if len(weights) == 0 {
		return nil
	}
	weight := func(i int) uint64 { return uint64(max(weights[i], 0)) }
	var sum, carry uint64
	for i := range weights {
		var c uint64
		sum, c = bits.Add64(sum, weight(i), 0)
		carry += c
	}
	if carry > 0 {
		return splitBig(total, weights)
	}
	if sum == 0 {
		weight, sum = func(int) uint64 { return 1 }, uint64(len(weights))
	}

	whole := magnitude(total)
	parts := make([]int64, len(weights))
	lost := make([]uint64, len(weights)) // remainders, in units of 1/sum
	left := whole
	for i := range weights {
		hi, lo := bits.Mul64(whole, weight(i))
		part, r := bits.Div64(hi, lo, sum)
		parts[i], lost[i] = int64(part), r
		left -= part
	}
	hand(parts, int(left), func(i, j int) int { return cmp.Compare(lost[j], lost[i]) })
	mirror(parts, total)
	return parts
}

// hand gives one unit each to the left parts that come first by the order, which
// ties on place.
func hand(parts []int64, left int, order func(i, j int) int) {
	if left == 0 {
		return
	}
	rank := make([]int, len(parts))
	for i := range rank {
		rank[i] = i
	}
	slices.SortStableFunc(rank, order)
	for _, i := range rank[:left] {
		parts[i]++
	}
}

func mirror(parts []int64, total int64) {
	if total < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
}

// splitBig is Split for weights that add up to more than 64 bits.
func splitBig(total int64, weights []int64) []int64 {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, big.NewInt(max(w, 0)))
	}
	whole := new(big.Int).SetUint64(magnitude(total))
	parts := make([]int64, len(weights))
	lost := make([]*big.Int, len(weights))
	left := magnitude(total)
	for i, w := range weights {
		part := new(big.Int).Mul(whole, big.NewInt(max(w, 0)))
		part, lost[i] = part.QuoRem(part, sum, new(big.Int))
		parts[i] = int64(part.Uint64())
		left -= part.Uint64()
	}
	hand(parts, int(left), func(i, j int) int { return lost[j].Cmp(lost[i]) })
	mirror(parts, total)
	return parts
}
