package priority

import (
	"math/big"
	"slices"
	"sort"
	"strings"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// mostScore is the best score that a criterion gives.
const mostScore = 10

// Criterion is what programs are ranked by, and its share of all weight; the share is
// unknown where nothing has weight.
type Criterion struct {
	ID     string
	Weight money.Decimal
	Share  ratio.Ratio
}

// model is the criteria of a portfolio, each once.
type model struct {
	criteria []Criterion
	weights  []*big.Rat
	total    *big.Rat
}

func modelOf(s *portfolio.Snapshot) *model {
	m := &model{total: new(big.Rat)}
	for _, c := range s.Config.Prioritisation.Criteria {
		if slices.ContainsFunc(m.criteria, func(k Criterion) bool { return k.ID == c.ID }) {
			continue
		}
		w := exact(c.Weight)
		m.criteria, m.weights = append(m.criteria, Criterion{ID: c.ID, Weight: c.Weight}), append(m.weights, w)
		m.total.Add(m.total, w)
	}
	for i := range m.criteria {
		m.criteria[i].Share = quotient(m.weights[i], m.total)
	}
	return m
}

// score is what a program has by a model. All but Values is unknown where no criterion
// with weight has a score.
type score struct {
	// Values are by criterion; nil is missing.
	Values []*money.Decimal
	// Score is of what is scored, Known the part of all weight that is.
	Score, Known ratio.Ratio
	// Low and High are the score with 0, or 10, wherever one is missing.
	Low, High ratio.Ratio
}

func (m *model) score(scores map[string]money.Decimal) score {
	x := score{Values: make([]*money.Decimal, len(m.criteria))}
	sum, known := new(big.Rat), new(big.Rat)
	for i, c := range m.criteria {
		value, scored := scores[c.ID]
		if !scored {
			continue
		}
		x.Values[i] = &value
		sum.Add(sum, new(big.Rat).Mul(m.weights[i], exact(value)))
		known.Add(known, m.weights[i])
	}
	if known.Sign() == 0 {
		return x
	}
	x.Score, x.Known, x.Low = quotient(sum, known), quotient(known, m.total), quotient(sum, m.total)
	rest := new(big.Rat).Sub(m.total, known)
	x.High = quotient(sum.Add(sum, rest.Mul(rest, big.NewRat(mostScore, 1))), m.total)
	return x
}

// partial reports whether something of the weight has no score.
func (x *score) partial() bool { return x.Known.Known() && x.Known.Below(ratio.New(1, 1)) }

// missing are the criteria with weight that have no score.
func (m *model) missing(x *score) []string {
	list := []string{}
	for i, c := range m.criteria {
		if x.Values[i] == nil && m.weights[i].Sign() > 0 {
			list = append(list, c.ID)
		}
	}
	return list
}

// contribution is what a criterion adds to a score; unknown where it adds none.
func (m *model) contribution(x *score, i int) ratio.Ratio {
	if x.Values[i] == nil || !x.Known.Known() {
		return ratio.Ratio{}
	}
	known := x.Known.Rat()
	known.Mul(known, m.total)
	return quotient(new(big.Rat).Mul(m.weights[i], exact(*x.Values[i])), known)
}

// rank puts rows in their order and numbers them: the best first, what has no score
// last, of equals the first by name.
func rank(rows []*Row) {
	slices.SortFunc(rows, func(a, b *Row) int { return ahead(a.Score.Score, a.name(), b.Score.Score, b.name()) })
	lows, highs := make([]end, 0, len(rows)), make([]end, 0, len(rows))
	for i, r := range rows {
		if r.Score.Score.Known() {
			r.Rank = i + 1
			lows, highs = append(lows, end{r.Score.Low, r.name()}), append(highs, end{r.Score.High, r.name()})
		}
	}
	sortEnds(lows)
	sortEnds(highs)
	for _, r := range rows {
		if r.Rank == 0 {
			continue
		}
		// Its own other end is ahead of it, or is the same one.
		r.Best, r.Worst = 1+before(lows, end{r.Score.High, r.name()}), 1+before(highs, end{r.Score.Low, r.name()})
		if r.Score.partial() {
			r.Worst--
		}
	}
}

// ahead orders by score, the highest first, then by name.
func ahead(a ratio.Ratio, nameA string, b ratio.Ratio, nameB string) int {
	if c := b.Cmp(a); c != 0 {
		return c
	}
	return strings.Compare(nameA, nameB)
}

// end is one end of what the score of a program may be.
type end struct {
	score ratio.Ratio
	name  string
}

func sortEnds(list []end) {
	slices.SortFunc(list, func(a, b end) int { return ahead(a.score, a.name, b.score, b.name) })
}

// before counts those of a sorted list that are ahead of an end.
func before(list []end, x end) int {
	return sort.Search(len(list), func(i int) bool { return ahead(list[i].score, list[i].name, x.score, x.name) >= 0 })
}

// exact is the value of a decimal.
func exact(d money.Decimal) *big.Rat {
	digits := d.Decimals()
	n, _ := d.Scaled(digits) // it fits: a Decimal has at most 18 digits
	return new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil))
}

// quotient is n ÷ d, unknown where d is 0.
func quotient(n, d *big.Rat) ratio.Ratio {
	if d.Sign() == 0 {
		return ratio.Ratio{}
	}
	return ratio.Of(new(big.Rat).Quo(n, d))
}
