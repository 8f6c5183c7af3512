package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// drawing is bars: of all that is open where the view asks for details, else of the
// critical path of each program; as many programs as are not too many to read.
func (a *Analysis) drawing(s selection, v View, asOf cal.Date) *report.Gantt {
	const most = 40
	g := &report.Gantt{Title: "What decides when a program ends", Today: asOf}
	if v.Detail {
		g.Title = "What is open, and what decides when a program ends"
	}
	drawn := 0
	for _, p := range byUrgency(s.programs) {
		list := p.Path
		if v.Detail {
			list = slices.DeleteFunc(slices.Clone(s.of[p.Program]), func(x *Activity) bool { return !x.Milestone.Open() && !slices.Contains(p.Path, x) })
			for _, x := range p.Path {
				if x.Milestone.Program != p.Program {
					list = append(list, x)
				}
			}
			slices.SortStableFunc(list, func(x, y *Activity) int {
				return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.Finish, y.Finish))
			})
		}
		if drawn > 0 && len(g.Rows)+len(list) > most {
			continue
		}
		drawn++
		group := fmt.Sprintf("%s ends %s, %s", p.Program.Meta.Name, p.Finish, dueWords(p.Program.Due, p.DueFloat, p.Late()))
		for _, x := range list {
			g.Rows = append(g.Rows, bars(p, x, group))
		}
	}
	if n := len(s.programs) - drawn; n > 0 {
		g.Title += fmt.Sprintf(" (%d of %d programs; name others to see theirs)", drawn, len(s.programs))
	}
	return g
}

// bars draw an activity below a program, which may be another one than its own.
func bars(p *ProgramPath, x *Activity, group string) report.GanttRow {
	m := x.Milestone
	row := report.GanttRow{Label: m.ID, Key: m.Ref(), Group: group, Critical: m.Open() && slices.Contains(p.Path, x)}
	if m.Program != p.Program {
		row.Label = m.Ref()
	}
	stretch := cal.Through(x.Start, x.Finish)
	if m.Open() && !row.Critical && x.TotalFloat > 0 {
		row.Bars = append(row.Bars, report.Bar{Kind: report.BarFloat, Period: cal.Through(x.Finish.Add(1), x.LateFinish)})
	}
	switch {
	case x.Duration == 0:
		row.Marks = append(row.Marks, report.DayMark{Kind: report.DayEvent, Day: x.Finish})
	case m.Open():
		row.Bars = append(row.Bars, report.Bar{Kind: report.BarWork, Period: stretch})
	default:
		row.Bars = append(row.Bars, report.Bar{Kind: report.BarDone, Period: stretch})
	}
	switch {
	case x.Finish.After(m.Due):
		row.Marks = append(row.Marks, report.DayMark{Kind: report.DayMissed, Day: m.Due})
		if m.Open() {
			row.Note = x.lateness()
		}
	case m.Open() && (x.Duration > 0 || x.Finish != m.Due):
		row.Marks = append(row.Marks, report.DayMark{Kind: report.DayDue, Day: m.Due})
	}
	return row
}

// lateness is by how many working days what is late is.
func (x *Activity) lateness() string {
	if x.DueFloat == 0 {
		return "late"
	}
	return fmt.Sprintf("%dd late", -x.DueFloat)
}

func dueWords(due cal.Date, float cal.WorkDays, late bool) string {
	switch {
	case late && float == 0:
		return "less than a working day after it is due"
	case late:
		return fmt.Sprintf("%s after it is due", workdays(-float))
	case float == 0:
		return "when it is due"
	}
	return fmt.Sprintf("%s before it is due (%s)", workdays(float), due)
}

// byUrgency sorts programs by how far they are behind the days they are due.
func byUrgency(list []*ProgramPath) []*ProgramPath {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(p, q *ProgramPath) int { return cmp.Compare(p.DueFloat, q.DueFloat) })
	return list
}

// graph is the network as a drawing: what the view shows, and what is linked to that
// directly.
func (a *Analysis) graph(v View) *report.Graph {
	s := a.chosen(v)
	shown := map[*portfolio.Milestone]bool{}
	g := &report.Graph{Title: fmt.Sprintf("Network as of %s", a.network.asOf), Nodes: []report.Node{}}
	var edges []report.Edge
	for _, x := range a.Activities {
		for _, d := range x.Milestone.DependsOn {
			if d.Target == nil || a.Activity(d.Target.Ref()) == nil || !s.in[d.Target] && !s.in[x.Milestone] {
				continue
			}
			shown[d.Target], shown[x.Milestone] = true, true
			from := a.Activity(d.Target.Ref())
			edges = append(edges, report.Edge{
				From: d.Target.Ref(), To: x.Milestone.Ref(), Label: linkWords(d),
				Critical: from.Critical && x.Critical && slices.Contains(x.Drivers, d.Target.Ref()) && from.Milestone.Open(),
			})
		}
	}
	for _, x := range a.Activities {
		if s.in[x.Milestone] || shown[x.Milestone] {
			g.Nodes = append(g.Nodes, node(x))
		}
	}
	g.Edges = edges
	return g
}

func node(x *Activity) report.Node {
	m := x.Milestone
	n := report.Node{
		ID: m.Ref(), Group: m.Program.Meta.Title, Critical: x.Critical, Late: x.Late(), Done: !m.Open(), Event: x.Duration == 0 && m.Open(),
		Lines: []string{m.Title},
	}
	n.Group = cmp.Or(n.Group, m.Program.Meta.Name)
	when := x.Finish.String()
	if x.Start != x.Finish {
		when = x.Start.String() + " – " + when
	}
	n.Lines = append(n.Lines, when)
	switch {
	case n.Done:
		n.Lines = append(n.Lines, "done")
	case n.Critical:
		n.Lines = append(n.Lines, "critical")
	default:
		n.Lines = append(n.Lines, fmt.Sprintf("float %dd", x.TotalFloat.Days()))
	}
	if n.Late {
		n.Lines = append(n.Lines, fmt.Sprintf("due %s, %s", m.Due, x.lateness()))
	}
	return n
}

// linkWords names a link that is not the usual one: "SS +2d".
func linkWords(d portfolio.Dependency) string {
	var words []string
	if d.Type != portfolio.FinishToStart {
		words = append(words, string(d.Type))
	}
	if d.Lag != 0 {
		words = append(words, fmt.Sprintf("%+dd", int(d.Lag)))
	}
	return strings.Join(words, " ")
}
