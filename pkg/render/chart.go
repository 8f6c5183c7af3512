package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// plot is a chart made ready to draw: its lines in floats, its texts visible.
type plot struct {
	title    string
	x, y     scale
	lines    []plotLine
	diagonal bool
	// empty is what to say instead where no line has a point.
	empty string
}

// plotLine is a series. Its runs are the parts between gaps, each with a point at
// least and in the order of x.
type plotLine struct {
	name string
	tone report.Tone
	mark report.Mark
	step bool
	runs [][]spot
	// first and last spell the first and the last known value; "" without a point.
	first, last string
}

type spot struct{ x, y float64 }

// coordinateKind is what an axis measures. It is one of days, amounts (of a
// currency) and numbers.
type coordinateKind struct {
	noun     string
	currency money.Currency
}

func (k coordinateKind) String() string { return strings.TrimSpace(k.noun + " " + string(k.currency)) }

const (
	days    = "days"
	amounts = "amounts"
	numbers = "numbers"
)

// coordinate is where a value lies: a day by its number, an amount in main units.
// What is unknown, and what no chart can show, is not known.
func coordinate(v report.Value) (at float64, kind coordinateKind, known bool) {
	switch v := v.(type) {
	case report.Day:
		return float64(v), coordinateKind{noun: days}, v >= report.Day(cal.MinDate)
	case report.Amount:
		digits := 2 // as money.Amount spells an unknown currency
		if n, ok := v.Currency.MinorDigits(); ok {
			digits = n
		}
		return float64(v.Minor) / math.Pow10(digits), coordinateKind{amounts, v.Currency}, true
	case report.Number:
		const most = 1e100 // so that no sum or difference overflows
		return float64(v), coordinateKind{noun: numbers}, math.Abs(float64(v)) < most
	}
	return 0, coordinateKind{}, false
}

// newPlot fails where values do not go together.
func newPlot(c *report.Chart) (*plot, error) {
	p := &plot{title: visible(c.Title), diagonal: c.Diagonal, empty: cmp.Or(visible(c.Empty), "none")}
	p.x, p.y = newScale(c.X), newScale(c.Y)
	for i, s := range c.Series {
		line := plotLine{name: seriesName(c, i), tone: s.Tone, mark: s.Mark, step: s.Step}
		var run []spot
		for _, point := range sortedPoints(s.Points) {
			x, kind, _ := coordinate(point.X)
			if err := p.x.take(x, kind); err != nil {
				return nil, fmt.Errorf("chart %q: horizontal axis: %w", c.Title, err)
			}
			y, kind, known := coordinate(point.Y)
			if !known {
				if n := len(run); s.Step && n > 0 {
					run = append(run, spot{x, run[n-1].y})
				}
				line.add(run)
				run = nil
				continue
			}
			if err := p.y.take(y, kind); err != nil {
				return nil, fmt.Errorf("chart %q: vertical axis: %w", c.Title, err)
			}
			run = append(run, spot{x, y})
			line.last = valueText(point.Y, c.Y)
			line.first = cmp.Or(line.first, line.last)
		}
		line.add(run)
		p.lines = append(p.lines, line)
	}
	if err := p.settle(); err != nil {
		return nil, fmt.Errorf("chart %q: %w", c.Title, err)
	}
	return p, nil
}

// settle sets the ranges of the axes once all points are known.
func (p *plot) settle() error {
	if !slices.ContainsFunc(p.lines, func(l plotLine) bool { return len(l.runs) > 0 }) {
		p.lines = nil
		return nil
	}
	if p.diagonal {
		if p.x.kind.noun != days || p.y.kind.noun != days {
			return fmt.Errorf("a diagonal needs days on both axes, not %s and %s", p.x.kind, p.y.kind)
		}
		p.y.lo = min(p.y.lo, p.x.hi)
		p.y.hi = max(p.y.hi, p.x.lo)
	}
	p.x.settle(0)
	p.y.settle(0.04)
	return nil
}

// diagonalEnds are the ends of what there is to see of the diagonal, false for
// nothing.
func (p *plot) diagonalEnds() (from, to spot, ok bool) {
	lo, hi := max(p.x.lo, p.y.lo), min(p.x.hi, p.y.hi)
	return spot{lo, lo}, spot{hi, hi}, p.diagonal && lo < hi
}

// diagonalName says what holds on the diagonal: "forecast = report date".
func (p *plot) diagonalName() string {
	return cmp.Or(p.y.label, "y") + " = " + cmp.Or(p.x.label, "x")
}

func (l *plotLine) add(run []spot) {
	if len(run) > 0 {
		l.runs = append(l.runs, run)
	}
}

// end is the last spot of a line that has one. A line that holds its value up to
// a gap ends there.
func (l *plotLine) end() spot {
	run := l.runs[len(l.runs)-1]
	return run[len(run)-1]
}

// at is the height of the line at x, and false where it does not run.
func (l *plotLine) at(x float64) (float64, bool) {
	for _, run := range l.runs {
		if x < run[0].x || x > run[len(run)-1].x {
			continue
		}
		// Of several points at x it is the last that counts.
		i, _ := slices.BinarySearchFunc(run, x, func(s spot, x float64) int {
			if s.x <= x {
				return -1
			}
			return 1
		})
		before := run[i-1]
		if l.step || i == len(run) || before.x == x {
			return before.y, true
		}
		after := run[i]
		return before.y + (after.y-before.y)*((x-before.x)/(after.x-before.x)), true
	}
	return 0, false
}

// seriesName is what people call a series.
func seriesName(c *report.Chart, i int) string {
	return visible(cmp.Or(c.Series[i].Name, c.Series[i].Key, "series "+strconv.Itoa(i+1)))
}

// sortedPoints are those with a known X, in its order.
func sortedPoints(points []report.Point) []report.Point {
	known := slices.DeleteFunc(slices.Clone(points), func(p report.Point) bool {
		_, _, known := coordinate(p.X)
		return !known
	})
	slices.SortStableFunc(known, func(a, b report.Point) int {
		x, _, _ := coordinate(a.X)
		y, _, _ := coordinate(b.X)
		return cmp.Compare(x, y)
	})
	return known
}

// valueText spells a known value for people; amounts without their currency,
// which the axis names.
func valueText(v report.Value, axis report.Axis) string {
	switch v := v.(type) {
	case report.Day:
		return cal.Date(v).String()
	case report.Amount:
		return money.Amount(v).Grouped()
	case report.Number:
		return grouped(strconv.FormatFloat(float64(v), 'f', max(0, axis.Decimals), 64))
	}
	return ""
}

// grouped puts commas between the thousands of a number.
func grouped(number string) string {
	whole, fraction, _ := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return strings.TrimSuffix(whole+"."+fraction, ".")
}
