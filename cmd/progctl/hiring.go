package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/hiring"
	"github.com/progctl/progctl/pkg/staffing"
)

func (a *app) hiringCommand() *cobra.Command {
	var (
		flags *periodFlags
		view  hiring.View
	)
	known := slices.DeleteFunc(hiring.Fields(), func(key string) bool { return key == "name" || key == "position" })
	cmd := &cobra.Command{
		Use:   "hiring",
		Short: "Tell how hiring goes: funnel, late requisitions, forecast starts, hires by quarter",
		Long: `Tell how hiring goes: funnel, late requisitions, forecast starts, hires by quarter.

Positions are those of the headcount plans of the fiscal years. Late is one to be filled
that was budgeted for a day before as-of; those on hold are not. What became of
candidates when is read from the history of the plans; a seat that is open is forecast
from conversion, from the time that candidates take at each stage, and from how long
searches for others took or take. Outside of a git repository, and in a shallow clone,
what needs history is left out.

Selectors know of a position its id, as position or name; its
` + strings.Join(known, ", ") + `;
and the labels and fields of the plan that it is in.`,
		Example: `  progctl hiring
  progctl hiring --by team --period quarter
  progctl hiring -l role=engineer --fy FY26..FY27 --all
  progctl hiring --baseline @2026-08-31 -o csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquire(cmd.Context(), "hiring", hiring.Fields()...)
			if err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			if err := q.hiring(cmd.Context(), periods, view); err != nil {
				return err
			}
			return q.answer()
		},
	}
	flags = a.periodFlags(cmd, staffing.Dimensions, "")
	cmd.Flags().BoolVar(&view.All, "all", false, "show positions too that are filled or cancelled")
	cmd.Flags().BoolVar(&view.Flow, "flow", false, "show what happened in every period, stage by stage")
	return cmd
}

// hiring adds how hiring goes to the report.
func (q *inquiry) hiring(ctx context.Context, p periods, view hiring.View) error {
	options := hiring.Options{
		AsOf: q.asOf, Years: p.Years, Buckets: p.Buckets, By: p.By,
		Selector: q.selector, Asked: q.app.selector, Baseline: q.then.before(),
	}
	var err error
	options.History, err = q.history(ctx, q.w)
	switch {
	case errors.Is(err, errShallow):
		options.Unread = err.Error()
	case err != nil:
		return err
	case options.History == nil:
		options.Unread = "there is no git history"
	}
	if options.Unread != "" {
		q.note("what needs history is left out: %s", options.Unread)
	}
	hiring.Analyse(q.res.Snapshot, options).Report(q.r, view)
	return nil
}
