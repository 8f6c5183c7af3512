package evm

import (
	"reflect"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// data is the data of the JSON report. Amounts are cumulative, ratios and months decimals
// of 4 digits.
type data struct {
	Currency money.Currency `json:"currency"`
	By       string         `json:"by"`
	Programs []programData  `json:"programs"`
	Themes   []themeData    `json:"themes"`
	Total    sumData        `json:"total"`
	Measured *sumData       `json:"measured"` // the total of those programs of which all is known
	Curve    []pointData    `json:"curve"`    // of measured, at the end of each period
	LeftOut  []LeftOut      `json:"leftOut"`
	Notes    []string       `json:"notes"`
}

type programData struct {
	Program      string                  `json:"program"`
	Theme        *string                 `json:"theme"`
	Status       portfolio.ProgramStatus `json:"status"`
	Method       portfolio.EVMethod      `json:"method"`
	BaselineFrom *string                 `json:"baselineFrom"` // the commit that bac is of; null is today's plan
	NoBaseline   []string                `json:"noBaseline"`   // milestones that weigh and are planned for no day
	figureData
}

type themeData struct {
	Theme *string `json:"theme"`
	sumData
}

type sumData struct {
	Programs []string `json:"programs"`
	figureData
}

type figureData struct {
	BAC           *money.Amount `json:"bac"`
	CurrentBudget *money.Amount `json:"currentBudget"`
	PV            *money.Amount `json:"pv"`
	EV            *money.Amount `json:"ev"`
	AC            *money.Amount `json:"ac"`
	SV            *money.Amount `json:"sv"`
	CV            *money.Amount `json:"cv"`
	SPI           ratio.Ratio   `json:"spi"`
	CPI           ratio.Ratio   `json:"cpi"`
	EAC           *money.Amount `json:"eac"`
	ETC           *money.Amount `json:"etc"`
	VAC           *money.Amount `json:"vac"`
	TCPI          ratio.Ratio   `json:"tcpi"`
	ES            ratio.Ratio   `json:"es"`
	SPIT          ratio.Ratio   `json:"spiT"`
	AT            ratio.Ratio   `json:"at"`
	SVT           ratio.Ratio   `json:"svT"`
	PD            ratio.Ratio   `json:"plannedDuration"`
	IEACT         ratio.Ratio   `json:"ieacT"`
	EACTypical    *money.Amount `json:"eacTypical"`
	EACBoth       *money.Amount `json:"eacCpiSpi"`
	TCPIEAC       ratio.Ratio   `json:"tcpiEac"`
	Forecast      *money.Amount `json:"forecast"`
	Planned       ratio.Ratio   `json:"plannedShare"`
	Earned        ratio.Ratio   `json:"earnedShare"`
	Unknown       []unknownData `json:"unknown"`
}

type unknownData struct {
	Figure string     `json:"figure"`
	Reason string     `json:"reason"`
	Month  *cal.Month `json:"month"` // the first for which it holds; null: of none
}

type pointData struct {
	Period   string        `json:"period"`
	From     cal.Date      `json:"from"`
	To       cal.Date      `json:"to"`
	PV       *money.Amount `json:"pv"`
	EV       *money.Amount `json:"ev"`
	AC       *money.Amount `json:"ac"`
	Forecast *money.Amount `json:"forecast"`
}

func (a *Analysis) data() data {
	d := data{
		Currency: a.Currency, By: a.By.Key(), Programs: []programData{}, Themes: []themeData{}, Total: a.Total.sumData(),
		Curve: []pointData{}, LeftOut: append([]LeftOut{}, a.LeftOut...), Notes: append([]string{}, a.notes()...),
	}
	for _, r := range a.Programs {
		d.Programs = append(d.Programs, programData{
			Program: r.Program.Meta.Name, Theme: report.TextOrNull(r.Theme), Status: r.Program.Status, Method: r.Program.EVM,
			BaselineFrom: report.TextOrNull(r.BaselineFrom), NoBaseline: append([]string{}, r.Unplanned...), figureData: r.figureData(),
		})
	}
	for _, r := range a.Themes {
		d.Themes = append(d.Themes, themeData{report.TextOrNull(r.Theme), r.sumData()})
	}
	if a.Measured != nil {
		d.Measured = new(a.Measured.sumData())
	}
	if len(a.Programs) > 0 && a.Measured != nil {
		for _, b := range a.periods(a.Measured) {
			d.Curve = append(d.Curve, a.pointData(a.Measured, b))
		}
	}
	return d
}

func (a *Analysis) pointData(r *Result, b cal.Bucket) pointData {
	p := a.at(r, b.Period)
	return pointData{b.Name, b.From, b.Last(), p.PV, p.EV, p.AC, p.Forecast}
}

func (r *Result) sumData() sumData {
	d := sumData{Programs: []string{}, figureData: r.figureData()}
	for _, m := range r.Members {
		d.Programs = append(d.Programs, m.Program.Meta.Name)
	}
	return d
}

func (r *Result) figureData() figureData {
	d := figureData{
		BAC: r.BAC.Known(), CurrentBudget: r.Current.Known(), PV: r.PV.Known(), EV: r.EV.Known(), AC: r.AC.Known(),
		SV: r.SV, CV: r.CV, SPI: r.SPI, CPI: r.CPI, EAC: r.EAC, ETC: r.ETC, VAC: r.VAC, TCPI: r.TCPI,
		ES: ratio.Of(r.ES), SPIT: ratio.Of(r.SPIT()), AT: ratio.Of(r.AT), SVT: ratio.Of(r.SVT()), PD: ratio.Of(r.PD), IEACT: ratio.Of(r.IEACT()),
		EACTypical: r.EACTypical, EACBoth: r.EACBoth, TCPIEAC: r.TCPIEAC, Forecast: r.Forecast.Known(),
		Planned: r.Planned, Earned: r.Earned, Unknown: []unknownData{},
	}
	for _, u := range r.Unknown {
		x := unknownData{Figure: u.Figure, Reason: u.Reason.Text}
		if m := u.Reason.Month; m != 0 {
			x.Month = &m
		}
		d.Unknown = append(d.Unknown, x)
	}
	return d
}

// figure is a figure by its name in JSON: an amount, a ratio, or nil.
type figure struct {
	key   string
	value any
}

// figures are the amounts and ratios of a struct of JSON, by the names that it gives them.
func figures(data any) (list []figure) {
	v := reflect.ValueOf(data)
	for i := range v.NumField() {
		key := v.Type().Field(i).Tag.Get("json")
		switch x := v.Field(i).Interface().(type) {
		case *money.Amount:
			list = append(list, figure{key, value(x)})
		case ratio.Ratio:
			list = append(list, figure{key, x})
		}
	}
	return list
}

func value(m *money.Amount) any {
	if m == nil {
		return nil
	}
	return *m
}

// sheets are the report for spreadsheets, one figure a row: of programs or themes, of
// their total, and period by period.
func (a *Analysis) sheets() []*report.Table {
	rows := a.Programs
	keys := []string{"theme", "program"}
	if a.By == group.ByTheme {
		rows, keys = a.Themes, keys[:1]
	}
	key := func(r *Result) []report.Cell {
		cells := []report.Cell{report.Say(r.Theme)}
		if a.By == group.ByProgram {
			cells = append(cells, report.Say(r.Program.Meta.Name))
		}
		return cells
	}
	values, total := sheet(append(keys, "figure", "value", "currency")...), sheet("total", "value", "currency")
	curve := sheet(append(keys, "period", "from", "to", "figure", "value", "currency")...)
	for _, r := range rows {
		for _, f := range figures(r.figureData()) {
			values.Append(append(key(r), f.cells()...)...)
		}
		for _, b := range a.periods(r) {
			at := append(key(r), report.Say(b.Name), report.Cell{Value: b.From}, report.Cell{Value: b.Last()})
			for _, f := range figures(a.pointData(r, b)) {
				curve.Append(append(slices.Clone(at), f.cells()...)...)
			}
		}
	}
	for _, f := range figures(a.Total.figureData()) {
		total.Append(f.cells()...)
	}
	total.Name, curve.Name = "total", "curve"
	return []*report.Table{values, total, curve}
}

// cells are the name, the number, and the currency of an amount.
func (f figure) cells() []report.Cell {
	cells := []report.Cell{report.Say(f.key), {Value: f.value}, {}}
	if m, ok := f.value.(money.Amount); ok {
		cells[1].Value, cells[2] = m.String(), report.Say(string(m.Currency))
	}
	return cells
}

func sheet(keys ...string) *report.Table {
	t := &report.Table{}
	for _, key := range keys {
		t.Columns = append(t.Columns, report.Column{Header: key, Key: key})
	}
	return t
}
