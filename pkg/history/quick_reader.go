package history

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/source"
)

// Bounds that keep what is taken within those of source: so few bytes cannot hold
// more than source.MaxNodes values.
const (
	quickBytes = 1 << 20
	quickDepth = source.MaxDepth / 2
	quickKey   = 1024 // bytes of a key; YAML allows as many characters
)

// quickReader reads mappings and lists by indentation, texts on one line, plain or
// quoted without escapes, collections in brackets on one line, block texts, and
// comments. It refuses all else: tabs, carriage returns, anchors, aliases, tags,
// merge keys, escapes, texts and brackets over several lines, unusual keys.
//
// It goes by lines. What reads a value of a mapping or a list by indentation ends at
// the beginning of the next line that says something, whose column tells to what it
// belongs; where that is nothing, all ends, and quick sees that something is left.
// Methods that report a bool report false to refuse the text.
type quickReader struct {
	text []byte
	// The line at hand begins at line and ends at end, without the spaces behind it;
	// next is where the next one begins.
	line, end, next int
	at              int // what is read next
	// column is the indentation of what the line says: of a line between two
	// documents, and behind the last one, it is -1.
	column  int
	over    bool // there are no more lines
	refused bool // for what must not stand anywhere
	quickDocument
}

// advance goes to the next line that says something.
func (q *quickReader) advance() {
	for q.next < len(q.text) {
		q.line, q.end = q.next, q.lineEnd(q.next)
		q.next = q.end + 1
		q.at = q.line
		q.spaces()
		if q.at == q.end || q.text[q.at] == '#' {
			continue
		}
		for q.text[q.end-1] == ' ' {
			q.end--
		}
		q.column = q.at - q.line
		if string(q.text[q.line:q.end]) == "---" {
			q.column = -1
		}
		return
	}
	q.column, q.over = -1, true
}

// lineEnd is where the line that begins at i ends. It refuses the text for a
// character that must not stand anywhere, and for a line that may be too long.
func (q *quickReader) lineEnd(i int) int {
	end := len(q.text)
	if n := bytes.IndexByte(q.text[i:], '\n'); n >= 0 {
		end = i + n
	}
	q.refused = q.refused || end-i > source.MaxScalarBytes || !plainLine(q.text[i:end])
	return end
}

// plainLine reports whether a line has only characters that source takes, and of
// white space no other than spaces.
func plainLine(line []byte) bool {
	// Most of it is ASCII, which is looked at by eights: less than a space, the
	// delete character and more all show in the highest bit of a sum.
	for len(line) >= 8 {
		x := binary.LittleEndian.Uint64(line)
		if (x|(x-0x2020202020202020)|(x+0x0101010101010101))&0x8080808080808080 != 0 {
			break
		}
		line = line[8:]
	}
	for len(line) > 0 {
		if c := line[0]; c >= ' ' && c < 0x7f {
			line = line[1:]
			continue
		}
		r, size := utf8.DecodeRune(line)
		switch {
		case r <= 0xa0, r == utf8.RuneError && size == 1, r == 0x2028, r == 0x2029, r == 0xfeff, r == 0xfffe, r == 0xffff:
			return false
		}
		line = line[size:]
	}
	return true
}

// peek is the next character of the line; a line feed at its end.
func (q *quickReader) peek() byte {
	if q.at < q.end {
		return q.text[q.at]
	}
	return '\n'
}

func (q *quickReader) spaces() {
	for q.peek() == ' ' {
		q.at++
	}
}

// block reads a mapping or a list by indentation.
func (q *quickReader) block(depth int, s slot) bool {
	switch {
	case depth > quickDepth:
		return false
	case q.atDash():
		return q.list(depth, s)
	}
	return q.mapping(depth, s)
}

func (q *quickReader) mapping(depth int, s slot) bool {
	for column := q.column; q.column == column; {
		key, ok := q.key()
		if !ok {
			return false
		}
		of, ok := q.value(s, key)
		if !ok || !q.below(column, depth, false, of) {
			return false
		}
	}
	return true
}

// list ends, too, at a line without a dash in its column: the next key of the
// mapping around it, if that has the same column.
func (q *quickReader) list(depth int, s slot) bool {
	for column := q.column; q.column == column && q.atDash(); {
		q.at++
		q.spaces()
		q.column = q.at - q.line
		if !q.below(column, depth, true, q.entry(s)) {
			return false
		}
	}
	return true
}

// below reads the value of a key, or an entry of a list, that stands in a column.
func (q *quickReader) below(column, depth int, entry bool, s slot) bool {
	var ok bool
	switch c := q.peek(); {
	case c == '\n' || c == '#':
		q.advance()
		if q.column > column || !entry && q.column == column && q.atDash() {
			return q.block(depth+1, s)
		}
		return true
	case entry && (q.atDash() || q.atKey()):
		return q.block(depth+1, s)
	case c == '[' || c == '{':
		ok = q.flow(depth+1, s)
	case c == '|' || c == '>':
		ok = q.blockText(column, s)
	default:
		ok = q.scalar(false, s)
	}
	if !ok || !q.endLine() {
		return false
	}
	q.advance()
	return true
}

func (q *quickReader) atDash() bool {
	return q.peek() == '-' && (q.at+1 == q.end || q.text[q.at+1] == ' ')
}

func (q *quickReader) atKey() bool {
	at := q.at
	_, ok := q.key()
	q.at = at
	return ok
}

// key reads a key, its colon and the spaces behind.
func (q *quickReader) key() (key []byte, ok bool) {
	i := q.at
	if c := q.peek(); c == '"' || c == '\'' {
		if key, ok = q.quoted(); !ok {
			return nil, false
		}
		i, q.at = q.at, i
	} else {
		for i < q.end && (isAlnum(q.text[i]) || i > q.at && (q.text[i] == '-' || q.text[i] == '.' || q.text[i] == '/')) {
			i++
		}
		key = q.text[q.at:i]
		if tooLargeNumber(key) {
			return nil, false
		}
	}
	if len(key) == 0 || i-q.at > quickKey || i == q.end || q.text[i] != ':' || i+1 < q.end && q.text[i+1] != ' ' {
		return nil, false
	}
	q.at = i + 1
	q.spaces()
	return key, true
}

// endLine reports whether the line says nothing more.
func (q *quickReader) endLine() bool {
	q.spaces()
	return q.at == q.end || q.text[q.at] == '#' && q.text[q.at-1] == ' '
}

// flow reads a mapping in braces or a list in brackets.
func (q *quickReader) flow(depth int, s slot) bool {
	if depth > quickDepth {
		return false
	}
	mapping := q.text[q.at] == '{'
	closing := q.text[q.at] + 2 // as in ASCII
	q.at++
	q.spaces()
	if q.peek() == closing {
		q.at++
		return true
	}
	for {
		of, ok := slot{}, true
		if mapping {
			var key []byte
			if key, ok = q.key(); ok {
				of, ok = q.value(s, key)
			}
		} else {
			of = q.entry(s)
		}
		if c := q.peek(); c == '{' || c == '[' {
			ok = ok && q.flow(depth+1, of)
		} else {
			ok = ok && q.scalar(true, of)
		}
		if !ok {
			return false
		}
		q.spaces()
		switch q.peek() {
		case closing:
			q.at++
			return true
		case ',':
			q.at++
			q.spaces()
		default:
			return false
		}
	}
}
