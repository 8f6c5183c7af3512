package inventory

import (
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// change is how a thing differs from another revision; nil where it does not.
type change struct {
	// kind is added, removed or changed.
	kind string
	// was are the fields that differ, and what they were; of what is added there
	// are none.
	was map[string]any
}

// Compare tells of each thing how it differs from a listing of the same kind at
// another revision, and adds those that are there no more. What exists in one of the
// two and does not validate there, or may exist there in a file that cannot be read,
// is neither added nor removed: wasUnread and isUnread report whether such a file
// names an id.
func (l *Listing) Compare(before Listing, wasUnread, isUnread func(id string) bool) {
	l.compared = true
	old := map[string]Item{}
	for _, item := range before.Items {
		old[item.ID] = item
	}
	for i := range l.Items {
		item := &l.Items[i]
		was, there := old[item.ID]
		delete(old, item.ID)
		if !there {
			if !before.leavesOut(item.ID) && !wasUnread(item.ID) {
				item.change = &change{kind: "added"}
			}
			continue
		}
		fields := map[string]any{}
		if was.Title != item.Title {
			fields["title"] = was.Title
		}
		for n, f := range l.Kind.fields {
			if text(was.values[n]) != text(item.values[n]) {
				fields[f] = was.values[n]
			}
		}
		if len(fields) > 0 {
			item.change = &change{"changed", fields}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if l.leavesOut(id) || isUnread(id) {
			continue
		}
		gone := old[id]
		gone.change = &change{kind: "removed"}
		l.Items = append(l.Items, gone)
	}
	slices.SortStableFunc(l.Items, func(a, b Item) int { return strings.Compare(a.ID, b.ID) })
}

// data is the change for machines.
func (c *change) data() (kind any, was map[string]any) {
	if c == nil {
		return nil, nil
	}
	return c.kind, c.was
}

func (c *change) cells() []report.Cell {
	if c == nil {
		return []report.Cell{{}, {}}
	}
	tone := map[string]report.Tone{"added": report.Good, "removed": report.Bad, "changed": report.Warn}[c.kind]
	var parts []string
	for _, f := range slices.Sorted(maps.Keys(c.was)) {
		old := text(c.was[f])
		if old == "" {
			old = "nothing"
		}
		parts = append(parts, f+" "+old)
	}
	return []report.Cell{{Text: c.kind, Value: c.kind, Tone: tone}, report.Say(strings.Join(parts, ", "))}
}
