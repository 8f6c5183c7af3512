package staffing

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
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
	By []group.Dimension
	// Subtree adds to the figures of a team those of the teams below it.
	Subtree bool
	// Selector chooses lines: by whom they name or ask for, by their program and
	// what that is labelled with. Of people and positions it chooses by the
	// conditions on PersonKeys and on labels of rosters and plans alone.
	Selector portfolio.Selector
	// Baseline is an earlier state to compare with; nil compares with nothing.
	Baseline *portfolio.Snapshot
}

// Analysis is what the staffing lines of programs ask for against who is there.
type Analysis struct {
	Options
	// Groups are sorted by key, those alone of which some figure is not 0; nil where
	// it is not known what groups there are.
	Groups []Group
	// Total is all groups together, each person and line once.
	Total Group
	// Short are the groups that are short after as-of, the worst first; nil where it
	// is not known.
	Short []Shortage
	// Overallocated, Outside and Unfilled are those on days of the years, the last
	// after as-of; nil is not known.
	Overallocated []Overallocation
	Outside       []OutsideAllocation
	Unfilled      []Requirement
	// Free are the people who are not fully allocated on days of the years after
	// as-of, by id; nil is not known.
	Free []FreePerson
	// Unknown names what is not known, and why.
	Unknown []Unknown

	s *portfolio.Snapshot
}

// Group is the figures of a group, in FTE-months of each bucket.
type Group struct {
	Key group.Key
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
	// Standing is that of the first of the days on which the person is employed.
	Standing Standing
	// FTE is the work of each bucket that nobody takes; days on which more is taken
	// than there is count as 0, and so do those up to as-of.
	FTE []FTEMonths
}

// Analyse computes demand, supply and what follows from them. What does not validate
// is left out.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{Options: o, s: s}
	chosen := choose(s, o.Selector)
	b := newBalancer(s, s.Calendar, o, chosen)
	unknown := unknownOf(s, o, chosen)
	a.Unknown = slices.Clone(unknown.list)
	a.Groups, a.Total = b.groups(unknown), b.group(group.Key{}, b.total, unknown)
	if o.Baseline != nil {
		a.compare(b, newBalancer(o.Baseline, s.Calendar, o, chosen), unknown, unknownOf(o.Baseline, o, chosen))
	}
	if !unknown.is(FigureGap) && !unknown.is(FigureGroups) {
		a.Short = b.shortages()
	}
	if unknown.is(FigureDemand) && unknown.is(FigureSupply) && len(a.Groups) == 0 || len(unitsUnknown(s, o)) > 0 {
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

// compare puts the state before beside each group. Where it is not known who is in
// which group, now or then, no group has changed as far as anybody knows.
func (a *Analysis) compare(b, was *balancer, unknown, then unknowns) {
	a.Total.Baseline = was.group(group.Key{}, was.total, then).balance()
	for _, u := range then.list {
		if f, of := baselineFigures[u.Figure]; of {
			a.Unknown = append(a.Unknown, Unknown{f, u.Reasons})
		}
	}
	if unknown.is(FigureGroups) || then.is(FigureGroups) {
		nothing := unknowns{[]Unknown{{Figure: FigureDemand}, {Figure: FigureSupply}, {Figure: FigureGap}}}
		for i := range a.Groups {
			a.Groups[i].Baseline = was.group(group.Key{}, was.total, nothing).balance()
		}
		return
	}
	before := map[group.Key]Group{}
	for _, g := range was.groups(then) {
		before[g.Key] = g
	}
	for i := range a.Groups {
		g := &a.Groups[i]
		earlier, there := before[g.Key]
		if !there {
			earlier = was.group(g.Key, was.newTally(), then)
		}
		g.Baseline = earlier.balance()
		delete(before, g.Key)
	}
	for key, earlier := range before {
		if earlier.Demand.zero() && earlier.Supply.zero() {
			continue
		}
		gone := b.group(key, b.newTally(), unknown)
		gone.Baseline = earlier.balance()
		a.Groups = append(a.Groups, gone)
	}
	slices.SortFunc(a.Groups, func(x, y Group) int { return x.Key.Compare(y.Key) })
}

func (g Group) balance() *Balance { return &Balance{g.Demand, g.Supply, g.Gap} }

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

// ahead are the days of the frame after as-of.
func (b *balancer) ahead() cal.Period {
	return b.frame.days.Intersect(cal.Period{From: b.AsOf + 1, To: cal.MaxDate + 1})
}

func (b *balancer) unfilled() []Requirement {
	list := []Requirement{}
	for _, r := range unfilled(b.s, b.ahead()) {
		if b.chooses(r.Allocation, standingOf(r.Line), nil) {
			list = append(list, r)
		}
	}
	return list
}

// free lists who has time left on days of the frame after as-of.
func (b *balancer) free() []FreePerson {
	list := []FreePerson{}
	named := allocations(b.s)
	months := make([]int64, len(b.frame.work))
	for id := range b.people {
		var who FreePerson
		clear(months)
		b.people.loads(id, named[id], b.ahead(), func(l load) {
			if !b.choosesPerson(l.employment, l.Standing) {
				return
			}
			if who.Person == nil {
				who.Person, who.Standing = l.employment, l.Standing
			}
			b.frame.spread(months, l.Period, l.free())
		})
		if slices.ContainsFunc(months, func(n int64) bool { return n != 0 }) {
			who.FTE = b.frame.values(months)
			list = append(list, who)
		}
	}
	slices.SortFunc(list, func(x, y FreePerson) int { return strings.Compare(x.Person.ID, y.Person.ID) })
	return list
}
