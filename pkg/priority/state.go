package priority

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// State is all that decides a ranking: the weights of criteria, in proportion to each
// other, and the scores of programs. Two states may be compared with Same.
type State struct {
	weights *string           // nil where there is no Portfolio document
	scores  map[string]string // by program; those alone that have a score
}

// StateOf returns the state of a portfolio, of documents too that do not validate for
// something else.
func StateOf(s *portfolio.Snapshot) State {
	x := State{scores: map[string]string{}}
	if s.Config.Meta.Name != "" {
		x.weights = new(weights(s))
	}
	for _, p := range s.Programs {
		if len(p.Priority.Scores) == 0 {
			continue
		}
		var parts []string
		for _, id := range slices.Sorted(maps.Keys(p.Priority.Scores)) {
			parts = append(parts, id+"="+exact(p.Priority.Scores[id]).RatString())
		}
		x.scores[p.Meta.Name] = strings.Join(parts, " ")
	}
	return x
}

// weights spells the shares of criteria, whatever their order.
func weights(s *portfolio.Snapshot) string {
	var parts []string
	for _, c := range modelOf(s).criteria {
		share := new(big.Rat)
		if c.Share.Known() {
			share = c.Share.Rat()
		}
		parts = append(parts, c.ID+"="+share.RatString())
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

// StateIn returns what one file says; ok is false where it does not hold documents that
// can be read.
func StateIn(name string, text []byte) (x State, ok bool) {
	part := portfolio.Read(&source.File{Name: name, Text: text}, portfolio.Base)
	if !part.Clean() {
		return State{}, false
	}
	s, _ := portfolio.Assemble([]portfolio.Part{part})
	return StateOf(s), true
}

// With returns the state of two files together.
func (x State) With(o State) State {
	sum := State{weights: x.weights, scores: maps.Clone(x.scores)}
	if sum.weights == nil {
		sum.weights = o.weights
	}
	if sum.scores == nil {
		sum.scores = map[string]string{}
	}
	maps.Copy(sum.scores, o.scores)
	return sum
}

// Same reports whether two states make the same ranking of the same programs.
func (x State) Same(o State) bool {
	var a, b string
	if x.weights != nil {
		a = *x.weights
	}
	if o.weights != nil {
		b = *o.weights
	}
	return a == b && maps.Equal(x.scores, o.scores)
}
