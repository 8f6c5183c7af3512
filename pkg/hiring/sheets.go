package hiring

import (
	"github.com/progctl/progctl/pkg/report"
)

// sheets are the analysis for spreadsheets: one figure a row, but for positions, of which
// each is a row.
func (a *Analysis) sheets() []*report.Table {
	stages := tidy(append(a.keys(), "stage"), "figure", "value")
	if len(a.o.By) == 0 {
		addStages(stages, nil, a.Stages)
	}
	for _, g := range a.Groups {
		var cells []report.Cell
		for i := range a.o.By {
			cells = append(cells, report.Say(g.Key[i]))
		}
		addStages(stages, cells, g.Stages)
	}
	positions := tidy([]string{
		"id", "plan", "team", "role", "level", "location", "fte", "type", "status", "effective", "expected_start", "start", "begin", "late",
		"start_slip_days", "opened_on", "open_days", "time_to_fill_days", "vacancy_saving", "expected_hires", "chance", "chance_observations",
		"forecast", "forecast_method", "forecast_observations", "unknown",
	})
	compared := a.o.Baseline != nil && a.NoBaseline == nil
	if compared {
		positions.Columns = append(positions.Columns, columns("baseline_exists", "baseline_status", "baseline_expected_start", "baseline_start_slip_days")...)
	}
	for _, p := range a.Positions {
		d := positionData(p)
		values := []any{
			d.ID, d.Plan, d.Team, d.Role, d.Level, d.Location, d.FTE, d.Type, d.Status, d.Effective, d.ExpectedStart, d.Start, d.Begin, d.Late,
			d.StartSlipDays, d.OpenedOn, d.OpenDays, d.TimeToFillDays, d.VacancySaving, d.ExpectedHires, d.Chance, d.Decided,
		}
		if f := d.Forecast; f != nil {
			values = append(values, f.Start, f.Method, f.Observations, d.Unknown)
		} else {
			values = append(values, nil, nil, nil, d.Unknown)
		}
		if compared {
			values = append(values, d.Baseline.Exists, d.Baseline.Status, d.Baseline.ExpectedStart, d.Baseline.StartSlipDays)
		}
		positions.Append(machine(values...)...)
	}
	savings := tidy([]string{"period"}, "vacancy_saving", "unknown")
	for i, s := range a.Savings {
		savings.Append(machine(a.o.Buckets[i].Name, s.Known(), texts(s.Unknown))...)
	}
	hires := tidy([]string{"quarter"}, "figure", "value")
	for _, q := range a.Quarters {
		for _, f := range []struct {
			name  string
			value int
		}{{"effective", q.Effective}, {"expected", q.Expected}, {"started", q.Started}, {"forecast", q.Forecast}, {"hires", q.Hires()}} {
			hires.Append(machine(q.Name, f.name, f.value)...)
		}
	}
	if a.Unknown == nil {
		savings.Append(machine("outside", a.Outside.Known(), texts(a.Outside.Unknown))...)
	}
	return append([]*report.Table{stages, positions, savings, hires}, a.flowSheets()...)
}

// flowSheets has one sheet, or none where there is no history.
func (a *Analysis) flowSheets() []*report.Table {
	f := a.Flow
	if f == nil {
		return nil
	}
	sheet := tidy([]string{"period", "stage"}, "figure", "value")
	add := func(period string, list []Counts) {
		for i, c := range list {
			for _, x := range c.figures() {
				sheet.Append(machine(period, f.Stages[i].ID, x.name, x.value)...)
			}
		}
	}
	for i, list := range f.Buckets {
		add(a.o.Buckets[i].Name, list)
	}
	add("undated", f.Undated)
	add("outside", f.Outside)
	return []*report.Table{sheet}
}

// figure is a number of candidates.
type figure struct {
	name  string
	value int
}

func (c Counts) figures() []figure {
	return []figure{{"entered", c.Entered}, {"passed", c.Passed}, {"declined", c.Declined}, {"withdrawn", c.Withdrawn}}
}

func addStages(t *report.Table, key []report.Cell, stages []Stage) {
	for _, s := range stages {
		row := func(name string, value any) {
			t.Append(append(append([]report.Cell{}, key...), machine(s.ID, name, value)...)...)
		}
		for _, f := range s.figures() {
			row(f.name, f.value)
		}
		row("inProgress", s.InProgress())
		row("conversion", s.Conversion())
		row("interviewHours", s.Hours())
	}
}

func (a *Analysis) keys() []string {
	names := make([]string, len(a.o.By))
	for i, d := range a.o.By {
		names[i] = d.Key()
	}
	return names
}

func tidy(keys []string, more ...string) *report.Table {
	return &report.Table{Columns: columns(append(keys, more...)...)}
}

func columns(keys ...string) []report.Column {
	list := make([]report.Column, len(keys))
	for i, key := range keys {
		list[i] = report.Column{Header: key, Key: key}
	}
	return list
}

func machine(values ...any) []report.Cell {
	cells := make([]report.Cell, len(values))
	for i, v := range values {
		cells[i] = report.Cell{Value: v}
	}
	return cells
}
