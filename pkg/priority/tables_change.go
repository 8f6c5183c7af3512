package priority

import (
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

func (a *Analysis) weightTable() *report.Table {
	t := &report.Table{Columns: []report.Column{{Header: "Criterion", Key: "criterion"}, right("Before", "before", 0), right("Now", "after", 0)}}
	share := func(r ratio.Ratio) report.Cell {
		if !r.Known() {
			return report.Cell{Text: "none", Tone: report.Dim}
		}
		return report.Cell{Text: r.Percent(), Value: r}
	}
	for _, w := range a.Change.Weights {
		t.Append(report.Say(w.ID), share(w.Before), share(w.After))
	}
	return t
}

// changeTable is the programs whose rank or score is another, and those that left.
func (a *Analysis) changeTable(rows []*Row) *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Program", Key: "program"},
		right("Rank", "rank_before", 0), right("Now", "rank", 0),
		right("Score", "score_before", 1), right("Now", "score", 1),
		{Header: "Why", Key: "reason", Prose: true},
	}}
	if !a.compared() {
		return t
	}
	for _, r := range rows {
		if b := r.Before; r.Rank != b.Rank || r.Score.Score.Cmp(b.Score) != 0 || len(b.Scores) > 0 {
			t.Append(report.Say(r.name()), rankCell(b.Rank), rankCell(r.Rank), scoreCell(b.Score), scoreCell(r.Score.Score), report.Say(r.why()))
		}
	}
	for _, l := range a.Change.Left {
		t.Append(report.Say(l.Program), rankCell(l.Rank), report.Cell{}, report.Cell{}, report.Cell{}, report.Say(l.Reason))
	}
	return t
}
