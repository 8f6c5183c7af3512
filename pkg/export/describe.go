package export

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/progctl/progctl/schema"
)

// shape is as much of a JSON Schema as describes values.
type shape struct {
	Ref                  string            `json:"$ref"`
	Defs                 map[string]*shape `json:"$defs"`
	Description          string            `json:"description"`
	Enum                 []any             `json:"enum"`
	Properties           map[string]*shape `json:"properties"`
	Required             []string          `json:"required"`
	AdditionalProperties json.RawMessage   `json:"additionalProperties"` // false, or a schema
	Items                *shape            `json:"items"`

	// def is the name of the definition that it refers to.
	def  string
	root *shape
}

// shapeOf is the schema of what a kind of document says, described as the kind is.
func shapeOf(kind string) *shape {
	source, ok := schema.Source(kind)
	if !ok {
		return nil
	}
	root := new(shape)
	if json.Unmarshal(source, root) != nil { // the schemas are embedded, and tested
		return nil
	}
	root.root = root
	spec := root.property("spec")
	if spec != nil && root.Description != "" {
		spec.Description = root.Description
	}
	return spec
}

// resolved is the definition that the schema refers to, with its own description
// where it has one.
func (s *shape) resolved(root *shape) *shape {
	if s == nil {
		return nil
	}
	out := *s
	out.root = root
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok && root.Defs[name] != nil {
		out = *root.Defs[name]
		out.root, out.def = root, name
		if s.Description != "" {
			out.Description = s.Description
		}
	}
	return &out
}

// property is the schema of a key; nil where there is none. All methods may be called
// on nil.
func (s *shape) property(key string) *shape {
	if s == nil {
		return nil
	}
	return s.Properties[key].resolved(s.root)
}

// element is the schema of the items of a list, or of the values of a map.
func (s *shape) element() *shape {
	switch {
	case s == nil:
		return nil
	case s.Items != nil:
		return s.Items.resolved(s.root)
	case bytes.HasPrefix(bytes.TrimSpace(s.AdditionalProperties), []byte("{")):
		values := new(shape)
		if json.Unmarshal(s.AdditionalProperties, values) == nil {
			return values.resolved(s.root)
		}
	}
	return nil
}

func (s *shape) requires(key string) bool { return s != nil && slices.Contains(s.Required, key) }

func (s *shape) says() string {
	if s == nil {
		return ""
	}
	return s.Description
}

// is reports whether it is a definition of that name.
func (s *shape) is(def string) bool { return s != nil && s.def == def }

// values are all that there may be; nil where there are others.
func (s *shape) values() []string {
	if s == nil {
		return nil
	}
	var list []string
	for _, v := range s.Enum {
		text, ok := v.(string)
		if !ok {
			return nil
		}
		list = append(list, text)
	}
	return list
}
