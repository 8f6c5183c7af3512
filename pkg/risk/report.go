package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// View says what of an analysis people are shown.
type View struct {
	// All shows risks too that are closed, have occurred, or whose program is over.
	All bool
	// Sheets adds tables for spreadsheets: many rows.
	Sheets bool
}

// Report fills a report: how much is at risk, which risks, whose, how likely, and what
// became of those of the baseline.
func (a *Analysis) Report(r *report.Report, v View) {
	r.Data = a.data()
	r.Add(report.Text(a.summary()))
	if a.Unknown != nil {
		return
	}
	if v.Sheets {
		r.Sheets = a.sheets()
	}
	if t := a.riskTable(v); len(t.Rows) > 0 {
		r.Add(report.Heading(fmt.Sprintf("Risks, %sby exposure (%s, working days)", a.lateFirst(), a.currency())), t)
	}
	if a.Total.Risks == 0 && !a.comparable() {
		return
	}
	if len(a.Groups) > 0 {
		r.Add(report.Heading("Exposure by "+titles(a.By)), a.groupTable())
	}
	if len(a.Responses) > 0 {
		r.Add(report.Heading("Exposure by response"), a.responseTable())
		if a.Total.Costed < a.Total.Risks || a.Total.Timed < a.Total.Risks {
			r.Add(report.Text("≥: without the risks of which it is not known"))
		}
	}
	for _, x := range []struct {
		what string
		heat *Heat
	}{{"cost, in " + string(a.currency()), a.CostHeat()}, {"working days", a.DayHeat()}} {
		if x.heat.some() {
			r.Add(report.Heading("How many risks, by probability and impact in "+x.what), a.heatTable(x.heat))
		}
	}
	if a.comparable() {
		r.Add(report.Heading("Exposure then and now"), a.trendTable())
		if len(a.Trend.Moves) > 0 {
			r.Add(report.Heading("What became of risks since"), a.moveTable())
		}
	}
}

func (a *Analysis) lateFirst() string {
	if len(a.Late) == 0 {
		return ""
	}
	return "those past their review first, "
}

// summary is how much is at risk, what to look at again, and what is not known.
func (a *Analysis) summary() string {
	if a.Unknown != nil {
		return "n/a: risks: " + sentence(a.Unknown)
	}
	lines := []string{a.exposureText()}
	lines = append(lines, texts(a.Partial)...)
	if a.Total.Risks > 0 {
		lines = append(lines, a.reviewText())
	}
	if a.Occurred.Risks > 0 {
		lines = append(lines, fmt.Sprintf("Occurred: %s, with an impact of %s", grouped(a.Occurred.Risks), a.text(&a.Occurred)))
	}
	if n := len(slices.DeleteFunc(slices.Clone(a.Risks), func(r *Risk) bool { return r.Counts() || r.Status != "open" })); n > 0 {
		lines = append(lines, "Left open in programs that are over, and not counted: "+plural(n, "risk"))
	}
	lines = append(lines, a.unpriced()...)
	switch t := a.Trend; {
	case t == nil:
	case t.Unknown != nil:
		lines = append(lines, "Trend: n/a: "+sentence(t.Unknown))
	default:
		lines = append(lines, a.trendText())
	}
	return strings.Join(lines, "\n")
}

func (a *Analysis) exposureText() string {
	t := a.Total
	if t.Risks == 0 {
		return "No open risk"
	}
	return fmt.Sprintf("%s open: exposure (probability × impact) %s", plural(t.Risks, "risk"), a.text(&t))
}

// text is "71,400.00 USD (of 6) and 12.5 working days (of 7)": of how many risks each is
// is said where that is not all.
func (a *Analysis) text(e *Exposure) string {
	of := func(text string, n int) string {
		if n < e.Risks {
			text += fmt.Sprintf(" (of %s)", grouped(n))
		}
		return text
	}
	cost, days := "no known cost", "no known days"
	if e.Costed > 0 {
		cost = of(moneyText(e.Cost), e.Costed)
	}
	if e.Timed > 0 {
		days = of(daysNumber(e.Days)+" working days", e.Timed)
	}
	return cost + " and " + days
}

func moneyText(m *money.Amount) string {
	if m == nil {
		return "n/a"
	}
	return m.Grouped() + " " + string(m.Currency)
}

func daysNumber(r ratio.Ratio) string {
	if !r.Known() {
		return "n/a"
	}
	return report.Grouped(r.Digits(1))
}

func (a *Analysis) reviewText() string {
	var parts []string
	if len(a.Late) > 0 {
		parts = append(parts, fmt.Sprintf("past due %s (%s)", grouped(len(a.Late)), few(ids(a.Late))))
	} else {
		parts = append(parts, "none past due")
	}
	if len(a.Soon) > 0 {
		parts = append(parts, fmt.Sprintf("due within %s %s (%s)", a.s.Config.Policy.Horizon, grouped(len(a.Soon)), few(ids(a.Soon))))
	}
	if n := len(a.undated()); n > 0 {
		parts = append(parts, grouped(n)+" without a day")
	}
	return "Reviews: " + strings.Join(parts, "; ")
}

// unpriced says why costs that are stated are not known.
func (a *Analysis) unpriced() []string {
	var why []staffing.Reason
	n := 0
	for _, r := range a.Risks {
		if r.Counts() && r.CostUnknown != nil {
			why = staffing.MergeReasons(why, r.CostUnknown)
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("The cost of %s is n/a: %s", plural(n, "risk"), sentence(why))}
}

func (a *Analysis) trendText() string {
	t := a.Trend
	if len(t.Moves) == 0 {
		return "Since the baseline: nothing changed"
	}
	var parts []string
	for _, s := range t.Steps {
		parts = append(parts, grouped(s.Risks)+" "+string(s.Kind))
	}
	return fmt.Sprintf("Since the baseline: %s; then %s", strings.Join(parts, ", "), a.text(&t.Before))
}

func titles(by []group.Dimension) string {
	names := make([]string, len(by))
	for i, d := range by {
		names[i] = strings.ToLower(d.Title())
	}
	return strings.Join(names, " and ")
}

// few cuts a list of names.
func few(list []string) string {
	const most = 5
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %s more", strings.Join(list[:most], ", "), grouped(len(list)-most))
}

func grouped(n int) string { return report.Grouped(fmt.Sprint(n)) }

// plural is report.Plural with commas between thousands.
func plural(n int, noun string) string {
	return grouped(n) + strings.TrimPrefix(report.Plural(n, noun), fmt.Sprint(n))
}
