package conform

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/source"
)

// quotedMax bounds how much of a value a message repeats.
const quotedMax = 60

// quote shows a text in a message.
func quote(text string) string {
	if r := []rune(text); len(r) > quotedMax {
		text = string(r[:quotedMax-1]) + "…"
	}
	return strconv.Quote(text)
}

// shown describes a value in a message.
func shown(n source.Node) string {
	switch n.Kind() {
	case source.List:
		return "a list"
	case source.Map:
		return "a mapping"
	case source.Null:
		return "nothing"
	case source.String:
		return quote(n.Text())
	}
	return n.Text()
}

// typed is shown with the type of a value that looks like a text but is none.
func typed(n source.Node) string {
	switch n.Kind() {
	case source.Number:
		return "the number " + n.Text()
	case source.Bool:
		return "the value " + n.Text()
	}
	return shown(n)
}

func oneOf(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return "one of " + strings.Join(names, ", ")
}

// texts are the entries of a list of a raw schema.
func texts(list any) []string {
	var out []string
	if list, ok := list.([]any); ok {
		for _, v := range list {
			out = append(out, fmt.Sprint(v))
		}
	}
	return out
}

// typesOf lists the JSON types that a schema allows.
func typesOf(s map[string]any) []string {
	if t, ok := s["type"].(string); ok {
		return []string{t}
	}
	return texts(s["type"])
}

var typeWords = map[string]string{
	"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"array": "a list", "object": "a mapping",
}

// expectation completes "expected …" for a schema: by its title, which the
// schemas write for this purpose, else its values or its types.
func (r *reporter) expectation(s map[string]any) string {
	s = r.schema.resolve(s)
	if title, ok := s["title"].(string); ok {
		return title
	}
	if values := texts(s["enum"]); len(values) > 0 {
		return oneOf(values)
	}
	var words []string
	for _, t := range typesOf(s) {
		if w := typeWords[t]; w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " or ")
}

// bound says which bound a value misses.
func bound(f failure) string {
	limit := fmt.Sprint(f.schema[f.keyword])
	switch f.keyword {
	case "minimum":
		return "expected at least " + limit
	case "maximum":
		return "expected at most " + limit
	case "exclusiveMinimum":
		return "expected more than " + limit
	case "minLength":
		if limit == "1" {
			return "expected a text that is not empty"
		}
		return "expected at least " + limit + " characters"
	case "maxLength":
		return "expected at most " + limit + " characters"
	case "minItems":
		return "expected at least " + limit + " entries"
	case "maxItems":
		return "expected at most " + limit + " entries"
	case "uniqueItems":
		return "expected no entry twice"
	}
	return "expected " + f.keyword + " " + limit
}
