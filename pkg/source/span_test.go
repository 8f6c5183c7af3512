package source

import (
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"
)

// expected is a value that the generator wrote, and where.
type expected struct {
	span
	value    string // of a scalar
	keys     []*expected
	children []*expected
}

// writer writes a random document and remembers where each value lies.
type writer struct {
	t       *rapid.T
	b       strings.Builder
	newline string
	anchors int
}

func (w *writer) pos() int          { return w.b.Len() }
func (w *writer) put(s string)      { w.b.WriteString(s) }
func (w *writer) line()             { w.put(w.newline) }
func (w *writer) chance(n int) bool { return rapid.IntRange(0, n-1).Draw(w.t, "chance") == 0 }
func (w *writer) pick(options ...string) string {
	return rapid.SampledFrom(options).Draw(w.t, "pick")
}

// properties writes an anchor and a tag, sometimes.
func (w *writer) properties(tag string) {
	if w.chance(6) {
		w.anchors++
		w.put(fmt.Sprintf("&a%d ", w.anchors))
	}
	if w.chance(8) {
		w.put(tag + " ")
	}
}

func (w *writer) comment() {
	if w.chance(5) {
		w.put(w.pick(" # note", "  # é, 'x' \"y\" [z]", "   # note"))
	}
}

var words = []string{"a", "due", "2026-03-31", "12", "1.10", "naïve", "日本", "a-b", "x: y"[:1], "x#y", "http://x.y/z", "don't", "-3", "🎉", "true"}

// scalar writes a scalar on one line.
func (w *writer) scalar() *expected {
	w.properties("!!str")
	e := &expected{}
	e.start = w.pos()
	text := w.pick(words...)
	if w.chance(3) {
		text += " " + w.pick(words...)
	}
	switch rapid.IntRange(0, 3).Draw(w.t, "style") {
	case 0:
		e.value = text + `' "` + "\t#"
		w.put("'" + strings.ReplaceAll(e.value, "'", "''") + "'")
	case 1:
		e.value = text + "\"\\\u2028\t# : "
		w.put(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\u2028", `\u2028`).Replace(e.value) + `"`)
	default:
		e.value = text
		w.put(text)
	}
	e.end = w.pos()
	return e
}

// longScalar writes a scalar that may take several lines, below an
// indentation, and ends the line.
func (w *writer) longScalar(indent int) *expected {
	pad := strings.Repeat(" ", indent+1+rapid.IntRange(0, 2).Draw(w.t, "deeper"))
	e := &expected{}
	switch rapid.IntRange(0, 4).Draw(w.t, "long") {
	case 0: // literal or folded
		w.properties("!!str")
		e.start = w.pos()
		style := w.pick("|", ">")
		chomp := w.pick("", "-", "+")
		explicit := w.chance(4)
		w.put(style)
		if explicit {
			w.put(fmt.Sprint(len(pad) - max(indent, 0)))
		}
		w.put(chomp)
		e.end = w.pos()
		w.comment()
		w.line()
		e.value = "\x00" // not compared
		for n := rapid.IntRange(0, 3).Draw(w.t, "lines"); n > 0; n-- {
			if w.chance(4) && e.value != "\x00" {
				w.line()
			}
			extra := ""
			if explicit || e.value == "\x01" {
				extra = w.pick("", "  ")
			}
			w.put(pad + extra + w.pick("text", "# no comment", "é - x: y", "'", "- z"))
			e.end = w.pos()
			e.value = "\x01"
			w.line()
		}
		if w.chance(4) {
			w.line()
		}
		return e
	case 1: // plain over several lines
		w.properties("!!str")
		e.start = w.pos()
		e.value = "one two"
		w.put("one two")
		for n := rapid.IntRange(1, 3).Draw(w.t, "lines"); n > 0; n-- {
			w.put(w.pick("", " ", "\t"))
			w.line()
			breaks := rapid.IntRange(0, 2).Draw(w.t, "blank")
			for range breaks {
				w.put(w.pick("", "  "))
				w.line()
			}
			more := w.pick("three", "é four", "five  six", "sev#en")
			w.put(pad + more)
			if breaks == 0 {
				e.value += " " + more
			} else {
				e.value += strings.Repeat("\n", breaks) + more
			}
		}
		e.end = w.pos()
	case 2: // quoted over several lines
		w.properties("!!str")
		e.start = w.pos()
		if w.chance(2) {
			w.put("'it''s" + w.newline + pad + "é'")
			e.value = "it's é"
		} else {
			w.put(`"say \"` + w.newline + pad + `x\\"`)
			e.value = `say " x\`
		}
		e.end = w.pos()
	case 3: // nothing
		e.start = w.pos()
		e.end = e.start
		w.comment()
		w.line()
		return e
	default:
		return w.endLine(w.scalar())
	}
	return w.endLine(e)
}

func (w *writer) endLine(e *expected) *expected {
	w.comment()
	w.line()
	return e
}

// flow writes a collection in brackets.
func (w *writer) flow(depth int) *expected {
	e := &expected{}
	isMap := w.chance(2)
	w.properties(map[bool]string{true: "!!map", false: "!!seq"}[isMap])
	e.start = w.pos()
	w.put(map[bool]string{true: "{", false: "["}[isMap])
	n := rapid.IntRange(0, 3).Draw(w.t, "flow")
	for i := range n {
		w.put(w.pick("", " ", w.newline+"      ", " # c"+w.newline+"      "))
		if isMap {
			k := &expected{span: span{w.pos(), 0}, value: fmt.Sprintf("k%d", i)}
			w.put(k.value)
			k.end = w.pos()
			e.keys = append(e.keys, k)
			w.put(": ")
		}
		if depth > 0 && w.chance(3) {
			e.children = append(e.children, w.flow(depth-1))
		} else {
			e.children = append(e.children, w.scalar())
		}
		w.put(w.pick("", " "))
		if i < n-1 || w.chance(3) {
			w.put(",")
		}
	}
	w.put(w.pick("", " ", w.newline+"      "))
	w.put(map[bool]string{true: "}", false: "]"}[isMap])
	e.end = w.pos()
	return e
}

// block writes a block collection at an indentation, the cursor standing at the
// start of a line, or behind "- " where inline says so.
func (w *writer) block(indent, depth int, inline bool) *expected {
	e := &expected{}
	isMap := w.chance(2)
	pad := strings.Repeat(" ", indent)
	n := rapid.IntRange(1, 4).Draw(w.t, "entries")
	for i := range n {
		if !inline || i > 0 {
			if w.chance(6) {
				w.put(pad + "# between: [x" + w.newline)
			}
			w.put(pad)
		}
		if i == 0 {
			e.start = w.pos()
		}
		if isMap {
			k := &expected{span: span{w.pos(), 0}, value: fmt.Sprintf("k%d", i)}
			w.put(w.pick(k.value, `"`+k.value+`"`))
			k.end = w.pos()
			e.keys = append(e.keys, k)
			w.put(":")
		} else {
			w.put("-")
		}
		child := w.entry(indent, depth, isMap)
		e.children = append(e.children, child)
		e.end = child.end
		if child.start == child.end && isMap {
			e.end = child.end
		}
	}
	return e
}

// entry writes what stands after a key's colon or an entry's dash.
func (w *writer) entry(indent, depth int, inMap bool) *expected {
	if depth > 0 && w.chance(3) {
		if !inMap && w.chance(2) {
			w.put(" ")
			return w.block(indent+2, depth-1, true)
		}
		if w.chance(5) {
			w.anchors++
			w.put(fmt.Sprintf(" &a%d", w.anchors))
		}
		w.comment()
		w.line()
		return w.block(indent+rapid.IntRange(1, 3).Draw(w.t, "step"), depth-1, false)
	}
	mark := w.pos()
	w.put(" ")
	if w.chance(3) {
		return w.endLine(w.flow(2))
	}
	e := w.longScalar(indent)
	if e.start == e.end { // nothing is written: it stands right after the colon or dash
		e.start, e.end = mark, mark
	}
	return e
}

func TestSpansCoverExactlyTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t, newline: rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "newline")}
		if w.chance(5) {
			w.put("\ufeff")
		}
		var want []*expected
		for i := range rapid.IntRange(1, 3).Draw(t, "documents") {
			if i > 0 || w.chance(3) {
				w.put("---" + w.newline)
			}
			want = append(want, w.block(0, 4, false))
		}
		text := w.b.String()
		if rapid.Bool().Draw(t, "no final newline") {
			if trimmed := strings.TrimSuffix(text, w.newline); !strings.HasSuffix(trimmed, "\n") {
				text = trimmed
			}
		}
		f := &File{Name: "t.yaml", Text: []byte(text)}
		docs, diags := Parse(f)
		if len(diags) > 0 {
			t.Fatalf("%s: %v\n%s", diags[0].Message, diags[0].Range, text)
		}
		if len(docs) != len(want) {
			t.Fatalf("%d documents, want %d\n%s", len(docs), len(want), text)
		}
		for i, d := range docs {
			compareSpans(t, text, measure(d), d.root, want[i], "")
		}
	})
}

func compareSpans(t *rapid.T, text string, got *spans, n *yaml.Node, want *expected, path string) {
	if g := got.of[n]; g != want.span {
		t.Fatalf("%s: span %v %q, want %v %q in\n%s", path, g, text[g.start:g.end], want.span, text[want.start:want.end], text)
	}
	if want.children == nil {
		if want.value != "" && want.value[0] > 1 && n.Kind == yaml.ScalarNode && n.Value != want.value {
			t.Fatalf("%s: the generator meant %q, the text says %q\n%s", path, want.value, n.Value, text)
		}
		return
	}
	step := 1
	if want.keys != nil {
		step = 2
	}
	if len(n.Content) != step*len(want.children) {
		t.Fatalf("%s: %d nodes, want %d entries\n%s", path, len(n.Content), len(want.children), text)
	}
	for i, c := range want.children {
		if want.keys != nil {
			compareSpans(t, text, got, n.Content[2*i], want.keys[i], path+".key")
		}
		compareSpans(t, text, got, n.Content[step*i+step-1], c, fmt.Sprintf("%s[%d]", path, i))
	}
}
