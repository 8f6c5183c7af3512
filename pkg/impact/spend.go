package impact

import (
	"slices"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// SpendChange is what a program, or a team itself, spent by as-of, or is forecast to
// cost in all, where that differs. Before, After and Delta are nil where it is not known
// on one side, which Unknown says.
type SpendChange struct {
	Subject string        `json:"subject"` // program/NAME or team/NAME
	Figure  string        `json:"figure"`  // actual or forecast
	Before  *money.Amount `json:"before"`
	After   *money.Amount `json:"after"`
	Delta   *money.Amount `json:"delta"`
	Unknown []string      `json:"unknown"`
}

// spend compares what was spent, and what is forecast.
func (c *comparison) spend() {
	was, is := c.costs(c.base.Snapshot), c.costs(c.head.Snapshot)
	for _, subject := range keys(was, is) {
		if !c.chooses(subject) {
			continue
		}
		for _, f := range []budget.Figure{budget.Actual, budget.Forecast} {
			if d := c.spendChange(subject, f, was[subject], is[subject]); d != nil {
				c.change.Spend = append(c.change.Spend, *d)
			}
		}
	}
}

// costs are those of programs and teams, by subject.
func (c *comparison) costs(s *portfolio.Snapshot) map[string]*budget.Costs {
	of := map[string]*budget.Costs{}
	for _, x := range slices.Concat(budget.CostsOf(s, c.AsOf), budget.TeamCosts(s, c.AsOf)) {
		subject := "team/" + x.Team
		if x.Program != nil {
			subject = x.Program.Subject()
		}
		of[subject] = &x
	}
	return of
}

// spendChange is nil where nothing differs, or nothing was and is known.
func (c *comparison) spendChange(subject string, f budget.Figure, was, is *budget.Costs) *SpendChange {
	sum := func(x *budget.Costs) (sum rates.Sum) {
		if x != nil {
			sum = x.All(f)
		}
		return sum
	}
	b, a := sum(was), sum(is)
	d := &SpendChange{Subject: subject, Figure: f.String(), Unknown: []string{}}
	for _, why := range staffing.MergeReasons(b.Unknown, a.Unknown) {
		d.Unknown = append(d.Unknown, why.String())
	}
	if x, y := c.base.Snapshot.Config.Currency, c.head.Snapshot.Config.Currency; x != y {
		d.Unknown = append(d.Unknown, "the currency of the portfolio changes")
	}
	switch {
	case b.Amount.Minor == a.Amount.Minor && (len(b.Unknown) == 0) == (len(a.Unknown) == 0):
		return nil
	case len(d.Unknown) > 0:
		return d
	}
	currency := c.head.Snapshot.Config.Currency
	b.Amount.Currency, a.Amount.Currency = currency, currency
	delta, err := a.Amount.Sub(b.Amount)
	if err != nil {
		d.Unknown = append(d.Unknown, err.Error())
		return d
	}
	d.Before, d.After, d.Delta = &b.Amount, &a.Amount, &delta
	return d
}

// spendTable is what was spent by today; that the forecast follows is told to machines.
func spendTable(r *report.Report, changes []SpendChange) {
	t := figureTable("Of", "subject")
	in := ""
	for _, s := range changes {
		if s.Figure != budget.Actual.String() {
			continue
		}
		if s.Delta == nil {
			t.Append(append([]report.Cell{report.Say(s.Subject)}, notKnown(s.Unknown)...)...)
			continue
		}
		in = ", in " + string(s.Delta.Currency)
		delta := report.Cell{Text: s.Delta.Grouped(), Value: s.Delta, Tone: over(s.Delta.Minor > 0)}
		if s.Delta.Minor > 0 {
			delta.Text = "+" + delta.Text
		}
		t.Append(report.Say(s.Subject), report.Cell{Text: s.Before.Grouped(), Value: s.Before}, report.Cell{Text: s.After.Grouped(), Value: s.After}, delta)
	}
	if len(t.Rows) > 0 {
		r.Add(report.Heading("Spent by today"+in), t)
	}
}
