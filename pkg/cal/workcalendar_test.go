package cal

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// weekOf reads a week spelled Monday first with a dash where no work is done.
func weekOf(mask string) Workweek {
	var w Workweek
	for i, d := range mondayFirst {
		if mask[i] != '-' {
			w |= NewWorkweek(d)
		}
	}
	return w
}

func datesOf(texts ...string) []Date {
	var dates []Date
	for _, s := range texts {
		dates = append(dates, MustDate(s))
	}
	return dates
}

// NETWORKDAYS and NETWORKDAYS.INTL of spreadsheets count both ends; Workdays
// counts (a, b].
func TestWorkdaysPublished(t *testing.T) {
	tests := []struct {
		source, start, end, week string
		holidays                 []Date
		want                     WorkDays
	}{
		{"excelize calc_test.go (BSD-3-Clause)", "2020-01-01", "2020-09-12", "MTWTF--", nil, 183},
		{"excelize calc_test.go (BSD-3-Clause)", "2020-09-12", "2020-01-01", "MTWTF--", nil, -183},
		{"excelize calc_test.go (BSD-3-Clause)", "2020-01-01", "2020-09-12", "--WTFSS", nil, 184},
		{"excelize calc_test.go (BSD-3-Clause)", "2020-01-01", "2020-09-12", "MTW--SS", nil, 182},
		{"excelize calc_test.go (BSD-3-Clause)", "2020-01-01", "2020-09-12", "-TWTFSS", nil, 220},
		{"excelize calc_test.go (BSD-3-Clause)", "2020-01-01", "2020-09-12", "MTW-FSS", nil, 219},
		{"formulajs test/date-time.js (MIT)", "2013-12-04", "2013-12-06", "MTWTF--", nil, 3},
		{"formulajs test/date-time.js (MIT)", "2013-12-04", "2013-12-09", "MTWTF--", nil, 4},
		{"formulajs test/date-time.js (MIT)", "2013-12-04", "2014-01-04", "MTWTF--", datesOf("2014-01-01"), 22},
		{"formulajs test/date-time.js (MIT)", "2021-01-01", "2021-02-24", "MTW--S-", nil, 32},
		{"calcapp.net, NETWORKDAYS.INTL", "2008-01-01", "2009-01-01", "MTWTF--", nil, 263},
		{"mescius.com Spread, NETWORKDAYS.INTL", "2014-09-01", "2014-09-30", "MTWT---", datesOf("2014-09-02", "2014-09-03"), 16},
	}
	for _, tt := range tests {
		c := NewWorkCalendar(weekOf(tt.week), tt.holidays)
		a, b := MustDate(tt.start), MustDate(tt.end)
		got := c.Workdays(a-1, b)
		if b < a {
			got = c.Workdays(a, b-1)
		}
		if got != tt.want {
			t.Errorf("%s: %s to %s, %s: %d, want %d", tt.source, tt.start, tt.end, tt.week, got, tt.want)
		}
	}
}

// WORKDAY.INTL, from excelize calc_test.go (BSD-3-Clause).
func TestAddWorkdaysPublished(t *testing.T) {
	tests := []struct {
		start, week string
		holidays    []Date
		n           WorkDays
		want        string
	}{
		{"2015-12-01", "MTWTF--", nil, 0, "2015-12-01"},
		{"2015-12-01", "MTWTF--", nil, 25, "2016-01-05"},
		{"2015-12-01", "M--TFSS", nil, 25, "2016-01-04"},
		{"2015-12-01", "MTWT--S", nil, 25, "2016-01-05"},
		{"2015-12-01", "M-WTFSS", nil, 25, "2015-12-30"},
		{"2015-12-01", "MTWT-SS", nil, 25, "2015-12-30"},
		{"2020-01-01", "M--TFSS", nil, -123, "2019-07-13"},
		{"2020-01-01", "M--TFSS", datesOf("2019-07-14"), -123, "2019-07-12"},
		{"2020-01-01", "M--TFSS", datesOf("2019-05-01", "2019-09-13", "2019-10-01", "2019-12-25", "2020-01-01",
			"2020-01-01", "2020-01-24", "2020-04-04", "2020-05-01", "2020-06-25"), 123, "2020-06-26"},
	}
	for _, tt := range tests {
		got := NewWorkCalendar(weekOf(tt.week), tt.holidays).AddWorkdays(MustDate(tt.start), tt.n).String()
		if got != tt.want {
			t.Errorf("%s + %d, %s: %s, want %s", tt.start, tt.n, tt.week, got, tt.want)
		}
	}
}

// Ends of 52/53-week years, from pandas tests/tseries/offsets/test_fiscal.py
// (BSD-3-Clause): each is the last Saturday of an August.
func TestWeekdayPublished(t *testing.T) {
	for _, d := range datesOf("2006-08-26", "2007-08-25", "2008-08-30", "2009-08-29", "2010-08-28", "2011-08-27",
		"2012-08-25", "2013-08-31", "2014-08-30", "2015-08-29", "2016-08-27", "2017-08-26", "2018-08-25", "2019-08-31") {
		if d.Weekday() != time.Saturday || d.Add(7).Month() == d.Month() {
			t.Errorf("%s is a %s, not the last Saturday of its month", d, d.Weekday())
		}
	}
}

func TestWorkCalendarEdges(t *testing.T) {
	var zero WorkCalendar
	fri, sat, mon := MustDate("2026-02-06"), MustDate("2026-02-07"), MustDate("2026-02-09")
	christmas := NewWorkCalendar(0, datesOf("2026-12-25", "2026-12-24", "2026-12-26", "2026-12-24"))
	got := map[string]string{
		"next of Friday":         zero.NextWorkday(fri).String(),
		"next of Saturday":       zero.NextWorkday(sat).String(),
		"prev of Saturday":       zero.PrevWorkday(sat).String(),
		"prev of Monday":         zero.PrevWorkday(mon).String(),
		"Saturday + 1":           zero.AddWorkdays(sat, 1).String(),
		"Saturday - 1":           zero.AddWorkdays(sat, -1).String(),
		"Saturday + 0":           zero.AddWorkdays(sat, 0).String(),
		"before all":             zero.AddWorkdays(MinDate, -1).String(),
		"after all":              zero.AddWorkdays(MaxDate, 1<<31-1).String(),
		"past 2199":              zero.AddWorkdays(MaxDate, 1).String(),
		"next of unset":          zero.NextWorkday(0).String(),
		"unset + 3":              zero.AddWorkdays(0, 3).String(),
		"next of Christmas Eve":  christmas.NextWorkday(MustDate("2026-12-24")).String(),
		"prev of Boxing Day":     christmas.PrevWorkday(MustDate("2026-12-26")).String(),
		"Wednesday + 1":          christmas.AddWorkdays(MustDate("2026-12-23"), 1).String(),
		"the week without a day": Workweek(0).String(),
	}
	want := map[string]string{
		"next of Friday":         "2026-02-06",
		"next of Saturday":       "2026-02-09",
		"prev of Saturday":       "2026-02-06",
		"prev of Monday":         "2026-02-09",
		"Saturday + 1":           "2026-02-09",
		"Saturday - 1":           "2026-02-06",
		"Saturday + 0":           "2026-02-07",
		"before all":             "1970-01-01",
		"after all":              "9999-12-31",
		"past 2199":              "2200-01-01",
		"next of unset":          "",
		"unset + 3":              "",
		"next of Christmas Eve":  "2026-12-28",
		"prev of Boxing Day":     "2026-12-23",
		"Wednesday + 1":          "2026-12-28",
		"the week without a day": "Mon, Tue, Wed, Thu, Fri",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	if zero.IsWorkday(0) {
		t.Error("an unset date is a working day")
	}
	if got := christmas.WorkdaysIn(MustMonth("2026-12").Period()); got != 21 {
		t.Errorf("December 2026 has %d working days, want 21", got)
	}
	if got := zero.WorkdaysIn(Period{From: 5, To: 5}); got != 0 {
		t.Errorf("an empty period has %d working days", got)
	}
	if got := zero.WorkdaysIn(MinMonth.Period()); got != 22 {
		t.Errorf("1970-01 has %d working days, want 22", got)
	}
}

// naive counts the working days in (a, b] one by one.
func naive(week Workweek, holidays []Date, a, b Date) WorkDays {
	if b < a {
		return -naive(week, holidays, b, a)
	}
	free := map[Date]bool{}
	for _, h := range holidays {
		free[h] = true
	}
	var n WorkDays
	for d := a + 1; d <= b; d++ {
		if week.Has(d.Weekday()) && !free[d] {
			n++
		}
	}
	return n
}

func TestWorkCalendarProperties(t *testing.T) {
	near := rapid.Int32Range(int32(MinDate), 1500) // dense enough for holidays to matter
	rapid.Check(t, func(t *rapid.T) {
		week := Workweek(rapid.Uint8Range(0, 127).Draw(t, "week"))
		var holidays []Date
		for _, h := range rapid.SliceOfN(near, 0, 300).Draw(t, "holidays") {
			holidays = append(holidays, Date(h))
		}
		c := NewWorkCalendar(week, holidays)
		a, b, m := Date(near.Draw(t, "a")), Date(near.Draw(t, "b")), Date(near.Draw(t, "m"))

		if got, want := c.Workdays(a, b), naive(week, holidays, a, b); got != want {
			t.Fatalf("(%s, %s] has %d working days, counted one by one %d", a, b, got, want)
		}
		if c.Workdays(a, b) != -c.Workdays(b, a) || c.Workdays(a, m)+c.Workdays(m, b) != c.Workdays(a, b) {
			t.Fatalf("counting is not additive over %s, %s, %s", a, m, b)
		}
		if c.IsWorkday(b) != (c.Workdays(b-1, b) == 1) {
			t.Fatalf("%s: a working day is not what is counted", b)
		}
		if n := WorkDays(rapid.Int32Range(1, 500).Draw(t, "n")); true {
			later := c.AddWorkdays(a, n)
			if !c.IsWorkday(later) || c.Workdays(a, later) != n {
				t.Fatalf("%s + %d is %s, which counts back as %d", a, n, later, c.Workdays(a, later))
			}
			if earlier := c.AddWorkdays(later, -n); n > c.Workdays(0, later)-1 {
				if earlier != MinDate && !c.IsWorkday(earlier) {
					t.Fatalf("%s - %d is %s", later, n, earlier)
				}
			} else if !c.IsWorkday(earlier) || c.Workdays(earlier, later) != n {
				t.Fatalf("%s - %d is %s", later, n, earlier)
			}
		}
		next := c.NextWorkday(a)
		if !c.IsWorkday(next) || next < a || c.Workdays(a-1, next) != 1 {
			t.Fatalf("the next working day of %s is %s", a, next)
		}
		if prev := c.PrevWorkday(a); c.Workdays(0, a) > 0 && (!c.IsWorkday(prev) || prev > a || c.Workdays(prev, a) != 0) {
			t.Fatalf("the previous working day of %s is %s", a, prev)
		}
	})
}

func BenchmarkWorkdays(b *testing.B) {
	var holidays []Date
	for d := MustDate("2020-01-01"); len(holidays) < 200; d = d.Add(37) {
		holidays = append(holidays, d)
	}
	from, to := MustDate("2026-02-02"), MustDate("2029-01-29")
	for name, c := range map[string]*WorkCalendar{"no holidays": {}, "200 holidays": NewWorkCalendar(0, holidays)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Workdays(from, to)
			}
		})
		b.Run("add, "+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.AddWorkdays(from, 700)
			}
		})
	}
}
