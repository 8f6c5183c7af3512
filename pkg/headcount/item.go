package headcount

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// item is somebody, or a seat, that is one head on some days.
type item struct {
	id      string // the same in every revision, not unique
	exact   string // what tells apart items of one id: the first day, or the plan
	subject string // as findings name it
	days    cal.Period
	of      *portfolio.Snapshot
	// One of the two is set.
	person   *portfolio.Person
	position *portfolio.Position
	// seated is the employment that fills the position; nil where none does.
	seated *portfolio.Person
}

// forever is all days from one on.
func forever(from cal.Date) cal.Period { return cal.Through(from, cal.MaxDate) }

// stretches are what holds for the item on days, whether or not it is there then.
func (i *item) stretches(days cal.Period) []staffing.Stretch {
	if i.person != nil {
		return staffing.Stretches(i.person, days)
	}
	if days.IsEmpty() {
		return nil
	}
	return []staffing.Stretch{{Period: days, Standing: standing(i.position)}}
}

func standing(p *portfolio.Position) staffing.Standing {
	return staffing.Standing{Team: p.Team, Role: p.Role, Level: p.Level, Location: p.Location, FTE: p.FTE}
}

// field tells a field of the item itself on days of one standing, as selectors ask for
// it.
func (i *item) field(g *staffing.Grouping, now staffing.Standing) func(string) (string, bool) {
	return func(key string) (string, bool) {
		switch {
		case key == "person" && i.person != nil:
			return i.person.ID, true
		case key == "position" && i.position != nil:
			return i.position.ID, true
		case key == "employment":
			return string(i.employment()), true
		case key == "status" && i.position != nil:
			return string(i.position.Status), true
		case key == "type" && i.position != nil:
			return string(i.position.Type), true
		}
		return g.Field(key, now)
	}
}

// employment is that of the person, or of who fills the seat; a seat to be filled is
// one of an employee.
func (i *item) employment() portfolio.Employment {
	switch {
	case i.person != nil:
		return i.person.Employment
	case i.seated != nil:
		return i.seated.Employment
	}
	return portfolio.Employee
}

// Fields are the keys of selectors that people and positions have, beside those of
// their documents.
var Fields = append(group.Names(staffing.Dimensions), "person", "position", "employment", "status", "type")

// employments are the people of a portfolio: one item for each employment.
func employments(s *portfolio.Snapshot, people staffing.People) []*item {
	var items []*item
	for id, list := range people {
		for _, e := range list {
			items = append(items, &item{
				id: "person/" + id, exact: e.Start.String(), subject: "roster/" + e.Roster.Meta.Name + "/person/" + id,
				days: staffing.Employed(e), of: s, person: e,
			})
		}
	}
	return sorted(items)
}

// planned are the heads of the plan: every position that is neither cancelled nor on
// hold, from the day from which it is budgeted, filled or not; and everyone employed,
// until the day on which they fill one of these.
func planned(s *portfolio.Snapshot, people staffing.People) []*item {
	seated := map[*portfolio.Person]cal.Date{}
	var items []*item
	for plan, p := range positions(s) {
		if !p.Status.InPlan() {
			continue
		}
		i := newSeat(s, plan, p, forever(p.Effective.First()))
		items = append(items, i)
		if e, since := seat(p, people[p.Person]); e != nil {
			i.seated = e
			if before, twice := seated[e]; !twice || since < before {
				seated[e] = since
			}
		}
	}
	for _, i := range employments(s, people) {
		if since, fills := seated[i.person]; fills {
			i.days.To = min(i.days.To, since)
		}
		if !i.days.IsEmpty() {
			items = append(items, i)
		}
	}
	return sorted(items)
}

// expected are the seats that the forecast adds to the roster: those still to be
// filled, from the day on which that is expected, which is after as-of.
func expected(s *portfolio.Snapshot, people staffing.People, asOf cal.Date) []*item {
	var items []*item
	for plan, p := range positions(s) {
		if !p.Status.Unfilled() {
			continue
		}
		if e, _ := seat(p, people[p.Person]); e == nil { // else who takes it is on the roster
			items = append(items, newSeat(s, plan, p, forever(max(staffing.ExpectedStart(p, asOf), asOf+1))))
		}
	}
	return sorted(items)
}

// positions yields the positions of the plans that validate.
func positions(s *portfolio.Snapshot) func(yield func(*portfolio.HeadcountPlan, *portfolio.Position) bool) {
	return func(yield func(*portfolio.HeadcountPlan, *portfolio.Position) bool) {
		for _, plan := range s.Plans {
			if !s.Sound("headcountplan/" + plan.Meta.Name) {
				continue
			}
			for _, p := range plan.Positions {
				if !yield(plan, p) {
					return
				}
			}
		}
	}
}

func newSeat(s *portfolio.Snapshot, plan *portfolio.HeadcountPlan, p *portfolio.Position, days cal.Period) *item {
	return &item{
		id: "position/" + p.ID, exact: plan.Meta.Name, subject: "headcountplan/" + plan.Meta.Name + "/position/" + p.ID,
		days: days, of: s, position: p,
	}
}

func sorted(items []*item) []*item {
	slices.SortStableFunc(items, func(a, b *item) int {
		return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.exact, b.exact), strings.Compare(a.subject, b.subject))
	})
	return items
}

// seat returns which employment of the person named fills a position, and since
// when; nil where none does. It is the one in which the person takes the seat, so a
// former employment of somebody who came back fills nothing. Who was hired for the
// seat fills it from the first day; who moves to it within the company is planned
// for in the former team until the seat is effective.
func seat(p *portfolio.Position, employments []*portfolio.Person) (e *portfolio.Person, since cal.Date) {
	taken := p.Start
	if taken == 0 {
		taken = p.Effective.First()
	}
	for _, e := range employments {
		switch {
		case e.End != 0 && e.End < taken:
		case p.Start != 0 && p.Start <= e.Start:
			return e, e.Start
		default:
			return e, p.Effective.First()
		}
	}
	return nil, 0
}
