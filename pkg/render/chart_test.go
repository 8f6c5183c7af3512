package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

func day(text string) report.Day { return report.Day(cal.MustDate(text)) }

func usd(minor int64) report.Amount {
	return report.Amount(money.Amount{Minor: minor, Currency: "USD"})
}

// held is a line of days that hold until the next: the X and Y of each point.
func held(name string, mark report.Mark, dates ...string) report.Series {
	s := report.Series{Name: name, Key: name, Step: true, Mark: mark}
	for i := 0; i < len(dates); i += 2 {
		point := report.Point{X: day(dates[i])}
		if dates[i+1] != "" {
			point.Y = day(dates[i+1])
		}
		s.Points = append(s.Points, point)
	}
	return s
}

// trends has a milestone trend chart, an S-curve and a chart of nothing.
func trends() *report.Report {
	trend := &report.Chart{
		Title: "Milestone trend of checkout",
		X:     report.Axis{Label: "report date", Key: "reported"}, Y: report.Axis{Label: "forecast", Key: "forecast"},
		Diagonal: true,
		Series: []report.Series{
			held("checkout/design", report.MarkDone, "2026-02-02", "2026-04-15", "2026-03-20", "2026-04-30", "2026-04-28", "2026-04-28"),
			held("checkout/beta", report.MarkDone, "2026-02-02", "2026-06-30", "2026-04-10", "2026-07-31", "2026-06-01", "2026-08-28", "2026-08-25", "2026-08-25"),
			held("checkout/load-test", report.MarkOpen, "2026-02-02", "2026-09-15", "2026-06-01", "2026-10-15", "2026-08-20", "2026-12-04", "2026-11-23", "2026-12-04"),
			held("checkout/ga", report.MarkOpen, "2026-02-02", "2026-10-30", "2026-06-01", "2026-12-15", "2026-08-20", "2027-01-29", "2026-11-23", "2027-02-26"),
			held("checkout/結帳 in every region", report.MarkOpen, "2026-02-02", "2026-10-30", "2026-06-01", "2026-12-15", "2026-08-20", "2027-01-29", "2026-11-23", "2027-02-26"),
			held("checkout/loyalty", report.MarkDropped, "2026-03-02", "2026-12-01", "2026-07-10", "2026-12-01"),
			held("checkout/handover, with all that the people who run it asked for", report.MarkOpen, "2026-05-02", "2027-04-01", "2026-07-01", "", "2026-09-01", "2027-04-15", "2026-11-23", "2027-03-20"),
		},
	}
	curve := &report.Chart{
		Title: "Earned value of checkout",
		X:     report.Axis{Label: "end of month", Key: "month"}, Y: report.Axis{Label: "cumulative", Key: "value"},
	}
	plan := []int64{2, 4, 7, 13, 22, 34, 50, 66, 78, 87, 93, 96, 98, 100}
	for _, s := range []struct {
		name          string
		months, share int64
	}{{"planned value", 14, 1250_003}, {"earned value", 8, 1020_007}, {"actual cost", 8, 1400_009}} {
		line := report.Series{Name: s.name, Key: strings.ReplaceAll(s.name, " ", "-")}
		for i := range s.months {
			month := cal.MustMonth("2026-02").Add(int(i))
			line.Points = append(line.Points, report.Point{X: report.Day(month.Last()), Y: usd(plan[i] * s.share)})
		}
		curve.Series = append(curve.Series, line)
	}
	r := report.New("slip", cal.MustDate("2026-11-23"))
	r.Add(report.Heading("Trend"), trend, curve, &report.Chart{Title: "Nothing yet", Empty: "no milestone has a history"})
	return r
}

// oddities are charts of too little, too much and things that do not go together.
func oddities() *report.Report {
	r := report.New("odd", 0)
	chart := func(title string, series ...report.Series) *report.Chart {
		c := &report.Chart{Title: title, X: report.Axis{Label: "day"}, Y: report.Axis{Label: "value", Decimals: 1}, Series: series}
		r.Add(c)
		return c
	}
	numbers := func(values ...float64) (list []report.Point) {
		for i, v := range values {
			list = append(list, report.Point{X: day("2026-03-02") + report.Day(7*i), Y: report.Number(v)})
		}
		return list
	}
	chart("No series")
	chart("No point is known", report.Series{Name: "a", Points: []report.Point{{X: day("2026-03-01")}, {Y: day("2026-03-01")}, {X: report.Day(0), Y: report.Number(1)}}})
	chart("One point", report.Series{Name: "a", Points: numbers(5)})
	chart("All points are the same", report.Series{Name: "a", Step: true, Points: append(numbers(0), numbers(0)...)}, report.Series{Name: "b", Points: numbers(0)})
	chart("Several points a day", report.Series{Name: "a", Step: true, Points: append(append(numbers(5), numbers(9)...), numbers(5, 7)...)})
	chart("One day, which is due", held("a", report.MarkDone, "2026-03-01", "2026-03-01")).Diagonal = true
	chart("Two days", held("a", report.MarkOpen, "2026-03-01", "2026-03-04", "2026-03-02", "2026-03-05")).Diagonal = true
	chart("Below and above zero", report.Series{Points: numbers(-5234567, -1e6, 2500000, 1)}, report.Series{Name: "no point"})
	gap := report.Series{Key: "gap", Step: true, Points: numbers(1, 2, 3, 4)}
	gap.Points[2].Y = nil
	chart("With a gap", gap)
	var same []report.Series
	for tone := range report.Dim + 1 {
		s := held("same "+string(rune('1'+tone)), report.MarkOpen, "2026-03-01", "2026-07-01", "2026-06-05", "2026-09-01", "2026-08-05", "2026-09-01")
		s.Tone = tone
		same = append(same, s)
	}
	chart("On top of each other", same...).Diagonal = true
	c := chart("Numbers on both axes", report.Series{Name: strings.Repeat("long ", 60), Points: []report.Point{
		{X: report.Number(1.05), Y: report.Number(0.99)}, {X: report.Number(0.91), Y: report.Number(0.97)}, {X: report.Number(1.02), Y: report.Number(1.11)},
	}})
	c.X, c.Y = report.Axis{Label: "SPI", Unit: "EV/PV"}, report.Axis{Label: "CPI", Decimals: 2}
	return r
}

// decades are eight lines of 200 points over 30 years, crossing and with long names.
func decades() *report.Chart {
	c := &report.Chart{Title: "Decades", X: report.Axis{Label: "reported"}, Y: report.Axis{Label: "forecast"}, Diagonal: true}
	for k := range report.Day(8) {
		s := report.Series{Name: "program-with-a-rather-long-name/milestone-" + strings.Repeat("x", 60) + string(rune('1'+k)), Step: k%2 == 0}
		for i := range report.Day(200) {
			s.Points = append(s.Points, report.Point{X: day("2010-01-01") + 55*i, Y: day("2030-01-01") + 600*k + 3*i*k + i*i*7919%97*k})
		}
		c.Series = append(c.Series, s)
	}
	return c
}

func charted(c *report.Chart) *report.Report {
	r := report.New("chart", 0)
	r.Add(c)
	return r
}

func mustPlot(t *testing.T, c *report.Chart) *plot {
	t.Helper()
	p, err := newPlot(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestChartsThatDoNotGoTogether(t *testing.T) {
	point := func(x, y report.Value) report.Series { return report.Series{Points: []report.Point{{X: x, Y: y}}} }
	today := day("2026-11-23")
	eur := report.Amount(money.Amount{Minor: 1, Currency: "EUR"})
	for _, c := range []struct {
		chart report.Chart
		want  string
	}{
		{report.Chart{Series: []report.Series{point(today, today), point(today, report.Number(1))}}, `chart "t": vertical axis: both days and numbers`},
		{report.Chart{Series: []report.Series{point(today, usd(1)), point(today, eur)}}, `chart "t": vertical axis: both amounts USD and amounts EUR`},
		{report.Chart{Series: []report.Series{point(today, usd(1)), point(today, report.Number(1))}}, `chart "t": vertical axis: both amounts USD and numbers`},
		{report.Chart{Series: []report.Series{point(today, report.Amount{}), point(today, today)}}, `chart "t": vertical axis: both amounts and days`},
		{report.Chart{Series: []report.Series{point(today, today), point(usd(1), today)}}, `chart "t": horizontal axis: both days and amounts USD`},
		{report.Chart{Series: []report.Series{point(today, usd(1))}, Diagonal: true}, `chart "t": a diagonal needs days on both axes, not days and amounts USD`},
		{report.Chart{Series: []report.Series{point(today, report.Amount{}), point(today, usd(1)), point(today, report.Amount{})}}, ""},
		{report.Chart{Diagonal: true}, ""},
	} {
		c.chart.Title = "t"
		for _, format := range []string{"text", "html", "markdown"} {
			f, _ := Lookup(format)
			got := ""
			if err := f.Write(&bytes.Buffer{}, charted(&c.chart), Options{}); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", format, diff)
			}
		}
	}
}

func TestLineAt(t *testing.T) {
	runs := [][]spot{{{1, 10}, {3, 20}, {3, 30}, {5, 50}}, {{8, 0}}}
	for _, c := range []struct {
		x              float64
		step, straight float64
		ok             bool
	}{
		{0, 0, 0, false}, {1, 10, 10, true}, {2, 10, 15, true}, {3, 30, 30, true}, {4, 30, 40, true}, {5, 50, 50, true}, {6, 0, 0, false}, {8, 0, 0, true}, {9, 0, 0, false},
	} {
		for _, step := range []bool{true, false} {
			want := c.straight
			if step {
				want = c.step
			}
			line := plotLine{step: step, runs: runs}
			if got, ok := line.at(c.x); got != want || ok != c.ok {
				t.Errorf("at(%v) with step %t is %v, %t, want %v, %t", c.x, step, got, ok, want, c.ok)
			}
		}
	}
}

func TestChartTable(t *testing.T) {
	c := &report.Chart{X: report.Axis{Label: "day"}, Y: report.Axis{Decimals: 1}, Series: []report.Series{
		{Name: "a", Points: []report.Point{
			{X: day("2026-03-02"), Y: report.Number(2)},
			{X: day("2026-03-01"), Y: report.Number(-1234567.26)},
			{X: day("2026-03-02"), Y: report.Number(123)},
			{X: nil, Y: report.Number(9)},
		}},
		{Key: "b", Points: []report.Point{{X: day("2026-03-02")}, {X: day("2026-03-03"), Y: report.Number(-123)}}},
		{},
	}}
	table := chartTable(c, mustPlot(t, c))
	var got [][]string
	for _, row := range table.Rows {
		var texts []string
		for _, cell := range row.Cells {
			texts = append(texts, cell.Text)
		}
		got = append(got, texts)
	}
	want := [][]string{
		{"2026-03-01", "-1,234,567.3", "", ""},
		{"2026-03-02", "2.0", "—", ""},
		{"2026-03-02", "123.0", "", ""},
		{"2026-03-03", "", "-123.0", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	headers := []string{}
	for _, column := range table.Columns {
		headers = append(headers, column.Header)
	}
	if diff := cmp.Diff([]string{"day", "a", "b", "series 3"}, headers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestChartCSV(t *testing.T) {
	c := &report.Chart{X: report.Axis{Label: "for people", Key: "month"}, Y: report.Axis{Key: "value"}, Series: []report.Series{
		{Name: "Planned value", Key: "pv", Points: []report.Point{{X: day("2026-03-31"), Y: usd(123456789012345678)}, {X: day("2026-02-28"), Y: usd(-5)}, {X: nil}}},
		{Name: "=1+1", Points: []report.Point{{X: day("2026-03-31")}}},
	}}
	want := [][][]string{{
		{"series", "month", "value.amount", "value.currency"},
		{"pv", "2026-02-28", "-0.05", "USD"},
		{"pv", "2026-03-31", "1234567890123456.78", "USD"},
		{"'=1+1", "2026-03-31", "", ""},
	}}
	if diff := cmp.Diff(want, readCSV(t, string(written(t, "csv", charted(c), Options{})))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("series,x,y\r\n", string(written(t, "csv", charted(&report.Chart{}), Options{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is to come after a chart is worth more than its points.
func TestMarkdownChartLeavesRoom(t *testing.T) {
	r := charted(decades())
	for range 3 {
		r.Add(decades())
	}
	r.Add(report.Text("the end"))
	out := string(written(t, "markdown", r, Options{}))
	if n := strings.Count(out, "<details><summary>Data of the chart</summary>"); n != 1 {
		t.Errorf("%d of 4 tables", n)
	}
	if !strings.Contains(out, "The data of the chart is too long for a comment.\n") {
		t.Error("it is not said that a table is left out")
	}
	if !strings.HasSuffix(out, "\nthe end\n") || len([]rune(out)) > markdownLimit {
		t.Errorf("%d characters, the last of which are %q", len([]rune(out)), out[len(out)-80:])
	}
}
