package budget

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// mostMatrix is how many periods fit side by side.
const mostMatrix = 6

// Report adds what was found to a report: how it stands, the groups, the periods, what
// there is at completion, contingencies, the plan of record, and what leads from one lens
// to the other.
//
// With sheets it has what spreadsheets read too: many rows.
func (a *Analysis) Report(r *report.Report, sheets bool) {
	r.Data = a.data()
	if sheets {
		r.Sheets = []*report.Table{a.sheet()}
	}
	r.Add(report.Text(a.summary()))
	if len(a.By) > 0 && len(a.Groups) > 0 {
		r.Add(report.Heading(a.inCurrency("By "+titles(a.By)+", "+a.Years.String())), a.byGroup())
	}
	r.Add(report.Heading(a.inCurrency("Period by period")), a.periods())
	if len(a.By) > 0 && len(a.Groups) > 0 && len(a.Buckets) > 1 && len(a.Buckets) <= mostMatrix {
		r.Add(report.Heading(a.inCurrency(fmt.Sprintf("Forecast of each %s", a.Step))), a.matrix())
	}
	if a.Lens == Programs && len(a.Groups) > 0 && a.beyond() {
		r.Add(report.Heading(a.inCurrency("At completion, in whatever year")), a.atCompletion())
	}
	if len(a.Contingencies) > 0 {
		r.Add(report.Heading(a.inCurrency("Contingency, drawn down by what the forecast at completion is above the plan")), a.contingencyTable())
	}
	if len(a.Caps) > 0 {
		r.Add(report.Heading(a.inCurrency("Caps of teams' own budgets")), a.capTable())
	}
	if a.Baseline != nil && len(a.Incomparable) == 0 {
		r.Add(report.Heading(a.inCurrency("Plan against the plan of record, "+a.Years.String())), a.compared())
	}
	if a.Reconciliation != nil {
		r.Add(report.Heading(a.inCurrency("From what programs cost to what teams cost, "+a.Years.String())), a.reconciled())
	}
}

func (a *Analysis) inCurrency(heading string) string {
	return heading + " (" + string(a.Currency) + ")"
}

func titles(by []group.Dimension) string {
	names := make([]string, len(by))
	for i, d := range by {
		names[i] = strings.ToLower(d.Title())
	}
	if n := len(names); n > 2 {
		names = append([]string{strings.Join(names[:n-1], ", ")}, names[n-1])
	}
	return strings.Join(names, " and ")
}

// summary says how it stands in a few lines.
func (a *Analysis) summary() string {
	t := a.Total.Total
	var lines []string
	if from, to := a.span(); t.Actual != nil {
		line := fmt.Sprintf("Spent %s in %s up to %s", t.Actual.Grouped(), a.Years, min(a.AsOf, a.all().Last()))
		if over := min(to, elapsed(a.AsOf)); over >= from && t.Elapsed.Variance != nil {
			line += fmt.Sprintf("; to the end of %s %s of %s planned, %s", over, t.Elapsed.Actual.Grouped(), t.Elapsed.Plan.Grouped(), worded(t.Elapsed.Variance, t.Elapsed.VariancePercent))
		}
		lines = append(lines, line)
	}
	if t.Forecast != nil && t.Plan != nil {
		line := fmt.Sprintf("Forecast for %s: %s of %s planned, %s", a.Years, t.Forecast.Grouped(), t.Plan.Grouped(), worded(t.ForecastVariance, t.ForecastVariancePercent))
		if t.Commitments != nil && !t.Commitments.IsZero() {
			line += "; ordered and not yet spent " + t.Commitments.Grouped()
		}
		lines = append(lines, line)
	}
	if worst := a.worst(); worst != "" {
		lines = append(lines, worst)
	}
	lines = append(lines, a.beyondForecast()...)
	if a.Unbudgeted != nil && !a.Unbudgeted.IsZero() {
		lines = append(lines, "Unbudgeted: "+a.Unbudgeted.Grouped()+" spent in categories in which the program has no line")
	}
	if l := a.CapitalisedLabour; l.Plan != nil && l.Actual != nil && (!l.Plan.IsZero() || !l.Actual.IsZero()) {
		lines = append(lines, fmt.Sprintf("Capitalised labour: %s planned, %s so far", l.Plan.Grouped(), l.Actual.Grouped()))
	}
	closed := "the last month before this one"
	if a.s.Config.ClosedThrough != 0 {
		closed = "which finance has closed"
		if a.Closed != a.s.Config.ClosedThrough {
			closed = "today's month, though finance has closed " + a.s.Config.ClosedThrough.String()
		}
	}
	lines = append(lines, fmt.Sprintf("In %s; the forecast is what was spent up to %s, %s, and what is expected after it", a.Currency, a.Closed, closed))
	lines = append(lines, a.notKnown()...)
	for _, why := range a.Incomparable {
		lines = append(lines, "n/a: plan of record: "+why.String())
	}
	if left := a.leftOut(); left != "" {
		lines = append(lines, left)
	}
	return strings.Join(lines, "\n")
}

// worded says how far from plan something is.
func worded(variance *money.Amount, percent *Percentage) string {
	switch {
	case variance == nil:
		return "n/a"
	case variance.IsZero():
		return "on plan"
	}
	word, amount := "over", *variance
	if amount.Minor < 0 {
		word, amount = "under", amount.Neg()
	}
	text := amount.Grouped() + " " + word
	if percent != nil {
		text += " (" + percent.String() + ")"
	}
	return text
}

// worst names what the forecast is most above plan, beyond what is tolerated.
func (a *Analysis) worst() string {
	var over []Group
	for _, g := range a.Groups {
		if slices.Contains(g.Key[:], Unbudgeted) {
			continue // of which nothing was planned, and which is told apart
		}
		if t := g.Rows.Total; t.ForecastVariance != nil && t.ForecastVariance.Minor > 0 && !a.tolerated(t.ForecastVariance, t.Plan) {
			over = append(over, g)
		}
	}
	if len(over) == 0 {
		return ""
	}
	slices.SortStableFunc(over, func(x, y Group) int {
		return cmp.Compare(y.Rows.Total.ForecastVariance.Minor, x.Rows.Total.ForecastVariance.Minor)
	})
	var parts []string
	for i, g := range over {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("%d more", len(over)-i))
			break
		}
		parts = append(parts, strings.Join(labels(a.By, g.Key), " ")+" "+changed(g.Rows.Total.ForecastVariance).Text)
	}
	return fmt.Sprintf("Above plan by more than %s: %s", a.s.Config.Policy.BudgetTolerance, strings.Join(parts, ", "))
}

// beyondForecast says of which accounts more was spent since the last closed month than
// is forecast up to as-of's, and of which more is ordered than is forecast for the months
// to come: the forecast does not know of either.
func (a *Analysis) beyondForecast() (lines []string) {
	told := func(list []Excess) string {
		parts := make([]string, len(list))
		for i, e := range list {
			parts[i] = e.Of + " " + e.Amount.Grouped()
		}
		return strings.Join(parts, ", ")
	}
	if len(a.SpentBeyond) > 0 {
		lines = append(lines, fmt.Sprintf("Spent since %s beyond what is forecast up to %s: %s", a.Closed, a.AsOf.Month(), told(a.SpentBeyond)))
	}
	if len(a.OrderedBeyond) > 0 {
		lines = append(lines, fmt.Sprintf("Ordered beyond what is forecast after %s: %s", a.Closed, told(a.OrderedBeyond)))
	}
	return lines
}

func labels(by []group.Dimension, key group.Key) []string {
	list := make([]string, len(by))
	for i := range by {
		list[i] = group.Named(key[i])
	}
	return list
}

// tolerated reports whether a variance is within the tolerance of the policy.
func (a *Analysis) tolerated(variance, plan *money.Amount) bool {
	return Within(*variance, *plan, *a.s.Config.Policy.BudgetTolerance)
}

// notKnown says which figures are not known, and why, those of one reason together.
func (a *Analysis) notKnown() (lines []string) {
	var order []string
	of := map[string][]string{}
	for _, u := range a.Total.Unknown {
		why := staffing.Reason{Text: u.Reason, Month: u.Month}.String()
		if u.Reason == staffing.Private.Text {
			why = "private; join what is with --overlay DIR"
		}
		if of[why] == nil {
			order = append(order, why)
		}
		of[why] = append(of[why], u.Figure)
	}
	for _, why := range order {
		lines = append(lines, fmt.Sprintf("n/a: %s: %s", strings.Join(of[why], ", "), why))
	}
	return lines
}

// leftOut says which documents are not counted since they do not validate; "" where all
// are.
func (a *Analysis) leftOut() string {
	var names []string
	note := func(subject, name, kind string) {
		if !a.s.Sound(subject) {
			names = append(names, fmt.Sprintf("%s %q", kind, name))
		}
	}
	if a.Lens == Programs {
		for _, p := range a.s.Programs {
			note(p.Subject(), p.Meta.Name, "program")
		}
	} else {
		for _, b := range a.s.Budgets {
			note("budget/"+b.Meta.Name, b.Meta.Name, "budget")
		}
	}
	for _, l := range a.s.Ledgers {
		note("ledger/"+l.Meta.Name, l.Meta.Name, "ledger")
	}
	if names == nil {
		return ""
	}
	return "Nothing is counted of " + strings.Join(names, ", ") + ", which must validate first"
}

// beyond reports whether there is money in other years than those of the report.
func (a *Analysis) beyond() bool {
	from, to := a.span()
	return !a.total.isEmpty(earliest, from.Add(-1)) || !a.total.isEmpty(to.Add(1), latest)
}

// last is the last month of a bucket.
func last(b cal.Bucket) cal.Month { return b.Last().Month() }
