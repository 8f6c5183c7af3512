package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// earlierState is what findings are compared with.
type earlierState struct {
	w   *workspace
	res *load.Result
	// slips is what --baseline names, against which dates are measured.
	slips *load.Result
}

func (p earlierState) before() *portfolio.Snapshot {
	if p.res == nil {
		return nil
	}
	return p.res.Snapshot
}

// earlier loads what --new-from and --baseline name. Of both, the first decides what
// is new.
func (a *app) earlier(ctx context.Context, w *workspace, newFrom string, r *report.Report) (p earlierState, err error) {
	if a.baseline != "" {
		if p.w, err = a.revisionOf(ctx, w, "--baseline", a.baseline); err != nil {
			return p, err
		}
		if p.res, err = a.loadPast(ctx, p.w); err != nil {
			return p, err
		}
		p.slips = p.res
	}
	if newFrom != "" {
		hash, err := a.parting(ctx, w, "--new-from", newFrom)
		if err != nil {
			return p, err
		}
		if p.w, err = w.at(ctx, hash); err != nil {
			return p, err
		}
		if p.res, err = a.loadPast(ctx, p.w); err != nil {
			return p, err
		}
	}
	if p.w != nil {
		r.Baseline = p.w.revision()
	}
	return p, nil
}

// findingsOf are all findings of a state that is compared, finished; past reads its
// history, nil runs no rules.
func (a *app) findingsOf(ctx context.Context, w *workspace, res *load.Result, past func() (*history.History, error), o lint.Options) ([]diag.Diagnostic, error) {
	list := structural(res)
	if past != nil {
		h, err := past()
		if err != nil && !errors.Is(err, errShallow) {
			return nil, err
		}
		var failed error
		o.History, o.ChangedSince = h, w.changedSince(ctx, func(err error) { failed = err })
		list = append(list, lint.Run(res.Snapshot, o)...)
		if failed != nil && !errors.Is(failed, errShallow) {
			return nil, failed
		}
	}
	diag.Finish(list)
	return list, nil
}

// inherit takes back, in a list that diag.Introduce marked, what a change did not
// introduce though the finished list of the state before it lacks it: findings over
// moves that are not its own, for both states have the same dates and the same
// reason; and what rules find where nothing could be judged before, since the
// document, or the Portfolio, did not validate. What was waived before, or milder, is
// the change's doing whatever the dates.
func inherit(list, before []diag.Diagnostic, base, head *portfolio.Snapshot) {
	type about struct{ code, subject string }
	had := map[about][]diag.Diagnostic{}
	for _, d := range before {
		had[about{d.Code, d.Subject}] = append(had[about{d.Code, d.Subject}], d)
	}
	rules := map[string]*lint.Rule{} // no structural ones
	for _, r := range lint.Rules {
		rules[r.Code] = r
	}
	for i := range list {
		d := &list[i]
		worse := func(b diag.Diagnostic) bool { return b.Waived && !d.Waived || b.Severity < d.Severity }
		rule := rules[d.Code]
		if !*d.Introduced || rule == nil || slices.ContainsFunc(had[about{d.Code, d.Subject}], worse) {
			continue
		}
		if base.Unconfigured || !base.Sound(d.Subject) || rule.OverMoves && sameDates(base, head, d.Subject) {
			d.Introduced = new(false)
		}
	}
}

// sameDates reports whether two portfolios have a milestone or a program, and state
// the same dates and the same reason for it.
func sameDates(a, b *portfolio.Snapshot, subject string) bool {
	was, there := promised(a, subject)
	is, here := promised(b, subject)
	return there && here && was == is
}

// stated is what files say that rules over moves look at.
type stated struct {
	due, baseline cal.Date
	reason        string
}

func promised(s *portfolio.Snapshot, subject string) (stated, bool) {
	kind, rest, _ := strings.Cut(subject, "/")
	name, part, isPart := strings.Cut(rest, "/")
	g := s.Program(name)
	if kind != "program" || g == nil {
		return stated{}, false
	}
	if !isPart {
		return stated{g.Due, g.Baseline, g.DueReason}, true
	}
	id, ok := strings.CutPrefix(part, "milestone/")
	m := g.Milestone(id)
	if !ok || m == nil {
		return stated{}, false
	}
	return stated{m.Due, m.Baseline, m.DueReason}, true
}
