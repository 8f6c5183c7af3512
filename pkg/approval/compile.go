package approval

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"github.com/progctl/progctl/pkg/diag"
)

// compile turns a scanned text into programs. The grammar, and how it is evaluated,
// is the library's; names and types are checked here as well, so that nothing is
// let through that is not meant, and messages and their places are ours.
func compile(text string, s *scanned) (*Condition, *Error) {
	config := conf.New(Facts{})
	tree, err := parser.ParseWithConfig(s.plain, config)
	if err != nil {
		return nil, s.explain(err)
	}
	c := check{groups: groups(), values: s.values, names: map[string]bool{}}
	if c.condition(&tree.Node); c.err != nil {
		return nil, c.err
	}
	if _, err := checker.Check(tree, config); err != nil {
		return nil, s.unable(err)
	}
	root, err := programs(tree, config)
	if err != nil {
		return nil, s.unable(err)
	}
	return &Condition{text: text, names: sorted(c.names), root: root}, nil
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// programs splits a checked tree where and, or and not join its parts, and compiles
// these.
func programs(tree *parser.Tree, config *conf.Config) (clause, error) {
	var c clause
	var parts []ast.Node
	switch n := tree.Node.(type) {
	case *ast.UnaryNode:
		if c.operator = spelling(n.Operator); c.operator == "not" {
			parts = []ast.Node{n.Node}
		}
	case *ast.BinaryNode:
		if c.operator = spelling(n.Operator); c.operator == "and" || c.operator == "or" {
			parts = []ast.Node{n.Left, n.Right}
		}
	}
	for _, part := range parts {
		p, err := programs(&parser.Tree{Node: part, Source: tree.Source}, config)
		if err != nil {
			return clause{}, err
		}
		c.parts = append(c.parts, p)
	}
	if parts != nil {
		return c, nil
	}
	program, err := compiler.Compile(tree, config)
	if err != nil {
		return clause{}, err
	}
	read := map[string]bool{}
	walk(tree.Node, func(n ast.Node) {
		if first, ok := n.(*ast.IdentifierNode); ok {
			read[first.Value] = true
		}
	})
	return clause{program: program, groups: sorted(read)}, nil
}

// spelling is the one name of an operator that has two.
func spelling(operator string) string {
	switch operator {
	case "&&":
		return "and"
	case "||":
		return "or"
	case "!":
		return "not"
	}
	return operator
}

// explain says what the parser found: a token where it cannot stand, or an end that
// comes too early. All else is caught before it or after it.
func (s *scanned) explain(err error) *Error {
	var e *file.Error
	if !errors.As(err, &e) {
		return s.unable(err)
	}
	i := slices.IndexFunc(s.tokens, func(t token) bool { return e.From < t.to })
	if i < 0 || strings.HasPrefix(e.Message, "unexpected token EOF") || strings.HasPrefix(e.Message, "unexpected end") {
		return &Error{Offset: s.tokens[len(s.tokens)-1].to, Message: "something is missing at the end", Detail: "a condition is such as milestone.slip > 10d"}
	}
	t := s.tokens[i]
	if t.kind == quoted && strings.Contains(e.Message, "escape") {
		return t.refuse("has an escape that is not known")
	}
	out := t.refuse("is not expected here")
	if t.kind == word {
		out.Suggestion = diag.Nearest(t.text, operators)
	}
	return out
}

// unable is the error for what the library cannot do although nothing is wrong.
func (s *scanned) unable(err error) *Error {
	message, _, _ := strings.Cut(err.Error(), "\n")
	return &Error{Length: s.length, Message: fmt.Sprintf("the condition cannot be evaluated: %s", message)}
}
