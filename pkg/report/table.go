package report

// Table is rows under columns. A table whose headers are all empty is a list
// of labels and values and shows no header.
type Table struct {
	// Name is what a folder of files or a database calls the table, unique in the
	// report: lower case, words separated by underscores. An empty one is called by its
	// heading, or by the report alone.
	Name    string
	Columns []Column
	Rows    []Row
	// Minor are rows that machines get too, and people need not see: what is as it
	// should be.
	Minor []Row
	// Empty is what to say where there are no rows; "none" if it is empty.
	Empty string
}

// Align places the text of a column.
type Align uint8

// Text is set left, numbers right.
const (
	Left Align = iota
	Right
)

// Column is one column of a table.
type Column struct {
	// Header is for people, Key for machines: lower case, stable, unique in the
	// table.
	Header, Key string
	Align       Align
	// Priority is 0 for what must be seen. Where there is too little room,
	// columns with the largest number are narrowed first, and dropped first.
	// A column set right is never narrowed: half a number is a wrong number.
	Priority int
	// Whole columns are dropped where there is no room for them, but never cut:
	// dates, statuses.
	Whole bool
	// Prose goes on in further lines instead of being cut: a sentence.
	Prose bool
}

// RowKind tells sums from what they sum.
type RowKind uint8

// A machine that sums rows must leave out Subtotal and Total.
const (
	Plain RowKind = iota
	Subtotal
	Total
)

// Row is one row; missing cells are blank.
type Row struct {
	Kind  RowKind
	Cells []Cell
}

// Tone is how a cell strikes the reader.
type Tone uint8

// The tones. No meaning may hang on a tone alone: not every medium has colour.
const (
	None Tone = iota
	Good
	Warn
	Bad
	Dim
)

// Cell is one value, spelled twice.
type Cell struct {
	// Text is for people.
	Text string
	// Value is for machines: a string, an integer, a value that marshals; nil is
	// unknown.
	Value any
	Tone  Tone
}

// Say returns a cell that is the same text for people and machines; empty text
// is an unknown value.
func Say(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Cell{Text: text, Value: text}
}

// Append adds a plain row.
func (t *Table) Append(cells ...Cell) { t.Rows = append(t.Rows, Row{Cells: cells}) }
