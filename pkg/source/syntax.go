package source

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"

	goyaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"github.com/progctl/progctl/pkg/diag"
)

// secondOpinionBytes bounds the files whose syntax errors are looked up with
// the second parser: it is asked for a position only, and is slow on large
// hostile ones.
const secondOpinionBytes = 256 << 10

var libraryLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntaxError turns a refusal of the YAML library into a finding. The library
// knows the line at best, and is often one off, so a second parser is asked for
// the place; the reason stays the first one's.
func syntaxError(f *File, err error) diag.Diagnostic {
	line, reason := 0, err.Error()
	if m := libraryLine.FindStringSubmatch(reason); m != nil {
		line, _ = strconv.Atoi(m[1])
		reason = m[2]
	}
	if strings.Contains(reason, "exceeded max depth") {
		return f.diagnostic("YAML009", f.deepest(), "nested more than "+strconv.Itoa(MaxDepth)+" levels deep", "")
	}
	at, ok := secondOpinion(f)
	if !ok || line > 0 && (at.Line < line-1 || at.Line > line+1) {
		at = diag.Position{Line: max(line, 1)}
	}
	if r, ok := tabIndent(f, at.Line); ok || strings.Contains(reason, "tab character") {
		if !ok {
			r = f.wholeLine(at.Line)
		}
		return f.diagnostic("YAML006", r, "the line is indented with a tab", "indent with spaces; YAML allows no tabs there")
	}
	message, detail := explain(reason)
	where := f.wholeLine(at.Line)
	if at.Column > 0 && at.Column < where.End.Column {
		where.Start.Column = at.Column
	}
	return f.diagnostic("YAML001", where, message, detail)
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

// secondOpinion asks the other parser where it stumbles.
func secondOpinion(f *File) (at diag.Position, ok bool) {
	if len(f.Text) > secondOpinionBytes {
		return at, false
	}
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

// wholeLine is the range of a line without its indentation and line ending.
func (f *File) wholeLine(number int) diag.Range {
	text, ok := f.Line(number)
	if !ok {
		at := diag.Position{Line: max(number, 1), Column: 1}
		return diag.Range{Start: at, End: at}
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
		if i := strings.IndexByte(indent, '\t'); i >= 0 && len(bytes.TrimSpace([]byte(text))) > 0 {
			return diag.Range{
				Start: diag.Position{Line: n, Column: i + 1},
				End:   diag.Position{Line: n, Column: len(indent) + 1},
			}, true
		}
	}
	return diag.Range{}, false
}

// explanations say what the library's terse reasons mean to who wrote the file.
var explanations = []struct{ reason, message, detail string }{
	{"mapping values are not allowed", `a ": " where no key can stand`, `quote the text if the colon belongs to it; else check the indentation of this line and of the one above`},
	{"did not find expected key", "a key was expected here", "check the indentation: this line belongs to none of the mappings above it"},
	{"could not find expected ':'", "a line that is neither a key with a colon nor part of a text", "write key: value, or indent the line if it continues the text above"},
	{"did not find expected '-' indicator", "a list entry was expected here", "begin each entry with a dash, all at the same indentation"},
	{"did not find expected ',' or ']'", "the list that [ opened is not closed", "separate its entries with commas and close it with ]"},
	{"did not find expected ',' or '}'", "the mapping that { opened is not closed", "separate its entries with commas and close it with }"},
	{"found unexpected end of stream", "a quote is not closed", "close the text with the quote that opened it"},
	{"found unexpected document indicator", "a quote is not closed before the next document", "close the text with the quote that opened it"},
	{"found character that cannot start any token", "a value cannot begin with this character", "quote the text if it begins with @, `, % or a tab"},
	{"found unknown escape character", "an unknown escape after a backslash", `write \\ for a backslash, or use single quotes`},
	{"unknown anchor", "an alias to an anchor that is not defined above", "define it with &name before it is used, or quote the text if it begins with a star"},
	{"block sequence entries are not allowed", "a list entry where none can stand", "begin the list on a line of its own"},
	{"block mapping", "a mapping where none can stand", "begin the mapping on a line of its own"},
	{"did not find expected node content", "a value was expected here", "delete the comma, or write null"},
	{"did not find expected <document start>", "text after the end of the document", "check the indentation, or begin a new document with ---"},
}

func explain(reason string) (message, detail string) {
	for _, e := range explanations {
		if strings.Contains(reason, e.reason) {
			return e.message, e.detail
		}
	}
	return "not YAML: " + reason, ""
}
