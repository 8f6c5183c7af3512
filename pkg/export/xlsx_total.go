package export

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// line is a row of a sheet.
type line struct {
	kind    report.RowKind
	figures []figure
}

func (l *line) depth() int {
	if len(l.figures) == 0 {
		return 0
	}
	return l.figures[0].indent
}

// firstRow is the row of the first line of a sheet, below the header.
const firstRow = 2

// addFormulas makes formulas of the totals and subtotals that are the exact sum of the
// plain rows which they are about. What is no sum (a rate, a mean, heads at the end of
// a year) stays the value it is.
//
// A total is about all rows. A subtotal is about the rows below it that are set in
// further; where none are, about those up to the next subtotal, below it or above it,
// whichever it sums in more of its columns.
func addFormulas(lines []line) {
	var sums []sum
	for i := range lines {
		if ranges := about(lines, i); len(ranges) > 0 {
			sums = append(sums, sum{i, ranges})
		}
	}
	// A sum of sums needs to know which of those are formulas: from small to large.
	slices.SortStableFunc(sums, func(a, b sum) int { return a.ranges[0].rows() - b.ranges[0].rows() })
	for _, s := range sums {
		most := 0
		for _, r := range s.ranges {
			formulas, count := make([]string, len(lines[s.at].figures)), 0
			for column := range formulas {
				if formulas[column] = formula(lines, s.at, r, column); formulas[column] != "" {
					count++
				}
			}
			if count <= most {
				continue
			}
			most = count
			for column, f := range formulas {
				lines[s.at].figures[column].formula = f
			}
		}
	}
}

// sum is a row that sums others, and which those may be.
type sum struct {
	at     int
	ranges []stretch
}

// stretch is a range of rows, half-open.
type stretch struct{ from, to int }

func (s stretch) rows() int { return s.to - s.from }

// about are the ranges of rows that a row may sum; none of a plain row.
func about(lines []line, at int) []stretch {
	isTotal := func(l line) bool { return l.kind == report.Total }
	from, to := at, at+1
	switch lines[at].kind {
	case report.Total: // those at the end, or those at the start
		from = slices.IndexFunc(lines, func(l line) bool { return !isTotal(l) })
		if from < 0 {
			return nil
		}
		for to = from; to < len(lines) && !isTotal(lines[to]); to++ {
		}
		if slices.ContainsFunc(lines[to:], func(l line) bool { return !isTotal(l) }) {
			return nil
		}
		return []stretch{{from, to}}
	case report.Subtotal:
		for to < len(lines) && lines[to].kind != report.Total && lines[to].depth() > lines[at].depth() {
			to++
		}
		if to > at+1 {
			return []stretch{{at + 1, to}}
		}
		for to < len(lines) && lines[to].kind == report.Plain {
			to++
		}
		for from > 0 && lines[from-1].kind == report.Plain {
			from--
		}
		return slices.DeleteFunc([]stretch{{at + 1, to}, {from, at}}, func(s stretch) bool { return s.rows() == 0 })
	}
	return nil
}

// mostSegments bounds a formula that names its rows piece by piece.
const mostSegments = 100

// formula is that of a sum; "" where the cell is not the sum of the rows.
func formula(lines []line, at int, over stretch, column int) string {
	from, to := over.from, over.to
	total := lines[at].figures[column]
	if total.exact == nil || total.look.percent {
		return ""
	}
	sum, known, formulas := new(big.Rat), 0, true
	var segments []string
	begun := -1
	for i := from; i <= to; i++ {
		plain := i < to && lines[i].kind == report.Plain
		switch {
		case plain && begun < 0:
			begun = i
		case !plain && begun >= 0:
			segments = append(segments, span(column, begun, i))
			begun = -1
		}
		if i == to || column >= len(lines[i].figures) {
			continue
		}
		f := lines[i].figures[column]
		if f.exact == nil {
			continue
		}
		if !plain {
			formulas = formulas && f.formula != ""
			continue
		}
		if f.look.currency != total.look.currency || f.look.percent {
			return ""
		}
		known++
		sum.Add(sum, f.exact)
	}
	switch {
	case known == 0 || sum.Cmp(total.exact) != 0:
		return ""
	case formulas: // it leaves out other subtotals, and what a filter hides
		return "SUBTOTAL(9," + span(column, from, to) + ")"
	case len(segments) > mostSegments:
		return ""
	}
	return "SUM(" + strings.Join(segments, ",") + ")"
}

// span is a range of cells of a column, by the indices of its rows, half-open.
func span(column, from, to int) string {
	return fmt.Sprintf("%s:%s", reference(column, from+firstRow), reference(column, to-1+firstRow))
}
