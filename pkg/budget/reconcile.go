package budget

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
)

// Reconciliation leads from what programs cost to what teams do, over the years of the
// report: Programs − ProgramMoney + UnallocatedPeople + TeamMoney = Teams.
type Reconciliation struct {
	// Programs is all that programs cost, ProgramMoney what of it is not people.
	Programs     Step `json:"programs"`
	ProgramMoney Step `json:"programMoney"`
	// UnallocatedPeople is what the people and seats of teams cost more than those that
	// programs are charged.
	UnallocatedPeople Step `json:"unallocatedPeople"`
	// TeamMoney is what teams spend themselves, people apart.
	TeamMoney Step `json:"teamMoney"`
	Teams     Step `json:"teams"`
}

// Step is one line of a reconciliation.
type Step struct {
	Plan     *money.Amount `json:"plan"`
	Actual   *money.Amount `json:"actual"`
	Forecast *money.Amount `json:"forecast"`
}

func (s *Step) figures() []**money.Amount { return []**money.Amount{&s.Plan, &s.Actual, &s.Forecast} }

// parts is money over the years of a report: that of people, and other.
type parts struct{ people, other [figures]rates.Sum }

func (p *parts) add(facts []Fact, from, to cal.Month) {
	for _, f := range facts {
		switch {
		case f.Month < from || f.Month > to:
		case f.Category == PeopleCategory:
			p.people[f.Figure].Add(f.Sum)
		default:
			p.other[f.Figure].Add(f.Sum)
		}
	}
}

// reconcile compares what teams cost with what programs do.
func (a *Analysis) reconcile(teams parts) *Reconciliation {
	from, to := a.span()
	programs, w := parts{}, a.walk()
	w.lens = Programs
	for _, facts := range w.accounts() {
		programs.add(facts, from, to)
	}
	r := &Reconciliation{}
	for i, f := range []Figure{Planned, Actual, Forecast} {
		whole := func(sums ...rates.Sum) *money.Amount {
			var total rates.Sum
			for _, s := range sums {
				total.Add(s)
			}
			return a.known(total)
		}
		*r.Programs.figures()[i] = whole(programs.people[f], programs.other[f])
		*r.ProgramMoney.figures()[i] = whole(programs.other[f])
		*r.UnallocatedPeople.figures()[i] = less(whole(teams.people[f]), whole(programs.people[f]))
		*r.TeamMoney.figures()[i] = whole(teams.other[f])
		*r.Teams.figures()[i] = whole(teams.people[f], teams.other[f])
	}
	return r
}
