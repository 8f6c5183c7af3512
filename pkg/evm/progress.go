package evm

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// progress is what parts of a program were to be done on which day, and which are done.
type progress struct {
	// planned and done are weights by the day of the approved baseline, and of
	// completion, in order of days.
	planned, done []dated
	// earned is what counts as done on as-of, in units of weight ÷ portfolio.Whole.
	earned *big.Int
	total  *big.Int // of all weights; 0: there is nothing to measure by
	// unplanned are milestones that weigh without a baseline: planned for no day.
	unplanned []string
	// open says that some milestone that weighs is not done.
	open bool
}

type dated struct {
	day    cal.Date
	weight *big.Int
}

// progressOf looks at the milestones of a program that are not cancelled.
//
// What is completed after as-of is not done on it. Where the program goes by percent,
// the percentComplete of what is not done counts, whatever day as-of is: no day is known
// of it.
func progressOf(p *portfolio.Program, baseline func(*portfolio.Milestone) cal.Date, asOf cal.Date) progress {
	list := slices.DeleteFunc(slices.Clone(p.Milestones), func(m *portfolio.Milestone) bool {
		return m.Status == portfolio.MilestoneCancelled
	})
	g := progress{earned: new(big.Int), total: new(big.Int)}
	weighing := 0
	for i, weight := range weights(list) {
		m := list[i]
		if weight.Sign() == 0 {
			continue
		}
		weighing++
		g.total.Add(g.total, weight)
		if day := baseline(m); day.IsZero() {
			g.unplanned = append(g.unplanned, m.ID)
		} else {
			g.planned = append(g.planned, dated{day, weight})
		}
		part := int64(0)
		switch {
		case m.Status == portfolio.MilestoneDone && m.Completed <= asOf:
			part = int64(portfolio.Whole)
			g.done = append(g.done, dated{m.Completed, weight})
		case p.EVM == portfolio.EarnPercent && m.PercentComplete != nil:
			part = int64(min(*m.PercentComplete, portfolio.Whole))
		}
		g.earned.Add(g.earned, new(big.Int).Mul(big.NewInt(part), weight))
	}
	g.open = len(g.done) < weighing
	for _, list := range [][]dated{g.planned, g.done} {
		slices.SortStableFunc(list, func(a, b dated) int { return int(a.day - b.day) })
	}
	return g
}

// weights are those of milestones on one scale: equal where none is stated; where some
// are, the others weigh 0.
func weights(list []*portfolio.Milestone) []*big.Int {
	stated, decimals := false, 0
	for _, m := range list {
		if m.Weight != nil {
			stated, decimals = true, max(decimals, m.Weight.Decimals())
		}
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	weights := make([]*big.Int, len(list))
	for i, m := range list {
		switch {
		case !stated:
			weights[i] = big.NewInt(1)
		case m.Weight == nil:
			weights[i] = new(big.Int)
		default:
			w, _ := new(big.Rat).SetString(m.Weight.String())
			weights[i] = w.Mul(w, scale).Num()
		}
	}
	return weights
}

// share returns the part of all weights whose day is by d; nil where nothing weighs.
func (g progress) share(list []dated, d cal.Date) *big.Rat {
	if g.total.Sign() == 0 {
		return nil
	}
	sum := new(big.Int)
	for _, x := range list {
		if x.day > d {
			break
		}
		sum.Add(sum, x.weight)
	}
	return new(big.Rat).SetFrac(sum, g.total)
}

// earnedShare returns the part that is earned on as-of; nil where nothing weighs.
func (g progress) earnedShare() *big.Rat {
	if g.total.Sign() == 0 {
		return nil
	}
	return new(big.Rat).SetFrac(g.earned, new(big.Int).Mul(g.total, big.NewInt(int64(portfolio.Whole))))
}

// portion is what is planned for a month.
type portion struct {
	month cal.Month
	share *big.Rat
}

// portions are the parts of all weights that are planned, by month, in order.
func (g progress) portions() []portion {
	var list []portion
	for i := 0; i < len(g.planned); {
		m, sum := g.planned[i].day.Month(), new(big.Int)
		for ; i < len(g.planned) && g.planned[i].day.Month() == m; i++ {
			sum.Add(sum, g.planned[i].weight)
		}
		list = append(list, portion{m, new(big.Rat).SetFrac(sum, g.total)})
	}
	return list
}
