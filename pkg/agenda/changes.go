package agenda

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

var moves = section{"moved dates", true, func(a *Agenda, r *report.Report) {
	c := a.Since.Change
	if len(c.Milestones.Moved)+len(c.Programs.Moved) == 0 {
		return
	}
	t := &report.Table{Name: "moves", Columns: []report.Column{
		{Header: "Moved", Key: "id"},
		right("Days", "days", 0),
		{Header: "From", Key: "from", Whole: true, Priority: 2},
		{Header: "To", Key: "to", Whole: true},
		{Header: "Why", Key: "reason", Priority: 1, Prose: true},
		{Header: "Pushes", Key: "downstream", Priority: 3, Prose: true},
	}}
	for _, m := range slices.Concat(c.Programs.Moved, c.Milestones.Moved) {
		why := report.Cell{Text: "no reason given", Tone: report.Warn}
		if m.Reason != nil {
			why = report.Say(*m.Reason)
		} else if m.Days < 0 {
			why = report.Cell{}
		}
		t.Append(report.Say(m.ID), change(m.Days), report.Say(m.From.String()), report.Say(m.To.String()), why, pushes(m.Downstream))
	}
	show(r, "Dates moved since", t)
}}

// pushes is what a move pushes, the farthest first.
func pushes(list []impact.Push) report.Cell {
	const most = 3
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y impact.Push) int { return max(y.Days, -y.Days) - max(x.Days, -x.Days) })
	var parts []string
	for i, p := range list {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(list)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %+dd", p.ID, p.Days))
	}
	return report.Say(strings.Join(parts, ", "))
}

var scope = section{"scope and status", true, func(a *Agenda, r *report.Report) {
	c := a.Since.Change
	t := &report.Table{Name: "scope", Columns: []report.Column{
		{Header: "What", Key: "id"}, {Header: "Change", Key: "change"}, {Header: "Due", Key: "due", Whole: true},
	}}
	row := func(id, what, due string, tone report.Tone) {
		t.Append(report.Say(id), report.Cell{Text: what, Value: what, Tone: tone}, report.Say(due))
	}
	for _, id := range c.Programs.Added {
		row(id, "program added", "", report.None)
	}
	for _, id := range c.Programs.Removed {
		row(id, "program removed", "", report.Warn)
	}
	for _, s := range c.Programs.StatusChanged {
		row(s.ID, fmt.Sprintf("%s → %s", s.From, s.To), "", report.None)
	}
	for _, id := range c.Milestones.Completed {
		row(id, "completed", "", report.Good)
	}
	for _, d := range c.Milestones.Added {
		row(d.ID, "added", d.Due.String(), report.None)
	}
	for _, d := range c.Milestones.Removed {
		row(d.ID, "removed", d.Due.String(), report.Warn)
	}
	for _, g := range []struct {
		what string
		ids  []string
	}{{"reopened", c.Milestones.Reopened}, {"cancelled", c.Milestones.Cancelled}, {"restored", c.Milestones.Restored}} {
		for _, id := range g.ids {
			row(id, g.what, "", report.Warn)
		}
	}
	if len(t.Rows) > 0 {
		show(r, "Scope and status since", t)
	}
}}

var budgets = section{"changes of the budget", true, func(a *Agenda, r *report.Report) {
	c := a.Since.Change
	if len(c.Budget) == 0 {
		return
	}
	t := compared("Fiscal year", "fiscal_year")
	for _, b := range c.Budget {
		row := []report.Cell{report.Say(b.FiscalYear.String())}
		if b.Delta == nil {
			t.Append(append(row, notKnown(b.Unknown)...)...)
			continue
		}
		t.Append(append(row, amount(b.Before), amount(b.After), signed(b.Delta))...)
	}
	show(r, "Plan changed since", t)
}}

var demand = section{"changes of the demand for people", true, func(a *Agenda, r *report.Report) {
	c := a.Since.Change
	if len(c.FTE) == 0 {
		return
	}
	t := compared("Month", "month")
	for _, f := range c.FTE {
		delta := report.Cell{Text: f.Delta.String(), Value: f.Delta}
		if f.Delta.Sign() > 0 {
			delta.Text, delta.Tone = "+"+delta.Text, report.Warn
		}
		t.Append(report.Say(f.Month.String()), report.Cell{Text: f.Before.String(), Value: f.Before}, report.Cell{Text: f.After.String(), Value: f.After}, delta)
	}
	show(r, "Demand for people changed since, in FTE-months", t)
}}

var heads = section{"changes of planned headcount", true, func(a *Agenda, r *report.Report) {
	c := a.Since.Change
	if len(c.Headcount) == 0 {
		return
	}
	t := compared("Team", "team")
	for _, h := range c.Headcount {
		row := []report.Cell{{Text: "(no team)"}}
		if h.Team != nil {
			row[0] = report.Say(*h.Team)
		}
		if h.Delta == nil {
			t.Append(append(row, notKnown(h.Unknown)...)...)
			continue
		}
		t.Append(append(row, report.Cell{Text: fmt.Sprint(*h.Before), Value: *h.Before}, report.Cell{Text: fmt.Sprint(*h.After), Value: *h.After}, change(*h.Delta))...)
	}
	show(r, "Planned headcount changed since", t)
}}

var positions = section{"changes of positions", true, func(a *Agenda, r *report.Report) {
	c := a.Since.Change
	t := &report.Table{Name: "positions", Columns: []report.Column{
		{Header: "Position", Key: "id"},
		{Header: "Change", Key: "change"},
		{Header: "Team", Key: "team", Priority: 1},
		{Header: "Role", Key: "role", Priority: 2},
		{Header: "Level", Key: "level", Priority: 2},
	}}
	row := func(p *impact.Position, what string) {
		team := report.Cell{}
		if p.Team != nil {
			team = report.Say(*p.Team)
		}
		t.Append(report.Say(p.ID), report.Say(what), team, report.Say(p.Role), report.Say(p.Level))
	}
	for i := range c.Positions.Added {
		row(&c.Positions.Added[i], "added")
	}
	for i := range c.Positions.Removed {
		row(&c.Positions.Removed[i], "removed")
	}
	for i := range c.Positions.Changed {
		p := &c.Positions.Changed[i]
		var what []string
		for _, f := range p.Changes {
			what = append(what, fmt.Sprintf("%s %s → %s", f.Field, said(f.From), said(f.To)))
		}
		row(&p.Position, strings.Join(what, ", "))
	}
	if len(t.Rows) > 0 {
		show(r, "Positions changed since", t)
	}
}}

// said is the value of a field as people read it.
func said(v any) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprint(v)
}

func compared(header, key string) *report.Table {
	return &report.Table{Columns: []report.Column{
		{Header: header, Key: key}, right("Before", "before", 1), right("After", "after", 1), right("Change", "delta", 0),
	}}
}

// notKnown are the cells of figures before and after that nobody can tell, and why.
func notKnown(why []string) []report.Cell {
	none := report.Cell{Text: "n/a", Tone: report.Dim}
	return []report.Cell{none, none, {Text: "n/a: " + strings.Join(why, "; "), Tone: report.Warn}}
}

// change is a number with its sign, where more is worse.
func change(n int) report.Cell {
	c := report.Cell{Text: fmt.Sprintf("%+d", n), Value: n}
	if n > 0 {
		c.Tone = report.Warn
	}
	return c
}

// amount is n/a where it is not known.
func amount(x *money.Amount) report.Cell {
	if x == nil {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: x.Grouped(), Value: x}
}

// signed is a change, or a variance, of which more is worse.
func signed(x *money.Amount) report.Cell {
	c := amount(x)
	if x != nil && x.Minor > 0 {
		c.Text, c.Tone = "+"+c.Text, report.Warn
	}
	return c
}
