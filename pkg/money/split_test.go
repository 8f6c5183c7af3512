package money

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		name    string
		total   int64
		weights []int64
		want    []int64
	}{
		{"even, ties to the earlier", 100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{"two left over", 101, []int64{1, 1, 1}, []int64{34, 34, 33}},
		{"negative mirrors", -101, []int64{1, 1, 1}, []int64{-34, -34, -33}},
		{"the largest remainder first", 10, []int64{1, 2, 3}, []int64{2, 3, 5}},
		{"front", 100, []int64{3, 2, 1}, []int64{50, 33, 17}},
		{"fewer units than parts", 2, []int64{1, 1, 1, 1}, []int64{1, 1, 0, 0}},
		{"a weight of 0 gets nothing", 7, []int64{0, 1, 0, 1}, []int64{0, 4, 0, 3}},
		{"a negative weight counts as 0", 7, []int64{-5, 1, 1}, []int64{0, 4, 3}},
		{"all 0 count alike", 7, []int64{0, 0, 0}, []int64{3, 2, 2}},
		{"one", -7, []int64{9}, []int64{-7}},
		{"nothing", 0, []int64{1, 2}, []int64{0, 0}},
		{"no parts", 7, nil, nil},
		{"the largest", math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64}, []int64{1 << 62, 1<<62 - 1}},
		{"the least", math.MinInt64, []int64{math.MaxInt64}, []int64{math.MinInt64}},
		{"weights beyond 64 bits", 100, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []int64{34, 33, 33}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, Split(tt.total, tt.weights)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	got := Amount{100, "USD"}.Split([]int64{1, 2})
	if diff := cmp.Diff([]Amount{{33, "USD"}, {67, "USD"}}, got); diff != "" {
		t.Errorf("amounts (-want +got):\n%s", diff)
	}
}

func TestSplitProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64().Draw(t, "total")
		most := rapid.SampledFrom([]int64{1, 100, math.MaxInt64}).Draw(t, "most")
		weights := rapid.SliceOfN(rapid.Int64Range(0, most), 1, 40).Draw(t, "weights")
		parts := Split(total, weights)

		var sum int64 // wraps around, and so does the check
		sumOfWeights := new(big.Int)
		for i, w := range weights {
			sum += parts[i]
			sumOfWeights.Add(sumOfWeights, big.NewInt(w))
		}
		if sum != total {
			t.Fatalf("the parts %v sum to %d, not %d", parts, sum, total)
		}
		if sumOfWeights.Sign() == 0 {
			return
		}
		for i, w := range weights {
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(total), big.NewInt(w)), sumOfWeights)
			off := exact.Sub(new(big.Rat).SetInt64(parts[i]), exact)
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d of %v is %s away from its share", i, parts, off)
			}
		}
		if total != math.MinInt64 {
			for i, p := range Split(-total, weights) {
				if p != -parts[i] {
					t.Fatalf("%d splits into %v, %d does not mirror it", total, parts, -total)
				}
			}
		}
		if diff := cmp.Diff(splitBig(total, weights), parts); diff != "" {
			t.Fatalf("the two ways differ (-big +small):\n%s", diff)
		}
		if doubled := slices.Clone(weights); most < 1<<32 {
			for i := range doubled {
				doubled[i] *= 2
			}
			if diff := cmp.Diff(parts, Split(total, doubled)); diff != "" {
				t.Fatalf("doubled weights differ (-want +got):\n%s", diff)
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	weights := []int64{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}
	b.ReportAllocs()
	for b.Loop() {
		Split(125000010, weights)
	}
}
