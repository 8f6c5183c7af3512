package headcount

import (
	"fmt"
	"slices"

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
	if len(unknown) > 0 || len(plans) == 0 {
		for i := range uses {
			uses[i].Unknown, uses[i].CostUnknown = unknown, unknown
		}
		return uses
	}
	p := newPricer(rates.New(s), s.Fiscal)
	items := planned(s, staffing.PeopleOf(s))
	below := map[string][]string{}
	for i, plan := range plans {
		if plan.FiscalYear.IsZero() {
			why := []staffing.Reason{{Text: fmt.Sprintf("plan %q states no fiscal year", plan.Meta.Name)}}
			uses[i].Unknown, uses[i].CostUnknown = why, why
			continue
		}
		period := s.Fiscal.Period(plan.FiscalYear)
		within := func(team string) bool {
			line, known := below[team]
			if !known {
				line = s.Lineage(team)
				below[team] = line
			}
			return plan.Team == "" || slices.Contains(line, plan.Team)
		}
		u := use{pricer: p, within: within}
		for _, item := range items {
			u.add(plan.FiscalYear, period, item)
		}
		uses[i] = Use{Heads: u.heads, Cost: money.Amount{Minor: u.cost.Amount.Minor, Currency: s.Config.Currency}, CostUnknown: u.cost.Unknown}
	}
	return uses
}

// use adds up what is in some teams.
type use struct {
	*pricer
	within func(team string) bool
	heads  int
	cost   rates.Sum
}

func (u *use) add(year cal.FiscalYear, period cal.Period, i *item) {
	stretches := i.stretches(i.days.Intersect(period))
	if !slices.ContainsFunc(stretches, func(s staffing.Stretch) bool { return u.within(s.Team) }) {
		return
	}
	if last := stretches[len(stretches)-1]; last.Contains(period.Last()) && u.within(last.Team) {
		u.heads++
	}
	for _, c := range u.charges(year, stretches) {
		if u.within(stretches[c.on].Team) {
			u.cost.Add(c.Sum)
		}
	}
}
