package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
)

// others are what lies in the place of a CSV file now and then, by how it begins.
var others = []struct{ start, is, detail string }{
	{"\xff\xfe", "UTF-16, not UTF-8", saveAgain},
	{"\xfe\xff", "UTF-16, not UTF-8", saveAgain},
	{"PK\x03\x04", "a workbook of a spreadsheet (.xlsx), not CSV", saveAgain},
	{"\xd0\xcf\x11\xe0", "a workbook of a spreadsheet (.xls), not CSV", saveAgain},
	{"version https://git-lfs.github.com/spec/", "a pointer of Git LFS, not the file itself", "fetch the file with git lfs pull, or keep it out of Git LFS: revisions are read without it"},
}

const saveAgain = "save it again as CSV in UTF-8"

// scanTable refuses what is no CSV whatever its delimiter: other encodings, control
// characters, lines that a carriage return alone ends, conflict markers, a file
// beyond the bound. It reports only the first.
func scanTable(f *File) (diag.Diagnostic, bool) {
	refuse := func(at, end int, message, detail string) (diag.Diagnostic, bool) {
		return f.diagnostic("CSV001", f.byteRange(at, end), message, detail), false
	}
	if len(f.Text) > MaxFileBytes {
		return refuse(0, 0, fmt.Sprintf("the file has more than %d bytes", MaxFileBytes), "split it into several files, each with a document that names it")
	}
	for _, o := range others {
		if bytes.HasPrefix(f.Text, []byte(o.start)) {
			return refuse(0, 0, "the file is "+o.is, o.detail)
		}
	}
	quoted := false // strictly read, a value in quotes has an even number of them
	for i := 0; i < len(f.Text); {
		c := f.Text[i]
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\r' && !quoted && !endsLine(f.Text[i:]):
			return refuse(i, i+1, "a line ends with a carriage return alone", "end lines with LF or CRLF")
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r', c == 0x7f:
			return refuse(i, i+1, fmt.Sprintf("control character U+%04X", c), "delete it; if there are many, the file is no CSV, or not in UTF-8: "+saveAgain)
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(f.Text[i:])
			if r == utf8.RuneError && size <= 1 {
				return refuse(i, i+1, fmt.Sprintf("byte 0x%02x is not UTF-8", c), saveAgain)
			}
			i += size - 1
		}
		i++
	}
	if i, n := conflictMarker(f.Text); i >= 0 {
		return refuse(i, i+n, fmt.Sprintf("merge conflict marker %q", f.Text[i:i+7]), markerHint)
	}
	return diag.Diagnostic{}, true
}

// endsLine reports whether a line feed, or nothing, follows carriage returns.
func endsLine(text []byte) bool {
	rest := bytes.TrimLeft(text, "\r")
	return len(rest) == 0 || rest[0] == '\n'
}
