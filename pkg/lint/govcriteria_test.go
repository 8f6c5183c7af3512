package lint_test

import "testing"

func TestCriterionMissed(t *testing.T) {
	t.Parallel()
	measured := func(status, rest string) string {
		return of(governed(status, "completed: 2026-11-02", "successCriteria: [{id: c, "+rest+"}]"))
	}
	missed := func(current, target string) []string {
		return []string{`GOV023 program "p" is completed and criterion "c" is at ` + current + `, its target is ` + target}
	}
	const better = "baseline: 40%, target: 90%, current: "
	runGovCases(t, []govCase{
		{name: "met", text: measured("completed", better+"90%")},
		{name: "exceeded", text: measured("completed", better+"90.1%")},
		{name: "missed", text: measured("completed", better+"89.9%"), want: missed("89.9%", "90%")},
		{name: "fewer is better, met", text: measured("completed", "unit: min, baseline: 240, target: 30, current: 30.0")},
		{name: "fewer is better, missed", text: measured("completed", "unit: min, baseline: 240, target: 30, current: 31"), want: missed("31 min", "30 min")},
		{name: "a direction and no baseline", text: measured("completed", "direction: decrease, target: 30, current: 31"), want: missed("31", "30")},
		{name: "the direction is what is stated", text: measured("completed", "direction: increase, target: 30, current: 31")},
		{name: "nobody can tell which way is better", text: measured("completed", "target: 30, current: 31")},
		{name: "still active", text: of(governed("active", "successCriteria: [{id: c, "+better+"50%}]"))},
		{name: "a year after it was completed", text: measured("completed", better+"50%"), asOf: "2027-11-02", want: missed("50%", "90%")},
		{name: "a year and a day", text: measured("completed", better+"50%"), asOf: "2027-11-03"},
		{name: "waived", text: measured("completed", better+"50%, "+waiver("GOV023")), want: []string{"waived: " + missed("50%", "90%")[0]}},
	})
}

func TestCriterionUnmeasured(t *testing.T) {
	t.Parallel()
	stated := func(status, rest string) string {
		return of(governed(status, "successCriteria: [{id: c"+rest+"}]"))
	}
	noCurrent, noTarget := `GOV024 criterion "c" of program "p" has no current value`, `GOV024 criterion "c" of program "p" has no target`
	const target, current = ", target: 30", ", current: 31"
	runGovCases(t, []govCase{
		{name: "proposed", text: stated("proposed", "")},
		{name: "approved", text: stated("approved", ""), want: []string{noTarget}},
		{name: "active", text: stated("active", ""), want: []string{noCurrent, noTarget}},
		{name: "active, but not begun", text: stated("active", target), asOf: "2026-09-28"},
		{name: "active, begins today", text: stated("active", target), asOf: "2026-09-29", want: []string{noCurrent}},
		{name: "paused", text: stated("paused", "")},
		{name: "completed", text: stated("completed", current), want: []string{noTarget}},
		{name: "cancelled", text: stated("cancelled", "")},
		{name: "waived, both", text: stated("active", ", "+waiver("GOV024")), want: []string{"waived: " + noCurrent, "waived: " + noTarget}},
	})
}

func TestCriterionContradictory(t *testing.T) {
	t.Parallel()
	stated := func(rest string) string {
		return of(governed("proposed", "successCriteria: [{id: c, "+rest+"}]"))
	}
	runGovCases(t, []govCase{
		{name: "numbers", text: stated("baseline: 1, target: 2, current: 3")},
		{name: "percentages", text: stated("direction: increase, baseline: 1%, target: 2%, current: 3%")},
		{
			name: "both", text: stated("direction: decrease, baseline: 1, target: 2%, current: 3"),
			want: []string{
				`GOV025 criterion "c" has a baseline of 1 and a target of 2%, of which only one is a percentage`,
				`GOV025 criterion "c" has a current of 3 and a target of 2%, of which only one is a percentage`,
			},
		},
		{name: "the other way", text: stated("direction: decrease, unit: h, baseline: 1, target: 2"), want: []string{`GOV025 criterion "c" is to decrease, from 1 h to 2 h`}},
		{name: "to stay as it is", text: stated("direction: decrease, baseline: 2, target: 2")},
	})
}
