package staffing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

func TestUnfilled(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"who matches is free", []string{"team: sre, fte: 1, from: 2026-04, to: 2026-05"}, []string{"2026-04-01..2026-05-29 2 of 3"}},
		{"but for what names them", []string{"team: sre, level: L5, fte: 1, from: 2026-04, to: 2026-05", "person: ada, fte: 0.4, from: 2026-05, to: 2026-07"}, []string{"2026-04-01..2026-05-29 2 of 1.6 short"}},
		{"on other days there is no less", []string{"team: sre, fte: 1, from: 2026-04, to: 2026-04", "person: ada, fte: 9, from: 2026-05, to: 2026-07"}, []string{"2026-04-01..2026-04-30 1 of 1.5"}},
		{"too much of one is not too little of another", []string{"team: sre, fte: 1, from: 2026-04, to: 2026-04", "person: ada, fte: 9, from: 2026-04, to: 2026-04"}, []string{"2026-04-01..2026-04-30 1 of 0.5 short"}},
		{"a team is its own people", []string{"team: all, fte: 1, from: 2026-04, to: 2026-04"}, []string{"2026-04-01..2026-04-30 1 of 0 short"}},
		{"days after as-of", []string{"team: web, fte: 1, from: 2026-03, to: 2026-04"}, []string{"2026-03-12..2026-04-30 1.636 of 0.636 short"}},
		{"the past", []string{"team: web, fte: 1, from: 2026-02, to: 2026-03-11"}, nil},
	} {
		var got []string
		s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), strings.ReplaceAll(program("p", "active", test.lines...), "role: sre, team", "team"))
		for _, r := range Unfilled(s, theDay) {
			text := fmt.Sprintf("%s..%s %s of %s", r.From, r.To, r.Required, r.Free)
			if r.Short() {
				text += " short"
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if got := Unfilled(snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), program("p", "completed\n  completed: 2026-03-01", "fte: 1, from: 2026-04, to: 2026-04")), theDay); got != nil {
		t.Errorf("a program that is over requires %v", got)
	}
}

func TestFreeEqualsACountDayByDay(t *testing.T) {
	found := 0
	for seed := range uint64(seeds) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		taken := func(id string, day cal.Date) (sum portfolio.MilliFTE) {
			for _, g := range s.Programs {
				for _, l := range g.Staffing {
					if g.Status != portfolio.ProgramCancelled && l.Person == id && l.From.First() <= day && day <= l.To.Last() {
						sum += l.FTE
					}
				}
			}
			return sum
		}
		matches := func(asked, is string) bool { return asked == "" || asked == is }
		for _, r := range Unfilled(s, theDay) {
			found++
			required, free := new(big.Rat), new(big.Rat)
			for day := theDay + 1; day <= r.Line.To.Last(); day++ {
				if day < r.Line.From.First() || !s.Calendar.IsWorkday(day) {
					continue
				}
				month := 1000 * int64(s.Calendar.WorkdaysIn(day.Month().Period()))
				required.Add(required, big.NewRat(int64(r.Line.FTE), month))
				for id := range PeopleOf(s) {
					now, employed, _ := naiveOn(everybody(s, id), day)
					l := r.Line
					if left := now.FTE - taken(id, day); employed && left > 0 &&
						matches(l.Team, now.Team) && matches(l.Role, now.Role) && matches(l.Level, now.Level) && matches(l.Location, now.Location) {
						free.Add(free, big.NewRat(int64(left), month))
					}
				}
			}
			if required.Cmp(r.Required.Rat()) != 0 || free.Cmp(r.Free.Rat()) != 0 {
				t.Fatalf("seed %d: %s by %+v: required %s, free %s; counted %s, %s", seed, r.Program.Meta.Name, *r.Line,
					r.Required.Rat(), r.Free.Rat(), required, free)
			}
		}
		o := options(s, "FY26", cal.ByQuarter, ByTeam)
		for _, p := range Analyse(s, o).Free {
			for i, b := range o.Buckets {
				want := new(big.Rat)
				for day := b.From; day < b.To; day++ {
					now, employed, _ := naiveOn(everybody(s, p.Person.ID), day)
					if left := now.FTE - taken(p.Person.ID, day); employed && left > 0 && s.Calendar.IsWorkday(day) {
						want.Add(want, big.NewRat(int64(left), 1000*int64(s.Calendar.WorkdaysIn(day.Month().Period()))))
					}
				}
				if want.Cmp(p.FTE[i].Rat()) != 0 {
					t.Fatalf("seed %d: %s is free %s in %s, counted %s", seed, p.Person.ID, p.FTE[i].Rat(), b.Name, want)
				}
			}
		}
	}
	if found < seeds/2 {
		t.Errorf("only %d requirements", found)
	}
}
