package headcount

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Report adds what was found to a report: how it stands, the periods, the groups, the
// plan of record, who left, and managers with more reports than the target.
//
// With sheets it has what spreadsheets read too: many rows.
func (a *Analysis) Report(r *report.Report, sheets bool) {
	r.Data = a.data()
	if sheets {
		r.Sheets = []*report.Table{a.sheet()}
	}
	all := a.rows(a.all, []cal.Bucket{a.tally.all()})
	r.Add(report.Text(a.summary(all)))
	if !a.known.people {
		return
	}
	r.Add(report.Heading(a.inCurrency("Period by period")), a.periods())
	if len(a.By) > 0 && len(a.Groups) > 0 {
		r.Add(report.Heading(a.inCurrency(fmt.Sprintf("By %s, in all of %s", titles(a.By), a.Years))), a.byGroup())
		if len(a.Buckets) > 1 && len(a.Buckets) <= mostPeriods {
			r.Add(report.Heading(fmt.Sprintf("Heads at the end of each %s: actual, then %s", a.Step, a.what())), a.matrix())
		}
	}
	if a.known.record {
		r.Add(report.Heading(a.inCurrency("Plan against the plan of record, in all of "+a.Years.String())), a.compared())
		if len(a.Drivers) > 0 {
			r.Add(report.Heading(a.inCurrency("What makes the difference, rates and currencies apart")), a.drivers())
		}
	}
	if t := a.turnoverTable(all); len(t.Rows) > 0 {
		r.Add(report.Heading("Who left: whose last day is the last of a month, in the next one"), t)
	}
	if t := a.managers(); len(t.Rows) > 0 {
		r.Add(report.Heading("Managers with more direct reports than the target of "+a.Span.Target.String()), t)
	}
}

func (a *Analysis) inCurrency(heading string) string {
	return heading + " (" + string(a.Currency) + ")"
}

func titles(by []group.Dimension) string {
	names := make([]string, len(by))
	for i, d := range by {
		names[i] = strings.ToLower(d.Title())
	}
	return strings.Join(names, " and ")
}

// summary says how it stands in a few lines; all are the figures of all years.
func (a *Analysis) summary(all *Rows) string {
	var lines []string
	end := a.tally.all().Last()
	if a.known.people {
		today := 0
		for _, i := range a.tally.items {
			if i.days.Contains(a.AsOf) && a.tally.chooses(i, staffing.At(i.person, a.AsOf)) {
				today++
			}
		}
		line := fmt.Sprintf("%s on %s", people(today), a.AsOf)
		var parts []string
		if n := all.Plan[0]; n != nil {
			parts = append(parts, "plan "+report.Grouped(fmt.Sprint(*n)))
		}
		if n := all.Forecast[0]; n != nil {
			parts = append(parts, "forecast "+report.Grouped(n.String()))
		}
		if len(parts) > 0 {
			line += fmt.Sprintf("; %s on %s", strings.Join(parts, ", "), end)
		}
		lines = append(lines, line)
		lines = append(lines, a.costs(all)...)
		if rate := all.Turnover.Rate[0]; rate.Known() {
			line := fmt.Sprintf("Attrition %s a year, by %s that are over: voluntary %s, involuntary %s",
				rate.Percent(), report.Plural(a.tally.elapsed(), "month"), all.Turnover.VoluntaryRate[0].Percent(), all.Turnover.InvoluntaryRate[0].Percent())
			if kept := all.Turnover.Retention[0]; kept.Known() {
				line += "; retention " + kept.Percent()
			}
			lines = append(lines, line)
		}
		if s := a.Span; s.Average.Known() {
			line := fmt.Sprintf("Span of control %s: %s of %s", staffing.Decimal(s.Average.Rat()), report.Plural(s.Reports, "direct report"), report.Plural(len(s.Managers), "manager"))
			if s.Target != nil {
				line += ", target " + s.Target.String()
			}
			lines = append(lines, line)
		}
	}
	if a.known.people && !a.priced() {
		lines = append(lines, "n/a: all costs: the portfolio has no rate card")
	}
	for _, u := range a.Unknown {
		if !a.priced() && strings.HasSuffix(strings.ToLower(u.Figure), "cost") && u.Reason != staffing.Private {
			continue
		}
		line := fmt.Sprintf("n/a: %s: %s", labels[u.Figure], u.Reason)
		if u.Reason == staffing.Private {
			line += ", join what is with --overlay"
		}
		lines = append(lines, line)
	}
	if left := a.leftOut(); left != "" {
		lines = append(lines, left)
	}
	return strings.Join(lines, "\n")
}

// leftOut says which people and positions are not counted since their documents do not
// validate; "" where all are.
func (a *Analysis) leftOut() string {
	var names []string
	for _, r := range a.tally.Rosters {
		if !a.tally.Sound("roster/" + r.Meta.Name) {
			names = append(names, fmt.Sprintf("roster %q", r.Meta.Name))
		}
	}
	for _, p := range a.tally.Plans {
		if !a.tally.Sound("headcountplan/" + p.Meta.Name) {
			names = append(names, fmt.Sprintf("headcount plan %q", p.Meta.Name))
		}
	}
	if names == nil {
		return ""
	}
	return "Nobody is counted of " + strings.Join(names, ", ") + ", which must validate first"
}

// labels are for people what figures are.
var labels = map[string]string{
	"people": "the people", "plan": "the plan", "forecast": "the forecast", "baseline": "the plan of record",
	"cost": "the cost of the roster", "planCost": "the cost of the plan", "forecastCost": "the cost of the forecast",
	"baseline.planCost": "the cost of the plan of record",
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return report.Grouped(fmt.Sprint(n)) + " people"
}

// costs says what all years cost, as far as it is known.
func (a *Analysis) costs(all *Rows) []string {
	var parts []string
	for _, c := range []struct {
		noun string
		sum  *money.Amount
	}{{"roster", all.Cost[0]}, {"plan", all.PlanCost[0]}, {"forecast", all.ForecastCost[0]}} {
		if c.sum != nil {
			parts = append(parts, c.noun+" "+c.sum.Grouped())
		}
	}
	if parts == nil || !a.priced() {
		return nil
	}
	return []string{fmt.Sprintf("Cost of %s in %s: %s", a.Years, a.Currency, strings.Join(parts, ", "))}
}

// priced reports whether there is a rate card, without which nothing costs anything
// that is known.
func (a *Analysis) priced() bool { return len(a.tally.Config.RateCard) > 0 }

// compared is the plan beside the plan of record, and why it costs more or less.
func (a *Analysis) compared() *report.Table {
	t := &report.Table{Columns: append(a.keyColumns(),
		right("Record", "baseline_plan", 0), right("Plan", "plan", 0), right("Variance", "variance", 0),
		right("Record cost", "baseline_cost", 3), right("Plan cost", "plan_cost", 2), right("Cost variance", "cost_variance", 0),
	)}
	for _, f := range Factors {
		t.Columns = append(t.Columns, right(strings.ToUpper(f[:1])+f[1:], f, 1))
	}
	for _, g := range a.outline() {
		rows := a.rows(g.cell, []cal.Bucket{a.tally.all()})
		c := rows.Compared
		cells := append(slices.Clone(g.cells), number(c.Plan[0]), number(rows.Plan[0]), change(c.Variance[0]),
			amount(c.PlanCost[0]), amount(rows.PlanCost[0]), changed(c.CostVariance[0]))
		for _, part := range c.Bridge.parts() {
			cells = append(cells, changed((*part)[0]))
		}
		t.Rows = append(t.Rows, report.Row{Kind: g.kind, Cells: cells})
	}
	return t
}

func (a *Analysis) turnoverTable(all *Rows) *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Period", Key: "period", Whole: true},
		right("Voluntary", "voluntary", 0), right("Involuntary", "involuntary", 0), right("Other", "other", 0),
		right("Attrition a year", "attrition_rate", 1), right("Voluntary rate", "voluntary_rate", 2), right("Involuntary rate", "involuntary_rate", 3),
		right("Retention", "retention", 1),
	}}
	add := func(kind report.RowKind, name string, r *Turnover, i int) {
		row := report.Row{Kind: kind, Cells: []report.Cell{
			report.Say(name), number(r.Voluntary[i]), number(r.Involuntary[i]), number(r.Other[i]),
			percent(r.Rate[i]), percent(r.VoluntaryRate[i]), percent(r.InvoluntaryRate[i]), percent(r.Retention[i]),
		}}
		if kind == report.Plain && *r.Voluntary[i]+*r.Involuntary[i]+*r.Other[i] == 0 {
			t.Minor = append(t.Minor, row)
			return
		}
		t.Rows = append(t.Rows, row)
	}
	for i, b := range a.Buckets {
		add(report.Plain, b.Name, &a.Total.Turnover, i)
	}
	if len(t.Rows) > 0 {
		add(report.Total, a.Years.String(), &all.Turnover, 0)
	}
	return t
}

// managers are those with more direct reports than the target.
func (a *Analysis) managers() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Manager", Key: "person"}, {Header: "Team", Key: "team", Priority: 1}, right("Reports", "reports", 0),
	}}
	if a.Span == nil || a.Span.Target == nil {
		return t
	}
	for _, m := range a.Span.Managers {
		n, _ := money.ParseDecimal(fmt.Sprint(m.Reports))
		if n.Cmp(*a.Span.Target) <= 0 {
			continue
		}
		team := report.Cell{}
		if m.Team != nil {
			team = report.Say(*m.Team)
		}
		t.Append(report.Say(m.Person), team, report.Cell{Text: fmt.Sprint(m.Reports), Value: m.Reports, Tone: report.Warn})
	}
	return t
}
