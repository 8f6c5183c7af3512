package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// writeText writes the blocks for a person, a blank line between them except
// below a heading.
func writeText(w io.Writer, r *report.Report, o Options) error {
	p := &printer{style: style(o.Color), width: max(0, o.Width), brief: o.Brief, path: o.Path}
	if r.Nothing != "" {
		p.text(r.Nothing)
	}
	for i, block := range r.Blocks {
		if i > 0 {
			if _, below := r.Blocks[i-1].(report.Heading); !below {
				p.line("")
			}
		}
		switch block := block.(type) {
		case report.Heading:
			for _, line := range wrap(visible(string(block)), p.width, p.width) {
				p.line(p.style.paint(bold, line))
			}
		case report.Text:
			p.text(string(block))
		case report.Patch:
			for _, line := range patchLines(block) {
				p.line(p.style.paint(toneColor(line.tone), line.text))
			}
		case *report.Table:
			if err := p.table(block); err != nil {
				return err
			}
		case *report.Chart:
			if err := p.chart(block); err != nil {
				return err
			}
		case *report.Gantt:
			p.gantt(newGantt(block), true)
		case *report.Findings:
			p.findings(block)
		default:
			return fmt.Errorf("text cannot show a %T", block)
		}
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

// printer collects lines of visible text.
type printer struct {
	out   bytes.Buffer
	style style
	// width is the room in cells; 0 is no limit.
	width int
	brief bool
	path  func(string) string
}

func (p *printer) line(s string) {
	p.out.WriteString(safeForLog(strings.TrimRight(s, " ")))
	p.out.WriteByte('\n')
}

// text writes a paragraph; continuation lines keep the indentation of theirs.
func (p *printer) text(s string) {
	for _, line := range visibleLines(s) {
		body := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(body)]
		room := p.room(len(indent))
		for _, part := range wrap(body, room, room) {
			p.line(indent + part)
		}
	}
}

// room is the width right of an indentation, 0 for no limit; it leaves at least
// 20 cells, for on a narrower terminal nothing looks well.
func (p *printer) room(indent int) int {
	if p.width == 0 {
		return 0
	}
	return max(20, p.width-indent)
}
