package risk

import (
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// sheets are the analysis for spreadsheets: a row a risk, closed ones too; the exposure of
// groups and responses; the cells of both matrices; what became of risks.
func (a *Analysis) sheets() []*report.Table {
	risks := sheet("risks", "risk", "program", "id", "title", "status", "counts", "response", "owner", "team", "theme", "probability",
		"impact_days", "impact_cost", "exposure_days", "exposure_cost", "review_by", "review_late_days", "cost_unknown", "change")
	kinds := a.kinds()
	for _, r := range a.Risks {
		d := r.data()
		risks.Append(machine(d.Risk, d.Program, d.ID, d.Title, string(d.Status), d.Counts, d.Response, d.Owner, d.Team, d.Theme, d.Probability,
			d.Impact.Days, d.Impact.Cost, d.Exposure.Days, d.Exposure.Cost, d.ReviewBy, d.Late, report.TextOrNull(strings.Join(d.Unknown, "; ")), kinds[r.Name()])...)
	}
	list := []*report.Table{risks}
	figures := []string{"risks", "reviews_past_due", "exposure_days", "days_of", "exposure_cost", "cost_of"}
	cells := func(e *Exposure) []report.Cell { return machine(e.Risks, e.Late, e.Days, e.Timed, e.Cost, e.Costed) }
	var keys []string
	for _, d := range a.By {
		keys = append(keys, strings.ReplaceAll(d.String(), "-", "_"))
	}
	groups := sheet("exposure", append(keys, figures...)...)
	if len(a.By) == 0 {
		groups.Append(cells(&a.Total)...)
	}
	for i := range a.Groups {
		var key []report.Cell
		for k := range a.By {
			key = append(key, report.Say(a.Groups[i].Key[k]))
		}
		groups.Append(append(key, cells(&a.Groups[i].Exposure)...)...)
	}
	responses := sheet("responses", append([]string{"response"}, figures...)...)
	for i := range a.Responses {
		x := &a.Responses[i]
		responses.Append(append(machine(response(x.Response)), cells(&x.Exposure)...)...)
	}
	heat := sheet("heat", "of", "impact", "probability", "risks")
	for _, x := range []struct {
		of   string
		heat *Heat
	}{{"cost", a.CostHeat()}, {"days", a.DayHeat()}} {
		for _, c := range x.heat.data() {
			heat.Append(machine(x.of, c.Impact, c.Probability, len(c.Risks))...)
		}
	}
	list = append(list, groups, responses, heat)
	if a.comparable() {
		moves := sheet("moves", "risk", "kind", "days", "cost", "days_before", "cost_before", "days_after", "cost_after", "why")
		for _, m := range a.trendData().Moves {
			moves.Append(machine(m.Risk, string(m.Kind), m.Days, m.Cost, m.Before.Days, m.Before.Cost, m.After.Days, m.After.Cost, strings.Join(m.Why, "; "))...)
		}
		list = append(list, moves)
	}
	return list
}

// kinds are what became of risks since the baseline, by their names.
func (a *Analysis) kinds() map[string]*Kind {
	of := map[string]*Kind{}
	if a.comparable() {
		for _, m := range a.Trend.Moves {
			of[m.Name()] = &m.Kind
		}
	}
	return of
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
