package source

import (
	"bytes"
	"io"
	"slices"
	"unicode/utf8"
)

// Plain is a CSV file that is read in blocks, several at a time, without its text
// ever being held. It can only accept: where OpenTable or Rows might have a finding,
// or reading it fails, it gives up, and these say what is wrong.
type Plain struct {
	*Table
	wanted []int    // indices of the columns that takers are given
	body   int64    // where the rows begin
	block  int64    // size of the blocks
	sums   []uint64 // of the blocks
}

// OpenPlain reads the header row of a file that is not held; ok is false where only
// OpenTable can tell what is in the file. Takers are given the first columns of the
// layout, as many as are wanted.
func OpenPlain(f *File, l Layout, wanted int) (p *Plain, ok bool) {
	if f.parts == nil || f.size > l.maxBytes() {
		return nil, false
	}
	text := make([]byte, min(f.size, 2*MaxScalarBytes))
	if n, err := f.parts.ReadAt(text, 0); n < len(text) && err != nil {
		return nil, false
	}
	start := &File{Name: f.Name, Text: text}
	for _, o := range others {
		if bytes.HasPrefix(text, []byte(o.start)) {
			return nil, false
		}
	}
	for _, h := range readHeads(start, &l, 1) {
		// What ends where the text does may go on in the file.
		if h.end()+lineStarts(text)[0] >= len(text) && int64(len(text)) < f.size {
			return nil, false
		}
	}
	h, diags := chooseHead(start, &l)
	if diags != nil || start.judge(&l, h) != nil {
		return nil, false
	}
	body := lineStarts(text)[0] + h.end()
	if isText(text[:body]) {
		h.reader = nil
		return &Plain{Table: f.tableOf(&l, h), wanted: h.at[:wanted], body: int64(body), block: blockBytes}, true
	}
	return nil, false
}

// end is the offset behind what was read of the text for the header row.
func (h *head) end() int { return int(h.reader.InputOffset()) }

// isText reports whether nothing of whole rows is refused for not being text.
func isText(rows []byte) bool {
	at, _ := conflictMarker(rows)
	return at < 0 && badByte(rows) < 0
}

// release makes the file one that was released.
func (p *Plain) release() {
	var sum uint64
	for _, s := range p.sums {
		sum = addSum(sum, s)
	}
	p.file.sum, p.file.parts = sum, nil
}

// lineSplitter splits lines into fields.
type lineSplitter struct {
	comma  byte
	line   []byte
	starts []int32  // of the fields in the line, and of one more behind it
	fields [][]byte // those of a line with quotes, which has no starts
	values []byte   // of those in which a quote stands
}

// count is how many fields the line has.
func (s *lineSplitter) count() int { return max(len(s.starts)-1, len(s.fields)) }

// field is a field of the line by its index, without quotes around it.
func (s *lineSplitter) field(i int) []byte {
	if len(s.fields) > 0 {
		return s.fields[i]
	}
	return s.line[s.starts[i] : s.starts[i+1]-1]
}

// isBlank reports whether no field holds text.
func (s *lineSplitter) isBlank() bool {
	for i := range s.count() {
		if len(cut(s.field(i))) > 0 {
			return false
		}
	}
	return true
}

// split splits a line without its end into fields; false where only encoding/csv can
// tell what they are, or they are no text.
func (s *lineSplitter) split(line []byte) bool {
	s.line, s.fields = line, s.fields[:0]
	if s.comma >= 0x20 && s.splitWords(line) {
		return true
	}
	s.starts = s.starts[:0]
	return s.splitBytes(line)
}

// Eight bytes at a time, for that is five times as fast as one by one.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// splitWords splits a line of ASCII without quotes; false where it is none.
func (s *lineSplitter) splitWords(line []byte) bool {
	i, starts := 0, s.starts[:0]
	starts = append(starts, 0)
	commas := ones * uint64(s.comma)
	for ; i+8 <= len(line); i += 8 {
		w := word(line[i:])
		quotes, deletes := w^(ones*'"'), w^(ones*0x7f)
		odd := w | (w-ones*0x20)&^w | (quotes-ones)&^quotes | (deletes-ones)&^deletes
		if odd&highs != 0 {
			return false
		}
		v := w ^ commas
		for m := ^((v&^highs + ^uint64(highs)) | v | ^uint64(highs)); m != 0; m &= m - 1 {
			starts = append(starts, int32(i+lowest(m)+1))
		}
	}
	for ; i < len(line); i++ {
		switch c := line[i]; {
		case c < 0x20 || c >= 0x7f || c == '"':
			return false
		case c == s.comma:
			starts = append(starts, int32(i+1))
		}
	}
	starts = append(starts, int32(len(line)+1))
	s.starts = starts
	return true
}

// splitBytes splits any line in which every quote that opens a value closes it too.
func (s *lineSplitter) splitBytes(line []byte) bool {
	if !utf8.Valid(line) || hasControl(line) {
		return false
	}
	s.values = s.values[:0]
	for {
		if len(line) == 0 || line[0] != '"' {
			end := bytes.IndexByte(line, s.comma)
			field := line
			if end >= 0 {
				field = line[:end]
			}
			if bytes.IndexByte(field, '"') >= 0 {
				return false
			}
			s.fields = append(s.fields, field)
			if end < 0 {
				return true
			}
			line = line[end+1:]
			continue
		}
		value, rest, ok := s.quoted(line[1:])
		if !ok {
			return false
		}
		s.fields = append(s.fields, value)
		if len(rest) == 0 {
			return true
		}
		line = rest[1:]
	}
}

// hasControl reports whether control characters but tabs stand in a text.
func hasControl(text []byte) bool {
	for _, c := range text {
		if c < 0x20 && c != '\t' || c == 0x7f {
			return true
		}
	}
	return false
}

// quoted reads a value up to the quote that closes it, and returns what follows that:
// nothing, or a delimiter and more.
func (s *lineSplitter) quoted(text []byte) (value, rest []byte, ok bool) {
	from := len(s.values)
	for {
		end := bytes.IndexByte(text, '"')
		switch {
		case end < 0:
			return nil, nil, false
		case end+1 < len(text) && text[end+1] == '"':
			s.values = append(s.values, text[:end+1]...)
			text = text[end+2:]
			continue
		case end+1 < len(text) && text[end+1] != s.comma:
			return nil, nil, false
		case len(s.values) == from: // nothing was written twice
			return text[:end], text[end+1:], true
		}
		s.values = append(s.values, text[:end]...)
		return s.values[from:len(s.values):len(s.values)], text[end+1:], true
	}
}

// RowAt reads a row of a released file again, by its offset; ok is false where the
// file has changed since.
func (t *Table) RowAt(offset int64) (row *Row, ok bool) {
	f := t.file
	lines := f.lineIndex()
	line, found := slices.BinarySearch(lines, int(offset))
	if !found || offset >= int64(len(f.Text)) {
		return nil, false
	}
	cells, err := newReader(bytes.NewReader(f.Text[offset:]), t.head.comma).Read()
	if err != nil {
		return nil, false
	}
	row = &Row{table: t, line: line + 1, offset: offset, cells: cells}
	_, fits := t.head.fits(cells)
	return row, fits
}

// readFull reads as many bytes as there is room for.
func readFull(r io.ReaderAt, room []byte, at int64) bool {
	n, _ := r.ReadAt(room, at)
	return n == len(room)
}
