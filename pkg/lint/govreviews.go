package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/source"
)

// reviews are when programs and cadences are due to be reviewed, and what became of it.
func (p *Pass) reviews() *review.Analysis {
	if p.run.reviews == nil {
		p.run.reviews = review.Analyse(p.Snapshot, review.Options{AsOf: p.AsOf})
	}
	return p.run.reviews
}

// What was missed before a review that took place is history, which nobody can mend.
var reviewMissed = &Rule{
	Rule: diag.Rule{Code: "GOV017", Name: "review-missed", Summary: "The latest review of a program or a cadence did not take place", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Absent(portfolio.ExternalReview) || len(p.Undecoded("Review")) > 0 {
			p.Blind()
			return
		}
		for _, x := range p.reviews().Series {
			n := 0
			var last review.Occurrence
			for _, o := range slices.Backward(x.Occurrences) {
				if o.State == review.Held {
					break
				}
				if o.State == review.Missed {
					if n++; n == 1 {
						last = o
					}
				}
			}
			if n == 0 {
				continue
			}
			var at source.Place
			if x.Program != nil {
				at = x.Program.Origin.At("reviews")
			} else {
				at = x.Cadence.Origin.At("id")
			}
			message := fmt.Sprintf("the review of %s %q on %s did not take place", x.Kind, x.Name, last.On)
			if n > 1 {
				message = fmt.Sprintf("the last %d reviews of %s %q did not take place, the latest on %s", n, x.Kind, x.Name, last.On)
			}
			p.Report(Finding{
				At: at, Subject: x.Subject, Message: message,
				Detail: "hold it, or add its minutes as a Review document; if it is held less often, say so where it is scheduled",
			})
		}
	},
}

var recurrenceRule = &Rule{
	Rule: diag.Rule{Code: "GOV018", Name: "recurrence-rule", Summary: "A recurrence rule cannot be read, so that no review is ever due", Severity: diag.Error},
	Check: func(p *Pass) {
		check := func(kind review.Kind, name, subject, text string, at source.Place) {
			if text == "" {
				return
			}
			if _, err := review.ParseRule(text); err != nil {
				p.Report(Finding{
					At: at, Subject: subject, Key: "rrule",
					Message: fmt.Sprintf("%s %q: %s", kind, name, err),
					Detail:  "write a rule of RFC 5545 over days, such as FREQ=MONTHLY;BYDAY=1MO, or every: month on 1st Mon",
				})
			}
		}
		for _, g := range p.Programs {
			if g.Reviews != nil && !g.Status.Over() {
				check(review.OfProgram, g.Meta.Name, g.Subject(), g.Reviews.RRule, g.Origin.At("reviews", "rrule"))
			}
		}
		for _, c := range p.Config.Cadences {
			check(review.OfCadence, c.ID, "portfolio/"+p.Config.Meta.Name+"/cadence/"+c.ID, c.RRule, c.Origin.At("rrule"))
		}
	},
}

var actionOverdue = &Rule{
	Rule: diag.Rule{Code: "GOV019", Name: "action-overdue", Summary: "An action of a review is past its due date and not done", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, x := range p.reviews().Actions() {
			if x.Overdue == 0 {
				continue
			}
			p.Report(Finding{
				At: x.Origin.At("due"), Subject: "review/" + x.Review.Meta.Name + "/action/" + x.Action.ID, Owner: p.ownerOf(x.Owner, x.Review),
				Message: fmt.Sprintf("action %q of review %q is %s overdue (due %s)", x.Action.ID, x.Review.Meta.Name, days(x.Overdue), x.Due),
				Detail:  "add done: with the day if it is done, else agree on a new due: with whoever asked for it",
			})
		}
	},
}

var decisionUnowned = &Rule{
	Rule: diag.Rule{Code: "GOV020", Name: "decision-unowned", Summary: "A decision of a review has no owner", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, x := range p.reviews().Decisions() {
			if x.Owner != "" {
				continue
			}
			p.Report(Finding{
				At: x.Origin.At("id"), Subject: "review/" + x.Review.Meta.Name + "/decision/" + x.Decision.ID, Owner: p.ownerOf("", x.Review),
				Message: fmt.Sprintf("decision %q of review %q has no owner", x.Decision.ID, x.Review.Meta.Name),
				Detail:  "add owner: with who sees that it is so",
			})
		}
	},
}

// ownerOf is who answers for something that a review decided: whom it names, else the
// owner of its program; "" where there is neither.
func (p *Pass) ownerOf(named string, r *portfolio.Review) string {
	owner, _ := p.Responsible("program/" + r.Program)
	return cmp.Or(named, owner)
}
