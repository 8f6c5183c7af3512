package impact

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// Marker is by what whoever posts the comment on a pull request finds the one of
// the last run.
const Marker = "progctl diff"

// data is the data of the JSON report diff.
type data struct {
	Base       *report.Revision  `json:"base"`
	Head       *report.Revision  `json:"head"`
	Milestones milestonesData    `json:"milestones"`
	Programs   programsData      `json:"programs"`
	Budget     []BudgetChange    `json:"budget"`
	FTE        []FTEChange       `json:"fte"`
	Headcount  []HeadcountChange `json:"headcount"`
	PlanCost   []BudgetChange    `json:"planCost"`
	Spend      []SpendChange     `json:"spend"`
	Positions  positionsData     `json:"positions"`
	People     peopleData        `json:"people"`
	Findings   findingsData      `json:"findings"`
	Approvals  []Approval        `json:"approvals"`
}

type milestonesData struct {
	Added     []Dated  `json:"added"`
	Removed   []Dated  `json:"removed"`
	Moved     []Move   `json:"moved"`
	Completed []string `json:"completed"`
	Reopened  []string `json:"reopened"`
	Cancelled []string `json:"cancelled"`
	Restored  []string `json:"restored"`
}

type programsData struct {
	Added         []string       `json:"added"`
	Removed       []string       `json:"removed"`
	StatusChanged []StatusChange `json:"statusChanged"`
	Moved         []Move         `json:"moved"`
}

type findingsData struct {
	Introduced []report.Finding `json:"introduced"`
	Fixed      []report.Finding `json:"fixed"`
}

// list is never nil.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// Report fills a report, of which Revision and Baseline are head and base. base and
// head are what people call the two, "" where that goes without saying.
func (c *Change) Report(r *report.Report, base, head string) {
	m, p := c.Milestones, c.Programs
	r.Data = data{
		Base: r.Baseline, Head: r.Revision,
		Milestones: milestonesData{
			list(m.Added), list(m.Removed), list(m.Moved), list(m.Completed), list(m.Reopened), list(m.Cancelled), list(m.Restored),
		},
		Programs: programsData{list(p.Added), list(p.Removed), list(p.StatusChanged), list(p.Moved)},
		Budget:   list(c.Budget), FTE: list(c.FTE), Headcount: list(c.Headcount),
		PlanCost: list(c.PlanCost), Spend: list(c.Spend), Positions: c.Positions.data(), People: c.People.data(),
		Findings:  findingsData{report.MachineList(c.Introduced), report.MachineList(c.Fixed)},
		Approvals: list(c.Approvals),
	}
	r.Marker = Marker
	if c.Empty() {
		r.Nothing = fmt.Sprintf("nothing that matters differs between %s and %s", base, head)
		return
	}
	r.Add(report.Heading("What this changes"), report.Text(c.headline(base, head)))
	c.approvals(r)
	c.moves(r)
	c.lists(r)
	c.figures(r)
	c.Positions.report(r)
	c.People.report(r)
	c.problems(r)
}

// headline is the change in one sentence.
func (c *Change) headline(base, head string) string {
	var parts []string
	count := func(n int, noun, what string) {
		if n > 0 {
			parts = append(parts, report.Plural(n, noun)+" "+what)
		}
	}
	m, p := c.Milestones, c.Programs
	count(len(m.Moved), "milestone", "moved")
	count(len(m.Added), "milestone", "added")
	count(len(m.Removed), "milestone", "removed")
	count(len(m.Completed), "milestone", "completed")
	count(len(m.Reopened), "milestone", "reopened")
	count(len(m.Cancelled), "milestone", "cancelled")
	count(len(m.Restored), "milestone", "restored")
	count(len(p.Added), "program", "added")
	count(len(p.Removed), "program", "removed")
	count(len(p.StatusChanged), "program", "with another status")
	count(len(p.Moved), "program", "moved")
	count(len(c.Positions.Added), "position", "added")
	count(len(c.Positions.Removed), "position", "removed")
	count(len(c.Positions.Changed), "position", "changed")
	if n := c.People.count(); n > 0 {
		parts = append(parts, report.Plural(n, "employment")+" changed")
	}
	count(len(c.Introduced), "finding", "introduced")
	count(len(c.Fixed), "finding", "fixed")
	for _, f := range []struct {
		differs bool
		what    string
	}{{len(c.Budget) > 0, "budget"}, {len(c.FTE) > 0, "demand for people"}, {len(c.Headcount) > 0, "headcount"}, {len(c.PlanCost) > 0, "cost of the headcount plan"}, {len(c.Spend) > 0 && len(c.Budget) == 0, "spend or forecast"}} {
		if f.differs {
			parts = append(parts, "another "+f.what)
		}
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = "an approval is needed"
	}
	if base == "" {
		return text
	}
	return fmt.Sprintf("%s, from %s to %s", text, base, head)
}

func (c *Change) approvals(r *report.Report) {
	if len(c.Approvals) == 0 {
		return
	}
	t := &report.Table{Columns: []report.Column{
		{Header: "Approval of", Key: "requires"},
		{Header: "Still missing", Key: "missing"},
		{Header: "Because", Key: "because", Priority: 1, Prose: true},
		{Header: "Rule", Key: "rule", Priority: 2, Prose: true},
	}}
	for _, a := range c.Approvals {
		missing := report.Cell{Text: strings.Join(a.Missing, ", "), Value: strings.Join(a.Missing, " "), Tone: report.Bad}
		if len(a.Missing) == 0 {
			missing = report.Cell{Text: "none", Value: "", Tone: report.Good}
		}
		t.Append(report.Cell{Text: strings.Join(a.Requires, ", "), Value: strings.Join(a.Requires, " ")}, missing, report.Say(a.Because), report.Say(a.Rule))
	}
	r.Add(report.Heading("Approvals needed"), t)
}

// moves are the milestones and programs that move, and what each pushes.
func (c *Change) moves(r *report.Report) {
	moved := slices.Concat(c.Milestones.Moved, c.Programs.Moved)
	if len(moved) == 0 {
		return
	}
	t := &report.Table{Columns: []report.Column{
		{Header: "Moved", Key: "id"},
		{Header: "Days", Key: "days", Align: report.Right},
		{Header: "From", Key: "from", Whole: true, Priority: 2},
		{Header: "To", Key: "to", Whole: true, Priority: 1},
		{Header: "Owner", Key: "owner", Priority: 3},
		{Header: "Why", Key: "reason", Priority: 4, Prose: true},
	}}
	pushed := &report.Table{Columns: []report.Column{
		{Header: "Pushed", Key: "id"},
		{Header: "Days", Key: "days", Align: report.Right},
		{Header: "By", Key: "by", Priority: 1},
		{Header: "Owner", Key: "owner", Priority: 2},
	}}
	for _, m := range moved {
		why := say(m.Reason)
		if m.Reason == nil && m.Days > 0 {
			why = report.Cell{Text: "no reason given", Tone: report.Warn}
		}
		t.Append(report.Say(m.ID), days(m.Days), report.Say(m.From.String()), report.Say(m.To.String()), say(m.Owner), why)
		for _, p := range m.Downstream {
			pushed.Append(report.Say(p.ID), days(p.Days), report.Say(m.ID), say(p.Owner))
		}
	}
	r.Add(report.Heading("Dates"), t)
	if len(pushed.Rows) > 0 {
		r.Add(report.Heading("What that pushes: the expected finish of what waits for it, by each move alone"), pushed)
	}
}

// lists are what comes, goes and changes its status.
func (c *Change) lists(r *report.Report) {
	t := &report.Table{Columns: []report.Column{
		{Header: "", Key: "change"}, {Header: "What", Key: "id"}, {Header: "Due", Key: "due", Whole: true}, {Header: "Owner", Key: "owner", Priority: 1},
	}}
	row := func(sign string, tone report.Tone, change, id, due string, owner *string) {
		t.Append(report.Cell{Text: sign + " " + change, Value: change, Tone: tone}, report.Say(id), report.Say(due), say(owner))
	}
	for _, id := range c.Programs.Added {
		row("+", report.Good, "program added", id, "", nil)
	}
	for _, id := range c.Programs.Removed {
		row("-", report.Bad, "program removed", id, "", nil)
	}
	for _, s := range c.Programs.StatusChanged {
		tone := report.None
		if s.To == portfolio.ProgramCancelled || s.To == portfolio.ProgramPaused {
			tone = report.Warn
		}
		row("~", tone, fmt.Sprintf("status %s → %s", s.From, s.To), s.ID, "", nil)
	}
	for _, d := range c.Milestones.Added {
		row("+", report.Good, "milestone added", d.ID, d.Due.String(), d.Owner)
	}
	for _, d := range c.Milestones.Removed {
		row("-", report.Bad, "milestone removed", d.ID, d.Due.String(), d.Owner)
	}
	for _, g := range []struct {
		sign, change string
		tone         report.Tone
		ids          []string
	}{
		{"✓", "completed", report.Good, c.Milestones.Completed},
		{"~", "reopened", report.Warn, c.Milestones.Reopened},
		{"-", "cancelled", report.Warn, c.Milestones.Cancelled},
		{"+", "restored", report.None, c.Milestones.Restored},
	} {
		for _, id := range g.ids {
			row(g.sign, g.tone, g.change, id, "", nil)
		}
	}
	if len(t.Rows) > 0 {
		r.Add(report.Heading("Scope and status"), t)
	}
}

func days(n int) report.Cell {
	c := report.Cell{Text: fmt.Sprintf("%+d", n), Value: n, Tone: report.Good}
	if n > 0 {
		c.Tone = report.Bad
	}
	return c
}

func say(s *string) report.Cell {
	if s == nil {
		return report.Cell{}
	}
	return report.Say(*s)
}
