package portfolio

import "github.com/progctl/progctl/pkg/source"

// CSVFile is a CSV file that a document names.
type CSVFile struct {
	Path    string       // from the folder of the document, as written
	At      source.Place // where it is named
	Subject string       // of the document
	Entity  string       // the document, as messages name it
}

// CSVFiles lists the CSV files that the documents of the part name.
func (p *Part) CSVFiles() []CSVFile {
	var list []CSVFile
	for _, e := range p.entries {
		var file CSVFile
		switch doc := e.document.(type) {
		case *Roster:
			file = CSVFile{Path: doc.CSV, At: doc.Origin.At("csv")}
		case *Ledger:
			file = CSVFile{Path: doc.CSV, At: doc.Origin.At("csv")}
		}
		if file.Path != "" {
			file.Subject = e.subject()
			file.Entity = entityOf(file.Subject)
			list = append(list, file)
		}
	}
	return list
}

// DateFormat is how a CSV file writes its dates; "" is YYYY-MM-DD.
type DateFormat string

// The date formats. MMM is an English month name of three letters.
const (
	DashedYMD  DateFormat = "YYYY-MM-DD"
	SlashedYMD DateFormat = "YYYY/MM/DD"
	CompactYMD DateFormat = "YYYYMMDD"
	DottedDMY  DateFormat = "DD.MM.YYYY"
	SlashedDMY DateFormat = "DD/MM/YYYY"
	DashedDMY  DateFormat = "DD-MM-YYYY"
	NamedDMY   DateFormat = "DD-MMM-YYYY"
	SlashedMDY DateFormat = "MM/DD/YYYY"
)

// Delimiter separates the fields of a CSV file; "" is found out from its header row.
type Delimiter string

// The delimiters.
const (
	Comma     Delimiter = "comma"
	Semicolon Delimiter = "semicolon"
	Tab       Delimiter = "tab"
	Pipe      Delimiter = "pipe"
)

// DecimalMark separates the decimals of amounts in a CSV file.
type DecimalMark string

// The decimal marks.
const (
	DecimalPoint DecimalMark = "point"
	DecimalComma DecimalMark = "comma"
)
