package export

import (
	"iter"
	"reflect"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
)

// fewest are the responses below which those of a survey are not told one by one: who
// gave them could be guessed.
const fewest = 5

// part adds what a list or a map holds, as a sort of its own.
func (b *builder) part(of *thing, t reflect.Type, s *shape, at place, list func(reflect.Value) reflect.Value) {
	x := &thing{parent: of}
	last := at.path[strings.LastIndexByte(at.path, '.')+1:]
	x.name = nameOf(at.path, of.one+"_"+last)
	x.one = singular(x.name)
	x.title, x.description = x.name, s.says()
	b.keyOf(x, of)
	x.list = func(v reflect.Value) iter.Seq2[any, reflect.Value] { return elements(list(v)) }
	switch at.path {
	case "ledger.entries":
		x.list = postings
	case "survey.responses":
		x.description += " Those of a survey with fewer than five are left out."
		x.list = func(v reflect.Value) iter.Seq2[any, reflect.Value] {
			if list(v).Len() < fewest {
				return elements(reflect.Value{})
			}
			return elements(list(v))
		}
	}
	element := t.Elem()
	if element.Kind() == reflect.Pointer {
		element = element.Elem()
	}
	shape := s.element()
	x.number(t, at.path, element)
	b.list = append(b.list, x)
	if key := x.key[len(x.key)-1]; t.Kind() == reflect.Map {
		b.refer(x, x.column(key), nil, key)
	}
	whole := func(v reflect.Value) reflect.Value { return v }
	if element.Kind() == reflect.Struct && tagged(element) {
		b.struc(x, element, shape, "", at.path, whole)
		return
	}
	name := "value"
	if shape.is("money") {
		name = "amount"
	}
	if shape != nil && t.Kind() == reflect.Slice { // of what the items are
		copied := *shape
		copied.Description = s.says()
		shape = &copied
	}
	b.value(x, element, shape, place{name: name, key: name, path: at.path + "." + name, required: true}, whole)
}

// keyOf begins the rows of a sort with the key of what it is part of. There is one
// portfolio, so nothing says that something is part of it.
func (b *builder) keyOf(x, of *thing) {
	if of.name == "portfolio" {
		return
	}
	f := foreign{table: of.name}
	for _, name := range of.key {
		at := of.indexOf(name)
		c := of.at(at)
		switch {
		case at < len(of.up): // what the key inherits keeps its name
		case name == "id" || name == "name":
			c.name = of.one
		default:
			c.name = of.one + "_" + name
		}
		c.required, c.index = true, false
		c.description = "The " + strings.ReplaceAll(c.name, "_", " ") + " that it is part of."
		x.columns = append(x.columns, c)
		x.up = append(x.up, at)
		x.key = append(x.key, c.name)
		f.columns, f.to = append(f.columns, c.name), append(f.to, name)
	}
	x.foreign = append(x.foreign, f)
}

// at is a column of a row by its index.
func (t *thing) at(i int) column {
	if i < len(t.columns) {
		return t.columns[i]
	}
	i -= len(t.columns)
	for _, f := range t.fields {
		if i < len(f.columns) {
			return f.columns[i]
		}
		i -= len(f.columns)
	}
	panic("export: a row has no such column")
}

// number completes the key: by the id of the things, or by their place in the list or
// their key in the map.
func (t *thing) number(of reflect.Type, path string, element reflect.Type) {
	if of.Kind() == reflect.Map {
		how := scalarOf(of.Key(), nil, "")
		name := keyName(path, of.Key())
		t.columns = append(t.columns, column{name: name, kind: how.kind, required: true, description: "What it is for: a " + strings.ReplaceAll(name, "_", " ") + "."})
		t.keyed, t.key = true, append(t.key, name)
		return
	}
	if element == reflect.TypeFor[portfolio.Person]() { // an id stands for several employments
		t.key = append(t.key, "id", "start")
		return
	}
	if element.Kind() == reflect.Struct {
		if f, ok := element.FieldByName("ID"); ok && f.Tag.Get("yaml") == "id" {
			t.key = append(t.key, "id")
			return
		}
	}
	t.columns = append(t.columns, column{name: "number", kind: integer, required: true, description: "Its place in the list, from 1."})
	t.keyed, t.key = true, append(t.key, "number")
}

// postings yields the entries of a ledger, those of its CSV file too.
func postings(v reflect.Value) iter.Seq2[any, reflect.Value] {
	l := v.Addr().Interface().(*portfolio.Ledger)
	return func(yield func(any, reflect.Value) bool) {
		i := int64(0)
		for p := range l.Postings() {
			i++
			if !yield(i, reflect.ValueOf(l.Entry(p))) {
				return
			}
		}
	}
}
