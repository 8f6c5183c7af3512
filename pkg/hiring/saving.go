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

// Saving is what vacancies save: Total as long as they last, ToDate up to as-of, which is
// elapsed itself.
type Saving struct{ Total, ToDate rates.Sum }

// Add adds another saving of the same currency.
func (s *Saving) Add(o Saving) {
	s.Total.Add(o.Total)
	s.ToDate.Add(o.ToDate)
}

func noSaving(c money.Currency) Saving { return Saving{nothing(c), nothing(c)} }

func unknownSaving(c money.Currency, why []staffing.Reason) Saving {
	s := noSaving(c)
	s.Total.Unknown, s.ToDate.Unknown = why, why
	return s
}

// part is what a position saves on days of one month, all up to as-of or all after it.
type part struct {
	month cal.Month
	Saving
}

// save finds what a position saves by being vacant: exactly by part, rounded to its
// rounded total by largest remainder. Where some parts are not known, the others add up
// to theirs.
func (p *Position) save(book *rates.Book, asOf cal.Date) {
	currency := book.Currency()
	p.Saving = noSaving(currency)
	if !p.Status.InPlan() {
		return
	}
	if p.Begin == 0 {
		p.Saving = unknownSaving(currency, staffing.Because(0, "position %q is filled and states no start", p.ID))
		return
	}
	vacant, early := cal.Period{From: p.Effective, To: p.Begin}, false
	if p.Begin < p.Effective {
		vacant, early = cal.Period{From: p.Begin, To: p.Effective}, true
	}
	who := rates.Scope{Role: p.Role, Level: p.Level, Location: p.Location}
	var (
		costs   []*big.Int
		known   []int  // the parts that these are of
		elapsed []bool // by part
	)
	for _, m := range vacant.Months() {
		days := vacant.Intersect(m.Period())
		for _, half := range []cal.Period{{From: days.From, To: min(days.To, asOf+1)}, {From: max(days.From, asOf+1), To: days.To}} {
			if half.IsEmpty() {
				continue
			}
			cost, why := book.Cost(who, p.FTE, m, half)
			if early {
				cost.Neg(cost)
			}
			x := part{m, noSaving(currency)}
			x.Total.Unknown = why
			if half.From <= asOf {
				x.ToDate.Unknown = why
			}
			if why == nil {
				costs, known = append(costs, cost), append(known, len(p.parts))
			}
			p.parts, elapsed = append(p.parts, x), append(elapsed, half.From <= asOf)
		}
	}
	units, ok := book.Round(costs)
	if !ok {
		p.parts = nil
		p.Saving = unknownSaving(currency, staffing.Because(0, "position %q costs more than an amount can hold", p.ID))
		return
	}
	for j, i := range known {
		p.parts[i].Total.Amount.Minor = units[j]
		if elapsed[i] {
			p.parts[i].ToDate.Amount.Minor = units[j]
		}
	}
	for _, x := range p.parts {
		p.Saving.Add(x.Saving)
	}
}

// savings divides what all positions save into the buckets.
func (a *Analysis) savings() {
	currency := a.s.Config.Currency
	bucketOf := map[cal.Month]int{}
	a.Savings, a.Outside = make([]Saving, len(a.o.Buckets)), noSaving(currency)
	for i, b := range a.o.Buckets {
		a.Savings[i] = noSaving(currency)
		for _, m := range b.Months() {
			bucketOf[m] = i
		}
	}
	for _, p := range a.Positions {
		if len(p.parts) == 0 { // it saves nothing, or in months that nobody knows
			a.Outside.Add(p.Saving)
			for i := range a.Savings {
				a.Savings[i].Add(p.Saving)
			}
		}
		for _, x := range p.parts {
			if i, in := bucketOf[x.month]; in {
				a.Savings[i].Add(x.Saving)
			} else {
				a.Outside.Add(x.Saving)
			}
		}
	}
}
