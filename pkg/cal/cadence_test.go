package cal

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseCadence(t *testing.T) {
	tests := []struct {
		text, back string
		want       Cadence
	}{
		{"day", "day", Cadence{Every: 1, Unit: EveryDay}},
		{"daily", "day", Cadence{Every: 1, Unit: EveryDay}},
		{"2 workdays", "2 workdays", Cadence{Every: 2, Unit: EveryWorkday}},
		{"week", "week", Cadence{Every: 1, Unit: EveryWeek}},
		{"1 weeks on monday", "week on Mon", Cadence{1, EveryWeek, CadenceAnchor{Kind: AnchorWeekday, Weekday: time.Monday}}},
		{"2 weeks on Tue", "2 weeks on Tue", Cadence{2, EveryWeek, CadenceAnchor{Kind: AnchorWeekday, Weekday: time.Tuesday}}},
		{" Weekly  on SUN ", "week on Sun", Cadence{1, EveryWeek, CadenceAnchor{Kind: AnchorWeekday, Weekday: time.Sunday}}},
		{"month on day 5", "month on day 5", Cadence{1, EveryMonth, CadenceAnchor{Kind: AnchorDay, N: 5}}},
		{"month on last day", "month on last day", Cadence{1, EveryMonth, CadenceAnchor{Kind: AnchorDay, N: Last}}},
		{"month on first day", "month on day 1", Cadence{1, EveryMonth, CadenceAnchor{Kind: AnchorDay, N: 1}}},
		{"month on last Fri", "month on last Fri", Cadence{1, EveryMonth, CadenceAnchor{AnchorWeekday, time.Friday, Last}}},
		{"month on 2nd Tue", "month on 2nd Tue", Cadence{1, EveryMonth, CadenceAnchor{AnchorWeekday, time.Tuesday, 2}}},
		{"monthly on second tuesday", "month on 2nd Tue", Cadence{1, EveryMonth, CadenceAnchor{AnchorWeekday, time.Tuesday, 2}}},
		{"3 months on last workday", "3 months on last workday", Cadence{3, EveryMonth, CadenceAnchor{Kind: AnchorWorkday, N: Last}}},
		{"quarter on 3rd workday", "quarter on 3rd workday", Cadence{1, EveryQuarter, CadenceAnchor{Kind: AnchorWorkday, N: 3}}},
		{"quarter", "quarter", Cadence{Every: 1, Unit: EveryQuarter}},
		{"366 days", "366 days", Cadence{Every: 366, Unit: EveryDay}},
		{"year", "year", Cadence{Every: 1, Unit: EveryYear}},
	}
	for _, tt := range tests {
		got, err := ParseCadence(tt.text)
		if err != nil {
			t.Errorf("ParseCadence(%q): %v", tt.text, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseCadence(%q) (-want +got):\n%s", tt.text, diff)
		}
		if got.String() != tt.back {
			t.Errorf("%q is written back as %q, want %q", tt.text, got, tt.back)
		}
	}
}

func TestParseCadenceErrors(t *testing.T) {
	const (
		week  = `write one weekday after "on", for example week on Tue`
		month = `write day 5 (1 to 31), 2nd Tue (1st to 5th), last Fri or last workday after "on"`
	)
	tests := map[string]string{
		"":                   "write how often, for example 2 weeks on Tue",
		"2":                  "write the unit after the count, for example 2 weeks",
		"0 weeks":            `the count "0" is not a number from 1 to 366`,
		"367 days":           `the count "367" is not a number from 1 to 366`,
		"2nd week":           `the count "2nd" is not a number from 1 to 366`,
		"2 weaks":            `"weaks" is not day, workday, week, month, quarter or year`,
		"2 weekly":           `"weekly" is not day, workday, week, month, quarter or year`,
		"fortnightly":        `"fortnightly" is not day, workday, week, month, quarter or year`,
		"-1 week":            `"-1" is not day, workday, week, month, quarter or year`,
		"week Tue":           `"tue" stands where only "on" may follow`,
		"week on":            week,
		"week on Tue, Thu":   week,
		"week on 2nd Tue":    week,
		"month on Tue":       month,
		"month on":           month,
		"month on day 32":    month,
		"month on day +5":    month,
		"month on 6th Tue":   month,
		"month on last":      month,
		"month on last week": month,
		"year on day 5":      `only weeks, months and quarters have a day to be "on"`,
		"day on Tue":         `only weeks, months and quarters have a day to be "on"`,
	}
	for text, want := range tests {
		var c Cadence
		err := c.ParseText(text)
		if diff := cmp.Diff(quote(text)+" is not a cadence; "+want, resultOf(c, err)); diff != "" {
			t.Errorf("ParseCadence(%q) (-want +got):\n%s", text, diff)
		}
	}
}
