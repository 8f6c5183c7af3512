// Package source turns the bytes of a YAML file into documents: checked trees
// whose values come from the text as written and whose every key and value has
// an exact range; and the bytes of a CSV file into rows whose every cell has one.
// It is the only package that knows the YAML library. It knows nothing of kinds,
// schemas or where the bytes came from.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"

	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/diag"
)

// Limits on what is read. They are far above anything a person writes and keep
// hostile files from costing more than a moment.
const (
	MaxFileBytes   = 16 << 20
	MaxScalarBytes = 64 << 10
	// MaxLedgerBytes bounds a CSV file of postings, some twenty million of them; the
	// offset of a row fits an int32.
	MaxLedgerBytes = 2<<30 - 1
	MaxDepth       = 100
	// MaxNodes bounds the keys, values and collections of one file as written.
	MaxNodes = 1_000_000
	// MaxAliasNodes bounds what aliases and merge keys may add to that.
	MaxAliasNodes = 10_000
	// MaxNumberBytes and MaxExponent bound the spelling of a number.
	MaxNumberBytes = 64
	MaxExponent    = 99
)

// Named reports whether a path has the name of a YAML file.
func Named(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}

// Document is one YAML document of a file.
type Document struct {
	File *File
	// Flaws are findings that leave it readable, so that what else is wrong can
	// be told in the same run, but not usable: a key that stands twice.
	Flaws []diag.Diagnostic

	root   *yaml.Node
	spans  *spans
	tagged bool // some value carries a tag
}

// Root is the document's value.
func (d *Document) Root() Node { return Node{d.root} }

// Tagged reports whether a value carries a tag, so that looking for tags is
// worth a walk.
func (d *Document) Tagged() bool { return d.tagged }

// Parse reads all documents of a file. Empty documents are left out, and so are
// those that cannot be read, with a finding for each; everything after a syntax
// error is lost, what stands before it is kept. Documents with flaws are kept.
func Parse(f *File) ([]*Document, []diag.Diagnostic) {
	f.restore()
	if d, ok := scan(f); !ok {
		return nil, []diag.Diagnostic{d}
	}
	var (
		docs         []*Document
		diags        []diag.Diagnostic
		nodes, added int
	)
	dec := yaml.NewDecoder(bytes.NewReader(f.Text))
	for {
		var n yaml.Node
		err := decode(dec, &n)
		if errors.Is(err, io.EOF) {
			return docs, diags
		}
		if err != nil {
			return docs, append(diags, syntaxError(f, err))
		}
		if len(n.Content) == 0 || isEmpty(n.Content[0]) {
			continue
		}
		doc := &Document{File: f, root: n.Content[0]}
		c := checker{doc: doc}
		c.run(nodes, added)
		nodes, added = c.nodes, c.added
		if !c.broken {
			doc.Flaws = c.diags
			docs = append(docs, doc)
			continue
		}
		diags = append(diags, c.diags...)
		if c.stop() {
			return docs, diags
		}
	}
}

// decode reads the next document. The library reports some errors by panicking;
// one that escapes it is a syntax error like any other.
func decode(dec *yaml.Decoder, n *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return dec.Decode(n)
}

// isEmpty tells a document without content from one that says null.
func isEmpty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Anchor == "" && n.Style == 0
}

// diagnostic makes an error about a range of the file.
func (f *File) diagnostic(code string, r diag.Range, message, detail string) diag.Diagnostic {
	return diag.Diagnostic{
		Location: diag.Location{File: f.Name, Range: r},
		Code:     code,
		Severity: diag.Error,
		Message:  message,
		Detail:   detail,
		Subject:  "file/" + f.Name,
	}
}
