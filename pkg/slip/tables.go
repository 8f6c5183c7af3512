package slip

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// moves lists every move of the records, those of each oldest first.
func moves(list []*Record) *report.Table {
	t := &report.Table{
		Empty: "none",
		Columns: []report.Column{
			{Header: "Of", Key: "id"},
			{Header: "On", Key: "date", Whole: true},
			{Header: "From", Key: "from", Whole: true},
			{Header: "To", Key: "to", Whole: true},
			{Header: "Days", Key: "days", Align: report.Right},
			{Header: "Notice", Key: "notice_days", Align: report.Right, Priority: 2},
			{Header: "By", Key: "author", Priority: 3},
			{Header: "Commit", Key: "commit", Priority: 4},
			{Header: "Why", Key: "reason", Priority: 5, Prose: true},
		},
	}
	for _, r := range list {
		for _, m := range r.Moves {
			notice := report.Cell{Text: fmt.Sprintf("%dd", m.Notice()), Value: int(m.Notice())}
			if m.Notice() < 0 {
				notice.Tone = report.Bad
			}
			commit := report.Cell{Text: "work tree"}
			if c := m.Version.Commit; c != "" {
				commit = report.Cell{Text: report.ShortHash(c), Value: c}
			}
			why := report.Say(m.Reason)
			if m.Draft {
				why.Text = strings.TrimSpace("(draft) " + why.Text)
			}
			t.Append(report.Say(r.ID.String()), dayCell(m.Version.Day), dayCell(m.From), dayCell(m.To), signed(int(m.Days())),
				notice, report.Say(m.Version.Author), commit, why)
		}
	}
	return t
}

func addSummary(r *report.Report, s SummaryData) {
	for _, g := range []struct {
		heading, noun string
		list          []GroupData
	}{{"By program", "Program", s.Programs}, {"By owner", "Owner", s.Owners}, {"By team", "Team", s.Teams}} {
		if len(g.list) < 2 {
			continue
		}
		t := &report.Table{
			Columns: []report.Column{
				{Header: g.noun, Key: strings.ToLower(g.noun)},
				{Header: "Milestones", Key: "milestones", Align: report.Right, Priority: 3},
				{Header: "Overdue", Key: "overdue", Align: report.Right},
				{Header: "Moved", Key: "moved", Align: report.Right},
				{Header: "Moves", Key: "moves", Align: report.Right, Priority: 3},
				{Header: "After due", Key: "after_due", Align: report.Right, Priority: 2},
				{Header: "Slipped", Key: "slip_days", Align: report.Right},
				{Header: "Net", Key: "net_days", Align: report.Right, Priority: 2},
				{Header: "Median notice", Key: "notice_days", Align: report.Right, Priority: 4},
				{Header: "Descoped", Key: "descoped", Align: report.Right, Priority: 4},
			},
		}
		for _, x := range g.list {
			add := &t.Rows
			if x.Moves+x.Overdue+x.Descoped == 0 {
				add = &t.Minor
			}
			notice := report.Cell{}
			if x.NoticeDays != nil {
				notice = report.Cell{Text: fmt.Sprintf("%dd", *x.NoticeDays), Value: *x.NoticeDays}
			}
			*add = append(*add, report.Row{Cells: []report.Cell{
				report.Say(x.Key), count(x.Milestones, ""), toned(count(x.Overdue, ""), report.Bad), count(x.Moved, ""), count(x.Moves, ""),
				toned(count(x.AfterDue, ""), report.Warn), count(x.SlipDays, "d"), signed(x.NetDays), notice, count(x.Descoped, ""),
			}})
		}
		if len(t.Rows) > 0 {
			r.Add(report.Heading(g.heading), t)
		}
	}
}

func dayCell(d cal.Date) report.Cell {
	if d.IsZero() {
		return report.Cell{}
	}
	return report.Cell{Text: d.String(), Value: d}
}

// signed is a number of days: late is bad, early is good.
func signed(n int) report.Cell {
	c := report.Cell{Text: fmt.Sprintf("%+dd", n), Value: n}
	switch {
	case n > 0:
		c.Tone = report.Bad
	case n < 0:
		c.Tone = report.Good
	default:
		c.Text = "0d"
	}
	return c
}

// count is a number, blank for people where it is 0.
func count(n int, unit string) report.Cell {
	if n == 0 {
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: fmt.Sprintf("%d%s", n, unit), Value: n}
}

func toned(c report.Cell, tone report.Tone) report.Cell {
	if c.Text != "" {
		c.Tone = tone
	}
	return c
}
