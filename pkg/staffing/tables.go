package staffing

import (
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// unknownCell is a figure that is not known.
func unknownCell() report.Cell { return report.Cell{Text: "n/a", Tone: report.Dim} }

// workCell is an amount of work; one on the wrong side of 0 strikes the reader: 1 for
// above, -1 for below, 0 for none.
func workCell(f FTEMonths, wrong int) report.Cell {
	return spelled(f, f.String(), wrong)
}

// spelled is workCell with a text of its own: what rounds to 0 is 0 to the reader.
func spelled(f FTEMonths, text string, wrong int) report.Cell {
	cell := report.Cell{Text: report.Grouped(text), Value: f}
	switch {
	case text == "0":
		cell.Tone = report.Dim
	case f.Sign() == wrong:
		cell.Tone = report.Bad
	}
	return cell
}

func sumCell(s Series, wrong int) report.Cell {
	sum, known := s.Sum()
	if !known {
		return unknownCell()
	}
	return workCell(sum, wrong)
}

// changeCell is what a figure gained since the baseline.
func changeCell(now, then Series, wrong int) report.Cell {
	is, known := now.Sum()
	was, wasKnown := then.Sum()
	if !known || !wasKnown {
		return unknownCell()
	}
	cell := workCell(is.Sub(was), wrong)
	if is.Sub(was).Sign() > 0 && cell.Text != "0" {
		cell.Text = "+" + cell.Text
	}
	return cell
}

// figures are the sums over all the years, by group.
func (a *Analysis) figures() *report.Table {
	t := &report.Table{Columns: a.nameColumns(), Empty: "nobody is there, and nobody is asked for"}
	if a.Groups == nil {
		t.Empty = "n/a"
	}
	number := func(header, key string, priority int) {
		t.Columns = append(t.Columns, report.Column{Header: header, Key: key, Align: report.Right, Priority: priority})
	}
	number("Demand", "demand", 0)
	number("Supply", "supply", 0)
	number("Gap", "gap", 0)
	number("Planned", "planned", 2)
	number("Unallocated", "unallocated", 1)
	number("Allocated", "allocated", 5)
	if a.Baseline != nil {
		number("Demand ±", "demand_change", 4)
		number("Supply ±", "supply_change", 4)
		number("Gap ±", "gap_change", 1)
	}
	cells := func(g Group) []report.Cell {
		list := []report.Cell{
			sumCell(g.Demand, 0), sumCell(g.Supply, 0), sumCell(g.Gap, 1), sumCell(g.Planned, 0),
			sumCell(g.Unallocated, -1), sumCell(g.Allocated, 0),
		}
		if b := g.Baseline; b != nil {
			list = append(list, changeCell(g.Demand, b.Demand, 0), changeCell(g.Supply, b.Supply, 0), changeCell(g.Gap, b.Gap, 1))
		}
		return list
	}
	for _, x := range a.rows(a.Groups) {
		t.Rows = append(t.Rows, report.Row{Kind: x.Kind, Cells: slices.Concat(x.Cells(), cells(x.group))})
	}
	some := a.Total.Demand.Known || a.Total.Supply.Known
	if n := len(t.Rows); n > 1 || n == 0 && (len(a.By) == 0 || a.Groups == nil && some) {
		t.Rows = append(t.Rows, a.total(cells(a.Total)))
	}
	return t
}

// mostColumns is how many periods people read beside each other.
const mostColumns = 12

// gaps are the gaps of each bucket by group, nil where that is nothing new. They are rounded to a digit, and where there are thousands to none, so that
// twelve of them stand side by side.
func (a *Analysis) gaps() *report.Table {
	n := len(a.Buckets)
	if n < 2 || !a.Total.Gap.Known {
		return nil
	}
	digits := 1
	for _, g := range append([]Group{a.Total}, a.Groups...) {
		for _, v := range g.Gap.Values {
			if r := v.Rat(); r.Abs(r).Cmp(big.NewRat(1000, 1)) >= 0 {
				digits = 0
			}
		}
	}
	t := &report.Table{Columns: a.nameColumns()}
	for i, b := range a.Buckets {
		far := 1 + i
		if b.Last() <= a.AsOf {
			far = 1 + 2*n - i // what is over is the first that may go, the oldest before the others
		}
		t.Columns = append(t.Columns, report.Column{Header: a.headed(b), Key: b.Name, Align: report.Right, Priority: far})
	}
	cells := func(g Group) []report.Cell {
		return mapped(g.Gap.Values, func(v FTEMonths) report.Cell { return spelled(v, rounded(v, digits), 1) })
	}
	groups := slices.DeleteFunc(slices.Clone(a.Groups), func(g Group) bool { return g.Gap.zero() })
	for _, x := range a.rows(groups) {
		t.Rows = append(t.Rows, report.Row{Kind: x.Kind, Cells: slices.Concat(x.Cells(), cells(x.group))})
	}
	switch n := len(t.Rows); {
	case n == 0 && len(a.By) > 0 && a.Total.Gap.zero():
		return nil
	case n != 1:
		t.Rows = append(t.Rows, a.total(cells(a.Total)))
	}
	return t
}

// rounded spells work with so many digits after the point, without trailing zeros.
func rounded(f FTEMonths, digits int) string {
	text := f.Rat().FloatString(digits)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

func dayCell(d cal.Date) report.Cell { return report.Say(d.String()) }
