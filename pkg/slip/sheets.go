package slip

import (
	"github.com/progctl/progctl/pkg/report"
)

// sheets are what spreadsheets and databases read: a row a milestone, a row a program,
// a row a move.
func (d *Data) sheets() []*report.Table {
	milestones := recordSheet("milestones", "id", "program", "milestone")
	programs := recordSheet("programs", "program")
	moves := sheet("moves", "id", "program", "milestone", "date", "commit", "author", "from", "to", "days", "notice_days", "reason", "draft")
	for _, r := range d.Milestones {
		milestones.Append(append(machine(r.ID, r.Program, r.Milestone), r.cells()...)...)
	}
	for _, r := range d.Programs {
		programs.Append(append(machine(r.Program), r.cells()...)...)
	}
	for _, list := range [][]RecordData{d.Milestones, d.Programs} {
		for _, r := range list {
			for _, m := range r.Moves {
				moves.Append(machine(r.ID, r.Program, r.Milestone, m.Date, m.Commit, m.Author, m.From, m.To, m.Days, m.NoticeDays, m.Reason, m.Draft)...)
			}
		}
	}
	return []*report.Table{milestones, programs, moves}
}

func recordSheet(name string, keys ...string) *report.Table {
	return sheet(name, append(keys, "title", "owner", "team", "status", "original_baseline", "baseline", "due", "last_due", "forecast",
		"completed", "finish", "variance_days", "variance_workdays", "overdue_days", "moves", "net_slip_days", "churn_days", "descoped")...)
}

// cells are those of recordSheet behind its keys; moves are those that count.
func (r *RecordData) cells() []report.Cell {
	moves := 0
	for _, m := range r.Moves {
		if !m.Draft {
			moves++
		}
	}
	return machine(r.Title, r.Owner, r.Team, r.Status, r.OriginalBaseline, r.Baseline, r.Due, r.LastDue, r.Forecast,
		r.Completed, r.Finish, r.VarianceDays, r.VarianceWorkdays, r.OverdueDays, moves, r.NetSlipDays, r.ChurnDays, r.Descoped)
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
