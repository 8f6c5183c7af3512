// Package agenda puts together what a review has to talk about: what changed since the
// last one, what is open, late or at risk, and what it costs. It knows the results of
// the analyses below it, and nothing of revisions, flags or formats.
package agenda

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/slip"
)

// Input is what an agenda is put together of.
type Input struct {
	Snapshot *portfolio.Snapshot
	// Reviews are those of the whole portfolio, Of the one whose agenda it is.
	Reviews *review.Analysis
	Of      *review.Series
	// Programs are those that it is about, by name.
	Programs []*portfolio.Program
	Since    Since
	// Findings are those of now about the programs, finished; Introduced tells those
	// that are new since then, where that is known.
	Findings []diag.Diagnostic
	// Slips are the dates of all milestones.
	Slips *slip.Analysis
	// Costs are those of all programs.
	Costs []budget.Costs
}

// Since is the state at the last review, and what changed since then.
type Since struct {
	// Day is that of the last review; where there was none, the program's start. It is
	// zero for a cadence without a review.
	Day cal.Date
	// Revision is the state by the end of that day; nil where it is not known, for Why.
	Revision *report.Revision
	Why      string
	Before   *portfolio.Snapshot
	Change   *impact.Change
}

// Agenda is what a review has to talk about.
type Agenda struct {
	Input
	// AsOf is the day it is put together on. Until is up to when it looks ahead: the
	// review after the next one.
	AsOf, Until cal.Date
	// Decisions are those without an outcome, Actions those not done.
	Decisions []review.Decision
	Actions   []review.Action
	// Decided is what the last review decided.
	Decided    []review.Decision
	Risks      []Risk
	Milestones []*slip.Record // open, and due by Until, by due date
	// Missed are the reviews that were missed, of the programs too where the agenda is
	// that of the portfolio.
	Missed []Missed
	Spend  []Spend
}

// Missed is a review that did not take place.
type Missed struct {
	Of *review.Series
	On cal.Date
}

// Risk is one to talk about.
type Risk struct {
	*portfolio.Risk
	Program *portfolio.Program
	// New says that it was not there at the last review; Was is what status it had, ""
	// where that is the same or not known.
	New bool
	Was portfolio.RiskStatus
	// Overdue is how many days ago it had to be looked at again; 0 where it did not.
	Overdue cal.Days
}

// Compose puts an agenda together.
func Compose(in Input) *Agenda {
	a := &Agenda{Input: in, AsOf: in.Reviews.AsOf}
	a.Until = a.lookAhead()
	a.minutes()
	a.risks()
	a.milestones()
	a.missed()
	for i := range in.Costs {
		if slices.Contains(in.Programs, in.Costs[i].Program) {
			a.Spend = append(a.Spend, spend(&in.Costs[i], a.AsOf))
		}
	}
	return a
}

// lookAhead is the day of the review after the next one, of the next one where there is
// no other, or, where none is due, the end of the policy's horizon.
func (a *Agenda) lookAhead() cal.Date {
	switch {
	case a.Of.Following != nil:
		return a.Of.Following.On
	case a.Of.Next != nil:
		return a.Of.Next.On
	}
	return a.AsOf.Add(cal.Days(*a.Snapshot.Config.Policy.Horizon))
}

// wide reports whether it is the agenda of the portfolio, which is about all programs.
func (a *Agenda) wide() bool { return a.kind() == portfolio.AgendaPortfolio }

// kind is what it is about; "" is one program.
func (a *Agenda) kind() portfolio.Agenda {
	if a.Of.Cadence == nil {
		return ""
	}
	return a.Of.Cadence.Agenda
}

// own reports whether minutes are those of what is reviewed.
func (a *Agenda) own(r *portfolio.Review) bool {
	if a.Of.Program != nil {
		return r.Program == a.Of.Name
	}
	return r.Cadence == a.Of.Name
}

// about reports whether minutes are those of a program that it is about.
func (a *Agenda) about(r *portfolio.Review) bool {
	return slices.ContainsFunc(a.Programs, func(p *portfolio.Program) bool { return r.Program == p.Meta.Name })
}

// minutes takes what reviews left open: for the agenda of the portfolio, what is late of
// the programs too.
func (a *Agenda) minutes() {
	for _, d := range a.Reviews.Decisions() {
		if d.Open() && (a.own(d.Review) || a.wide() && a.about(d.Review)) {
			a.Decisions = append(a.Decisions, d)
		}
		if a.Of.Last != nil && d.Review == a.Of.Last {
			a.Decided = append(a.Decided, d)
		}
	}
	for _, x := range a.Reviews.Actions() {
		if x.Open() && (a.own(x.Review) || a.wide() && x.Overdue > 0 && a.about(x.Review)) {
			a.Actions = append(a.Actions, x)
		}
	}
}

// risks takes those that are new, that changed, or that have to be looked at again.
func (a *Agenda) risks() {
	for _, p := range a.Programs {
		if p.Status.Over() {
			continue
		}
		var before *portfolio.Program
		if a.Since.Before != nil {
			before = a.Since.Before.Program(p.Meta.Name)
		}
		for _, r := range p.Risks {
			x := Risk{Risk: r, Program: p}
			if a.Since.Before != nil {
				x.New, x.Was = true, ""
				if before != nil {
					for _, old := range before.Risks {
						if old.ID != r.ID {
							continue
						}
						if x.New = false; old.Status != r.Status {
							x.Was = old.Status
						}
					}
				}
			}
			closed := r.Status == portfolio.RiskClosed
			due := !closed && !r.ReviewBy.IsZero() && r.ReviewBy <= a.Until
			if due && r.ReviewBy < a.AsOf {
				x.Overdue = a.AsOf.Sub(r.ReviewBy)
			}
			if due || x.Was != "" || x.New && !closed {
				a.Risks = append(a.Risks, x)
			}
		}
	}
	slices.SortStableFunc(a.Risks, func(x, y Risk) int { return cmp.Compare(y.Overdue, x.Overdue) })
}

// milestones takes those that are open and due before the agenda looks ahead no more.
func (a *Agenda) milestones() {
	for _, p := range a.Programs {
		if p.Status.Over() {
			continue
		}
		for _, m := range p.Milestones {
			if r := a.Slips.Record(history.ID{Program: p.Meta.Name, Milestone: m.ID}); r != nil && m.Open() && m.Due <= a.Until {
				a.Milestones = append(a.Milestones, r)
			}
		}
	}
	slices.SortStableFunc(a.Milestones, func(x, y *slip.Record) int {
		return cmp.Or(cmp.Compare(x.Due, y.Due), x.ID.Compare(y.ID))
	})
}

// missed takes the reviews since the last one that did not take place.
func (a *Agenda) missed() {
	for _, x := range a.Reviews.Series {
		meant := a.wide() && x.Program != nil && slices.Contains(a.Programs, x.Program)
		if x.Subject != a.Of.Subject && !meant {
			continue
		}
		for _, o := range x.In(review.Missed) {
			if x.Last == nil || o.On > x.Last.Date {
				a.Missed = append(a.Missed, Missed{x, o.On})
			}
		}
	}
	slices.SortStableFunc(a.Missed, func(x, y Missed) int {
		return cmp.Or(cmp.Compare(x.On, y.On), strings.Compare(x.Of.Name, y.Of.Name))
	})
}
