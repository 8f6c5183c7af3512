package staffing

import (
	"slices"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// PersonKeys are the keys of selectors that people and positions have, beside the
// labels of their rosters and plans.
var PersonKeys = []string{
	"person", "position", "team", "role", "level", "location", "function", "cost-centre", "costCentre", "employment",
}

// choice is a selector by what its conditions are on.
type choice struct {
	all portfolio.Selector
	// people are the conditions on people and positions.
	people portfolio.Selector
	// programs are those on the programs of lines, alone those on nothing else.
	programs, alone portfolio.Selector
	// standing are those on lines that only a roster can tell of whom a line names.
	standing portfolio.Selector
	// labels are keys that rosters and plans have as labels, and no program has: of
	// lines they mean the roster of whom a line names.
	labels map[string]bool
}

func choose(s *portfolio.Snapshot, sel portfolio.Selector) choice {
	c := choice{all: sel, labels: map[string]bool{}}
	for _, r := range s.Rosters {
		for key := range r.Meta.Labels {
			c.labels[key] = true
		}
	}
	for _, p := range s.Plans {
		for key := range p.Meta.Labels {
			c.labels[key] = true
		}
	}
	keys := slices.Clone(PersonKeys)
	for key := range c.labels {
		keys = append(keys, key)
	}
	c.people, c.alone = sel.Of(keys...), sel.Except(keys...)
	for _, g := range s.Programs {
		for key := range g.Meta.Labels {
			delete(c.labels, key)
		}
	}
	keys = slices.Clone(PersonKeys)
	for key := range c.labels {
		keys = append(keys, key)
	}
	c.programs = sel.Except(keys...)
	c.standing = sel.Of(keys...).Except("person", "position")
	return c
}

// byUnit reports whether a condition is on what teams alone tell.
func (c choice) byUnit() bool {
	return len(c.all.Of(group.ByFunction.String(), group.ByCostCentre.String(), group.ByCostCentre.Key())) > 0
}

// asks reports whether only a roster can tell if a line is chosen: the line names
// somebody, and there are conditions on more than the name.
func (c choice) asks(s *portfolio.Snapshot) bool {
	if len(c.standing) == 0 {
		return false
	}
	known := slices.Concat(c.programs, c.all.Of("person"))
	for _, g := range Programs(s) {
		for _, l := range g.Staffing {
			if l.Person == "" || l.FTE == 0 {
				continue
			}
			if s.Selects(known, g.Subject(), func(key string) (string, bool) { return l.Person, key == "person" }) {
				return true
			}
		}
	}
	return false
}

// subject is what a selector is asked about.
type subject struct {
	document         string // as findings name it
	person, position string
	employment       portfolio.Employment
	labels           map[string]string // of the roster or plan
	Standing
}

// person is somebody while a standing holds.
func subjectOf(e *portfolio.Person, now Standing) subject {
	return subject{document: "roster/" + e.Roster.Meta.Name, person: e.ID, employment: e.Employment, labels: e.Roster.Meta.Labels, Standing: now}
}

// chooses reports whether the selector chooses a line while a standing holds for whom
// it names or asks for; the employment is nil where it names nobody who is known.
func (b *balancer) chooses(a Allocation, now Standing, e *portfolio.Person) bool {
	x := subject{person: a.Line.Person, Standing: now}
	if e != nil {
		x = subjectOf(e, now)
	}
	x.document = a.Program.Subject()
	return b.holds(b.choice.all, x)
}

// choosesPerson reports whether the selector chooses somebody while a standing holds.
func (b *balancer) choosesPerson(e *portfolio.Person, now Standing) bool {
	return b.holds(b.choice.people, subjectOf(e, now))
}

func (b *balancer) holds(sel portfolio.Selector, x subject) bool {
	return len(sel) == 0 || b.s.Selects(sel, x.document, func(key string) (string, bool) {
		switch {
		case key == "person":
			return x.person, true
		case key == "position":
			return x.position, true
		case key == "employment":
			return string(x.employment), true
		case b.choice.labels[key]:
			return x.labels[key], true
		}
		return b.grouping.Field(key, x.Standing)
	})
}
