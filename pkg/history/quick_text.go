package history

import (
	"bytes"

	"github.com/progctl/progctl/pkg/source"
)

// scalar reads a text, plain or quoted, in brackets if flow.
func (q *quickReader) scalar(flow bool, s slot) bool {
	var (
		text []byte
		ok   bool
	)
	if c := q.peek(); c == '"' || c == '\'' {
		text, ok = q.quoted()
	} else if text, ok = q.plain(flow); s.text != nil {
		text = meant(text)
	}
	if s.text != nil {
		*s.text = text
	}
	return ok
}

// quoted reads a text between quotes. That it is not written with an escape is, for
// single quotes, told by what follows it: another one.
func (q *quickReader) quoted() ([]byte, bool) {
	quote, rest := q.text[q.at], q.text[q.at+1:q.end]
	n := bytes.IndexByte(rest, quote)
	if n < 0 || quote == '"' && bytes.IndexByte(rest[:n], '\\') >= 0 {
		return nil, false
	}
	q.at += n + 2
	return rest[:n:n], true
}

// plain reads a text without quotes.
func (q *quickReader) plain(flow bool) ([]byte, bool) {
	start := q.at
	switch c := q.peek(); c {
	case '\n', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '%', '@', '`':
		return nil, false
	case '-':
		if start+1 == q.end || !isAlnum(q.text[start+1]) {
			return nil, false
		}
	}
	if rest := q.text[start:q.end]; !flow && bytes.IndexByte(rest, ':') < 0 && bytes.IndexByte(rest, '#') < 0 {
		q.at = q.end
	}
scan:
	for ; q.at < q.end; q.at++ {
		switch c := q.text[q.at]; c {
		case ':':
			if q.at+1 == q.end || q.text[q.at+1] == ' ' {
				return nil, false
			}
		case '#':
			if q.text[q.at-1] == ' ' {
				break scan
			}
		case ',', ']', '}':
			if flow {
				break scan
			}
		case '[', '{', '?':
			if flow {
				return nil, false
			}
		}
	}
	text := bytes.TrimRight(q.text[start:q.at], " ")
	return text, !tooLargeNumber(text)
}

// meant is what a plain text means: nothing, for a null.
func meant(text []byte) []byte {
	switch string(text) {
	case "~", "null", "Null", "NULL":
		return []byte{}
	case "True", "TRUE", "False", "FALSE":
		return bytes.ToLower(text)
	}
	return text
}

// tooLargeNumber reports whether a plain text may be a number that source refuses:
// for its length, or for its exponent.
func tooLargeNumber(text []byte) bool {
	if len(text) == 0 || text[0] > '9' {
		return false
	}
	i := len(text)
	for i > 0 && (text[i-1] >= '0' && text[i-1] <= '9' || text[i-1] == '-' || text[i-1] == '+') {
		i--
	}
	exponent := i > 0 && i < len(text) && (text[i-1] == 'e' || text[i-1] == 'E')
	return (exponent || len(text) > source.MaxNumberBytes) && bytes.IndexByte(text, ' ') < 0
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// blockText reads a text that begins with | or > behind what stands in a column.
func (q *quickReader) blockText(column int, s slot) bool {
	header := string(q.text[q.at:q.end])
	folded, strip := header[0] == '>', len(header) == 2 && header[1] == '-'
	if len(header) > 1 && !strip {
		return false
	}
	var (
		start  = q.next
		indent int  // of its lines
		blank  bool // there are empty lines before the one at hand
		text   = []byte{}
	)
	for q.next < len(q.text) {
		end := q.lineEnd(q.next)
		line := q.text[q.next:end]
		own := len(line) - len(bytes.TrimLeft(line, " "))
		if own == len(line) {
			if own > 0 || indent == 0 { // its spaces would count
				return false
			}
			blank, q.next = true, end+1
			continue
		}
		if indent == 0 {
			indent = own
		}
		if own <= column || own < indent {
			break
		}
		if s.text != nil {
			if blank || folded && own > indent { // folded by other rules
				return false
			}
			if text = append(text, line[indent:]...); end < len(q.text) {
				text = append(text, '\n')
			}
		}
		q.next = end + 1
	}
	if indent <= column || q.next-start > source.MaxScalarBytes {
		return false
	}
	if s.text != nil {
		content, ended := bytes.CutSuffix(text, []byte{'\n'})
		if folded {
			content = bytes.ReplaceAll(content, []byte{'\n'}, []byte{' '})
		}
		if ended && !strip {
			content = append(content, '\n')
		}
		*s.text = content
	}
	q.at = q.end
	return true
}
