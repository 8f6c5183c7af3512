package forecast

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/schedule"
)

// two are a program with an estimate, one without, and one that is done. In three trials
// with the seed 1 the estimate takes five days twice, and six once.
func two() *portfolio.Snapshot {
	s := project("a 1/1/1")
	s.Programs[0].Due = monday.Add(4)
	a := s.Programs[0].Milestones[0]
	a.Due, a.Owner, a.Estimate = monday.Add(4), "ann", estimate(1, 3, 9)
	q := &portfolio.Program{Status: portfolio.ProgramActive, Start: monday, Due: monday.Add(30)}
	q.Meta.Name = "q"
	q.Milestones = []*portfolio.Milestone{
		{ID: "done", Program: q, Due: monday, Completed: monday, Status: portfolio.MilestoneDone},
		{ID: "gate", Program: q, Due: monday.Add(20), Status: portfolio.MilestonePlanned, DependsOn: []portfolio.Dependency{{Target: a, Type: "FS"}}},
	}
	s.Programs = append(s.Programs, q)
	return s
}

// texts are the blocks of a report, tables as their rows.
func texts(r *report.Report) (list []string) {
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case report.Text:
			list = append(list, string(b))
		case report.Heading:
			list = append(list, "# "+string(b))
		case *report.Chart:
			list = append(list, b.Title)
			for _, s := range b.Series {
				list = append(list, s.Name)
			}
		case *report.Table:
			for _, row := range b.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, c.Text)
				}
				list = append(list, strings.Join(cells, "|"))
			}
		}
	}
	return list
}

func TestReport(t *testing.T) {
	o := Options{Trials: 3, Seed: 1, Distribution: PERT}
	r := report.New("forecast", monday)
	run(t, two(), monday, o).Report(r, View{Sheets: true})
	want := []string{
		"Of 2 open milestones, 0 have a chance below 50% to meet the due date, 1 below 80%\n" +
			"Of 2 programs, 0 have a chance below 50% to meet the due date, 1 below 80%\n" +
			"3 trials, seed 1, PERT distribution; 1 of 2 open milestones has an estimate",
		"# Programs",
		"p|2026-03-06|66%|2026-03-06|2026-03-07|2026-03-07",
		"q|2026-04-01|100%|2026-03-22|2026-03-22|2026-03-22",
		"# Milestones",
		"p/a|2026-03-06|66%|2026-03-06|2026-03-07|2026-03-07|100%||ann",
		"q/gate|2026-03-22|100%|2026-03-22|2026-03-22|2026-03-22|100%|no estimate|",
		"# When programs end", "Chance to have ended by a day", "p",
		"1 open milestone has no estimate, so that only what it waits for can make it later here: q/gate\n" +
			"Chance is that of the due date, within 56.6 points for 3 trials; Critical is the share of trials without float\n" +
			"Durations are drawn independently of each other; risks, and what slips for other reasons, are not in it",
	}
	if diff := cmp.Diff(want, texts(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d := r.Data.(*Data)
	data, err := json.Marshal(d.Milestones[0])
	if err != nil {
		t.Fatal(err)
	}
	program, err := json.Marshal(d.Programs[0])
	if err != nil {
		t.Fatal(err)
	}
	const wantJSON = `{"id":"p/a","program":"p","milestone":"a","title":"","owner":"ann","team":null,"status":"planned","estimated":true,` +
		`"due":"2026-03-06","p50":"2026-03-06","p80":"2026-03-07","p90":"2026-03-07","probability":0.666667,` +
		`"p80Was":null,"slipDays":null,"probabilityWas":null,"criticality":1}` + "\n" +
		`{"program":"p","owner":null,"team":null,` +
		`"due":"2026-03-06","p50":"2026-03-06","p80":"2026-03-07","p90":"2026-03-07","probability":0.666667,` +
		`"p80Was":null,"slipDays":null,"probabilityWas":null}`
	if diff := cmp.Diff(wantJSON, string(data)+"\n"+string(program)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i, rows := range []int{3, 2, 3} {
		if got := r.Sheets[i]; len(got.Rows) != rows {
			t.Errorf("%s has %d rows, want %d", got.Name, len(got.Rows), rows)
		}
	}
}

// A view chooses milestones, and compares with another version: what differs is what was
// changed, and by how much.
func TestViews(t *testing.T) {
	o := Options{Trials: 200, Seed: 1, Distribution: PERT}
	then := two()
	then.Programs[1].Milestones = then.Programs[1].Milestones[:1]
	now := two()
	now.Programs[0].Milestones[0].Estimate = estimate(3, 5, 11)
	r := report.New("forecast", monday)
	run(t, now, monday, o).Report(r, View{Before: run(t, then, monday, o), Shows: (*portfolio.Milestone).Open})
	d := r.Data.(*Data)
	var got []string
	for _, m := range d.Milestones {
		if m.SlipDays == nil {
			got = append(got, m.ID+" new")
			continue
		}
		got = append(got, m.ID)
		if *m.SlipDays != 2 || m.P80.Sub(*m.P80Was) != 2 || *m.ProbabilityWas <= m.Probability {
			t.Errorf("%s is %d days later", m.ID, *m.SlipDays)
		}
	}
	if diff := cmp.Diff([]string{"p/a", "q/gate new"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWords(t *testing.T) {
	f := &Forecast{Options: Options{Trials: 1000}}
	for n, want := range map[int]string{0: "0%", 1: "<1%", 499: "49%", 500: "50%", 799: "79%", 999: "99%", 1000: "100%"} {
		if got := f.percent(n); got != want {
			t.Errorf("%d of 1000 is %s, want %s", n, got, want)
		}
	}
	for _, c := range []struct{ got, want string }{
		{promises("program", 1, 0, 0), "The program has a chance of 80% or more to meet its due date"},
		{promises("program", 1, 0, 1), "The program has a chance below 80% to meet its due date"},
		{promises("program", 1, 1, 1), "The program has a chance below 50% to meet its due date"},
		{promises("program", 4, 0, 0), "All 4 programs have a chance of 80% or more to meet their due dates"},
		{promises("program", 4, 1, 2), "Of 4 programs, 1 has a chance below 50% to meet the due date, 2 below 80%"},
		{promises("program", 4, 0, 2), "Of 4 programs, 0 have a chance below 50% to meet the due date, 2 below 80%"},
		{trials(1), "1 trial"},
		{trials(12345), "12,345 trials"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestNoMilestones(t *testing.T) {
	r := report.New("forecast", monday)
	run(t, &portfolio.Snapshot{Calendar: everyDay()}, monday, Options{Trials: 1}).Report(r, View{Sheets: true})
	if diff := cmp.Diff([]string{"No milestones to forecast: only those of programs that are approved or active are"}, texts(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	data, _ := json.Marshal(r.Data)
	if strings.Contains(string(data), "null") {
		t.Errorf("%s", data)
	}
}

// A circle has no dates, and is named.
func TestCircles(t *testing.T) {
	s := two()
	gate := s.Programs[1].Milestones[1]
	gate.DependsOn = append(gate.DependsOn, portfolio.Dependency{Target: gate, Type: "FS"})
	f, r := run(t, s, monday, Options{Trials: 5}), report.New("forecast", monday)
	f.Report(r, View{})
	if diff := cmp.Diff([]string{"q/gate"}, r.Data.(*Data).Circular); diff != "" || !strings.Contains(strings.Join(texts(r), "\n"), "wait for such: q/gate") {
		t.Errorf("%s\n%v", diff, texts(r))
	}
}

// More programs than can be told apart are drawn by what is at stake.
func TestManyLines(t *testing.T) {
	s := large(1200)
	s.Programs[11].Due = cal.MustDate("2026-03-03")
	f, err := Run(t.Context(), schedule.New(s, monday), Options{Trials: 20, Distribution: PERT})
	if err != nil {
		t.Fatal(err)
	}
	c := f.chart(f.chosen(View{}))
	if len(c.Series) != drawn || c.Title != "Chance to have ended by a day, of the 8 least likely of 12 programs to end when they are due" {
		t.Errorf("%d lines, %s", len(c.Series), c.Title)
	}
	if last := c.Series[0].Points[len(c.Series[0].Points)-1]; last.Y != report.Number(100) {
		t.Errorf("the last point is %v", last)
	}
}
