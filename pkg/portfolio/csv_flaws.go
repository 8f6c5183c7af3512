package portfolio

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// flaw is a finding about a row. Its location is found if it is told, unless it is
// known.
type flaw struct {
	diag.Diagnostic
	at source.Place
	// as and mark are what dateFormat and decimal should be for the value: one of
	// some formats, or a mark.
	as   []DateFormat
	mark DecimalMark
}

// reversed is the finding of an end before its start, without its place and subject.
func reversed(entity, field string, start, end cal.Date) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "SCH011", Severity: diag.Error, Key: field,
		Message: fmt.Sprintf("%s: %s %s is before its start %s", entity, field, end, start),
		Detail:  "swap the two, or correct one of them",
	}
}

// maxBadRows is how many rows of a file are looked at for what is wrong with them.
// It is far more than anybody reads: of two revisions, all must be known to tell
// which one of them brought.
const maxBadRows = 10_000

// flaws are those of the rows of a file. Of a file with many, those of the first
// rows are kept: of rows that are wrong but for how values are written, and of others.
type flaws struct {
	rows           [][]flaw
	written, other int // rows with nothing but values that are written otherwise; and others
}

// add takes the flaws of a row.
func (f *flaws) add(row ...flaw) {
	n := &f.written
	if !isWritten(row) {
		n = &f.other
	}
	*n++
	if *n <= maxBadRows+1 {
		f.rows = append(f.rows, row)
	}
}

// isWritten reports whether a row is wrong for nothing but how its values are written.
func isWritten(row []flaw) bool {
	return !slices.ContainsFunc(row, func(w flaw) bool { return w.as == nil && w.mark == "" })
}

// drop forgets about values that are written in one of some formats, or with a mark.
func (f *flaws) drop(formats []DateFormat, mark DecimalMark) {
	for i, row := range f.rows {
		f.rows[i] = slices.DeleteFunc(row, func(w flaw) bool {
			return mark != "" && w.mark == mark || slices.ContainsFunc(w.as, func(as DateFormat) bool { return slices.Contains(formats, as) })
		})
	}
	f.rows = slices.DeleteFunc(f.rows, func(row []flaw) bool { return len(row) == 0 })
	f.written = 0 // but for what was kept: what was not is most likely written so too
	for _, row := range f.rows {
		f.written += b2i(isWritten(row))
	}
}

// shown are the flaws of the first rows, how many rows there are more, and the first
// flaw of those.
func (f *flaws) shown() (list []flaw, more int, next flaw) {
	for i, row := range f.rows {
		if i == maxBadRows {
			next = row[0]
			break
		}
		list = append(list, row...)
	}
	return list, max(f.written+f.other-maxBadRows, 0), next
}
