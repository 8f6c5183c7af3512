package source

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/diag"
)

// checker walks a document once, as written, and refuses what no reader could
// agree on or what would be dangerous to walk again.
type checker struct {
	doc    *Document
	nodes  int  // of the file so far
	added  int  // by aliases, of the file so far
	broken bool // the document cannot be read
	diags  []diag.Diagnostic
	lines  []int // starts of the file's lines, once they are needed
	// extent knows, of each anchored value, how many nodes and levels it has;
	// a value still being walked has none, which is how a cycle shows.
	extent map[*yaml.Node]extent
}

type extent struct{ nodes, levels int }

// run checks the document, after so many nodes of the file before it.
func (c *checker) run(nodes, added int) {
	c.nodes, c.added = nodes, added
	c.walk(c.doc.root, 1)
}

// stop is true once walking on would only cost time.
func (c *checker) stop() bool { return c.nodes > MaxNodes || c.added > MaxAliasNodes }

func (c *checker) report(code string, n *yaml.Node, message, detail string) *diag.Diagnostic {
	c.broken = c.broken || code != "YAML002"
	c.diags = append(c.diags, c.doc.File.diagnostic(code, c.doc.measured().rangeOf(n), message, detail))
	return &c.diags[len(c.diags)-1]
}

// walk visits n at a depth (the root has 1) and returns its extent.
func (c *checker) walk(n *yaml.Node, depth int) extent {
	if c.stop() {
		return extent{}
	}
	c.nodes++
	if c.nodes > MaxNodes {
		c.report("YAML010", n, fmt.Sprintf("the file has more than %d values", MaxNodes), "split it, or keep bulk data in CSV beside it")
		return extent{}
	}
	if depth > MaxDepth {
		c.report("YAML009", n, fmt.Sprintf("nested more than %d levels deep", MaxDepth), "")
		return extent{}
	}
	if n.Kind == yaml.AliasNode {
		return c.alias(n, depth)
	}
	c.doc.tagged = c.doc.tagged || n.Style&yaml.TaggedStyle != 0
	e := extent{nodes: 1, levels: 1}
	switch n.Kind {
	case yaml.ScalarNode:
		c.scalar(n)
	case yaml.MappingNode:
		c.keys(n)
	}
	if n.Style&yaml.FlowStyle == 0 {
		c.quotes(n)
	}
	for _, child := range n.Content {
		below := c.walk(child, depth+1)
		e.nodes += below.nodes
		e.levels = max(e.levels, below.levels+1)
	}
	if n.Anchor != "" {
		if c.extent == nil {
			c.extent = map[*yaml.Node]extent{}
		}
		c.extent[n] = e
	}
	return e
}

func (c *checker) alias(n *yaml.Node, depth int) extent {
	e, done := c.extent[n.Alias]
	switch {
	case !done:
		c.report("YAML007", n, fmt.Sprintf("alias *%s refers to a value that contains it", n.Value), "write the value out")
		return extent{}
	case depth+e.levels-1 > MaxDepth:
		c.report("YAML009", n, fmt.Sprintf("alias *%s nests more than %d levels deep", n.Value, MaxDepth), "")
		return extent{}
	}
	c.added += e.nodes
	if c.added > MaxAliasNodes {
		c.report("YAML007", n, fmt.Sprintf("aliases expand to more than %d values", MaxAliasNodes), "write the values out, or use fewer aliases")
	}
	return e
}

func (c *checker) scalar(n *yaml.Node) {
	if len(n.Value) > MaxScalarBytes {
		c.report("YAML010", n, fmt.Sprintf("a text of %d bytes, the bound is %d", len(n.Value), MaxScalarBytes), "keep long texts in a file of their own and link to it")
		return
	}
	// Beyond the range of a float the library calls a number text.
	number := n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!str" && n.Style == 0 && isJSONNumber(n.Value)
	if !number {
		return
	}
	if len(n.Value) > MaxNumberBytes {
		c.report("YAML011", n, fmt.Sprintf("a number of %d characters, the bound is %d", len(n.Value), MaxNumberBytes), "quote it if it is text")
		return
	}
	if i := strings.LastIndexAny(n.Value, "eE"); i >= 0 && isJSONNumber(n.Value) {
		if exp, err := strconv.Atoi(n.Value[i+1:]); err != nil || math.Abs(float64(exp)) > MaxExponent {
			c.report("YAML011", n, fmt.Sprintf("number %s has an exponent beyond %d", n.Value, MaxExponent), "quote it if it is text")
		}
	}
}

// keys refuses keys that are no plain names, keys that stand twice, and merge
// keys that merge something else than mappings.
func (c *checker) keys(n *yaml.Node) {
	var index map[string]int
	if len(n.Content) > 32 {
		index = make(map[string]int, len(n.Content)/2)
	}
	entryTwice := false // a whole entry of a list ran into the one before it
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if r := (Node{key}).resolved(); r == nil || r.Kind != yaml.ScalarNode {
			c.report("YAML012", key, "a key is a list or a mapping", "use a plain name as key; quote a text that begins with a brace or a bracket")
			continue
		}
		if isMerge(key) {
			c.merge(n.Content[i+1])
		}
		first := firstKey(n, i, index)
		if first < 0 {
			if index != nil {
				index[Node{key}.Name()] = i
			}
			continue
		}
		if entryTwice {
			continue
		}
		entryTwice = first == 0 && len(n.Content) > 4
		c.twice(n, first, i, entryTwice)
	}
}

// twice reports the key at i, which stands at first already.
func (c *checker) twice(n *yaml.Node, first, i int, entry bool) {
	name := Node{n.Content[i]}.Name()
	message := fmt.Sprintf("key %q stands twice in one mapping", name)
	a, b := n.Content[first+1], n.Content[i+1]
	if a.Kind == yaml.ScalarNode && b.Kind == yaml.ScalarNode {
		if a.Value != b.Value {
			message = fmt.Sprintf("key %q stands twice in one mapping, as %s and as %s", name, brief(a.Value), brief(b.Value))
		} else {
			message += fmt.Sprintf(", both times as %s", brief(a.Value))
		}
	}
	detail := "delete one of the two; YAML does not say which of them counts"
	if entry {
		detail = fmt.Sprintf("if a new entry of a list begins here, put a dash before it: - %s; else delete one of the two", name)
	}
	d := c.report("YAML002", n.Content[i], message, detail)
	d.Related = []diag.Related{{
		Location: diag.Location{File: c.doc.File.Name, Range: c.doc.measured().rangeOf(n.Content[first])},
		Message:  "first here",
	}}
}

// brief quotes the beginning of a text.
func brief(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return strconv.Quote(text)
}

// firstKey finds an earlier key of the same name as the one at i, or -1: by the
// index where the mapping is large enough to have one, else by looking.
func firstKey(n *yaml.Node, i int, index map[string]int) int {
	name := Node{n.Content[i]}.Name()
	if index != nil {
		if first, ok := index[name]; ok {
			return first
		}
		return -1
	}
	for j := 0; j < i; j += 2 {
		if r := (Node{n.Content[j]}).resolved(); r.Kind == yaml.ScalarNode && r.Value == name {
			return j
		}
	}
	return -1
}

func (c *checker) merge(v *yaml.Node) {
	r := Node{v}.resolved()
	switch r.Kind {
	case yaml.MappingNode:
		return
	case yaml.SequenceNode:
		for _, item := range r.Content {
			if (Node{item}).resolved().Kind != yaml.MappingNode {
				c.report("YAML008", item, "merge key << names something that is no mapping", "name an anchored mapping: <<: *base")
			}
		}
		return
	}
	c.report("YAML008", v, "merge key << names something that is no mapping", "name an anchored mapping: <<: *base")
}

// quotes refuses quoted texts of a block collection that go on in a line which
// is not indented deeper than the collection. The YAML library takes them, but
// they are not YAML: nearly always a closing quote is missing, and the text
// swallows what follows up to the next quote.
func (c *checker) quotes(n *yaml.Node) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		v := n.Content[i]
		if v.Kind != yaml.ScalarNode || v.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
			continue
		}
		if i+1 < len(n.Content) && n.Content[i+1].Line <= v.Line+1 {
			continue // it ends on its line
		}
		if c.lines == nil {
			c.lines = c.doc.File.lineIndex()
		}
		collection := n.Column
		if n.Kind == yaml.MappingNode {
			collection = n.Content[i-1].Column
		} else if n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
			continue // its column is that of the anchor or the tag
		}
		c.quote(v, collection)
	}
}

// quote checks a quoted text of a collection that begins in a column.
func (c *checker) quote(v *yaml.Node, collection int) {
	f := c.doc.File
	at := offset(f.Text, c.lines, v.Line, v.Column)
	start := skipBlank(f.Text, skipProperties(f.Text, at, v), "")
	end := scalarEnd(f.Text, start, v)
	for i := start; i < end; i++ {
		if f.Text[i] != '\n' {
			continue
		}
		line := lineAt(f.Text, i+1)
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if len(bytes.TrimSpace(line)) == 0 || indent >= collection {
			continue
		}
		opens := f.rangeIn(c.lines, span{start, start + len(bytes.TrimRight(lineAt(f.Text, start), "\r"))})
		d := f.diagnostic("YAML001", opens, "a quote is not closed", "close it on this line; a quoted text that goes on must be indented deeper than its key")
		d.Related = []diag.Related{{
			Location: diag.Location{File: f.Name, Range: f.rangeIn(c.lines, span{end - 1, end})},
			Message:  "it runs up to this quote",
		}}
		c.broken = true
		c.diags = append(c.diags, d)
		return
	}
}
