package review

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// ReportActions fills a report: the open actions by owner, the most overdue first, and
// how many everyone has. All shows those too that are done.
func (a *Analysis) ReportActions(r *report.Report, owner string, all bool) {
	list := slices.DeleteFunc(a.Actions(), func(x Action) bool {
		return !all && !x.Open() || owner != "" && x.Owner != owner
	})
	slices.SortStableFunc(list, func(x, y Action) int {
		return cmp.Or(last(x.Owner == "", y.Owner == ""), cmp.Compare(x.Owner, y.Owner), last(!x.Open(), !y.Open()), cmp.Compare(y.Overdue, x.Overdue))
	})
	d := actionsReport{Actions: []ActionData{}, Owners: []ownerData{}, Unknown: reasons(a.Unknown)}
	t := ActionTable(list)
	for i := range list {
		x := &list[i]
		d.Actions = append(d.Actions, x.Data())
		if n := len(d.Owners); n == 0 || !same(d.Owners[n-1].Owner, x.Owner) {
			d.Owners = append(d.Owners, ownerData{Owner: report.TextOrNull(x.Owner)})
		}
		if o := &d.Owners[len(d.Owners)-1]; x.Open() {
			o.Open++
			d.Open++
			o.Oldest = max(o.Oldest, x.Age)
			if x.Overdue > 0 {
				o.Overdue++
				d.Overdue++
			}
		}
	}
	r.Data = d
	text := fmt.Sprintf("%s open, %d overdue", report.Plural(d.Open, "action"), d.Overdue)
	for _, why := range a.Unknown {
		text += fmt.Sprintf("\nThere may be more: reviews are %s", why)
	}
	r.Add(report.Text(text))
	if len(list) == 0 {
		return
	}
	r.Add(t)
	if len(d.Owners) > 1 {
		r.Add(report.Heading("By owner"), ownerTable(d.Owners))
	}
}

// last sorts what is true behind what is not.
func last(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

func same(owner *string, name string) bool {
	if owner == nil {
		return name == ""
	}
	return *owner == name
}

// ActionTable lists actions in the order given.
func ActionTable(list []Action) *report.Table {
	t := &report.Table{Name: "actions", Columns: []report.Column{
		{Header: "Owner", Key: "owner"},
		{Header: "Action", Key: "title", Prose: true},
		{Header: "Due", Key: "due", Whole: true},
		{Header: "Overdue", Key: "overdue_days", Align: report.Right},
		{Header: "Of", Key: "of", Priority: 1},
		{Header: "Since", Key: "date", Whole: true, Priority: 2},
		{Header: "Age", Key: "age_days", Align: report.Right, Priority: 3},
		{Header: "Id", Key: "id", Priority: 4},
		{Header: "State", Key: "state", Whole: true, Priority: 5},
	}}
	for i := range list {
		x := &list[i]
		owner := report.Say(x.Owner)
		if owner.Value == nil {
			owner.Text, owner.Tone = "(nobody)", report.Warn
		}
		overdue := report.Cell{Value: x.Overdue}
		if x.Overdue > 0 {
			overdue.Text, overdue.Tone = fmt.Sprintf("%dd", x.Overdue), report.Bad
		}
		cells := append([]report.Cell{owner, report.Say(x.Title), report.Say(x.Due.String()), overdue}, reviewed(x.Review)...)
		cells = append(cells, report.Cell{Text: fmt.Sprintf("%dd", x.Age), Value: x.Age}, report.Say(x.ID()), actionState(x))
		t.Append(cells...)
	}
	if !slices.ContainsFunc(list, func(x Action) bool { return !x.Open() }) {
		dropLast(t)
	}
	return t
}

// dropLast takes away the last column.
func dropLast(t *report.Table) {
	n := len(t.Columns) - 1
	t.Columns = t.Columns[:n]
	for i := range t.Rows {
		t.Rows[i].Cells = t.Rows[i].Cells[:n]
	}
}

func actionState(x *Action) report.Cell {
	switch {
	case x.Open():
		return report.Cell{Text: "open", Value: "open"}
	case x.Done.On.IsZero():
		return report.Cell{Text: "done", Value: "done", Tone: report.Good}
	}
	return report.Cell{Text: "done " + x.Done.On.String(), Value: "done", Tone: report.Good}
}

func ownerTable(list []ownerData) *report.Table {
	t := &report.Table{Name: "actions_by_owner", Columns: []report.Column{
		{Header: "Owner", Key: "owner"},
		{Header: "Open", Key: "open", Align: report.Right},
		{Header: "Overdue", Key: "overdue", Align: report.Right},
		{Header: "Oldest", Key: "oldest_days", Align: report.Right, Priority: 1},
	}}
	for _, o := range list {
		owner := report.Cell{Text: "(nobody)", Tone: report.Warn}
		if o.Owner != nil {
			owner = report.Say(*o.Owner)
		}
		overdue := report.Cell{Value: o.Overdue}
		if o.Overdue > 0 {
			overdue.Text, overdue.Tone = fmt.Sprint(o.Overdue), report.Bad
		}
		t.Append(owner, report.Cell{Text: fmt.Sprint(o.Open), Value: o.Open}, overdue, report.Cell{Text: fmt.Sprintf("%dd", o.Oldest), Value: o.Oldest})
	}
	return t
}

// ReportDecisions fills a report: what reviews decided since a day, the newest first;
// zero is ever. Open shows those alone that have no outcome.
func (a *Analysis) ReportDecisions(r *report.Report, since cal.Date, open bool) {
	list := slices.DeleteFunc(a.Decisions(), func(x Decision) bool {
		return x.Review.Date < since || open && !x.Open()
	})
	d := decisionsReport{Decisions: []DecisionData{}, Unknown: reasons(a.Unknown)}
	for i := range list {
		d.Decisions = append(d.Decisions, list[i].Data())
		if list[i].Open() {
			d.Open++
		}
	}
	r.Data = d
	text := fmt.Sprintf("%s, %d open", report.Plural(len(list), "decision"), d.Open)
	for _, why := range a.Unknown {
		text += fmt.Sprintf("\nThere may be more: reviews are %s", why)
	}
	r.Add(report.Text(text))
	if len(list) > 0 {
		r.Add(DecisionTable(list))
	}
}

// DecisionTable lists decisions in the order given.
func DecisionTable(list []Decision) *report.Table {
	t := &report.Table{Name: "decisions", Columns: []report.Column{
		{Header: "Date", Key: "date", Whole: true},
		{Header: "Of", Key: "of"},
		{Header: "Decision", Key: "title", Prose: true},
		{Header: "Outcome", Key: "outcome", Prose: true},
		{Header: "Owner", Key: "owner", Priority: 1},
		{Header: "Id", Key: "id", Priority: 3},
	}}
	for i := range list {
		x := &list[i]
		outcome := report.Say(x.Outcome)
		if x.Open() {
			outcome = report.Cell{Text: fmt.Sprintf("open for %s", report.Plural(int(x.Age), "day")), Tone: report.Warn}
		}
		t.Append(report.Say(x.Review.Date.String()), report.Say(Of(x.Review)), report.Say(x.Title), outcome, report.Say(x.Owner), report.Say(x.ID()))
	}
	return t
}
