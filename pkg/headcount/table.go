package headcount

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

// figureColumns are those of a period, or of a group.
func (a *Analysis) figureColumns() []report.Column {
	columns := []report.Column{
		right("Opening", "opening", 2), right("Hires", "hires", 1), right("In", "transfers_in", 4), right("Leavers", "leavers", 1),
		right("Out", "transfers_out", 4), right("Closing", "closing", 0), right("FTE-months", "fte", 5),
	}
	if a.known.plan {
		columns = append(columns, right("Plan", "plan", 0), right("Forecast", "forecast", 0), right("Attrition", "attrition", 6))
	}
	if a.priced() {
		columns = append(columns, right("Cost", "cost", 3))
		if a.known.plan {
			columns = append(columns, right("Plan cost", "plan_cost", 2), right("Forecast cost", "forecast_cost", 2))
		}
	}
	return columns
}

// figureCells are the cells of figureColumns. A forecast below the plan is short.
func (a *Analysis) figureCells(r *Rows, i int) []report.Cell {
	cells := []report.Cell{
		number(r.Opening[i]), number(r.Hires[i]), number(r.TransfersIn[i]), number(r.Leavers[i]), number(r.TransfersOut[i]), number(r.Closing[i]),
		decimal(r.FTE[i]),
	}
	if a.known.plan {
		forecast := decimal(r.Forecast[i])
		if r.Forecast[i] != nil && r.Plan[i] != nil && r.Forecast[i].Rat().Cmp(whole(*r.Plan[i])) < 0 {
			forecast.Tone = report.Warn
		}
		cells = append(cells, number(r.Plan[i]), forecast, decimal(r.Attrition[i]))
	}
	if a.priced() {
		cells = append(cells, amount(r.Cost[i]))
		if a.known.plan {
			forecast := amount(r.ForecastCost[i])
			if less(r.ForecastCost[i], r.PlanCost[i]) != nil && r.ForecastCost[i].Minor > r.PlanCost[i].Minor {
				forecast.Tone = report.Bad
			}
			cells = append(cells, amount(r.PlanCost[i]), forecast)
		}
	}
	return cells
}

// periods is the total, a row a period.
func (a *Analysis) periods() *report.Table {
	t := &report.Table{Columns: append([]report.Column{{Header: "Period", Key: "period", Whole: true}}, a.figureColumns()...)}
	for i, b := range a.Buckets {
		name := report.Say(b.Name)
		if b.From > a.AsOf {
			name.Tone = report.Dim
		}
		t.Append(append([]report.Cell{name}, a.figureCells(a.Total, i)...)...)
	}
	return t
}

// keyColumns name a group.
func (a *Analysis) keyColumns() []report.Column {
	columns := make([]report.Column, len(a.By))
	for i, d := range a.By {
		columns[i] = report.Column{Header: d.Title(), Key: strings.ReplaceAll(d.String(), "-", "_")}
	}
	if len(columns) == 0 {
		columns = []report.Column{{Header: "Of", Key: "of"}}
	}
	return columns
}

// byGroup is a row a group, over all years, with subtotals.
func (a *Analysis) byGroup() *report.Table {
	t := &report.Table{Columns: append(a.keyColumns(), a.figureColumns()...)}
	for _, g := range a.outline() {
		rows := a.rows(g.cell, []cal.Bucket{a.tally.all()})
		t.Rows = append(t.Rows, report.Row{Kind: g.kind, Cells: append(g.cells, a.figureCells(rows, 0)...)})
	}
	return t
}

// entry is a group, or a sum of some, as tables show it.
type entry struct {
	kind  report.RowKind
	cells []report.Cell // of the key
	cell  *cell
}

// outline lists the groups with their subtotals and the total.
func (a *Analysis) outline() []entry {
	keys := make([]group.Key, len(a.Groups))
	cells := map[group.Key]*cell{}
	for i, g := range a.Groups {
		keys[i], cells[g.Key] = g.Key, g.cell
	}
	var list []entry
	for _, e := range group.Outline(a.tally.Snapshot, a.By, a.Subtree, keys) {
		sum := cells[e.Keys[0]]
		if len(e.Keys) > 1 {
			sum = a.tally.cell()
			for _, key := range e.Keys {
				sum.add(cells[key])
			}
		}
		list = append(list, entry{e.Kind, e.Cells(), sum})
	}
	total := []report.Cell{{Text: "Total"}}
	for range len(a.By) - 1 {
		total = append(total, report.Cell{})
	}
	return append(list, entry{report.Total, total, a.all})
}

// number is a count.
func number(n *int) report.Cell {
	if n == nil {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: report.Grouped(fmt.Sprint(*n)), Value: *n}
}

// change is a difference with its sign.
func change(n *int) report.Cell {
	c := number(n)
	if n != nil && *n > 0 {
		c.Text = "+" + c.Text
	}
	return c
}

func decimal[T fmt.Stringer](d *T) report.Cell {
	if d == nil {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	c := report.Cell{Text: report.Grouped((*d).String()), Value: *d}
	if strings.HasPrefix(c.Text, "-") {
		c.Tone = report.Bad
	}
	return c
}

func percent(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return report.Cell{}
	}
	return report.Cell{Text: r.Percent(), Value: r}
}

func amount(m *money.Amount) report.Cell {
	if m == nil {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	c := report.Cell{Text: m.Grouped(), Value: *m}
	if m.Minor < 0 {
		c.Tone = report.Bad
	}
	return c
}

// changed is a difference of money with its sign; more is worse.
func changed(m *money.Amount) report.Cell {
	c := amount(m)
	c.Tone = report.None
	switch {
	case m == nil:
		c.Tone = report.Dim
	case m.Minor > 0:
		c.Text, c.Tone = "+"+c.Text, report.Bad
	case m.Minor < 0:
		c.Tone = report.Good
	}
	return c
}
