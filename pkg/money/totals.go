package money

import (
	"slices"
	"strings"
)

// Totals is one sum per currency, in alphabetical order of currency. The zero
// value is empty.
type Totals []Amount

// Add adds the amount to the sum of its currency. A zero Amount without a currency
// changes nothing. It fails as [Amount.Add] does, and then t is as it was.
func (t *Totals) Add(a Amount) error {
	if a == (Amount{}) {
		return nil
	}
	i, found := slices.BinarySearchFunc(*t, a.Currency, func(sum Amount, c Currency) int {
		return strings.Compare(string(sum.Currency), string(c))
	})
	if !found {
		*t = slices.Insert(*t, i, a)
		return nil
	}
	sum, err := (*t)[i].Add(a)
	if err != nil {
		return err
	}
	(*t)[i] = sum
	return nil
}

// In returns the sum of one currency, which is 0 where none was added.
func (t Totals) In(c Currency) Amount {
	for _, sum := range t {
		if sum.Currency == c {
			return sum
		}
	}
	return Amount{Currency: c}
}
