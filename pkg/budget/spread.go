package budget

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// spread returns the months of a budget line and what falls on each, which adds up
// to the amount of the line. Amounts by month are taken as they are stated, wherever
// the months lie. The error is a sentence for the user: the currency cannot express
// an amount, or the months do not add up.
func spread(l *portfolio.BudgetLine, c money.Currency) ([]cal.Month, []money.Amount, error) {
	total, err := l.Amount.In(c)
	if err != nil {
		return nil, nil, err
	}
	if l.Spread.Curve == "" {
		return stated(l, total)
	}
	months := cal.Through(l.From.First(), l.To.Last()).Months()
	weights := make([]int64, len(months))
	for i := range weights {
		switch l.Spread.Curve {
		case portfolio.SpreadFront:
			weights[i] = int64(len(weights) - i)
		case portfolio.SpreadBack:
			weights[i] = int64(i + 1)
		default:
			weights[i] = 1
		}
	}
	return months, total.Split(weights), nil
}

func stated(l *portfolio.BudgetLine, total money.Amount) ([]cal.Month, []money.Amount, error) {
	months := slices.Sorted(maps.Keys(l.Spread.Months))
	amounts := make([]money.Amount, len(months))
	sum := money.Amount{Currency: total.Currency}
	for i, m := range months {
		var err error
		if amounts[i], err = l.Spread.Months[m].In(total.Currency); err == nil {
			sum, err = sum.Add(amounts[i])
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if sum != total {
		return nil, nil, fmt.Errorf("its months add up to %s, its amount is %s", sum, total)
	}
	return months, amounts, nil
}

// apportion rounds exact amounts, each a number of grains, to whole units of so many
// grains by largest remainder, ties to the earlier one, so that they add up to their
// exact sum rounded half away from zero. ok is false where a result does not fit.
func apportion(exact []*big.Int, grains *big.Int) (units []int64, ok bool) {
	var (
		sum   = new(big.Int)
		left  = new(big.Int)
		floor = new(big.Int)
		lost  = make([]*big.Int, len(exact))
		order = make([]int, len(exact))
	)
	units = make([]int64, len(exact))
	for i, x := range exact {
		lost[i] = new(big.Int)
		floor.DivMod(x, grains, lost[i])
		if !floor.IsInt64() || floor.Int64() == math.MaxInt64 {
			return nil, false
		}
		units[i], order[i] = floor.Int64(), i
		sum.Add(sum, x)
		left.Sub(left, floor)
	}
	total := round(sum, grains)
	left.Add(left, total)
	slices.SortStableFunc(order, func(i, j int) int { return lost[j].Cmp(lost[i]) })
	for _, i := range order[:left.Int64()] {
		units[i]++
	}
	return units, total.IsInt64()
}

// round returns n ÷ d rounded half away from zero; d is above 0.
func round(n, d *big.Int) *big.Int {
	twice := new(big.Int).Lsh(n, 1)
	if n.Sign() < 0 {
		twice.Sub(twice, d)
	} else {
		twice.Add(twice, d)
	}
	return twice.Quo(twice, new(big.Int).Lsh(d, 1)) // Quo truncates
}
