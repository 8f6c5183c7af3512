package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/risk"
)

func (a *app) risksCommand() *cobra.Command {
	var (
		flags periodFlags
		all   bool
	)
	dimensions := risk.Dimensions()
	cmd := &cobra.Command{
		Use:   "risks",
		Short: "Tell what is at risk, in money and days, and which risks are to be looked at again",
		Long: `Tell what is at risk, in money and days, and which risks are to be looked at again.

Exposure is probability × impact, of open risks of programs that are not over, in the
portfolio's currency at today's exchange rate, and in working days. What a risk does not
state is n/a and not 0: every sum says of how many risks it is. Those past the day of
their review come first. A risk without an owner is that of its program.

With --baseline, what became of the risks of that revision: which are new, closed,
occurred or gone, and which were judged higher or lower; together they lead from the
exposure of then to that of now, both as of today.

Of a risk selectors know its id, as name or risk; its owner, status and response; and the
labels and fields of its program.`,
		Example: `  progctl risks
  progctl risks --by owner -l response=accept
  progctl risks --by team --subtree -o markdown
  progctl risks --baseline @2026-08-31 --all`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquire(cmd.Context(), "risks", risk.Fields()...)
			if err != nil {
				return err
			}
			o := risk.Options{AsOf: a.asOf, Selector: q.selector, Baseline: q.then.before()}
			if flags.by != "" {
				if o.By, err = group.Parse(flags.by, dimensions); err != nil {
					return usagef("--by: %v", err)
				}
			}
			if o.Subtree = flags.subtree; o.Subtree && !slices.Contains(o.By, group.ByTeam) {
				return usagef("--subtree adds teams to those above them: it needs team among --by")
			}
			q.risks(o, all)
			return q.answer()
		},
	}
	flags.dimensions = dimensions
	cmd.Flags().StringVar(&flags.by, "by", "program", "group by some of "+strings.Join(group.Names(dimensions), ","))
	_ = cmd.RegisterFlagCompletionFunc("by", flags.completeDimensions)
	flags.withSubtree(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "show those too that are closed, have occurred, or whose program is over")
	return cmd
}

// risks adds what is at risk to the report.
func (q *inquiry) risks(o risk.Options, all bool) {
	risk.Analyse(q.res.Snapshot, o).Report(q.r, risk.View{All: all, Sheets: wantsSheets(q.outputs)})
}
