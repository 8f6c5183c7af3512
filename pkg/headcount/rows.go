package headcount

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Rows are the figures of a group, one for each period; nil is not known. Flows are of
// the whole period, stocks of its last day.
type Rows struct {
	Opening      []*int `json:"opening"`
	Hires        []*int `json:"hires"`
	TransfersIn  []*int `json:"transfersIn"`
	Leavers      []*int `json:"leavers"`
	TransfersOut []*int `json:"transfersOut"`
	Closing      []*int `json:"closing"`
	// FTE is FTE-months: working days ÷ working days of the month, months summed.
	FTE  []*staffing.FTEMonths `json:"fte"`
	Plan []*int                `json:"plan"`
	// Forecast is of heads; attrition, those whom nobody knows yet, makes it a fraction.
	Forecast  []*Heads `json:"forecast"`
	Attrition []*Heads `json:"attrition"`

	Cost         []*money.Amount `json:"cost"`
	PlanCost     []*money.Amount `json:"planCost"`
	ForecastCost []*money.Amount `json:"forecastCost"`

	Turnover Turnover  `json:"turnover"`
	Compared *Compared `json:"baseline,omitempty"`
}

// Compared is a plan beside the plan of record.
type Compared struct {
	Plan     []*int          `json:"plan"`
	PlanCost []*money.Amount `json:"planCost"`
	// Variance is the plan of now less that of record.
	Variance     []*int          `json:"variance"`
	CostVariance []*money.Amount `json:"costVariance"`
	// Bridge are the parts of CostVariance, by factor.
	Bridge Bridge `json:"bridge"`
}

// Bridge is what each factor adds to the cost of a plan; see Factors.
type Bridge struct {
	Timing   []*money.Amount `json:"timing"`
	Volume   []*money.Amount `json:"volume"`
	Mix      []*money.Amount `json:"mix"`
	Rate     []*money.Amount `json:"rate"`
	Currency []*money.Amount `json:"currency"`
}

// parts are the rows of a bridge in the order of Factors.
func (b *Bridge) parts() []*[]*money.Amount {
	return []*[]*money.Amount{&b.Timing, &b.Volume, &b.Mix, &b.Rate, &b.Currency}
}

// Heads is a number of people that may be a fraction, exactly.
type Heads struct{ exact *big.Rat }

// Rat returns the exact value, which is the caller's to change.
func (h Heads) Rat() *big.Rat {
	exact := new(big.Rat)
	if h.exact != nil {
		exact.Set(h.exact)
	}
	return exact
}

// String returns the value rounded to 3 digits after the point, half away from zero,
// without trailing zeros.
func (h Heads) String() string { return staffing.Decimal(h.exact) }

// MarshalJSON returns what String returns, as a JSON number.
func (h Heads) MarshalJSON() ([]byte, error) { return []byte(h.String()), nil }

// span is the months of a bucket, by their index.
type span struct{ from, to int } // half-open

func (m *months) span(b cal.Bucket) span {
	return span{m.index(b.From.Month()), m.index(b.Last().Month()) + 1}
}

// rows are the figures of a cell by bucket.
func (a *Analysis) rows(c *cell, buckets []cal.Bucket) *Rows {
	r, t, known := &Rows{}, a.tally, a.known
	if known.compared {
		r.Compared = &Compared{}
	}
	for _, b := range buckets {
		s := t.months.span(b)
		end := s.to - 1
		flow := func(list []int) *int { return when(known.people, sum(list[s.from:s.to])) }
		r.Opening = append(r.Opening, when(known.people, c.closing[s.from-1]))
		r.Hires = append(r.Hires, flow(c.hires))
		r.TransfersIn = append(r.TransfersIn, flow(c.in))
		r.Leavers = append(r.Leavers, flow(c.leavers))
		r.TransfersOut = append(r.TransfersOut, flow(c.out))
		r.Closing = append(r.Closing, when(known.people, c.closing[end]))
		r.FTE = append(r.FTE, when(known.people, t.fte(c, s)))
		r.Plan = append(r.Plan, when(known.plan, c.plan[end]))
		forecast := known.plan && (len(c.unforecast) == 0 || b.Last() <= a.AsOf)
		r.Forecast = append(r.Forecast, when(forecast, Heads{c.forecast[end]}))
		r.Attrition = append(r.Attrition, when(forecast, Heads{ratSum(c.attrition[s.from:s.to])}))
		r.Cost = append(r.Cost, a.money(known.people, c.cost[s.from:s.to]))
		r.PlanCost = append(r.PlanCost, a.money(known.plan, c.planCost[s.from:s.to]))
		r.ForecastCost = append(r.ForecastCost, a.money(forecast, c.forecastCost[s.from:s.to]))
		if known.compared {
			r.Compared.add(a, c, s, known)
		}
	}
	r.Turnover = a.turnover(c, buckets)
	return r
}

func (r *Compared) add(a *Analysis, c *cell, s span, known known) {
	heads, steps := c.record(), c.steps()
	r.Plan = append(r.Plan, when(known.record, heads[s.to-1]))
	r.Variance = append(r.Variance, when(known.record, c.plan[s.to-1]-heads[s.to-1]))
	was := a.money(known.record, steps[0][s.from:s.to])
	is := a.money(known.record, steps[len(steps)-1][s.from:s.to])
	r.PlanCost = append(r.PlanCost, was)
	r.CostVariance = append(r.CostVariance, less(is, was))
	for i, part := range r.Bridge.parts() {
		before := a.money(known.record, steps[i][s.from:s.to])
		after := a.money(known.record, steps[i+1][s.from:s.to])
		*part = append(*part, less(after, before))
	}
}

// some reports whether any figure is known not to be 0.
func (r *Rows) some() bool {
	for i := range r.Closing {
		for _, n := range []*int{r.Opening[i], r.Hires[i], r.TransfersIn[i], r.Closing[i], r.Plan[i]} {
			if n != nil && *n != 0 {
				return true
			}
		}
		if f := r.Forecast[i]; f != nil && f.exact != nil && f.exact.Sign() != 0 {
			return true
		}
		if f := r.FTE[i]; f != nil && f.Rat().Sign() != 0 {
			return true
		}
		if r.Compared != nil && r.Compared.Plan[i] != nil && *r.Compared.Plan[i] != 0 {
			return true
		}
		sums := []*money.Amount{r.Cost[i], r.PlanCost[i], r.ForecastCost[i]}
		if r.Compared != nil {
			sums = append(sums, r.Compared.PlanCost[i])
		}
		if slices.ContainsFunc(sums, func(m *money.Amount) bool { return m != nil && m.Minor != 0 }) {
			return true
		}
	}
	return false
}

// less returns a − b; nil where either is not known or the difference does not fit.
func less(a, b *money.Amount) *money.Amount {
	if a == nil || b == nil {
		return nil
	}
	d, err := a.Sub(*b)
	if err != nil {
		return nil
	}
	return &d
}

// when returns a value where it is known, else nil.
func when[T any](known bool, value T) *T {
	if !known {
		return nil
	}
	return &value
}

func sum(list []int) int {
	n := 0
	for _, v := range list {
		n += v
	}
	return n
}

func ratSum(list []*big.Rat) *big.Rat {
	var total *big.Rat
	for _, r := range list {
		total = plus(total, r)
	}
	return total
}

// fte is the FTE-months of a span, exactly.
func (t *tally) fte(c *cell, s span) staffing.FTEMonths {
	var total staffing.FTEMonths
	for i := s.from; i < s.to; i++ {
		total = total.Add(staffing.NewFTEMonths(c.work[i], t.months.workdays[i]))
	}
	return total
}

// money sums what is known of a row; nil where some of it is not.
func (a *Analysis) money(known bool, list []rates.Sum) *money.Amount {
	if !known {
		return nil
	}
	total := rates.Sum{Amount: money.Amount{Currency: a.Currency}}
	for _, s := range list {
		total.Add(s)
	}
	return total.Known()
}
