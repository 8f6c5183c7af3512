// Package headcount knows how many heads are planned, and in which team. It must
// not know money, flags or formats.
package headcount

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Plan is how many heads are planned for a day.
type Plan struct {
	// Teams are sorted by name, those alone that have heads; "" is for people of
	// no team. Empty where the plan is not known.
	Teams []TeamHeads
	// Unknown says why the plan is not known; empty where it is.
	Unknown []staffing.Reason
}

// TeamHeads is the heads of one team, teams below it apart.
type TeamHeads struct {
	Team  string
	Heads int
}

// Planned returns the heads that are planned for a day: every position of the
// headcount plans that is neither cancelled nor on hold and is effective by then,
// filled or not, and everyone employed on the day who fills none of them. A head is
// one, however much of full time. Positions count in their own team, people in that
// in which they are on the day. Rosters and plans that do not validate are left out.
func Planned(s *portfolio.Snapshot, day cal.Date) Plan {
	unknown := staffing.Unlisted(s)
	if len(s.Plans) == 0 && slices.Contains(s.Config.External, portfolio.ExternalHeadcountPlan) {
		unknown = staffing.MergeReasons(unknown, []staffing.Reason{staffing.Private})
	}
	if len(unknown) > 0 {
		return Plan{Unknown: unknown}
	}
	people := staffing.PeopleOf(s)
	heads := map[string]int{}
	seated := map[*portfolio.Person]bool{}
	for _, plan := range s.Plans {
		if !s.Sound("headcountplan/" + plan.Meta.Name) {
			continue
		}
		for _, position := range plan.Positions {
			if !position.Status.InPlan() {
				continue
			}
			if position.Effective.First() <= day {
				heads[position.Team]++
			}
			if e, since := seat(position, people[position.Person]); e != nil && since <= day {
				seated[e] = true
			}
		}
	}
	for _, employments := range people {
		for _, e := range employments {
			if active(e, day) && !seated[e] {
				heads[staffing.At(e, day).Team]++
			}
		}
	}
	var p Plan
	for _, team := range slices.Sorted(maps.Keys(heads)) {
		p.Teams = append(p.Teams, TeamHeads{team, heads[team]})
	}
	return p
}

// active reports whether an employment covers a day; its end is its last day.
func active(p *portfolio.Person, day cal.Date) bool {
	return p.Start <= day && (p.End == 0 || day <= p.End)
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
