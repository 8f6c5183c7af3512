package evm

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// entry is a row of the table.
type entry struct {
	kind report.RowKind
	name report.Cell
	*Result
}

// entries are the programs or themes, the worst first and those last of which nothing is
// known to be bad; then the total, and that of what is measured where that is another.
func (a *Analysis) entries() []entry {
	rows := slices.Clone(a.Programs)
	if a.By == group.ByTheme {
		rows = slices.Clone(a.Themes)
	}
	slices.SortStableFunc(rows, func(x, y *Result) int {
		one, other := x.Worst(), y.Worst()
		if one.Known() != other.Known() {
			return other.Cmp(one)
		}
		return cmp.Or(one.Cmp(other), compare(x.VAC, y.VAC))
	})
	var list []entry
	for _, r := range rows {
		name := themeCell(r.Theme)
		if r.Program != nil {
			name = report.Say(r.Program.Meta.Name)
		}
		list = append(list, entry{report.Plain, name, r})
	}
	if len(list) > 1 {
		list = append(list, entry{report.Total, report.Cell{Text: "Total"}, a.Total})
		if m := a.Measured; m != nil && m != a.Total {
			list = append(list, entry{report.Total, report.Cell{Text: "Measured: " + count(len(m.Members), "program")}, m})
		}
	}
	return list
}

// compare puts what is not known last.
func compare(x, y *money.Amount) int {
	switch {
	case x != nil && y != nil:
		return cmp.Compare(x.Minor, y.Minor)
	case x != nil:
		return -1
	case y != nil:
		return 1
	}
	return 0
}

func themeCell(id string) report.Cell {
	if id == "" {
		return report.Cell{Text: "(none)"}
	}
	return report.Say(id)
}

// column is a figure of the table.
type column struct {
	report.Column
	cell func(*Result) report.Cell
}

// table has the figures that matter most, a row for each program or theme.
func (a *Analysis) table() *report.Table {
	entries := a.entries()
	first := report.Column{Header: "Program", Key: "program", Prose: true}
	if a.By == group.ByTheme {
		first.Header, first.Key = "Theme", "theme"
	}
	var columns []column
	add := func(header, key string, priority int, cell func(*Result) report.Cell) {
		columns = append(columns, column{report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}, cell})
	}
	add("BAC", "bac", 0, func(r *Result) report.Cell { return amount(r.BAC.Known()) })
	if slices.ContainsFunc(entries, func(e entry) bool { return said(e.BAC.Known()) != said(e.Current.Known()) }) {
		add("Budget today", "current_budget", 1, budgetToday)
	}
	add("EAC", "eac", 0, estimate)
	add("VAC", "vac", 0, func(r *Result) report.Cell { return variance(r.VAC) })
	add("CPI", "cpi", 0, func(r *Result) report.Cell { return index(r.CPI, r.Idle()) })
	add("SPI", "spi", 0, func(r *Result) report.Cell { return index(r.SPI, false) })
	add("SPI(t)", "spi_t", 0, paceCell)
	add("AC", "ac", 2, func(r *Result) report.Cell { return amount(r.AC.Known()) })
	add("EV", "ev", 3, func(r *Result) report.Cell { return amount(r.EV.Known()) })
	add("PV", "pv", 4, func(r *Result) report.Cell { return amount(r.PV.Known()) })
	add("Forecast", "forecast", 5, func(r *Result) report.Cell { return amount(r.Forecast.Known()) })
	if a.By == group.ByProgram && a.themed() {
		columns = append(columns, column{report.Column{Header: "Theme", Key: "theme", Priority: 6}, func(r *Result) report.Cell {
			if r.Program == nil {
				return report.Cell{}
			}
			return themeCell(r.Theme)
		}})
	}
	t := &report.Table{Columns: []report.Column{first}}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	for _, e := range entries {
		row := report.Row{Kind: e.kind, Cells: []report.Cell{e.name}}
		for _, c := range columns {
			row.Cells = append(row.Cells, c.cell(e.Result))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// themed reports whether some program has a theme.
func (a *Analysis) themed() bool {
	return slices.ContainsFunc(a.Themes, func(r *Result) bool { return r.Theme != "" })
}

func budgetToday(r *Result) report.Cell {
	c := amount(r.Current.Known())
	if added := r.Added(); added != nil && added.Minor > 0 {
		c.Tone = report.Warn
	}
	return c
}

func estimate(r *Result) report.Cell {
	c := amount(r.EAC)
	if r.VAC != nil && r.VAC.Minor < 0 {
		c.Tone = report.Bad
	}
	return c
}

// paceCell is SPI(t), which means nothing once all is done: months go on elapsing.
func paceCell(r *Result) report.Cell {
	if r.Done() {
		return done(ratio.Of(r.SPIT()))
	}
	return index(ratio.Of(r.SPIT()), false)
}

func done(r ratio.Ratio) report.Cell { return report.Cell{Text: "done", Value: r} }

func unknown() report.Cell { return report.Cell{Text: "n/a", Tone: report.Dim} }

func amount(m *money.Amount) report.Cell {
	if m == nil {
		return unknown()
	}
	return report.Cell{Text: m.Grouped(), Value: *m}
}

// said is an amount for people.
func said(m *money.Amount) string { return amount(m).Text }

// variance is a difference with its sign; below 0 is bad.
func variance(m *money.Amount) report.Cell {
	c := amount(m)
	switch {
	case m == nil:
	case m.Minor > 0:
		c.Text, c.Tone = "+"+c.Text, report.Good
	case m.Minor < 0:
		c.Tone = report.Bad
	}
	return c
}

// plain is a ratio as people read it, with 3 digits.
func plain(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return unknown()
	}
	return report.Cell{Text: report.Grouped(r.Digits(3)), Value: r}
}

// index is one of which less than 1 is worse than planned, unless nothing was to be yet.
func index(r ratio.Ratio, idle bool) report.Cell {
	c := plain(r)
	switch {
	case idle:
	case r.Below(ratio.New(9, 10)):
		c.Tone = report.Bad
	case r.Below(ratio.New(1, 1)):
		c.Tone = report.Warn
	}
	return c
}

// months is a number of months with 2 digits.
func months(x *big.Rat) report.Cell {
	if x == nil {
		return unknown()
	}
	r := ratio.Of(x)
	return report.Cell{Text: report.Grouped(r.Digits(2)), Value: r}
}
