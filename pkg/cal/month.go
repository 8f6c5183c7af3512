package cal

import (
	"fmt"
	"time"
)

// Month is a month of a year. The zero value is unset and sorts before every
// month; 1 is 1970-01. Months compare with < and ==.
type Month int32

const (
	// MinMonth is the first month that may be written.
	MinMonth Month = 1
	// MaxMonth is the last month that may be written, inclusive.
	MaxMonth  Month = (MaxYear - MinYear + 1) * 12
	lastMonth Month = (9999 - MinYear + 1) * 12 // where arithmetic stops
)

func monthOf(year, month int) Month { return Month((year-MinYear)*12 + month) }

// NewMonth makes a month of a year (1970 to 2199) and a month number (1 to 12).
// The error is a sentence for the user.
func NewMonth(year, month int) (Month, error) {
	switch {
	case month < 1 || month > 12:
		return 0, fmt.Errorf("%04d-%02d is not a month; months run from 01 to 12", year, month)
	case year < MinYear || year > MaxYear:
		return 0, fmt.Errorf("%04d-%02d is out of range; years run from %d to %d", year, month, MinYear, MaxYear)
	}
	return monthOf(year, month), nil
}

// ParseMonth reads YYYY-MM and nothing else, in the years 1970 to 2199. The error
// is a sentence for the user. It allocates only to fail.
func ParseMonth(text string) (Month, error) {
	if len(text) != 7 || text[4] != '-' {
		return 0, notAMonth(text)
	}
	century, ok1 := twoDigits(text[0], text[1])
	years, ok2 := twoDigits(text[2], text[3])
	month, ok3 := twoDigits(text[5], text[6])
	if !ok1 || !ok2 || !ok3 {
		return 0, notAMonth(text)
	}
	return NewMonth(century*100+years, month)
}

func notAMonth(text string) error {
	if m, ok := GuessMonth(text); ok {
		return fmt.Errorf("%s is not a month; write %s", quote(text), m)
	}
	return fmt.Errorf("%s is not a month; write YYYY-MM, for example 2026-10", quote(text))
}

// MustMonth is ParseMonth for tests and tables; it panics where ParseMonth fails.
func MustMonth(text string) Month {
	m, err := ParseMonth(text)
	if err != nil {
		panic(err)
	}
	return m
}

// ParseText is the decoding hook; it reads what ParseMonth reads.
func (m *Month) ParseText(text string) (err error) {
	*m, err = ParseMonth(text)
	return err
}

// IsZero reports whether the month is unset.
func (m Month) IsZero() bool { return m == 0 }

// YM returns year and month (1 to 12), and zeros for an unset month.
func (m Month) YM() (year, month int) {
	if m <= 0 {
		return 0, 0
	}
	return MinYear + int(m-1)/12, int(m-1)%12 + 1
}

// First returns the first day of the month; unset for an unset month.
func (m Month) First() Date {
	if m == 0 {
		return 0
	}
	y, mm := m.YM()
	return Date(civilDays(y, mm, 1))
}

// Last returns the last day of the month, itself in the month; unset for an
// unset month.
func (m Month) Last() Date {
	if m == 0 {
		return 0
	}
	y, mm := m.YM()
	return Date(civilDays(y, mm, daysIn(y, mm)))
}

// Days returns how many days the month has, and 0 for an unset month.
func (m Month) Days() Days {
	if m == 0 {
		return 0
	}
	return Days(daysIn(m.YM()))
}

// Period returns the days of the month.
func (m Month) Period() Period { return Through(m.First(), m.Last()) }

// Add returns the month n months later (earlier where n is negative). It stops at
// 1970-01 and 9999-12. An unset month stays unset.
func (m Month) Add(n int) Month {
	if m == 0 {
		return 0
	}
	n = min(max(n, -int(lastMonth)), int(lastMonth))
	return clampMonth(int(m) + n)
}

func clampMonth(n int) Month { return Month(min(max(n, int(MinMonth)), int(lastMonth))) }

// Sub returns m − o: the months from o to m, positive when m is later. Both must
// be set.
func (m Month) Sub(o Month) int { return int(m) - int(o) }

// Name returns the English name and the year, as in "February 2026".
func (m Month) Name() string {
	if m == 0 {
		return ""
	}
	y, mm := m.YM()
	return fmt.Sprintf("%s %d", time.Month(mm), y)
}

// AppendText appends YYYY-MM, and nothing for an unset month.
func (m Month) AppendText(b []byte) ([]byte, error) {
	if m == 0 {
		return b, nil
	}
	y, mm := m.YM()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+mm/10), byte('0'+mm%10)), nil
}

// String returns YYYY-MM, and "" for an unset month.
func (m Month) String() string {
	b, _ := m.AppendText(make([]byte, 0, 7))
	return string(b)
}

// MarshalText returns what String returns.
func (m Month) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// MarshalJSON returns the month as a JSON string, and null for an unset one.
func (m Month) MarshalJSON() ([]byte, error) { return jsonText(m.String()), nil }
