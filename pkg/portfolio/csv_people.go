package portfolio

import (
	"slices"
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
	{"id", true, func(c *PersonColumns) string { return c.ID }, func(r *personRow, s string) { r.takeID(s) }, nil},
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
		r.person.Employment = choose(&r.tableRow, s, Employee, Contractor, Intern)
	}, speaksOf},
	{"start", true, func(c *PersonColumns) string { return c.Start }, func(r *personRow, s string) { r.date(&r.person.Start, s) }, nil},
	{"end", false, func(c *PersonColumns) string { return c.End }, func(r *personRow, s string) { r.date(&r.person.End, s) }, speaksOf},
	{"leaveReason", false, func(c *PersonColumns) string { return c.LeaveReason }, func(r *personRow, s string) {
		r.person.LeaveReason = choose(&r.tableRow, s, Voluntary, Involuntary, LeftOther)
	}, speaksOf},
	{"manager", false, func(c *PersonColumns) string { return c.Manager }, func(r *personRow, s string) { r.form(&r.person.Manager, idForm, s) }, isNear},
}

// peopleReader reads the CSV file of a roster.
type peopleReader struct {
	tableReader
	roster   *Roster
	teamless flaw // the first person without a team, in a file with a column of teams
	alone    int  // people without a team
}

// readPeople reads the people of a roster's CSV file. Who stands in a row with a
// finding is left out.
func readPeople(r *Roster, f *source.File) ([]*Person, []diag.Diagnostic) {
	p := peopleReader{roster: r, tableReader: tableReader{
		file: f, of: r.Origin, subject: "roster/" + r.Meta.Name, part: "person", format: r.DateFormat,
		totals: 3, notOne: "delete the row if it is nobody's, such as one of totals",
	}}
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
	for row := range p.rows(table) {
		person := p.row(row)
		if person == nil {
			continue
		}
		people = append(people, person)
		if person.Team == "" && hasTeam {
			if p.alone++; p.alone == 1 {
				p.teamless.at = person.Origin.At("team")
			}
		}
	}
	return people, append(p.findings(), p.doubted(table)...)
}

// row reads a row; nil is one with findings.
func (p *peopleReader) row(row *source.Row) *Person {
	r := personRow{tableRow: tableRow{reader: &p.tableReader, origin: row.Origin()}, person: &Person{Origin: row.Origin()}}
	for i := range personFields {
		f := &personFields[i]
		if text := r.cell(row, i, f.name, f.required); text != "" {
			f.read(&r, text)
		}
	}
	r.lack()
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

// doubted are the findings about the file.
func (p *peopleReader) doubted(t *source.Table) []diag.Diagnostic {
	diags := p.doubts(t, "has a header row and nobody below it", "export it again; a roster that is empty for now needs no csv")
	if n := p.alone; n > 0 {
		diags = append(diags, p.doubt(p.locator.Locate(p.teamless.at), "team", "no team stands in "+plural(n, "row")+" of "+p.base(),
			"fill it in, or state a team of the roster for those who have none"))
	}
	for i := range personFields {
		f := &personFields[i]
		if f.silent != nil && (f.name != "team" || p.roster.Team == "") {
			diags = append(diags, p.unread(t, i, f.name, f.silent)...)
		}
	}
	return diags
}

// personRow is the row of a person while it is read.
type personRow struct {
	tableRow
	person *Person
}

// takeID takes the id of the person.
func (r *personRow) takeID(text string) {
	r.form(&r.person.ID, idForm, text)
	r.id = r.person.ID
	if r.id == "" && strings.Contains(text, "@") {
		r.flaws[len(r.flaws)-1].Detail = "take the id from another column, such as that of a user name or a personnel number"
	}
}

const (
	// mostOfOne is how much one employment can be; what is more is no number of
	// full-time equivalents.
	mostOfOne = 2 * FullTime
	// leastPercent is from when on a number is a percentage rather than hours a week.
	leastPercent = 50 * FullTime
)

// fte takes a decimal, written with a point or a comma.
func (r *personRow) fte(text string) {
	decimal := text
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		decimal = strings.Replace(text, ",", ".", 1)
	}
	n, err := ParseMilliFTE(decimal)
	switch {
	case err == nil && n > mostOfOne:
		f := r.bad("is "+text+", expected at most "+mostOfOne.String(), "1 is full time; divide hours by those of full time")
		if n >= leastPercent && n <= 100*mostOfOne && n%100 == 0 {
			f.Detail, f.Suggestion = "1 is full time; as a percentage it is "+(n/100).String(), (n / 100).String()
		}
		return
	case err == nil && n > 0:
		r.person.FTE = n
		return
	case err == nil:
		r.bad("is "+text+", expected at least 0.001", "leave it empty for full time; who does not work here needs no row, or an end")
		return
	}
	f := r.bad("is "+quote(text)+", expected a number of full-time equivalents above 0 such as 0.8", "")
	if percent, wrong := ParsePercent(strings.Replace(strings.ReplaceAll(text, " ", ""), ",", ".", 1)); wrong == nil && percent > 0 && percent%100 == 0 {
		f.Suggestion = MilliFTE(percent / 100).String()
	} else if !strings.Contains(text, "%") {
		f.Detail = err.Error()
	}
}
