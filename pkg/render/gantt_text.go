package render

import (
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

const (
	// ganttLeast is how many columns bars need to show anything.
	ganttLeast = 16
	// ganttLabel is how many cells a label takes at most.
	ganttLabel = 40
)

// gantt draws bars under their days, and tells below what they are.
func (p *printer) gantt(g *gantt, titled bool) {
	if g.title != "" && titled {
		for _, line := range wrap(g.title, p.width, p.width) {
			p.line(p.style.paint(bold, line))
		}
	}
	if len(g.rows) == 0 {
		p.dimmed(g.empty)
		return
	}
	c := newGanttCanvas(g, p.width)
	if c == nil {
		p.dimmed("not shown for want of width: the bars")
		return
	}
	p.ganttAxis(c)
	for i := range g.rows {
		p.ganttRow(c, &g.rows[i])
	}
	p.ganttLegend(g)
}

// ganttCanvas is how wide what is.
type ganttCanvas struct {
	*gantt
	label, indent, cols, note int
	ticks                     []tick
}

// newGanttCanvas returns nil where there is no room. Notes give way to bars.
func newGanttCanvas(g *gantt, width int) *ganttCanvas {
	if width == 0 {
		width = chartWidth
	}
	c := &ganttCanvas{gantt: g}
	if g.grouped {
		c.indent = 2
	}
	for _, r := range g.rows {
		if !r.heading {
			c.label = max(c.label, tableCells(cellText(r.label)))
			c.note = max(c.note, tableCells(cellText(r.note)))
		}
	}
	c.label = min(c.label, ganttLabel, max(12, width*2/5))
	c.cols = width - c.indent - c.label - len(" ! ")
	if c.note > 0 {
		if c.cols-c.note-1 >= 2*ganttLeast {
			c.cols -= c.note + 1
		} else {
			c.note = 0
		}
	}
	if c.cols < ganttLeast {
		return nil
	}
	c.ticks = g.scale.ticks(func(n, wide int) bool { return n*(wide+3) <= c.cols })
	return c
}

func (c *ganttCanvas) col(at float64) int {
	return min(max(int(c.scale.share(at)*float64(c.cols)+0.5), 0), c.cols-1)
}

func (c *ganttCanvas) dayCol(day float64) int { return slot(c.scale.share(day+0.5), c.cols) }

// ganttAxis writes the days over the bars.
func (p *printer) ganttAxis(c *ganttCanvas) {
	gutter := c.indent + c.label + len(" ! ")
	axis := []rune(strings.Repeat("─", c.cols))
	var texts strings.Builder
	texts.WriteString(strings.Repeat(" ", gutter))
	for _, t := range c.ticks {
		col := c.col(t.at)
		axis[col] = '┬'
		start := min(gutter+col, gutter+c.cols-cells(t.text))
		if pad := start - texts.Len(); pad >= 0 {
			texts.WriteString(strings.Repeat(" ", pad) + t.text)
		}
	}
	p.line(texts.String())
	p.line(strings.Repeat(" ", gutter) + p.style.paint(dim, string(axis)))
}

// ganttCell is a glyph and its colour.
type ganttCell struct {
	glyph rune
	color string
}

func barCell(kind report.BarKind, critical bool) ganttCell {
	switch {
	case kind == report.BarFloat:
		return ganttCell{'╌', dim}
	case kind == report.BarDone:
		return ganttCell{'░', dim}
	case critical:
		return ganttCell{'█', red}
	}
	return ganttCell{'▒', cyan}
}

func dayCell(kind report.DayKind, critical bool) ganttCell {
	switch {
	case kind == report.DayDue:
		return ganttCell{'◇', ""}
	case kind == report.DayMissed:
		return ganttCell{'◆', red}
	case critical:
		return ganttCell{'●', red}
	}
	return ganttCell{'●', cyan}
}

func (p *printer) ganttRow(c *ganttCanvas, r *ganttRow) {
	if r.heading {
		p.line(p.style.paint(bold, measure(tableCells).cut(cellText(r.label), c.indent+c.label+len(" ! ")+c.cols)))
		return
	}
	row := make([]ganttCell, c.cols)
	if !c.today.IsZero() {
		row[c.col(float64(c.today))] = ganttCell{'┊', dim}
	}
	for _, b := range r.bars {
		from := c.col(float64(b.Period.From))
		for col := from; col < max(from+1, c.until(float64(b.Period.To))); col++ {
			row[col] = barCell(b.Kind, r.critical)
		}
	}
	for _, m := range r.marks {
		row[c.dayCol(float64(m.Day))] = dayCell(m.Kind, r.critical)
	}
	label := measure(tableCells).cut(cellText(r.label), c.label)
	flag := " "
	if r.critical {
		flag = "!"
	}
	var bars strings.Builder
	for i := 0; i < len(row); {
		same := i
		var run strings.Builder
		for ; i < len(row) && row[i].color == row[same].color; i++ {
			if row[i].glyph == 0 {
				run.WriteByte(' ')
			} else {
				run.WriteRune(row[i].glyph)
			}
		}
		bars.WriteString(p.style.paint(row[same].color, run.String()))
	}
	line := strings.Repeat(" ", c.indent) + label + strings.Repeat(" ", c.label-tableCells(label)) + " " + p.style.paint(red, flag) + " " + bars.String()
	if c.note > 0 && r.note != "" {
		line += " " + measure(tableCells).cut(cellText(r.note), c.note)
	}
	p.line(line)
}

// until is the column at which a bar ends, which is not its own.
func (c *ganttCanvas) until(at float64) int {
	return min(int(c.scale.share(at)*float64(c.cols)+0.5), c.cols)
}

func (p *printer) ganttLegend(g *gantt) {
	var parts []string
	for _, e := range g.legend() {
		cell := barCell(e.bar, e.critical)
		text := e.text
		switch {
		case e.today:
			cell = ganttCell{'┊', dim}
		case e.mark:
			cell = dayCell(e.day, false)
		case e.critical:
			text += " (!)"
		}
		parts = append(parts, p.style.paint(cell.color, string(cell.glyph))+" "+text)
	}
	// The parts hold escape sequences, so that they are put together and not wrapped.
	line, room := "", p.width
	for _, part := range parts {
		n := cells(sgrSequence.ReplaceAllString(part, ""))
		if line != "" && p.width > 0 && room < n+3 {
			p.line(line)
			line, room = "", p.width
		}
		if line != "" {
			line += "   "
			room -= 3
		}
		line += part
		room -= n
	}
	if line != "" {
		p.line(line)
	}
}
