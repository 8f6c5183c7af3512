package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
)

func reported(a *Analysis, v View) *report.Report {
	r := report.New("staffing", a.AsOf)
	a.Report(r, v)
	return r
}

// block is the table under a heading that begins with a text; nil where there is none.
func block(r *report.Report, heading string) *report.Table {
	for i, b := range r.Blocks {
		if h, is := b.(report.Heading); is && strings.HasPrefix(string(h), heading) {
			return r.Blocks[i+1].(*report.Table)
		}
	}
	return nil
}

// spell spells rows: * for a subtotal, = for a total; cells with ! where they strike.
func spell(rows []report.Row) []string {
	list := []string{}
	for _, row := range rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text+map[report.Tone]string{report.Bad: "!", report.Dim: "~"}[c.Tone])
		}
		list = append(list, map[report.RowKind]string{report.Subtotal: "*", report.Total: "="}[row.Kind]+strings.Join(cells, "|"))
	}
	return list
}

var levels = config("levels: [{id: L4}, {id: L5}]")

func TestTables(t *testing.T) {
	lines := program("p", "active", "team: edge, fte: 1, from: 2026-05, to: 2026-05", "person: ada, fte: 1.001, from: 2026-04-01, to: 2026-04-01", "team: web, fte: 0.001, from: 2026-12, to: 2026-12")
	for _, test := range []struct {
		name       string
		by         []group.Dimension
		subtree    bool
		docs       []string
		heads, gap []string // demand, supply, gap; the gap by quarter
	}{
		{
			"subtotals",
			[]group.Dimension{group.ByTeam},
			false,
			[]string{crew, lines},
			[]string{"*all|1.047|15|-13.954", "*  sre|1.046|12|-10.955", "    (sre itself)|0.046|12|-11.955", "    edge|1|0~|1!", "  web|0.001|3|-2.999", "=Total|1.047|15|-13.954"},
			[]string{"*all|-4.5|-3.5|-3|-3", "*  sre|-1.5|-3.5|-3|-3", "    (sre itself)|-1.5|-4.5|-3|-3", "    edge|0~|1!|0~|0~", "  web|-3|0~|0~|0~", "=Total|-4.5|-3.5|-3|-3"},
		},
		{
			"one row needs no total",
			[]group.Dimension{group.ByRole},
			false,
			[]string{tree, strings.ReplaceAll(lines, "person: ada, ", "")},
			[]string{"sre|1.047|0~|1.047!"},
			[]string{"sre|0~|1!|0~|0~"},
		},
		{"nobody", []group.Dimension{group.ByTeam}, false, []string{tree}, []string{}, nil},
		{"no groups", nil, false, []string{crew}, []string{"0~|15|-15"}, []string{"-4.5|-4.5|-3|-3"}},
		{
			"what is as it should be",
			[]group.Dimension{group.ByTeam},
			false,
			[]string{tree, roster("r", "id: a, role: sre, level: L4, start: 2026-12-01", "id: b, team: web, role: sre, level: L4, start: 2026-12-01"), program("p", "active", "person: a, fte: 1, from: 2026-12, to: 2026-12")},
			[]string{"*all|1|2|-1", "  sre|1|1|0~", "  web|0~|1|-1", "=Total|1|2|-1"},
			[]string{"*all|0~|0~|0~|-1", "  web|0~|0~|0~|-1", "=Total|0~|0~|0~|-1"},
		},
		{
			"thousands are whole",
			[]group.Dimension{group.ByTeam},
			false,
			[]string{tree, program("p", "active", "team: web, fte: 400.26, from: 2026-01, to: 2026-03", "team: web, fte: 0.9, from: 2026-12, to: 2026-12")},
			[]string{"*all|1,201.68|0~|1,201.68!", "  web|1,201.68|0~|1,201.68!", "=Total|1,201.68|0~|1,201.68!"},
			[]string{"*all|1,201!|0~|0~|1!", "  web|1,201!|0~|0~|1!", "=Total|1,201!|0~|0~|1!"},
		},
		{
			"whole subtrees are their own subtotals",
			[]group.Dimension{group.ByTeam},
			true,
			[]string{crew},
			[]string{"all|0~|15|-15", "  sre|0~|12|-12", "  web|0~|3|-3", "=Total|0~|15|-15"},
			[]string{"all|-4.5|-4.5|-3|-3", "  sre|-1.5|-4.5|-3|-3", "  web|-3|0~|0~|0~", "=Total|-4.5|-4.5|-3|-3"},
		},
		{
			"private teams",
			[]group.Dimension{group.ByFunction},
			false,
			[]string{strings.Replace(levels, "spec: {", "spec: {external: [Team], ", 1), roster("r", "id: a, role: sre, level: L4, start: 2026-12-01")},
			[]string{"=Total|0~|1|-1"},
			[]string{"=Total|0~|0~|0~|-1"},
		},
		{"nothing is known", []group.Dimension{group.ByTeam}, false, []string{config("external: [Program, Roster]")}, []string{}, nil},
	} {
		docs := test.docs
		if !strings.Contains(strings.Join(docs, ""), "kind: Portfolio") {
			docs = append(docs, levels)
		}
		s := snapshot(docs...)
		o := options(s, "FY26", cal.ByQuarter, test.by...)
		o.Subtree = test.subtree
		r := reported(Analyse(s, o), View{})
		var heads []report.Row
		for _, row := range block(r, "Gap (demand - supply) of FY26").Rows {
			row.Cells = row.Cells[:len(test.by)+3]
			heads = append(heads, row)
		}
		if diff := cmp.Diff(test.heads, spell(heads)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		var gap []string
		if table := block(r, "Gap (demand - supply) by quarter"); table != nil {
			gap = spell(table.Rows)
		}
		if diff := cmp.Diff(test.gap, gap); diff != "" {
			t.Errorf("%s, by quarter (-want +got):\n%s", test.name, diff)
		}
	}
}

// Of twelve months those that are over go first, the oldest before the others, then the
// latest; more are left out, and that is said.
func TestMonthsSideBySide(t *testing.T) {
	s := snapshot(crew, levels)
	var got []string
	for _, c := range block(reported(Analyse(s, options(s, "FY26", cal.ByMonth)), View{}), "Gap (demand - supply) by month").Columns {
		got = append(got, fmt.Sprint(c.Header, " ", c.Priority))
	}
	want := []string{"Jan 25", "Feb 24", "Mar 3", "Apr 4", "May 5", "Jun 6", "Jul 7", "Aug 8", "Sep 9", "Oct 10", "Nov 11", "Dec 12"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r := reported(Analyse(s, options(s, "FY26..FY27", cal.ByMonth)), View{})
	if block(r, "Gap (demand - supply) by month") != nil || !strings.Contains(fmt.Sprint(r.Blocks), "The gap by month is left out: 24 do not stand side by side") {
		t.Errorf("24 months: %v", r.Blocks)
	}
	if r := reported(Analyse(s, options(s, "FY26", cal.ByYear)), View{}); block(r, "Gap (demand - supply) by year") != nil || strings.Contains(fmt.Sprint(r.Blocks), "left out") {
		t.Errorf("a year: %v", r.Blocks)
	}
}

func TestHeadline(t *testing.T) {
	over := func(days string) string { return "person: ada, fte: 2, " + days }
	for _, test := range []struct {
		name, selector, asOf string
		by                   []group.Dimension
		lines                []string
		want                 string
	}{
		{
			"as-of is over", "", "2026-03-11", nil,
			[]string{over("from: 2026-02, to: 2026-03-11")},
			"FY26: demand 2.727, supply 15 FTE-months\nShort in no month after 2026-03\nnobody is over-allocated from 2026-03-12 on; no role that nobody fills",
		},
		{
			"the day after", "", "2026-03-11", nil,
			[]string{over("from: 2026-03-12, to: 2026-03-12"), over("from: 2026-05-12, to: 2026-05-12")},
			"FY26: demand 0.186, supply 15 FTE-months\nShort in no month after 2026-03\n1 person is over-allocated from 2026-03-12 on; no role that nobody fills",
		},
		{
			"who is short", "", "2026-03-11",
			[]group.Dimension{group.ByTeam, group.ByLevel},
			[]string{"team: web, fte: 1, from: 2026-04, to: 2026-05", "team: edge, level: L5, fte: 2, from: 2026-06, to: 2026-06", "fte: 3, from: 2026-06, to: 2026-06", "team: all, level: L4, fte: 4, from: 2026-07, to: 2026-07"},
			"FY26: demand 11, supply 15 FTE-months\nShort in all L4 from 2026-07, worst 4 in 2026-07; in (none) (none) from 2026-06, worst 3 in 2026-06; in edge L5 from 2026-06, worst 2 in 2026-06; in 1 more\n" +
				"nobody is over-allocated from 2026-03-12 on; 4 roles that nobody fills, 4 with too few people free",
		},
		{
			"all together", "", "2026-03-11", nil,
			[]string{"fte: 3, from: 2026-04, to: 2026-05"},
			"FY26: demand 6, supply 15 FTE-months\nShort from 2026-04, worst 1.5 in 2026-04\nnobody is over-allocated from 2026-03-12 on; 1 role that nobody fills, 1 with too few people free",
		},
		{
			"no month is to come", "", "2026-12-01", nil,
			[]string{"fte: 1, from: 2026-04, to: 2026-05"},
			"FY26: demand 2, supply 15 FTE-months\nnobody is over-allocated from 2026-12-02 on; no role that nobody fills",
		},
		{
			"of some programs", "pillar=uptime", "2026-03-11", nil,
			[]string{"fte: 0.5, from: 2026-04, to: 2026-05"},
			"FY26: demand 1, supply 15 FTE-months\nnobody is over-allocated from 2026-03-12 on; 1 role that nobody fills\n" +
				"n/a: gap (demand is that of the programs chosen; supply, planned and unallocated are everybody's, whatever program they work for)",
		},
	} {
		s := snapshot(crew, levels, labelled("p", "uptime", test.lines...))
		o := options(s, "FY26", cal.ByMonth, test.by...)
		o.AsOf, o.Selector = cal.MustDate(test.asOf), selector(t, test.selector)
		if diff := cmp.Diff(test.want, Analyse(s, o).headline()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// What ended by as-of is for machines.
func TestOverallocationsThatAreOver(t *testing.T) {
	s := snapshot(crew, levels, program("p", "active", "person: ada, fte: 2, from: 2026-03-09, to: 2026-03-11", "person: ben, fte: 2, from: 2026-03-12, to: 2026-03-12"))
	table := Analyse(s, options(s, "FY26", cal.ByMonth)).overallocations()
	if diff := cmp.Diff([][]string{{"ben|2026-03-12|2026-03-12|1|400%!|p 2"}, {"ada|2026-03-09|2026-03-11|3|200%!|p 2"}}, [][]string{spell(table.Rows), spell(table.Minor)}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A figure that is not known is no number, in no cell.
func TestSheets(t *testing.T) {
	private := config("external: [Roster, HeadcountPlan]")
	for _, test := range []struct {
		name string
		by   []group.Dimension
		docs []string
		want []string
	}{
		{
			"what is private",
			[]group.Dimension{group.ByTeam},
			[]string{tree, private, program("p", "active", "team: web, fte: 1, from: 2026-05, to: 2026-05")},
			[]string{"web FY26 2026-01-01 2026-12-31 demand 1", "web FY26 2026-01-01 2026-12-31 supply <nil>", "web FY26 2026-01-01 2026-12-31 gap <nil>", "web FY26 2026-01-01 2026-12-31 planned <nil>", "web FY26 2026-01-01 2026-12-31 allocated <nil>", "web FY26 2026-01-01 2026-12-31 unallocated <nil>"},
		},
		{
			"no dimension", nil,
			[]string{crew, levels},
			[]string{"FY26 2026-01-01 2026-12-31 demand 0", "FY26 2026-01-01 2026-12-31 supply 15", "FY26 2026-01-01 2026-12-31 gap -15", "FY26 2026-01-01 2026-12-31 planned 0", "FY26 2026-01-01 2026-12-31 allocated 0", "FY26 2026-01-01 2026-12-31 unallocated 15"},
		},
		{
			"no group",
			[]group.Dimension{group.ByTeam},
			[]string{tree},
			[]string{"<nil> FY26 2026-01-01 2026-12-31 demand 0", "<nil> FY26 2026-01-01 2026-12-31 supply 0", "<nil> FY26 2026-01-01 2026-12-31 gap 0", "<nil> FY26 2026-01-01 2026-12-31 planned 0", "<nil> FY26 2026-01-01 2026-12-31 allocated 0", "<nil> FY26 2026-01-01 2026-12-31 unallocated 0"},
		},
	} {
		s := snapshot(test.docs...)
		sheet := Analyse(s, options(s, "FY26", cal.ByYear, test.by...)).sheets(View{})[0]
		var got []string
		for _, row := range sheet.Rows {
			var values []string
			for _, c := range row.Cells {
				values = append(values, fmt.Sprint(c.Value))
			}
			got = append(got, strings.Join(values, " "))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// People see the first of those who are free, and how many more; machines see all.
func TestFreePeopleAreBounded(t *testing.T) {
	var list []string
	for i := range mostPeople + 2 {
		list = append(list, fmt.Sprintf("id: p%d, role: sre, level: L4, start: 2026-12-01, fte: 0.%d", i, 100+i))
	}
	list = append(list, "id: gone, role: sre, level: L4, start: 2024-01-01, end: 2026-03-11")
	s := snapshot(tree, levels, roster("r", list...))
	r := reported(Analyse(s, options(s, "FY26", cal.ByYear)), View{People: true})
	table := block(r, "Not fully allocated from 2026-03-12 on")
	rows := spell(table.Rows)
	want := []string{"p31|sre|sre|L4|0.131", "=and 2 more||||0.201"}
	if diff := cmp.Diff(want, []string{rows[0], rows[len(rows)-1]}); diff != "" || len(rows) != mostPeople+1 || len(table.Minor) != 2 {
		t.Errorf("%d rows, %d minor (-want +got):\n%s", len(rows), len(table.Minor), diff)
	}
	for people, want := range map[bool]bool{true: true, false: false} {
		if got := Analyse(s, options(s, "FY26", cal.ByYear)).data(View{People: people}).Free != nil; got != want {
			t.Errorf("asked for people: %v, got them: %v", people, got)
		}
	}
}

// A line that names nobody is told by whom it asks for.
func TestOutsidesOfNobody(t *testing.T) {
	s := snapshot(tree, program("p", "active", "team: web, fte: 1, from: 2027-01-01, to: 2027-01-01"))
	if diff := cmp.Diff([]string{"p|sre, web~|2027-01-01|2027-01-01|when the program does not run"}, spell(Analyse(s, options(s, "FY27", cal.ByYear)).outsides().Rows)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What rounds to 0 is 0 to the reader, without a sign and without alarm.
func TestWhatRoundsToNothing(t *testing.T) {
	little := NewFTEMonths(1, 22)
	less, none := FTEMonths{}.Sub(little), FTEMonths{}
	got := []report.Cell{
		workCell(little, 1), spelled(less, rounded(less, 1), -1),
		changeCell(Series{[]FTEMonths{little}, true}, Series{[]FTEMonths{none}, true}, 1),
		changeCell(Series{[]FTEMonths{none}, true}, Series{[]FTEMonths{little}, false}, 1),
	}
	if diff := cmp.Diff([]string{"0~|0~|0~|n/a~"}, spell([]report.Row{{Cells: got}})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, test := range []struct{ docs, want string }{{tree, "nobody is there, and nobody is asked for"}, {config("external: [Program, Roster]"), "n/a"}} {
		s := snapshot(test.docs)
		if got := Analyse(s, options(s, "FY26", cal.ByYear, group.ByTeam)).figures().Empty; got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
