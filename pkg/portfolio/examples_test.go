package portfolio

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

// TestNothingIsLost decodes the examples of the schemas and holds that every
// field that they state arrives in its struct.
func TestNothingIsLost(t *testing.T) {
	for _, kind := range schema.Kinds {
		s := readSchema(t, kind)
		check := func(name string, goType reflect.Type, value any) {
			if object, ok := value.(map[string]any); ok {
				text, err := json.Marshal(object)
				if err != nil {
					t.Fatal(err)
				}
				docs, diags := source.Parse(&source.File{Name: name, Text: text})
				if len(docs) != 1 || len(diags) > 0 {
					t.Fatalf("%s: %v", name, diags)
				}
				d := decoder{doc: docs[0]}
				target := reflect.New(goType)
				d.decode(docs[0].Root(), target.Interface())
				for _, diagnostic := range d.diags {
					t.Errorf("%s: %s", name, diagnostic.Message)
				}
				for _, path := range lost(name, object, target.Elem()) {
					t.Errorf("%s is lost", path)
				}
			}
		}
		for _, example := range s.Examples {
			spec := example.(map[string]any)["spec"]
			check(kind, documents[kind], spec)
		}
		structs := map[string]reflect.Type{}
		d := drift{defs: s.Defs, structs: structs}
		d.compare(kind, s.Properties["spec"], documents[kind])
		for name, goType := range structs {
			for _, example := range s.Defs[name].Examples {
				check(kind+" "+name, goType, example)
			}
		}
	}
}

// lost lists what is stated in a JSON value and zero in Go.
func lost(path string, value any, v reflect.Value) []string {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return []string{path}
		}
		v = v.Elem()
	}
	var paths []string
	switch value := value.(type) {
	case map[string]any:
		if v.Kind() == reflect.Struct {
			for i := range v.NumField() {
				switch tag := v.Type().Field(i).Tag.Get("yaml"); tag {
				case "", "-":
				case ",inline":
					return lost(path, value, v.Field(i))
				default:
					if stated, ok := value[tag]; ok {
						paths = append(paths, lost(path+"/"+tag, stated, v.Field(i))...)
					}
				}
			}
		} else if v.Kind() != reflect.Map || v.Len() != len(value) {
			paths = append(paths, path)
		}
	case []any:
		if v.Kind() != reflect.Slice || v.Len() != len(value) {
			return []string{path}
		}
		for i, item := range value {
			paths = append(paths, lost(fmt.Sprintf("%s/%d", path, i), item, v.Index(i))...)
		}
	default:
		stated := value != 0.0 && value != "" && !strings.HasPrefix(fmt.Sprint(value), "0")
		if v.IsZero() && stated {
			paths = append(paths, path)
		}
	}
	return paths
}
