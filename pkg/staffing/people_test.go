package staffing

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

func roster(name string, people ...string) string {
	text := "kind: Roster\nmetadata: {name: " + name + "}\nspec:\n  team: sre\n  people:\n"
	for _, p := range people {
		text += "    - {" + p + "}\n"
	}
	return text
}

// ada was promoted, moved and took more hours; ben left and came back to another
// team.
var people = []string{
	"kind: Team\nmetadata: {name: sre}\n---\nkind: Team\nmetadata: {name: web}\n",
	roster("one",
		"id: ada, role: lead, level: L5, location: lisbon, start: 2024-01-01, end: 2026-12-31, history: ["+
			"{until: 2026-03-31, level: L4}, {until: 2025-06-30, level: L3, team: web, location: austin}, {until: 2026-03-15, role: engineer, fte: 0.5}]",
		"id: ben, role: engineer, level: L3, start: 2024-02-01, end: 2025-01-31, history: [{until: 2024-04-30, level: L2}]"),
	roster("later", "id: ben, team: web, role: engineer, level: L4, start: 2025-07-01, history: [{until: 2025-12-31, level: L3}]"),
}

func TestPeopleOn(t *testing.T) {
	early := Standing{"web", "engineer", "L3", "austin", 500}
	for _, test := range []struct {
		id, day string
		want    Standing
		until   string
	}{
		{"ada", "2025-06-30", early, "2025-07-01"},
		{"ada", "2025-07-01", Standing{"sre", "engineer", "L4", "lisbon", 500}, "2026-03-16"},
		{"ada", "2026-03-16", Standing{"sre", "lead", "L4", "lisbon", 1000}, "2026-04-01"},
		{"ada", "2026-04-01", Standing{"sre", "lead", "L5", "lisbon", 1000}, "2200-01-01"},
		{"ada", "2023-12-31", early, "2025-07-01"},
		{"ada", "2027-06-30", Standing{"sre", "lead", "L5", "lisbon", 1000}, "2200-01-01"},
		{"ben", "2023-01-01", Standing{"sre", "engineer", "L2", "", 1000}, "2024-05-01"},
		{"ben", "2025-01-31", Standing{"sre", "engineer", "L3", "", 1000}, "2025-07-01"},
		{"ben", "2025-02-01", Standing{"sre", "engineer", "L3", "", 1000}, "2025-07-01"},
		{"ben", "2025-07-01", Standing{"web", "engineer", "L3", "", 1000}, "2026-01-01"},
		{"ben", "2026-01-01", Standing{"web", "engineer", "L4", "", 1000}, "2200-01-01"},
	} {
		got, until, ok := PeopleOf(snapshot(people...)).On(test.id, cal.MustDate(test.day))
		if diff := cmp.Diff(test.want, got); diff != "" || until.String() != test.until || !ok {
			t.Errorf("%s on %s, until %s, want %s, %t (-want +got):\n%s", test.id, test.day, until, test.until, ok, diff)
		}
	}
	if _, _, ok := PeopleOf(snapshot(people...)).On("eve", cal.MustDate("2026-01-01")); ok {
		t.Error("eve is on a roster")
	}
}

// Nothing changes between a day and the one that On names.
func TestPeopleOnHoldsUntil(t *testing.T) {
	all := PeopleOf(snapshot(people...))
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom([]string{"ada", "ben"}).Draw(t, "id")
		day := cal.MustDate("2023-10-01") + cal.Date(rapid.IntRange(0, 1400).Draw(t, "day"))
		now, until, _ := all.On(id, day)
		for d := day; d < min(until, cal.MustDate("2027-12-31")); d++ {
			if then, end, _ := all.On(id, d); then != now || end != until {
				t.Fatalf("%s on %s: %v until %s; on %s %v until %s", id, day, now, until, d, then, end)
			}
		}
	})
}

func TestPeopleOfRostersThatDoNotValidateAreLeftOut(t *testing.T) {
	s := snapshot(people[0], roster("good", "id: ada, role: x, level: L1, start: 2024-01-01"), roster("bad", "id: ben, team: wbe, role: x, level: L1, start: 2024-01-01"))
	all := PeopleOf(s)
	if len(all) != 1 || len(all["ada"]) != 1 {
		t.Errorf("people %v", all)
	}
	if why := Unlisted(s); why != nil {
		t.Errorf("unlisted: %v", why)
	}
}

func TestUnlisted(t *testing.T) {
	csv := "kind: Roster\nmetadata: {name: hr}\nspec: {csv: people.csv}\n"
	ada := "id: ada, role: x, level: L1, start: 2024-01-01"
	for _, test := range []struct {
		name string
		docs []string
		want []Reason
	}{
		{"no roster at all", nil, nil},
		{"a roster", []string{people[0], roster("r", ada)}, nil},
		{"private", []string{config("external: [Roster]")}, []Reason{Private}},
		{"private and joined", []string{config("external: [Roster]"), people[0], roster("r", ada)}, nil},
		{"a roster of a CSV file that was not read", []string{people[0], roster("r", ada), csv}, nil},
		{"no portfolio", []string{config("externl: [Roster]")}, []Reason{Unconfigured}},
	} {
		if diff := cmp.Diff(test.want, Unlisted(snapshot(test.docs...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestMergeReasons(t *testing.T) {
	march, april := cal.MustMonth("2026-03"), cal.MustMonth("2026-04")
	a := []Reason{{"b", april}, {"c", march}}
	got := MergeReasons(a, []Reason{{"c", april}, {"b", march}, Private, {"a", 0}})
	want := []Reason{{"a", 0}, {"b", march}, {"c", march}, Private}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a[0].Month != april {
		t.Error("a list that was given is changed")
	}
	if got := (Reason{"no rate", march}).String() + ", " + Private.String(); got != "no rate in 2026-03, private" {
		t.Errorf("reasons read %q", got)
	}
}

// A roster that everybody may read is not all where rosters live elsewhere.
func TestSomeOfThePeopleAreNotAll(t *testing.T) {
	read := func(role portfolio.Role) []Reason {
		s, _ := portfolio.Assemble([]portfolio.Part{
			portfolio.Read(&source.File{Name: "p", Text: []byte("kind: Portfolio\nmetadata: {name: c}\nspec: {external: [Roster]}\n")}, portfolio.Base),
			portfolio.Read(&source.File{Name: "r", Text: []byte("kind: Roster\nmetadata: {name: r}\nspec: {people: [{id: ada, role: sre, level: L4, start: 2020-01-01}]}\n")}, role),
		})
		return Unlisted(s)
	}
	if diff := cmp.Diff([]Reason{Private}, read(portfolio.Base)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if why := read(portfolio.Overlay); why != nil {
		t.Errorf("joined, and still %v", why)
	}
}
