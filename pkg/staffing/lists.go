package staffing

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// overallocations lists who is over-allocated; what is over is Minor.
func (a *Analysis) overallocations() *report.Table {
	t := &report.Table{Name: "overallocated", Columns: []report.Column{
		{Header: "Person", Key: "person"},
		{Header: "From", Key: "from", Whole: true},
		{Header: "To", Key: "to", Whole: true, Priority: 1},
		{Header: "Days", Key: "workdays", Align: report.Right, Priority: 2},
		{Header: "Allocation", Key: "percent", Align: report.Right},
		{Header: "Programs", Key: "programs", Prose: true, Priority: 3},
	}}
	for _, o := range a.Overallocated {
		var programs []string
		for _, p := range o.Parts {
			programs = append(programs, p.Program.Meta.Name+" "+fte(p.FTE))
		}
		cells := []report.Cell{
			report.Say(o.Person.ID), dayCell(o.From), dayCell(o.To),
			{Text: fmt.Sprint(int(o.Workdays)), Value: int(o.Workdays)},
			{Text: report.Grouped(o.Percent()) + "%", Value: json.Number(o.Percent()), Tone: report.Bad},
			{Text: strings.Join(programs, ", "), Value: o.Programs()},
		}
		if o.To <= a.AsOf {
			t.Minor = append(t.Minor, report.Row{Cells: cells})
		} else {
			t.Append(cells...)
		}
	}
	t.Empty = "nobody from " + a.tomorrow() + " on"
	return t
}

// counted says of which days required and free are, where some lines have others too.
func (a *Analysis) counted() string {
	days := cal.Through(max(a.AsOf+1, a.Buckets[0].From), a.Buckets[len(a.Buckets)-1].Last())
	for _, r := range a.Unfilled {
		if r.Line.From.First() < days.From || r.Line.To.Last() >= days.To {
			return fmt.Sprintf("; required and free are of %s to %s", days.From, days.Last())
		}
	}
	return ""
}

// requirements lists the lines as they are written, whatever part of their days counts.
func (a *Analysis) requirements() *report.Table {
	t := &report.Table{Name: "unfilled", Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Role", Key: "role"},
		{Header: "Level", Key: "level", Priority: 3},
		{Header: "Team", Key: "team", Priority: 2},
		{Header: "Location", Key: "location", Priority: 5},
		{Header: "FTE", Key: "fte", Align: report.Right},
		{Header: "From", Key: "from", Whole: true},
		{Header: "To", Key: "to", Whole: true, Priority: 1},
		{Header: "Required", Key: "required", Align: report.Right, Priority: 1},
		{Header: "Free", Key: "free", Align: report.Right, Priority: 1},
		{Header: "Short", Key: "short", Align: report.Right},
		{Header: "Milestone", Key: "milestone", Priority: 6},
	}}
	for _, r := range a.Unfilled {
		free, short := unknownCell(), unknownCell()
		if r.Free != nil {
			free = workCell(*r.Free, 0)
			short = report.Cell{Value: *r.Short}
			if r.isShort() {
				short = workCell(*r.Short, 1)
			}
		}
		l := r.Line
		t.Append(report.Say(r.Program.Meta.Name), anyCell(l.Role), anyCell(l.Level), anyCell(l.Team), anyCell(l.Location),
			report.Cell{Text: report.Grouped(l.FTE.String()), Value: l.FTE}, dayCell(l.From.First()), dayCell(l.To.Last()),
			workCell(r.Required, 0), free, short, report.Say(string(l.Milestone)))
	}
	return t
}

// anyCell is what a line asks for, where it says.
func anyCell(text string) report.Cell {
	if text == "" {
		return report.Cell{Text: "any", Tone: report.Dim}
	}
	return report.Say(text)
}

// outsideWords are the reasons as people read them.
var outsideWords = map[OutsideReason]string{
	BeforeStart: "before the person starts", AfterEnd: "after the person left", OutsideProgram: "when the program does not run",
}

func (a *Analysis) outsides() *report.Table {
	t := &report.Table{Name: "outside", Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Person", Key: "person"},
		{Header: "From", Key: "from", Whole: true},
		{Header: "To", Key: "to", Whole: true, Priority: 1},
		{Header: "Why", Key: "reason", Prose: true},
	}}
	for _, x := range a.Outside {
		who := report.Say(x.Line.Person)
		if who.Text == "" {
			who.Text = strings.Join(slices.DeleteFunc([]string{x.Line.Role, x.Line.Team}, func(s string) bool { return s == "" }), ", ")
			who.Tone = report.Dim
		}
		t.Append(report.Say(x.Program.Meta.Name), who, dayCell(x.From), dayCell(x.To),
			report.Cell{Text: outsideWords[x.Reason], Value: string(x.Reason), Tone: report.Warn})
	}
	return t
}

// mostPeople is how many of those who are free people are told one by one.
const mostPeople = 30

// people lists who is free over all the days to come, the most first.
func (a *Analysis) people() *report.Table {
	t := &report.Table{Empty: "nobody", Columns: []report.Column{
		{Header: "Person", Key: "person"},
		{Header: "Team", Key: "team"},
		{Header: "Role", Key: "role", Priority: 1},
		{Header: "Level", Key: "level", Priority: 2},
		{Header: "Free", Key: "free", Align: report.Right},
	}}
	list := slices.Clone(a.Free)
	slices.SortStableFunc(list, func(x, y FreePerson) int {
		p, _ := Series{Values: x.FTE}.Sum()
		q, _ := Series{Values: y.FTE}.Sum()
		return q.Sub(p).Sign()
	})
	var rest FTEMonths
	for i, p := range list {
		sum, _ := Series{Values: p.FTE}.Sum()
		now := p.Standing
		cells := []report.Cell{report.Say(p.Person.ID), report.Say(now.Team), report.Say(now.Role), report.Say(now.Level), workCell(sum, 0)}
		if i < mostPeople {
			t.Append(cells...)
			continue
		}
		t.Minor = append(t.Minor, report.Row{Cells: cells})
		rest = rest.Add(sum)
	}
	if more := len(list) - mostPeople; more > 0 {
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{{Text: fmt.Sprintf("and %d more", more)}, {}, {}, {}, workCell(rest, 0)}})
	}
	return t
}
