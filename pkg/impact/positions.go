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

// Positions is what happens to the seats of headcount plans, by plan and id; one that
// goes on in another plan under its id is changed. Plans that do not validate in either
// state are left out.
type Positions struct {
	Added, Removed []Position
	Changed        []PositionChange
	// Unknown says why the positions of a state are not known; the lists are then empty.
	Unknown []string
}

// Position is a seat.
type Position struct {
	ID        string                   `json:"id"`
	Plan      string                   `json:"plan"`
	Team      *string                  `json:"team"`
	Role      string                   `json:"role"`
	Level     string                   `json:"level"`
	Status    portfolio.PositionStatus `json:"status"`
	Effective string                   `json:"effective"` // a day or a month, as stated
}

// PositionChange is a seat of which a field differs; what it is called is that of
// head.
type PositionChange struct {
	Position
	Changes []FieldChange `json:"changes"`
}

// seat is a position and where it stands.
type seat struct {
	*portfolio.Position
	plan *portfolio.HeadcountPlan
	of   *portfolio.Snapshot
}

func (s *seat) subject() string { return plansOfHeads + "/" + s.plan.Meta.Name + "/position/" + s.ID }

// positionFields are the fields that are compared, what matters most first. One with a
// key differs where that does, and else where what is shown does.
var positionFields = []struct {
	name      string
	show, key func(*seat) any
}{
	{name: "status", show: func(s *seat) any { return string(s.Status) }},
	{"effective", func(s *seat) any { return textOrNil(s.Effective.String()) }, func(s *seat) any { return s.Effective.First() }},
	{name: "expectedStart", show: func(s *seat) any { return dateOrNil(s.ExpectedStart) }},
	{name: "start", show: func(s *seat) any { return dateOrNil(s.Start) }},
	{name: "team", show: func(s *seat) any { return textOrNil(s.Team) }},
	{name: "role", show: func(s *seat) any { return s.Role }},
	{name: "level", show: func(s *seat) any { return s.Level }},
	{name: "location", show: func(s *seat) any { return textOrNil(s.Location) }},
	{name: "fte", show: func(s *seat) any { return s.FTE }},
	{name: "type", show: func(s *seat) any { return string(s.Type) }},
	{"backfills", func(s *seat) any { return s.Backfills != "" }, func(s *seat) any { return s.Backfills }},
	{"filled", func(s *seat) any { return s.Person != "" }, func(s *seat) any { return s.Person }},
	{name: "plan", show: func(s *seat) any { return s.plan.Meta.Name }},
}

func dateOrNil(d cal.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// positions compares the seats.
func (c *comparison) positions() {
	l := &c.change.Positions
	unseen := func(s *portfolio.Snapshot) []staffing.Reason {
		if len(s.Plans) > 0 {
			return nil
		}
		return staffing.PositionsUnknown(s)
	}
	l.Unknown = texts(staffing.MergeReasons(unseen(c.base.Snapshot), unseen(c.head.Snapshot)))
	leftOut := c.leftOutPlans()
	pairs := pairUp(seatsOf(c.base.Snapshot), seatsOf(c.head.Snapshot),
		func(s *seat) string { return s.plan.Meta.Name + "/" + s.ID },
		func(s *seat) string { return s.ID })
	slices.SortStableFunc(pairs, func(a, b pair[seat]) int {
		x, y := a.either(), b.either()
		return cmp.Or(strings.Compare(x.plan.Meta.Name, y.plan.Meta.Name), strings.Compare(x.ID, y.ID))
	})
	for _, p := range pairs {
		var changes []FieldChange
		if p.was != nil && p.is != nil {
			if changes = fieldsOf(p.was, p.is); len(changes) == 0 {
				continue
			}
		}
		c.staffed = true
		if !c.choosesSeat(p) {
			continue
		}
		sound := len(l.Unknown) == 0
		for s := range p.each {
			c.touch(s.plan.FiscalYear, seatDays(p))
			sound = sound && !leftOut[s.plan.Meta.Name]
		}
		switch {
		case !sound:
		case p.was == nil:
			l.Added = append(l.Added, position(p.is))
		case p.is == nil:
			l.Removed = append(l.Removed, position(p.was))
		default:
			l.Changed = append(l.Changed, PositionChange{position(p.is), changes})
		}
	}
}

func position(s *seat) Position {
	return Position{s.ID, s.plan.Meta.Name, report.TextOrNull(s.Team), s.Role, s.Level, s.Status, s.Effective.String()}
}

func seatsOf(s *portfolio.Snapshot) (list []*seat) {
	for _, plan := range s.Plans {
		for _, p := range plan.Positions {
			list = append(list, &seat{p, plan, s})
		}
	}
	return list
}

func fieldsOf(was, is *seat) (changes []FieldChange) {
	for _, f := range positionFields {
		key := f.key
		if key == nil {
			key = f.show
		}
		if key(was) != key(is) {
			changes = append(changes, FieldChange{f.name, f.show(was), f.show(is)})
		}
	}
	return changes
}

// leftOutPlans are the plans that do not validate in one of the states, or may be in a
// file of it that cannot be read.
func (c *comparison) leftOutPlans() map[string]bool {
	out := map[string]bool{}
	for _, side := range []Side{c.base, c.head} {
		t := tornOf(side, plansOfHeads)
		for name := range t.names {
			out[name] = true
		}
		for _, other := range []Side{c.base, c.head} {
			for _, p := range other.Snapshot.Plans {
				if len(t.files) > 0 && !lists(side.Snapshot, p.Meta.Name) {
					out[p.Meta.Name] = true
				}
			}
		}
	}
	return out
}

// seatDays are the days on which the plan may differ by a seat: the ones between where
// it is budgeted from another day and is else the same, and all from the first where
// it is another seat.
func seatDays(p pair[seat]) cal.Period {
	from, others := cal.Date(0), true
	for s := range p.each {
		if !s.Status.InPlan() {
			continue
		}
		first := s.Effective.First()
		if !s.Start.IsZero() { // who took the seat early leaves the rest of the plan then
			first = min(first, s.Start)
		}
		if from == 0 || first < from {
			from = first
		}
	}
	if a, b := p.was, p.is; a != nil && b != nil {
		others = a.Status.InPlan() != b.Status.InPlan() || a.Person != b.Person || a.Start != b.Start ||
			a.Team != b.Team || a.Role != b.Role || a.Level != b.Level || a.Location != b.Location || a.FTE != b.FTE
	}
	switch {
	case from == 0:
		return cal.Period{}
	case others:
		return cal.Through(from, cal.MaxDate)
	}
	x, y := p.was.Effective.First(), p.is.Effective.First()
	return cal.Period{From: min(x, y), To: max(x, y)}
}

// choosesSeat reports whether the selector chooses a seat as it is in either state.
func (c *comparison) choosesSeat(p pair[seat]) bool {
	if len(c.Selector) == 0 {
		return true
	}
	for s := range p.each {
		now := staffing.Standing{Team: s.Team, Role: s.Role, Level: s.Level, Location: s.Location, FTE: s.FTE}
		if s.of.Selects(c.Selector, s.subject(), c.own(s.of, now, map[string]string{
			"position": s.ID, "status": string(s.Status), "type": string(s.Type),
			"employment": string(c.employmentOf(s)),
		})) {
			return true
		}
	}
	return false
}

// employmentOf is that of who fills a seat; one to be filled is of an employee.
func (c *comparison) employmentOf(s *seat) portfolio.Employment {
	for _, e := range c.peopleOf(s.of)[s.Person] {
		if e.End.IsZero() || e.End >= c.AsOf {
			return e.Employment
		}
	}
	return portfolio.Employee
}

// own tells a field of a seat or a person itself, as selectors ask for it.
func (c *comparison) own(s *portfolio.Snapshot, now staffing.Standing, fields map[string]string) func(string) (string, bool) {
	if c.grouping[s] == nil {
		c.grouping[s] = staffing.NewGrouping(s)
	}
	return func(key string) (string, bool) {
		if value, ok := fields[key]; ok {
			return value, true
		}
		return c.grouping[s].Field(key, now)
	}
}

func (c *comparison) peopleOf(s *portfolio.Snapshot) staffing.People {
	if c.listed[s] == nil {
		c.listed[s] = staffing.PeopleOf(s)
	}
	return c.listed[s]
}

// texts are reasons as JSON has them.
func texts(reasons []staffing.Reason) []string {
	list := []string{}
	for _, r := range reasons {
		list = append(list, r.String())
	}
	return list
}
