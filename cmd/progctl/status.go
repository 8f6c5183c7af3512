package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/agenda"
	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/evm"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/hiring"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/risk"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
	"github.com/progctl/progctl/pkg/status"
)

func (a *app) statusCommand() *cobra.Command {
	var (
		all            bool
		horizon, since string
	)
	cmd := &cobra.Command{
		Use:   "status",
		Short: "The dashboard: what needs attention first, health, what is next, money, people",
		Long: `The dashboard: what needs attention first, health, what is next, money, people.

Health is computed, and what the owner states stands beside it; ≠ marks where the two
differ. Red is what is overdue and not waived, finishes later than its baseline or is
forecast over its plan by more than policy allows, has an SPI or CPI below 0.9, or an
error of check. Yellow is what is overdue under a waiver, a milestone that is forecast
late, an SPI or CPI below 1, a risk past its review, a review that was missed.

Late counts what is overdue. Slip is by how many days the latest of what is open finishes
after its approved baseline, Spend how far what was spent is above the plan in the months
of the fiscal year that are over; ! marks risks past their review.

What needs attention is ranked by severity, then by day, then by size. With a selector
only the programs it chooses are shown, and nothing on people, who work for all of them.

With --since, what changed too, as diff tells it: the digest of a week. The state then is
that of the last commit by the end of that day, and findings are those of that day.`,
		Example: `  progctl status
  progctl status --all --horizon 30d
  progctl status -l theme=always-on -o markdown
  progctl status --since 7d -o markdown
  progctl status --at @2026-10-31 --as-of 2026-10-31`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquire(cmd.Context(), "status")
			if err != nil {
				return err
			}
			if err := knownNames(q.res.Snapshot, q.selector); err != nil {
				return err
			}
			span := *q.res.Snapshot.Config.Policy.Horizon
			if horizon != "" {
				if span, err = cal.ParseCalendarSpan(horizon); err != nil {
					return usagef("--horizon: %v", err)
				}
			}
			from, err := sinceDay(since, a.asOf)
			switch {
			case err != nil:
				return err
			case !from.IsZero() && a.baseline != "":
				return usagef("--since and --baseline both say what to compare with: leave one out")
			}
			in, err := q.status(cmd.Context())
			if err != nil {
				return err
			}
			if !from.IsZero() {
				if in.Since, err = q.changes(cmd.Context(), from, &in); err != nil {
					return err
				}
			}
			status.Analyse(in, status.Options{AsOf: a.asOf, Horizon: cal.Days(span), Selector: q.selector}).
				Report(q.r, status.View{All: all, Sheets: wantsSheets(q.outputs)})
			return q.answer()
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show all that needs attention, and programs that are over")
	cmd.Flags().StringVar(&horizon, "horizon", "", "how far ahead is next, such as 30d (default: that of the policy)")
	cmd.Flags().StringVar(&since, "since", "", "tell what changed since so long ago, such as 7d, or since a day, YYYY-MM-DD")
	for _, name := range []string{"horizon", "since"} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions)
	}
	return cmd
}

// status puts together what is known of the portfolio.
func (q *inquiry) status(ctx context.Context) (status.Input, error) {
	s := q.res.Snapshot
	in := status.Input{Snapshot: s, Costs: budget.CostsOf(s, q.asOf)}
	h, err := q.history(ctx, q.w)
	switch {
	case errors.Is(err, errShallow):
		in.Notes = append(in.Notes, "What needs history is left out: "+err.Error())
	case err != nil:
		return in, err
	default:
		in.Notes = append(in.Notes, slip.Caveats(h)...)
	}
	in.Slips = slip.Analyse(s, h, slip.Options{AsOf: q.asOf, Baseline: q.then.before()})
	past := func() (*history.History, error) { return h, nil }
	if in.Findings, err = q.findingsOf(ctx, q.w, q.res, past, lint.Options{AsOf: q.asOf, Codes: allRules(), Baseline: q.then.before()}); err != nil {
		return in, err
	}
	in.Findings = slices.DeleteFunc(in.Findings, func(d diag.Diagnostic) bool {
		return !s.Selects(q.selector, d.Subject, responsible(d))
	})
	if in.Earned, err = q.earned(ctx, in.Slips, in.Costs, evm.Options{AsOf: q.asOf, By: group.ByProgram}); err != nil {
		return in, err
	}
	year := s.Fiscal.YearOf(q.asOf)
	years := cal.FiscalYears{From: year, To: year}
	in.Money = budget.Analyse(s, budget.Options{
		AsOf: q.asOf, Years: years, Step: cal.ByYear, Lens: budget.Programs, By: []group.Dimension{group.ByProgram}, Selector: q.selector,
	})
	in.Reviews = review.Analyse(s, review.Options{AsOf: q.asOf})
	q.res.Diagnostics = append(q.res.Diagnostics, in.Reviews.Problems...)
	in.Risks = risk.Analyse(s, risk.Options{AsOf: q.asOf})
	if len(q.selector) > 0 {
		return in, nil
	}
	in.Staffing = staffing.Analyse(s, staffing.Options{
		AsOf: q.asOf, Years: years, Step: cal.ByMonth, Buckets: s.Fiscal.Buckets(years, cal.ByMonth), By: []group.Dimension{group.ByTeam},
	})
	in.Hiring = hiring.Analyse(s, hiring.Options{AsOf: q.asOf, Years: years, Unread: "what became of candidates is not asked for"})
	return in, nil
}

// sinceDay reads --since: a span that ends today, or a day; zero where it is not said.
func sinceDay(text string, asOf cal.Date) (cal.Date, error) {
	if text == "" {
		return 0, nil
	}
	day, err := cal.ParseDate(text)
	if err != nil {
		span, spanErr := cal.ParseCalendarSpan(text)
		if spanErr != nil {
			return 0, usagef("--since: %v; nor is it a day, YYYY-MM-DD", spanErr)
		}
		day = asOf.Add(-cal.Days(span))
	}
	if day > asOf {
		return 0, usagef("--since: %s is after %s", day, asOf)
	}
	return day, nil
}

// changes compares with the state of a day; findings that are new since then are marked.
func (q *inquiry) changes(ctx context.Context, from cal.Date, in *status.Input) (*status.Since, error) {
	then := agenda.Since{Day: from}
	x := &status.Since{Day: from}
	w, past, err := q.stateOn(ctx, &then)
	if err != nil || w == nil {
		x.Why = then.Why
		return x, err
	}
	x.Revision = w.revision()
	before, err := q.findingsOf(ctx, w, past, func() (*history.History, error) { return q.history(ctx, w) }, lint.Options{AsOf: from, Codes: allRules()})
	if err != nil {
		return nil, err
	}
	s := in.Snapshot
	diag.Introduce(in.Findings, before)
	inherit(in.Findings, before, past.Snapshot, s)
	before = slices.DeleteFunc(before, func(d diag.Diagnostic) bool {
		return !past.Snapshot.Selects(q.selector, d.Subject, responsible(d))
	})
	x.Change = impact.Compare(
		impact.Side{Snapshot: past.Snapshot, Findings: before},
		impact.Side{Snapshot: s, Findings: in.Findings},
		impact.Options{
			AsOf: q.asOf, Selector: q.selector,
			Chooses: func(subject string) bool {
				return chosenIn(s, q.selector, subject) || chosenIn(past.Snapshot, q.selector, subject)
			},
			Reason: func(id history.ID, from cal.Date) string { return lastReason(in.Slips.Record(id), from) },
		})
	return x, nil
}
