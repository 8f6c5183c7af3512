package budget

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
)

// Rows are the figures of a group by period; nil is not known.
type Rows struct {
	Plan        []*money.Amount `json:"plan"`
	Actual      []*money.Amount `json:"actual"` // up to as-of; of later periods 0
	Commitments []*money.Amount `json:"commitments"`
	Forecast    []*money.Amount `json:"forecast"`
	Total       Totals          `json:"total"`
	// Unknown says which figures are not known, and why.
	Unknown []Unknown `json:"unknown"`
}

// Unknown is why a figure is not known, in a month first where it is of one.
type Unknown struct {
	Figure string    `json:"figure"`
	Reason string    `json:"reason"`
	Month  cal.Month `json:"month"`
}

// Totals are the figures of a group over all years of the report; nil is not known, or
// has no divisor. Variances are positive where more is spent, or expected, than planned.
type Totals struct {
	Plan        *money.Amount `json:"plan"`
	Actual      *money.Amount `json:"actual"`
	Commitments *money.Amount `json:"commitments"`
	Forecast    *money.Amount `json:"forecast"`
	// PlanToDate is the plan of the months up to that of as-of, this with it.
	PlanToDate              *money.Amount `json:"planToDate"`
	Variance                *money.Amount `json:"variance"`        // Actual − PlanToDate
	VariancePercent         *Percentage   `json:"variancePercent"` // of PlanToDate
	ForecastVariance        *money.Amount `json:"forecastVariance"`
	ForecastVariancePercent *Percentage   `json:"forecastVariancePercent"`
	// Elapsed compares the months that are over by as-of.
	Elapsed      Elapsed      `json:"elapsed"`
	AtCompletion AtCompletion `json:"atCompletion"`
	Baseline     *Against     `json:"baseline"`
}

// Elapsed is what was planned and spent in whole months.
type Elapsed struct {
	Plan            *money.Amount `json:"plan"`
	Actual          *money.Amount `json:"actual"`
	Variance        *money.Amount `json:"variance"` // Actual − Plan
	VariancePercent *Percentage   `json:"variancePercent"`
}

// AtCompletion is all that there is of a group, in whatever year.
type AtCompletion struct {
	Plan     *money.Amount `json:"plan"`
	Actual   *money.Amount `json:"actual"`
	Forecast *money.Amount `json:"forecast"`
	Variance *money.Amount `json:"variance"` // Forecast − Plan
}

// Percentage is an exact ratio in percent.
type Percentage struct{ exact *big.Rat }

// percentOf is part ÷ |whole| in percent; nil where one is not known or whole is 0.
func percentOf(part, whole *money.Amount) *Percentage {
	if part == nil || whole == nil || whole.IsZero() {
		return nil
	}
	r := big.NewRat(part.Minor, max(whole.Minor, -whole.Minor))
	return &Percentage{r.Mul(r, big.NewRat(100, 1))}
}

// String returns the percentage with a digit after the point and its sign: "+5.3%".
func (p Percentage) String() string {
	text := p.exact.FloatString(1) + "%"
	if strings.Trim(text, "-0.%") == "" {
		return strings.TrimPrefix(text, "-")
	}
	if p.exact.Sign() > 0 {
		return "+" + text
	}
	return text
}

// MarshalJSON writes a number in percent with up to 4 digits after the point.
func (p Percentage) MarshalJSON() ([]byte, error) { return json.Marshal(p.Number()) }

// Number is the percentage with up to 4 digits after the point, half away from zero.
func (p Percentage) Number() json.Number {
	text := strings.TrimRight(strings.TrimRight(p.exact.FloatString(4), "0"), ".")
	if text == "-0" {
		text = "0"
	}
	return json.Number(text)
}

// rows derives the figures of a cell.
func (a *Analysis) rows(c *cell) *Rows {
	r := &Rows{}
	for f, list := range map[Figure]*[]*money.Amount{Planned: &r.Plan, Actual: &r.Actual, Committed: &r.Commitments, Forecast: &r.Forecast} {
		*list = make([]*money.Amount, len(a.Buckets))
		for i, b := range a.Buckets {
			(*list)[i] = a.known(c.sum(f, b.From.Month(), b.Last().Month()))
		}
	}
	from, to := a.span()
	r.Total = a.totals(c, from, to)
	r.Total.Baseline = a.against(c.recorded, from, to)
	r.Unknown = []Unknown{}
	for f := range figures {
		for _, why := range c.sum(f, from, to).Unknown {
			r.Unknown = append(r.Unknown, Unknown{f.String(), why.Text, why.Month})
		}
	}
	return r
}

// totals are the figures of a cell over months, the last one included.
func (a *Analysis) totals(c *cell, from, to cal.Month) Totals {
	all := func(f Figure) *money.Amount { return a.known(c.sum(f, earliest, latest)) }
	t := Totals{
		Plan:        a.known(c.sum(Planned, from, to)),
		Actual:      a.known(c.sum(Actual, from, to)),
		Commitments: a.known(c.sum(Committed, from, to)),
		Forecast:    a.known(c.sum(Forecast, from, to)),
		PlanToDate:  a.known(c.sum(Planned, from, min(to, a.AsOf.Month()))),
	}
	over := min(to, elapsed(a.AsOf))
	t.Elapsed = Elapsed{Plan: a.known(c.sum(Planned, from, over)), Actual: a.known(c.sum(Actual, from, over))}
	t.Elapsed.Variance = less(t.Elapsed.Actual, t.Elapsed.Plan)
	t.Elapsed.VariancePercent = percentOf(t.Elapsed.Variance, t.Elapsed.Plan)
	t.Variance = less(t.Actual, t.PlanToDate)
	t.VariancePercent = percentOf(t.Variance, t.PlanToDate)
	t.ForecastVariance = less(t.Forecast, t.Plan)
	t.ForecastVariancePercent = percentOf(t.ForecastVariance, t.Plan)
	if a.Lens == Programs {
		t.AtCompletion = AtCompletion{Plan: all(Planned), Actual: all(Actual), Forecast: all(Forecast)}
		t.AtCompletion.Variance = less(t.AtCompletion.Forecast, t.AtCompletion.Plan)
	}
	return t
}

// elapsed is the last month that is over on a day, which is itself elapsed.
func elapsed(day cal.Date) cal.Month {
	if m := day.Month(); m.Last() > day {
		return m.Add(-1)
	}
	return day.Month()
}

// known is a sum as figures have it: nil where it is not the whole.
func (a *Analysis) known(s rates.Sum) *money.Amount {
	s.Amount.Currency = a.Currency
	return s.Known()
}

// less returns x − y; nil where one is not known.
func less(x, y *money.Amount) *money.Amount {
	if x == nil || y == nil {
		return nil
	}
	d, err := x.Sub(*y)
	if err != nil {
		return nil
	}
	return &d
}
