package staffing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// View says what of an analysis people are shown.
type View struct {
	// People lists who is free one by one.
	People bool
	// Sheets adds tables for spreadsheets, with one figure a row: many rows.
	Sheets bool
}

// Report fills a report: data, and blocks for people.
func (a *Analysis) Report(r *report.Report, v View) {
	r.Data = a.data()
	if v.Sheets {
		r.Sheets = a.sheets(v)
	}
	r.Add(report.Text(a.headline()))
	r.Add(a.figures())
	if t := a.gaps(); t != nil {
		r.Add(report.Heading("Gap by "+string(a.Step)+": what is asked for less who is there"), t)
	}
	if len(a.Overallocated) > 0 {
		r.Add(report.Heading("Over-allocated"), a.overallocations())
	}
	if len(a.Unfilled) > 0 {
		r.Add(report.Heading("Nobody is named for"), a.requirements())
	}
	if len(a.Outside) > 0 {
		r.Add(report.Heading("Allocated outside of dates"), a.outsides())
	}
	if v.People && a.Free != nil {
		r.Add(report.Heading("Not fully allocated"), a.people())
	}
}

// headline is what matters, in a few sentences.
func (a *Analysis) headline() string {
	var lines []string
	amount := func(s Series) string {
		sum, known := s.Sum()
		if !known {
			return "n/a"
		}
		return report.Grouped(sum.String())
	}
	t := a.Total
	text := fmt.Sprintf("%s: demand %s, supply %s FTE-months", a.Years, amount(t.Demand), amount(t.Supply))
	if gap, known := t.Gap.Sum(); known {
		switch gap.Sign() {
		case 1:
			text += ": " + report.Grouped(gap.String()) + " short"
		case -1:
			text += ": " + report.Grouped(FTEMonths{}.Sub(gap).String()) + " to spare"
		default:
			text += ": even"
		}
	}
	if planned, known := t.Planned.Sum(); known && planned.Sign() != 0 {
		text += "; positions not filled yet add " + report.Grouped(planned.String())
	}
	lines = append(lines, text)
	var notes []string
	if a.Overallocated != nil {
		now := 0
		seen := map[string]bool{}
		for _, o := range a.Overallocated {
			if o.To >= a.AsOf && !seen[o.Person.ID] {
				seen[o.Person.ID] = true
				now++
			}
		}
		notes = append(notes, persons(now)+" over-allocated from "+a.AsOf.String()+" on")
	}
	if a.Unfilled != nil {
		short := 0
		for _, r := range a.Unfilled {
			if r.Short() {
				short++
			}
		}
		note := "no requirement without a name"
		if len(a.Unfilled) > 0 {
			note = report.Plural(len(a.Unfilled), "requirement") + " without a name"
		}
		if short > 0 {
			note += fmt.Sprintf(", %d with too few people free", short)
		}
		notes = append(notes, note)
	}
	if n := len(a.Outside); n > 0 {
		notes = append(notes, report.Plural(n, "allocation")+" outside of dates")
	}
	if len(notes) > 0 {
		lines = append(lines, strings.Join(notes, "; "))
	}
	lines = append(lines, a.missing()...)
	if len(a.Selector.Except(PersonKeys...)) > 0 {
		lines = append(lines, "Demand is that of the programs chosen; supply, planned and unallocated are everybody's, whatever program they work for")
	}
	return strings.Join(lines, "\n")
}

func persons(n int) string {
	switch n {
	case 0:
		return "nobody is"
	case 1:
		return "1 person is"
	}
	return fmt.Sprintf("%d people are", n)
}

// missing names what is not known, a line for each reason.
func (a *Analysis) missing() []string {
	var lines, reasons []string
	figures := map[string][]string{}
	for _, u := range a.Unknown {
		why := sentence(u.Reasons)
		if u.Figure == FigureGroups {
			lines = append(lines, "The groups of the demand are not known in whole: "+why)
			continue
		}
		if figures[why] == nil {
			reasons = append(reasons, why)
		}
		figures[why] = append(figures[why], string(u.Figure))
	}
	for i, why := range reasons {
		lines = slices.Insert(lines, i, fmt.Sprintf("n/a: %s (%s)", strings.Join(figures[why], ", "), why))
	}
	return lines
}

func sentence(reasons []Reason) string {
	var texts []string
	for _, r := range reasons {
		texts = append(texts, r.String())
	}
	return strings.Join(texts, "; ")
}

// row is a group in the order and at the depth in which people read it.
type row struct {
	group Group
	depth int
	kind  report.RowKind
}

// rows are the groups; by team alone as the tree that teams are.
func (a *Analysis) rows() []row {
	if len(a.By) != 1 || a.By[0] != ByTeam || a.s == nil {
		return mapped(a.Groups, func(g Group) row { return row{group: g} })
	}
	shown := map[string]bool{}
	for _, g := range a.Groups {
		shown[g.Key[0]] = g.Key[0] != ""
	}
	below := map[string][]Group{}
	for _, g := range a.Groups {
		above := ""
		for i, team := range a.s.Lineage(g.Key[0]) {
			if i > 0 && above == "" && shown[team] {
				above = team
			}
		}
		below[above] = append(below[above], g)
	}
	var (
		rows []row
		walk func(team string, depth int)
	)
	walk = func(team string, depth int) {
		for _, g := range below[team] {
			x := row{group: g, depth: depth}
			name := g.Key[0]
			if name != "" && len(below[name]) > 0 && a.Subtree {
				x.kind = report.Subtotal
			}
			rows = append(rows, x)
			if name != "" {
				walk(name, depth+1)
			}
		}
	}
	walk("", 0)
	return rows
}

// names are the cells of a group's key.
func (a *Analysis) names(x row) []report.Cell {
	var cells []report.Cell
	for i := range a.By {
		cell := report.Say(x.group.Key[i])
		if cell.Text == "" {
			cell = report.Cell{Text: "not stated", Tone: report.Dim}
		}
		cell.Text = strings.Repeat("  ", x.depth) + cell.Text
		cells = append(cells, cell)
	}
	return cells
}

// nameColumns are the columns of names.
func (a *Analysis) nameColumns() []report.Column {
	return mapped(a.By, func(d Dimension) report.Column { return report.Column{Header: d.Title(), Key: d.Key()} })
}

// total is the row that sums a table; cells follow the names.
func (a *Analysis) total(cells []report.Cell) report.Row {
	x := report.Row{Kind: report.Total}
	for i := range a.By {
		cell := report.Cell{}
		if i == 0 {
			cell = report.Cell{Text: "Total"}
		}
		x.Cells = append(x.Cells, cell)
	}
	if len(a.By) == 0 {
		x.Kind = report.Plain
	}
	x.Cells = append(x.Cells, cells...)
	return x
}

// headed is how a bucket is headed: a month of a single year by its name alone.
func (a *Analysis) headed(b cal.Bucket) string {
	if a.Step == cal.ByMonth && len(a.Buckets) <= 12 {
		return b.From.Month().Name()[:3]
	}
	return b.Name
}
