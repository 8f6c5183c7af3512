package lint

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// share is what of a budget line falls on a month.
type share struct {
	month cal.Month
	money.Amount
}

// shares are what falls on each month of a line that validates, in order, in the
// currency of the line. Those of a curve add up to its amount; BUD011 says where those
// that are stated do not.
func (l plannedLine) shares() []share {
	if l.Spread.Curve == "" {
		var list []share
		for _, m := range slices.Sorted(maps.Keys(l.Spread.Months)) {
			if a, err := l.Spread.Months[m].In(l.currency); err == nil {
				list = append(list, share{m, a})
			}
		}
		return list
	}
	total, err := l.Amount.In(l.currency)
	if err != nil { // SCH013
		return nil
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
	list := make([]share, len(months))
	for i, part := range total.Split(weights) {
		list[i] = share{months[i], part}
	}
	return list
}
