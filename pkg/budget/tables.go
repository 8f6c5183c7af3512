package budget

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

// keyColumns name a group.
func (a *Analysis) keyColumns() []report.Column {
	columns := make([]report.Column, len(a.By))
	for i, d := range a.By {
		columns[i] = report.Column{Header: d.Title(), Key: strings.ReplaceAll(d.String(), "-", "_")}
	}
	if len(columns) == 0 {
		columns = []report.Column{{Header: "Of", Key: "of"}}
	}
	return columns
}

// row is a group, or a sum of some, as tables show it.
type row struct {
	kind  report.RowKind
	cells []report.Cell // of the key
	cell  *cell
}

// outline lists the groups with their subtotals and the total.
func (a *Analysis) outline() []row {
	keys := make([]group.Key, len(a.Groups))
	for i, g := range a.Groups {
		keys[i] = g.Key
	}
	var list []row
	for _, e := range group.Outline(a.s, a.By, a.Subtree, keys) {
		sum := a.cells[e.Keys[0]]
		if len(e.Keys) > 1 {
			sum = &cell{}
			for _, key := range e.Keys {
				sum.merge(a.cells[key])
			}
		}
		list = append(list, row{e.Kind, e.Cells(), sum})
	}
	total := make([]report.Cell, max(len(a.By), 1))
	total[0].Text = "Total"
	return append(list, row{report.Total, total, a.total})
}

// merge adds another group.
func (c *cell) merge(o *cell) {
	for i := range o.months {
		at := c.at(o.first.Add(i))
		for f := range figures {
			at[f].Add(o.months[i][f])
		}
	}
	if o.recorded != nil {
		for step, months := range o.recorded.sums {
			for m := range sortedMonths(months) {
				c.steps().add(step, m, *months[m])
			}
		}
		c.steps().hide(o.recorded.unknown)
	}
	for _, v := range o.veils {
		c.lay(v)
	}
}

// byGroup is a row a group, over all years, with subtotals. F is favourable: less than
// planned; U is not.
func (a *Analysis) byGroup() *report.Table {
	from, to := a.span()
	t := &report.Table{Columns: append(a.keyColumns(),
		right("Plan", "plan", 0), right("Plan to "+min(to, a.AsOf.Month()).String(), "plan_to_date", 4), right("Actual", "actual", 2),
		right("Variance", "variance", 3), right("Variance %", "variance_percent", 6), right("Ordered", "commitments", 5), right("Forecast", "forecast", 0),
		right("Forecast variance", "forecast_variance", 0), right("Forecast %", "forecast_variance_percent", 1),
	)}
	for _, e := range a.outline() {
		x := a.totals(e.cell, from, to)
		t.Rows = append(t.Rows, report.Row{Kind: e.kind, Cells: append(slices.Clone(e.cells),
			amount(x.Plan), amount(x.PlanToDate), amount(x.Actual), a.variance(x.Variance, x.PlanToDate), percent(x.VariancePercent),
			amount(x.Commitments), amount(x.Forecast), a.variance(x.ForecastVariance, x.Plan), percent(x.ForecastVariancePercent),
		)})
	}
	return t
}

// periods is the total, a row a period.
func (a *Analysis) periods() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Period", Key: "period", Whole: true},
		right("Plan", "plan", 0), right("Actual", "actual", 1), right("Variance", "variance", 2), right("Ordered", "commitments", 3),
		right("Forecast", "forecast", 0), right("Forecast variance", "forecast_variance", 0),
	}}
	add := func(kind report.RowKind, name report.Cell, from, to cal.Month) {
		x := a.totals(a.total, from, to)
		actual, variance := amount(x.Actual), a.variance(x.Variance, x.PlanToDate)
		if from > a.AsOf.Month() {
			actual, variance = report.Cell{}, report.Cell{}
		}
		t.Rows = append(t.Rows, report.Row{Kind: kind, Cells: []report.Cell{
			name, amount(x.Plan), actual, variance, amount(x.Commitments), amount(x.Forecast), a.variance(x.ForecastVariance, x.Plan),
		}})
	}
	for _, b := range a.Buckets {
		name := report.Say(b.Name)
		if b.From > a.AsOf {
			name.Tone = report.Dim
		}
		add(report.Plain, name, b.From.Month(), last(b))
	}
	if len(a.Buckets) > 1 {
		from, to := a.span()
		add(report.Total, report.Cell{Text: a.Years.String()}, from, to)
	}
	return t
}

// matrix is the forecast of each group in each period.
func (a *Analysis) matrix() *report.Table {
	t := &report.Table{Columns: a.keyColumns()}
	for _, b := range a.Buckets {
		t.Columns = append(t.Columns, right(b.Name, strings.ToLower(b.Name), 0))
	}
	for _, e := range a.outline() {
		r := report.Row{Kind: e.kind, Cells: slices.Clone(e.cells)}
		for _, b := range a.Buckets {
			r.Cells = append(r.Cells, amount(a.known(e.cell.sum(Forecast, b.From.Month(), last(b)))))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// atCompletion is a row a group, in all years that there are.
func (a *Analysis) atCompletion() *report.Table {
	t := &report.Table{Columns: append(a.keyColumns(),
		right("Plan", "plan", 0), right("Actual", "actual", 0), right("Forecast", "forecast", 0),
		right("Variance", "variance", 1), right("%", "variance_percent", 1),
	)}
	from, to := a.span()
	for _, e := range a.outline() {
		x := a.totals(e.cell, from, to).AtCompletion
		t.Rows = append(t.Rows, report.Row{Kind: e.kind, Cells: append(slices.Clone(e.cells),
			amount(x.Plan), amount(x.Actual), amount(x.Forecast), a.variance(x.Variance, x.Plan), percent(percentOf(x.Variance, x.Plan)))})
	}
	return t
}

func (a *Analysis) contingencyTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Program", Key: "program"}, right("Contingency", "contingency", 0), right("Drawn", "drawn", 0), right("Left", "left", 0), right("Beyond it", "beyond", 1),
	}}
	for _, c := range a.Contingencies {
		beyond := amount(c.Beyond)
		if c.Beyond != nil && !c.Beyond.IsZero() {
			beyond.Tone = report.Bad
		}
		t.Append(report.Say(c.Program), amount(c.Amount), amount(c.Drawn), amount(c.Left), beyond)
	}
	return t
}

func (a *Analysis) capTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Budget", Key: "budget"},
		{Header: "Team", Key: "team", Priority: 1},
		{Header: "Year", Key: "fiscal_year", Whole: true},
		right("Cap", "cap", 0), right("Plan", "plan", 0), right("Forecast", "forecast", 0), right("Left", "left", 0),
	}}
	for _, c := range a.Caps {
		t.Append(report.Say(c.Budget), report.Say(c.Team), report.Say(c.Year.String()), amount(c.Cap), amount(c.Plan), amount(c.Forecast), amount(c.Left))
	}
	return t
}

// compared is the plan beside the plan of record, and why it is more or less.
func (a *Analysis) compared() *report.Table {
	t := &report.Table{Columns: append(a.keyColumns(), right("Record", "baseline_plan", 0), right("Plan", "plan", 0), right("Variance", "variance", 0))}
	for _, f := range Factors {
		t.Columns = append(t.Columns, right(strings.ToUpper(f[:1])+f[1:], f, 1))
	}
	from, to := a.span()
	for _, e := range a.outline() {
		x := a.against(e.cell.recorded, from, to)
		cells := append(slices.Clone(e.cells), amount(x.Plan), amount(a.known(e.cell.sum(Planned, from, to))), changed(x.Variance))
		for _, part := range x.Bridge.parts() {
			cells = append(cells, changed(*part))
		}
		t.Rows = append(t.Rows, report.Row{Kind: e.kind, Cells: cells})
	}
	return t
}

// reconciled leads from one lens to the other.
func (a *Analysis) reconciled() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "", Key: "step"}, right("Plan", "plan", 0), right("Actual", "actual", 0), right("Forecast", "forecast", 0),
	}}
	r := a.Reconciliation
	add := func(kind report.RowKind, name string, s Sums) {
		t.Rows = append(t.Rows, report.Row{Kind: kind, Cells: []report.Cell{report.Say(name), amount(s.Plan), amount(s.Actual), amount(s.Forecast)}})
	}
	add(report.Plain, "what programs cost", r.Programs)
	add(report.Plain, "− their money other than people", negated(r.ProgramMoney))
	add(report.Plain, "+ unallocated people", r.UnallocatedPeople)
	add(report.Plain, "+ teams' own money", r.TeamMoney)
	add(report.Total, "what teams cost", r.Teams)
	return t
}

func negated(s Sums) Sums {
	for _, f := range s.all() {
		if *f != nil {
			minus := (*f).Neg()
			*f = &minus
		}
	}
	return s
}

// amount is money as it is.
func amount(m *money.Amount) report.Cell {
	if m == nil {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: m.Grouped(), Value: *m}
}

// changed is a difference of money with its sign; more is worse.
func changed(m *money.Amount) report.Cell {
	c := amount(m)
	switch {
	case m == nil:
	case m.Minor > 0:
		c.Text, c.Tone = "+"+c.Text, report.Bad
	case m.Minor < 0:
		c.Tone = report.Good
	}
	return c
}

// variance is a difference from a plan, F for less and U for more than it. It strikes
// where it is beyond what is tolerated.
func (a *Analysis) variance(m, plan *money.Amount) report.Cell {
	c := changed(m)
	switch {
	case m == nil:
	case m.Minor > 0:
		c.Text += " U"
		if a.tolerated(m, plan) {
			c.Tone = report.Warn
		}
	case m.Minor < 0:
		c.Text += " F"
		c.Tone = report.None
	default:
		c.Text += "  "
	}
	return c
}

func percent(p *Percentage) report.Cell {
	if p == nil {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	c := report.Cell{Text: p.String(), Value: p.Number()}
	if p.exact.Sign() < 0 {
		c.Tone = report.Good
	}
	return c
}
