package render

const (
	chartRows = 20
	// chartLeast is how many columns a plot needs to show anything.
	chartLeast = 12
)

// canvas is the cells of a plot.
type canvas struct {
	plot *plot
	// dots draws straight lines in the dots of braille, else as stairs like those
	// that hold their value.
	dots       bool
	cols, rows int
	// gutter is the width of the texts beside the vertical axis, margin that of the
	// letters right of the plot.
	gutter, margin int
	cells          [][]canvasCell
	xTicks, yTicks []tick
}

// canvasCell shows a glyph, or else dots, or else a piece of a box.
type canvasCell struct {
	glyph, dots rune
	// ways are the neighbours that lines go to from here.
	ways ways
	// line is which one drew here last, from 1; 0 is the diagonal, or nothing.
	line int
	// label is set where nothing may be drawn over the glyph.
	label bool
}

func (c canvasCell) spelled() rune {
	const blank = 0x2800
	switch {
	case c.glyph != 0:
		return c.glyph
	case c.dots != 0:
		return blank + c.dots
	}
	return boxes[c.ways]
}

type ways uint8

const (
	left ways = 1 << iota
	right
	up
	down

	level   = left | right
	upright = up | down
)

var boxes = [...]rune{
	0: ' ', left: '─', right: '─', level: '─', up: '│', down: '│', upright: '│',
	left | up: '┘', left | down: '┐', right | up: '└', right | down: '┌',
	left | upright: '┤', right | upright: '├', level | up: '┴', level | down: '┬', level | upright: '┼',
}

// newCanvas returns nil where there is no room.
func newCanvas(plot *plot, width int, dots bool) *canvas {
	c := &canvas{plot: plot, dots: dots, rows: chartRows}
	c.yTicks = plot.y.ticks(func(n, _ int) bool { return n <= 7 })
	for _, t := range c.yTicks {
		c.gutter = max(c.gutter, cells(t.text))
	}
	atRow := map[int]int{}
	for i := range plot.lines {
		if c.ongoing(i) {
			row := c.row(plot.lines[i].end().y)
			atRow[row]++
			c.margin = max(c.margin, atRow[row]+1)
		}
	}
	if c.cols = width - c.gutter - 2 - c.margin; c.cols < chartLeast {
		return nil
	}
	c.cells = make([][]canvasCell, c.rows)
	for r := range c.cells {
		c.cells[r] = make([]canvasCell, c.cols+c.margin)
	}
	c.xTicks = plot.x.ticks(func(n, wide int) bool { return n*(wide+3) <= c.cols })
	return c
}

// ongoing reports whether a line ends where the plot does.
func (c *canvas) ongoing(i int) bool {
	line := &c.plot.lines[i]
	return len(line.runs) > 0 && line.end().x >= c.plot.x.hi
}

func (c *canvas) col(x float64) int  { return slot(c.plot.x.share(x), c.cols) }
func (c *canvas) row(y float64) int  { return slot(1-c.plot.y.share(y), c.rows) }
func (c *canvas) dotX(x float64) int { return slot(c.plot.x.share(x), 2*c.cols) }
func (c *canvas) dotY(y float64) int { return slot(1-c.plot.y.share(y), 4*c.rows) }

// slot is in which of n equal parts a share of 0 to 1 falls.
func slot(share float64, n int) int { return min(max(int(share*float64(n)), 0), n-1) }

// across is the middle of a column.
func (c *canvas) across(col int) float64 {
	x := c.plot.x
	return x.lo + (x.hi-x.lo)*(float64(col)+0.5)/float64(c.cols)
}

func (c *canvas) draw() {
	if from, to, ok := c.plot.diagonalEnds(); ok {
		for col := c.col(from.x); col <= c.col(to.x); col++ {
			c.cells[c.row(min(max(c.across(col), from.x), to.x))][col].glyph = '·'
		}
	}
	for i, line := range c.plot.lines {
		for _, run := range line.runs {
			switch {
			case len(run) == 1:
				c.cells[c.row(run[0].y)][c.col(run[0].x)] = canvasCell{glyph: '•', line: i + 1}
			case c.dots && !line.step:
				c.dotted(i, run)
			default:
				c.boxed(i, c.path(run, line.step), line.step)
			}
		}
	}
	c.letters()
}

// dotted draws straight lines from point to point, each cell 2 dots wide and 4 high.
func (c *canvas) dotted(i int, run []spot) {
	bits := [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
	for k, to := range run[1:] {
		x, y := c.dotX(run[k].x), c.dotY(run[k].y)
		wide, high := c.dotX(to.x)-x, c.dotY(to.y)-y
		n := max(1, wide, high, -high)
		for j := range n + 1 {
			dotX, dotY := x+wide*j/n, y+high*j/n
			cell := &c.cells[dotY/4][dotX/2]
			if cell.dots == 0 {
				*cell = canvasCell{}
			}
			cell.dots |= bits[dotY%4][dotX%2]
			cell.line = i + 1
		}
	}
}

// place is a cell.
type place struct{ row, col int }

// path is the cells of a run, each a neighbour of that before it. A rise takes place
// in the column that it leads to.
func (c *canvas) path(run []spot, step bool) []place {
	at := place{c.row(run[0].y), c.col(run[0].x)}
	path := []place{at}
	climb := func(row int) {
		for at.row != row {
			if at.row < row {
				at.row++
			} else {
				at.row--
			}
			path = append(path, at)
		}
	}
	for i, to := range run[1:] {
		from := run[i]
		for last := c.col(to.x); at.col < last; {
			y := from.y
			if !step {
				y += (to.y - from.y) * min(1, max(0, (c.across(at.col+1)-from.x)/(to.x-from.x)))
			}
			at.col++
			path = append(path, at)
			climb(c.row(y))
		}
		climb(c.row(to.y))
	}
	return path
}

// boxed draws a path. Where it meets another line that holds its value, they join;
// stairs would be lost in joints, and only cross.
func (c *canvas) boxed(i int, path []place, step bool) {
	for k, at := range path {
		var w ways
		if k > 0 {
			w |= toward(at, path[k-1])
		}
		if k < len(path)-1 {
			w |= toward(at, path[k+1])
		}
		cell := &c.cells[at.row][at.col]
		if crossing := w|cell.ways == level|upright && (w == level || w == upright); step || crossing || cell.line == i+1 {
			w |= cell.ways
		}
		*cell = canvasCell{ways: w, line: i + 1}
	}
}

// toward is the way from a cell to a neighbour.
func toward(from, to place) ways {
	switch {
	case to.col < from.col:
		return left
	case to.col > from.col:
		return right
	case to.row < from.row:
		return up
	}
	return down
}

// letters names the lines: along them, where those on top of each other take
// turns, and at their ends.
func (c *canvas) letters() {
	const every, apart = 24, 7
	for i, line := range c.plot.lines {
		for _, run := range line.runs {
			for col := c.col(run[0].x) + 2; col < c.col(run[len(run)-1].x)-2; col++ {
				if len(c.plot.lines) < 2 || (col+apart*i)%every != every/2 {
					continue
				}
				if y, ok := line.at(c.across(col)); ok {
					cell := &c.cells[c.row(y)][col]
					if !cell.label && (cell.ways == level || cell.dots != 0) {
						*cell = c.letter(i)
					}
				}
			}
		}
	}
	for i, line := range c.plot.lines {
		if len(line.runs) == 0 {
			continue
		}
		row, col := c.row(line.end().y), c.col(line.end().x)
		if glyph := markGlyph(line.mark); glyph != 0 {
			c.cells[row][col] = canvasCell{glyph: glyph, line: i + 1, label: true}
		}
		c.name(i, row, col)
	}
}

func (c *canvas) letter(i int) canvasCell {
	return canvasCell{glyph: chartLetter(i), line: i + 1, label: true}
}

// name sets the letter of a line beside its end: on a free cell, else over a line.
func (c *canvas) name(i, row, col int) {
	if c.ongoing(i) {
		k := c.cols + 1
		for c.cells[row][k].label {
			k++
		}
		c.cells[row][k] = c.letter(i)
		return
	}
	for _, free := range []bool{true, false} {
		for _, by := range []place{{0, 1}, {0, 2}, {0, 3}, {1, 1}, {-1, 1}, {1, 0}, {-1, 0}, {1, 2}, {-1, 2}, {0, -1}} {
			r, k := row+by.row, col+by.col
			if r < 0 || r >= c.rows || k < 0 || k >= c.cols {
				continue
			}
			if cell := &c.cells[r][k]; !cell.label && (cell.line == 0 || !free) {
				*cell = c.letter(i)
				return
			}
		}
	}
}
