package roadmap

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// mostBars is how many rows are not too many to read.
const mostBars = 120

// drawing has a bar for each program below its theme, and a mark for each objective whose
// quarter ends in the years.
func (a *Analysis) drawing() *report.Gantt {
	g := &report.Gantt{Title: "Roadmap " + a.Years.String(), Today: a.AsOf, Empty: "no programs in " + a.Years.String()}
	total := 0
	add := func(r report.GanttRow) {
		if total++; total <= mostBars {
			g.Rows = append(g.Rows, r)
		}
	}
	for _, t := range a.Themes {
		for _, p := range t.Programs {
			row := p.bars()
			row.Group = t.Title
			add(row)
		}
	}
	for _, o := range a.Objectives {
		if a.days.Contains(o.End) {
			add(o.mark())
		}
	}
	if total > mostBars {
		g.Title += fmt.Sprintf(" (%d of %d rows; choose programs with --selector)", mostBars, total)
	}
	return g
}

// period is the days of a program, to its finish.
func (p *Program) period() cal.Period { return cal.Through(p.Start, p.end()) }

// bars draw a program from its start to its finish, and the days for which it was promised.
func (p *Program) bars() report.GanttRow {
	row := report.GanttRow{Label: p.Meta.Name, Key: p.Meta.Name}
	bar := report.Bar{Kind: report.BarWork, Period: p.period()}
	if p.Status == portfolio.ProgramCompleted {
		bar.Kind = report.BarDone
	}
	row.Bars = append(row.Bars, bar)
	end := p.end()
	promise := func(day cal.Date) {
		kind := report.DayDue
		if end.After(day) {
			kind = report.DayMissed
		}
		row.Marks = append(row.Marks, report.DayMark{Kind: kind, Day: day})
	}
	if !p.Baseline.IsZero() {
		promise(p.Baseline)
	}
	if p.Due != p.Baseline {
		promise(p.Due)
	}
	if p.Status != portfolio.ProgramActive && p.Status != portfolio.ProgramCompleted {
		row.Note = string(p.Status)
	}
	if days, ok := p.LateDays(); ok && days > 0 {
		if row.Note != "" {
			row.Note += ", "
		}
		row.Note += fmt.Sprintf("%dd late", int(days))
	}
	return row
}

// mark is the last day of the quarter of an objective.
func (o *Objective) mark() report.GanttRow {
	row := report.GanttRow{
		Label: o.ID, Key: "objective/" + o.ID, Group: "Objectives",
		Marks: []report.DayMark{{Kind: report.DayEvent, Day: o.End}},
	}
	if days, ok := o.LateDays(); ok && days > 0 {
		row.Note = fmt.Sprintf("%dd late", int(days))
	}
	return row
}
