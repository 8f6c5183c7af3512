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
	if f := a.position(t, "b").Forecast; f == nil || f.Start != cal.MustDate("2027-03-04") || len(a.after()) != 1 {
		t.Errorf("b is forecast for %v, %d after the year", f, len(a.after()))
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
		return fmt.Sprintf("%t %s %s %s", b.Exists, b.Status, b.Begin, text(b.Slip))
	}
	if got, want := was(a.position(t, "a").Before), "true open 2026-11-23 53"; got != want {
		t.Errorf("a: got %s, want %s", got, want)
	}
	if got, want := was(a.position(t, "new").Before), "false   -"; got != want {
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

func TestShort(t *testing.T) {
	lines := strings.Split("a b c d e f g h i j", " ")
	if got := short(lines[:8]); len(got) != 8 {
		t.Errorf("%q", got)
	}
	if got, want := strings.Join(short(lines), " "), "a b c d e f g and so for 3 more"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
