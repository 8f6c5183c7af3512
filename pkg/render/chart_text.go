package render

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// chartWidth is for where there is no terminal.
const chartWidth = 100

// chart draws lines, each named by a letter, and tells below what the letters
// stand for.
func (p *printer) chart(c *report.Chart) error {
	plot, err := newPlot(c)
	if err != nil {
		return err
	}
	if plot.title != "" {
		for _, line := range wrap(plot.title, p.width, p.width) {
			p.line(p.style.paint(bold, line))
		}
	}
	p.plot(plot, true)
	return nil
}

// plot draws without a title. Where dots is set the font must have those of braille
// in the width of letters, as terminals see to, and pages do not.
func (p *printer) plot(plot *plot, dots bool) {
	if len(plot.lines) == 0 {
		p.dimmed(plot.empty)
		return
	}
	width := p.width
	if width == 0 {
		width = chartWidth
	}
	if c := newCanvas(plot, width, dots); c != nil {
		c.draw()
		p.canvas(c)
	} else {
		p.dimmed("not shown for want of width: the plot")
	}
	p.legend(plot)
}

// chartLetter names a line.
func chartLetter(i int) rune {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if i < len(letters) {
		return rune(letters[i])
	}
	return '*'
}

// lineColor is that of a line: of its tone, or else one of its own.
func lineColor(plot *plot, i int) string {
	if tone := toneColor(plot.lines[i].tone); tone != "" {
		return tone
	}
	return [...]string{cyan, yellow, magenta, green, blue, red}[i%6]
}

func markGlyph(m report.Mark) rune {
	switch m {
	case report.MarkDone:
		return '●'
	case report.MarkDropped:
		return '×'
	}
	return 0
}

// legend says what each letter stands for, where its line is in the end and what
// became of it. Where names would be left with too little room it leaves out where.
func (p *printer) legend(plot *plot) {
	const least = 8
	widest, lasts, marks := 0, 0, 0
	for _, line := range plot.lines {
		widest = max(widest, tableCells(cellText(line.name)))
		lasts = max(lasts, cells(line.last)+2)
		marks = max(marks, len(line.mark.String())+2)
	}
	if p.width > 0 {
		room := p.width - len("a  ") - marks
		if room-lasts < min(widest, least) {
			lasts = 0
		}
		widest = min(widest, max(least, room-lasts))
	}
	for i, line := range plot.lines {
		name := measure(tableCells).cut(cellText(line.name), widest)
		text := name + strings.Repeat(" ", max(0, widest-tableCells(name)))
		if lasts > 0 {
			text += strings.Repeat(" ", lasts-cells(line.last)) + line.last
		}
		switch {
		case line.last == "":
			text = name + "  no data"
		case line.mark != report.MarkOpen:
			text += "  " + line.mark.String()
		}
		p.line(p.style.paint(lineColor(plot, i), string(chartLetter(i))) + "  " + text)
	}
	if _, _, ok := plot.diagonalEnds(); ok {
		name := plot.diagonalName()
		if p.width > 0 {
			name = measure(cells).cut(name, p.width-len("a  "))
		}
		p.line(p.style.paint(dim, "·") + "  " + name)
	}
}

// canvas writes the cells within the axes.
func (p *printer) canvas(c *canvas) {
	gutter := strings.Repeat(" ", c.gutter+1)
	if name := c.plot.y.name(); name != "" {
		p.line(p.style.paint(dim, measure(cells).cut(name, c.gutter+2+c.cols+c.margin)))
	}
	for row := range c.cells {
		head := gutter + p.style.paint(dim, "│")
		if i := slices.IndexFunc(c.yTicks, func(t tick) bool { return c.row(t.at) == row }); i >= 0 {
			text := c.yTicks[i].text
			head = strings.Repeat(" ", c.gutter-cells(text)) + text + " " + p.style.paint(dim, "┤")
		}
		p.line(head + p.cells(c, row))
	}
	axis := []rune(strings.Repeat("─", c.cols))
	texts := strings.Builder{}
	for _, t := range c.xTicks {
		col := c.col(t.at)
		axis[col] = '┬'
		n := cells(t.text)
		start := max(0, min(len(gutter)+1+col-n/2, len(gutter)+1+c.cols+c.margin-n))
		if pad := start - texts.Len(); texts.Len() == 0 || pad >= 1 {
			texts.WriteString(strings.Repeat(" ", max(0, pad)) + t.text)
		}
	}
	p.line(gutter + p.style.paint(dim, "└"+string(axis)))
	p.line(texts.String())
	if name := c.plot.x.name(); name != "" {
		name = measure(cells).cut(name, c.cols)
		p.line(gutter + " " + strings.Repeat(" ", c.cols-cells(name)) + p.style.paint(dim, name))
	}
}

// cells spells a row, in one colour as long as it is the same.
func (p *printer) cells(c *canvas, row int) string {
	var b, same strings.Builder
	color := ""
	for _, cell := range c.cells[row] {
		glyph := cell.spelled()
		if glyph != ' ' {
			next := dim
			if cell.line > 0 {
				next = lineColor(c.plot, cell.line-1)
			}
			if next != color {
				b.WriteString(p.style.paint(color, same.String()))
				same.Reset()
				color = next
			}
		}
		same.WriteRune(glyph)
	}
	b.WriteString(p.style.paint(color, strings.TrimRight(same.String(), " ")))
	return b.String()
}
