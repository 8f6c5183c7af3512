package impact

import (
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// pair is something in both states, or in one alone: the other is then nil.
type pair[T any] struct{ was, is *T }

// either is the one in head, else that in base.
func (p pair[T]) either() *T {
	if p.is != nil {
		return p.is
	}
	return p.was
}

// each yields those there are.
func (p pair[T]) each(yield func(*T) bool) {
	if p.was != nil && !yield(p.was) {
		return
	}
	if p.is != nil {
		yield(p.is)
	}
}

// pairUp matches what is the same by the first key; what is then left by the next.
// Of those that share a key, the first goes with the first, so that the step back
// matches the same.
func pairUp[T any](was, is []*T, keys ...func(*T) string) []pair[T] {
	var pairs []pair[T]
	for _, key := range keys {
		waiting := map[string][]*T{}
		for _, x := range is {
			waiting[key(x)] = append(waiting[key(x)], x)
		}
		matched := map[*T]bool{}
		var left []*T
		for _, x := range was {
			k := key(x)
			list := waiting[k]
			if len(list) == 0 {
				left = append(left, x)
				continue
			}
			pairs, waiting[k] = append(pairs, pair[T]{x, list[0]}), list[1:]
			matched[list[0]] = true
		}
		var rest []*T
		for _, x := range is {
			if !matched[x] {
				rest = append(rest, x)
			}
		}
		was, is = left, rest
	}
	for _, x := range was {
		pairs = append(pairs, pair[T]{was: x})
	}
	for _, x := range is {
		pairs = append(pairs, pair[T]{is: x})
	}
	return pairs
}

// FieldChange is another value of a field: a text, a number, true or false; nil where
// none is stated. Who fills a position or had it is not named: the fields filled and
// backfills are true where somebody does, and both true where it is somebody else.
type FieldChange struct {
	Field string `json:"field"`
	From  any    `json:"from"`
	To    any    `json:"to"`
}

// textOrNil is a text as a value of a field.
func textOrNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// torn is what of a kind of documents does not validate in a state.
type torn struct {
	names map[string]bool // of documents
	files []string        // that cannot be read: there may be more in them
}

// tornOf finds them; kind is as subjects have it.
func tornOf(side Side, kind string) torn {
	t := torn{names: map[string]bool{}}
	add := func(name string) {
		if !side.Snapshot.Sound(kind + "/" + name) {
			t.names[name] = true
		}
	}
	for _, d := range side.Findings {
		of, rest, _ := strings.Cut(d.Subject, "/")
		switch {
		case d.Severity != diag.Error:
		case of == "file":
			t.files = append(t.files, rest)
		case of == kind: // even of one that is not in the Snapshot, because it does not conform
			name, _, _ := strings.Cut(rest, "/")
			add(name)
		}
	}
	for _, r := range side.Snapshot.Rosters {
		if kind == rosters {
			add(r.Meta.Name)
		}
	}
	for _, p := range side.Snapshot.Plans {
		if kind == plansOfHeads {
			add(p.Meta.Name)
		}
	}
	return t
}

// Kinds, as subjects have them.
const (
	rosters      = "roster"
	plansOfHeads = "headcountplan"
)

// any reports whether something may be missing.
func (t torn) any() bool { return len(t.files)+len(t.names) > 0 }

// lists reports whether a portfolio has a headcount plan.
func lists(s *portfolio.Snapshot, plan string) bool {
	for _, p := range s.Plans {
		if p.Meta.Name == plan {
			return true
		}
	}
	return false
}
