package portfolio

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// doubts are what makes one doubt that a file says what it seems to say.
type doubts struct {
	rows     int  // that hold text
	swallows flaw // the first row that looks as if it held others
	teamless flaw // the first person without a team
	alone    int  // people without a team
}

// look takes a row, and the person in it; nil where it could not be read.
func (d *doubts) look(row *source.Row, p *Person, hasTeam bool) {
	if at, ok := row.Swallows(); ok && d.swallows.Code == "" {
		d.swallows.Code, d.swallows.Location = "CSV009", diag.Location{File: row.Origin().File.Name, Range: at}
	}
	if p != nil && p.Team == "" && hasTeam {
		if d.alone++; d.alone == 1 {
			d.teamless.at = p.Origin.At("team")
		}
	}
}

// doubted are the findings about the file.
func (p *peopleReader) doubted(t *source.Table) []diag.Diagnostic {
	file := path.Base(p.file.Name)
	var diags []diag.Diagnostic
	warn := func(at diag.Location, key, message, detail string) {
		diags = append(diags, diag.Diagnostic{
			Location: at, Code: "CSV009", Severity: diag.Warning, Subject: p.subject, Key: key, Message: entityOf(p.subject) + ": " + message, Detail: detail,
		})
	}
	if p.doubts.rows == 0 {
		warn(t.Head(), "rows", file+" has a header row and nobody below it", "export it again; a roster that is empty for now needs no csv")
	}
	if p.doubts.swallows.Code != "" {
		warn(p.doubts.swallows.Location, "swallowed", "a value of "+file+" goes over lines that look like rows of their own",
			"delete the quote that opens it, or write it twice inside of quotes")
	}
	if n := p.doubts.alone; n > 0 {
		warn(p.locator.Locate(p.doubts.teamless.at), "team", fmt.Sprintf("no team stands in %s of %s", plural(n, "row"), file),
			"fill it in, or state a team of the roster for those who have none")
	}
	return append(diags, p.unread(t)...)
}

// unread reports columns that look like one of a field that changes figures, and of
// which no column is read.
func (p *peopleReader) unread(t *source.Table) []diag.Diagnostic {
	var diags []diag.Diagnostic
	headers := t.Unread()
	for i := range personFields {
		f := &personFields[i]
		if f.silent == nil || t.Has(i) || f.name == "team" && p.roster.Team != "" {
			continue
		}
		for _, h := range headers {
			if !f.silent(h.Text, f.name) {
				continue
			}
			diags = append(diags, diag.Diagnostic{
				Location: h.Location, Code: "CSV008", Severity: diag.Warning, Subject: p.subject, Key: "columns/" + f.name,
				Message: fmt.Sprintf("%s: column %s of %s is not read, nor is another one for %s", entityOf(p.subject), quote(h.Text), path.Base(p.file.Name), f.name),
				Detail:  "if it is meant, say so: columns: {" + f.name + ": " + quote(h.Text) + "}",
			})
			break
		}
	}
	return diags
}

// speaksOf reports whether a header has all the words of the name of a field, or is
// one that is near it.
func speaksOf(header, field string) bool {
	words := wordsOf(header)
	for _, w := range wordsOf(field) {
		if !slices.Contains(words, w) {
			return isNear(header, field)
		}
	}
	return true
}

// isNear reports whether a header is the name of a field but for its spelling. In
// short names everything is near.
func isNear(header, field string) bool {
	const least = 6
	a, b := strings.Join(wordsOf(header), ""), strings.Join(wordsOf(field), "")
	more := len(a) - len(b)
	return a == b || len(b) >= least && more >= -1 && more <= 1 && diag.Nearest(b, []string{a}) != ""
}

// wordsOf are the words of a header or of the name of a field, in lower case:
// leaveReason has two.
func wordsOf(text string) []string {
	var spaced strings.Builder
	last := ' '
	for _, c := range text {
		if unicode.IsUpper(c) && unicode.IsLower(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(c)
		last = c
	}
	return strings.FieldsFunc(strings.ToLower(spaced.String()), func(c rune) bool { return !unicode.IsLetter(c) })
}
