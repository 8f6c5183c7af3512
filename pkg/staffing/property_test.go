package staffing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

const seeds = 150

var theDay = cal.MustDate("2026-03-11")

func options(s *portfolio.Snapshot, years string, step cal.Step, by ...group.Dimension) Options {
	fy, err := cal.ParseFiscalYears(years)
	if err != nil {
		panic(err)
	}
	return Options{AsOf: theDay, Years: fy, Step: step, Buckets: s.Fiscal.Buckets(fy, step), By: by}
}

// exact are figures as text, exactly, by group and figure, those alone that are not 0.
type exact map[string]map[string][]string

func (e exact) put(key, figure string, values []*big.Rat) {
	zero := true
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.RatString()
		zero = zero && v.Sign() == 0
	}
	if zero {
		return
	}
	if e[key] == nil {
		e[key] = map[string][]string{}
	}
	e[key][figure] = texts
}

func (e exact) group(key string, g Group) {
	for _, x := range g.named() {
		values := make([]*big.Rat, len(x.series.Values))
		for i, v := range x.series.Values {
			values[i] = v.Rat()
		}
		e.put(key, x.name, values)
	}
}

func exactly(a *Analysis) exact {
	e := exact{}
	for _, g := range a.Groups {
		e.group(fmt.Sprint(g.Key), g)
	}
	e.group("total", a.Total)
	return e
}

// counted counts one day after the other what an analysis computes.
func counted(s *portfolio.Snapshot, o Options) exact {
	sums := map[string]map[string][]*big.Rat{}
	grouping := NewGrouping(s, o.By...)
	for b, bucket := range o.Buckets {
		for day := bucket.From; day < bucket.To; day++ {
			if !s.Calendar.IsWorkday(day) {
				continue
			}
			month := int64(s.Calendar.WorkdaysIn(day.Month().Period()))
			add := func(now Standing, figure string, thousandths portfolio.MilliFTE) {
				for _, key := range []string{fmt.Sprint(grouping.Key(now)), "total"} {
					if sums[key] == nil {
						sums[key] = map[string][]*big.Rat{}
					}
					if sums[key][figure] == nil {
						list := make([]*big.Rat, len(o.Buckets))
						for i := range list {
							list[i] = new(big.Rat)
						}
						sums[key][figure] = list
					}
					sum := sums[key][figure][b]
					sum.Add(sum, big.NewRat(int64(thousandths), 1000*month))
				}
			}
			for _, g := range s.Programs {
				for _, l := range g.Staffing {
					if g.Status == portfolio.ProgramCancelled || day < l.From.First() || day > l.To.Last() {
						continue
					}
					now, employed, known := naiveOn(everybody(s, l.Person), day)
					if !known {
						now = Standing{Team: l.Team, Role: l.Role, Level: l.Level, Location: l.Location}
					}
					add(now, "demand", l.FTE)
					add(now, "gap", l.FTE)
					if employed {
						add(now, "allocated", l.FTE)
						add(now, "unallocated", -l.FTE)
					}
				}
			}
			for _, roster := range s.Rosters {
				for _, p := range roster.People {
					if s.Sound("roster/"+roster.Meta.Name) && p.Start <= day && (p.End == 0 || day <= p.End) {
						now := naiveAt(p, day)
						add(now, "supply", now.FTE)
						add(now, "gap", -now.FTE)
						add(now, "unallocated", now.FTE)
					}
				}
			}
			for _, p := range s.Plans[0].Positions {
				start := p.Effective.First()
				if p.ExpectedStart != 0 {
					start = p.ExpectedStart
				}
				open := slices.Contains([]portfolio.PositionStatus{"planned", "approved", "open", "offered"}, p.Status)
				if open && day > o.AsOf && day >= start {
					add(Standing{Team: p.Team, Role: p.Role, Level: p.Level, Location: p.Location}, "planned", p.FTE)
				}
			}
		}
	}
	e := exact{}
	for key, figures := range sums {
		for figure, values := range figures {
			e.put(key, figure, values)
		}
	}
	return e
}

func TestFiguresEqualACountDayByDay(t *testing.T) {
	groupings := [][]group.Dimension{{group.ByTeam}, {group.ByTeam, group.ByRole}, {group.ByLevel, group.ByLocation}, {group.ByFunction}, nil}
	for seed := range uint64(seeds) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		o := options(s, "FY26", []cal.Step{cal.ByMonth, cal.ByQuarter, cal.ByYear}[seed%3], groupings[seed%uint64(len(groupings))]...)
		if diff := cmp.Diff(counted(s, o), exactly(Analyse(s, o))); diff != "" {
			t.Fatalf("seed %d (-counted +got):\n%s", seed, diff)
		}
	}
}

func TestDemandOfAllGroupsIsDemandOf(t *testing.T) {
	for seed := range uint64(seeds) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		var want, got FTEMonths
		o := options(s, "FY25..FY27", cal.ByMonth, group.ByTeam, group.ByLocation)
		within := cal.Period{From: o.Buckets[0].From, To: o.Buckets[len(o.Buckets)-1].To}
		for _, m := range DemandOf(s, Programs(s)).Months {
			if within.Contains(m.Month.First()) {
				want = want.Add(m.FTE)
			}
		}
		for _, g := range Analyse(s, o).Groups {
			sum, _ := g.Demand.Sum()
			got = got.Add(sum)
		}
		if delta := want.Sub(got); delta.Sign() != 0 {
			t.Fatalf("seed %d: demand by group is %s, that of all lines %s", seed, got, want)
		}
	}
}

func TestASubtreeIsTheSumOfItsTeams(t *testing.T) {
	for seed := range uint64(seeds) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		o := options(s, "FY26", cal.ByMonth, group.ByRole, group.ByTeam)
		own := Analyse(s, o)
		o.Subtree = true
		whole := Analyse(s, o)
		sums := exact{}
		keys := map[group.Key]bool{}
		for _, g := range own.Groups {
			for _, team := range append(s.Lineage(g.Key[1]), "") {
				if team != "" || g.Key[1] == "" {
					keys[group.Key{g.Key[0], team}] = true
				}
			}
		}
		for key := range keys {
			sum := map[string][]*big.Rat{}
			for _, g := range own.Groups {
				if g.Key[0] != key[0] || g.Key[1] != key[1] && !slices.Contains(s.Lineage(g.Key[1]), key[1]) {
					continue
				}
				for _, x := range g.named() {
					for i, v := range x.series.Values {
						if sum[x.name] == nil {
							sum[x.name] = make([]*big.Rat, len(o.Buckets))
						}
						if sum[x.name][i] == nil {
							sum[x.name][i] = new(big.Rat)
						}
						sum[x.name][i].Add(sum[x.name][i], v.Rat())
					}
				}
			}
			for figure, values := range sum {
				sums.put(fmt.Sprint(key), figure, values)
			}
		}
		sums.group("total", own.Total)
		if diff := cmp.Diff(sums, exactly(whole)); diff != "" {
			t.Fatalf("seed %d (-sum +subtree):\n%s", seed, diff)
		}
	}
}

func TestMonthsSumToQuartersAndYears(t *testing.T) {
	for seed := range uint64(seeds) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		months := Analyse(s, options(s, "FY25..FY26", cal.ByMonth, group.ByTeam))
		for step, n := range map[cal.Step]int{cal.ByQuarter: 3, cal.ByYear: 12} {
			want := exact{}
			fold := func(key string, g Group) {
				for _, x := range g.named() {
					var values []*big.Rat
					for i, v := range x.series.Values {
						if i%n == 0 {
							values = append(values, new(big.Rat))
						}
						values[i/n].Add(values[i/n], v.Rat())
					}
					want.put(key, x.name, values)
				}
			}
			for _, g := range months.Groups {
				fold(fmt.Sprint(g.Key), g)
			}
			fold("total", months.Total)
			if diff := cmp.Diff(want, exactly(Analyse(s, options(s, "FY25..FY26", step, group.ByTeam)))); diff != "" {
				t.Fatalf("seed %d, by %s (-months +got):\n%s", seed, step, diff)
			}
		}
	}
}

func TestOrderOfFilesChangesNoReport(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		docs := world(r)
		s := organisation(t, docs)
		o := options(s, "FY26", cal.ByMonth, group.ByTeam, group.ByRole)
		want := jsonOf(t, Analyse(s, o))
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if diff := cmp.Diff(want, jsonOf(t, Analyse(snapshot(docs...), o))); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

func TestAMoveBetweenTeamsChangesNoTotal(t *testing.T) {
	moved := 0
	for seed := range uint64(seeds) {
		docs := world(rand.New(rand.NewPCG(seed, 1)))
		s := organisation(t, docs)
		o := options(s, "FY26", cal.ByMonth, group.ByTeam)
		before := Analyse(s, o)
		for i, doc := range docs {
			if strings.HasPrefix(doc, "kind: Roster") {
				docs[i] = strings.ReplaceAll(doc, "id: p0, team: t1", "id: p0, team: t2")
			}
		}
		after := Analyse(snapshot(docs...), o)
		was, is := exact{}, exact{}
		was.group("total", before.Total)
		is.group("total", after.Total)
		if diff := cmp.Diff(was, is); diff != "" {
			t.Fatalf("seed %d (-before +after):\n%s", seed, diff)
		}
		if !cmp.Equal(exactly(before), exactly(after)) {
			moved++
		}
	}
	if moved == 0 {
		t.Error("nobody ever moved")
	}
}

func TestAStateComparedWithItselfDiffersInNothing(t *testing.T) {
	for seed := range uint64(20) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		o := options(s, "FY26", cal.ByMonth, group.ByTeam, group.ByLevel)
		o.Baseline = s
		a := Analyse(s, o)
		for _, g := range append(a.Groups, a.Total) {
			if diff := cmp.Diff(Balance{g.Demand, g.Supply, g.Gap}, *g.Baseline, cmp.Comparer(func(x, y FTEMonths) bool { return x.Sub(y).Sign() == 0 })); diff != "" {
				t.Fatalf("seed %d, %v (-now +baseline):\n%s", seed, g.Key, diff)
			}
		}
	}
}
