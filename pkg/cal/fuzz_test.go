package cal

import (
	"testing"
	"time"
)

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-02-03", "2024-02-29", "2026-02-30", "1969-12-31", "2200-01-01", "2026-2-3", "20260203", "2026-02-03T10:00Z", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		at, timeErr := time.Parse(time.DateOnly, s)
		valid := timeErr == nil && at.Year() >= MinYear && at.Year() <= MaxYear
		if (err == nil) != valid {
			t.Fatalf("ParseDate(%q): %v, package time says %v", s, err, timeErr)
		}
		if err == nil && (d.String() != s || d != DateOf(at)) || err != nil && d != 0 {
			t.Fatalf("ParseDate(%q) = %s", s, d)
		}
	})
}

func FuzzParseMonth(f *testing.F) {
	for _, s := range []string{"2026-02", "2026-13", "1969-12", "2026-5", "2026-05-09", "May 2026", "FY27Q2", "FY26..FY28", "15d", "-3w", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMonth(s)
		at, timeErr := time.Parse("2006-01", s)
		valid := timeErr == nil && at.Year() >= MinYear && at.Year() <= MaxYear
		if (err == nil) != valid {
			t.Fatalf("ParseMonth(%q): %v, package time says %v", s, err, timeErr)
		}
		if err == nil && (m.String() != s || m.First() != DateOf(at)) || err != nil && m != 0 {
			t.Fatalf("ParseMonth(%q) = %s", s, m)
		}

		// The other small texts: whatever they read, they write and read again.
		again(t, s, func(s string) (DayOrMonth, error) { var v DayOrMonth; err := v.ParseText(s); return v, err })
		again(t, s, ParsePeriodName)
		again(t, s, ParseFiscalYears)
		again(t, s, ParseWorkDuration)
		again(t, s, ParseCalendarSpan)
	})
}

func FuzzParseCadence(f *testing.F) {
	for _, s := range []string{"2 weeks on Tue", "month on day 5", "quarterly on last workday", "month on 2nd tue", "3 workdays", "0 days", "week on", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { again(t, s, ParseCadence) })
}

// again checks that what a text is read as is written as a text that reads the same.
func again[T interface {
	comparable
	String() string
}](t *testing.T, s string, parse func(string) (T, error)) {
	t.Helper()
	v, err := parse(s)
	var zero T
	if err != nil {
		if v != zero {
			t.Fatalf("%q is refused (%v) yet gives %s", s, err, v)
		}
		return
	}
	if back, err := parse(v.String()); back != v || err != nil {
		t.Fatalf("%q reads as %s, then as %s, %v", s, v, back, err)
	}
}
