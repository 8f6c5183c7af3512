package main

import (
	"context"

	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
)

// inquiry is what every report on a portfolio begins and ends with.
type inquiry struct {
	*app
	outputs  []output
	selector portfolio.Selector
	w        *workspace
	res      *load.Result
	then     earlierState // what --baseline names
	r        *report.Report
}

// inquire reads what is asked for, the portfolio, and that of --baseline. Fields are
// keys of selectors beyond those of documents.
func (a *app) inquire(ctx context.Context, name string, fields ...string) (*inquiry, error) {
	return a.inquireIn(ctx, nil, name, fields...)
}

// inquireIn is inquire for a report that can be written in more formats than all can.
func (a *app) inquireIn(ctx context.Context, more []render.Format, name string, fields ...string) (*inquiry, error) {
	q := &inquiry{app: a, r: report.New(name, a.asOf)}
	var err error
	if q.outputs, q.selector, err = a.asked(false, more...); err != nil {
		return nil, err
	}
	if q.w, err = a.open(ctx); err != nil {
		return nil, err
	}
	if q.res, err = a.load(ctx, q.w); err != nil {
		return nil, err
	}
	if err := requires(q.res.Snapshot, q.w.shownPath()); err != nil {
		return nil, err
	}
	if err := knownKeys(q.res.Snapshot, q.selector, fields...); err != nil {
		return nil, err
	}
	if q.then, err = a.earlier(ctx, q.w, "", q.r); err != nil {
		return nil, err
	}
	return q, nil
}

// answer writes the report, and tells what was left out of it.
func (q *inquiry) answer() error {
	q.r.Diagnostics = leftOut(q.res.Diagnostics)
	if q.then.res != nil {
		q.r.Diagnostics = leftOutOfBoth(q.res.Diagnostics, q.then.res.Diagnostics)
	}
	if needsRevision(q.outputs) {
		q.r.Revision = q.w.revision()
	}
	if err := q.write(q.outputs, q.r, q.w.shownPath()); err != nil {
		return err
	}
	return q.tellLeftOut(q.r.Diagnostics, q.w.shownPath())
}
