package evm

import (
	"math/big"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// entry is a row of the tables.
type entry struct {
	kind report.RowKind
	key  []report.Cell // of keyColumns
	*Result
}

// themed reports whether some program has a theme.
func (a *Analysis) themed() bool {
	return len(a.Themes) > 1 || len(a.Themes) == 1 && a.Themes[0].Theme != ""
}

func (a *Analysis) keyColumns() []report.Column {
	theme, program := report.Column{Header: "Theme", Key: "theme"}, report.Column{Header: "Program", Key: "program"}
	switch {
	case a.By == group.ByTheme:
		return []report.Column{theme}
	case a.themed():
		theme.Priority = 3
		return []report.Column{theme, program}
	}
	return []report.Column{program}
}

// entries are the programs, those of a theme together, with a subtotal where there are
// several, or the themes; and the total, and that of what is measured where that is
// another.
func (a *Analysis) entries() []entry {
	var list []entry
	add := func(kind report.RowKind, r *Result, key ...report.Cell) {
		if !a.themed() && a.By == group.ByProgram {
			key = key[1:]
		}
		list = append(list, entry{kind, key, r})
	}
	for _, t := range a.Themes {
		theme := report.Say(t.Theme)
		if t.Theme == "" {
			theme.Text = "(none)"
		}
		if a.By == group.ByTheme {
			add(report.Plain, t, theme)
			continue
		}
		if len(a.Themes) > 1 && len(t.Members) > 1 {
			add(report.Subtotal, t, theme, report.Cell{Text: "all of " + theme.Text})
		}
		for _, r := range t.Members {
			add(report.Plain, r, theme, report.Say(r.Program.Meta.Name))
		}
	}
	sum := func(r *Result, name string) {
		key := make([]report.Cell, len(a.keyColumns()))
		key[len(key)-1].Text = name
		list = append(list, entry{report.Total, key, r})
	}
	if len(list) > 1 {
		sum(a.Total, "Total")
		if m := a.Measured; m != nil && m != a.Total {
			sum(m, "Measured: "+count(len(m.Members), "program"))
		}
	}
	return list
}

// table has a column for each figure.
func (a *Analysis) table(columns ...column) *report.Table {
	t := &report.Table{Columns: a.keyColumns()}
	for _, c := range columns {
		t.Columns = append(t.Columns, report.Column{Header: c.header, Key: c.key, Align: report.Right, Priority: c.priority})
	}
	for _, e := range a.entries() {
		row := report.Row{Kind: e.kind, Cells: e.key}
		for _, c := range columns {
			row.Cells = append(row.Cells, c.cell(e.Result))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

type column struct {
	header, key string
	priority    int
	cell        func(*Result) report.Cell
}

func (a *Analysis) valueTable() *report.Table {
	return a.table(
		column{"BAC", "bac", 0, func(r *Result) report.Cell { return amount(r.BAC.Known()) }},
		column{"Budget today", "current_budget", 1, func(r *Result) report.Cell {
			c := amount(r.Current.Known())
			if added := r.Added(); added != nil && added.Minor > 0 {
				c.Tone = report.Warn
			}
			return c
		}},
		column{"PV", "pv", 3, func(r *Result) report.Cell { return amount(r.PV.Known()) }},
		column{"EV", "ev", 3, func(r *Result) report.Cell { return amount(r.EV.Known()) }},
		column{"AC", "ac", 3, func(r *Result) report.Cell { return amount(r.AC.Known()) }},
		column{"SV", "sv", 4, func(r *Result) report.Cell { return variance(r.SV) }},
		column{"CV", "cv", 4, func(r *Result) report.Cell { return variance(r.CV) }},
		column{"SPI", "spi", 0, func(r *Result) report.Cell { return index(r.SPI) }},
		column{"CPI", "cpi", 0, func(r *Result) report.Cell { return index(r.CPI) }},
		column{"EAC", "eac", 0, func(r *Result) report.Cell {
			c := amount(r.EAC)
			if r.VAC != nil && r.VAC.Minor < 0 {
				c.Tone = report.Bad
			}
			return c
		}},
		column{"VAC", "vac", 2, func(r *Result) report.Cell { return variance(r.VAC) }},
		column{"ETC", "etc", 5, func(r *Result) report.Cell { return amount(r.ETC) }},
	)
}

func (a *Analysis) scheduleTable() *report.Table {
	return a.table(
		column{"Planned", "planned_share", 1, func(r *Result) report.Cell { return share(r.Planned) }},
		column{"Earned", "earned_share", 1, func(r *Result) report.Cell { return share(r.Earned) }},
		column{"Elapsed (AT)", "at", 2, func(r *Result) report.Cell { return months(r.AT) }},
		column{"Earned (ES)", "es", 2, func(r *Result) report.Cell { return months(r.ES) }},
		column{"SV(t)", "sv_t", 2, func(r *Result) report.Cell {
			c := months(r.SVT())
			if x := r.SVT(); x != nil && x.Sign() < 0 && !r.Done() {
				c.Tone = report.Warn
			}
			return c
		}},
		column{"SPI(t)", "spi_t", 0, func(r *Result) report.Cell {
			c := index(ratio.Of(r.SPIT()))
			if r.Done() {
				c.Tone = report.None
			}
			return c
		}},
		column{"Planned duration", "planned_duration", 1, func(r *Result) report.Cell { return months(r.PD) }},
		column{"At this pace", "ieac_t", 1, func(r *Result) report.Cell {
			if r.Done() {
				return report.Cell{Text: "done", Value: ratio.Of(r.IEACT())}
			}
			return months(r.IEACT())
		}},
	)
}

func (a *Analysis) estimateTable() *report.Table {
	return a.table(
		column{"BAC", "bac", 0, func(r *Result) report.Cell { return amount(r.BAC.Known()) }},
		column{"EAC by CPI", "eac", 0, func(r *Result) report.Cell { return amount(r.EAC) }},
		column{"rest as planned", "eac_typical", 1, func(r *Result) report.Cell { return amount(r.EACTypical) }},
		column{"by CPI × SPI", "eac_cpi_spi", 1, func(r *Result) report.Cell { return amount(r.EACBoth) }},
		column{"Forecast", "forecast", 0, func(r *Result) report.Cell { return amount(r.Forecast.Known()) }},
		column{"TCPI", "tcpi", 2, func(r *Result) report.Cell { return plain(r.TCPI) }},
		column{"TCPI to EAC", "tcpi_eac", 3, func(r *Result) report.Cell { return plain(r.TCPIEAC) }},
	)
}

func unknown() report.Cell { return report.Cell{Text: "n/a", Tone: report.Dim} }

func amount(m *money.Amount) report.Cell {
	if m == nil {
		return unknown()
	}
	return report.Cell{Text: m.Grouped(), Value: *m}
}

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

// index is one of which less than 1 is worse than planned.
func index(r ratio.Ratio) report.Cell {
	c := plain(r)
	switch {
	case r.Below(ratio.New(9, 10)):
		c.Tone = report.Bad
	case r.Below(ratio.New(1, 1)):
		c.Tone = report.Warn
	}
	return c
}

func share(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return unknown()
	}
	return report.Cell{Text: r.Percent(), Value: r}
}

func months(x *big.Rat) report.Cell {
	if x == nil {
		return unknown()
	}
	r := ratio.Of(x)
	return report.Cell{Text: report.Grouped(r.Digits(2)), Value: r}
}
