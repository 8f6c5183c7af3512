package report

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
)

// Chart is lines over two axes. An axis is of the kind of its values: days,
// amounts of one currency, or numbers. A format that draws it fails where an axis
// has values of two kinds, or where Diagonal asks for what cannot be drawn.
type Chart struct {
	// Title is one line, without a full stop.
	Title string
	X, Y  Axis
	// Series are drawn in this order, the later above the earlier. More than
	// about eight are hard to tell apart; which to leave out, and to say so, is
	// the caller's.
	Series []Series
	// Diagonal draws the line on which both values are the same day. Then both
	// axes must be of days, and the vertical one reaches down to the last day of
	// the other, so that it shows how far off the line is.
	Diagonal bool
	// Empty is what to say where no point is known; "none" if it is empty.
	Empty string
}

// Axis is what one coordinate of the points means.
type Axis struct {
	// Label is for people, Key for machines: lower case, stable, another than
	// that of the other axis, and not "series".
	Label, Key string
	// Unit is what numbers count ("FTE"); days need none, and amounts have theirs.
	Unit string
	// Decimals is how many digits people see of a number.
	Decimals int
}

// Series is one line.
type Series struct {
	// Name is for people, Key for machines; an empty one is the other.
	Name, Key string
	// Points are in the order of X; formats sort them where they are not. A point
	// without a Y is a gap: the line ends before it and goes on after it.
	Points []Point
	// Step holds a value until the X of the next point, gap or not. Otherwise the
	// line between two points is straight.
	Step bool
	// Tone sets the colour of the line; None takes the next of a palette.
	Tone Tone
	// Mark is what became of the line at its last known point.
	Mark Mark
}

// Mark is what became of a line.
type Mark uint8

// The marks. An open line is one that goes on after the chart.
const (
	MarkOpen    Mark = iota
	MarkDone         // it reached its end
	MarkDropped      // it was given up
)

// String returns done, dropped, and "" for an open line.
func (m Mark) String() string { return [...]string{"", "done", "dropped"}[m] }

// Point is a place in a chart. A nil value is unknown, and so is a Day that is
// unset and a Number that is not finite. Without an X there is no point.
type Point struct{ X, Y Value }

// Value is a coordinate: one of Day, Amount and Number.
type Value interface{ value() }

// Day is a date as a coordinate.
type Day cal.Date

// Amount is money as a coordinate; it is drawn by its value in the main unit of
// its currency, and told exactly.
type Amount money.Amount

// Number is any other coordinate.
type Number float64

func (Day) value()    {}
func (Amount) value() {}
func (Number) value() {}
