package forecast

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// Report fills a report: data for all that the view shows, and blocks, the least likely
// first.
func (f *Forecast) Report(r *report.Report, v View) {
	r.Data = f.data(v)
	if v.Sheets {
		r.Sheets = f.sheets(v)
	}
	s := f.chosen(v)
	r.Add(report.Text(f.summary(s)))
	if len(s.programs) == 0 {
		return
	}
	r.Add(report.Heading("Programs"), f.programTable(s, v), report.Heading("Milestones"), f.milestoneTable(s, v))
	if c := f.chart(s); c != nil {
		r.Add(report.Heading("When programs end"), c)
	}
	r.Add(report.Text(f.notes(s)))
}

func (f *Forecast) summary(s selection) string {
	if len(s.programs) == 0 {
		return strings.TrimSpace("No milestones to forecast: only those of programs that are approved or active are\n" + circular(s))
	}
	if s.open == 0 {
		return "All milestones are done"
	}
	text := promises("open milestone", s.open, f.below(50, s.milestones), f.below(80, s.milestones))
	if programs := slices.DeleteFunc(slices.Clone(s.programs), func(x *Outcome) bool { return !x.Open() }); len(programs) > 0 {
		text += "\n" + promises("program", len(programs), f.below(50, programs), f.below(80, programs))
	}
	return text + fmt.Sprintf("\n%s, seed %d, %s distribution; %d of %s %s an estimate",
		trials(f.Trials), f.Seed, f.Distribution.label(), s.open-len(s.fixed), report.Plural(s.open, "open milestone"), have(s.open-len(s.fixed)))
}

// below counts what is open and has less than so many percent of a chance.
func (f *Forecast) below(percent int, list []*Outcome) (n int) {
	for _, x := range list {
		if x.Open() && x.Met*100 < percent*f.Trials {
			n++
		}
	}
	return n
}

// promises says how likely the due dates of so many things are met.
func promises(noun string, count, half, most int) string {
	switch {
	case most == 0 && count == 1:
		return "The " + noun + " has a chance of 80% or more to meet its due date"
	case most == 0:
		return fmt.Sprintf("All %s have a chance of 80%% or more to meet their due dates", report.Plural(count, noun))
	case count == 1 && half == 0:
		return "The " + noun + " has a chance below 80% to meet its due date"
	case count == 1:
		return "The " + noun + " has a chance below 50% to meet its due date"
	}
	return fmt.Sprintf("Of %s, %d %s a chance below 50%% to meet the due date, %d below 80%%", report.Plural(count, noun), half, have(half), most)
}

func have(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

func trials(n int) string {
	if n == 1 {
		return "1 trial"
	}
	return report.Grouped(strconv.Itoa(n)) + " trials"
}

func (d Distribution) label() string {
	if d == PERT {
		return "PERT"
	}
	return string(d)
}

// notes say what a reader of the figures must know of how they came about.
func (f *Forecast) notes(s selection) string {
	var lines []string
	switch n := len(s.fixed); {
	case n == 1:
		lines = append(lines, "1 open milestone has no estimate, so that only what it waits for can make it later here: "+names(s.fixed))
	case n > 1:
		lines = append(lines, fmt.Sprintf("%d open milestones have no estimate, so that only what they wait for can make them later here: %s", n, names(s.fixed)))
	}
	if text := circular(s); text != "" {
		lines = append(lines, text)
	}
	// The half-width of a 95 % interval of a share is widest at one half.
	points := 100 * 1.96 * math.Sqrt(0.25/float64(f.Trials))
	lines = append(lines,
		fmt.Sprintf("Chance is that of the due date, within %s points for %s; Critical is the share of trials without float", strconv.FormatFloat(points, 'f', 1, 64), trials(f.Trials)),
		"Durations are drawn independently of each other; risks, and what slips for other reasons, are not in it")
	return strings.Join(lines, "\n")
}

// circular tells what has no dates, and why.
func circular(s selection) string {
	if len(s.circular) == 0 {
		return ""
	}
	return "No dates, because they depend on each other in a circle or wait for such: " + names(s.circular)
}

// names are the first of some milestones, and how many more there are.
func names(list []*portfolio.Milestone) string {
	const most = 5
	text := make([]string, 0, most)
	for _, m := range list[:min(most, len(list))] {
		text = append(text, m.Ref())
	}
	if more := len(list) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(text, ", "), more)
	}
	return strings.Join(text, ", ")
}

// drawn is how many lines of a chart can be told apart.
const drawn = 8

// chart is the chance of each program to have ended by a day: those that vary, the
// least likely to meet their due dates first. It is nil where none varies.
func (f *Forecast) chart(s selection) *report.Chart {
	list := slices.DeleteFunc(slices.Clone(s.programs), func(x *Outcome) bool { return !x.Varies() })
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, unlikely)
	c := &report.Chart{
		Title: "Chance to have ended by a day", X: report.Axis{Label: "day", Key: "day"},
		Y: report.Axis{Label: "chance", Key: "chance_percent", Unit: "%", Decimals: 1},
	}
	if len(list) > drawn {
		c.Title += fmt.Sprintf(", of the %d least likely of %s to end when they are due", drawn, report.Plural(len(list), "program"))
	}
	for _, x := range list[:min(drawn, len(list))] {
		line := report.Series{Name: x.Program.Meta.Name, Key: x.Program.Meta.Name, Step: true}
		over := 0
		for _, d := range x.Days {
			over += d.Trials
			line.Points = append(line.Points, report.Point{X: report.Day(d.Date), Y: report.Number(100 * f.share(over))})
		}
		c.Series = append(c.Series, line)
	}
	return c
}
