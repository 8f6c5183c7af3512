package render

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func stretch(kind report.BarKind, from, to string) report.Bar {
	return report.Bar{Kind: kind, Period: cal.Through(cal.MustDate(from), cal.MustDate(to))}
}

func on(kind report.DayKind, day string) report.DayMark {
	return report.DayMark{Kind: kind, Day: cal.MustDate(day)}
}

// plans has bars in groups, bars alone, and too little to draw.
func plans() *report.Report {
	r := report.New("network", cal.MustDate("2026-06-15"))
	r.Add(report.Heading("Critical paths"), &report.Gantt{
		Title: "What decides when each program ends", Today: r.AsOf,
		Rows: []report.GanttRow{
			{Label: "checkout/design", Group: "checkout ends 2026-10-30", Bars: []report.Bar{stretch(report.BarDone, "2026-04-01", "2026-05-14")}, Marks: []report.DayMark{on(report.DayMissed, "2026-05-01")}},
			{Label: "checkout/結帳 in every region that we sell to", Group: "checkout ends 2026-10-30", Critical: true, Note: "9d late", Bars: []report.Bar{stretch(report.BarWork, "2026-05-15", "2026-09-04")}, Marks: []report.DayMark{on(report.DayMissed, "2026-08-24")}},
			{Label: "checkout/load-test", Group: "checkout ends 2026-10-30", Note: "12d float", Bars: []report.Bar{stretch(report.BarFloat, "2026-07-01", "2026-07-16"), stretch(report.BarWork, "2026-06-15", "2026-06-30")}, Marks: []report.DayMark{on(report.DayDue, "2026-07-10")}},
			{Label: "checkout/ga", Group: "checkout ends 2026-10-30", Critical: true, Marks: []report.DayMark{on(report.DayEvent, "2026-10-30"), on(report.DayDue, "2026-11-13")}},
			{Label: "ledger/one-day", Group: "ledger", Bars: []report.Bar{stretch(report.BarWork, "2026-06-15", "2026-06-15")}},
			{Label: "ledger/cut-over", Group: "ledger", Marks: []report.DayMark{on(report.DayEvent, "2026-07-03")}},
		},
	}, &report.Gantt{
		Title: "Years", Today: cal.MustDate("2031-01-01"),
		Rows: []report.GanttRow{
			{Key: "always-on", Bars: []report.Bar{stretch(report.BarWork, "2026-01-01", "2028-06-30"), stretch(report.BarDone, "2026-01-01", "2026-06-14")}},
			{Key: "one-cloud", Bars: []report.Bar{stretch(report.BarWork, "2027-07-01", "2029-12-31")}},
		},
	}, &report.Gantt{Title: "Nothing", Empty: "nothing to draw", Rows: []report.GanttRow{{Label: "a"}}}, &report.Gantt{})
	return r
}

func TestGantt(t *testing.T) {
	r := plans()
	for _, width := range []int{24, 60, 100} {
		out := string(written(t, "text", r, Options{Width: width}))
		golden(t, fmt.Sprintf("gantt-%d", width), []byte(out))
		for line := range strings.Lines(out) {
			if n := cells(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("%d cells in %d: %q", n, width, line)
			}
		}
	}
	golden(t, "gantt-100-color", written(t, "text", r, Options{Width: 100, Color: true}))
	for _, format := range []string{"html", "markdown", "csv"} {
		golden(t, "gantt-"+format, written(t, format, r, Options{}))
	}
}

// The bars of what follows each other meet, however narrow they are drawn.
func TestGanttBarsMeet(t *testing.T) {
	for _, width := range []int{40, 57, 80, 133} {
		g := &report.Gantt{}
		day := cal.MustDate("2026-01-01")
		for i := range 12 {
			to := day.Add(cal.Days(1 + i*i))
			g.Rows = append(g.Rows, report.GanttRow{Label: "r", Bars: []report.Bar{{Period: cal.Period{From: day, To: to}}}})
			day = to
		}
		c := newGanttCanvas(newGantt(g), width)
		for i := range c.rows[1:] {
			before, after := c.rows[i].bars[0].Period, c.rows[i+1].bars[0].Period
			if c.until(float64(before.To)) != min(c.col(float64(after.From)), c.cols) && c.until(float64(before.To)) < c.cols {
				t.Errorf("width %d: row %d ends before column %d, the next starts at %d", width, i, c.until(float64(before.To)), c.col(float64(after.From)))
			}
		}
	}
}

func TestGanttSVG(t *testing.T) {
	for _, block := range plans().Blocks {
		g, ok := block.(*report.Gantt)
		if !ok {
			continue
		}
		picture := newGantt(g).svg()
		soundSVG(t, picture)
		if picture != newGantt(g).svg() {
			t.Error("two pictures differ")
		}
	}
}

func TestGanttLegend(t *testing.T) {
	work, done := stretch(report.BarWork, "2026-01-01", "2026-01-31"), stretch(report.BarDone, "2026-01-01", "2026-01-31")
	texts := func(rows ...report.GanttRow) string {
		var list []string
		for _, e := range newGantt(&report.Gantt{Rows: rows}).legend() {
			list = append(list, e.text)
		}
		return strings.Join(list, ", ")
	}
	for _, c := range []struct{ got, want string }{
		{texts(report.GanttRow{Bars: []report.Bar{work}}), ""},
		{texts(report.GanttRow{Bars: []report.Bar{work}, Critical: true}), "critical"},
		{texts(report.GanttRow{Bars: []report.Bar{work}, Critical: true}, report.GanttRow{Bars: []report.Bar{work}}), "critical, not critical"},
		{texts(report.GanttRow{Bars: []report.Bar{work, done}, Marks: []report.DayMark{on(report.DayDue, "2026-01-31"), {Kind: report.DayMissed}}}), "planned, done, due"},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Whatever there is, all formats show it, at any width.
func TestAnyGantt(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	date := func() cal.Date { return cal.Date(rnd.Intn(1 + rnd.Intn(84_000))) }
	for range 150 {
		g := &report.Gantt{Title: "t", Today: date()}
		for range rnd.Intn(6) {
			row := report.GanttRow{Label: strings.Repeat("结 x", rnd.Intn(30)), Group: []string{"", "a", "b"}[rnd.Intn(3)], Critical: rnd.Intn(2) == 0, Note: strings.Repeat("n", rnd.Intn(40))}
			for range rnd.Intn(3) {
				from := date()
				row.Bars = append(row.Bars, report.Bar{Kind: report.BarKind(rnd.Intn(3)), Period: cal.Period{From: from, To: from.Add(cal.Days(rnd.Intn(3) * rnd.Intn(2000)))}})
			}
			for range rnd.Intn(3) {
				row.Marks = append(row.Marks, report.DayMark{Kind: report.DayKind(rnd.Intn(3)), Day: date()})
			}
			g.Rows = append(g.Rows, row)
		}
		r := report.New("network", 0)
		r.Add(g)
		soundSVG(t, newGantt(g).svg())
		soundHTML(t, string(written(t, "html", r, Options{})))
		soundMarkdown(t, string(written(t, "markdown", r, Options{})))
		readCSV(t, string(written(t, "csv", r, Options{})))
		for _, width := range []int{0, 1, 20, 40, 61, 120} {
			for line := range strings.Lines(string(written(t, "text", r, Options{Width: width}))) {
				if n := cells(strings.TrimSuffix(line, "\n")); width >= 20 && n > width {
					t.Errorf("%d cells in %d: %q", n, width, line)
				}
			}
		}
	}
}
