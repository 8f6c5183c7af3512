package evm

import (
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// details are all figures of one program, with what each is.
func (a *Analysis) details(r *Result) *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Figure", Key: "figure"},
		{Header: "Value", Key: "value", Align: report.Right},
		{Header: "What it is", Key: "meaning", Priority: 1, Prose: true},
	}}
	add := func(name string, value report.Cell, meaning string) {
		t.Append(report.Say(name), value, report.Say(meaning))
	}
	part := func(r ratio.Ratio) string {
		if !r.Known() {
			return ""
		}
		return r.Percent() + " of BAC: "
	}
	add("BAC", amount(r.BAC.Known()), "budget at completion")
	add("Budget today", budgetToday(r), "today's plan, contingency apart")
	add("PV", amount(r.PV.Known()), part(r.Planned)+"what was to be done by "+a.AsOf.String())
	add("EV", amount(r.EV.Known()), part(r.Earned)+"what is done")
	add("AC", amount(r.AC.Known()), "what was spent")
	add("SV", variance(r.SV), "EV − PV, behind below 0")
	add("CV", variance(r.CV), "EV − AC, over below 0")
	add("SPI", index(r.SPI, false), "EV ÷ PV, behind below 1")
	add("CPI", index(r.CPI, r.Idle()), "EV ÷ AC, over below 1")
	add("EAC", estimate(r), "AC + (BAC − EV) ÷ CPI: the rest costs in proportion to what is done")
	add("EAC, rest as planned", amount(r.EACTypical), "AC + (BAC − EV)")
	add("EAC by CPI × SPI", amount(r.EACBoth), "AC + (BAC − EV) ÷ (CPI × SPI): time to make up costs too")
	add("VAC", variance(r.VAC), "BAC − EAC, over below 0")
	add("ETC", amount(r.ETC), "EAC − AC, what is still to be spent")
	add("Forecast", amount(r.Forecast.Known()), "what those who answer for it expect the whole to cost")
	add("TCPI", plain(r.TCPI), "(BAC − EV) ÷ (BAC − AC), the CPI that the rest needs to end at BAC")
	add("TCPI to EAC", plain(r.TCPIEAC), "(BAC − EV) ÷ (EAC − AC)")
	add("AT", months(r.AT), "months from the start to the end of "+a.AsOf.String())
	add("ES", months(r.ES), "months by the end of which that much was to be done")
	late := months(r.SVT())
	if x := r.SVT(); x != nil && x.Sign() < 0 {
		late.Tone = report.Warn
	}
	pace := months(r.IEACT())
	if r.Done() {
		late, pace = done(ratio.Of(r.SVT())), done(ratio.Of(r.IEACT()))
	}
	add("SV(t)", late, "ES − AT, behind below 0")
	add("SPI(t)", paceCell(r), "ES ÷ AT, behind below 1")
	add("Planned duration", months(r.PD), "months")
	add("At this pace", pace, "planned duration ÷ SPI(t), months")
	return t
}
