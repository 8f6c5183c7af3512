package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
)

func (a *app) diffCommand() *cobra.Command {
	var (
		approvedBy []string
		exitCode   bool
	)
	cmd := &cobra.Command{
		Use:   "diff [BASE | BASE...HEAD | BASE..HEAD]",
		Short: "Tell what a change does: dates and what they push, money, people, findings, approvals",
		Long: `Tell what a change does: dates and what they push, money, people, findings, approvals.

With three dots, or a BASE alone, HEAD is compared with where its history parted from
BASE; with two dots, with BASE itself. HEAD is the work tree where it is left out, and
BASE is origin/HEAD, else main. With -o markdown it is a comment for a pull request,
empty where nothing that matters changes.

Approvals are those that policy.approvals asks for, before or after the change. With
--approved-by, it exits with 1 while one is missing.`,
		Example: `  progctl diff
  progctl diff origin/main -o markdown
  progctl diff v2026-q3..v2026-q4
  progctl diff --approved-by octocat,hubot`,
		ValidArgsFunction: cobra.NoFileCompletions,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("diff takes one BASE...HEAD, did you mean %s..%s?", args[0], args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			outputs, selector, err := a.asked(false)
			if err != nil {
				return err
			}
			sides, err := a.sides(ctx, strings.Join(args, ""))
			if err != nil {
				return err
			}
			base, err := a.loadPast(ctx, sides.base)
			if err != nil {
				return err
			}
			head, err := a.loadPast(ctx, sides.head)
			if err != nil {
				return err
			}
			shown := sides.head.shownPath()
			if err := requires(head.Snapshot, shown); err != nil {
				return err
			}
			keys := slices.AppendSeq(slices.Clone(headcount.Fields), maps.Keys(base.Snapshot.SelectorValues()))
			if err := knownKeys(head.Snapshot, selector, keys...); err != nil {
				return err
			}
			change, err := a.compare(ctx, sides, base, head, selector)
			if err != nil {
				return err
			}
			change.Approve(approvedBy)
			r := report.New("diff", a.asOf)
			r.Baseline, r.Revision = sides.base.revision(), sides.head.revision()
			change.Report(r, sides.base.called(), sides.head.called())
			r.Diagnostics = leftOutOfBoth(head.Diagnostics, base.Diagnostics)
			if err := a.write(outputs, r, shown); err != nil {
				return err
			}
			err = a.tellLeftOut(r.Diagnostics, shown)
			if exitCode && !change.Empty() {
				err = errFindings
			}
			for _, needed := range change.Approvals {
				if len(needed.Missing) > 0 && approvedBy != nil {
					a.note("approval missing: %s, because %s", strings.Join(needed.Missing, ", "), needed.Because)
					err = errFindings
				}
			}
			return err
		},
	}
	cmd.Flags().StringSliceVar(&approvedBy, "approved-by", nil, "who approved: handles of people, ids of those who state none, or groups; exit with 1 while an approval is missing")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "exit with 1 if anything that matters differs")
	return cmd
}

// leftOutOfBoth are the findings for which something is left out of either state;
// those of the base say so.
func leftOutOfBoth(head, base []diag.Diagnostic) []diag.Diagnostic {
	list := leftOut(head)
	known := map[string]bool{}
	for _, d := range list {
		known[d.Fingerprint] = true
	}
	for _, d := range leftOut(base) {
		if !known[d.Fingerprint] {
			d.Message = "before the change: " + d.Message
			list = append(list, d)
		}
	}
	return list
}

// sides are the two states that are compared.
type sides struct{ base, head *workspace }

// sides opens what BASE...HEAD names.
func (a *app) sides(ctx context.Context, text string) (s sides, err error) {
	w, err := a.workTree(ctx)
	if err != nil {
		return s, err
	}
	repo, err := w.needRepo("diff")
	if err != nil {
		return s, err
	}
	if repo.Shallow {
		return s, fmt.Errorf("diff: %w", errShallow)
	}
	left, right, exact := cutRange(text)
	switch {
	case right != "" && a.at != "":
		return s, usagef("diff: --at %s and %s both name a HEAD: leave one out", a.at, right)
	case left != "" && a.baseline != "":
		return s, usagef("diff: --baseline %s and %s both name a BASE: leave one out", a.baseline, left)
	case a.baseline != "":
		left, exact = a.baseline, true
	}
	if right == "" {
		s.head, err = a.open(ctx)
	} else {
		s.head, err = a.revisionOf(ctx, w, "diff", right)
	}
	if err != nil {
		return s, err
	}
	if left == "" {
		if left, err = w.trunk(ctx, repo); err != nil {
			return s, err
		}
	}
	var hash string
	if exact {
		hash, err = w.resolve(ctx, "diff", left)
	} else {
		hash, err = a.parting(ctx, s.head, "diff", left)
	}
	if err != nil {
		return s, err
	}
	s.base, err = w.at(ctx, hash)
	return s, err
}

// cutRange takes A...B, A..B and A apart; exact says that it had two dots.
func cutRange(text string) (left, right string, exact bool) {
	if left, right, ok := strings.Cut(text, "..."); ok {
		return left, right, false
	}
	if left, right, ok := strings.Cut(text, ".."); ok {
		return left, right, true
	}
	return text, "", false
}

// trunk is what changes are compared with where nobody says.
func (w *workspace) trunk(ctx context.Context, repo *git.Repo) (string, error) {
	for _, name := range []string{"origin/HEAD", "main", "origin/main"} { // the last is what a CI has that sets no origin/HEAD
		_, err := repo.Resolve(ctx, name)
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, git.ErrUnknownRevision) {
			return "", err
		}
	}
	if unborn(ctx, repo) {
		return "", fmt.Errorf("diff: %w", errUnborn)
	}
	return "", errors.New("diff: there is neither origin/HEAD nor main: name a BASE, such as progctl diff HEAD~1")
}

// called is what people call the state.
func (w *workspace) called() string {
	if w.commit == "" {
		return "the work tree"
	}
	return report.ShortHash(w.commit)
}

// compare loads what a comparison needs beside the two portfolios.
func (a *app) compare(ctx context.Context, s sides, base, head *load.Result, selector portfolio.Selector) (*impact.Change, error) {
	h, err := a.history(ctx, s.head)
	if err != nil && !errors.Is(err, errShallow) {
		return nil, err
	}
	o := lint.Options{AsOf: a.asOf, Codes: allRules(), Before: base.Snapshot}
	after, err := a.findingsOf(ctx, s.head, head, func() (*history.History, error) { return h, nil }, o)
	if err != nil {
		return nil, err
	}
	before, err := a.findingsOf(ctx, s.base, base, func() (*history.History, error) { return a.history(ctx, s.base) }, o)
	if err != nil {
		return nil, err
	}
	diag.Introduce(after, before)
	inherit(after, before, base.Snapshot, head.Snapshot)
	slips := slip.Analyse(head.Snapshot, h, slip.Options{AsOf: a.asOf})
	change := impact.Compare(
		impact.Side{Snapshot: base.Snapshot, Findings: before},
		impact.Side{Snapshot: head.Snapshot, Findings: after},
		impact.Options{
			AsOf:     a.asOf,
			Selector: selector,
			Chooses: func(subject string) bool {
				return chosenIn(head.Snapshot, selector, subject) || chosenIn(base.Snapshot, selector, subject)
			},
			Reason: func(id history.ID, from cal.Date) string { return lastReason(slips.Record(id), from) },
		})
	for _, l := range []struct {
		of   *portfolio.Snapshot
		list *[]diag.Diagnostic
	}{{head.Snapshot, &change.Introduced}, {base.Snapshot, &change.Fixed}} {
		*l.list = slices.DeleteFunc(*l.list, func(d diag.Diagnostic) bool { return !l.of.Selects(selector, d.Subject, responsible(d)) })
	}
	return change, nil
}

// chosenIn reports whether a portfolio has a program, a milestone or a team, and a
// selector chooses it there.
func chosenIn(s *portfolio.Snapshot, sel portfolio.Selector, subject string) bool {
	kind, rest, _ := strings.Cut(subject, "/")
	name, part, _ := strings.Cut(rest, "/")
	if kind == "team" {
		there := slices.ContainsFunc(s.Teams, func(t *portfolio.Team) bool { return t.Meta.Name == name })
		return (there || len(sel) == 0) && s.Selects(sel, subject, nil)
	}
	g := s.Program(name)
	if g == nil {
		return false
	}
	m := g.Milestone(strings.TrimPrefix(part, "milestone/"))
	if part == "" || m == nil {
		return part == "" && s.Selects(sel, subject, nil)
	}
	return s.Selects(sel, subject, func(key string) (string, bool) {
		owner, team := m.Responsible()
		value := map[string]string{"owner": owner, "team": team, "status": string(m.Status)}[key]
		return value, value != ""
	})
}

// lastReason is the newest reason that was given since a date was moved away from
// one; "" where it never was.
func lastReason(r *slip.Record, from cal.Date) (reason string) {
	if r == nil {
		return ""
	}
	for _, m := range slices.Backward(r.Moves) {
		if reason == "" {
			reason = m.Reason
		}
		if m.From == from {
			return reason
		}
	}
	return ""
}
