package risk

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

func unknownCell() report.Cell { return report.Cell{Text: "n/a", Tone: report.Dim} }

func costCell(m *money.Amount) report.Cell {
	if m == nil {
		return unknownCell()
	}
	return report.Cell{Text: m.Grouped(), Value: *m}
}

func daysCell(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return unknownCell()
	}
	return report.Cell{Text: daysNumber(r), Value: r}
}

// riskTable is a row a risk; what does not count is minor, but where all is to be shown.
func (a *Analysis) riskTable(v View) *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Risk", Key: "risk"},
		{Header: "What may happen", Key: "title", Priority: 4},
		{Header: "Owner", Key: "owner", Priority: 2},
		right("Probability", "probability", 1), right("Days", "impact_days", 3), right("Cost", "impact_cost", 3),
		right("Exposed days", "exposure_days", 0), right("Exposed cost", "exposure_cost", 0),
		{Header: "Response", Key: "response", Priority: 3, Whole: true},
		{Header: "Review by", Key: "review_by", Whole: true},
		right("Late", "review_late_days", 0),
	}}
	if v.All {
		t.Columns = append(t.Columns, report.Column{Header: "Status", Key: "status", Whole: true})
	}
	for _, r := range a.Risks {
		if !r.Counts() && !v.All {
			continue
		}
		cells := []report.Cell{
			report.Say(r.Name()), report.Say(r.Title), report.Say(r.Holder), probabilityCell(r.Probability),
			impactDays(r.Days), costCell(r.Cost), daysCell(r.ExposedDays), costCell(r.ExposedCost), report.Say(string(r.Response)),
			a.reviewCell(r), lateCell(r),
		}
		if v.All {
			cells = append(cells, report.Say(r.state()))
		}
		t.Append(cells...)
	}
	return t
}

// state is the status, and of an open risk that does not count why it does not.
func (r *Risk) state() string {
	if r.Status == portfolio.RiskOpen && !r.Counts() {
		return "open, program " + string(r.Program.Status)
	}
	return string(r.Status)
}

func probabilityCell(p *portfolio.Percent) report.Cell {
	if p == nil {
		return unknownCell()
	}
	return report.Cell{Text: p.String(), Value: p.String()}
}

func impactDays(n *int) report.Cell {
	if n == nil {
		return unknownCell()
	}
	return report.Cell{Text: grouped(*n), Value: *n}
}

// reviewCell is the day of a review, of which those count that are still to be held.
func (a *Analysis) reviewCell(r *Risk) report.Cell {
	if r.ReviewBy.IsZero() {
		return report.Cell{}
	}
	c := report.Cell{Text: r.ReviewBy.String(), Value: r.ReviewBy}
	switch soon := a.AsOf.Add(cal.Days(*a.s.Config.Policy.Horizon)); {
	case !r.Counts():
		c.Tone = report.Dim
	case r.Past > 0:
		c.Tone = report.Bad
	case r.ReviewBy <= soon:
		c.Tone = report.Warn
	}
	return c
}

func lateCell(r *Risk) report.Cell {
	if r.Past == 0 {
		return report.Cell{}
	}
	return report.Cell{Text: fmt.Sprintf("%sd", grouped(int(r.Past))), Value: r.Past, Tone: report.Bad}
}

func exposureColumns(before bool) []report.Column {
	columns := []report.Column{right("Risks", "risks", 0), right("Reviews late", "reviews_past_due", 1), right("Exposed days", "exposure_days", 0), right("Exposed cost", "exposure_cost", 0)}
	if before {
		columns = append(columns, right("Days then", "days_before", 2), right("Cost then", "cost_before", 1))
	}
	return columns
}

// sumCells are days and cost.
func sumCells(e *Exposure) []report.Cell {
	return []report.Cell{least(daysCell(e.Days), e.Timed, e.Risks), least(costCell(e.Cost), e.Costed, e.Risks)}
}

// least marks a sum that is not of all risks.
func least(c report.Cell, of, all int) report.Cell {
	if of > 0 && of < all {
		c.Text = "≥ " + c.Text
	}
	return c
}

// exposureCells are the figures of a sum, and those of then.
func exposureCells(e, before *Exposure) []report.Cell {
	late := report.Cell{Value: e.Late}
	if e.Late > 0 {
		late = report.Cell{Text: grouped(e.Late), Value: e.Late, Tone: report.Bad}
	}
	cells := append([]report.Cell{{Text: grouped(e.Risks), Value: e.Risks}, late}, sumCells(e)...)
	if before != nil {
		cells = append(cells, sumCells(before)...)
	}
	return cells
}

func (a *Analysis) groupTable() *report.Table {
	t := &report.Table{}
	for _, d := range a.By {
		t.Columns = append(t.Columns, report.Column{Header: d.Title(), Key: strings.ReplaceAll(d.String(), "-", "_")})
	}
	t.Columns = append(t.Columns, exposureColumns(a.comparable())...)
	keys := make([]group.Key, len(a.Groups))
	for i := range a.Groups {
		keys[i] = a.Groups[i].Key
	}
	now, was := keyed(a.s, a.Options, a.Risks), map[group.Key][]*Risk{}
	if a.comparable() {
		was = keyed(a.Baseline, a.Options, a.was)
	}
	for _, e := range group.Outline(a.s, a.By, a.Subtree, keys) {
		var is, then []*Risk
		for _, key := range e.Keys {
			is, then = append(is, now[key]...), append(then, was[key]...)
		}
		g := a.group(e.Key, is, then)
		t.Rows = append(t.Rows, report.Row{Kind: e.Kind, Cells: append(e.Cells(), exposureCells(&g.Exposure, g.Before)...)})
	}
	if len(t.Rows) > 1 {
		total := make([]report.Cell, len(a.By))
		total[0].Text = "Total"
		var before *Exposure
		if a.comparable() {
			before = &a.Trend.Before
		}
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: append(total, exposureCells(&a.Total, before)...)})
	}
	return t
}

func (a *Analysis) responseTable() *report.Table {
	t := &report.Table{Columns: append([]report.Column{{Header: "Response", Key: "response"}}, exposureColumns(false)...)}
	for i := range a.Responses {
		x := &a.Responses[i]
		name := report.Say(string(x.Response))
		name.Text = group.Named(name.Text)
		t.Append(append([]report.Cell{name}, exposureCells(&x.Exposure, nil)...)...)
	}
	return t
}

// heatTable is impacts down, the highest first, and probabilities across; bands at the ends
// that have no risk are left out.
func (a *Analysis) heatTable(h *Heat) *report.Table {
	t := &report.Table{Columns: []report.Column{{Header: "Impact", Key: "impact", Whole: true}}}
	last := len(h.Probabilities) - 1
	unknown := false
	for i := range h.Cells {
		unknown = unknown || len(h.Cells[i][last]) > 0
	}
	for k, p := range h.Probabilities {
		if k < last || unknown {
			t.Columns = append(t.Columns, right(p.Name, "probability_"+fmt.Sprint(k+1), 0))
		}
	}
	top := false
	for _, i := range h.rows() {
		n := 0
		for _, cell := range h.Cells[i] {
			n += len(cell)
		}
		if top = top || n > 0; n == 0 && (!top || !h.Impacts[i].known()) {
			continue
		}
		cells := []report.Cell{report.Say(h.Impacts[i].Name)}
		for k, cell := range h.Cells[i] {
			if k == last && !unknown {
				continue
			}
			c := report.Cell{Value: len(cell)}
			if len(cell) > 0 {
				c.Text = grouped(len(cell))
				if h.Impacts[i].known() && h.Probabilities[k].known() {
					c.Tone = heatTone(i + k)
				}
			}
			cells = append(cells, c)
		}
		t.Append(cells...)
	}
	return t
}

// heatTone is how hot a cell is: bands of 0 to 4 each are 0 to 8 together.
func heatTone(n int) report.Tone {
	switch {
	case n >= 6:
		return report.Bad
	case n >= 4:
		return report.Warn
	}
	return report.None
}

func (a *Analysis) trendTable() *report.Table {
	t := &report.Table{Columns: []report.Column{{Header: "", Key: "step"}, right("Risks", "risks", 0), right("Days", "exposure_days", 0), right("Cost", "exposure_cost", 0)}}
	row := func(kind report.RowKind, name string, n int, days, cost report.Cell) {
		t.Rows = append(t.Rows, report.Row{Kind: kind, Cells: []report.Cell{report.Say(name), {Text: grouped(n), Value: n}, days, cost}})
	}
	row(report.Plain, "then", a.Trend.Before.Risks, sumCells(&a.Trend.Before)[0], sumCells(&a.Trend.Before)[1])
	for _, s := range a.Trend.Steps {
		row(report.Plain, string(s.Kind), s.Risks, signedDays(s.Days), signedCost(s.Cost))
	}
	row(report.Total, "now", a.Total.Risks, sumCells(&a.Total)[0], sumCells(&a.Total)[1])
	return t
}

func signedDays(r ratio.Ratio) report.Cell {
	c := report.Cell{Text: report.Grouped(r.Digits(1)), Value: r}
	switch r.Sign() {
	case 1:
		c.Text, c.Tone = "+"+c.Text, report.Bad
	case -1:
		c.Tone = report.Good
	default:
		c.Text = ""
	}
	return c
}

func signedCost(m *money.Amount) report.Cell {
	c := costCell(m)
	switch {
	case m == nil:
	case m.Minor > 0:
		c.Text, c.Tone = "+"+c.Text, report.Bad
	case m.Minor < 0:
		c.Tone = report.Good
	default:
		c.Text = ""
	}
	return c
}

func (a *Analysis) moveTable() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Risk", Key: "risk"},
		{Header: "What", Key: "kind", Whole: true},
		right("Days", "days", 1), right("Cost", "cost", 0),
		{Header: "Why", Key: "why", Prose: true, Priority: 1},
	}}
	for _, m := range a.Trend.Moves {
		cost := money.Amount{Minor: m.Cost, Currency: a.currency()}
		t.Append(report.Say(m.Name()), report.Say(string(m.Kind)), signedDays(m.Days), signedCost(&cost),
			report.Cell{Text: strings.Join(m.Why, ", "), Value: m.Why})
	}
	return t
}
