package cal

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		text string
		want string // the date as written back, or the error
	}{
		{"1970-01-01", "1970-01-01"},
		{"2199-12-31", "2199-12-31"},
		{"2024-02-29", "2024-02-29"},
		{"2000-02-29", "2000-02-29"},
		{"2026-02-30", "2026-02-30 is not a date; February 2026 has 28 days"},
		{"2100-02-29", "2100-02-29 is not a date; February 2100 has 28 days"},
		{"2026-04-31", "2026-04-31 is not a date; April 2026 has 30 days"},
		{"2026-04-00", "2026-04-00 is not a date; days run from 01"},
		{"2026-13-01", "2026-13-01 is not a date; months run from 01 to 12"},
		{"2026-00-01", "2026-00-01 is not a date; months run from 01 to 12"},
		{"1969-12-31", "1969-12-31 is out of range; years run from 1970 to 2199"},
		{"2200-01-01", "2200-01-01 is out of range; years run from 1970 to 2199"},
		{"", `"" is not a date; write YYYY-MM-DD, for example 2026-10-30`},
		{"2026-2-3", `"2026-2-3" is not a date; write 2026-02-03`},
		{"2027/11/9", `"2027/11/9" is not a date; write 2027-11-09`},
		{"20271109", `"20271109" is not a date; write 2027-11-09`},
		{"2027-11-09T10:00:00Z", `"2027-11-09T10:00:00Z" is not a date; write 2027-11-09`},
		{"2026-0x-03", `"2026-0x-03" is not a date; write YYYY-MM-DD, for example 2026-10-30`},
		{"+026-02-03", `"+026-02-03" is not a date; write YYYY-MM-DD, for example 2026-10-30`},
		{"03/02/2026", `"03/02/2026" is not a date; write YYYY-MM-DD, for example 2026-10-30`},
		{"soon\x1b[31m", `"soon\x1b[31m" is not a date; write YYYY-MM-DD, for example 2026-10-30`},
		{"٢٠٢٦-٠٢-٠٣٢٠٢٦-٠٢-٠٣٢٠٢٦", `"٢٠٢٦-٠٢-٠٣٢٠٢٦-٠٢-٠٣٢٠…" is not a date; write YYYY-MM-DD, for example 2026-10-30`},
	}
	for _, tt := range tests {
		got, err := ParseDate(tt.text)
		if diff := cmp.Diff(tt.want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseDate(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

// resultOf is the value as text, or the error.
func resultOf(v interface{ String() string }, err error) string {
	if err != nil {
		return err.Error()
	}
	return v.String()
}

func TestDateBounds(t *testing.T) {
	if got := MustDate("1970-01-01"); got != MinDate {
		t.Errorf("1970-01-01 is %d", got)
	}
	if got := MustDate("2199-12-31"); got != MaxDate {
		t.Errorf("2199-12-31 is %d", got)
	}
	if got := lastDate.String(); got != "9999-12-31" {
		t.Errorf("the last date is %s", got)
	}
	if got := MaxDate.Add(1).String(); got != "2200-01-01" {
		t.Errorf("the end of the range is %s", got)
	}
	if got := MinDate.Add(-1); got != MinDate {
		t.Errorf("before the first day comes %s", got)
	}
	if got := MaxDate.Add(1<<31 - 1); got != lastDate {
		t.Errorf("a long way on comes %s", got)
	}
	if got := Date(0).Add(5); got != 0 {
		t.Errorf("unset + 5 is %s", got)
	}
}

// Every day from 1970 to 9999 agrees with package time.
func TestDateAgreesWithTime(t *testing.T) {
	at := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := MinDate; d <= lastDate; d++ {
		y, m, day := d.YMD()
		ty, tm, tday := at.Date()
		if y != ty || m != int(tm) || day != tday || d.Weekday() != at.Weekday() || Date(civilDays(y, m, day)) != d {
			t.Fatalf("day %d is %04d-%02d-%02d %s, package time says %s", d, y, m, day, d.Weekday(), at)
		}
		if d <= MaxDate {
			if made, err := NewDate(y, m, day); made != d || err != nil {
				t.Fatalf("NewDate of %s: %d, %v", d, made, err)
			}
			if got := d.Month(); d < got.First() || d > got.Last() || got.Days() != Days(got.Last()-got.First()+1) {
				t.Fatalf("%s is not in its month %s", d, got)
			}
			if !d.Time().Equal(at) || DateOf(at.Add(24*time.Hour-1)) != d {
				t.Fatalf("%s is not %s", d, at)
			}
		}
		at = at.AddDate(0, 0, 1)
	}
}

func TestDateOf(t *testing.T) {
	west := time.FixedZone("west", -8*3600)
	tests := []struct {
		at   time.Time
		want string
	}{
		{time.Time{}, ""},
		{time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC), "2026-03-01"},
		{time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC).In(west), "2026-02-28"},
		{time.Date(1969, 12, 31, 23, 59, 0, 0, time.UTC), "1970-01-01"},
		{time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC), "9999-12-31"},
	}
	for _, tt := range tests {
		if got := DateOf(tt.at).String(); got != tt.want {
			t.Errorf("DateOf(%s) = %q, want %q", tt.at, got, tt.want)
		}
	}
	if !Date(0).Time().IsZero() {
		t.Error("the time of an unset date is not the zero time")
	}
}

func drawDate(t *rapid.T, label string) Date {
	return Date(rapid.Int32Range(int32(MinDate), int32(MaxDate)).Draw(t, label))
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := drawDate(t, "d"), drawDate(t, "e")
		if back, err := ParseDate(d.String()); back != d || err != nil {
			t.Fatalf("%s reads back as %s, %v", d, back, err)
		}
		if d.Add(e.Sub(d)) != e || d.Sub(e) != -e.Sub(d) || d.Before(e) != (d.String() < e.String()) || d.After(e) != e.Before(d) {
			t.Fatalf("%s and %s disagree", d, e)
		}
		m, n := d.Month(), e.Month()
		if m.Add(n.Sub(m)) != n || m.Add(1).First() != m.Last().Add(1) {
			t.Fatalf("%s and %s disagree", m, n)
		}
		if back, err := ParseMonth(m.String()); back != m || err != nil {
			t.Fatalf("%s reads back as %s, %v", m, back, err)
		}
	})
}

func TestJSON(t *testing.T) {
	var week WeekdayName
	if err := week.ParseText("tuesday"); err != nil {
		t.Fatal(err)
	}
	all := map[string][2]any{ // a set value, an unset one
		"date":       {MustDate("2026-02-03"), Date(0)},
		"month":      {MustMonth("2026-02"), Month(0)},
		"dayOrMonth": {InMonth(MustMonth("2026-02")), DayOrMonth{}},
		"period":     {MustMonth("2026-02").Period(), Period{}},
		"fy":         {FiscalYear(2027), FiscalYear(0)},
		"fys":        {FiscalYears{2026, 2028}, FiscalYears{}},
		"quarter":    {Quarter{2027, 2}, Quarter{}},
		"periodName": {PeriodName{Quarter: Quarter{2027, 2}}, PeriodName{}},
		"cadence":    {Cadence{Every: 2, Unit: EveryMonth}, Cadence{}},
		"weekday":    {week, WeekdayName(0)},
		"duration":   {WorkDuration(-2), WorkDuration(0)},
		"span":       {CalendarSpan(14), CalendarSpan(0)},
		"week":       {NewWorkweek(time.Sunday, time.Monday), Workweek(0)},
		"keys":       {map[Month]int{MustMonth("2026-02"): 1}, map[Date]int{MustDate("2026-02-03"): 1}},
	}
	got, err := json.MarshalIndent(all, "", "")
	if err != nil {
		t.Fatal(err)
	}
	var compact map[string]json.RawMessage
	if err := json.Unmarshal(got, &compact); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"date":       `["2026-02-03",null]`,
		"month":      `["2026-02",null]`,
		"dayOrMonth": `["2026-02",null]`,
		"period":     `[{"from":"2026-02-01","to":"2026-02-28"},null]`,
		"fy":         `["FY27",null]`,
		"fys":        `["FY26..FY28",null]`,
		"quarter":    `["FY27Q2",null]`,
		"periodName": `["FY27Q2",null]`,
		"cadence":    `["2 months",null]`,
		"weekday":    `["Tue",null]`,
		"duration":   `["-2d","0d"]`,
		"span":       `["14d","0d"]`,
		"week":       `[["Mon","Sun"],["Mon","Tue","Wed","Thu","Fri"]]`,
		"keys":       `[{"2026-02":1},{"2026-02-03":1}]`,
	}
	texts := map[string]string{}
	for k, v := range compact {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		texts[k] = string(b)
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestParseDateAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		if _, err := ParseDate("2026-02-03"); err != nil {
			t.Fatal(err)
		}
		if _, err := ParseMonth("2026-02"); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("ParseDate and ParseMonth allocate %v times", n)
	}
}

func BenchmarkParseDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseDate("2026-02-28"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkYMD(b *testing.B) {
	d := MustDate("2026-02-28")
	for b.Loop() {
		d.YMD()
	}
}
