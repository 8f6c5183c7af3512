package forecast

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func estimate(o, m, p cal.WorkDuration) *portfolio.Estimate {
	return &portfolio.Estimate{Optimistic: o, Likely: m, Pessimistic: p}
}

// The cumulative distributions from 0 to 1 that have a closed form: those of triangles,
// and of the beta distributions that PERT has with modes at quarters.
var closed = []struct {
	d Distribution
	e *portfolio.Estimate
	f func(x float64) float64
}{
	{PERT, estimate(3, 3, 7), func(x float64) float64 { return 1 - math.Pow(1-x, 5) }},
	{PERT, estimate(3, 4, 7), func(x float64) float64 { return 1 - math.Pow(1-x, 5) - 5*x*math.Pow(1-x, 4) }},
	{PERT, estimate(3, 5, 7), func(x float64) float64 { return x * x * x * (10 - 15*x + 6*x*x) }},
	{PERT, estimate(3, 6, 7), func(x float64) float64 { return math.Pow(x, 5) + 5*(1-x)*math.Pow(x, 4) }},
	{PERT, estimate(3, 7, 7), func(x float64) float64 { return math.Pow(x, 5) }},
	{Triangular, estimate(3, 3, 7), func(x float64) float64 { return 1 - (1-x)*(1-x) }},
	{Triangular, estimate(3, 7, 7), func(x float64) float64 { return x * x }},
	{Triangular, estimate(3, 4, 7), func(x float64) float64 {
		if x < 0.25 {
			return 4 * x * x
		}
		return 1 - (1-x)*(1-x)/0.75
	}},
}

// What is drawn is no farther from its distribution than chance allows (Kolmogorov and
// Smirnov, at one in a thousand).
func TestDistributions(t *testing.T) {
	const n = 20_000
	for _, c := range closed {
		s, r := newSpread(c.e, c.d, 1), generator(1)
		sample := make([]float64, n)
		for i := range sample {
			sample[i] = (s.draw(r) - 3) / 4
		}
		slices.Sort(sample)
		worst := 0.0
		for i, x := range sample {
			worst = max(worst, math.Abs(c.f(x)-float64(i)/n), math.Abs(c.f(x)-float64(i+1)/n))
		}
		if limit := 1.95 / math.Sqrt(n); !(worst <= limit) {
			t.Errorf("%s %v: %.4f off, more than %.4f", c.d, *c.e, worst, limit)
		}
	}
}

// Mean and variance, for modes that have no closed form either: (O+4M+P)/6 and
// ab(P−O)²/252 where a and b add up to 6; (O+M+P)/3 and its own.
func TestMoments(t *testing.T) {
	const n = 40_000
	for _, points := range [][3]float64{{1, 2, 9}, {2, 4, 9}, {6, 7, 14}, {0, 90, 100}, {5, 5, 6}, {0, 0, 1}, {4, 9, 9}} {
		o, m, p := points[0], points[1], points[2]
		a, b := 1+4*(m-o)/(p-o), 1+4*(p-m)/(p-o)
		for d, want := range map[Distribution][2]float64{
			PERT:       {(o + 4*m + p) / 6, a * b * (p - o) * (p - o) / 252},
			Triangular: {(o + m + p) / 3, (o*o + m*m + p*p - o*m - o*p - m*p) / 18},
		} {
			s, r := newSpread(estimate(cal.WorkDuration(o), cal.WorkDuration(m), cal.WorkDuration(p)), d, 1), generator(2)
			var sum, squares float64
			for range n {
				x := s.draw(r)
				if x < o || x > p {
					t.Fatalf("%s %v: drew %v", d, points, x)
				}
				sum, squares = sum+x-want[0], squares+(x-want[0])*(x-want[0])
			}
			if off := math.Abs(sum / n); off > 4*math.Sqrt(want[1]/n) {
				t.Errorf("%s %v: mean is %.4f off", d, points, off)
			}
			if got := squares / n; math.Abs(got/want[1]-1) > 0.05 {
				t.Errorf("%s %v: variance is %.4f, want %.4f", d, points, got, want[1])
			}
		}
	}
}

// The first number of a trial does not hang on those of trials near it, nor those of
// milestones on each other's: trials differ in a bit or two of what they are seeded with.
func TestTrialsAreIndependent(t *testing.T) {
	const n = 100_000
	first := func(key uint64, trial int) float64 {
		var whole, one rand.PCG
		high, low := seeds(&whole, 1, trial)
		one.Seed(high^key, low)
		return rand.New(&one).Float64()
	}
	a, b := keyOf("p/a"), keyOf("p/b")
	for name, pair := range map[string]func(i int) (x, y float64){
		"the next trial":        func(i int) (float64, float64) { return first(a, i), first(a, i+1) },
		"sixteen trials after":  func(i int) (float64, float64) { return first(a, i), first(a, i+16) },
		"another milestone":     func(i int) (float64, float64) { return first(a, i), first(b, i) },
		"it in the next trial":  func(i int) (float64, float64) { return first(a, i), first(b, i+1) },
		"a key one bit from it": func(i int) (float64, float64) { return first(a, i), first(a^1, i) },
	} {
		var xy float64
		var cells [10][10]int
		for i := range n {
			x, y := pair(i)
			xy += (x - 0.5) * (y - 0.5) * 12
			cells[int(x*10)][int(y*10)]++
		}
		if r := xy / n; math.Abs(r) > 4/math.Sqrt(n) {
			t.Errorf("%s: correlation is %.4f", name, r)
		}
		chi := 0.0
		for _, row := range cells {
			for _, count := range row {
				off := float64(count) - n/100
				chi += off * off / (n / 100)
			}
		}
		if chi > 162 { // at 99 degrees of freedom, one in ten thousand is above it
			t.Errorf("%s: chi-squared is %.1f", name, chi)
		}
	}
}

func ExampleDistributions() {
	fmt.Println(Distributions())
	// Output: [pert triangular]
}
