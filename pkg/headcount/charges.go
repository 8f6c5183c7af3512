package headcount

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// Row is one of the three counts of people.
type Row uint8

// The rows.
const (
	RosterRow   Row = iota // who is employed, up to as-of
	PlanRow                // the plan: seats, and who fills none
	ForecastRow            // the roster to come, seats to be filled, less attrition
)

// Charge is what one person or seat costs in one month.
type Charge struct {
	Row   Row
	Month cal.Month
	rates.Sum
	// Subject is how findings name the person or the position; "" is the attrition that
	// the forecast expects of a team.
	Subject  string
	Origin   source.Origin
	Standing staffing.Standing // what held then
	Days     cal.Period        // on which it did, in the month
}

// Charges returns what people cost over some fiscal years, a charge for each person or
// seat, standing and month: the same figures of which the costs of an Analysis are sums.
// Unknown says why there are none, or why those of plan and forecast are not known.
func Charges(s *portfolio.Snapshot, years cal.FiscalYears, asOf cal.Date) (list []Charge, unlisted, unplanned []staffing.Reason) {
	if unlisted = staffing.Unlisted(s); len(unlisted) > 0 {
		return nil, unlisted, unlisted
	}
	t := newTally(s, Options{AsOf: asOf, Years: years, Step: cal.ByMonth, By: []group.Dimension{group.ByTeam}})
	people := staffing.PeopleOf(s)
	roster := employments(s, people)
	list = t.charged(list, RosterRow, roster, asOf)
	if unplanned = staffing.PositionsUnknown(s); len(unplanned) > 0 {
		return list, nil, unplanned
	}
	seats := expected(s, people, asOf)
	list = t.charged(list, PlanRow, planned(s, people), cal.MaxDate)
	list = t.charged(list, ForecastRow, roster, cal.MaxDate)
	list = t.charged(list, ForecastRow, seats, cal.MaxDate)
	t.roster(roster)
	t.heads(seats, func(c *cell) []int { return c.seats }, func(c *cell) []rates.Sum { return c.forecastCost })
	return append(list, t.attrition()...), nil, nil
}

// charged adds what items cost up to a day. A part of a month that is not over is
// rounded on its own.
func (t *tally) charged(list []Charge, row Row, items []*item, until cal.Date) []Charge {
	for _, i := range items {
		var origin source.Origin
		if i.person != nil {
			origin = i.person.Origin
		} else {
			origin = i.position.Origin
		}
		for fy, part := range t.pricer.years(t.o.Years, i.stretches(i.days)) {
			for _, c := range t.pricer.charges(fy, part) {
				stretch := part[c.on]
				days := stretch.Intersect(c.month.Period())
				if days.From > until {
					continue
				}
				if days.To > until+1 {
					days.To = until + 1
					c.Sum = t.pricer.exactly([]staffing.Stretch{{Period: days, Standing: stretch.Standing}})[0].Sum
				}
				list = append(list, Charge{row, c.month, c.Sum, i.subject, origin, stretch.Standing, days})
			}
		}
	}
	return list
}

// attrition is what the forecast of each team costs less than who is in it.
func (t *tally) attrition() (list []Charge) {
	gross := map[place][]rates.Sum{}
	for k, c := range t.cells {
		sums := make([]rates.Sum, len(c.cost))
		for i := range sums {
			sums[i].Add(c.cost[i])
			if !t.over(i) {
				sums[i].Add(c.forecastCost[i])
			}
		}
		gross[k] = sums
	}
	t.forecast()
	report, stated := t.months.span(t.all()), newAttrition(t.Snapshot)
	for _, k := range slices.SortedFunc(maps.Keys(t.cells), place.compare) {
		for i := report.from; i < report.to; i++ {
			net := t.cells[k].forecastCost[i]
			taken := net.Amount.Minor - gross[k][i].Amount.Minor
			m := t.months.first.Add(i)
			if taken == 0 && len(net.Unknown) == len(gross[k][i].Unknown) {
				continue
			}
			list = append(list, Charge{
				Origin: stated.origin(k.team, m),
				Row:    ForecastRow, Month: m, Standing: staffing.Standing{Team: k.team}, Days: m.Period(),
				Sum: rates.Sum{Amount: money.Amount{Minor: taken, Currency: t.Config.Currency}, Unknown: net.Unknown},
			})
		}
	}
	return list
}
