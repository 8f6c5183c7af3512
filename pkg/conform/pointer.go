package conform

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/source"
)

var pointerEscapes = strings.NewReplacer("~1", "/", "~0", "~")

// splitPointer undoes the library's pointers: steps are escaped as RFC 6901
// wants, then as URLs want.
func splitPointer(p string) []string {
	p = strings.TrimPrefix(p, "/")
	if p == "" {
		return nil
	}
	steps := strings.Split(p, "/")
	for i, s := range steps {
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
		steps[i] = pointerEscapes.Replace(s)
	}
	return steps
}

// lookup follows steps into a raw schema. It returns nil where they lead
// nowhere.
func lookup(raw any, steps []string) any {
	for _, step := range steps {
		switch v := raw.(type) {
		case map[string]any:
			raw = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			raw = v[i]
		default:
			return nil
		}
	}
	return raw
}

// descend follows steps into a document. The last value found is returned with
// how many steps led to it.
func descend(n source.Node, steps []string) (source.Node, int) {
	for done, step := range steps {
		var next source.Node
		switch n.Kind() {
		case source.Map:
			next, _ = n.Get(step)
		case source.List:
			if i, err := strconv.Atoi(step); err == nil {
				next = n.Item(i)
			}
		}
		if next.IsZero() {
			return n, done
		}
		n = next
	}
	return n, len(steps)
}
