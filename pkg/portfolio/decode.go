package portfolio

import (
	"fmt"
	"reflect"
	"strconv"
	"sync"

	"github.com/progctl/progctl/pkg/conform"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// textParser is a type that reads itself from the text of a scalar: dates,
// amounts, durations and the like.
type textParser interface{ ParseText(text string) error }

// decoder fills the structs of one document from its nodes, by their yaml tags.
// The document conforms to its schema, so only what a schema cannot say is left
// to go wrong.
type decoder struct {
	doc   *source.Document
	path  []step
	diags []diag.Diagnostic
	// waivers are those of the document, with the subjects they stand on.
	waivers []WaiverOn
}

// step is a key, or an index where key is empty.
type step struct {
	key   string
	index int
}

// setter stores a node in a Go value.
type setter func(d *decoder, n source.Node, v reflect.Value)

// decode fills target, a pointer to a struct, from a mapping at a path of the
// document.
func (d *decoder) decode(n source.Node, target any, path ...string) {
	d.path = d.path[:0]
	for _, key := range path {
		d.path = append(d.path, step{key: key})
	}
	v := reflect.ValueOf(target).Elem()
	setterOf(v.Type())(d, n, v)
}

// steps is the path that is being decoded, as Locate and Describe want it.
func (d *decoder) steps() []string {
	path := make([]string, len(d.path))
	for i, s := range d.path {
		if path[i] = s.key; s.key == "" {
			path[i] = strconv.Itoa(s.index)
		}
	}
	return path
}

func (d *decoder) fail(code string, err error) {
	path := d.steps()
	about := conform.Describe(d.doc, path)
	d.diags = append(d.diags, diag.Diagnostic{
		Location: d.doc.Locate(source.Value, path...),
		Code:     code,
		Severity: diag.Error,
		Message:  fmt.Sprintf("%s: %s: %v", about.Entity, about.Field, err),
		Subject:  about.Subject,
		Key:      about.Field,
	})
}

var setters sync.Map // reflect.Type → setter

func setterOf(t reflect.Type) setter {
	if s, ok := setters.Load(t); ok {
		return s.(setter)
	}
	s := newSetter(t)
	setters.Store(t, s)
	return s
}

var textParserType = reflect.TypeFor[textParser]()

func newSetter(t reflect.Type) setter {
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(textParserType) {
		switch { // a text, or more
		case t.Kind() == reflect.Struct && (len(fieldsOf(t)) > 0 || inlineOf(t) >= 0):
			return textOr(source.Map, structSetter(t))
		case t.Kind() == reflect.Slice:
			return textOr(source.List, sliceSetter(t))
		}
		return setText
	}
	switch t.Kind() {
	case reflect.String:
		return func(_ *decoder, n source.Node, v reflect.Value) { v.SetString(n.Text()) }
	case reflect.Bool:
		return func(_ *decoder, n source.Node, v reflect.Value) { v.SetBool(n.Text() == "true") }
	case reflect.Int, reflect.Int32, reflect.Int64:
		return setInt
	case reflect.Pointer:
		element := setterOf(t.Elem())
		return func(d *decoder, n source.Node, v reflect.Value) {
			v.Set(reflect.New(t.Elem()))
			element(d, n, v.Elem())
		}
	case reflect.Slice:
		return sliceSetter(t)
	case reflect.Map:
		return mapSetter(t)
	case reflect.Struct:
		return structSetter(t)
	}
	panic("portfolio: no way to decode a " + t.String())
}

// textOr decodes a collection with other, and anything else as text.
func textOr(kind source.Kind, other setter) setter {
	return func(d *decoder, n source.Node, v reflect.Value) {
		if n.Kind() == kind {
			other(d, n, v)
			return
		}
		setText(d, n, v)
	}
}

func setText(d *decoder, n source.Node, v reflect.Value) {
	if n.Odd() && v.Kind() != reflect.String {
		d.fail("SCH005", fmt.Errorf("%s is a number that tools read differently: write it without leading zeros, signs or separators", n.Text()))
		return
	}
	if err := v.Addr().Interface().(textParser).ParseText(n.Text()); err != nil {
		d.fail("SCH007", err)
	}
}

func setInt(d *decoder, n source.Node, v reflect.Value) {
	i, err := strconv.ParseInt(n.Text(), 10, 64)
	if err != nil || v.OverflowInt(i) {
		d.fail("SCH009", fmt.Errorf("%s is not a whole number of a usable size", n.Text()))
		return
	}
	v.SetInt(i)
}

func sliceSetter(t reflect.Type) setter {
	element := setterOf(t.Elem())
	return func(d *decoder, n source.Node, v reflect.Value) {
		list := reflect.MakeSlice(t, n.Len(), n.Len())
		for i, item := range n.Items() {
			d.path = append(d.path, step{index: i})
			if item.Kind() != source.Null {
				element(d, item, list.Index(i))
			}
			d.path = d.path[:len(d.path)-1]
		}
		v.Set(list)
	}
}

func mapSetter(t reflect.Type) setter {
	key, element := setterOf(t.Key()), setterOf(t.Elem())
	return func(d *decoder, n source.Node, v reflect.Value) {
		m := reflect.MakeMapWithSize(t, n.Len())
		for k, item := range n.Pairs() {
			d.path = append(d.path, step{key: k.Name()})
			kv, ev := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			key(d, k, kv)
			element(d, item, ev)
			m.SetMapIndex(kv, ev)
			d.path = d.path[:len(d.path)-1]
		}
		v.Set(m)
	}
}

// field is where a key goes.
type field struct {
	index int
	set   setter
}

// fieldsOf maps the keys of a struct's yaml tags to field indices.
func fieldsOf(t reflect.Type) map[string]int {
	fields := map[string]int{}
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" && tag != inlineTag {
			fields[tag] = i
		}
	}
	return fields
}

// inlineTag marks the map that takes all keys of a mapping.
const inlineTag = ",inline"

// inlineOf is the index of the struct's inline map, or -1.
func inlineOf(t reflect.Type) int {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("yaml") == inlineTag {
			return i
		}
	}
	return -1
}

var originType = reflect.TypeFor[source.Origin]()

func structSetter(t reflect.Type) setter {
	fields := map[string]field{}
	for key, i := range fieldsOf(t) {
		fields[key] = field{index: i, set: setterOf(t.Field(i).Type)}
	}
	origin := -1
	if f, ok := t.FieldByName("Origin"); ok && f.Type == originType && len(f.Index) == 1 {
		origin = f.Index[0]
	}
	waivers := -1
	if f, ok := t.FieldByName("Waivers"); ok {
		waivers = f.Index[0]
	}
	if inline := inlineOf(t); inline >= 0 {
		set := setterOf(t.Field(inline).Type)
		return func(d *decoder, n source.Node, v reflect.Value) { set(d, n, v.Field(inline)) }
	}
	return func(d *decoder, n source.Node, v reflect.Value) {
		if origin >= 0 {
			*v.Field(origin).Addr().Interface().(*source.Origin) = d.doc.Origin(n)
		}
		for k, item := range n.Pairs() {
			f, known := fields[k.Name()]
			if !known || item.Kind() == source.Null {
				continue
			}
			d.path = append(d.path, step{key: k.Name()})
			f.set(d, item, v.Field(f.index))
			d.path = d.path[:len(d.path)-1]
		}
		if waivers >= 0 && v.Field(waivers).Len() > 0 {
			subject := conform.Describe(d.doc, d.steps()).Subject
			for _, w := range v.Field(waivers).Interface().([]Waiver) {
				d.waivers = append(d.waivers, WaiverOn{Waiver: w, Subject: subject})
			}
		}
	}
}
