package impact

import (
	"reflect"

	"github.com/progctl/progctl/pkg/source"
)

// equal reports whether two values state the same: where they stand in which file
// does not matter, nor what was derived from them.
func equal(a, b any) bool { return same(reflect.ValueOf(a), reflect.ValueOf(b)) }

var originType = reflect.TypeFor[source.Origin]()

func same(a, b reflect.Value) bool {
	if a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return same(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.Len() != b.Len() {
			return false
		}
		for _, k := range a.MapKeys() {
			if v := b.MapIndex(k); !v.IsValid() || !same(a.MapIndex(k), v) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			f := a.Type().Field(i)
			derived := f.Tag.Get("yaml") == "-" && f.Type.Kind() == reflect.Pointer
			if f.Type == originType || derived {
				continue
			}
			if !same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}
