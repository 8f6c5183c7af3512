package impact

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

const (
	// A month of L4 costs 10,000, one of L5 20,000. Fiscal years are calendar years.
	priced2026 = "levels: [{id: L4}, {id: L5}], rateCard: [{level: L4, from: 2020-01, annualCost: 120000}, {level: L5, from: 2020-01, annualCost: 240000}]"

	aSeat   = "id: s1, role: engineer, level: L5, type: growth, status: open, effective: 2026-12"
	aPerson = "id: ada, role: engineer, level: L5, start: 2026-01-05"
)

func seatsDoc(positions ...string) string {
	return "kind: HeadcountPlan\nmetadata: {name: h}\nspec: {fiscalYear: FY26, team: core, positions: [" + braced(positions) + "]}\n"
}

func rosterDoc(people ...string) string {
	return "kind: Roster\nmetadata: {name: all}\nspec: {team: core, people: [" + braced(people) + "]}\n"
}

func braced(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "{" + strings.Join(list, "}, {") + "}"
}

// staff are the changes of seats, people and the cost of the plan, a line each.
func staff(c *Change) (lines []string) {
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, s := range c.Positions.Added {
		add("+ %s/%s %s %s", s.Plan, s.ID, s.Status, s.Effective)
	}
	for _, s := range c.Positions.Removed {
		add("- %s/%s %s %s", s.Plan, s.ID, s.Status, s.Effective)
	}
	for _, s := range c.Positions.Changed {
		for _, f := range s.Changes {
			add("%s/%s %s", s.Plan, s.ID, f.plain())
		}
	}
	for _, e := range c.People.Joined {
		add("+ %s %s %s", e.ID, *e.Team, e.Level)
	}
	for _, l := range c.People.Left {
		add("%s end %s → %s, unlisted %t", l.ID, plainDay(l.From), plainDay(l.To), l.Unlisted)
	}
	for _, m := range c.People.Moved {
		for _, x := range m.Changes {
			add("%s %s", m.ID, x.plain())
		}
	}
	for _, p := range c.PlanCost {
		if p.Delta == nil {
			add("%s n/a: %s", p.FiscalYear, strings.Join(p.Unknown, "; "))
			continue
		}
		add("%s %s → %s (%s)", p.FiscalYear, p.Before, p.After, p.Delta)
	}
	return lines
}

func plainDay[T fmt.Stringer](d *T) string {
	if d == nil {
		return "none"
	}
	return (*d).String()
}

// Seats and people differ by field, and the plan by what that costs.
func TestSeatsAndPeople(t *testing.T) {
	with := func(old, instead string, more ...string) string { // of the seat
		return strings.Replace(aSeat, old, instead, 1) + strings.Join(more, "")
	}
	person := func(more string) string { return aPerson + more }
	for _, test := range []struct {
		name       string
		base, head []string // after the Portfolio
		want       []string
	}{
		{"a seat moves", []string{seatsDoc(aSeat)}, []string{seatsDoc(with("2026-12", "2026-10"))}, []string{
			"h/s1 effective 2026-12 → 2026-10", "FY26 20000.00 → 60000.00 (40000.00)",
		}},
		{"a month is its first day", []string{seatsDoc(aSeat)}, []string{seatsDoc(with("2026-12", "2026-12-01"))}, nil},
		{"a seat of a lower level", []string{seatsDoc(aSeat)}, []string{seatsDoc(with("L5", "L4"))}, []string{
			"h/s1 level L5 → L4", "FY26 20000.00 → 10000.00 (-10000.00)", "FY27 240000.00 → 120000.00 (-120000.00)",
		}},
		{"half a seat elsewhere", []string{seatsDoc(aSeat)}, []string{seatsDoc(aSeat + ", fte: 0.5, location: lisbon")}, []string{
			"h/s1 location none → lisbon", "h/s1 fte 1 → 0.5", "FY26 20000.00 → 10000.00 (-10000.00)", "FY27 240000.00 → 120000.00 (-120000.00)",
		}},
		{"expected later", []string{seatsDoc(aSeat)}, []string{seatsDoc(aSeat + ", expectedStart: 2027-02-01")}, []string{"h/s1 expected start none → 2027-02-01"}},
		{"in a far year", []string{seatsDoc()}, []string{seatsDoc(with("2026-12", "2029-07"))}, []string{"+ h/s1 open 2029-07", "FY29 0.00 → 120000.00 (120000.00)"}},
		{"a seat goes", []string{seatsDoc(aSeat)}, []string{seatsDoc()}, []string{
			"- h/s1 open 2026-12", "FY26 20000.00 → 0.00 (-20000.00)", "FY27 240000.00 → 0.00 (-240000.00)",
		}},
		{"a seat in another plan", []string{seatsDoc(aSeat)}, []string{strings.Replace(seatsDoc(aSeat), "name: h", "name: i", 1)}, []string{"i/s1 plan h → i"}},
		{"filled", []string{seatsDoc(aSeat), rosterDoc()}, []string{
			seatsDoc(with("open", "filled", ", person: ada, start: 2026-12-01")), rosterDoc(strings.Replace(aPerson, "2026-01-05", "2026-12-01", 1)),
		}, []string{"h/s1 status open → filled", "h/s1 start none → 2026-12-01", "h/s1 filled", "+ ada core L5"}},
		{"a leaver and the backfill", []string{seatsDoc(), rosterDoc(person(""))}, []string{
			seatsDoc(strings.Replace(aSeat, "growth", "backfill, backfills: ada", 1)), rosterDoc(person(", end: 2026-10-31")),
		}, []string{
			"+ h/s1 open 2026-12", "ada end none → 2026-10-31, unlisted false",
			"FY26 238181.82 → 218181.82 (-20000.00)",
		}},
		{"another leaver to backfill", []string{
			seatsDoc(strings.Replace(aSeat, "growth", "backfill, backfills: ada", 1)), rosterDoc(aPerson, strings.Replace(aPerson, "ada", "ben", 1)),
		}, []string{
			seatsDoc(strings.Replace(aSeat, "growth", "backfill, backfills: ben", 1)), rosterDoc(aPerson, strings.Replace(aPerson, "ada", "ben", 1)),
		}, []string{"h/s1 backfills somebody else"}},
		{"a leaver stays", []string{rosterDoc(person(", end: 2026-11-30"))}, []string{rosterDoc(person(""))}, []string{
			"ada end 2026-11-30 → none, unlisted false", "FY26 218181.82 → 238181.82 (20000.00)", "FY27 0.00 → 240000.00 (240000.00)",
		}},
		{"a promotion", []string{rosterDoc(strings.Replace(aPerson, "L5", "L4", 1))}, []string{rosterDoc(person(", history: [{until: 2026-11-30, level: L4}]"))}, []string{
			"ada level L4 → L5 from 2026-12-01", "FY26 119090.91 → 129090.91 (10000.00)", "FY27 120000.00 → 240000.00 (120000.00)",
		}},
		{"history is mended", []string{rosterDoc(aPerson)}, []string{rosterDoc(person(", history: [{until: 2026-03-31, level: L4}]"))}, []string{
			"ada level L5 → L4 until 2026-03-31", "FY26 238181.82 → 209090.91 (-29090.91)",
		}},
		{"another first day", []string{rosterDoc(aPerson)}, []string{rosterDoc(strings.Replace(aPerson, "2026-01-05", "2026-02-02", 1))}, []string{
			"ada start 2026-01-05 → 2026-02-02", "FY26 238181.82 → 220000.00 (-18181.82)",
		}},
		{"somebody comes back", []string{rosterDoc("id: ada, role: engineer, level: L4, start: 2020-01-06, end: 2021-12-31")}, []string{
			rosterDoc("id: ada, role: engineer, level: L4, start: 2020-01-06, end: 2021-12-31", "id: ada, role: engineer, level: L5, start: 2027-12-01"),
		}, []string{"+ ada core L5", "FY27 0.00 → 20000.00 (20000.00)"}},
		{"gone from the export", []string{rosterDoc(aPerson, "id: ben, role: engineer, level: L4, start: 2020-01-06, end: 2021-12-31")}, []string{rosterDoc(aPerson)}, []string{
			"ben end 2021-12-31 → none, unlisted true",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Compare(documents(t, append([]string{config(priced2026)}, test.base...)...), documents(t, append([]string{config(priced2026)}, test.head...)...), Options{AsOf: asOf})
			if diff := cmp.Diff(test.want, staff(c)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if c.Empty() != (len(test.want) == 0) {
				t.Errorf("empty: %t", c.Empty())
			}
		})
	}
}

// What is private or does not validate is not told, and nobody is named by a seat.
func TestSeatsLeftOut(t *testing.T) {
	const private = "levels: [{id: L5}], external: [Roster]"
	moved := strings.Replace(aSeat, "2026-12", "2026-10", 1)
	seated := strings.Replace(aSeat, "open", "filled, person: ada-quiet, start: 2026-12-01", 1)
	backfill := strings.Replace(seated, "growth", "backfill, backfills: ben-quiet", 1)
	broken := strings.Replace(seatsDoc(moved, "id: s2"), "name: h", "name: h, colour: red", 1)
	other := strings.NewReplacer("name: h", "name: other", "id: s1", "id: o1")
	for _, test := range []struct {
		name       string
		base, head []string
		want       []string
	}{
		{"private people", []string{config(private), seatsDoc(aSeat)}, []string{config(private), seatsDoc(backfill)}, []string{
			"h/s1 status open → filled", "h/s1 start none → 2026-12-01", "h/s1 type growth → backfill", "h/s1 backfills somebody", "h/s1 filled",
			"FY26 n/a: private", "FY27 n/a: private",
		}},
		{"private people, with rates", []string{config("external: [Roster], " + priced2026), seatsDoc(aSeat)}, []string{config("external: [Roster], " + priced2026), seatsDoc(moved)}, []string{
			"h/s1 effective 2026-12 → 2026-10", "FY26 n/a: private",
		}},
		{"private rates", []string{config("external: [rateCard], levels: [{id: L5}]"), seatsDoc(aSeat)}, []string{config("external: [rateCard], levels: [{id: L5}]"), seatsDoc(moved)}, []string{
			"h/s1 effective 2026-12 → 2026-10", "FY26 n/a: private",
		}},
		{"no rate", []string{config("levels: [{id: L5}]"), seatsDoc(aSeat)}, []string{config("levels: [{id: L5}]"), seatsDoc(moved)}, []string{
			"h/s1 effective 2026-12 → 2026-10", `FY26 n/a: there is no rate for role "engineer", level "L5" in 2026-10`,
		}},
		{"the roster becomes private", []string{config(priced2026), rosterDoc(aPerson)}, []string{config("external: [Roster], " + priced2026)}, []string{"FY26 n/a: private", "FY27 n/a: private"}},
		{"a plan that does not conform", []string{config(priced2026), seatsDoc(aSeat), other.Replace(seatsDoc(aSeat))}, []string{config(priced2026), broken, other.Replace(seatsDoc(moved))}, []string{
			"other/o1 effective 2026-12 → 2026-10", `FY26 n/a: headcount plan "h" does not validate`, `FY27 n/a: headcount plan "h" does not validate`,
		}},
		{"a plan in a file that cannot be read", []string{config(priced2026), seatsDoc(aSeat)}, []string{config(priced2026), "\t- {"}, []string{
			"FY26 n/a: b.yaml cannot be read", "FY27 n/a: b.yaml cannot be read",
		}},
		{"rates become private", []string{config(priced2026), seatsDoc(aSeat)}, []string{config("levels: [{id: L5}], external: [rateCard]"), seatsDoc(aSeat)}, []string{
			"FY26 n/a: private", "FY27 n/a: private",
		}},
		{"a calendar without rates", []string{config("levels: [{id: L5}]"), seatsDoc(aSeat)}, []string{config("levels: [{id: L5}], calendar: {holidays: [2026-12-24]}"), seatsDoc(aSeat)}, nil},
		{"a roster that does not conform", []string{config(priced2026), rosterDoc(aPerson)}, []string{config(priced2026), rosterDoc(aPerson + ", colour: red")}, []string{
			`FY26 n/a: roster "all" does not validate`, `FY27 n/a: roster "all" does not validate`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Compare(documents(t, test.base...), documents(t, test.head...), Options{AsOf: asOf})
			if diff := cmp.Diff(test.want, staff(c)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			r := report.New("diff", asOf)
			c.Introduced, c.Fixed = nil, nil // rules may name whom a file that everybody reads names
			c.Report(r, "base", "head")
			text, err := json.Marshal(r)
			if err != nil || strings.Contains(string(text), "quiet") {
				t.Errorf("%v, somebody is named: %s", err, text)
			}
		})
	}
}

// A selector chooses seats and people by what they are on a day that differs.
func TestSelectSeats(t *testing.T) {
	doc := func(web string) Side {
		return documents(t, config(priced2026), "kind: Team\nmetadata: {name: web}\n", seatsDoc(aSeat+web, strings.Replace(aSeat, "s1", "s2", 1)+", location: austin"+web),
			rosterDoc(aPerson+", history: [{until: 2026-05-31, level: L4}]"+web))
	}
	base, head := doc(""), doc(", team: web")
	seats := []string{"h/s1 team core → web", "h/s2 team core → web"}
	for _, test := range []struct {
		selector string
		want     []string
	}{
		{"", append(seats, "ada team core → web")},
		{"location=austin", []string{"h/s2 team core → web"}},
		{"level=L4", []string{"ada team core → web"}},
		{"team=web,position=s1", []string{"h/s1 team core → web", "FY26 0.00 → 20000.00 (20000.00)", "FY27 0.00 → 240000.00 (240000.00)"}},
		{"status=open", seats},
		{"status=filled", nil},
		{"person=ada", []string{"ada team core → web"}},
		{"name=all", []string{"ada team core → web"}},
	} {
		selector, err := portfolio.ParseSelector(test.selector)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, staff(Compare(base, head, Options{AsOf: asOf, Selector: selector}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.selector, diff)
		}
	}
}

// People see so many rows; machines see all.
func TestBounded(t *testing.T) {
	var some []string
	for i := range mostRows + 3 {
		some = append(some, strings.Replace(aSeat, "s1", fmt.Sprintf("s%02d", i), 1))
	}
	c := Compare(documents(t, config(priced2026), seatsDoc()), documents(t, config(priced2026), seatsDoc(some...)), Options{AsOf: asOf})
	r := report.New("diff", asOf)
	c.Report(r, "base", "head")
	for i, b := range r.Blocks {
		if b != report.Heading("Positions") {
			continue
		}
		table := r.Blocks[i+1].(*report.Table)
		if len(table.Rows) != mostRows || len(table.Minor) != 3 || r.Blocks[i+2] != report.Text("and 3 more positions; json and csv have all") {
			t.Errorf("%d rows, %d for machines alone, then %q", len(table.Rows), len(table.Minor), r.Blocks[i+2])
		}
		return
	}
	t.Error("there is no table of positions")
}

// At the ends of the calendar there is nothing beyond.
func TestPlanCostAtTheEnds(t *testing.T) {
	for _, day := range []string{"1970-01-01", "1971-01-01", "2199-01-01", "2199-12-31"} {
		for _, config := range []string{config(priced2026), config("fiscalYear: {startMonth: 2, namedBy: start}, " + priced2026)} {
			d := cal.MustDate(day)
			seat := strings.Replace(aSeat, "2026-12", d.Month().String(), 1)
			c := Compare(documents(t, config, seatsDoc()), documents(t, config, seatsDoc(seat)), Options{AsOf: d})
			if len(c.Positions.Added) != 1 {
				t.Errorf("%s: %v", day, staff(c))
			}
		}
	}
}
