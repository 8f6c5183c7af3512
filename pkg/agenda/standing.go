package agenda

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

var spending = section{"spend", false, func(a *Agenda, r *report.Report) {
	t := &report.Table{Name: "spend", Columns: []report.Column{
		{Header: "Program", Key: "program"},
		right("Plan to date", "plan_to_date", 1), right("Spent", "actual", 0), right("Variance", "variance", 0),
		right("Plan", "plan", 2), right("Forecast", "forecast", 1), right("Variance of it", "forecast_variance", 1),
	}}
	row := func(name report.Cell, x *Spend) []report.Cell {
		return []report.Cell{
			name, amount(x.PlanToDate.Known()), amount(x.Actual.Known()), signed(x.Variance()),
			amount(x.Plan.Known()), amount(x.Forecast.Known()), signed(x.ForecastVariance()),
		}
	}
	counted := staffing.Programs(a.Snapshot) // those that are in totals everywhere
	var total *Spend
	var why []string
	for i := range a.Spend {
		x := &a.Spend[i]
		if x.Program != a.Of.Program && !slices.Contains(counted, x.Program) {
			continue
		}
		if x.Plan.Amount.IsZero() && x.Actual.Amount.IsZero() && x.Forecast.Amount.IsZero() && len(x.unknown()) == 0 {
			continue
		}
		t.Append(row(report.Say(x.Program.Meta.Name), x)...)
		for _, u := range x.unknown() {
			if text := u.String(); !slices.Contains(why, text) {
				why = append(why, text)
			}
		}
		if total == nil {
			total = new(*x)
		} else {
			total.add(*x)
		}
	}
	if len(t.Rows) == 0 {
		return
	}
	if len(t.Rows) > 1 {
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: row(report.Cell{Text: "Total"}, total)})
	}
	r.Add(report.Heading(fmt.Sprintf("Spend against plan, in %s", total.Plan.Amount.Currency)), t)
	if why != nil {
		r.Add(report.Text("n/a: " + strings.Join(why[:min(3, len(why))], "; ")))
	}
}}

var findings = section{"findings", false, func(a *Agenda, r *report.Report) {
	list := slices.DeleteFunc(slices.Clone(a.Findings), func(d diag.Diagnostic) bool {
		prefixes := domains[a.kind()]
		return d.Waived || len(prefixes) > 0 && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(d.Code, p) })
	})
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(x, y diag.Diagnostic) int { return cmp.Compare(y.Severity, x.Severity) })
	t := &report.Table{Name: "findings", Columns: []report.Column{
		{Header: "Severity", Key: "severity", Whole: true},
		{Header: "Rule", Key: "code", Whole: true, Priority: 1},
		{Header: "Finding", Key: "message", Prose: true},
		{Header: "Since", Key: "introduced", Whole: true, Priority: 2},
		{Header: "Owner", Key: "owner", Priority: 3},
	}}
	fresh := 0
	for _, d := range list {
		since := report.Cell{}
		if d.Introduced != nil && *d.Introduced {
			since = report.Cell{Text: "new", Value: "new", Tone: report.Warn}
			fresh++
		}
		tone := map[diag.Severity]report.Tone{diag.Error: report.Bad, diag.Warning: report.Warn}[d.Severity]
		t.Append(report.Cell{Text: d.Severity.String(), Value: d.Severity.String(), Tone: tone}, report.Say(d.Code), report.Say(d.Message), since, report.Say(d.Owner))
	}
	heading := fmt.Sprintf("Findings: %d", len(list))
	if a.Since.Change != nil {
		heading += fmt.Sprintf(", %d new", fresh)
	}
	show(r, heading, t)
	if c := a.Since.Change; c != nil && len(c.Fixed) > 0 {
		r.Add(report.Text(fmt.Sprintf("Gone since: %s", report.Plural(len(c.Fixed), "finding"))))
	}
}}

var risks = section{"risks", false, func(a *Agenda, r *report.Report) {
	if len(a.Risks) == 0 {
		return
	}
	t := &report.Table{Name: "risks", Columns: []report.Column{
		{Header: "Risk", Key: "id"},
		{Header: "What", Key: "title", Prose: true},
		right("Chance", "probability", 1),
		{Header: "Why now", Key: "why"},
		{Header: "Owner", Key: "owner", Priority: 2},
	}}
	for i := range a.Risks {
		x := &a.Risks[i]
		chance := report.Cell{}
		if x.Probability != nil {
			chance = report.Cell{Text: x.Probability.String(), Value: *x.Probability}
		}
		t.Append(report.Say(x.Program.Meta.Name+"/"+x.ID), report.Say(x.Title), chance, x.why(), report.Say(x.Owner))
	}
	show(r, "Risks", t)
}}

// why is why a risk is on the agenda.
func (x *Risk) why() report.Cell {
	var parts []string
	tone := report.None
	if x.New {
		parts = append(parts, "new")
	}
	if x.Was != "" {
		parts = append(parts, fmt.Sprintf("%s → %s", x.Was, x.Status))
	} else if x.Status == portfolio.RiskOccurred {
		parts = append(parts, "occurred")
	}
	switch {
	case x.Overdue > 0:
		parts, tone = append(parts, fmt.Sprintf("review overdue %dd", x.Overdue)), report.Bad
	case !x.ReviewBy.IsZero() && x.Status != portfolio.RiskClosed:
		parts = append(parts, "review by "+x.ReviewBy.String())
	}
	text := strings.Join(parts, ", ")
	return report.Cell{Text: text, Value: text, Tone: tone}
}

var milestones = section{"milestones", false, func(a *Agenda, r *report.Report) {
	if len(a.Milestones) == 0 {
		return
	}
	t := &report.Table{Name: "milestones", Columns: []report.Column{
		{Header: "Milestone", Key: "id"},
		{Header: "What", Key: "title", Priority: 2, Prose: true},
		{Header: "Due", Key: "due", Whole: true},
		{Header: "Forecast", Key: "forecast", Whole: true, Priority: 1},
		right("Overdue", "overdue_days", 0),
		{Header: "Owner", Key: "owner", Priority: 1},
	}}
	for _, m := range a.Milestones {
		forecast := report.Say(m.Forecast.String())
		if m.Forecast > m.Due {
			forecast.Tone = report.Warn
		}
		t.Append(report.Say(m.ID.String()), report.Say(m.Title), report.Say(m.Due.String()), forecast, ago(m.Overdue, report.Bad), report.Say(m.Owner))
	}
	show(r, fmt.Sprintf("Milestones open and due by %s", a.Until), t)
}}

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

// count is blank for people where it is 0.
func count(n int, tone report.Tone) report.Cell {
	if n == 0 {
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: fmt.Sprint(n), Value: n, Tone: tone}
}

// ago is a number of days, blank for people where it is 0.
func ago(n cal.Days, tone report.Tone) report.Cell {
	if n == 0 {
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: fmt.Sprintf("%dd", n), Value: n, Tone: tone}
}

// mostRows is how many rows of a table people see: an agenda is for an hour.
const mostRows = 20

// show adds a table under a heading.
func show(r *report.Report, heading string, t *report.Table) {
	r.Add(report.Heading(heading))
	cut(r, t)
}

// cut adds a table, of which it leaves the rows that people cannot talk about in an hour
// to machines, and says so.
func cut(r *report.Report, t *report.Table) {
	n := len(t.Rows) - mostRows
	if n > 1 {
		t.Rows, t.Minor = t.Rows[:mostRows:mostRows], append(t.Rows[mostRows:len(t.Rows):len(t.Rows)], t.Minor...)
	}
	if r.Add(t); n > 1 {
		r.Add(report.Text(fmt.Sprintf("and %d more", n)))
	}
}
