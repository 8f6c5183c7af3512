package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
)

var (
	bom        = []byte("\ufeff")
	utf16BOMs  = [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}
	markers    = [][]byte{[]byte("<<<<<<<"), []byte("|||||||"), []byte(">>>>>>>")}
	markerHint = "resolve the conflict: keep one side and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
)

// scan refuses what would make the YAML library stumble or lose its place:
// other encodings, characters that are not text, conflict markers, files
// beyond the bounds. It reports only the first.
func scan(f *File) (diag.Diagnostic, bool) {
	text := f.Text
	refuse := func(code string, at, end int, message, detail string) (diag.Diagnostic, bool) {
		return f.diagnostic(code, f.byteRange(at, end), message, detail), false
	}
	if len(text) > MaxFileBytes {
		return f.diagnostic("YAML010", diag.Range{Start: diag.Position{Line: 1, Column: 1}, End: diag.Position{Line: 1, Column: 1}},
			fmt.Sprintf("the file has %d bytes, the bound is %d", len(text), MaxFileBytes),
			"split it into several files; a portfolio may have any number of them"), false
	}
	for _, b := range utf16BOMs {
		if bytes.HasPrefix(text, b) {
			return f.diagnostic("YAML003", diag.Range{Start: diag.Position{Line: 1, Column: 1}, End: diag.Position{Line: 1, Column: 1}},
				"the file is UTF-16, not UTF-8", "save it again as UTF-8"), false
		}
	}
	start := 0
	if bytes.HasPrefix(text, bom) {
		start = len(bom)
	}
	structure := 0
	for i := start; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '\n' || c == ',':
				structure++
			case c >= 0x20 && c != 0x7f || c == '\t':
			case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
			case c == '\r':
				return refuse("YAML004", i, i+1, "a carriage return without a line feed", "end lines with LF or CRLF")
			default:
				return refuse("YAML004", i, i+1, fmt.Sprintf("control character U+%04X", c),
					fmt.Sprintf(`delete it, or write it as an escape in double quotes: "\x%02x"`, c))
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			return refuse("YAML003", i, i+1, fmt.Sprintf("byte 0x%02x is not UTF-8", c), "save the file as UTF-8")
		case r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff:
			return refuse("YAML004", i, i+size, fmt.Sprintf("character U+%04X is not allowed in the file", r),
				fmt.Sprintf(`delete it, or write it as an escape in double quotes: "\u%04x"`, r))
		}
		i += size
	}
	if structure > 2*MaxNodes {
		return f.diagnostic("YAML010", diag.Range{Start: diag.Position{Line: 1, Column: 1}, End: diag.Position{Line: 1, Column: 1}},
			fmt.Sprintf("the file has more than %d values", MaxNodes), "split it, or keep bulk data in CSV beside it"), false
	}
	if i, n := conflictMarker(text); i >= 0 {
		return refuse("YAML005", i, i+n, fmt.Sprintf("merge conflict marker %q", text[i:i+7]), markerHint)
	}
	return diag.Diagnostic{}, true
}

// conflictMarker finds the first line that begins with a marker git writes, and
// the marker line's length; -1 where there is none.
func conflictMarker(text []byte) (at, length int) {
	at = -1
	for _, m := range markers {
		for from := 0; ; {
			i := bytes.Index(text[from:], m)
			if i < 0 {
				break
			}
			i += from
			from = i + len(m)
			lineStart := i == 0 || text[i-1] == '\n'
			if !lineStart || from < len(text) && text[from] != ' ' && text[from] != '\r' && text[from] != '\n' {
				continue
			}
			if at < 0 || i < at {
				at, length = i, len(bytes.TrimRight(lineAt(text, i), "\r"))
			}
			break
		}
	}
	return at, length
}

// lineAt is the rest of the line from offset i, without its line feed.
func lineAt(text []byte, i int) []byte {
	if n := bytes.IndexByte(text[i:], '\n'); n >= 0 {
		return text[i : i+n]
	}
	return text[i:]
}
