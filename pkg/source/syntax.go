package source

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	goyaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/diag"
)

// Bounds on the work that a good place for a syntax error is worth: the size of
// files that are parsed again, and the number of lines up to which every prefix
// is tried.
const (
	reparseBytes = 256 << 10
	everyPrefix  = 300
)

var libraryLine = pattern(`^yaml: (?:line (\d+): )?(.*)$`)

// syntaxError turns a refusal of the YAML library into a finding. The library
// knows a line at best, and often that where the enclosing block began, so the
// line is looked for, and the column is that of a second parser where the two
// agree on the line. The reason stays the library's.
func syntaxError(f *File, err error) diag.Diagnostic {
	line, reason := splitError(err)
	if strings.Contains(reason, "exceeded max depth") {
		return f.diagnostic("YAML009", f.deepest(), "nested more than "+strconv.Itoa(MaxDepth)+" levels deep", "")
	}
	at := diag.Position{Line: max(line, 1)}
	if len(f.Text) <= reparseBytes {
		other, ok := secondOpinion(f)
		switch n := failingLine(f, reason); {
		case ok && strings.Contains(reason, "found unexpected end of stream"):
			at = other // an open quote is noticed at the end, but is to be closed where it begins
		case ok && (n == 0 || other.Line == n):
			at = other
		case n > 0:
			at = diag.Position{Line: n}
		}
	}
	if r, ok := openQuote(f, at.Line); ok {
		return f.diagnostic("YAML001", r, "a quote is not closed", "close it on this line; a quoted text that goes on must be indented deeper than its key")
	}
	if r, ok := tabIndent(f, at.Line); ok || strings.Contains(reason, "tab character") {
		if !ok {
			r = f.wholeLine(at.Line)
		}
		return f.diagnostic("YAML006", r, "the line is indented with a tab", "indent with spaces; YAML allows no tabs there")
	}
	where := f.wholeLine(at.Line)
	if at.Column > 0 && at.Column < where.End.Column {
		where.Start.Column = at.Column
	}
	text, _ := f.Line(where.Start.Line)
	if column, length, message, detail := inspect(text, reason); message != "" {
		if column > 0 {
			where.Start.Column = column
			where.End.Column = column + length
		}
		return f.diagnostic("YAML001", where, message, detail)
	}
	message, detail := explain(reason)
	return f.diagnostic("YAML001", where, message, detail)
}

// splitError takes an error of the library apart; line is 0 where it names none.
func splitError(err error) (line int, reason string) {
	m := libraryLine().FindStringSubmatch(err.Error())
	if m == nil {
		return 0, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	return line, m[2]
}

// failingLine is the last line of the shortest beginning of the file that the
// library refuses for the same reason, 0 where none is found. Beginnings do not
// fail in a row, so a file of some length is searched by halves and then
// confirmed.
func failingLine(f *File, reason string) int {
	ends := slices.Clone(f.lineIndex()[1:])
	if len(f.Text) > 0 && f.Text[len(f.Text)-1] != '\n' {
		ends = append(ends, len(f.Text))
	}
	fails := func(lines int) bool {
		err := firstError(f.Text[:ends[lines-1]])
		if err == nil {
			return false
		}
		_, other := splitError(err)
		return other == reason
	}
	if len(ends) <= everyPrefix {
		for n := 1; n <= len(ends); n++ {
			if fails(n) {
				return n
			}
		}
		return 0
	}
	low, high := 0, len(ends) // low does not fail, high does
	for low+1 < high {
		if mid := (low + high) / 2; fails(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	if fails(high) {
		return high
	}
	return 0
}

// firstError parses a text for its first error.
func firstError(text []byte) error {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var n yaml.Node
		if err := decode(dec, &n); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// deepest points at the bracket that opens one level too many.
func (f *File) deepest() diag.Range {
	depth := 0
	for i, c := range f.Text {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > MaxDepth {
			return f.byteRange(i, i+1)
		}
	}
	return f.wholeLine(1)
}

// secondOpinion asks another parser where it stumbles.
func secondOpinion(f *File) (at diag.Position, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	_, err := parser.ParseBytes(f.Text, 0)
	var refusal goyaml.Error
	if err == nil || !errors.As(err, &refusal) || refusal.GetToken() == nil || refusal.GetToken().Position == nil {
		return at, false
	}
	p := refusal.GetToken().Position
	return diag.Position{Line: p.Line, Column: p.Column}, p.Line > 0 && p.Column > 0
}

// wholeLine is the range of a line without its indentation and line ending; of
// the last line where there are fewer.
func (f *File) wholeLine(number int) diag.Range {
	text, ok := f.Line(number)
	for ; !ok && number > 1; text, ok = f.Line(number) {
		number--
	}
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	start := diag.Position{Line: number, Column: 1 + indent}
	end := diag.Position{Line: number, Column: 1 + len([]rune(strings.TrimRight(text, " \t")))}
	if end.Column < start.Column {
		end = start
	}
	return diag.Range{Start: start, End: end}
}

// tabIndent looks for a tab in the indentation of a line and of its neighbours.
func tabIndent(f *File, number int) (diag.Range, bool) {
	for _, n := range []int{number, number + 1, number - 1} {
		text, ok := f.Line(n)
		if !ok || n < 1 {
			continue
		}
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		if i := strings.IndexByte(indent, '\t'); i >= 0 && strings.TrimSpace(text) != "" {
			return diag.Range{
				Start: diag.Position{Line: n, Column: i + 1},
				End:   diag.Position{Line: n, Column: len(indent) + 1},
			}, true
		}
	}
	return diag.Range{}, false
}

var quoteOpens = pattern(`^(\s*(?:- +)*)[^\s:#'"]+: +(["'].*)$`)

// openQuote looks, up to a line, for the first quoted value that is not closed on
// its line although the next line is indented no deeper than its key.
func openQuote(f *File, upTo int) (diag.Range, bool) {
	for n := 1; n <= upTo; n++ {
		line, ok := f.Line(n)
		m := quoteOpens().FindStringSubmatch(line)
		if !ok || m == nil {
			continue
		}
		style := yaml.DoubleQuotedStyle
		if m[2][0] == '\'' {
			style = yaml.SingleQuotedStyle
		}
		if end := scalarEnd([]byte(m[2]), 0, &yaml.Node{Style: style}); end < len(m[2]) || m[2][end-1] == m[2][0] && end > 1 {
			continue
		}
		next, ok := f.Line(n + 1)
		if indent := len(next) - len(strings.TrimLeft(next, " ")); ok && strings.TrimSpace(next) != "" && indent <= len(m[1]) {
			r := f.wholeLine(n)
			r.Start.Column = r.End.Column - len([]rune(strings.TrimRight(m[2], " \t")))
			return r, true
		}
	}
	return diag.Range{}, false
}
