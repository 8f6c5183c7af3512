package staffing

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
)

func TestOutline(t *testing.T) {
	const loop = "---\nkind: Team\nmetadata: {name: p}\nspec: {parent: r}\n---\nkind: Team\nmetadata: {name: q}\nspec: {parent: p}\n---\n" +
		"kind: Team\nmetadata: {name: r}\nspec: {parent: q}\n---\nkind: Team\nmetadata: {name: x}\nspec: {parent: q}\n---\nkind: Team\nmetadata: {name: own}\nspec: {parent: own}\n"
	for _, test := range []struct {
		name    string
		by      []group.Dimension
		subtree bool
		keys    []group.Key
		want    []string // labels, * for a subtotal, and the keys summed
	}{
		{"no dimension", nil, false, []group.Key{{}}, nil},
		{"no group", []group.Dimension{group.ByTeam}, false, nil, nil},
		{
			"the tree of teams",
			[]group.Dimension{group.ByTeam},
			false,
			[]group.Key{{"edge"}, {"all"}, {"web"}, {"sre"}, {""}},
			[]string{"*all = all+edge+sre+web", "  (all itself) = all", "  *sre = edge+sre", "    (sre itself) = sre", "    edge = edge", "  web = web", "(none) = "},
		},
		{
			"a team above without a group",
			[]group.Dimension{group.ByTeam},
			false,
			[]group.Key{{"edge"}, {"other"}},
			[]string{"*all = edge", "  *sre = edge", "    edge = edge", "other = other"},
		},
		{
			"whole subtrees",
			[]group.Dimension{group.ByTeam},
			true,
			[]group.Key{{"all"}, {"sre"}, {"edge"}, {"web"}},
			[]string{"all = all", "  sre = sre", "    edge = edge", "  web = web"},
		},
		{
			"whole subtrees, one left out: nobody is below a stranger",
			[]group.Dimension{group.ByTeam},
			true,
			[]group.Key{{"aaa"}, {"edge"}},
			[]string{"aaa = aaa", "edge = edge"},
		},
		{
			"parents of each other",
			[]group.Dimension{group.ByTeam},
			false,
			[]group.Key{{"p"}, {"q"}, {"r"}, {"x"}, {"own"}},
			[]string{"own = own", "*p = p+q+r+x", "  (p itself) = p", "  *q = q+r+x", "    (q itself) = q", "    r = r", "    x = x"},
		},
		{
			"parents of each other, not all of them there",
			[]group.Dimension{group.ByTeam},
			true,
			[]group.Key{{"q"}, {"r"}},
			[]string{"q = q", "  r = r"},
		},
		{
			"several dimensions",
			[]group.Dimension{group.ByTeam, group.ByRole},
			false,
			[]group.Key{{"sre", "a"}, {"sre", "b"}, {"edge", "a"}, {"web", ""}},
			[]string{
				"*all|all = edge a+sre a+sre b+web ", "  *sre|all = edge a+sre a+sre b", "    *(sre itself)|all = sre a+sre b", "      (sre itself)|a = sre a", "      (sre itself)|b = sre b",
				"    edge|a = edge a", "  web|(none) = web ",
			},
		},
		{
			"sections",
			[]group.Dimension{group.ByRole, group.ByTeam},
			false,
			[]group.Key{{"b", "sre"}, {"a", "web"}, {"b", "all"}, {"", "all"}},
			[]string{"a|web = a web", "*b|all = b all+b sre", "  b|all = b all", "  b|sre = b sre", "(none)|all =  all"},
		},
		{
			"sections of whole subtrees: nobody is summed twice",
			[]group.Dimension{group.ByRole, group.ByTeam},
			true,
			[]group.Key{{"a", "all"}, {"a", "sre"}, {"a", "edge"}, {"a", "other"}},
			[]string{"*a|all = a all+a other", "  a|all = a all", "  a|edge = a edge", "  a|other = a other", "  a|sre = a sre"},
		},
	} {
		var got []string
		for _, e := range group.Outline(snapshot(tree+loop), test.by, test.subtree, test.keys) {
			mark := map[report.RowKind]string{report.Subtotal: "*"}[e.Kind]
			var sums []string
			for _, key := range e.Keys {
				sums = append(sums, strings.Join(key[:len(test.by)], " "))
			}
			got = append(got, strings.Repeat("  ", e.Depth)+mark+strings.Join(e.Labels, "|")+" = "+strings.Join(sums, "+"))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestCellsOfAnOutline(t *testing.T) {
	for _, test := range []struct {
		entry group.Entry
		want  []report.Cell
	}{
		{group.Entry{Kind: report.Plain, Depth: 1, Labels: []string{"(sre itself)", "(none)"}, Key: group.Key{"sre"}}, []report.Cell{{Text: "  (sre itself)", Value: "sre"}, {Text: "(none)"}}},
		{group.Entry{Kind: report.Subtotal, Labels: []string{"sre", "all"}, Key: group.Key{"sre"}}, []report.Cell{{Text: "sre", Value: "sre"}, {Text: "all"}}},
	} {
		if diff := cmp.Diff(test.want, test.entry.Cells()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// The top rows of a table are its total, every subtotal is the rows right below it, and
// every group is a row once.
func TestRowsSumToTheirSubtotals(t *testing.T) {
	for seed := range uint64(60) {
		s := organisation(t, world(rand.New(rand.NewPCG(seed, 1))))
		for _, by := range [][]group.Dimension{{group.ByTeam}, {group.ByTeam, group.ByRole}, {group.ByRole, group.ByTeam}, {group.ByLevel, group.ByLocation, group.ByTeam}} {
			a := Analyse(s, options(s, "FY26", cal.ByYear, by...))
			rows := a.rows(a.Groups)
			zero := Series{Values: make([]FTEMonths, len(a.Buckets))}
			nothing := Group{Demand: zero, Supply: zero, Gap: zero, Planned: zero, Allocated: zero, Unallocated: zero}
			plain := map[group.Key]int{}
			var sum func(i, depth int) (Group, int)
			sum = func(i, depth int) (total Group, next int) {
				total = nothing
				for i < len(rows) && rows[i].Depth == depth {
					x := rows[i]
					i++
					if x.Kind == report.Subtotal {
						var inner Group
						inner, i = sum(i, depth+1)
						if diff := difference(inner, x.group); len(diff) > 0 {
							t.Fatalf("seed %d by %v: %v: %v", seed, by, x.Labels, diff)
						}
					} else {
						plain[x.Key]++
					}
					total = total.plus(x.group)
				}
				return total, i
			}
			all, n := sum(0, 0)
			if diff := difference(all, a.Total); len(diff) > 0 || n != len(rows) {
				t.Fatalf("seed %d by %v: %d of %d rows, %v", seed, by, n, len(rows), diff)
			}
			for _, g := range a.Groups {
				if plain[g.Key]--; plain[g.Key] != 0 {
					t.Fatalf("seed %d by %v: %v is there %d times more than once", seed, by, g.Key, plain[g.Key])
				}
			}
		}
	}
}

// difference is what two groups differ in, by figure.
func difference(x, y Group) map[string]string {
	e := map[string]string{}
	for i, a := range x.named() {
		b := y.named()[i]
		delta := Series{Values: make([]FTEMonths, len(a.series.Values))}
		for j, v := range a.series.Values {
			delta.Values[j] = v.Sub(b.series.Values[j])
		}
		if !delta.zero() {
			e[a.name] = fmt.Sprint(delta.Values)
		}
	}
	return e
}
