package impact

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// figures are money, demand and heads.
func (c *Change) figures(r *report.Report) {
	moneyTable(r, "Budget", c.Budget)
	spendTable(r, c.Spend)
	if len(c.FTE) > 0 {
		t := figureTable("Month", "month")
		for _, f := range c.FTE {
			more := f.Delta.Rat().Sign() > 0
			delta := report.Cell{Text: f.Delta.String(), Value: f.Delta, Tone: over(more)}
			if more {
				delta.Text = "+" + delta.Text
			}
			t.Append(report.Say(f.Month.String()), report.Cell{Text: f.Before.String(), Value: f.Before}, report.Cell{Text: f.After.String(), Value: f.After}, delta)
		}
		r.Add(report.Heading("Demand for people, in FTE-months"), t)
	}
	if len(c.Headcount) > 0 {
		t := figureTable("Team", "team")
		for _, h := range c.Headcount {
			team := report.Cell{Text: "(no team)"}
			if h.Team != nil {
				team = report.Say(*h.Team)
			}
			if h.Delta == nil {
				t.Append(append([]report.Cell{team}, notKnown(h.Unknown)...)...)
				continue
			}
			t.Append(team, report.Cell{Text: fmt.Sprint(*h.Before), Value: *h.Before}, report.Cell{Text: fmt.Sprint(*h.After), Value: *h.After},
				report.Cell{Text: fmt.Sprintf("%+d", *h.Delta), Value: *h.Delta, Tone: over(*h.Delta > 0)})
		}
		r.Add(report.Heading("Headcount planned at the end of the fiscal year"), t)
	}
	moneyTable(r, "Cost of the headcount plan", c.PlanCost)
}

// moneyTable is a plan by fiscal year.
func moneyTable(r *report.Report, heading string, changes []BudgetChange) {
	if len(changes) == 0 {
		return
	}
	t := figureTable("Fiscal year", "fiscal_year")
	in := ""
	for _, b := range changes {
		cells := []report.Cell{report.Say(b.FiscalYear.String())}
		if b.Delta == nil {
			t.Append(append(cells, notKnown(b.Unknown)...)...)
			continue
		}
		in = ", in " + string(b.Delta.Currency)
		delta := report.Cell{Text: b.Delta.Grouped(), Value: b.Delta, Tone: over(b.Delta.Minor > 0)}
		if b.Delta.Minor > 0 {
			delta.Text = "+" + delta.Text
		}
		t.Append(append(cells, report.Cell{Text: b.Before.Grouped(), Value: b.Before}, report.Cell{Text: b.After.Grouped(), Value: b.After}, delta)...)
	}
	r.Add(report.Heading(heading+in), t)
}

// notKnown are the cells of figures before and after that nobody can tell, and why.
func notKnown(reasons []string) []report.Cell {
	none := report.Cell{Text: "n/a", Tone: report.Warn}
	return []report.Cell{none, none, {Text: "n/a: " + strings.Join(reasons, "; "), Tone: report.Warn}}
}

func figureTable(header, key string) *report.Table {
	return &report.Table{Columns: []report.Column{
		{Header: header, Key: key},
		{Header: "Before", Key: "before", Align: report.Right, Priority: 1},
		{Header: "After", Key: "after", Align: report.Right, Priority: 1},
		{Header: "Change", Key: "delta", Align: report.Right},
	}}
}

// problems are the findings that come and go.
func (c *Change) problems(r *report.Report) {
	if len(c.Introduced)+len(c.Fixed) == 0 {
		return
	}
	t := &report.Table{Columns: []report.Column{
		{Header: "", Key: "change"},
		{Header: "Severity", Key: "severity", Whole: true, Priority: 1},
		{Header: "Rule", Key: "code", Whole: true},
		{Header: "Finding", Key: "message", Prose: true},
		{Header: "Where", Key: "where", Priority: 3, Whole: true},
	}}
	row := func(change string, d diag.Diagnostic, tone report.Tone) {
		where := d.File
		if d.Range.Start.Line > 0 {
			where = fmt.Sprintf("%s:%d", d.File, d.Range.Start.Line)
		}
		t.Append(report.Cell{Text: change, Value: change, Tone: tone}, report.Say(d.Severity.String()), report.Say(d.Code), report.Say(d.Message), report.Say(where))
	}
	for _, d := range c.Introduced {
		row("introduced", d, report.Bad)
	}
	for _, d := range c.Fixed {
		row("fixed", d, report.Good)
	}
	r.Add(report.Heading("Findings"), t)
}

func over(more bool) report.Tone {
	if more {
		return report.Warn
	}
	return report.Good
}
