package budget

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Costs is what one program costs, or a team's own budgets and ledgers without its
// people, in all months that there are.
type Costs struct {
	Program *portfolio.Program // nil for a team
	Team    string
	Closed  cal.Month // the last month of which the forecast is what was spent

	cell *cell
}

// MonthSum is a figure of one month.
type MonthSum struct {
	Month cal.Month
	rates.Sum
}

// CostsOf returns the costs of all programs that validate, cancelled ones too, by name.
func CostsOf(s *portfolio.Snapshot, asOf cal.Date) []Costs {
	return costsOf(s, programAccounts(s), asOf)
}

// TeamCosts returns the costs of all teams that have a budget or a ledger of their own,
// by name.
func TeamCosts(s *portfolio.Snapshot, asOf cal.Date) []Costs {
	return costsOf(s, teamAccounts(s, nil), asOf)
}

func costsOf(s *portfolio.Snapshot, accounts []*account, asOf cal.Date) []Costs {
	list, c := make([]Costs, len(accounts)), newCollector(s, asOf)
	unread := c.unread()
	for i, acc := range accounts {
		list[i] = Costs{Program: acc.program, Team: acc.team, Closed: c.closed, cell: &cell{}}
		facts := c.of(acc)
		for at := range facts {
			list[i].cell.add(&facts[at])
		}
		for _, v := range slices.Concat(c.veils, unread[acc.subject], unread[""]) {
			list[i].cell.lay(v)
		}
	}
	return list
}

// unread lies over what was spent where a ledger does not validate: by the subject of the
// program or the team, "" where nobody knows whose it is. A report leaves such a ledger
// out; a judgement must not.
func (c *collector) unread() map[string][]veil {
	of := map[string][]veil{}
	add := func(subject, ledger string) {
		why := staffing.Reason{Text: fmt.Sprintf("ledger %q does not validate", ledger)}
		of[subject] = append(of[subject],
			veil{Actual, earliest, c.asOf.Month(), true, true, why}, veil{Committed, earliest, latest, true, true, why},
			veil{Forecast, earliest, c.closed, true, true, why})
	}
	for _, l := range c.s.Ledgers {
		if c.s.Sound("ledger/" + l.Meta.Name) {
			continue
		}
		if l.Program != "" {
			add("program/"+l.Program, l.Meta.Name)
		} else {
			add("team/"+l.Team, l.Meta.Name)
		}
	}
	for _, name := range c.s.Undecoded("ledger") {
		add("", name)
	}
	return of
}

// Sum is a figure over months, the last one included.
func (c *Costs) Sum(f Figure, from, to cal.Month) rates.Sum { return c.cell.sum(f, from, to) }

// All is a figure over all months.
func (c *Costs) All(f Figure) rates.Sum { return c.cell.sum(f, earliest, latest) }

// Months are those in which a figure has something, or in which some of it is not known,
// in order. What is not known of all months is so of each of them; where there is none,
// of the first of the program.
func (c *Costs) Months(f Figure) (list []MonthSum) {
	for i := range c.cell.months {
		m := c.cell.first.Add(i)
		if s := c.cell.sum(f, m, m); !s.Amount.IsZero() || len(s.Unknown) > 0 {
			list = append(list, MonthSum{m, s})
		}
	}
	if sum := c.All(f); list == nil && len(sum.Unknown) > 0 && c.Program != nil {
		list = append(list, MonthSum{c.Program.Start.Month(), sum})
	}
	return list
}
