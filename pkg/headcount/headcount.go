// Package headcount knows how many people there are, in which team and what they
// cost: month by month who came, moved and left, how many are planned, and how many
// are forecast. It must not know flags or formats.
//
// Heads are counted on the last day of a month; a head is one, however much of full
// time. Somebody whose last day is the last of a month is in its closing and leaves
// in the next month.
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
	if unknown := unplanned(s); len(unknown) > 0 {
		return Plan{Unknown: unknown}
	}
	heads := map[string]int{}
	for _, i := range planned(s, staffing.PeopleOf(s)) {
		if i.days.Contains(day) {
			heads[i.stretches(cal.Through(day, day))[0].Team]++
		}
	}
	var p Plan
	for _, team := range slices.Sorted(maps.Keys(heads)) {
		p.Teams = append(p.Teams, TeamHeads{team, heads[team]})
	}
	return p
}

// unplanned says why a plan is not known: there is no plan without people.
func unplanned(s *portfolio.Snapshot) []staffing.Reason {
	return staffing.MergeReasons(staffing.Unlisted(s), staffing.PositionsUnknown(s))
}
