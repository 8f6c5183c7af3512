package headcount

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// snapshot assembles documents, one a file, with the teams sre and web.
func snapshot(docs ...string) *portfolio.Snapshot {
	docs = append([]string{"kind: Team\nmetadata: {name: sre}\n---\nkind: Team\nmetadata: {name: web}\n"}, docs...)
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, roleOf(doc, docs))
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

// roster and plan are documents of a team; entries are without their braces.
func roster(team string, people ...string) string {
	return document("Roster", team, "people", "level: L4, role: engineer", people)
}

func plan(team string, positions ...string) string {
	return document("HeadcountPlan", team, "positions", "level: L4, role: engineer, type: growth", positions)
}

func document(kind, team, list, rest string, entries []string) string {
	text := fmt.Sprintf("kind: %s\nmetadata: {name: %s}\nspec:\n  team: %s\n  %s:\n", kind, team, team, list)
	if entries == nil {
		return text
	}
	for _, e := range entries {
		text += "    - {" + rest + ", " + e + "}\n"
	}
	return text
}

const (
	ada = "id: ada, start: 2024-01-01"
	ben = "id: ben, start: 2026-06-01"
)

func TestPlanned(t *testing.T) {
	seat := func(fields string) string { return plan("sre", "id: sre-1, "+fields) }
	filled := seat("status: filled, person: ben, effective: 2026-04-15, start: 2026-06-01")
	for _, test := range []struct {
		name string
		docs []string
		day  string
		want []TeamHeads
	}{
		{"nobody", nil, "2026-06-01", nil},
		{"before the first day", []string{roster("sre", ben)}, "2026-05-31", nil},
		{"on the first day", []string{roster("sre", ben)}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"on the last day", []string{roster("sre", ada+", end: 2026-06-01")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"after the last day", []string{roster("sre", ada+", end: 2026-05-31")}, "2026-06-01", nil},
		{"part time is a head", []string{roster("sre", ada+", fte: 0.5"), seat("status: open, effective: 2026-01, fte: 0.5")}, "2026-06-01", []TeamHeads{{"sre", 2}}},

		{"a seat before it is effective", []string{filled, roster("sre", ben)}, "2026-04-14", nil},
		{"a seat not filled yet", []string{filled, roster("sre", ben)}, "2026-04-15", []TeamHeads{{"sre", 1}}},
		{"a seat filled late", []string{filled, roster("sre", ben)}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"a seat filled early is planned from its day", []string{seat("status: filled, person: ben, effective: 2026-07, start: 2026-06-01"), roster("sre", ben)}, "2026-06-30", nil},
		{"effective in a month is on its first day", []string{seat("status: approved, effective: 2026-07")}, "2026-07-01", []TeamHeads{{"sre", 1}}},
		{"the seat stays when the person leaves", []string{filled, roster("sre", ben+", end: 2026-08-31")}, "2026-09-01", []TeamHeads{{"sre", 1}}},
		{"a seat of another team", []string{plan("sre", "id: s, team: web, status: open, effective: 2026-01"), roster("sre", ada)}, "2026-06-01", []TeamHeads{{"sre", 1}, {"web", 1}}},
		{"a person and the seat in different teams", []string{plan("web", "id: w, status: filled, person: ben, effective: 2026-06-01, start: 2026-06-01"), roster("sre", ben)}, "2026-06-01", []TeamHeads{{"web", 1}}},

		{"planned", []string{seat("status: planned, effective: 2026-01")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"offered", []string{seat("status: offered, effective: 2026-01")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"on hold", []string{seat("status: on-hold, effective: 2026-01")}, "2026-06-01", nil},
		{"who fills a cancelled seat is simply there", []string{seat("status: cancelled, person: ben, effective: 2026-01"), roster("sre", ben)}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"who fills a seat on hold is simply there", []string{seat("status: on-hold, person: ben, effective: 2027-01"), roster("sre", ben)}, "2026-06-01", []TeamHeads{{"sre", 1}}},

		{"until a transfer", []string{roster("sre", ada+", history: [{until: 2026-05-31, team: web}]")}, "2026-05-31", []TeamHeads{{"web", 1}}},
		{"after a transfer", []string{roster("sre", ada+", history: [{until: 2026-05-31, team: web}]")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"who moves to a seat is in the former team", []string{
			seat("status: filled, person: ada, effective: 2026-06-01, start: 2026-06-01"), roster("sre", ada+", history: [{until: 2026-05-31, team: web}]"),
		}, "2026-05-31", []TeamHeads{{"web", 1}}},
		{"who moves to a seat on a day that is not stated", []string{
			seat("status: filled, person: ada, effective: 2026-06-01"), roster("sre", ada+", history: [{until: 2026-05-31, team: web}]"),
		}, "2026-05-31", []TeamHeads{{"web", 1}}},
		{"who takes a seat on the last day", []string{filled, roster("sre", "id: ben, start: 2020-01-01, end: 2026-06-01")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"who moved late is in the seat from its day", []string{
			seat("status: filled, person: ada, effective: 2026-04-01, start: 2026-06-01"), roster("sre", ada+", history: [{until: 2026-05-31, team: web}]"),
		}, "2026-05-31", []TeamHeads{{"sre", 1}}},

		{"a former employment", []string{filled, roster("sre", "id: ben, start: 2020-01-01, end: 2022-12-31", ben)}, "2022-06-01", []TeamHeads{{"sre", 1}}},
		{"who leaves while the seat for the return is open", []string{filled, roster("sre", "id: ben, start: 2020-01-01, end: 2026-04-30", ben)}, "2026-04-30", []TeamHeads{{"sre", 2}}},
		{"who came back", []string{filled, roster("sre", "id: ben, start: 2020-01-01, end: 2026-04-30", ben)}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"two seats of one person are two", []string{
			plan("sre", "id: a, status: filled, person: ada, effective: 2026-01", "id: b, status: filled, person: ada, effective: 2026-01"), roster("sre", ada),
		}, "2026-06-01", []TeamHeads{{"sre", 2}}},
		{"a seat for nobody on the roster", []string{seat("status: filled, effective: 2026-01"), roster("sre", ada)}, "2026-06-01", []TeamHeads{{"sre", 2}}},

		{"a roster that does not validate", []string{roster("sre", ada), roster("web", ben+", team: wbe")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
		{"a plan that does not validate", []string{roster("sre", ada), plan("web", "id: w, team: wbe, status: open, effective: 2026-01")}, "2026-06-01", []TeamHeads{{"sre", 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(Plan{Teams: test.want}, Planned(snapshot(test.docs...), cal.MustDate(test.day))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlannedIsUnknown(t *testing.T) {
	external := func(kinds string) string {
		return "kind: Portfolio\nmetadata: {name: c}\nspec: {external: [" + kinds + "]}\n"
	}
	for _, test := range []struct {
		name string
		docs []string
		want []string
	}{
		{"private people", []string{external("Roster"), plan("sre")}, []string{"private"}},
		{"private plans", []string{external("HeadcountPlan"), roster("sre", ada)}, []string{"private"}},
		{"both private", []string{external("HeadcountPlan, Roster")}, []string{"private"}},
		{"both private and joined", []string{external("HeadcountPlan, Roster"), roster("sre", ada), plan("sre")}, nil},
		{"no portfolio", []string{external("Rooster")}, []string{"the Portfolio document does not validate"}},
	} {
		p := Planned(snapshot(test.docs...), cal.MustDate("2026-06-01"))
		var got []string
		for _, r := range p.Unknown {
			got = append(got, r.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" || (len(p.Teams) > 0) != (test.want == nil) {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, p.Teams, diff)
		}
	}
}

func heads(s *portfolio.Snapshot, day cal.Date) int {
	n := 0
	for _, t := range Planned(s, day).Teams {
		n += t.Heads
	}
	return n
}

func drawDay(t *rapid.T, name string) cal.Date {
	return cal.MustDate("2026-01-01") + cal.Date(rapid.IntRange(0, 400).Draw(t, name))
}

func TestMovingSomebodyKeepsTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, moved := drawDay(t, "day"), drawDay(t, "moved")
		seat := fmt.Sprintf("id: s, status: filled, person: ben, effective: %s", drawDay(t, "effective"))
		before := snapshot(roster("sre", ada, ben), plan("sre", seat))
		after := snapshot(plan("web", seat), roster("web", ben),
			roster("sre", fmt.Sprintf("%s, history: [{until: %s, team: web}]", ada, moved)))
		if a, b := heads(before, day), heads(after, day); a != b {
			t.Fatalf("%d before, %d after", a, b)
		}
	})
}

// A plan does not change because a seat was filled on another day, or not at all.
func TestWhenASeatIsFilledChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, start := drawDay(t, "day"), drawDay(t, "start")
		seat := fmt.Sprintf("id: s, effective: %s, ", drawDay(t, "effective"))
		open := snapshot(roster("sre", ada), plan("sre", seat+"status: open"))
		filled := snapshot(roster("sre", ada, fmt.Sprintf("id: ben, start: %s", start)), plan("sre", fmt.Sprintf("%sstatus: filled, person: ben, start: %s", seat, start)))
		if a, b := heads(open, day), heads(filled, day); a != b {
			t.Fatalf("%d open, %d filled", a, b)
		}
	})
}

func TestOrderOfFilesIsIrrelevant(t *testing.T) {
	docs := []string{
		roster("sre", ada, ben), roster("web", "id: eve, start: 2025-01-01, end: 2026-12-31"),
		plan("sre", "id: s, status: filled, person: eve, effective: 2026-03"), plan("web", "id: w, status: open, effective: 2026-02"),
	}
	day := cal.MustDate("2026-06-01")
	want := Plan{Teams: []TeamHeads{{"sre", 3}, {"web", 1}}}
	rapid.Check(t, func(t *rapid.T) {
		if diff := cmp.Diff(want, Planned(snapshot(rapid.Permutation(docs).Draw(t, "order")...), day)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// roleOf says where a document lies: one of a kind that lives elsewhere is of an overlay.
func roleOf(doc string, all []string) portfolio.Role {
	kind, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(doc), "kind: "), "\n")
	for _, other := range all {
		_, list, external := strings.Cut(other, "external: [")
		list, _, _ = strings.Cut(list, "]")
		if external && slices.Contains(strings.Split(strings.ReplaceAll(list, " ", ""), ","), strings.TrimSpace(kind)) {
			return portfolio.Overlay
		}
	}
	return portfolio.Base
}
