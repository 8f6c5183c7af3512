package source

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/diag"
)

// Origin is where an entity's mapping begins in its file. It is small, so that
// every entity can keep its own; the Locator turns it into a range.
type Origin struct {
	File      *File
	Line, Col int32
}

// Origin is where the node begins in its document's file.
func (d *Document) Origin(n Node) Origin {
	line, col := n.position()
	return Origin{File: d.File, Line: line, Col: col}
}

// Part says which text of an entity a place means.
type Part uint8

// The parts of a field.
const (
	Value Part = iota // the value; the key where the value is not written
	Key               // the key
)

// Place is an entity, or a field of it, that a finding points at: keys and list
// indices from the entity's mapping inwards. A field that does not exist means
// the nearest thing around it that does: the entity's id or name, else its first
// key.
type Place struct {
	Origin Origin
	Path   []string
	Part   Part
}

// At is the place of a field of the entity.
func (o Origin) At(path ...string) Place { return Place{Origin: o, Path: path} }

// KeyAt is the place of the key of a field of the entity.
func (o Origin) KeyAt(path ...string) Place { return Place{Origin: o, Path: path, Part: Key} }

// Locator finds the ranges of places. Documents are not kept while a portfolio
// is loaded, so it parses a file again; it remembers the last file only, and is
// meant to be asked file by file. It is not safe for concurrent use.
type Locator struct {
	file *File
	docs []*spans
	root []*yaml.Node
}

// Locate returns the location of a place.
func (l *Locator) Locate(p Place) diag.Location {
	f := p.Origin.File
	if f == nil {
		return diag.Location{}
	}
	if l.file != f {
		docs, _ := Parse(f)
		*l = Locator{file: f}
		for _, d := range docs {
			l.docs = append(l.docs, d.measured())
			l.root = append(l.root, d.root)
		}
	}
	for i, root := range l.root {
		if n := findMapping(root, p.Origin); n != nil {
			return diag.Location{File: f.Name, Range: l.docs[i].rangeOf(follow(n, p))}
		}
	}
	at := diag.Position{Line: int(p.Origin.Line), Column: int(p.Origin.Col)}
	return diag.Location{File: f.Name, Range: diag.Range{Start: at, End: at}}
}

// Locate is the location of a path below the document's root, as for a Place.
func (d *Document) Locate(part Part, path ...string) diag.Location {
	n := follow(d.root, Place{Path: path, Part: part})
	return diag.Location{File: d.File.Name, Range: d.measured().rangeOf(n)}
}

// findMapping finds the mapping that begins at an origin.
func findMapping(n *yaml.Node, o Origin) *yaml.Node {
	if n.Kind != yaml.ScalarNode && n.Kind != yaml.AliasNode && n.Line == int(o.Line) && n.Column == int(o.Col) {
		if n.Kind == yaml.MappingNode || len(n.Content) == 0 {
			return n
		}
	}
	for _, c := range n.Content {
		if c.Kind == yaml.ScalarNode || c.Kind == yaml.AliasNode || c.Line > int(o.Line) {
			continue
		}
		if found := findMapping(c, o); found != nil {
			return found
		}
	}
	return nil
}

// follow walks from a mapping along the place's path to the node as written
// (an alias stays an alias) that stands for it.
func follow(n *yaml.Node, p Place) *yaml.Node {
	best := n
	for i, step := range p.Path {
		key, value := child(Node{n}.resolved(), step)
		if value == nil {
			return label(Node{n}.resolved(), best)
		}
		best = value
		if key != nil && (i == len(p.Path)-1 && p.Part == Key || unwritten(value)) {
			best = key
		}
		n = value
	}
	if len(p.Path) == 0 {
		return label(Node{n}.resolved(), n)
	}
	return best
}

// unwritten tells a value that has no text of its own.
func unwritten(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0
}

// child finds the entry of a mapping by key, or of a list by index.
func child(n *yaml.Node, step string) (key, value *yaml.Node) {
	if n.Kind == yaml.SequenceNode {
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return nil, n.Content[i]
		}
		return nil, nil
	}
	if n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for k, v := range (Node{n}).Pairs() {
		if k.Name() == step {
			return k.y, v.y
		}
	}
	return nil, nil
}

// label is what stands for a whole mapping: its id or name, else its first key;
// other where it is no mapping or has no keys.
func label(n, other *yaml.Node) *yaml.Node {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return other
	}
	for _, name := range []string{"id", "name"} {
		if _, v := child(n, name); v != nil && !unwritten(v) {
			return v
		}
	}
	if _, meta := child(n, "metadata"); meta != nil {
		if _, v := child(Node{meta}.resolved(), "name"); v != nil && !unwritten(v) {
			return v
		}
	}
	return n.Content[0]
}
