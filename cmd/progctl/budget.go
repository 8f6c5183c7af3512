package main

import (
	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/budget"
)

func (a *app) budgetCommand() *cobra.Command {
	var (
		flags *periodFlags
		lens  string
	)
	cmd := &cobra.Command{
		Use:   "budget",
		Short: "Tell the money: planned, spent, ordered, forecast, and what differs",
		Long: `Tell the money: planned, spent, ordered, forecast, and what differs.

The plan of a program is its budget lines, and its staffing lines at the rate card.
What was spent is its ledger up to today, and its people: by default those whom
staffing lines name, on the days on which they were employed. What is ordered and not
yet spent has a column of its own. The forecast is what was spent in the months that
finance has closed, and after them what lines state, else the plan or the run rate, as
the policy says. F is favourable, less than planned; U is not.

--lens team shows what teams cost instead: all their people and seats, their own
budgets and ledgers, and what leads from one lens to the other.

With --baseline, the plan at that revision is the plan of record: the difference is
told by its factors.`,
		Example: `  progctl budget
  progctl budget --by program,category --period quarter --fy FY27..FY28
  progctl budget --by type -l theme=ship-faster
  progctl budget --lens team --subtree
  progctl budget --baseline plan-fy27 -o csv=budget.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			view := budget.Lens(lens)
			switch view {
			case budget.Programs:
			case budget.Teams:
				if !cmd.Flags().Changed("by") {
					flags.by = "team"
				}
			default:
				return usagef("--lens: %q is no lens; write %s or %s", lens, budget.Programs, budget.Teams)
			}
			q, err := a.inquire(cmd.Context(), "budget", budget.Fields...)
			if err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			analysis := budget.Analyse(q.res.Snapshot, budget.Options{
				AsOf: a.asOf, Years: periods.Years, Step: periods.Step, Lens: view, By: periods.By, Subtree: periods.Subtree,
				Selector: q.selector, Baseline: q.then.before(),
			})
			analysis.Report(q.r, wants(q.outputs, "csv"))
			return q.answer()
		},
	}
	flags = a.periodFlags(cmd, budget.Dimensions, "program").withSubtree(cmd)
	cmd.Flags().StringVar(&lens, "lens", string(budget.Programs), "whose money: program or team")
	_ = cmd.RegisterFlagCompletionFunc("lens", cobra.FixedCompletions(
		[]string{string(budget.Programs), string(budget.Teams)}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}
