package status

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

func unknownCell() report.Cell { return report.Cell{Text: "n/a", Tone: report.Dim} }

// tone is how health strikes the reader, who can read the word too.
func tone(h portfolio.HealthStatus) report.Tone {
	return map[portfolio.HealthStatus]report.Tone{
		portfolio.Green: report.Good, portfolio.Yellow: report.Warn, portfolio.Red: report.Bad,
	}[h]
}

func (a *Analysis) attentionTable(list []Item) *report.Table {
	t := &report.Table{Name: "attention", Columns: []report.Column{
		right("", "rank", 0),
		{Header: "What", Key: "what"},
		{Header: "Who", Key: "who", Whole: true},
		{Header: "By", Key: "by", Whole: true},
		{Header: "To do", Key: "do", Priority: 3, Whole: true},
	}}
	for i, x := range list {
		what := report.Cell{Text: x.What, Value: x.What, Tone: [...]report.Tone{report.None, report.Warn, report.Bad}[x.Severity]}
		by := report.Cell{}
		switch {
		case x.By.IsZero():
		case x.By <= a.AsOf:
			by = report.Cell{Text: "now", Value: x.By}
		default:
			by = report.Cell{Text: x.By.String(), Value: x.By}
		}
		who := report.Say(x.Who)
		if x.Who == "" {
			who = report.Cell{Text: "nobody", Tone: report.Bad}
		}
		t.Append(report.Cell{Text: fmt.Sprint(i + 1), Value: i + 1}, what, who, by, report.Say(x.Do))
	}
	return t
}

// programTable is a row a program; those that are over are minor, but where all is shown.
func (a *Analysis) programTable(v View) *report.Table {
	t := &report.Table{Name: "programs", Empty: "none under way: --all shows those that are over", Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Health", Key: "health", Whole: true},
		{Header: "Stated", Key: "stated", Whole: true, Priority: 1},
		{Header: "Owner", Key: "owner", Priority: 4, Whole: true},
		{Header: "Next", Key: "next", Priority: 3, Whole: true},
		{Header: "Due", Key: "next_due", Whole: true},
		right("In", "next_days", 0), right("Late", "overdue", 0), right("Slip", "slip_days", 0), right("Spend", "spend_percent", 0),
		right("FTE", "fte", 2), right("Risks", "risks", 2),
	}}
	for _, p := range a.Programs {
		row := report.Row{Cells: a.programCells(p)}
		if p.Status.Over() && !v.All {
			t.Minor = append(t.Minor, row)
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	blank(t)
	return t
}

// blank takes out the columns in which no row has a text.
func blank(t *report.Table) {
	for i := len(t.Columns) - 1; i > 0; i-- {
		if slices.ContainsFunc(t.Rows, func(r report.Row) bool { return r.Cells[i].Text != "" }) {
			continue
		}
		t.Columns = slices.Delete(t.Columns, i, i+1)
		for _, rows := range [][]report.Row{t.Rows, t.Minor} {
			for k := range rows {
				rows[k].Cells = slices.Delete(rows[k].Cells, i, i+1)
			}
		}
	}
}

func (a *Analysis) programCells(p *Program) []report.Cell {
	next, due, in := report.Cell{}, report.Cell{}, report.Cell{}
	if r := p.Next; r != nil {
		days := r.Due.Sub(a.AsOf)
		next, due, in = report.Say(r.ID.Milestone), report.Cell{Text: r.Due.String(), Value: r.Due}, report.Cell{Text: fmt.Sprintf("%dd", days), Value: days}
		if days < 0 {
			in.Tone = report.Bad
		} else if days <= a.Horizon {
			in.Tone = report.Warn
		}
	}
	overdue := report.Cell{Value: len(p.Overdue)}
	if n := len(p.Overdue); n > 0 {
		overdue.Text, overdue.Tone = fmt.Sprint(n), report.Bad
	}
	return []report.Cell{
		report.Say(p.Meta.Name), healthCell(p), statedCell(p), report.Say(p.Owner), next, due, in, overdue,
		a.slipCell(p), a.spendCell(p), fteCell(p), riskCell(p),
	}
}

// healthCell is the health in a word; of what is not judged, the status.
func healthCell(p *Program) report.Cell {
	if p.Computed == "" {
		return report.Cell{Text: string(p.Status), Tone: report.Dim}
	}
	c := report.Cell{Text: string(p.Computed), Value: string(p.Computed), Tone: tone(p.Computed)}
	if p.Unknown != nil && p.Computed != portfolio.Red {
		c.Text += "?"
	}
	return c
}

func statedCell(p *Program) report.Cell {
	h := p.Program.Health
	if h == nil || h.Status == "" {
		return report.Cell{}
	}
	c := report.Cell{Text: string(h.Status), Value: string(h.Status), Tone: report.Dim}
	if p.Contradicted {
		c.Text, c.Tone = "≠ "+c.Text, report.Warn
		if worse(h.Status) < worse(p.Computed) {
			c.Tone = report.Bad
		}
	}
	return c
}

// slipCell is the largest finish variance of what is open.
func (a *Analysis) slipCell(p *Program) report.Cell {
	days, known := p.slip()
	switch {
	case !known && p.Status.Over():
		return report.Cell{}
	case !known:
		return unknownCell()
	case days == 0:
		return report.Cell{Value: 0}
	}
	c := report.Cell{Text: fmt.Sprintf("%+dd", days), Value: days}
	switch tolerance := cal.Days(*a.Snapshot.Config.Policy.SlipTolerance); {
	case days > tolerance:
		c.Tone = report.Bad
	case days > 0:
		c.Tone = report.Warn
	}
	return c
}

// slip is by how many days the latest of what is open finishes after its baseline.
func (p *Program) slip() (days cal.Days, known bool) {
	if p.Latest == nil {
		return 0, false
	}
	days, _, known = p.Latest.Variance()
	return days, known
}

// spendCell is how far what was spent is above the plan.
func (a *Analysis) spendCell(p *Program) report.Cell {
	e := p.spent()
	switch {
	case p.Year == nil:
		return report.Cell{}
	case e.VariancePercent == nil && e.Variance != nil:
		return report.Cell{}
	case e.VariancePercent == nil:
		return unknownCell()
	}
	c := report.Cell{Text: e.VariancePercent.String(), Value: e.VariancePercent.Number()}
	if !budget.Within(*e.Variance, *e.Plan, *a.Snapshot.Config.Policy.BudgetTolerance) {
		c.Tone = report.Warn
	}
	return c
}

func fteCell(p *Program) report.Cell {
	if p.FTE == nil {
		return unknownCell()
	}
	f := portfolio.MilliFTE(*p.FTE)
	if f == 0 {
		return report.Cell{Value: f}
	}
	return report.Cell{Text: f.String(), Value: f}
}

func riskCell(p *Program) report.Cell {
	n := len(p.Risks)
	switch {
	case n == 0:
		return report.Cell{Value: 0}
	case len(p.Late) > 0:
		return report.Cell{Text: fmt.Sprintf("%d!", n), Value: n, Tone: report.Warn}
	}
	return report.Cell{Text: fmt.Sprint(n), Value: n}
}

// reasonTable says of each program why it is not green.
func (a *Analysis) reasonTable() *report.Table {
	t := &report.Table{Name: "reasons", Columns: []report.Column{{Key: "program"}, {Key: "health", Whole: true}, {Key: "reasons", Prose: true}}}
	for _, p := range a.Programs {
		var texts []string
		for _, r := range p.Reasons {
			texts = append(texts, r.Text)
		}
		if texts != nil {
			t.Append(report.Say(p.Meta.Name), healthCell(p), report.Cell{Text: strings.Join(texts, "; "), Value: texts})
		}
	}
	return t
}

func (a *Analysis) nextTable() *report.Table {
	t := &report.Table{Name: "milestones", Columns: []report.Column{
		{Header: "Milestone", Key: "milestone"},
		{Header: "Due", Key: "due", Whole: true},
		right("In", "days", 0),
		{Header: "Forecast", Key: "forecast", Whole: true, Priority: 1},
		{Header: "Status", Key: "status", Whole: true, Priority: 3},
		{Header: "Owner", Key: "owner", Priority: 2},
	}}
	for _, r := range a.Next {
		forecast := report.Cell{}
		if !r.Forecast.IsZero() {
			forecast = report.Cell{Text: r.Forecast.String(), Value: r.Forecast}
			if r.Forecast > r.Due {
				forecast.Tone = report.Bad
			}
		}
		days := r.Due.Sub(a.AsOf)
		in := report.Cell{Text: fmt.Sprintf("%dd", days), Value: days}
		if days == 0 {
			in.Text, in.Tone = "today", report.Warn
		}
		t.Append(report.Say(r.ID.String()), report.Cell{Text: r.Due.String(), Value: r.Due}, in, forecast, report.Say(r.Status), report.Say(cmp.Or(r.Owner, r.Team)))
	}
	return t
}
