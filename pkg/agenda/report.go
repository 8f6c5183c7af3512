package agenda

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/review"
)

// section adds a part of an agenda to a report; where there is nothing to say it adds
// nothing.
type section struct {
	name string
	// past says that it is about what changed, so that without the past there is nothing
	// to say.
	past bool
	add  func(*Agenda, *report.Report)
}

// sections are those of each agenda, in order; "" is that of a program.
var sections = map[portfolio.Agenda][]section{
	"": {
		missedReviews, openDecisions, openActions, moves, scope, budgets, demand, spending, findings, risks, milestones, lastTime,
	},
	portfolio.AgendaPortfolio: {
		programs, missedReviews, openDecisions, openActions, moves, scope, budgets, demand, spending, findings, risks, milestones, lastTime,
	},
	portfolio.AgendaStaffing:   {missedReviews, openDecisions, openActions, demand, heads, positions, findings, lastTime},
	portfolio.AgendaBudget:     {missedReviews, openDecisions, openActions, budgets, spending, findings, lastTime},
	portfolio.AgendaPriorities: {programs, missedReviews, openDecisions, openActions, scope, moves, lastTime},
}

// domains are the codes of the findings that an agenda is about; of others it is all.
var domains = map[portfolio.Agenda][]string{
	portfolio.AgendaStaffing: {"STF", "HC"},
	portfolio.AgendaBudget:   {"BUD"},
}

// Report fills a report: what there is to talk about, ready to paste into an invitation
// or a page.
func (a *Agenda) Report(r *report.Report) {
	r.Data = a.data()
	title := a.Of.Summary()
	if n := a.Of.Next; n != nil {
		title += ", " + n.On.String()
	}
	r.Add(report.Heading(title), report.Text(strings.Join(a.introduction(), "\n")))
	var nothing []string
	for _, s := range sections[a.kind()] {
		n := len(r.Blocks)
		if s.past && a.Since.Change == nil {
			continue
		}
		if s.add(a, r); len(r.Blocks) == n {
			nothing = append(nothing, s.name)
		}
	}
	if nothing != nil {
		r.Add(report.Text("Nothing on: " + strings.Join(nothing, ", ")))
	}
}

// introduction is what the agenda is about, when, with whom, and since when it counts.
func (a *Agenda) introduction() []string {
	var lines []string
	if p := a.Of.Program; p != nil {
		text := fmt.Sprintf("%s is %s", p.Meta.Name, p.Status)
		if p.Owner != "" {
			text += ", owned by " + p.Owner
		}
		if h := p.Health; h != nil && h.Status != "" {
			text += ", " + string(h.Status)
			if !h.AsOf.IsZero() {
				text += fmt.Sprintf(" on %s", h.AsOf)
			}
			if h.Note != "" {
				text += ": " + h.Note
			}
		}
		lines = append(lines, text)
	}
	if len(a.Of.Attendees) > 0 {
		lines = append(lines, "Attendees: "+strings.Join(a.Of.Attendees, ", "))
	}
	if a.Of.Following != nil {
		lines = append(lines, fmt.Sprintf("The review after this one is on %s", a.Of.Following.On))
	}
	switch last := a.Of.Last; {
	case last != nil:
		lines = append(lines, fmt.Sprintf("The last review was on %s", last.Date))
	case a.Reviews.Unknown != nil:
		lines = append(lines, fmt.Sprintf("When the last review was is not known: %s", a.Reviews.Unknown[0]))
	default:
		lines = append(lines, "There was no review yet")
	}
	switch {
	case a.Since.Revision != nil && a.Since.Day.IsZero():
		lines = append(lines, fmt.Sprintf("Changes are those since %s", report.ShortHash(a.Since.Revision.Commit)))
	case a.Since.Revision != nil:
		lines = append(lines, fmt.Sprintf("Changes are those since %s (the last commit by the end of %s)", report.ShortHash(a.Since.Revision.Commit), a.Since.Day))
	default:
		lines = append(lines, "What changed since is not known: "+a.Since.Why)
	}
	return lines
}

var programs = section{"programs", false, func(a *Agenda, r *report.Report) {
	if len(a.Programs) == 0 {
		return
	}
	overdue, moved := map[string]int{}, map[string]int{}
	for _, m := range a.Milestones {
		if m.Overdue > 0 {
			overdue[m.ID.Program]++
		}
	}
	known := a.Since.Change != nil
	if known {
		for _, m := range a.Since.Change.Milestones.Moved {
			program, _, _ := strings.Cut(m.ID, "/")
			moved[program]++
		}
	}
	t := &report.Table{Name: "programs", Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Status", Key: "status", Whole: true},
		{Header: "Health", Key: "health", Whole: true},
		{Header: "Due", Key: "due", Whole: true},
		right("Overdue", "overdue", 0), right("Moved", "moved", 1),
		{Header: "Owner", Key: "owner", Priority: 2},
		{Header: "Note", Key: "note", Priority: 3, Prose: true},
	}}
	for _, p := range a.Programs {
		if p.Status.Over() {
			continue
		}
		health, note := report.Cell{}, report.Cell{}
		if h := p.Health; h != nil {
			health, note = report.Say(string(h.Status)), report.Say(h.Note)
			health.Tone = map[portfolio.HealthStatus]report.Tone{portfolio.Green: report.Good, portfolio.Yellow: report.Warn, portfolio.Red: report.Bad}[h.Status]
		}
		late := count(overdue[p.Meta.Name], report.Bad)
		changed := report.Cell{Text: "n/a", Tone: report.Dim}
		if known {
			changed = count(moved[p.Meta.Name], report.Warn)
		}
		t.Append(report.Say(p.Meta.Name), report.Say(string(p.Status)), health, report.Say(p.Due.String()), late, changed, report.Say(p.Owner), note)
	}
	if len(t.Rows) > 0 {
		r.Add(report.Heading("Programs"), t)
	}
}}

var missedReviews = section{"missed reviews", false, func(a *Agenda, r *report.Report) {
	if len(a.Missed) == 0 {
		return
	}
	t := &report.Table{Name: "missed_reviews", Columns: []report.Column{
		{Header: "Review", Key: "id"}, {Header: "Missed", Key: "date", Whole: true}, right("Ago", "days_ago", 1),
	}}
	for _, m := range a.Missed {
		t.Append(report.Say(m.Of.Name), report.Say(m.On.String()), ago(a.AsOf.Sub(m.On), report.None))
	}
	show(r, "Reviews missed since the last one", t)
}}

var openDecisions = section{"open decisions", false, func(a *Agenda, r *report.Report) {
	if len(a.Decisions) > 0 {
		show(r, "To decide", review.DecisionTable(a.Decisions))
	}
}}

var openActions = section{"actions", false, func(a *Agenda, r *report.Report) {
	if len(a.Actions) == 0 {
		return
	}
	overdue := 0
	for _, x := range a.Actions {
		if x.Overdue > 0 {
			overdue++
		}
	}
	show(r, fmt.Sprintf("Actions: %d open, %d overdue", len(a.Actions), overdue), review.ActionTable(a.Actions))
}}

var lastTime = section{"the last review", false, func(a *Agenda, r *report.Report) {
	last := a.Of.Last
	if last == nil || len(a.Decided) == 0 && last.Notes == "" {
		return
	}
	r.Add(report.Heading(fmt.Sprintf("Last time, on %s", last.Date)))
	if last.Notes != "" {
		r.Add(report.Text(last.Notes))
	}
	if len(a.Decided) > 0 {
		cut(r, review.DecisionTable(a.Decided))
	}
}}
