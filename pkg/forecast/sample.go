package forecast

import (
	"math"
	"math/rand/v2"

	"github.com/progctl/progctl/pkg/portfolio"
)

// Distribution is how the three points of an estimate are spread out.
type Distribution string

// The distributions. That of PERT is a beta distribution from optimistic to
// pessimistic whose mean is (O+4M+P)/6; the mean of a triangular one is (O+M+P)/3.
const (
	PERT       Distribution = "pert"
	Triangular Distribution = "triangular"
)

// Distributions are those that are known, the default first.
func Distributions() []Distribution { return []Distribution{PERT, Triangular} }

// spread is what the duration of one milestone is drawn from, in any unit.
type spread struct {
	low, width float64
	mode       float64 // as a part of the width
	up, down   gamma   // of PERT
	triangular bool
}

// drawable reports whether the points of an estimate are in order: else nothing can
// be drawn from it.
func drawable(e *portfolio.Estimate) bool {
	return e != nil && e.Optimistic <= e.Likely && e.Likely <= e.Pessimistic
}

// newSpread is that of a drawable estimate, a day of which has so many units.
func newSpread(e *portfolio.Estimate, d Distribution, unit float64) spread {
	low, width := float64(e.Optimistic), float64(e.Pessimistic-e.Optimistic)
	s := spread{low: low * unit, width: width * unit, triangular: d == Triangular}
	if width > 0 {
		s.mode = float64(e.Likely-e.Optimistic) / width
	}
	s.up, s.down = newGamma(1+4*s.mode), newGamma(1+4*(1-s.mode))
	return s
}

// draw returns a duration, in the unit of the spread. A product is converted before
// something is added to it, so that no processor rounds both at once, and all agree.
func (s *spread) draw(r *rand.Rand) float64 {
	if s.triangular {
		return s.low + float64(s.width*triangle(s.mode, r.Float64()))
	}
	up, down := s.up.draw(r), s.down.draw(r)
	return s.low + float64(s.width*(up/(up+down)))
}

// triangle is the quantile function of the triangular distribution from 0 to 1.
func triangle(mode, u float64) float64 {
	if u < mode {
		return math.Sqrt(u * mode)
	}
	return 1 - math.Sqrt((1-u)*(1-mode))
}

// gamma is a gamma distribution of scale 1, of a shape that is not below 1. Of two of
// shapes a and b, x/(x+y) has the beta distribution of a and b. Source: G. Marsaglia
// and W. W. Tsang, A simple method for generating gamma variables, ACM Transactions on
// Mathematical Software 26 (2000).
type gamma struct{ d, c float64 }

func newGamma(shape float64) gamma {
	d := shape - 1.0/3
	return gamma{d, 1 / math.Sqrt(9*d)}
}

func (g gamma) draw(r *rand.Rand) float64 {
	for {
		x := r.NormFloat64()
		v := 1 + float64(g.c*x)
		if v <= 0 {
			continue
		}
		v = v * v * v
		u, xx := r.Float64(), x*x
		if u < 1-float64(0.0331*xx*xx) || math.Log(u) < float64(0.5*xx)+float64(g.d*(1-v+math.Log(v))) {
			return g.d * v
		}
	}
}
