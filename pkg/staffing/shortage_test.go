package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
)

func shortages(a *Analysis) []string {
	var list []string
	for _, s := range a.Short {
		list = append(list, fmt.Sprintf("%s from %s, %s in %s", strings.Join(s.Key[:len(a.By)], "/"), s.From, s.Worst, s.In))
	}
	return list
}

// As-of is 2026-03-11. From April on ada is in sre, where ben is half of the time until
// the end of June; nobody is in web, edge and all.
func TestShortages(t *testing.T) {
	for _, test := range []struct {
		name    string
		by      []group.Dimension
		subtree bool
		lines   []string
		want    []string
	}{
		{"enough", []group.Dimension{group.ByTeam}, false, []string{"team: sre, fte: 1.5, from: 2026-04, to: 2026-06"}, nil},
		{"the first month and the worst", []group.Dimension{group.ByTeam}, false, []string{"team: sre, fte: 2, from: 2026-06, to: 2026-08", "team: sre, fte: 1, from: 2026-08, to: 2026-09"}, []string{"sre from 2026-06, 2 in 2026-08"}},
		{"what is over, and the month that goes on", []group.Dimension{group.ByTeam}, false, []string{"team: sre, fte: 9, from: 2026-01, to: 2026-03"}, nil},
		{"the next month", []group.Dimension{group.ByTeam}, false, []string{"team: web, fte: 9, from: 2026-03, to: 2026-04-01"}, []string{"web from 2026-04, 0.409 in 2026-04"}},
		{"a surplus elsewhere is none here", []group.Dimension{group.ByTeam}, false, []string{"team: web, fte: 1, from: 2026-05, to: 2026-05"}, []string{"web from 2026-05, 1 in 2026-05"}},
		{"nor does it matter how it is shown", []group.Dimension{group.ByTeam}, true, []string{"team: web, fte: 1, from: 2026-05, to: 2026-05"}, []string{"web from 2026-05, 1 in 2026-05"}},
		{"those below do what is asked of those above", []group.Dimension{group.ByTeam}, false, []string{"team: all, fte: 1.5, from: 2026-05, to: 2026-05"}, nil},
		{"once", []group.Dimension{group.ByTeam}, false, []string{"team: all, fte: 1, from: 2026-05, to: 2026-05", "fte: 1, from: 2026-05, to: 2026-05"}, []string{" from 2026-05, 0.5 in 2026-05"}},
		{"those above do nothing for those below", []group.Dimension{group.ByTeam}, false, []string{"team: edge, fte: 1, from: 2026-05, to: 2026-05"}, []string{"edge from 2026-05, 1 in 2026-05"}},
		{
			"the worst first",
			[]group.Dimension{group.ByTeam},
			false,
			[]string{"team: edge, fte: 1, from: 2026-06, to: 2026-06", "team: web, fte: 1, from: 2026-05, to: 2026-05"},
			[]string{"web from 2026-05, 1 in 2026-05", "edge from 2026-06, 1 in 2026-06"},
		},
		{"by level", []group.Dimension{group.ByLevel, group.ByTeam}, false, []string{"team: all, level: L5, fte: 2, from: 2026-05, to: 2026-05", "team: all, level: L4, fte: 0.5, from: 2026-05, to: 2026-05"}, []string{"L5/all from 2026-05, 1 in 2026-05"}},
		{"all together", nil, false, []string{"team: web, fte: 2, from: 2026-05, to: 2026-05"}, []string{" from 2026-05, 0.5 in 2026-05"}},
		{"less than a thousandth", []group.Dimension{group.ByTeam}, false, []string{"team: web, fte: 0.001, from: 2026-05-01, to: 2026-05-01"}, nil},
	} {
		s := snapshot(crew, config("levels: [{id: L4}, {id: L5}]"), program("p", "active", test.lines...))
		for _, step := range []cal.Step{cal.ByMonth, cal.ByYear} {
			o := options(s, "FY26", step, test.by...)
			o.Subtree = test.subtree
			if diff := cmp.Diff(test.want, shortages(Analyse(s, o))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
	}
}
