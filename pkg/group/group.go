// Package group knows by what reports group, and in which order people read groups:
// teams as a tree, with subtotals. It must not know what is grouped.
package group

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
)

// Dimension is something by which reports group.
type Dimension uint8

// The dimensions.
const (
	ByTeam Dimension = iota
	ByRole
	ByLevel
	ByLocation
	ByFunction
	ByCostCentre
	ByProgram
	ByCategory
	ByType
	ByTheme
	ByOwner
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
	ByProgram:    {"program", "program", "Program"},
	ByCategory:   {"category", "category", "Category"},
	ByType:       {"type", "type", "Type"},
	ByTheme:      {"theme", "theme", "Theme"},
	ByOwner:      {"owner", "owner", "Owner"},
}

// String is the name as flags have it.
func (d Dimension) String() string { return dimensions[d].name }

// Key is the name as JSON has it.
func (d Dimension) Key() string { return dimensions[d].key }

// Title is the name for people.
func (d Dimension) Title() string { return dimensions[d].title }

// Names are those of some dimensions, as flags have them.
func Names(of []Dimension) []string {
	names := make([]string, len(of))
	for i, d := range of {
		names[i] = d.String()
	}
	return names
}

// Is reports whether a name, as flags or as JSON have it, is that of the dimension.
func (d Dimension) Is(name string) bool {
	return strings.EqualFold(d.String(), name) || strings.EqualFold(d.Key(), name)
}

// Parse reads names of some dimensions, separated by commas, each once. The error is a
// sentence for the user.
func Parse(text string, of []Dimension) ([]Dimension, error) {
	var list []Dimension
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(of, func(d Dimension) bool { return d.Is(name) })
		if i < 0 {
			if near := diag.Nearest(name, Names(of)); near != "" {
				return nil, fmt.Errorf("nothing is grouped by %q, did you mean %s?", name, near)
			}
			return nil, fmt.Errorf("nothing is grouped by %q; write some of %s", name, strings.Join(Names(of), ","))
		}
		if slices.Contains(list, of[i]) {
			return nil, fmt.Errorf("%s is there twice", name)
		}
		list = append(list, of[i])
	}
	return list, nil
}

// Most is how many dimensions a report can be grouped by at once.
const Most = 6

// Key names a group: a value for each dimension of the grouping, in its order; ""
// where it is not stated. The rest is empty.
type Key [Most]string

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
