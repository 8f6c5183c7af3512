package hiring

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
)

func TestQuarters(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: a, status: filled, effective: 2026-02-01, start: 2026-05-01, openedOn: 2025-12-01", // 151 days
		"id: b, status: open, effective: 2026-12-01, expectedStart: 2027-01-31, openedOn: 2026-10-04",
		"id: c, status: offered, effective: 2026-10-31, expectedStart: 2027-01-04",
		"id: d, status: planned, effective: 2026-11-01",
		"id: e, status: cancelled, effective: 2026-11-01",
		"id: f, status: on-hold, effective: 2026-11-01",
	))
	a := Analyse(s, options(s))
	want := []Quarter{{"FY27Q1", 1, 0, 0, 0}, {"FY27Q2", 0, 1, 0, 0}, {"FY27Q3", 1, 0, 0, 0}, {"FY27Q4", 2, 0, 3, 1}}
	if diff := cmp.Diff(want, a.Quarters); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// 2026-10-04 and 151 days
	if f := a.position(t, "b").Forecast; f == nil || f.Start != cal.MustDate("2027-03-04") || a.OtherQuarters.Forecast != 1 || a.UnknownHires != 1 {
		t.Errorf("b is forecast for %v, %v in other years, %d unknown", f, a.OtherQuarters, a.UnknownHires)
	}
}

func TestCompare(t *testing.T) {
	then := snapshot(t, config, plan("a",
		"id: a, status: open, effective: 2026-10-01, expectedStart: 2026-10-15",
		"id: gone, status: planned, effective: 2026-10-01",
		"id: moved, status: planned, effective: 2026-10-01, location: austin",
	))
	s := snapshot(t, config, plan("a",
		"id: a, status: filled, effective: 2026-10-01, start: 2026-11-02",
		"id: new, status: open, effective: 2026-12-01",
		"id: moved, status: planned, effective: 2026-10-01, location: lisbon",
	))
	o := options(s)
	o.Baseline = then
	a := Analyse(s, o)
	was := func(b *Before) string {
		return fmt.Sprintf("%t %s slip %s moved %s", b.Exists, b.Status, text(b.Slip), text(b.Moved))
	}
	if got, want := was(a.position(t, "a").Before), "true open slip 53 moved 18"; got != want {
		t.Errorf("a: got %s, want %s", got, want)
	}
	if got, want := was(a.position(t, "new").Before), "false  slip - moved -"; got != want {
		t.Errorf("new: got %s, want %s", got, want)
	}
	if len(a.Gone) != 1 || a.Gone[0].ID != "gone" || a.Gone[0].Elsewhere {
		t.Errorf("gone: %v", a.Gone)
	}
	o.Selector, _ = portfolio.ParseSelector("location=austin")
	a = Analyse(s, o)
	if len(a.Positions) != 0 || len(a.Gone) != 1 || a.Gone[0].ID != "moved" || !a.Gone[0].Elsewhere {
		t.Errorf("gone from austin: %v", a.Gone)
	}
	o.Baseline = snapshot(t, "kind: Portfolio\nmetadata: {name: p}\nspec: {external: [HeadcountPlan]}\n")
	if a = Analyse(s, o); saved(rates.Sum{Unknown: a.NoBaseline}) != "private" {
		t.Errorf("baseline %v", a.NoBaseline)
	}
}

// Compared with itself nothing has moved, whatever day it is.
func TestCompareWithItself(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: passed, status: open, effective: 2026-10-01, expectedStart: 2026-10-15",
		"id: ahead, status: offered, effective: 2026-10-01, expectedStart: 2026-12-15",
		"id: filled, status: filled, effective: 2026-10-01, start: 2026-10-12",
		"id: hold, status: on-hold, effective: 2026-10-01",
	))
	o := options(s)
	o.Baseline = s
	a := Analyse(s, o)
	for _, p := range a.Positions {
		if b := p.Before; text(b.Slip) != text(p.Slip) || b.Moved != nil && *b.Moved != 0 || (b.Moved == nil) != (p.ID == "hold") {
			t.Errorf("%s: slip %s, was %s, moved %s", p.ID, text(p.Slip), text(b.Slip), text(b.Moved))
		}
	}
	if len(a.Gone) > 0 || !a.position(t, "passed").Passed || a.position(t, "ahead").Passed || a.position(t, "filled").Passed {
		t.Errorf("gone %v", a.Gone)
	}
}

func TestOrder(t *testing.T) {
	then := snapshot(t, config, plan("b", "id: z, status: open, effective: 2026-10-01"), plan("a", "id: y, status: open, effective: 2026-12-01", "id: x, status: open, effective: 2026-12-01"),
		plan("c", "id: a, status: open, effective: 2026-12-01"))
	s := snapshot(t, config, plan("a",
		"id: a, status: filled, effective: 2026-05-01, start: 2026-08-03",
		"id: b, status: filled, effective: 2026-06-01, start: 2026-07-01",
		"id: c, status: filled, effective: 2026-07-15",
	))
	o := options(s)
	o.Baseline = then
	a := Analyse(s, o)
	var ids []string
	for _, g := range a.Gone {
		ids = append(ids, g.ID)
	}
	for _, p := range a.Positions {
		ids = append(ids, p.ID)
	}
	if got, want := strings.Join(ids, " "), "x y z b c a"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What does not validate is in no figure, not even as gone.
func TestUnsound(t *testing.T) {
	position := "id: x, role: engineer, status: open, effective: 2026-10-01, pipeline: {screen: {entered: 9, passed: 9}}"
	then := snapshot(t, config, plan("a", position), plan("b", "id: y, status: open, effective: 2026-10-01"))
	s, diags := assemble(config+"---\nkind: Team\nmetadata: {name: web}\n", plan("a", position+", team: nowhere"))
	if len(diags) == 0 {
		t.Fatal("the plan validates")
	}
	o := options(s)
	o.Baseline = then
	a := Analyse(s, o)
	if len(a.Positions) > 0 || len(observe(s, o.AsOf, nil).all) > 0 {
		t.Error("a plan that does not validate counts")
	}
	if len(a.Gone) != 1 || a.Gone[0].ID != "y" { // x is left out, not gone
		t.Errorf("gone %v", a.Gone)
	}
	o = options(then)
	o.Baseline = s
	if a := Analyse(then, o); a.position(t, "x").Before.Exists {
		t.Error("a plan of the baseline that does not validate counts")
	}
	if got := a.headline(); !strings.HasSuffix(got, "\nLeft out, for they do not validate: 1 headcount plan") {
		t.Errorf("%q", got)
	}
}

func TestRecent(t *testing.T) {
	s := snapshot(t, config)
	for day, want := range map[string][2]int{
		"2026-10-31": {6, 9}, "2026-11-01": {7, 10}, "2026-02-01": {0, 1}, "2026-01-31": {0, 0}, "2027-12-01": {9, 12},
	} {
		o := options(s)
		o.AsOf = cal.MustDate(day)
		from, to := Analyse(s, o).recent()
		if got := [2]int{from, to}; got != want {
			t.Errorf("%s: got %v, want %v", day, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	lines := strings.Split("a b c d e f g h i j", " ")
	if got := short(lines[:8]); len(got) != 8 {
		t.Errorf("%q", got)
	}
	if got, want := strings.Join(short(lines), " "), "a b c d e f g and so for 3 more"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
