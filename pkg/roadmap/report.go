package roadmap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// Report fills a report: a summary, the drawing, the investment, programs and objectives.
func (a *Analysis) Report(r *report.Report) {
	r.Data = a.data()
	r.Add(report.Text(a.summary()))
	if a.Unknown != nil {
		return
	}
	r.Add(a.drawing())
	if len(a.Themes) > 0 {
		r.Add(report.Heading(fmt.Sprintf("Investment by theme (%s)", a.Currency)), a.shareTable())
	}
	if t := a.programTable(); len(t.Rows) > 0 {
		r.Add(report.Heading("Programs"), t)
	}
	if len(a.Objectives) > 0 {
		r.Add(report.Heading("Objectives"), a.objectiveTable())
	}
}

// summary is what there is, what is off its plan, what is late, and what is not known.
func (a *Analysis) summary() string {
	if a.Unknown != nil {
		return "n/a: roadmap: " + strings.Join(texts(a.Unknown), "; ")
	}
	declared, programs := 0, 0
	for _, t := range a.Themes {
		if t.Declared {
			declared++
		}
		programs += len(t.Programs)
	}
	lines := []string{fmt.Sprintf("Roadmap %s: %s, %s, %s", a.Years,
		report.Plural(declared, "theme"), report.Plural(programs, "program"), report.Plural(len(a.Objectives), "objective"))}
	lines = append(lines, a.Notes...)
	lines = append(lines, texts(a.Partial)...)
	if len(a.s.Roadmaps)+len(a.s.Undecoded("Roadmap")) == 0 && !a.s.Absent(portfolio.ExternalRoadmap) {
		lines = append(lines, "No roadmap: a document of kind Roadmap has the themes, which programs join by theme")
	}
	if text := a.offText(); text != "" {
		lines = append(lines, text)
	}
	for _, t := range a.Total {
		if t.Plan.Known() == nil {
			lines = append(lines, fmt.Sprintf("Actual mix of %s: n/a: %s", t.Year, few(texts(t.Plan.Unknown))))
		}
	}
	var late []string
	for _, o := range a.Objectives {
		if days, ok := o.LateDays(); ok && days > 0 {
			late = append(late, fmt.Sprintf("%s by %s, for %s", o.ID, report.Plural(int(days), "day"), o.Last().Meta.Name))
		}
	}
	if late != nil {
		lines = append(lines, fmt.Sprintf("Programs finish after the quarter of %s: %s", report.Plural(len(late), "objective"), few(late)))
	}
	if a.Beyond > 0 {
		lines = append(lines, fmt.Sprintf("Outside of %s, and not shown: %s", a.Years, report.Plural(a.Beyond, "program")))
	}
	if len(a.LeftOut) > 0 {
		list := make([]string, len(a.LeftOut))
		for i, x := range a.LeftOut {
			list[i] = x.Program + " (" + x.Reason + ")"
		}
		lines = append(lines, "Left out: "+few(list))
	}
	return strings.Join(lines, "\n")
}

// offText names the themes that are farthest off what is planned this year, or in the
// first of the years where that is not one of them.
func (a *Analysis) offText() string {
	if len(a.list) == 0 {
		return ""
	}
	k := max(0, slices.Index(a.list, a.s.Fiscal.YearOf(a.AsOf)))
	type off struct {
		title string
		by    ratio.Ratio
	}
	var list []off
	for _, t := range a.Themes {
		if by := t.Shares[k].Difference(); by.Sign() != 0 {
			list = append(list, off{t.Title, by})
		}
	}
	if list == nil {
		return ""
	}
	slices.SortStableFunc(list, func(x, y off) int { return cmp.Or(-size(x.by).Cmp(size(y.by)), 0) })
	var words []string
	for _, x := range list {
		words = append(words, x.title+" "+points(x.by))
	}
	return fmt.Sprintf("Investment of %s against what is planned, in percentage points: %s", a.list[k], few(words))
}

func size(r ratio.Ratio) ratio.Ratio {
	if r.Sign() < 0 {
		return r.Mul(ratio.New(-1, 1))
	}
	return r
}

// points is a difference of parts in percentage points: "+4.0".
func points(r ratio.Ratio) string { return r.Mul(ratio.New(100, 1)).Signed(1) }

// few joins the first of a list, and counts the rest.
func few(list []string) string {
	const most = 4
	if len(list) <= most+1 {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), len(list)-most)
}

// shareTable has a row for each year and theme, and the sum of each year.
func (a *Analysis) shareTable() *report.Table {
	right := func(header, key string, priority int) report.Column {
		return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
	}
	t := &report.Table{Name: "investment", Columns: []report.Column{
		{Header: "Year", Key: "fiscal_year", Whole: true},
		{Header: "Theme", Key: "theme"},
		right("Planned", "planned", 0), right("Actual", "actual", 0), right("Points", "difference", 0), right("Plan", "plan", 1), right("Programs", "programs", 2),
	}}
	for k, year := range a.list {
		programs := 0
		for _, x := range a.Themes {
			n := x.active(a, k)
			programs += n
			name := report.Cell{Text: x.Title}
			if x.ID != "" {
				name.Value = x.ID
			}
			t.Append(append([]report.Cell{report.Say(year.String()), name}, cells(x.Shares[k], n)...)...)
		}
		t.Rows = append(t.Rows, report.Row{
			Kind:  report.Subtotal,
			Cells: append([]report.Cell{report.Say(year.String()), {Text: "All themes"}}, cells(a.Total[k], programs)...),
		})
	}
	return t
}

// active counts the programs of a theme that go on in a year.
func (t *Theme) active(a *Analysis, k int) (n int) {
	days := a.s.Fiscal.Period(a.list[k])
	for _, p := range t.Programs {
		if !days.Intersect(p.period()).IsEmpty() {
			n++
		}
	}
	return n
}

func cells(s Share, programs int) []report.Cell {
	plan := report.Cell{Text: "n/a", Tone: report.Dim}
	if m := s.Plan.Known(); m != nil {
		plan = report.Cell{Text: m.Grouped(), Value: *m}
	}
	off := report.Cell{Value: s.Difference()}
	if s.Difference().Known() {
		off.Text = points(s.Difference())
	}
	return []report.Cell{percent(s.Planned), percent(s.Actual), off, plan, {Text: fmt.Sprint(programs), Value: programs}}
}

func percent(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: r.Percent(), Value: r}
}

func (a *Analysis) programTable() *report.Table {
	t := &report.Table{Name: "programs", Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Theme", Key: "theme", Priority: 1},
		{Header: "Objectives", Key: "objectives", Priority: 4},
		{Header: "Status", Key: "status", Priority: 2, Whole: true},
		{Header: "Start", Key: "start", Priority: 3, Whole: true},
		{Header: "Due", Key: "due", Priority: 3, Whole: true},
		{Header: "Baseline", Key: "baseline", Priority: 2, Whole: true},
		{Header: "Finish", Key: "finish", Whole: true},
		{Header: "Variance", Key: "variance_days", Align: report.Right},
		{Header: "Plan " + a.Years.String(), Key: "plan", Align: report.Right, Priority: 2},
	}}
	for _, x := range a.Themes {
		for _, p := range x.Programs {
			plan := report.Cell{Text: "n/a", Tone: report.Dim}
			if m := p.Plan.Known(); m != nil {
				plan = report.Cell{Text: m.Grouped(), Value: *m}
			}
			var variance report.Cell
			if days, ok := p.LateDays(); ok {
				variance = lateness(int(days))
			}
			t.Append(report.Say(p.Meta.Name), report.Say(p.Theme), said(p.Objectives), report.Say(string(p.Status)),
				report.Say(p.Start.String()), report.Say(p.Due.String()), report.Say(p.Baseline.String()), report.Say(p.Finish.String()), variance, plan)
		}
	}
	return t
}

// lateness is days after, or before, what was promised.
func lateness(days int) report.Cell {
	c := report.Cell{Value: days}
	switch {
	case days > 0:
		c.Text, c.Tone = fmt.Sprintf("%+dd", days), report.Bad
	case days < 0:
		c.Text, c.Tone = fmt.Sprintf("%+dd", days), report.Good
	}
	return c
}

func said(list []string) report.Cell {
	return report.Cell{Text: strings.Join(list, ", "), Value: append([]string{}, list...)}
}

func (a *Analysis) objectiveTable() *report.Table {
	t := &report.Table{Name: "objectives", Columns: []report.Column{
		{Header: "Objective", Key: "objective"},
		{Header: "Title", Key: "title", Priority: 2, Prose: true},
		{Header: "Owner", Key: "owner", Priority: 3},
		{Header: "Quarter", Key: "quarter", Whole: true},
		{Header: "Programs", Key: "programs", Priority: 1},
		{Header: "Last finish", Key: "finish", Priority: 1, Whole: true},
		{Header: "Late", Key: "late_days", Align: report.Right},
	}}
	for _, o := range a.Objectives {
		var finish, late report.Cell
		if last := o.Last(); last != nil {
			finish = report.Say(last.Finish.String())
		}
		if days, ok := o.LateDays(); ok {
			late = lateness(int(days))
		}
		t.Append(report.Say(o.ID), report.Say(o.Title), report.Say(o.Owner), report.Say(o.Quarter.String()), said(names(o.Programs)), finish, late)
	}
	return t
}
