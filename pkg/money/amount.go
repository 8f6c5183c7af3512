// Package money knows exact amounts of currencies: reading, adding, splitting and
// converting them without loss. It must not know documents, budgets or dates.
// Nothing in it is a float.
package money

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// Amount is an exact sum of money: Minor minor units (cents) of Currency. The
// zero value is nothing of no currency and may be added to any amount. Minor lies
// within ±(2⁶³−1).
type Amount struct {
	Minor    int64
	Currency Currency
}

const maxMinor = math.MaxInt64

var errDivisor = errors.New("an amount cannot be divided by 0")

// Add returns a + b. Both must be of one currency, except that a zero Amount
// without a currency takes the other's. The error names both.
func (a Amount) Add(b Amount) (Amount, error) {
	c, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	sum := a.Minor + b.Minor
	if (a.Minor < 0) == (b.Minor < 0) && (sum < 0) != (a.Minor < 0) || sum == math.MinInt64 {
		return Amount{}, fmt.Errorf("%s and %s %s add up to more than an amount can hold", a, b, c)
	}
	return Amount{sum, c}, nil
}

// Sub returns a − b, under the conditions of Add.
func (a Amount) Sub(b Amount) (Amount, error) { return a.Add(b.Neg()) }

// Neg returns −a.
func (a Amount) Neg() Amount { return Amount{-a.Minor, a.Currency} }

// IsZero reports whether the amount is nothing, of whatever currency.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Cmp returns −1, 0 or 1 as a is less than, equal to or greater than b, under the
// conditions of Add.
func (a Amount) Cmp(b Amount) (int, error) {
	_, err := common(a, b)
	return cmp.Compare(a.Minor, b.Minor), err
}

func common(a, b Amount) (Currency, error) {
	switch {
	case a.Currency == b.Currency || b == Amount{}:
		return a.Currency, nil
	case a == Amount{}:
		return b.Currency, nil
	}
	return "", fmt.Errorf("%s %s and %s %s are of different currencies", a, a.Currency, b, b.Currency)
}

// MulDiv returns a × num ÷ den rounded once to a minor unit, half away from zero.
// The product is exact in between. It fails where den is 0 or the result does not
// fit.
func (a Amount) MulDiv(num, den int64) (Amount, error) {
	if den == 0 {
		return Amount{}, errDivisor
	}
	minor, ok := mulDiv(a.Minor, num, den)
	if !ok {
		return Amount{}, fmt.Errorf("%s × %d ÷ %d is more than an amount can hold", a, num, den)
	}
	return Amount{minor, a.Currency}, nil
}

// mulDiv returns n × num ÷ den rounded half away from zero; den is not 0.
func mulDiv(n, num, den int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(n), magnitude(num))
	d := magnitude(den)
	if hi >= d {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, d)
	var carry uint64
	if r >= d-r {
		q, carry = bits.Add64(q, 1, 0)
	}
	return signed(carry, q, (n < 0) != (num < 0) != (den < 0))
}

// Convert returns the amount in another currency at rate units of it per unit of
// a's, rounded once to its minor unit, half away from zero. It fails where a
// currency is unknown or the result does not fit.
func (a Amount) Convert(to Currency, rate Decimal) (Amount, error) {
	from, known := a.Currency.MinorDigits()
	if !known {
		return Amount{}, unknownCurrency(string(a.Currency))
	}
	digits, known := to.MinorDigits()
	if !known {
		return Amount{}, unknownCurrency(string(to))
	}
	rate = rate.trim()
	shift := digits - from - int(rate.scale)
	if shift < -maxDigits || shift > 0 {
		return a.convertBig(to, rate, shift)
	}
	minor, ok := mulDiv(a.Minor, rate.coef, pow10[-shift])
	if !ok {
		return Amount{}, conversionOverflow(a, to, rate)
	}
	return Amount{minor, to}, nil
}

// convertBig returns a × rate.coef × 10^shift for the shifts that 128 bits cannot
// hold.
func (a Amount) convertBig(to Currency, rate Decimal, shift int) (Amount, error) {
	n := new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(rate.coef))
	d := big.NewInt(1)
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(shift, -shift))), nil)
	if shift >= 0 {
		n.Mul(n, power)
	} else {
		d = power
	}
	minor, ok := Round(n, d)
	if !ok {
		return Amount{}, conversionOverflow(a, to, rate)
	}
	return Amount{minor, to}, nil
}

func conversionOverflow(a Amount, to Currency, rate Decimal) error {
	return fmt.Errorf("%s %s at %s is more %s than an amount can hold", a, a.Currency, rate, to)
}

// Split divides the amount in proportion to the weights, as the function [Split]
// does.
func (a Amount) Split(weights []int64) []Amount {
	parts := make([]Amount, len(weights))
	for i, minor := range Split(a.Minor, weights) {
		parts[i] = Amount{minor, a.Currency}
	}
	return parts
}

// decimals is the number of decimals shown; 2 where the currency is not known.
func (a Amount) decimals() int {
	if n, known := a.Currency.MinorDigits(); known {
		return n
	}
	return 2
}

// String returns the number with all decimals of the currency, without its code:
// "1250000.10". An unknown currency is shown with 2 decimals.
func (a Amount) String() string { return string(appendDecimal(nil, a.Minor, a.decimals())) }

// Grouped returns what String returns with a comma between thousands, for display:
// "1,250,000.10".
func (a Amount) Grouped() string {
	plain := appendDecimal(make([]byte, 0, 24), a.Minor, a.decimals())
	first := 0
	if a.Minor < 0 {
		first = 1
	}
	end := len(plain)
	if n := a.decimals(); n > 0 {
		end -= n + 1
	}
	b := make([]byte, 0, 32)
	for i, c := range plain {
		if i > first && i < end && (end-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, c)
	}
	return string(b)
}

// MarshalJSON returns {"amount": "1250000.10", "currency": "USD"}.
func (a Amount) MarshalJSON() ([]byte, error) {
	code, err := json.Marshal(string(a.Currency))
	if err != nil {
		return nil, err
	}
	b := appendDecimal([]byte(`{"amount":"`), a.Minor, a.decimals())
	b = append(append(b, `","currency":`...), code...)
	return append(b, '}'), nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// signed puts a sign to a 128-bit magnitude; ok is false beyond ±(2⁶³−1).
func signed(hi, lo uint64, negative bool) (n int64, ok bool) {
	if hi != 0 || lo > maxMinor {
		return 0, false
	}
	if negative {
		return -int64(lo), true
	}
	return int64(lo), true
}
