package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/progctl/progctl/pkg/diag"
)

const (
	tabStop = 4
	// snippetLimit is how many cells of a source line are shown where the medium
	// sets no limit.
	snippetLimit = 160
)

// snippet shows the line on which the range starts and marks what it covers;
// of a range over several lines, what it covers of the first.
func (p *printer) snippet(d diag.Diagnostic, line string, gutter int) {
	room := snippetLimit
	if p.width > 0 {
		room = p.room(gutter + len("  ") + len(" | "))
	}
	part, r := around(strings.TrimRight(line, "\r\n"), d.Range)
	units := sourceUnits(part)
	from, to := markedUnits(units, r)
	text, offset, length := window(units, from, to, room)

	number := fmt.Sprintf("  %*d", gutter, d.Range.Start.Line)
	p.line(p.style.paint(cyan, number+" | ") + text)
	if d.Range.Start.Column == 0 {
		return
	}
	mark := p.style.paint(bold+";"+severityColor(d.Severity), strings.Repeat("^", length))
	p.line(p.style.paint(cyan, strings.Repeat(" ", len(number))+" | ") + strings.Repeat(" ", offset) + mark)
}

// aroundRunes is how many code points of a long line are looked at on either side of
// where a range starts: more than any room is wide, whatever stands in it.
const aroundRunes = 4096

// around is the part of a long line around the start of a range, and the range in it;
// a line of a usual length comes back as it is.
func around(line string, r diag.Range) (string, diag.Range) {
	if len(line) <= 2*aroundRunes {
		return line, r
	}
	column, from, to := 0, 0, len(line) // in code points, in bytes
	first, last := r.Start.Column-1-aroundRunes, r.Start.Column-1+aroundRunes
	for i := range line {
		if column == first {
			from = i
		}
		if column == last {
			to = i
			break
		}
		column++
	}
	if cut := utf8.RuneCountInString(line[:from]); cut > 0 {
		r.Start.Column -= cut
		if r.End.Line == r.Start.Line {
			r.End.Column -= cut
		}
	}
	return line[from:to], r
}

// unit is a piece of a source line that the terminal shows as one: a grapheme,
// an escape, an expanded tab.
type unit struct {
	text string
	// cells is its width; runes how many code points of the file it stands for.
	cells, runes int
}

// sourceUnits splits a line into visible units.
func sourceUnits(line string) []unit {
	var units []unit
	column, at := 0, 0
	push := func(u unit) {
		units = append(units, u)
		column += u.cells
	}
	for g := displaywidth.StringGraphemes(line); g.Next(); {
		end := at + len(g.Value())
		var parts []unit
		clean := true
		for i := at; i < end; {
			text, size, escaped := escapeAt(line, i)
			if line[i] == '\t' {
				text = strings.Repeat(" ", tabStop-column%tabStop)
			}
			clean = clean && !escaped
			parts = append(parts, unit{text, cells(text), 1})
			i += size
		}
		if clean {
			parts = []unit{{g.Value(), g.Width(), len(parts)}}
		}
		for _, u := range parts {
			push(u)
		}
		at = end
	}
	return units
}

// markedUnits returns the units [from, to) that a range covers on its first
// line. An empty range marks the unit at its place, or the end of the line.
func markedUnits(units []unit, r diag.Range) (from, to int) {
	start := r.Start.Column - 1 // in code points
	end := start + 1
	switch {
	case r.End.Line > r.Start.Line:
		end = int(^uint(0) >> 1)
	case r.End.Line == r.Start.Line && r.End.Column > r.Start.Column:
		end = r.End.Column - 1
	}
	from, to = len(units), len(units)
	at := 0
	for i, u := range units {
		if at+u.runes > start && from == len(units) {
			from = i
		}
		if at >= end {
			to = i
			break
		}
		at += u.runes
	}
	if r.End.Line > r.Start.Line {
		for to > from+1 && strings.TrimSpace(units[to-1].text) == "" {
			to--
		}
	}
	return from, to
}

// window returns at most room cells of the units around the marked ones, with
// an ellipsis where it cuts, and where in it the mark stands and how long it is.
func window(units []unit, from, to, room int) (text string, offset, length int) {
	total := width(units)
	markAt, markLength := width(units[:from]), max(1, width(units[from:to]))
	first, last := 0, len(units)
	used := 0
	if total > room && markAt+markLength >= room {
		// Show the mark with what stands before it, but as much mark as possible.
		lead := max(room/4, (room-markLength)/2)
		for skipped := 0; first < from && markAt-skipped > min(lead, room-2); first++ {
			skipped += units[first].cells
		}
	}
	var b strings.Builder
	if first > 0 {
		b.WriteString("…")
		used = 1
	}
	offset = -1
	for i := first; i < len(units); i++ {
		u := units[i]
		if i == from {
			offset = used
		}
		if used+u.cells > room || i < len(units)-1 && used+u.cells > room-1 && width(units[i:]) > room-used {
			b.WriteString("…")
			last = i
			break
		}
		b.WriteString(u.text)
		used += u.cells
		if i >= from && i < to {
			length += u.cells
		}
	}
	if offset < 0 {
		offset = used
	}
	if last < to {
		length++ // the mark goes on under the ellipsis
	}
	return b.String(), offset, max(1, length)
}

func width(units []unit) int {
	n := 0
	for _, u := range units {
		n += u.cells
	}
	return n
}
