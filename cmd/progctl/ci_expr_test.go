package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// ciExpression is one ${{ }} of a workflow.
var ciExpression = regexp.MustCompile(`\$\{\{(.*?)\}\}`)

// ciExpand replaces every ${{ }} of a text.
func ciExpand(t *testing.T, text string, contexts map[string]any) string {
	t.Helper()
	return ciExpression.ReplaceAllStringFunc(text, func(e string) string {
		return ciString(ciEval(t, strings.TrimSpace(e[3:len(e)-2]), contexts))
	})
}

// ciEval evaluates an expression of GitHub Actions, as far as the workflows here use
// them: || && ! == != startsWith() cancelled(), parentheses, texts in quotes and
// names in contexts.
func ciEval(t *testing.T, text string, contexts map[string]any) any {
	t.Helper()
	p := ciParser{t: t, tokens: ciToken.FindAllString(text, -1), contexts: contexts}
	if rest := strings.TrimSpace(ciToken.ReplaceAllString(text, "")); rest != "" {
		t.Fatalf("expression %q: cannot read %q", text, rest)
	}
	v := p.or()
	if len(p.tokens) > 0 {
		t.Fatalf("expression %q: %q is left", text, p.tokens)
	}
	return v
}

var ciToken = regexp.MustCompile(`'[^']*'|[A-Za-z_][\w.-]*|\|\||&&|==|!=|[!(),]`)

type ciParser struct {
	t        *testing.T
	tokens   []string
	contexts map[string]any
}

func (p *ciParser) take(token string) bool {
	if len(p.tokens) > 0 && p.tokens[0] == token {
		p.tokens = p.tokens[1:]
		return true
	}
	return false
}

func (p *ciParser) or() any {
	v := p.and()
	for p.take("||") {
		if w := p.and(); !ciTrue(v) {
			v = w
		}
	}
	return v
}

func (p *ciParser) and() any {
	v := p.equal()
	for p.take("&&") {
		if w := p.equal(); ciTrue(v) {
			v = w
		}
	}
	return v
}

func (p *ciParser) equal() any {
	v := p.unary()
	switch {
	case p.take("=="):
		return ciString(v) == ciString(p.unary())
	case p.take("!="):
		return ciString(v) != ciString(p.unary())
	}
	return v
}

func (p *ciParser) unary() any {
	if p.take("!") {
		return !ciTrue(p.unary())
	}
	if p.take("(") {
		v := p.or()
		p.want(")")
		return v
	}
	if len(p.tokens) == 0 {
		p.t.Fatal("an expression ends early")
	}
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	switch {
	case strings.HasPrefix(token, "'"):
		return strings.Trim(token, "'")
	case token == "cancelled":
		p.want("(")
		p.want(")")
		return false
	case token == "startsWith":
		p.want("(")
		text := ciString(p.or())
		p.want(",")
		prefix := ciString(p.or())
		p.want(")")
		return strings.HasPrefix(text, prefix)
	}
	return p.lookup(token)
}

func (p *ciParser) want(token string) {
	if !p.take(token) {
		p.t.Fatalf("an expression lacks %q before %q", token, p.tokens)
	}
}

// lookup finds a name. What a context does not have is null, as on GitHub; a context
// that is not there is a mistake of the workflow or of the test.
func (p *ciParser) lookup(name string) any {
	var v any = p.contexts
	for i, key := range strings.Split(name, ".") {
		m, _ := v.(map[string]any)
		var ok bool
		if v, ok = m[key]; !ok && i == 0 {
			p.t.Fatalf("expression %s: there is no context %s", name, key)
		}
	}
	return v
}

func ciTrue(v any) bool { return v != nil && v != false && v != "" }

func ciString(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func TestCIExpressions(t *testing.T) {
	t.Parallel()
	contexts := map[string]any{"github": map[string]any{"event": map[string]any{"number": 7}, "ref": "main", "on": true, "off": false}}
	for text, want := range map[string]any{
		"github.ref":                               "main",
		"github.event.number":                      7,
		"github.none.at.all":                       nil,
		"github.none || 'else'":                    "else",
		"github.ref || 'else'":                     "main",
		"github.none && 'then'":                    nil,
		"!github.none && github.on":                true,
		"github.ref == 'main'":                     true,
		"github.ref != 'main'":                     false,
		"github.none == ''":                        true,
		"!(github.on && github.off)":               true,
		"!cancelled()":                             true,
		"startsWith('main', 'ma')":                 true,
		"github.off || github.event.number == '7'": true,
	} {
		if got := ciEval(t, text, contexts); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	if got := ciExpand(t, "a ${{ github.ref }} b ${{ github.none }}", contexts); got != "a main b " {
		t.Errorf("expanded: %q", got)
	}
}
