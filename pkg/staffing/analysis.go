package staffing

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Years names the time, and Buckets divide it: whole months that follow each other.
	Years   cal.FiscalYears
	Step    cal.Step
	Buckets []cal.Bucket
	// By is what is grouped by; none makes one group.
	By []Dimension
	// Subtree adds to the figures of a team those of the teams below it.
	Subtree bool
	// Selector chooses lines: by whom they name or ask for, by their program and
	// what that is labelled with. Of people and positions it chooses by the
	// conditions that are on PersonKeys alone.
	Selector portfolio.Selector
	// Baseline is an earlier state to compare with; nil compares with nothing.
	Baseline *portfolio.Snapshot
}

// PersonKeys are the keys of selectors that people have.
var PersonKeys = []string{"person", "team", "role", "level", "location", "function", "cost-centre", "costCentre", "employment"}

// Analysis is what the staffing lines of programs ask for against who is there.
type Analysis struct {
	Options
	// Groups are sorted by key, those alone of which some figure is not 0; nil where
	// it is not known what groups there are.
	Groups []Group
	// Total is all groups together, each person and line once.
	Total Group
	// Overallocated, Outside and Unfilled are those on days of the years, the last
	// after as-of; nil is not known.
	Overallocated []Overallocation
	Outside       []OutsideAllocation
	Unfilled      []Requirement
	// Free are the people who are not fully allocated, by id; nil is not known.
	Free []FreePerson
	// Unknown names what is not known, and why.
	Unknown []Unknown

	s *portfolio.Snapshot
}

// Group is the figures of a group, in FTE-months of each bucket.
type Group struct {
	Key Key
	// Demand is that of the lines, by the standing of whom they name on each day, else
	// by whom they ask for. Supply is that of the rosters, Gap is demand − supply.
	Demand, Supply, Gap Series
	// Planned is that of the positions that are not filled yet, from the day after
	// as-of: supply to come.
	Planned Series
	// Allocated is the part of the demand of all programs, chosen or not, that
	// names people of the group, on days on which they are employed; Unallocated
	// is supply − allocated, negative where more is asked of them than there is.
	Allocated, Unallocated Series
	// Baseline is the same group in the state compared with; nil where there is none.
	Baseline *Balance
}

// Balance is demand against supply; Gap is demand − supply.
type Balance struct{ Demand, Supply, Gap Series }

// Series is a figure, bucket by bucket.
type Series struct {
	// Values are 0 where they are not known.
	Values []FTEMonths
	Known  bool
}

// Sum is the figure of all buckets together, exactly; false where it is not known.
func (s Series) Sum() (sum FTEMonths, known bool) {
	for _, v := range s.Values {
		sum = sum.Add(v)
	}
	return sum, s.Known
}

func (s Series) zero() bool {
	return !slices.ContainsFunc(s.Values, func(v FTEMonths) bool { return v.Sign() != 0 })
}

// FreePerson is somebody whose time the lines do not take in whole.
type FreePerson struct {
	Person *portfolio.Person // the employment of Standing
	// Standing is that of as-of where that is one of the days, else of the first day
	// after it on which the person is employed, else of the last.
	Standing Standing
	// FTE is the work of each bucket that nobody takes; days on which more is taken
	// than there is count as 0.
	FTE []FTEMonths
}

// Analyse computes demand, supply and what follows from them. What does not validate
// is left out.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{Options: o, s: s}
	b := newBalancer(s, o)
	unknown := unknownOf(s, o)
	a.Unknown = unknown.list
	a.Groups, a.Total = b.groups(unknown), b.group(Key{}, b.total, unknown)
	if o.Baseline != nil {
		a.compare(newBalancer(o.Baseline, o), unknownOf(o.Baseline, o))
	}
	if unknown.is(FigureDemand) && unknown.is(FigureSupply) && len(a.Groups) == 0 {
		a.Groups = nil
	}
	if !unknown.is(FigureOverallocated) {
		a.Overallocated = b.overallocated()
	}
	if a.Outside = b.outside(); len(a.Outside) == 0 && unknown.is(FigureOutside) {
		a.Outside = nil
	}
	if !unknown.is(FigureUnfilled) {
		a.Unfilled = b.unfilled()
	}
	if !unknown.is(FigureFree) {
		a.Free = b.free()
	}
	return a
}

// compare puts the state before beside each group.
func (a *Analysis) compare(was *balancer, unknown unknowns) {
	balance := func(g Group) *Balance { return &Balance{g.Demand, g.Supply, g.Gap} }
	a.Total.Baseline = balance(was.group(Key{}, was.total, unknown))
	before := map[Key]Group{}
	for _, g := range was.groups(unknown) {
		before[g.Key] = g
	}
	none := func(key Key) Group { return was.group(key, was.newTally(), unknown) }
	for i := range a.Groups {
		g := &a.Groups[i]
		then, there := before[g.Key]
		if !there {
			then = none(g.Key)
		}
		g.Baseline = balance(then)
		delete(before, g.Key)
	}
	now := newBalancer(nil, a.Options)
	for key, then := range before {
		if then.Demand.zero() && then.Supply.zero() {
			continue
		}
		gone := now.group(key, now.newTally(), a.unknowns())
		gone.Baseline = balance(then)
		a.Groups = append(a.Groups, gone)
	}
	slices.SortFunc(a.Groups, func(x, y Group) int { return x.Key.Compare(y.Key) })
}

// overallocated keeps what concerns the people and at least one of the lines chosen.
func (b *balancer) overallocated() []Overallocation {
	list := []Overallocation{}
	for _, o := range Overallocations(b.s, b.frame.days) {
		mine := slices.ContainsFunc(o.Parts, func(p AllocatedPart) bool {
			return slices.ContainsFunc(p.Lines, func(l *portfolio.StaffingLine) bool {
				return b.chooses(Allocation{p.Program, l}, o.standing, o.Person)
			})
		})
		if mine && b.choosesPerson(o.Person, o.standing) {
			list = append(list, o)
		}
	}
	return list
}

func (b *balancer) outside() []OutsideAllocation {
	list := []OutsideAllocation{}
	for _, x := range Outside(b.s) {
		standing, employment := standingOf(x.Line), (*portfolio.Person)(nil)
		for _, t := range b.people.tenures(nil, x.Line.Person, cal.Through(x.From, x.From)) {
			standing, employment = t.Standing, t.employment
		}
		if b.s.Calendar.WorkdaysIn(cal.Through(x.From, x.To).Intersect(b.frame.days)) > 0 && b.chooses(x.Allocation, standing, employment) {
			list = append(list, x)
		}
	}
	return list
}

func (b *balancer) unfilled() []Requirement {
	list := []Requirement{}
	for _, r := range unfilled(b.s, b.frame.days.Intersect(cal.Period{From: b.AsOf + 1, To: cal.MaxDate + 1})) {
		if b.chooses(r.Allocation, standingOf(r.Line), nil) {
			list = append(list, r)
		}
	}
	return list
}

// free lists who has time left on days of the frame.
func (b *balancer) free() []FreePerson {
	list := []FreePerson{}
	named := allocations(b.s)
	months := make([]int64, len(b.frame.work))
	for id := range b.people {
		var (
			who   FreePerson
			until cal.Date
		)
		clear(months)
		b.people.loads(id, named[id], b.frame.days, func(l load) {
			if !b.choosesPerson(l.employment, l.Standing) {
				return
			}
			if who.Person == nil || until <= b.AsOf {
				who.Person, who.Standing = l.employment, l.Standing
			}
			until = l.To - 1
			b.frame.spread(months, l.Period, l.free())
		})
		if slices.ContainsFunc(months, func(n int64) bool { return n != 0 }) {
			who.FTE = b.frame.values(months)
			list = append(list, who)
		}
	}
	slices.SortFunc(list, func(x, y FreePerson) int {
		return cmp.Or(strings.Compare(x.Person.ID, y.Person.ID), cmp.Compare(x.Person.Start, y.Person.Start))
	})
	return list
}
