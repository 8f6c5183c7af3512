package lint_test

import (
	"fmt"
	"testing"

	"github.com/progctl/progctl/pkg/lint"
)

func TestSlipped(t *testing.T) {
	t.Parallel()
	const first = "id: a, due: 2026-11-27"
	const moved = "id: a, due: %s, dueReason: late data"
	found := func(rest string) []string { return []string{"MS013 milestone \"a\" " + rest} }
	runCases(t, []historyCase{
		{
			name:     "exactly the tolerance is allowed",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(fmt.Sprintf(moved, "2026-12-07"))}},
		},
		{
			name:     "a day more is not",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(fmt.Sprintf(moved, "2026-12-08"))}},
			want:     found("is due 2026-12-08, 11 days after its baseline (2026-11-27), policy allows 10 days"),
		},
		{
			name:     "policy says how much",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: with("policy: {slipTolerance: 0d}", active(fmt.Sprintf(moved, "2026-11-28")))}},
			want:     found("is due 2026-11-28, 1 day after its baseline (2026-11-27), policy allows 0 days"),
		},
		{
			name:     "earlier is no slip",
			versions: []version{{day: "2026-03-02", text: active("id: a, due: 2027-01-29")}, {day: "2026-11-02", text: active(first)}},
		},
		{
			name:     "a forecast counts before it is a due date",
			versions: []version{{day: "2026-03-02", text: active(first + ", forecast: 2026-12-18")}},
			want:     found("is forecast for 2026-12-18, 21 days after its baseline (2026-11-27), policy allows 10 days"),
		},
		{
			name:     "what is overdue and did not move is overdue, and nothing else",
			versions: []version{{day: "2026-03-02", text: active("id: a, due: 2026-11-09, " + waiver("MS001"))}},
			want: []string{
				`waived: MS001 milestone "a" is 14 days overdue (due 2026-11-09)`,
			},
		},
		{
			name: "what is overdue and moved too far ends today at the earliest",
			versions: []version{
				{day: "2026-03-02", text: active("id: a, due: 2026-10-01")},
				{day: "2026-09-02", text: active("id: a, due: 2026-11-09, dueReason: scope, " + waiver("MS001"))},
			},
			want: []string{
				`waived: MS001 milestone "a" is 14 days overdue (due 2026-11-09)`,
				`MS013 milestone "a" is not done on 2026-11-23, 53 days after its baseline (2026-10-01), policy allows 10 days`,
			},
		},
		{
			name:     "what was done late is a fact",
			versions: []version{{day: "2026-03-02", text: active("id: a, due: 2026-09-01")}, {day: "2026-11-02", text: active("id: a, due: 2026-09-01, completed: 2026-10-30")}},
		},
		{
			name:     "what was cancelled is not late",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active("id: a, due: 2027-03-31, status: cancelled")}},
		},
		{
			name:     "what is gone is not late",
			versions: []version{{day: "2026-03-02", text: active(first, "id: b, due: 2026-12-01")}, {day: "2026-11-02", text: active("id: b, due: 2026-12-01")}},
		},
		{
			name: "drafts are no baseline",
			versions: []version{
				{day: "2026-03-02", text: program("proposed", "", "id: a, due: 2026-09-30")},
				{day: "2026-04-01", text: program("approved", "", "id: a, due: 2026-12-18")},
			},
		},
		{
			name: "a proposal binds nobody",
			versions: []version{
				{day: "2026-03-02", text: program("proposed", "", "id: a, due: 2026-09-30")},
				{day: "2026-11-02", text: program("proposed", "due: 2026-12-30", "id: a, due: 2026-12-18")},
			},
		},
		{
			name:     "unless a baseline is stated",
			versions: []version{{day: "2026-03-02", text: program("proposed", "", "id: a, due: 2026-12-18, baseline: 2026-11-27")}},
			want:     found("is due 2026-12-18, 21 days after its baseline (2026-11-27), policy allows 10 days"),
		},
		{
			name: "a program that was approved once binds",
			versions: []version{
				{day: "2026-03-02", text: active(first)},
				{day: "2026-11-02", text: program("proposed", "", fmt.Sprintf(moved, "2026-12-18"))},
			},
			want: found("is due 2026-12-18, 21 days after its baseline (2026-11-27), policy allows 10 days"),
		},
		{
			name: "a program that is over is left alone",
			versions: []version{
				{day: "2026-03-02", text: active(first)},
				{day: "2026-11-02", text: program("cancelled", "", fmt.Sprintf(moved, "2027-03-31"))},
			},
		},
		{
			name: "the due date of a program slips too",
			versions: []version{
				{day: "2026-03-02", text: program("active", "due: 2027-01-29", first)},
				{day: "2026-11-02", text: program("paused", "due: 2027-03-31\ndueReason: no people", first)},
			},
			want: []string{`MS013 program "p" is due 2027-03-31, 61 days after its baseline (2027-01-29), policy allows 10 days`},
		},
		{
			name:     "--baseline takes the place of the baseline",
			versions: []version{{day: "2026-03-02", text: active(first)}},
			options:  func(o *lint.Options) { o.Baseline = snapshot(t, active("id: a, due: 2026-11-02")) },
			want:     found("is due 2026-11-27, 25 days after its baseline (2026-11-02), policy allows 10 days"),
		},
		{
			name:     "waived",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(fmt.Sprintf(moved, "2026-12-18") + ", " + waiver("MS013"))}},
			want:     []string{`waived: MS013 milestone "a" is due 2026-12-18, 21 days after its baseline (2026-11-27), policy allows 10 days`},
		},
		{
			name:     "switched off",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: with("policy: {rules: {MS013: off}}", active(fmt.Sprintf(moved, "2026-12-18")))}},
		},
	})
}

func TestBaselineEdited(t *testing.T) {
	t.Parallel()
	const first = "id: a, due: 2026-11-27"
	runCases(t, []historyCase{
		{
			name:     "stated as history has it",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(first + ", baseline: 2026-11-27")}},
		},
		{
			name:     "stated from the beginning",
			versions: []version{{day: "2026-03-02", text: active(first + ", baseline: 2026-11-20")}},
		},
		{
			name:     "added with another date",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(first + ", baseline: 2026-12-04")}},
			want:     []string{`MS016 milestone "a" had its baseline changed from 2026-11-27 to 2026-12-04`},
		},
		{
			name: "only the last edit counts",
			versions: []version{
				{day: "2026-03-02", text: active(first + ", baseline: 2026-11-20")},
				{day: "2026-04-01", text: active(first + ", baseline: 2026-11-27")},
				{day: "2026-05-04", text: active(first + ", baseline: 2026-12-04")},
				{day: "2026-11-02", text: active(first + ", baseline: 2026-12-04, forecast: 2026-12-01")},
			},
			want: []string{`MS016 milestone "a" had its baseline changed from 2026-11-27 to 2026-12-04`},
		},
		{
			name: "deleted",
			versions: []version{
				{day: "2026-03-02", text: active(first + ", baseline: 2026-11-20")},
				{day: "2026-11-02", text: active(first)},
			},
			want: []string{`MS016 milestone "a" had its baseline changed from 2026-11-20 to 2026-11-27`},
		},
		{
			name: "put back",
			versions: []version{
				{day: "2026-03-02", text: active(first)},
				{day: "2026-04-01", text: active(first + ", baseline: 2026-12-04")},
				{day: "2026-11-02", text: active(first)},
			},
		},
		{
			name: "not before it was set",
			versions: []version{
				{day: "2026-03-02", text: program("proposed", "", first)},
				{day: "2026-04-01", text: program("proposed", "", first+", baseline: 2026-12-04")},
				{day: "2026-05-04", text: active("id: a, due: 2026-11-27, baseline: 2026-11-30")},
			},
		},
		{
			name:     "not of what is done",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(first + ", baseline: 2026-12-04, completed: 2026-10-30")}},
		},
		{
			name: "it came back with another one",
			versions: []version{
				{day: "2026-03-02", text: active(first, "id: b, due: 2026-12-01")},
				{day: "2026-04-01", text: active("id: b, due: 2026-12-01")},
				{day: "2026-11-02", text: active(first+", baseline: 2026-12-04", "id: b, due: 2026-12-01")},
			},
			want: []string{`MS016 milestone "a" had its baseline changed from 2026-11-27 to 2026-12-04`},
		},
		{
			name: "of a program, in the work tree",
			versions: []version{
				{day: "2026-03-02", text: program("active", "", first)},
			},
			workTree: program("active", "baseline: 2027-03-31", first),
			want: []string{
				`MS013 program "p" is due 2027-06-30, 91 days after its baseline (2027-03-31), policy allows 10 days`,
				`MS016 program "p" had its baseline changed from 2027-06-30 to 2027-03-31`,
			},
		},
		{
			name:     "waived by who approved it",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-02", text: active(first + ", baseline: 2026-12-04, " + waiver("MS016"))}},
			want:     []string{`waived: MS016 milestone "a" had its baseline changed from 2026-11-27 to 2026-12-04`},
		},
	})
}
