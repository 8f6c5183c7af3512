package portfolio

import (
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
	// silent tells a header that may be meant for the field, without which figures
	// are others and nothing is missing; nil is a field that does not matter so.
	silent func(header, field string) bool
}

// personFields are the columns in the order in which they are read: the id first,
// by which findings about the others name the person.
var personFields = []personField{
	{"id", true, func(c *PersonColumns) string { return c.ID }, func(r *personRow, s string) { r.id(&r.person.ID, s) }, nil},
	{"name", false, func(c *PersonColumns) string { return c.Name }, func(r *personRow, s string) { r.person.Name = s }, nil},
	{"github", false, func(c *PersonColumns) string { return c.GitHub }, func(r *personRow, s string) { r.person.Handles.GitHub = s }, nil},
	{"gitlab", false, func(c *PersonColumns) string { return c.GitLab }, func(r *personRow, s string) { r.person.Handles.GitLab = s }, nil},
	{"email", false, func(c *PersonColumns) string { return c.Email }, func(r *personRow, s string) { r.form(&r.person.Handles.Email, emailForm, s) }, nil},
	{"team", false, func(c *PersonColumns) string { return c.Team }, func(r *personRow, s string) { r.form(&r.person.Team, nameForm, s) }, speaksOf},
	{"role", true, func(c *PersonColumns) string { return c.Role }, func(r *personRow, s string) { r.person.Role = s }, nil},
	{"level", true, func(c *PersonColumns) string { return c.Level }, func(r *personRow, s string) { r.form(&r.person.Level, idForm, s) }, nil},
	{"location", false, func(c *PersonColumns) string { return c.Location }, func(r *personRow, s string) { r.person.Location = s }, speaksOf},
	{"fte", false, func(c *PersonColumns) string { return c.FTE }, func(r *personRow, s string) { r.fte(s) }, speaksOf},
	{"employment", false, func(c *PersonColumns) string { return c.Employment }, func(r *personRow, s string) {
		r.person.Employment = choose(r, s, Employee, Contractor, Intern)
	}, speaksOf},
	{"start", true, func(c *PersonColumns) string { return c.Start }, func(r *personRow, s string) { r.date(&r.person.Start, s) }, nil},
	{"end", false, func(c *PersonColumns) string { return c.End }, func(r *personRow, s string) { r.date(&r.person.End, s) }, speaksOf},
	{"leaveReason", false, func(c *PersonColumns) string { return c.LeaveReason }, func(r *personRow, s string) {
		r.person.LeaveReason = choose(r, s, Voluntary, Involuntary, LeftOther)
	}, speaksOf},
	{"manager", false, func(c *PersonColumns) string { return c.Manager }, func(r *personRow, s string) { r.form(&r.person.Manager, idForm, s) }, isNear},
}

// peopleReader reads the CSV file of a roster.
type peopleReader struct {
	roster  *Roster
	file    *source.File
	subject string // of the roster
	locator source.Locator
	dates   datesRead
	wrong   flaws
	doubts  doubts
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
	hasTeam := table.Has(slices.IndexFunc(personFields, func(f personField) bool { return f.name == "team" }))
	var people []*Person
	for row, d := range table.Rows() {
		p.doubts.rows++
		if d != nil {
			p.adopt(d)
			p.wrong.add(flaw{Diagnostic: *d})
			continue
		}
		person := p.row(row)
		if person != nil {
			people = append(people, person)
		}
		p.doubts.look(row, person, hasTeam)
	}
	return people, append(p.findings(), p.doubted(table)...)
}

// adopt makes a finding about the file one of the roster.
func (p *peopleReader) adopt(d *diag.Diagnostic) {
	d.Subject, d.Message = p.subject, entityOf(p.subject)+": "+d.Message
}

// totalLacks is how many values that are required a row lacks that is no person, but
// of totals, say.
const totalLacks = 3

// row reads a row; nil is one with findings.
func (p *peopleReader) row(row *source.Row) *Person {
	r := personRow{reader: p, person: &Person{Origin: row.Origin()}}
	var lacks []string
	for i := range personFields {
		f := &personFields[i]
		r.field = f.name
		switch text := stated(row.Cell(i)); {
		case len(text) > source.MaxScalarBytes:
			r.bad(fmt.Sprintf("is a text of %d bytes, the bound is %d", len(text), source.MaxScalarBytes), "")
		case text != "":
			f.read(&r, strings.Clone(text)) // so that the rest of the row is not kept
		case f.required:
			lacks = append(lacks, f.name)
		}
	}
	r.lack(lacks)
	person := r.person
	if len(r.flaws) == 0 && !person.End.IsZero() && person.End.Before(person.Start) {
		f := flaw{Diagnostic: reversed(r.entity(), "end", person.Start, person.End), at: person.Origin.At("end")}
		f.Subject = r.subject()
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
	if formats, n := p.dates.otherwise(p.roster.DateFormat); formats != nil {
		p.wrong.dropDates(formats)
		diags = append(diags, p.otherFormat(formats, n))
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

// locate is the finding of a flaw, with its place.
func (p *peopleReader) locate(f *flaw) diag.Diagnostic {
	if f.at.Origin.File != nil {
		f.Location = p.locator.Locate(f.at)
	}
	return f.Diagnostic
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
	return r.note(r.field, r.field, ": "+r.field+" "+what, detail)
}

// lack notes the fields that are required and not there.
func (r *personRow) lack(fields []string) {
	if len(fields) == 0 {
		return
	}
	first, detail := fields[0], ""
	if len(fields) >= totalLacks { // whatever else it holds does not matter
		r.flaws, detail = nil, "delete the row if it is nobody's, such as one of totals"
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

// note adds a finding about a field of the person.
func (r *personRow) note(field, key, what, detail string) *flaw {
	r.flaws = append(r.flaws, flaw{
		Diagnostic: diag.Diagnostic{Code: "CSV006", Severity: diag.Error, Subject: r.subject(), Key: key, Message: r.entity() + what, Detail: detail},
		at:         r.person.Origin.At(field),
	})
	return &r.flaws[len(r.flaws)-1]
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
