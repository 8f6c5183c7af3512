package staffing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
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
	r.Data = a.data(v)
	if v.Sheets {
		r.Sheets = a.sheets(v)
	}
	r.Add(report.Text(a.headline()))
	r.Add(report.Heading(fmt.Sprintf("Gap (demand - supply) of %s, in FTE-months", a.Years)), a.figures())
	if len(a.Buckets) > mostColumns && a.Total.Gap.Known {
		r.Add(report.Text(fmt.Sprintf("The gap by %s is left out: %d do not stand side by side. Take longer periods, fewer years, or csv", a.Step, len(a.Buckets))))
	} else if t := a.gaps(); t != nil {
		r.Add(report.Heading("Gap (demand - supply) by "+string(a.Step)), t)
	}
	if len(a.Overallocated) > 0 {
		r.Add(report.Heading("Over-allocated"), a.overallocations())
	}
	if len(a.Unfilled) > 0 {
		r.Add(report.Heading("Roles that nobody fills; who is free is counted for each of them"+a.counted()), a.requirements())
	}
	if len(a.Outside) > 0 {
		r.Add(report.Heading("Allocated outside of dates"), a.outsides())
	}
	if v.People && a.Free != nil {
		r.Add(report.Heading("Not fully allocated from "+a.tomorrow()+" on"), a.people())
	}
}

// tomorrow is the first day that is still to come.
func (a *Analysis) tomorrow() string { return (a.AsOf + 1).String() }

// headline is what matters, in a few sentences.
func (a *Analysis) headline() string {
	amount := func(s Series) string {
		sum, known := s.Sum()
		if !known {
			return "n/a"
		}
		return report.Grouped(sum.String())
	}
	t := a.Total
	text := fmt.Sprintf("%s: demand %s, supply %s FTE-months", a.Years, amount(t.Demand), amount(t.Supply))
	if planned, known := t.Planned.Sum(); known && planned.Sign() != 0 {
		text += "; positions not filled yet add " + report.Grouped(planned.String())
	}
	lines := []string{text}
	if short := a.shortage(); short != "" {
		lines = append(lines, short)
	}
	var notes []string
	if a.Overallocated != nil {
		now := map[string]bool{}
		for _, o := range a.Overallocated {
			if o.To > a.AsOf {
				now[o.Person.ID] = true
			}
		}
		notes = append(notes, persons(len(now))+" over-allocated from "+a.tomorrow()+" on")
	}
	if a.Unfilled != nil {
		notes = append(notes, a.unfilledNote())
	}
	if n := len(a.Outside); n > 0 {
		notes = append(notes, report.Plural(n, "allocation")+" outside of dates")
	}
	if len(notes) > 0 {
		lines = append(lines, strings.Join(notes, "; "))
	}
	return strings.Join(append(lines, a.missing()...), "\n")
}

// mostShort is how many groups that are short are named.
const mostShort = 3

// shortage names the groups that are short from now on, the worst first; "" where
// that is not known, or no month is still to come.
func (a *Analysis) shortage() string {
	if n := len(a.Buckets); a.Short == nil || n == 0 || a.Buckets[n-1].Last().Month() <= a.AsOf.Month() {
		return ""
	}
	var parts []string
	for i, s := range a.Short {
		if i == mostShort {
			parts = append(parts, fmt.Sprintf("in %d more", len(a.Short)-i))
			break
		}
		names := make([]string, len(a.By))
		for i := range a.By {
			names[i] = group.Named(s.Key[i])
		}
		part := "from " + s.From.String()
		if len(names) > 0 {
			part = "in " + strings.Join(names, " ") + " " + part
		}
		parts = append(parts, fmt.Sprintf("%s, worst %s in %s", part, report.Grouped(s.Worst.String()), s.In))
	}
	if parts == nil {
		return "Short in no month after " + a.AsOf.Month().String()
	}
	return "Short " + strings.Join(parts, "; ")
}

func (a *Analysis) unfilledNote() string {
	if len(a.Unfilled) == 0 {
		return "no role that nobody fills"
	}
	note := report.Plural(len(a.Unfilled), "role") + " that nobody fills"
	short := 0
	for _, r := range a.Unfilled {
		if r.isShort() {
			short++
		}
	}
	if short > 0 {
		note += fmt.Sprintf(", %d with too few people free", short)
	}
	return note
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
		if u.Figure == FigureGroups && a.Groups != nil {
			lines = append(lines, "The groups of the demand are not known in whole: "+why)
			continue
		}
		if figures[why] == nil {
			reasons = append(reasons, why)
		}
		figures[why] = append(figures[why], figureWords[u.Figure])
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

// row is a group, or the sum of some, as tables show it.
type row struct {
	group.Entry
	group Group
}

// rows are groups with their subtotals; by team as the tree that teams are.
func (a *Analysis) rows(groups []Group) []row {
	of := make(map[group.Key]Group, len(groups))
	keys := make([]group.Key, len(groups))
	for i, g := range groups {
		keys[i], of[g.Key] = g.Key, g
	}
	return mapped(group.Outline(a.s, a.By, a.Subtree, keys), func(e group.Entry) row {
		x := row{e, of[e.Keys[0]]}
		for _, key := range e.Keys[1:] {
			x.group = x.group.plus(of[key])
		}
		return x
	})
}

// plus is two groups together; what is not known of one is not known.
func (g Group) plus(o Group) Group {
	sum := Group{
		Key: g.Key, Demand: g.Demand.plus(o.Demand), Supply: g.Supply.plus(o.Supply), Gap: g.Gap.plus(o.Gap), Planned: g.Planned.plus(o.Planned),
		Allocated: g.Allocated.plus(o.Allocated), Unallocated: g.Unallocated.plus(o.Unallocated),
	}
	if b, c := g.Baseline, o.Baseline; b != nil && c != nil {
		sum.Baseline = &Balance{b.Demand.plus(c.Demand), b.Supply.plus(c.Supply), b.Gap.plus(c.Gap)}
	}
	return sum
}

func (s Series) plus(o Series) Series {
	sum := Series{make([]FTEMonths, len(s.Values)), s.Known && o.Known}
	for i, v := range s.Values {
		sum.Values[i] = v.Add(o.Values[i])
	}
	return sum
}

// nameColumns are the columns of names.
func (a *Analysis) nameColumns() []report.Column {
	return mapped(a.By, func(d group.Dimension) report.Column { return report.Column{Header: d.Title(), Key: d.Key()} })
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
