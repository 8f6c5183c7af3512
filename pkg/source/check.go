package source

import (
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
	nodes  int // of the file so far
	added  int // by aliases
	broken bool
	diags  []diag.Diagnostic
	spans  *spans
	// extent knows, of each anchored value, how many nodes and levels it has;
	// a value still being walked has none, which is how a cycle shows.
	extent map[*yaml.Node]extent
}

type extent struct{ nodes, levels int }

func (c *checker) run(nodesBefore int) {
	c.nodes = nodesBefore
	c.walk(c.doc.root, 1)
}

// stop is true once walking on would only cost time.
func (c *checker) stop() bool { return c.nodes > MaxNodes || c.added > MaxAliasNodes }

func (c *checker) report(code string, n *yaml.Node, message, detail string) *diag.Diagnostic {
	if c.spans == nil {
		c.spans = measure(c.doc)
	}
	c.broken = true
	c.diags = append(c.diags, c.doc.File.diagnostic(code, c.spans.rangeOf(n), message, detail))
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
	e := extent{nodes: 1, levels: 1}
	switch n.Kind {
	case yaml.ScalarNode:
		c.scalar(n)
	case yaml.MappingNode:
		c.keys(n)
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
	if n.Tag != "!!int" && n.Tag != "!!float" {
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
	var index map[string]*yaml.Node
	if len(n.Content) > 32 {
		index = make(map[string]*yaml.Node, len(n.Content)/2)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if r := (Node{key}).resolved(); r == nil || r.Kind != yaml.ScalarNode {
			c.report("YAML012", key, "a key is a list or a mapping", "use a plain name as key")
			continue
		}
		if isMerge(key) {
			c.merge(n.Content[i+1])
		}
		if first := firstKey(n, i, index); first != nil {
			d := c.report("YAML002", key, fmt.Sprintf("key %q stands twice in one mapping", Node{key}.Name()),
				"delete one of the two; YAML does not say which of them counts")
			d.Related = []diag.Related{{
				Location: diag.Location{File: c.doc.File.Name, Range: c.spans.rangeOf(first)},
				Message:  "first here",
			}}
		} else if index != nil {
			index[Node{key}.Name()] = key
		}
	}
}

// firstKey finds an earlier key of the same name as the i-th: by the index
// where the mapping is large enough to have one, else by looking.
func firstKey(n *yaml.Node, i int, index map[string]*yaml.Node) *yaml.Node {
	name := Node{n.Content[i]}.Name()
	if index != nil {
		return index[name]
	}
	for j := 0; j < i; j += 2 {
		if r := (Node{n.Content[j]}).resolved(); r.Kind == yaml.ScalarNode && r.Value == name {
			return n.Content[j]
		}
	}
	return nil
}

func (c *checker) merge(v *yaml.Node) {
	r := Node{v}.resolved()
	switch {
	case r.Kind == yaml.MappingNode:
		return
	case r.Kind == yaml.SequenceNode:
		for _, item := range r.Content {
			if (Node{item}).resolved().Kind != yaml.MappingNode {
				c.report("YAML008", item, "merge key << names something that is no mapping", "name an anchored mapping: <<: *base")
			}
		}
		return
	}
	c.report("YAML008", v, "merge key << names something that is no mapping", "name an anchored mapping: <<: *base")
}
