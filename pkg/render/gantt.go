package render

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// gantt is a report.Gantt made ready to draw: what can be drawn of it, its texts
// visible.
type gantt struct {
	title, empty string
	rows         []ganttRow
	today        cal.Date // unset where it is not drawn
	scale        scale
	grouped      bool
	// What there is of each, for the legend.
	bars            [report.BarFloat + 1]bool
	marks           [report.DayMissed + 1]bool
	critical, plain bool // whether there are rows that are critical, and others
}

// ganttRow is a row, or the name of a group where it is a heading.
type ganttRow struct {
	heading  bool
	label    string
	note     string
	critical bool
	bars     []report.Bar
	marks    []report.DayMark
}

func newGantt(g *report.Gantt) *gantt {
	out := &gantt{title: visible(g.Title), empty: cmp.Or(visible(g.Empty), "none"), scale: newScale(report.Axis{})}
	day := func(at float64) { _ = out.scale.take(at, coordinateKind{noun: days}) } // all are days: it does not fail
	group := ""
	for _, r := range g.Rows {
		if r.Group != "" && r.Group != group {
			out.rows = append(out.rows, ganttRow{heading: true, label: visible(r.Group)})
			out.grouped = true
		}
		group = r.Group
		row := ganttRow{label: visible(cmp.Or(r.Label, r.Key)), note: visible(r.Note), critical: r.Critical}
		for _, b := range r.Bars {
			if b.Period.IsEmpty() || b.Period.From < cal.MinDate {
				continue
			}
			row.bars = append(row.bars, b)
			out.bars[b.Kind] = true
			out.plain = out.plain || b.Kind == report.BarWork && !r.Critical
			day(float64(b.Period.From))
			day(float64(b.Period.To))
		}
		for _, m := range r.Marks {
			if m.Day < cal.MinDate {
				continue
			}
			row.marks = append(row.marks, m)
			out.marks[m.Kind] = true
			out.plain = out.plain || m.Kind == report.DayEvent && !r.Critical
			day(float64(m.Day))
			day(float64(m.Day + 1))
		}
		out.critical = out.critical || r.Critical
		out.rows = append(out.rows, row)
	}
	if !out.scale.some {
		out.rows = nil
		return out
	}
	span := out.scale.hi - out.scale.lo
	if today := float64(g.Today); g.Today >= cal.MinDate && today >= out.scale.lo-span && today < out.scale.hi+span {
		out.today = g.Today
		day(today)
		day(today + 1)
	}
	out.scale.settle(0)
	return out
}

// legendEntry is a kind of thing that is drawn, and what it is.
type legendEntry struct {
	bar      report.BarKind
	day      report.DayKind
	mark     bool // a day
	today    bool
	critical bool
	text     string
}

// legend lists what there is in the drawing that does not explain itself.
func (g *gantt) legend() (list []legendEntry) {
	if g.critical {
		list = append(list, legendEntry{critical: true, text: "critical"})
	}
	switch work := g.plain && g.bars[report.BarWork]; {
	case work && g.critical:
		list = append(list, legendEntry{text: "not critical"})
	case work && (g.bars[report.BarDone] || g.bars[report.BarFloat]):
		list = append(list, legendEntry{text: "planned"})
	}
	for kind, text := range [...]string{report.BarDone: "done", report.BarFloat: "float"} {
		if text != "" && g.bars[kind] {
			list = append(list, legendEntry{bar: report.BarKind(kind), text: text})
		}
	}
	for kind, text := range [...]string{report.DayEvent: "event", report.DayDue: "due", report.DayMissed: "due, missed"} {
		if g.marks[kind] {
			list = append(list, legendEntry{mark: true, day: report.DayKind(kind), text: text})
		}
	}
	if !g.today.IsZero() {
		list = append(list, legendEntry{today: true, text: "as of " + g.today.String()})
	}
	return list
}

// ganttTable is a Gantt for people who would rather read it.
func ganttTable(g *gantt) *report.Table {
	t := &report.Table{Columns: []report.Column{{Header: ""}, {Header: "From"}, {Header: "To"}, {Header: "Due"}, {Header: "Note"}}}
	for _, r := range g.rows {
		if r.heading {
			t.Rows = append(t.Rows, report.Row{Kind: report.Subtotal, Cells: []report.Cell{{Text: r.label}}})
			continue
		}
		var from, to, due cal.Date
		for _, b := range r.bars {
			if b.Kind == report.BarFloat {
				continue
			}
			if from.IsZero() || b.Period.From < from {
				from = b.Period.From
			}
			to = max(to, b.Period.To-1)
		}
		for _, m := range r.marks {
			switch {
			case m.Kind != report.DayEvent:
				due = m.Day
			case from.IsZero():
				from, to = m.Day, m.Day
			}
		}
		label := r.label
		if r.critical {
			label += " (critical)"
		}
		t.Append(report.Cell{Text: label}, dayText(from), dayText(to), dayText(due), report.Cell{Text: r.note})
	}
	if !slices.ContainsFunc(g.rows, func(r ganttRow) bool { return r.note != "" }) {
		t.Columns = t.Columns[:4]
	}
	return t
}

func dayText(d cal.Date) report.Cell {
	if d.IsZero() {
		return report.Cell{Text: "—"}
	}
	return report.Cell{Text: d.String()}
}

// ganttColumns are the bars and days of a Gantt for machines, a row each; to is the
// last day.
func ganttColumns(g *report.Gantt) []csvColumn {
	columns := []csvColumn{{key: "group"}, {key: "row"}, {key: "critical"}, {key: "kind"}, {key: "from"}, {key: "to"}}
	add := func(r report.GanttRow, kind string, from, to cal.Date) {
		for i, value := range []any{r.Group, cmp.Or(r.Key, r.Label), r.Critical, kind, from, to} {
			columns[i].values = append(columns[i].values, value)
		}
	}
	for _, r := range g.Rows {
		for _, b := range r.Bars {
			if !b.Period.IsEmpty() && b.Period.From >= cal.MinDate {
				add(r, b.Kind.String(), b.Period.From, b.Period.To-1)
			}
		}
		for _, m := range r.Marks {
			if m.Day >= cal.MinDate {
				add(r, m.Kind.String(), m.Day, m.Day)
			}
		}
	}
	return columns
}
