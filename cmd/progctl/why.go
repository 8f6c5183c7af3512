package main

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/figure"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/load"
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
the same day (--as-of), so that no change comes of days that pass. What is not done
finishes on that day at the earliest: of what is overdue, ask for due instead, which
moves where finish stands still. --to is the work tree where it is left out, or --at.`,
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
				if s := a.scan(cmd.Context()); s != nil {
					if near := figure.Suggest(s, args[0]); near != "" {
						return usagef("%q is no figure, did you mean %s?", args[0], near)
					}
				}
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
	first.memory, last.memory = &load.Memory{}, &load.Memory{}
	res, err := a.loadPast(ctx, last)
	if err != nil {
		return err
	}
	if err := requires(res.Snapshot, last.shownPath()); err != nil {
		return err
	}
	p := &tracing{figure: f, asOf: a.asOf, seen: map[string]bool{}, tables: map[string]bool{}}
	p.look(res.Snapshot) // first, since what it has is most likely meant
	versions, err := a.versions(ctx, repo, p, first, last, res)
	if err != nil {
		return err
	}
	if !p.seen[f.Of] && f.Of != "" {
		where := "any version"
		if slices.ContainsFunc(versions, func(v figure.Version) bool { return v.Error != nil }) {
			where = "any version that can be read"
		}
		return usagef("%s: there is no %q in %s%s", f.Name, f.Of, where, f.Hint(p.candidates))
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
func (a *app) versions(ctx context.Context, repo *git.Repo, p *tracing, first, last *workspace, now *load.Result) ([]figure.Version, error) {
	head, err := last.head("why")
	if err != nil {
		return nil, err
	}
	p.note(now)
	begin := figure.Version{Commit: first.commit}
	a.evaluateAt(ctx, p, first, &begin)
	var versions []figure.Version
	known := map[string]figure.Version{} // by commit
	for before := -1; before < len(p.tables); {
		before = len(p.tables)
		commits, found, err := between(ctx, repo, first.commit, head, strings.TrimSuffix(last.prefix(), "/"), p.touches)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, fmt.Errorf("why: %s is not in the first-parent history of %s: name a commit that is%s",
				first.called(), last.called(), onChain(ctx, repo, first.commit, head))
		}
		versions = []figure.Version{begin}
		for _, c := range slices.Backward(commits) {
			v, done := known[c.Hash]
			if !done {
				v = figure.Version{Commit: c.Hash, Day: cal.DateOf(c.Time), Author: c.Author}
				v.Subject, _, _ = strings.Cut(c.Message, "\n")
				w, err := last.at(ctx, c.Hash)
				if err != nil {
					return nil, err
				}
				a.evaluateAt(ctx, p, w, &v) // which may read a table that no version before did
				known[c.Hash] = v
			}
			versions = append(versions, v)
		}
	}
	if last.commit == "" { // and what is not committed
		v := figure.Version{Day: a.asOf}
		p.evaluate(now, &v)
		versions = append(versions, v)
	}
	return versions, ctx.Err()
}

// onChain names the newest commit in the first-parent history of head that a commit
// comes from, as the end of a sentence. Where they parted need not be one: it may be
// the commit itself, on a branch that was merged.
func onChain(ctx context.Context, repo *git.Repo, commit, head string) string {
	ancestors := map[string]bool{}
	err := repo.Messages(ctx, commit, nil, func(m git.Message) error {
		ancestors[m.Hash] = true
		return nil
	})
	newest := ""
	if err == nil {
		err = repo.Log(ctx, head, "", func(c *git.Commit) error {
			if ancestors[c.Hash] {
				newest = c.Hash
				return git.Stop
			}
			return nil
		})
	}
	if err != nil || newest == "" {
		return ""
	}
	return ", such as " + newest[:12] + ", from which it comes"
}

// between lists the commits after one and up to another, newest first, that touched
// a file of a portfolio; found says that the first is in the first-parent history of the second.
func between(ctx context.Context, repo *git.Repo, first, last, folder string, touches func(file string) bool) (commits []*git.Commit, found bool, err error) {
	err = repo.Log(ctx, last, folder, func(c *git.Commit) error {
		if c.Hash == first {
			found = true
			return git.Stop
		}
		if slices.ContainsFunc(c.Changes, func(x git.Change) bool { return touches(x.Path) }) {
			commits = append(commits, c)
		}
		return nil
	})
	return commits, found, err
}

// tracing is what versions are looked at for.
type tracing struct {
	figure figure.Figure
	asOf   cal.Date
	// candidates are all names of any version that the figure may be of, until the
	// one that it is of is seen.
	candidates []string
	seen       map[string]bool
	tables     map[string]bool // names of CSV files that any version reads
}

// note notes the CSV files of a state.
func (p *tracing) note(res *load.Result) {
	for _, f := range res.Files {
		if f.IsTable() {
			p.tables[f.Name] = true
		}
	}
}

// touches reports whether a version may differ in its figures by a file.
func (p *tracing) touches(file string) bool {
	return source.Named(file) || path.Ext(file) == ".csv" || p.tables[file]
}

// look notes the names of a state.
func (p *tracing) look(s *portfolio.Snapshot) {
	if p.seen[p.figure.Of] {
		return
	}
	for _, n := range p.figure.Candidates(s) {
		if !p.seen[n] {
			p.seen[n] = true
			p.candidates = append(p.candidates, n)
		}
	}
}

// evaluateAt computes the figure in a revision.
func (a *app) evaluateAt(ctx context.Context, p *tracing, w *workspace, v *figure.Version) {
	res, err := a.loadPast(ctx, w)
	if err != nil {
		v.Error = err
		return
	}
	p.note(res)
	p.evaluate(res, v)
}

// evaluate computes the figure in a state, where all that it hangs on validates.
func (p *tracing) evaluate(res *load.Result, v *figure.Version) {
	p.look(res.Snapshot)
	v.Value, v.Known, v.Error = p.figure.Value(res.Snapshot, p.asOf)
	v.Currency, v.Note = res.Snapshot.Config.Currency, p.figure.Note(res.Snapshot, p.asOf)
	for _, d := range leftOut(res.Diagnostics) {
		if v.Error == nil && p.figure.HangsOn(res.Snapshot, d.Subject) {
			v.Value, v.Known, v.Error = 0, false, fmt.Errorf("%s:%d: %s", d.File, d.Range.Start.Line, d.Message)
		}
	}
}
