package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/git"
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
				return usagef("diff takes one BASE...HEAD")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			outputs, err := a.parseOutputs(false)
			if err != nil {
				return err
			}
			selector, err := portfolio.ParseSelector(a.selector)
			if err != nil {
				return usagef("--selector: %v", err)
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
			if err := knownKeys(head.Snapshot, selector); err != nil {
				return err
			}
			change, err := a.compare(ctx, sides, base, head, selector)
			if err != nil {
				return err
			}
			change.Approve(head.Snapshot, approvedBy)
			r := report.New("diff", a.asOf)
			r.Baseline, r.Revision = sides.base.revision(), sides.head.revision()
			change.Report(r, sides.base.called(), sides.head.called())
			r.Diagnostics = leftOut(head.Diagnostics)
			if err := a.write(outputs, r, shown); err != nil {
				return err
			}
			if err := a.tellLeftOut(r.Diagnostics, shown); err != nil {
				return err
			}
			if exitCode && !change.Empty() {
				return errFindings
			}
			for _, needed := range change.Approvals {
				if len(needed.Missing) > 0 && cmd.Flags().Changed("approved-by") {
					a.note("approval missing: %s, because %s", strings.Join(needed.Missing, ", "), needed.Because)
					err = errFindings
				}
			}
			return err
		},
	}
	cmd.Flags().StringSliceVar(&approvedBy, "approved-by", nil, "who approved: ids or handles of people; exit with 1 while an approval is missing")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "exit with 1 if anything that matters differs")
	return cmd
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
	for _, name := range []string{"origin/HEAD", "main"} {
		_, err := repo.Resolve(ctx, name)
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, git.ErrUnknownRevision) {
			return "", err
		}
	}
	return "", errors.New("diff: there is neither origin/HEAD nor main: name a BASE, such as progctl diff HEAD~1")
}

// called is what people call the state.
func (w *workspace) called() string {
	if w.commit == "" {
		return "the work tree"
	}
	return w.commit[:min(12, len(w.commit))]
}

// compare loads what a comparison needs beside the two portfolios.
func (a *app) compare(ctx context.Context, s sides, base, head *load.Result, selector portfolio.Selector) (*impact.Change, error) {
	h, err := a.history(ctx, s.head)
	if err != nil {
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
	slips := slip.Analyse(head.Snapshot, h, slip.Options{AsOf: a.asOf})
	return impact.Compare(
		impact.Side{Snapshot: base.Snapshot, Findings: before},
		impact.Side{Snapshot: head.Snapshot, Findings: after},
		impact.Options{
			AsOf: a.asOf,
			Chooses: func(subject string) bool {
				return head.Snapshot.Selects(selector, subject, nil) && base.Snapshot.Selects(selector, subject, nil)
			},
			Reason: func(id history.ID) string {
				if r := slips.Record(id); r != nil && len(r.Moves) > 0 {
					return r.Moves[len(r.Moves)-1].Reason
				}
				return ""
			},
		}), nil
}
