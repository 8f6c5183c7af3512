// Package inventory lists what a portfolio holds: its documents and the parts of
// them that have an id. It computes nothing.
package inventory

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

// Kind is a sort of thing that can be listed.
type Kind struct {
	// Name is singular, spelt as the schemas spell it: Program, Milestone.
	Name string
	// fields are the columns beside id and title.
	fields []string
	items  func(*portfolio.Snapshot) []Item
}

// Item is one thing.
type Item struct {
	ID     string
	Title  string
	Origin source.Origin
	// subject is of the thing, for selectors.
	subject string
	// values are of the kind's fields: texts, numbers, dates, or nil.
	values []any
	// change is what differs from another revision.
	change *change
}

// Kinds are the names of what can be listed.
func Kinds() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}

// Find returns the kind of a name in any case, singular or plural.
func Find(name string) (Kind, bool) {
	name = strings.ToLower(name)
	for _, k := range kinds {
		one := strings.ToLower(k.Name)
		if name == one || name == one+"s" || name+"s" == one || one == "person" && name == "people" {
			return k, true
		}
	}
	return Kind{}, false
}

// Listing is what there is of a kind.
type Listing struct {
	Kind  Kind
	Items []Item // sorted by id
	all   []Item
	// unsound are the ids of what does not validate, of the snapshot listed.
	unsound map[string]bool
	of      *portfolio.Snapshot
	// compared says that items know what changed.
	compared bool
}

// List lists what there is of a kind and a selector chooses; with ids, those
// alone. It also returns the ids that do not exist. What does not validate is
// left out, but exists.
func List(s *portfolio.Snapshot, k Kind, sel portfolio.Selector, ids []string) (l Listing, unknown []string) {
	l.Kind, l.of, l.unsound = k, s, map[string]bool{}
	for _, item := range k.items(s) {
		if s.Sound(item.subject) {
			l.all = append(l.all, item)
		} else {
			l.unsound[item.ID] = true
		}
	}
	slices.SortStableFunc(l.all, func(a, b Item) int { return strings.Compare(a.ID, b.ID) })
	for _, id := range ids {
		if !isLeftOut(s, k, id) && !slices.ContainsFunc(l.all, func(i Item) bool { return i.ID == id }) {
			unknown = append(unknown, id)
		}
	}
	for _, item := range l.all {
		if s.Selects(sel, item.subject, item.field(k)) && (len(ids) == 0 || slices.Contains(ids, item.ID)) {
			l.Items = append(l.Items, item)
		}
	}
	return l, unknown
}

// isLeftOut reports whether an id is that of a document that does not validate,
// or of something in such a program.
func isLeftOut(s *portfolio.Snapshot, k Kind, id string) bool {
	if program, _, part := strings.Cut(id, "/"); part {
		return !s.Sound("program/" + program)
	}
	return !s.Sound(strings.ToLower(k.Name) + "/" + id)
}

// leavesOut reports whether something of that id exists, but is not listed since it
// does not validate.
func (l *Listing) leavesOut(id string) bool {
	listed := slices.ContainsFunc(l.all, func(i Item) bool { return i.ID == id })
	return !listed && (l.unsound[id] || isLeftOut(l.of, l.Kind, id))
}

// field tells the value of a field of the item, as selectors ask for it.
func (i Item) field(k Kind) func(string) (string, bool) {
	return func(key string) (string, bool) {
		n := slices.Index(k.fields, key)
		if n < 0 {
			return "", false
		}
		return text(i.values[n]), true
	}
}

// Fields are the names of what is told of each thing of the kind, beside its id
// and title.
func (k Kind) Fields() []string { return k.fields }

// Near is the id of the kind that an unknown one most likely means: one that it
// is the last part of, or the nearest spelling; "" where there is none.
func (l Listing) Near(id string) string {
	for _, item := range l.all {
		if strings.HasSuffix(item.ID, "/"+id) {
			return item.ID
		}
	}
	return diag.Nearest(id, l.IDs())
}

// IDs are those of all things of the kind.
func (l Listing) IDs() []string {
	ids := make([]string, len(l.all))
	for i, item := range l.all {
		ids[i] = item.ID
	}
	return ids
}

// data is the listing for machines.
type data struct {
	Kind  string           `json:"kind"`
	Items []map[string]any `json:"items"`
}

// Report fills a report with the listing.
func (l Listing) Report(r *report.Report) {
	d := data{Kind: l.Kind.Name, Items: []map[string]any{}}
	t := &report.Table{Empty: "none"}
	t.Columns = append(t.Columns, report.Column{Header: "ID", Key: "id"}, report.Column{Header: "Title", Key: "title", Priority: 1})
	for i, f := range l.Kind.fields {
		column := report.Column{Header: header(f), Key: f, Priority: priority(f), Whole: whole[f]}
		for _, item := range l.Items {
			if _, number := item.values[i].(int); number {
				column.Align = report.Right
			}
		}
		t.Columns = append(t.Columns, column)
	}
	if l.compared {
		t.Columns = append(t.Columns, report.Column{Header: "Change", Key: "change", Priority: 1}, report.Column{Header: "Was", Key: "was", Priority: 1})
	}
	for _, item := range l.Items {
		machine := map[string]any{"id": item.ID, "title": item.Title, "file": nil, "line": nil}
		if item.Origin.File != nil {
			machine["file"], machine["line"] = item.Origin.File.Name, item.Origin.Line
		}
		row := []report.Cell{report.Say(item.ID), report.Say(item.Title)}
		for i, f := range l.Kind.fields {
			machine[f] = item.values[i]
			row = append(row, report.Cell{Text: text(item.values[i]), Value: item.values[i]})
		}
		if l.compared {
			row = append(row, item.change.cells()...)
			machine["change"], machine["was"] = item.change.data()
		}
		t.Append(row...)
		d.Items = append(d.Items, machine)
	}
	r.Data = d
	r.Add(t)
}

// whole are the fields of which a part would mislead.
var whole = map[string]bool{
	"status": true, "start": true, "end": true, "due": true, "forecast": true, "completed": true, "date": true, "effective": true,
	"reviewBy": true, "quarter": true, "fiscalYear": true, "period": true, "probability": true, "level": true, "type": true,
}

// priority is how soon a field gives way on a narrow terminal; what is due and
// how it stands stay longest.
func priority(field string) int {
	switch field {
	case "status", "due", "effective", "date":
		return 1
	case "owner", "completed", "person", "role", "reviewBy":
		return 2
	case "team", "forecast", "level":
		return 3
	}
	return 4
}
