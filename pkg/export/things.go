package export

import (
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// things are the tables of a portfolio, by the structs of the model: a new kind, or a
// new field, is there without a word here.
func (s *Source) things() []*table {
	b := &builder{}
	documents := map[string]func(reflect.Value) iter.Seq2[any, reflect.Value]{}
	t := reflect.TypeFor[portfolio.Snapshot]()
	for i := range t.NumField() {
		f := t.Field(i)
		of := f.Type
		if of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if !f.IsExported() || of.Kind() != reflect.Pointer || !hasMeta(of.Elem()) {
			continue
		}
		kind := of.Elem().Name()
		documents[kind] = func(snapshot reflect.Value) iter.Seq2[any, reflect.Value] {
			return documentsOf(snapshot.Elem().Field(i))
		}
		b.document(kind, of.Elem(), documents[kind])
	}
	var list []*table
	for _, x := range b.list {
		list = append(list, x.finish(s))
	}
	return append(list, s.labels(b), s.links(b), s.waivers())
}

func hasMeta(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	f, ok := t.FieldByName("Meta")
	return ok && f.Type == reflect.TypeFor[portfolio.Metadata]()
}

// documentsOf yields a list of documents, or the one there is.
func documentsOf(v reflect.Value) iter.Seq2[any, reflect.Value] {
	if v.Kind() == reflect.Slice {
		return elements(v)
	}
	return func(yield func(any, reflect.Value) bool) {
		if !v.IsNil() && metaOf(v).Name != "" { // else it is the defaults
			yield(int64(1), v)
		}
	}
}

func metaOf(document reflect.Value) portfolio.Metadata {
	return document.Elem().FieldByName("Meta").Interface().(portfolio.Metadata)
}

// subjectOf is how findings name a document.
func subjectOf(document reflect.Value) string {
	return strings.ToLower(document.Type().Elem().Name()) + "/" + metaOf(document).Name
}

// builder finds all sorts of things.
type builder struct{ list []*thing }

// document adds the documents of a kind, and what they hold.
func (b *builder) document(kind string, t reflect.Type, list func(reflect.Value) iter.Seq2[any, reflect.Value]) {
	s := shapeOf(kind)
	one := snake(kind)
	x := &thing{one: one, list: list}
	x.name, x.title, x.description = nameOf(one, plural(one)), kind, s.says()
	meta := func(v reflect.Value) reflect.Value { return v.FieldByName("Meta") }
	x.fields = []field{
		{
			columns: []column{{name: "name", required: true, description: "Its name, unique in its kind."}}, of: meta,
			fill: func(v reflect.Value, _ env, row []any) []any { return append(row, v.FieldByName("Name").String()) },
		},
		{
			columns: []column{{name: "title", description: "What people call it."}}, of: meta,
			fill: func(v reflect.Value, _ env, row []any) []any {
				return append(row, orNil(v.FieldByName("Title").String()))
			},
		},
	}
	x.key = []string{"name"}
	b.list = append(b.list, x)
	b.struc(x, t, s, "", one, func(v reflect.Value) reflect.Value { return v })
}

// settings are fields that say how a file is read, which is nothing about the things
// in it, and waivers, which have a table of their own.
var settings = []string{"columns", "csv", "dateFormat", "delimiter", "decimal", "waivers"}

// struc adds the fields of a struct to a sort of thing; those of structs in it follow
// under a prefix, and lists and maps in it are sorts of their own.
func (b *builder) struc(x *thing, t reflect.Type, s *shape, prefix, path string, of func(reflect.Value) reflect.Value) {
	_, ownCurrency := t.FieldByName("Currency")
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("yaml")
		if !f.IsExported() || key == "" || key == "-" || slices.Contains(settings, key) {
			continue
		}
		value := func(v reflect.Value) reflect.Value { return fieldOf(of(v), i) }
		b.value(x, f.Type, s.property(key), place{
			name: prefix + snake(key), key: key, path: path + "." + snake(key),
			required: prefix == "" && s.requires(key), ownCurrency: ownCurrency,
		}, value)
	}
}

// fieldOf is a field of a struct, or of what a pointer leads to; an invalid value where
// there is none.
func fieldOf(v reflect.Value, i int) reflect.Value {
	if !v.IsValid() {
		return v
	}
	v = v.Field(i)
	if v.Kind() == reflect.Pointer {
		return v.Elem()
	}
	return v
}

// place is where a value stands.
type place struct {
	name, key, path string
	required        bool
	ownCurrency     bool // the struct states the currency of its amounts
}

func (b *builder) value(x *thing, t reflect.Type, s *shape, at place, of func(reflect.Value) reflect.Value) {
	if t.Kind() == reflect.Pointer {
		t, at.required = t.Elem(), false
	}
	add := func(fill func(reflect.Value, env, []any) []any, columns ...column) {
		x.fields = append(x.fields, field{columns, of, fill})
	}
	c := column{name: at.name, description: s.says(), enum: s.values(), required: at.required}
	switch {
	case t == reflect.TypeFor[portfolio.Spread]():
		c.description += " Where it is stated month by month, a table of its own has them."
		add(func(v reflect.Value, _ env, row []any) []any {
			if !v.IsValid() {
				return append(row, nil)
			}
			return append(row, orNil(v.FieldByName("Curve").String()))
		}, c)
		months, _ := t.FieldByName("Months")
		b.part(x, months.Type, s, at, func(v reflect.Value) reflect.Value { return fieldOf(of(v), months.Index[0]) })
	case t == reflect.TypeFor[portfolio.Done]():
		on := column{name: at.name + "_on", kind: day, description: "The day on which it was done, where that is known."}
		c.kind, c.description = boolean, "Whether it was done."
		add(func(v reflect.Value, _ env, row []any) []any {
			d, _ := v.Interface().(portfolio.Done)
			return append(row, d.Is, scalarOf(reflect.TypeFor[cal.Date](), nil, "").value(reflect.ValueOf(d.On)))
		}, c, on)
	case t == reflect.TypeFor[portfolio.MilestoneRef]():
		name := strings.TrimSuffix(at.name, "_milestone")
		if name != "milestone" {
			name += "_milestone"
		}
		program := strings.TrimSuffix(name, "milestone") + "program"
		if program == "program" {
			program = "milestone_program"
		}
		c.name, c.index = name, true
		add(milestone, column{name: program, description: "The program of the milestone."}, c)
		x.foreign = append(x.foreign, foreign{[]string{program, c.name}, nameOf("program.milestones", ""), []string{"program", "id"}})
	case t == reflect.TypeFor[money.Decimal]() && s.is("money"):
		b.amount(x, c, at, of)
	case t == currencyType:
		c.required = true
		c.description = strings.TrimSuffix(c.description, ".") + "; where the file states none, that of what it is part of."
		add(func(_ reflect.Value, e env, row []any) []any { return append(row, orNil(string(e.currency))) }, c)
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Map:
		b.part(x, t, s, at, of)
	case t.Kind() == reflect.Struct && tagged(t):
		b.struc(x, t, s, at.name+"_", at.path, of)
	default:
		how := scalarOf(t, s, at.key)
		c.kind, c.unit, c.name = how.kind, how.unit, unreserved(at.name, how.kind)
		b.refer(x, &c, s, at.key)
		add(func(v reflect.Value, _ env, row []any) []any {
			if !v.IsValid() {
				return append(row, nil)
			}
			return append(row, how.value(v))
		}, c)
	}
}

// amount adds a column of money, and its currency where nothing else states it.
func (b *builder) amount(x *thing, c column, at place, of func(reflect.Value) reflect.Value) {
	c.kind = decimal
	columns := []column{c}
	if at.ownCurrency {
		columns[0].currency = strings.TrimSuffix(at.name, snake(at.key)) + "currency"
	} else {
		columns[0].currency = at.name + "_currency"
		columns = append(columns, column{name: at.name + "_currency", description: "The currency of " + at.name + "."})
	}
	x.fields = append(x.fields, field{columns, of, func(v reflect.Value, e env, row []any) []any {
		switch {
		case v.IsValid():
			row = append(row, amountOf(v, e.currency))
		default:
			row = append(row, nil)
		}
		if len(columns) == 1 {
			return row
		}
		if !v.IsValid() {
			return append(row, nil)
		}
		return append(row, orNil(string(e.currency)))
	}})
}

// milestone fills the program and the id of a reference.
func milestone(v reflect.Value, e env, row []any) []any {
	if !v.IsValid() || v.String() == "" {
		return append(row, nil, nil)
	}
	program, id := portfolio.MilestoneRef(v.String()).Split()
	if program == "" {
		program = e.program
	}
	return append(row, orNil(program), id)
}

// tagged reports whether a struct is written as a mapping.
func tagged(t reflect.Type) bool {
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
			return true
		}
	}
	return false
}
