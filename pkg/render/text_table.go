package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/progctl/progctl/pkg/report"
)

const (
	columnGap = 2
	// proseWidth is how narrow a column of sentences may become.
	proseWidth = 28
)

// table writes columns under a rule, without borders. What to show and how wide
// is decided here, where it stands by tablewriter.
func (p *printer) table(t *report.Table) error {
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		empty := t.Empty
		if empty == "" {
			empty = "none"
		}
		p.dimmed(visible(empty))
		return nil
	}
	g := newGrid(t)
	shown, hidden := g.fit(p.width)
	aligns := make(tw.Alignment, len(shown))
	for k, i := range shown {
		aligns[k] = tw.AlignLeft
		if t.Columns[i].Align == report.Right {
			aligns[k] = tw.AlignRight
		}
	}
	var out bytes.Buffer
	w := newTableWriter(&out, &ruled{out: &out, style: p.style, rows: t.Rows}, aligns)
	if g.headed {
		w.Header(p.row(g, shown, g.headers, func(int) string { return bold }))
	}
	for r, row := range t.Rows {
		if err := w.Append(p.row(g, shown, g.rows[r], func(i int) string { return cellColor(row, i) })); err != nil {
			return fmt.Errorf("lay out table: %w", err)
		}
	}
	if err := w.Render(); err != nil {
		return fmt.Errorf("lay out table: %w", err)
	}
	for line := range strings.Lines(out.String()) {
		p.line(strings.TrimSuffix(line, "\n"))
	}
	if len(hidden) > 0 {
		p.dimmed("not shown for want of width: " + strings.Join(hidden, ", "))
	}
	return nil
}

func (p *printer) dimmed(text string) {
	for _, line := range wrap(text, p.room(0), p.room(0)) {
		p.line(p.style.paint(dim, line))
	}
}

// row returns the shown cells of a row. A cell that is too long is cut, or, if it is
// prose or in a list of labels and values, goes on below.
func (p *printer) row(g *grid, shown []int, texts []string, color func(column int) string) []string {
	row := make([]string, len(shown))
	for k, i := range shown {
		lines := []string{measure(tableCells).cut(texts[i], g.widths[i])}
		if !g.headed || g.columns[i].Prose {
			lines = measure(tableCells).wrap(texts[i], g.widths[i], g.widths[i])
		}
		for n, line := range lines {
			lines[n] = p.style.paint(color(i), line)
		}
		row[k] = strings.Join(lines, "\n")
	}
	return row
}

func cellColor(row report.Row, column int) string {
	var codes []string
	if row.Kind != report.Plain {
		codes = append(codes, bold)
	}
	if column < len(row.Cells) {
		if tone := toneColor(row.Cells[column].Tone); tone != "" {
			codes = append(codes, tone)
		}
	}
	return strings.Join(codes, ";")
}

// newTableWriter leaves the text of cells alone, and nothing of the layout to
// the environment: tablewriter would ask it how wide ambiguous characters are.
func newTableWriter(out *bytes.Buffer, r *ruled, aligns tw.Alignment) *tablewriter.Table {
	gap := strings.Repeat(" ", columnGap)
	r.Blueprint = renderer.NewBlueprint(tw.Rendition{
		Borders:  tw.BorderNone,
		Symbols:  tw.NewSymbolCustom("gap").WithRow("─").WithColumn(gap).WithCenter(gap),
		Settings: tw.Settings{Separators: tw.Separators{BetweenColumns: tw.On, BetweenRows: tw.On}},
	})
	return tablewriter.NewTable(out,
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithRenderer(r),
		tablewriter.WithAlignment(aligns),
		tablewriter.WithPadding(tw.PaddingNone),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithTrimTab(tw.Off),
		tablewriter.WithTrimLine(tw.Off),
	)
}

// ruled draws dim rules, and of those between rows only those that part totals
// from what they sum.
type ruled struct {
	*renderer.Blueprint
	out   *bytes.Buffer
	style style
	rows  []report.Row
	drawn int
}

func (r *ruled) Row(cells []string, f tw.Formatting) {
	if !f.IsSubRow {
		r.drawn++
	}
	r.Blueprint.Row(cells, f)
}

func (r *ruled) Line(f tw.Formatting) {
	if r.drawn > 0 && (r.rows[r.drawn-1].Kind == report.Total || r.rows[r.drawn].Kind != report.Total) {
		return
	}
	start := r.out.Len()
	r.Blueprint.Line(f)
	rule := strings.TrimSuffix(string(r.out.Bytes()[start:]), "\n")
	r.out.Truncate(start)
	r.out.WriteString(r.style.paint(dim, rule) + "\n")
}

// grid is the text of a table, and the widths of its columns.
type grid struct {
	headed  bool
	columns []report.Column
	headers []string
	rows    [][]string
	natural []int
	widths  []int
}

func newGrid(t *report.Table) *grid {
	g := &grid{columns: t.Columns, natural: make([]int, len(t.Columns))}
	measured := func(text string, i int) string {
		text = cellText(text)
		g.natural[i] = max(g.natural[i], tableCells(text), 1)
		return text
	}
	for i, c := range t.Columns {
		g.headed = g.headed || c.Header != ""
		g.headers = append(g.headers, measured(c.Header, i))
	}
	for _, row := range t.Rows {
		texts := make([]string, len(t.Columns))
		for i := range texts {
			if i < len(row.Cells) {
				texts[i] = measured(row.Cells[i].Text, i)
			}
		}
		g.rows = append(g.rows, texts)
	}
	return g
}

// fit chooses columns and widths for a terminal: it narrows the columns that
// need not be seen, drops them, the least important first, and narrows what must
// stay only when nothing else is left. It returns the columns to show and the
// headers of the others. Width 0 shows everything.
func (g *grid) fit(width int) (shown []int, hidden []string) {
	for i := range g.columns {
		shown = append(shown, i)
	}
	g.widths = slices.Clone(g.natural)
	if width == 0 {
		return shown, nil
	}
	if columnGap*(len(shown)-1)+sum(g.natural) > width {
		shown = slices.DeleteFunc(shown, g.blank)
	}
	for {
		over := g.narrow(shown, width, func(i int) int {
			switch c := g.columns[i]; {
			case c.Prose:
				return min(g.natural[i], proseWidth)
			case c.Priority == 0 || c.Whole:
				return g.natural[i]
			}
			return max(8, tableCells(g.headers[i]))
		})
		if over <= 0 {
			break
		}
		k := g.least(shown)
		if k < 0 || len(shown) == 1 {
			g.narrow(shown, width, func(int) int { return 3 })
			break
		}
		shown = slices.Delete(shown, k, k+1)
	}
	for i, header := range g.headers {
		if !slices.Contains(shown, i) {
			hidden = append(hidden, header)
		}
	}
	return shown, hidden
}

// blank reports whether a column that need not be seen has nothing to show.
func (g *grid) blank(column int) bool {
	return g.columns[column].Priority > 0 && !slices.ContainsFunc(g.rows, func(texts []string) bool { return texts[column] != "" })
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
}

// least returns which of the shown columns to drop first, the rightmost among
// equals, or -1 where all must stay.
func (g *grid) least(shown []int) int {
	least, priority := -1, 1
	for k, i := range shown {
		if g.columns[i].Priority >= priority {
			least, priority = k, g.columns[i].Priority
		}
	}
	return least
}

// narrow sets the widths of the shown columns, none below its floor, and
// returns by how many cells they are still too wide.
func (g *grid) narrow(shown []int, width int, floor func(column int) int) (over int) {
	over = columnGap*(len(shown)-1) - width
	priorities := []int{}
	for _, i := range shown {
		g.widths[i] = g.natural[i]
		over += g.widths[i]
		priorities = append(priorities, g.columns[i].Priority)
	}
	slices.Sort(priorities)
	for _, priority := range slices.Backward(slices.Compact(priorities)) {
		for over > 0 {
			widest, second := -1, 0
			for _, i := range shown {
				c := g.columns[i]
				if c.Priority != priority || c.Whole || c.Align != report.Left || g.widths[i] <= floor(i) {
					continue
				}
				if widest < 0 || g.widths[i] > g.widths[widest] {
					if widest >= 0 {
						second = g.widths[widest]
					}
					widest = i
				} else {
					second = max(second, g.widths[i])
				}
			}
			if widest < 0 {
				break
			}
			// Down to the next widest, so that equals share what is left.
			step := min(over, g.widths[widest]-floor(widest), max(1, g.widths[widest]-second))
			g.widths[widest] -= step
			over -= step
		}
	}
	return over
}
