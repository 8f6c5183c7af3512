package staffing

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// balancer adds up demand and supply by group.
type balancer struct {
	Options
	s        *portfolio.Snapshot
	frame    *frame
	grouping *Grouping
	people   People
	ofPeople portfolio.Selector // the conditions that people have
	tallies  map[Key]*tally
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

// newBalancer adds up a portfolio; nil has nothing.
func newBalancer(s *portfolio.Snapshot, o Options) *balancer {
	b := &balancer{Options: o, s: s, tallies: map[Key]*tally{}, ofPeople: o.Selector.Of(PersonKeys...)}
	if s == nil {
		b.frame = newFrame(new(cal.WorkCalendar), o.Buckets)
		b.total = b.newTally()
		return b
	}
	b.frame, b.grouping, b.people = newFrame(s.Calendar, o.Buckets), NewGrouping(s, o.By...), PeopleOf(s)
	b.addDemand()
	b.addSupply()
	b.addPlanned()
	b.total = b.newTally()
	for _, t := range b.tallies {
		b.total.add(t)
	}
	if o.Subtree {
		b.addSubtrees()
	}
	return b
}

// tally is that of the group of somebody.
func (b *balancer) tally(now Standing) *tally {
	key := b.grouping.Key(now)
	t := b.tallies[key]
	if t == nil {
		t = b.newTally()
		b.tallies[key] = t
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
// over: nobody was in it so far.
func (b *balancer) addPlanned() {
	for _, plan := range b.s.Plans {
		subject := "headcountplan/" + plan.Meta.Name
		if !b.s.Sound(subject) {
			continue
		}
		for _, p := range plan.Positions {
			now := Standing{Team: p.Team, Role: p.Role, Level: p.Level, Location: p.Location, FTE: p.FTE}
			if !p.Status.Unfilled() || !b.holds(b.ofPeople, subject, now, "", "") {
				continue
			}
			days := cal.Period{From: max(cmp.Or(p.ExpectedStart, p.Effective.First()), b.AsOf+1), To: b.frame.days.To}
			b.frame.spread(b.tally(now).planned, days, int64(p.FTE))
		}
	}
}

// addSubtrees adds to each team what those below it have.
func (b *balancer) addSubtrees() {
	at := slices.Index(b.By, ByTeam)
	if at < 0 {
		return
	}
	own := b.tallies
	b.tallies = make(map[Key]*tally, len(own))
	for key, t := range own {
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

// chooses reports whether the selector chooses a line while a standing holds for whom
// it names or asks for; the employment is nil where it names nobody who is known.
func (b *balancer) chooses(a Allocation, now Standing, e *portfolio.Person) bool {
	var employment portfolio.Employment
	if e != nil {
		employment = e.Employment
	}
	return b.holds(b.Selector, a.Program.Subject(), now, a.Line.Person, employment)
}

// choosesPerson reports whether the selector chooses somebody while a standing holds.
func (b *balancer) choosesPerson(e *portfolio.Person, now Standing) bool {
	return b.holds(b.ofPeople, "roster/"+e.Roster.Meta.Name, now, e.ID, e.Employment)
}

func (b *balancer) holds(sel portfolio.Selector, subject string, now Standing, person string, employment portfolio.Employment) bool {
	return len(sel) == 0 || b.s.Selects(sel, subject, func(key string) (string, bool) {
		switch key {
		case "person":
			return person, true
		case "employment":
			return string(employment), true
		}
		return b.grouping.Field(key, now)
	})
}

// groups are those that have something, sorted.
func (b *balancer) groups(u unknowns) []Group {
	list := []Group{}
	for key, t := range b.tallies {
		g := b.group(key, t, u)
		if !g.Demand.zero() || !g.Supply.zero() || !g.Planned.zero() || !g.Allocated.zero() {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(x, y Group) int { return x.Key.Compare(y.Key) })
	return list
}

// group is a tally as people read it.
func (b *balancer) group(key Key, t *tally, u unknowns) Group {
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
