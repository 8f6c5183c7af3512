package render

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/progctl/progctl/pkg/report"
)

// textWidth is about how wide visible text is in a sans serif font of 12 pixels.
func textWidth(s string) float64 {
	width := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("mwMW@%", r):
			width += 11
		case strings.ContainsRune("fijlrtI.,:;|!'()[] -/", r):
			width += 4.4
		case r >= 'A' && r <= 'Z':
			width += 8.4
		case r < utf8.RuneSelf:
			width += 7
		default:
			width += 7.5 * float64(cells(string(r)))
		}
	}
	return width
}

// fitted shortens visible text to a width: in the middle, for what tells names
// apart stands at their ends.
func fitted(s string, room float64) string {
	if textWidth(s) <= room {
		return s
	}
	const ellipsis = 12
	var parts []string
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		parts = append(parts, g.Value())
	}
	head, tail := "", ""
	left := room - ellipsis
	for i, j := 0, len(parts)-1; i <= j; {
		part := parts[j]
		if textWidth(head) < textWidth(tail) {
			part = parts[i]
		}
		if left -= textWidth(part); left < 0 {
			break
		}
		if textWidth(head) < textWidth(tail) {
			head += part
			i++
		} else {
			tail = part + tail
			j--
		}
	}
	return strings.TrimRight(head, " ") + "…" + strings.TrimLeft(tail, " ")
}

type segment struct{ x1, y1, x2, y2 float64 }

type box struct{ left, top, right, bottom float64 }

func (b box) overlaps(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// crossed reports whether a segment touches the box. It cuts the segment at each
// edge and sees what is left. Source: Liang and Barsky, "A New Concept and Method
// for Line Clipping", 1984.
func (b box) crossed(s segment) bool {
	from, to := 0.0, 1.0
	dx, dy := s.x2-s.x1, s.y2-s.y1
	for _, edge := range [...][2]float64{{-dx, s.x1 - b.left}, {dx, b.right - s.x1}, {-dy, s.y1 - b.top}, {dy, b.bottom - s.y1}} {
		p, q := edge[0], edge[1]
		switch {
		case p == 0 && q < 0:
			return false
		case p < 0:
			from = max(from, q/p)
		case p > 0:
			to = min(to, q/p)
		}
	}
	return from <= to
}

// free reports whether a text may stand in the box.
func (s *picture) free(b box) bool {
	return b.left >= 0 && b.right <= svgWidth-2 && b.top >= s.top-8 && b.bottom <= s.bottom-1 &&
		!slices.ContainsFunc(s.boxes, b.overlaps) && !slices.ContainsFunc(s.segments, b.crossed)
}

// labels names each line beside its end where the name hits nothing, those that go
// on right of the plot; the others, and names that are too long, are for the
// legend.
func (s *picture) labels() {
	s.besidePlot()
	for _, line := range s.plot.lines {
		if line.last != "" && line.mark != report.MarkOpen {
			x, y := s.x(line.end().x), s.y(line.end().y)
			s.boxes = append(s.boxes, box{x - 6, y - 6, x + 6, y + 6})
		}
	}
	for i, line := range s.plot.lines {
		if len(line.runs) == 0 || s.ongoing(i) {
			continue
		}
		end := line.end()
		x, y := s.x(end.x), s.y(end.y)
		name := fitted(line.name, svgLabel)
		wide := textWidth(name)
		placed := false
		for _, by := range [...][2]float64{{10, 0}, {8, 13}, {8, -13}, {-wide / 2, 17}, {-wide / 2, -16}, {-wide - 10, 0}} {
			b := box{x + by[0], y + by[1] - 7, x + by[0] + wide, y + by[1] + 7}
			if b.left > s.left && s.free(b) {
				s.boxes = append(s.boxes, b)
				s.text(b.left, y+by[1]+4, "h", name)
				placed = true
				break
			}
		}
		if !placed || name != line.name {
			s.unnamed = append(s.unnamed, i)
		}
	}
	for i, line := range s.plot.lines {
		if len(line.runs) == 0 {
			s.unnamed = append(s.unnamed, i)
		}
	}
	if from, to, ok := s.plot.diagonalEnds(); ok {
		s.alongDiagonal(from, to)
	}
}

// besidePlot names the lines that go on, in the order of their ends, apart from
// each other.
func (s *picture) besidePlot() {
	var list []int
	for i := range s.plot.lines {
		if s.ongoing(i) {
			list = append(list, i)
		}
	}
	if float64(len(list)*svgGap) > s.bottom-s.top {
		s.unnamed = list
		return
	}
	end := func(i int) float64 { return s.y(s.plot.lines[i].end().y) }
	slices.SortStableFunc(list, func(i, j int) int { return int(math.Copysign(1, end(i)-end(j))) })
	wanted := make([]float64, len(list))
	for k, i := range list {
		wanted[k] = end(i)
	}
	for k, y := range spread(wanted, s.top, s.bottom, svgGap) {
		i := list[k]
		name := fitted(s.plot.lines[i].name, svgWidth-s.right-18)
		if s.plot.lines[i].mark == report.MarkOpen {
			s.path(s.class(i), fmt.Sprintf("M%s %sL%s %s", px(s.right+2), px(wanted[k]), px(s.right+11), px(y)))
		}
		s.text(s.right+14, y+4, "", name)
		if name != s.plot.lines[i].name {
			s.unnamed = append(s.unnamed, i)
		}
		s.boxes = append(s.boxes, box{s.right + 4, y - 7, s.right + 14 + textWidth(name), y + 7})
	}
}

// spread moves ascending places as little as may be so that they are a gap apart
// and between top and bottom, which must have room for them: those that crowd
// stand around their middle.
func spread(wanted []float64, top, bottom, gap float64) []float64 {
	type crowd struct {
		start, sum float64
		n          int
	}
	var crowds []crowd
	for _, at := range wanted {
		c := crowd{sum: at, n: 1}
		for {
			// The sum is of where each member would have the first one stand.
			c.start = min(max(c.sum/float64(c.n), top), bottom-gap*float64(c.n-1))
			k := len(crowds) - 1
			if k < 0 || crowds[k].start+gap*float64(crowds[k].n) <= c.start {
				break
			}
			before := crowds[k]
			crowds = crowds[:k]
			c = crowd{sum: before.sum + c.sum - gap*float64(before.n*c.n), n: before.n + c.n}
		}
		crowds = append(crowds, c)
	}
	var places []float64
	for _, c := range crowds {
		for k := range c.n {
			places = append(places, c.start+gap*float64(k))
		}
	}
	return places
}

func (s *picture) diagonal() {
	if from, to, ok := s.plot.diagonalEnds(); ok {
		s.path("d", fmt.Sprintf("M%s %sL%s %s", px(s.x(from.x)), px(s.y(from.y)), px(s.x(to.x)), px(s.y(to.y))))
		s.segments = append(s.segments, segment{s.x(from.x), s.y(from.y), s.x(to.x), s.y(to.y)})
	}
}

// alongDiagonal names the diagonal below it, as far up as there is room, else above.
func (s *picture) alongDiagonal(from, to spot) {
	name := fitted(s.plot.diagonalName(), 2*svgLabel)
	dx, dy := s.x(to.x)-s.x(from.x), s.y(to.y)-s.y(from.y)
	length := math.Hypot(dx, dy)
	half := textWidth(name)/2 + 4
	for _, side := range []float64{12, -10} {
		for _, share := range []float64{0.8, 0.65, 0.5, 0.35, 0.2} {
			if length*min(share, 1-share) < half {
				continue
			}
			// The middle of the text, off the line at a right angle.
			x := s.x(from.x) + dx*share - dy/length*side
			y := s.y(from.y) + dy*share + dx/length*side
			free := true
			for k := -4.0; k <= 4; k++ {
				bx, by := x+dx/length*half*k/4, y+dy/length*half*k/4
				free = free && s.free(box{bx - 6, by - 6, bx + 6, by + 6})
			}
			if !free {
				continue
			}
			angle := math.Atan2(dy, dx) * 180 / math.Pi
			s.text(x-dy/length*4, y+dx/length*4, "f", name, anchorMiddle, fmt.Sprintf(` transform="rotate(%s %s %s)"`, px(angle), px(x-dy/length*4), px(y+dx/length*4)))
			return
		}
	}
	s.unnamed = append(s.unnamed, -1)
}

// legend names in rows below what has no name beside it, and the marks.
func (s *picture) legend() {
	const swatch, between = 30, 24
	x, y := 0.0, s.bottom+41
	entry := func(name string, draw func(x, y float64)) {
		name = fitted(name, svgWidth-swatch-4)
		wide := swatch + textWidth(name)
		if s.rows == 0 || x+wide > svgWidth {
			x = 2
			s.rows++
			y += svgRow
		}
		draw(x, y-4)
		s.text(x+swatch, y, "", name)
		x += wide + between
	}
	line := func(class string) func(x, y float64) {
		return func(x, y float64) { s.path(class, fmt.Sprintf("M%s %sh24", px(x), px(y))) }
	}
	for _, i := range s.unnamed {
		switch {
		case i < 0:
			entry(s.plot.diagonalName(), line("d"))
		case s.plot.lines[i].last == "":
			entry(s.plot.lines[i].name+" (no data)", line("l "+s.class(i)))
		default:
			entry(s.plot.lines[i].name, line("l "+s.class(i)+s.overlap(i)))
		}
	}
	for _, m := range []report.Mark{report.MarkDone, report.MarkDropped} {
		if slices.ContainsFunc(s.plot.lines, func(l plotLine) bool { return l.mark == m && l.last != "" }) {
			entry(m.String(), func(x, y float64) { s.mark(m, "m", x+14, y) })
		}
	}
}
