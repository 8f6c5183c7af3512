package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Action is something that a review asked someone to do.
type Action struct {
	*portfolio.Action
	Review *portfolio.Review
	// Age is how many days ago the review was.
	Age cal.Days
	// Overdue is how many days ago it was due; 0 where it is done or not overdue.
	Overdue cal.Days
}

// ID is the name of the review and the id of the action.
func (x *Action) ID() string { return x.Review.Meta.Name + "/" + x.Action.ID }

// Open reports whether it is not done.
func (x *Action) Open() bool { return !x.Done.Is }

// Decision is something that a review decided, or was asked to.
type Decision struct {
	*portfolio.Decision
	Review *portfolio.Review
	// Age is how many days ago the review was.
	Age cal.Days
}

// ID is the name of the review and the id of the decision.
func (x *Decision) ID() string { return x.Review.Meta.Name + "/" + x.Decision.ID }

// Open reports whether it has no outcome yet.
func (x *Decision) Open() bool { return x.Outcome == "" }

// Of is the name of the program or the cadence that was reviewed.
func Of(r *portfolio.Review) string { return keyOf(r).name }

// minutes are the reviews by as-of that validate and that options choose, by date, then
// name.
func (a *Analysis) minutes() (list []*portfolio.Review) {
	for k, held := range a.held {
		if a.chooses(k) {
			list = append(list, held...)
		}
	}
	list = slices.DeleteFunc(list, func(r *portfolio.Review) bool { return !a.s.Sound("review/" + r.Meta.Name) })
	slices.SortFunc(list, func(x, y *portfolio.Review) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), strings.Compare(x.Meta.Name, y.Meta.Name))
	})
	return list
}

// Actions are all actions of the reviews so far, done ones too, by the due date, then
// the review: those without one come last.
func (a *Analysis) Actions() (list []Action) {
	for _, r := range a.minutes() {
		for _, x := range r.Actions {
			action := Action{Action: x, Review: r, Age: a.AsOf.Sub(r.Date)}
			if !x.Done.Is && !x.Due.IsZero() && x.Due < a.AsOf {
				action.Overdue = a.AsOf.Sub(x.Due)
			}
			list = append(list, action)
		}
	}
	slices.SortStableFunc(list, func(x, y Action) int {
		if x.Due.IsZero() != y.Due.IsZero() {
			return cmp.Compare(y.Due, x.Due)
		}
		return cmp.Compare(x.Due, y.Due)
	})
	return list
}

// Decisions are all decisions of the reviews so far, the newest first.
func (a *Analysis) Decisions() (list []Decision) {
	for _, r := range slices.Backward(a.minutes()) {
		for _, x := range r.Decisions {
			list = append(list, Decision{Decision: x, Review: r, Age: a.AsOf.Sub(r.Date)})
		}
	}
	return list
}
