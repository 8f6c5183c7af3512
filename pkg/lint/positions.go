package lint

import (
	"fmt"
	"iter"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// position is a seat and the plan that it is in.
type position struct {
	*portfolio.Position
	plan *portfolio.HeadcountPlan
}

// subject is how findings name the position.
func (x position) subject() string {
	return planSubject(x.plan) + "/position/" + x.ID
}

func planSubject(plan *portfolio.HeadcountPlan) string { return "headcountplan/" + plan.Meta.Name }

// positions are those of the plans that validate, cancelled ones too, by plan and in
// the order of its file.
func (p *Pass) positions() iter.Seq[position] {
	return func(yield func(position) bool) {
		for plan := range p.plans() {
			for _, x := range plan.Positions {
				if !yield(position{x, plan}) {
					return
				}
			}
		}
	}
}

// plans are the headcount plans that validate, by name.
func (p *Pass) plans() iter.Seq[*portfolio.HeadcountPlan] {
	return func(yield func(*portfolio.HeadcountPlan) bool) {
		for _, plan := range p.Plans {
			if p.Sound(planSubject(plan)) && !yield(plan) {
				return
			}
		}
	}
}

var filledWithoutPerson = &Rule{
	Rule: diag.Rule{Code: "HC001", Name: "filled-without-person", Summary: "A position is filled, but not said by whom", Severity: diag.Error},
	Check: func(p *Pass) {
		for x := range p.positions() {
			if x.Status == portfolio.PositionFilled && x.Person == "" {
				p.Report(Finding{
					At: x.Origin.At("status"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q is filled, and names nobody", x.ID),
					Detail:  "add person: with the id of who fills it, or state where the seat stands; without a name the person counts beside the seat",
				})
			}
		}
	},
}

var backfillOfNobody = &Rule{
	Rule: diag.Rule{Code: "HC005", Name: "backfill-of-nobody", Summary: "A backfill does not say whose seat it was, or growth does", Severity: diag.Warning},
	Check: func(p *Pass) {
		for x := range p.positions() {
			switch {
			case !x.Status.InPlan():
			case x.Type == portfolio.Backfill && x.Backfills == "":
				p.Report(Finding{
					At: x.Origin.At("type"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q is a backfill, and names nobody whose seat it was", x.ID),
					Detail:  "add backfills: with the id of the person, or make it type: growth",
				})
			case x.Type == portfolio.Growth && x.Backfills != "":
				p.Report(Finding{
					At: x.Origin.At("type"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q is growth, and backfills %q", x.ID, x.Backfills),
					Detail:  "make it type: backfill, or delete backfills:",
				}, place{x.Origin.At("backfills"), "backfills here"})
			}
		}
	},
}

var lateRequisition = &Rule{
	Rule: diag.Rule{Code: "HC006", Name: "late-requisition", Summary: "A position is past the day from which it is budgeted, and not filled", Severity: diag.Warning},
	Check: func(p *Pass) {
		for x := range p.positions() {
			budgeted := x.Effective.First()
			if !x.Status.Unfilled() || !budgeted.Before(p.AsOf) {
				continue
			}
			p.Report(Finding{
				At: x.Origin.At("effective"), Subject: x.subject(),
				Message: fmt.Sprintf("position %q is %s late and %s: budgeted from %s%s",
					x.ID, days(p.AsOf.Sub(budgeted)), x.Status, budgeted, expected(x.ExpectedStart, p.AsOf)),
				Detail: "set status: filled with start: and person: once somebody is there, on-hold or cancelled if nobody is sought; expectedStart: says when somebody is expected",
			})
		}
	},
}

// expected completes what is said of a late position.
func expected(start, asOf cal.Date) string {
	switch {
	case start.IsZero():
		return ""
	case start.Before(asOf):
		return fmt.Sprintf(", and the expected start %s has passed too", start)
	}
	return fmt.Sprintf(", expected %s", start)
}

// The finding does not repeat the name: what is reported is kept, too.
var candidateNamed = &Rule{
	Rule: diag.Rule{Code: "HC008", Name: "candidate-named", Summary: "A position that is not filled names a person", Severity: diag.Error},
	Check: func(p *Pass) {
		for x := range p.positions() {
			if x.Person == "" || x.Status == portfolio.PositionFilled || x.Status == portfolio.PositionCancelled {
				continue
			}
			p.Report(Finding{
				At: x.Origin.KeyAt("person"), Subject: x.subject(),
				Message: fmt.Sprintf("position %q is %s, and names a person: candidates are never named", x.ID, x.Status),
				Detail:  "delete person: until status: filled; git keeps for ever what was committed",
			})
		}
	},
}
