package group

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// Entry is a row of a table of groups: a group, or the sum of some.
type Entry struct {
	Kind report.RowKind // Plain or Subtotal
	// Depth is how far the first label is set in.
	Depth int
	// Labels are what people read, one for each dimension: that of a group, "all" for
	// what is summed over, "(core itself)" for a team apart from those below it.
	Labels []string
	// Key is that of the group; of a subtotal only the first value is set.
	Key Key
	// Keys are the groups that the entry sums, each thing in them once.
	Keys []Key
}

// Cells are the labels as cells.
func (e Entry) Cells() []report.Cell {
	cells := make([]report.Cell, len(e.Labels))
	for i, label := range e.Labels {
		cells[i] = report.Cell{Text: label}
		if e.Kind == report.Plain || i == 0 {
			cells[i] = report.Say(e.Key[i])
			cells[i].Text = label
		}
		if i == 0 {
			cells[i].Text = strings.Repeat("  ", e.Depth) + label
		}
	}
	return cells
}

// Outline lists groups in the order in which people read them, with a subtotal wherever
// several have the same first value. Where teams come first they are the tree of teams:
// a team with groups below it has a subtotal of all, then itself, then those below.
// Where the groups of a team include those of the teams below it (subtree), they are
// their own subtotals. Teams that are each other's parents are below the one of them
// that comes first by name. The keys are in any order, each once.
func Outline(s *portfolio.Snapshot, by []Dimension, subtree bool, keys []Key) []Entry {
	if len(by) == 0 {
		return nil
	}
	o := outliner{by: by, subtree: subtree, lines: map[string][]string{}, s: s}
	keys = slices.SortedFunc(slices.Values(keys), Key.Compare)
	if by[0] == ByTeam {
		o.tree("", keys, 0)
	} else {
		o.sections(keys)
	}
	return o.entries
}

type outliner struct {
	s       *portfolio.Snapshot
	by      []Dimension
	subtree bool
	lines   map[string][]string
	entries []Entry
}

// line is a team and those above it, the top one first.
func (o *outliner) line(team string) []string {
	line, known := o.lines[team]
	if !known {
		line = Ancestry(o.s, team)
		slices.Reverse(line)
		o.lines[team] = line
	}
	return line
}

// Ancestry is a team and those above it, nearest first, such that teams are a forest:
// of those that are each other's parents the first by name has none.
func Ancestry(s *portfolio.Snapshot, team string) []string {
	line := s.Lineage(team)
	if len(line) == 0 {
		return nil
	}
	last := s.Team(line[len(line)-1])
	if last == nil || last.Parent == "" {
		return line
	}
	first := slices.Index(line, last.Parent)
	return line[:slices.Index(line, slices.Min(line[first:]))+1]
}

// sections lists groups that are in the order of their keys by their first value.
func (o *outliner) sections(keys []Key) {
	for len(keys) > 0 {
		n := 1
		for n < len(keys) && keys[n][0] == keys[0][0] {
			n++
		}
		o.section(Named(keys[0][0]), keys[:n], 0)
		keys = keys[n:]
	}
}

// section lists the groups of one first value.
func (o *outliner) section(label string, keys []Key, depth int) {
	if len(keys) > 1 {
		o.subtotal(label, keys[0][0], keys, depth)
		depth++
	}
	for _, key := range keys {
		labels := []string{label}
		for i := range o.by[1:] {
			labels = append(labels, Named(key[i+1]))
		}
		o.entries = append(o.entries, Entry{report.Plain, depth, labels, key, []Key{key}})
	}
}

func (o *outliner) subtotal(label, value string, keys []Key, depth int) {
	labels := []string{label}
	for range o.by[1:] {
		labels = append(labels, "all")
	}
	o.entries = append(o.entries, Entry{report.Subtotal, depth, labels, Key{value}, o.disjoint(keys)})
}

// disjoint leaves out the groups that others of the same include.
func (o *outliner) disjoint(keys []Key) []Key {
	at := slices.Index(o.by, ByTeam)
	if !o.subtree || at <= 0 {
		return keys
	}
	there := map[Key]bool{}
	for _, key := range keys {
		there[key] = true
	}
	return slices.DeleteFunc(slices.Clone(keys), func(key Key) bool {
		return slices.ContainsFunc(o.line(key[at]), func(team string) bool {
			above := key
			above[at] = team
			return above != key && there[above]
		})
	})
}

// tree lists the groups of the teams right below a team, each followed by those below
// it.
func (o *outliner) tree(parent string, keys []Key, depth int) {
	var children []string
	below := map[string][]Key{}
	for _, key := range keys {
		line, child := o.line(key[0]), ""
		if at := slices.Index(line, parent) + 1; at < len(line) {
			child = line[at]
		}
		if below[child] == nil {
			children = append(children, child)
		}
		below[child] = append(below[child], key)
	}
	slices.SortFunc(children, func(x, y string) int { return Key{x}.Compare(Key{y}) })
	for _, child := range children {
		var own, deeper []Key
		for _, key := range below[child] {
			if key[0] == child {
				own = append(own, key)
			} else {
				deeper = append(deeper, key)
			}
		}
		inner := depth + 1
		switch {
		case len(deeper) == 0 || o.subtree && len(own) > 0:
			o.section(Named(child), own, depth)
		case o.subtree:
			inner = depth // without a row of the team nobody can tell what is below it
		default:
			o.subtotal(child, child, below[child], depth)
			o.section("("+child+" itself)", own, depth+1)
		}
		if len(deeper) > 0 {
			o.tree(child, deeper, inner)
		}
	}
}

// Named is a value of a key as people read it.
func Named(value string) string {
	if value == "" {
		return "(none)"
	}
	return value
}
