package render

import (
	"fmt"
	"math"
	"strconv"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// scale is an axis of a plot: what it measures, from where to where.
type scale struct {
	label string
	unit  string
	kind  coordinateKind
	some  bool
	// lo is less than hi once the scale is settled.
	lo, hi float64
	// step is the distance between ticks of what is not days.
	step float64
}

func newScale(a report.Axis) scale { return scale{label: visible(a.Label), unit: visible(a.Unit)} }

// take widens the scale to a value.
func (s *scale) take(at float64, kind coordinateKind) error {
	switch {
	case !s.some:
		s.some, s.kind, s.lo, s.hi = true, kind, at, at
		return nil
	case s.kind.noun == kind.noun && s.kind.currency == "":
		s.kind = kind // nothing of no currency goes with any
	case s.kind != kind && (s.kind.noun != kind.noun || kind.currency != ""):
		return fmt.Errorf("both %s and %s", s.kind, kind)
	}
	s.lo, s.hi = min(s.lo, at), max(s.hi, at)
	return nil
}

// settle makes room around a single value, and a share of the range below and
// above days. Numbers reach to a tick at both ends, and to zero where it is not
// far off.
func (s *scale) settle(room float64) {
	if size := max(math.Abs(s.lo), math.Abs(s.hi)); s.hi-s.lo <= 1e-9*size || size < 1e-90 {
		pad := size / 10
		if s.kind.noun == days || size < 1e-90 {
			pad = 1
		}
		s.lo, s.hi = s.lo-pad, s.hi+pad
	}
	if s.kind.noun == days {
		room *= s.hi - s.lo
		s.lo, s.hi = s.lo-room, s.hi+room
		return
	}
	switch {
	case s.lo > 0 && s.lo <= s.hi/2:
		s.lo = 0
	case s.hi < 0 && s.hi >= s.lo/2:
		s.hi = 0
	}
	s.step = roundStep((s.hi - s.lo) / 5)
	s.lo, s.hi = math.Floor(s.lo/s.step)*s.step, math.Ceil(s.hi/s.step)*s.step
}

// roundStep is the number of 1, 2, 5, 10 times a power of ten nearest above.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= least*(1-1e-9) {
			return n * power
		}
	}
	return 10 * power
}

// share is where a value lies between both ends: 0 to 1.
func (s *scale) share(at float64) float64 { return (at - s.lo) / (s.hi - s.lo) }

// name is the label with the unit, which is the currency of amounts and the power
// of ten that the ticks leave out.
func (s *scale) name() string {
	unit := s.unit
	if s.kind.currency != "" {
		unit = visible(string(s.kind.currency))
	}
	switch {
	case unit == "":
		return s.label
	case s.label == "":
		return unit
	}
	return s.label + " (" + unit + ")"
}

// tick is a value to mark on an axis, and its spelling.
type tick struct {
	at   float64
	text string
}

// ticks are marks at even distances, as many as fit; days are marked at the starts
// of weeks, months, quarters or years. fits tells whether there is room for so
// many texts of so many cells.
func (s *scale) ticks(fits func(n, cells int) bool) []tick {
	if s.kind.noun == days {
		return dayTicks(s.lo, s.hi, fits)
	}
	step := s.step
	for {
		var list []tick
		widest := 0
		from, to := math.Ceil(s.lo/step-1e-6), math.Floor(s.hi/step+1e-6)
		for i := from; i <= to; i++ {
			text := s.number(i*step, step)
			list = append(list, tick{i * step, text})
			widest = max(widest, cells(text))
		}
		if len(list) <= 2 || fits(len(list), widest) {
			return list
		}
		step *= 2
	}
}

// number spells a tick: 500k, 1.5M.
func (s *scale) number(at, step float64) string {
	size, suffix := max(math.Abs(s.lo), math.Abs(s.hi)), ""
	for _, unit := range []struct {
		from, by float64
		suffix   string
	}{{1e12, 1e12, "T"}, {1e9, 1e9, "B"}, {1e6, 1e6, "M"}, {1e4, 1e3, "k"}} {
		if size >= unit.from && size < 1e15 {
			at, step, suffix = at/unit.by, step/unit.by, unit.suffix
			break
		}
	}
	switch {
	case math.Abs(at) < step/2:
		return "0" // and not -0, nor 0M
	case size >= 1e15 || size < 1e-4:
		return strconv.FormatFloat(at, 'g', 3, 64)
	}
	decimals := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
	return strconv.FormatFloat(at, 'f', decimals, 64) + suffix
}

// dayStep is a distance between marks: of days, or of months.
type dayStep struct {
	days   cal.Days
	months int
}

// dayTicks marks the finest of the usual steps that fits, or the first and the
// last day where that has not two marks.
func dayTicks(lo, hi float64, fits func(n, cells int) bool) []tick {
	from, to := cal.Date(max(math.Ceil(lo), float64(cal.MinDate))), cal.Date(math.Floor(hi))
	for _, step := range []dayStep{
		{days: 1},
		{days: 2},
		{days: 7},
		{days: 14},
		{months: 1},
		{months: 2},
		{months: 3},
		{months: 6},
		{months: 12},
		{months: 24},
		{months: 60},
		{months: 120},
		{months: 240},
		{months: 600},
		{months: 1200},
	} {
		if !fits(step.most(from, to), len(step.text(to))) {
			continue
		}
		if list := step.ticks(from, to); len(list) >= 2 {
			return list
		}
		break
	}
	return []tick{{float64(from), from.String()}, {float64(to), to.String()}}
}

// most is how many marks there may be.
func (s dayStep) most(from, to cal.Date) int {
	if s.days > 0 {
		return int(to.Sub(from)/s.days) + 1
	}
	return to.Month().Sub(from.Month())/s.months + 1
}

// text spells a mark: a day, a month, a year.
func (s dayStep) text(d cal.Date) string {
	switch {
	case s.days > 0:
		return d.String()
	case s.months%12 > 0:
		return d.Month().String()
	}
	return d.String()[:4]
}

// ticks are the marks from one day through another: Mondays, or the starts of
// months that are a whole number of steps after January of the year 0.
func (s dayStep) ticks(from, to cal.Date) (list []tick) {
	if s.days > 0 {
		const monday = 5 // the first of the calendar
		past := (cal.Days(from) - monday + 4*s.days) % s.days
		for d := cal.Days(from) + (s.days-past)%s.days; d <= cal.Days(to); d += s.days {
			list = append(list, tick{float64(d), s.text(cal.Date(d))})
		}
		return list
	}
	year, month := from.Month().YM()
	m := from.Month().Add((s.months - (year*12+month-1)%s.months) % s.months)
	for n := s.most(from, to); n >= 0 && m.First() <= to; n-- {
		if d := m.First(); d >= from {
			list = append(list, tick{float64(d), s.text(d)})
		}
		m = m.Add(s.months)
	}
	return list
}
