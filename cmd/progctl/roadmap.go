package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/roadmap"
	"github.com/progctl/progctl/pkg/slip"
)

func (a *app) roadmapCommand() *cobra.Command {
	flags := &periodFlags{step: "year"}
	cmd := &cobra.Command{
		Use:   "roadmap",
		Short: "Themes and programs over fiscal years, and how the money is split between themes",
		Long: `Themes and programs over fiscal years, and how the money is split between themes.

The years are those of --fy, else the horizon of the roadmap. Each program has a bar
from its start to the day on which it finishes, below the theme that it joins, and the
days for which it was promised; each objective stands at the end of its quarter, and is
late where a program that serves it finishes after that.

Investment compares the share that the roadmap plans for a theme in a fiscal year with
the actual mix: the plan of the theme's programs in that year, part of the plan of all
programs. Programs that join no theme have a row of their own. With --selector, only the
programs that it chooses count.`,
		Example: `  progctl roadmap
  progctl roadmap --fy FY27..FY28
  progctl roadmap -o mermaid
  progctl roadmap -o html=roadmap.html -o json=roadmap.json`,
		Annotations: map[string]string{drawsBars: ""},
		Args:        cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquireIn(cmd.Context(), moreFormats(cmd), "roadmap")
			if err != nil {
				return err
			}
			if err := knownNames(q.res.Snapshot, q.selector); err != nil {
				return err
			}
			p, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			if err := q.roadmap(cmd.Context(), p); err != nil {
				return err
			}
			return q.answer()
		},
	}
	cmd.Flags().StringVar(&flags.years, "fy", "", "fiscal years, FY27 or FY26..FY28 (default: the horizon of the roadmap)")
	return cmd
}

// roadmap adds themes, programs and objectives to the report.
func (q *inquiry) roadmap(ctx context.Context, p periods) error {
	h, err := q.history(ctx, q.w)
	if err != nil {
		return err
	}
	s := q.res.Snapshot
	o := roadmap.Options{
		AsOf: q.asOf, Selector: q.selector, Notes: slip.Caveats(h),
		Slips: slip.Analyse(s, h, slip.Options{AsOf: q.asOf, Baseline: q.then.before()}),
	}
	if p.Asked {
		o.Years = p.Years
	}
	roadmap.Analyse(s, o).Report(q.r)
	return nil
}
