package portfolio

import (
	"strings"

	"github.com/progctl/progctl/pkg/conform"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// document is a typed document: what the loader needs to know of any kind.
type document interface {
	meta() *Metadata
	defaults()
}

func (p *Portfolio) meta() *Metadata     { return &p.Meta }
func (t *Team) meta() *Metadata          { return &t.Meta }
func (r *Roster) meta() *Metadata        { return &r.Meta }
func (p *Program) meta() *Metadata       { return &p.Meta }
func (b *Budget) meta() *Metadata        { return &b.Meta }
func (p *HeadcountPlan) meta() *Metadata { return &p.Meta }
func (l *Ledger) meta() *Metadata        { return &l.Meta }
func (r *Review) meta() *Metadata        { return &r.Meta }
func (s *Survey) meta() *Metadata        { return &s.Meta }
func (g *Goals) meta() *Metadata         { return &g.Meta }
func (r *Roadmap) meta() *Metadata       { return &r.Meta }

// kinds makes an empty document of each kind. A new kind needs a row.
var kinds = map[string]func() document{
	"Portfolio":     func() document { return new(Portfolio) },
	"Team":          func() document { return new(Team) },
	"Roster":        func() document { return new(Roster) },
	"Program":       func() document { return new(Program) },
	"Budget":        func() document { return new(Budget) },
	"HeadcountPlan": func() document { return new(HeadcountPlan) },
	"Ledger":        func() document { return new(Ledger) },
	"Review":        func() document { return new(Review) },
	"Survey":        func() document { return new(Survey) },
	"Goals":         func() document { return new(Goals) },
	"Roadmap":       func() document { return new(Roadmap) },
}

// Part is what one file holds.
type Part struct {
	File *source.File
	// Documents counts the documents of the file that are YAML.
	Documents int
	// Tables are the CSV files that were read for its documents.
	Tables []*source.File

	entries []entry
	broken  []identity // documents that do not conform
	opaque  bool       // the file is not YAML, so nobody knows what it holds
	overlay bool
	shadow  bool
	past    bool
	// requires is that of a Portfolio of the file.
	requires Requirement
	diags    []diag.Diagnostic
}

// identity is what tells documents apart.
type identity struct{ kind, name string }

// entry is a document that conforms to its schema.
type entry struct {
	identity
	document
	waivers []WaiverOn
	stated  []string // fields of the spec of a Portfolio
	overlay bool
	shadow  bool
	partial bool         // it names a CSV file that was not read, or not all of it
	table   *source.File // the CSV file that was read for it
	refs    [][]uint64   // hashes of the refs in that of a ledger
}

// WaiverOn is a waiver and the subject it was written on.
type WaiverOn struct {
	Waiver
	Subject string
}

// Role is what a file is to the portfolio.
type Role uint8

// The roles.
const (
	Base    Role = iota // a file of the portfolio
	Overlay             // joined from another repository
	Shadow              // stands in for the documents of the same name
	Past                // of a revision that is only looked back at
)

// Read reads the documents of one file. It depends on nothing else, so files can
// be read in parallel; Assemble puts the parts together.
func Read(f *source.File, role Role) Part {
	docs, diags := source.Parse(f)
	p := Part{
		File: f, Documents: len(docs), overlay: role == Overlay, shadow: role == Shadow,
		diags: diags, opaque: len(diags) > 0, past: role == Past,
	}
	for _, d := range docs {
		p.read(d)
	}
	return p
}

// Clean reports whether there is no finding about the file or a document of it.
func (p *Part) Clean() bool { return len(p.diags) == 0 }

// Report adds a finding about a document of the file, so that it counts as one of
// the document's own.
func (p *Part) Report(d diag.Diagnostic) { p.diags = append(p.diags, d) }

func (p *Part) read(d *source.Document) {
	kind, name := conform.Kind(d)
	id := identity{kind, name}
	if kind == "Portfolio" {
		p.requirement(d)
	}
	diags := conform.Check(d)
	for _, flaw := range d.Flaws {
		flaw.Subject = conform.Subject(kind, name, d.File.Name)
		diags = append(diags, flaw)
	}
	p.diags = append(p.diags, diags...)
	if hasError(diags) {
		p.broken = append(p.broken, id)
		if p.past {
			p.salvage(d, id, diags)
		}
		return
	}
	doc := kinds[kind]()
	dec := decoder{doc: d}
	if meta, ok := d.Root().Get("metadata"); ok {
		dec.decode(meta, doc.meta(), "metadata")
	}
	if spec, ok := d.Root().Get("spec"); ok && spec.Kind() == source.Map {
		dec.decode(spec, doc, "spec")
	}
	p.diags = append(p.diags, dec.diags...)
	if hasError(dec.diags) {
		p.broken = append(p.broken, id)
		return
	}
	doc.defaults()
	e := entry{identity: id, document: doc, waivers: dec.waivers, overlay: p.overlay, shadow: p.shadow}
	if spec, ok := d.Root().Get("spec"); ok && kind == "Portfolio" {
		for k := range spec.Pairs() {
			e.stated = append(e.stated, k.Name())
		}
	}
	switch d := doc.(type) {
	case *Roster:
		e.partial = d.CSV != ""
	case *Ledger:
		e.partial = d.CSV != ""
	}
	p.entries = append(p.entries, e)
}

// Requirement is the range of versions of progctl that a portfolio asks for.
type Requirement struct {
	Versions string
	At       source.Place
}

// requirement takes down the versions that a Portfolio requires, even where it
// does not conform: it may be for another progctl, with fields unknown to this.
func (p *Part) requirement(d *source.Document) {
	spec, _ := d.Root().Get("spec")
	if spec.IsZero() {
		return
	}
	if v, ok := spec.Get("requires"); ok && v.Kind() == source.String && p.requires.Versions == "" {
		p.requires = Requirement{v.Text(), d.Origin(spec).At("requires")}
	}
}

func hasError(diags []diag.Diagnostic) bool {
	for _, d := range diags {
		if d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// subject is kind/name, as in findings.
func (id identity) subject() string { return strings.ToLower(id.kind) + "/" + id.name }
