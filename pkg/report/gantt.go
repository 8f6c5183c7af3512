package report

import "github.com/progctl/progctl/pkg/cal"

// Gantt is bars over days: a row for each thing that takes time, or falls on a day.
type Gantt struct {
	// Title is one line, without a full stop.
	Title string
	// Rows are drawn in this order.
	Rows []GanttRow
	// Today is drawn as a line where it is no farther from the days of the rows than
	// these are long; unset draws none.
	Today cal.Date
	// Empty is what to say where there are no rows; "none" if it is empty.
	Empty string
}

// GanttRow is one line of a Gantt.
type GanttRow struct {
	// Label is for people, Key for machines; an empty one is the other.
	Label, Key string
	// Group is what the row belongs to: rows of one group that follow each other stand
	// below its name. Rows without one stand alone.
	Group string
	// Bars are drawn in this order, the later above the earlier.
	Bars []Bar
	// Marks are days that are not stretches.
	Marks []DayMark
	// Critical strikes the reader, and not by colour alone.
	Critical bool
	// Note stands behind the row where there is room: a few words.
	Note string
}

// Bar is a stretch of days.
type Bar struct {
	Kind   BarKind
	Period cal.Period // an empty one is not drawn
}

// BarKind is what a stretch of days is.
type BarKind uint8

// The kinds of bars.
const (
	BarWork  BarKind = iota // it is to be worked on
	BarDone                 // it is done
	BarFloat                // by how much it may be later
)

// String returns work, done or float.
func (k BarKind) String() string { return [...]string{"work", "done", "float"}[k] }

// DayMark is a day that means something.
type DayMark struct {
	Kind DayKind
	Day  cal.Date // an unset one is not drawn
}

// DayKind is what a day means.
type DayKind uint8

// The kinds of days.
const (
	DayEvent  DayKind = iota // it happens on it, and takes no time
	DayDue                   // it was promised for it
	DayMissed                // it was promised for it, which will not be or was not kept
)

// String returns event, due or missed.
func (k DayKind) String() string { return [...]string{"event", "due", "missed"}[k] }

func (*Gantt) block() {}
