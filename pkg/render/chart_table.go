package render

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// chartTable is the points of a chart for people: a row for each X, a column for
// each series, a dash where it has a gap. Where a series has several points at an X,
// so has the table rows.
func chartTable(c *report.Chart, p *plot) *report.Table {
	// A row is the n-th point of each series at an X.
	type row struct {
		x report.Value
		n int
	}
	order := func(a, b row) int {
		x, _, _ := coordinate(a.x)
		y, _, _ := coordinate(b.x)
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.n, b.n))
	}
	var rows []row
	series := make([][]row, len(c.Series))
	sorted := make([][]report.Point, len(c.Series))
	for i, s := range c.Series {
		sorted[i] = sortedPoints(s.Points)
		for k, point := range sorted[i] {
			r := row{x: point.X}
			if k > 0 && order(series[i][k-1], row{point.X, series[i][k-1].n}) == 0 {
				r.n = series[i][k-1].n + 1
			}
			series[i] = append(series[i], r)
		}
		rows = append(rows, series[i]...)
	}
	slices.SortFunc(rows, order)
	rows = slices.CompactFunc(rows, func(a, b row) bool { return order(a, b) == 0 })

	align := report.Left
	if p.y.kind.noun != days {
		align = report.Right
	}
	t := &report.Table{Columns: []report.Column{{Header: cmp.Or(p.x.name(), "x")}}}
	for i := range c.Series {
		t.Columns = append(t.Columns, report.Column{Header: seriesName(c, i), Align: align})
	}
	for _, r := range rows {
		t.Append(append([]report.Cell{{Text: valueText(r.x, c.X)}}, make([]report.Cell, len(c.Series))...)...)
	}
	for i := range c.Series {
		for k, point := range sorted[i] {
			text := "—"
			if _, _, known := coordinate(point.Y); known {
				text = valueText(point.Y, c.Y)
			}
			at, _ := slices.BinarySearchFunc(rows, series[i][k], order)
			t.Rows[at].Cells[i+1].Text = text
		}
	}
	return t
}

// chartColumns are the points of a chart for machines, a row each, a series after
// the other. A gap is a row without a Y.
func chartColumns(c *report.Chart) []csvColumn {
	columns := []csvColumn{{key: "series"}, {key: cmp.Or(c.X.Key, c.X.Label, "x")}, {key: cmp.Or(c.Y.Key, c.Y.Label, "y")}}
	for i, s := range c.Series {
		key := cmp.Or(s.Key, s.Name, seriesName(c, i))
		for _, point := range sortedPoints(s.Points) {
			for k, value := range []any{key, machineValue(point.X), machineValue(point.Y)} {
				columns[k].values = append(columns[k].values, value)
			}
		}
	}
	return columns
}

// machineValue is a coordinate as it marshals; nil is unknown.
func machineValue(v report.Value) any {
	if _, _, known := coordinate(v); !known {
		return nil
	}
	switch v := v.(type) {
	case report.Day:
		return cal.Date(v)
	case report.Amount:
		return money.Amount(v)
	case report.Number:
		return float64(v)
	}
	return nil
}
