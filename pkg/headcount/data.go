package headcount

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// data is the data of the JSON report.
type data struct {
	FiscalYear string        `json:"fiscalYear"`
	Periods    []string      `json:"periods"`
	Subtree    bool          `json:"subtree"`
	Groups     []groupData   `json:"groups"`
	Total      *Rows         `json:"total"`
	Drivers    []Driver      `json:"drivers"`
	Span       *Span         `json:"spanOfControl"`
	Unknown    []unknownData `json:"unknown"`
}

type groupData struct {
	Key group.Object `json:"key"`
	*Rows
}

type unknownData struct {
	Figure string    `json:"figure"`
	Reason string    `json:"reason"`
	Month  cal.Month `json:"month"`
}

func (a *Analysis) data() data {
	d := data{
		FiscalYear: a.Years.String(), Subtree: a.Subtree, Total: a.Total, Drivers: append([]Driver{}, a.Drivers...), Span: a.Span,
		Periods: []string{}, Groups: []groupData{}, Unknown: []unknownData{},
	}
	for _, b := range a.Buckets {
		d.Periods = append(d.Periods, b.Name)
	}
	for _, g := range a.Groups {
		d.Groups = append(d.Groups, groupData{group.Object{By: a.By, Key: g.Key}, g.Rows})
	}
	for _, u := range a.Unknown {
		d.Unknown = append(d.Unknown, unknownData{u.Figure, u.Reason.Text, u.Reason.Month})
	}
	return d
}

// figure is a row of figures, by its name in JSON.
type figure struct {
	key   string
	value func(i int) (value any, currency money.Currency)
}

// figures are all of a group, in the order of JSON.
func (r *Rows) figures() []figure {
	list := []figure{
		{"opening", plain(r.Opening)},
		{"hires", plain(r.Hires)},
		{"transfersIn", plain(r.TransfersIn)},
		{"leavers", plain(r.Leavers)},
		{"transfersOut", plain(r.TransfersOut)},
		{"closing", plain(r.Closing)},
		{"fte", plain(r.FTE)},
		{"plan", plain(r.Plan)},
		{"forecast", plain(r.Forecast)},
		{"attrition", plain(r.Attrition)},
		{"cost", amounts(r.Cost)},
		{"planCost", amounts(r.PlanCost)},
		{"forecastCost", amounts(r.ForecastCost)},
		{"turnover.voluntary", plain(r.Turnover.Voluntary)},
		{"turnover.involuntary", plain(r.Turnover.Involuntary)},
		{"turnover.other", plain(r.Turnover.Other)},
		{"turnover.rate", ratios(r.Turnover.Rate)},
		{"turnover.voluntaryRate", ratios(r.Turnover.VoluntaryRate)},
		{"turnover.involuntaryRate", ratios(r.Turnover.InvoluntaryRate)},
		{"turnover.retention", ratios(r.Turnover.Retention)},
	}
	if c := r.Compared; c != nil {
		list = append(list,
			figure{"baseline.plan", plain(c.Plan)},
			figure{"baseline.planCost", amounts(c.PlanCost)},
			figure{"baseline.variance", plain(c.Variance)},
			figure{"baseline.costVariance", amounts(c.CostVariance)},
		)
		for i, part := range c.Bridge.parts() {
			list = append(list, figure{"baseline.bridge." + Factors[i], amounts(*part)})
		}
	}
	return list
}

func plain[T any](list []*T) func(int) (any, money.Currency) {
	return func(i int) (any, money.Currency) {
		if list[i] == nil {
			return nil, ""
		}
		return *list[i], ""
	}
}

func ratios(list []ratio.Ratio) func(int) (any, money.Currency) {
	return func(i int) (any, money.Currency) { return list[i], "" }
}

func amounts(list []*money.Amount) func(int) (any, money.Currency) {
	return func(i int) (any, money.Currency) {
		if list[i] == nil {
			return nil, ""
		}
		return list[i].String(), list[i].Currency
	}
}

// sheet is the report for spreadsheets: one figure a row.
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
	for _, g := range groups {
		var lead []report.Cell
		for i := range a.By {
			lead = append(lead, report.Say(g.Key[i]))
		}
		figures := g.Rows.figures()
		for i, b := range a.Buckets {
			at := append(slices.Clone(lead), report.Say(b.Name), report.Say(b.From.String()), report.Say(b.Last().String()))
			for _, f := range figures {
				value, currency := f.value(i)
				t.Append(append(slices.Clone(at), report.Say(f.key), report.Cell{Value: value}, report.Say(string(currency)))...)
			}
		}
	}
	return t
}

// noted adds why figures of money and the forecast are not known.
func (a *Analysis) noted(total *cell, report span) {
	merge := func(list []rates.Sum) (why []staffing.Reason) {
		for _, s := range list[report.from:report.to] {
			why = staffing.MergeReasons(why, s.Unknown)
		}
		return why
	}
	if a.known.people {
		a.because("cost", merge(total.cost))
	}
	if a.known.plan {
		a.because("planCost", merge(total.planCost))
		a.because("forecast", total.unforecast)
		a.because("forecastCost", merge(total.forecastCost))
	}
	if a.known.record {
		a.because("baseline.planCost", merge(total.steps()[0]))
	}
	slices.SortStableFunc(a.Unknown, func(x, y Unknown) int { return cmp.Compare(x.Figure, y.Figure) })
}
