package schedule

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func (v View) programTable(s selection) *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: "Program", Key: "program"},
			{Header: "Ends", Key: "finish", Whole: true},
			{Header: "Due", Key: "due", Whole: true},
			{Header: "Due float", Key: "due_float", Align: report.Right},
			{Header: "Length", Key: "length", Align: report.Right, Priority: 2},
			{Header: "Open", Key: "open", Align: report.Right, Priority: 3},
			{Header: "Critical", Key: "critical", Align: report.Right, Priority: 3},
			{Header: "Late", Key: "late", Align: report.Right, Priority: 1},
		},
	}
	if v.Before != nil {
		t.Columns = append(t.Columns, slipColumns...)
	}
	for _, p := range byUrgency(s.programs) {
		open, critical, lateOnes := 0, 0, 0
		for _, x := range s.of[p.Program] {
			if x.Milestone.Open() {
				open++
				critical += one(x.Critical)
				lateOnes += one(x.Late())
			}
		}
		cells := []report.Cell{
			report.Say(p.Program.Meta.Name), dayCell(p.Finish), dayCell(p.Program.Due), floatCell(p.DueFloat, p.Late()),
			daysCell(p.Length), countCell(open), countCell(critical), lateCell(lateOnes),
		}
		if v.Before != nil {
			cells = append(cells, slipCells(v.programSlip(p))...)
		}
		t.Append(cells...)
	}
	return t
}

var slipColumns = []report.Column{
	{Header: "Was", Key: "was", Whole: true, Priority: 2},
	{Header: "Later", Key: "slip_days", Align: report.Right},
}

// slipCells are a finish before and by how many calendar days it is now later.
func slipCells(was *cal.Date, days *int) []report.Cell {
	if was == nil {
		return []report.Cell{{Text: "new", Tone: report.Dim}, {}}
	}
	c := report.Cell{Text: fmt.Sprintf("%+dd", *days), Value: *days}
	switch {
	case *days > 0:
		c.Tone = report.Bad
	case *days < 0:
		c.Tone = report.Good
	default:
		c.Text = "0d"
	}
	return []report.Cell{dayCell(*was), c}
}

func (v View) lateTable(list []*Activity) *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: "Milestone", Key: "id"},
			{Header: "Due", Key: "due", Whole: true},
			{Header: "Can finish", Key: "finish", Whole: true},
			{Header: "Due float", Key: "due_float", Align: report.Right},
			{Header: "Held by", Key: "drivers", Priority: 2},
			{Header: "Owner", Key: "owner", Priority: 3},
		},
	}
	for _, x := range list {
		owner, team := x.Milestone.Responsible()
		if owner == "" {
			owner = team
		}
		t.Append(report.Say(x.Milestone.Ref()), dayCell(x.Milestone.Due), dayCell(x.Finish), floatCell(x.DueFloat, true), x.heldBy(), report.Say(owner))
	}
	return t
}

// heldBy names what holds an activity where it is.
func (x *Activity) heldBy() report.Cell {
	switch {
	case len(x.Drivers) > 0:
		names := make([]string, len(x.Drivers))
		for i, ref := range x.Drivers {
			names[i] = strings.TrimPrefix(ref, x.Milestone.Program.Meta.Name+"/")
		}
		return report.Cell{Text: strings.Join(names, ", "), Value: x.Drivers}
	case !x.Milestone.Open():
		return report.Cell{}
	case x.Event:
		return report.Cell{Text: "its date", Tone: report.Dim}
	case x.ES > 0:
		return report.Cell{Text: "today", Tone: report.Dim}
	}
	return report.Cell{Text: "the program's start", Tone: report.Dim}
}

func (v View) activityTable(s selection) *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: "Activity", Key: "id"},
			{Header: "", Key: "state", Whole: true},
			{Header: "Start", Key: "start", Whole: true, Priority: 1},
			{Header: "Finish", Key: "finish", Whole: true},
			{Header: "Duration", Key: "duration", Align: report.Right, Priority: 2},
			{Header: "Float", Key: "total_float", Align: report.Right},
			{Header: "Free", Key: "free_float", Align: report.Right, Priority: 4},
			{Header: "Due", Key: "due", Whole: true, Priority: 3},
			{Header: "Due float", Key: "due_float", Align: report.Right},
			{Header: "Held by", Key: "drivers", Priority: 5},
		},
		Empty: "all is done",
	}
	if v.Before != nil {
		t.Columns = append(t.Columns, slipColumns...)
	}
	for _, x := range s.activities {
		m := x.Milestone
		state := report.Cell{}
		switch {
		case !m.Open():
			state = report.Cell{Text: "done", Tone: report.Dim}
		case x.Critical:
			state = report.Cell{Text: "critical", Tone: report.Bad}
		}
		due := floatCell(x.DueFloat, x.Late())
		if !m.Open() {
			due = report.Cell{Value: int(x.DueFloat)}
		}
		cells := []report.Cell{
			report.Say(m.Ref()), state, dayCell(x.Start), dayCell(x.Finish), durationCell(x),
			daysCell(x.TotalFloat), daysCell(x.FreeFloat), dayCell(m.Due), due, x.heldBy(),
		}
		if v.Before != nil {
			cells = append(cells, slipCells(v.slip(x))...)
		}
		row := report.Row{Cells: cells}
		if m.Open() || v.All {
			t.Rows = append(t.Rows, row)
		} else {
			t.Minor = append(t.Minor, row)
		}
	}
	return t
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func dayCell(d cal.Date) report.Cell { return report.Cell{Text: d.String(), Value: d} }

func daysCell(t Ticks) report.Cell {
	return report.Cell{Text: fmt.Sprintf("%dd", t.Days()), Value: int(t.Days())}
}

// durationCell has a decimal where there are parts of a day.
func durationCell(x *Activity) report.Cell {
	if x.Event {
		return report.Cell{Text: "event", Value: 0, Tone: report.Dim}
	}
	digits := 0
	if x.Duration%PerDay != 0 {
		digits = 1
	}
	return report.Cell{Text: strconv.FormatFloat(x.Duration.Number(), 'f', digits, 64) + "d", Value: int(x.Duration.Days())}
}

func countCell(n int) report.Cell { return report.Cell{Text: strconv.Itoa(n), Value: n} }

func lateCell(n int) report.Cell {
	if n == 0 {
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: strconv.Itoa(n), Value: n, Tone: report.Bad}
}

// floatCell is float against a commitment. It is late by less than a working day where
// what remains falls on days that are not worked.
func floatCell(n cal.WorkDays, late bool) report.Cell {
	c := report.Cell{Text: fmt.Sprintf("%dd", n), Value: int(n)}
	if late {
		c.Tone = report.Bad
		if n == 0 {
			c.Text = "<0d"
		}
	}
	return c
}

// sheets are what spreadsheets and databases read: a row an activity, a row a program.
func (a *Analysis) sheets(v View) []*report.Table {
	d := a.data(v)
	activities := sheet("activities", "id", "program", "milestone", "title", "owner", "team", "status", "duration", "event", "es", "ef", "ls", "lf",
		"start", "finish", "late_start", "late_finish", "total_float", "free_float", "critical", "due", "due_float", "drivers", "was", "slip_days")
	for _, x := range d.Activities {
		activities.Append(machine(x.ID, x.Program, x.Milestone, x.Title, x.Owner, x.Team, x.Status, x.Duration, x.Event, x.ES, x.EF, x.LS, x.LF,
			x.Start, x.Finish, x.LateStart, x.LateEnd, x.Total, x.Free, x.Critical, x.Due, x.DueFloat, x.Drivers, x.Was, x.SlipDays)...)
	}
	programs := sheet("programs", "program", "length", "start", "finish", "due", "due_float", "critical_path", "was", "slip_days")
	for _, p := range d.Programs {
		programs.Append(machine(p.Program, p.Length, p.Start, p.Finish, p.Due, p.DueFloat, p.CriticalPath, p.Was, p.SlipDays)...)
	}
	return []*report.Table{activities, programs}
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
