package priority

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/report"
)

// sheets are the analysis for spreadsheets: a row a program; the scores, one a row; people
// by role and period, one figure a row; what programs are short of; what changed.
func (a *Analysis) sheets() []*report.Table {
	ranking := sheet("ranking", "rank", "program", "title", "status", "owner", "team", "theme", "score", "scored_share", "best_rank", "worst_rank",
		"plan", "plan_sum", "money_line", "people_line", "rank_before", "score_before", "score_change", "by_weights", "by_scores", "reason")
	scores := sheet("scores", "program", "criterion", "weight", "share", "score", "contribution")
	asked := sheet("demand", "program", "role", "period", "demand")
	short := sheet("short", "program", "role", "period", "demand", "supply", "short")
	for _, r := range a.Shown() {
		d := a.programData(r)
		b := d.Before
		if b == nil {
			b = &beforeData{}
		}
		ranking.Append(machine(d.Rank, d.Program, d.Title, string(d.Status), d.Owner, d.Team, d.Theme, d.Score, d.Known, d.Best, d.Worst,
			d.Plan, d.PlanSum, d.Money, d.People, b.Rank, b.Score, b.ScoreChange, b.ByWeights, b.ByScores, b.Reason)...)
		for i, s := range d.Scores {
			scores.Append(machine(d.Program, s.Criterion, a.Criteria[i].Weight, a.Criteria[i].Share, s.Score, s.Contribution)...)
		}
		for _, role := range slices.Sorted(maps.Keys(r.demand.roles)) {
			for i, n := range r.demand.roles[role] {
				if n.Sign() != 0 {
					asked.Append(machine(d.Program, role, a.People.Buckets[i].Name, n)...)
				}
			}
		}
		for _, l := range d.Short {
			short.Append(machine(d.Program, l.Role, l.Period, l.Demand, l.Supply, l.Short)...)
		}
	}
	list := []*report.Table{ranking, scores}
	if d := a.peopleData(); d != nil {
		people := sheet("people", "role", "period", "figure", "value")
		for _, r := range d.Roles {
			for i, b := range a.People.Buckets {
				people.Append(machine(r.Role, b.Name, "supply", r.Supply[i])...)
				if r.Planned != nil {
					people.Append(machine(r.Role, b.Name, "planned", r.Planned[i])...)
				}
				people.Append(machine(r.Role, b.Name, "demand", r.Demand[i])...)
				people.Append(machine(r.Role, b.Name, "left", r.Left[i])...)
			}
		}
		list = append(list, people, asked, short)
	}
	if a.compared() {
		weights, left := sheet("weights_changed", "criterion", "before", "after"), sheet("left", "program", "rank_before", "reason")
		for _, w := range a.Change.Weights {
			weights.Append(machine(w.ID, w.Before, w.After)...)
		}
		for _, l := range a.Change.Left {
			left.Append(machine(l.Program, l.Rank, l.Reason)...)
		}
		list = append(list, weights, left)
	}
	return list
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
