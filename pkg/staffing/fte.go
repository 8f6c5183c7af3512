package staffing

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// FTEMonths is an exact amount of work: 1 is one person full time on every working
// day of a month. It is rounded only where it is written. The zero value is none.
type FTEMonths struct {
	// num ÷ den, where den is not 0: most amounts are small, and a report has
	// hundreds of thousands of them.
	num, den int64
	exact    *big.Rat // else this, where it is set; not changed once it is
}

// small bounds the numbers of which two products can be summed.
const small = 1 << 31

// NewFTEMonths makes FTE-months of a number of full-time days, in thousandths, and of
// the working days of their month: days ÷ working days of the month. A month without
// working days has none, and gives 0.
func NewFTEMonths(thousandthDays, workdays int64) FTEMonths {
	if thousandthDays == 0 {
		return FTEMonths{}
	}
	return reduced(thousandthDays, int64(portfolio.FullTime)*workdays)
}

// newFTEMonths is NewFTEMonths of a month of a calendar.
func newFTEMonths(thousandthDays int64, c *cal.WorkCalendar, m cal.Month) FTEMonths {
	return NewFTEMonths(thousandthDays, int64(c.WorkdaysIn(m.Period())))
}

// reduced is num ÷ den in lowest terms; den is above 0.
func reduced(num, den int64) FTEMonths {
	if num == 0 {
		return FTEMonths{}
	}
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	a = max(a, -a)
	num, den = num/a, den/a
	if num <= -small || num >= small || den >= small {
		return FTEMonths{exact: big.NewRat(num, den)}
	}
	return FTEMonths{num: num, den: den}
}

// Add returns f + g, exactly, also where they are of months with other working days.
func (f FTEMonths) Add(g FTEMonths) FTEMonths {
	switch {
	case f.Sign() == 0:
		return g
	case g.Sign() == 0:
		return f
	case f.exact == nil && g.exact == nil:
		return reduced(f.num*g.den+g.num*f.den, f.den*g.den)
	}
	return FTEMonths{exact: new(big.Rat).Add(f.Rat(), g.Rat())}
}

// Sub returns f − g, exactly: what changed from g to f, though the month may have
// other working days by now.
func (f FTEMonths) Sub(g FTEMonths) FTEMonths {
	if g.exact == nil {
		return f.Add(FTEMonths{num: -g.num, den: g.den})
	}
	return FTEMonths{exact: new(big.Rat).Sub(f.Rat(), g.exact)}
}

// Sign returns -1, 0 or 1 as the value is below, exactly or above 0.
func (f FTEMonths) Sign() int {
	switch {
	case f.exact != nil:
		return f.exact.Sign()
	case f.num < 0:
		return -1
	case f.num > 0:
		return 1
	}
	return 0
}

// Rat returns the exact value, which is the caller's to change.
func (f FTEMonths) Rat() *big.Rat {
	switch {
	case f.exact != nil:
		return new(big.Rat).Set(f.exact)
	case f.den != 0:
		return big.NewRat(f.num, f.den)
	}
	return new(big.Rat)
}

// String returns the value as Decimal spells it: "0.636".
func (f FTEMonths) String() string {
	if f.exact != nil {
		return Decimal(f.exact)
	}
	if f.num == 0 {
		return "0"
	}
	n := (2000*max(f.num, -f.num) + f.den) / (2 * f.den) // thousandths, half away from zero
	if n == 0 {
		return "0"
	}
	text := strconv.FormatInt(n/1000, 10)
	if f.num < 0 {
		text = "-" + text
	}
	if rest := n % 1000; rest != 0 {
		text += "." + strings.TrimRight(strconv.FormatInt(1000+rest, 10)[1:], "0")
	}
	return text
}

// Decimal spells a number rounded to 3 digits after the point, half away from zero,
// without trailing zeros; nil is 0.
func Decimal(r *big.Rat) string {
	if r == nil {
		return "0"
	}
	text := strings.TrimRight(strings.TrimRight(r.FloatString(3), "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// MarshalJSON returns what String returns, as a JSON number.
func (f FTEMonths) MarshalJSON() ([]byte, error) { return []byte(f.String()), nil }
