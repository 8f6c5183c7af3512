package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/export"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/hiring"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
)

// exported is a report that exports hold, and by what it groups there.
type exported struct {
	name string
	by   []group.Dimension
	run  func(q *inquiry, ctx context.Context, p periods) error
}

// exports are the reports of exports, in the order in which they stand there. A new
// report needs a row.
var exports = []exported{
	{"budget", []group.Dimension{group.ByProgram, group.ByCategory}, func(q *inquiry, _ context.Context, p periods) error {
		q.budget(p, budget.Programs).Report(q.r, true)
		return nil
	}},
	{"headcount", []group.Dimension{group.ByTeam}, (*inquiry).headcount},
	{"staffing", []group.Dimension{group.ByTeam}, func(q *inquiry, _ context.Context, p periods) error {
		q.staffing(p, false)
		return nil
	}},
	{"hiring", nil, func(q *inquiry, ctx context.Context, p periods) error {
		return q.hiring(ctx, p, hiring.View{All: true})
	}},
	{"slip", nil, (*inquiry).slip},
	{"evm", []group.Dimension{group.ByProgram}, (*inquiry).evm},
	{"kpi", []group.Dimension{group.ByOwner}, (*inquiry).kpi},
}

func (a *app) exportCommand() *cobra.Command {
	var (
		flags *periodFlags
		out   string
		names []string
	)
	for _, f := range export.Formats {
		names = append(names, f.Name)
	}
	cmd := &cobra.Command{
		Use:   "export FORMAT --out FILE",
		Short: "Write everything for another tool: a workbook, a folder of CSV files, a database",
		Long: `Write everything for another tool: a workbook, a folder of CSV files, a database.

` + formatLines() + `
A workbook has the reports budget, headcount, staffing, hiring, slip, evm and kpi, each
table on a sheet of its own, with filters, and totals that are formulas. A folder and a
database have in addition what the portfolio itself says, a table a kind of thing, and
a data dictionary. Each says which commit it is of, on which day, by which command.

The same portfolio, flags and day give the same bytes. What is there under that name is
replaced, all at once, if it is an earlier export; anything else is refused. What does
not validate is left out; in a shallow clone nothing is exported, since the reports
need all of the history.`,
		Example: `  progctl export xlsx --out review.xlsx
  progctl export csv --out data --fy FY26..FY27
  progctl export sqlite --out portfolio.db --at v2026-q3 --as-of 2026-09-30`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("expected a FORMAT: %s", strings.Join(names, ", "))
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return completedFormats(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			format, ok := export.Lookup(args[0])
			switch {
			case !ok:
				return unknownName("format", args[0], names)
			case out == "":
				return usagef("export %s writes a file or a folder: name it with --out", format.Name)
			case cmd.Flags().Changed("output"):
				return usagef("export writes what --out names: --output is for reports")
			}
			q, err := a.inquire(cmd.Context(), "export")
			if err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			return q.export(cmd.Context(), format, filepath.Clean(out), commandLine(cmd, format.Name, a.asOf.String()), periods)
		},
	}
	flags = a.spanFlags(cmd)
	cmd.Flags().StringVar(&out, "out", "", "the file, or for csv the folder, to write")
	return cmd
}

func formatLines() string {
	var b strings.Builder
	for _, f := range export.Formats {
		fmt.Fprintf(&b, "  %-8s %s\n", f.Name, f.Summary)
	}
	return b.String()
}

func completedFormats() []string {
	var list []string
	for _, f := range export.Formats {
		list = append(list, f.Name+"\t"+f.Summary)
	}
	return list
}

// machineFlags say nothing about what is exported.
var machineFlags = []string{"out", "output", "chdir", "color", "quiet", "no-cache", "as-of", "help"}

// commandLine is the command that makes an export again: that which was given, by
// flags and by the environment, with the day.
func commandLine(cmd *cobra.Command, format, asOf string) string {
	words := []string{cmd.CommandPath(), format}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if slices.Contains(machineFlags, f.Name) || f.Value.String() == f.DefValue {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			if strings.Trim(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@=,:") != "" || value == "" {
				value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
			}
			words = append(words, "--"+f.Name, value)
		}
	})
	return strings.Join(append(words, "--as-of", asOf), " ")
}

// export makes the reports and writes them with all else.
func (q *inquiry) export(ctx context.Context, format export.Format, out, command string, p periods) error {
	revision := q.w.revision()
	diagnostics := leftOut(q.res.Diagnostics)
	if q.then.res != nil {
		diagnostics = leftOutOfBoth(q.res.Diagnostics, q.then.res.Diagnostics)
	}
	s := &export.Source{
		Snapshot: q.res.Snapshot,
		About: export.About{
			Command: command, AsOf: q.asOf, Revision: revision, Baseline: q.r.Baseline, Version: version(),
			Title: q.res.Snapshot.Config.Meta.Display(), Notes: notes(diagnostics),
		},
	}
	if len(q.selector) > 0 {
		s.Selects = func(subject string) bool { return q.res.Snapshot.Selects(q.selector, subject, nil) }
	}
	forSheets, _ := render.Lookup("csv")
	for _, x := range exports {
		one := *q
		one.outputs = []output{{format: forSheets}}
		one.r = report.New(x.name, q.asOf)
		one.r.Revision, one.r.Baseline = revision, q.r.Baseline
		p.By = x.by
		if err := x.run(&one, ctx, p); err != nil {
			return err
		}
		s.Reports = append(s.Reports, one.r)
	}
	if err := format.Write(ctx, out, s); err != nil {
		return fmt.Errorf("write %s: %w", out, err)
	}
	return q.tellLeftOut(diagnostics, q.w.shownPath())
}

// notes are the findings for which entities are left out, for those who read the export.
func notes(list []diag.Diagnostic) []string {
	var texts []string
	for _, d := range list {
		texts = append(texts, fmt.Sprintf("left out: %s:%d: %s %s", d.File, d.Range.Start.Line, d.Code, d.Message))
	}
	return texts
}

// slip adds how dates moved to the report: every milestone and every move.
func (q *inquiry) slip(ctx context.Context, _ periods) error {
	h, err := q.history(ctx, q.w)
	if err != nil {
		return err
	}
	slip.Analyse(q.res.Snapshot, h, slip.Options{AsOf: q.asOf, Baseline: q.then.before()}).Report(q.r, h, slip.View{
		Shows: func(x *slip.Record) bool { return selects(q.res.Snapshot, q.selector, x) },
		All:   true, Trend: true, Sheets: true,
	})
	return nil
}
