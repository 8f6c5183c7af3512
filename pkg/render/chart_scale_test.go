package render

import (
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/report"
)

// texts are ticks in a row of so many cells.
func texts(s *scale, room int) string {
	var list []string
	for _, t := range s.ticks(func(n, wide int) bool { return n*(wide+2) <= room }) {
		list = append(list, t.text)
	}
	return strings.Join(list, " ")
}

func settled(values ...report.Value) *scale {
	s := &scale{}
	for _, v := range values {
		at, kind, _ := coordinate(v)
		if err := s.take(at, kind); err != nil {
			panic(err)
		}
	}
	s.settle(0)
	return s
}

func TestDayTicks(t *testing.T) {
	for _, c := range []struct {
		from, to string
		room     int
		want     string
	}{
		{"2026-11-23", "2026-11-23", 80, "2026-11-22 2026-11-23 2026-11-24"},
		{"2026-11-20", "2026-11-25", 72, "2026-11-20 2026-11-21 2026-11-22 2026-11-23 2026-11-24 2026-11-25"},
		{"2026-11-20", "2026-11-25", 71, "2026-11-21 2026-11-23 2026-11-25"},
		{"2026-11-20", "2026-12-20", 80, "2026-11-23 2026-11-30 2026-12-07 2026-12-14"},
		{"2026-02-02", "2026-06-30", 60, "2026-03 2026-04 2026-05 2026-06"},
		{"2026-02-01", "2027-01-31", 60, "2026-03 2026-05 2026-07 2026-09 2026-11 2027-01"},
		{"2026-02-01", "2027-12-31", 80, "2026-04 2026-07 2026-10 2027-01 2027-04 2027-07 2027-10"},
		{"2026-02-01", "2028-12-31", 60, "2026-07 2027-01 2027-07 2028-01 2028-07"},
		{"2026-02-01", "2031-12-31", 60, "2027 2028 2029 2030 2031"},
		{"2010-01-01", "2039-12-31", 60, "2010 2015 2020 2025 2030 2035"},
		{"1970-01-01", "2199-12-31", 60, "2000 2050 2100 2150"},
		{"1970-01-01", "1970-01-01", 80, "1970-01-01 1970-01-02"},
		{"2026-02-02", "2027-02-20", 12, "2026-02-02 2027-02-20"},
		{"2026-02-02", "2027-02-20", 0, "2026-02-02 2027-02-20"},
	} {
		if diff := cmp.Diff(c.want, texts(settled(day(c.from), day(c.to)), c.room)); diff != "" {
			t.Errorf("%s to %s in %d (-want +got):\n%s", c.from, c.to, c.room, diff)
		}
	}
}

func TestNumberTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		room   int
		want   string
	}{
		{0, 10, 80, "0 2 4 6 8 10"},
		{0, 1227517.23, 80, "0 0.5M 1.0M 1.5M"},
		{3, 9999, 80, "0 2k 4k 6k 8k 10k"},
		{10_000, 90_000, 80, "0 20k 40k 60k 80k 100k"},
		{0.91, 1.05, 80, "0.90 0.95 1.00 1.05"},
		{0.91, 1.05, 10, "0.9 1.0"},
		{-5, -4, 80, "-5.0 -4.8 -4.6 -4.4 -4.2 -4.0"},
		{-9, -1, 80, "-10 -8 -6 -4 -2 0"},
		{-5234567, 2500000, 80, "-6M -4M -2M 0 2M 4M"},
		{5, 5, 80, "4.4 4.6 4.8 5.0 5.2 5.4 5.6"},
		{0, 0, 80, "-1.0 -0.5 0 0.5 1.0"},
		{2e9, 9e9, 80, "0 2B 4B 6B 8B 10B"},
		{1e18, 2e18, 80, "0 5e+17 1e+18 1.5e+18 2e+18"},
		{0, 2e-7, 80, "0 5e-08 1e-07 1.5e-07 2e-07"},
		{0, 10, 8, "0 8"},
	} {
		if diff := cmp.Diff(c.want, texts(settled(report.Number(c.lo), report.Number(c.hi)), c.room)); diff != "" {
			t.Errorf("%v to %v in %d (-want +got):\n%s", c.lo, c.hi, c.room, diff)
		}
	}
}

// Whatever the values: a scale holds them, and its ticks ascend within it.
func TestScaleHoldsItsValues(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	extremes := []float64{0, 1, -1, 1e-320, 5e-200, 1e99, -1e99, 123456789.123, 1e15, 1e15 + 1, 0.1, 0.1 + 1e-17, 1.0000000001}
	number := func() float64 {
		if rnd.Intn(3) == 0 {
			return extremes[rnd.Intn(len(extremes))]
		}
		return rnd.NormFloat64() * math.Pow(10, float64(rnd.Intn(40)-20))
	}
	for i := range 5000 {
		var values []report.Value
		for range 1 + rnd.Intn(3) {
			if i%2 == 0 {
				values = append(values, report.Number(number()))
			} else {
				values = append(values, report.Day(1+rnd.Intn(1+rnd.Intn(84006))))
			}
		}
		s := settled(values...)
		if !(s.lo < s.hi) || math.IsInf(s.hi-s.lo, 0) {
			t.Fatalf("%v: from %v to %v", values, s.lo, s.hi)
		}
		const near = 1e-6
		for _, v := range values {
			at, _, _ := coordinate(v)
			if share := s.share(at); !(share >= -near && share <= 1+near) {
				t.Errorf("%v: %v is at %v", values, v, share)
			}
		}
		room := rnd.Intn(120)
		ticks := s.ticks(func(n, wide int) bool { return n*(wide+2) <= room })
		if len(ticks) < 1 || len(ticks) > 60 {
			t.Fatalf("%v: %d ticks", values, len(ticks))
		}
		last := math.Inf(-1)
		seen := map[string]bool{}
		for _, tick := range ticks {
			if share := s.share(tick.at); !(tick.at > last) || !(share >= -near && share <= 1+near) {
				t.Errorf("%v: tick %v at %v", values, tick, share)
			}
			if i%2 > 0 && seen[tick.text] {
				t.Errorf("%v: two ticks %s", values, tick.text)
			}
			last, seen[tick.text] = tick.at, true
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct{ wanted, want []float64 }{
		{nil, nil},
		{[]float64{50}, []float64{50}},
		{[]float64{10, 50, 90}, []float64{10, 50, 90}},
		{[]float64{50, 50, 50}, []float64{40, 50, 60}},
		{[]float64{50, 50, 63}, []float64{44.333, 54.333, 64.333}},
		{[]float64{0, 0}, []float64{0, 10}},
		{[]float64{2, 9, 20}, []float64{0.333, 10.333, 20.333}},
		{[]float64{100, 100}, []float64{90, 100}},
	} {
		var got, want []string
		for _, y := range spread(c.wanted, 0, 100, 10) {
			got = append(got, fmt.Sprintf("%.3f", y))
		}
		for _, y := range c.want {
			want = append(want, fmt.Sprintf("%.3f", y))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.wanted, diff)
		}
	}
	rnd := rand.New(rand.NewSource(1))
	for range 2000 {
		wanted := make([]float64, rnd.Intn(11))
		at := -20.0
		for i := range wanted {
			at += rnd.Float64() * 20
			wanted[i] = at
		}
		last := math.Inf(-1)
		for _, y := range spread(wanted, 0, 100, 10) {
			if y-last < 10-1e-9 || y < -1e-9 || y > 100+1e-9 {
				t.Fatalf("%v is spread to %v", wanted, spread(wanted, 0, 100, 10))
			}
			last = y
		}
	}
}
