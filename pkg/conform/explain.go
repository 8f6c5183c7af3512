package conform

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

// reporter turns the library's refusals of one document into findings. The
// words are made from the schema at the keyword that failed, never from the
// library's messages.
type reporter struct {
	doc    *source.Document
	schema *compiled
	diags  []diag.Diagnostic
}

// failure is one keyword that one value fails.
type failure struct {
	path    []string       // of the value, in the document
	keyword string         // type, enum, required …
	schema  map[string]any // that holds the keyword
	onKey   bool           // the key itself fails, by propertyNames
}

func (r *reporter) report(code string, part source.Part, path []string, message, detail string) *diag.Diagnostic {
	r.diags = append(r.diags, diag.Diagnostic{
		Location: r.doc.Locate(part, path...),
		Code:     code,
		Severity: diag.Error,
		Message:  message,
		Detail:   detail,
		Subject:  Describe(r.doc, path).Subject,
		Key:      strings.Join(path, "/"),
	})
	return &r.diags[len(r.diags)-1]
}

func (r *reporter) missingKind() {
	v, ok := r.doc.Root().Get("kind")
	if !ok {
		r.report("SCH001", source.Key, nil, "the document has no kind",
			"write one of "+strings.Join(schema.Kinds, ", ")+"; keep YAML that is no portfolio document in another folder")
		return
	}
	d := r.report("SCH001", source.Value, []string{"kind"}, "there is no kind "+quote(v.Text()),
		"the kinds are "+strings.Join(schema.Kinds, ", "))
	r.suggest(d, v.Text(), schema.Kinds)
}

// suggest offers the nearest name and the edit that writes it.
func (r *reporter) suggest(d *diag.Diagnostic, wrong string, names []string) {
	if near := diag.Nearest(wrong, names); near != "" {
		d.Suggestion = near
		d.Fix = &diag.Fix{Range: d.Range, NewText: near}
		return
	}
	for _, name := range names {
		if strings.EqualFold(name, wrong) {
			d.Suggestion = name
			d.Fix = &diag.Fix{Range: d.Range, NewText: name}
		}
	}
}

// tags reports tags below a value that change nothing about how it is read.
func (r *reporter) tags(n source.Node, path []string) {
	if tag := n.Tag(); tag != "" {
		about := Describe(r.doc, path)
		d := r.report("SCH010", source.Value, path, fmt.Sprintf("%s: %s has the tag %s, which means nothing here", about.Entity, fieldName(about.Field, path), quote(tag)),
			"delete the tag; the value is read as if it had none")
		d.Severity = diag.Warning
	}
	for i, item := range n.Items() {
		r.tags(item, append(path, strconv.Itoa(i)))
	}
	for k, v := range n.Pairs() {
		r.tags(v, append(path, k.Name()))
	}
}

// fieldName is the field as messages name it, where it may have no name.
func fieldName(field string, path []string) string {
	switch {
	case field != "":
		return field
	case len(path) == 0:
		return "the document"
	}
	return "the entry"
}

// explain reports everything that the library found.
func (r *reporter) explain(err error) {
	var refusal *jsonschema.ValidationError
	if !errors.As(err, &refusal) {
		r.report("SCH005", source.Value, nil, "the document cannot be validated: "+err.Error(), "")
		return
	}
	var failures []failure
	r.collect(refusal, &failures)
	slices.SortStableFunc(failures, func(a, b failure) int {
		return cmp.Or(slices.Compare(a.path, b.path), cmp.Compare(a.keyword, b.keyword))
	})
	failed := map[string]bool{} // one finding a value: pattern and format both name a bad date
	for _, f := range failures {
		key := strings.Join(f.path, "/")
		if valueKeyword(f.keyword) {
			if failed[key] {
				continue
			}
			failed[key] = true
		}
		r.one(f)
	}
}

func valueKeyword(k string) bool {
	return k != "additionalProperties" && k != "required" && k != "dependentRequired"
}

// collect gathers the leaves of the library's tree of errors.
func (r *reporter) collect(e *jsonschema.ValidationError, list *[]failure) {
	for _, cause := range e.Causes {
		r.collect(cause, list)
	}
	if len(e.Causes) > 0 {
		return
	}
	_, fragment, _ := strings.Cut(e.AbsoluteKeywordLocation, "#")
	steps := splitPointer(fragment)
	// dependentRequired ends in the property and its place in the list.
	if n := len(steps); n >= 3 && steps[n-3] == "dependentRequired" {
		steps = steps[:n-2]
	}
	if len(steps) == 0 {
		return
	}
	f := failure{path: splitPointer(e.InstanceLocation), keyword: steps[len(steps)-1]}
	f.schema, _ = lookup(r.schema.raw, steps[:len(steps)-1]).(map[string]any)
	f.onKey = slices.Contains(splitPointer(e.KeywordLocation), "propertyNames")
	*list = append(*list, f)
}

func (r *reporter) one(f failure) {
	n, _ := descend(r.doc.Root(), f.path)
	about := Describe(r.doc, f.path)
	entity, field := about.Entity, about.Field
	switch f.keyword {
	case "additionalProperties":
		r.unknownFields(f, n, entity, field)
	case "required", "dependentRequired":
		r.missingFields(f, n, entity, field)
	default:
		if f.onKey {
			r.badKey(f, entity)
			return
		}
		r.badValue(f, n, entity, field)
	}
}

func (r *reporter) unknownFields(f failure, n source.Node, entity, field string) {
	props, _ := f.schema["properties"].(map[string]any)
	names := slices.Sorted(maps.Keys(props))
	in := ""
	if field != "" {
		in = " in " + field
	}
	for k := range n.Pairs() {
		name := k.Name()
		if _, known := props[name]; known {
			continue
		}
		d := r.report("SCH003", source.Key, append(slices.Clone(f.path), name),
			fmt.Sprintf("%s has an unknown field %s%s", entity, quote(name), in),
			"fields here: "+strings.Join(names, ", "))
		free := slices.DeleteFunc(slices.Clone(names), func(s string) bool { _, has := n.Get(s); return has })
		r.suggest(d, name, free)
		if d.Suggestion != "" {
			d.Detail = ""
		}
	}
}

func (r *reporter) missingFields(f failure, n source.Node, entity, field string) {
	var names []string
	switch list := f.schema[f.keyword].(type) {
	case []any:
		for _, v := range list {
			names = append(names, fmt.Sprint(v))
		}
	case map[string]any: // dependentRequired: if this, then those
		for _, given := range slices.Sorted(maps.Keys(list)) {
			if _, has := n.Get(given); !has {
				continue
			}
			for _, v := range list[given].([]any) {
				names = append(names, fmt.Sprint(v))
			}
		}
	}
	in := ""
	if field != "" {
		in = " in " + field
	}
	for _, name := range names {
		if _, has := n.Get(name); has {
			continue
		}
		detail := "add " + name + ":"
		prop, _ := lookup(f.schema, []string{"properties", name}).(map[string]any)
		if want := r.expectation(prop); want != "" {
			detail += " with " + want
		}
		d := r.report("SCH004", source.Key, f.path, fmt.Sprintf("%s lacks %s%s, which is required", entity, quote(name), in), detail)
		d.Key += "/" + name
	}
}

func (r *reporter) badKey(f failure, entity string) {
	name := f.path[len(f.path)-1]
	r.report("SCH007", source.Key, f.path, fmt.Sprintf("%s has a key %s, expected %s", entity, quote(name), r.expectation(f.schema)), "")
}

func (r *reporter) badValue(f failure, n source.Node, entity, field string) {
	where := entity + ": " + fieldName(field, f.path)
	want := r.expectation(f.schema)
	if f.keyword == "const" && len(f.path) == 1 && f.path[0] == "apiVersion" {
		r.report("SCH002", source.Value, f.path, fmt.Sprintf("apiVersion %s is not one that this progctl reads", quote(n.Text())),
			fmt.Sprintf("write %v, or leave it out", f.schema["const"]))
		return
	}
	switch f.keyword {
	case "type":
		r.badType(f, n, where, want)
	case "enum", "const":
		names := r.allowed(f)
		d := r.report("SCH006", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s", where, shown(n), oneOf(names)), "")
		if n.Kind() == source.String {
			r.suggest(d, n.Text(), names)
		}
	case "pattern", "format":
		r.badText(f, n, where, want)
	default:
		r.report("SCH009", source.Value, f.path, fmt.Sprintf("%s is %s, %s", where, shown(n), bound(f)), "")
	}
}

// badType reports a value of another type, with the spelling that mends it
// where only quotes are missing.
func (r *reporter) badType(f failure, n source.Node, where, want string) {
	types := typesOf(f.schema)
	switch kind := n.Kind(); {
	case kind == source.Null:
		r.report("SCH005", source.Value, f.path, where+" has no value, expected "+want, "write one, or delete the line")
	case n.Odd() && (slices.Contains(types, "number") || slices.Contains(types, "integer")):
		r.report("SCH005", source.Value, f.path, fmt.Sprintf("%s is %s, which tools read differently", where, n.Text()),
			"write a plain decimal number without leading zeros, signs or separators")
	case (kind == source.Number || kind == source.Bool) && slices.Contains(types, "string"):
		d := r.report("SCH005", source.Value, f.path, fmt.Sprintf("%s is the %s %s, expected %s", where, plain(kind), n.Text(), want), "")
		quoted := strconv.Quote(n.Text())
		switch {
		case matches(f.schema, n.Text()):
			d.Detail = "quote it: " + quoted
			d.Fix = &diag.Fix{Range: d.Range, NewText: quoted}
		case strings.HasPrefix(n.Text(), "0.") && matches(f.schema, "1%"):
			d.Detail = "write a percentage, such as 30% for 0.3"
		case matches(f.schema, n.Text()+"%"):
			d.Detail = "write " + n.Text() + "%"
			d.Fix = &diag.Fix{Range: d.Range, NewText: n.Text() + "%"}
		}
	default:
		r.report("SCH005", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s", where, shown(n), want), "")
	}
}

func plain(k source.Kind) string {
	if k == source.Bool {
		return "value"
	}
	return k.String()
}

// matches reports whether a text would satisfy the schema that refused the
// value. A schema that refers to others is not asked.
func matches(s map[string]any, text string) bool {
	b, err := json.Marshal(s)
	if err != nil {
		return false
	}
	c, err := jsonschema.CompileString("fragment.json", string(b))
	return err == nil && c.Validate(text) == nil
}

// badText reports a text that is not spelt as wanted; of a date, what is wrong
// with it.
func (r *reporter) badText(f failure, n source.Node, where, want string) {
	if _, isDate := f.schema["format"]; isDate || strings.HasPrefix(want, "a date") || strings.HasPrefix(want, "a month or") {
		if _, err := cal.ParseDate(n.Text()); err != nil && len(n.Text()) == len("2006-01-02") {
			r.report("SCH008", source.Value, f.path, fmt.Sprintf("%s: %v", where, err), "")
			return
		}
	}
	r.report("SCH007", source.Value, f.path, fmt.Sprintf("%s is %s, expected %s", where, shown(n), want), "")
}

// allowed lists the values of an enum or const as text.
func (r *reporter) allowed(f failure) []string {
	if c, ok := f.schema["const"]; ok && f.keyword == "const" {
		return []string{fmt.Sprint(c)}
	}
	list, _ := f.schema["enum"].([]any)
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = fmt.Sprint(v)
	}
	return names
}
