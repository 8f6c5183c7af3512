package source

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
)

// judge reports what is wrong with a header row.
func (f *File) judge(l *Layout, h *head) []diag.Diagnostic {
	if h.err != nil {
		return []diag.Diagnostic{f.quoteFinding(h.err, h.comma)}
	}
	var diags []diag.Diagnostic
	for _, i := range h.missing {
		diags = append(diags, f.missingColumn(&l.Columns[i], h))
	}
	for _, i := range h.twice {
		diags = append(diags, f.columnTwice(&l.Columns[i], h, h.at[i]))
	}
	return diags
}

// missingColumn reports a column that must be there and is not: at its header,
// where a document states one, else at the header row.
func (f *File) missingColumn(c *Column, h *head) diag.Diagnostic {
	name, headers := path.Base(f.Name), named(h.headers)
	d := f.diagnostic("CSV004", f.headRange(h), name+" has no column "+strconv.Quote(c.header()), "")
	d.Key = "columns/" + c.Name
	d.Suggestion = nearestHeader(c.header(), headers)
	d.Detail = "its columns are " + listed(headers)
	if c.Header == "" {
		d.Detail = "add it, or say which column holds it with columns: {" + c.Name + ": …}; " + d.Detail
		return d
	}
	d.Message += " for " + c.Name
	d.Related = []diag.Related{{Location: d.Location, Message: "the header row"}}
	d.Location = new(Locator).Locate(c.At)
	if d.Suggestion != "" {
		d.Fix = &diag.Fix{Range: d.Range, NewText: strconv.Quote(d.Suggestion)}
	}
	return d
}

// columnTwice reports a column that is there again behind the index first.
func (f *File) columnTwice(c *Column, h *head, first int) diag.Diagnostic {
	second := first + 1
	for fold(h.headers[second]) != fold(c.header()) {
		second++
	}
	fields := f.fieldsOf(h.line, h.comma)
	d := f.diagnostic("CSV004", f.byteRange(fields[second].start, fields[second].end),
		"two columns have the header "+strconv.Quote(c.header())+", from which "+c.Name+" is read", "give one of the two another header, or map "+c.Name+" to another column")
	d.Key = "columns/" + c.Name
	d.Related = []diag.Related{{
		Location: diag.Location{File: f.Name, Range: f.byteRange(fields[first].start, fields[first].end)}, Message: "first here",
	}}
	return d
}

// titleLines is how many lines are taken for what may stand above a header row.
const titleLines = 20

// laterHead reports that a later line has all columns that the header row, which is
// none then, must have; nil where there is no such line.
func (f *File) laterHead(l *Layout, h *head) *diag.Diagnostic {
	for line := 2; line <= min(titleLines, len(f.lineIndex())); line++ {
		for _, later := range readHeads(f, l, line) {
			if len(later.missing) > 0 || later.line <= h.line || l.Delimiter != 0 && later.comma != l.Delimiter {
				continue
			}
			d := f.diagnostic("CSV004", f.headRange(later), path.Base(f.Name)+" does not begin with its header row, which is line "+strconv.Itoa(later.line), "delete what stands above it")
			return &d
		}
	}
	return nil
}

// otherDelimiter reports a delimiter with which the columns are not there, though
// they, or more of them, are with another one; sure is that no third one does it too.
func (f *File) otherDelimiter(l *Layout, other *head, sure bool) diag.Diagnostic {
	name := delimiterName(other.comma)
	d := f.diagnostic("CSV003", diag.Range{}, fmt.Sprintf("delimiter is %s, but a %s separates the columns of %s", delimiterName(l.Delimiter), name, path.Base(f.Name)),
		"correct it, or leave it out to have it found out")
	d.Related = []diag.Related{{Location: diag.Location{File: f.Name, Range: f.headRange(other)}, Message: "the header row"}}
	d.Location = new(Locator).Locate(l.At)
	d.Key = "delimiter"
	if sure {
		d.Suggestion = name
		d.Fix = &diag.Fix{Range: d.Range, NewText: name}
	}
	return d
}

// severalDelimiters reports that nobody can know which delimiter is meant.
func (f *File) severalDelimiters(whole []*head) diag.Diagnostic {
	var names []string
	for _, h := range whole {
		names = append(names, delimiterName(h.comma))
	}
	return f.diagnostic("CSV003", f.headRange(whole[0]), "the header row has all columns with more than one delimiter: "+strings.Join(names, ", "), "say which one it is with delimiter:")
}

// noDelimiter reports a header row that no delimiter separates better than another.
func (f *File) noDelimiter(l *Layout, h *head) diag.Diagnostic {
	return f.diagnostic("CSV003", f.headRange(h), "neither comma nor semicolon, tab or pipe separates the columns of the header row",
		"the columns "+listed(l.needed())+" must be there, separated by one of these")
}

// headRange is the range of a header row.
func (f *File) headRange(h *head) diag.Range {
	fields := f.fieldsOf(h.line, h.comma)
	return f.byteRange(fields[0].start, fields[max(h.named, 1)-1].end)
}

// nearestHeader is the header that another one was meant to be, or nothing.
func nearestHeader(wrong string, headers []string) string {
	folded := make([]string, len(headers))
	for i, h := range headers {
		folded[i] = fold(h)
	}
	if i := slices.Index(folded, diag.Nearest(fold(wrong), folded)); i >= 0 {
		return headers[i]
	}
	return ""
}
