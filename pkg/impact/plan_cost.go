package impact

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// The cost of the headcount plan is compared in the fiscal year of as-of and the next;
// and, from the year before to yearsAhead, in those that a plan that differs states or
// in which something begins to differ.
const yearsAhead = 5

// touch says that seats or people that are chosen differ on some days; year is that of
// the plan, if it states one.
func (c *comparison) touch(year cal.FiscalYear, days cal.Period) {
	if days.IsEmpty() {
		return
	}
	c.touched = append(c.touched, days)
	if !year.IsZero() {
		c.planned = append(c.planned, year)
	}
}

// planYears are the fiscal years in which cost is compared, sorted.
func (c *comparison) planYears() []cal.FiscalYear {
	var years, far []cal.FiscalYear
	for _, side := range []Side{c.base, c.head} {
		now := side.Snapshot.Fiscal.YearOf(c.AsOf)
		years = append(years, now, now+1)
		for _, days := range c.touched {
			far = append(far, side.Snapshot.Fiscal.YearOf(days.From))
		}
	}
	slices.Sort(years)
	now := years[0]
	for _, fy := range append(far, c.planned...) {
		if now-1 <= fy && fy <= now+yearsAhead {
			years = append(years, fy)
		}
	}
	slices.Sort(years)
	return slices.DeleteFunc(slices.Compact(years), func(fy cal.FiscalYear) bool {
		return slices.ContainsFunc([]Side{c.base, c.head}, func(side Side) bool {
			days := side.Snapshot.Fiscal.Period(fy)
			return days.IsEmpty() || days.From.Month() <= cal.MinMonth // heads are counted from the month before on
		})
	})
}

// planCost compares what the headcount plans cost, where something differs that they
// may cost more or less for: it takes its time.
func (c *comparison) planCost() {
	was, is := c.base.Snapshot, c.head.Snapshot
	same := samePrices(was, is)
	if !c.staffed && same && equal(was.Config.External, is.Config.External) &&
		(len(c.Selector) == 0 || slices.EqualFunc(was.Teams, is.Teams, func(a, b *portfolio.Team) bool { return equal(a, b) })) {
		return
	}
	// Of a portfolio without any rate nobody knows what anything costs: that is worth a
	// word where seats or people change, and at no other time.
	same = same || !c.priced()
	unread := c.unread()
	for _, fy := range c.planYears() {
		days := was.Fiscal.Period(fy)
		days.From, days.To = min(days.From, is.Fiscal.Period(fy).From), max(days.To, is.Fiscal.Period(fy).To)
		touched := slices.ContainsFunc(c.touched, func(d cal.Period) bool { return !d.Intersect(days).IsEmpty() })
		d := BudgetChange{FiscalYear: fy, Unknown: []string{}}
		var before, after *money.Amount
		reasons := unread
		if len(unread) == 0 {
			var why, whyNow []staffing.Reason
			before, why = c.costOf(was, fy)
			after, whyNow = c.costOf(is, fy)
			reasons = staffing.MergeReasons(why, whyNow)
		}
		switch {
		case before == nil || after == nil:
			if touched || !same || (before == nil) != (after == nil) {
				d.Unknown = texts(reasons)
				c.change.PlanCost = append(c.change.PlanCost, d)
			}
			continue
		case before.Currency != after.Currency:
			d.Unknown = append(d.Unknown, "the currency of the portfolio changes")
		case before.Minor == after.Minor:
			continue
		default:
			delta, err := after.Sub(*before)
			if err != nil {
				d.Unknown = append(d.Unknown, err.Error())
				break
			}
			d.Before, d.After, d.Delta = before, after, &delta
		}
		c.change.PlanCost = append(c.change.PlanCost, d)
	}
}

// costOf is what the headcount plans of a portfolio cost in a fiscal year; nil where
// that is not known, and why.
func (c *comparison) costOf(s *portfolio.Snapshot, fy cal.FiscalYear) (cost *money.Amount, why []staffing.Reason) {
	a, err := headcount.Analyse(s, headcount.Options{AsOf: c.AsOf, Years: cal.FiscalYears{From: fy, To: fy}, Step: cal.ByYear, Selector: c.Selector})
	if err != nil {
		return nil, staffing.Because(0, "%v", err)
	}
	for _, u := range a.Unknown {
		if u.Figure == "people" || u.Figure == "plan" || u.Figure == "planCost" {
			why = staffing.MergeReasons(why, []staffing.Reason{u.Reason})
		}
	}
	return a.Total.PlanCost[0], why
}

// priced reports whether there are rates, or are said to be elsewhere, in either state.
func (c *comparison) priced() bool { return hasRates(c.base.Snapshot) || hasRates(c.head.Snapshot) }

func hasRates(s *portfolio.Snapshot) bool {
	return len(s.Config.RateCard) > 0 || slices.Contains(s.Config.External, portfolio.ExternalRateCard)
}

// samePrices reports whether two portfolios in which the same people are planned plan
// the same cost.
func samePrices(a, b *portfolio.Snapshot) bool {
	x, y := a.Config, b.Config
	return a.Unconfigured == b.Unconfigured && x.Currency == y.Currency && equal(x.RateCard, y.RateCard) &&
		equal(x.ExchangeRates, y.ExchangeRates) && equal(x.Calendar, y.Calendar) && equal(x.FiscalYear, y.FiscalYear)
}
