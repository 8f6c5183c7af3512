package headcount

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// mostPeriods is how many columns of heads are still a table, mostDrivers how many of
// what makes a difference people are told.
const mostPeriods, mostDrivers = 12, 15

// what is known of the months to come.
func (a *Analysis) what() string {
	if a.known.plan {
		return "forecast"
	}
	return "the roster"
}

// matrix is heads, a row a group and a column a period. Where there is too little room
// those that are over go first, the oldest before.
func (a *Analysis) matrix() *report.Table {
	t := &report.Table{Columns: a.keyColumns()}
	for i, b := range a.Buckets {
		priority := 0
		if b.Last() <= a.AsOf {
			priority = len(a.Buckets) - i
		}
		t.Columns = append(t.Columns, right(b.Name, "heads_"+strings.ToLower(b.Name), priority))
	}
	for _, g := range a.outline() {
		rows := a.rows(g.cell, a.Buckets)
		cells := g.cells
		for i, b := range a.Buckets {
			cell := number(rows.Closing[i])
			if f := rows.Forecast[i]; f != nil && b.Last() > a.AsOf {
				cell = report.Cell{Text: report.Grouped(oneDigit(*f)), Value: *f, Tone: report.Dim}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, report.Row{Kind: g.kind, Cells: cells})
	}
	return t
}

func oneDigit(h Heads) string { return strings.TrimSuffix(h.Rat().FloatString(1), ".0") }

// drivers are the seats and people that make a difference.
func (a *Analysis) drivers() *report.Table {
	t := &report.Table{Columns: []report.Column{
		{Header: "Of", Key: "subject"}, {Header: "What", Key: "what", Prose: true}, {Header: "Factor", Key: "factor", Priority: 1}, right("Cost", "cost", 0),
	}}
	for i, d := range a.Drivers {
		parts := strings.Split(d.Subject, "/") // kind/name/part/id
		of := parts[len(parts)-2] + " " + parts[len(parts)-1]
		for n, part := range d.Parts {
			row := report.Row{Cells: []report.Cell{{Value: d.Subject}, {Value: d.What}, report.Say(part.Factor), changed(part.Amount)}}
			if n == 0 {
				row.Cells[0].Text, row.Cells[1].Text = of, d.What
			}
			if i < mostDrivers {
				t.Rows = append(t.Rows, row)
				continue
			}
			t.Minor = append(t.Minor, row)
		}
	}
	if more := len(a.Drivers) - mostDrivers; more > 0 {
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{
			{Text: fmt.Sprintf("and %d more", more)}, {}, {}, changed(rest(a.Drivers[mostDrivers:])),
		}})
	}
	return t
}

// rest is what drivers add together; nil where some of it is not known.
func rest(drivers []Driver) *money.Amount {
	total := &money.Amount{}
	for _, d := range drivers {
		if total == nil || d.Total == nil {
			return nil
		}
		negative := d.Total.Neg()
		total = less(total, &negative)
	}
	return total
}
