package lint

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// Weights count in proportion, so any would do; those that look like shares of 1 or of
// 100 and miss it were miscounted.
var weightsMiss = &Rule{
	Rule: diag.Rule{Code: "GOV015", Name: "weights-do-not-add-up", Summary: "Weights look like shares of 1 or of 100, and add up to something else", Severity: diag.Warning},
	Check: func(p *Pass) {
		const detail = "correct a weight; those of any sum count in proportion to it, so what is missing changes all"
		for _, g := range p.Programs {
			if g.Status.Over() {
				continue
			}
			var all, live []*money.Decimal
			for _, m := range g.Milestones {
				all = append(all, m.Weight)
				if m.Status != portfolio.MilestoneCancelled {
					live = append(live, m.Weight)
				}
			}
			sum, whole := missing(live)
			if _, planned := missing(all); whole == 0 || planned == 0 && len(all) > len(live) {
				continue // what was cancelled had its share
			}
			p.Report(Finding{
				At: firstWeight(g), Subject: g.Subject(), Detail: detail,
				Message: fmt.Sprintf("the weights of the milestones of program %q add up to %s, not to %d", g.Meta.Name, sum, whole),
			})
		}
		criteria := p.Config.Prioritisation.Criteria
		weights := make([]*money.Decimal, len(criteria))
		for i, c := range criteria {
			weights[i] = &c.Weight
		}
		if sum, whole := missing(weights); whole != 0 {
			p.Report(Finding{
				At: criteria[0].Origin.At("weight"), Subject: "portfolio/" + p.Config.Meta.Name, Detail: detail,
				Message: fmt.Sprintf("the weights of the criteria of prioritisation add up to %s, not to %d", sum, whole),
			})
		}
		for _, g := range p.Goals {
			if !p.Sound("goals/" + g.Meta.Name) {
				continue
			}
			weights := make([]*money.Decimal, len(g.Goals))
			for i, x := range g.Goals {
				weights[i] = x.Weight
			}
			if sum, whole := missing(weights); whole != 0 {
				p.Report(Finding{
					At: g.Goals[0].Origin.At("weight"), Subject: "goals/" + g.Meta.Name, Detail: detail,
					Message: fmt.Sprintf("the weights of goals %q add up to %s, not to %d", g.Meta.Name, sum, whole),
				})
			}
		}
	},
}

// missing is what weights add up to and the whole that they miss: 1 or 100, within a
// tenth of it. 0 is none: they add up, are all alike, or are no shares; one that is not
// stated is MS011.
func missing(weights []*money.Decimal) (sum string, whole int64) {
	total := new(big.Rat)
	digits := 0
	alike, fraction := true, false
	for _, w := range weights {
		if w == nil {
			return "", 0
		}
		n, ok := w.Scaled(w.Decimals())
		if !ok {
			return "", 0
		}
		digits = max(digits, w.Decimals())
		alike = alike && w.Cmp(*weights[0]) == 0
		fraction = fraction || w.Decimals() > 0
		total.Add(total, new(big.Rat).SetFrac(big.NewInt(n), tenTo(w.Decimals())))
	}
	if alike {
		return "", 0
	}
	for _, whole := range []int64{1, 100} {
		off := new(big.Rat).Sub(total, big.NewRat(whole, 1))
		if (whole > 1 || fraction) && off.Sign() != 0 && off.Abs(off).Cmp(big.NewRat(whole, 10)) <= 0 {
			return total.FloatString(digits), whole
		}
	}
	return "", 0
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// firstWeight is where the weights of a program begin.
func firstWeight(g *portfolio.Program) source.Place {
	i := slices.IndexFunc(g.Milestones, func(m *portfolio.Milestone) bool {
		return m.Status != portfolio.MilestoneCancelled
	})
	return g.Milestones[i].Origin.At("weight")
}
