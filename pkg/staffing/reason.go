package staffing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// Reason is why a figure is not known.
type Reason struct {
	// Text is one line for people, without a full stop.
	Text string
	// Month is the first month for which it holds; unset where it is of no month.
	Month cal.Month
}

// The reasons that hold for whole portfolios.
var (
	// Private: what the figure needs lives in a repository that was not joined.
	Private = Reason{Text: "private"}
	// Unconfigured: calendar, rates and what is private are in a document that
	// does not validate.
	Unconfigured = Reason{Text: "the Portfolio document does not validate"}
)

// Because is one reason; the month is unset where it is of no month.
func Because(m cal.Month, format string, args ...any) []Reason {
	return []Reason{{Text: fmt.Sprintf(format, args...), Month: m}}
}

// String returns the text and the month: "… in 2026-03".
func (r Reason) String() string {
	if r.Month == 0 {
		return r.Text
	}
	return r.Text + " in " + r.Month.String()
}

// MergeReasons returns the reasons of both lists, sorted by text, each text once
// and with its first month.
func MergeReasons(a, b []Reason) []Reason {
	if len(b) == 0 {
		return a
	}
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y Reason) int {
		return cmp.Or(strings.Compare(x.Text, y.Text), cmp.Compare(x.Month, y.Month))
	})
	return slices.CompactFunc(all, func(x, y Reason) bool { return x.Text == y.Text })
}
