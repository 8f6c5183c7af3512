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
// (and the calendar); who is in one alone or has come to leave, and how much of full
// time; role, level, location and team; the rate card; exchange rates.
var Factors = []string{"timing", "volume", "mix", "rate", "currency"}

// steps are the plan of record and the plans after each factor.
const steps = 6

// bridge explains what the plan costs more than that of another revision. It prices
// the plan of record, then the same with one factor after the other as in the plan of
// now, which is the last: what each step adds is the part of its factor, so the parts
// sum to the whole.
type bridge struct {
	head  *tally
	pairs []pair
	books []*pricer // of each step
	// drivers are the items of which more differs than rates and currencies.
	drivers []Driver
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

// pairUp matches items by id: those that are of the same plan, or began on the same day,
// before others.
func pairUp(was, is []*item) []pair {
	var pairs []pair
	var left []*item
	taken := map[*item]bool{}
	match := func(list []*item, key func(*item) string) (rest []*item) {
		index := map[string][]*item{}
		for _, i := range is {
			if !taken[i] {
				index[key(i)] = append(index[key(i)], i)
			}
		}
		for _, i := range list {
			same := index[key(i)]
			if len(same) == 0 {
				rest = append(rest, i)
				continue
			}
			index[key(i)], taken[same[0]] = same[1:], true
			pairs = append(pairs, pair{i, same[0]})
		}
		return rest
	}
	left = match(was, func(i *item) string { return i.id + "/" + i.exact })
	left = match(left, func(i *item) string { return i.id })
	for _, i := range left {
		pairs = append(pairs, pair{was: i})
	}
	for _, i := range is {
		if !taken[i] {
			pairs = append(pairs, pair{is: i})
		}
	}
	return pairs
}

// at is the pair after so many steps: the item whose part of full time counts, and
// whose role, level, location and team; nil where it is not there.
func (p pair) at(step int) (fte, who *item) {
	switch {
	case p.was != nil && p.is != nil:
		return p.since(2, step), p.since(3, step)
	case p.was != nil && step < 2:
		return p.was, p.was
	case p.is != nil && step >= 2:
		return p.is, p.is
	}
	return nil, nil
}

// since is the item of now from a step on, that of the plan of record before.
func (p pair) since(from, step int) *item {
	if step >= from {
		return p.is
	}
	return p.was
}

// days are those of the pair after so many steps. That somebody comes to leave, or to
// stay, is not a matter of dates but of who is there.
func (p pair) days(step int) cal.Period {
	switch {
	case p.was == nil:
		return p.is.days
	case p.is == nil:
		return p.was.days
	}
	last := 1
	if stays(p.was) != stays(p.is) {
		last = 2
	}
	return cal.Period{From: p.since(1, step).days.From, To: p.since(last, step).days.To}
}

func stays(i *item) bool { return i.days.To > cal.MaxDate }

// stretches of the pair after so many steps.
func (p pair) stretches(step int, within cal.Period) (who *item, list []staffing.Stretch) {
	fte, who := p.at(step)
	if who == nil {
		return nil, nil
	}
	list = who.stretches(p.days(step).Intersect(within))
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
		var sums [steps]rates.Sum
		for step := range b.books {
			who, stretches := p.stretches(step, report)
			if who == nil {
				continue
			}
			for fy, part := range b.books[step].years(b.head.o.Years, stretches) {
				sums[step].Add(b.head.add(who, part, b.charges(step, fy, part), func(c *cell) []rates.Sum { return rows(c)[step] }))
			}
		}
		b.drive(p, sums)
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
