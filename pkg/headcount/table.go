package headcount

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
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

// outline lists the groups with their subtotals and the total. Where teams come
// first they are the tree of teams, each below its parent.
func (a *Analysis) outline() []entry {
	var list []entry
	switch {
	case len(a.By) == 0:
	case a.By[0] == staffing.ByTeam:
		list = a.tree("", a.Groups, 0)
	default:
		list = a.sections(a.Groups, 0)
	}
	total := []report.Cell{{Text: "Total"}}
	for range len(a.By) - 1 {
		total = append(total, report.Cell{})
	}
	return append(list, entry{report.Total, total, a.all})
}

// sections lists groups that are in the order of their keys, with a subtotal for each
// value of the first dimension under which there are several.
func (a *Analysis) sections(groups []Group, depth int) []entry {
	var list []entry
	for len(groups) > 0 {
		n := 1
		for n < len(groups) && groups[n].Key[0] == groups[0].Key[0] {
			n++
		}
		list = append(list, a.section(groups[:n], depth)...)
		groups = groups[n:]
	}
	return list
}

// section lists the groups of one value of the first dimension.
func (a *Analysis) section(groups []Group, depth int) []entry {
	var list []entry
	if len(groups) > 1 {
		list = append(list, a.subtotal(groups[0].Key[0], groups, depth))
		depth++
	}
	for _, g := range groups {
		cells := []report.Cell{a.label(g.Key[0], depth)}
		for i := range a.By[1:] {
			cells = append(cells, named(g.Key[i+1]))
		}
		list = append(list, entry{report.Plain, cells, g.cell})
	}
	return list
}

func (a *Analysis) subtotal(name string, groups []Group, depth int) entry {
	sum := a.tally.cell()
	for _, g := range groups {
		sum.add(g.cell)
	}
	cells := []report.Cell{a.label(name, depth)}
	for range a.By[1:] {
		cells = append(cells, report.Cell{Text: "all"})
	}
	return entry{report.Subtotal, cells, sum}
}

func (a *Analysis) label(name string, depth int) report.Cell {
	c := named(name)
	c.Text = strings.Repeat("  ", depth) + c.Text
	return c
}

func named(name string) report.Cell {
	if name == "" {
		return report.Cell{Text: "(none)"}
	}
	return report.Say(name)
}

// tree lists the groups of the teams right below a team, each followed by those below
// it. A team with teams below it has a subtotal of all, and then itself; where groups
// are of whole subtrees, they are their own subtotals.
func (a *Analysis) tree(parent string, groups []Group, depth int) []entry {
	var children []string
	below := map[string][]Group{}
	for _, g := range groups {
		line := lineage(a.tally.Snapshot, g.Key[0])
		at := slices.Index(line, parent) + 1
		child := ""
		if at < len(line) {
			child = line[at]
		}
		if !slices.Contains(children, child) {
			children = append(children, child)
		}
		below[child] = append(below[child], g)
	}
	slices.SortFunc(children, func(x, y string) int { return staffing.Key{x}.Compare(staffing.Key{y}) })
	var list []entry
	for _, child := range children {
		var own, deeper []Group
		for _, g := range below[child] {
			if g.Key[0] == child {
				own = append(own, g)
			} else {
				deeper = append(deeper, g)
			}
		}
		if len(deeper) == 0 || a.Subtree {
			list = append(list, a.section(own, depth)...)
		} else {
			list = append(list, a.subtotal(child, below[child], depth))
			for _, e := range a.section(own, depth+1) {
				if e.kind == report.Plain {
					e.cells[0].Text = strings.Repeat("  ", depth+1) + "(" + child + " itself)"
				}
				list = append(list, e)
			}
		}
		if len(deeper) > 0 {
			list = append(list, a.tree(child, deeper, depth+1)...)
		}
	}
	return list
}

// number is a count, blank for people where it is 0.
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

func ratio(r *Ratio) report.Cell {
	if r == nil {
		return report.Cell{}
	}
	return report.Cell{Text: r.Percent(), Value: *r}
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
