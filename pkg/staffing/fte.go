package staffing

import (
	"math/big"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// FTEMonths is an exact amount of work: 1 is one person full time on every working
// day of a month. It is rounded only where it is written. The zero value is none.
type FTEMonths struct {
	exact *big.Rat // nil is 0; not changed once it is set
}

// newFTEMonths makes FTE-months of a number of full-time days, in thousandths:
// days ÷ working days of the month. A month without working days has none, and gives
// 0.
func newFTEMonths(thousandthDays int64, c *cal.WorkCalendar, m cal.Month) FTEMonths {
	if thousandthDays == 0 {
		return FTEMonths{}
	}
	return FTEMonths{big.NewRat(thousandthDays, int64(portfolio.FullTime)*int64(c.WorkdaysIn(m.Period())))}
}

// Sub returns f − g, exactly: what changed from g to f, though the month may have
// other working days by now.
func (f FTEMonths) Sub(g FTEMonths) FTEMonths {
	return FTEMonths{new(big.Rat).Sub(f.Rat(), g.Rat())}
}

// Rat returns the exact value, which is the caller's to change.
func (f FTEMonths) Rat() *big.Rat {
	exact := new(big.Rat)
	if f.exact != nil {
		exact.Set(f.exact)
	}
	return exact
}

// String returns the value rounded to 3 digits after the point, half away from
// zero, without trailing zeros: "0.636".
func (f FTEMonths) String() string {
	if f.exact == nil {
		return "0"
	}
	text := strings.TrimRight(strings.TrimRight(f.exact.FloatString(3), "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// MarshalJSON returns what String returns, as a JSON number.
func (f FTEMonths) MarshalJSON() ([]byte, error) { return []byte(f.String()), nil }
