package cal

import (
	"fmt"
	"strconv"
)

// Quarter is a quarter of a fiscal year: Q is 1 to 4. The zero value is unset.
type Quarter struct {
	FY FiscalYear
	Q  int
}

// ParseQuarter reads "FY27Q2" or "FY2027Q2".
func ParseQuarter(text string) (Quarter, error) {
	fy, rest, ok := cutFiscalYear(text)
	if !ok || len(rest) != 2 || rest[0] != 'Q' || rest[1] < '0' || rest[1] > '9' {
		return Quarter{}, fmt.Errorf("%s is not a quarter; write FYnnQn, for example FY27Q2", quote(text))
	}
	if rest[1] < '1' || rest[1] > '4' {
		return Quarter{}, fmt.Errorf("%s is not a quarter; quarters run from Q1 to Q4", text)
	}
	if err := checkFiscalYear(text, fy); err != nil {
		return Quarter{}, err
	}
	return Quarter{fy, int(rest[1] - '0')}, nil
}

// ParseText is the decoding hook; it reads what ParseQuarter reads.
func (q *Quarter) ParseText(text string) (err error) {
	*q, err = ParseQuarter(text)
	return err
}

// IsZero reports whether the quarter is unset.
func (q Quarter) IsZero() bool { return q == Quarter{} }

// String returns "FY27Q2", and "" where unset.
func (q Quarter) String() string {
	if q.IsZero() {
		return ""
	}
	return q.FY.String() + "Q" + strconv.Itoa(q.Q)
}

// MarshalText returns what String returns.
func (q Quarter) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// MarshalJSON returns the quarter as a JSON string, and null where unset.
func (q Quarter) MarshalJSON() ([]byte, error) { return jsonText(q.String()), nil }

// PeriodName names a fiscal quarter or a month. The zero value is unset.
type PeriodName struct {
	Quarter Quarter // set for a quarter
	Month   Month   // set for a month
}

// ParsePeriodName reads "FY27Q2" or "2026-05".
func ParsePeriodName(text string) (PeriodName, error) {
	if len(text) == 7 && text[4] == '-' {
		m, err := ParseMonth(text)
		return PeriodName{Month: m}, err
	}
	if _, rest, ok := cutFiscalYear(text); ok && rest != "" {
		q, err := ParseQuarter(text)
		return PeriodName{Quarter: q}, err
	}
	return PeriodName{}, fmt.Errorf("%s is neither a quarter nor a month; write FY27Q2 or 2026-05", quote(text))
}

// ParseText is the decoding hook; it reads what ParsePeriodName reads.
func (p *PeriodName) ParseText(text string) (err error) {
	*p, err = ParsePeriodName(text)
	return err
}

// IsZero reports whether the name is unset.
func (p PeriodName) IsZero() bool { return p == PeriodName{} }

// Period returns the days of the quarter or month; empty where unset.
func (p PeriodName) Period(c FiscalCalendar) Period {
	if p.Month != 0 {
		return p.Month.Period()
	}
	return c.QuarterPeriod(p.Quarter)
}

// String returns the name as written, with the short fiscal year; "" where unset.
func (p PeriodName) String() string {
	if p.Month != 0 {
		return p.Month.String()
	}
	return p.Quarter.String()
}

// MarshalText returns what String returns.
func (p PeriodName) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// MarshalJSON returns the name as a JSON string, and null where unset.
func (p PeriodName) MarshalJSON() ([]byte, error) { return jsonText(p.String()), nil }
