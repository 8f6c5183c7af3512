package approval

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// maxVisits bounds the nodes that are looked at. The library shares what stands
// between two comparisons, as x in 1 < x < 5, so that where such are nested a tree
// of few nodes has a great many ways through it.
const maxVisits = 4 * MaxLength

// check finds the first error of a tree, and the names in it. It also puts the
// values of percentages and spans in the place of the numbers that the library
// read for them.
type check struct {
	groups []group
	values map[int]any // see scanned
	names  map[string]bool
	visits int
	err    *Error
}

// fail notes an error unless there is one. The format is that of the message.
func (c *check) fail(at file.Location, detail, format string, args ...any) kind {
	if c.err == nil {
		c.err = &Error{Offset: at.From, Length: at.To - at.From, Message: fmt.Sprintf(format, args...), Detail: detail}
	}
	return broken
}

// condition checks a whole tree.
func (c *check) condition(n *ast.Node) {
	k := c.kind(n)
	if c.err == nil && k != truth && !k.number() {
		c.fail(around(*n), `compare it with something, such as program.status == "active"`, "the condition comes to %s", k)
	}
}

// around is where a node and all below it stand, brackets at its ends apart. It is
// for nodes that kind has looked at: those it can walk.
func around(n ast.Node) file.Location {
	at := n.Location()
	walk(n, func(n ast.Node) {
		at.From, at.To = min(at.From, n.Location().From), max(at.To, n.Location().To)
	})
	return at
}

// walk calls a function with a node and all below it.
func walk(n ast.Node, visit func(ast.Node)) { ast.Walk(&n, visitor(visit)) }

type visitor func(ast.Node)

// Visit calls the function.
func (v visitor) Visit(n *ast.Node) { v(*n) }

// kind is what a node comes to; broken where there is an error.
func (c *check) kind(p *ast.Node) kind {
	c.visits++
	if c.err != nil {
		return broken
	}
	if c.visits > maxVisits {
		return c.fail((*p).Location(), "split it into several approvals", "the condition is too complex")
	}
	switch n := (*p).(type) {
	case *ast.BoolNode:
		return truth
	case *ast.IntegerNode, *ast.FloatNode:
		return c.number(p)
	case *ast.StringNode:
		return textual
	case *ast.IdentifierNode:
		return c.alone(n)
	case *ast.MemberNode:
		return c.member(n)
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.ArrayNode:
		return c.list(n)
	case *ast.BuiltinNode:
		return c.length(n)
	}
	return c.fail((*p).Location(), "", "this has no meaning here")
}

func (c *check) number(p *ast.Node) kind {
	switch value := c.values[(*p).Location().From].(type) {
	case int:
		ast.Patch(p, &ast.IntegerNode{Value: value})
	case float64:
		ast.Patch(p, &ast.FloatNode{Value: value})
	}
	if _, ok := (*p).(*ast.IntegerNode); ok {
		return whole
	}
	return decimal
}

func (c *check) unary(n *ast.UnaryNode) kind {
	k := c.kind(&n.Node)
	switch {
	case k == broken || k.number() && spelling(n.Operator) != "not":
		return k
	case spelling(n.Operator) == "not":
		return c.truth(k, n.Node, n.Operator)
	}
	return c.fail(n.Location(), "", "%q needs a number, not %s", n.Operator, k)
}

// truth holds that what and, or and not join is true or false.
func (c *check) truth(k kind, n ast.Node, operator string) kind {
	detail := "compare it, such as headcount.add > 0"
	switch {
	case k == truth || k == broken:
		return k
	case spelling(operator) == "not":
		detail = `put what it denies in brackets, such as not (program.status == "active")`
	case !k.number():
		detail = ""
	}
	return c.fail(around(n), detail, "%q needs something that is true or false, not %s", operator, k)
}

func (c *check) binary(n *ast.BinaryNode) kind {
	l := c.kind(&n.Left)
	if n.Operator == "-" && l == textual {
		return c.fail(n.Location(), `a label with a hyphen in its name is written program.labels["cost-centre"]`, `"-" needs a number before it, not a text`)
	}
	r := c.kind(&n.Right)
	if l == broken || r == broken {
		return broken
	}
	switch n.Operator {
	case "and", "&&", "or", "||":
		return min(c.truth(l, n.Left, n.Operator), c.truth(r, n.Right, n.Operator))
	case "==", "!=":
		if l.list() != broken && l.list() == r.list() {
			return truth
		}
		return c.fail(n.Location(), "", "%q compares %s with %s", n.Operator, l, r)
	case "<", "<=", ">", ">=":
		if l.number() && r.number() || l == textual && r == textual {
			return truth
		}
		return c.fail(n.Location(), "", "%q compares %s with %s", n.Operator, l, r)
	case "in":
		return c.in(n.Location(), l, r)
	case "contains", "startsWith", "endsWith":
		if l == textual && r == textual {
			return truth
		}
		return c.fail(n.Location(), "", "%q needs a text on both sides, not %s and %s", n.Operator, l, r)
	case "matches":
		return c.matches(n, l)
	case "+", "-", "*", "/", "%":
		return c.arithmetic(n, l, r)
	}
	return c.fail(n.Location(), "", "%s has no meaning here", quote(n.Operator))
}

func (c *check) in(at file.Location, l, r kind) kind {
	switch {
	case r == labelled && l == textual, l.list() != broken && (l.list() == r || r == emptyList):
		return truth
	case r == labelled || r >= emptyList:
		return c.fail(at, "", `"in" looks for %s in %s`, l, r)
	case r == textual:
		return c.fail(at, "write contains, after the text that is looked into", `"in" looks into a list or into program.labels, not into a text`)
	}
	return c.fail(at, "", `"in" looks into a list or into program.labels, not into %s`, r)
}

func (c *check) matches(n *ast.BinaryNode, l kind) kind {
	pattern, ok := n.Right.(*ast.StringNode)
	switch {
	case l != textual:
		return c.fail(n.Location(), "", `"matches" needs a text before it, not %s`, l)
	case !ok:
		return c.fail(around(n.Right), "", `"matches" needs a pattern in quotes after it`)
	}
	if _, err := regexp.Compile(pattern.Value); err != nil {
		return c.fail(pattern.Location(), "", "the pattern cannot be read: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return truth
}

func (c *check) arithmetic(n *ast.BinaryNode, l, r kind) kind {
	switch {
	case !l.number() || !r.number():
		return c.fail(n.Location(), "", "%q needs a number on both sides, not %s and %s", n.Operator, l, r)
	case n.Operator == "%":
		// A divisor that is written out cannot turn out to be 0 when it is too late to say so.
		divisor, _ := n.Right.(*ast.IntegerNode)
		if l != whole || divisor == nil || divisor.Value == 0 {
			return c.fail(n.Location(), "", `"%%" takes the remainder of a whole number divided by a number such as 7`)
		}
		return whole
	case n.Operator == "/" || l == decimal || r == decimal:
		return decimal
	}
	return whole
}

func (c *check) list(n *ast.ArrayNode) kind {
	of := emptyList
	for i := range n.Nodes {
		k := c.kind(&n.Nodes[i])
		switch list := k.list(); {
		case k == broken:
			return broken
		case list == broken:
			return c.fail(around(n.Nodes[i]), "", "a list holds texts or numbers, not %s", k)
		case of != emptyList && of != list:
			return c.fail(around(n.Nodes[i]), "", "%s does not go into %s", k, of)
		default:
			of = list
		}
	}
	return of
}

// length is that of a text, of a list or of labels; len is the only function that
// the scanner lets through.
func (c *check) length(n *ast.BuiltinNode) kind {
	if len(n.Arguments) != 1 {
		return c.fail(n.Location(), "", `"len" needs one value, not %d`, len(n.Arguments))
	}
	switch k := c.kind(&n.Arguments[0]); k {
	case broken:
		return broken
	case textual, labelled, emptyList, truthList, numberList, textList:
		return whole
	default:
		return c.fail(around(n.Arguments[0]), "", `"len" needs a text or a list, not %s`, k)
	}
}
