package budget

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Lens is whose money a report shows.
type Lens string

// The lenses.
const (
	// Programs is what programs cost: the people they ask for, their budgets and ledgers.
	Programs Lens = "program"
	// Teams is what teams cost: all their people and seats, their own budgets and ledgers.
	Teams Lens = "team"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf  cal.Date
	Years cal.FiscalYears
	Step  cal.Step
	Lens  Lens
	// By is what groups are made by; none makes no groups.
	By []group.Dimension
	// Subtree adds to what a team has that of the teams below it; By then has ByTeam.
	Subtree bool
	// Selector chooses programs or teams, and money by its category, type and cost
	// centre.
	Selector portfolio.Selector
	// Baseline, where it is not nil, has the plan of record.
	Baseline *portfolio.Snapshot
}

// Analysis is money planned, spent, ordered and expected.
type Analysis struct {
	Options
	Buckets  []cal.Bucket
	Currency money.Currency
	// Closed is the last month of which the forecast is what was spent.
	Closed cal.Month
	// Groups are in the order of their keys, those alone that have a figure.
	Groups []Group
	// Total is the sum of all groups, each amount once.
	Total *Rows
	// Contingencies are those of the programs that keep one, by name.
	Contingencies []Contingency
	// Reconciliation leads from what programs cost to what teams do; nil but with the
	// lens of teams, and where only some are chosen.
	Reconciliation *Reconciliation
	// CapitalisedLabour is what of people is capex, Unbudgeted what was spent in categories
	// in which a program has no line; both over the years of the report.
	CapitalisedLabour Sums
	Unbudgeted        *money.Amount
	// SpentBeyond and OrderedBeyond are what of money other than people the forecast does
	// not know: spent after the last closed month beyond the forecast of those months, and
	// ordered beyond the forecast of all months to come.
	SpentBeyond, OrderedBeyond []Excess
	// Incomparable says why there is nothing to compare with.
	Incomparable []staffing.Reason
	// Caps are the budgets of teams that have one, with the lens of teams.
	Caps []Cap

	s     *portfolio.Snapshot
	total *cell
	cells map[group.Key]*cell
}

// Group is the figures of one group.
type Group struct {
	Key  group.Key
	Rows *Rows
	cell *cell
}

// Analyse sums money.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{
		Options: o, Buckets: s.Fiscal.Buckets(o.Years, o.Step), Currency: s.Config.Currency, Closed: closedBy(s, o.AsOf),
		s: s, total: &cell{}, cells: map[group.Key]*cell{},
	}
	from, to := a.span()
	w := a.walk()
	own, labour, unbudgeted := &parts{from: from, to: to}, &parts{from: from, to: to}, rates.Sum{}
	for acc, facts := range w.accounts() {
		of, other, in := &cell{}, &cell{}, touched{}
		for i := range facts {
			f := &facts[i]
			if !w.choice.fact(acc, f) {
				continue
			}
			a.count(acc, f, in)
			of.add(f)
			own.add(f)
			if f.Category != PeopleCategory {
				other.add(f)
			}
			if f.Type == string(portfolio.Capex) && f.Category == PeopleCategory {
				labour.add(f)
			}
			if f.Unbudgeted && f.Figure == Actual && from <= f.Month && f.Month <= to {
				unbudgeted.Add(f.Sum)
			}
		}
		for _, v := range a.veiled(w, acc, in) {
			of.lay(v)
			other.lay(v)
			own.lay(v)
			labour.lay(v)
			if v.figure == Actual || v.figure == Planned && v.other {
				unbudgeted.Unknown = staffing.MergeReasons(unbudgeted.Unknown, []staffing.Reason{v.why})
			}
		}
		if c := a.contingency(w.prices, acc, of); c != nil && len(w.choice.money) == 0 { // a part of the money draws on no contingency
			a.Contingencies = append(a.Contingencies, *c)
		}
		a.excess(acc, other)
		a.Caps = append(a.Caps, a.caps(w.prices, acc, facts, w.veils)...)
	}
	for _, v := range w.absentPrograms() {
		a.total.lay(v)
		for _, c := range a.cells {
			if !slices.Contains(a.By, group.ByProgram) {
				c.lay(v)
			}
		}
	}
	if a.Lens == Teams && len(a.Selector) == 0 {
		a.Reconciliation = a.reconcile(own)
	}
	a.CapitalisedLabour = a.sums(func(f Figure) rates.Sum { return labour.people(f) })
	a.Unbudgeted = a.known(unbudgeted)
	a.compare()
	a.Total = a.rows(a.total)
	for _, key := range slices.SortedFunc(maps.Keys(a.cells), group.Key.Compare) {
		if c := a.cells[key]; !c.isEmpty(from, to) || c.recorded.some(from, to) {
			a.Groups = append(a.Groups, Group{key, a.rows(c), c})
		}
	}
	return a
}

// span is the first and the last month of the report.
func (a *Analysis) span() (from, to cal.Month) {
	period := a.s.Fiscal.RangePeriod(a.Years)
	return period.From.Month(), period.Last().Month()
}

// keys are the groups that money of an account belongs to: one, or with subtrees one
// for each team above.
func (a *Analysis) keys(acc *account, f *Fact) []group.Key {
	if len(a.By) == 0 {
		return nil
	}
	var key group.Key
	for i, d := range a.By {
		key[i] = value(d, acc, f)
	}
	at := slices.Index(a.By, group.ByTeam)
	if !a.Subtree || at < 0 {
		return []group.Key{key}
	}
	line := a.s.Lineage(acc.team)
	if len(line) == 0 {
		line = []string{""}
	}
	keys := make([]group.Key, len(line))
	for i, team := range line {
		keys[i] = key
		keys[i][at] = team
	}
	return keys
}

func (a *Analysis) cell(key group.Key) *cell {
	c := a.cells[key]
	if c == nil {
		c = &cell{}
		a.cells[key] = c
	}
	return c
}

// count adds a fact to the groups it belongs to, which it notes, and to the total.
func (a *Analysis) count(acc *account, f *Fact, in touched) {
	a.total.add(f)
	for _, key := range a.keys(acc, f) {
		a.cell(key).add(f)
		in.note(key, f.Category)
	}
}

// walk is a way through all facts that are chosen.
type walk struct {
	*collector
	lens   Lens
	years  cal.FiscalYears
	choice *choice
	// unlisted and unplanned say why what teams' people cost is not known.
	unlisted, unplanned []staffing.Reason
}

func (a *Analysis) walk() *walk {
	return &walk{collector: newCollector(a.s, a.AsOf), lens: a.Lens, years: a.Years, choice: choose(a.s, a.Selector)}
}

// accounts yields the accounts that are chosen, with their facts, in order.
func (w *walk) accounts() func(yield func(*account, []Fact) bool) {
	return func(yield func(*account, []Fact) bool) {
		list, people := programAccounts(w.s), map[string][]Fact(nil)
		if w.lens == Teams {
			list, people = w.teams()
		}
		for _, acc := range list {
			if !w.choice.account(acc) {
				continue
			}
			facts := w.of(acc)
			if acc.program == nil {
				for _, f := range people[acc.team] {
					w.add(f)
				}
				facts, w.veils = w.facts, append(w.veils, w.teamVeils()...)
			}
			if !yield(acc, facts) {
				return
			}
		}
	}
}

// teams are the teams, and what their people cost.
func (w *walk) teams() ([]*account, map[string][]Fact) {
	charges, unlisted, unplanned := headcount.Charges(w.s, w.years, w.asOf)
	w.unlisted, w.unplanned = unlisted, unplanned
	people := map[string][]Fact{}
	for _, c := range charges {
		f := Fact{Month: c.Month, Category: PeopleCategory, Type: PeopleType, Sum: c.Sum}
		switch c.Row {
		case headcount.RosterRow:
			f.Figure = Actual
		case headcount.PlanRow:
			f.Figure = Planned
		case headcount.ForecastRow:
			if f.Figure = Forecast; c.Month <= w.closed {
				continue // what was spent, which is counted as that
			}
		}
		if w.each {
			f.Source = PeopleSource{c}
		}
		team := c.Standing.Team
		people[team] = append(people[team], f)
	}
	if len(unlisted)+len(unplanned) > 0 || w.s.Absent(portfolio.ExternalLedger) || w.s.Absent(portfolio.ExternalTeamBudget) {
		for _, name := range append([]string{""}, names(w.s.Teams)...) { // any of them may have some
			if _, has := people[name]; !has {
				people[name] = nil
			}
		}
	}
	return teamAccounts(w.s, slices.Sorted(maps.Keys(people))), people
}

func names(teams []*portfolio.Team) []string {
	list := make([]string, len(teams))
	for i, t := range teams {
		list[i] = t.Meta.Name
	}
	return list
}
