package render

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// The measures of a picture in pixels at its natural size. Texts are 12 high.
const (
	svgWidth  = 800
	svgHeight = 330 // of the plot alone
	svgTop    = 30
	svgRow    = 18 // of the legend
	svgGap    = 15 // between labels, at least
	svgLabel  = 190
)

// svgStyle colours a picture on its own, in light and dark and on paper. Any two of
// the eight colours of lines differ for people who see all, or no red, green or
// blue: by 11 in OKLab × 100 at the least, under the simulations of Machado,
// Oliveira and Fernandes (2009). All have a contrast of 3 to 1 to the paper.
const svgStyle = `.plot text{fill:#1f2328;font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}` +
	`.plot path{fill:none}.plot .f{fill:#59636e}.plot .b{fill:#fff}` +
	`.plot .g{stroke:#d1d9e0;shape-rendering:crispEdges}.plot .z{stroke:#59636e;shape-rendering:crispEdges}.plot .m{stroke:#59636e}` +
	`.plot .d{stroke:#59636e;stroke-width:1.5;stroke-dasharray:5 4}` +
	`.plot .l{stroke-width:2;stroke-linejoin:round}.plot .o1{stroke-dasharray:8 4}.plot .o2{stroke-dasharray:4 8}.plot .o3{stroke-dasharray:2 10}` +
	`.plot .p{stroke-width:5;stroke-linecap:round}.plot .e{stroke-width:13;stroke-linecap:round}.plot .x{stroke-width:2.5}` +
	`.plot .c{stroke:#fff;stroke-width:2}.plot .h{stroke:#fff;stroke-width:4;stroke-linejoin:round;paint-order:stroke}` +
	`.plot .k0{stroke:#236d9a}.plot .k1{stroke:#b97e12}.plot .k2{stroke:#9f69eb}.plot .k3{stroke:#339f8e}` +
	`.plot .k4{stroke:#55120b}.plot .k5{stroke:#232da6}.plot .k6{stroke:#824b13}.plot .k7{stroke:#361e57}` +
	`.plot .good{stroke:#116329}.plot .warn{stroke:#835400}.plot .bad{stroke:#b3261e}.plot .dim{stroke:#818b98}` +
	`@media screen and (prefers-color-scheme:dark){.plot text{fill:#e6edf3}.plot .f{fill:#9198a1}.plot .b{fill:#0d1117}` +
	`.plot .g{stroke:#3d444d}.plot .z,.plot .d,.plot .m{stroke:#9198a1}.plot .c,.plot .h{stroke:#0d1117}` +
	`.plot .k0{stroke:#5f7dfb}.plot .k1{stroke:#ecad7a}.plot .k2{stroke:#a3489d}.plot .k3{stroke:#95fbe7}` +
	`.plot .k4{stroke:#c97c94}.plot .k5{stroke:#a3bafe}.plot .k6{stroke:#687c02}.plot .k7{stroke:#f8ea21}` +
	`.plot .good{stroke:#56d364}.plot .warn{stroke:#e3b341}.plot .bad{stroke:#ff8f87}.plot .dim{stroke:#767e88}}`

// svg draws a plot as a picture that needs nothing else: no style, font or script
// of a page. Its texts are escaped for XML and HTML alike.
func svg(p *plot) string {
	s := newSVG(p)
	if len(p.lines) > 0 {
		s.grid()
		s.diagonal()
		s.curves()
		s.labels()
		s.legend()
	} else {
		s.bottom = 0
		s.text(8, 20, "f", p.empty)
	}
	title := cmp.Or(p.title, s.about())
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" width="%d" height="%[2]d" viewBox="0 0 %[1]d %[2]d">`, svgWidth, s.height()) +
		"<title>" + html.EscapeString(title) + "</title><desc>" + html.EscapeString(s.described()) + "</desc><style>" + svgStyle + "</style>" +
		`<rect class="b" width="100%" height="100%"/>` + s.body.String() + "</svg>"
}

// picture is a plot on paper.
type picture struct {
	plot *plot
	body strings.Builder
	// The edges of the plot.
	left, right, top, bottom float64
	xTicks, yTicks           []tick
	// points are those of the lines on paper, boxes where texts stand.
	segments []segment
	boxes    []box
	// unnamed are lines, and the diagonal as −1, that only the legend can name.
	unnamed []int
	rows    int
}

func newSVG(p *plot) *picture {
	s := &picture{plot: p, top: svgTop, bottom: svgTop + svgHeight}
	if len(p.lines) == 0 {
		return s
	}
	s.yTicks = p.y.ticks(func(n, _ int) bool { return n <= 8 })
	for _, t := range s.yTicks {
		s.left = max(s.left, math.Ceil(textWidth(t.text))+12)
	}
	margin := 24.0
	for i := range p.lines {
		if s.ongoing(i) {
			margin = max(margin, min(math.Ceil(textWidth(p.lines[i].name)), svgLabel)+20)
		}
	}
	s.right = svgWidth - margin
	s.xTicks = p.x.ticks(func(n, wide int) bool { return float64(n*(wide*7+18)) <= s.right-s.left })
	return s
}

func (s *picture) ongoing(i int) bool {
	line := &s.plot.lines[i]
	return len(line.runs) > 0 && line.end().x >= s.plot.x.hi
}

// height is that of the whole.
func (s *picture) height() int {
	const axis = 46
	return int(s.bottom) + axis + s.rows*svgRow
}

func (s *picture) x(at float64) float64 { return s.left + s.plot.x.share(at)*(s.right-s.left) }
func (s *picture) y(at float64) float64 { return s.bottom - s.plot.y.share(at)*(s.bottom-s.top) }

// about says in a few words what the axes are.
func (s *picture) about() string {
	return strings.TrimSpace(cmp.Or(s.plot.y.name(), "y") + " over " + cmp.Or(s.plot.x.name(), "x"))
}

// described tells a reader who does not see the lines where each begins and ends.
func (s *picture) described() string {
	const most = 60
	if len(s.plot.lines) == 0 {
		return s.plot.empty
	}
	parts := make([]string, len(s.plot.lines))
	for i, line := range s.plot.lines {
		parts[i] = measure(cells).cut(line.name, most) + ": "
		switch line.last {
		case "":
			parts[i] += "no data"
		case line.first:
			parts[i] += line.last
		default:
			parts[i] += "from " + line.first + " to " + line.last
		}
		if line.last != "" && line.mark != report.MarkOpen {
			parts[i] += ", " + line.mark.String()
		}
	}
	return s.about() + ". " + strings.Join(parts, "; ")
}

func (s *picture) path(class, d string) {
	if d != "" {
		s.body.WriteString(`<path class="` + class + `" d="` + d + `"/>`)
	}
}

// text writes from x on, or where the class asks for it up to x or around it.
func (s *picture) text(x, y float64, class, text string, more ...string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	s.body.WriteString(`<text x="` + px(x) + `" y="` + px(y) + `"` + class + strings.Join(more, "") + ">" + html.EscapeString(text) + "</text>")
}

const (
	anchorEnd    = ` text-anchor="end"`
	anchorMiddle = ` text-anchor="middle"`
)

// grid draws the axes, their names and a thin line at each tick.
func (s *picture) grid() {
	var lines, ticks strings.Builder
	for _, t := range s.yTicks {
		y := math.Round(s.y(t.at)) + 0.5
		lines.WriteString("M" + px(s.left) + " " + px(y) + "H" + px(s.right))
		s.text(s.left-8, y+4, "f", t.text, anchorEnd)
	}
	for _, t := range s.xTicks {
		x := math.Round(s.x(t.at)) + 0.5
		lines.WriteString("M" + px(x) + " " + px(s.top) + "V" + px(s.bottom))
		ticks.WriteString("M" + px(x) + " " + px(s.bottom) + "v5")
		half := textWidth(t.text) / 2
		s.text(min(max(x, half+2), svgWidth-half-2), s.bottom+19, "f", t.text, anchorMiddle)
	}
	s.path("g", lines.String())
	axis := "M" + px(s.left) + " " + px(s.bottom+0.5) + "H" + px(s.right)
	if y := s.plot.y; y.kind.noun != days && y.lo < 0 && y.hi > 0 {
		axis += "M" + px(s.left) + " " + px(math.Round(s.y(0))+0.5) + "H" + px(s.right)
	}
	s.path("z", axis+ticks.String())
	if name := s.plot.y.name(); name != "" {
		s.text(2, 16, "f", fitted(name, svgWidth-8))
	}
	if name := s.plot.x.name(); name != "" {
		s.text(s.right, s.bottom+37, "f", fitted(name, s.right), anchorEnd)
	}
}

// curves draws the lines, and dots at their points where these do not crowd.
func (s *picture) curves() {
	const apart = 9
	for i, line := range s.plot.lines {
		var curve, dots strings.Builder
		n := 0
		for _, run := range line.runs {
			n += len(run)
		}
		sparse := float64(n*apart) <= s.right-s.left
		for _, run := range line.runs {
			if d := s.curve(run, line.step); d != "" {
				curve.WriteString(d)
			}
			for _, at := range run {
				if sparse || len(run) == 1 {
					dots.WriteString("M" + px(s.x(at.x)) + " " + px(s.y(at.y)) + "h0")
				}
			}
		}
		class := s.class(i)
		s.path("l "+class+s.overlap(i), curve.String())
		s.path("p "+class, dots.String())
	}
	for i, line := range s.plot.lines {
		if len(line.runs) == 0 {
			continue
		}
		end := line.end()
		s.mark(line.mark, s.class(i), s.x(end.x), s.y(end.y))
	}
}

// mark draws a tick on a disc, or a cross.
func (s *picture) mark(m report.Mark, class string, x, y float64) {
	switch at := "M" + px(x) + " " + px(y); m {
	case report.MarkDone:
		s.path("e "+class, at+"h0")
		s.path("c", at+"m-3 0l2 2 4-4")
	case report.MarkDropped:
		s.path("x "+class, at+"m-4-4l8 8m0-8l-8 8")
	}
}

// curve is the path of a run of two points or more.
func (s *picture) curve(run []spot, step bool) string {
	var b strings.Builder
	x, y := s.x(run[0].x), s.y(run[0].y)
	if len(run) > 1 {
		b.WriteString("M" + px(x) + " " + px(y))
	}
	to := func(nextX, nextY float64) {
		s.segments = append(s.segments, segment{x, y, nextX, nextY})
		x, y = nextX, nextY
	}
	for i, at := range run[1:] {
		nextX, nextY := s.x(at.x), s.y(at.y)
		switch {
		case !step:
			b.WriteString("L" + px(nextX) + " " + px(nextY))
			to(nextX, nextY)
		case px(y) != px(nextY):
			b.WriteString("H" + px(nextX) + "V" + px(nextY))
			to(nextX, y)
			to(nextX, nextY)
		case i == len(run)-2:
			b.WriteString("H" + px(nextX))
			to(nextX, y)
		}
	}
	return b.String()
}

// class is the colour of a line.
func (s *picture) class(i int) string {
	return cmp.Or(toneClasses[s.plot.lines[i].tone], "k"+strconv.Itoa(i%8))
}

// overlap is a class of dashes for a line that lies upon earlier ones for a while,
// so that these show between.
func (s *picture) overlap(i int) string {
	const samples, long, close = 200, 20, 0.75
	below := 0
	for j := range i {
		n := 0
		for k := range samples + 1 {
			x := s.plot.x.lo + (s.plot.x.hi-s.plot.x.lo)*float64(k)/samples
			y, ok := s.plot.lines[i].at(x)
			other, too := s.plot.lines[j].at(x)
			if ok && too && math.Abs(s.y(y)-s.y(other)) < close {
				n++
			}
		}
		if n >= long {
			below++
		}
	}
	if below == 0 {
		return ""
	}
	return " o" + strconv.Itoa(min(below, 3))
}

// px spells a length with one decimal at most.
func px(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64)
}
