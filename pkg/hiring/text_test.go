package hiring

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

func TestHeadline(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: started, status: filled, effective: 2026-05-04, start: 2026-05-04, openedOn: 2026-03-05", // 60 days
		"id: agreed, status: filled, effective: 2026-12-01, start: 2027-01-04",
		"id: offer, status: offered, effective: 2026-12-01, expectedStart: 2027-02-01",
		"id: long, status: open, effective: 2026-11-02, openedOn: 2026-06-01",
		"id: longer, status: open, effective: 2026-11-02, openedOn: 2026-05-01",
		"id: planned, status: approved, effective: 2026-11-02",
		"id: soon, status: open, effective: 2027-01-04, openedOn: 2026-05-01",
		"id: hold, status: on-hold, effective: 2026-10-01",
	))
	a := Analyse(s, options(s))
	want := `8 positions in the plans of FY27: 2 filled, 5 to fill, of which 4 opened, 1 cancelled or on hold
Late, budgeted for a day that has passed: 3 (long, longer, planned)
Late and without a forecast: long, longer: open longer than any of 1 that were filled
Late and without a forecast: planned: not opened yet
Hires in FY27: 2 of 7 seats, 1 started and 1 forecast; 1 in other years; of 4 nobody can tell
Median time to fill: 60 days, of 1 filled
Saved by vacancies: 22,857.14 USD until today, 52,500.00 USD until they are filled as the plan expects`
	if diff := cmp.Diff(strings.Split(want, "\n")[:6], strings.Split(a.headline(), "\n")[:6]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want = `offer is forecast for 2027-02-01, after FY27
Expected by the plan after FY27: 1 position
In none of these quarters, for nobody can tell: 4 positions
headcount counts with the starts that the plan expects: there is none here for 4 seats`
	if diff := cmp.Diff(want, a.hiresText()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := a.positionText(1, 0); !strings.Contains(got, "No forecast: soon: open longer than") || strings.Contains(got, "longer, planned") {
		t.Errorf("%s", got)
	}
}

func TestNothing(t *testing.T) {
	s := snapshot(t, "kind: Portfolio\nmetadata: {name: p}\nspec: {fiscalYear: {startMonth: 2}, external: [HeadcountPlan]}\n",
		plan("a", "id: x, status: open, effective: 2026-10-01"))
	o := options(s)
	if got := Analyse(s, o).headline(); !strings.Contains(got, "\nThere may be more: HeadcountPlan is private") || !strings.Contains(got, "\nNothing was filled\n") {
		t.Errorf("%s", got)
	}
	o.Asked = "team=nobody"
	o.Selector, _ = portfolio.ParseSelector(o.Asked)
	want := "no positions in the plans of FY27 that team=nobody chooses\nHeadcountPlan is private: an overlay that is not joined may have plans"
	if diff := cmp.Diff(want, Analyse(s, o).headline()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The one where the plan expects a day that has passed, by how much it is later here.
func TestHeadcount(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: f, status: filled, openedOn: 2026-01-05, start: 2026-05-04, effective: 2026-05-04",       // 119 days
		"id: a, status: open, openedOn: 2026-09-14, effective: 2026-11-02, expectedStart: 2027-01-04", // 2027-01-11
		"id: b, status: open, openedOn: 2026-11-02, effective: 2026-11-02",                            // 2027-03-01
	))
	want := "headcount counts with the starts that the plan expects: the forecast here is later for 2 seats, by 7 to 98 days"
	if diff := cmp.Diff(want, Analyse(s, options(s)).headcountText()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A name that somebody wrote once for a stage is in no format.
func TestNoNameOfAStage(t *testing.T) {
	const name = "Jane Doe strong no"
	points := []history.PositionPoint{
		version("2026-03-01", "open", candidates("screen", 1, 0, 0, 0)),
		version("2026-04-01", "open", candidates(name, 1, 0, 0, 0), candidates("screen", 1, 0, 0, 0)),
	}
	for _, config := range []string{config, strings.Split(config, "  hiringStages")[0]} {
		s := snapshot(t, config, plan("a", "id: x, status: open, effective: 2026-06-01, pipeline: {screen: {entered: 1}}"))
		o := options(s)
		o.History = &history.History{}
		a := analyse(s, o, []*history.PositionTrack{{ID: "x", Points: points}})
		r := report.New("hiring", o.AsOf)
		a.Report(r, View{All: true, Flow: true})
		for _, text := range []string{dump(a), shown(r.Sheets), shown(r.Blocks)} {
			if strings.Contains(text, name) {
				t.Errorf("%s is in\n%s", name, text)
			}
		}
		last := a.Flow.Stages[len(a.Flow.Stages)-1]
		if n := a.Flow.Buckets[2][len(a.Flow.Stages)-1].Entered; last.ID != "" || n != 1 {
			t.Errorf("%d entered %q in April", n, last.ID)
		}
		if !strings.Contains(dump(a), `"stage": null`) {
			t.Error("no stage is null")
		}
	}
}

// shown is all text of tables and blocks.
func shown[T any](list []T) string {
	var b strings.Builder
	for _, x := range list {
		if t, ok := any(x).(*report.Table); ok {
			fmt.Fprintln(&b, *t)
		} else {
			fmt.Fprintln(&b, x)
		}
	}
	return b.String()
}

// What of a narrow terminal shows a forecast shows on what it rests.
func TestForecastCell(t *testing.T) {
	day := version("2026-12-14", "").Version.Day
	for _, test := range []struct {
		f    Forecast
		want string
	}{
		{Forecast{Start: day, Method: ByFlow, Observations: 1234}, "2026-12-14, flow of 1,234"},
		{Forecast{Start: day, Method: ByElapsed, Observations: 7, Open: 20}, "2026-12-14, elapsed of 7, 20 open"},
		{Forecast{Start: day, Method: ByOffer}, "2026-12-14, offer"},
	} {
		p := &Position{Position: &portfolio.Position{}, Forecast: &test.f}
		if got := forecastCell(p).Text; got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestUnknown(t *testing.T) {
	s := snapshot(t, "kind: Portfolio\nmetadata: {name: p}\nspec: {external: [HeadcountPlan, rateCard]}\n")
	a := Analyse(s, options(s))
	if diff := cmp.Diff([]staffing.Reason{staffing.Private}, a.Unknown); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s = snapshot(t, "kind: Portfolio\nmetadata: {name: p}\nspec: {fiscalYear: {startMonth: 2}, external: [HeadcountPlan, rateCard]}\n",
		plan("a", "id: x, status: open, effective: 2026-10-01"))
	a = Analyse(s, options(s))
	if a.Unknown != nil || saved(a.Summary.Saving.Total) != "private" || a.position(t, "x").Saving.Total.Known() != nil || a.Partial == nil {
		t.Errorf("%v, %v, saves %s", a.Unknown, a.Partial, saved(a.Summary.Saving.Total))
	}
}

func TestUnknownSavings(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: x, status: filled, effective: 2026-05-04",
		"id: y, status: open, effective: 2026-11-02, expectedStart: 2027-03-01",
	))
	a := Analyse(s, options(s))
	for _, x := range append(a.Savings, a.Outside, a.Summary.Saving) {
		if x.Total.Known() != nil || x.ToDate.Known() != nil {
			t.Errorf("saves %s, to date %s", saved(x.Total), saved(x.ToDate))
		}
	}
}

// As-of is itself elapsed: who starts on it has started, and it is saved.
func TestAsOfIsElapsed(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: x, status: open, effective: 2026-11-23, expectedStart: 2026-11-25", // two days of 21, one of them to come
		"id: y, status: filled, effective: 2026-11-23, start: 2026-11-23",
		"id: z, status: offered, effective: 2026-11-23, start: 2026-11-16", // 5 days
		"id: u, level: L9, status: open, effective: 2026-11-23, expectedStart: 2026-11-24",
	))
	a := Analyse(s, options(s))
	x := a.position(t, "x").Saving
	if saved(x.Total) != "952.38" || saved(x.ToDate) != "476.19" {
		t.Errorf("saves %s, to date %s", saved(x.Total), saved(x.ToDate))
	}
	if a.position(t, "u").Saving.ToDate.Known() != nil {
		t.Error("what has no rate is saved")
	}
	in := a.inYears()
	if in.Started != 1 || in.Forecast != 1 {
		t.Errorf("%d started, %d forecast", in.Started, in.Forecast)
	}
	if got, want := said(a.position(t, "z")), "2026-11-23 by offer of 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
