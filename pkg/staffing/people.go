package staffing

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// People are the employments on the rosters that validate, by the id of the
// person, in order of their start.
type People map[string][]*portfolio.Person

// PeopleOf collects the people of a portfolio.
func PeopleOf(s *portfolio.Snapshot) People {
	people := People{}
	for _, r := range s.Rosters {
		if !s.Sound("roster/" + r.Meta.Name) {
			continue
		}
		for _, p := range r.People {
			people[p.ID] = append(people[p.ID], p)
		}
	}
	for _, employments := range people {
		slices.SortStableFunc(employments, func(a, b *portfolio.Person) int { return cmp.Compare(a.Start, b.Start) })
	}
	return people
}

// Unlisted says why people may be missing from People; empty where the rosters
// are all there is. A roster that does not validate is no reason: reports leave it
// out, and its findings say so.
func Unlisted(s *portfolio.Snapshot) []Reason {
	if s.Unconfigured {
		return []Reason{Unconfigured}
	}
	if s.Absent(portfolio.ExternalRoster) {
		return []Reason{Private}
	}
	return nil
}

// Standing is what holds for an employed person on a day.
type Standing struct {
	Team, Role, Level, Location string
	FTE                         portfolio.MilliFTE // contracted
}

// At returns what held in an employment on a day, by its history: of each field,
// what the first change states whose last day is not before the day, else what
// the person states.
func At(p *portfolio.Person, day cal.Date) Standing {
	now := Standing{}
	for _, h := range changesFrom(p, day) {
		now.Team = cmp.Or(now.Team, h.Team)
		now.Role = cmp.Or(now.Role, h.Role)
		now.Level = cmp.Or(now.Level, h.Level)
		now.Location = cmp.Or(now.Location, h.Location)
		now.FTE = cmp.Or(now.FTE, h.FTE)
	}
	return Standing{
		Team: cmp.Or(now.Team, p.Team), Role: cmp.Or(now.Role, p.Role), Level: cmp.Or(now.Level, p.Level),
		Location: cmp.Or(now.Location, p.Location), FTE: cmp.Or(now.FTE, p.FTE),
	}
}

// changesFrom are the changes of an employment that lie ahead of a day, the next
// one first.
func changesFrom(p *portfolio.Person, day cal.Date) []portfolio.EmploymentChange {
	if len(p.History) == 0 {
		return nil
	}
	ahead := slices.DeleteFunc(slices.Clone(p.History), func(h portfolio.EmploymentChange) bool { return h.Until < day })
	slices.SortStableFunc(ahead, func(a, b portfolio.EmploymentChange) int { return cmp.Compare(a.Until, b.Until) })
	return ahead
}

// On returns what holds for a person on a day, and the first day after it on
// which something else may hold. On a day on which the person is not employed it is
// what held last, else what will hold first: a plan names people for days before
// they start. ok is false for someone on no roster.
func (p People) On(id string, day cal.Date) (now Standing, until cal.Date, ok bool) {
	employments := p[id]
	if len(employments) == 0 {
		return Standing{}, 0, false
	}
	started := slices.IndexFunc(employments, func(e *portfolio.Person) bool { return e.Start > day })
	if started < 0 {
		started = len(employments)
	}
	started = max(started, 1)
	until = cal.MaxDate + 1
	if started < len(employments) {
		until = employments[started].Start
	}
	employment := employments[started-1]
	for _, h := range employment.History {
		if h.Until >= day {
			until = min(until, h.Until+1)
		}
	}
	return At(employment, day), until, true
}
