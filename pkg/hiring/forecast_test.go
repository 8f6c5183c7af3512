package hiring

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
)

func said(p *Position) string {
	if p.Forecast == nil {
		return "none: " + p.NoForecast
	}
	return fmt.Sprintf("%s by %s of %d", p.Forecast.Start, p.Forecast.Method, p.Forecast.Observations)
}

const twoStages = "kind: Portfolio\nmetadata: {name: p}\nspec:\n  fiscalYear: {startMonth: 2}\n  hiringStages: [{id: a}, {id: b}]\n"

func TestByElapsed(t *testing.T) {
	s := snapshot(t, twoStages, plan("a",
		"id: f1, role: x, status: filled, openedOn: 2026-01-05, start: 2026-03-16, effective: 2026-03-16", // 70 days
		"id: f2, role: x, status: filled, openedOn: 2026-01-12, start: 2026-04-06, effective: 2026-04-06", // 84
		"id: f3, role: y, status: filled, openedOn: 2026-05-11, start: 2026-08-03, effective: 2026-08-03", // 84
		"id: f4, role: y, status: filled, openedOn: 2026-04-06, start: 2026-07-13, effective: 2026-07-13", // 98
		"id: f5, role: y, status: filled, openedOn: 2026-02-16, start: 2026-06-01, effective: 2026-06-01", // 105
		"id: f6, role: y, status: filled, start: 2026-06-01, effective: 2026-06-01",
		"id: f7, role: y, status: cancelled, openedOn: 2026-01-16, start: 2026-12-01, effective: 2026-06-01",
		"id: any, role: x, status: open, openedOn: 2026-09-07, effective: 2026-12-01",                // 77: 84 84 98 105
		"id: two, role: x, status: open, openedOn: 2026-09-24, effective: 2026-12-01",                // 60: all five, for two are no three
		"id: own, role: y, status: open, openedOn: 2026-09-07, effective: 2026-12-01",                // 84 98 105
		"id: equal, role: y, status: open, openedOn: 2026-08-31, effective: 2026-12-01",              // 84: 98 105
		"id: long, role: y, status: open, openedOn: 2026-08-10, effective: 2026-12-01",               // 105
		"id: soon, role: z, status: open, openedOn: 2026-12-07, effective: 2027-01-20",               // all five
		"id: hold, role: y, status: on-hold, openedOn: 2026-09-07, effective: 2026-12-01",            //
		"id: planned, role: y, status: planned, effective: 2026-12-01",                               //
		"id: opened, role: y, status: approved, openedOn: 2026-09-07, effective: 2026-12-01",         //
		"id: undated, role: y, status: open, effective: 2026-12-01",                                  //
		"id: offer, role: y, status: offered, effective: 2026-10-01, expectedStart: 2026-12-14",      //
		"id: offer-past, role: y, status: offered, effective: 2026-10-01, expectedStart: 2026-11-01", //
	))
	a := Analyse(s, options(s))
	for id, want := range map[string]string{
		"any":        "2026-12-14 by elapsed of 4", // of 6 open at 84 days 2 end, of 3 at 98: 4/9
		"two":        "2026-12-31 by elapsed of 5", // 9/10, 6/10, 4/10 at 98 days
		"own":        "2026-12-21 by elapsed of 3", // 4/5, 8/15, 4/15 at 105 days
		"equal":      "2026-12-14 by elapsed of 2", // 2/3, 1/3 at 105 days
		"long":       "none: open longer than any of 5 that were filled",
		"soon":       "2027-03-15 by elapsed of 5", // as two
		"hold":       "none: ",
		"planned":    "none: not opened yet",
		"opened":     "2026-12-21 by elapsed of 3",
		"undated":    "none: nobody says when it was opened",
		"offer":      "2026-12-14 by offer of 0",
		"offer-past": "2026-11-23 by offer of 0",
		"f1":         "none: ",
	} {
		if got := said(a.position(t, id)); got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
}

// Worked out by hand, with the steps beside.
func TestByFlow(t *testing.T) {
	docs := []string{twoStages, plan("a",
		"id: f, status: filled, openedOn: 2026-01-05, start: 2026-04-01, effective: 2026-04-01, pipeline: {a: {entered: 10, passed: 5, declined: 5}, b: {entered: 5, passed: 1, declined: 4}}",
		"id: o1, status: open, openedOn: 2026-10-24, effective: 2027-01-04, pipeline: {a: {entered: 6, passed: 1, declined: 3}, b: {entered: 1}}",
		"id: o2, status: open, openedOn: 2026-10-24, effective: 2027-01-04, pipeline: {b: {entered: 6}}",
		"id: o3, status: open, openedOn: 2026-11-13, effective: 2027-01-04",
		"id: o4, status: open, openedOn: 2026-10-24, effective: 2027-01-04, pipeline: {b: {entered: 5}}",
		"id: o5, status: offered, openedOn: 2026-10-24, effective: 2027-01-04, pipeline: {b: {entered: 5}}",
	)}
	// In progress at a: 4 for 10 days, 4 for 18; at b: 1 for 18. Decided 10 and 5.
	f := &history.PositionTrack{ID: "f", Points: []history.PositionPoint{
		version("2026-02-01", "open", candidates("a", 4, 0, 0, 0)),
		version("2026-02-11", "open", candidates("a", 10, 3, 3, 0), candidates("b", 3, 0, 2, 0)),
		version("2026-03-01", "open", candidates("a", 10, 5, 5, 0), candidates("b", 5, 1, 4, 0)),
		version("2026-03-10", "filled", candidates("a", 10, 5, 5, 0), candidates("b", 5, 1, 4, 0)),
	}}
	f.Points[3].Start = cal.MustDate("2026-04-01") // 31 days after b was passed
	s := snapshot(t, docs...)
	a := analyse(s, options(s), []*history.PositionTrack{f})
	// Conversions: a 6/14, b 1/5. W(a) 11.2 days, W(b) 3.6.
	for _, test := range []struct{ id, want, hires, chance string }{
		// Y = 1/5 + 2·3/35 = 13/35. (22/35) ÷ (3/35) = 22/3 more candidates at 6 in 30
		// days: 37 days, + 15 + 31. 1 − 4/5 · (32/35)².
		{"o1", "2027-02-15 by flow of 1", "0.3714", "0.3313"},
		// 6 at b make 6/5: 4 + 31 days. 1 − (4/5)⁶.
		{"o2", "2026-12-28 by flow of 1", "1.2000", "0.7379"},
		// 5 at b make exactly 1, those at a are not waited for.
		{"o4", "2026-12-28 by flow of 1", "1.0000", "0.6723"},
		// Nobody is searched for.
		{"o5", "2027-01-04 by offer of 0", "", ""},
		// 35/3 candidates at 16 in 116 days: 85, + 15 + 31.
		{"o3", "2027-04-05 by flow of 1", "0.0000", "0.0000"},
	} {
		p := a.position(t, test.id)
		got := []string{said(p), p.ExpectedHires.String(), p.Chance.String()}
		if diff := cmp.Diff([]string{test.want, test.hires, test.chance}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.id, diff)
		}
	}

	// Without one of what it needs, it is the time to fill, 86 days.
	for name, spoil := range map[string]func(*history.PositionTrack){
		"nobody was decided at b":    func(f *history.PositionTrack) { f.Points = f.Points[2:] },
		"nobody knows when it began": func(f *history.PositionTrack) { f.Points[3].Start = 0 },
		"it is not filled":           func(f *history.PositionTrack) { f.Points[3].Status = "open" },
	} {
		other := &history.PositionTrack{ID: "f", Points: slices.Clone(f.Points)}
		spoil(other)
		p := analyse(s, options(s), []*history.PositionTrack{other}).position(t, "o1")
		if got, want := said(p), "2027-01-18 by elapsed of 1"; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// What a forecast rests on is the least that any factor has.
func TestObservations(t *testing.T) {
	p := func(entered int, open cal.Days) *Position {
		counts := pipeline{"a": {Entered: entered}}
		return &Position{Position: &portfolio.Position{Status: portfolio.PositionOpen}, Open: &open, pipeline: counts}
	}
	many := func() *model {
		m := &model{
			asOf: cal.MustDate(asOf), calendar: &cal.WorkCalendar{}, stages: []string{"a"}, all: pipeline{"a": {Entered: 90, Passed: 30, Declined: 60}},
			visits: map[string]visits{"a": {days: 400, decided: 80}}, lags: slices.Repeat([]cal.Days{30}, 70),
		}
		m.pool.entered, m.pool.days = 60, 600
		return m
	}
	for _, test := range []struct {
		name    string
		p       *Position
		changed func(*model)
		want    string
	}{
		{"its own candidates", p(2, 20), func(*model) {}, "2027-01-07 by flow of 2"}, // 1 more, at 2 in 20 days: 10 days, + 5 + 30
		{"open for too short a time", p(2, 13), func(*model) {}, "2027-01-07 by flow of 60"},
		{"candidates of all", p(0, 10), func(*model) {}, "2027-01-27 by flow of 60"}, // 3 more, at 1 in 10 days
		{"opened today", p(2, 0), func(*model) {}, "2027-01-07 by flow of 60"},       // 1 more
		{"conversion", p(3, 10), func(m *model) { m.all = pipeline{"a": {Passed: 2, Declined: 4}} }, "2026-12-28 by flow of 6"},
		{"times", p(3, 10), func(m *model) { m.visits["a"] = visits{15, 3} }, "2026-12-28 by flow of 3"},
		{"lags", p(3, 10), func(m *model) { m.lags = m.lags[:4] }, "2026-12-28 by flow of 4"},
		{"more decided than entered", &Position{
			Position: &portfolio.Position{Status: portfolio.PositionOpen}, Open: new(cal.Days(20)), pipeline: pipeline{"a": {Entered: 2, Passed: 4}},
		}, func(*model) {}, "2027-01-27 by flow of 2"}, // 3 more, at 2 in 20 days: 30 days, + 5 + 30
		{"opened ahead", &Position{
			Position: &portfolio.Position{Status: portfolio.PositionOpen, OpenedOn: cal.MustDate("2026-12-21")}, pipeline: pipeline{"a": {Entered: 3}},
		}, func(*model) {}, "2027-01-25 by flow of 70"}, // from that day, 5 + 30
		{"on a Saturday", p(3, 10), func(m *model) { m.visits["a"] = visits{800, 80} }, "2027-01-04 by flow of 70"}, // 10 + 30 days: 2 January
		{"open for 13 days", p(2, 13), func(*model) {}, "2027-01-07 by flow of 60"},
		{"open for 14 days", p(2, 14), func(*model) {}, "2027-01-04 by flow of 2"}, // 1 more in 7 days
		{"nobody was decided in its history", p(3, 10), func(m *model) { m.visits["a"] = visits{15, 0} }, "none"},
		{"decisions were taken back", p(3, 10), func(m *model) { m.visits["a"] = visits{15, -1} }, "none"},
		{"too few were decided", p(3, 10), func(m *model) { m.all = pipeline{"a": {Passed: 2, Declined: 2}} }, "none"},
		{"nobody entered anywhere", p(0, 10), func(m *model) { m.pool.entered = 0 }, "none"},
		{"nobody ever passes", p(2, 10), func(m *model) { m.all = pipeline{"a": {Declined: 9}} }, "none"},
		{"in more than a lifetime", p(2, 10), func(m *model) { m.lags = []cal.Days{furthest} }, "none"},
	} {
		m := many()
		test.changed(m)
		got := "none"
		if test.p.Forecast = m.byFlow(test.p); test.p.Forecast != nil {
			got = said(test.p)
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestPower(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 10, 1000, math.MaxInt32} {
		x := newFloat().SetRat(big.NewRat(999_999, 1_000_000))
		got, _ := power(x, n).Float64()
		if want := math.Pow(0.999999, float64(n)); math.Abs(got-want) > 1e-9 {
			t.Errorf("%d: got %v, want %v", n, got, want)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		days []cal.Days
		want string
	}{
		{nil, "-"},
		{[]cal.Days{7}, "7"},
		{[]cal.Days{9, 1, 5}, "5"},
		{[]cal.Days{4, 1}, "3"},
		{[]cal.Days{-4, -1}, "-3"},
		{[]cal.Days{4, -3}, "1"},
		{[]cal.Days{2, 4, 1, 100}, "3"},
	} {
		got := "-"
		if n, ok := median(test.days); ok {
			got = fmt.Sprint(n)
		}
		if got != test.want {
			t.Errorf("%v: got %s, want %s", test.days, got, test.want)
		}
	}
}

func TestYieldIsNotBelowNothing(t *testing.T) {
	m := &model{stages: []string{"a"}, all: pipeline{"a": {Passed: 5, Declined: 5}}}
	p := &Position{Position: &portfolio.Position{Status: portfolio.PositionOpen}, pipeline: pipeline{"a": {Entered: 2, Passed: 4}}}
	if hires, chance, decided := m.yield(p); hires.String() != "0.0000" || chance.String() != "0.0000" || decided != 10 {
		t.Errorf("%s hires, chance %s, of %d", hires, chance, decided)
	}
	m.all["a"] = Counts{Passed: 4}
	if hires, chance, _ := m.yield(p); hires.Known() || chance.Known() {
		t.Errorf("of 4 candidates: %s hires, chance %s", hires, chance)
	}
}

// Three seats that were filled in 30 days, of 24, do not say that the next one is.
func TestOpenSeatsCount(t *testing.T) {
	var positions []string
	for i := range 3 {
		positions = append(positions, fmt.Sprintf("id: f%d, status: filled, openedOn: 2026-06-01, start: 2026-07-01, effective: 2026-06-01", i))
	}
	const next = "id: next, status: open, openedOn: 2026-11-13, effective: 2026-12-01"
	open := func(n int) []string {
		list := append(slices.Clone(positions), next)
		for i := range n {
			list = append(list, fmt.Sprintf("id: o%d, status: open, openedOn: 2026-05-01, effective: 2026-06-01", i))
		}
		return list
	}
	for _, test := range []struct {
		open int
		want string
	}{
		{0, "2026-12-14 by elapsed of 3"}, // Sunday the 13th
		{3, "2026-12-14 by elapsed of 3"}, // half of 6; Kaplan and Meier see no later end
		{4, "none: most searches that took so long are still open"},
	} {
		s := snapshot(t, config, plan("a", open(test.open)...))
		p := Analyse(s, options(s)).position(t, "next")
		if got := said(p); got != test.want {
			t.Errorf("%d open: got %s, want %s", test.open, got, test.want)
		}
		if p.Forecast != nil && p.Forecast.Open != test.open {
			t.Errorf("%d open, want %d", p.Forecast.Open, test.open)
		}
	}
	s := snapshot(t, config, plan("a", next))
	if got, want := said(Analyse(s, options(s)).position(t, "next")), "none: nothing was filled that it could be compared with"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
