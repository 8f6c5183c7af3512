package status

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/staffing"
)

// People is who is there and who is missing.
type People struct {
	// Heads are employed on as-of; nil where they are not known. Planned are those that
	// the plan has on PlannedOn, the last day of the fiscal year.
	Heads, Planned *int
	PlannedOn      cal.Date
	// Month is that of as-of, and Demand, Supply and Gap are of it, in FTE-months; nil is
	// not known. Gap is demand − supply.
	Month               cal.Month
	Demand, Supply, Gap *staffing.FTEMonths
	// Short are the teams that are short in a month to come, the worst first.
	Short []staffing.Shortage
	// Overallocated are how many people are allocated beyond policy on days of the fiscal
	// year from as-of on; nil is not known.
	Overallocated *int
	// Unfilled are how many staffing lines ask for somebody and name nobody, for days to
	// come in the fiscal year; nil is not known.
	Unfilled *int
	// ToFill are the seats of the fiscal year that are to be filled, Late those of them
	// budgeted for a day before as-of; nil is not known.
	ToFill, Late *int
	// Seats are all of them, filled ones and those that are not wanted any more with them.
	Seats int
	// Unknown says why figures are not known.
	Unknown []staffing.Reason
}

// people counts who is there, and who is missing.
func (a *Analysis) people() {
	if a.Staffing == nil {
		return
	}
	s := a.Snapshot
	p := &People{Month: a.AsOf.Month(), PlannedOn: s.Fiscal.Period(s.Fiscal.YearOf(a.AsOf)).Last()}
	a.People = p
	if why := staffing.Unlisted(s); why != nil {
		p.Unknown = staffing.MergeReasons(p.Unknown, why)
	} else {
		p.Heads = new(int)
		for _, employments := range staffing.PeopleOf(s) {
			for _, e := range employments {
				if staffing.Employed(e).Contains(a.AsOf) {
					*p.Heads++
					break
				}
			}
		}
	}
	if plan := headcount.Planned(s, p.PlannedOn); plan.Unknown != nil {
		p.Unknown = staffing.MergeReasons(p.Unknown, plan.Unknown)
	} else {
		p.Planned = new(int)
		for _, t := range plan.Teams {
			*p.Planned += t.Heads
		}
	}
	a.balance(p)
	if a.Hiring == nil {
		return
	}
	if p.Unknown = staffing.MergeReasons(p.Unknown, a.Hiring.Unknown); a.Hiring.Unknown == nil {
		p.Seats = a.Hiring.Summary.Positions
		p.ToFill, p.Late = &a.Hiring.Summary.ToFill, &a.Hiring.Summary.Late
	}
}

// balance takes demand and supply of the month of as-of.
func (a *Analysis) balance(p *People) {
	x := a.Staffing
	p.Short = x.Short
	for i, b := range x.Buckets {
		if !b.Contains(a.AsOf) {
			continue
		}
		of := func(s staffing.Series) *staffing.FTEMonths {
			if !s.Known {
				return nil
			}
			return &s.Values[i]
		}
		p.Demand, p.Supply, p.Gap = of(x.Total.Demand), of(x.Total.Supply), of(x.Total.Gap)
	}
	overallocated, unfilled := true, true
	for _, u := range x.Unknown {
		switch u.Figure {
		case staffing.FigureOverallocated:
			overallocated = false
		case staffing.FigureUnfilled:
			unfilled = false
		case staffing.FigureDemand, staffing.FigureSupply, staffing.FigureGap:
			p.Unknown = staffing.MergeReasons(p.Unknown, u.Reasons)
		}
	}
	if unfilled {
		p.Unfilled = new(len(x.Unfilled))
	}
	if !overallocated {
		return
	}
	who := map[string]bool{}
	for _, o := range x.Overallocated {
		if o.To >= a.AsOf {
			who[o.Person.ID] = true
		}
	}
	p.Overallocated = new(len(who))
}
