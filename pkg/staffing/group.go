package staffing

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Dimension is something by which people, positions and demand are grouped.
type Dimension uint8

// The dimensions.
const (
	ByTeam Dimension = iota
	ByRole
	ByLevel
	ByLocation
	ByFunction
	ByCostCentre
)

// dimensions are the names of each: as flags and tables have it, as JSON has it, and
// as people read it.
var dimensions = [...]struct{ name, key, title string }{
	ByTeam:       {"team", "team", "Team"},
	ByRole:       {"role", "role", "Role"},
	ByLevel:      {"level", "level", "Level"},
	ByLocation:   {"location", "location", "Location"},
	ByFunction:   {"function", "function", "Function"},
	ByCostCentre: {"cost-centre", "costCentre", "Cost centre"},
}

// Dimensions are the names of what may be grouped by.
func Dimensions() []string {
	names := make([]string, len(dimensions))
	for i, d := range dimensions {
		names[i] = d.name
	}
	return names
}

// String is the name as flags have it.
func (d Dimension) String() string { return dimensions[d].name }

// Key is the name as JSON has it.
func (d Dimension) Key() string { return dimensions[d].key }

// Title is the name for people.
func (d Dimension) Title() string { return dimensions[d].title }

// ParseDimensions reads names separated by commas, each once. The error is a sentence
// for the user.
func ParseDimensions(text string) ([]Dimension, error) {
	var list []Dimension
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(dimensions[:], func(d struct{ name, key, title string }) bool {
			return strings.EqualFold(d.name, name) || strings.EqualFold(d.key, name)
		})
		if i < 0 {
			if near := diag.Nearest(name, Dimensions()); near != "" {
				return nil, fmt.Errorf("nothing is grouped by %q, did you mean %s?", name, near)
			}
			return nil, fmt.Errorf("nothing is grouped by %q; write some of %s", name, strings.Join(Dimensions(), ","))
		}
		if slices.Contains(list, Dimension(i)) {
			return nil, fmt.Errorf("%s is there twice", name)
		}
		list = append(list, Dimension(i))
	}
	return list, nil
}

// Grouping puts people, positions and demand into groups. It is not safe for
// concurrent use.
type Grouping struct {
	By []Dimension

	s     *portfolio.Snapshot
	units map[string]unit // of teams, once asked for
}

// unit is what a team has from itself or from the nearest team above it that states
// it.
type unit struct{ function, costCentre string }

// NewGrouping groups what a portfolio has.
func NewGrouping(s *portfolio.Snapshot, by ...Dimension) *Grouping {
	return &Grouping{By: by, s: s, units: map[string]unit{}}
}

// Key names a group: a value for each dimension of the grouping, in its order; ""
// where it is not stated. The rest is empty.
type Key [len(dimensions)]string

// Key returns the group of somebody.
func (g *Grouping) Key(now Standing) Key {
	var k Key
	for i, d := range g.By {
		k[i] = g.Value(d, now)
	}
	return k
}

// Value is what somebody is grouped under in one dimension. Function and cost centre
// are those of the team, else of the nearest team above it that states one.
func (g *Grouping) Value(d Dimension, now Standing) string {
	switch d {
	case ByTeam:
		return now.Team
	case ByRole:
		return now.Role
	case ByLevel:
		return now.Level
	case ByLocation:
		return now.Location
	case ByFunction:
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
	for i, d := range dimensions {
		if d.name == key || d.key == key {
			return g.Value(Dimension(i), now), true
		}
	}
	return "", false
}

// Compare orders keys: by each dimension in turn, what is not stated last.
func (k Key) Compare(o Key) int {
	for i := range k {
		if k[i] == o[i] {
			continue
		}
		switch {
		case k[i] == "":
			return 1
		case o[i] == "":
			return -1
		}
		return strings.Compare(k[i], o[i])
	}
	return 0
}

// Object is a key as JSON has it: an object with the dimensions in their order, null
// for what is not stated.
type Object struct {
	By  []Dimension
	Key Key
}

// MarshalJSON writes the object.
func (o Object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, d := range o.By {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `"`+d.Key()+`":`...)
		if o.Key[i] == "" {
			out = append(out, "null"...)
			continue
		}
		text, err := json.Marshal(o.Key[i])
		if err != nil {
			return nil, err
		}
		out = append(out, text...)
	}
	return append(out, '}'), nil
}
