package headcount

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Use is how much is planned in the team of a headcount plan and those below it, which
// is what the caps of the plan bound; of a plan without a team, everywhere.
type Use struct {
	Heads int          // on the last day of the fiscal year of the plan
	Cost  money.Amount // of that year
	// Unknown says why Heads are not known, CostUnknown why Cost is not.
	Unknown, CostUnknown []staffing.Reason
}

// CapUse returns the use of each plan, in their order.
func CapUse(s *portfolio.Snapshot, plans ...*portfolio.HeadcountPlan) []Use {
	uses := make([]Use, len(plans))
	unknown := unplanned(s)
	bounded := map[teamYear][]*Use{} // by the team and the year of a plan
	for i, plan := range plans {
		why := unknown
		if len(why) == 0 && plan.FiscalYear.IsZero() {
			why = []staffing.Reason{{Text: fmt.Sprintf("plan %q states no fiscal year", plan.Meta.Name)}}
		}
		uses[i] = Use{Cost: money.Amount{Currency: s.Config.Currency}, Unknown: why, CostUnknown: why}
		if len(why) == 0 {
			k := teamYear{plan.Team, plan.FiscalYear}
			bounded[k] = append(bounded[k], &uses[i])
		}
	}
	years := map[cal.FiscalYear]bool{}
	for k := range bounded {
		years[k.year] = true
	}
	if len(years) == 0 {
		return uses
	}
	p, lines := newPricer(rates.New(s), s.Fiscal), map[string][]string{}
	within := func(team string, year cal.FiscalYear, add func(*Use)) {
		line, known := lines[team]
		if !known {
			line = append(s.Lineage(team), "")
			lines[team] = line
		}
		for _, name := range line {
			for _, u := range bounded[teamYear{name, year}] {
				add(u)
			}
		}
	}
	for _, i := range planned(s, staffing.PeopleOf(s)) {
		for year := range years {
			period := s.Fiscal.Period(year)
			stretches := i.stretches(i.days.Intersect(period))
			for _, at := range stretches {
				if at.Contains(period.Last()) {
					within(at.Team, year, func(u *Use) { u.Heads++ })
				}
			}
			if len(stretches) == 0 {
				continue
			}
			for _, c := range p.charges(year, stretches) {
				within(stretches[c.on].Team, year, func(u *Use) { u.charge(c.Sum) })
			}
		}
	}
	return uses
}

func (u *Use) charge(s rates.Sum) {
	total := rates.Sum{Amount: u.Cost, Unknown: u.CostUnknown}
	total.Add(s)
	u.Cost, u.CostUnknown = total.Amount, total.Unknown
}
