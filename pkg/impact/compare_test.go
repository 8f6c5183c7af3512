package impact

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
)

// documents loads documents, the first as a.yaml, the second as b.yaml, and so on.
func documents(t *testing.T, docs ...string) Side {
	t.Helper()
	files := fstest.MapFS{}
	for i, doc := range docs {
		files[string(rune('a'+i))+".yaml"] = &fstest.MapFile{Data: []byte(doc)}
	}
	return sideOf(t, files)
}

func program(name, spec string) string {
	return fmt.Sprintf("kind: Program\nmetadata: {name: %s}\nspec: {owner: core, objective: It ends., status: active, start: 2026-01-05, due: 2027-01-29, %s}\n", name, spec)
}

const core = "kind: Team\nmetadata: {name: core}\n"

func config(spec string) string {
	return "kind: Portfolio\nmetadata: {name: c}\nspec: {" + spec + "}\n" + "---\n" + core
}

// A plan that cannot be computed is n/a where what it hangs on changes, and else no
// difference.
func TestUnknownBudget(t *testing.T) {
	const private = "external: [rateCard], levels: [{id: L5}]"
	line := func(fte string) string {
		return program("p", "milestones: [{id: m, due: 2027-01-15}], staffing: [{role: r, level: L5, fte: "+fte+", from: 2026-12, to: 2026-12}]")
	}
	for _, test := range []struct {
		name       string
		base, head Side
		want       []string
	}{
		{"nothing changes", documents(t, config(private), line("1")), documents(t, config(private), line("1")), nil},
		{"people change", documents(t, config(private), line("1")), documents(t, config(private), line("2")), []string{"FY26 n/a private"}},
		{"rates become private", documents(t, config("levels: [{id: L5}], rateCard: [{level: L5, from: 2026-01, annualCost: 120000}]"), line("1")), documents(t, config(private), line("1")), []string{"FY26 n/a private"}},
		{"the currency changes", documents(t, config("currency: USD"), budgeted("p", "5")), documents(t, config("currency: EUR"), budgeted("p", "5")), []string{"FY26 n/a the currency of the portfolio changes"}},
		{"a known one", documents(t, config(""), program("p", "")), documents(t, config(""), budgeted("p", "5.50")), []string{"FY26 0.00 5.50 5.50"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, b := range Compare(test.base, test.head, Options{AsOf: asOf}).Budget {
				text := b.FiscalYear.String()
				if b.Delta == nil {
					text += " n/a " + strings.Join(b.Unknown, "; ")
				} else {
					text += fmt.Sprintf(" %s %s %s", b.Before, b.After, b.Delta)
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A waiver mends a finding; without it the finding is new.
func TestWaiver(t *testing.T) {
	open := documents(t, core, program("p", "milestones: [{id: m, due: 2026-11-13}]"))
	waived := documents(t, core, program("p", "milestones: [{id: m, due: 2026-11-13, waivers: [{rule: MS001, until: 2026-12-31, reason: r, approvedBy: ada}]}]"))
	there, back := Compare(open, waived, Options{AsOf: asOf}), Compare(waived, open, Options{AsOf: asOf})
	if len(there.Fixed) != 1 || there.Fixed[0].Code != "MS001" || len(there.Introduced) != 0 {
		t.Errorf("to waive it fixes %v and introduces %v", there.Fixed, there.Introduced)
	}
	if c := Compare(documents(t, core, program("p", "")), waived, Options{AsOf: asOf}); len(c.Introduced) != 0 {
		t.Errorf("what comes with its waiver is introduced: %v", c.Introduced)
	}
	if len(back.Introduced) != 1 || back.Introduced[0].Code != "MS001" || !*back.Introduced[0].Introduced || len(back.Fixed) != 0 {
		t.Errorf("not to waive it introduces %v and fixes %v", back.Introduced, back.Fixed)
	}
}

// Where the portfolio that is chosen from ends, so does the change.
func TestChooses(t *testing.T) {
	roster := func(n int) string {
		text := core + "---\nkind: Roster\nmetadata: {name: all}\nspec:\n  team: core\n  people:\n"
		for i := range n {
			text += fmt.Sprintf("    - {id: p%d, role: r, level: L, start: 2020-01-06}\n", i)
		}
		return text
	}
	base := documents(t, roster(1), program("p", "milestones: [{id: a, due: 2027-01-15}, {id: b, due: 2027-01-15}]"), program("q", "milestones: [{id: a, due: 2027-01-15}]"))
	head := documents(t, roster(2), program("p", "staffing: [{team: core, fte: 1, from: 2026-12, to: 2026-12}], milestones: [{id: a, due: 2027-01-16}, {id: b, due: 2027-01-16}]"),
		program("q", "staffing: [{team: core, fte: 2, from: 2026-12, to: 2026-12}], milestones: [{id: a, due: 2027-01-16}]"))
	for _, test := range []struct {
		subjects []string
		moved    []string
		fte      string
		heads    int
	}{
		{[]string{"program/p"}, nil, "1", 0},
		{[]string{"program/p/milestone/b"}, []string{"p/b"}, "", 0},
		{[]string{"program/q", "program/q/milestone/a", "program/p/milestone/a"}, []string{"p/a", "q/a"}, "2", 0},
		{[]string{"team/core"}, nil, "", 1},
		{nil, []string{"p/a", "p/b", "q/a"}, "3", 1},
	} {
		o := Options{AsOf: asOf}
		if test.subjects != nil {
			o.Chooses = func(subject string) bool { return slices.Contains(test.subjects, subject) }
		}
		c := Compare(base, head, o)
		var moved []string
		for _, m := range c.Milestones.Moved {
			moved = append(moved, m.ID)
		}
		fte := ""
		for _, f := range c.FTE {
			fte += f.Delta.String()
		}
		if diff := cmp.Diff(test.moved, moved); diff != "" || fte != test.fte || len(c.Headcount) != test.heads {
			t.Errorf("%v: %v move, %s FTE, %d teams, want %v, %s, %d", test.subjects, moved, fte, len(c.Headcount), test.moved, test.fte, test.heads)
		}
	}
}

// The file's reason goes first, where it changed; else Options are asked, with the date
// that base has.
func TestReason(t *testing.T) {
	milestone := func(due, why string) Side {
		return documents(t, core, program("p", "dueReason: p "+why+", milestones: [{id: m, due: "+due+", dueReason: m "+why+"}]"))
	}
	o := Options{AsOf: asOf, Reason: func(id history.ID, from cal.Date) string { return "asked of " + id.String() + " from " + from.String() }}
	for _, test := range []struct {
		before, after string
		o             Options
		want          string
	}{
		{"old", "new", o, "m new"},
		{"old", "old", o, "asked of p/m from 2027-01-15"},
		{"old", "old", Options{AsOf: asOf}, ""},
	} {
		c := Compare(milestone("2027-01-15", test.before), milestone("2027-01-16", test.after), test.o)
		got := ""
		if m := c.Milestones.Moved[0]; m.Reason != nil {
			got = *m.Reason
		}
		if got != test.want {
			t.Errorf("%s to %s: %q, want %q", test.before, test.after, got, test.want)
		}
	}
}

// People who are in no team count, too.
func TestHeadsOfNoTeam(t *testing.T) {
	roster := func(people string) Side {
		return documents(t, "kind: Roster\nmetadata: {name: all}\nspec: {people: ["+people+"]}\n")
	}
	ada := "{id: ada, role: r, level: L, start: 2020-01-06}"
	c := Compare(roster(ada), roster(ada+", {id: ben, role: r, level: L, start: 2020-01-06}"), Options{AsOf: asOf})
	want := []HeadcountChange{{nil, new(1), new(2), new(1), []string{}}}
	if diff := cmp.Diff(want, c.Headcount); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
