package portfolio

import (
	"slices"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// doubt is a finding that makes one doubt that a file says what it seems to say.
func (t *tableReader) doubt(at diag.Location, key, message, detail string) diag.Diagnostic {
	return diag.Diagnostic{
		Location: at, Code: "CSV009", Severity: diag.Warning, Subject: t.subject, Key: key, Message: entityOf(t.subject) + ": " + message, Detail: detail,
	}
}

// doubts are those about any file; empty is what is said of one without rows.
func (t *tableReader) doubts(table *source.Table, empty, detail string) []diag.Diagnostic {
	var diags []diag.Diagnostic
	if t.count == 0 {
		diags = append(diags, t.doubt(table.Head(), "rows", t.base()+" "+empty, detail))
	}
	if t.swallows.Code != "" {
		diags = append(diags, t.doubt(t.swallows.Location, "swallowed", "a value of "+t.base()+" goes over lines that look like rows of their own",
			"delete the quote that opens it, or write it twice inside of quotes"))
	}
	return diags
}

// unread reports a column that looks like one of a field that changes figures, and of
// which no column is read.
func (t *tableReader) unread(table *source.Table, column int, field string, silent func(header, field string) bool) []diag.Diagnostic {
	h, found := silentHeader(table, column, field, silent)
	if !found {
		return nil
	}
	return []diag.Diagnostic{{
		Location: h.Location(), Code: "CSV008", Severity: diag.Warning, Subject: t.subject, Key: "columns/" + field,
		Message: entityOf(t.subject) + ": column " + quote(h.Text) + " of " + t.base() + " is not read, nor is another one for " + field,
		Detail:  "if it is meant, say so: columns: {" + field + ": " + quote(h.Text) + "}",
	}}
}

// silentHeader is the first header that may be meant for a field of which no column
// is read.
func silentHeader(table *source.Table, column int, field string, silent func(header, field string) bool) (source.Header, bool) {
	if table.Has(column) {
		return source.Header{}, false
	}
	headers := table.Unread()
	if i := slices.IndexFunc(headers, func(h source.Header) bool { return silent(h.Text, field) }); i >= 0 {
		return headers[i], true
	}
	return source.Header{}, false
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
