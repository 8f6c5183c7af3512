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
func scanTable(f *File, most int64) (diag.Diagnostic, bool) {
	refuse := func(at, end int, message, detail string) (diag.Diagnostic, bool) {
		return f.diagnostic("CSV001", f.byteRange(at, end), message, detail), false
	}
	if f.size > most { // which nobody needs to read to see
		f.again = nil
	}
	f.restore()
	if f.size > most || int64(len(f.Text)) > most {
		return refuse(0, 0, fmt.Sprintf("the file has more than %d bytes", most), "split it into several files, each with a document that names it")
	}
	for _, o := range others {
		if bytes.HasPrefix(f.Text, []byte(o.start)) {
			return refuse(0, 0, "the file is "+o.is, o.detail)
		}
	}
	if i := badByte(f.Text); i >= 0 {
		switch c := f.Text[i]; {
		case c == '\r':
			return refuse(i, i+1, "a line ends with a carriage return alone", "end lines with LF or CRLF")
		case c < utf8.RuneSelf:
			return refuse(i, i+1, fmt.Sprintf("control character U+%04X", c), "delete it; if there are many, the file is no CSV, or not in UTF-8: "+saveAgain)
		default:
			return refuse(i, i+1, fmt.Sprintf("byte 0x%02x is not UTF-8", c), saveAgain)
		}
	}
	if i, n := conflictMarker(f.Text); i >= 0 {
		return refuse(i, i+n, fmt.Sprintf("merge conflict marker %q", f.Text[i:i+7]), markerHint)
	}
	return diag.Diagnostic{}, true
}

// badByte is the offset of the first byte of whole rows that is none of a text; -1
// where there is none.
func badByte(text []byte) int {
	quoted := false // strictly read, a value in quotes has an even number of them
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\r' && !quoted:
			end := i + len(text[i:]) - len(bytes.TrimLeft(text[i:], "\r"))
			if end < len(text) && text[end] != '\n' {
				return i
			}
			i = end
			continue
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r', c == 0x7f:
			return i
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(text[i:])
			if r == utf8.RuneError && size <= 1 {
				return i
			}
			i += size - 1
		}
		i++
	}
	return -1
}
