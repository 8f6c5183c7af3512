package staffing

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// balancer adds up demand and supply by group.
type balancer struct {
	Options
	s        *portfolio.Snapshot
	choice   choice
	frame    *frame
	grouping *Grouping
	people   People
	own      map[group.Key]*tally // by group, of its own teams alone
	tallies  map[group.Key]*tally // as they are shown
	total    *tally
}

// tally is thousandths of full-time days, month by month.
type tally struct{ demand, supply, planned, allocated []int64 }

func (b *balancer) newTally() *tally {
	n := len(b.frame.work)
	all := make([]int64, 4*n)
	return &tally{all[:n:n], all[n : 2*n : 2*n], all[2*n : 3*n : 3*n], all[3*n:]}
}

func (t *tally) add(o *tally) {
	for _, x := range [...]struct{ to, from []int64 }{
		{t.demand, o.demand}, {t.supply, o.supply}, {t.planned, o.planned}, {t.allocated, o.allocated},
	} {
		for i, n := range x.from {
			x.to[i] += n
		}
	}
}

// newBalancer adds up a portfolio by a calendar, which need not be its own.
func newBalancer(s *portfolio.Snapshot, c *cal.WorkCalendar, o Options, chosen choice) *balancer {
	b := &balancer{
		Options: o, s: s, choice: chosen, own: map[group.Key]*tally{},
		frame: newFrame(c, o.Buckets), grouping: NewGrouping(s, o.By...), people: PeopleOf(s),
	}
	b.addDemand()
	b.addSupply()
	b.addPlanned()
	b.total = b.newTally()
	for _, t := range b.own {
		b.total.add(t)
	}
	if b.tallies = b.own; o.Subtree {
		b.addSubtrees()
	}
	return b
}

// tally is that of the group of somebody.
func (b *balancer) tally(now Standing) *tally {
	key := b.grouping.Key(now)
	t := b.own[key]
	if t == nil {
		t = b.newTally()
		b.own[key] = t
	}
	return t
}

// standingOf is whom a line asks for that names nobody, or nobody that is known.
func standingOf(l *portfolio.StaffingLine) Standing {
	return Standing{Team: l.Team, Role: l.Role, Level: l.Level, Location: l.Location}
}

func (b *balancer) addDemand() {
	var list []tenure
	for _, g := range Programs(b.s) {
		for _, l := range g.Staffing {
			days := l.Period().Intersect(b.frame.days)
			if days.IsEmpty() {
				continue
			}
			this := Allocation{g, l}
			if list = b.people.tenures(list[:0], l.Person, days); len(list) == 0 {
				if now := standingOf(l); b.chooses(this, now, nil) {
					b.frame.spread(b.tally(now).demand, days, int64(l.FTE))
				}
			}
			for _, t := range list {
				chosen, counted := b.chooses(this, t.Standing, t.employment), t.employed && b.choosesPerson(t.employment, t.Standing)
				if !chosen && !counted {
					continue
				}
				sum := b.tally(t.Standing)
				if chosen {
					b.frame.spread(sum.demand, t.Period, int64(l.FTE))
				}
				if counted {
					b.frame.spread(sum.allocated, t.Period, int64(l.FTE))
				}
			}
		}
	}
}

func (b *balancer) addSupply() {
	var list []tenure
	for id := range b.people {
		list = b.people.tenures(list[:0], id, b.frame.days)
		for _, t := range list {
			if t.employed && b.choosesPerson(t.employment, t.Standing) {
				b.frame.spread(b.tally(t.Standing).supply, t.Period, int64(t.FTE))
			}
		}
	}
}

// addPlanned counts a position from the day it is expected to be filled, and as-of is
// over: nobody was in it so far. A seat to be filled is one of an employee.
func (b *balancer) addPlanned() {
	for _, plan := range b.s.Plans {
		x := subject{document: "headcountplan/" + plan.Meta.Name, employment: portfolio.Employee, labels: plan.Meta.Labels}
		if !b.s.Sound(x.document) {
			continue
		}
		for _, p := range plan.Positions {
			now := Standing{Team: p.Team, Role: p.Role, Level: p.Level, Location: p.Location, FTE: p.FTE}
			if x.position, x.Standing = p.ID, now; !p.Status.Unfilled() || !b.holds(b.choice.people, x) {
				continue
			}
			days := cal.Period{From: max(ExpectedStart(p, b.AsOf), b.AsOf+1), To: b.frame.days.To}
			b.frame.spread(b.tally(now).planned, days, int64(p.FTE))
		}
	}
}

// addSubtrees adds to each team what those below it have.
func (b *balancer) addSubtrees() {
	at := slices.Index(b.By, group.ByTeam)
	if at < 0 {
		return
	}
	b.tallies = make(map[group.Key]*tally, len(b.own))
	for key, t := range b.own {
		line := b.s.Lineage(key[at])
		if len(line) == 0 {
			line = []string{key[at]}
		}
		for _, team := range line {
			key[at] = team
			if b.tallies[key] == nil {
				b.tallies[key] = b.newTally()
			}
			b.tallies[key].add(t)
		}
	}
}

// groups are those that have something, sorted.
func (b *balancer) groups(u unknowns) []Group {
	list := []Group{}
	for key, t := range b.tallies {
		g := b.group(key, t, u)
		if !g.Demand.zero() || !g.Supply.zero() || !g.Planned.zero() {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(x, y Group) int { return x.Key.Compare(y.Key) })
	return list
}

// group is a tally as people read it.
func (b *balancer) group(key group.Key, t *tally, u unknowns) Group {
	less := make([]int64, len(b.frame.work))
	series := func(f Figure, of []int64, minus []int64) Series {
		if u.is(f) {
			return Series{Values: make([]FTEMonths, len(b.frame.ends))}
		}
		for i, n := range minus {
			less[i] = of[i] - n
		}
		if minus != nil {
			of = less
		}
		return Series{b.frame.values(of), true}
	}
	return Group{
		Key:    key,
		Demand: series(FigureDemand, t.demand, nil), Supply: series(FigureSupply, t.supply, nil),
		Gap: series(FigureGap, t.demand, t.supply), Planned: series(FigurePlanned, t.planned, nil),
		Allocated: series(FigureAllocated, t.allocated, nil), Unallocated: series(FigureUnallocated, t.supply, t.allocated),
	}
}
