package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/diag"
)

// Column is a column of a CSV file that somebody wants to read.
type Column struct {
	// Name is what places call its cells, and its header where none is stated.
	Name string
	// Header is the header that a document states, "" where it states none. A
	// column whose header is stated must be there, as one that is required must.
	Header   string
	Required bool
	At       Place // where the header is stated
}

// header is what the column is looked for by.
func (c *Column) header() string {
	if c.Header != "" {
		return c.Header
	}
	return c.Name
}

// Layout is what is known of a CSV file before it is read.
type Layout struct {
	Columns []Column
	// Delimiter separates its fields; 0 is found out from the header row: the one of
	// comma, semicolon, tab and pipe with which the columns are there that must be.
	Delimiter rune
	At        Place // where the delimiter is stated
}

// Table is a CSV file (RFC 4180) whose header row has the columns of its Layout.
// Headers are compared without regard to case, and to spaces and line breaks
// around and between their words. A byte order mark, a first line sep=; as
// spreadsheets write it, rows without text, and columns that nobody asked for mean
// nothing.
type Table struct {
	file   *File
	reader *csv.Reader
	at     []int // of each column of the layout, its index in a row; -1 is not there
	// named is how many fields the header row has up to its last header, fields how
	// many it has with those behind it that are empty.
	named, fields int
	headers       []string
}

// columns is what it takes to find the cells of a CSV file again.
type columns struct {
	delimiter rune
	at        map[string]int
}

// Row is a row of a table. It holds until the next one is read.
type Row struct {
	table *Table
	line  int
	cells []string
}

// OpenTable reads the header row of a CSV file. Findings have no subject; where
// there is one, there is no table. From then on, places in the file are cells.
func OpenTable(f *File, l Layout) (*Table, []diag.Diagnostic) {
	f.restore()
	f.table = &columns{}
	if d, ok := scanTable(f); !ok {
		return nil, []diag.Diagnostic{d}
	}
	t, diags := chooseHead(f, l)
	if t == nil {
		return nil, diags
	}
	t.file, f.table.delimiter, f.table.at = f, t.reader.Comma, make(map[string]int, len(l.Columns))
	for i, at := range t.at {
		if at >= 0 {
			f.table.at[l.Columns[i].Name] = at
		}
	}
	return t, nil
}

// IsTable reports whether the file was opened as a CSV file.
func (f *File) IsTable() bool { return f != nil && f.table != nil }

// Delimiter separates the fields of the table.
func (t *Table) Delimiter() rune { return t.reader.Comma }

// Headers are the headers of all columns, as written but for the spaces around
// them, in order; those that are empty are left out.
func (t *Table) Headers() []string { return named(t.headers) }

// Rows are the rows below the header row that hold any text. A row that cannot be
// read comes as a finding, without a subject, in place of the row.
func (t *Table) Rows() iter.Seq2[*Row, *diag.Diagnostic] {
	return func(yield func(*Row, *diag.Diagnostic) bool) {
		row := &Row{table: t}
		for {
			cells, err := t.reader.Read()
			var wrong *csv.ParseError
			switch {
			case errors.As(err, &wrong):
				d := t.file.quoteFinding(wrong, t.reader.Comma)
				if !yield(nil, &d) {
					return
				}
				continue
			case err != nil: // the end: a text in memory has no other error
				return
			case blank(cells):
				continue
			}
			row.line, _ = t.reader.FieldPos(0)
			row.cells = cells
			if d := t.misfit(row); d != nil {
				if !yield(nil, d) {
					return
				}
				continue
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Cell is the text of a row in a column of the layout, by its index, without the
// spaces around it; "" where there is none, and where there is no such column.
func (r *Row) Cell(column int) string {
	at := r.table.at[column]
	if at < 0 {
		return ""
	}
	return trim(r.cells[at])
}

// Origin is where the row begins.
func (r *Row) Origin() Origin { return Origin{File: r.table.file, Line: int32(r.line), Col: 1} }

// misfit reports a row that has not as many fields as the header row. Fields
// without text behind the last header are no matter.
func (t *Table) misfit(r *Row) *diag.Diagnostic {
	n := len(r.cells)
	for n > t.fields && trim(r.cells[n-1]) == "" {
		n--
	}
	if n >= t.named && n <= t.fields {
		return nil
	}
	fields := t.file.fieldsOf(r.line, t.reader.Comma)
	at := span{fields[0].start, fields[len(fields)-1].end}
	detail := "put a value that holds a " + delimiterName(t.reader.Comma) + " in quotes, or delete what is too much"
	if n > t.fields {
		at = span{fields[t.fields].start, fields[n-1].end}
	} else {
		detail = "there is none for " + listed(named(t.headers[n:t.named])) + "; a value that holds a line break needs quotes around it"
	}
	d := t.file.diagnostic("CSV005", t.file.byteRange(at.start, at.end),
		fmt.Sprintf("a row has %s, the header row has %d", count(n, "field"), t.named), detail)
	return &d
}

// blank reports whether no cell holds text.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return trim(c) != "" })
}

// trim cuts spaces around a text, those that cannot be seen too.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' })
}

// newReader reads a text as CSV, strictly.
func newReader(text []byte, delimiter rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = delimiter, -1, true
	return r
}
