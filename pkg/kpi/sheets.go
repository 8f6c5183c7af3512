package kpi

import (
	"slices"

	"github.com/progctl/progctl/pkg/report"
)

// sheets are the analysis for spreadsheets: the rates of each period and of all years, one
// figure a row; every program of them with its verdict; what is answered about each
// program, in each period and in all. What is of groups has sheets of its own.
func (a *Analysis) sheets() []*report.Table {
	var sheets []*report.Table
	if a.CompletionUnknown == nil {
		rates, programs := sheet("period", "form", "baseline", "figure", "value"), programSheet()
		for i := range a.Periods {
			addRates(rates, machine(a.Periods[i].Name), &a.Periods[i].Completion)
		}
		sheets = append(sheets, rates)
		all := sheet(append(a.keys(), "form", "baseline", "figure", "value")...)
		if len(a.o.By) == 0 {
			addRates(all, nil, &a.Total.Completion)
		}
		for i := range a.Groups {
			addRates(all, a.key(&a.Groups[i]), &a.Groups[i].Completion)
		}
		a.addPrograms(programs)
		rates.Name, all.Name, programs.Name = "completion_by_period", "completion", "programs"
		sheets = append(sheets, all, programs)
	}
	if a.SatisfactionUnknown == nil {
		rows := sheet("program", "period", "dimension", "figure", "value")
		for _, r := range a.Rows {
			addScore(rows, machine(report.TextOrNull(r.Program), r.Period), &r.Score, r.Change)
		}
		periods := sheet("period", "dimension", "figure", "value")
		for i := range a.Periods {
			addScore(periods, machine(a.Periods[i].Name), &a.Periods[i].Satisfaction, a.Periods[i].Change)
			if c := a.Periods[i].Alike; c != nil {
				periods.Append(machine(a.Periods[i].Name, "all", "csatChangeOfSamePrograms", c.CSAT)...)
				periods.Append(machine(a.Periods[i].Name, "all", "npsChangeOfSamePrograms", c.NPS)...)
			}
		}
		all := sheet(append(a.keys(), "dimension", "figure", "value")...)
		if len(a.o.By) == 0 {
			addScore(all, nil, &a.Total.Satisfaction, nil)
		}
		for i := range a.Groups {
			addScore(all, a.key(&a.Groups[i]), &a.Groups[i].Satisfaction, nil)
		}
		rows.Name, periods.Name, all.Name = "satisfaction_by_program", "satisfaction_by_period", "satisfaction"
		sheets = append(sheets, rows, periods, all)
	}
	return sheets
}

func (a *Analysis) keys() []string {
	names := make([]string, len(a.o.By))
	for i, d := range a.o.By {
		names[i] = d.Key()
	}
	return names
}

func (a *Analysis) key(g *Group) []report.Cell {
	cells := make([]report.Cell, len(a.o.By))
	for i := range cells {
		cells[i] = report.Say(g.Key[i])
	}
	return cells
}

// addRates adds one figure a row.
func addRates(t *report.Table, key []report.Cell, c *Completion) {
	for _, f := range forms {
		for _, b := range baselines {
			r := c.Rate(b, f)
			for _, x := range []figure{
				{"onTimeAndWithinBudget", len(r.Hits)},
				{"of", r.Of()},
				{"rate", r.Value()},
				{"onTime", r.OnTime()},
				{"withinBudget", r.WithinBudget()},
				{"excluded", len(r.LeftOut)},
			} {
				t.Append(append(slices.Clone(key), machine(f.String(), b.String(), x.name, x.value)...)...)
			}
		}
	}
}

// figure is a value by its name.
type figure struct {
	name  string
	value any
}

// addScore adds one figure a row; of what is not shown the number of responses alone.
func addScore(t *report.Table, key []report.Cell, s *Score, c *Change) {
	d := s.data(c)
	row := func(dimension, name string, value any) {
		t.Append(append(slices.Clone(key), machine(dimension, name, value)...)...)
	}
	row("all", "n", d.N)
	if s.Why != "" {
		return
	}
	for _, x := range []figure{
		{"invited", d.Invited},
		{"responseRate", d.ResponseRate},
		{"csat", d.CSAT},
		{"mean", d.Mean},
		{"scores", d.Scores},
		{"nps", d.NPS},
		{"recommended", d.Recommended},
	} {
		row("all", x.name, x.value)
	}
	if c != nil {
		row("all", "csatChange", c.CSAT)
		row("all", "npsChange", c.NPS)
	}
	for i, p := range s.By {
		name := Dimension(i).String()
		row(name, "n", p.N)
		row(name, "csat", p.CSAT)
		row(name, "mean", p.Mean)
	}
}

func programSheet() *report.Table {
	return sheet("program", "owner", "team", "theme", "status", "form", "baseline", "due", "completed", "budget", "actual",
		"outcome", "reason", "late_days", "open", "over_budget", "over_budget_part")
}

// addPrograms adds a row for each program, form and baseline of the years.
func (a *Analysis) addPrograms(t *report.Table) {
	by := map[string]programData{}
	for _, x := range a.listed() {
		by[x.name] = x.data()
	}
	for _, f := range forms {
		for _, b := range baselines {
			r := a.Total.Completion.Rate(b, f)
			for _, v := range slices.Concat(r.Hits, r.Misses, r.LeftOut) {
				d, x := by[v.Program], v.data()
				t.Append(machine(d.Program, d.Owner, d.Team, d.Theme, d.Status, f.String(), b.String(), x.Due, d.Completed, d.Budget, d.Actual,
					x.Outcome, x.Reason, x.LateDays, v.Open, v.Over, v.OverPart)...)
			}
		}
	}
}

func sheet(keys ...string) *report.Table {
	t := &report.Table{}
	for _, key := range keys {
		t.Columns = append(t.Columns, report.Column{Header: key, Key: key})
	}
	return t
}

func machine(values ...any) []report.Cell {
	cells := make([]report.Cell, len(values))
	for i, v := range values {
		cells[i] = report.Cell{Value: v}
	}
	return cells
}
