package slip

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func TestTrend(t *testing.T) {
	for _, test := range []struct {
		name   string
		points []string
		want   []string
	}{
		{"a date holds until today", []string{"2026-01-05 due 2026-06-30"}, []string{"2026-01-05 2026-06-30", "2026-11-23 2026-06-30"}},
		{"a version of today", []string{"2026-11-23 due 2026-12-31"}, []string{"2026-11-23 2026-12-31"}},
		{"a forecast, and one before due", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-06-30 forecast=2026-07-10", "2026-03-02 due 2026-06-30 forecast=2026-06-01",
		}, []string{"2026-01-05 2026-06-30", "2026-02-02 2026-07-10", "2026-03-02 2026-06-30", "2026-11-23 2026-06-30"}},
		{"it ends where it is done", []string{
			"2026-01-05 due 2026-06-30", "2026-07-03 due 2026-06-30 completed=2026-07-02", "2026-08-03 due 2026-06-30 completed=2026-07-02",
		}, []string{"2026-01-05 2026-06-30", "2026-07-03 2026-07-02", "2026-08-03 2026-07-02"}},
		{"where it is cancelled or gone, with the last that was said", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-07-10 cancelled", "2026-03-02 due 2026-07-10 gone",
		}, []string{"2026-01-05 2026-06-30", "2026-02-02 2026-06-30", "2026-03-02 2026-06-30"}},
		{"and goes on where it is taken up again", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-06-30 gone", "2026-03-02 due 2026-07-10",
		}, []string{"2026-01-05 2026-06-30", "2026-02-02 2026-06-30", "2026-03-02 2026-07-10", "2026-11-23 2026-07-10"}},
		{"the last of a day counts, also where a clock goes back", []string{
			"2026-01-05 due 2026-06-30", "2026-01-05 due 2026-07-10", "2026-01-02 due 2026-07-20",
		}, []string{"2026-01-05 2026-07-20", "2026-11-23 2026-07-20"}},
		{"what is to come is not drawn", []string{
			"2026-01-05 due 2026-06-30", "2026-12-01 due 2027-06-30",
		}, []string{"2026-01-05 2026-06-30", "2026-11-23 2026-06-30"}},
		{"never there by today", []string{"2026-12-01 due 2027-06-30"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &Record{ID: milestoneID}
			r.follow(track(t, milestoneID, test.points...))
			var got []string
			for _, p := range trend(r, cal.MustDate("2026-11-23")) {
				got = append(got, p.Date.String()+" "+p.Forecast.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if got := trend(&Record{ID: milestoneID}, cal.MustDate("2026-11-23")); got == nil || len(got) > 0 {
		t.Errorf("without a history the trend is %v, want an empty list", got)
	}
}

// No more lines are drawn than can be told apart, those that moved first; the data has
// all.
func TestTrendOfMany(t *testing.T) {
	var list []*Record
	for i := range 12 {
		id := milestoneID
		id.Milestone = fmt.Sprintf("m%02d", i)
		points := []string{"2026-01-05 due 2026-12-31"}
		if i >= 10 {
			points = append(points, "2026-02-02 due 2027-01-08")
		}
		r := &Record{ID: id, Title: id.Milestone, Status: "planned", open: true}
		r.follow(track(t, id, points...))
		list = append(list, r)
	}
	list[0].Track = nil
	data, chart := trends(list, cal.MustDate("2026-11-23"))
	if len(data) != 12 || len(data[0].Points) != 0 {
		t.Errorf("%d series of data, the first with %d points", len(data), len(data[0].Points))
	}
	names := make([]string, len(chart.Series))
	for i, s := range chart.Series {
		names[i] = s.Name
	}
	want := []string{"p/m10", "p/m11", "p/m01", "p/m02", "p/m03", "p/m04", "p/m05", "p/m06"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "Milestone trend: what each day forecast (the first 8 of 11; name milestones to choose others)"; chart.Title != want {
		t.Errorf("the title is %q, want %q", chart.Title, want)
	}
}

func TestTrendMarks(t *testing.T) {
	record := func(change func(*Record)) *Record {
		r := &Record{ID: milestoneID, open: true}
		r.follow(track(t, milestoneID, "2026-01-05 due 2026-12-31"))
		change(r)
		return r
	}
	_, chart := trends([]*Record{
		record(func(*Record) {}), record(func(r *Record) { r.Completed = cal.MustDate("2026-11-02") }),
		record(func(r *Record) { r.Status = "cancelled" }), record(func(r *Record) { r.Descoped = true }),
	}, cal.MustDate("2026-11-23"))
	got := map[report.Mark]int{}
	for _, s := range chart.Series {
		got[s.Mark]++
	}
	if diff := cmp.Diff(map[report.Mark]int{0: 1, report.MarkDone: 1, report.MarkDropped: 2}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
