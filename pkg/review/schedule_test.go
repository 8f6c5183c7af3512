package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// snapshot assembles documents, one a file; a Portfolio is added where there is none,
// with a fiscal year from February on and Thanksgiving, the day after it and Christmas off.
func snapshot(t testing.TB, docs ...string) *portfolio.Snapshot {
	t.Helper()
	if !slices.ContainsFunc(docs, func(d string) bool { return strings.Contains(d, "kind: Portfolio") }) {
		docs = append(docs, "kind: Portfolio\nmetadata: {name: main}\nspec: {"+calendar+"}\n")
	}
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, diags := portfolio.Assemble(parts)
	for _, d := range diags {
		t.Logf("%s:%v %s %s", d.File, d.Range.Start, d.Code, d.Message)
	}
	return s
}

const calendar = "fiscalYear: {startMonth: 2}, calendar: {holidays: [2026-11-26, 2026-11-27, 2026-12-24, 2026-12-25, 2027-01-01]}"

func every(text, start string) Schedule {
	c, err := cal.ParseCadence(text)
	if err != nil {
		panic(err)
	}
	x := Schedule{Every: c}
	if start != "" {
		x.Start = cal.MustDate(start)
	}
	return x
}

// dues spells days, "day<scheduled" where they differ.
func dues(list []Due) (out []string) {
	for _, d := range list {
		text := d.On.String()
		if d.On != d.Scheduled {
			text += "<" + d.Scheduled.String()
		}
		out = append(out, text)
	}
	return out
}

// By hand, from the calendar of 2026: 2026-11-26 is a Thursday.
func TestCadences(t *testing.T) {
	t.Parallel()
	s := snapshot(t)
	for _, c := range []struct {
		every, start, from, until string
		want                      string
	}{
		{"day", "2026-11-20", "2026-11-20", "2026-11-24", "2026-11-20 2026-11-23 2026-11-24"}, // Saturday and Sunday fall on Monday
		{"3 days", "2026-11-20", "2026-11-20", "2026-11-30", "2026-11-20 2026-11-23 2026-11-30<2026-11-29"},
		{"workday", "2026-11-25", "2026-11-01", "2026-12-01", "2026-11-25 2026-11-30 2026-12-01"},
		{"5 workdays", "2026-11-20", "2026-11-20", "2026-12-07", "2026-11-20 2026-12-01"},
		{"week", "2026-11-02", "2026-11-03", "2026-11-30", "2026-11-09 2026-11-16 2026-11-23 2026-11-30"},
		{"2 weeks on Tue", "2026-06-01", "2026-11-01", "2026-12-05", "2026-11-03 2026-11-17 2026-12-01"},
		{"2 weeks on Tue", "2026-11-04", "2026-11-01", "2026-11-30", "2026-11-10 2026-11-24"}, // the first Tuesday on or after the start
		{"week on Thu", "2026-11-19", "2026-11-19", "2026-12-03", "2026-11-19 2026-11-30<2026-11-26 2026-12-03"},
		{"month", "2026-01-31", "2026-02-01", "2026-05-31", "2026-02-02<2026-01-31 2026-03-02<2026-02-28 2026-03-31 2026-04-30"}, // May's 31st is a Sunday
		{"month on last Fri", "2025-12-01", "2026-10-01", "2026-12-31", "2026-10-30 2026-11-30<2026-11-27 2026-12-28<2026-12-25"},
		{"month on 5th Fri", "2026-01-01", "2026-01-01", "2026-07-31", "2026-01-30 2026-05-29 2026-07-31"}, // months that have one
		{"month on day 31", "2026-09-01", "2026-09-01", "2026-12-31", "2026-09-30 2026-11-02<2026-10-31 2026-11-30 2026-12-31"},
		{"month on 1st workday", "2026-11-15", "2026-11-01", "2027-01-31", "2026-12-01 2027-01-04"},
		{"month on last workday", "2026-11-01", "2026-11-01", "2026-12-31", "2026-11-30 2026-12-31"},
		{"2 months on 2nd Tue", "2026-10-14", "2026-10-01", "2027-02-28", "2026-12-08 2027-02-09"},                       // October's is before the start
		{"quarter on last Thu", "2026-02-02", "2026-02-01", "2027-01-31", "2026-04-30 2026-07-30 2026-10-29 2027-01-28"}, // fiscal quarters end in April, July, October, January
		{"quarter", "2026-03-16", "2026-03-01", "2026-12-31", "2026-03-16 2026-06-16 2026-09-16 2026-12-16"},
		{"year", "2024-02-29", "2025-01-01", "2028-12-31", "2025-02-28 2026-03-02<2026-02-28 2027-03-01<2027-02-28 2028-02-29"},
		// without a start each fiscal year begins anew: 2026-02-01 is a Sunday
		{"4 weeks on Mon", "", "2026-01-01", "2026-03-10", "2026-01-05 2026-02-02 2026-03-02"},
		{"quarter", "", "2026-01-01", "2026-08-31", "2026-02-02<2026-02-01 2026-05-01 2026-08-03<2026-08-01"},
	} {
		got := every(c.every, c.start).Days(s, cal.Through(cal.MustDate(c.from), cal.MustDate(c.until)))
		if diff := cmp.Diff(strings.Fields(c.want), dues(got)); diff != "" {
			t.Errorf("%s from %s (-want +got):\n%s", c.every, c.start, diff)
		}
	}
}

// A day that was scheduled before a period and moves into it is of the period; a schedule
// has an end by what it says, not by where that moves.
func TestMovesIntoThePeriod(t *testing.T) {
	t.Parallel()
	s := snapshot(t)
	x := every("month on last Fri", "2026-01-01")
	x.End = cal.MustDate("2026-11-27")
	got := x.Days(s, cal.Through(cal.MustDate("2026-11-28"), cal.MustDate("2027-03-31")))
	if diff := cmp.Diff([]string{"2026-11-30<2026-11-27"}, dues(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func cadences() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		text := rapid.SampledFrom([]string{"", "2 ", "3 ", "13 "}).Draw(t, "count")
		unit := rapid.SampledFrom([]string{"day", "workday", "week", "month", "quarter", "year"}).Draw(t, "unit")
		if text += unit; text[0] >= '0' && text[0] <= '9' {
			text += "s"
		}
		switch unit {
		case "week":
			text += rapid.SampledFrom([]string{"", " on Tue", " on Sun"}).Draw(t, "on")
		case "month", "quarter":
			text += rapid.SampledFrom([]string{"", " on day 31", " on 5th Fri", " on last Thu", " on 1st workday", " on last workday", " on last day"}).Draw(t, "on")
		}
		return text
	})
}

// Days are worked, in order, none twice, and those of two halves of a period are those
// of the whole.
func TestScheduleProperties(t *testing.T) {
	t.Parallel()
	s := snapshot(t)
	rapid.Check(t, func(t *rapid.T) {
		text := cadences().Draw(t, "cadence")
		x := every(text, "")
		if rapid.Bool().Draw(t, "has a start") {
			x.Start = cal.MustDate("2025-06-01").Add(cal.Days(rapid.IntRange(0, 700).Draw(t, "start")))
		}
		from := cal.MustDate("2026-01-01").Add(cal.Days(rapid.IntRange(0, 500).Draw(t, "from")))
		middle := from.Add(cal.Days(rapid.IntRange(0, 200).Draw(t, "middle")))
		to := middle.Add(cal.Days(rapid.IntRange(0, 200).Draw(t, "to")))
		whole := x.Days(s, cal.Period{From: from, To: to})
		halves := slices.Concat(x.Days(s, cal.Period{From: from, To: middle}), x.Days(s, cal.Period{From: middle, To: to}))
		if diff := cmp.Diff(dues(whole), dues(halves)); diff != "" {
			t.Fatalf("%s in halves (-whole +halves):\n%s", text, diff)
		}
		for i, d := range whole {
			if !s.Calendar.IsWorkday(d.On) || d.On != s.Calendar.NextWorkday(d.Scheduled) || d.Scheduled < x.Start ||
				d.On < from || d.On >= to || i > 0 && d.On <= whole[i-1].On {
				t.Fatalf("%s from %s: %v", text, x.Start, dues(whole))
			}
		}
	})
}
