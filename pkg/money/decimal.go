package money

import (
	"cmp"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number as it was written: 1.50 keeps its zero. It
// has at most 18 digits. The zero value is 0. Equal (==) means written alike; Cmp
// compares values.
type Decimal struct {
	coef  int64 // value × 10^scale, |coef| < 10^18
	scale uint8 // digits after the point as written, at most 18
}

const maxDigits = 18

// powers of ten up to what an int64 holds.
var pow10 = [maxDigits + 1]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// ParseDecimal reads an optional minus, digits, and optionally a point and more
// digits, at most 18 in all (a lone 0 before the point does not count). No
// exponents, separators, leading zeros, infinities. The error is a sentence for
// the user. It allocates only to fail.
func ParseDecimal(text string) (Decimal, error) {
	rest, negative := text, false
	if len(rest) > 0 && rest[0] == '-' {
		rest, negative = rest[1:], true
	}
	point := -1
	var coef int64
	for i := range len(rest) {
		c := rest[i]
		switch {
		case c == '.' && point < 0:
			point = i
		case c < '0' || c > '9':
			return Decimal{}, notADecimal(text)
		case i < 2*maxDigits && coef < pow10[maxDigits]/10:
			coef = coef*10 + int64(c-'0')
		default:
			return Decimal{}, tooManyDigits(text)
		}
	}
	whole, scale := len(rest), 0
	if point >= 0 {
		whole, scale = point, len(rest)-point-1
	}
	if whole == 0 || point >= 0 && scale == 0 || whole > 1 && rest[0] == '0' {
		return Decimal{}, notADecimal(text)
	}
	if scale > maxDigits {
		return Decimal{}, tooManyDigits(text)
	}
	if negative {
		coef = -coef
	}
	return Decimal{coef, uint8(scale)}, nil
}

// NewDecimal returns coef ÷ 10^scale, as if written with scale decimals. ok is false
// where coef has more than 18 digits, or scale does not lie in 0 to 18.
func NewDecimal(coef int64, scale int) (d Decimal, ok bool) {
	if scale < 0 || scale > maxDigits || magnitude(coef) >= uint64(pow10[maxDigits]) {
		return Decimal{}, false
	}
	return Decimal{coef, uint8(scale)}, true
}

func tooManyDigits(text string) error {
	return fmt.Errorf("%s has too many digits: a number has at most %d", quote(text), maxDigits)
}

func notADecimal(text string) error {
	return fmt.Errorf("%s is not a decimal number: write digits%s, for example 1250000.10", quote(text), hint(text))
}

// hint names the likeliest reason why the text is not a decimal.
func hint(text string) string {
	switch digits := strings.TrimPrefix(text, "-"); {
	case strings.ContainsAny(text, ",_' "):
		return " without separators"
	case strings.HasPrefix(text, "+"):
		return " without a plus sign"
	case strings.ContainsAny(text, "eE") && strings.Trim(text, "0123456789.+-eE") == "":
		return " without an exponent"
	case strings.HasPrefix(digits, ".") || strings.HasSuffix(digits, "."):
		return " on both sides of the point"
	case len(digits) > 1 && digits[0] == '0' && strings.Trim(digits, "0123456789.") == "":
		return " without leading zeros"
	}
	return " and a point"
}

// MustDecimal is ParseDecimal for tests and tables; it panics where ParseDecimal
// fails.
func MustDecimal(text string) Decimal {
	d, err := ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseText is the decoding hook; it reads what ParseDecimal reads.
func (d *Decimal) ParseText(text string) (err error) {
	*d, err = ParseDecimal(text)
	return err
}

// Sign returns −1, 0 or 1.
func (d Decimal) Sign() int { return cmp.Compare(d.coef, 0) }

// IsZero reports whether the value is 0, however many decimals it was written with.
func (d Decimal) IsZero() bool { return d.coef == 0 }

// Cmp returns −1, 0 or 1 as the value of d is less than, equal to or greater than
// that of e: 1.5 and 1.50 are equal.
func (d Decimal) Cmp(e Decimal) int {
	if s, t := d.Sign(), e.Sign(); s != t || s == 0 {
		return cmp.Compare(s, t)
	}
	scale := max(d.scale, e.scale)
	hi, lo := bits.Mul64(magnitude(d.coef), uint64(pow10[scale-d.scale]))
	ehi, elo := bits.Mul64(magnitude(e.coef), uint64(pow10[scale-e.scale]))
	if hi == ehi {
		return d.Sign() * cmp.Compare(lo, elo)
	}
	return d.Sign() * cmp.Compare(hi, ehi)
}

// Decimals returns how many digits after the point the value needs: trailing
// zeros do not count.
func (d Decimal) Decimals() int { return int(d.trim().scale) }

func (d Decimal) trim() Decimal {
	for d.scale > 0 && d.coef%10 == 0 {
		d.coef /= 10
		d.scale--
	}
	return d
}

// Scaled returns the value × 10^digits as an integer, for digits from 0 to 18. ok is
// false where that is not an integer or does not fit.
func (d Decimal) Scaled(digits int) (n int64, ok bool) {
	d = d.trim()
	shift := digits - int(d.scale)
	if shift < 0 || shift > maxDigits {
		return 0, false
	}
	hi, lo := bits.Mul64(magnitude(d.coef), uint64(pow10[shift]))
	return signed(hi, lo, d.coef < 0)
}

// In returns the value as an amount of the currency. It never rounds: the error
// says so where the value needs more decimals than the currency has, the currency
// is unknown, or the amount does not fit.
func (d Decimal) In(c Currency) (Amount, error) {
	digits, known := c.MinorDigits()
	if !known {
		return Amount{}, unknownCurrency(string(c))
	}
	if n := d.Decimals(); n > digits {
		return Amount{}, fmt.Errorf("%s has %s: %s has %s", d, decimals(n), c, atMost(digits))
	}
	minor, ok := d.Scaled(digits)
	if !ok {
		return Amount{}, fmt.Errorf("%s is out of range: amounts of %s run to %s", d, c, Amount{maxMinor, c})
	}
	return Amount{minor, c}, nil
}

func decimals(n int) string {
	if n == 1 {
		return "1 decimal"
	}
	return strconv.Itoa(n) + " decimals"
}

func atMost(n int) string {
	if n == 0 {
		return "none"
	}
	return "at most " + strconv.Itoa(n)
}

// String returns the digits as written: "1.50".
func (d Decimal) String() string { return string(appendDecimal(nil, d.coef, int(d.scale))) }

// MarshalText returns what String returns.
func (d Decimal) MarshalText() ([]byte, error) { return appendDecimal(nil, d.coef, int(d.scale)), nil }

// MarshalJSON returns what String returns as a JSON string, which no reader will
// take for a float.
func (d Decimal) MarshalJSON() ([]byte, error) {
	return append(appendDecimal([]byte{'"'}, d.coef, int(d.scale)), '"'), nil
}

// appendDecimal writes n ÷ 10^scale with exactly scale decimals.
func appendDecimal(b []byte, n int64, scale int) []byte {
	if n < 0 {
		b = append(b, '-')
	}
	var buf [20]byte
	digits := strconv.AppendUint(buf[:0], magnitude(n), 10)
	for len(digits) <= scale {
		digits = append([]byte{'0'}, digits...)
	}
	b = append(b, digits[:len(digits)-scale]...)
	if scale > 0 {
		b = append(append(b, '.'), digits[len(digits)-scale:]...)
	}
	return b
}

// quote shows a value in an error: escaped, and cut where it is long.
func quote(text string) string {
	const most = 40
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return strconv.Quote(text)
}
