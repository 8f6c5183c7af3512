package status

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// restTable is a line each on money, people and reviews.
func (a *Analysis) restTable() *report.Table {
	t := &report.Table{Name: "rest", Columns: []report.Column{{Key: "what", Whole: true}, {Key: "status", Prose: true}}}
	add := func(what, text string) {
		if text != "" {
			t.Append(report.Say(what), report.Say(text))
		}
	}
	add("Money", a.moneyText())
	add("People", a.peopleText())
	add("Seats", a.seatText())
	add("Risks", a.riskText())
	add("Reviews", a.reviewText())
	return t
}

func (a *Analysis) moneyText() string {
	if a.Money == nil {
		return ""
	}
	t := &a.Money.Total.Total
	year := a.Snapshot.Fiscal.YearOf(a.AsOf)
	if t.Forecast == nil || t.Plan == nil {
		var why []staffing.Reason
		for _, u := range a.Money.Total.Unknown {
			why = staffing.MergeReasons(why, []staffing.Reason{{Text: u.Reason, Month: u.Month}})
		}
		return fmt.Sprintf("%s: n/a, %s", year, reasons(why))
	}
	if t.Plan.IsZero() && t.Forecast.IsZero() {
		return ""
	}
	text := fmt.Sprintf("%s: forecast %s of %s %s planned", year, t.Forecast.Grouped(), t.Plan.Grouped(), a.Money.Currency)
	if t.ForecastVariancePercent != nil {
		text += fmt.Sprintf(" (%s)", t.ForecastVariancePercent)
	}
	if e := t.Elapsed; e.Actual != nil && e.Plan != nil && e.VariancePercent != nil {
		text += fmt.Sprintf("; spent %s of %s in the months that are over (%s)", e.Actual.Grouped(), e.Plan.Grouped(), e.VariancePercent)
	}
	return text
}

func (a *Analysis) peopleText() string {
	p := a.People
	if p == nil || p.nobody() {
		return ""
	}
	var parts []string
	switch {
	case p.Heads == nil:
		parts = append(parts, "heads n/a")
	case *p.Heads == 1:
		parts = append(parts, "1 person")
	default:
		parts = append(parts, report.Grouped(fmt.Sprint(*p.Heads))+" people")
	}
	if p.Planned != nil {
		parts[0] += fmt.Sprintf(", %s planned for %s", report.Grouped(fmt.Sprint(*p.Planned)), p.PlannedOn)
	}
	if p.Gap != nil {
		text := fmt.Sprintf("programs ask for %s of %s FTE in %s", p.Demand, p.Supply, p.Month)
		if p.Gap.Sign() > 0 {
			text += fmt.Sprintf(", %s short", p.Gap)
		}
		parts = append(parts, text)
		if n := len(p.Short); n > 0 {
			x := p.Short[0]
			parts = append(parts, fmt.Sprintf("%s short, first %s by %s FTE in %s", report.Plural(n, "team"), x.Key[0], x.Worst, x.In))
		}
	} else if p.Demand != nil {
		parts = append(parts, fmt.Sprintf("programs ask for %s FTE in %s, supply n/a", p.Demand, p.Month))
	}
	if p.Unfilled != nil && *p.Unfilled > 0 {
		parts = append(parts, report.Plural(*p.Unfilled, "staffing line")+" without a name")
	}
	if p.Overallocated != nil && *p.Overallocated > 0 {
		parts = append(parts, fmt.Sprintf("%d over-allocated", *p.Overallocated))
	}
	text := strings.Join(parts, "; ")
	if p.Unknown != nil {
		text += "; n/a: " + reasons(p.Unknown)
	}
	return text
}

// nobody reports whether there is nothing to say of people.
func (p *People) nobody() bool {
	none := func(n *int) bool { return n != nil && *n == 0 }
	return none(p.Heads) && none(p.Planned) && p.Demand != nil && p.Demand.Sign() == 0
}

func (a *Analysis) seatText() string {
	p := a.People
	if p == nil || p.ToFill == nil || p.Seats == 0 {
		return ""
	}
	if *p.ToFill == 0 {
		return "none to fill"
	}
	text := fmt.Sprintf("%d to fill", *p.ToFill)
	if *p.Late > 0 {
		text += fmt.Sprintf(", %d of them late", *p.Late)
	}
	return text
}

func (a *Analysis) riskText() string {
	if a.Risks == nil {
		return ""
	}
	if why := a.Risks.Unknown; why != nil {
		return "n/a: " + reasons(why)
	}
	n, late := a.risks()
	switch {
	case n == 0:
		return ""
	case late == 0:
		return fmt.Sprintf("%d open, none past review", n)
	}
	return fmt.Sprintf("%d open, %d past review", n, late)
}

// risks counts those that may still occur, and those of them past their review.
func (a *Analysis) risks() (n, late int) {
	for _, p := range a.Programs {
		n, late = n+len(p.Risks), late+len(p.Late)
	}
	return n, late
}

func (a *Analysis) reviewText() string {
	if a.Reviews == nil || len(a.Due) == 0 && a.overdueActions() == 0 && a.Reviews.Unknown == nil {
		return ""
	}
	var parts []string
	until := a.AsOf.Add(a.Horizon)
	for _, x := range a.Due {
		if x.Next.On <= until {
			parts = append(parts, fmt.Sprintf("%s %s", x.Name, day(x.Next.On, a.AsOf)))
		}
	}
	text := "none due by " + until.String()
	switch n := len(parts); {
	case n > 5:
		text = "due " + strings.Join(parts[:5], ", ") + fmt.Sprintf(" and %d more", n-5)
	case n > 0:
		text = "due " + strings.Join(parts, ", ")
	case len(a.Due) > 0:
		text += fmt.Sprintf("; next %s %s", a.Due[0].Name, day(a.Due[0].Next.On, a.AsOf))
	}
	if n := a.overdueActions(); n > 0 {
		text += fmt.Sprintf("; %s overdue", report.Plural(n, "action"))
	}
	if why := a.Reviews.Unknown; why != nil {
		text += "; which took place is n/a: " + reasons(why)
	}
	return text
}

// overdueActions counts the actions of reviews of what is chosen that are overdue.
func (a *Analysis) overdueActions() (n int) {
	for _, x := range a.Reviews.Actions() {
		if a.overdueAction(&x) {
			n++
		}
	}
	return n
}

// day is a date and how far it is.
func day(d, asOf cal.Date) string {
	if d == asOf {
		return "today"
	}
	return fmt.Sprintf("%s (%dd)", d, d.Sub(asOf))
}

// reasons is a list of reasons in a line.
func reasons(list []staffing.Reason) string {
	texts := make([]string, len(list))
	for i, r := range list {
		texts[i] = r.String()
	}
	return strings.Join(texts, "; ")
}

// sum is a figure of all months; nil where it is not known.
func (p *Program) sum(f budget.Figure) (rates.Sum, bool) {
	if p.Costs == nil {
		return rates.Sum{}, false
	}
	return p.Costs.All(f), true
}

// spent is what was spent and planned in the months of the fiscal year that are over.
func (p *Program) spent() budget.Elapsed {
	if p.Year == nil {
		return budget.Elapsed{}
	}
	return p.Year.Elapsed
}
