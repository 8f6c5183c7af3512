package headcount

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Factors are what a plan's cost may differ by from that of the plan of record, in the
// order in which they are changed, one after the other: the dates of who is in both
// (and the calendar); who is in one alone, and how much of full time; role, level,
// location and team; the rate card; exchange rates.
var Factors = []string{"timing", "volume", "mix", "rate", "currency"}

// bridge explains what the plan costs more than that of another revision. It prices
// the plan of record, then the same with one factor after the other as in the plan of
// now, which is the last: what each step adds is the part of its factor, so the parts
// sum to the whole.
type bridge struct {
	head  *tally
	pairs []pair
	books []*pricer // of each step
}

// pair is an item in both plans, or in one alone.
type pair struct{ was, is *item }

func newBridge(head *tally, record *portfolio.Snapshot, was, is []*item) *bridge {
	b := &bridge{head: head, pairs: pairUp(was, is)}
	now := head.Snapshot
	mixed := func(card, exchange *portfolio.Snapshot) *pricer {
		return newPricer(rates.Mixed(card, exchange, now.Calendar), now.Fiscal)
	}
	recorded, rated := mixed(record, record), mixed(now, record)
	b.books = []*pricer{newPricer(rates.New(record), now.Fiscal), recorded, recorded, recorded, rated, head.pricer}
	return b
}

// pairUp matches items by id; of those that share one, the first with the first.
func pairUp(was, is []*item) []pair {
	type nth struct {
		id string
		n  int
	}
	var (
		pairs []pair
		index = map[nth]int{}
		seen  = map[string]int{}
	)
	for _, i := range was {
		index[nth{i.id, seen[i.id]}] = len(pairs)
		seen[i.id]++
		pairs = append(pairs, pair{was: i})
	}
	clear(seen)
	for _, i := range is {
		at, both := index[nth{i.id, seen[i.id]}]
		seen[i.id]++
		if both {
			pairs[at].is = i
			continue
		}
		pairs = append(pairs, pair{is: i})
	}
	return pairs
}

// at is the pair after so many steps: the item whose days count, whose part of full
// time, and whose role, level, location and team; nil where it is not there.
func (p pair) at(step int) (days, fte, who *item) {
	pick := func(from int) *item {
		if step >= from {
			return p.is
		}
		return p.was
	}
	switch {
	case p.was != nil && p.is != nil:
		return pick(1), pick(2), pick(3)
	case p.was != nil && step < 2:
		return p.was, p.was, p.was
	case p.is != nil && step >= 2:
		return p.is, p.is, p.is
	}
	return nil, nil, nil
}

// stretches of the pair after so many steps.
func (p pair) stretches(step int, within cal.Period) (who *item, list []staffing.Stretch) {
	days, fte, who := p.at(step)
	if who == nil {
		return nil, nil
	}
	period := days.days.Intersect(within)
	list = who.stretches(period)
	if fte == who {
		return who, list
	}
	var joined []staffing.Stretch
	for _, s := range list {
		for _, f := range fte.stretches(s.Period) {
			now := s.Standing
			now.FTE = f.FTE
			joined = append(joined, staffing.Stretch{Period: f.Period, Standing: now})
		}
	}
	return who, joined
}

// costs adds the cost of every step to the rows of a cell. What the rates of a step
// say nothing of costs what those of the next one do: a role that is new has no old
// rate, so that nothing of it is due to rates.
func (b *bridge) costs(rows func(*cell) [][]rates.Sum) {
	report := b.head.Fiscal.RangePeriod(b.head.o.Years)
	for _, p := range b.pairs {
		for step := range b.books {
			who, stretches := p.stretches(step, report)
			if who == nil {
				continue
			}
			for fy, part := range b.books[step].years(b.head.o.Years, stretches) {
				b.head.add(who, part, b.charges(step, fy, part), func(c *cell) []rates.Sum { return rows(c)[step] })
			}
		}
	}
}

func (b *bridge) charges(step int, fy cal.FiscalYear, part []staffing.Stretch) []charge {
	if step == 0 {
		return b.books[0].charges(fy, part)
	}
	for at := step; ; at++ {
		charges := b.books[at].charges(fy, part)
		if at == len(b.books)-1 || !slices.ContainsFunc(charges, func(c charge) bool { return len(c.Unknown) > 0 }) {
			return charges
		}
	}
}

// incomparable says why two plans cannot be compared.
func incomparable(base, head *portfolio.Snapshot) []staffing.Reason {
	if was, is := base.Config.Currency, head.Config.Currency; was != is && !base.Unconfigured && !head.Unconfigured {
		return []staffing.Reason{{Text: fmt.Sprintf("the currency was %s, and is %s", was, is)}}
	}
	return nil
}
