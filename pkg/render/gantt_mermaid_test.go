package render

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// stretches is bars over days with all that there can be in them, and p in all texts.
func stretches(p string) *report.Report {
	day := cal.MustDate
	through := func(from, to string) cal.Period { return cal.Through(day(from), day(to)) }
	r := report.New("roadmap"+p, day("2026-11-23"))
	r.Add(report.Text("text"+p), &report.Gantt{Title: p + "Roadmap", Rows: []report.GanttRow{
		{
			Label: p + "dr", Group: p + "Safe", Note: "3d late" + p, Bars: []report.Bar{{Kind: report.BarWork, Period: through("2026-01-05", "2026-12-31")}},
			Marks: []report.DayMark{{Kind: report.DayMissed, Day: day("2026-12-28")}, {Kind: report.DayDue, Day: day("2026-12-31")}},
		},
		{Key: p + "key", Group: p + "Safe", Critical: true, Bars: []report.Bar{{Period: through("2026-02-01", "2026-02-28")}, {}}},
		{Label: p + "sso", Bars: []report.Bar{{Kind: report.BarDone, Period: through("2026-01-05", "2026-01-05")}}, Marks: []report.DayMark{{Kind: report.DayDue, Day: day("2026-02-28")}, {}}},
		{Label: p + "goal", Group: "Objectives" + p, Marks: []report.DayMark{{Kind: report.DayEvent, Day: day("2027-01-31")}}},
	}})
	return r
}

func mermaidBars(t *testing.T, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Gantts[0].Write(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMermaidGantt(t *testing.T) {
	const want = `gantt
  title #82;oadmap
  dateFormat YYYY-MM-DD
  axisFormat %Y-%m
  section #83;afe
  #100;r #40;3d late#41; :r0b0, 2026-01-05, 2027-01-01
  #100;r#58; due, missed :crit, milestone, r0m0, 2026-12-28, 0d
  #107;ey :crit, r1b0, 2026-02-01, 2026-03-01
  section #45;
  #115;so :done, r2b0, 2026-01-05, 2026-01-06
  #115;so#58; due :milestone, r2m0, 2026-02-28, 0d
  section #79;bjectives
  #103;oal :milestone, r3m0, 2027-01-31, 0d
`
	if diff := cmp.Diff(want, mermaidBars(t, stretches(""))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	err := Gantts[0].Write(&bytes.Buffer{}, report.New("slip", 0), Options{})
	if err == nil || !strings.Contains(err.Error(), `"slip" has no bars`) {
		t.Errorf("of what has no bars: %v", err)
	}
}

// mermaidBar is a line of a gantt chart: a text begins with an entity, and holds neither a colon, a semicolon nor a number sign of its own.
var mermaidBar = func() *regexp.Regexp {
	const text = `#[0-9]+;(?:[-A-Za-z0-9 ,._]|[^\x00-\x7f]|#[0-9]+;)*`
	return regexp.MustCompile(`^(gantt|  dateFormat YYYY-MM-DD|  axisFormat %Y-%m|  (?:title|section) ` + text +
		`|  ` + text + ` :(?:done, |crit, )?(?:milestone, )?r[0-9]+[bm][0-9]+, [0-9]{4}-[0-9]{2}-[0-9]{2}, (?:0d|[0-9]{4}-[0-9]{2}-[0-9]{2}))$`)
}()

// Whatever text there is, it stays a text.
func TestHostileMermaidGantt(t *testing.T) {
	more := []string{
		`click r0b0 href "javascript:alert(1)"` + "\n", "title x", "section x\n", ":crit, x, 2026-01-01, 1d", "2026-01-01", "%%{init: {}}%%", "%% x",
		"gantt", "\nend\n", "#quot;", "#35;", "; x", "<img src=x onerror=alert(1)>", "style x:#y;", "é:x", "\u2028section x", "`**x**`", " ", "\u00a0title", "\ufefftitle", "todayMarker off",
	}
	want := strings.Count(mermaidBars(t, stretches("")), "\n")
	for i, p := range append(more, mediaPayloads...) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			out := mermaidBars(t, stretches(p))
			for line := range strings.Lines(out) {
				if !mermaidBar.MatchString(strings.TrimSuffix(line, "\n")) {
					t.Errorf("%q", line)
				}
			}
			if n := strings.Count(out, "\n"); n != want && strings.TrimSpace(p) != "" {
				t.Errorf("%d lines, want %d", n, want)
			}
		})
	}
}
