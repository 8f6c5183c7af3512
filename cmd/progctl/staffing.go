package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/staffing"
)

func (a *app) staffingCommand() *cobra.Command {
	var (
		people bool
		flags  *periodFlags
	)
	cmd := &cobra.Command{
		Use:   "staffing",
		Short: "Tell what programs ask for against who is there, and who is over-allocated",
		Long: `Tell what programs ask for against who is there, in FTE-months.

Demand is that of the staffing lines of all programs but cancelled ones, grouped by
the team, role and level of whom a line names, else of whom it asks for. Supply is the
people on the rosters, planned the positions not filled yet; gap is demand less
supply, unallocated is supply less the lines that name these people. A group is short
in a month in which its gap is above what the teams below it have to spare.

A selector chooses lines by whom they name or ask for and by their program. Of people
it knows person, team, role, level, location, function, cost-centre, employment and
the labels of their rosters; of positions their id as position. Where it chooses
programs, there is no gap: people work for all of them.`,
		Example: `  progctl staffing
  progctl staffing --by team,role --period quarter
  progctl staffing --fy FY26..FY28 --by role,level -o csv
  progctl staffing --subtree --baseline plan-fy27`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquire(cmd.Context(), "staffing", staffing.PersonKeys...)
			if err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			q.staffing(periods, people)
			return q.answer()
		},
	}
	flags = a.periodFlags(cmd, staffing.Dimensions, "team").withSubtree(cmd)
	cmd.Flags().BoolVar(&people, "people", false, "list who is not fully allocated, one by one")
	return cmd
}

// staffing adds demand and supply to the report.
func (q *inquiry) staffing(p periods, people bool) {
	staffing.Analyse(q.res.Snapshot, staffing.Options{
		AsOf: q.asOf, Years: p.Years, Step: p.Step, Buckets: p.Buckets, By: p.By, Subtree: p.Subtree,
		Selector: q.selector, Baseline: q.then.before(),
	}).Report(q.r, staffing.View{People: people, Sheets: wantsSheets(q.outputs)})
}

// wantsSheets reports whether an output is for spreadsheets.
func wantsSheets(outputs []output) bool {
	return slices.ContainsFunc(outputs, func(o output) bool { return o.format.Name == "csv" })
}
