package evm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// Report adds what was found to a report: what is behind and what is over, the programs
// or themes with the worst first, or of one program alone all its figures, and the curve
// of what is measured.
//
// With sheets it has what spreadsheets read too: many rows.
func (a *Analysis) Report(r *report.Report, sheets bool) {
	r.Data = a.data()
	if sheets {
		r.Sheets = a.sheets()
	}
	r.Add(report.Text(a.summary()))
	switch of := "Earned value"; len(a.Programs) {
	case 0:
	case 1:
		of += " of " + a.Programs[0].Program.Meta.Name
		r.Add(report.Heading(fmt.Sprintf("%s on %s (%s)", of, a.AsOf, a.Currency)), a.details(a.Programs[0]))
	default:
		r.Add(report.Heading(fmt.Sprintf("%s on %s (%s), the lowest of SPI and CPI first", of, a.AsOf, a.Currency)), a.table())
	}
	if notes := a.notes(); len(notes) > 0 {
		r.Add(report.Text(strings.Join(notes, "\n")))
	}
	if len(a.Programs) > 0 && a.Measured != nil {
		r.Add(report.Heading("Planned, earned, spent and forecast over time"), a.chart())
	}
}

// chart is the S-curve of what is measured: PV to the last period, EV and AC up to as-of;
// the forecast goes on from where spend is known. PV and EV rise in steps, for milestones
// are planned and earned at once; what may hide another line is drawn before it.
func (a *Analysis) chart() *report.Chart {
	sum := a.Measured
	periods := a.periods(sum)
	of := "All"
	switch {
	case len(sum.Members) == 1:
		of = sum.Members[0].Program.Meta.Name
	case sum != a.Total:
		of = fmt.Sprintf("The %s that are measured", count(len(sum.Members), "program"))
	}
	title := of + ", cumulative"
	if last := min(a.AsOf, periods[len(periods)-1].Last()); last >= periods[0].From {
		title += "; earned and spent end on " + last.String()
	}
	c := &report.Chart{
		Title: title,
		X:     report.Axis{Label: "day", Key: "day"},
		Y:     report.Axis{Label: "cumulative", Key: "amount", Decimals: 2},
	}
	pv, ev := report.Series{Name: "PV", Key: "pv", Step: true}, report.Series{Name: "EV", Key: "ev", Step: true}
	ac, forecast := report.Series{Name: "AC", Key: "ac"}, report.Series{Name: "Forecast", Key: "forecast"}
	put := func(s *report.Series, d cal.Date, m *money.Amount) {
		if m != nil {
			s.Points = append(s.Points, report.Point{X: report.Day(d), Y: report.Amount(*m)})
		}
	}
	before := periods[0].From - 1
	periods = slices.Concat([]cal.Bucket{{Period: before.Month().Period()}}, periods)
	for i, b := range periods {
		end, p := b.Last(), a.at(sum, b.Period)
		if i > 0 && b.Contains(a.AsOf) && end != a.AsOf {
			put(&pv, a.AsOf, sum.PV.Known())
		}
		put(&pv, end, p.PV)
		put(&ev, min(end, a.AsOf), p.EV)
		put(&ac, min(end, a.AsOf), p.AC)
		if next := periods[min(i+1, len(periods)-1)]; next.Last() >= a.AsOf {
			put(&forecast, end, p.Forecast)
		}
	}
	c.Series = []report.Series{pv, ev, ac, forecast}
	return c
}
