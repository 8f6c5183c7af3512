package staffing

import (
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Dimensions are those by which people, positions and demand are grouped.
var Dimensions = []group.Dimension{group.ByTeam, group.ByRole, group.ByLevel, group.ByLocation, group.ByFunction, group.ByCostCentre}

// Grouping puts people, positions and demand into groups. It is not safe for
// concurrent use.
type Grouping struct {
	By []group.Dimension

	s     *portfolio.Snapshot
	units map[string]unit // of teams, once asked for
}

// unit is what a team has from itself or from the nearest team above it that states
// it.
type unit struct{ function, costCentre string }

// NewGrouping groups what a portfolio has.
func NewGrouping(s *portfolio.Snapshot, by ...group.Dimension) *Grouping {
	return &Grouping{By: by, s: s, units: map[string]unit{}}
}

// Key returns the group of somebody.
func (g *Grouping) Key(now Standing) group.Key {
	var k group.Key
	for i, d := range g.By {
		k[i] = g.Value(d, now)
	}
	return k
}

// Value is what somebody is grouped under in one dimension. Function and cost centre
// are those of the team, else of the nearest team above it that states one.
func (g *Grouping) Value(d group.Dimension, now Standing) string {
	switch d {
	case group.ByTeam:
		return now.Team
	case group.ByRole:
		return now.Role
	case group.ByLevel:
		return now.Level
	case group.ByLocation:
		return now.Location
	case group.ByFunction:
		return g.unit(now.Team).function
	}
	return g.unit(now.Team).costCentre
}

func (g *Grouping) unit(team string) unit {
	u, known := g.units[team]
	if known {
		return u
	}
	for _, name := range g.s.Lineage(team) {
		t := g.s.Team(name)
		if t == nil {
			break
		}
		if u.function == "" {
			u.function = t.Function
		}
		if u.costCentre == "" {
			u.costCentre = t.CostCentre
		}
	}
	g.units[team] = u
	return u
}

// Field tells the value of a dimension by its name, as selectors ask for it; false
// where it is none.
func (g *Grouping) Field(key string, now Standing) (value string, ok bool) {
	for _, d := range Dimensions {
		if d.Is(key) {
			return g.Value(d, now), true
		}
	}
	return "", false
}
