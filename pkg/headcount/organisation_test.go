package headcount

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// organisation is a company that lives for eight years, a day at a time. While it does
// it notes who is there, which is the count that a report must repeat; then it writes
// down what a roster says of it. The two have nothing in common but the days.
type organisation struct {
	r        *rand.Rand
	teams    []string
	staff    []*worker // who is there today
	all      []*worker
	former   []*worker
	today    cal.Date
	from     cal.Date // from which the company counts
	next     int
	heads    map[string]map[cal.Month]int // by team, and "" for all
	hired    map[cal.Month]int
	departed map[cal.Month]int // by the month in which they are there no more
}

type worker struct {
	id, team    string
	first, last cal.Date
	reason      string
	moves       []string // history entries
}

func live(seed uint64, from, to cal.Date, size int) *organisation {
	o := &organisation{
		r: rand.New(rand.NewPCG(seed, 1)), from: from, heads: map[string]map[cal.Month]int{},
		hired: map[cal.Month]int{}, departed: map[cal.Month]int{},
	}
	for i := range 24 {
		o.teams = append(o.teams, fmt.Sprintf("team-%02d", i))
	}
	for o.today = from - 1; o.today <= to; o.today++ {
		o.morning(size)
		o.evening()
	}
	return o
}

// morning is who starts: many on the first day, then to make up for those who left,
// and a few more.
func (o *organisation) morning(size int) {
	if o.today.Weekday() == 0 || o.today.Weekday() == 6 {
		return
	}
	joining := 0
	switch {
	case len(o.all) == 0:
		joining = size / 2
	case len(o.staff) < size:
		joining = o.r.IntN(9)
	}
	for range joining {
		w := &worker{team: o.teams[o.r.IntN(len(o.teams))], first: o.today}
		if len(o.former) > 0 && o.r.IntN(12) == 0 { // somebody comes back
			i := o.r.IntN(len(o.former))
			w.id = o.former[i].id
			if o.former[i].last == o.today-1 {
				w.first = o.today // the very next day
			}
			o.former = slices.Delete(o.former, i, i+1)
		} else {
			o.next++
			w.id = fmt.Sprintf("p%05d", o.next)
		}
		o.staff, o.all = append(o.staff, w), append(o.all, w)
		o.hired[o.today.Month()]++
	}
}

// evening is who changes team from tomorrow on, who has had the last day, and, at the
// end of a month, the count.
func (o *organisation) evening() {
	if o.today == o.today.Month().Last() && o.today >= o.from {
		for _, w := range o.staff {
			o.note(w.team)
			o.note("")
		}
	}
	o.staff = slices.DeleteFunc(o.staff, func(w *worker) bool {
		switch chance := o.r.IntN(20_000); {
		case chance < 16: // one in five a year
			w.last = o.today
			w.reason = []string{"voluntary", "involuntary", "other"}[o.r.IntN(3)]
			o.former = append(o.former, w)
			o.departed[(o.today+1).Month()]++
			return true
		case chance < 24:
			w.moves = append(w.moves, fmt.Sprintf("{until: %s, team: %s}", o.today, w.team))
			w.team = o.teams[o.r.IntN(len(o.teams))]
		}
		return false
	})
}

func (o *organisation) note(team string) {
	if o.heads[team] == nil {
		o.heads[team] = map[cal.Month]int{}
	}
	o.heads[team][o.today.Month()]++
}

// documents are the company as a portfolio: teams below four departments, people in
// rosters of nobody's order.
func (o *organisation) documents() []string {
	docs := []string{"kind: Team\nmetadata: {name: company}\n"}
	for i := range 4 {
		docs = append(docs, fmt.Sprintf("kind: Team\nmetadata: {name: dep-%d}\nspec: {parent: company}\n", i))
	}
	for i, t := range o.teams {
		docs = append(docs, fmt.Sprintf("kind: Team\nmetadata: {name: %s}\nspec: {parent: dep-%d}\n", t, i%4))
	}
	people := slices.Clone(o.all)
	o.r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	for n := 0; len(people) > 0; n++ {
		some := people[:min(400, len(people))]
		people = people[len(some):]
		var b strings.Builder
		fmt.Fprintf(&b, "kind: Roster\nmetadata: {name: r%d}\nspec:\n  people:\n", n)
		for _, w := range some {
			fmt.Fprintf(&b, "    - {id: %s, role: engineer, level: L%d, team: %s, start: %s", w.id, len(w.id+w.team)%3, w.team, w.first)
			if w.last != 0 {
				fmt.Fprintf(&b, ", end: %s, leaveReason: %s", w.last, w.reason)
			}
			if w.moves != nil {
				fmt.Fprintf(&b, ", history: [%s]", strings.Join(w.moves, ", "))
			}
			b.WriteString("}\n")
		}
		docs = append(docs, b.String())
	}
	return docs
}

// read assembles documents, one a file.
func read(t testing.TB, docs []string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, diags := portfolio.Assemble(parts)
	for _, d := range diags {
		t.Fatalf("%s: %s", d.Code, d.Message)
	}
	return s
}

func analyse(t testing.TB, s *portfolio.Snapshot, o Options) *Analysis {
	t.Helper()
	a, err := Analyse(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The heads of a company of 2,500 people over eight years are, at the end of every
// month and in every team, those that the company counted itself.
func TestAnOrganisationOverEightYears(t *testing.T) {
	from, to := cal.MustDate("2019-01-01"), cal.MustDate("2026-12-31")
	o := live(7, from, to, 2500)
	rejoined := map[string]int{}
	for _, w := range o.all {
		rejoined[w.id]++
	}
	if n := len(o.staff); n < 2300 || len(o.all) < 4000 || len(o.all)-len(rejoined) < 100 {
		t.Fatalf("no company of that sort: %d there, %d employments, %d people", n, len(o.all), len(rejoined))
	}
	s := read(t, o.documents())
	a := analyse(t, s, Options{
		AsOf: to, Years: cal.FiscalYears{From: 2019, To: 2026}, Step: cal.ByMonth, By: []group.Dimension{group.ByTeam},
	})
	got := map[string]map[cal.Month]int{"": closings(a, a.Total)}
	for _, g := range a.Groups {
		got[g.Key[0]] = closings(a, g.Rows)
	}
	if diff := cmp.Diff(o.heads, got); diff != "" {
		t.Errorf("heads (-counted +reported):\n%s", diff)
	}
	for i, b := range a.Buckets {
		m := b.From.Month()
		if h, l := *a.Total.Hires[i], *a.Total.Leavers[i]; h != o.hired[m] || l != o.departed[m] {
			t.Errorf("%s: %d hired and %d left, reported %d and %d", m, o.hired[m], o.departed[m], h, l)
		}
		if f := a.Total.Forecast[i].String(); f != fmt.Sprint(*a.Total.Closing[i]) {
			t.Errorf("%s is over, and its forecast is %s of %d", m, f, *a.Total.Closing[i])
		}
	}
}

func closings(a *Analysis, r *Rows) map[cal.Month]int {
	heads := map[cal.Month]int{}
	for i, b := range a.Buckets {
		if *r.Closing[i] != 0 {
			heads[b.From.Month()] = *r.Closing[i]
		}
	}
	return heads
}

// A large company: 20,000 people, 5,000 positions, three years by team and role.
func BenchmarkAnalyse(b *testing.B) {
	var docs []string
	docs = append(docs, "kind: Portfolio\nmetadata: {name: c}\nspec:\n  rateCard: [{annualCost: 100000}, {level: L1, annualCost: 123456}, {level: L2, role: role-3, annualCost: 200000}]\n")
	for i := range 200 {
		docs = append(docs, fmt.Sprintf("kind: Team\nmetadata: {name: t%d}\nspec: {}\n", i))
	}
	r := rand.New(rand.NewPCG(1, 1))
	day := func(years int) cal.Date { return cal.MustDate("2024-01-01") + cal.Date(r.IntN(365*years)) }
	for i := range 200 {
		var people, positions strings.Builder
		for n := range 100 {
			fmt.Fprintf(&people, "    - {id: p%d-%d, role: role-%d, level: L%d, start: %s", i, n, n%5, n%3, day(2)-700)
			switch n % 4 {
			case 0:
				fmt.Fprintf(&people, ", end: %s", day(3)+400)
			case 1:
				fmt.Fprintf(&people, ", history: [{until: %s, level: L0}]", day(3))
			}
			people.WriteString("}\n")
		}
		for n := range 25 {
			fmt.Fprintf(&positions, "    - {id: s%d-%d, role: role-%d, level: L%d, type: growth, status: open, effective: %s}\n", i, n, n%5, n%3, day(4))
		}
		docs = append(docs, fmt.Sprintf("kind: Roster\nmetadata: {name: r%d}\nspec:\n  team: t%d\n  people:\n%s", i, i, people.String()))
		docs = append(docs, fmt.Sprintf("kind: HeadcountPlan\nmetadata: {name: h%d}\nspec:\n  fiscalYear: FY26\n  team: t%d\n  attrition: {annualRate: 8%%}\n  positions:\n%s", i, i, positions.String()))
	}
	s := read(b, docs)
	o := Options{
		AsOf: cal.MustDate("2026-03-15"), Years: cal.FiscalYears{From: 2025, To: 2027}, Step: cal.ByMonth,
		By: []group.Dimension{group.ByTeam, group.ByRole},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Analyse(s, o); err != nil {
			b.Fatal(err)
		}
	}
}
