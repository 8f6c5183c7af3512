package cal

import (
	"fmt"
	"strconv"
)

// WorkDays is a number of working days.
type WorkDays int32

// WorkDuration is a length of work, or a lag, in working days. Documents write
// days (15d) or weeks of five working days whatever the workweek (3w = 15d).
type WorkDuration WorkDays

// CalendarSpan is a span of policy in calendar days. Documents write days (14d) or
// weeks of seven (2w = 14d); it is never negative.
type CalendarSpan Days

const (
	mostWorkDays = 60000 // about 230 years, as many as may be written
	mostDays     = 84000
)

// ParseWorkDuration reads "15d", "3w" (15 working days), "-2d" or "0d".
func ParseWorkDuration(text string) (WorkDuration, error) {
	n, ok := parseSpan(text, 5)
	switch {
	case !ok:
		return 0, fmt.Errorf("%s is not a duration; write working days or weeks, for example 15d or 3w", quote(text))
	case n < -mostWorkDays || n > mostWorkDays:
		return 0, fmt.Errorf("%s is out of range; durations run to %dd", quote(text), mostWorkDays)
	}
	return WorkDuration(n), nil
}

// ParseText is the decoding hook; it reads what ParseWorkDuration reads.
func (d *WorkDuration) ParseText(text string) (err error) {
	*d, err = ParseWorkDuration(text)
	return err
}

// String returns the working days: "15d".
func (d WorkDuration) String() string { return strconv.Itoa(int(d)) + "d" }

// MarshalText returns what String returns.
func (d WorkDuration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// MarshalJSON returns what String returns as a JSON string; there is no unset.
func (d WorkDuration) MarshalJSON() ([]byte, error) { return jsonText(d.String()), nil }

// ParseCalendarSpan reads "14d", "2w" (14 calendar days) or "0d".
func ParseCalendarSpan(text string) (CalendarSpan, error) {
	n, ok := parseSpan(text, 7)
	switch {
	case !ok:
		return 0, fmt.Errorf("%s is not a span; write calendar days or weeks, for example 14d or 2w", quote(text))
	case n < 0:
		return 0, fmt.Errorf("%s is not a span; it must not be negative", quote(text))
	case n > mostDays:
		return 0, fmt.Errorf("%s is out of range; spans run to %dd", quote(text), mostDays)
	}
	return CalendarSpan(n), nil
}

// ParseText is the decoding hook; it reads what ParseCalendarSpan reads.
func (s *CalendarSpan) ParseText(text string) (err error) {
	*s, err = ParseCalendarSpan(text)
	return err
}

// String returns the calendar days: "14d".
func (s CalendarSpan) String() string { return strconv.Itoa(int(s)) + "d" }

// MarshalText returns what String returns.
func (s CalendarSpan) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON returns what String returns as a JSON string; there is no unset.
func (s CalendarSpan) MarshalJSON() ([]byte, error) { return jsonText(s.String()), nil }

// parseSpan reads an optional minus, digits and d or w; w counts week days. What
// is far beyond any bound saturates, so that the caller can say so.
func parseSpan(text string, week int) (n int, ok bool) {
	digits, sign := text, 1
	if len(digits) > 0 && digits[0] == '-' {
		digits, sign = digits[1:], -1
	}
	if len(digits) < 2 {
		return 0, false
	}
	unit := digits[len(digits)-1]
	if unit != 'd' && unit != 'w' {
		return 0, false
	}
	for _, c := range []byte(digits[:len(digits)-1]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int(c-'0'), 1_000_000)
	}
	if unit == 'w' {
		n *= week
	}
	return sign * n, true
}
