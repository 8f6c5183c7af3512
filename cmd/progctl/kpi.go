package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/kpi"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/slip"
)

func (a *app) kpiCommand() *cobra.Command {
	var flags *periodFlags
	cmd := &cobra.Command{
		Use:   "kpi",
		Short: "The two indicators: programs completed on time and within budget, satisfaction",
		Long: `The two indicators: programs completed on time and within budget, satisfaction.

The completion rate has two forms. Closed: of the programs completed in the period,
those on time and within budget. Due: of the programs promised for the period, the
same; one still open after its date is a miss, so that never closing a program hides
nothing. Each against the original and the approved baseline, always with what it is
of, and what was left out and why. Within budget is spend of at most the budget of the
commit that set the original baseline, and the tolerance of the policy.

Satisfaction is what surveys say: CSAT, mean and NPS, with the number of answers and
the response rate; of fewer than five answers only their number is told.`,
		Example: `  progctl kpi
  progctl kpi --fy FY26..FY27 --by owner
  progctl kpi --period year --by team --subtree -o markdown`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.reportOver(cmd, "kpi", flags, (*inquiry).kpi) },
	}
	flags = a.periodFlags(cmd, kpi.Dimensions(), "owner").withSubtree(cmd)
	return cmd
}

// kpi adds both indicators to the report.
func (q *inquiry) kpi(ctx context.Context, p periods) error {
	inputs, h, err := q.kpiInputs(ctx)
	if err != nil {
		return err
	}
	o := kpi.Options{
		AsOf: q.asOf, Years: p.Years, Step: p.Step, Buckets: p.Buckets, By: p.By, Subtree: p.Subtree, Selector: q.selector,
		Against: q.baseline, Notes: slip.Caveats(h),
	}
	kpi.Analyse(q.res.Snapshot, inputs, o).Report(q.r, wantsSheets(q.outputs))
	return nil
}

// kpiInputs are what the completion rate needs to know of programs, and the history that
// says it.
func (q *inquiry) kpiInputs(ctx context.Context) ([]kpi.Input, *history.History, error) {
	s := q.res.Snapshot
	h, err := q.history(ctx, q.w)
	if err != nil {
		return nil, nil, err
	}
	slips := slip.Analyse(s, h, slip.Options{AsOf: q.asOf, Baseline: q.then.before()})
	costs := budget.CostsOf(s, q.asOf)
	records, err := q.records(ctx, slips, costs)
	if err != nil {
		return nil, nil, err
	}
	spent := map[string]*budget.Costs{}
	for i := range costs {
		spent[costs[i].Program.Meta.Name] = &costs[i]
	}
	var inputs []kpi.Input
	for _, r := range slips.Programs {
		in := kpi.Input{
			Program: r.Program, Name: r.ID.Program, Owner: r.Owner, Team: r.Team,
			Committed: committed(r), Original: r.Original, Approved: r.Baseline,
		}
		if c := spent[r.ID.Program]; c != nil {
			in.Budget, in.Actual = records[r.ID.Program].budget, c.All(budget.Actual)
		}
		inputs = append(inputs, in)
	}
	return inputs, h, nil
}

// committed reports whether a program was ever approved or active.
func committed(r *slip.Record) bool {
	switch {
	case r == nil:
		return false
	case r.Track == nil:
		return r.Program != nil && r.Program.Status != portfolio.ProgramProposed
	}
	return slices.ContainsFunc(r.Track.Points, func(p history.Point) bool { return p.Committed }) ||
		r.Program != nil && r.Program.Status.Committed()
}
