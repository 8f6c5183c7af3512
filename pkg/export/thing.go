package export

import (
	"cmp"
	"iter"
	"reflect"
	"slices"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// thing is a sort of thing in a portfolio: documents of a kind, or what a list or a
// map of another sort of thing holds. It is one table.
type thing struct {
	table
	one string // the name of a single one, which is what other tables call it
	// parent is what it is a part of; nil for documents.
	parent *thing
	// list yields the parts of a thing of the parent, each under its place from 1, or
	// its key. Of documents there is a list too, of the snapshot.
	list func(of reflect.Value) iter.Seq2[any, reflect.Value]
	// keyed says that the place, or key, is a column.
	keyed  bool
	fields []field
	// up are the columns of the parent that begin a row, by their index.
	up []int
}

// field is one or several columns, and how they are filled.
type field struct {
	columns []column
	// of is the value in a thing; an invalid one where nothing states it.
	of   func(thing reflect.Value) reflect.Value
	fill func(v reflect.Value, e env, row []any) []any
}

// env is what a thing takes from what it lies in.
type env struct {
	program  string         // that it is part of; "" outside of programs
	currency money.Currency // of amounts that state none
}

// item is a thing and its row, which is whole until the next one.
type item struct {
	v   reflect.Value
	e   env
	row []any
}

// each yields all things of the sort; false ends it.
func (t *thing) each(s *Source, yield func(item) bool) bool {
	var row []any
	emit := func(v reflect.Value, e env) bool {
		for _, f := range t.fields {
			row = f.fill(f.of(v), e, row)
		}
		return yield(item{v, e, row})
	}
	if t.parent == nil {
		for _, v := range t.list(reflect.ValueOf(s.Snapshot)) {
			row = row[:0]
			e := env{currency: s.Snapshot.Config.Currency}
			if p, ok := v.Interface().(*portfolio.Program); ok {
				e.program = p.Meta.Name
			}
			if !s.takes(v) {
				continue
			}
			if v = v.Elem(); !emit(v, e.within(v)) {
				return false
			}
		}
		return true
	}
	return t.parent.each(s, func(of item) bool {
		for key, v := range t.list(of.v) {
			if v.Kind() == reflect.Pointer {
				if v.IsNil() { // an empty place in a list
					continue
				}
				v = v.Elem()
			}
			row = row[:0]
			for _, i := range t.up {
				row = append(row, of.row[i])
			}
			if t.keyed {
				row = append(row, key)
			}
			if !emit(v, of.e.within(v)) {
				return false
			}
		}
		return true
	})
}

// takes reports whether a document is exported: whether it is chosen, and validates.
func (s *Source) takes(document reflect.Value) bool {
	subject := subjectOf(document)
	return s.Snapshot.Sound(subject) && (s.Selects == nil || s.Selects(subject))
}

// within is the environment of what lies in a thing.
func (e env) within(v reflect.Value) env {
	e.currency = cmp.Or(currencyIn(v), e.currency)
	return e
}

// currencyIn is the currency that a thing states for its amounts, itself or in a
// mapping of its own; "" where it states none.
func currencyIn(v reflect.Value) money.Currency {
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName("Currency"); f.IsValid() && f.Type() == currencyType {
		return f.Interface().(money.Currency)
	}
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("yaml")
		f := v.Field(i)
		if f.Kind() == reflect.Pointer {
			f = f.Elem()
		}
		if tag == "" || tag == "-" || f.Kind() != reflect.Struct {
			continue
		}
		if c := f.FieldByName("Currency"); c.IsValid() && c.Type() == currencyType && c.String() != "" {
			return c.Interface().(money.Currency)
		}
	}
	return ""
}

var currencyType = reflect.TypeFor[money.Currency]()

// finish makes a table of what the sort was built of.
func (t *thing) finish(s *Source) *table {
	for _, f := range t.fields {
		t.columns = append(t.columns, f.columns...)
	}
	t.rows = func(yield func([]any, error) bool) {
		t.each(s, func(x item) bool { return yield(x.row, nil) })
	}
	return &t.table
}

// indexOf is where a column of the key is in a row, before the fields are columns.
func (t *thing) indexOf(name string) int {
	all := slices.Clone(t.columns)
	for _, f := range t.fields {
		all = append(all, f.columns...)
	}
	return slices.IndexFunc(all, func(c column) bool { return c.name == name })
}

// elements yields the items of a list, or the values of a map in the order of their
// keys.
func elements(v reflect.Value) iter.Seq2[any, reflect.Value] {
	return func(yield func(any, reflect.Value) bool) {
		switch v.Kind() {
		case reflect.Slice:
			for i := range v.Len() {
				if !yield(int64(i+1), v.Index(i)) {
					return
				}
			}
		case reflect.Map:
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int {
				if a.CanInt() {
					return cmp.Compare(a.Int(), b.Int())
				}
				return cmp.Compare(a.String(), b.String())
			})
			for _, key := range keys {
				if !yield(scalarOf(key.Type(), nil, "").value(key), v.MapIndex(key)) {
					return
				}
			}
		}
	}
}
