package hiring

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// count is a number, blank for people where it is 0.
func count(n int) report.Cell {
	if n == 0 {
		return report.Cell{Value: 0}
	}
	return report.Cell{Text: grouped(n), Value: n}
}

// corrected is a count; one that was taken back is below 0.
func corrected(n int) report.Cell {
	c := count(n)
	if n < 0 {
		c.Tone = report.Warn
	}
	return c
}

func toned(c report.Cell, tone report.Tone) report.Cell {
	if c.Text != "" {
		c.Tone = tone
	}
	return c
}

func percent(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: r.Percent(), Value: r}
}

func hoursCell(h Hours) report.Cell {
	if !h.Known() {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: shortHours(h), Value: h}
}

// saving is money; the headline says why it is not known.
func saving(s rates.Sum) report.Cell {
	if len(s.Unknown) > 0 {
		return report.Cell{Text: "n/a", Tone: report.Warn}
	}
	c := report.Cell{Text: s.Amount.Grouped(), Value: s.Amount}
	if s.Amount.Minor < 0 {
		c.Tone = report.Bad
	}
	return c
}

func dayCell(d cal.Date) report.Cell {
	if d.IsZero() {
		return report.Cell{}
	}
	return report.Cell{Text: d.String(), Value: d}
}

// days is a number of days, blank where it is not known; of a slip, late is bad.
func days(n *cal.Days, slip bool) report.Cell {
	switch {
	case n == nil:
		return report.Cell{}
	case !slip || *n == 0:
		return report.Cell{Text: fmt.Sprintf("%dd", *n), Value: *n}
	case *n > 0:
		return report.Cell{Text: fmt.Sprintf("%+dd", *n), Value: *n, Tone: report.Bad}
	}
	return report.Cell{Text: fmt.Sprintf("%+dd", *n), Value: *n, Tone: report.Good}
}
