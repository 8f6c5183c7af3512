package staffing

import (
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

func TestOverallocations(t *testing.T) {
	year := cal.Through(cal.MustDate("2026-01-01"), cal.MustDate("2026-12-31"))
	for _, test := range []struct {
		name, config string
		docs         []string
		want         []string
	}{
		{"as much as there is", "", []string{program("p", "active", "person: ada, fte: 1, from: 2026-02, to: 2026-02")}, []string{}},
		{"a thousandth more", "", []string{program("p", "active", "person: ada, fte: 1.001, from: 2026-02, to: 2026-02")}, []string{"ada 2026-02-02..2026-02-27 20d 100.1% p"}},
		{"of half a person", "", []string{program("p", "active", "person: ben, fte: 0.667, from: 2026-06-29, to: 2026-08")}, []string{"ben 2026-06-29..2026-06-30 2d 133.4% p"}},
		{"thirds are compared exactly", "maxAllocation: 66.6%", []string{program("p", "active", "person: ben, fte: 0.333, from: 2026-02-02, to: 2026-02-02")}, []string{}},
		{
			"what the policy allows", "maxAllocation: 120%",
			[]string{program("p", "active", "person: ada, fte: 1.2, from: 2026-02-02, to: 2026-02-02", "person: ada, fte: 0.001, from: 2026-02-02, to: 2026-02-02")},
			[]string{"ada 2026-02-02..2026-02-02 1d 120.1% p"},
		},
		{"programs, and days of each", "", []string{
			program("p", "active", "person: ada, fte: 0.6, from: 2026-02, to: 2026-04"), program("q", "proposed", "person: ada, fte: 0.6, from: 2026-03-15, to: 2026-05"),
			program("r", "paused", "person: ada, fte: 0.3, from: 2026-03-20, to: 2026-03-23"), program("s", "cancelled", "person: ada, fte: 9, from: 2026-01, to: 2026-12"),
		}, []string{
			"ada 2026-03-16..2026-03-19 4d 120% p+q", "ada 2026-03-20..2026-03-23 2d 150% p+q+r", "ada 2026-03-24..2026-04-30 28d 120% p+q",
		}},
		{
			"a line that ends before a weekend and one that begins after it", "",
			[]string{program("p", "active",
				"person: ada, fte: 2, from: 2026-02-02, to: 2026-02-06", "person: ada, fte: 2, from: 2026-02-09, to: 2026-02-10", "person: ada, fte: 7, from: 2026-02-07, to: 2026-02-08")},
			[]string{"ada 2026-02-02..2026-02-10 7d 200% p"},
		},
		{
			"a day between", "",
			[]string{program("p", "active", "person: ada, fte: 2, from: 2026-02-02, to: 2026-02-03", "person: ada, fte: 2, from: 2026-02-05, to: 2026-02-05")},
			[]string{"ada 2026-02-02..2026-02-03 2d 200% p", "ada 2026-02-05..2026-02-05 1d 200% p"},
		},
		{
			"the same sum, otherwise shared", "",
			[]string{
				program("p", "active", "person: ada, fte: 1, from: 2026-02-02, to: 2026-02-03", "person: ada, fte: 0.5, from: 2026-02-04, to: 2026-02-04"),
				program("q", "active", "person: ada, fte: 0.5, from: 2026-02-02, to: 2026-02-03", "person: ada, fte: 1, from: 2026-02-04, to: 2026-02-04"),
			},
			[]string{"ada 2026-02-02..2026-02-03 2d 150% p+q", "ada 2026-02-04..2026-02-04 1d 150% p+q"},
		},
		{"longer than the year", "", []string{program("p", "active", "person: ada, fte: 2, from: 2025-12-31, to: 2027-01-01")}, []string{"ada 2025-12-31..2027-01-01 263d 200% p"}},
		{"another year", "", []string{program("p", "active", "person: ada, fte: 2, from: 2027-01, to: 2027-02")}, []string{}},
		{"someone on no roster", "", []string{config("external: [Roster]"), program("p", "active", "person: eve, fte: 2, from: 2026-01, to: 2026-02")}, []string{}},
	} {
		s := snapshot(append(test.docs, crew, config("levels: [{id: L4}, {id: L5}], policy: {"+test.config+"}"))...)
		if diff := cmp.Diff(test.want, runs(Overallocations(s, year))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestOverallocationNamesItsLines(t *testing.T) {
	s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), program("p", "active", "person: ada, fte: 0.5, from: 2026-02, to: 2026-03", "person: ada, fte: 0.25, from: 2026-02, to: 2026-02"),
		program("a", "active", "person: ada, fte: 0.5, from: 2026-02, to: 2026-03"))
	var got []string
	for _, o := range Overallocations(s, cal.MustMonth("2026-02").Period()) {
		got = append(got, runs([]Overallocation{o})...)
		for _, p := range o.Parts {
			for _, l := range p.Lines {
				got = append(got, fmt.Sprintf("%s %s line %d of %s", p.Program.Meta.Name, fte(p.FTE), l.Origin.Line, l.Origin.File.Name))
			}
		}
	}
	want := []string{"ada 2026-02-02..2026-02-27 20d 125% a+p", "a 0.5 line 8 of f3", "p 0.75 line 8 of f2", "p 0.75 line 9 of f2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// runs spells who is over-allocated when, and by what.
func runs(list []Overallocation) []string {
	out := []string{}
	for _, o := range list {
		out = append(out, fmt.Sprintf("%s %s..%s %dd %s%% %s", o.Person.ID, o.From, o.To, o.Workdays, o.Percent(), strings.Join(o.Programs(), "+")))
	}
	return out
}

func countedRuns(s *portfolio.Snapshot, days cal.Period) []string {
	ids := map[string]bool{}
	for _, g := range s.Programs {
		for _, l := range g.Staffing {
			ids[l.Person] = true
		}
	}
	list := []string{}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		type run struct {
			from, to cal.Date
			n        int
			ratio    *big.Rat
			programs []string
			parts    map[string]int64
		}
		var open *run
		shut := func() {
			if open != nil && open.to >= days.From && open.from < days.To {
				percent := new(big.Rat).Mul(open.ratio, big.NewRat(100, 1)).FloatString(3)
				list = append(list, fmt.Sprintf("%s %s..%s %dd %s%% %s", id, open.from, open.to, open.n,
					strings.TrimRight(strings.TrimRight(percent, "0"), "."), strings.Join(open.programs, "+")))
			}
			open = nil
		}
		employments := everybody(s, id)
		for day := cal.MustDate("2025-10-01"); day < cal.MustDate("2027-02-01"); day++ {
			if !s.Calendar.IsWorkday(day) {
				continue
			}
			now, employed, _ := naiveOn(employments, day)
			var sum int64
			programs := map[string]int64{}
			for _, g := range s.Programs {
				for _, l := range g.Staffing {
					if g.Status != portfolio.ProgramCancelled && l.Person == id && l.FTE > 0 && l.From.First() <= day && day <= l.To.Last() {
						sum += int64(l.FTE)
						programs[g.Meta.Name] += int64(l.FTE)
					}
				}
			}
			if !employed || sum == 0 {
				shut()
				continue
			}
			ratio, names := big.NewRat(sum, int64(now.FTE)), slices.Sorted(maps.Keys(programs))
			if ratio.Cmp(big.NewRat(int64(*s.Config.Policy.MaxAllocation), 100_000)) <= 0 {
				shut()
				continue
			}
			if open == nil || open.ratio.Cmp(ratio) != 0 || !maps.Equal(open.parts, programs) {
				shut()
				open = &run{from: day, ratio: ratio, programs: names, parts: programs}
			}
			open.to = day
			open.n++
		}
		shut()
	}
	return list
}

func TestOverallocationsEqualACountDayByDay(t *testing.T) {
	found := 0
	for seed := range uint64(seeds) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		days := cal.Through(cal.MustDate("2026-01-01"), cal.MustDate("2026-04-30"))
		want := countedRuns(s, days)
		found += len(want)
		if diff := cmp.Diff(want, runs(Overallocations(s, days))); diff != "" {
			t.Fatalf("seed %d (-counted +got):\n%s", seed, diff)
		}
	}
	if found < seeds/2 {
		t.Errorf("only %d found: the organisations are too calm", found)
	}
}
