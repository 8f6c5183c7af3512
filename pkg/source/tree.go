package source

import "gopkg.in/yaml.v3"

// Style is how a value is written.
type Style uint8

// The styles: those of scalars, those of collections, and what stands for a value
// that is written elsewhere.
const (
	Unquoted Style = iota
	SingleQuoted
	DoubleQuoted
	Literal // a block that keeps its line breaks: |
	Folded  // a block that folds them: >
	Block   // a collection by indentation
	Flow    // a collection in brackets
	Pair    // a mapping of one pair without braces, in a flow list: [a: b]
	Alias
)

// Syntax is a key or a value of a document as it is written: an alias stays one, and
// a merge key is a key as any other. What lies between the spans of a collection's
// entries is punctuation, white space and comments.
type Syntax struct {
	Style Style
	Kind  Kind // of an alias, that of what it stands for
	// Start and End are the span in the file's text, in bytes, half-open. A scalar's
	// covers its quotes, or its block indicator up to the last line that is not blank;
	// a flow collection's covers its brackets; a block collection's runs from its first
	// dash or key to the end of its last value. It is empty where no value is written.
	Start, End int
	// Before is where the anchor or the tag begins; Start where there is none.
	Before int
	Anchor string
	// Tagged says that it is written with a tag.
	Tagged bool
	// Text is what a scalar says, its escapes and folded lines resolved; of an alias,
	// the name.
	Text string
	// Keys are those of a mapping, in the order of the file; Values what they lead to,
	// or the entries of a list.
	Keys, Values []*Syntax
}

// Syntax is the document as it is written.
func (d *Document) Syntax() *Syntax { return d.measured().syntax(d.root) }

func (s *spans) syntax(n *yaml.Node) *Syntax {
	sp := s.of[n]
	x := &Syntax{
		Style: s.style(n, sp), Kind: Node{n}.Kind(), Start: sp.start, End: sp.end, Before: sp.start,
		Anchor: n.Anchor, Tagged: n.Style&yaml.TaggedStyle != 0,
	}
	if n.Kind != yaml.AliasNode && (x.Anchor != "" || x.Tagged) {
		x.Before = s.offset(n.Line, n.Column)
	}
	switch n.Kind {
	case yaml.ScalarNode, yaml.AliasNode:
		x.Text = n.Value
	case yaml.SequenceNode:
		for _, c := range n.Content {
			x.Values = append(x.Values, s.syntax(c))
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			x.Keys = append(x.Keys, s.syntax(n.Content[i]))
			x.Values = append(x.Values, s.syntax(n.Content[i+1]))
		}
	}
	return x
}

func (s *spans) style(n *yaml.Node, sp span) Style {
	switch n.Kind {
	case yaml.AliasNode:
		return Alias
	case yaml.MappingNode, yaml.SequenceNode:
		switch {
		case opener(s.file.Text, sp.start) == n.Kind && !s.implicit(n, sp.start):
			return Flow
		case n.Style&yaml.FlowStyle != 0:
			return Pair
		}
		return Block
	}
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return DoubleQuoted
	case n.Style&yaml.SingleQuotedStyle != 0:
		return SingleQuoted
	case n.Style&yaml.LiteralStyle != 0:
		return Literal
	case n.Style&yaml.FoldedStyle != 0:
		return Folded
	}
	return Unquoted
}
