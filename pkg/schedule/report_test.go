package schedule

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

const twoPrograms = `
    - {id: a, title: The first, due: 2026-03-03, duration: 3d}
    - {id: b, due: 2026-03-31, completed: 2026-03-02, duration: 1d}
    - {id: end, due: 2026-03-09, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}, dependsOn: [a, {on: b, type: SS, lag: 2d}]}
`

func reported(t *testing.T, v View) (*report.Report, *Data) {
	t.Helper()
	asOf := cal.MustDate("2026-03-03")
	s := sound(t, program("p", "2026-03-02", twoPrograms)+program("q", "2026-03-02", `
    - {id: gate, due: 2026-03-12, dependsOn: [p/end]}
    - {id: tail, due: 2026-03-20, duration: 1d, dependsOn: [gate]}
`))
	r := report.New("network", asOf)
	New(s, asOf).Analyse().Report(r, v)
	return r, r.Data.(*Data)
}

func TestData(t *testing.T) {
	_, d := reported(t, View{})
	data, err := json.Marshal(d.Activities[2])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"p/end","program":"p","milestone":"end","title":"end","owner":null,"team":null,"status":"planned","duration":2.167,"event":false,` +
		`"es":4,"ef":7,"ls":4,"lf":7,"start":"2026-03-06","finish":"2026-03-10","lateStart":"2026-03-06","lateFinish":"2026-03-10",` +
		`"totalFloat":0,"freeFloat":0,"critical":true,"due":"2026-03-09","dueFloat":-1,"drivers":["p/a"],"was":null,"slipDays":null}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	data, err = json.Marshal(struct {
		Length       int
		CriticalPath []string
		Programs     []PathData
		Circular     []string
	}{d.Length, d.CriticalPath, d.Programs, d.Circular})
	if err != nil {
		t.Fatal(err)
	}
	want = `{"Length":10,"CriticalPath":["q/gate","q/tail"],"Programs":[` +
		`{"program":"p","length":7,"start":"2026-03-02","finish":"2026-03-10","due":"2026-12-31","dueFloat":210,"was":null,"slipDays":null,"criticalPath":["p/a","p/end"]},` +
		`{"program":"q","length":10,"start":"2026-03-02","finish":"2026-03-13","due":"2026-12-31","dueFloat":207,"was":null,"slipDays":null,"criticalPath":["q/gate","q/tail"]}],"Circular":[]}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// texts are the blocks of a report, tables as their rows.
func texts(r *report.Report) (list []string) {
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case report.Heading:
			list = append(list, "# "+string(b))
		case report.Text:
			list = append(list, string(b))
		case *report.Table:
			for _, row := range b.Rows {
				cells := make([]string, len(row.Cells))
				for i, c := range row.Cells {
					cells[i] = c.Text
				}
				list = append(list, strings.Join(cells, "|"))
			}
		case *report.Gantt:
			list = append(list, "= "+b.Title)
			for _, row := range b.Rows {
				text := row.Group + ": " + row.Label
				for _, bar := range row.Bars {
					text += fmt.Sprintf(" %s %s..%s", bar.Kind, bar.Period.From, bar.Period.To)
				}
				for _, m := range row.Marks {
					text += fmt.Sprintf(" %s %s", m.Kind, m.Day)
				}
				if row.Critical {
					text += " critical"
				}
				list = append(list, strings.TrimSpace(text+" "+row.Note))
			}
		}
	}
	return list
}

func TestReport(t *testing.T) {
	r, _ := reported(t, View{})
	want := []string{
		"2 programs can end on 2026-03-13, q last: 10 working days from 2026-03-02\n2 of 4 open milestones cannot meet their due dates; every program can end by its own",
		"# Programs",
		"q|2026-03-13|2026-12-31|207d|10d|2|2|",
		"p|2026-03-10|2026-12-31|210d|7d|2|2|2",
		"# Commitments that cannot be met",
		"p/a|2026-03-03|2026-03-05|-2d|today|",
		"p/end|2026-03-09|2026-03-10|-1d|a|",
		"# Critical path",
		"= What decides when a program ends",
		"q ends 2026-03-13, 207 working days before it is due (2026-12-31): gate event 2026-03-12 critical",
		"q ends 2026-03-13, 207 working days before it is due (2026-12-31): tail work 2026-03-13..2026-03-14 due 2026-03-20 critical",
		"p ends 2026-03-10, 210 working days before it is due (2026-12-31): a work 2026-03-03..2026-03-06 missed 2026-03-03 critical 2d late",
		"p ends 2026-03-10, 210 working days before it is due (2026-12-31): end work 2026-03-06..2026-03-11 missed 2026-03-09 critical 1d late",
		"# Activities",
		"p/a|critical|2026-03-03|2026-03-05|3d|0d|0d|2026-03-03|-2d|today",
		"p/end|critical|2026-03-06|2026-03-10|2.2d|0d|0d|2026-03-09|-1d|a",
		"q/gate|critical|2026-03-12|2026-03-12|event|0d|0d|2026-03-12|0d|its date",
		"q/tail|critical|2026-03-13|2026-03-13|1d|0d|0d|2026-03-20|5d|gate",
		"1 milestone states no duration, estimate or start: it is an event, on the latest of forecast, due and today, or later with what it waits for",
	}
	if diff := cmp.Diff(want, texts(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is shown is part of the whole network; what is compared with tells what it was.
func TestViews(t *testing.T) {
	inQ := func(m *portfolio.Milestone) bool { return m.Program.Meta.Name == "q" }
	r, d := reported(t, View{Shows: inQ, Detail: true, All: true, Sheets: true})
	if diff := cmp.Diff([]string{"q/gate", "q/tail"}, []string{d.Activities[0].ID, d.Activities[1].ID}); diff != "" || len(d.Programs) != 1 || d.Length != 10 {
		t.Errorf("length %d, %d programs: %s", d.Length, len(d.Programs), diff)
	}
	var nodes []string
	for _, n := range r.Graph.Nodes {
		nodes = append(nodes, n.ID)
	}
	if diff := cmp.Diff([]string{"p/end", "q/gate", "q/tail"}, nodes); diff != "" {
		t.Errorf("what is linked directly (-want +got):\n%s", diff)
	}
	if len(r.Sheets) != 2 || len(r.Sheets[0].Rows) != 2 {
		t.Errorf("%d sheets", len(r.Sheets))
	}
	if r, _ := reported(t, View{Shows: func(*portfolio.Milestone) bool { return false }}); len(r.Blocks) != 1 {
		t.Errorf("of nothing there are %d blocks", len(r.Blocks))
	}

	asOf := cal.MustDate("2026-03-02")
	before := New(sound(t, program("p", "2026-03-02", "    - {id: a, due: 2026-03-03, duration: 1d}\n    - {id: end, due: 2026-03-31, duration: 20d}\n")), asOf).Analyse()
	_, d = reported(t, View{Before: before})
	var slips []string
	for _, x := range d.Activities {
		if x.Was != nil {
			slips = append(slips, fmt.Sprint(x.ID, " ", x.Was, " ", *x.SlipDays))
		}
	}
	slips = append(slips, fmt.Sprint(d.Programs[0].Was, " ", *d.Programs[0].SlipDays))
	if diff := cmp.Diff([]string{"p/a 2026-03-02 3", "p/end 2026-03-27 -17", "2026-03-27 -17"}, slips); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGraphOfNetwork(t *testing.T) {
	r, _ := reported(t, View{})
	want := []report.Edge{
		{From: "p/a", To: "p/end", Critical: true},
		{From: "p/b", To: "p/end", Label: "SS +2d"},
		{From: "p/end", To: "q/gate"},
		{From: "q/gate", To: "q/tail", Critical: true},
	}
	if diff := cmp.Diff(want, r.Graph.Edges); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"The first", "2026-03-03 – 2026-03-05", "critical", "due 2026-03-03, 2d late"}, r.Graph.Nodes[1].Lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Not all critical paths of many programs are drawn, and a circle is told.
func TestMany(t *testing.T) {
	var text strings.Builder
	for i := range 30 {
		text.WriteString(program(fmt.Sprintf("p%02d", i), "2026-03-02", "    - {id: a, due: 2026-03-31, duration: 3d}\n    - {id: b, due: 2026-03-31, duration: 3d, dependsOn: [a]}\n"))
	}
	asOf := cal.MustDate("2026-03-02")
	a := New(sound(t, text.String()), asOf).Analyse()
	g := a.drawing(a.chosen(View{}), View{}, asOf)
	if want := "What decides when a program ends (20 of 30 programs; name others to see theirs)"; g.Title != want || len(g.Rows) != 40 {
		t.Errorf("%d rows, %q", len(g.Rows), g.Title)
	}

	s, _ := snapshot(program("a", "2026-03-02", "    - {id: x, due: 2026-03-20, dependsOn: [b/one]}\n") + program("b", "2026-03-02", `
    - {id: one, due: 2026-03-20, dependsOn: [two, a/x]}
    - {id: two, due: 2026-03-20, dependsOn: [one]}
`))
	r := report.New("network", asOf)
	New(s, asOf).Analyse().Report(r, View{})
	want := []string{"No milestones to schedule: only those of programs that are approved or active are\nNo dates, because they depend on each other in a circle or wait for such: b/one, b/two"}
	if diff := cmp.Diff(want, texts(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"b/one", "b/two"}, r.Data.(*Data).Circular); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSummaryWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{kept(1, 0), "The open milestone can meet its due date"},
		{kept(3, 0), "All 3 open milestones can meet their due dates"},
		{kept(1, 1), "The open milestone cannot meet its due date"},
		{kept(3, 1), "1 of 3 open milestones cannot meet its due date"},
		{kept(3, 2), "2 of 3 open milestones cannot meet their due dates"},
		{endings(1, nil), "; the program can end by its own"},
		{endings(5, []string{"a", "b"}), "; not ending by the day they are due: a, b"},
		{endings(9, []string{"a", "b", "c", "d"}), "; not ending by the day they are due: a, b, c and 1 more of 9 programs"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// A Saturday is late for a Friday, though by no working day.
func TestLateOnDaysOff(t *testing.T) {
	asOf := cal.MustDate("2026-03-02")
	a := New(sound(t, program("p", "2026-03-02", "    - {id: fair, due: 2026-03-20, forecast: 2026-03-21}\n    - {id: due-then, due: 2026-03-21}\n")), asOf).Analyse()
	x, on := a.Activity("p/fair"), a.Activity("p/due-then")
	if !x.Late() || x.DueFloat != 0 || x.lateness() != "late" || floatCell(x.DueFloat, true).Text != "<0d" {
		t.Errorf("late %t by %d working days, %q", x.Late(), x.DueFloat, x.lateness())
	}
	if on.Late() || x.LateFinish != x.Finish || x.LateFinish.String() != "2026-03-21" {
		t.Errorf("late %t, at the latest on %s", on.Late(), x.LateFinish)
	}
	if got := dueWords(x.Milestone.Due, 0, true); got != "less than a working day after it is due" {
		t.Error(got)
	}
}

// Offsets for machines are whole days, rounded up; so is float, which is none only
// where there is none.
func TestWholeDays(t *testing.T) {
	asOf := cal.MustDate("2026-03-02")
	s := sound(t, program("p", "2026-03-02", `
    - {id: a, due: 2026-03-31, duration: 2d}
    - {id: b, due: 2026-03-31, estimate: {optimistic: 1d, likely: 2d, pessimistic: 4d}}
    - {id: c, due: 2026-03-31, duration: 1d, dependsOn: [a, b]}
`))
	var got []string
	for _, x := range New(s, asOf).Analyse().data(View{}).Activities {
		got = append(got, fmt.Sprint(x.ID, " ", x.Duration, " ", x.ES, " ", x.EF, " ", x.LS, " ", x.LF, " ", x.Total, " ", x.Free, " ", x.Critical))
	}
	want := []string{"p/a 2 0 2 1 3 1 1 false", "p/b 2.167 0 3 0 3 0 0 true", "p/c 1 3 4 3 4 0 0 true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
