package evm

import (
	"maps"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
)

// Point is how things stand at the end of a month, cumulative; nil is not known.
type Point struct {
	Month cal.Month
	PV    *money.Amount
	// EV and AC are nil after the month of as-of, and in it they are those of as-of. Of a
	// program that goes by percent, only what is done counts before it: nobody knows more.
	EV, AC   *money.Amount
	Forecast *money.Amount
}

// cumulative is what is planned by the end of each month, from the first to the last for
// which something is; what is planned for earlier ones is in the first.
func cumulative(list []portion, first cal.Month) []*big.Rat {
	if len(list) == 0 {
		return nil
	}
	curve := make([]*big.Rat, max(0, list[len(list)-1].month.Sub(first))+1)
	sum, next := new(big.Rat), 0
	for i := range curve {
		for ; next < len(list) && list[next].month <= first.Add(i); next++ {
			sum.Add(sum, list[next].share)
		}
		curve[i] = new(big.Rat).Set(sum)
	}
	return curve
}

// summed is what is planned in minor units for which month, over all members. Their
// budgets are known.
func summed(members []*Result) []portion {
	months := map[cal.Month]*big.Rat{}
	for _, m := range members {
		for _, p := range m.portions {
			if months[p.month] == nil {
				months[p.month] = new(big.Rat)
			}
			months[p.month].Add(months[p.month], times(m.exact.BAC, p.share))
		}
	}
	var list []portion
	for _, m := range slices.Sorted(maps.Keys(months)) {
		list = append(list, portion{m, months[m]})
	}
	return list
}

// curve is that of a program: from its first month, or an earlier one in which something
// was spent or done, to the last in which something is planned, expected or done, and up
// to as-of while something is open.
func (a *Analysis) curve(r *Result, g progress, in Input) []Point {
	first, last := r.first, r.first
	for _, list := range [][]Spend{in.Actual, in.Forecast} {
		if len(list) > 0 {
			first, last = min(first, list[0].Month), max(last, list[len(list)-1].Month)
		}
	}
	if n := len(g.planned); n > 0 {
		last = max(last, g.planned[n-1].day.Month())
	}
	if n := len(g.done); n > 0 {
		first, last = min(first, g.done[0].day.Month()), max(last, g.done[n-1].day.Month())
	}
	if g.earned.Sign() > 0 {
		first = min(first, a.AsOf.Month())
	}
	if g.open {
		last = max(last, a.AsOf.Month())
	}
	var points []Point
	spent, expected := spending{list: in.Actual}, spending{list: in.Forecast}
	for m := first; m <= last; m++ {
		p := Point{Month: m, PV: a.part(r, g.share(g.planned, m.Last())), Forecast: expected.by(m, a.Currency)}
		actual := spent.by(m, a.Currency)
		switch {
		case m < a.AsOf.Month():
			p.EV, p.AC = a.part(r, g.share(g.done, m.Last())), actual
		case m == a.AsOf.Month():
			p.EV, p.AC = r.EV.Known(), actual
		}
		points = append(points, p)
	}
	return points
}

func (a *Analysis) part(r *Result, share *big.Rat) *money.Amount {
	return rounded(times(r.exact.BAC, share), a.Currency)
}

// spending adds up months.
type spending struct {
	list []Spend
	sum  rates.Sum
}

// by is what the months up to m come to.
func (s *spending) by(m cal.Month, c money.Currency) *money.Amount {
	for ; len(s.list) > 0 && s.list[0].Month <= m; s.list = s.list[1:] {
		s.sum.Add(s.list[0].Sum)
	}
	s.sum.Amount.Currency = c
	known := s.sum.Known()
	if known == nil {
		return nil
	}
	return new(*known)
}

// curves is the sum of those of members, each of which is 0 before its first month and
// stays where it is after its last.
func (a *Analysis) curves(members []*Result) []Point {
	if len(members) == 0 {
		return nil
	}
	first, last := members[0].Curve[0].Month, cal.Month(0)
	for _, r := range members {
		first, last = min(first, r.Curve[0].Month), max(last, r.Curve[len(r.Curve)-1].Month)
	}
	points := make([]Point, last.Sub(first)+1)
	for i := range points {
		m := first.Add(i)
		var pv, ev, ac, forecast adder
		for _, r := range members {
			k := m.Sub(r.Curve[0].Month)
			if k < 0 {
				continue
			}
			p := r.Curve[min(k, len(r.Curve)-1)]
			pv.add(p.PV)
			ev.add(p.EV)
			ac.add(p.AC)
			forecast.add(p.Forecast)
		}
		points[i] = Point{Month: m, PV: pv.amount(a.Currency), Forecast: forecast.amount(a.Currency)}
		if m <= a.AsOf.Month() {
			points[i].EV, points[i].AC = ev.amount(a.Currency), ac.amount(a.Currency)
		}
	}
	return points
}

// adder adds amounts, all of which must be known.
type adder struct {
	sum     money.Amount
	unknown bool
}

func (s *adder) add(m *money.Amount) {
	if m == nil {
		s.unknown = true
		return
	}
	sum, err := s.sum.Add(*m)
	s.sum, s.unknown = sum, s.unknown || err != nil
}

func (s *adder) amount(c money.Currency) *money.Amount {
	if s.unknown {
		return nil
	}
	return &money.Amount{Minor: s.sum.Minor, Currency: c}
}

// periods are those of which the report shows the ends: what was asked for, else every
// period of the curve.
func (a *Analysis) periods(r *Result) []cal.Bucket {
	if len(a.Buckets) > 0 || len(r.Curve) == 0 {
		return a.Buckets
	}
	first, last := r.Curve[0].Month, r.Curve[len(r.Curve)-1].Month
	years := cal.FiscalYears{From: a.fiscal.QuarterOf(first).FY, To: a.fiscal.QuarterOf(last).FY}
	return slices.DeleteFunc(a.fiscal.Buckets(years, a.Step), func(b cal.Bucket) bool {
		return b.Last().Month() < first || b.From.Month() > last
	})
}

// at is how things stand at the end of a period. EV and AC are of as-of where that lies in
// it, and nil where it begins later.
func (a *Analysis) at(r *Result, days cal.Period) Point {
	end := days.Last().Month()
	p := a.point(r, end)
	p.EV, p.AC = nil, nil
	if days.From <= a.AsOf {
		actual := a.point(r, min(end, a.AsOf.Month()))
		p.EV, p.AC = actual.EV, actual.AC
	}
	return p
}

// point is that of a month, whether the curve reaches to it or not.
func (a *Analysis) point(r *Result, m cal.Month) Point {
	first := r.Curve[0].Month
	if m < first {
		nothing := &money.Amount{Currency: a.Currency}
		return Point{m, nothing, nothing, nothing, nothing}
	}
	p := r.Curve[min(m.Sub(first), len(r.Curve)-1)]
	p.Month = m
	return p
}
