package headcount

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// place is where a head is counted: in a group, and in a team, whose attrition it has.
type place struct {
	key  group.Key
	team string
}

// tally counts the heads of one portfolio.
type tally struct {
	*portfolio.Snapshot
	o        Options
	grouping *staffing.Grouping
	months   *months
	buckets  []cal.Bucket
	pricer   *pricer
	cells    map[place]*cell
	items    []*item // the people
}

func newTally(s *portfolio.Snapshot, o Options) *tally {
	report := s.Fiscal.RangePeriod(o.Years)
	first, last := report.From.Month().Add(-1), report.Last().Month()
	first = min(first, max(o.AsOf.Month(), cal.MinMonth))
	return &tally{
		Snapshot: s, o: o, grouping: staffing.NewGrouping(s, o.By...),
		buckets: s.Fiscal.Buckets(o.Years, o.Step),
		months:  newMonths(first, last, s.Calendar), pricer: newPricer(rates.New(s), s.Fiscal), cells: map[place]*cell{},
	}
}

// compare orders places by group, then by team.
func (p place) compare(o place) int {
	return cmp.Or(p.key.Compare(o.key), strings.Compare(p.team, o.team))
}

func (t *tally) at(k place) *cell {
	c := t.cells[k]
	if c == nil {
		c = t.cell()
		t.cells[k] = c
	}
	return c
}

func (t *tally) cell() *cell { return newCell(t.months.count()) }

// all is the whole report as one bucket.
func (t *tally) all() cal.Bucket {
	return cal.Bucket{Name: t.o.Years.String(), Period: t.Fiscal.RangePeriod(t.o.Years)}
}

func (t *tally) place(now staffing.Standing) place { return place{t.grouping.Key(now), now.Team} }

// chooses reports whether the selector chooses an item while a standing holds.
func (t *tally) chooses(i *item, now staffing.Standing) bool {
	return len(t.o.Selector) == 0 || i.of.Selects(t.o.Selector, i.subject, i.field(t.grouping, now))
}

// roster counts the people: who is there at the end of each month, and, apart from
// that, who came, moved and left.
func (t *tally) roster(items []*item) {
	t.items = items
	for _, i := range items {
		stretches := i.stretches(i.days)
		for n, s := range stretches {
			chosen := t.chooses(i, s.Standing)
			if !chosen {
				continue
			}
			c := t.at(t.place(s.Standing))
			t.months.stay(c.closing, s.Period)
			t.months.worked(c.work, s.Period, s.FTE)
			if n == 0 {
				t.event(c.hires, s.From)
			}
			if n == len(stretches)-1 && i.person.End != 0 {
				t.event(c.leavers, s.To)
				t.event(c.left[leaving(i.person)], s.To)
			}
		}
		for n := 1; n < len(stretches); n++ {
			t.transfer(i, stretches[n-1], stretches[n])
		}
		t.charge(i, stretches, func(c *cell) []rates.Sum { return c.cost })
	}
}

// event counts something that happens on a day.
func (t *tally) event(list []int, day cal.Date) {
	if m := day.Month(); t.months.has(m) {
		list[t.months.index(m)]++
	}
}

// transfer counts a change from one group to another; what the selector does not
// choose is a group of its own, of which nothing is told.
func (t *tally) transfer(i *item, from, to staffing.Stretch) {
	left, joined := t.chooses(i, from.Standing), t.chooses(i, to.Standing)
	was, is := t.place(from.Standing), t.place(to.Standing)
	if left && joined && was.key == is.key {
		return
	}
	if left {
		t.event(t.at(was).out, to.From)
	}
	if joined {
		t.event(t.at(is).in, to.From)
	}
}

// leaving is the index of a reason for leaving in cell.left.
func leaving(p *portfolio.Person) int {
	switch p.LeaveReason {
	case portfolio.Voluntary:
		return 0
	case portfolio.Involuntary:
		return 1
	}
	return 2
}

// charge adds what an item costs to the row of each cell it is in.
func (t *tally) charge(i *item, stretches []staffing.Stretch, row func(*cell) []rates.Sum) {
	years := t.o.Years // and those before, in which attrition begins
	years.From = min(years.From, t.Fiscal.YearOf(t.o.AsOf))
	for fy, part := range t.pricer.years(years, stretches) {
		t.add(i, part, t.pricer.charges(fy, part), row)
	}
}

// add adds charges of stretches, those that are chosen, and returns their sum.
func (t *tally) add(i *item, stretches []staffing.Stretch, charges []charge, row func(*cell) []rates.Sum) (total rates.Sum) {
	last, sums := -1, []rates.Sum(nil)
	for _, c := range charges {
		if c.on != last {
			last, sums = c.on, nil
			if now := stretches[c.on].Standing; t.chooses(i, now) {
				sums = row(t.at(t.place(now)))
			}
		}
		if sums != nil && t.months.has(c.month) {
			sums[t.months.index(c.month)].Add(c.Sum)
			total.Add(c.Sum)
		}
	}
	return total
}

// heads counts items that are there, in the rows of heads and of money.
func (t *tally) heads(items []*item, heads func(*cell) []int, money func(*cell) []rates.Sum) {
	for _, i := range items {
		stretches := i.stretches(i.days.Intersect(t.months.period()))
		for _, s := range stretches {
			if t.chooses(i, s.Standing) {
				t.months.stay(heads(t.at(t.place(s.Standing))), s.Period)
			}
		}
		t.charge(i, stretches, money)
	}
}

// check asserts that each month opens with those with whom the one before closed, and
// that who came, moved and left explains who is there at its end: the two are counted
// apart.
func (c *cell) check(key group.Key) error {
	for i := 1; i < len(c.closing); i++ {
		if got := c.closing[i-1] + c.hires[i] + c.in[i] - c.leavers[i] - c.out[i]; got != c.closing[i] {
			return fmt.Errorf("headcount of %q, month %d: %d at its end, but %d by who came and left", key, i, c.closing[i], got)
		}
	}
	return nil
}
