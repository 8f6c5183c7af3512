package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/agenda"
	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/slip"
)

func (a *app) reviewsAgenda() *cobra.Command {
	return &cobra.Command{
		Use:   "agenda PROGRAM | CADENCE",
		Short: "What the next review has to talk about: what changed since the last one, what is open, late or at risk",
		Long: `What the next review has to talk about: what changed since the last one, what is open,
late or at risk. With -o markdown it is ready to paste.

What changed is told by comparing with the last commit by the end of the day of the last
review, or with --baseline: dates and what they push, scope, money, demand for people,
findings. It looks ahead to the review after the next one. The agenda of a cadence is
about what the cadence says: the portfolio, staffing, the budget or priorities.`,
		Example: `  progctl reviews agenda disaster-recovery
  progctl reviews agenda portfolio-review -o markdown
  progctl reviews agenda releases --as-of 2026-11-30 -o html=agenda.html`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("expected one PROGRAM or CADENCE")
			}
			return nil
		},
		ValidArgsFunction: a.completeReviewed(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := a.inquire(cmd.Context(), "reviews-agenda", review.Fields...)
			if err != nil {
				return err
			}
			if err := q.agenda(cmd.Context(), args[0]); err != nil {
				return err
			}
			return q.answer()
		},
	}
}

// agenda adds the agenda of a program or a cadence to the report.
func (q *inquiry) agenda(ctx context.Context, name string) error {
	if _, err := q.reviews([]string{name}, 0, 0); err != nil { // for what is wrong with its schedule
		return err
	}
	s := q.res.Snapshot
	in := agenda.Input{Snapshot: s, Reviews: review.Analyse(s, review.Options{AsOf: q.asOf}), Costs: budget.CostsOf(s, q.asOf)}
	if in.Of = in.Reviews.Find(name); in.Of == nil {
		return fmt.Errorf("%s cannot be read: %w", name, errLeftOut)
	}
	for _, p := range s.Programs {
		if s.Sound(p.Subject()) && (in.Of.Program == p || in.Of.Program == nil && s.Selects(q.selector, p.Subject(), nil)) {
			in.Programs = append(in.Programs, p)
		}
	}
	h, err := q.history(ctx, q.w)
	if err != nil && !errors.Is(err, errShallow) {
		return err
	}
	in.Slips = slip.Analyse(s, h, slip.Options{AsOf: q.asOf})
	past := func() (*history.History, error) { return h, nil }
	if in.Findings, err = q.findingsOf(ctx, q.w, q.res, past, lint.Options{AsOf: q.asOf, Codes: allRules()}); err != nil {
		return err
	}
	if err := q.since(ctx, &in); err != nil {
		return err
	}
	in.Findings = slices.DeleteFunc(in.Findings, func(d diag.Diagnostic) bool { return !q.discussed(s, &in, d) })
	agenda.Compose(in).Report(q.r)
	return nil
}

// errLeftOut means that what is asked for does not validate.
var errLeftOut = errors.New("it does not validate, see progctl validate")

// discussed reports whether an agenda is about a finding.
func (q *inquiry) discussed(s *portfolio.Snapshot, in *agenda.Input, d diag.Diagnostic) bool {
	if in.Of.Program == nil {
		return s.Selects(q.selector, d.Subject, responsible(d))
	}
	own, err := portfolio.ParseSelector("program=" + in.Of.Name)
	program := strings.HasPrefix(d.Subject+"/", in.Of.Subject+"/")
	known := !strings.HasPrefix(d.Subject, "file/")
	return program || err == nil && known && s.Selects(own, d.Subject, nil)
}

// since finds the state at the last review and compares it with that of now; findings
// that are new since then are marked.
func (q *inquiry) since(ctx context.Context, in *agenda.Input) error {
	x := &in.Since
	switch {
	case in.Of.Last != nil:
		x.Day = in.Of.Last.Date
	case in.Of.Program != nil:
		x.Day = in.Of.Program.Start
	}
	w, past, err := q.stateOn(ctx, x)
	if err != nil || w == nil {
		return err
	}
	x.Revision, x.Before = w.revision(), past.Snapshot
	q.r.Baseline = x.Revision
	then := x.Day
	if then.IsZero() || then > q.asOf {
		then = q.asOf
	}
	before, err := q.findingsOf(ctx, w, past, func() (*history.History, error) { return q.history(ctx, w) }, lint.Options{AsOf: then, Codes: allRules()})
	if err != nil {
		return err
	}
	s := q.res.Snapshot
	diag.Introduce(in.Findings, before)
	inherit(in.Findings, before, past.Snapshot, s)
	x.Change = impact.Compare(
		impact.Side{Snapshot: past.Snapshot, Findings: before},
		impact.Side{Snapshot: s, Findings: in.Findings},
		impact.Options{
			AsOf: q.asOf, Selector: q.selector,
			Chooses: func(subject string) bool {
				if in.Of.Program != nil {
					return strings.HasPrefix(subject+"/", in.Of.Subject+"/")
				}
				return chosenIn(s, q.selector, subject) || chosenIn(past.Snapshot, q.selector, subject)
			},
			Reason: func(id history.ID, from cal.Date) string { return lastReason(in.Slips.Record(id), from) },
		})
	for _, l := range []*[]diag.Diagnostic{&x.Change.Introduced, &x.Change.Fixed} {
		*l = slices.DeleteFunc(*l, func(d diag.Diagnostic) bool { return !q.discussed(s, in, d) })
	}
	return nil
}

// stateOn opens the state of --baseline, or else that at the end of a day; where there is
// none, it says why.
func (q *inquiry) stateOn(ctx context.Context, x *agenda.Since) (*workspace, *load.Result, error) {
	switch {
	case q.then.res != nil:
		x.Day = 0
		return q.then.w, q.then.res, nil
	case x.Day.IsZero():
		x.Why = "there was no review yet"
		return nil, nil, nil
	case !q.w.inGit:
		x.Why = "there is no git history"
		return nil, nil, nil
	}
	repo, err := q.w.repo()
	switch {
	case err != nil:
		return nil, nil, err
	case repo.Shallow:
		x.Why = errShallow.Error()
		return nil, nil, nil
	}
	head, err := q.w.head("reviews agenda")
	if errors.Is(err, errUnborn) {
		x.Why = errUnborn.Error()
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	hash, err := lastOn(ctx, repo, head, x.Day)
	if err != nil {
		return nil, nil, err
	}
	if hash == "" {
		x.Why = fmt.Sprintf("the history begins after %s", x.Day)
		return nil, nil, nil
	}
	w, err := q.w.at(ctx, hash)
	if err != nil {
		return nil, nil, err
	}
	past, err := q.loadPast(ctx, w)
	return w, past, err
}

// lastOn is the last commit of the first-parent history of a commit by the end of a day;
// "" where there is none.
func lastOn(ctx context.Context, repo *git.Repo, head string, day cal.Date) (hash string, err error) {
	err = repo.Log(ctx, head, "", func(c *git.Commit) error {
		if cal.DateOf(c.Time.UTC()) > day {
			return nil
		}
		hash = c.Hash
		return git.Stop
	})
	return hash, err
}
