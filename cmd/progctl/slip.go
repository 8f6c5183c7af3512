package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
)

func (a *app) slipCommand() *cobra.Command {
	var all, trend bool
	cmd := &cobra.Command{
		Use:   "slip [PROGRAM | PROGRAM/MILESTONE]...",
		Short: "Tell how dates moved: baselines, moves and variance, from git history",
		Long: `Tell how dates moved: baselines, moves and variance, from git history.

Nobody types in a baseline: it is the due date of the first commit in which a
milestone is there and its program is approved or active. A move is a commit in
which the due date differs from the one before; its reason is dueReason: where that
changed too, else a line "Slip-Reason: ..." or "Slip-Reason(program/milestone): ..."
of the commit message. With names, only those, and every move of them.

Outside of a git repository baselines are what baseline: states, else due:.`,
		Example: `  progctl slip
  progctl slip disaster-recovery --trend
  progctl slip --baseline v2026-q3 -o csv
  progctl slip --at @2026-06-30 --as-of 2026-06-30`,
		ValidArgsFunction: a.completeDates,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			outputs, selector, err := a.asked(false)
			if err != nil {
				return err
			}
			w, err := a.open(ctx)
			if err != nil {
				return err
			}
			read := start(func() (*history.History, error) { return a.history(ctx, w) }, true)
			res, err := a.load(ctx, w)
			if err != nil {
				return err
			}
			if err := requires(res.Snapshot, w.shownPath()); err != nil {
				return err
			}
			if err := knownKeys(res.Snapshot, selector); err != nil {
				return err
			}
			h, err := read()
			if err != nil {
				return err
			}
			r := report.New("slip", a.asOf)
			then, err := a.earlier(ctx, w, "", r)
			if err != nil {
				return err
			}
			analysis := slip.Analyse(res.Snapshot, h, slip.Options{AsOf: a.asOf, Baseline: then.before()})
			if err := knownDates(analysis, res.Snapshot, args); err != nil {
				return err
			}
			analysis.Report(r, h, slip.View{
				Shows: func(x *slip.Record) bool { return named(x, args) && selects(res.Snapshot, selector, x) },
				All:   all || len(args) > 0, Moves: len(args) > 0, Trend: trend,
			})
			r.Diagnostics = leftOut(res.Diagnostics)
			if needsRevision(outputs) {
				r.Revision = w.revision()
			}
			if err := a.write(outputs, r, w.shownPath()); err != nil {
				return err
			}
			return a.tellLeftOut(r.Diagnostics, w.shownPath())
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show those too that never moved and are not late")
	cmd.Flags().BoolVar(&trend, "trend", false, "draw what each day forecast: the milestone trend chart")
	return cmd
}

// named reports whether a record is one of those named, or of a program named.
func named(x *slip.Record, names []string) bool {
	return len(names) == 0 || slices.Contains(names, x.ID.String()) || slices.Contains(names, x.ID.Program)
}

// selects reports whether a selector chooses a record. Of what is gone with its
// program, its name and whose it was are all that is known.
func selects(s *portfolio.Snapshot, sel portfolio.Selector, x *slip.Record) bool {
	gone := s.Program(x.ID.Program) == nil
	fields := map[string]string{"owner": x.Owner, "team": x.Team, "status": x.Status}
	subject := x.Subject()
	if gone {
		fields["kind"], fields["name"], fields["program"] = "program", x.ID.Program, x.ID.Program
		for _, g := range s.Programs { // any will do: it is asked for nothing
			subject = g.Subject()
		}
	}
	return s.Selects(sel, subject, func(key string) (string, bool) {
		value := fields[key]
		return value, value != "" || gone
	})
}

// knownDates refuses names of programs and milestones that never were.
func knownDates(analysis *slip.Analysis, s *portfolio.Snapshot, names []string) error {
	var known []string
	for _, x := range slices.Concat(analysis.Programs, analysis.Milestones) {
		known = append(known, x.ID.String())
	}
	for _, name := range names {
		program, _, _ := strings.Cut(name, "/")
		if slices.Contains(known, name) || !s.Sound("program/"+program) {
			continue
		}
		for _, id := range known {
			if strings.HasSuffix(id, "/"+name) {
				return usagef("there is no program %q, did you mean %s?", name, id)
			}
		}
		if near := diag.Nearest(name, known); near != "" {
			return usagef("there is no program or milestone %q, did you mean %s?", name, near)
		}
		return usagef("there is no program or milestone %q: progctl list milestones lists them", name)
	}
	return nil
}

// completeDates completes names of programs and milestones.
func (a *app) completeDates(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	s := a.scan(cmd.Context())
	if s == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []string
	add := func(id, title string) {
		if !slices.Contains(args, id) {
			list = append(list, id+"\t"+oneLine(title))
		}
	}
	for _, p := range s.Programs {
		add(p.Meta.Name, p.Meta.Title)
		for _, m := range p.Milestones {
			add(m.Ref(), m.Title)
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
