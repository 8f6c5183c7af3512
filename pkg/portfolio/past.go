package portfolio

import (
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// planned are the fields of a program that its plan is made of. The others do not matter
// to what it was to cost.
var planned = []string{"team", "status", "start", "due", "staffing", "budget"}

// salvage takes the plan of a program out of a document that does not conform, where
// nothing that is wrong with it lies in the plan. A document of the past is judged by
// what it says, for nobody can mend it.
func (p *Part) salvage(d *source.Document, id identity, diags []diag.Diagnostic) {
	spec, ok := d.Root().Get("spec")
	if id.kind != "Program" || id.name == "" || !ok || spec.Kind() != source.Map {
		return
	}
	if slices.ContainsFunc(diags, func(x diag.Diagnostic) bool { return slices.Contains(planned, x.Suggestion) }) {
		return // a field of the plan is there under a name that is misspelt
	}
	for _, field := range planned {
		node, ok := spec.Get(field)
		if !ok {
			continue
		}
		at := d.Locate(source.Value, "spec", field).Range
		if node.IsZero() || slices.ContainsFunc(diags, func(x diag.Diagnostic) bool { return overlap(x.Range, at) }) {
			return
		}
	}
	whole, dec := &Program{}, decoder{doc: d}
	if meta, ok := d.Root().Get("metadata"); ok {
		dec.decode(meta, whole.meta(), "metadata")
	}
	dec.decode(spec, whole, "spec")
	plan := &Program{
		Meta: Metadata{Name: id.name, Origin: whole.Meta.Origin}, Origin: whole.Origin, Team: whole.Team, Status: whole.Status,
		Start: whole.Start, Due: whole.Due, Staffing: whole.Staffing, Budget: whole.Budget,
	}
	if plan.Start.IsZero() || plan.Due.IsZero() {
		return
	}
	plan.defaults()
	p.entries = append(p.entries, entry{identity: id, document: plan, overlay: p.overlay})
}

// overlap reports whether two ranges have a place in common.
func overlap(a, b diag.Range) bool { return a.Start.Compare(b.End) < 0 && b.Start.Compare(a.End) < 0 }
