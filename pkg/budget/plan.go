package budget

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
)

// Plan is what a program is planned to cost. Contingency is no part of it.
type Plan struct {
	Program *portfolio.Program
	// Months are in order, those alone that a line touches.
	Months []Month
}

// Month is the plan of one month.
type Month struct {
	Month cal.Month
	Figures
}

// Year is the plan of a fiscal year.
type Year struct {
	Year cal.FiscalYear
	Figures
}

// Figures are the two parts of a plan.
type Figures struct {
	People rates.Sum // of the staffing lines
	Lines  rates.Sum // of the budget lines
}

// Total returns people and lines together.
func (f Figures) Total() rates.Sum {
	f.People.Add(f.Lines)
	return f.People
}

// Plans returns the plan of each program: the cost of its staffing lines, those
// that name nobody too, and its budget lines. A cancelled program has one like any
// other; staffing.Programs lists those that count in totals.
func Plans(s *portfolio.Snapshot, programs []*portfolio.Program) []Plan {
	prices := newPrices(s)
	plans := make([]Plan, len(programs))
	for i, p := range programs {
		plans[i] = Plan{p, prices.plan(p)}
	}
	return plans
}

// Years sums any number of plans by fiscal year, in order. Each year is exactly the
// sum of its months.
func Years(c cal.FiscalCalendar, plans ...Plan) []Year {
	byYear := map[cal.FiscalYear]*Figures{}
	for _, p := range plans {
		for _, m := range p.Months {
			year := at(byYear, c.QuarterOf(m.Month).FY)
			year.People.Add(m.People)
			year.Lines.Add(m.Lines)
		}
	}
	var years []Year
	for _, fy := range slices.Sorted(maps.Keys(byYear)) {
		years = append(years, Year{fy, *byYear[fy]})
	}
	return years
}

// at returns the figures of a key, which it makes where there are none.
func at[K comparable](m map[K]*Figures, key K) *Figures {
	if m[key] == nil {
		m[key] = new(Figures)
	}
	return m[key]
}

func (p *prices) plan(program *portfolio.Program) []Month {
	byMonth := map[cal.Month]*Figures{}
	figures := func(m cal.Month) *Figures {
		f := at(byMonth, m)
		f.People.Amount.Currency, f.Lines.Amount.Currency = p.book.Currency(), p.book.Currency()
		return f
	}
	// What is missing as a whole is missing in every month of the program.
	people, lines, _ := (&account{program: program}).missing(p.s)
	for _, m := range cal.Through(program.Start, program.Due).Months() {
		if people != nil {
			figures(m).People.Unknown = people
		}
		if lines != nil {
			figures(m).Lines.Unknown = lines
		}
	}
	if !p.s.Unconfigured {
		for _, l := range program.Staffing {
			for _, e := range p.people(l) {
				figures(e.month).People.Add(e.Sum)
			}
		}
		if program.Budget != nil {
			for _, l := range program.Budget.Lines {
				for _, e := range p.line(l) {
					figures(e.month).Lines.Add(e.Sum)
				}
			}
		}
	}
	var months []Month
	for _, m := range slices.Sorted(maps.Keys(byMonth)) {
		months = append(months, Month{m, *byMonth[m]})
	}
	return months
}
