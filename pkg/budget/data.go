package budget

import (
	"encoding/json"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// data is the data of the JSON report.
type data struct {
	Currency       money.Currency  `json:"currency"`
	FiscalYear     string          `json:"fiscalYear"`
	Lens           Lens            `json:"lens"`
	Subtree        bool            `json:"subtree"`
	ClosedThrough  cal.Month       `json:"closedThrough"`
	Periods        []string        `json:"periods"`
	Groups         []groupData     `json:"groups"`
	Total          *Rows           `json:"total"`
	Labour         Sums            `json:"capitalisedLabour"`
	Unbudgeted     *money.Amount   `json:"unbudgeted"`
	SpentBeyond    []Excess        `json:"spentBeyondForecast"`
	OrderedBeyond  []Excess        `json:"orderedBeyondForecast"`
	Contingency    []Contingency   `json:"contingency"`
	Caps           []Cap           `json:"caps"`
	Reconciliation *Reconciliation `json:"reconciliation"`
	Unknown        []Unknown       `json:"unknown"`
}

type groupData struct {
	Key group.Object `json:"key"`
	*Rows
}

func (a *Analysis) data() data {
	d := data{
		Currency: a.Currency, FiscalYear: a.Years.String(), Lens: a.Lens, Subtree: a.Subtree, ClosedThrough: a.Closed, Total: a.Total,
		Labour: a.CapitalisedLabour, Unbudgeted: a.Unbudgeted,
		SpentBeyond: append([]Excess{}, a.SpentBeyond...), OrderedBeyond: append([]Excess{}, a.OrderedBeyond...),
		Contingency: append([]Contingency{}, a.Contingencies...), Caps: append([]Cap{}, a.Caps...), Reconciliation: a.Reconciliation,
		Periods: []string{}, Groups: []groupData{}, Unknown: a.Total.Unknown,
	}
	for _, b := range a.Buckets {
		d.Periods = append(d.Periods, b.Name)
	}
	for _, g := range a.Groups {
		d.Groups = append(d.Groups, groupData{group.Object{By: a.By, Key: g.Key}, g.Rows})
	}
	return d
}

// named is a figure by its name in JSON.
type named struct {
	name  string
	value any
}

// perPeriod are the figures of a period, in the order of JSON.
func (r *Rows) perPeriod(i int) []named {
	return []named{{"plan", r.Plan[i]}, {"actual", r.Actual[i]}, {"commitments", r.Commitments[i]}, {"forecast", r.Forecast[i]}}
}

// perReport are the figures over all years that periods do not add up to.
func (t *Totals) perReport() []named {
	list := []named{
		{"planToDate", t.PlanToDate},
		{"variance", t.Variance},
		{"variancePercent", t.VariancePercent},
		{"forecastVariance", t.ForecastVariance},
		{"forecastVariancePercent", t.ForecastVariancePercent},
		{"elapsed.plan", t.Elapsed.Plan},
		{"elapsed.actual", t.Elapsed.Actual},
		{"elapsed.variance", t.Elapsed.Variance},
		{"elapsed.variancePercent", t.Elapsed.VariancePercent},
	}
	if b := t.Baseline; b != nil {
		list = append(list, named{"baseline.plan", b.Plan}, named{"baseline.variance", b.Variance})
		for i, part := range b.Bridge.parts() {
			list = append(list, named{"baseline.bridge." + Factors[i], *part})
		}
	}
	return list
}

// figures are of no period.
func (c *AtCompletion) figures() []named {
	return []named{
		{"atCompletion.plan", c.Plan},
		{"atCompletion.actual", c.Actual},
		{"atCompletion.forecast", c.Forecast},
		{"atCompletion.variance", c.Variance},
	}
}

// sheet is the report for spreadsheets: one figure a row, those at completion without a
// period.
func (a *Analysis) sheet() *report.Table {
	t := &report.Table{}
	for _, d := range a.By {
		t.Columns = append(t.Columns, report.Column{Header: d.Title(), Key: d.Key()})
	}
	for _, key := range []string{"period", "from", "to", "figure", "value", "currency"} {
		t.Columns = append(t.Columns, report.Column{Header: key, Key: key})
	}
	groups := a.Groups
	if len(a.By) == 0 || len(groups) == 0 {
		groups = []Group{{Rows: a.Total}}
	}
	all := a.all()
	for _, g := range groups {
		lead := make([]report.Cell, 0, len(t.Columns))
		for i := range a.By {
			lead = append(lead, report.Say(g.Key[i]))
		}
		add := func(b cal.Bucket, figures []named) {
			for _, f := range figures {
				at := make([]report.Cell, 3)
				if b.Name != "" {
					at = []report.Cell{report.Say(b.Name), report.Say(b.From.String()), report.Say(b.Last().String())}
				}
				t.Append(slices.Concat(lead, at, figureCells(f))...)
			}
		}
		for i, b := range a.Buckets {
			add(b, g.Rows.perPeriod(i))
		}
		add(all, g.Rows.Total.perReport())
		add(cal.Bucket{}, g.Rows.Total.AtCompletion.figures())
	}
	return t
}

// figureCells are the name, the value and the currency of a figure.
func figureCells(f named) []report.Cell {
	value, currency := report.Cell{}, report.Cell{}
	switch v := f.value.(type) {
	case *money.Amount:
		if v != nil {
			value.Value, currency = json.Number(v.String()), report.Say(string(v.Currency))
		}
	case *Percentage:
		if v != nil {
			value.Value = v.Number()
		}
	}
	return []report.Cell{report.Say(f.name), value, currency}
}

// all is the whole report as one bucket.
func (a *Analysis) all() cal.Bucket {
	return cal.Bucket{Name: a.Years.String(), Period: a.s.Fiscal.RangePeriod(a.Years)}
}
