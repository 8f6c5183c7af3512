package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// A selector chooses what is listed as it chooses what is summed.
func TestListsOfWhatIsChosen(t *testing.T) {
	s := snapshot(crew, levels,
		labelled("p", "uptime", "person: ada, fte: 2, from: 2026-03-30, to: 2026-04-01", "person: ben, fte: 2, from: 2026-07-01, to: 2026-07-02", "person: ben, fte: 2, from: 2026-05-04, to: 2026-05-04"),
		labelled("q", "cost", "person: ada, fte: 0.1, from: 2026-04-01, to: 2026-04-01", "person: ada, fte: 1, from: 2027-02-01, to: 2027-02-02", "person: ada, fte: 1, from: 2025-12-30, to: 2025-12-31"),
	)
	for _, test := range []struct{ selector, years, over, outside string }{
		{"", "FY26", "ada 2026-03-30, ada 2026-04-01, ben 2026-05-04", "ben after-end"},
		{"", "FY27", "", "ada outside-program"},
		{"", "FY25", "", "ada outside-program"},
		{"team=web", "FY26", "ada 2026-03-30", ""},
		{"team=sre", "FY26", "ada 2026-04-01, ben 2026-05-04", "ben after-end"},
		{"employment=contractor", "FY26", "ben 2026-05-04", "ben after-end"},
		{"employment=employee", "FY26", "ada 2026-03-30, ada 2026-04-01", ""},
		{"pillar=cost", "FY26", "ada 2026-04-01", ""},
		{"level=L5", "FY27", "", "ada outside-program"},
		{"person=ben,role=dev", "FY26", "ben 2026-05-04", "ben after-end"},
	} {
		o := options(s, test.years, cal.ByYear)
		o.Selector = selector(t, test.selector)
		a := Analyse(s, o)
		var over, outside []string
		for _, x := range a.Overallocated {
			over = append(over, x.Person.ID+" "+x.From.String())
		}
		for _, x := range a.Outside {
			outside = append(outside, fmt.Sprint(x.Line.Person, " ", x.Reason))
		}
		if diff := cmp.Diff([]string{test.over, test.outside}, []string{strings.Join(over, ", "), strings.Join(outside, ", ")}); diff != "" {
			t.Errorf("%q in %s (-want +got):\n%s", test.selector, test.years, diff)
		}
	}
}

func TestPlannedThatIsChosen(t *testing.T) {
	position := "kind: HeadcountPlan\nmetadata: {name: %s}\nspec: {fiscalYear: FY26, team: %s, positions: [{id: %s, role: dev, level: L5, type: growth, status: open, effective: 2026-12}]}\n"
	s := snapshot(crew, levels, fmt.Sprintf(position, "h", "sre", "one"), fmt.Sprintf(position, "i", "web", "two"), fmt.Sprintf(position, "bad", "wbe", "three"))
	for text, want := range map[string]string{
		"": "2", "team=sre": "1", "position=two": "1", "role=sre": "0", "employment=employee": "2", "employment=contractor": "0", "person=ada": "0", "pillar=uptime": "2",
	} {
		o := options(s, "FY26", cal.ByYear)
		o.Selector = selector(t, text)
		if sum, _ := Analyse(s, o).Total.Planned.Sum(); sum.String() != want {
			t.Errorf("%q: %s, want %s", text, sum, want)
		}
	}
}

func TestFreeIsAfterAsOf(t *testing.T) {
	s := snapshot(crew, levels, program("p", "active", "person: ben, fte: 0.5, from: 2026-03-12, to: 2026-06"))
	o := options(s, "FY26", cal.ByMonth)
	var got []string
	for _, p := range Analyse(s, o).Free {
		got = append(got, fmt.Sprint(p.Person.ID, " ", p.Standing.Team, " ", p.FTE[1:5]))
	}
	if diff := cmp.Diff([]string{"ada web [0 0.636 1 1]"}, got); diff != "" { // 14 of 22 working days
		t.Errorf("(-want +got):\n%s", diff)
	}
	o = options(s, "FY25", cal.ByMonth)
	if free := Analyse(s, o).Free; free == nil || len(free) > 0 {
		t.Errorf("in a year that is over: %v", free)
	}
}

// What cannot be known of the state before is not made up.
func TestBaselineThatIsNotKnown(t *testing.T) {
	line := program("p", "active", "person: ada, fte: 1, from: 2026-05, to: 2026-05", "team: web, fte: 1, from: 2026-05, to: 2026-05")
	whole, private := snapshot(crew, levels, line), snapshot(tree, config("levels: [{id: L4}, {id: L5}], external: [Roster]"), line)
	for _, test := range []struct {
		name     string
		now, was *portfolio.Snapshot
		by       []group.Dimension
		want     []string // groups and the total before; what is not known
	}{
		{"both are", whole, whole, []group.Dimension{group.ByTeam}, []string{"sre [1] [12] [-11]", "web [1] [3] [-2]", " [2] [15] [-13]", ""}},
		{"it is private", whole, private, []group.Dimension{group.ByTeam}, []string{"sre [null] [null] [null]", "web [null] [null] [null]", " [2] [null] [null]", "baseline.supply baseline.gap baseline.groups"}},
		{"without groups", whole, private, nil, []string{" [2] [null] [null]", " [2] [null] [null]", "baseline.supply baseline.gap"}},
		{"today is private", private, whole, []group.Dimension{group.ByTeam}, []string{"web [null] [null] [null]", " [null] [null] [null]", " [2] [15] [-13]", "supply gap allocated unallocated overallocated outside free groups"}},
	} {
		o := options(test.now, "FY26", cal.ByYear, test.by...)
		o.Baseline = test.was
		a := Analyse(test.now, o)
		var got, unknown []string
		for _, g := range append(a.Groups, a.Total) {
			text := g.Key[0]
			for _, s := range []Series{g.Baseline.Demand, g.Baseline.Supply, g.Baseline.Gap} {
				json, err := s.MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				text += " " + string(json)
			}
			got = append(got, text)
		}
		for _, u := range a.Unknown {
			unknown = append(unknown, string(u.Figure))
			if figureWords[u.Figure] == "" {
				t.Errorf("%s has no words", u.Figure)
			}
		}
		if diff := cmp.Diff(test.want, append(got, strings.Join(unknown, " "))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// The state before is counted by the calendar of now.
func TestBaselineByTheCalendarOfNow(t *testing.T) {
	line := program("p", "active", "person: ada, fte: 1, from: 2026-05-04, to: 2026-05-05")
	was := snapshot(crew, config("levels: [{id: L4}, {id: L5}], calendar: {workweek: [Mon, Wed]}"), line)
	now := snapshot(crew, levels, line)
	o := options(now, "FY26", cal.ByYear)
	o.Baseline = was
	a := Analyse(now, o)
	if diff := cmp.Diff([]string{"0.095", "0.095"}, []string{a.Total.Demand.Values[0].String(), a.Total.Baseline.Demand.Values[0].String()}); diff != "" {
		t.Errorf("(-now +before):\n%s", diff)
	}
}

// A group that has nothing, neither now nor before, is none.
func TestGroupsThatHadOnlySomethingPlanned(t *testing.T) {
	position := "kind: HeadcountPlan\nmetadata: {name: h}\nspec: {fiscalYear: FY26, team: edge, positions: [{id: one, role: dev, level: L5, type: growth, status: open, effective: 2026-12}]}\n"
	now := snapshot(crew, levels)
	o := options(now, "FY26", cal.ByYear, group.ByTeam)
	o.Baseline = snapshot(crew, levels, position)
	if diff := cmp.Diff([]string{"sre 12", "web 3", "= 15"}, brief(Analyse(now, o), FigureSupply)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
