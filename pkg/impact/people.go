package impact

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// People is what happens to employments: an id and a first day; of one whose first
// day is another, the id. Rosters that do not validate in either state are left out,
// and so is who is in one state alone where the other may list them in such a one.
type People struct {
	Joined []Employment
	// Left are those with another last day, and those whom no roster lists any more.
	Left  []Leaving
	Moved []Transfer
	// Unknown says why the people of a state are not known; the lists are then empty.
	Unknown []string
}

// Employment is somebody's, with what holds today, or on the day nearest to it.
type Employment struct {
	ID    string   `json:"id"`
	Team  *string  `json:"team"`
	Role  string   `json:"role"`
	Level string   `json:"level"`
	Start cal.Date `json:"start"`
}

// Leaving is another last day; nil is somebody who stays. What the employment is is
// that of head, where it has it.
type Leaving struct {
	Employment
	From *cal.Date `json:"from"`
	To   *cal.Date `json:"to"`
	// Unlisted says that no roster of head has the employment.
	Unlisted bool `json:"unlisted"`
}

// Transfer is somebody who is somebody else than before: in another team, of another
// role, level, location or part of full time, today or on other days. What the
// employment is is that of head.
type Transfer struct {
	Employment
	Changes []StandingChange `json:"changes"`
}

// StandingChange is another value of a field on some days: from Since to Until, both
// inclusive; nil is as long as the employment lasts. The field start has neither.
type StandingChange struct {
	FieldChange
	Since *cal.Date `json:"since"`
	Until *cal.Date `json:"until"`
}

var standingFields = []struct {
	name  string
	value func(staffing.Standing) any
}{
	{"team", func(s staffing.Standing) any { return textOrNil(s.Team) }},
	{"role", func(s staffing.Standing) any { return s.Role }},
	{"level", func(s staffing.Standing) any { return s.Level }},
	{"location", func(s staffing.Standing) any { return textOrNil(s.Location) }},
	{"fte", func(s staffing.Standing) any { return s.FTE }},
}

// people compares the employments.
func (c *comparison) people() {
	l := &c.change.People
	unlisted := func(s *portfolio.Snapshot) []staffing.Reason {
		if len(s.Rosters) > 0 {
			return nil
		}
		return staffing.Unlisted(s)
	}
	l.Unknown = texts(staffing.MergeReasons(unlisted(c.base.Snapshot), unlisted(c.head.Snapshot)))
	before, after := tornOf(c.base, rosters), tornOf(c.head, rosters)
	pairs := pairUp(employments(c.base.Snapshot), employments(c.head.Snapshot),
		func(p *portfolio.Person) string { return p.ID + " " + p.Start.String() },
		func(p *portfolio.Person) string { return p.ID })
	slices.SortStableFunc(pairs, func(a, b pair[portfolio.Person]) int { return earlier(a.either(), b.either()) })
	for _, p := range pairs {
		differ := differences(p)
		days := daysOf(p, differ)
		if len(days) == 0 {
			continue
		}
		c.staffed = true
		if !c.choosesPerson(p, days) {
			continue
		}
		for _, d := range days {
			c.touch(0, d)
		}
		sound := len(l.Unknown) == 0
		for e := range p.each {
			sound = sound && !before.names[e.Roster.Meta.Name] && !after.names[e.Roster.Meta.Name]
		}
		switch {
		case !sound || p.was == nil && before.any() || p.is == nil && after.any():
		case p.was == nil:
			l.Joined = append(l.Joined, c.employment(p.is))
		case p.is == nil:
			l.Left = append(l.Left, Leaving{c.employment(p.was), dayOrNull(p.was.End), nil, true})
		default:
			if p.was.End != p.is.End {
				l.Left = append(l.Left, Leaving{c.employment(p.is), dayOrNull(p.was.End), dayOrNull(p.is.End), false})
			}
			if changes := changesOf(p, differ); len(changes) > 0 {
				l.Moved = append(l.Moved, Transfer{c.employment(p.is), changes})
			}
		}
	}
}

func employments(s *portfolio.Snapshot) (list []*portfolio.Person) {
	for _, r := range s.Rosters {
		list = append(list, r.People...)
	}
	slices.SortStableFunc(list, earlier)
	return list
}

func earlier(a, b *portfolio.Person) int {
	return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(a.Start, b.Start))
}

func (c *comparison) employment(e *portfolio.Person) Employment {
	now := staffing.At(e, max(e.Start, min(c.AsOf, staffing.Employed(e).Last())))
	return Employment{e.ID, report.TextOrNull(now.Team), now.Role, now.Level, e.Start}
}

func dayOrNull(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// difference is days on which something else holds.
type difference struct {
	cal.Period
	was, is staffing.Standing
}

// differences are the days of both employments on which something else holds, in
// order.
func differences(p pair[portfolio.Person]) (list []difference) {
	if p.was == nil || p.is == nil {
		return nil
	}
	both := staffing.Employed(p.was).Intersect(staffing.Employed(p.is))
	if len(p.was.History)+len(p.is.History) == 0 && !both.IsEmpty() { // nearly everybody
		if was, is := staffing.At(p.was, both.From), staffing.At(p.is, both.From); was != is {
			list = append(list, difference{both, was, is})
		}
		return list
	}
	for _, a := range staffing.Stretches(p.was, both) {
		for _, b := range staffing.Stretches(p.is, a.Period) {
			if a.Standing != b.Standing {
				list = append(list, difference{b.Period, a.Standing, b.Standing})
			}
		}
	}
	return list
}

// daysOf are the days on which the two employments differ.
func daysOf(p pair[portfolio.Person], differ []difference) (days []cal.Period) {
	if p.was == nil || p.is == nil {
		return []cal.Period{staffing.Employed(p.either())}
	}
	was, is := staffing.Employed(p.was), staffing.Employed(p.is)
	if was.From != is.From {
		days = append(days, cal.Period{From: min(was.From, is.From), To: max(was.From, is.From)})
	}
	for _, d := range differ {
		days = append(days, d.Period)
	}
	if was.To != is.To {
		days = append(days, cal.Period{From: min(was.To, is.To), To: max(was.To, is.To)})
	}
	return days
}

// changesOf are the fields that differ, each with the days on which it does.
func changesOf(p pair[portfolio.Person], differ []difference) (changes []StandingChange) {
	if was, is := p.was.Start, p.is.Start; was != is {
		changes = append(changes, StandingChange{FieldChange: FieldChange{"start", was.String(), is.String()}})
	}
	both := staffing.Employed(p.was).Intersect(staffing.Employed(p.is))
	for _, f := range standingFields {
		var last cal.Date // the day after those of the change before
		for _, d := range differ {
			from, to := f.value(d.was), f.value(d.is)
			if from == to {
				continue
			}
			x := StandingChange{FieldChange: FieldChange{f.name, from, to}}
			if n := len(changes); last == d.From && changes[n-1].From == from && changes[n-1].To == to {
				x = changes[n-1]
				changes = changes[:n-1]
			} else if d.From != both.From {
				x.Since = new(d.From)
			}
			x.Until = nil
			if last = d.To; last != both.To {
				x.Until = new(d.Last())
			}
			changes = append(changes, x)
		}
	}
	return changes
}

// choosesPerson reports whether the selector chooses somebody in either state on one
// of the days that differ.
func (c *comparison) choosesPerson(p pair[portfolio.Person], days []cal.Period) bool {
	if len(c.Selector) == 0 {
		return true
	}
	for _, side := range []struct {
		of *portfolio.Snapshot
		e  *portfolio.Person
	}{{c.base.Snapshot, p.was}, {c.head.Snapshot, p.is}} {
		if side.e == nil {
			continue
		}
		subject := rosters + "/" + side.e.Roster.Meta.Name + "/person/" + side.e.ID
		fields := map[string]string{"person": side.e.ID, "employment": string(side.e.Employment)}
		for _, d := range days {
			for _, s := range staffing.Stretches(side.e, d) {
				if side.of.Selects(c.Selector, subject, c.own(side.of, s.Standing, fields)) {
					return true
				}
			}
		}
	}
	return false
}
