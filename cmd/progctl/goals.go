package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/goal"
	"github.com/progctl/progctl/pkg/kpi"
)

func (a *app) goalsCommand() *cobra.Command {
	var quarter string
	cmd := &cobra.Command{
		Use:   "goals",
		Short: "Goals of a quarter: how far each person is, by key result",
		Long: `Goals of a quarter: how far each person is, by key result.

Progress of a key result is the way from baseline to current, part of the way from
baseline to target, whichever way is better. Current is what the portfolio computes,
where source names a figure (headcount, budget:PROGRAM, completionRate, satisfaction …),
else what is stated. Progress of a goal is the mean of its key results, that of a person
the mean of the goals by weight, each key result between 0% and 100%. What is not known
is in no mean: it is n/a, and why is told.

Of a goal selectors know person, quarter and goal, beside the labels of its document.`,
		Example: `  progctl goals
  progctl goals --quarter FY27Q3
  progctl goals -l person=ada -o markdown`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.baseline != "" {
				return usagef("goals are of one state: name it with --at, and leave out --baseline")
			}
			q, err := a.inquire(cmd.Context(), "goals", goal.Fields()...)
			if err != nil {
				return err
			}
			if err := q.goals(cmd.Context(), quarter); err != nil {
				return err
			}
			return q.answer()
		},
	}
	cmd.Flags().StringVar(&quarter, "quarter", "", "fiscal quarter, FY27Q4 (default: that of today)")
	return cmd
}

// goals adds the goals of a quarter to the report.
func (q *inquiry) goals(ctx context.Context, quarter string) error {
	s := q.res.Snapshot
	o := goal.Options{AsOf: q.asOf, Quarter: s.Fiscal.QuarterOf(q.asOf.Month()), Selector: q.selector}
	if quarter != "" {
		var err error
		if o.Quarter, err = cal.ParseQuarter(quarter); err != nil {
			return usagef("--quarter: %v", err)
		}
	}
	rate, satisfaction := goal.Needs(s, o.Quarter, goal.CompletionRate), goal.Needs(s, o.Quarter, goal.Satisfaction)
	if !rate && !satisfaction {
		goal.Analyse(s, o).Report(q.r)
		return nil
	}
	var inputs []kpi.Input
	if rate { // which needs history
		var err error
		if inputs, _, err = q.kpiInputs(ctx); err != nil {
			return err
		}
	}
	years := cal.FiscalYears{From: o.Quarter.FY, To: o.Quarter.FY}
	x := kpi.Analyse(s, inputs, kpi.Options{
		AsOf: q.asOf, Years: years, Step: cal.ByYear, Buckets: s.Fiscal.Buckets(years, cal.ByYear),
	})
	if rate {
		o.CompletionRate = x.Total.Completion.Rate(kpi.Original, kpi.Closed).Value()
	}
	o.Satisfaction = x.Total.Satisfaction.All.CSAT
	goal.Analyse(s, o).Report(q.r)
	return nil
}
