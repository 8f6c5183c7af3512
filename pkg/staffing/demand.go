package staffing

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Demand is the work that the staffing lines of programs ask for.
type Demand struct {
	// Months are in order, those alone that a line touches. A month without
	// working days has a demand of 0: no day of it can be worked.
	Months []MonthDemand
	// Unknown says why there may be more; empty where Months is the whole demand.
	Unknown []Reason
}

// MonthDemand is the demand of one month.
type MonthDemand struct {
	Month cal.Month
	FTE   FTEMonths
}

// Programs lists the programs that count in totals of demand and of money planned:
// those that validate and are not cancelled. A proposed program counts, since a
// plan is judged before it is approved; so does a completed one, whose lines say
// what it took.
func Programs(s *portfolio.Snapshot) []*portfolio.Program {
	return slices.DeleteFunc(slices.Clone(s.Programs), func(p *portfolio.Program) bool {
		return p.Status == portfolio.ProgramCancelled || !s.Sound(p.Subject())
	})
}

// DemandOf sums the staffing lines of the programs by month, those that name a
// person like those that do not: fte × working days of the line in the month ÷
// working days of the month, summed exactly.
func DemandOf(s *portfolio.Snapshot, programs []*portfolio.Program) Demand {
	if s.Unconfigured {
		return Demand{Unknown: []Reason{Unconfigured}}
	}
	var d Demand
	work := map[cal.Month]int64{} // thousandths of full-time days
	for _, p := range programs {
		if LinesPrivate(s, p) {
			d.Unknown = []Reason{Private}
		}
		for _, l := range p.Staffing {
			period := l.Period()
			for _, m := range period.Months() {
				work[m] += int64(l.FTE) * int64(s.Calendar.WorkdaysIn(period.Intersect(m.Period())))
			}
		}
	}
	for _, m := range slices.Sorted(maps.Keys(work)) {
		d.Months = append(d.Months, MonthDemand{m, newFTEMonths(work[m], s.Calendar, m)})
	}
	return d
}

// LinesPrivate reports whether the staffing of a program is said to live in
// another repository and is not there: the program states none, not even an empty
// list.
func LinesPrivate(s *portfolio.Snapshot, p *portfolio.Program) bool {
	return p.Staffing == nil && slices.Contains(s.Config.External, portfolio.ExternalStaffing)
}
