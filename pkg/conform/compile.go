package conform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/progctl/progctl/schema"
)

// compiled is a schema in the forms that are needed of it.
type compiled struct {
	raw  map[string]any // as written, for messages
	plan *plan          // accepts quickly what conforms

	id   string
	text []byte

	mu       sync.Mutex
	compiler *jsonschema.Compiler // of the library, once it is asked
}

var cache struct {
	sync.Mutex
	kinds map[string]func() (*compiled, error)
}

// compile prepares the schema of a kind, once and only when it is needed.
func compile(kind string) (*compiled, error) {
	cache.Lock()
	once := cache.kinds[kind]
	if once == nil {
		once = sync.OnceValues(func() (*compiled, error) {
			text, ok := schema.Source(kind)
			if !ok {
				return nil, fmt.Errorf("no schema for kind %s", kind)
			}
			return compileText(schema.ID(kind), text)
		})
		if cache.kinds == nil {
			cache.kinds = map[string]func() (*compiled, error){}
		}
		cache.kinds[kind] = once
	}
	cache.Unlock()
	return once()
}

// compileText prepares one self-contained schema. The library compiles it only
// once it is asked, which costs more than reading most documents.
func compileText(id string, text []byte) (*compiled, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var raw map[string]any
	if err := dec.Decode(&raw); err != nil {
		return nil, fmt.Errorf("read schema %s: %w", id, err)
	}
	return &compiled{raw: raw, plan: newPlan(raw), id: id, text: text}, nil
}

// library is the schema as the library compiles it.
func (c *compiled) library() (*jsonschema.Schema, error) { return c.part("") }

// part is what a JSON pointer leads to in the schema, as the library compiles
// it. Nothing is ever loaded: a reference to a file or an address is an error.
func (c *compiled) part(pointer string) (*jsonschema.Schema, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.compiler == nil {
		compiler := jsonschema.NewCompiler()
		compiler.Draft = jsonschema.Draft2020
		compiler.AssertFormat = true
		compiler.LoadURL = func(url string) (io.ReadCloser, error) {
			return nil, fmt.Errorf("schema %s refers to %s, which is not in it", c.id, url)
		}
		if err := compiler.AddResource(c.id, bytes.NewReader(c.text)); err != nil {
			return nil, fmt.Errorf("read schema %s: %w", c.id, err)
		}
		c.compiler = compiler
	}
	s, err := c.compiler.Compile(c.id + "#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("compile schema %s: %w", c.id, err)
	}
	return s, nil
}

// validate asks the library for what is wrong with a document.
func (c *compiled) validate(value any) error {
	s, err := c.library()
	if err != nil {
		panic(err) // an embedded schema that does not compile cannot pass the tests
	}
	return validate(s, value)
}

// accepts reports whether the part of the schema that a JSON pointer leads to
// accepts a value.
func (c *compiled) accepts(pointer string, value any) bool {
	s, err := c.part(pointer)
	return err == nil && validate(s, value) == nil
}

// validate asks the library. It panics on numbers that the source layer has
// refused before; should one slip through, that is a finding and no crash.
func validate(s *jsonschema.Schema, value any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return s.Validate(value)
}
