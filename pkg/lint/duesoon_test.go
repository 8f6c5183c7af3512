package lint_test

import (
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/lint"
)

func TestDueSoon(t *testing.T) {
	t.Parallel()
	text := program("active", "due: 2026-12-07",
		"id: yesterday, due: 2026-11-22", "id: today, due: 2026-11-23", "id: tomorrow, due: 2026-11-24", "id: last, due: 2026-12-07",
		"id: done, due: 2026-12-01, completed: 2026-11-20", "id: dropped, due: 2026-12-01, status: cancelled")
	for _, c := range []struct {
		name    string
		text    string
		horizon string
		want    []string
	}{
		{"no horizon", text, "", []string{`MS001 milestone "yesterday" is 1 day overdue (due 2026-11-22)`}},
		{"two weeks, both ends", text, "14d", []string{
			`MS012 program "p" is due in 14 days (2026-12-07)`,
			`MS001 milestone "yesterday" is 1 day overdue (due 2026-11-22)`,
			`MS012 milestone "today" is due today (2026-11-23)`,
			`MS012 milestone "tomorrow" is due in 1 day (2026-11-24)`,
			`MS012 milestone "last" is due in 14 days (2026-12-07)`,
		}},
		{"a day less", text, "13d", []string{
			`MS001 milestone "yesterday" is 1 day overdue (due 2026-11-22)`,
			`MS012 milestone "today" is due today (2026-11-23)`,
			`MS012 milestone "tomorrow" is due in 1 day (2026-11-24)`,
		}},
		{"today alone", text, "0d", []string{
			`MS001 milestone "yesterday" is 1 day overdue (due 2026-11-22)`,
			`MS012 milestone "today" is due today (2026-11-23)`,
		}},
		{"within the grace is neither", with("policy: {overdueGrace: 3d}", active("id: yesterday, due: 2026-11-22")), "14d", nil},
		{"over", program("cancelled", "due: 2026-12-01", "id: a, due: 2026-12-01"), "14d", nil},
	} {
		o := lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules()}
		if c.horizon != "" {
			span, err := cal.ParseCalendarSpan(c.horizon)
			if err != nil {
				t.Fatal(err)
			}
			o.Horizon = &span
		}
		checkMessages(t, c.name, c.want, snapshot(t, c.text), o)
	}
}
