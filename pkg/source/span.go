package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/diag"
)

// span is a stretch of a file's text in bytes, half-open.
type span struct{ start, end int }

// spans knows the span of every key and value of a document as written. The
// YAML library says only where a node begins; where it ends is measured here
// from the text, knowing what the library understood.
//
// A scalar's span covers its quotes, or its block indicator up to the last line
// that is not blank; a flow collection's covers its brackets; a block
// collection's runs from its first dash or key to the end of its last value; an
// alias covers its name with the star. Anchors and tags are outside. A value
// that is not written has an empty span.
type spans struct {
	file  *File
	lines []int // offset of each line's first character
	of    map[*yaml.Node]span
	last  cursor
}

// cursor is a place whose offset is known: nodes come in the order of the text,
// so that the next one on a long line is found from there.
type cursor struct{ line, column, offset int }

// measure finds the spans of all nodes of a document.
func measure(d *Document) *spans {
	s := &spans{file: d.File, lines: d.File.lineIndex(), of: map[*yaml.Node]span{}}
	s.node(d.root)
	return s
}

// measured is measure, done once.
func (d *Document) measured() *spans {
	if d.spans == nil {
		d.spans = measure(d)
	}
	return d.spans
}

// rangeOf is the range of a node of the document.
func (s *spans) rangeOf(n *yaml.Node) diag.Range {
	sp, ok := s.of[n]
	if !ok {
		at := s.offset(n.Line, n.Column)
		sp = span{at, at}
	}
	return s.file.rangeIn(s.lines, sp)
}

func (s *spans) node(n *yaml.Node) span {
	sp := s.find(n)
	s.of[n] = sp
	return sp
}

func (s *spans) find(n *yaml.Node) span {
	at, text := s.offset(n.Line, n.Column), s.file.Text
	end := skipProperties(text, at, n)
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0 {
		return span{end, end}
	}
	start := end
	if end > at {
		start = skipBlank(text, end, "")
	}
	switch n.Kind {
	case yaml.AliasNode:
		return span{start, start + 1 + len(n.Value)}
	case yaml.ScalarNode:
		return span{start, scalarEnd(text, start, n)}
	}
	last := span{start, start}
	for i, c := range n.Content {
		child := s.node(c)
		if i == 0 && n.Kind == yaml.MappingNode {
			last.start = child.start
		}
		last.end = child.end
	}
	if opener(text, start) == n.Kind && !s.implicit(n, start) {
		return span{start, flowEnd(text, max(start+1, last.end), closers[text[start]])}
	}
	if n.Kind == yaml.SequenceNode {
		last.start = start
	}
	return last
}

var closers = map[byte]byte{'{': '}', '[': ']'}

// opener is the kind of flow collection that opens at i; 0 where none does.
func opener(text []byte, i int) yaml.Kind {
	if i < len(text) && text[i] == '{' {
		return yaml.MappingNode
	}
	if i < len(text) && text[i] == '[' {
		return yaml.SequenceNode
	}
	return 0
}

// implicit tells a pair without braces in a flow list, [{a: 1}: b], from the
// mapping that is its key and opens at the same place.
func (s *spans) implicit(n *yaml.Node, start int) bool {
	return n.Style&yaml.FlowStyle == 0 ||
		len(n.Content) > 0 && n.Kind == yaml.MappingNode && s.of[n.Content[0]].start == start
}

func (s *spans) offset(line, column int) int {
	at := s.last.offset
	if line == s.last.line && column >= s.last.column {
		at = walkColumns(s.file.Text, at, column-s.last.column)
	} else {
		at = offset(s.file.Text, s.lines, line, column)
	}
	s.last = cursor{line, column, at}
	return at
}

// offset turns a line and a column in code points, both from 1, into bytes.
func offset(text []byte, lines []int, line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(lines) {
		return len(text)
	}
	return walkColumns(text, lines[line-1], column-1)
}

// walkColumns steps over some code points, at most to the end of the line.
func walkColumns(text []byte, at, columns int) int {
	for ; columns > 0 && at < len(text) && text[at] != '\n'; columns-- {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at
}

// skipProperties steps over the anchor and the tag that the node has.
func skipProperties(text []byte, i int, n *yaml.Node) int {
	left := 0
	if n.Anchor != "" && n.Kind != yaml.AliasNode {
		left++
	}
	if n.Style&yaml.TaggedStyle != 0 {
		left++
	}
	for ; left > 0; left-- {
		j := skipBlank(text, i, "")
		switch {
		case j < len(text) && text[j] == '&':
			i = j + 1 + len(n.Anchor)
		case j < len(text) && text[j] == '!':
			i = tagEnd(text, j)
		default:
			return i
		}
	}
	return i
}

// tagEnd is the offset after a tag: its suffix ends at a blank or, but for a
// verbatim one, at what ends an entry of a flow collection.
func tagEnd(text []byte, i int) int {
	stop := " \t\r\n,[]{}"
	if bytes.HasPrefix(text[i:], []byte("!<")) {
		stop = "> \t\r\n"
	}
	for i < len(text) && strings.IndexByte(stop, text[i]) < 0 {
		i++
	}
	if i < len(text) && text[i] == '>' {
		i++
	}
	return i
}

// skipBlank steps over white space, comments and any of the bytes in also.
func skipBlank(text []byte, i int, also string) int {
	for i < len(text) {
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || strings.IndexByte(also, c) >= 0:
			i++
		case c == '#':
			i += len(lineAt(text, i))
		default:
			return i
		}
	}
	return i
}

// flowEnd finds the bracket that closes a collection, from the end of its last
// entry on.
func flowEnd(text []byte, i int, closer byte) int {
	j := skipBlank(text, i, ",:?")
	if j < len(text) && text[j] == closer {
		return j + 1
	}
	return i
}

// scalarEnd is the offset after a scalar that begins at i.
func scalarEnd(text []byte, i int, n *yaml.Node) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for j := i + 1; j < len(text); j++ {
			switch text[j] {
			case '\\':
				j++
			case '"':
				return j + 1
			}
		}
		return len(text)
	case n.Style&yaml.SingleQuotedStyle != 0:
		for j := i + 1; j < len(text); j++ {
			if text[j] != '\'' {
				continue
			}
			if j+1 < len(text) && text[j+1] == '\'' {
				j++
				continue
			}
			return j + 1
		}
		return len(text)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return blockEnd(text, i, n.Value)
	}
	return plainEnd(text, i, n.Value)
}

// plainEnd follows a plain scalar through its folded lines by comparing the
// text with what the library read.
func plainEnd(text []byte, i int, value string) int {
	for v := 0; v < len(value) && i < len(text); {
		if c := text[i]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			if c != value[v] {
				return i
			}
			i, v = i+1, v+1
			continue
		}
		j, breaks := i, 0
		for j < len(text) && strings.IndexByte(" \t\r\n", text[j]) >= 0 {
			if text[j] == '\n' {
				breaks++
			}
			j++
		}
		if breaks == 0 {
			v += j - i
		} else {
			v += max(1, breaks-1)
		}
		i = j
	}
	return i
}

// blockEnd is the end of a block scalar's last line that is not blank; the end
// of its header where there is none.
func blockEnd(text []byte, i int, value string) int {
	header := lineAt(text, i)
	end := i + 1
	for end < i+len(header) && strings.IndexByte("+-0123456789", text[end]) >= 0 {
		end++
	}
	if strings.Trim(value, " \t\n") == "" {
		return end
	}
	indent := -1
	for at := i + len(header) + 1; at < len(text); {
		line := lineAt(text, at)
		trimmed := bytes.TrimRight(line, "\r")
		next := at + len(line) + 1
		content := bytes.TrimLeft(trimmed, " ")
		if len(bytes.Trim(content, "\t")) == 0 && (indent < 0 || len(trimmed)-len(content) <= indent || len(content) == 0) {
			at = next
			continue
		}
		spaces := len(trimmed) - len(content)
		if indent < 0 {
			indent = spaces - leadingSpaces(value)
		}
		if spaces < indent || spaces == 0 && documentMarker(trimmed) {
			break
		}
		end = at + len(trimmed)
		at = next
	}
	return end
}

// leadingSpaces counts those of the first line of a block's value that is not
// blank: what a line has beyond the block's indentation.
func leadingSpaces(value string) int {
	for line := range strings.SplitSeq(value, "\n") {
		if trimmed := strings.TrimLeft(line, " "); trimmed != "" {
			return len(line) - len(trimmed)
		}
	}
	return 0
}

func documentMarker(line []byte) bool {
	return (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))) &&
		(len(line) == 3 || line[3] == ' ' || line[3] == '\t')
}
