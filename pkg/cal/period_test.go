package cal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseMonth(t *testing.T) {
	tests := []struct{ text, want string }{
		{"1970-01", "1970-01"},
		{"2199-12", "2199-12"},
		{"2026-13", "2026-13 is not a month; months run from 01 to 12"},
		{"1969-12", "1969-12 is out of range; years run from 1970 to 2199"},
		{"2026-5", `"2026-5" is not a month; write 2026-05`},
		{"2026-05-09", `"2026-05-09" is not a month; write 2026-05`},
		{"May 2026", `"May 2026" is not a month; write 2026-05`},
		{"", `"" is not a month; write YYYY-MM, for example 2026-10`},
	}
	for _, tt := range tests {
		got, err := ParseMonth(tt.text)
		if diff := cmp.Diff(tt.want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseMonth(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

// From excelize, calc_test.go (BSD-3-Clause): EOMONTH, the end of the month so many
// months away, and the months of EDATE.
func TestMonthAddPublished(t *testing.T) {
	tests := []struct {
		start  string
		months int
		want   string
	}{
		{"2021-01-01", -1, "2020-12-31"},
		{"2020-01-29", 12, "2021-01-31"},
		{"2021-01-12", -18, "2019-07-31"},
		{"2020-01-31", 1, "2020-02-29"},
		{"2021-06-12", -14, "2020-04-30"},
	}
	for _, tt := range tests {
		if got := MustDate(tt.start).Month().Add(tt.months).Last().String(); got != tt.want {
			t.Errorf("%s + %d months ends %s, want %s", tt.start, tt.months, got, tt.want)
		}
	}
}

func TestMonth(t *testing.T) {
	m := MustMonth("2024-02")
	type row struct {
		First, Last, Next, Before, Name, Period string
		Days, PeriodDays                        Days
	}
	got := row{m.First().String(), m.Last().String(), m.Add(11).String(), m.Add(-2).String(), m.Name(), m.Period().String(), m.Days(), m.Period().Days()}
	want := row{"2024-02-01", "2024-02-29", "2025-01", "2023-12", "February 2024", "2024-02-01..2024-02-29", 29, 29}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("2024-02 (-want +got):\n%s", diff)
	}
	if got := MinMonth.Add(-5); got != MinMonth {
		t.Errorf("before the first month comes %s", got)
	}
	if got := MaxMonth.Add(1 << 40); got.String() != "9999-12" || got.Last() != lastDate {
		t.Errorf("a long way on comes %s", got)
	}
	if got := MaxMonth.Period(); got.To != MaxDate+1 || got.Days() != 31 {
		t.Errorf("2199-12 is %s", got)
	}
	var unset Month
	if got := unset.Add(3); got != 0 || unset.First() != 0 || unset.Last() != 0 || unset.Days() != 0 || unset.Name() != "" || !unset.Period().IsEmpty() {
		t.Error("an unset month does not stay unset")
	}
}

func TestDayOrMonth(t *testing.T) {
	type row struct {
		Text, First, Last, Month string
		IsMonth                  bool
	}
	tests := map[string]row{
		"2026-03":    {"2026-03", "2026-03-01", "2026-03-31", "2026-03", true},
		"2026-03-15": {"2026-03-15", "2026-03-15", "2026-03-15", "2026-03", false},
	}
	for text, want := range tests {
		var v DayOrMonth
		if err := v.ParseText(text); err != nil {
			t.Fatal(err)
		}
		got := row{v.String(), v.First().String(), v.Last().String(), v.FirstMonth().String(), v.IsMonth()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	fails := map[string]string{
		"2026-3":     `"2026-3" is neither a date nor a month; write 2026-03`,
		"2026-3-5":   `"2026-3-5" is neither a date nor a month; write 2026-03-05 or 2026-03`,
		"2026-02-30": "2026-02-30 is not a date; February 2026 has 28 days",
		"2026-00":    "2026-00 is not a month; months run from 01 to 12",
		"FY27":       `"FY27" is neither a date nor a month; write YYYY-MM-DD or YYYY-MM, for example 2026-10-30 or 2026-10`,
	}
	for text, want := range fails {
		v := OnDay(5)
		err := v.ParseText(text)
		if diff := cmp.Diff(want, resultOf(v, err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
		if !v.IsZero() {
			t.Errorf("%s leaves %s behind", text, v)
		}
	}
}

func TestPeriod(t *testing.T) {
	p := Through(MustDate("2026-01-31"), MustDate("2026-03-01"))
	if diff := cmp.Diff([]Month{MustMonth("2026-01"), MustMonth("2026-02"), MustMonth("2026-03")}, p.Months()); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
	if p.Days() != 30 || p.Contains(p.To) || !p.Contains(p.From) || p.Last() != MustDate("2026-03-01") {
		t.Errorf("the days of %s are wrong", p)
	}
	backwards := Period{From: 10, To: 5}
	if !backwards.IsEmpty() || backwards.Days() != 0 || backwards.String() != "" || backwards.Months() != nil || backwards.Last() != 0 {
		t.Error("a period that ends before it begins is not empty")
	}
	rapid.Check(t, func(t *rapid.T) {
		p := Period{drawDate(t, "from"), drawDate(t, "to")}
		q := Period{drawDate(t, "from"), drawDate(t, "to")}
		d := drawDate(t, "day")
		if both := p.Intersect(q); both != q.Intersect(p) || both.Contains(d) != (p.Contains(d) && q.Contains(d)) {
			t.Fatalf("%s and %s have %s in common", p, q, both)
		}
		var sum Days
		for _, m := range p.Months() {
			sum += m.Period().Intersect(p).Days()
		}
		if sum != p.Days() {
			t.Fatalf("the months of %s have %d days, it has %d", p, sum, p.Days())
		}
	})
}

func TestDurations(t *testing.T) {
	work := map[string]string{
		"15d": "15d", "3w": "15d", "-2d": "-2d", "-1w": "-5d", "0d": "0d", "-0d": "0d", "60000d": "60000d",
		"15":                      `"15" is not a duration; write working days or weeks, for example 15d or 3w`,
		"":                        `"" is not a duration; write working days or weeks, for example 15d or 3w`,
		"d":                       `"d" is not a duration; write working days or weeks, for example 15d or 3w`,
		"-d":                      `"-d" is not a duration; write working days or weeks, for example 15d or 3w`,
		"1.5d":                    `"1.5d" is not a duration; write working days or weeks, for example 15d or 3w`,
		"15D":                     `"15D" is not a duration; write working days or weeks, for example 15d or 3w`,
		"15 d":                    `"15 d" is not a duration; write working days or weeks, for example 15d or 3w`,
		"60001d":                  `"60001d" is out of range; durations run to 60000d`,
		"-99999999999999999999w":  `"-99999999999999999999w" is out of range; durations run to 60000d`,
		"999999999999999999999mo": `"999999999999999999999mo" is not a duration; write working days or weeks, for example 15d or 3w`,
	}
	for text, want := range work {
		got, err := ParseWorkDuration(text)
		if diff := cmp.Diff(want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseWorkDuration(%q) (-want +got):\n%s", text, diff)
		}
	}
	spans := map[string]string{
		"14d": "14d", "2w": "14d", "0d": "0d", "84000d": "84000d",
		"-1d":    `"-1d" is not a span; it must not be negative`,
		"14":     `"14" is not a span; write calendar days or weeks, for example 14d or 2w`,
		"12001w": `"12001w" is out of range; spans run to 84000d`,
	}
	for text, want := range spans {
		got, err := ParseCalendarSpan(text)
		if diff := cmp.Diff(want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseCalendarSpan(%q) (-want +got):\n%s", text, diff)
		}
	}
}
