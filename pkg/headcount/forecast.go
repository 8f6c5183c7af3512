package headcount

import (
	"maps"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// attrition are the annual rates that plans state.
type attrition struct {
	s       *portfolio.Snapshot
	stated  map[teamYear][]*portfolio.HeadcountPlan
	lineage map[string][]string
}

// teamYear is a team, or "" for all, in a fiscal year.
type teamYear struct {
	team string
	year cal.FiscalYear
}

func newAttrition(s *portfolio.Snapshot) *attrition {
	a := &attrition{s, map[teamYear][]*portfolio.HeadcountPlan{}, map[string][]string{}}
	for _, p := range s.Plans {
		if p.Attrition != nil && s.Sound("headcountplan/"+p.Meta.Name) {
			k := teamYear{p.Team, p.FiscalYear}
			a.stated[k] = append(a.stated[k], p)
		}
	}
	return a
}

// rate returns the annual rate of a team in a month: that of its plan for the fiscal
// year, else of the nearest team above it that has one, else of a plan of no team; 0
// where there is none. A plan that states no year is for every year.
func (a *attrition) rate(team string, m cal.Month) (rate portfolio.Percent, why []staffing.Reason) {
	line, known := a.lineage[team]
	if !known {
		line = append(a.s.Lineage(team), "")
		a.lineage[team] = line
	}
	year := a.s.Fiscal.QuarterOf(m).FY
	for _, name := range line {
		plans := a.stated[teamYear{name, year}]
		if plans == nil {
			plans = a.stated[teamYear{name, 0}]
		}
		for _, p := range plans {
			if p.Attrition.AnnualRate != plans[0].Attrition.AnnualRate {
				return 0, staffing.Because(m, "plans %q and %q state different attrition for %s", plans[0].Meta.Name, p.Meta.Name, year)
			}
		}
		if len(plans) > 0 {
			return plans[0].Attrition.AnnualRate, nil
		}
	}
	return 0, nil
}

// origin is where the rate of a team in a month is stated; the zero value where none is.
func (a *attrition) origin(team string, m cal.Month) source.Origin {
	year := a.s.Fiscal.QuarterOf(m).FY
	for _, name := range append(a.s.Lineage(team), "") {
		for _, k := range []teamYear{{name, year}, {name, 0}} {
			if plans := a.stated[k]; len(plans) > 0 {
				return plans[0].Origin
			}
		}
	}
	return source.Origin{}
}

// forecast fills the forecast of each cell: its actual heads up to as-of; after it the
// roster and the seats still to be filled, less attrition, which is cumulative from the
// month after as-of: annual rate ÷ 12 of what the forecast has at the end of the month
// before.
func (t *tally) forecast() {
	stated := newAttrition(t.Snapshot)
	teams := map[string][]*cell{}
	for _, k := range slices.SortedFunc(maps.Keys(t.cells), place.compare) {
		teams[k.team] = append(teams[k.team], t.cells[k])
	}
	for team, cells := range teams {
		monthly := make([]*big.Rat, t.months.count()) // nil is 0
		for i := range monthly {
			m := t.months.first.Add(i)
			if m <= t.o.AsOf.Month() {
				continue
			}
			rate, why := stated.rate(team, m)
			for _, c := range cells {
				c.unforecast = staffing.MergeReasons(c.unforecast, why)
			}
			if rate != 0 {
				monthly[i] = big.NewRat(int64(rate), 12*int64(portfolio.Whole))
			}
		}
		for _, c := range cells {
			c.expect(monthly, t.over)
		}
		t.expectCosts(cells, monthly)
	}
}

// over reports whether the month of an index is over by as-of.
func (t *tally) over(i int) bool { return t.months.first.Add(i).Last() <= t.o.AsOf }

// expect fills the heads of the forecast.
func (c *cell) expect(monthly []*big.Rat, over func(int) bool) {
	var lost *big.Rat
	for i := range c.closing {
		if over(i) {
			c.forecast[i] = whole(c.closing[i])
			continue
		}
		if i > 0 && monthly[i] != nil && c.forecast[i-1].Sign() != 0 {
			c.attrition[i] = new(big.Rat).Mul(c.forecast[i-1], monthly[i])
			lost = plus(lost, c.attrition[i])
		}
		c.forecast[i] = whole(c.closing[i] + c.seats[i])
		if lost != nil {
			c.forecast[i].Sub(c.forecast[i], lost)
		}
	}
}

// expectCosts fills the money of the forecast, in which attrition takes the same part
// of what the team costs as of its heads: annual rate ÷ 12 of the month before,
// cumulative, and never more than the team costs. It is that of the team, rounded once,
// and lies on its groups in proportion to what they cost, so that it does not depend on
// what the groups are.
func (t *tally) expectCosts(cells []*cell, monthly []*big.Rat) {
	lost, before := new(big.Rat), new(big.Rat)
	var unknown []staffing.Reason // of a month in which attrition was already
	for i := range monthly {
		weights, cost := make([]int64, len(cells)), rates.Sum{}
		for n, c := range cells {
			sum := c.cost[i]
			if !t.over(i) {
				sum.Add(c.forecastCost[i]) // of the seats
			}
			c.forecastCost[i] = sum
			weights[n] = sum.Amount.Minor
			cost.Add(sum)
		}
		if monthly[i] != nil {
			for _, c := range cells {
				c.forecastCost[i].Unknown = staffing.MergeReasons(c.forecastCost[i].Unknown, unknown)
			}
		}
		if i+1 < len(monthly) && (monthly[i] != nil || monthly[i+1] != nil) {
			unknown = staffing.MergeReasons(unknown, cost.Unknown)
		}
		if monthly[i] != nil {
			lost.Add(lost, new(big.Rat).Mul(before, monthly[i]))
		}
		all := new(big.Rat).SetInt64(cost.Amount.Minor)
		taken := lost
		if taken.Cmp(all) > 0 { // those who would have left have moved on
			taken = all
		}
		before = new(big.Rat).Sub(all, taken)
		minor, ok := money.Round(taken.Num(), taken.Denom())
		if !ok || minor == 0 {
			continue
		}
		for n, part := range money.Split(minor, weights) {
			cells[n].forecastCost[i].Add(rates.Sum{Amount: money.Amount{Minor: -part, Currency: t.Config.Currency}})
		}
	}
}

func whole(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }
