package hiring

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// headline is what matters: what is to be filled, what is late, what the years bring,
// how long it takes, and what it saves.
func (a *Analysis) headline() string {
	s := a.Summary
	if s.Positions == 0 {
		return a.nothing()
	}
	text := fmt.Sprintf("%s in the plans of %s: %s filled, %s to fill, of which %s opened",
		plural(s.Positions, "position"), a.o.Years, grouped(s.Filled), grouped(s.ToFill), grouped(s.Opened))
	if rest := s.Positions - s.Filled - s.ToFill; rest > 0 {
		text += fmt.Sprintf(", %s cancelled or on hold", grouped(rest))
	}
	lines := []string{text}
	if a.Partial != nil {
		lines = append(lines, "There may be more: HeadcountPlan is private, an overlay that is not joined may have other plans")
	}
	late := slices.DeleteFunc(slices.Clone(a.Positions), func(p *Position) bool { return !p.Late })
	if len(late) == 0 {
		lines = append(lines, "None is late")
	} else {
		lines = append(lines, fmt.Sprintf("Late, budgeted for a day that has passed: %s (%s)", grouped(len(late)), names(late)))
		lines = append(lines, unforecast("Late and without a forecast", late)...)
	}
	lines = append(lines, a.yearText())
	switch {
	case s.TimeToFill != nil:
		lines = append(lines, fmt.Sprintf("Median time to fill: %s, of %s filled", plural(int(*s.TimeToFill), "day"), grouped(s.Timed)))
	case s.Filled == 0:
		lines = append(lines, "Nothing was filled")
	}
	if why := texts(s.Saving.Total.Unknown); len(why) > 0 {
		lines = append(lines, "Saved by vacancies: n/a: "+strings.Join(why[:min(len(why), 3)], "; ")+more(len(why)-3))
	} else {
		lines = append(lines, fmt.Sprintf("Saved by vacancies: %s %s until today, %s until they are filled as the plan expects",
			s.Saving.ToDate.Amount.Grouped(), s.Saving.ToDate.Amount.Currency, s.Saving.Total.Amount.Grouped()))
	}
	if a.NoBaseline != nil {
		lines = append(lines, "The baseline is not known: "+strings.Join(texts(a.NoBaseline), "; "))
	}
	return strings.Join(lines, "\n")
}

// nothing says why there is no position.
func (a *Analysis) nothing() string {
	text := fmt.Sprintf("no positions in the plans of %s", a.o.Years)
	if a.o.Asked != "" {
		text += " that " + a.o.Asked + " chooses"
	}
	unsound := 0
	for _, plan := range a.s.Plans {
		if !a.s.Sound("headcountplan/" + plan.Meta.Name) {
			unsound++
		}
	}
	if unsound > 0 {
		text += fmt.Sprintf("\nLeft out, for they do not validate: %s", plural(unsound, "headcount plan"))
	}
	if a.Partial != nil {
		text += "\nHeadcountPlan is private: an overlay that is not joined may have plans"
	}
	return text
}

// yearText is what becomes of the seats of the plans: all are somewhere in it.
func (a *Analysis) yearText() string {
	in := a.inYears()
	text := fmt.Sprintf("Hires in %s: %s of %s, %s started and %s forecast",
		a.o.Years, grouped(in.Hires()), plural(a.Summary.Filled+a.Summary.ToFill, "seat"), grouped(in.Started), grouped(in.Forecast))
	if n := a.OtherQuarters.Hires(); n > 0 {
		text += fmt.Sprintf("; %s in other years", grouped(n))
	}
	if n := a.UnknownHires; n > 0 {
		text += fmt.Sprintf("; of %s nobody can tell", grouped(n))
	}
	return text
}

func (a *Analysis) funnelText() string {
	f := a.Funnel
	var parts []string
	if f.Entered != nil {
		parts = append(parts, plural(*f.Entered, "candidate"))
	}
	if f.Conversion.Known() {
		parts = append(parts, f.Conversion.Percent()+" of those decided pass all stages")
	}
	if f.Hours.Known() {
		parts = append(parts, shortHours(f.Hours)+" hours of interviews")
	}
	text := strings.Join(parts, ", ")
	if f.CandidatesOfHires != nil {
		text += fmt.Sprintf("\nOf them %s for %s", grouped(*f.CandidatesOfHires), plural(f.Counted, "hire"))
		if f.HoursPerHire.Known() {
			text += fmt.Sprintf(", %s hours of interviews a hire", shortHours(f.HoursPerHire))
		}
	}
	return text
}

// positionText explains the table, and says what it leaves open.
func (a *Analysis) positionText(shown, hidden int) string {
	var lines []string
	if hidden > 0 && shown > 0 {
		lines = append(lines, fmt.Sprintf("filled or cancelled: %s, shown with --all", plural(hidden, "more position")))
	}
	has := func(is func(*Position) bool) bool { return slices.ContainsFunc(a.Positions, is) }
	if has(func(p *Position) bool { return p.Passed }) {
		lines = append(lines, "Slip with ≥: the plan expects a day that has passed, it is counted up to today")
	}
	if has(func(p *Position) bool { return p.Forecast != nil }) {
		lines = append(lines, "Forecast: offer, the start that was agreed; flow, how fast candidates pass the stages; elapsed, how long seats took that were open as long; of so many observed")
	}
	if has(func(p *Position) bool { return p.Chance.Known() }) {
		lines = append(lines, "Make a hire: the chance that those in progress do, at the conversion of each stage, whenever that is")
	}
	if has(func(p *Position) bool { return p.Saving.Total.Amount.Minor != 0 }) {
		lines = append(lines, "Saves: what the seat costs from the day for which it is budgeted up to its start, days to come too")
	}
	if a.compared() {
		lines = append(lines, "Since: by how much the plan has moved the start since the baseline")
	}
	var gone []string
	for _, g := range a.Gone {
		text := "Gone since the baseline: " + g.ID + ", " + string(g.Status)
		if g.Elsewhere {
			text = "Not among these any more, and still in a plan: " + g.ID
		}
		gone = append(gone, text)
	}
	opened := slices.DeleteFunc(slices.Clone(a.Positions), func(p *Position) bool { return p.Late || !p.opened() })
	return strings.Join(slices.Concat(lines, unforecast("No forecast", opened), short(gone)), "\n")
}

// unforecast says of which positions there is no forecast, by reason.
func unforecast(text string, list []*Position) (lines []string) {
	by := map[string][]*Position{}
	var reasons []string
	for _, p := range list {
		if p.NoForecast == "" {
			continue
		}
		if by[p.NoForecast] == nil {
			reasons = append(reasons, p.NoForecast)
		}
		by[p.NoForecast] = append(by[p.NoForecast], p)
	}
	for _, why := range reasons {
		lines = append(lines, fmt.Sprintf("%s: %s: %s", text, names(by[why]), why))
	}
	return lines
}

// names are the ids of the first positions.
func names(list []*Position) string {
	var ids []string
	for _, p := range list[:min(len(list), 5)] {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, ", ") + more(len(list)-5)
}

// more says that n others follow.
func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %s more", grouped(n))
}

// hiresText says what the quarters leave out, and where headcount says something else.
func (a *Analysis) hiresText() string {
	var lines []string
	later, end := 0, a.s.Fiscal.RangePeriod(a.o.Years).To
	for _, p := range a.Positions {
		if p.Forecast != nil && p.Forecast.Start >= end {
			lines = append(lines, fmt.Sprintf("%s is forecast for %s, after %s", p.ID, p.Forecast.Start, a.o.Years))
		}
		if p.Status.Unfilled() && p.Begin >= end {
			later++
		}
	}
	lines = short(lines)
	if later > 0 {
		lines = append(lines, fmt.Sprintf("Expected by the plan after %s: %s", a.o.Years, plural(later, "position")))
	}
	if n := a.UnknownHires; n > 0 {
		lines = append(lines, "In none of these quarters, for nobody can tell: "+plural(n, "position"))
	}
	if text := a.headcountText(); text != "" {
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// headcountText says how the forecast of headcount, which is of the starts that the plan
// expects, differs.
func (a *Analysis) headcountText() string {
	var by []cal.Days
	without := 0
	for _, p := range a.Positions {
		switch {
		case !p.Status.Unfilled():
		case p.Forecast == nil:
			without++
		case p.Forecast.Start > p.Begin:
			by = append(by, p.Forecast.Start.Sub(p.Begin))
		}
	}
	if len(by)+without == 0 {
		return ""
	}
	var parts []string
	if len(by) > 0 {
		shortest, longest := int(slices.Min(by)), int(slices.Max(by))
		text := plural(longest, "day")
		if shortest < longest {
			text = grouped(shortest) + " to " + text
		}
		parts = append(parts, fmt.Sprintf("the forecast here is later for %s, by %s", plural(len(by), "seat"), text))
	}
	if without > 0 {
		parts = append(parts, "there is none here for "+plural(without, "seat"))
	}
	return "headcount counts with the starts that the plan expects: " + strings.Join(parts, ", and ")
}

// short cuts a list of lines that says the same of many.
func short(lines []string) []string {
	const most = 8
	if len(lines) <= most {
		return lines
	}
	return append(slices.Clone(lines[:most-1]), fmt.Sprintf("and so for %s more", grouped(len(lines)-most+1)))
}

func (a *Analysis) flowText(v View) string {
	h := a.o.History
	text := "There is no commit yet: what the work tree has is in no period"
	if h.Commits > 0 {
		text = fmt.Sprintf("From the history of %s, %s to %s", plural(h.Commits, "commit"), h.First, h.Last)
	}
	if some(a.Flow.Undated) {
		text += "\nNot in it, for nobody says when: what was there already when this history first had a position"
		if n := a.Flow.Undated[0].Entered; n > 0 && a.ordered() {
			text += ", " + plural(n, "candidate")
		}
	}
	if some(a.Flow.Outside) {
		text += fmt.Sprintf("\nNot in it: what happened outside of %s", a.o.Years)
	}
	if n := a.Flow.Untracked; n > 0 {
		text += fmt.Sprintf("\nNot in this history as they are today: %s (an overlay, or files that git ignores)", plural(n, "position"))
	}
	if n := a.Flow.Gone; n > 0 {
		text += fmt.Sprintf("\nWith %s that this history had once, and not among these today", plural(n, "position"))
	}
	if !v.Flow && a.ordered() {
		text += "\nAll periods, stage by stage: --flow"
	}
	return text
}

func shortHours(h Hours) string { return report.Grouped(h.exact.FloatString(1)) }

func grouped(n int) string { return report.Grouped(fmt.Sprint(n)) }

// plural is report.Plural with commas between thousands.
func plural(n int, noun string) string {
	return grouped(n) + strings.TrimPrefix(report.Plural(n, noun), fmt.Sprint(n))
}
