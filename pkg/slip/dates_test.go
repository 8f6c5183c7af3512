package slip

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
)

// dates are what is told of a milestone, as texts; "" is unknown.
type dates struct {
	Baseline, Finish string
	Late, LateWork   any
	Overdue          cal.Days
}

func datesOf(r *Record) dates {
	d := dates{Overdue: r.Overdue}
	if !r.Baseline.IsZero() {
		d.Baseline = r.Baseline.String()
	}
	if !r.Finish.IsZero() {
		d.Finish = r.Finish.String()
	}
	if days, workdays, known := r.Variance(); known {
		d.Late, d.LateWork = int(days), int(workdays)
	}
	return d
}

// As-of is a Monday, 23 November 2026.
func TestMilestoneDates(t *testing.T) {
	const due = "id: m, due: 2026-11-20" // a Friday
	for _, test := range []struct {
		name, config, milestone string
		want                    dates
	}{
		{"to come", "", "id: m, due: 2026-11-30", dates{"2026-11-30", "2026-11-30", 0, 0, 0}},
		{"due today", "", "id: m, due: 2026-11-23", dates{"2026-11-23", "2026-11-23", 0, 0, 0}},
		{"past, so not before today", "", due, dates{"2026-11-20", "2026-11-23", 3, 1, 3}},
		{"grace covers it, to the day", "policy: {overdueGrace: 3d}", due, dates{"2026-11-20", "2026-11-23", 3, 1, 0}},
		{"and no further; it counts from due", "policy: {overdueGrace: 2d}", due, dates{"2026-11-20", "2026-11-23", 3, 1, 3}},
		{"a later forecast", "", "id: m, due: 2026-11-30, forecast: 2026-12-04", dates{"2026-11-30", "2026-12-04", 4, 4, 0}},
		{"an earlier forecast does not bind", "", "id: m, due: 2026-11-30, forecast: 2026-11-27", dates{"2026-11-30", "2026-11-30", 0, 0, 0}},
		{"a forecast that passed", "", "id: m, due: 2026-11-13, forecast: 2026-11-20", dates{"2026-11-13", "2026-11-23", 10, 6, 10}},
		{"done late", "", "id: m, due: 2026-11-13, completed: 2026-11-17", dates{"2026-11-13", "2026-11-17", 4, 2, 0}},
		{"done early; forecast and today are of no account", "", "id: m, due: 2026-11-13, forecast: 2026-12-31, completed: 2026-11-11", dates{"2026-11-13", "2026-11-11", -2, -2, 0}},
		{"cancelled", "", "id: m, due: 2026-11-13, status: cancelled", dates{"2026-11-13", "", nil, nil, 0}},
		{"cancelled once it was done", "", "id: m, due: 2026-11-13, completed: 2026-11-11, status: cancelled", dates{"2026-11-13", "", nil, nil, 0}},
		{"an explicit baseline", "", "id: m, due: 2026-11-30, baseline: 2026-11-25", dates{"2026-11-25", "2026-11-30", 5, 3, 0}},
		{"holidays are no working days", "calendar: {holidays: [2026-11-26, 2026-11-27, 2026-11-28]}", "id: m, due: 2026-12-01, baseline: 2026-11-25", dates{"2026-11-25", "2026-12-01", 6, 2, 0}},
		{"nor is what the week leaves out", "calendar: {workweek: [Mon]}", "id: m, due: 2026-12-01, baseline: 2026-11-23", dates{"2026-11-23", "2026-12-01", 8, 1, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := snapshot(t, config(test.config), program("milestones: [{"+test.milestone+"}]"))
			a := Analyse(s, nil, Options{AsOf: cal.MustDate("2026-11-23")})
			if diff := cmp.Diff(test.want, datesOf(a.Record(milestoneID))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestProgramDates(t *testing.T) {
	for _, test := range []struct {
		name, spec string
		want       dates
	}{
		{"active", "", dates{"2026-12-31", "2026-12-31", 0, 0, 0}},
		{"overdue", "status: paused, due: 2026-11-20", dates{"2026-11-20", "2026-11-23", 3, 1, 3}},
		{"completed", "status: completed, completed: 2026-12-28, due: 2026-12-31", dates{"2026-12-31", "2026-12-28", -3, -3, 0}},
		{"cancelled", "status: cancelled, due: 2026-11-20", dates{"2026-11-20", "", nil, nil, 0}},
		{"an explicit baseline", "status: active, baseline: 2026-12-24, due: 2026-12-31", dates{"2026-12-24", "2026-12-31", 7, 5, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			spec := test.spec
			if spec == "" {
				spec = "status: active, due: 2026-12-31"
			}
			s := snapshot(t, "kind: Program\nmetadata: {name: p, title: P}\nspec: {start: 2026-01-05, "+spec+"}\n")
			r := Analyse(s, nil, Options{AsOf: cal.MustDate("2026-11-23")}).Record(history.ID{Program: "p"})
			if diff := cmp.Diff(test.want, datesOf(r)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if r.Title != "P" || r.Milestone != nil || r.Program == nil || r.Subject() != "program/p" {
				t.Errorf("the record is of %q, %q", r.Title, r.Subject())
			}
		})
	}
}

// A track takes the place of due as the baseline, and an explicit one that of both.
func TestBaselineOfATrack(t *testing.T) {
	s := snapshot(t, program("milestones: [{id: m, due: 2026-11-30, baseline: 2026-11-25}, {id: n, due: 2026-11-30}]"))
	o := Options{AsOf: cal.MustDate("2026-11-23")}
	past := track(t, milestoneID, "2026-01-05 due 2026-11-02", "2026-02-02 due 2026-11-30")
	m, n := s.Programs[0].Milestone("m"), s.Programs[0].Milestone("n")
	if r := milestoneRecord(s, o, m, past); r.Original.String() != "2026-11-02" || r.Baseline.String() != "2026-11-25" {
		t.Errorf("m: original %s, baseline %s", r.Original, r.Baseline)
	}
	if r := milestoneRecord(s, o, n, past); r.Original.String() != "2026-11-02" || r.Baseline.String() != "2026-11-02" {
		t.Errorf("n: original %s, baseline %s", r.Original, r.Baseline)
	}
	if r := milestoneRecord(s, o, n, nil); r.Original != r.Due || r.Track != nil || r.Moves != nil {
		t.Errorf("without a history: original %s, %d moves", r.Original, len(r.Moves))
	}
}

func TestDescoped(t *testing.T) {
	past := track(t, milestoneID, "2026-01-05 due 2026-11-02", "2026-02-02 due 2026-11-30 baseline=2026-11-16", "2026-03-02 due 2026-11-30 baseline=2026-11-16 gone")
	past.Points[2].Title, past.Points[2].Owner, past.Points[2].Team = "The end", "ada", "core"
	r := descoped(past)
	if !r.Descoped || r.Title != "The end" || r.Owner != "ada" || r.Team != "core" || r.Status != "" {
		t.Errorf("it is %+v", r)
	}
	if r.LastDue.String() != "2026-11-30" || !r.Due.IsZero() || r.Original.String() != "2026-11-02" {
		t.Errorf("last due %s, due %s, original %s", r.LastDue, r.Due, r.Original)
	}
	if diff := cmp.Diff(dates{"2026-11-16", "", nil, nil, 0}, datesOf(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r.NetSlip() != 28 || r.Subject() != "program/p/milestone/m" {
		t.Errorf("net slip %d of %s", r.NetSlip(), r.Subject())
	}
}

// Another revision takes the place of all baselines; what it does not have has none.
func TestOtherBaseline(t *testing.T) {
	now := snapshot(t, program("milestones: [{id: m, due: 2026-12-07, baseline: 2026-12-01}, {id: new, due: 2026-12-08}]"),
		"kind: Program\nmetadata: {name: other}\nspec: {status: active, start: 2026-01-05, due: 2026-12-31}\n")
	then := snapshot(t, "kind: Program\nmetadata: {name: p}\nspec: {status: proposed, start: 2026-01-05, due: 2026-12-24, milestones: [{id: m, due: 2026-12-02, baseline: 2026-11-02}]}\n")
	a := Analyse(now, nil, Options{AsOf: cal.MustDate("2026-11-23"), Baseline: then})
	got := map[string]dates{}
	for _, list := range [][]*Record{a.Programs, a.Milestones} {
		for _, r := range list {
			if r.Original != r.Baseline {
				t.Errorf("%s: original %s, baseline %s", r.ID, r.Original, r.Baseline)
			}
			got[r.ID.String()] = datesOf(r)
		}
	}
	want := map[string]dates{
		"p":     {"2026-12-24", "2026-12-31", 7, 5, 0},
		"p/m":   {"2026-12-02", "2026-12-07", 5, 3, 0},
		"p/new": {"", "2026-12-08", nil, nil, 0},
		"other": {"", "2026-12-31", nil, nil, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What does not validate is left out; what does is sorted.
func TestSound(t *testing.T) {
	parts := []portfolio.Part{}
	for i, doc := range []string{
		program("milestones: [{id: b, due: 2026-12-01}, {id: a, due: 2026-12-01}]"),
		"kind: Program\nmetadata: {name: q}\nspec: {status: active, start: 2026-01-05, due: 2026-12-31, milestones: [{id: m, due: 2026-12-01, dependsOn: [nothing]}]}\n",
		"kind: Program\nmetadata: {name: a}\nspec: {status: active, start: 2026-01-05, due: 2026-12-31}\n",
	} {
		parts = append(parts, portfolio.Read(file(i, doc), portfolio.Base))
	}
	s, _ := portfolio.Assemble(parts)
	a := Analyse(s, nil, Options{AsOf: cal.MustDate("2026-11-23")})
	var ids []string
	for _, r := range a.Programs {
		ids = append(ids, r.ID.String())
	}
	for _, r := range a.Milestones {
		ids = append(ids, r.ID.String())
	}
	if diff := cmp.Diff([]string{"a", "p", "p/a", "p/b"}, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a.Record(history.ID{Program: "q"}) != nil {
		t.Error("there is a record of what does not validate")
	}
}
