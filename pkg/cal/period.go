package cal

import "fmt"

// Period is the days from From up to but not including To: half-open. A period
// whose To is not after From is empty.
type Period struct{ From, To Date }

// Through returns the days from first to last, both inclusive, which is how
// documents and people name a period.
func Through(first, last Date) Period { return Period{From: first, To: last.Add(1)} }

// IsEmpty reports whether the period has no day.
func (p Period) IsEmpty() bool { return p.To <= p.From }

// Days returns how many calendar days the period has.
func (p Period) Days() Days { return max(p.To.Sub(p.From), 0) }

// Contains reports whether the day lies in the period.
func (p Period) Contains(d Date) bool { return p.From <= d && d < p.To }

// Last returns the last day in the period; unset for an empty one.
func (p Period) Last() Date {
	if p.IsEmpty() {
		return 0
	}
	return p.To - 1
}

// Intersect returns the days in both periods: the zero Period where there is none.
func (p Period) Intersect(o Period) Period {
	both := Period{From: max(p.From, o.From), To: min(p.To, o.To)}
	if both.IsEmpty() {
		return Period{}
	}
	return both
}

// Months returns, in order, the months that have at least one day in the period.
func (p Period) Months() []Month {
	if p.IsEmpty() || p.From == 0 {
		return nil
	}
	first, last := p.From.Month(), p.Last().Month()
	months := make([]Month, 0, last.Sub(first)+1)
	for m := first; m <= last; m++ {
		months = append(months, m)
	}
	return months
}

// String names the first and last day, both inclusive: "2026-02-01..2026-04-30".
// An empty period is "".
func (p Period) String() string {
	if p.IsEmpty() {
		return ""
	}
	return p.From.String() + ".." + p.Last().String()
}

// MarshalJSON returns {"from", "to"} with both days inclusive, as documents have
// them, and null for an empty period.
func (p Period) MarshalJSON() ([]byte, error) {
	if p.IsEmpty() {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, `{"from":"%s","to":"%s"}`, p.From, p.Last()), nil
}

// DayOrMonth is a start or an end that is written as a date or as a month. The
// zero value is unset.
type DayOrMonth struct {
	day   Date
	month Month // set where a month was written; day is then unset
}

// OnDay returns a DayOrMonth that was given as a date.
func OnDay(d Date) DayOrMonth { return DayOrMonth{day: d} }

// InMonth returns a DayOrMonth that was given as a month.
func InMonth(m Month) DayOrMonth { return DayOrMonth{month: m} }

// ParseText reads "2026-03-15" or "2026-03".
func (v *DayOrMonth) ParseText(text string) error {
	switch {
	case len(text) == 10 && text[4] == '-' && text[7] == '-':
		d, err := ParseDate(text)
		*v = OnDay(d)
		return err
	case len(text) == 7 && text[4] == '-':
		m, err := ParseMonth(text)
		*v = InMonth(m)
		return err
	}
	*v = DayOrMonth{}
	if d, ok := Guess(text); ok {
		return fmt.Errorf("%s is neither a date nor a month; write %s or %s", quote(text), d, d.Month())
	}
	if m, ok := GuessMonth(text); ok {
		return fmt.Errorf("%s is neither a date nor a month; write %s", quote(text), m)
	}
	return fmt.Errorf("%s is neither a date nor a month; write YYYY-MM-DD or YYYY-MM, for example 2026-10-30 or 2026-10", quote(text))
}

// IsZero reports whether neither a date nor a month was given.
func (v DayOrMonth) IsZero() bool { return v.day == 0 && v.month == 0 }

// IsMonth reports whether it was written as a month.
func (v DayOrMonth) IsMonth() bool { return v.month != 0 }

// First returns the day, or the first day of the month: the meaning of a start.
func (v DayOrMonth) First() Date {
	if v.month != 0 {
		return v.month.First()
	}
	return v.day
}

// Last returns the day, or the last day of the month: the meaning of an
// (inclusive) end.
func (v DayOrMonth) Last() Date {
	if v.month != 0 {
		return v.month.Last()
	}
	return v.day
}

// FirstMonth returns the month, or the month that the day lies in.
func (v DayOrMonth) FirstMonth() Month {
	if v.month != 0 {
		return v.month
	}
	return v.day.Month()
}

// String returns it as written: YYYY-MM-DD or YYYY-MM, and "" where unset.
func (v DayOrMonth) String() string {
	if v.month != 0 {
		return v.month.String()
	}
	return v.day.String()
}

// MarshalText returns what String returns.
func (v DayOrMonth) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// MarshalJSON returns it as a JSON string, and null where unset.
func (v DayOrMonth) MarshalJSON() ([]byte, error) { return jsonText(v.String()), nil }
