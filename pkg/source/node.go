package source

import (
	"iter"
	"strings"

	"gopkg.in/yaml.v3"
)

// Kind is what a value is, in the terms of JSON.
type Kind uint8

// The kinds of value.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

var kindNames = [...]string{"nothing", "true or false", "number", "text", "list", "mapping"}

// String names the kind as messages do.
func (k Kind) String() string { return kindNames[k] }

// Node is a value, or a key, of a checked document. Aliases and merge keys are
// followed, so callers meet plain values only. The zero Node is no value.
type Node struct{ y *yaml.Node }

// IsZero reports whether there is no value at all, as opposed to a null.
func (n Node) IsZero() bool { return n.y == nil }

func (n Node) resolved() *yaml.Node {
	if n.y.Kind == yaml.AliasNode {
		return n.y.Alias
	}
	return n.y
}

// Kind tells what the value is. It is decided by the text: a date is text, and
// so is a number that JSON could not spell (014, 0x1f, 1_000, .5, .inf).
func (n Node) Kind() Kind {
	y := n.resolved()
	switch y.Kind {
	case yaml.MappingNode:
		return Map
	case yaml.SequenceNode:
		return List
	}
	switch y.Tag {
	case "!!str", "!!timestamp", "!!binary", "!!merge":
		return String
	case "!!null":
		return Null
	case "!!bool":
		return boolKind(y.Value)
	case "!!int", "!!float":
		return numberKind(y.Value)
	}
	if y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return String
	}
	return plainKind(y.Value)
}

// Text is a scalar as written, without its quotes and with its escapes and
// folded lines resolved; "true" or "false" for a Bool, "" for a Null, a List
// and a Map.
func (n Node) Text() string {
	y := n.resolved()
	switch n.Kind() {
	case Null, List, Map:
		return ""
	case Bool:
		return strings.ToLower(y.Value)
	}
	return y.Value
}

// Name is a key as written: "23" for the key 23, "true" for true.
func (n Node) Name() string { return n.resolved().Value }

// Odd tells a plain scalar that other tools read as a number but that JSON
// could not spell: 014, 0x1f, 1_000, .5, +3, .inf.
func (n Node) Odd() bool {
	y := n.resolved()
	return y.Kind == yaml.ScalarNode && (y.Tag == "!!int" || y.Tag == "!!float") && n.Kind() == String
}

// Tag is the value's own tag where it is none of YAML's core schema: "!shape".
func (n Node) Tag() string {
	switch tag := n.resolved().Tag; tag {
	case "!!str", "!!null", "!!bool", "!!int", "!!float", "!!map", "!!seq", "!!timestamp", "!!merge":
		return ""
	default:
		return tag
	}
}

// Len counts the entries of a List or a Map, merged ones included.
func (n Node) Len() int {
	y := n.resolved()
	if y.Kind == yaml.SequenceNode {
		return len(y.Content)
	}
	count := 0
	for range n.Pairs() {
		count++
	}
	return count
}

// Items yields the entries of a List; nothing for any other value.
func (n Node) Items() iter.Seq2[int, Node] {
	return func(yield func(int, Node) bool) {
		y := n.resolved()
		if y.Kind != yaml.SequenceNode {
			return
		}
		for i, c := range y.Content {
			if !yield(i, Node{c}) {
				return
			}
		}
	}
}

// Item is the entry of a List at an index; the zero Node where there is none.
func (n Node) Item(i int) Node {
	if y := n.resolved(); y.Kind == yaml.SequenceNode && i >= 0 && i < len(y.Content) {
		return Node{y.Content[i]}
	}
	return Node{}
}

// Pairs yields the keys and values of a Map in the order of the file, merged
// ones last; nothing for any other value.
func (n Node) Pairs() iter.Seq2[Node, Node] {
	return func(yield func(Node, Node) bool) {
		y := n.resolved()
		if y.Kind != yaml.MappingNode {
			return
		}
		merged := false
		for i := 0; i+1 < len(y.Content); i += 2 {
			if isMerge(y.Content[i]) {
				merged = true
				continue
			}
			if !yield(Node{y.Content[i]}, Node{y.Content[i+1]}) {
				return
			}
		}
		if merged {
			yieldMerged(y, yield)
		}
	}
}

// yieldMerged yields what the merge keys of y add: the keys that y does not
// have itself, the first source winning over later ones.
func yieldMerged(y *yaml.Node, yield func(Node, Node) bool) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		seen[Node{y.Content[i]}.Name()] = true
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		if !isMerge(y.Content[i]) {
			continue
		}
		for _, from := range mergeSources(y.Content[i+1]) {
			for k, v := range (Node{from}).Pairs() {
				name := k.Name()
				if seen[name] {
					continue
				}
				seen[name] = true
				if !yield(k, v) {
					return
				}
			}
		}
	}
}

// Get returns the value of a key of a Map.
func (n Node) Get(key string) (Node, bool) {
	for k, v := range n.Pairs() {
		if k.Name() == key {
			return v, true
		}
	}
	return Node{}, false
}

// position is where the YAML library saw the value begin: at its anchor
// or tag where it has one. They identify the value; for a range that covers
// exactly its text ask the Locator.
func (n Node) position() (line, column int32) {
	y := n.resolved()
	return int32(y.Line), int32(y.Column)
}

func isMerge(key *yaml.Node) bool {
	return key.Tag == "!!merge" && key.Value == "<<"
}

// mergeSources lists the mappings that a merge key names.
func mergeSources(v *yaml.Node) []*yaml.Node {
	r := Node{v}.resolved()
	if r.Kind != yaml.SequenceNode {
		return []*yaml.Node{r}
	}
	list := make([]*yaml.Node, len(r.Content))
	for i, c := range r.Content {
		list[i] = Node{c}.resolved()
	}
	return list
}

func boolKind(text string) Kind {
	switch text {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	}
	return String
}

func numberKind(text string) Kind {
	if isJSONNumber(text) {
		return Number
	}
	return String
}

func plainKind(text string) Kind {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null
	}
	if boolKind(text) == Bool {
		return Bool
	}
	return numberKind(text)
}

// isJSONNumber reports whether text is a number by the grammar of RFC 8259.
func isJSONNumber(s string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	first := i
	if !digits() || s[first] == '0' && i > first+1 {
		return false
	}
	if i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(s)
}
