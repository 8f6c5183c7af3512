package evm

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

func pointText(p Point) string {
	return fmt.Sprintf("%s %s %s %s %s", p.Month, text(p.PV), text(p.EV), text(p.AC), text(p.Forecast))
}

// PV goes on to the last baseline, EV and AC end with as-of.
func TestCurve(t *testing.T) {
	s := snapshot(
		program("p", "evm: percent", "id: a, due: 2026-02-10, completed: 2026-03-20", "id: b, due: 2026-03-31, percentComplete: 50%", "id: c, due: 2026-05-31", "id: d, due: 2026-05-31"),
		program("q", "start: 2026-03-01", "id: a, due: 2026-03-31, completed: 2026-03-31"),
	)
	p, q := input(s, "p"), input(s, "q")
	p.Actual = spends("2025-12", usd(1000), usd(2000), usd(0), usd(3000))
	p.Forecast = spends("2025-12", usd(1000), usd(2000), usd(0), usd(3500), usd(4000))
	q.Actual, q.Forecast = spends("2026-03", usd(50)), spends("2026-03", usd(50), not("no rate"))
	a := Analyse(s, []Input{p, q}, on("2026-04-15"))
	got := map[string][]string{}
	for name, r := range map[string]*Result{"p": a.Programs[0], "q": a.Programs[1], "total": a.Total} {
		for _, x := range r.Curve {
			got[name] = append(got[name], pointText(x))
		}
	}
	want := map[string][]string{
		"p": {
			"2025-12 0.00 0.00 10.00 10.00", // spent before the program began
			"2026-01 0.00 0.00 30.00 30.00",
			"2026-02 250.00 0.00 30.00 30.00",
			"2026-03 500.00 250.00 60.00 65.00",
			"2026-04 500.00 375.00 60.00 105.00",
			"2026-05 1000.00 n/a n/a 105.00",
		},
		"q": {
			"2026-03 1000.00 1000.00 0.50 0.50",
			"2026-04 1000.00 1000.00 0.50 n/a",
		},
		"total": {
			"2025-12 0.00 0.00 10.00 10.00",
			"2026-01 0.00 0.00 30.00 30.00",
			"2026-02 250.00 0.00 30.00 30.00",
			"2026-03 1500.00 1250.00 60.50 65.50",
			"2026-04 1500.00 1375.00 60.50 n/a",
			"2026-05 2000.00 n/a n/a n/a",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The chart starts at nothing, has PV at as-of too, and ends EV and AC there; the forecast
// goes on. Every line has its place, and PV is drawn before what it may hide.
func TestChart(t *testing.T) {
	s := snapshot(program("p", "", "id: a, due: 2026-02-10, completed: 2026-02-20", "id: b, due: 2026-04-10", "id: c, due: 2026-05-31", "id: d, due: 2026-04-20"))
	in := input(s, "p")
	in.Actual, in.Forecast = spends("2026-01", usd(1000), usd(2000)), spends("2026-01", usd(1000), usd(2000), usd(0), usd(500), usd(700))
	c := Analyse(s, []Input{in}, on("2026-04-15")).chart()
	got := map[string]string{"title": c.Title}
	for _, line := range c.Series {
		got["order"] += fmt.Sprintf("%s %t, ", line.Name, line.Step)
		for _, p := range line.Points {
			got[line.Name] += fmt.Sprintf("%s %s, ", fmtDay(p.X), fmtAmount(p.Y))
		}
	}
	want := map[string]string{
		"order":    "PV true, EV true, AC false, Forecast false, ",
		"title":    "p, cumulative; earned and spent end on 2026-04-15",
		"PV":       "2025-12-31 0.00, 2026-01-31 0.00, 2026-02-28 250.00, 2026-03-31 250.00, 2026-04-15 500.00, 2026-04-30 750.00, 2026-05-31 1000.00, ",
		"EV":       "2025-12-31 0.00, 2026-01-31 0.00, 2026-02-28 250.00, 2026-03-31 250.00, 2026-04-15 250.00, ",
		"AC":       "2025-12-31 0.00, 2026-01-31 10.00, 2026-02-28 30.00, 2026-03-31 30.00, 2026-04-15 30.00, ",
		"Forecast": "2026-03-31 30.00, 2026-04-30 35.00, 2026-05-31 42.00, ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The ends of the periods that were asked for, whether the curve reaches to them or not.
func TestPeriods(t *testing.T) {
	s := snapshot(program("p", "start: 2026-02-01", "id: a, due: 2026-02-10, completed: 2026-02-20", "id: b, due: 2026-04-10", "id: c, due: 2026-08-31, completed: 2026-05-10", "id: d, due: 2026-04-20"))
	in := input(s, "p")
	in.Actual, in.Forecast = spends("2026-02", usd(1000), usd(2000), usd(4000)), spends("2026-02", usd(1000), usd(2000), usd(4000), usd(8000))
	for _, test := range []struct {
		years     string
		step      cal.Step
		title, ev string
		want      []string
	}{
		{"FY26", cal.ByQuarter, "p, cumulative; earned and spent end on 2026-05-15", "2025-12-31, 2026-03-31, 2026-05-15, ", []string{
			"2026-01-01 2026-03-31 250.00 250.00 30.00 30.00", "2026-04-01 2026-06-30 750.00 500.00 70.00 150.00",
			"2026-07-01 2026-09-30 1000.00 n/a n/a 150.00", "2026-10-01 2026-12-31 1000.00 n/a n/a 150.00",
		}},
		{"FY25", cal.ByYear, "p, cumulative; earned and spent end on 2025-12-31", "2024-12-31, 2025-12-31, ", []string{"2025-01-01 2025-12-31 0.00 0.00 0.00 0.00"}},
		{"FY27", cal.ByYear, "p, cumulative", "", []string{"2027-01-01 2027-12-31 1000.00 n/a n/a 150.00"}},
	} {
		o := on("2026-05-15")
		years, _ := cal.ParseFiscalYears(test.years)
		o.Buckets = s.Fiscal.Buckets(years, test.step)
		a := Analyse(s, []Input{in}, o)
		var got []string
		for _, p := range a.data().Curve {
			got = append(got, fmt.Sprintf("%s %s %s %s %s %s", p.From, p.To, text(p.PV), text(p.EV), text(p.AC), text(p.Forecast)))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.years, diff)
		}
		c, days := a.chart(), ""
		for _, p := range c.Series[1].Points {
			days += fmtDay(p.X) + ", "
		}
		if c.Title != test.title || days != test.ev {
			t.Errorf("%s: %q, EV on %s", test.years, c.Title, days)
		}
	}
}

// The first month that can be written has none before it.
func TestTheFirstMonthThereIs(t *testing.T) {
	s := snapshot(program("p", "start: 1970-01-01", "id: a, due: 1970-01-10"))
	a := Analyse(s, []Input{input(s, "p")}, on("1970-01-31"))
	if got := a.chart().Series[0].Points; len(got) != 2 || got[0].X != report.Day(0) || got[1].X != report.Day(31) {
		t.Errorf("%v", got)
	}
}

// Before anything is known of spend, the forecast starts at nothing.
func TestChartOfTheFirstMonth(t *testing.T) {
	s := snapshot(program("p", "", "id: a, due: 2026-02-10"))
	in := input(s, "p")
	in.Forecast = spends("2026-01", usd(1000), usd(2000))
	for day, want := range map[string]string{
		"2026-01-15": "2025-12-31 0.00, 2026-01-31 10.00, 2026-02-28 30.00, ",
		"2025-11-15": "2025-12-31 0.00, 2026-01-31 10.00, 2026-02-28 30.00, ",
		"2026-02-01": "2026-01-31 10.00, 2026-02-28 30.00, ",
	} {
		got := ""
		for _, p := range Analyse(s, []Input{in}, on(day)).chart().Series[3].Points {
			got += fmt.Sprintf("%s %s, ", fmtDay(p.X), fmtAmount(p.Y))
		}
		if got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
}

// The curve is that of what is measured, as the chart is.
func TestCurveOfWhatIsMeasured(t *testing.T) {
	m := "id: a, due: 2026-01-31, completed: 2026-01-31"
	s := snapshot(program("p", "due: 2026-01-31, status: completed, completed: 2026-01-31", m), program("q", "", "id: a, due: 2026-03-31"))
	p, q := input(s, "p"), input(s, "q")
	p.Actual, q.Budget = spends("2026-01", usd(5000)), not("no rate")
	for n, want := range map[int]string{1: "[2026-01 1000.00 1000.00 50.00]", 2: "[2026-01 1000.00 1000.00 50.00]"} {
		var got []string
		for _, x := range Analyse(s, []Input{p, q}[:n], on("2026-02-28")).data().Curve {
			got = append(got, fmt.Sprintf("%s %s %s %s", x.Period, text(x.PV), text(x.EV), text(x.AC)))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("of %d: %v, want %s", n, got, want)
		}
	}
	if d := Analyse(s, []Input{q}, on("2026-02-28")).data(); d.Curve == nil || len(d.Curve) > 0 {
		t.Errorf("nothing is measured: %v", d.Curve)
	}
}

func fmtDay(v report.Value) string { return cal.Date(v.(report.Day)).String() }

func fmtAmount(v report.Value) string { return money.Amount(v.(report.Amount)).String() }
