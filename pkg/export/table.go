package export

import (
	"iter"
	"slices"
)

// table is a tidy table: every row is a thing of one sort, or one figure.
type table struct {
	name        string // lower case, letters, digits and underscores
	title       string
	description string
	columns     []column
	// key are the columns that tell rows apart; none where nothing does.
	key     []string
	foreign []foreign
	// rows yields values, one a column. A row is the table's again after the call.
	rows iter.Seq2[[]any, error]
}

// column is one column of a table. Its values are nil, which is unknown or not
// stated, or of the Go type of its kind.
type column struct {
	name        string
	kind        kind
	description string
	unit        string   // what numbers count; "" where the description says it
	enum        []string // all values that there may be; nil where that is not bounded
	required    bool     // never nil
	// currency is the column with the currency of this one, which holds money.
	currency string
	index    bool // readers look rows up by it
}

// kind is what values of a column are.
type kind uint8

const (
	text    kind = iota // string
	integer             // int64
	decimal             // number
	boolean             // bool
	day                 // string, YYYY-MM-DD
	month               // string, YYYY-MM
)

// foreign says that columns hold the key of a row of another table.
type foreign struct {
	columns []string
	table   string
	to      []string
}

// number is an exact decimal number.
type number struct {
	text string // as it is written: digits, perhaps a sign and a point
	// minor is the number in minor units of its currency, where it is money.
	minor int64
	money bool
}

func (t *table) column(name string) *column {
	i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &t.columns[i]
}

// rowsOf yields rows that are there already.
func rowsOf(rows [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
