package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
)

// quoteFinding reports a row that cannot be read: something is wrong with its
// quotes.
func (f *File) quoteFinding(e *csv.ParseError, delimiter rune) diag.Diagnostic {
	lines := f.lineIndex()
	offset := func(line, column int) int {
		if line > len(lines) {
			return len(f.Text)
		}
		return min(lines[line-1]+max(column-1, 0), len(f.Text))
	}
	at := offset(e.Line, e.Column)
	const double = "put the whole value in quotes, and write each quote inside of it twice"
	if errors.Is(e.Err, csv.ErrBareQuote) {
		return f.diagnostic("CSV002", f.byteRange(at, at+1), "a quote stands inside a value that is not in quotes", double)
	}
	start := offset(e.StartLine, 1)
	open := start + openingQuote(f.Text[start:at], byte(delimiter))
	if rest := f.Text[at:]; len(rest) == 0 || rest[0] != '"' { // it ran to the end
		return f.diagnostic("CSV002", f.byteRange(open, open+1), "a value begins with a quote that nothing closes", "close it, or "+double)
	}
	if line := f.positionIn(lines, open).Line; line != e.Line {
		return f.diagnostic("CSV002", f.byteRange(open, open+1), "a value in quotes goes on to line "+strconv.Itoa(e.Line)+", where text follows the quote that closes it",
			"close it where it ends, or write each quote inside of it twice")
	}
	return f.diagnostic("CSV002", f.byteRange(at, at+1), "text follows the quote that closes a value", "write each quote inside of the value twice")
}

// openingQuote is the offset of the quote that opened the value in which a text of
// whole values ends.
func openingQuote(text []byte, delimiter byte) int {
	at, open, begins := 0, false, true
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case open && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
		case open && c == '"':
			open = false
		case !open && begins && c == '"':
			at, open = i, true
		}
		begins = !open && (c == delimiter || c == '\n')
	}
	return at
}

// fieldsOf are the fields of the row that begins in a line, with their quotes; nil
// where none does.
func (f *File) fieldsOf(line int, delimiter rune) []span {
	lines := f.lineIndex()
	if line < 1 || line > len(lines) || delimiter == 0 {
		return nil
	}
	r := newReader(bytes.NewReader(f.Text[min(lines[line-1], len(f.Text)):]), delimiter)
	cells, err := r.Read()
	if err != nil {
		return nil
	}
	fields := make([]span, len(cells))
	end := lines[line-1] + int(r.InputOffset())
	end -= len(lineEnd(f.Text[:end]))
	for i := range fields {
		l, column := r.FieldPos(i)
		fields[i] = span{lines[line-1+l-1] + column - 1, end}
		if i > 0 {
			fields[i-1].end = fields[i].start - 1
		}
	}
	for i, s := range fields {
		text := string(f.Text[s.start:s.end])
		inner := trim(text)
		s.start += strings.Index(text, inner)
		fields[i] = span{s.start, s.start + len(inner)}
	}
	return fields
}

// lineEnd is the end of a line that a text ends with.
func lineEnd(text []byte) []byte {
	for _, end := range []string{"\r\n", "\n"} {
		if bytes.HasSuffix(text, []byte(end)) {
			return text[len(text)-len(end):]
		}
	}
	return nil
}

// cellRange is the range of a place in a CSV file: the cell of the field, else that
// of the id or name, else the first one.
func (f *File) cellRange(p Place) diag.Range {
	fields := f.fieldsOf(int(p.Origin.Line), f.table.delimiter)
	if len(fields) == 0 {
		at := diag.Position{Line: int(p.Origin.Line), Column: int(p.Origin.Col)}
		return diag.Range{Start: at, End: at}
	}
	names := []string{"id", "name"}
	if len(p.Path) > 0 {
		names = append([]string{p.Path[len(p.Path)-1]}, names...)
	}
	for _, name := range names {
		if i, ok := f.table.at[name]; ok && i < len(fields) {
			return f.byteRange(fields[i].start, fields[i].end)
		}
	}
	return f.byteRange(fields[0].start, fields[0].end)
}

// listed shows a few texts in a message.
func listed(texts []string) string {
	const most = 20
	var b strings.Builder
	for i, text := range texts {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(texts)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		if r := []rune(text); len(r) > 40 {
			text = string(r[:40]) + "…"
		}
		b.WriteString(strconv.Quote(text))
	}
	return b.String()
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
