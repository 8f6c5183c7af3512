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
	h, diags := chooseHead(f, &l)
	if diags == nil {
		diags = f.judge(&l, h)
	}
	if diags != nil {
		return nil, diags
	}
	f.table = &columns{delimiter: h.reader.Comma, at: make(map[string]int, len(l.Columns))}
	for i, at := range h.at {
		if at >= 0 {
			f.table.at[l.Columns[i].Name] = at
		}
	}
	return &Table{f, h}, nil
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
	diag.Location
	Text string
}

// Unread are the headers of the columns that are not in the layout, in order; those
// that are empty are left out.
func (t *Table) Unread() []Header {
	var list []Header
	fields := t.file.fieldsOf(t.head.line, t.head.reader.Comma)
	for i, text := range t.head.headers {
		if text != "" && !slices.Contains(t.head.at, i) {
			list = append(list, Header{diag.Location{File: t.file.Name, Range: t.file.byteRange(fields[i].start, fields[i].end)}, text})
		}
	}
	return list
}

// Rows are the rows below the header row that hold any text. A row that cannot be
// read comes as a finding, without a subject, in place of the row.
func (t *Table) Rows() iter.Seq2[*Row, *diag.Diagnostic] {
	return func(yield func(*Row, *diag.Diagnostic) bool) {
		row := &Row{table: t}
		for {
			cells, err := t.head.reader.Read()
			var wrong *csv.ParseError
			switch {
			case errors.As(err, &wrong):
				d := t.file.quoteFinding(wrong, t.head.reader.Comma)
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

// Origin is where the row begins.
func (r *Row) Origin() Origin { return Origin{File: r.table.file, Line: int32(r.line), Col: 1} }

// misfit reports a row that has not as many fields as the header row. Fields
// without text behind the last header are no matter.
func (t *Table) misfit(r *Row) *diag.Diagnostic {
	n := len(r.cells)
	for n > t.head.fields() && trim(r.cells[n-1]) == "" {
		n--
	}
	if n >= t.head.named && n <= t.head.fields() {
		return nil
	}
	fields := t.file.fieldsOf(r.line, t.head.reader.Comma)
	at := span{fields[0].start, fields[len(fields)-1].end}
	detail := "put a value that holds a " + delimiterName(t.head.reader.Comma) + " in quotes, or delete what is too much"
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
	for i, h := range t.head.headers[:t.head.named] {
		if trim(r.cells[i]) != h {
			return nil
		}
	}
	fields := t.file.fieldsOf(r.line, t.head.reader.Comma)
	d := t.file.diagnostic("CSV005", t.file.byteRange(fields[0].start, fields[len(fields)-1].end), "the header row stands here again", "delete it")
	return &d
}

// Swallows reports whether a cell looks as if it held rows: a quote that nobody meant
// to open a value goes on to the next one. Such a line has the delimiters of a row; of
// the first and the last one, those that stand before and behind the cell count too.
// The range is that of the cell.
func (r *Row) Swallows() (at diag.Range, ok bool) {
	h := r.table.head
	needed := h.named - 1
	for i, cell := range r.cells {
		if needed == 0 || !strings.Contains(cell, "\n") {
			continue
		}
		lines := strings.Split(cell, "\n")
		looksWhole := func(line string, outside int) bool {
			return strings.Count(line, string(h.reader.Comma)) >= needed-outside
		}
		last := len(lines) - 1
		if looksWhole(lines[0], i) && looksWhole(lines[last], needed-i) ||
			slices.ContainsFunc(lines[1:last], func(line string) bool { return looksWhole(line, 0) }) {
			fields := r.table.file.fieldsOf(r.line, h.reader.Comma)
			return r.table.file.byteRange(fields[i].start, fields[i].end), true
		}
	}
	return at, false
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
