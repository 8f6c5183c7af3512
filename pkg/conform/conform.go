// Package conform says whether a document has the shape of its kind, by the
// JSON Schemas of package schema, and where it has not, why, in words for the
// person who wrote it. It knows JSON Schema and nothing of what the fields mean.
package conform

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

// Rules are the codes of findings that this package makes.
var Rules = []diag.Rule{
	{Code: "SCH001", Name: "kind", Summary: "The document has no kind, or one that does not exist", Severity: diag.Error, Structural: true},
	{Code: "SCH002", Name: "api-version", Summary: "The document is of another version of the format", Severity: diag.Error, Structural: true},
	{Code: "SCH003", Name: "unknown-field", Summary: "A field does not exist", Severity: diag.Error, Structural: true},
	{Code: "SCH004", Name: "missing-field", Summary: "A required field is missing", Severity: diag.Error, Structural: true},
	{Code: "SCH005", Name: "type", Summary: "A value is of the wrong type", Severity: diag.Error, Structural: true},
	{Code: "SCH006", Name: "allowed-value", Summary: "A value is none of those allowed", Severity: diag.Error, Structural: true},
	{Code: "SCH007", Name: "spelling", Summary: "A value is not spelt as its field wants it", Severity: diag.Error, Structural: true},
	{Code: "SCH008", Name: "date", Summary: "A date or a month does not exist, or is not spelt as one", Severity: diag.Error, Structural: true},
	{Code: "SCH009", Name: "bounds", Summary: "A number, a text or a list is beyond its bounds", Severity: diag.Error, Structural: true},
	{Code: "SCH010", Name: "tag", Summary: "A YAML tag that means nothing here", Severity: diag.Warning, Structural: true},
}

// Kind is the kind that a document states, spelt as in schema.Kinds, and its
// name; either is empty where it is missing or unusable.
func Kind(d *source.Document) (kind, name string) {
	if v, ok := d.Root().Get("kind"); ok && slices.Contains(schema.Kinds, v.Text()) {
		kind = v.Text()
	}
	if meta, ok := d.Root().Get("metadata"); ok {
		if v, ok := meta.Get("name"); ok {
			name = v.Text()
		}
	}
	return kind, name
}

// Check compares a document with the schema of its kind. It returns nothing of
// severity error where the document conforms.
func Check(d *source.Document) []diag.Diagnostic {
	r := reporter{doc: d}
	if d.Root().Kind() != source.Map {
		r.report("SCH001", source.Value, nil, "a document is a mapping with a kind, not a "+d.Root().Kind().String(),
			"begin it with kind: and one of "+strings.Join(schema.Kinds, ", "))
		return r.diags
	}
	kind, _ := Kind(d)
	if kind == "" {
		r.missingKind()
		return r.diags
	}
	s, err := compile(kind)
	if err != nil {
		panic(err) // an embedded schema that does not compile cannot pass the tests
	}
	if d.Tagged() {
		r.tags(d.Root(), nil)
	}
	if s.plan.accept(d.Root()) {
		return r.diags
	}
	r.schema = s
	if err := s.validate(d.Root().JSON()); err != nil {
		r.explain(err)
	}
	return r.diags
}
