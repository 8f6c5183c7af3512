package headcount

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf  cal.Date
	Years cal.FiscalYears
	Step  cal.Step
	// By is what groups are made by; none makes no groups.
	By []group.Dimension
	// Subtree adds to what a team has that of the teams below it; By then has ByTeam.
	Subtree bool
	// Selector chooses people and positions, on the days on which it holds for them.
	Selector portfolio.Selector
	// Baseline, where it is not nil, has the plan of record.
	Baseline *portfolio.Snapshot
}

// Analysis is who is there, who comes and goes, what is planned and forecast.
type Analysis struct {
	Options
	Buckets  []cal.Bucket
	Currency money.Currency
	// Groups are in the order of their keys, those alone that have a figure.
	Groups []Group
	// Total is the sum of all groups; transfers between them are in both of its rows of
	// transfers.
	Total *Rows
	// Unknown says which figures are not known, and why.
	Unknown []Unknown
	// Drivers are what differs from the plan of record, most money first.
	Drivers []Driver
	Span    *Span

	tally *tally
	known known
	all   *cell
}

// Group is the figures of one group.
type Group struct {
	Key  group.Key
	Rows *Rows
	cell *cell
}

// Unknown is why a figure is not known.
type Unknown struct {
	Figure string
	Reason staffing.Reason
}

// Analyse counts heads. The error is a mistake of ours: figures that must agree do
// not.
func Analyse(s *portfolio.Snapshot, o Options) (*Analysis, error) {
	t := newTally(s, o)
	a := &Analysis{Options: o, Buckets: t.buckets, Currency: s.Config.Currency, tally: t}
	unlisted, unseen := staffing.Unlisted(s), staffing.PositionsUnknown(s)
	unrecorded := []staffing.Reason(nil)
	if len(unlisted) == 0 {
		people := staffing.PeopleOf(s)
		items := employments(s, people)
		t.roster(items)
		t.retained(items, people)
		a.Span = spanOf(t, items, people)
		if len(unseen) == 0 {
			items = planned(s, people)
			t.heads(items, func(c *cell) []int { return c.plan }, func(c *cell) []rates.Sum { return c.planCost })
			t.heads(expected(s, people, o.AsOf), func(c *cell) []int { return c.seats }, func(c *cell) []rates.Sum { return c.forecastCost })
			t.forecast()
			a.Drivers, unrecorded = t.compare(items)
		}
	}
	a.known = known{people: len(unlisted) == 0, plan: len(unlisted)+len(unseen) == 0, compared: o.Baseline != nil, record: o.Baseline != nil && len(unlisted)+len(unseen)+len(unrecorded) == 0}
	a.because("people", unlisted)
	a.because("plan", unseen)
	a.because("baseline", unrecorded)
	if err := a.groups(t); err != nil {
		return nil, err
	}
	return a, nil
}

// known says which figures are.
type known struct{ people, plan, compared, record bool }

func (a *Analysis) because(figure string, why []staffing.Reason) {
	for _, r := range why {
		a.Unknown = append(a.Unknown, Unknown{figure, r})
	}
}

// compare counts the plan of record and prices the steps to the plan of now; it says
// why it cannot.
func (t *tally) compare(now []*item) (drivers []Driver, why []staffing.Reason) {
	base := t.o.Baseline
	if base == nil {
		return nil, nil
	}
	why = staffing.MergeReasons(unplanned(base), incomparable(base, t.Snapshot))
	if len(why) > 0 {
		return nil, why
	}
	recorded := planned(base, staffing.PeopleOf(base))
	for _, i := range recorded {
		for _, s := range i.stretches(i.days.Intersect(t.months.period())) {
			if t.chooses(i, s.Standing) {
				t.months.stay(t.at(t.place(s.Standing)).record(), s.Period)
			}
		}
	}
	b := newBridge(t, base, recorded, now)
	b.costs(func(c *cell) [][]rates.Sum { return c.steps() })
	return b.sortedDrivers(), nil
}

// groups puts cells together.
func (a *Analysis) groups(t *tally) error {
	own := map[group.Key]*cell{}
	total := t.cell()
	for _, k := range slices.SortedFunc(maps.Keys(t.cells), place.compare) {
		c := t.cells[k]
		total.add(c)
		if own[k.key] == nil {
			own[k.key] = t.cell()
		}
		own[k.key].add(c)
	}
	for key, c := range own {
		if err := c.check(key); err != nil {
			return err
		}
	}
	a.Total, a.all = a.rows(total, a.Buckets), total
	a.noted(total, t.months.span(t.all()))
	if len(a.By) == 0 {
		return nil
	}
	if a.Subtree {
		own = t.subtrees(own)
	}
	for _, key := range slices.SortedFunc(maps.Keys(own), group.Key.Compare) {
		if rows := a.rows(own[key], a.Buckets); rows.some() {
			a.Groups = append(a.Groups, Group{key, rows, own[key]})
		}
	}
	return nil
}

// subtrees adds to the groups of each team those of the teams below it.
func (t *tally) subtrees(own map[group.Key]*cell) map[group.Key]*cell {
	at := slices.Index(t.o.By, group.ByTeam)
	all := map[group.Key]*cell{}
	for _, key := range slices.SortedFunc(maps.Keys(own), group.Key.Compare) {
		line := t.Lineage(key[at])
		if len(line) == 0 {
			line = []string{""}
		}
		for _, team := range line {
			above := key
			above[at] = team
			if all[above] == nil {
				all[above] = t.cell()
			}
			all[above].add(own[key])
		}
	}
	return all
}
