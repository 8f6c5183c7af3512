package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
)

// What only a roster or a team can tell is not known without it.
func TestSelectorsOnWhatIsPrivate(t *testing.T) {
	docs := []string{
		config("external: [Roster, Team, levels]"),
		labelled("p", "uptime", "person: ada, fte: 1, from: 2026-05, to: 2026-05", "team: sre, fte: 1, from: 2026-05, to: 2026-05"),
		labelled("q", "cost", "team: sre, fte: 1, from: 2026-05, to: 2026-05"),
		"kind: HeadcountPlan\nmetadata: {name: h, labels: {site: porto}}\nspec: {fiscalYear: FY26, team: sre, positions: [{id: one, role: dev, level: L5, type: growth, status: open, effective: 2026-04}]}\n",
	}
	private := append([]string{crew}, docs...)
	for _, test := range []struct{ selector, want, whole string }{ // demand, gap, planned, requirements
		{"", "3 n/a 9 2", "3 -12 9 2"},
		{"team=sre", "n/a n/a 9 2", "3 -9 9 2"},
		{"team!=sre", "n/a n/a 0 0", "0 -3 0 0"},
		{"role=sre", "n/a n/a 0 2", "3 -9 0 2"},
		{"employment=employee", "n/a n/a 9 0", "1 -11 9 0"},
		{"!employment", "n/a n/a 0 2", "2 2 0 2"},
		{"site=porto", "n/a n/a 9 0", "0 0 9 0"},
		{"position=one", "0 n/a 9 0", "0 0 9 0"},
		{"position!=one", "3 n/a 0 2", "3 -12 0 2"},
		{"person=ada", "1 n/a 0 0", "1 -11 0 0"},
		{"person=ben,role=sre", "0 n/a 0 0", "0 0 0 0"},
		{"pillar=cost,team=sre", "1 n/a 9 1", "1 n/a 9 1"},
		{"pillar=uptime,team=sre", "n/a n/a 9 1", "2 n/a 9 1"},
		{"function=operations", "n/a n/a n/a n/a", "3 -9 9 2"},
		{"cost-centre=100", "n/a n/a n/a n/a", "3 -12 9 2"},
		{"costCentre!=100", "n/a n/a n/a n/a", "0 0 0 0"},
	} {
		for _, world := range []struct {
			docs []string
			want string
		}{{docs, test.want}, {private, test.whole}} {
			s := snapshot(world.docs...)
			o := options(s, "FY26", cal.ByYear, group.ByTeam)
			o.Selector = selector(t, test.selector)
			a := Analyse(s, o)
			got := strings.TrimPrefix(brief(&Analysis{Total: a.Total}, FigureDemand, FigureGap, FigurePlanned)[0], "= ")
			if a.Unfilled == nil {
				got += " n/a"
			} else {
				got += fmt.Sprint(" ", len(a.Unfilled))
			}
			if got != world.want {
				t.Errorf("%s, %d documents: %s, want %s", test.selector, len(world.docs), got, world.want)
			}
		}
	}
}

func TestLabelsOfRosters(t *testing.T) {
	docs := []string{
		tree, config("levels: [{id: L4}, {id: L5}]"),
		strings.Replace(roster("lisbon", "id: ada, role: sre, level: L5, start: 2024-01-01"), "name: lisbon", "name: lisbon, labels: {site: lisbon}", 1),
		strings.Replace(roster("porto", "id: ben, role: sre, level: L5, start: 2024-01-01"), "name: porto", "name: porto, labels: {site: porto}", 1),
		labelled("p", "uptime", "person: ada, fte: 1, from: 2026-05, to: 2026-05", "person: ben, fte: 1, from: 2026-05, to: 2026-07", "team: sre, fte: 1, from: 2026-06, to: 2026-06"),
	}
	for _, test := range []struct {
		selector string
		more     string // labels of the program
		want     string // demand, supply, gap, allocated, free, requirements
	}{
		{"site=lisbon", "", "1 12 -11 1 1 0"},
		{"site!=lisbon", "", "4 12 -8 3 1 1"},
		{"site", "", "4 24 -20 4 2 0"},
		{"pillar=uptime", "", "5 24 n/a 4 2 1"},
		{"pillar=uptime,site=lisbon", "", "1 12 n/a 1 1 0"},
		// Where programs have it too, each is asked for its own.
		{"site=lisbon", ", site: lisbon", "5 12 -7 1 1 1"},
	} {
		docs := append([]string{}, docs...)
		docs[4] = strings.Replace(docs[4], "{pillar: uptime", "{pillar: uptime"+test.more, 1)
		s := snapshot(docs...)
		o := options(s, "FY26", cal.ByYear)
		o.Selector = selector(t, test.selector)
		a := Analyse(s, o)
		got := brief(&Analysis{Total: a.Total}, FigureDemand, FigureSupply, FigureGap, FigureAllocated)[0] + fmt.Sprintf(" %d %d", len(a.Free), len(a.Unfilled))
		if got != "= "+test.want {
			t.Errorf("%s%s: %s, want %s", test.selector, test.more, got, test.want)
		}
	}
}

// Groups that teams alone tell are null without them, and say so.
func TestGroupsOfPrivateTeams(t *testing.T) {
	s := snapshot(config("external: [Team], levels: [{id: L4}]"), roster("r", "id: ben, role: dev, level: L4, start: 2024-01-01"), program("p", "active", "team: sre, fte: 1, from: 2026-05, to: 2026-05"))
	for _, test := range []struct {
		by      []group.Dimension
		subtree bool
		null    bool
	}{
		{[]group.Dimension{group.ByTeam}, false, false},
		{[]group.Dimension{group.ByTeam}, true, true},
		{[]group.Dimension{group.ByFunction}, false, true},
		{[]group.Dimension{group.ByRole, group.ByCostCentre}, false, true},
		{nil, false, false},
	} {
		o := options(s, "FY26", cal.ByYear, test.by...)
		o.Subtree = test.subtree
		a := Analyse(s, o)
		var want []Unknown
		if test.null {
			want = []Unknown{{FigureGroups, []Reason{Private}}}
		}
		if diff := cmp.Diff(want, a.Unknown); diff != "" || (a.Groups == nil) != test.null || !a.Total.Gap.Known {
			t.Errorf("by %v: groups %v, %s", test.by, a.Groups, diff)
		}
	}
}

// A line that takes no time asks nobody who it is for.
func TestALineOfNoTimeHidesNothing(t *testing.T) {
	s := snapshot(tree, config("external: [Roster]"), program("p", "active", "person: ada, fte: 0, from: 2026-05, to: 2026-05", "team: sre, fte: 1, from: 2026-05, to: 2026-05"))
	o := options(s, "FY26", cal.ByYear)
	o.Selector = selector(t, "team=sre")
	if sum, known := Analyse(s, o).Total.Demand.Sum(); !known || sum.String() != "1" {
		t.Errorf("demand %s, %v", sum, known)
	}
}

// Where rosters and programs have a label, each is asked for its own: who is listed is
// of the rosters chosen, and lines are of the programs chosen.
func TestALabelOfRostersAndPrograms(t *testing.T) {
	over := "person: ada, fte: 2, from: 2026-05-04, to: 2026-05-04"
	site := func(doc, site string) string {
		return strings.Replace(strings.Replace(doc, "name: r}", "name: r, labels: {site: "+site+"}}", 1), "{pillar: uptime}", "{pillar: uptime, site: "+site+"}", 1)
	}
	s := snapshot(tree, config("levels: [{id: L5}], external: [staffing]"), site(roster("r", "id: ada, role: sre, level: L5, start: 2024-01-01"), "porto"),
		site(labelled("p", "uptime", over), "lisbon"), site(strings.Replace(labelled("q", "uptime"), "  due", "  theme: x\n  due", 1), "madrid"))
	for text, want := range map[string]string{"site=lisbon": "0.095", "site=madrid": "n/a", "site=porto": "0"} {
		o := options(s, "FY26", cal.ByYear)
		o.Selector = selector(t, text)
		sum, known := Analyse(s, o).Total.Demand.Sum()
		if got := map[bool]string{true: sum.String(), false: "n/a"}[known]; got != want {
			t.Errorf("%s: demand %s, want %s", text, got, want)
		}
	}
	s = snapshot(tree, config("levels: [{id: L5}]"), site(roster("r", "id: ada, role: sre, level: L5, start: 2024-01-01"), "porto"), site(labelled("p", "uptime", over), "lisbon"))
	for text, want := range map[string]int{"site=lisbon": 0, "site": 1} {
		o := options(s, "FY26", cal.ByYear)
		o.Selector = selector(t, text)
		if got := len(Analyse(s, o).Overallocated); got != want {
			t.Errorf("%s: %d over-allocated, want %d", text, got, want)
		}
	}
}
