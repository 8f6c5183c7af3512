package forecast

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func (f *Forecast) programTable(s selection, v View) *report.Table {
	t := &report.Table{Columns: outcomeColumns(v, report.Column{Header: "Program", Key: "program"})}
	list := slices.Clone(s.programs)
	slices.SortStableFunc(list, unlikely)
	for _, x := range list {
		t.Append(f.outcomeCells(x, v, report.Say(x.Program.Meta.Name))...)
	}
	return t
}

func (f *Forecast) milestoneTable(s selection, v View) *report.Table {
	t := &report.Table{
		Columns: append(outcomeColumns(v, report.Column{Header: "Milestone", Key: "id"}),
			report.Column{Header: "Critical", Key: "criticality", Align: report.Right, Priority: 1},
			report.Column{Header: "", Key: "estimated", Whole: true, Priority: 4},
			report.Column{Header: "Owner", Key: "owner", Priority: 3}),
		Empty: "all is done",
	}
	list := slices.Clone(s.milestones)
	slices.SortStableFunc(list, unlikely)
	for _, x := range list {
		owner, team := x.Milestone.Responsible()
		if owner == "" {
			owner = team
		}
		estimated := report.Cell{Value: x.Estimated()}
		if !x.Estimated() {
			estimated.Text, estimated.Tone = "no estimate", report.Dim
		}
		cells := append(f.outcomeCells(x, v, report.Say(x.Milestone.Ref())),
			report.Cell{Text: f.percent(x.Critical), Value: f.share(x.Critical)}, estimated, report.Say(owner))
		if x.Open() {
			t.Append(cells...)
		} else {
			t.Minor = append(t.Minor, report.Row{Cells: cells})
		}
	}
	return t
}

func outcomeColumns(v View, first report.Column) []report.Column {
	list := []report.Column{
		first,
		{Header: "Due", Key: "due", Whole: true},
		{Header: "Chance", Key: "probability", Align: report.Right},
		{Header: "P50", Key: "p50", Whole: true, Priority: 1},
		{Header: "P80", Key: "p80", Whole: true},
		{Header: "P90", Key: "p90", Whole: true, Priority: 2},
	}
	if v.Before != nil {
		list = append(list,
			report.Column{Header: "Chance was", Key: "probability_was", Align: report.Right, Priority: 2},
			report.Column{Header: "P80 was", Key: "p80_was", Whole: true, Priority: 2},
			report.Column{Header: "Later", Key: "slip_days", Align: report.Right})
	}
	return list
}

func (f *Forecast) outcomeCells(x *Outcome, v View, first report.Cell) []report.Cell {
	cells := []report.Cell{first, dayCell(x.Due), f.chanceCell(x), dayCell(x.P50), dayCell(x.P80), dayCell(x.P90)}
	if v.Before == nil {
		return cells
	}
	was := v.before(x)
	if was == nil {
		return append(cells, report.Cell{}, report.Cell{Text: "new", Tone: report.Dim}, report.Cell{})
	}
	return append(cells, v.Before.chanceCell(was), dayCell(was.P80), laterCell(x.P80.Sub(was.P80)))
}

func laterCell(days cal.Days) report.Cell {
	c := report.Cell{Text: "0d", Value: int(days)}
	switch {
	case days > 0:
		c.Text, c.Tone = fmt.Sprintf("%+dd", days), report.Bad
	case days < 0:
		c.Text, c.Tone = fmt.Sprintf("%+dd", days), report.Good
	}
	return c
}

func (f *Forecast) chanceCell(x *Outcome) report.Cell {
	c := report.Cell{Text: f.percent(x.Met), Value: f.share(x.Met)}
	switch {
	case !x.Open():
	case x.Met*100 < 50*f.Trials:
		c.Tone = report.Bad
	case x.Met*100 < 80*f.Trials:
		c.Tone = report.Warn
	}
	return c
}

// percent is a share in whole percent, rounded down: no limit is passed that is not, and
// only what is so in all trials is 100%, only what is so in none 0%.
func (f *Forecast) percent(n int) string {
	whole := n * 100 / f.Trials
	if whole == 0 && n > 0 {
		return "<1%"
	}
	return strconv.Itoa(whole) + "%"
}

func dayCell(d cal.Date) report.Cell { return report.Cell{Text: d.String(), Value: d} }

// sheets are what spreadsheets and databases read: a row a milestone, a row a program,
// and a row for each day on which a program ended in some trial.
func (f *Forecast) sheets(v View) []*report.Table {
	d := f.data(v)
	outcome := []string{"due", "p50", "p80", "p90", "probability", "p80_was", "slip_days", "probability_was"}
	milestones := sheet("milestones", append(append([]string{"id", "program", "milestone", "title", "owner", "team", "status", "estimated"}, outcome...), "criticality")...)
	for _, x := range d.Milestones {
		milestones.Append(machine(x.ID, x.Program, x.Milestone, x.Title, x.Owner, x.Team, x.Status, x.Estimated,
			x.Due, x.P50, x.P80, x.P90, x.Probability, x.P80Was, x.SlipDays, x.ProbabilityWas, x.Criticality)...)
	}
	programs := sheet("programs", append([]string{"program", "owner", "team"}, outcome...)...)
	for _, x := range d.Programs {
		programs.Append(machine(x.Program, x.Owner, x.Team, x.Due, x.P50, x.P80, x.P90, x.Probability, x.P80Was, x.SlipDays, x.ProbabilityWas)...)
	}
	ends := sheet("program_ends", "program", "day", "trials", "probability_by_day")
	for _, x := range f.chosen(v).programs {
		over := 0
		for _, day := range x.Days {
			over += day.Trials
			ends.Append(machine(x.Program.Meta.Name, day.Date, day.Trials, f.share(over))...)
		}
	}
	return []*report.Table{milestones, programs, ends}
}

func sheet(name string, keys ...string) *report.Table {
	t := &report.Table{Name: name}
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
