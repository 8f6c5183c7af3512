package render

import (
	"html/template"

	"github.com/progctl/progctl/pkg/report"
)

// htmlChart has a picture with its data, or else what to say instead. The picture
// is markup, escaped already.
type htmlChart struct {
	Title, Empty string
	Picture      template.HTML
	Data         *htmlTable
}

func newHTMLChart(c *report.Chart) (*htmlChart, error) {
	p, err := newPlot(c)
	if err != nil {
		return nil, err
	}
	if len(p.lines) == 0 {
		return &htmlChart{Title: p.title, Empty: p.empty}, nil
	}
	return &htmlChart{Title: p.title, Picture: template.HTML(svg(p)), Data: newHTMLTable(chartTable(c, p))}, nil
}

func newHTMLGantt(g *gantt) *htmlChart {
	if len(g.rows) == 0 {
		return &htmlChart{Title: g.title, Empty: g.empty}
	}
	return &htmlChart{Title: g.title, Picture: template.HTML(g.svg()), Data: newHTMLTable(ganttTable(g))}
}
