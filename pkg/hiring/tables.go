package hiring

import (
	"fmt"
	"slices"
	"strings"

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
		numbers("Saved", "vacancy_saving", 1))
	row := func(f Funnel, s Summary) []report.Cell {
		candidates := report.Cell{Text: "n/a", Tone: report.Dim}
		if f.Entered != nil {
			candidates = count(*f.Entered)
		}
		return []report.Cell{
			count(s.Positions), count(s.Filled), count(s.ToFill), toned(count(s.Late), report.Bad),
			candidates, percent(f.Conversion), hoursCell(f.Hours), saving(s.Saving),
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
			{Header: "By", Key: "method", Priority: 1, Whole: true},
			{Header: "In progress", Key: "in_progress", Priority: 3},
			numbers("Make a hire", "chance", 4),
			numbers("Open", "open_days", 3),
			numbers("To fill", "time_to_fill_days", 4),
			numbers("Saved", "vacancy_saving", 2),
		},
		Empty: "nothing to fill",
	}
	if a.o.Baseline != nil && a.NoBaseline == nil {
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
	forecast, method := report.Cell{}, report.Cell{}
	switch f := p.Forecast; {
	case f != nil:
		forecast = dayCell(f.Start)
		method = report.Cell{Text: string(f.Method), Value: f.Method}
		if f.Observations > 0 {
			method.Text = fmt.Sprintf("%s of %d", f.Method, f.Observations)
		}
		if f.Start > p.Effective {
			forecast.Tone = report.Warn
		}
	case p.opened():
		forecast = report.Cell{Text: "n/a", Tone: report.Dim}
	}
	cells := []report.Cell{
		report.Say(p.ID), status, report.Say(p.Team), report.Say(p.Role), report.Say(p.Level),
		dayCell(p.Effective), dayCell(p.Begin), days(p.Slip, true), forecast, method, a.inProgress(p), percent(p.Chance),
		days(p.Open, false), days(p.TimeToFill, false),
		{},
	}
	if !p.Chance.Known() {
		cells[11] = report.Cell{}
	}
	if p.Status.InPlan() {
		cells[14] = saving(p.Saving)
		if p.Saving.Amount.Minor == 0 && len(p.Saving.Unknown) == 0 {
			cells[14].Text = "" // most do: they would drown the others
		}
	}
	if b := p.Before; b != nil {
		was, moved := report.Say(string(b.Status)), report.Cell{}
		if !b.Exists {
			was = report.Cell{Text: "new", Value: "new"}
		}
		if b.Begin != 0 && p.Begin != 0 {
			moved = days(new(p.Begin.Sub(b.Begin)), true)
		}
		cells = append(cells, was, moved)
	}
	return cells
}

// inProgress is where the candidates for a seat are, the furthest first.
func (a *Analysis) inProgress(p *Position) report.Cell {
	if !p.Status.Unfilled() {
		return report.Cell{}
	}
	var texts []string
	for _, s := range slices.Backward(a.Stages) {
		if n := p.pipeline[s.ID].InProgress(); n > 0 {
			texts = append(texts, fmt.Sprintf("%s %d", s.ID, n))
		}
	}
	return report.Say(strings.Join(texts, ", "))
}

func (a *Analysis) quarterTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Quarter", Key: "quarter"},
		numbers("Budgeted", "effective", 0), numbers("Started", "started", 0),
		numbers("To come by the plan", "expected", 0), numbers("To come by forecast", "forecast", 0), numbers("Hires", "hires", 0),
	}}
	var sum Quarter
	for _, q := range a.Quarters {
		t.Append(report.Say(q.Name), count(q.Effective), count(q.Started), count(q.Expected), count(q.Forecast), count(q.Hires()))
		sum.Effective += q.Effective
		sum.Started += q.Started
		sum.Expected += q.Expected
		sum.Forecast += q.Forecast
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{
		{Text: "Total"}, count(sum.Effective), count(sum.Started), count(sum.Expected), count(sum.Forecast), count(sum.Hires()),
	}})
	return t
}

func (a *Analysis) savingTable() *report.Table {
	t := &report.Table{
		Columns: []report.Column{{Header: "Period", Key: "period"}, numbers("Saved", "vacancy_saving", 0)},
		Empty:   "nothing",
	}
	for i, b := range a.o.Buckets {
		if s := a.Savings[i]; len(s.Unknown) > 0 || s.Amount.Minor != 0 {
			t.Append(report.Say(b.Name), saving(s))
		}
	}
	if s := a.Outside; len(s.Unknown) > 0 || s.Amount.Minor != 0 {
		t.Append(report.Cell{Text: "other years"}, saving(s))
	}
	if len(t.Rows) > 0 {
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{{Text: "Total"}, saving(a.Summary.Saving)}})
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
					t.Append(report.Say(a.o.Buckets[i].Name), report.Cell{Text: f.Stages[k].Title, Value: f.Stages[k].ID},
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
