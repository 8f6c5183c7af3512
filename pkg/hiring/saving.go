package hiring

import (
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// nothing is no money of a currency.
func nothing(c money.Currency) rates.Sum { return rates.Sum{Amount: money.Amount{Currency: c}} }

// monthSum is a part of what a position saves.
type monthSum struct {
	month cal.Month
	rates.Sum
}

// save finds what a position saves by being vacant: exactly by month, rounded to its
// rounded total by largest remainder. Where some months are not known, the others add up
// to theirs.
func (p *Position) save(book *rates.Book) {
	p.Saving = nothing(book.Currency())
	if !p.Status.InPlan() {
		return
	}
	if p.Begin == 0 {
		p.Saving.Unknown = staffing.Because(0, "position %q is filled and states no start", p.ID)
		return
	}
	vacant, early := cal.Period{From: p.Effective, To: p.Begin}, false
	if p.Begin < p.Effective {
		vacant, early = cal.Period{From: p.Begin, To: p.Effective}, true
	}
	who := rates.Scope{Role: p.Role, Level: p.Level, Location: p.Location}
	var (
		costs []*big.Int
		known []int
	)
	for i, m := range vacant.Months() {
		cost, why := book.Cost(who, p.FTE, m, vacant.Intersect(m.Period()))
		if early {
			cost.Neg(cost)
		}
		p.months = append(p.months, monthSum{m, rates.Sum{Amount: nothing(book.Currency()).Amount, Unknown: why}})
		if why == nil {
			costs, known = append(costs, cost), append(known, i)
		}
	}
	units, ok := book.Round(costs)
	if !ok {
		p.months = nil
		p.Saving.Unknown = staffing.Because(0, "position %q costs more than an amount can hold", p.ID)
		return
	}
	for j, i := range known {
		p.months[i].Amount.Minor = units[j]
	}
	for _, m := range p.months {
		p.Saving.Add(m.Sum)
	}
}

// savings divides what all positions save into the buckets.
func (a *Analysis) savings(book *rates.Book) {
	bucketOf := map[cal.Month]int{}
	a.Savings, a.Outside = make([]rates.Sum, len(a.o.Buckets)), nothing(book.Currency())
	for i, b := range a.o.Buckets {
		a.Savings[i] = nothing(book.Currency())
		for _, m := range b.Months() {
			bucketOf[m] = i
		}
	}
	for _, p := range a.Positions {
		if len(p.months) == 0 { // it saves nothing, or in months that nobody knows
			a.Outside.Add(p.Saving)
			for i := range a.Savings {
				a.Savings[i].Add(p.Saving)
			}
		}
		for _, m := range p.months {
			if i, in := bucketOf[m.month]; in {
				a.Savings[i].Add(m.Sum)
			} else {
				a.Outside.Add(m.Sum)
			}
		}
	}
}
