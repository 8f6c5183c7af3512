package kpi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// drawn is how many lines of a chart can be told apart.
const drawn = 8

// chart is the trend of CSAT: of all, and of the programs that are least satisfied with
// at last. It is nil below three periods.
func (a *Analysis) chart() *report.Chart {
	all := report.Series{Name: "all", Key: "all"}
	for i, b := range a.o.Buckets {
		if csat := a.Periods[i].Satisfaction.All.CSAT; csat.Known() {
			all.Points = append(all.Points, report.Point{X: report.Day(b.Last()), Y: coordinate(csat)})
		}
	}
	if len(all.Points) < 3 {
		return nil
	}
	type line struct {
		report.Series
		last ratio.Ratio
	}
	var lines []line
	for _, x := range a.subjects {
		l := line{Series: report.Series{Name: cmp.Or(x.name, "(none)"), Key: x.name}}
		for _, r := range x.rows {
			if csat := r.Score.All.CSAT; csat.Known() {
				l.Points, l.last = append(l.Points, report.Point{X: report.Day(r.last), Y: coordinate(csat)}), csat
			}
		}
		if len(l.Points) > 1 {
			lines = append(lines, l)
		}
	}
	c := &report.Chart{
		Title: "CSAT by period", X: report.Axis{Label: "end of the period", Key: "period_end"},
		Y: report.Axis{Label: "CSAT", Key: "csat_percent", Unit: "%", Decimals: 1},
	}
	slices.SortStableFunc(lines, func(x, y line) int {
		return cmp.Or(x.last.Cmp(y.last), strings.Compare(x.Name, y.Name))
	})
	if len(lines) > drawn-1 {
		c.Title += fmt.Sprintf(", of all and of the %d lowest of %s", drawn-1, plural(len(lines), "program"))
	}
	for _, l := range lines[:min(len(lines), drawn-1)] {
		c.Series = append(c.Series, l.Series)
	}
	c.Series = append(c.Series, all)
	return c
}

// points is a part in percent, or a difference of parts in percentage points.
func points(r ratio.Ratio) ratio.Ratio { return r.Mul(ratio.New(100, 1)) }

// coordinate is a part, which is known, in percent, as charts have it.
func coordinate(part ratio.Ratio) report.Number {
	f, _ := points(part).Rat().Float64()
	return report.Number(f)
}
