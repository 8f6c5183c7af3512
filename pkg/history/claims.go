package history

import (
	"slices"
	"strings"
)

// claims are what files say of things, by the names of these. Where several say
// something of the same, the first by file counts, as it does for the loader, and in
// a file the first.
type claims[T any] map[string][]claim[T]

type claim[T any] struct {
	path  string
	facts *T
}

func (c claims[T]) add(name, path string, facts *T) {
	c[name] = append(c[name], claim[T]{path, facts})
}

// drop removes what a file says of something.
func (c claims[T]) drop(name, path string) {
	c[name] = slices.DeleteFunc(c[name], func(one claim[T]) bool { return one.path == path })
}

// first is what counts; nil where no file says anything.
func (c claims[T]) first(name string) *T {
	list := c[name]
	if len(list) == 0 {
		return nil
	}
	return slices.MinFunc(list, func(a, b claim[T]) int { return strings.Compare(a.path, b.path) }).facts
}
