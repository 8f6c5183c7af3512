package kpi

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Late is late whatever is known of the money; on time, it is neither a hit nor a miss.
func TestUnknownMoney(t *testing.T) {
	s := snapshot(t, config,
		program("late", "status: completed, due: 2026-06-30, completed: 2026-07-02"), program("on-time", "status: completed, due: 2026-06-30, completed: 2026-06-30"),
		program("open", "status: active, due: 2026-06-30"), program("when", "status: completed, due: 2026-06-30"))
	private := rates.Sum{Unknown: []staffing.Reason{staffing.Private}}
	euros := rates.Sum{Amount: money.Amount{Minor: 1, Currency: "EUR"}}
	for _, test := range []struct {
		budget, actual rates.Sum
		why            string
	}{
		{private, usd(0), "budget not known: private"},
		{usd(0), private, "spend not known: private"},
		{private, private, "budget not known: private"},
		{euros, usd(1), "budget and spend cannot be compared: 0.01 USD and -0.01 EUR are of different currencies"},
	} {
		var inputs []Input
		for _, p := range s.Programs {
			in := input(s, p.Meta.Name, "2026-06-30", "2026-06-30", 0, 0)
			in.Budget, in.Actual = test.budget, test.actual
			inputs = append(inputs, in)
		}
		c := Analyse(s, inputs, options(s)).Total.Completion
		for f, want := range [][]string{
			{"late: late by 2 days; " + test.why, "on-time (left out: " + test.why + ")", "when (left out: completed, but not said when)"},
			{
				"open: still open, late by 146 days; " + test.why, "late: late by 2 days; " + test.why,
				"when: completed, but not said when: it cannot be shown to be in time; " + test.why, "on-time (left out: " + test.why + ")",
			},
		} {
			r := c.Rate(Original, Form(f))
			if diff := cmp.Diff(want, verdicts(r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", Form(f), diff)
			}
			if r.OnTime() != 0 || r.WithinBudget() != 0 {
				t.Errorf("%s: %d on time, %d within budget", Form(f), r.OnTime(), r.WithinBudget())
			}
			for i, m := range r.data().Misses {
				if undated := m.Program == "when"; (m.LateDays == nil) != undated || m.Unpriced == nil || *m.Unpriced != test.why {
					t.Errorf("%s: miss %d: %+v", Form(f), i, m)
				}
			}
		}
	}
}

// Nobody is judged by a tolerance, or a target, that cannot be read.
func TestUnconfigured(t *testing.T) {
	s := snapshot(t, "kind: Portfolio\nmetadata: {name: c}\nspec: {nothing: true}\n", program("p", "status: completed, due: 2026-06-30, completed: 2026-06-30"))
	years := cal.FiscalYears{From: 2026, To: 2026}
	o := Options{AsOf: cal.MustDate(asOf), Years: years, Step: cal.ByYear, Buckets: s.Fiscal.Buckets(years, cal.ByYear)}
	a := Analyse(s, []Input{input(s, "p", "2026-06-30", "2026-06-30", 100, 0)}, o)
	want := []string{"p (left out: tolerance not known: the Portfolio document does not validate)"}
	if diff := cmp.Diff(want, verdicts(a.Total.Completion.Rate(Original, Closed))); diff != "" || a.CompletionTarget != nil {
		t.Errorf("target %v (-want +got):\n%s", a.CompletionTarget, diff)
	}
}
