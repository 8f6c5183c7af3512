package portfolio

import (
	"fmt"
	"iter"
	"path"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// tableReader is what readers of CSV files have in common.
type tableReader struct {
	file    *source.File
	of      source.Origin // the document that names the file
	subject string        // of that document
	part    string        // what a row is: person, entry
	format  DateFormat
	decimal DecimalMark
	// totals is how many values that are required a row lacks that is none, but of
	// totals, say; notOne is what to do about it.
	totals int
	notOne string

	locator  source.Locator
	dates    datesRead
	amounts  amountsRead
	wrong    flaws
	count    int  // rows that hold text
	swallows flaw // the first row that looks as if it held others
}

// base is the name of the file without its folder.
func (t *tableReader) base() string { return path.Base(t.file.Name) }

// adopt makes a finding about the file one of the document.
func (t *tableReader) adopt(d *diag.Diagnostic) {
	d.Subject, d.Message = t.subject, entityOf(t.subject)+": "+d.Message
}

// rows are those that can be read; what is wrong with the others is noted.
func (t *tableReader) rows(table *source.Table) iter.Seq[*source.Row] {
	return func(yield func(*source.Row) bool) {
		for row, d := range table.Rows() {
			t.count++
			if d != nil {
				t.adopt(d)
				t.wrong.add(flaw{Diagnostic: *d})
				continue
			}
			if !yield(row) {
				return
			}
			if at, ok := row.Swallows(); ok && t.swallows.Code == "" {
				t.swallows.Code, t.swallows.Location = "CSV009", diag.Location{File: t.file.Name, Range: at}
			}
		}
	}
}

// findings are those of all rows.
func (t *tableReader) findings() []diag.Diagnostic {
	var diags []diag.Diagnostic
	if formats, n := t.dates.otherwise(t.format); formats != nil {
		t.wrong.drop(formats, "")
		diags = append(diags, t.otherFormat(formats, n))
	}
	if mark, ok := t.amounts.otherwise(t.decimal); ok {
		t.wrong.drop(nil, mark)
		diags = append(diags, t.otherMark(mark))
	}
	shown, more, first := t.wrong.shown()
	for i := range shown {
		diags = append(diags, t.locate(&shown[i]))
	}
	if more > 0 {
		d := t.locate(&first)
		d.Message = fmt.Sprintf("%s: %s more of %s cannot be read", entityOf(t.subject), plural(more, "row"), t.base())
		d.Subject, d.Key, d.Suggestion, d.Fix = t.subject, "more", "", nil
		d.Detail = "they are told once those above are mended; this is the first of them"
		diags = append(diags, d)
	}
	return diags
}

// locate is the finding of a flaw, with its place.
func (t *tableReader) locate(f *flaw) diag.Diagnostic {
	if f.at.Origin.File != nil {
		f.Location = t.locator.Locate(f.at)
	}
	return f.Diagnostic
}

// tableRow is a row while it is read.
type tableRow struct {
	reader *tableReader
	origin source.Origin
	id     string // "" where it has none, or one that cannot be read
	field  string // that is read now
	lacks  []string
	flaws  []flaw
}

// cell begins to read a field: its text, "" where nothing is stated or it cannot be
// taken.
func (r *tableRow) cell(row *source.Row, column int, field string, required bool) string {
	r.field = field
	text := stated(row.Cell(column))
	switch {
	case len(text) > source.MaxScalarBytes:
		r.bad(fmt.Sprintf("is a text of %d bytes, the bound is %d", len(text), source.MaxScalarBytes), "")
		return ""
	case text == "" && required:
		r.lacks = append(r.lacks, field)
	}
	return strings.Clone(text) // so that the rest of the row is not kept
}

// entity is how messages name what the row is.
func (r *tableRow) entity() string {
	if r.id != "" {
		return r.reader.part + " " + quote(r.id)
	}
	return "the " + r.reader.part + " in line " + strconv.Itoa(int(r.origin.Line))
}

func (r *tableRow) subject() string {
	if r.id != "" {
		return r.reader.subject + "/" + r.reader.part + "/" + r.id
	}
	return r.reader.subject
}

// bad notes that the value of the field cannot be taken.
func (r *tableRow) bad(what, detail string) *flaw {
	return r.note(r.field, r.field, ": "+r.field+" "+what, detail)
}

// lack notes the fields that are required and not there.
func (r *tableRow) lack() {
	fields := r.lacks
	if len(fields) == 0 {
		return
	}
	first, detail := fields[0], ""
	if len(fields) >= r.reader.totals { // whatever else it holds does not matter
		r.flaws, detail = nil, r.reader.notOne
	}
	are := " is"
	if len(fields) > 1 {
		are = " are"
	}
	for i, f := range fields {
		fields[i] = quote(f)
	}
	r.note(first, "required", " lacks "+strings.Join(fields, ", ")+", which"+are+" required", detail)
}

// note adds a finding about a field of the row.
func (r *tableRow) note(field, key, what, detail string) *flaw {
	r.flaws = append(r.flaws, flaw{
		Diagnostic: diag.Diagnostic{Code: "CSV006", Severity: diag.Error, Subject: r.subject(), Key: key, Message: r.entity() + what, Detail: detail},
		at:         r.origin.At(field),
	})
	return &r.flaws[len(r.flaws)-1]
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
