package hiring

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// View says what of an analysis people see.
type View struct {
	// All shows positions too that are filled or cancelled.
	All bool
	// Flow shows every period, stage by stage.
	Flow bool
}

// Report fills a report.
func (a *Analysis) Report(r *report.Report, v View) {
	d := a.data()
	r.Data = d
	r.Sheets = a.sheets()
	if a.Unknown != nil {
		r.Add(report.Text(fmt.Sprintf("n/a: the headcount plans of %s are not known: %s", a.o.Years, strings.Join(d.Unknown, "; "))))
		return
	}
	r.Add(report.Text(a.headline()))
	if len(a.Positions)+len(a.Gone) == 0 {
		return
	}
	if len(a.Groups) > 0 {
		r.Add(report.Heading("By "+strings.Join(a.dimensions(), ", ")), a.groupTable())
	}
	positions := a.positionTable(v)
	r.Add(report.Heading("Positions"), positions)
	if text := a.positionText(len(positions.Rows), len(positions.Minor)); text != "" {
		r.Add(report.Text(text))
	}
	r.Add(report.Heading("Hires"), a.quarterTable())
	if text := a.hiresText(); text != "" {
		r.Add(report.Text(text))
	}
	r.Add(report.Heading("Funnel"), a.funnelTable())
	if text := a.funnelText(); text != "" {
		r.Add(report.Text(text))
	}
	r.Add(report.Heading("Saved by vacancies, those to come with them"+a.inCurrency()), a.savingTable())
	r.Add(report.Heading("Flow"))
	if a.Flow == nil {
		r.Add(report.Text("n/a: " + a.o.Unread))
		return
	}
	r.Add(a.flowTable(v), report.Text(a.flowText(v)))
}

// few joins the first three of what may be many.
func few(list []string) string {
	if len(list) <= 3 {
		return strings.Join(list, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(list[:3], "; "), len(list)-3)
}

// headline is what matters: what is to be filled, what is late, how long it takes, and
// what it saves.
func (a *Analysis) headline() string {
	s := a.Summary
	if s.Positions == 0 {
		return fmt.Sprintf("no positions in the plans of %s", a.o.Years)
	}
	text := fmt.Sprintf("%s in the plans of %s: %d filled, %d to fill, of which %d opened",
		report.Plural(s.Positions, "position"), a.o.Years, s.Filled, s.ToFill, s.Opened)
	if rest := s.Positions - s.Filled - s.ToFill; rest > 0 {
		text += fmt.Sprintf(", %d cancelled or on hold", rest)
	}
	if s.Late == 0 {
		text += "\nNone is late"
	} else {
		text += fmt.Sprintf("\nLate, budgeted for a day that has passed: %d", s.Late)
		var names []string
		for _, p := range a.Positions {
			if p.Late && len(names) < 5 {
				names = append(names, p.ID)
			}
		}
		text += " (" + strings.Join(names, ", ")
		if s.Late > len(names) {
			text += ", …"
		}
		text += ")"
	}
	hires, budgeted := 0, 0
	for _, q := range a.Quarters {
		hires, budgeted = hires+q.Hires(), budgeted+q.Effective
	}
	text += fmt.Sprintf("\n%s budgeted from days of %s; %s by forecast, as far as there is one", report.Plural(budgeted, "seat"), a.o.Years, report.Plural(hires, "hire"))
	if s.TimeToFill != nil {
		text += fmt.Sprintf("\nMedian time to fill: %s, of %d filled", report.Plural(int(*s.TimeToFill), "day"), s.Timed)
	}
	if why := texts(s.Saving.Unknown); len(why) > 0 {
		text += "\nSaved by vacancies: n/a: " + few(why)
	} else {
		text += fmt.Sprintf("\nSaved by vacancies, days to come with them: %s %s", s.Saving.Amount.Grouped(), s.Saving.Amount.Currency)
	}
	if a.NoBaseline != nil {
		text += "\nThe baseline is not known: " + strings.Join(texts(a.NoBaseline), "; ")
	}
	return text
}

func (a *Analysis) funnelText() string {
	f := a.Funnel
	var parts []string
	if f.Entered != nil {
		parts = append(parts, fmt.Sprintf("%s, %s so far", report.Plural(*f.Entered, "candidate"), report.Plural(f.Hires, "hire")))
	}
	if f.Conversion.Known() {
		parts = append(parts, f.Conversion.Percent()+" of those decided pass all stages")
	}
	if f.Hours.Known() {
		parts = append(parts, shortHours(f.Hours)+" hours of interviews")
	}
	if f.HoursPerHire.Known() {
		parts = append(parts, shortHours(f.HoursPerHire)+" for each hire so far")
	}
	return strings.Join(parts, ", ")
}

// positionText says what the table leaves open.
func (a *Analysis) positionText(shown, hidden int) string {
	var lines []string
	if hidden > 0 && shown > 0 {
		lines = append(lines, fmt.Sprintf("filled or cancelled: %s, shown with --all", report.Plural(hidden, "more position")))
	}
	if slices.ContainsFunc(a.Positions, func(p *Position) bool { return p.Forecast != nil || p.Chance.Known() }) {
		lines = append(lines, "By: offer is the start that was agreed; elapsed, how long seats took that were open as long; flow, how fast candidates pass the stages: of so many observed",
			"Make a hire: the chance that those in progress do, at the conversion of each stage, whenever that is")
	}
	var without, gone []string
	for _, p := range a.Positions {
		if p.NoForecast != "" && p.opened() {
			without = append(without, fmt.Sprintf("No forecast for %s: %s", p.ID, p.NoForecast))
		}
	}
	for _, g := range a.Gone {
		text := "Gone since the baseline: " + g.ID + ", " + string(g.Status)
		if g.Elsewhere {
			text = "Not among these any more, and still in a plan: " + g.ID
		}
		gone = append(gone, text)
	}
	return strings.Join(append(append(lines, short(without)...), short(gone)...), "\n")
}

// hiresText says what the quarters leave out.
func (a *Analysis) hiresText() string {
	var lines []string
	for _, p := range a.after() {
		lines = append(lines, fmt.Sprintf("%s is forecast for %s, after %s", p.ID, p.Forecast.Start, a.o.Years))
	}
	lines = short(lines)
	without, later, end := 0, 0, a.s.Fiscal.RangePeriod(a.o.Years).To
	for _, p := range a.Positions {
		if p.Status.Unfilled() && p.Forecast == nil {
			without++
		}
		if p.Status.Unfilled() && p.Begin >= end {
			later++
		}
	}
	if later > 0 {
		lines = append(lines, fmt.Sprintf("Expected by the plan after %s: %s", a.o.Years, report.Plural(later, "position")))
	}
	if without > 0 {
		lines = append(lines, fmt.Sprintf("Without a forecast: %s to fill", report.Plural(without, "position")))
	}
	return strings.Join(lines, "\n")
}

// short cuts a list of lines that says the same of many.
func short(lines []string) []string {
	const most = 8
	if len(lines) <= most {
		return lines
	}
	return append(slices.Clone(lines[:most-1]), fmt.Sprintf("and so for %d more", len(lines)-most+1))
}

func (a *Analysis) flowText(v View) string {
	h := a.o.History
	text := "There is no commit yet: what the work tree has is in no period"
	if h.Commits > 0 {
		text = fmt.Sprintf("From the history of %s, %s to %s", report.Plural(h.Commits, "commit"), h.First, h.Last)
	}
	if some(a.Flow.Undated) {
		text += "\nNot in it, for nobody says when: what the first version of a position has already"
		if n := a.Flow.Undated[0].Entered; n > 0 && a.ordered() {
			text += fmt.Sprintf(", %s", report.Plural(n, "candidate"))
		}
	}
	if some(a.Flow.Outside) {
		text += fmt.Sprintf("\nNot in it: what happened outside of %s", a.o.Years)
	}
	if n := a.Flow.Untracked; n > 0 {
		text += fmt.Sprintf("\nOf %s nothing is in this history (an overlay, or files that git ignores)", report.Plural(n, "position"))
	}
	if n := a.Flow.Gone; n > 0 {
		text += fmt.Sprintf("\nWith %s in no plan any more", report.Plural(n, "position"))
	}
	if !v.Flow && a.ordered() {
		text += "\nAll periods, stage by stage: --flow"
	}
	return text
}

// some reports whether there is anything.
func some(list []Counts) bool {
	return slices.ContainsFunc(list, func(c Counts) bool { return c != Counts{} })
}

// ordered reports whether the portfolio says which stage is the first and the last.
func (a *Analysis) ordered() bool { return len(a.s.Config.HiringStages) > 0 }

func (a *Analysis) inCurrency() string { return ", in " + string(a.s.Config.Currency) }

func (a *Analysis) dimensions() []string {
	names := make([]string, len(a.o.By))
	for i, d := range a.o.By {
		names[i] = d.String()
	}
	return names
}

func shortHours(h Hours) string { return report.Grouped(h.exact.FloatString(1)) }

// recent are the buckets up to as-of that people see first: the last three.
func (a *Analysis) recent() (from, to int) {
	for i, b := range a.o.Buckets {
		if b.From <= a.o.AsOf {
			to = i + 1
		}
	}
	return max(0, to-3), to
}
