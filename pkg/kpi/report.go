package kpi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Report fills a report: how both indicators stand against their targets, by period and
// by group, what was missed and what is left out and why, and what stakeholders answered.
//
// With sheets it has what spreadsheets read too: many rows.
func (a *Analysis) Report(r *report.Report, sheets bool) {
	r.Data = a.data()
	if sheets {
		r.Sheets = a.sheets()
	}
	r.Add(report.Text(a.summary()))
	if a.CompletionUnknown != nil && a.SatisfactionUnknown != nil {
		return
	}
	if len(a.Periods) > 0 {
		r.Add(report.Heading("By "+string(a.o.Step)), a.periodTable())
		if slices.ContainsFunc(a.Periods, func(p Period) bool { return p.Alike != nil }) {
			r.Add(report.Text("Like for like: the change of CSAT, in percentage points, since the last period that has one, of the programs with answers in both"))
		}
	}
	if len(a.Groups) > 0 {
		r.Add(report.Heading(fmt.Sprintf("By %s, in all of %s", titles(a.o.By), a.o.Years)), a.groupTable())
	}
	if list := a.Total.Completion.misses(); len(list) > 0 {
		r.Add(report.Heading("Missed"), missTable(list, a.rebased))
	}
	if list := a.Total.Completion.leftOut(baselines[:]...); len(list) > 0 {
		r.Add(report.Heading("Left out"), leftOutTable(list, a.rebased))
	}
	if len(a.Rows) == 0 {
		return
	}
	r.Add(report.Heading("Satisfaction by program"), a.rowTable())
	if slices.ContainsFunc(a.Rows, func(r *Row) bool { return r.Score.Why != "" }) {
		r.Add(report.Text("n/a: " + tooFew + ", of which nothing is shown and which are in no sum"))
	}
	if a.Total.Satisfaction.All.N > 0 {
		r.Add(report.Heading("Satisfaction by dimension, in all of "+a.o.Years.String()), a.dimensionTable())
	}
	if chart := a.chart(); chart != nil {
		r.Add(report.Heading("Trend"), chart)
	}
}

// summary is how both indicators stand.
func (a *Analysis) summary() string {
	var lines []string
	if a.CompletionUnknown != nil {
		lines = append(lines, private("completion rate"))
	} else {
		lines = append(lines, a.completionLines()...)
	}
	if a.SatisfactionUnknown != nil {
		lines = append(lines, private("satisfaction"))
	} else {
		lines = append(lines, a.satisfactionLines()...)
	}
	lines = append(lines, texts(a.Partial)...)
	own := len(a.o.Notes)
	lines = append(lines, a.Notes[:own]...)
	for _, note := range short(a.Notes[own:]) {
		lines = append(lines, capital(note))
	}
	return strings.Join(lines, "\n")
}

func (a *Analysis) completionLines() []string {
	c := &a.Total.Completion
	said := func(f Form) string {
		text := c.Rate(Original, f).text()
		if !a.rebased {
			return text
		}
		return fmt.Sprintf("%s against the original baseline, %s against the approved", text, c.Rate(Approved, f).text())
	}
	lines := []string{fmt.Sprintf("Closed in %s, on time and within budget: %s", a.o.Years, said(Closed))}
	if t := a.CompletionTarget; t != nil {
		line := fmt.Sprintf("Target %s: %s", t[Original].Part, metText(t[Original].Met))
		if a.rebased {
			line += fmt.Sprintf(" against the original, %s against the approved", metText(t[Approved].Met))
		}
		lines = append(lines, line)
	}
	lines = append(lines, fmt.Sprintf("Due in %s, so far: %s", a.o.Years, said(Due)))
	if list := c.leftOut(baselines[:]...); len(list) > 0 {
		lines = append(lines, "Left out: "+leftOutText(list)+a.pastDue(list))
	}
	if a.s.Unconfigured {
		return lines
	}
	budget := "the baseline budget"
	if a.o.Against != "" {
		budget = "the plan at " + a.o.Against
	}
	over := ""
	if t := a.s.Config.Policy.BudgetTolerance; *t > 0 {
		over = t.String() + " over "
	}
	return append(lines, fmt.Sprintf("Within budget: spend up to %s is at most %s%s", a.o.AsOf, over, budget))
}

// pastDue names those left out that were not completed by their baseline, as far as is
// known: nobody must overlook them. One that was cancelled is none.
func (a *Analysis) pastDue(list []Listed) string {
	var late []string
	for _, x := range list {
		if x.Outcome != Descoped && x.Outcome != Invalid || x.Baseline.IsZero() || x.Baseline >= a.o.AsOf || slices.Contains(late, x.Program) {
			continue
		}
		if x.Open || x.in.Program.Completed > x.Baseline {
			late = append(late, x.Program)
		}
	}
	if late == nil {
		return ""
	}
	const most = 5
	text := "; past their baseline: " + strings.Join(late[:min(len(late), most)], ", ")
	if n := len(late) - most; n > 0 {
		text += fmt.Sprintf(" and %s more", grouped(n))
	}
	return text
}

// text is "3 of 4 (75.0%)".
func (r *Rate) text() string {
	if r.Of() == 0 {
		return "none to judge"
	}
	return fmt.Sprintf("%s of %s (%s)", grouped(len(r.Hits)), plural(r.Of(), "program"), r.Value().Percent())
}

// leftOutText counts programs by why they are left out.
func leftOutText(list []Listed) string {
	var order []Outcome
	by := map[Outcome]map[string]bool{}
	all := map[string]bool{}
	for _, x := range list {
		if by[x.Outcome] == nil {
			by[x.Outcome] = map[string]bool{}
			order = append(order, x.Outcome)
		}
		by[x.Outcome][x.Program], all[x.Program] = true, true
	}
	slices.SortStableFunc(order, func(x, y Outcome) int { return len(by[y]) - len(by[x]) })
	parts := make([]string, len(order))
	for i, o := range order {
		parts[i] = grouped(len(by[o])) + " " + words[o]
	}
	return fmt.Sprintf("%s (%s)", plural(len(all), "program"), strings.Join(parts, ", "))
}

func (a *Analysis) satisfactionLines() []string {
	s := &a.Total.Satisfaction
	var lines []string
	switch {
	case s.Why != "":
		lines = append(lines, fmt.Sprintf("Satisfaction in %s: n/a: %s", a.o.Years, s.Why))
	case !s.All.CSAT.Known():
		lines = append(lines, fmt.Sprintf("Satisfaction in %s: n/a: %s without enough scores", a.o.Years, plural(s.N, "response")))
	default:
		lines = append(lines, fmt.Sprintf("Satisfaction in %s: %s of %s in the top two points, of %s", a.o.Years,
			s.All.CSAT.Percent(), plural(s.All.N, "score"), plural(s.N, "response")))
		var more []string
		if s.All.Mean.Known() {
			more = append(more, "mean "+s.All.Mean.Digits(2))
		}
		if s.NPS.Known() {
			more = append(more, "NPS "+s.NPS.Signed(0))
		}
		if s.ResponseRate.Known() {
			more = append(more, s.ResponseRate.Percent()+" of those invited answered")
		}
		if t := a.SatisfactionTarget; t != nil {
			more = append(more, fmt.Sprintf("target %s: %s", t.Part, metText(t.Met)))
		}
		if more != nil {
			lines = append(lines, capital(strings.Join(more, "; ")))
		}
	}
	if n := s.HiddenSurveys; n > 0 {
		lines = append(lines, fmt.Sprintf("With %s each, and in no figure: %s, %s", tooFew, plural(n, "survey"), plural(s.HiddenResponses, "response")))
	}
	return lines
}

func metText(met *bool) string {
	switch {
	case met == nil:
		return "n/a"
	case *met:
		return "met"
	}
	return "missed"
}

// short cuts a list of lines that says the same of many.
func short(lines []string) []string {
	const most = 8
	if len(lines) <= most {
		return lines
	}
	return append(slices.Clone(lines[:most-1]), fmt.Sprintf("and %s more like these", grouped(len(lines)-most+1)))
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func titles(by []group.Dimension) string {
	names := make([]string, len(by))
	for i, d := range by {
		names[i] = strings.ToLower(d.Title())
	}
	return strings.Join(names, " and ")
}

// private says of an indicator that all that it needs is.
func private(figure string) string {
	return fmt.Sprintf("n/a: %s: %s, join what is with --overlay", figure, staffing.Private)
}
