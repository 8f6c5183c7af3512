package lint

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
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
	months, amounts, err := budget.Spread(l.BudgetLine, l.currency)
	if err != nil { // SCH013
		return nil
	}
	list := make([]share, len(months))
	for i, m := range months {
		list[i] = share{m, amounts[i]}
	}
	return list
}
