package hiring

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
)

// Nobody is in progress where nobody is searched for.
func TestFollow(t *testing.T) {
	s := candidates("b", 2, 0, 0, 0)
	passed := candidates("b", 2, 1, 0, 0)
	filled := func(day string, start string) history.PositionPoint {
		v := version(day, "filled", passed)
		v.Start = cal.MustDate(start)
		return v
	}
	away := version("2026-10-04", "", s)
	away.Status = "open" // what it was last
	for _, test := range []struct {
		name   string
		points []history.PositionPoint
		want   string
	}{
		{"up to today", []history.PositionPoint{version("2026-11-13", "open", s)}, "20 days, 0 decided, lags []"},
		{"on hold", []history.PositionPoint{version("2026-10-04", "open", s), version("2026-10-14", "on-hold", s)}, "20 days, 0 decided, lags []"},
		{"away", []history.PositionPoint{version("2026-10-01", "open", s), away, version("2026-11-22", "open", s)}, "8 days, 0 decided, lags []"},
		{"passed before the first version", []history.PositionPoint{filled("2026-10-01", "2026-11-01")}, "0 days, 0 decided, lags []"},
		{"passed and filled", []history.PositionPoint{version("2026-10-01", "open", s), filled("2026-10-04", "2026-11-01")}, "6 days, 1 decided, lags [28]"},
		{"told too late", []history.PositionPoint{version("2026-10-01", "open", s), filled("2026-10-04", "2026-10-02")}, "6 days, 1 decided, lags [0]"},
		{"days that go back", []history.PositionPoint{version("2026-10-04", "open", s), version("2026-10-01", "cancelled", s)}, "0 days, 0 decided, lags []"},
	} {
		m := observe(snapshot(t, twoStages), cal.MustDate(asOf), []*history.PositionTrack{{ID: "x", Points: test.points}})
		v := m.visits["b"]
		if got := fmt.Sprintf("%d days, %d decided, lags %v", v.days, v.decided, m.lags); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// A naive oracle: candidates who come and go day by day. With a version a day, days in
// progress by decided candidates are the mean of the days that each of them spent, which
// is what Little's law says; with fewer versions they are what counting day by day gives.
func TestLittlesLaw(t *testing.T) {
	first := cal.MustDate("2026-02-02")
	end := cal.MustDate(asOf)
	for seed := range int64(60) {
		r := rand.New(rand.NewSource(seed))
		type visit struct{ from, to cal.Date }
		var visits []visit
		spent := 0
		for range 1 + r.Intn(30) {
			from := first.Add(cal.Days(1 + r.Intn(200)))
			v := visit{from, from.Add(cal.Days(r.Intn(40)))}
			spent += int(v.to.Sub(v.from))
			visits = append(visits, v)
		}
		at := func(d cal.Date) stage {
			s := stage{ID: "a"}
			for i, v := range visits {
				if v.from <= d {
					s.Entered++
				}
				if v.to <= d {
					if i%3 == 0 {
						s.Declined++
					} else {
						s.Passed++
					}
				}
			}
			return s
		}
		for _, every := range []cal.Days{1, 7} {
			track := &history.PositionTrack{ID: "x"}
			shown := map[cal.Date]int{} // in progress, as the last version says
			last := 0
			for d := first; d <= end; d++ {
				if d.Sub(first)%every == 0 {
					now := at(d)
					track.Points = append(track.Points, version(d.String(), "open", now))
					last = now.Entered - now.Passed - now.Declined
				}
				shown[d] = last
			}
			s := snapshot(t, twoStages)
			m := observe(s, end, []*history.PositionTrack{track})
			days := 0
			for d := first; d < end; d++ {
				days += shown[d]
			}
			got := m.visits["a"]
			if got.days != days || got.decided != len(visits) {
				t.Fatalf("seed %d, every %d days: %v, want %d days of %d", seed, every, got, days, len(visits))
			}
			if every == 1 && got.days != spent {
				t.Fatalf("seed %d: %d days in progress, candidates spent %d", seed, got.days, spent)
			}
		}
	}
}

// The conversion of a role counts from 5 candidates at every stage on.
func TestConversionOfRole(t *testing.T) {
	for _, test := range []struct {
		declined int
		want     string
	}{{4, "0.2000"}, {3, "0.5625"}} { // 1/5 × 1; (9/12) × (9/12)
		s := snapshot(t, twoStages, plan("a",
			fmt.Sprintf("id: x, role: x, status: open, openedOn: 2026-11-01, effective: 2027-01-04, pipeline: {a: {entered: 6, passed: 1, declined: %d}, b: {entered: 5, passed: 5}}", test.declined),
			"id: y, role: y, status: open, openedOn: 2026-11-01, effective: 2027-01-04, pipeline: {a: {entered: 8, passed: 8}, b: {entered: 7, passed: 4, declined: 3}}",
		))
		m := observe(s, cal.MustDate(asOf), nil)
		q, _ := m.reach("x")
		if got := q[0].FloatString(4); got != test.want {
			t.Errorf("%d declined: got %s, want %s", test.declined, got, test.want)
		}
	}
}
