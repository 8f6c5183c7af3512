package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// findings writes each open finding, by file and place, and then the counts.
func (p *printer) findings(f *report.Findings) {
	open := f.Open()
	for _, d := range open {
		if p.brief {
			p.headline(d)
			continue
		}
		p.finding(f, d)
		p.line("")
	}
	if p.brief {
		return
	}
	p.waived(f)
	p.counts(f.Summary, open)
}

// waived lists what waivers silence, a line each, with who approved it and until
// when: silence is not the same as nothing to say.
func (p *printer) waived(f *report.Findings) {
	some := false
	for _, d := range f.Sorted() {
		if d.Waived {
			some = true
			p.dimmed(visible("waived: " + p.placeName(d.Location) + "  " + d.Code + "  " + d.Message + ": " + d.WaivedBy))
		}
	}
	if some {
		p.line("")
	}
}

func (p *printer) finding(f *report.Findings, d diag.Diagnostic) {
	p.headline(d)
	gutter := 2
	if n := d.Range.Start.Line; n > 0 && d.File != "" && f.Line != nil {
		if line, ok := f.Line(d.File, n); ok {
			gutter = max(gutter, len(strconv.Itoa(n)))
			p.snippet(d, line, gutter)
		}
	}
	p.notes(d, gutter)
}

// headline is "path:line:col  error MS001  message"; a message that does not
// fit beside goes on below.
func (p *printer) headline(d diag.Diagnostic) {
	const indent, age = "    ", "(inherited)"
	place := p.placeName(d.Location)
	if place == "" {
		place = visible(d.Subject)
	}
	code := strings.TrimSpace(d.Severity.String() + " " + visible(d.Code))
	message := visible(d.Message)
	if inherited(d) == 1 {
		message = age + " " + message
	}
	room := p.room(len(indent))
	first, below := room, false
	if p.width > 0 {
		first = p.width - cells(place+"  "+code+"  ")
		if first < 20 && first < cells(message) {
			first, below = room, true
		}
	}
	lines := wrap(message, first, room)
	if rest, ok := strings.CutPrefix(lines[0], age); ok && inherited(d) == 1 {
		lines[0] = p.style.paint(dim, age) + rest
	}
	head := p.style.paint(bold, place) + "  " + p.style.paint(bold+";"+severityColor(d.Severity), code)
	if !below {
		head += "  " + lines[0]
		lines = lines[1:]
	}
	p.line(head)
	for _, line := range lines {
		p.line(indent + line)
	}
}

// placeName is path:line:col, as far as known.
func (p *printer) placeName(l diag.Location) string {
	if l.File == "" {
		return ""
	}
	name := l.File
	if p.path != nil {
		name = p.path(name)
	}
	name = visible(name)
	if l.Range.Start.Line > 0 {
		name += ":" + strconv.Itoa(l.Range.Start.Line)
		if l.Range.Start.Column > 0 {
			name += ":" + strconv.Itoa(l.Range.Start.Column)
		}
	}
	return name
}

// notes are the lines below a finding: how to mend it, the nearest name, the
// other places it speaks of.
func (p *printer) notes(d diag.Diagnostic, gutter int) {
	if d.Suggestion != "" {
		p.note("", []string{didYouMean(d)}, gutter)
	}
	if lines := visibleLines(d.Detail); len(lines) > 0 {
		p.note("help: ", lines, gutter)
	}
	for _, r := range d.Related {
		text := strings.TrimSpace(p.placeName(r.Location) + "  " + visible(r.Message))
		p.note("see: ", []string{text}, gutter)
	}
}

func (p *printer) note(label string, lines []string, gutter int) {
	lead := strings.Repeat(" ", gutter+2) + "= "
	follow := strings.Repeat(" ", len(lead)+len(label))
	room := p.room(len(follow))
	first := true
	for _, line := range lines {
		for _, part := range wrap(line, room, room) {
			if first {
				p.line(p.style.paint(cyan, lead) + p.style.paint(bold, label) + part)
			} else {
				p.line(follow + part)
			}
			first = false
		}
	}
}

// counts closes the findings: "2 errors, 1 waived in 14 documents (8 files)".
func (p *printer) counts(s report.Summary, open []diag.Diagnostic) {
	var parts []string
	add := func(n int, noun, color string) {
		if n > 0 {
			parts = append(parts, p.style.paint(color, report.Plural(n, noun)))
		}
	}
	add(s.Errors, "error", bold+";"+red)
	add(s.Warnings, "warning", bold+";"+yellow)
	add(s.Infos, "info", bold+";"+cyan)
	if len(parts) == 0 {
		parts = append(parts, p.style.paint(bold, "no problems"))
	}
	if s.Waived > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", s.Waived))
	}
	line := strings.Join(parts, ", ")
	where := fmt.Sprintf("in %s (%s)", report.Plural(s.Documents, "document"), report.Plural(s.Files, "file"))
	if p.width > 0 && cells(sgrSequence.ReplaceAllString(line, ""))+1+len(where) > p.width {
		p.line(line)
		p.line(where)
	} else {
		p.line(line + " " + where)
	}
	if ages := countAges(open); ages != "" {
		p.line(ages)
	}
}

// countAges tells what a change introduced from what it inherited, where there is
// a change under review.
func countAges(open []diag.Diagnostic) string {
	if !slices.ContainsFunc(open, func(d diag.Diagnostic) bool { return d.Introduced != nil }) {
		return ""
	}
	old := 0
	for _, d := range open {
		old += inherited(d)
	}
	return fmt.Sprintf("%d introduced by this change, %d inherited", len(open)-old, old)
}
