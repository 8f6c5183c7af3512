package lint_test

import "testing"

func TestRiskUnreviewed(t *testing.T) {
	t.Parallel()
	risk := func(status, rest string) string { return of(governed(status, "risks: [{id: k"+rest+"}]")) }
	const said = `GOV021 risk "k" was to be reviewed by 2026-11-22, 1 day ago`
	runGovCases(t, []govCase{
		{name: "today", text: risk("active", ", reviewBy: 2026-11-23")},
		{name: "yesterday", text: risk("active", ", reviewBy: 2026-11-22"), want: []string{said}},
		{name: "of a proposal", text: risk("proposed", ", reviewBy: 2026-11-22"), want: []string{said}},
		{name: "never", text: risk("active", "")},
		{name: "closed", text: risk("active", ", status: closed, reviewBy: 2026-11-22")},
		{name: "occurred", text: risk("active", ", status: occurred, reviewBy: 2026-11-22")},
		{name: "of what was cancelled", text: risk("cancelled", ", reviewBy: 2026-11-22")},
		{name: "waived", text: risk("active", ", reviewBy: 2026-11-22, "+waiver("GOV021")), want: []string{"waived: " + said}},
	})
}

func TestRiskNotOpen(t *testing.T) {
	t.Parallel()
	risk := func(status, rest string) string { return of(governed(status, "risks: [{id: k"+rest+"}]")) }
	runGovCases(t, []govCase{
		{name: "nearly certain", text: risk("active", ", probability: 99.999%")},
		{name: "certain", text: risk("active", ", probability: 100%"), want: []string{`GOV022 risk "k" is open with a probability of 100%`}},
		{name: "certain, and has occurred", text: risk("active", ", probability: 100%, status: occurred")},
		{name: "of a completed program", text: risk("completed", ", probability: 100%, status: open"), want: []string{`GOV022 risk "k" is open, but its program is completed`}},
		{name: "closed, of a completed program", text: risk("completed", ", status: closed")},
		{name: "of a cancelled program", text: risk("cancelled", ", probability: 100%")},
		{name: "waived", text: risk("active", ", probability: 100%, "+waiver("GOV022")), want: []string{`waived: GOV022 risk "k" is open with a probability of 100%`}},
	})
}
