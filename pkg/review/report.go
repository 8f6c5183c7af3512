package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// ReportNext fills a report: the next review of each program and cadence, the soonest
// first, and those that were missed. A zero day shows all, else those by that day.
func (a *Analysis) ReportNext(r *report.Report, by cal.Date) {
	shown := slices.DeleteFunc(slices.Clone(a.Series), func(x *Series) bool {
		return !by.IsZero() && (x.Next == nil || x.Next.On > by)
	})
	slices.SortStableFunc(shown, func(x, y *Series) int { return cmp.Compare(x.nextDay(), y.nextDay()) })
	d := nextData{From: a.From, Until: a.Until, Reviews: []seriesData{}, NotDue: []idleData{}, NoCadence: []string{}, Unknown: reasons(a.Unknown)}
	for _, x := range shown {
		d.Reviews = append(d.Reviews, x.data(a))
	}
	for _, i := range a.Idle {
		if i.Scheduled {
			d.NotDue = append(d.NotDue, idleData{i.Program.Meta.Name, i.Program.Status})
		} else {
			d.NoCadence = append(d.NoCadence, i.Program.Meta.Name)
		}
	}
	r.Data = d
	r.Add(report.Text(a.nextSummary(shown, by)))
	if len(shown) == 0 {
		return
	}
	t := &report.Table{Name: "reviews", Columns: []report.Column{
		{Header: "Review", Key: "id"},
		{Header: "Recurs", Key: "recurs", Priority: 3},
		{Header: "Next", Key: "next", Whole: true},
		{Header: "In", Key: "days_to_go", Align: report.Right},
		{Header: "Last held", Key: "last_held", Whole: true, Priority: 1},
		{Header: "Missed", Key: "missed", Align: report.Right},
		{Header: "Owner", Key: "owner", Priority: 2},
	}}
	for _, x := range shown {
		next, in, last := report.Cell{}, report.Cell{}, report.Cell{Text: "never", Tone: report.Dim}
		if o := x.Next; o != nil {
			next, in = report.Say(o.On.String()), dayCell(o.On.Sub(a.AsOf))
		}
		if x.Last != nil {
			last = report.Say(x.Last.Date.String())
		} else if a.Unknown != nil {
			last = report.Cell{Text: "n/a", Tone: report.Dim}
		}
		t.Append(report.Say(x.Name), report.Say(x.Recurs()), next, in, last, a.missedCell(x), report.Say(x.owner()))
	}
	r.Add(t)
	a.missed(r, shown)
}

// nextDay is the day of the next review; one without comes last.
func (x *Series) nextDay() cal.Date {
	if x.Next == nil {
		return cal.MaxDate
	}
	return x.Next.On
}

// owner is who answers for what is reviewed.
func (x *Series) owner() string {
	if x.Program != nil {
		return x.Program.Owner
	}
	return ""
}

func dayCell(n cal.Days) report.Cell {
	c := report.Cell{Text: fmt.Sprintf("%dd", n), Value: n}
	if n == 0 {
		c.Text, c.Tone = "today", report.Warn
	}
	return c
}

func (a *Analysis) missedCell(x *Series) report.Cell {
	n := len(x.In(Missed))
	switch {
	case a.Unknown != nil:
		return report.Cell{Text: "n/a", Tone: report.Dim}
	case n == 0:
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: fmt.Sprint(n), Value: n, Tone: report.Bad}
}

// nextSummary is how reviews stand.
func (a *Analysis) nextSummary(shown []*Series, by cal.Date) string {
	var lines []string
	switch {
	case len(shown) == 0 && !by.IsZero():
		lines = append(lines, fmt.Sprintf("No review is due by %s", by))
	case len(shown) == 0:
		lines = append(lines, "Nothing is due to be reviewed")
	case shown[0].Next != nil:
		x := shown[0]
		when := fmt.Sprintf("in %s", report.Plural(int(x.Next.On.Sub(a.AsOf)), "day"))
		if x.Next.On == a.AsOf {
			when = "today"
		}
		lines = append(lines, fmt.Sprintf("The next review is that of %s on %s, %s", x.Name, x.Next.On, when))
	}
	if len(shown) > 0 && a.Unknown == nil {
		held, missed := 0, 0
		for _, x := range shown {
			held, missed = held+len(x.In(Held)), missed+len(x.In(Missed))
		}
		if due := held + missed; due > 0 {
			lines = append(lines, fmt.Sprintf("Since %s, %d of %s took place, %d missed", a.From, held, report.Plural(due, "review"), missed))
		}
	}
	for _, why := range a.Unknown {
		lines = append(lines, fmt.Sprintf("Which reviews took place is not known: %s, join what is with --overlay", why))
	}
	var idle, without []string
	for _, i := range a.Idle {
		if i.Scheduled {
			idle = append(idle, fmt.Sprintf("%s (%s)", i.Program.Meta.Name, i.Program.Status))
		} else {
			without = append(without, i.Program.Meta.Name)
		}
	}
	if idle != nil {
		lines = append(lines, "Not due, since not active: "+few(idle))
	}
	if without != nil {
		lines = append(lines, "Active, without reviews: "+few(without))
	}
	return strings.Join(lines, "\n")
}

// few cuts a list that people read in a line.
func few(names []string) string {
	const most = 12
	if len(names) > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(names, ", ")
}

// mostMissed is how many missed reviews people see, the newest.
const mostMissed = 30

// missed lists the reviews that did not take place.
func (a *Analysis) missed(r *report.Report, shown []*Series) {
	type miss struct {
		x *Series
		o Occurrence
	}
	var list []miss
	for _, x := range shown {
		for _, o := range x.In(Missed) {
			list = append(list, miss{x, o})
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(x, y miss) int { return cmp.Compare(y.o.On, x.o.On) })
	t := &report.Table{Name: "missed_reviews", Columns: []report.Column{
		{Header: "Missed", Key: "date", Whole: true},
		{Header: "Review", Key: "id"},
		{Header: "Ago", Key: "days_ago", Align: report.Right},
		{Header: "Owner", Key: "owner", Priority: 1},
	}}
	for i, m := range list {
		ago := a.AsOf.Sub(m.o.On)
		row := report.Row{Cells: []report.Cell{
			report.Say(m.o.On.String()), report.Say(m.x.Name), {Text: fmt.Sprintf("%dd", ago), Value: ago}, report.Say(m.x.owner()),
		}}
		if i < mostMissed {
			t.Rows = append(t.Rows, row)
		} else {
			t.Minor = append(t.Minor, row)
		}
	}
	r.Add(report.Heading("Missed"), t)
	if len(t.Minor) > 0 {
		r.Add(report.Text(fmt.Sprintf("and %d before these", len(t.Minor))))
	}
}

// ReportCalendar fills a report: the reviews from Options.From to Until, by week.
func (a *Analysis) ReportCalendar(r *report.Report) {
	type entry struct {
		x *Series
		o *Occurrence
	}
	var list []entry
	for _, x := range a.Series {
		for i := range x.Occurrences {
			list = append(list, entry{x, &x.Occurrences[i]})
		}
	}
	slices.SortStableFunc(list, func(x, y entry) int { return cmp.Compare(x.o.On, y.o.On) })
	d := calendarReport{From: a.From, Until: a.Until, Weeks: []weekData{}, Unknown: reasons(a.Unknown)}
	t := &report.Table{Name: "calendar", Columns: []report.Column{
		{Header: "Week of", Key: "week", Whole: true},
		{Header: "Day", Key: "date", Whole: true},
		{Header: "Review", Key: "id"},
		{Header: "State", Key: "state", Whole: true, Priority: 1},
		{Header: "Moved from", Key: "scheduled", Whole: true, Priority: 2},
		{Header: "Attendees", Key: "attendees", Priority: 3},
	}, Empty: "no review"}
	for _, e := range list {
		monday := e.o.On.Add(-cal.Days((e.o.On.Weekday() + 6) % 7))
		shown := report.Cell{Value: monday}
		if n := len(d.Weeks); n == 0 || d.Weeks[n-1].Week != monday {
			d.Weeks = append(d.Weeks, weekData{Week: monday})
			shown = report.Say(monday.String())
		}
		week := &d.Weeks[len(d.Weeks)-1]
		week.Reviews = append(week.Reviews, calendarData{e.x.Name, e.x.ref(), e.x.occurrence(e.o), e.x.Summary(), texts(e.x.Attendees)})
		moved := report.Cell{Value: e.o.Scheduled}
		if e.o.Scheduled != e.o.On {
			moved.Text = e.o.Scheduled.Weekday().String()[:3] + " " + e.o.Scheduled.String()
		}
		t.Append(shown, report.Cell{Text: e.o.On.Weekday().String()[:3] + " " + e.o.On.String(), Value: e.o.On}, report.Say(e.x.Name),
			stateCell(e.o), moved, report.Cell{Text: strings.Join(e.x.Attendees, ", "), Value: strings.Join(e.x.Attendees, " ")})
	}
	r.Data = d
	text := fmt.Sprintf("%s from %s to %s", report.Plural(len(list), "review"), a.From, a.Until)
	for _, why := range a.Unknown {
		text += fmt.Sprintf("\nWhich reviews took place is not known: %s", why)
	}
	r.Add(report.Text(text), t)
}

func stateCell(o *Occurrence) report.Cell {
	c := report.Cell{Text: string(o.State), Value: o.State}
	switch o.State {
	case Held:
		c.Tone = report.Good
		if o.Review.Date != o.On {
			c.Text = "held on " + o.Review.Date.String()
		}
	case Missed:
		c.Tone = report.Bad
	case Unknown:
		c = report.Cell{Text: "n/a", Tone: report.Dim}
	case Upcoming:
	}
	return c
}

// reviewed is what a review was of, and when.
func reviewed(r *portfolio.Review) []report.Cell {
	return []report.Cell{report.Say(Of(r)), report.Say(r.Date.String())}
}
