package export

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// chartSheet is a chart as a sheet: its points, a row each, and the chart beside them.
func chartSheet(c *report.Chart) (*sheet, error) {
	t := &report.Table{Empty: c.Empty, Columns: []report.Column{
		{Header: "Series", Key: "series"}, {Header: c.X.Label, Key: c.X.Key, Align: report.Right}, {Header: c.Y.Label, Key: c.Y.Key, Align: report.Right},
	}}
	for _, s := range c.Series {
		for _, p := range s.Points {
			t.Append(report.Say(cmp.Or(s.Name, s.Key)), coordinate(p.X, c.X), coordinate(p.Y, c.Y))
		}
	}
	s, err := sheetOf(t)
	if err == nil {
		s.chart = c
	}
	return s, err
}

// coordinate is a value of an axis as a cell.
func coordinate(v report.Value, a report.Axis) report.Cell {
	switch v := v.(type) {
	case report.Day:
		d := cal.Date(v)
		if d.IsZero() {
			return report.Cell{}
		}
		return report.Cell{Text: d.String(), Value: d}
	case report.Amount:
		m := money.Amount(v)
		return report.Cell{Text: m.Grouped(), Value: m}
	case report.Number:
		r := new(big.Rat)
		if r.SetFloat64(float64(v)) == nil {
			return report.Cell{}
		}
		return report.Cell{Text: report.Grouped(strconv.FormatFloat(float64(v), 'f', a.Decimals, 64)), Value: exactly{r}}
	}
	return report.Cell{}
}

// exactly is a number that is nothing but that.
type exactly struct{ r *big.Rat }

// Rat returns the number.
func (e exactly) Rat() *big.Rat { return e.r }

// MarshalJSON returns the number.
func (e exactly) MarshalJSON() ([]byte, error) {
	f, _ := e.r.Float64()
	return []byte(strconv.FormatFloat(f, 'f', -1, 64)), nil
}

// palette are the colours of lines; those of Okabe and Ito, which everyone tells apart.
var palette = []string{"0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9", "000000", "7A7A7A"}

func fill(series int) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{palette[series%len(palette)]}}
}

// addChart draws the lines of a sheet with a chart beside its rows.
func addChart(f *excelize.File, s *sheet) error {
	row := firstRow
	var series []excelize.ChartSeries
	for _, x := range s.chart.Series {
		n := len(x.Points)
		if n == 0 {
			continue
		}
		at := func(column string) string {
			return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", s.name, column, row, column, row+n-1)
		}
		series = append(series, excelize.ChartSeries{
			Name: fmt.Sprintf("'%s'!$A$%d", s.name, row), Categories: at("B"), Values: at("C"),
			Fill: fill(len(series)), Line: excelize.LineOptions{Type: excelize.LineSolid, Width: 2},
			Marker: excelize.ChartMarker{Symbol: "circle", Size: 4, Fill: fill(len(series))},
		})
		row += n
	}
	if len(series) == 0 {
		return nil
	}
	title := func(text string) excelize.ChartTitle {
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: visible(text)}}}
	}
	axis := func(a report.Axis, column int) excelize.ChartAxis {
		out := excelize.ChartAxis{MajorGridLines: true, Title: title(a.Label)}
		out.NumFmt.CustomNumFmt = "#,##0"
		var days []cal.Date
		for _, l := range s.lines {
			if d := l.figures[column].day; !d.IsZero() {
				days = append(days, d)
			}
		}
		if len(days) > 0 { // an axis of days begins where they do, not in 1900
			first, last := float64(serial(slices.Min(days)-1)), float64(serial(slices.Max(days)+1))
			out.NumFmt.CustomNumFmt, out.Minimum, out.Maximum = dayFormat, &first, &last
		}
		return out
	}
	return f.AddChart(s.name, "E2", &excelize.Chart{
		Type: excelize.Scatter, Series: series, Title: title(s.chart.Title), XAxis: axis(s.chart.X, 1), YAxis: axis(s.chart.Y, 2),
		Legend: excelize.ChartLegend{Position: "bottom"}, Dimension: excelize.ChartDimension{Width: 900, Height: 480}, ShowBlanksAs: "gap",
	})
}
