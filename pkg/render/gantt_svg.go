package render

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// The measures of a drawing of bars, in pixels.
const (
	ganttTop      = 34 // above the first row
	ganttLine     = 22 // of a row
	ganttBar      = 12 // of a bar
	ganttNames    = 240
	ganttNoteRoom = 150
)

// ganttStyle colours bars as svgStyle does lines. What is critical is dark on light
// paper and light on dark, and what is not the other way round, so that they differ
// without colour, too.
const ganttStyle = `.gantt text{fill:#1f2328;font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}` +
	`.gantt .f{fill:#59636e}.gantt .h,.gantt .o{font-weight:600}.gantt .o{stroke:#fff;stroke-width:4;stroke-linejoin:round;paint-order:stroke}.gantt .b{fill:#fff}.gantt path{fill:none}` +
	`.gantt .g{stroke:#d1d9e0;shape-rendering:crispEdges}.gantt .z{stroke:#59636e;shape-rendering:crispEdges}` +
	`.gantt .w{fill:#8ab8dc}.gantt .c{fill:#a3241c}.gantt .d{fill:#ccd3da}.gantt .s{stroke:#59636e;stroke-width:1.5;stroke-dasharray:1.5 3}` +
	`.gantt .t{stroke:#1f2328;stroke-dasharray:4 3}.gantt .u{fill:#fff;stroke:#1f2328;stroke-width:1.5}` +
	`.gantt .x{fill:#a3241c;stroke:#fff;stroke-width:1.5}` +
	`@media screen and (prefers-color-scheme:dark){.gantt text{fill:#e6edf3}.gantt .f{fill:#9198a1}.gantt .b{fill:#0d1117}.gantt .o{stroke:#0d1117}` +
	`.gantt .g{stroke:#3d444d}.gantt .z,.gantt .s{stroke:#9198a1}.gantt .w{fill:#2f6690}.gantt .c{fill:#ff8f87}.gantt .d{fill:#3d444d}` +
	`.gantt .t{stroke:#e6edf3}.gantt .u{fill:#0d1117;stroke:#e6edf3}.gantt .x{fill:#ff8f87;stroke:#0d1117}}`

// ganttPicture is bars on paper.
type ganttPicture struct {
	*gantt
	body        strings.Builder
	left, right float64
	bottom      float64
	ticks       []tick
}

// svg draws bars as a picture that needs nothing else. Its texts are escaped for XML
// and HTML alike.
func (g *gantt) svg() string {
	s := &ganttPicture{gantt: g, right: svgWidth - 10}
	height := 30.0
	if len(g.rows) > 0 {
		s.layOut()
		s.grid()
		for i := range g.rows {
			s.row(&g.rows[i], ganttTop+ganttLine*float64(i))
		}
		height = s.legend()
	} else {
		s.text(8, 20, "f", g.empty, "")
	}
	title := cmp.Or(g.title, "bars over days")
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="gantt" role="img" width="%d" height="%[2]d" viewBox="0 0 %[1]d %[2]d">`, svgWidth, int(height)) +
		"<title>" + html.EscapeString(title) + "</title><desc>" + html.EscapeString(g.described()) + "</desc><style>" + ganttStyle + "</style>" +
		`<rect class="b" width="100%" height="100%"/>` + s.body.String() + "</svg>"
}

func (s *ganttPicture) layOut() {
	note := 0.0
	for _, r := range s.rows {
		if !r.heading {
			s.left = max(s.left, s.labelWidth(&r))
			note = max(note, textWidth(r.note))
		}
	}
	s.left = math.Ceil(min(s.left, ganttNames)) + 16 + s.indent()
	if note > 0 {
		s.right -= math.Ceil(min(note, ganttNoteRoom)) + 10
	}
	s.bottom = ganttTop + ganttLine*float64(len(s.rows)) + 4
	s.ticks = s.scale.ticks(func(n, wide int) bool { return float64(n*(wide*7+18)) <= s.right-s.left })
}

// labelWidth allows for what is written in bold.
func (s *ganttPicture) labelWidth(r *ganttRow) float64 {
	if r.critical {
		return textWidth(r.label) * 1.06
	}
	return textWidth(r.label)
}

func (s *ganttPicture) indent() float64 {
	if s.grouped {
		return 12
	}
	return 0
}

func (s *ganttPicture) x(at float64) float64 { return s.left + s.scale.share(at)*(s.right-s.left) }

func (s *ganttPicture) path(class, d string) {
	s.body.WriteString(`<path class="` + class + `" d="` + d + `"/>`)
}

func (s *ganttPicture) text(x, y float64, class, text, anchor string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	s.body.WriteString(`<text x="` + px(x) + `" y="` + px(y) + `"` + class + anchor + ">" + html.EscapeString(text) + "</text>")
}

// grid draws a line at each tick, one below the names of the days, and today.
func (s *ganttPicture) grid() {
	var lines strings.Builder
	for _, t := range s.ticks {
		x := math.Round(s.x(t.at)) + 0.5
		lines.WriteString("M" + px(x) + " " + px(ganttTop-8) + "V" + px(s.bottom))
		half := textWidth(t.text) / 2
		s.text(min(max(x, half+2), svgWidth-half-2), ganttTop-14, "f", t.text, anchorMiddle)
	}
	for i, r := range s.rows {
		if r.heading && i > 0 {
			lines.WriteString("M0 " + px(ganttTop+ganttLine*float64(i)+0.5) + "H" + px(svgWidth))
		}
	}
	if lines.Len() > 0 {
		s.path("g", lines.String())
	}
	s.path("z", "M"+px(s.left)+" "+px(ganttTop-7.5)+"H"+px(s.right))
	if !s.today.IsZero() {
		s.path("t", "M"+px(s.x(float64(s.today)))+" "+px(ganttTop-8)+"V"+px(s.bottom))
	}
}

func (s *ganttPicture) row(r *ganttRow, top float64) {
	base := top + ganttLine/2 + 4
	if r.heading {
		s.text(2, base, "o", fitted(r.label, svgWidth-8), "")
		return
	}
	class := ""
	room := s.left - 12 - s.indent()
	if r.critical {
		class = "h"
		room /= 1.06
	}
	s.text(2+s.indent(), base, class, fitted(r.label, room), "")
	if r.note != "" {
		s.text(s.right+10, base, "f", fitted(r.note, svgWidth-s.right-12), "")
	}
	for _, b := range r.bars {
		s.bar(b.Kind, r.critical, s.x(float64(b.Period.From)), s.x(float64(b.Period.To)), top+ganttLine/2)
	}
	for _, m := range r.marks {
		s.mark(m.Kind, r.critical, s.x(float64(m.Day)+0.5), top+ganttLine/2)
	}
}

// bar is never too short to be seen.
func (s *ganttPicture) bar(kind report.BarKind, critical bool, from, to, middle float64) {
	const half, least = ganttBar / 2, 4
	if kind == report.BarFloat {
		s.path("s", "M"+px(from)+" "+px(middle)+"H"+px(max(to, from+1)))
		return
	}
	class := "w"
	switch {
	case kind == report.BarDone:
		class = "d"
	case critical:
		class = "c"
	}
	s.path(class, "M"+px(from)+" "+px(middle-half)+"H"+px(max(to, from+least))+"V"+px(middle+half)+"H"+px(from)+"z")
}

func (s *ganttPicture) mark(kind report.DayKind, critical bool, x, y float64) {
	diamond := func(class string, size float64) {
		s.path(class, "M"+px(x)+" "+px(y-size)+"L"+px(x+size)+" "+px(y)+"L"+px(x)+" "+px(y+size)+"L"+px(x-size)+" "+px(y)+"z")
	}
	switch {
	case kind == report.DayDue:
		diamond("u", 5)
	case kind == report.DayMissed:
		diamond("x", 6.5)
	case critical:
		s.disc("c", x, y)
	default:
		s.disc("w", x, y)
	}
}

func (s *ganttPicture) disc(class string, x, y float64) {
	s.path(class, "M"+px(x-4)+" "+px(y)+"a4 4 0 1 0 8 0a4 4 0 1 0-8 0z")
}

// legend says below what is what, and returns how high the whole is.
func (s *ganttPicture) legend() float64 {
	const swatch, between = 30, 24
	x, y := 2.0, s.bottom+22
	for _, e := range s.gantt.legend() {
		wide := swatch + textWidth(e.text)
		if x > 2 && x+wide > svgWidth-40 {
			x, y = 2, y+svgRow
		}
		switch {
		case e.today:
			s.path("t", "M"+px(x+12)+" "+px(y-12)+"v16")
		case e.mark:
			s.mark(e.day, false, x+12, y-4)
		default:
			s.bar(e.bar, e.critical, x, x+24, y-4)
		}
		s.text(x+swatch, y, "", e.text, "")
		x += wide + between
	}
	return y + 14
}

// described tells a reader who does not see the bars what there is.
func (g *gantt) described() string {
	const most = 60
	var parts []string
	for _, r := range g.rows {
		if r.heading {
			continue
		}
		if len(parts) == most {
			parts = append(parts, "and more")
			break
		}
		var from, to cal.Date
		for _, b := range r.bars {
			if b.Kind != report.BarFloat && (from.IsZero() || b.Period.From < from) {
				from = b.Period.From
			}
			if b.Kind != report.BarFloat {
				to = max(to, b.Period.To-1)
			}
		}
		text := measure(cells).cut(r.label, most)
		if !from.IsZero() {
			text += " from " + from.String() + " to " + to.String()
		}
		for _, m := range r.marks {
			text += ", " + m.Kind.String() + " " + m.Day.String()
		}
		if r.critical {
			text += ", critical"
		}
		parts = append(parts, text)
	}
	return cmp.Or(strings.Join(parts, "; "), g.empty)
}
