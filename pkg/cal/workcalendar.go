package cal

import (
	"math/bits"
	"slices"
)

// WorkCalendar says which days are worked: those in the workweek that are no
// holiday. It is immutable; the zero value works Monday to Friday without holidays.
type WorkCalendar struct {
	pattern  uint8   // the week as worked, bit 0 = Thursday, the weekday of day 1; 0 stands for Monday to Friday
	holidays []Date  // sorted, unique, in the workweek: those that take a working day away
	worked   []int32 // worked[i] is the number of working days up to holidays[i]
}

const defaultPattern uint8 = 0b1110011 // Thu Fri · · Mon Tue Wed

// NewWorkCalendar returns the calendar of a week and its holidays, in any order.
// Holidays are a set: one given twice, or on a day that is not worked anyway, takes
// away nothing more. An empty week stands for Monday to Friday.
func NewWorkCalendar(week Workweek, holidays []Date) *WorkCalendar {
	w := uint8(week.orDefault())
	c := &WorkCalendar{pattern: (w>>4 | w<<3) & 0x7f}
	for _, h := range holidays {
		if h != 0 && week.Has(h.Weekday()) {
			c.holidays = append(c.holidays, h)
		}
	}
	slices.Sort(c.holidays)
	c.holidays = slices.Compact(c.holidays)
	c.worked = make([]int32, len(c.holidays))
	for i, h := range c.holidays {
		c.worked[i] = c.weekDays(h) - int32(i) - 1
	}
	return c
}

func (c *WorkCalendar) week() uint8 {
	if c.pattern == 0 {
		return defaultPattern
	}
	return c.pattern
}

// weekDays counts the days from 1970-01-01 to d inclusive that are in the
// workweek, holidays or not: whole weeks, then the days left over.
func (c *WorkCalendar) weekDays(d Date) int32 {
	week := c.week()
	rest := uint8(1)<<(uint32(d)%7) - 1
	return int32(uint32(d)/7)*int32(bits.OnesCount8(week)) + int32(bits.OnesCount8(week&rest))
}

// count is the number of working days from 1970-01-01 to d inclusive.
func (c *WorkCalendar) count(d Date) int32 {
	n := c.weekDays(d)
	if len(c.holidays) > 0 {
		past, _ := slices.BinarySearch(c.holidays, d+1)
		n -= int32(past)
	}
	return n
}

// nth is the inverse of count: the day that is the n-th working day from
// 1970-01-01, n from 1; n below 1 gives 1970-01-01.
func (c *WorkCalendar) nth(n int64) Date {
	if n < 1 {
		return MinDate
	}
	n = min(n, int64(lastDate))
	before, _ := slices.BinarySearch(c.worked, int32(n)) // holidays that fall before it
	n += int64(before) - 1
	week := c.week()
	per := int64(bits.OnesCount8(week))
	for range n % per {
		week &= week - 1
	}
	return clampDate(n/per*7 + int64(bits.TrailingZeros8(week)) + 1)
}

// IsWorkday reports whether the day is worked. An unset date is not.
func (c *WorkCalendar) IsWorkday(d Date) bool {
	if d == 0 || c.week()>>(uint32(d-1)%7)&1 == 0 {
		return false
	}
	_, holiday := slices.BinarySearch(c.holidays, d)
	return !holiday
}

// Workdays counts the working days in (a, b]: after a, up to and including b. It
// is negative when b is before a, so that Workdays(a, b) = −Workdays(b, a) and
// Workdays(a, b) + Workdays(b, c) = Workdays(a, c). Time is logarithmic in the
// number of holidays. Both dates must be set.
func (c *WorkCalendar) Workdays(a, b Date) WorkDays { return WorkDays(c.count(b) - c.count(a)) }

// WorkdaysIn counts the working days of the period; 0 for an empty one.
func (c *WorkCalendar) WorkdaysIn(p Period) WorkDays {
	if p.IsEmpty() {
		return 0
	}
	return c.Workdays(max(p.From-1, 0), p.To-1)
}

// AddWorkdays returns the n-th working day after d (before d where n is
// negative), whether or not d is one; for n = 0 it returns d as it is. From a
// working day it undoes Workdays: Workdays(d, AddWorkdays(d, n)) = n. It stops where
// [Date.Add] stops. An unset date stays unset.
func (c *WorkCalendar) AddWorkdays(d Date, n WorkDays) Date {
	switch {
	case d == 0 || n == 0:
		return d
	case n > 0:
		return c.nth(int64(c.count(d)) + int64(n))
	}
	return c.nth(int64(c.count(d-1)) + 1 + int64(n))
}

// NextWorkday returns d where it is a working day, else the first one after it.
// The first one strictly after d is AddWorkdays(d, 1).
func (c *WorkCalendar) NextWorkday(d Date) Date {
	if d == 0 || c.IsWorkday(d) {
		return d
	}
	return c.AddWorkdays(d, 1)
}

// PrevWorkday returns d where it is a working day, else the last one before it,
// or 1970-01-01 where there is none. The last one strictly before d is
// AddWorkdays(d, -1).
func (c *WorkCalendar) PrevWorkday(d Date) Date {
	if d == 0 || c.IsWorkday(d) {
		return d
	}
	return c.AddWorkdays(d, -1)
}
