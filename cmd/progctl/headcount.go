package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/staffing"
)

func (a *app) headcountCommand() *cobra.Command {
	var flags *periodFlags
	cmd := &cobra.Command{
		Use:   "headcount",
		Short: "Count people: who comes, moves and leaves, the plan, the forecast, the cost",
		Long: `Count people: who comes, moves and leaves, the plan, the forecast, the cost.

Each month opens with those with whom the one before closed; hires, transfers and
leavers explain who is there on its last day. The plan is every position from the day
from which it is budgeted, filled or not, and everyone who fills none. The forecast is
the roster up to today; after it the roster, and the seats still to be filled from
their expected start, less the attrition that plans expect. Cost is that of the rate
card, by working days, with the role, level and location that held on each day.

With --baseline, the plan at that revision is the plan of record: the difference in
cost is told by its factors. --subtree adds to each team those below it.`,
		Example: `  progctl headcount
  progctl headcount --by team,level --period quarter --fy FY27..FY28
  progctl headcount --subtree --baseline plan-fy27
  progctl headcount -l location=lisbon -o csv=headcount.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquire(cmd.Context(), "headcount", headcount.Fields...)
			if err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			if err := q.headcount(cmd.Context(), periods); err != nil {
				return err
			}
			return q.answer()
		},
	}
	flags = a.periodFlags(cmd, staffing.Dimensions, "team").withSubtree(cmd)
	return cmd
}

// headcount adds the count of people to the report.
func (q *inquiry) headcount(_ context.Context, p periods) error {
	analysis, err := headcount.Analyse(q.res.Snapshot, headcount.Options{
		AsOf: q.asOf, Years: p.Years, Step: p.Step, By: p.By, Subtree: p.Subtree,
		Selector: q.selector, Baseline: q.then.before(),
	})
	if err != nil {
		return err
	}
	analysis.Report(q.r, wantsSheets(q.outputs))
	return nil
}
