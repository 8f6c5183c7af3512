package conform

import (
	"maps"
	"slices"
	"strings"
)

// resolve follows the references of a raw schema.
func (c *compiled) resolve(s map[string]any) map[string]any {
	for range 8 {
		ref, ok := s["$ref"].(string)
		if !ok {
			return s
		}
		s, _ = lookup(c.raw, splitPointer(strings.TrimPrefix(ref, "#"))).(map[string]any)
	}
	return s
}

// along lists the raw schemas of a path of a document: of the document, of its
// first step, and so on. Where the path leaves the schema they are nil.
func (c *compiled) along(path []string) []map[string]any {
	list := []map[string]any{c.raw}
	for _, step := range path {
		list = append(list, c.below(list[len(list)-1], step))
	}
	return list
}

// schemaAt is the last of along.
func (c *compiled) schemaAt(path []string) map[string]any { return c.along(path)[len(path)] }

func (c *compiled) below(s map[string]any, step string) map[string]any {
	props := properties(s)
	for _, next := range []any{props[step], s["items"], s["additionalProperties"]} {
		if next, ok := next.(map[string]any); ok {
			return c.resolve(next)
		}
	}
	return nil
}

func properties(s map[string]any) map[string]any {
	props, _ := s["properties"].(map[string]any)
	return props
}

// fields are the names of a mapping's fields.
func fields(s map[string]any) []string { return slices.Sorted(maps.Keys(properties(s))) }

// required are the names of the fields that a mapping cannot lack.
func required(s map[string]any) []string { return texts(s["required"]) }

// requires reports whether the mapping around a path cannot lack it.
func (c *compiled) requires(path []string) bool {
	last := len(path) - 1
	return last >= 0 && slices.Contains(required(c.schemaAt(path[:last])), path[last])
}

// example is a value for a path of a document, out of the examples of the schema
// around it: the outermost one that has such a value. It is nil where none has.
func (c *compiled) example(path []string) any {
	var values []any
	for i, s := range c.along(path) {
		var inner []any
		if i > 0 {
			for _, v := range values {
				inner = append(inner, entries(v, path[i-1])...)
			}
		}
		own, _ := s["examples"].([]any)
		values = slices.Concat(inner, own)
	}
	if len(values) == 0 {
		return nil
	}
	return values[0]
}

// entries are the values of an example that a step may lead to: the entry of a
// mapping, or any entry of a list.
func entries(v any, step string) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		if entry, ok := v[step]; ok {
			return []any{entry}
		}
	}
	return nil
}

// line is a field as one may write it: its name, and of its example what the
// schema requires. It is empty where the schema has no example of it.
func (c *compiled) line(path []string) string {
	v := c.example(path)
	if v == nil {
		return ""
	}
	return path[len(path)-1] + ": " + c.flow(v, c.schemaAt(path))
}

// flow spells an example in one line of YAML.
func (c *compiled) flow(v any, s map[string]any) string {
	var list []string
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			list = append(list, c.flow(item, c.below(s, "")))
		}
		return "[" + strings.Join(list, ", ") + "]"
	case map[string]any:
		for _, name := range required(s) {
			list = append(list, name+": "+c.flow(v[name], c.below(s, name)))
		}
		return "{" + strings.Join(list, ", ") + "}"
	}
	return scalarOf(v)
}
