package portfolio

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// personField is a column of a CSV file of people. A new one needs a row here, a
// field of PersonColumns and a property in the schema.
type personField struct {
	name     string
	required bool
	header   func(*PersonColumns) string
	// read takes a text that is not empty.
	read func(*personRow, string)
}

// personFields are the columns in the order in which they are read: the id first,
// by which findings about the others name the person.
var personFields = []personField{
	{"id", true, func(c *PersonColumns) string { return c.ID }, func(r *personRow, s string) { r.id(&r.person.ID, s) }},
	{"name", false, func(c *PersonColumns) string { return c.Name }, func(r *personRow, s string) { r.person.Name = s }},
	{"github", false, func(c *PersonColumns) string { return c.GitHub }, func(r *personRow, s string) { r.person.Handles.GitHub = s }},
	{"gitlab", false, func(c *PersonColumns) string { return c.GitLab }, func(r *personRow, s string) { r.person.Handles.GitLab = s }},
	{"email", false, func(c *PersonColumns) string { return c.Email }, func(r *personRow, s string) { r.form(&r.person.Handles.Email, emailForm, s) }},
	{"team", false, func(c *PersonColumns) string { return c.Team }, func(r *personRow, s string) { r.form(&r.person.Team, nameForm, s) }},
	{"role", true, func(c *PersonColumns) string { return c.Role }, func(r *personRow, s string) { r.person.Role = s }},
	{"level", true, func(c *PersonColumns) string { return c.Level }, func(r *personRow, s string) { r.form(&r.person.Level, idForm, s) }},
	{"location", false, func(c *PersonColumns) string { return c.Location }, func(r *personRow, s string) { r.person.Location = s }},
	{"fte", false, func(c *PersonColumns) string { return c.FTE }, func(r *personRow, s string) { r.fte(s) }},
	{"employment", false, func(c *PersonColumns) string { return c.Employment }, func(r *personRow, s string) {
		r.person.Employment = choose(r, s, Employee, Contractor, Intern)
	}},
	{"start", true, func(c *PersonColumns) string { return c.Start }, func(r *personRow, s string) { r.date(&r.person.Start, s) }},
	{"end", false, func(c *PersonColumns) string { return c.End }, func(r *personRow, s string) { r.date(&r.person.End, s) }},
	{"leaveReason", false, func(c *PersonColumns) string { return c.LeaveReason }, func(r *personRow, s string) {
		r.person.LeaveReason = choose(r, s, Voluntary, Involuntary, LeftOther)
	}},
	{"manager", false, func(c *PersonColumns) string { return c.Manager }, func(r *personRow, s string) { r.form(&r.person.Manager, idForm, s) }},
}

// peopleReader reads the CSV file of a roster.
type peopleReader struct {
	roster  *Roster
	file    *source.File
	subject string // of the roster
	locator source.Locator
	dates   datesRead
	wrong   flaws
}

// readPeople reads the people of a roster's CSV file. Who stands in a row with a
// finding is left out.
func readPeople(r *Roster, f *source.File) ([]*Person, []diag.Diagnostic) {
	p := peopleReader{roster: r, file: f, subject: "roster/" + r.Meta.Name}
	layout := source.Layout{Delimiter: r.Delimiter.char(), At: r.Origin.At("delimiter")}
	for _, field := range personFields {
		layout.Columns = append(layout.Columns, source.Column{
			Name: field.name, Header: field.header(&r.Columns), Required: field.required, At: r.Origin.At("columns", field.name),
		})
	}
	table, diags := source.OpenTable(f, layout)
	if table == nil {
		for i := range diags {
			p.adopt(&diags[i])
		}
		return nil, diags
	}
	var people []*Person
	for row, d := range table.Rows() {
		if d != nil {
			p.wrong.add(flaw{found: d})
			continue
		}
		if person := p.row(row); person != nil {
			people = append(people, person)
		}
	}
	return people, p.findings()
}

// adopt makes a finding about the file one of the roster.
func (p *peopleReader) adopt(d *diag.Diagnostic) {
	d.Subject, d.Message = p.subject, entityOf(p.subject)+": "+d.Message
}

// row reads a row; nil is one with findings.
func (p *peopleReader) row(row *source.Row) *Person {
	r := personRow{reader: p, person: &Person{Origin: row.Origin()}}
	for i := range personFields {
		f := &personFields[i]
		r.field = f.name
		switch text := row.Cell(i); {
		case len(text) > source.MaxScalarBytes:
			r.bad(fmt.Sprintf("is a text of %d bytes, the bound is %d", len(text), source.MaxScalarBytes), "")
		case text != "":
			f.read(&r, strings.Clone(text)) // so that the rest of the row is not kept
		case f.required:
			r.flaws = append(r.flaws, flaw{origin: row.Origin(), field: f.name, subject: r.subject(), message: r.entity() + " lacks " + quote(f.name) + ", which is required"})
		}
	}
	person := r.person
	if len(r.flaws) == 0 && !person.End.IsZero() && person.End.Before(person.Start) {
		f := reversed(r.entity(), "end", person.Start, person.End)
		f.origin, f.subject = person.Origin, r.subject()
		r.flaws = append(r.flaws, f)
	}
	if len(r.flaws) > 0 {
		p.wrong.add(r.flaws...)
		return nil
	}
	p.roster.complete(person)
	return person
}

// findings are those of all rows.
func (p *peopleReader) findings() []diag.Diagnostic {
	var diags []diag.Diagnostic
	if f, all := p.dates.allOtherwise(); all {
		p.wrong.dropDates()
		diags = append(diags, p.otherFormat(f))
	}
	shown, more, first := p.wrong.shown()
	for i := range shown {
		diags = append(diags, p.locate(&shown[i]))
	}
	if more > 0 {
		d := p.locate(&first)
		d.Message = fmt.Sprintf("%s: %s more of %s cannot be read", entityOf(p.subject), plural(more, "row"), path.Base(p.file.Name))
		d.Subject, d.Key, d.Suggestion, d.Fix = p.subject, "more", "", nil
		d.Detail = "they are told once those above are mended; this is the first of them"
		diags = append(diags, d)
	}
	return diags
}

// locate makes a finding of a flaw.
func (p *peopleReader) locate(f *flaw) diag.Diagnostic {
	if f.found != nil {
		d := *f.found
		p.adopt(&d)
		return d
	}
	return diag.Diagnostic{
		Location: p.locator.Locate(f.origin.At(f.field)),
		Code:     cmp.Or(f.code, "CSV006"), Severity: diag.Error,
		Message: f.message, Detail: f.detail, Suggestion: f.suggestion, Subject: f.subject, Key: f.field,
	}
}

// otherFormat reports that all dates are written in another format than the roster
// says.
func (p *peopleReader) otherFormat(formats []DateFormat) diag.Diagnostic {
	stated := p.roster.DateFormat
	d := diag.Diagnostic{
		Location: p.locator.Locate(p.roster.Origin.At("dateFormat")),
		Code:     "CSV006", Severity: diag.Error, Subject: p.subject, Key: "dateFormat",
		Message: fmt.Sprintf("%s: no date of %s is written as %s, all %d as %s", entityOf(p.subject), path.Base(p.file.Name), stated, p.dates.wrong, formats[0]),
	}
	if len(formats) == 1 {
		d.Detail, d.Suggestion = "state it: dateFormat: "+string(formats[0]), string(formats[0])
		return d
	}
	d.Message = fmt.Sprintf("%s: no date of %s is written as %s", entityOf(p.subject), path.Base(p.file.Name), stated)
	d.Detail = "they may be " + joinFormats(formats) + ": state with dateFormat which of these it is"
	return d
}

// personRow is the row of a person while it is read.
type personRow struct {
	reader *peopleReader
	person *Person
	field  string
	flaws  []flaw
}

// entity is how messages name the person.
func (r *personRow) entity() string {
	if r.person.ID != "" {
		return "person " + quote(r.person.ID)
	}
	return "the person in line " + strconv.Itoa(int(r.person.Origin.Line))
}

func (r *personRow) subject() string {
	if r.person.ID != "" {
		return r.reader.subject + "/person/" + r.person.ID
	}
	return r.reader.subject
}

// bad notes that the value of the field cannot be taken.
func (r *personRow) bad(what, detail string) *flaw {
	r.flaws = append(r.flaws, flaw{
		origin: r.person.Origin, field: r.field, subject: r.subject(), message: r.entity() + ": " + r.field + " " + what, detail: detail,
	})
	return &r.flaws[len(r.flaws)-1]
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

func joinFormats(formats []DateFormat) string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = string(f)
	}
	return strings.Join(names, " or ")
}

// datesRead counts the dates of a file by how they are written.
type datesRead struct {
	right, wrong int
	as           map[DateFormat]int // of the wrong ones, which are written so
}

// allOtherwise returns the formats that all dates are written in, where that is not
// the one that was stated.
func (d *datesRead) allOtherwise() ([]DateFormat, bool) {
	if d.right > 0 || d.wrong < 2 {
		return nil, false
	}
	formats := slices.DeleteFunc(slices.Clone(dateFormats), func(f DateFormat) bool { return d.as[f] < d.wrong })
	return formats, len(formats) > 0
}
