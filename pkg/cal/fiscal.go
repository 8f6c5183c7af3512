package cal

import (
	"fmt"
	"strconv"
	"strings"
)

// FiscalYear is a fiscal year by its full number: FY27 is 2027. The zero value is
// unset. Which months it has is for a [FiscalCalendar] to say.
type FiscalYear int

// Written fiscal years run from FY1971 to FY2198, so that all their months can be
// written whatever the calendar.
const minFiscalYear, maxFiscalYear = MinYear + 1, MaxYear - 1

// ParseFiscalYear reads "FY27" (always 20nn) or "FY2027".
func ParseFiscalYear(text string) (FiscalYear, error) {
	fy, rest, ok := cutFiscalYear(text)
	if !ok || rest != "" {
		return 0, fmt.Errorf("%s is not a fiscal year; write FYnn, for example FY27", quote(text))
	}
	if err := checkFiscalYear(text, fy); err != nil {
		return 0, err
	}
	return fy, nil
}

func checkFiscalYear(text string, fy FiscalYear) error {
	if fy < minFiscalYear || fy > maxFiscalYear {
		return fmt.Errorf("%s is out of range; fiscal years run from FY%d to FY%d", text, minFiscalYear, maxFiscalYear)
	}
	return nil
}

// cutFiscalYear takes FYnn or FYnnnn off the front.
func cutFiscalYear(text string) (fy FiscalYear, rest string, ok bool) {
	digits, found := strings.CutPrefix(text, "FY")
	rest = strings.TrimLeft(digits, "0123456789")
	digits = digits[:len(digits)-len(rest)]
	n, err := strconv.Atoi(digits)
	switch {
	case !found || err != nil:
		return 0, text, false
	case len(digits) == 2:
		return FiscalYear(2000 + n), rest, true
	}
	return FiscalYear(n), rest, len(digits) == 4
}

// ParseText is the decoding hook; it reads what ParseFiscalYear reads.
func (fy *FiscalYear) ParseText(text string) (err error) {
	*fy, err = ParseFiscalYear(text)
	return err
}

// IsZero reports whether the year is unset.
func (fy FiscalYear) IsZero() bool { return fy == 0 }

// String returns "FY27", or "FY1999" outside 2000 to 2099, and "" where unset.
func (fy FiscalYear) String() string {
	switch {
	case fy == 0:
		return ""
	case fy >= 2000 && fy <= 2099:
		return fmt.Sprintf("FY%02d", int(fy)-2000)
	}
	return "FY" + strconv.Itoa(int(fy))
}

// MarshalText returns what String returns.
func (fy FiscalYear) MarshalText() ([]byte, error) { return []byte(fy.String()), nil }

// MarshalJSON returns the year as a JSON string, and null where unset.
func (fy FiscalYear) MarshalJSON() ([]byte, error) { return jsonText(fy.String()), nil }

// FiscalYears is a range of fiscal years, both inclusive. The zero value is unset.
type FiscalYears struct{ From, To FiscalYear }

// ParseFiscalYears reads one fiscal year, "FY27", or a range, "FY26..FY28".
func ParseFiscalYears(text string) (FiscalYears, error) {
	first, last, isRange := strings.Cut(text, "..")
	if !isRange {
		last = first
	}
	from, rest, ok1 := cutFiscalYear(first)
	to, rest2, ok2 := cutFiscalYear(last)
	if !ok1 || !ok2 || rest != "" || rest2 != "" {
		return FiscalYears{}, fmt.Errorf("%s is not a range of fiscal years; write FYnn or FYnn..FYnn, for example FY26..FY28", quote(text))
	}
	for _, fy := range []FiscalYear{from, to} {
		if err := checkFiscalYear(text, fy); err != nil {
			return FiscalYears{}, err
		}
	}
	if to < from {
		return FiscalYears{}, fmt.Errorf("%s ends before it begins; write %s..%s", text, to, from)
	}
	return FiscalYears{from, to}, nil
}

// ParseText is the decoding hook; it reads what ParseFiscalYears reads.
func (r *FiscalYears) ParseText(text string) (err error) {
	*r, err = ParseFiscalYears(text)
	return err
}

// IsZero reports whether the range is unset.
func (r FiscalYears) IsZero() bool { return r == FiscalYears{} }

// Years lists the years of the range in order.
func (r FiscalYears) Years() []FiscalYear {
	var years []FiscalYear
	if !r.IsZero() {
		for fy := r.From; fy <= r.To; fy++ {
			years = append(years, fy)
		}
	}
	return years
}

// String returns "FY26..FY28", or "FY27" for one year, and "" where unset.
func (r FiscalYears) String() string {
	if r.From == r.To {
		return r.From.String()
	}
	return r.From.String() + ".." + r.To.String()
}

// MarshalText returns what String returns.
func (r FiscalYears) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// MarshalJSON returns the range as a JSON string, and null where unset.
func (r FiscalYears) MarshalJSON() ([]byte, error) { return jsonText(r.String()), nil }

// FiscalCalendar says when a fiscal year starts and which calendar year names it.
// The zero value is the calendar year. With StartMonth 2, FY27 is 2026-02..2027-01
// when named by its end and 2027-02..2028-01 when named by its start; with
// StartMonth 1 it is 2027-01..2027-12 either way.
type FiscalCalendar struct {
	StartMonth int    `yaml:"startMonth"` // 1 to 12; anything else counts as 1
	NamedBy    string `yaml:"namedBy"`    // NamedByStart; anything else counts as NamedByEnd
}

// The calendar year that gives a fiscal year its number.
const (
	NamedByEnd   = "end"
	NamedByStart = "start"
)

// shape returns the starting month, 1 to 12, and how many years the number of a fiscal
// year is ahead of the calendar year it starts in.
func (c FiscalCalendar) shape() (startMonth, ahead int) {
	if c.StartMonth < 2 || c.StartMonth > 12 {
		return 1, 0
	}
	if c.NamedBy == NamedByStart {
		return c.StartMonth, 0
	}
	return c.StartMonth, 1
}

// YearOf returns the fiscal year that the day lies in; unset for an unset date.
func (c FiscalCalendar) YearOf(d Date) FiscalYear { return c.QuarterOf(d.Month()).FY }

// QuarterOf returns the fiscal quarter, and with it the fiscal year, that the month
// lies in; unset for an unset month.
func (c FiscalCalendar) QuarterOf(m Month) Quarter {
	if m == 0 {
		return Quarter{}
	}
	start, ahead := c.shape()
	n := int(m) - start + 12 // months from the start of the fiscal year that began in 1969
	return Quarter{FY: FiscalYear(MinYear - 1 + n/12 + ahead), Q: n%12/3 + 1}
}

// months returns the first of n months beginning offset months into the year, and
// the month after the last, both cut to the months there are.
func (c FiscalCalendar) months(fy FiscalYear, offset, n int) (first, after Month) {
	start, ahead := c.shape()
	m := (int(fy)-ahead-MinYear)*12 + start + offset
	return clampMonth(m), clampMonth(m + n)
}

// Period returns the days of the fiscal year; empty for an unset one.
func (c FiscalCalendar) Period(fy FiscalYear) Period {
	return c.RangePeriod(FiscalYears{fy, fy})
}

// RangePeriod returns the days of a range of fiscal years; empty for an unset one.
func (c FiscalCalendar) RangePeriod(r FiscalYears) Period {
	if r.From == 0 || r.To < r.From {
		return Period{}
	}
	first, after := c.months(r.From, 0, 12*(int(r.To-r.From)+1))
	return Period{first.First(), after.First()}
}

// Months returns the twelve months of the fiscal year in order; none for an unset one.
func (c FiscalCalendar) Months(fy FiscalYear) []Month { return c.Period(fy).Months() }

// QuarterPeriod returns the days of a fiscal quarter; empty for an unset one.
func (c FiscalCalendar) QuarterPeriod(q Quarter) Period {
	if q.IsZero() {
		return Period{}
	}
	first, after := c.months(q.FY, (q.Q-1)*3, 3)
	return Period{first.First(), after.First()}
}
