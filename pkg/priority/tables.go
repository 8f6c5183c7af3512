package priority

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

func unknownCell() report.Cell { return report.Cell{Text: "n/a", Tone: report.Dim} }

// rankingTable is a row a program, and one for each line; scores stand at the right, for
// they go first where there is no room.
func (a *Analysis) rankingTable(rows []*Row) *report.Table {
	partial := slices.ContainsFunc(rows, func(r *Row) bool { return r.Rank == 0 || r.Score.partial() })
	cut := slices.ContainsFunc(rows, func(r *Row) bool { return r.cut() || r.Money == Unsettled || r.People == Unsettled })
	t := &report.Table{Columns: []report.Column{right("Rank", "rank", 0)}}
	if a.compared() {
		t.Columns = append(t.Columns, right("±", "rank_change", 2))
	}
	t.Columns = append(t.Columns, report.Column{Header: "Program", Key: "program"}, report.Column{Header: "Status", Key: "status", Whole: true, Priority: 2}, right("Score", "score", 0))
	if partial {
		t.Columns = append(t.Columns, right("Scored", "scored", 1), report.Column{Header: "Could be", Key: "could_be", Whole: true, Priority: 1})
	}
	t.Columns = append(t.Columns, right("Plan", "plan", 1), right("Sum", "plan_sum", 2))
	if cut {
		t.Columns = append(t.Columns, report.Column{Header: "Below the line by", Key: "line"})
	}
	for i, c := range a.Criteria {
		t.Columns = append(t.Columns, right(c.ID, "score_"+c.ID, 3+i))
	}
	for i, r := range rows {
		if text := a.lineText(r); text != "" && i > 0 {
			t.Rows = append(t.Rows, a.lineRow(t, text))
		}
		cells := []report.Cell{rankCell(r.Rank)}
		if a.compared() {
			cells = append(cells, rankChange(r))
		}
		cells = append(cells, report.Say(r.name()), a.statusCell(r), scoreCell(r.Score.Score))
		if partial {
			cells = append(cells, scoredCell(r), couldBe(r))
		}
		cells = append(cells, moneyCell(r.Plan), moneyCell(r.Sum))
		if cut {
			cells = append(cells, a.sideCell(r))
		}
		for _, v := range r.Score.Values {
			cells = append(cells, valueCell(v))
		}
		t.Append(cells...)
	}
	return t
}

// compared reports whether there is an earlier ranking.
func (a *Analysis) compared() bool {
	return a.Change != nil && a.Change.Unknown == nil && a.Change.Ranked > 0
}

// lineText names the lines right above a program, where they part what is above it from
// what is below.
func (a *Analysis) lineText(r *Row) string {
	if a.KeepRunning {
		return ""
	}
	var by []string
	if a.Money != nil && a.Money.Cut == r {
		by = append(by, "money")
	}
	if a.People.Cut == r {
		by = append(by, "people")
	}
	if by == nil {
		return ""
	}
	return "-- line by " + strings.Join(by, " and ") + " --"
}

func (a *Analysis) lineRow(t *report.Table, text string) report.Row {
	cells := make([]report.Cell, len(t.Columns))
	at := slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Key == "program" })
	cells[at].Text = text
	return report.Row{Kind: report.Subtotal, Cells: cells}
}

// statusCell strikes where a program runs and is below a line.
func (a *Analysis) statusCell(r *Row) report.Cell {
	c := report.Say(string(r.Program.Status))
	if r.Running() && r.cut() {
		c.Tone = report.Warn
	}
	return c
}

func rankCell(n int) report.Cell {
	if n == 0 {
		return unknownCell()
	}
	return report.Cell{Text: grouped(n), Value: n}
}

func scoreCell(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return unknownCell()
	}
	return report.Cell{Text: r.Digits(2), Value: r}
}

func scoredCell(r *Row) report.Cell {
	known := r.Score.Known
	if !known.Known() {
		known = ratio.New(0, 1)
	}
	c := report.Cell{Text: known.Percent(), Value: known}
	if r.Rank == 0 || r.Score.partial() {
		c.Tone = report.Warn
	}
	return c
}

// couldBe is the ranks that a program may have with scores in all gaps.
func couldBe(r *Row) report.Cell {
	if r.Rank == 0 || r.Best == r.Worst {
		return report.Cell{}
	}
	return report.Say(fmt.Sprintf("%d to %d", r.Best, r.Worst))
}

func moneyCell(s rates.Sum) report.Cell {
	if s.Known() == nil {
		return unknownCell()
	}
	return report.Cell{Text: s.Amount.Grouped(), Value: s.Amount}
}

func valueCell(d *money.Decimal) report.Cell {
	if d == nil {
		return report.Cell{Text: "n/a", Tone: report.Warn}
	}
	return report.Cell{Text: d.String(), Value: *d}
}

// sideCell says by what a program is below a line; "n/a" where nobody can tell.
func (a *Analysis) sideCell(r *Row) report.Cell {
	var by []string
	if r.Money == Below {
		by = append(by, "money")
	}
	if r.People == Below {
		text := "people"
		if len(r.Short) > 0 {
			text = fmt.Sprintf("%s %s", r.Short[0].Role, r.Short[0].Bucket.Name)
		}
		by = append(by, text)
	}
	switch {
	case by != nil:
		c := report.Say(strings.Join(by, ", "))
		c.Tone = report.Bad
		return c
	case r.Money == Unsettled || r.People == Unsettled:
		return unknownCell()
	}
	return report.Cell{}
}

// rankingText explains what the table flags.
func (a *Analysis) rankingText(rows []*Row) string {
	var lines []string
	if slices.ContainsFunc(rows, func(r *Row) bool { return r.Score.partial() }) {
		lines = append(lines, "Scored: the part of all weight that the score is of; with any scores in the gaps the rank could be another")
	}
	if equal := equals(rows); equal != nil {
		lines = append(lines, "Equal scores, by name: "+few(equal))
	}
	if slices.ContainsFunc(rows, a.passed) {
		lines = append(lines, "Blank below a line: it asks for nothing there, and is cut by nothing")
	}
	lines = append(lines, fmt.Sprintf("Plan: of %s, in %s; sum: with all that is taken before", a.Years, a.s.Config.Currency))
	return strings.Join(lines, "\n")
}

// equals are the programs that only their names order.
func equals(rows []*Row) (list []string) {
	for i, r := range rows {
		next := i+1 < len(rows) && rows[i+1].Score.Score.Cmp(r.Score.Score) == 0
		last := i > 0 && rows[i-1].Score.Score.Cmp(r.Score.Score) == 0
		if r.Rank > 0 && (next || last) {
			list = append(list, r.name())
		}
	}
	return list
}

// passed reports whether a program is above a line though it comes after what is below it.
func (a *Analysis) passed(r *Row) bool {
	after := func(cut *Row) bool { return cut != nil && slices.Index(a.Rows, r) > slices.Index(a.Rows, cut) }
	return !a.KeepRunning && !r.cut() && (a.Money != nil && after(a.Money.Cut) || after(a.People.Cut))
}

// rankChange is how many ranks a program went up.
func rankChange(r *Row) report.Cell {
	b := r.Before
	switch {
	case r.Rank == 0:
		return report.Cell{}
	case b.Rank == 0:
		return report.Cell{Text: "new", Tone: report.Good}
	}
	n := b.Rank - r.Rank
	switch {
	case n > 0:
		return report.Cell{Text: fmt.Sprintf("+%d", n), Value: n, Tone: report.Good}
	case n < 0:
		return report.Cell{Text: fmt.Sprint(n), Value: n, Tone: report.Bad}
	}
	return report.Cell{Value: 0}
}

// peopleTable is what is left of the roles that programs ask for; nil where nobody asks,
// or nobody knows.
func (a *Analysis) peopleTable() *report.Table {
	p := a.People
	if p.Unknown != nil {
		return nil
	}
	asked := map[string]bool{}
	for _, r := range a.Rows {
		for role := range r.demand.roles {
			asked[role] = true
		}
	}
	t := &report.Table{Columns: []report.Column{{Header: "Role", Key: "role"}}}
	for i, b := range p.Buckets {
		t.Columns = append(t.Columns, right(b.Name, b.Name, 1+i))
	}
	for i := range p.Roles {
		x := &p.Roles[i]
		if !asked[x.Role] {
			continue
		}
		cells := []report.Cell{report.Say(x.Role)}
		for i, left := range a.left(x) {
			text := left.String()
			cell := report.Cell{Text: report.Grouped(text) + " of " + report.Grouped(a.has(x, i).String()), Value: left}
			if left.Sign() < 0 || a.cutBy(x.Role, i) {
				cell.Tone = report.Bad
			}
			cells = append(cells, cell)
		}
		t.Append(cells...)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// cutBy reports whether a role in a bucket is what the first program below the line is
// short of.
func (a *Analysis) cutBy(role string, bucket int) bool {
	return a.People.Cut != nil && slices.ContainsFunc(a.People.Cut.Short, func(l Lack) bool {
		return l.Role == role && l.Bucket == a.People.Buckets[bucket]
	})
}
