// Package ratio knows exact numbers that have no unit, or one that goes without saying:
// parts of a whole, indices, means, months. It must not know what they are of. Nothing
// in it is a float.
package ratio

import (
	"math/big"
	"strings"
)

// Ratio is an exact number, or an unknown one: the zero value. What is computed of an
// unknown one is unknown.
type Ratio struct{ exact *big.Rat } // not changed once it is set

// New returns n ÷ d, unknown where d is 0.
func New[N ~int | ~int32 | ~int64](n, d N) Ratio {
	if d == 0 {
		return Ratio{}
	}
	return Ratio{big.NewRat(int64(n), int64(d))}
}

// Of returns the number that r is now, unknown where r is nil.
func Of(r *big.Rat) Ratio {
	if r == nil {
		return Ratio{}
	}
	return Ratio{new(big.Rat).Set(r)}
}

// Known reports whether there is a value.
func (r Ratio) Known() bool { return r.exact != nil }

// Rat returns the exact value, which is the caller's to change; nil where it is
// unknown.
func (r Ratio) Rat() *big.Rat {
	if r.exact == nil {
		return nil
	}
	return new(big.Rat).Set(r.exact)
}

// Sub returns r − o.
func (r Ratio) Sub(o Ratio) Ratio {
	if r.exact == nil || o.exact == nil {
		return Ratio{}
	}
	return Ratio{new(big.Rat).Sub(r.exact, o.exact)}
}

// Mul returns r × o.
func (r Ratio) Mul(o Ratio) Ratio {
	if r.exact == nil || o.exact == nil {
		return Ratio{}
	}
	return Ratio{new(big.Rat).Mul(r.exact, o.exact)}
}

// Sign returns −1, 0 or 1 as the value is below, equal to or above 0; 0 where it is
// unknown.
func (r Ratio) Sign() int {
	if r.exact == nil {
		return 0
	}
	return r.exact.Sign()
}

// Cmp returns −1, 0 or 1 as r is less than, equal to or greater than o. An unknown one
// is less than any that is known.
func (r Ratio) Cmp(o Ratio) int {
	switch {
	case r.exact != nil && o.exact != nil:
		return r.exact.Cmp(o.exact)
	case r.exact != nil:
		return 1
	case o.exact != nil:
		return -1
	}
	return 0
}

// Below reports whether both are known and r is less than o.
func (r Ratio) Below(o Ratio) bool {
	return r.exact != nil && o.exact != nil && r.exact.Cmp(o.exact) < 0
}

// String returns the value with 4 digits after the point, as Digits does.
func (r Ratio) String() string { return r.Digits(4) }

// Digits returns the value with n digits after the point, rounded half away from zero,
// and 0 without a sign; "" where it is unknown.
func (r Ratio) Digits(n int) string {
	if r.exact == nil {
		return ""
	}
	text := r.exact.FloatString(n)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// Signed returns what Digits does, with a plus where that is above 0: "+36", "-2", "0".
func (r Ratio) Signed(n int) string {
	text := r.Digits(n)
	if strings.Trim(text, "0.") != "" && text[0] != '-' {
		return "+" + text
	}
	return text
}

// Percent returns the value in percent with a digit after the point, rounded half away
// from zero: "36.6%"; "" where it is unknown.
func (r Ratio) Percent() string {
	if r.exact == nil {
		return ""
	}
	return r.Mul(New(100, 1)).Digits(1) + "%"
}

// MarshalJSON returns what String does as a JSON string, null where it is unknown.
func (r Ratio) MarshalJSON() ([]byte, error) {
	if r.exact == nil {
		return []byte("null"), nil
	}
	return []byte(`"` + r.String() + `"`), nil
}
