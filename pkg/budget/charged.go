package budget

import (
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// charged returns what a staffing line that names a person cost up to as-of: on the days
// on which the person was employed. A month that went as planned cost what was planned,
// to the minor unit; of any other the cost is rounded on its own, so that what a month
// cost never changes once it is over. planned are the months of the line.
func (p *prices) charged(l *portfolio.StaffingLine, planned []entry, asOf cal.Date) []entry {
	period := l.Period()
	var entries []entry
	for _, e := range planned {
		whole := period.Intersect(e.month.Period())
		if whole.From > asOf {
			break
		}
		days := cal.Period{From: whole.From, To: min(whole.To, asOf+1)}
		if len(p.staff[l.Person]) == 0 {
			why := p.unlisted
			if len(why) == 0 {
				why = staffing.Because(0, "person %q is on no roster", l.Person)
			}
			if p.s.Calendar.WorkdaysIn(days) > 0 {
				entries = append(entries, entry{e.month, rates.Sum{Unknown: why}})
			}
			continue
		}
		present := p.present(l.Person, days)
		if p.workdays(present) == p.s.Calendar.WorkdaysIn(whole) {
			entries = append(entries, e)
			continue
		}
		cost, why := new(big.Int), []staffing.Reason(nil)
		for _, part := range present {
			c, unpriced := p.cost(l, e.month, part)
			cost.Add(cost, c)
			why = staffing.MergeReasons(why, unpriced)
		}
		entries = append(entries, entry{e.month, p.rounded(cost, why)})
	}
	return entries
}

// present are the parts of days on which somebody is employed, in order and disjoint.
func (p *prices) present(person string, days cal.Period) []cal.Period {
	var parts []cal.Period
	for _, e := range p.staff[person] {
		part := staffing.Employed(e).Intersect(days)
		if n := len(parts); n > 0 {
			part.From = max(part.From, parts[n-1].To)
		}
		if part.From < part.To {
			parts = append(parts, part)
		}
	}
	return parts
}

func (p *prices) workdays(parts []cal.Period) (n cal.WorkDays) {
	for _, part := range parts {
		n += p.s.Calendar.WorkdaysIn(part)
	}
	return n
}

// rounded is an exact cost as money.
func (p *prices) rounded(cost *big.Int, why []staffing.Reason) rates.Sum {
	if why != nil {
		return rates.Sum{Unknown: why}
	}
	units, ok := p.book.Round([]*big.Int{cost})
	if !ok {
		return rates.Sum{Unknown: staffing.Because(0, "people cost more than an amount can hold")}
	}
	return rates.Sum{Amount: money.Amount{Minor: units[0], Currency: p.book.Currency()}}
}

// hours returns what a line of a timesheet costs: its FTE-month at the rate of the
// person, day by day as they stood, or of the role.
func (p *prices) hours(h *portfolio.HoursEntry) rates.Sum {
	line := &portfolio.StaffingLine{Person: h.Person, Role: h.Role, FTE: h.FTE}
	return p.rounded(p.cost(line, h.Month, h.Month.Period()))
}

// capitalised is num ÷ den of what people cost, rounded half away from zero, and the
// rest.
func capitalised(s rates.Sum, num, den int64) (part, rest rates.Sum) {
	if num == 0 || len(s.Unknown) > 0 {
		return rates.Sum{}, s
	}
	share, err := s.Amount.MulDiv(num, den)
	if err != nil {
		return rates.Sum{}, s
	}
	left, _ := s.Amount.Sub(share)
	return rates.Sum{Amount: share}, rates.Sum{Amount: left}
}

// capitalise is the part of the hours of somebody that is capex: as much as of the work
// that staffing lines plan for the person in the month, or for the role.
func (p *prices) capitalise(of *portfolio.Program, h *portfolio.HoursEntry) (num, den int64) {
	for _, l := range of.Staffing {
		if l.Person != h.Person || h.Person == "" && l.Role != h.Role {
			continue
		}
		work := int64(l.FTE) * int64(p.s.Calendar.WorkdaysIn(l.Period().Intersect(h.Month.Period())))
		num += work * int64(l.Capitalise)
		den += work * int64(portfolio.Whole)
	}
	return num, max(den, 1)
}
