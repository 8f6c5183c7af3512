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

// requirements are those of a plan from as-of to the end of 2027, as an analysis lists
// them.
func requirements(s *portfolio.Snapshot) []Requirement {
	return Analyse(s, options(s, "FY26..FY27", cal.ByYear)).Unfilled
}

func TestUnfilled(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"who matches is free", []string{"team: sre, fte: 1, from: 2026-04, to: 2026-05"}, []string{"2026-04-01..2026-05-29 2 of 3 short 0"}},
		{"but for what names them", []string{"team: sre, level: L5, fte: 1, from: 2026-04, to: 2026-05", "person: ada, fte: 0.4, from: 2026-05, to: 2026-07"}, []string{"2026-04-01..2026-05-29 2 of 1.6 short 0.4"}},
		{"on other days there is no less", []string{"team: sre, fte: 1, from: 2026-04, to: 2026-04", "person: ada, fte: 9, from: 2026-05, to: 2026-07"}, []string{"2026-04-01..2026-04-30 1 of 1.5 short 0"}},
		{"too much of one is not too little of another", []string{"team: sre, fte: 1, from: 2026-04, to: 2026-04", "person: ada, fte: 9, from: 2026-04, to: 2026-04"}, []string{"2026-04-01..2026-04-30 1 of 0.5 short 0.5"}},
		{"time of one day is not that of another", []string{"team: sre, fte: 1.5, from: 2026-05, to: 2026-08", "person: ada, fte: 0.5, from: 2026-08-17, to: 2026-08"}, []string{"2026-05-01..2026-08-31 6 of 4.738 short 1.262"}},
		{"more than enough at first", []string{"team: sre, fte: 1.2, from: 2026-05, to: 2026-08"}, []string{"2026-05-01..2026-08-31 4.8 of 5 short 0.4"}},
		{"a team is those below it", []string{"team: all, fte: 1, from: 2026-04, to: 2026-04"}, []string{"2026-04-01..2026-04-30 1 of 1.5 short 0"}},
		{"not those beside it or above it", []string{"team: web, fte: 1, from: 2026-04, to: 2026-04", "team: edge, fte: 1, from: 2026-04, to: 2026-04"}, []string{"2026-04-01..2026-04-30 1 of 0 short 1", "2026-04-01..2026-04-30 1 of 0 short 1"}},
		{"days after as-of", []string{"team: web, fte: 1, from: 2026-03, to: 2026-04"}, []string{"2026-03-12..2026-04-30 1.636 of 0.636 short 1"}},
		{"the past", []string{"team: web, fte: 1, from: 2026-02, to: 2026-03-11"}, []string{}},
		{"the day after as-of", []string{"team: web, fte: 1, from: 2026-02, to: 2026-03-12"}, []string{"2026-03-12..2026-03-12 0.045 of 0.045 short 0"}},
		{"no work", []string{"team: web, fte: 0, from: 2026-04, to: 2026-04"}, []string{}},
		{"somebody", []string{"person: ada, fte: 1, from: 2026-04, to: 2026-04"}, []string{}},
	} {
		got := []string{}
		s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), strings.ReplaceAll(program("p", "active", test.lines...), "role: sre, team", "team"))
		for _, r := range requirements(s) {
			got = append(got, fmt.Sprintf("%s..%s %s of %s short %s", r.From, r.To, r.Required, r.Free, r.Short))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if got := requirements(snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), program("p", "completed\n  completed: 2026-03-01", "fte: 1, from: 2026-04, to: 2026-04"))); len(got) > 0 {
		t.Errorf("a program that is over requires %v", got)
	}
}

// A requirement is told with the days that the line states, though work is counted on
// those alone that are to come within the years.
func TestRequirementsAreToldAsTheyAreWritten(t *testing.T) {
	for _, test := range []struct{ name, year, lines, dates, counted string }{
		{"begun, and beyond the year", "FY26", "from: 2026-02, to: 2027-02", "2026-02-01 2027-02-28", "; required and free are of 2026-03-12 to 2026-12-31"},
		{"begun before the year", "FY27", "from: 2026-12, to: 2027-12", "2026-12-01 2027-12-31", "; required and free are of 2027-01-01 to 2027-12-31"},
		{"all of it", "FY26", "from: 2026-03-12, to: 2026-12", "2026-03-12 2026-12-31", ""},
		{"on a weekend", "FY26", "from: 2026-05-02, to: 2026-05", "2026-05-02 2026-05-31", ""},
	} {
		s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), program("p", "active", "fte: 1, "+test.lines))
		a := Analyse(s, options(s, test.year, cal.ByYear))
		told := a.data(View{}).Unfilled
		if len(told) != 1 {
			t.Fatalf("%s: %d requirements", test.name, len(told))
		}
		if got := told[0].From.String() + " " + told[0].To.String(); got != test.dates || a.counted() != test.counted {
			t.Errorf("%s: %s%q, want %s%q", test.name, got, a.counted(), test.dates, test.counted)
		}
		var row []string
		for _, cell := range a.requirements().Rows[0].Cells {
			row = append(row, cell.Text)
		}
		if text := strings.Join(row, " "); !strings.Contains(text, test.dates) {
			t.Errorf("%s: people read %s", test.name, text)
		}
	}
	s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), program("p", "active", "fte: 1, from: 2026-03, to: 2026-04", "fte: 2, from: 2026-02, to: 2026-04", "fte: 3, from: 2026-05, to: 2026-05"))
	var order []string
	for _, r := range requirements(s) {
		order = append(order, r.Line.FTE.String()+" of "+r.Free.String())
	}
	if diff := cmp.Diff([]string{"2 of 1.636", "1 of 1.636", "3 of 1"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
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
		for _, r := range requirements(s) {
			found++
			required, free, short := new(big.Rat), new(big.Rat), new(big.Rat)
			for day := theDay + 1; day <= r.Line.To.Last(); day++ {
				if day < r.Line.From.First() || !s.Calendar.IsWorkday(day) {
					continue
				}
				month := 1000 * int64(s.Calendar.WorkdaysIn(day.Month().Period()))
				required.Add(required, big.NewRat(int64(r.Line.FTE), month))
				lack := r.Line.FTE
				for id := range PeopleOf(s) {
					now, employed, _ := naiveOn(everybody(s, id), day)
					l := r.Line
					if left := now.FTE - taken(id, day); employed && left > 0 &&
						(l.Team == "" || slices.Contains(s.Lineage(now.Team), l.Team)) && matches(l.Role, now.Role) && matches(l.Level, now.Level) && matches(l.Location, now.Location) {
						free.Add(free, big.NewRat(int64(left), month))
						lack -= left
					}
				}
				short.Add(short, big.NewRat(int64(max(0, lack)), month))
			}
			if required.Cmp(r.Required.Rat()) != 0 || free.Cmp(r.Free.Rat()) != 0 || short.Cmp(r.Short.Rat()) != 0 {
				t.Fatalf("seed %d: %s by %+v: required %s, free %s, short %s; counted %s, %s, %s", seed, r.Program.Meta.Name, *r.Line,
					r.Required.Rat(), r.Free.Rat(), r.Short.Rat(), required, free, short)
			}
		}
		o := options(s, "FY26", cal.ByQuarter, group.ByTeam)
		for _, p := range Analyse(s, o).Free {
			for i, b := range o.Buckets {
				want := new(big.Rat)
				for day := b.From; day < b.To; day++ {
					now, employed, _ := naiveOn(everybody(s, p.Person.ID), day)
					if left := now.FTE - taken(p.Person.ID, day); employed && left > 0 && day > theDay && s.Calendar.IsWorkday(day) {
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
