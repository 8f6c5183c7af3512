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
	Programs     Sums `json:"programs"`
	ProgramMoney Sums `json:"programMoney"`
	// UnallocatedPeople is what the people and seats of teams cost more than those that
	// programs are charged.
	UnallocatedPeople Sums `json:"unallocatedPeople"`
	// TeamMoney is what teams spend themselves, people apart.
	TeamMoney Sums `json:"teamMoney"`
	Teams     Sums `json:"teams"`
}

// Sums are three figures over the years of a report; nil is not known.
type Sums struct {
	Plan     *money.Amount `json:"plan"`
	Actual   *money.Amount `json:"actual"`
	Forecast *money.Amount `json:"forecast"`
}

func (s *Sums) all() []**money.Amount { return []**money.Amount{&s.Plan, &s.Actual, &s.Forecast} }

// sums are the figures of which sum tells each.
func (a *Analysis) sums(sum func(Figure) rates.Sum) Sums {
	return Sums{a.known(sum(Planned)), a.known(sum(Actual)), a.known(sum(Forecast))}
}

// parts is money over the years of a report: that of people, and other.
type parts struct {
	from, to cal.Month
	sums     [2]cell // of people, and other
}

func (p *parts) at(category string) *cell {
	if category == PeopleCategory {
		return &p.sums[0]
	}
	return &p.sums[1]
}

func (p *parts) add(f *Fact) { p.at(f.Category).add(f) }

func (p *parts) lay(v veil) {
	if v.people {
		p.sums[0].lay(v)
	}
	if v.other {
		p.sums[1].lay(v)
	}
}

func (p *parts) people(f Figure) rates.Sum { return p.sums[0].sum(f, p.from, p.to) }
func (p *parts) other(f Figure) rates.Sum  { return p.sums[1].sum(f, p.from, p.to) }

// reconcile compares what teams cost with what programs do.
func (a *Analysis) reconcile(teams *parts) *Reconciliation {
	programs, w := &parts{from: teams.from, to: teams.to}, a.walk()
	w.lens = Programs
	for _, facts := range w.accounts() {
		for i := range facts {
			programs.add(&facts[i])
		}
		for _, v := range w.veils {
			programs.lay(v)
		}
	}
	for _, v := range w.absentPrograms() {
		programs.lay(v)
	}
	both := func(p *parts, f Figure) rates.Sum {
		sum := p.people(f)
		sum.Add(p.other(f))
		return sum
	}
	return &Reconciliation{
		Programs:     a.sums(func(f Figure) rates.Sum { return both(programs, f) }),
		ProgramMoney: a.sums(programs.other),
		UnallocatedPeople: a.sums(func(f Figure) rates.Sum {
			sum, charged := teams.people(f), programs.people(f)
			charged.Amount = charged.Amount.Neg()
			sum.Add(charged)
			return sum
		}),
		TeamMoney: a.sums(teams.other),
		Teams:     a.sums(func(f Figure) rates.Sum { return both(teams, f) }),
	}
}
