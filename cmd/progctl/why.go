package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/figure"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

func (a *app) whyCommand() *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "why FIGURE --from REV [--to REV]",
		Short: "Tell which commits changed a figure, and by how much",
		Long: `Tell which commits changed a figure, and by how much. What each did sums to the whole.

Figures:
` + figure.Help() + `
A milestone alone, PROGRAM/MILESTONE, means its finish. Every version is looked at as of
the same day (--as-of), so that no change comes of days that pass. --to is the work tree
where it is left out, or --at.`,
		Example: `  progctl why disaster-recovery/failover-drill --from v2026-q3
  progctl why expected:availability/region-exit --from @2026-06-30
  progctl why budget:releases --from main --to HEAD`,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if s := a.scan(cmd.Context()); s != nil && len(args) == 0 {
				return figure.Names(s), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("why takes one FIGURE:\n%s", figure.Help())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			outputs, err := a.parseOutputs(false)
			if err != nil {
				return err
			}
			f, err := figure.Parse(args[0])
			if err != nil {
				return usageError{err}
			}
			if a.selector != "" {
				return usagef("why is about one figure: name what it is of, instead of choosing with --selector")
			}
			switch {
			case from == "" && a.baseline == "":
				return usagef("why needs to know since when: give --from REV")
			case from != "" && a.baseline != "":
				return usagef("--from and --baseline both say since when: leave one out")
			case to != "" && a.at != "":
				return usagef("--to and --at both say until when: leave one out")
			case from == "":
				from = a.baseline
			}
			return a.why(cmd.Context(), f, from, to, outputs)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "git revision, or @YYYY-MM-DD, since when")
	cmd.Flags().StringVar(&to, "to", "", "git revision until when (default: the work tree)")
	return cmd
}

func (a *app) why(ctx context.Context, f figure.Figure, from, to string, outputs []output) error {
	start, err := a.workTree(ctx)
	if err != nil {
		return err
	}
	repo, err := start.needRepo("why")
	if err != nil {
		return err
	}
	if repo.Shallow {
		return fmt.Errorf("why: %w", errShallow)
	}
	first, err := a.revisionOf(ctx, start, "--from", from)
	if err != nil {
		return err
	}
	last, err := a.open(ctx)
	if to != "" {
		last, err = a.revisionOf(ctx, start, "--to", to)
	}
	if err != nil {
		return err
	}
	res, err := a.loadPast(ctx, last)
	if err != nil {
		return err
	}
	if err := requires(res.Snapshot, last.shownPath()); err != nil {
		return err
	}
	versions, err := a.versions(ctx, repo, f, first, last, res.Snapshot)
	if err != nil {
		return err
	}
	if f.Of != "" && !slices.ContainsFunc(versions, func(v figure.Version) bool { return v.Known || v.Error != nil }) {
		if near := f.Near(res.Snapshot); near != "" {
			return usagef("%s: there is no %q in any version, did you mean %s?", f.Name, f.Of, near)
		}
		return usagef("%s: there is no %q in any version", f.Name, f.Of)
	}
	r := report.New("why", a.asOf)
	r.Baseline, r.Revision = first.revision(), last.revision()
	figure.Attribute(f, res.Snapshot.Config.Currency, versions).Report(r)
	r.Diagnostics = leftOut(res.Diagnostics)
	if err := a.write(outputs, r, last.shownPath()); err != nil {
		return err
	}
	return a.tellLeftOut(r.Diagnostics, last.shownPath())
}

// versions computes the figure in the first state, in each first-parent commit
// after it that touched the portfolio, and in the last state.
func (a *app) versions(ctx context.Context, repo *git.Repo, f figure.Figure, first, last *workspace, now *portfolio.Snapshot) ([]figure.Version, error) {
	head, err := last.head("why")
	if err != nil {
		return nil, err
	}
	commits, found, err := between(ctx, repo, first.commit, head, strings.TrimSuffix(last.prefix(), "/"))
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("why: %s is not in the first-parent history of %s: name a commit that is, such as where they parted, %s",
			first.called(), last.called(), a.partedAt(ctx, repo, first.commit, head))
	}
	versions := []figure.Version{{Commit: first.commit}}
	a.evaluate(ctx, f, first, &versions[0])
	for _, c := range slices.Backward(commits) {
		v := figure.Version{Commit: c.Hash, Day: cal.DateOf(c.Time), Author: c.Author}
		v.Subject, _, _ = strings.Cut(c.Message, "\n")
		w, err := last.at(ctx, c.Hash)
		if err != nil {
			return nil, err
		}
		a.evaluate(ctx, f, w, &v)
		versions = append(versions, v)
	}
	if last.commit == "" { // and what is not committed
		v := figure.Version{Day: a.asOf}
		v.Value, v.Known, v.Error = f.Value(now, a.asOf)
		versions = append(versions, v)
	}
	return versions, ctx.Err()
}

// partedAt is where two histories parted, as a person would name it.
func (a *app) partedAt(ctx context.Context, repo *git.Repo, x, y string) string {
	hash, err := repo.MergeBase(ctx, x, y)
	if err != nil || hash == "" {
		return "which do not exist"
	}
	return hash[:12]
}

// between lists the commits after one and up to another, newest first, that touched
// YAML files; found says that the first is in the first-parent history of the second.
func between(ctx context.Context, repo *git.Repo, first, last, folder string) (commits []*git.Commit, found bool, err error) {
	err = repo.Log(ctx, last, folder, func(c *git.Commit) error {
		if c.Hash == first {
			found = true
			return git.Stop
		}
		if slices.ContainsFunc(c.Changes, func(x git.Change) bool { return source.Named(x.Path) }) {
			commits = append(commits, c)
		}
		return nil
	})
	return commits, found, err
}

// evaluate computes the figure in a state.
func (a *app) evaluate(ctx context.Context, f figure.Figure, w *workspace, v *figure.Version) {
	res, err := a.loadPast(ctx, w)
	if err != nil {
		v.Error = err
		return
	}
	if v.Value, v.Known, v.Error = f.Value(res.Snapshot, a.asOf); v.Error == nil && !v.Known {
		for _, d := range res.Diagnostics {
			if strings.HasPrefix(d.Subject, "file/") { // what is not there may be in a file that cannot be read
				v.Error = errors.New(d.Message)
			}
		}
	}
}
