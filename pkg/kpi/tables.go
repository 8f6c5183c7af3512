package kpi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

// changeKey is the column of Period.Alike.
const changeKey = "csat_change_of_same_programs"

// figureColumns are those of periods and groups.
func (a *Analysis) figureColumns() []report.Column {
	var columns []report.Column
	if a.CompletionUnknown == nil {
		if a.rebased {
			columns = append(columns, right("Closed, original", "closed_original", 0), right("Closed, approved", "closed_approved", 1),
				right("Due, original", "due_original", 0), right("Due, approved", "due_approved", 1))
		} else {
			columns = append(columns, right("Closed", "closed_original", 0), right("Due", "due_original", 0))
		}
		columns = append(columns, right("Left out", "left_out", 2))
	}
	if a.SatisfactionUnknown == nil {
		columns = append(columns, right("CSAT", "csat", 0), right("Like for like", changeKey, 1), right("NPS", "nps", 1), right("Responses", "n", 2))
		if a.Total.Satisfaction.HiddenSurveys > 0 {
			columns = append(columns, right("Not shown", "suppressed", 3))
		}
	}
	return columns
}

func (a *Analysis) figureCells(f *Figures, c *Change) []report.Cell {
	var cells []report.Cell
	if a.CompletionUnknown == nil {
		for _, form := range forms {
			for _, b := range baselines {
				if b == Approved && !a.rebased {
					continue
				}
				cells = append(cells, a.rateCell(f.Completion.Rate(b, form), form))
			}
		}
		out := map[string]bool{}
		for _, x := range f.Completion.leftOut(baselines[:]...) {
			out[x.Program] = true
		}
		cells = append(cells, number(len(out)))
	}
	if a.SatisfactionUnknown == nil {
		s := &f.Satisfaction
		cells = append(cells, a.csatCell(s), changeCell(c), scored(s.NPS, s.NPS.Signed(0), s), answered(s.N, s))
		if a.Total.Satisfaction.HiddenSurveys > 0 {
			cells = append(cells, answered(s.HiddenResponses, s))
		}
	}
	return cells
}

// rateCell is "3 of 4, 75.0%". The target is one for closed alone.
func (a *Analysis) rateCell(r *Rate, form Form) report.Cell {
	if r.Of() == 0 {
		return report.Cell{}
	}
	c := report.Cell{Text: fmt.Sprintf("%s of %s, %s", grouped(len(r.Hits)), grouped(r.Of()), r.Value().Percent()), Value: r.Value()}
	if t := a.CompletionTarget; t != nil && form == Closed {
		c.Tone = tone(met(r.Value(), t[Original].Part))
	}
	return c
}

func tone(met *bool) report.Tone {
	switch {
	case met == nil:
		return report.None
	case *met:
		return report.Good
	}
	return report.Bad
}

func (a *Analysis) csatCell(s *Score) report.Cell {
	c := scored(s.All.CSAT, s.All.CSAT.Percent(), s)
	if t := a.SatisfactionTarget; t != nil {
		c.Tone = tone(met(s.All.CSAT, t.Part))
	}
	return c
}

// scored is a figure of answers: blank where there was no survey, n/a where what there
// was is not shown.
func scored(r ratio.Ratio, text string, s *Score) report.Cell {
	switch {
	case r.Known():
		return report.Cell{Text: text, Value: r}
	case !s.asked():
		return report.Cell{}
	}
	return report.Cell{Text: "n/a", Tone: report.Dim}
}

// asked reports whether there was a survey.
func (s *Score) asked() bool { return s.N+s.HiddenSurveys > 0 }

// answered is a number of responses, which may be 0 where there was a survey.
func answered(n int, s *Score) report.Cell {
	if s.asked() {
		return report.Cell{Text: grouped(n), Value: n}
	}
	return number(n)
}

// changeCell is a change of CSAT in percentage points.
func changeCell(c *Change) report.Cell {
	if c == nil {
		return report.Cell{}
	}
	cell := report.Cell{Text: points(c.CSAT).Signed(1), Value: c.CSAT}
	switch c.CSAT.Sign() {
	case 1:
		cell.Tone = report.Good
	case -1:
		cell.Tone = report.Bad
	}
	return cell
}

// number is a count, blank for people where it is 0.
func number(n int) report.Cell {
	if n == 0 {
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: grouped(n), Value: n}
}

// periodTable has the periods in which there is something, and their total.
func (a *Analysis) periodTable() *report.Table {
	t := &report.Table{Empty: "nothing in " + a.o.Years.String(), Columns: append([]report.Column{{Header: "Period", Key: "period", Whole: true}}, a.figureColumns()...)}
	for i := range a.Periods {
		p := &a.Periods[i]
		row := report.Row{Cells: append([]report.Cell{report.Say(p.Name)}, a.figureCells(&p.Figures, p.Alike)...)}
		if p.any() {
			t.Rows = append(t.Rows, row)
		} else {
			t.Minor = append(t.Minor, row)
		}
	}
	if len(a.Periods) > 1 && len(t.Rows) > 0 {
		cells := append([]report.Cell{{Text: a.o.Years.String()}}, a.figureCells(&a.Total, nil)...)
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: cells})
	}
	return t
}

func (a *Analysis) groupTable() *report.Table {
	t := &report.Table{}
	for _, d := range a.o.By {
		t.Columns = append(t.Columns, report.Column{Header: d.Title(), Key: d.Key()})
	}
	for _, c := range a.figureColumns() {
		if c.Key != changeKey {
			t.Columns = append(t.Columns, c)
		}
	}
	skip := slices.IndexFunc(a.figureColumns(), func(c report.Column) bool { return c.Key == changeKey })
	cells := func(f *Figures) []report.Cell {
		list := a.figureCells(f, nil)
		if skip >= 0 {
			list = slices.Delete(list, skip, skip+1)
		}
		return list
	}
	keys := make([]group.Key, len(a.Groups))
	for i := range a.Groups {
		keys[i] = a.Groups[i].Key
	}
	for _, e := range group.Outline(a.s, a.o.By, a.o.Subtree, keys) {
		f := a.figures(a.of(e.Keys), a.days, true)
		t.Rows = append(t.Rows, report.Row{Kind: e.Kind, Cells: append(e.Cells(), cells(&f)...)})
	}
	return t
}

func missTable(list []Listed, rebased bool) *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Owner", Key: "owner", Priority: 2},
		{Header: "Of", Key: "forms", Priority: 3, Whole: true},
		{Header: "Against", Key: "baselines", Priority: 1, Whole: true},
		{Header: "Baseline", Key: "due", Priority: 1, Whole: true},
		{Header: "Why", Key: "reason", Prose: true},
	}}
	for _, x := range list {
		owner := x.in.Owner
		if p := x.in.Program; p != nil {
			owner = p.Owner
		}
		t.Append(report.Say(x.Program), report.Say(owner), said(names(x.Forms)), said(names(x.Baselines)), report.Say(x.Baseline.String()), report.Say(x.Reason))
	}
	if !rebased {
		dropColumn(t, "baselines")
	}
	return t
}

func leftOutTable(list []Listed, rebased bool) *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Of", Key: "forms", Priority: 2, Whole: true},
		{Header: "Against", Key: "baselines", Priority: 1, Whole: true},
		{Header: "Why", Key: "reason", Prose: true},
	}}
	for _, x := range list {
		t.Append(report.Say(x.Program), said(names(x.Forms)), said(names(x.Baselines)), report.Say(x.Reason))
	}
	if !rebased {
		dropColumn(t, "baselines")
	}
	return t
}

func said(list []string) report.Cell {
	return report.Cell{Text: strings.Join(list, ", "), Value: list}
}

func dropColumn(t *report.Table, key string) {
	i := slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Key == key })
	t.Columns = slices.Delete(t.Columns, i, i+1)
	for _, r := range t.Rows {
		copy(r.Cells[i:], r.Cells[i+1:])
	}
}

// mostRows is how many surveys people see; of more the last of each program.
const mostRows = 60

func (a *Analysis) rowTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Period", Key: "period", Whole: true},
		right("Responses", "n", 1), right("Answered", "response_rate", 3), right("CSAT", "csat", 0), right("Change", "csat_change", 1),
		right("Mean", "mean", 3), right("NPS", "nps", 1),
	}}
	for _, d := range dimensions {
		t.Columns = append(t.Columns, right(capital(d.String()), d.String(), 4))
	}
	for i, r := range a.Rows {
		s := &r.Score
		program := report.Say(r.Program)
		if program.Value == nil {
			program.Text = "(none)"
		}
		cells := []report.Cell{
			program,
			{Text: r.Period.String(), Value: r.Period},
			{Text: grouped(s.N), Value: s.N},
			scored(s.ResponseRate, s.ResponseRate.Percent(), s),
			a.csatCell(s), changeCell(r.Change), scored(s.All.Mean, s.All.Mean.Digits(2), s), scored(s.NPS, s.NPS.Signed(0), s),
		}
		for _, p := range s.By {
			cells = append(cells, scored(p.CSAT, p.CSAT.Percent(), s))
		}
		row := report.Row{Cells: cells}
		if len(a.Rows) > mostRows && i+1 < len(a.Rows) && a.Rows[i+1].Program == r.Program {
			t.Minor = append(t.Minor, row)
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (a *Analysis) dimensionTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Dimension", Key: "dimension"}, right("Scores", "n", 1), right("CSAT", "csat", 0), right("Mean", "mean", 0),
	}}
	s := &a.Total.Satisfaction
	cells := func(name report.Cell, p Part) []report.Cell {
		part := Score{All: p, N: s.N}
		return []report.Cell{name, number(p.N), a.csatCell(&part), scored(p.Mean, p.Mean.Digits(2), s)}
	}
	for d, p := range s.By {
		t.Append(cells(report.Cell{Text: capital(Dimension(d).String()), Value: Dimension(d).String()}, p)...)
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: cells(report.Cell{Text: "All scores"}, s.All)})
	return t
}
