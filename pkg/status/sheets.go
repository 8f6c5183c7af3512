package status

import (
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// sheets are the analysis for spreadsheets: a row for each thing that needs attention, for
// each program, those too that are over, for each reason, and for each milestone that is
// next.
func (a *Analysis) sheets() []*report.Table {
	d := a.data()
	attention := sheet("attention", "rank", "severity", "kind", "program", "subject", "what", "who", "by", "days", "do")
	for _, x := range d.Attention {
		attention.Append(machine(x.Rank, x.Severity.String(), string(x.Kind), x.Program, x.Subject, x.What, x.Who, x.By, x.Days, x.Do)...)
	}
	programs := sheet("programs", "program", "title", "status", "owner", "team", "due", "health", "stated", "contradicted", "not_judged",
		"next_milestone", "next_due", "next_days", "overdue", "slip_days", "spi", "cpi", "planned", "spent", "spend_percent",
		"plan_at_completion", "forecast_at_completion", "fte", "risks", "risks_past_review", "next_review", "reviews_missed")
	why := sheet("reasons", "program", "kind", "health", "reason")
	for _, p := range d.Programs {
		var next [3]any
		if m := p.Next; m != nil {
			next = [3]any{m.ID, m.Due, m.Days}
		}
		programs.Append(machine(p.Program, p.Title, string(p.Status), p.Owner, p.Team, p.Due, p.Health.Computed, p.Health.Stated, p.Health.Contradicted,
			report.TextOrNull(strings.Join(p.Health.Unknown, "; ")), next[0], next[1], next[2], len(p.Overdue), p.SlipDays, p.SPI, p.CPI,
			p.Elapsed.Plan, p.Elapsed.Actual, p.Elapsed.VariancePercent, p.Plan, p.Forecast, p.FTE, p.Risks, p.RisksLate, p.NextReview, p.MissedSince)...)
		for _, r := range p.Health.Reasons {
			why.Append(machine(p.Program, string(r.Kind), string(r.Health), r.Text)...)
		}
	}
	milestones := sheet("milestones", "milestone", "title", "owner", "due", "days", "forecast", "variance_days")
	for _, m := range d.Milestones {
		milestones.Append(machine(m.ID, m.Title, m.Owner, m.Due, m.Days, m.Forecast, m.Slip)...)
	}
	return []*report.Table{attention, programs, why, milestones}
}

func sheet(name string, keys ...string) *report.Table {
	t := &report.Table{Name: name}
	for _, key := range keys {
		t.Columns = append(t.Columns, report.Column{Header: key, Key: key})
	}
	return t
}

func machine(values ...any) []report.Cell {
	cells := make([]report.Cell, len(values))
	for i, v := range values {
		cells[i] = report.Cell{Value: v}
	}
	return cells
}
