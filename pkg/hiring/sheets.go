package hiring

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// sheets are the analysis for spreadsheets, everything that JSON has: what is counted by
// stage, quarter or period a figure a row, what else there is of all positions, of a
// group and of a position a row each. What is of groups has sheets of its own, beside
// those of all.
func (a *Analysis) sheets() []*report.Table {
	if a.Unknown != nil {
		t := sheet("unknown")
		t.Name = "unknown"
		for _, why := range texts(a.Unknown) {
			t.Append(machine(why)...)
		}
		return []*report.Table{t}
	}
	stages, summary := sheet("stage", "figure", "value"), summarySheet()
	addStages(stages, nil, a.Stages)
	summary.Append(summaryCells(nil, a.Funnel, a.Summary)...)
	stages.Name, summary.Name = "stages", "summary"
	sheets := []*report.Table{stages, summary}
	if keys := a.keys(); len(keys) > 0 {
		stages, summary = sheet(append(keys, "stage", "figure", "value")...), summarySheet(a.keys()...)
		for _, g := range a.Groups {
			var cells []report.Cell
			for i := range keys {
				cells = append(cells, report.Say(g.Key[i]))
			}
			addStages(stages, cells, g.Stages)
			summary.Append(summaryCells(cells, g.Funnel, g.Summary)...)
		}
		stages.Name, summary.Name = "stages_by_group", "summary_by_group"
		sheets = append(sheets, stages, summary)
	}
	sheets = append(sheets, a.positionSheet())
	if a.compared() {
		sheets = append(sheets, a.goneSheet())
	}
	return append(append(sheets, a.savingSheet(), a.quarterSheet()), a.flowSheets()...)
}

func summarySheet(keys ...string) *report.Table {
	return sheet(append(slices.Clone(keys), "positions", "filled", "to_fill", "opened", "late", "median_time_to_fill_days",
		"vacancy_saving", "vacancy_saving_to_date", "unknown", "entered", "hires", "conversion", "interview_hours",
		"hires_counted", "candidates_of_hires", "interview_hours_per_hire")...)
}

func summaryCells(key []report.Cell, funnel Funnel, summary Summary) []report.Cell {
	f, s := funnel.data(), summary.data()
	return append(slices.Clone(key), machine(s.Positions, s.Filled, s.ToFill, s.Opened, s.Late, s.MedianTimeToFill,
		s.VacancySaving, s.ToDate, s.Unknown, f.Entered, f.Hires, f.Conversion, f.InterviewHours,
		f.HiresCounted, f.CandidatesOfHires, f.InterviewHoursPerHire)...)
}

func baselineColumns() []report.Column {
	return columns("baseline_status", "baseline_effective", "baseline_expected_start", "baseline_start", "baseline_start_slip_days", "baseline_moved_days")
}

func (b beforeData) cells() []report.Cell {
	return machine(b.Status, b.Effective, b.ExpectedStart, b.Start, b.StartSlipDays, b.MovedDays)
}

func (a *Analysis) positionSheet() *report.Table {
	t := sheet(
		"id", "plan", "team", "role", "level", "location", "function", "cost_centre", "fte", "type", "status",
		"effective", "expected_start", "start", "begin", "begin_passed", "late", "start_slip_days",
		"opened_on", "open_days", "time_to_fill_days", "vacancy_saving", "vacancy_saving_to_date",
		"in_progress", "expected_hires", "chance", "chance_observations",
		"forecast", "forecast_method", "forecast_observations", "forecast_still_open", "forecast_reason", "unknown",
	)
	t.Name = "positions"
	if a.compared() {
		t.Columns = append(append(t.Columns, columns("baseline_exists")...), baselineColumns()...)
	}
	for _, p := range a.Positions {
		d := a.positionData(p)
		cells := machine(
			d.ID, d.Plan, d.Team, d.Role, d.Level, d.Location, d.Function, d.CostCentre, d.FTE, d.Type, d.Status,
			d.Effective, d.ExpectedStart, d.Start, d.Begin, d.BeginPassed, d.Late, d.StartSlipDays,
			d.OpenedOn, d.OpenDays, d.TimeToFillDays, d.VacancySaving, d.ToDate,
			stagesText(d.InProgress), d.ExpectedHires, d.Chance, d.Decided,
		)
		if f := d.Forecast; f != nil {
			cells = append(cells, machine(f.Start, f.Method, f.Observations, f.StillOpen)...)
		} else {
			cells = append(cells, machine(nil, nil, nil, nil)...)
		}
		cells = append(cells, machine(d.ForecastReason, d.Unknown)...)
		if d.Baseline != nil {
			cells = append(append(cells, machine(d.Baseline.Exists)...), d.Baseline.cells()...)
		}
		t.Append(cells...)
	}
	return t
}

// stagesText is where candidates are: "final 1, craft 3".
func stagesText(list []inProgressData) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = fmt.Sprintf("%s %d", x.Stage, x.Candidates)
	}
	return strings.Join(texts, ", ")
}

func (a *Analysis) goneSheet() *report.Table {
	t := sheet("gone", "elsewhere")
	t.Name = "gone"
	t.Columns = append(t.Columns, baselineColumns()...)
	for _, g := range a.Gone {
		t.Append(append(machine(g.ID, g.Elsewhere), g.data().cells()...)...)
	}
	return t
}

func (a *Analysis) savingSheet() *report.Table {
	t := sheet("period", "vacancy_saving", "vacancy_saving_to_date", "unknown")
	t.Name = "savings"
	add := func(period string, s Saving) {
		t.Append(machine(period, s.Total.Known(), s.ToDate.Known(), texts(s.Total.Unknown))...)
	}
	for i, s := range a.Savings {
		add(a.o.Buckets[i].Name, s)
	}
	add("outside", a.Outside)
	return t
}

func (a *Analysis) quarterSheet() *report.Table {
	t := sheet("quarter", "figure", "value")
	t.Name = "hires"
	add := func(name string, q Quarter) {
		for _, f := range []figure{{"effective", q.Effective}, {"expected", q.Expected}, {"started", q.Started}, {"forecast", q.Forecast}, {"hires", q.Hires()}} {
			t.Append(machine(name, f.name, f.value)...)
		}
	}
	for _, q := range a.Quarters {
		add(q.Name, q)
	}
	add("outside", a.OtherQuarters)
	t.Append(machine("unknown", "hires", a.UnknownHires)...)
	return t
}

// flowSheets has one sheet, or none where there is no history.
func (a *Analysis) flowSheets() []*report.Table {
	f := a.Flow
	if f == nil {
		return nil
	}
	t := sheet("period", "stage", "figure", "value")
	t.Name = "flow"
	add := func(period string, list []Counts) {
		for i, c := range list {
			for _, x := range c.figures() {
				t.Append(machine(period, report.TextOrNull(f.Stages[i].ID), x.name, x.value)...)
			}
		}
	}
	for i, list := range f.Buckets {
		add(a.o.Buckets[i].Name, list)
	}
	add("undated", f.Undated)
	add("outside", f.Outside)
	return []*report.Table{t}
}

// figure is a number by its name.
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
			t.Append(append(slices.Clone(key), machine(s.ID, name, value)...)...)
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

func sheet(keys ...string) *report.Table { return &report.Table{Columns: columns(keys...)} }

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
