package source

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/diag"
)

// Origin is where an entity begins in its file: its mapping, or its row of a CSV
// file. It is small, so that every entity can keep its own; the Locator turns it
// into a range.
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
// key. In a CSV file it is a cell, by the last step of the path.
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
// is loaded, so it parses a file again; it remembers a few files, and is best
// asked file by file. It is not safe for concurrent use.
type Locator struct {
	files map[*File]map[position]located
}

// locatorFiles bounds the files that a Locator remembers.
const locatorFiles = 16

// position is where the YAML library saw a mapping begin.
type position struct{ line, column int32 }

// located is a mapping of a document that was parsed again.
type located struct {
	node  *yaml.Node
	spans *spans
}

// Locate returns the location of a place.
func (l *Locator) Locate(p Place) diag.Location {
	f := p.Origin.File
	if f == nil {
		return diag.Location{}
	}
	if f.table != nil {
		return diag.Location{File: f.Name, Range: f.cellRange(p)}
	}
	if m, ok := l.mappings(f)[position{p.Origin.Line, p.Origin.Col}]; ok {
		return diag.Location{File: f.Name, Range: m.spans.rangeOf(follow(m.node, p))}
	}
	at := diag.Position{Line: int(p.Origin.Line), Column: int(p.Origin.Col)}
	return diag.Location{File: f.Name, Range: diag.Range{Start: at, End: at}}
}

// mappings are all of a file, by where they begin.
func (l *Locator) mappings(f *File) map[position]located {
	if known, ok := l.files[f]; ok {
		return known
	}
	if l.files == nil || len(l.files) >= locatorFiles {
		l.files = map[*File]map[position]located{}
	}
	found := map[position]located{}
	docs, _ := Parse(f)
	for _, d := range docs {
		index(found, d.root, d.measured())
	}
	l.files[f] = found
	return found
}

// index adds the mappings below a node; of two that begin at one place, the outer
// one.
func index(found map[position]located, n *yaml.Node, s *spans) {
	if n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		at := position{int32(n.Line), int32(n.Column)}
		if _, taken := found[at]; !taken {
			found[at] = located{n, s}
		}
	}
	for _, c := range n.Content {
		index(found, c, s)
	}
}

// Locate is the location of a path below the document's root, as for a Place.
func (d *Document) Locate(part Part, path ...string) diag.Location {
	n := follow(d.root, Place{Path: path, Part: part})
	return diag.Location{File: d.File.Name, Range: d.measured().rangeOf(n)}
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
