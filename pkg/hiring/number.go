package hiring

import (
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// Hours is an exact number of hours of interviewers, or an unknown one: the zero value.
type Hours struct{ exact *big.Rat } // not changed once it is set

// hours returns what so many candidates take at so many minutes each.
func hours(candidates, minutes int) Hours {
	h := big.NewRat(int64(minutes), 60)
	return Hours{h.Mul(h, big.NewRat(int64(candidates), 1))}
}

// plus returns the sum, unknown where a part is.
func (h Hours) plus(o Hours) Hours {
	if h.exact == nil || o.exact == nil {
		return Hours{}
	}
	return Hours{new(big.Rat).Add(h.exact, o.exact)}
}

// per returns the hours for each of n, unknown where there is none.
func (h Hours) per(n int) Hours {
	if h.exact == nil || n == 0 {
		return Hours{}
	}
	return Hours{new(big.Rat).Quo(h.exact, big.NewRat(int64(n), 1))}
}

// Known reports whether there is a value.
func (h Hours) Known() bool { return h.exact != nil }

// String returns the value rounded to 3 digits after the point, half away from zero,
// without trailing zeros; "" where it is unknown.
func (h Hours) String() string {
	if h.exact == nil {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(h.exact.FloatString(3), "0"), ".")
}

// MarshalJSON returns what String returns as a JSON number, null where it is unknown.
func (h Hours) MarshalJSON() ([]byte, error) {
	if h.exact == nil {
		return []byte("null"), nil
	}
	return []byte(h.String()), nil
}

// median returns the middle one of days, of two in the middle their mean, rounded half
// away from zero; ok is false where there is none.
func median(days []cal.Days) (cal.Days, bool) {
	return middle(slices.Sorted(slices.Values(days)))
}

// middle is the median of sorted days.
func middle(sorted []cal.Days) (days cal.Days, ok bool) {
	n := len(sorted)
	if n == 0 {
		return 0, false
	}
	twice := sorted[(n-1)/2] + sorted[n/2]
	if twice < 0 {
		return -((-twice + 1) / 2), true
	}
	return (twice + 1) / 2, true
}

// ceil returns the least whole number that is not below r, which is not negative.
func ceil(r *big.Rat) *big.Int {
	up, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		up.Add(up, big.NewInt(1))
	}
	return up
}
