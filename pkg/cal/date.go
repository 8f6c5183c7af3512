// Package cal knows the civil calendar: dates, months, periods, fiscal years,
// working days, durations and cadences. It must not know clocks, time zones,
// documents or flags; time.Time crosses it only in [DateOf] and [Date.Time].
//
// Dates and months that are read (the Parse and New functions) lie in the years
// 1970 to 2199. Arithmetic may leave that range at the far end, up to the year
// 9999, so that the exclusive end of 2199-12 exists and a runaway lag shows as a
// year nobody planned for; beyond 9999-12-31, and before 1970-01-01, it stops at
// the last day there is.
package cal

import (
	"fmt"
	"time"
)

// Date is a civil day of the proleptic Gregorian calendar. The zero value is
// unset and sorts before every day; 1 is 1970-01-01. Dates compare with < and ==.
type Date int32

// Days is a number of calendar days.
type Days int32

const (
	// MinYear is the first year that may be written.
	MinYear = 1970
	// MaxYear is the last year that may be written, inclusive.
	MaxYear = 2199
	// MinDate is the first day that may be written.
	MinDate Date = 1
	// MaxDate is the last day that may be written, inclusive.
	MaxDate  Date = 84006
	lastDate Date = 2932897 // 9999-12-31, where arithmetic stops
)

// NewDate makes a date of a year (1970 to 2199), a month (1 to 12) and a day of
// that month (from 1). The error is a sentence for the user.
func NewDate(year, month, day int) (Date, error) {
	if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year < MinYear || year > MaxYear {
		return 0, dateError(year, month, day)
	}
	return Date(civilDays(year, month, day)), nil
}

func dateError(year, month, day int) error {
	switch {
	case month < 1 || month > 12:
		return fmt.Errorf("%04d-%02d-%02d is not a date; months run from 01 to 12", year, month, day)
	case day < 1:
		return fmt.Errorf("%04d-%02d-%02d is not a date; days run from 01", year, month, day)
	case day > daysIn(year, month):
		return fmt.Errorf("%04d-%02d-%02d is not a date; %s %d has %d days",
			year, month, day, time.Month(month), year, daysIn(year, month))
	}
	return fmt.Errorf("%04d-%02d-%02d is out of range; years run from %d to %d", year, month, day, MinYear, MaxYear)
}

// MustDate is ParseDate for tests and tables; it panics where ParseDate fails.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the day on the calendar of t's own location: call UTC() first
// where the day in UTC is meant. The zero time gives an unset date; a time before
// 1970 or after 9999 gives the nearest day in those years.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.Date()
	switch {
	case y < MinYear:
		return MinDate
	case y > 9999:
		return lastDate
	}
	return Date(civilDays(y, int(m), d))
}

// Time returns midnight UTC of the day, and the zero time for an unset date.
func (d Date) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d-1)*86400, 0).UTC()
}

// IsZero reports whether the date is unset.
func (d Date) IsZero() bool { return d == 0 }

// Before reports whether d is an earlier day than e; unset is earlier than any.
func (d Date) Before(e Date) bool { return d < e }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d > e }

// Add returns the day n calendar days later (earlier where n is negative). It
// stops at 1970-01-01 and 9999-12-31. An unset date stays unset.
func (d Date) Add(n Days) Date {
	if d == 0 {
		return 0
	}
	return clampDate(int64(d) + int64(n))
}

// Sub returns d − e: the calendar days from e to d, positive when d is later.
// Both must be set.
func (d Date) Sub(e Date) Days { return Days(d - e) }

// Weekday returns the day of the week; that of an unset date means nothing.
func (d Date) Weekday() time.Weekday { return time.Weekday((d + 3) % 7) } // day 1 was a Thursday

// Month returns the month that the day lies in; unset for an unset date.
func (d Date) Month() Month {
	if d == 0 {
		return 0
	}
	y, m, _ := d.YMD()
	return monthOf(y, m)
}

// YMD returns year, month (1 to 12) and day (1 to 31), and zeros for an unset
// date. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
// civil_from_days.
func (d Date) YMD() (year, month, day int) {
	if d <= 0 {
		return 0, 0, 0
	}
	z := uint32(d) - 1 + 719468 // days from 0000-03-01
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153 // 0 is March
	year, month, day = int(yoe+era*400), int(mp)+3, int(doy-(153*mp+2)/5)+1
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}

// civilDays numbers the days from 1 = 1970-01-01, for years from 1970. Source:
// Howard Hinnant, as for YMD, days_from_civil.
func civilDays(year, month, day int) int32 {
	mp := month - 3
	if month <= 2 {
		year, mp = year-1, month+9
	}
	y := uint32(year)
	era := y / 400
	yoe := y - era*400
	doy := (153*uint32(mp)+2)/5 + uint32(day) - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int32(era*146097+doe) - 719468 + 1
}

var monthDays = [13]uint8{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func daysIn(year, month int) int {
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return int(monthDays[month])
}

func clampDate(n int64) Date { return Date(min(max(n, int64(MinDate)), int64(lastDate))) }
