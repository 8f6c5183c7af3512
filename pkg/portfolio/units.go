package portfolio

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
)

// MilliFTE is a number of full-time equivalents in thousandths: 1000 is one person
// full time.
type MilliFTE int32

// FullTime is one person full time.
const FullTime MilliFTE = 1000

const mostFTE = 100_000 // full-time equivalents that may be written

// ParseMilliFTE reads a decimal with at most 3 digits after the point: "0.5", "12".
// Trailing zeros beyond them do not matter. The error is a sentence for the user.
func ParseMilliFTE(text string) (MilliFTE, error) {
	d, err := money.ParseDecimal(text)
	if err != nil {
		return 0, fmt.Errorf("%s is not a number of full-time equivalents: write a decimal such as 0.5", quote(text))
	}
	n, ok := d.Scaled(3)
	switch {
	case !ok && d.Decimals() > 3:
		return 0, fmt.Errorf("%s has more than 3 digits after the point", quote(text))
	case !ok || n > mostFTE*1000:
		return 0, fmt.Errorf("%s is out of range: full-time equivalents run to %d", quote(text), mostFTE)
	case n < 0:
		return 0, fmt.Errorf("%s is negative", quote(text))
	}
	return MilliFTE(n), nil
}

// ParseText is the decoding hook; it reads what ParseMilliFTE reads.
func (f *MilliFTE) ParseText(text string) (err error) {
	*f, err = ParseMilliFTE(text)
	return err
}

// String returns the full-time equivalents without trailing zeros: "0.5".
func (f MilliFTE) String() string { return thousandths(int64(f)) }

// MarshalJSON returns the full-time equivalents as a JSON number.
func (f MilliFTE) MarshalJSON() ([]byte, error) { return []byte(f.String()), nil }

// Percent is a percentage in thousandths of a percent: 5000 is 5%.
type Percent int32

// Whole is 100%.
const Whole Percent = 100_000

const mostPercent = 1000 * 1000 // the first that is too much to write

// ParsePercent reads a decimal with at most 3 digits after the point and a percent
// sign: "5%", "2.5%". It is neither negative nor 1000% or more. The error is a
// sentence for the user.
func ParsePercent(text string) (Percent, error) {
	digits, signed := strings.CutSuffix(text, "%")
	d, err := money.ParseDecimal(digits)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%s is not a percentage: write 5%%", quote(text))
	case !signed:
		return 0, fmt.Errorf("%s has no percent sign: write 5%%, not 5 or 0.05", quote(text))
	case d.Sign() < 0:
		return 0, fmt.Errorf("%s is negative", quote(text))
	}
	n, ok := d.Scaled(3)
	if !ok && d.Decimals() > 3 {
		return 0, fmt.Errorf("%s has more than 3 digits after the point", quote(text))
	}
	if !ok || n >= mostPercent {
		return 0, fmt.Errorf("%s is out of range: percentages stay below 1000%%", quote(text))
	}
	return Percent(n), nil
}

// ParseText is the decoding hook; it reads what ParsePercent reads.
func (p *Percent) ParseText(text string) (err error) {
	*p, err = ParsePercent(text)
	return err
}

// String returns the percentage without trailing zeros: "2.5%".
func (p Percent) String() string { return thousandths(int64(p)) + "%" }

// MarshalText returns what String returns.
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Measure is a measured value: a number in a unit stated elsewhere, or a percentage.
type Measure struct {
	Value   money.Decimal // 90 for 90%
	Percent bool
}

// ParseMeasure reads "99.95" or "90%".
func ParseMeasure(text string) (Measure, error) {
	digits, percent := strings.CutSuffix(text, "%")
	d, err := money.ParseDecimal(digits)
	if err != nil {
		return Measure{}, fmt.Errorf("%s is neither a number nor a percentage: write 99.95 or 90%%", quote(text))
	}
	return Measure{Value: d, Percent: percent}, nil
}

// ParseText is the decoding hook; it reads what ParseMeasure reads.
func (m *Measure) ParseText(text string) (err error) {
	*m, err = ParseMeasure(text)
	return err
}

// String returns the value as written: "99.95", "90%".
func (m Measure) String() string {
	if m.Percent {
		return m.Value.String() + "%"
	}
	return m.Value.String()
}

// MarshalText returns what String returns.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// DayCount is a number of working days that may be written without its unit.
type DayCount cal.WorkDays

// ParseText is the decoding hook; it reads "10", "10d" or "2w".
func (n *DayCount) ParseText(text string) error {
	if text != "" && strings.Trim(text, "0123456789") == "" {
		text += "d"
	}
	d, err := cal.ParseWorkDuration(text)
	if err == nil && d < 0 {
		err = fmt.Errorf("%s is negative", quote(text))
	}
	if err != nil {
		*n = 0
		return err
	}
	*n = DayCount(d)
	return nil
}

// thousandths spells n/1000 without trailing zeros.
func thousandths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatInt(n/1000, 10)
	if n%1000 == 0 {
		return text
	}
	return text + "." + strings.TrimRight(fmt.Sprintf("%03d", n%1000), "0")
}

// quote shortens and quotes text of the user's for a message.
func quote(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
