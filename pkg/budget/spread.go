package budget

import (
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Spread returns the months of a budget line and what falls on each, which adds up
// to the amount of the line. Amounts by month are taken as they are stated, wherever
// the months lie. The error is a sentence for the user: the currency cannot express
// an amount, or the months do not add up.
func Spread(l *portfolio.BudgetLine, c money.Currency) ([]cal.Month, []money.Amount, error) {
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
