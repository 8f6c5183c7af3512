package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/evm"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/slip"
)

func (a *app) evmCommand() *cobra.Command {
	var flags *periodFlags
	cmd := &cobra.Command{
		Use:   "evm",
		Short: "Earned value: is what was spent worth what is done, and when will it end",
		Long: `Earned value: is what was spent worth what is done, and when will it end.

The budget at completion (BAC) is the plan at the commit that set the program's
original baseline, or at --baseline; today's plan stands beside it, so that added money
cannot hide an overrun. PV is the part of it whose milestones were promised by today, by
their approved baselines and weights; EV the part whose milestones are done; AC what was
spent. Earned schedule (ES) tells progress in months, where SPI drifts to 1 at the end.

--fy and --period say which part of the S-curve is shown (by default all of it), and how
finely; the figures are always those of today.`,
		Example: `  progctl evm
  progctl evm --by theme
  progctl evm -l name=disaster-recovery -o html=evm.html
  progctl evm --baseline plan-fy27 --as-of 2026-10-31`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.reportOver(cmd, "evm", flags, (*inquiry).evm) },
	}
	flags = a.periodFlags(cmd, evm.Dimensions(), "program")
	return cmd
}

// evm adds earned value to the report.
func (q *inquiry) evm(ctx context.Context, p periods) error {
	if len(p.By) > 1 {
		return usagef("--by: evm groups by one of %s", strings.Join(group.Names(evm.Dimensions()), ","))
	}
	s := q.res.Snapshot
	h, err := q.history(ctx, q.w)
	if err != nil {
		return err
	}
	slips := slip.Analyse(s, h, slip.Options{AsOf: q.asOf, Baseline: q.then.before()})
	o := evm.Options{AsOf: q.asOf, By: group.ByProgram, Step: p.Step, Against: q.baseline, Notes: slip.Caveats(h)}
	if p.Asked {
		o.Buckets = p.Buckets
	}
	if len(p.By) > 0 {
		o.By = p.By[0]
	}
	analysis, err := q.earned(ctx, slips, budget.CostsOf(s, q.asOf), o)
	if err != nil {
		return err
	}
	analysis.Report(q.r, wantsSheets(q.outputs))
	return nil
}

// earned measures the programs that are chosen.
func (q *inquiry) earned(ctx context.Context, slips *slip.Analysis, costs []budget.Costs, o evm.Options) (*evm.Analysis, error) {
	s := q.res.Snapshot
	records, err := q.records(ctx, slips, costs)
	if err != nil {
		return nil, err
	}
	var inputs []evm.Input
	for i := range costs {
		c := &costs[i]
		if !s.Selects(q.selector, c.Program.Subject(), nil) {
			continue
		}
		name := c.Program.Meta.Name
		inputs = append(inputs, evm.Input{
			Program: c.Program, Committed: committed(slips.Record(history.ID{Program: name})), Budget: records[name].budget, BaselineFrom: records[name].commit,
			Current: c.All(budget.Planned), Actual: spends(c.Months(budget.Actual)), Forecast: spends(c.Months(budget.Forecast)),
			Baseline: func(m *portfolio.Milestone) cal.Date {
				if r := slips.Record(history.ID{Program: name, Milestone: m.ID}); r != nil {
					return r.Baseline
				}
				return 0
			},
		})
	}
	return evm.Analyse(s, inputs, o), nil
}

func spends(months []budget.MonthSum) []evm.Spend {
	list := make([]evm.Spend, len(months))
	for i, m := range months {
		list[i] = evm.Spend{Month: m.Month, Sum: m.Sum}
	}
	return list
}
