package approval

import (
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/progctl/progctl/pkg/diag"
)

// group is a name of the first level and what lies below it.
type group struct {
	name   string
	fields []field
}

type field struct {
	name string
	kind kind
}

// groups lists the names, in the order in which Facts has them.
func groups() []group {
	t := reflect.TypeFor[Facts]()
	list := make([]group, t.NumField())
	for i := range list {
		f := t.Field(i)
		list[i].name = f.Tag.Get("expr")
		for j := range f.Type.NumField() {
			if g := f.Type.Field(j); g.Tag.Get("expr") != "-" {
				list[i].fields = append(list[i].fields, field{g.Tag.Get("expr"), kindOf(g.Type)})
			}
		}
	}
	return list
}

// full are the names of the group as conditions write them.
func (g group) full() []string {
	names := make([]string, len(g.fields))
	for i, f := range g.fields {
		names[i] = g.name + "." + f.name
	}
	return names
}

// AllNames are the names that a condition may mention, such as "milestone.slip",
// in the order of Facts.
func AllNames() []string {
	var names []string
	for _, g := range groups() {
		names = append(names, g.full()...)
	}
	return names
}

// member is a name of the second level, or a label.
func (c *check) member(n *ast.MemberNode) kind {
	if first, ok := n.Node.(*ast.IdentifierNode); ok {
		second, ok := n.Property.(*ast.StringNode)
		if !ok {
			return c.alone(first)
		}
		at := file.Location{From: first.Location().From, To: second.Location().To}
		return c.name(at, first.Value, second.Value)
	}
	k := c.kind(&n.Node)
	if k == broken {
		return broken
	}
	if k != labelled {
		return c.fail(around(n.Node), "", "%s has no parts", k)
	}
	key := c.kind(&n.Property)
	if key == broken || key == textual {
		return key
	}
	return c.fail(around(n.Property), "", "a label is named by a text, not by %s", key)
}

// name looks up a name of the second level.
func (c *check) name(at file.Location, first, second string) kind {
	full := first + "." + second
	i := slices.IndexFunc(c.groups, func(g group) bool { return g.name == first })
	if i < 0 {
		c.fail(at, c.beginnings(), "there is no %s", quote(full))
		c.err.Suggestion = diag.Nearest(full, AllNames())
		return broken
	}
	g := c.groups[i]
	if j := slices.Index(g.full(), full); j >= 0 {
		c.names[full] = true
		return g.fields[j].kind
	}
	c.fail(at, "it is one of "+strings.Join(g.full(), ", "), "there is no %s", quote(full))
	var names []string
	for _, f := range g.fields {
		names = append(names, f.name)
	}
	// The name alone first: beside a long one below it, a short one looks near to all.
	if near := diag.Nearest(second, names); near != "" {
		c.err.Suggestion = first + "." + near
	}
	return broken
}

// alone is a name of the first level without one of the second.
func (c *check) alone(n *ast.IdentifierNode) kind {
	names := []string{"true", "false"}
	for _, g := range c.groups {
		if g.name == n.Value {
			return c.fail(n.Location(), "write one of "+strings.Join(g.full(), ", "), "%s is no value by itself", n.Value)
		}
		names = append(names, g.name)
	}
	c.fail(n.Location(), c.beginnings()+"; a text stands in quotes", "there is no %s", quote(n.Value))
	for _, g := range c.groups {
		for _, f := range g.fields {
			if f.name == n.Value && c.err.Suggestion == "" {
				c.err.Suggestion = g.name + "." + f.name
			}
		}
	}
	if c.err.Suggestion == "" {
		c.err.Suggestion = diag.Nearest(n.Value, names)
	}
	return broken
}

// beginnings says how names begin.
func (c *check) beginnings() string {
	var names []string
	for _, g := range c.groups {
		names = append(names, g.name)
	}
	return "names begin with one of " + strings.Join(names, ", ")
}
