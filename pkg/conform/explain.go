package conform

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// reporter turns the library's refusals of one document into findings. The
// words are made from the schema at the keyword that failed, never from the
// library's messages.
type reporter struct {
	doc     *source.Document
	schema  *compiled
	diags   []diag.Diagnostic
	offered map[string]bool // paths of fields that a misspelt one stands for
	lines   []string        // of the file, once they are needed
}

// failure is one keyword that one value fails.
type failure struct {
	path    []string       // of the value, in the document
	keyword string         // type, enum, required …
	at      string         // pointer, in the schema, to what holds the keyword
	schema  map[string]any // that holds the keyword
	onKey   bool           // the key itself fails, by propertyNames
}

func (r *reporter) report(code string, part source.Part, path []string, message, detail string) *diag.Diagnostic {
	about := Describe(r.doc, path)
	r.diags = append(r.diags, diag.Diagnostic{
		Location: r.doc.Locate(part, path...),
		Code:     code,
		Severity: diag.Error,
		Message:  message,
		Detail:   detail,
		Subject:  about.Subject,
		Key:      about.Field,
	})
	return &r.diags[len(r.diags)-1]
}

// suggest offers another spelling and the edit that writes it.
func suggest(d *diag.Diagnostic, spelling string) {
	if spelling != "" {
		d.Suggestion = spelling
		d.Fix = &diag.Fix{Range: d.Range, NewText: scalar(spelling)}
	}
}

// nearest is the name that a wrong one was meant to be, or nothing.
func nearest(wrong string, names []string) string {
	if near := diag.Nearest(wrong, names); near != "" {
		return near
	}
	for _, name := range names {
		if strings.EqualFold(name, wrong) {
			return name
		}
	}
	return ""
}

// tags reports tags below a value that change nothing about how it is read.
func (r *reporter) tags(n source.Node, path []string) {
	if tag := n.Tag(); tag != "" {
		d := r.report("SCH010", source.Value, path, fmt.Sprintf("%s has the tag %s, which means nothing here", r.name(path), quote(tag)),
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

// name is how messages name a value: its entity and its field.
func (r *reporter) name(path []string) string {
	about := Describe(r.doc, path)
	if about.Field == "" {
		return about.Entity
	}
	return about.Entity + ": " + about.Field
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
	// Unknown fields come before missing ones, which they may stand for.
	slices.SortStableFunc(failures, func(a, b failure) int {
		return cmp.Or(slices.Compare(a.path, b.path), cmp.Compare(a.keyword, b.keyword))
	})
	r.offered = map[string]bool{}
	failed := map[string]bool{} // one finding a value: pattern and format both name a bad date
	for _, f := range failures {
		n, _ := descend(r.doc.Root(), f.path)
		switch f.keyword {
		case "additionalProperties":
			r.unknownFields(f, n)
			continue
		case "required", "dependentRequired":
			r.missingFields(f, n)
			continue
		}
		key := strings.Join(f.path, "/")
		switch {
		case failed[key]:
		case f.onKey:
			r.badKey(f)
		default:
			r.badValue(f, n)
		}
		failed[key] = true
	}
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
	f.at = strings.TrimSuffix(fragment, "/"+f.keyword)
	f.schema, _ = lookup(r.schema.raw, steps[:len(steps)-1]).(map[string]any)
	f.onKey = slices.Contains(splitPointer(e.KeywordLocation), "propertyNames")
	*list = append(*list, f)
}
