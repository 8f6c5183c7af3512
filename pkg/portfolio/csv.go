package portfolio

import (
	"slices"

	"github.com/progctl/progctl/pkg/source"
)

// CSVFile is a CSV file that a document names.
type CSVFile struct {
	Path    string       // from the folder of the document, as written
	At      source.Place // where it is named
	Subject string       // of the document
	Entity  string       // the document, as messages name it

	entry int // of the part; -1 where what the file holds is not read
}

// CSVFiles lists the CSV files that the documents of the part name.
func (p *Part) CSVFiles() []CSVFile {
	var list []CSVFile
	for i, e := range p.entries {
		var file CSVFile
		switch doc := e.document.(type) {
		case *Roster:
			file = CSVFile{Path: doc.CSV, At: doc.Origin.At("csv"), entry: i}
		case *Ledger:
			file = CSVFile{Path: doc.CSV, At: doc.Origin.At("csv"), entry: -1}
		}
		if file.Path != "" {
			file.Subject = e.subject()
			file.Entity = entityOf(file.Subject)
			list = append(list, file)
		}
	}
	return list
}

// IsRead reports whether ReadCSV takes anything from the file: it does from those of
// rosters, and not yet from those of ledgers.
func (c CSVFile) IsRead() bool { return c.entry >= 0 }

// ReadCSV reads a CSV file of the part into the document that names it. A document
// whose file was not read, or is not all right, does not validate; what can be read
// of it is checked nevertheless.
func (p *Part) ReadCSV(c CSVFile, f *source.File) {
	if !c.IsRead() {
		return
	}
	e := &p.entries[c.entry]
	roster := e.document.(*Roster)
	people, diags := readPeople(roster, f)
	roster.People = slices.Concat(roster.People, people)
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
