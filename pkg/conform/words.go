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

func ordinal(index string) string {
	i, err := strconv.Atoi(index)
	if err != nil {
		return quote(index)
	}
	return "#" + strconv.Itoa(i+1)
}

func oneOf(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return "one of " + strings.Join(names, ", ")
}

// typesOf lists the JSON types that a schema allows.
func typesOf(s map[string]any) []string {
	switch t := s["type"].(type) {
	case string:
		return []string{t}
	case []any:
		list := make([]string, len(t))
		for i, v := range t {
			list[i] = fmt.Sprint(v)
		}
		return list
	}
	return nil
}

var typeWords = map[string]string{
	"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"array": "a list", "object": "a mapping",
}

// expectation completes "expected …" for a schema: by its title, which the
// schemas write for this purpose, else its values or its types.
func (r *reporter) expectation(s map[string]any) string {
	for range 8 {
		if title, ok := s["title"].(string); ok {
			return title
		}
		ref, ok := s["$ref"].(string)
		if !ok {
			break
		}
		s, _ = lookup(r.schema.raw, splitPointer(strings.TrimPrefix(ref, "#"))).(map[string]any)
	}
	if list, ok := s["enum"].([]any); ok {
		names := make([]string, len(list))
		for i, v := range list {
			names[i] = fmt.Sprint(v)
		}
		return oneOf(names)
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
