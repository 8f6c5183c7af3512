package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/group"
)

func (a *app) budgetCommand() *cobra.Command {
	var (
		flags *periodFlags
		lens  string
		cell  string
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
told by its factors.

--explain tells what makes up one figure: budget lines, ledger entries, people and the
rates that they were priced at, each with its file, line and commit. It is written
FIGURE[@PERIOD][:GROUP], where a group has the values of --by, with / between them;
FIGURE is one of ` + strings.Join(budget.ExplainedFigures(), ", ") + `.`,
		Example: `  progctl budget
  progctl budget --by program,category --period quarter --fy FY27..FY28
  progctl budget --by type -l theme=ship-faster
  progctl budget --lens team --subtree
  progctl budget --explain actual@2026-10:releases
  progctl budget --by program,category --explain forecast@FY27Q4:releases/cloud
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
			var (
				name budget.CellName
				err  error
			)
			if cmd.Flags().Changed("explain") {
				if a.baseline != "" {
					return usagef("--explain is about one state: name it with --at, and leave out --baseline")
				}
				if name, err = budget.ParseCell(cell); err != nil {
					return usagef("--explain: %v", err)
				}
			}
			q, err := a.inquire(cmd.Context(), "budget", budget.Fields...)
			if err != nil {
				return err
			}
			if err := knownNames(q.res.Snapshot, q.selector); err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			for _, d := range periods.By {
				if view == budget.Teams && (d == group.ByProgram || d == group.ByTheme) {
					return usagef("--by: what teams cost is of no %s; leave out --lens %s", d, view)
				}
			}
			analysis := q.budget(periods, view)
			if !cmd.Flags().Changed("explain") {
				analysis.Report(q.r, wantsSheets(q.outputs))
				return q.answer()
			}
			explanation, err := analysis.Explain(name)
			if err != nil {
				return usagef("--explain: %v", err)
			}
			if err := q.blame(cmd.Context(), explanation); err != nil {
				return err
			}
			explanation.Report(q.r)
			return q.answer()
		},
	}
	flags = a.periodFlags(cmd, budget.Dimensions, "program").withSubtree(cmd)
	cmd.Flags().StringVar(&lens, "lens", string(budget.Programs), "whose money: program or team")
	cmd.Flags().StringVar(&cell, "explain", "", "tell what makes up one figure, such as actual@2026-10:releases")
	_ = cmd.RegisterFlagCompletionFunc("lens", cobra.FixedCompletions(
		[]string{string(budget.Programs), string(budget.Teams)}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// budget is what money is planned, spent and forecast, through a lens.
func (q *inquiry) budget(p periods, lens budget.Lens) *budget.Analysis {
	return budget.Analyse(q.res.Snapshot, budget.Options{
		AsOf: q.asOf, Years: p.Years, Step: p.Step, Lens: lens, By: p.By, Subtree: p.Subtree,
		Selector: q.selector, Baseline: q.then.before(),
	})
}

// blame finds the commits of the lines that make up a figure: of those files that lie in
// the repository.
func (q *inquiry) blame(ctx context.Context, e *budget.Explanation) error {
	if !q.w.inGit {
		return nil
	}
	repo, err := q.w.repo()
	if err != nil {
		return err
	}
	if q.w.commit == "" && q.w.revision() == nil { // nothing was committed yet
		return nil
	}
	lines := map[string][]int{}
	for _, p := range e.Parts {
		if p.Origin.File != nil && q.w.isOurs(p.Origin.File.Name) {
			lines[p.Origin.File.Name] = append(lines[p.Origin.File.Name], int(p.Origin.Line))
		}
	}
	commits := map[string]map[int]string{}
	for _, file := range slices.Sorted(maps.Keys(lines)) {
		if commits[file], err = repo.Blame(ctx, q.w.commit, file, lines[file]); err != nil && (q.w.commit != "" || q.w.committed(file)) {
			return err // else it may not be in any commit yet
		}
	}
	for i := range e.Parts {
		if p := &e.Parts[i]; p.Origin.File != nil {
			p.Commit = commits[p.Origin.File.Name][int(p.Origin.Line)]
		}
	}
	return nil
}
