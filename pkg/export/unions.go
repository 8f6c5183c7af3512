package export

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
)

// labels are those of all documents.
func (s *Source) labels(b *builder) *table {
	t := &table{
		name: "labels", title: "Labels", description: "The labels of all documents.", key: []string{"kind", "name", "key"},
		columns: append(documentColumns(),
			column{name: "key", required: true, description: "The label."},
			column{name: "value", description: "Its value.", index: true}),
	}
	t.rows = func(yield func([]any, error) bool) {
		b.documents(s, func(kind string, m portfolio.Metadata) bool {
			for _, key := range slices.Sorted(maps.Keys(m.Labels)) {
				if !yield([]any{kind, m.Name, key, orNil(m.Labels[key])}, nil) {
					return false
				}
			}
			return true
		})
	}
	return t
}

// links are those of all documents.
func (s *Source) links(b *builder) *table {
	t := &table{
		name: "links", title: "Links", description: "The links of all documents.", key: []string{"kind", "name", "number"},
		columns: append(documentColumns(),
			column{name: "number", kind: integer, required: true, description: "Its place in the list, from 1."},
			column{name: "title", description: "What it leads to."},
			column{name: "url", description: "The address."}),
	}
	t.rows = func(yield func([]any, error) bool) {
		b.documents(s, func(kind string, m portfolio.Metadata) bool {
			for i, l := range m.Links {
				if !yield([]any{kind, m.Name, int64(i + 1), orNil(l.Title), orNil(l.URL)}, nil) {
					return false
				}
			}
			return true
		})
	}
	return t
}

func documentColumns() []column {
	return []column{
		{name: "kind", required: true, description: "The kind of the document, lower case."},
		{name: "name", required: true, description: "The name of the document."},
	}
}

// documents yields all documents that are exported.
func (b *builder) documents(s *Source, yield func(kind string, m portfolio.Metadata) bool) {
	for _, x := range b.list {
		if x.parent != nil {
			continue
		}
		for _, v := range x.list(reflect.ValueOf(s.Snapshot)) {
			if s.takes(v) && !yield(strings.ToLower(v.Type().Elem().Name()), metaOf(v)) {
				return
			}
		}
	}
}

// waivers are those on whatever has an id.
func (s *Source) waivers() *table {
	t := &table{
		name: "waivers", title: "Waivers", description: "The rules that are silenced for one thing until a day.", key: []string{"number"},
		columns: []column{
			{name: "number", kind: integer, required: true, description: "Its place among all, from 1."},
			{name: "subject", required: true, description: "What it is on, as findings name it: kind/name, and the part.", index: true},
			{name: "code", required: true, description: "The rule.", index: true},
			{name: "until", kind: day, description: "The last day on which it holds."},
			{name: "reason", description: "Why."},
			{name: "approved_by", description: "Who approved it.", index: true},
		},
	}
	t.rows = func(yield func([]any, error) bool) {
		i := int64(0)
		for _, w := range s.Snapshot.Waivers {
			document := w.Subject
			if parts := strings.SplitN(document, "/", 3); len(parts) == 3 {
				document = parts[0] + "/" + parts[1]
			}
			if !s.Snapshot.Sound(document) || s.Selects != nil && !s.Selects(document) {
				continue
			}
			i++
			if !yield([]any{i, w.Subject, orNil(w.Rule), orNil(w.Until.String()), orNil(w.Reason), orNil(w.ApprovedBy)}, nil) {
				return
			}
		}
	}
	return t
}
