package source

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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
	// MaxBytes bounds the file; 0 is MaxFileBytes.
	MaxBytes int64
}

func (l *Layout) maxBytes() int64 { return cmp.Or(l.MaxBytes, MaxFileBytes) }

// Table is a CSV file (RFC 4180) whose header row has the columns of its Layout.
// Headers are compared without regard to case, and to spaces and line breaks
// around and between their words. A byte order mark, a first line sep=; as
// spreadsheets write it, rows without text, and columns that nobody asked for mean
// nothing.
type Table struct {
	file *File
	head *head
}

// columns is what it takes to find the cells of a CSV file again.
type columns struct {
	delimiter rune
	at        map[string]int
}

// Row is a row of a table. It holds until the next one is read.
type Row struct {
	table  *Table
	line   int
	offset int64 // of its first byte
	cells  []string
}

// OpenTable reads the header row of a CSV file. Findings have no subject; where
// there is one, there is no table. From then on, places in the file are cells.
func OpenTable(f *File, l Layout) (*Table, []diag.Diagnostic) {
	f.table = &columns{}
	if d, ok := scanTable(f, l.maxBytes()); !ok {
		return nil, []diag.Diagnostic{d}
	}
	h, diags := chooseHead(f, &l)
	if diags == nil {
		diags = f.judge(&l, h)
	}
	if diags != nil {
		return nil, diags
	}
	return f.tableOf(&l, h), nil
}

// tableOf is the table below a header row that is all right.
func (f *File) tableOf(l *Layout, h *head) *Table {
	f.table = &columns{delimiter: h.comma, at: make(map[string]int, len(l.Columns))}
	for i, at := range h.at {
		if at >= 0 {
			f.table.at[l.Columns[i].Name] = at
		}
	}
	return &Table{f, h}
}

// IsTable reports whether the file was opened as a CSV file.
func (f *File) IsTable() bool { return f != nil && f.table != nil }

// Has reports whether the table has a column of the layout, by its index.
func (t *Table) Has(column int) bool { return t.head.at[column] >= 0 }

// Head is where the header row stands.
func (t *Table) Head() diag.Location {
	return diag.Location{File: t.file.Name, Range: t.file.headRange(t.head)}
}

// Header is a header as written but for the spaces around it.
type Header struct {
	Text  string
	table *Table
	index int
}

// Location is where the header stands.
func (h Header) Location() diag.Location {
	f, head := h.table.file, h.table.head
	at := f.fieldsOf(head.line, head.comma)[h.index]
	return diag.Location{File: f.Name, Range: f.byteRange(at.start, at.end)}
}

// Unread are the headers of the columns that are not in the layout, in order; those
// that are empty are left out.
func (t *Table) Unread() []Header {
	var list []Header
	for i, text := range t.head.headers {
		if text != "" && !slices.Contains(t.head.at, i) {
			list = append(list, Header{text, t, i})
		}
	}
	return list
}

// Rows are the rows below the header row that hold any text, to be gone through once.
// A row that cannot be read comes as a finding, without a subject, in place of the row.
func (t *Table) Rows() iter.Seq2[*Row, *diag.Diagnostic] {
	return func(yield func(*Row, *diag.Diagnostic) bool) {
		defer func() { t.head.reader = nil }() // and with it the text
		lines := t.file.lineIndex()
		row := &Row{table: t}
		for {
			cells, err := t.head.reader.Read()
			var wrong *csv.ParseError
			switch {
			case errors.As(err, &wrong):
				d := t.file.quoteFinding(wrong, t.head.comma)
				if !yield(nil, &d) {
					return
				}
				continue
			case err != nil: // the end: a text in memory has no other error
				return
			case blank(cells):
				continue
			}
			row.line, _ = t.head.reader.FieldPos(0)
			row.offset = int64(lines[row.line-1])
			row.cells = cells
			d := t.misfit(row)
			if d == nil {
				d = t.again(row)
			}
			if d != nil {
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
	at := r.table.head.at[column]
	if at < 0 {
		return ""
	}
	return trim(r.cells[at])
}

// Offset is that of the row's first byte in the file; see [Table.RowAt].
func (r *Row) Offset() int64 { return r.offset }

// Origin is where the row begins.
func (r *Row) Origin() Origin { return Origin{File: r.table.file, Line: int32(r.line), Col: 1} }

// misfit reports a row that has not as many fields as the header row.
func (t *Table) misfit(r *Row) *diag.Diagnostic {
	n, fits := t.head.fits(r.cells)
	if fits {
		return nil
	}
	fields := t.file.fieldsOf(r.line, t.head.comma)
	at := span{fields[0].start, fields[len(fields)-1].end}
	detail := "put a value that holds a " + delimiterName(t.head.comma) + " in quotes, or delete what is too much"
	if n > t.head.fields() {
		at = span{fields[t.head.fields()].start, fields[n-1].end}
	} else {
		detail = "there is none for " + listed(named(t.head.headers[n:t.head.named])) + "; a value that holds a line break needs quotes around it"
	}
	d := t.file.diagnostic("CSV005", t.file.byteRange(at.start, at.end),
		fmt.Sprintf("a row has %s, the header row has %d", count(n, "field"), t.head.named), detail)
	return &d
}

// again reports the header row where it stands once more, as in files that were put
// together.
func (t *Table) again(r *Row) *diag.Diagnostic {
	if !t.head.repeats(r.cells) {
		return nil
	}
	fields := t.file.fieldsOf(r.line, t.head.comma)
	d := t.file.diagnostic("CSV005", t.file.byteRange(fields[0].start, fields[len(fields)-1].end), "the header row stands here again", "delete it")
	return &d
}

// Swallows reports whether a cell looks as if it held rows: a quote that nobody meant
// to open a value goes on to the next one. Such a line has the delimiters of a row; of
// the first and the last one, those that stand before and behind the cell count too.
// The range is that of the cell.
func (r *Row) Swallows() (at diag.Range, ok bool) {
	h := r.table.head
	i, ok := h.swallows(r.cells)
	if !ok {
		return at, false
	}
	fields := r.table.file.fieldsOf(r.line, h.comma)
	return r.table.file.byteRange(fields[i].start, fields[i].end), true
}

// blank reports whether no cell holds text.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return trim(c) != "" })
}

// trim cuts spaces around a text, those that cannot be seen too.
func trim(text string) string {
	return strings.TrimFunc(text, isBlankRune)
}

func isBlankRune(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// newReader reads a text as CSV, strictly.
func newReader(text io.Reader, delimiter rune) *csv.Reader {
	r := csv.NewReader(text)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = delimiter, -1, true
	return r
}
