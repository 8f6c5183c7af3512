package portfolio

import (
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// CSVFile is a CSV file that a document names.
type CSVFile struct {
	Path    string       // from the folder of the document, as written
	At      source.Place // where it is named
	Subject string       // of the document
	Entity  string       // the document, as messages name it

	// MaxBytes is how large the file may be.
	MaxBytes int64

	entry int // of the part
}

// CSVFiles lists the CSV files that the documents of the part name.
func (p *Part) CSVFiles() []CSVFile {
	var list []CSVFile
	for i, e := range p.entries {
		file := CSVFile{entry: i}
		switch doc := e.document.(type) {
		case *Roster:
			file.Path, file.At, file.MaxBytes = doc.CSV, doc.Origin.At("csv"), source.MaxFileBytes
		case *Ledger:
			file.Path, file.At, file.MaxBytes = doc.CSV, doc.Origin.At("csv"), source.MaxLedgerBytes
		}
		if file.Path != "" {
			file.Subject = e.subject()
			file.Entity = entityOf(file.Subject)
			list = append(list, file)
		}
	}
	return list
}

// ReadCSV reads a CSV file of the part into the document that names it. A document
// whose file was not read, or is not all right, does not validate; what can be read
// of it is checked nevertheless. Of a file that is not held ([source.FileAt]) only one
// with findings is read as a whole.
func (p *Part) ReadCSV(c CSVFile, f *source.File) {
	e := &p.entries[c.entry]
	var diags []diag.Diagnostic
	switch doc := e.document.(type) {
	case *Roster:
		var people []*Person
		people, diags = readPeople(doc, f)
		doc.People = slices.Concat(doc.People, people)
	case *Ledger:
		e.refs, diags = readEntries(doc, f)
	}
	e.table = f
	p.Tables = append(p.Tables, f)
	p.diags = append(p.diags, diags...)
	e.partial = hasError(diags)
}

// Holds reports whether a document of the part has a subject, kind/name.
func (p *Part) Holds(subject string) bool {
	return slices.ContainsFunc(p.entries, func(e entry) bool { return e.subject() == subject }) ||
		slices.ContainsFunc(p.broken, func(id identity) bool { return id.subject() == subject })
}

// HoldsKind reports whether a document of the part is of a kind, whether or not it
// conforms.
func (p *Part) HoldsKind(kind string) bool {
	return slices.ContainsFunc(p.entries, func(e entry) bool { return e.kind == kind }) ||
		slices.ContainsFunc(p.broken, func(id identity) bool { return id.kind == kind })
}

// Delimiter separates the fields of a CSV file; "" is found out from its header row.
type Delimiter string

// The delimiters.
const (
	Comma     Delimiter = "comma"
	Semicolon Delimiter = "semicolon"
	Tab       Delimiter = "tab"
	Pipe      Delimiter = "pipe"
)

// char is the delimiter itself; 0 where it is to be found out.
func (d Delimiter) char() rune {
	return map[Delimiter]rune{Comma: ',', Semicolon: ';', Tab: '\t', Pipe: '|'}[d]
}

// DecimalMark separates the decimals of amounts in a CSV file.
type DecimalMark string

// The decimal marks.
const (
	DecimalPoint DecimalMark = "point"
	DecimalComma DecimalMark = "comma"
)
