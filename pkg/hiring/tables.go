package hiring

import (
	"fmt"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

func numbers(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

func dates(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Priority: priority, Whole: true}
}

func (a *Analysis) funnelTable() *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: "Stage", Key: "stage", Prose: true},
			numbers("Entered", "entered", 0),
			numbers("Passed", "passed", 1),
			numbers("Declined", "declined", 2),
			numbers("Withdrawn", "withdrawn", 2),
			numbers("In progress", "in_progress", 0),
			numbers("Conversion", "conversion", 0),
			numbers("Hours", "interview_hours", 3),
		},
		Empty: "no stages",
	}
	for _, s := range a.Stages {
		t.Append(
			report.Cell{Text: s.Title, Value: s.ID}, count(s.Entered), count(s.Passed), count(s.Declined), count(s.Withdrawn),
			count(s.InProgress()), percent(s.Conversion()), hoursCell(s.Hours()),
		)
	}
	return t
}

func (a *Analysis) groupTable() *report.Table {
	t := &report.Table{}
	for _, d := range a.o.By {
		t.Columns = append(t.Columns, report.Column{Header: d.Title(), Key: d.Key()})
	}
	t.Columns = append(t.Columns,
		numbers("Positions", "positions", 1), numbers("Filled", "filled", 0), numbers("To fill", "to_fill", 0), numbers("Late", "late", 0),
		numbers("Candidates", "entered", 2), numbers("Conversion", "conversion", 3), numbers("Hours", "interview_hours", 3),
		numbers("Saves", "vacancy_saving", 1))
	row := func(f Funnel, s Summary) []report.Cell {
		candidates := report.Cell{Text: "n/a", Tone: report.Dim}
		if f.Entered != nil {
			candidates = count(*f.Entered)
		}
		return []report.Cell{
			count(s.Positions), count(s.Filled), count(s.ToFill), toned(count(s.Late), report.Bad),
			candidates, percent(f.Conversion), hoursCell(f.Hours), saving(s.Saving.Total),
		}
	}
	for _, g := range a.Groups {
		var cells []report.Cell
		for i := range a.o.By {
			cell := report.Say(g.Key[i])
			if cell.Value == nil {
				cell.Text = "(none)"
			}
			cells = append(cells, cell)
		}
		t.Append(append(cells, row(g.Funnel, g.Summary)...)...)
	}
	if len(a.Groups) > 1 {
		cells := make([]report.Cell, len(a.o.By))
		cells[0] = report.Cell{Text: "Total"}
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: append(cells, row(a.Funnel, a.Summary)...)})
	}
	return t
}

func (a *Analysis) positionTable(v View) *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: "Position", Key: "id"},
			dates("Status", "status", 0),
			{Header: "Team", Key: "team", Priority: 5},
			{Header: "Role", Key: "role", Priority: 6},
			{Header: "Level", Key: "level", Priority: 7, Whole: true},
			dates("Budgeted", "effective", 2),
			dates("Start", "begin", 0),
			numbers("Slip", "start_slip_days", 0),
			dates("Forecast", "forecast", 1),
			{Header: "In progress", Key: "in_progress", Priority: 3},
			numbers("Make a hire", "chance", 4),
			numbers("Open", "open_days", 3),
			numbers("To fill", "time_to_fill_days", 4),
			numbers("Saves", "vacancy_saving", 2),
		},
		Empty: "nothing to fill",
	}
	if a.compared() {
		t.Columns = append(t.Columns, dates("At baseline", "baseline_status", 1), numbers("Since", "since_days", 1))
	}
	for _, p := range a.Positions {
		row := report.Row{Cells: a.positionCells(p)}
		minor := p.Status == portfolio.PositionFilled || p.Status == portfolio.PositionCancelled
		if minor && !v.All {
			t.Minor = append(t.Minor, row)
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (a *Analysis) positionCells(p *Position) []report.Cell {
	status := report.Say(string(p.Status))
	if p.Late {
		status.Text, status.Tone = status.Text+", late", report.Bad
	}
	slip := days(p.Slip, true)
	if p.Passed {
		slip.Text = "≥" + slip.Text
	}
	chance, saves := report.Cell{}, report.Cell{}
	if p.Chance.Known() {
		chance = percent(p.Chance)
	}
	if s := p.Saving.Total; len(s.Unknown) > 0 || s.Amount.Minor != 0 { // most do not: they would drown the others
		saves = saving(s)
	}
	cells := []report.Cell{
		report.Say(p.ID), status, report.Say(p.Team), report.Say(p.Role), report.Say(p.Level),
		dayCell(p.Effective), dayCell(p.Begin), slip, forecastCell(p), report.Say(stagesText(a.inProgress(p))), chance,
		days(p.Open, false), days(p.TimeToFill, false), saves,
	}
	if b := p.Before; b != nil {
		was := report.Say(string(b.Status))
		if !b.Exists {
			was = report.Cell{Text: "new", Value: "new"}
		}
		cells = append(cells, was, days(b.Moved, true))
	}
	return cells
}

// forecastCell has the day and on what it rests in one, so that no narrow terminal shows
// the one without the other.
func forecastCell(p *Position) report.Cell {
	f := p.Forecast
	if f == nil {
		if p.opened() {
			return report.Cell{Text: "n/a", Tone: report.Dim}
		}
		return report.Cell{}
	}
	c := report.Cell{Text: fmt.Sprintf("%s, %s", f.Start, f.Method), Value: f.Start}
	if f.Method != ByOffer {
		c.Text += " of " + grouped(f.Observations)
	}
	if f.Open > 0 {
		c.Text += fmt.Sprintf(", %s open", grouped(f.Open))
	}
	if f.Start > p.Effective {
		c.Tone = report.Warn
	}
	return c
}

func (a *Analysis) quarterTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Quarter", Key: "quarter"},
		numbers("Budgeted", "effective", 0), numbers("Started", "started", 0),
		numbers("To come by the plan", "expected", 0), numbers("To come by forecast", "forecast", 0), numbers("Hires", "hires", 0),
	}}
	cells := func(q Quarter) []report.Cell {
		return []report.Cell{count(q.Effective), count(q.Started), count(q.Expected), count(q.Forecast), count(q.Hires())}
	}
	for _, q := range a.Quarters {
		t.Append(append([]report.Cell{report.Say(q.Name)}, cells(q)...)...)
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: append([]report.Cell{{Text: "Total"}}, cells(a.inYears())...)})
	return t
}

func (a *Analysis) savingTable() *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: "Period", Key: "period"}, numbers("Until today", "vacancy_saving_to_date", 0), numbers("Days to come too", "vacancy_saving", 0),
		},
		Empty: "nothing",
	}
	add := func(name report.Cell, s Saving) {
		if len(s.Total.Unknown) > 0 || s.Total.Amount.Minor != 0 || s.ToDate.Amount.Minor != 0 {
			t.Append(name, saving(s.ToDate), saving(s.Total))
		}
	}
	for i, b := range a.o.Buckets {
		add(report.Say(b.Name), a.Savings[i])
	}
	add(report.Cell{Text: "other years"}, a.Outside)
	if len(t.Rows) > 0 {
		sum := a.Summary.Saving
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{{Text: "Total"}, saving(sum.ToDate), saving(sum.Total)}})
	}
	return t
}

// flowTable is the last periods in short, or all of them stage by stage.
func (a *Analysis) flowTable(v View) *report.Table {
	f := a.Flow
	t := &report.Table{Columns: []report.Column{{Header: "Period", Key: "period"}}, Empty: "nothing happened in these periods"}
	if v.Flow || !a.ordered() {
		t.Columns = append(t.Columns, report.Column{Header: "Stage", Key: "stage", Prose: true},
			numbers("Entered", "entered", 0), numbers("Passed", "passed", 0), numbers("Declined", "declined", 0), numbers("Withdrawn", "withdrawn", 0))
		for i, list := range f.Buckets {
			for k, c := range list {
				if c != (Counts{}) {
					t.Append(report.Say(a.o.Buckets[i].Name), report.Cell{Text: f.Stages[k].Title, Value: report.TextOrNull(f.Stages[k].ID)},
						corrected(c.Entered), corrected(c.Passed), corrected(c.Declined), corrected(c.Withdrawn))
				}
			}
		}
		return t
	}
	t.Columns = append(t.Columns, numbers("New candidates", "entered", 0), numbers("Passed all stages", "passed", 0),
		numbers("Declined", "declined", 0), numbers("Withdrawn", "withdrawn", 0))
	from, to := a.recent()
	happened := false
	for i := from; i < to; i++ {
		list := f.Buckets[i]
		happened = happened || some(list)
		var sum Counts
		for _, c := range list {
			sum = sum.plus(c)
		}
		last := len(a.s.Config.HiringStages) - 1
		t.Append(report.Say(a.o.Buckets[i].Name), corrected(list[0].Entered), corrected(list[last].Passed), corrected(sum.Declined), corrected(sum.Withdrawn))
	}
	if !happened {
		t.Rows, t.Empty = nil, "nothing happened in the last periods"
	}
	return t
}
