package source

import (
	"bytes"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
)

// lineStarts is the offset of each line's first character; a byte order mark
// is before the first.
func lineStarts(text []byte) []int {
	lines := make([]int, 1, 1+bytes.Count(text, []byte{'\n'}))
	if bytes.HasPrefix(text, bom) {
		lines[0] = len(bom)
	}
	for i, c := range text {
		if c == '\n' {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// lineIndex is lineStarts of the file, found once.
func (f *File) lineIndex() []int {
	f.restore()
	if f.lines == nil {
		f.lines = lineStarts(f.Text)
	}
	return f.lines
}

// Line returns the text of a line, counted from 1, without its line ending. After
// the last line ending there is an empty line: a place at the end lies in it.
func (f *File) Line(number int) (string, bool) {
	lines := f.lineIndex()
	if number < 1 || number > len(lines) {
		return "", false
	}
	return string(bytes.TrimRight(lineAt(f.Text, lines[number-1]), "\r")), true
}

// byteRange is the range of the bytes [start, end).
func (f *File) byteRange(start, end int) diag.Range {
	return f.rangeIn(f.lineIndex(), span{start, end})
}

func (f *File) rangeIn(lines []int, s span) diag.Range {
	return diag.Range{Start: f.positionIn(lines, s.start), End: f.positionIn(lines, s.end)}
}

// positionIn is the position of a byte offset.
func (f *File) positionIn(lines []int, at int) diag.Position {
	low, high := 0, len(lines)
	for low+1 < high {
		if mid := (low + high) / 2; lines[mid] <= at {
			low = mid
		} else {
			high = mid
		}
	}
	from := lines[low]
	return diag.Position{Line: low + 1, Column: 1 + utf8.RuneCount(f.Text[min(from, at):at])}
}
