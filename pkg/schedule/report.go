package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// Report fills a report: data for all that the view shows, and blocks, what cannot be
// kept first.
func (a *Analysis) Report(r *report.Report, v View) {
	r.Data = a.data(v)
	r.Graph = a.graph(v)
	if v.Sheets {
		r.Sheets = a.sheets(v)
	}
	s := a.chosen(v)
	r.Add(report.Text(a.summary(s)))
	if len(s.programs) == 0 {
		return
	}
	r.Add(report.Heading("Programs"), v.programTable(s))
	if late := late(s.activities); len(late) > 0 {
		r.Add(report.Heading("Commitments that cannot be met"), v.lateTable(late))
	}
	r.Add(report.Heading("Critical path"), a.drawing(s, v, r.AsOf), report.Heading("Activities"), v.activityTable(s))
	if notes := notes(s); notes != "" {
		r.Add(report.Text(notes))
	}
}

// late are the open activities that cannot meet the day they are due, the latest
// first.
func late(list []*Activity) []*Activity {
	list = slices.DeleteFunc(slices.Clone(list), func(x *Activity) bool { return !x.Late() })
	slices.SortStableFunc(list, func(x, y *Activity) int { return cmp.Compare(x.DueFloat, y.DueFloat) })
	return list
}

// Late reports whether an activity is open and finishes after the day it is due.
func (x *Activity) Late() bool { return x.Milestone.Open() && x.Finish.After(x.Milestone.Due) }

// Late reports whether a program is not completed and ends after the day it is due.
func (p *ProgramPath) Late() bool { return p.Finish.After(p.Program.Due) }

func (a *Analysis) summary(s selection) string {
	if len(s.programs) == 0 {
		return strings.TrimSpace("No milestones to schedule: only those of programs that are approved or active are\n" + circular(s))
	}
	o := a.Overall(s.programs)
	open, lateOnes, latePrograms := 0, 0, []string{}
	for _, x := range s.activities {
		if x.Milestone.Open() {
			open++
		}
		if x.Late() {
			lateOnes++
		}
	}
	for _, p := range s.programs {
		if p.Late() {
			latePrograms = append(latePrograms, p.Program.Meta.Name)
		}
	}
	name, last := s.programs[0].Program.Meta.Name, ""
	if n := len(s.programs); n > 1 {
		name, last = report.Plural(n, "program"), ", "+o.Path[len(o.Path)-1].Milestone.Program.Meta.Name+" last"
	}
	text := fmt.Sprintf("%s can end on %s%s: %s from %s", name, o.Finish, last, workdays(o.Length), o.Start)
	if open == 0 {
		return text + "\nAll milestones are done"
	}
	return text + "\n" + kept(open, lateOnes) + endings(len(s.programs), latePrograms)
}

// kept says how many due dates of milestones can be met.
func kept(open, late int) string {
	switch {
	case late == 0 && open == 1:
		return "The open milestone can meet its due date"
	case late == 0:
		return fmt.Sprintf("All %d open milestones can meet their due dates", open)
	case open == 1:
		return "The open milestone cannot meet its due date"
	case late == 1:
		return fmt.Sprintf("1 of %d open milestones cannot meet its due date", open)
	}
	return fmt.Sprintf("%d of %d open milestones cannot meet their due dates", late, open)
}

// endings says which programs cannot end by the day they are due.
func endings(programs int, late []string) string {
	const most = 3
	switch n := len(late); {
	case n == 0 && programs == 1:
		return "; the program can end by its own"
	case n == 0:
		return "; every program can end by its own"
	case n <= most:
		return "; not ending by the day they are due: " + strings.Join(late, ", ")
	default:
		return fmt.Sprintf("; not ending by the day they are due: %s and %d more of %d programs", strings.Join(late[:most], ", "), n-most, programs)
	}
}

// circular tells what has no dates, and why.
func circular(s selection) string {
	const most = 5
	if len(s.circular) == 0 {
		return ""
	}
	names := make([]string, 0, most)
	for _, m := range s.circular[:min(most, len(s.circular))] {
		names = append(names, m.Ref())
	}
	text := "No dates, because they depend on each other in a circle or wait for such: " + strings.Join(names, ", ")
	if more := len(s.circular) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// notes say what a reader of the figures must know of how they came about.
func notes(s selection) string {
	events := 0
	for _, x := range s.activities {
		if x.Event {
			events++
		}
	}
	var lines []string
	switch {
	case events == 1:
		lines = append(lines, "1 milestone states no duration, estimate or start: it is an event, on the latest of forecast, due and today, or later with what it waits for")
	case events > 1:
		lines = append(lines, fmt.Sprintf("%d milestones state no duration, estimate or start: they are events, on the latest of forecast, due and today, or later with what they wait for", events))
	}
	if text := circular(s); text != "" {
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func workdays(n cal.WorkDays) string { return report.Plural(int(n), "working day") }
