package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
)

func TestRefusedRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, want string }{
		{"", `"" is not NAME=VALUE`},
		{"FREQ", `"FREQ" is not NAME=VALUE`},
		{"FREQ=", `"FREQ=" is not NAME=VALUE`},
		{"INTERVAL=2", "it lacks FREQ"},
		{"FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY is not YEARLY, MONTHLY, WEEKLY or DAILY"},
		{"FREQ=SECONDLY", "several times a day"},
		{"FREQ=DAILY;BYHOUR=9,17", "several times a day"},
		{"FREQ=DAILY;FREQ=DAILY", "FREQ stands twice"},
		{"FREQ=DAILY;BYEASTER=0", "there is no BYEASTER in one"},
		{"FREQ=DAILY;DTSTART=20260101", "there is no DTSTART in one"},
		{"FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not a number from 1 to 1000"},
		{"FREQ=DAILY;INTERVAL=9223372036854775807", "is not a number from 1 to 1000"},
		{"FREQ=DAILY;COUNT=0", "COUNT=0 is not a number"},
		{"FREQ=DAILY;COUNT=-1", "COUNT=-1 is not a number"},
		{"FREQ=DAILY;COUNT=2;UNTIL=20261231", "COUNT and UNTIL exclude each other"},
		{"FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230 is not a day"},
		{"FREQ=DAILY;UNTIL=2026", "UNTIL=2026 is not a day"},
		{"FREQ=DAILY;UNTIL=20261231T25", "is not a day"},
		{"FREQ=WEEKLY;WKST=XX", "WKST=XX is not a day"},
		{"FREQ=WEEKLY;BYDAY=MON", `"MON" in BYDAY is not a day`},
		{"FREQ=WEEKLY;BYDAY=1MO", `"1MO" in BYDAY needs a month or a year to count in`},
		{"FREQ=MONTHLY;BYDAY=6MO", `"6MO" in BYDAY counts from 1 to 5`},
		{"FREQ=MONTHLY;BYDAY=-53MO", "counts from 1 to 5"}, // the library would not survive it
		{"FREQ=YEARLY;BYMONTH=1;BYDAY=53MO", "counts from 1 to 5"},
		{"FREQ=YEARLY;BYDAY=54MO", "counts from 1 to 53"},
		{"FREQ=YEARLY;BYDAY=0MO", "counts from 1 to 53"},
		{"FREQ=MONTHLY;BYMONTHDAY=32", "bymonthday must be between 1 and 31"},
		{"FREQ=MONTHLY;BYMONTHDAY=0", "bymonthday must be between"},
		{"FREQ=MONTHLY;BYMONTHDAY=x", "invalid syntax"},
		{"FREQ=MONTHLY;BYMONTH=13", "bymonth must be between 1 and 12"},
		{"FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO needs FREQ=YEARLY"},
		{"FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY needs FREQ=YEARLY"},
		{"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY excludes FREQ=WEEKLY"},
		{"FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS needs another part"},
		{"FREQ=MONTHLY;BYMONTHDAY=1" + strings.Repeat(",1", 300), "it has more than 500 characters"},
	} {
		if _, err := ParseRule(c.rule); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: %v, want %s", c.rule, err, c.want)
		}
	}
}

// What is written in the wild, and what days it means.
func TestRuleDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, start, days string }{
		{"RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30;COUNT=2", "2026-11-24", "2026-11-30 2026-12-07"}, // the hour does not matter
		{"FREQ=MONTHLY;BYMONTHDAY=30;UNTIL=20260130T000000Z", "2026-01-01", "2026-01-30"},                  // UNTIL is inclusive
		{"FREQ=MONTHLY;BYMONTHDAY=30;UNTIL=20260131T235959", "2026-01-01", "2026-01-30"},
		{"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01", ""}, // never
	} {
		rule, err := ParseRule(c.rule)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		start := cal.MustDate(c.start)
		if got := rule.days(start, cal.Through(start, start.Add(800))); !slices.Equal(spelled(got), strings.Fields(c.days)) {
			t.Errorf("%s: %v, want %s", c.rule, got, c.days)
		}
	}
}

// Whatever is accepted is expanded, soon, to days of the period in order; and what is
// asked for in two halves is what is asked for at once.
func TestRuleProperties(t *testing.T) {
	t.Parallel()
	numbers := func(most int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			var list []string
			for range rapid.IntRange(1, 4).Draw(t, "n") {
				list = append(list, fmt.Sprint(rapid.IntRange(-most, most).Draw(t, "x")))
			}
			return strings.Join(list, ",")
		})
	}
	days := rapid.Custom(func(t *rapid.T) string {
		var list []string
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			n := rapid.SampledFrom([]string{"", "", "1", "-1", "5", "-5", "+2", "20", "53", "-53"}).Draw(t, "which")
			list = append(list, n+rapid.SampledFrom([]string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}).Draw(t, "day"))
		}
		return strings.Join(list, ",")
	})
	parts := []struct {
		key   string
		value *rapid.Generator[string]
	}{
		{"BYMONTH", numbers(12)},
		{"BYWEEKNO", numbers(53)},
		{"BYYEARDAY", numbers(366)},
		{"BYMONTHDAY", numbers(31)},
		{"BYDAY", days},
		{"BYSETPOS", numbers(366)},
		{"WKST", rapid.SampledFrom([]string{"MO", "SU", "TH"})},
		{"INTERVAL", rapid.SampledFrom([]string{"1", "2", "7", "53", "1000"})},
		{"COUNT", rapid.SampledFrom([]string{"1", "5", "100000"})},
		{"UNTIL", rapid.SampledFrom([]string{"20300101", "21991231"})},
	}
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		text := "FREQ=" + rapid.SampledFrom([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}).Draw(t, "freq")
		for _, p := range parts {
			if rapid.IntRange(0, 3).Draw(t, p.key) == 0 {
				text += ";" + p.key + "=" + p.value.Draw(t, p.key)
			}
		}
		rule, err := ParseRule(text)
		if err != nil {
			return
		}
		accepted++
		start := cal.MustDate("1970-01-01").Add(cal.Days(rapid.IntRange(0, 80_000).Draw(t, "start")))
		from := start.Add(cal.Days(rapid.IntRange(-400, 4000).Draw(t, "from")))
		middle := from.Add(cal.Days(rapid.IntRange(0, 400).Draw(t, "middle")))
		to := middle.Add(cal.Days(rapid.IntRange(0, 400).Draw(t, "to")))
		began := time.Now()
		whole := rule.days(start, cal.Period{From: from, To: to})
		if took := time.Since(began); took > 10*time.Second {
			t.Fatalf("%s took %s", text, took)
		}
		halves := slices.Concat(rule.days(start, cal.Period{From: from, To: middle}), rule.days(start, cal.Period{From: middle, To: to}))
		if !slices.Equal(whole, halves) {
			t.Fatalf("%s from %s: %v, in halves %v", text, start, whole, halves)
		}
		for i, d := range whole {
			if d < start || d < from || d >= to || i > 0 && d <= whole[i-1] {
				t.Fatalf("%s from %s: %v is not of %s..%s, or not in order", text, start, whole, from, to)
			}
		}
	})
	if accepted == 0 {
		t.Error("no rule was accepted")
	}
}

// FuzzParseRule looks for rules that are accepted and then panic, or take too long.
func FuzzParseRule(f *testing.F) {
	for _, seed := range []string{"FREQ=MONTHLY;BYDAY=-1FR", "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYSETPOS=-366;BYDAY=SU"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := ParseRule(text)
		if err != nil {
			return
		}
		start := cal.MustDate("2024-02-29")
		began := time.Now()
		rule.days(start, cal.Through(start, start.Add(4000)))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s took %s", text, took)
		}
	})
}
