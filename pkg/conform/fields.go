package conform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

// missingKind reports a document without a kind that exists.
func (r *reporter) missingKind() {
	all := strings.Join(schema.Kinds, ", ")
	if v, ok := r.doc.Root().Get("kind"); ok {
		d := r.report("SCH001", source.Value, []string{"kind"}, "there is no kind "+quote(v.Text()), "the kinds are "+all)
		suggest(d, nearest(v.Text(), schema.Kinds))
		return
	}
	const message = "the document has no kind"
	for k := range r.doc.Root().Pairs() {
		if nearest(k.Name(), []string{"kind"}) != "" {
			d := r.report("SCH001", source.Key, []string{k.Name()}, message, "")
			suggest(d, "kind")
			return
		}
	}
	detail := "write one of " + all + "; keep YAML that is no portfolio document in another folder"
	if kind := r.likelyKind(); kind != "" {
		detail = "add kind: " + kind + ", the only kind that has these fields"
	}
	r.report("SCH001", source.Key, r.top(), message, detail)
}

// top is where the document as a whole is pointed at: its kind, else its first
// key.
func (r *reporter) top() []string {
	if _, ok := r.doc.Root().Get("kind"); ok {
		return []string{"kind"}
	}
	for k := range r.doc.Root().Pairs() {
		return []string{k.Name()}
	}
	return nil
}

// likelyKind is the one kind whose spec has all the fields of the document's.
func (r *reporter) likelyKind() string {
	spec, ok := r.doc.Root().Get("spec")
	if !ok || spec.Len() == 0 {
		return ""
	}
	likely := ""
	for _, kind := range schema.Kinds {
		c, err := compile(kind)
		if err != nil || !hasFields(c.schemaAt([]string{"spec"}), spec) {
			continue
		}
		if likely != "" {
			return ""
		}
		likely = kind
	}
	return likely
}

func hasFields(s map[string]any, n source.Node) bool {
	for k := range n.Pairs() {
		if properties(s)[k.Name()] == nil {
			return false
		}
	}
	return true
}

// mapping names a mapping whose fields a message is about: the document and its
// spec are the entity itself.
func (r *reporter) mapping(path []string) string {
	if len(path) == 1 && path[0] == "spec" {
		path = nil
	}
	return r.name(path)
}

func (r *reporter) unknownFields(f failure, n source.Node) {
	names := fields(f.schema)
	free := slices.DeleteFunc(slices.Clone(names), func(s string) bool { _, has := n.Get(s); return has })
	for k := range n.Pairs() {
		name := k.Name()
		if properties(f.schema)[name] != nil {
			continue
		}
		d := r.report("SCH003", source.Key, append(slices.Clone(f.path), name),
			fmt.Sprintf("%s has an unknown field %s", r.mapping(f.path), quote(name)), "fields here: "+strings.Join(names, ", "))
		if owner := r.owner(f.path, name); owner != "" {
			d.Detail = name + " is a field of " + owner + ": move it there"
			continue
		}
		kind, _ := Kind(r.doc)
		if why := schema.Refused(kind, name); why != "" {
			d.Detail = why
			continue
		}
		if near := nearest(name, free); near != "" {
			suggest(d, near)
			d.Fix.Sure = diag.Meant(name, near, names)
			d.Detail = ""
			r.offered[strings.Join(append(slices.Clone(f.path), near), "/")] = true
		}
	}
}

// owner names the mapping that has the field which this one has not: one that
// this one lies in, one that lies in this one, or, at the top, one beside it.
func (r *reporter) owner(path []string, name string) string {
	schemas := r.schema.along(path)
	for i := len(path) - 1; i >= 0; i-- {
		if properties(schemas[i])[name] != nil {
			return r.place(path[:i])
		}
	}
	inside := [][]string{path}
	if len(path) == 1 {
		inside = append(inside, nil)
	}
	for _, outer := range inside {
		for _, field := range fields(r.schema.schemaAt(outer)) {
			inner := append(slices.Clone(outer), field)
			if !slices.Equal(inner, path) && properties(r.schema.schemaAt(inner))[name] != nil {
				return r.place(inner)
			}
		}
	}
	return ""
}

// place names a mapping to move a field to.
func (r *reporter) place(path []string) string {
	if len(path) == 0 {
		return "the document"
	}
	about := Describe(r.doc, path)
	if about.Field == "" {
		return about.Entity
	}
	return about.Field
}

func (r *reporter) missingFields(f failure, n source.Node) {
	names := texts(f.schema[f.keyword])
	if list, ok := f.schema[f.keyword].(map[string]any); ok { // dependentRequired: if this, then those
		for _, given := range slices.Sorted(maps.Keys(list)) {
			if _, has := n.Get(given); has {
				names = append(names, texts(list[given])...)
			}
		}
	}
	at := f.path
	if len(at) == 0 {
		at = r.top()
	}
	for _, name := range names {
		path := append(slices.Clone(f.path), name)
		key := strings.Join(path, "/")
		if _, has := n.Get(name); has || r.offered[key] {
			continue
		}
		d := r.report("SCH004", source.Key, at, fmt.Sprintf("%s lacks %s, which is required", r.mapping(f.path), quote(name)), "add "+name+":")
		d.Key = key
		if line := r.schema.line(path); line != "" {
			d.Detail = "add it, for example " + line
		}
		if values := texts(r.schema.schemaAt(path)["enum"]); len(values) > 0 {
			d.Detail += "; its values are " + strings.Join(values, ", ")
		}
	}
}
