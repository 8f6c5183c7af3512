package staffing

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
)

// What is not known is never 0, and never an empty list.
func TestUnknown(t *testing.T) {
	named, asked := "person: ada, fte: 2, from: 2026-05, to: 2026-05", "team: sre, fte: 1, from: 2026-05, to: 2026-05"
	lists := func(a *Analysis) string {
		var null []string
		for _, x := range []struct {
			name string
			nil  bool
		}{
			{"groups", a.Groups == nil},
			{"overallocated", a.Overallocated == nil},
			{"outside", a.Outside == nil},
			{"unfilled", a.Unfilled == nil},
			{"free", a.Free == nil},
		} {
			if x.nil {
				null = append(null, x.name)
			}
		}
		return strings.Join(null, " ")
	}
	for _, test := range []struct {
		name string
		docs []string
		want []string // groups, lists that are null, and what is said to be unknown
	}{
		{
			"all is known",
			[]string{crew, config("external: [staffing]"), program("p", "active", named, asked)},
			[]string{"sre 3 12 -9 0 2 10", "web 0 3 -3 0 0 3", "= 3 15 -12 0 2 13", "", ""},
		},
		{
			"rosters",
			[]string{tree, config("external: [Roster]"), program("p", "active", named, asked)},
			[]string{
				"sre 1 n/a n/a 0 n/a n/a", " 2 n/a n/a 0 n/a n/a", "= 3 n/a n/a 0 n/a n/a", "overallocated outside free",
				"supply gap allocated unallocated overallocated outside free groups: private",
			},
		},
		{
			"rosters, and nobody is named",
			[]string{tree, config("external: [Roster]"), program("p", "active", asked)},
			[]string{
				"sre 1 n/a n/a 0 n/a n/a", "= 1 n/a n/a 0 n/a n/a", "overallocated outside free",
				"supply gap allocated unallocated overallocated outside free: private",
			},
		},
		{
			"lines of a program",
			[]string{crew, config("external: [staffing]"), program("p", "active", asked), program("q", "active")},
			[]string{
				"sre n/a 12 n/a 0 n/a n/a", "web n/a 3 n/a 0 n/a n/a", "= n/a 15 n/a 0 n/a n/a", "overallocated outside unfilled free",
				"demand gap allocated unallocated overallocated outside unfilled free: private",
			},
		},
		{
			"positions",
			[]string{crew, config("external: [HeadcountPlan]"), program("p", "active", asked)},
			[]string{"sre 1 12 -11 n/a 0 12", "web 0 3 -3 n/a 0 3", "= 1 15 -14 n/a 0 15", "", "planned: private"},
		},
		{
			"programs",
			[]string{tree, config("external: [Program, Roster]")},
			[]string{
				"= n/a n/a n/a 0 n/a n/a", "groups overallocated outside unfilled free",
				"demand supply gap allocated unallocated overallocated outside unfilled free: private",
			},
		},
		{
			"everything",
			[]string{crew, config("curency: USD"), program("p", "active", asked)},
			[]string{
				"= n/a n/a n/a n/a n/a n/a", "groups overallocated outside unfilled free",
				"demand supply planned gap allocated unallocated overallocated outside unfilled free: the Portfolio document does not validate",
			},
		},
	} {
		docs := test.docs
		for i, d := range docs {
			docs[i] = strings.Replace(d, "spec: {external", "spec: {levels: [{id: L4}, {id: L5}], external", 1)
		}
		s := snapshot(docs...)
		a := Analyse(s, options(s, "FY26", cal.ByMonth, group.ByTeam))
		got := append(brief(a, FigureDemand, FigureSupply, FigureGap, FigurePlanned, FigureAllocated, FigureUnallocated), lists(a))
		said := ""
		for _, u := range a.Unknown {
			said += string(u.Figure) + " "
		}
		if said != "" {
			said = strings.TrimSpace(said) + ": " + sentence(a.Unknown[0].Reasons)
		}
		if diff := cmp.Diff(test.want, append(got, said)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestASelectorThatRulesAPrivateProgramOutNeedsNotKnowIt(t *testing.T) {
	s := snapshot(crew, config("levels: [{id: L4}, {id: L5}], external: [staffing]"), labelled("p", "uptime", "team: sre, fte: 1, from: 2026-05, to: 2026-05"), labelled("q", "cost"))
	for text, want := range map[string]string{"pillar=uptime": "1", "pillar=uptime,role=sre": "1", "pillar=cost": "n/a", "team=sre": "n/a", "": "n/a"} {
		o := options(s, "FY26", cal.ByMonth, group.ByTeam)
		o.Selector = selector(t, text)
		sum, known := Analyse(s, o).Total.Demand.Sum()
		if got := map[bool]string{true: sum.String(), false: "n/a"}[known]; got != want {
			t.Errorf("%q: demand %s, want %s", text, got, want)
		}
	}
}
