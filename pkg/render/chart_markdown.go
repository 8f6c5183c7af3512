package render

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/report"
)

// markdownChart is how many columns a plot has: a comment on GitHub shows as many
// without scrolling.
const markdownChart = 80

// chart draws in a block of code, for neither GitHub nor GitLab shows a picture that
// is not fetched from somewhere (their sanitizers take data: from images). Other
// readers do, so the picture is in a part that unfolds, and the points in a table in
// another, unless that took the room of what is to come.
func (m *markdown) chart(c *report.Chart) error {
	plot, err := newPlot(c)
	if err != nil {
		return err
	}
	if plot.title != "" {
		m.add(mdBlock{open: "### " + mdLine(plot.title) + "\n", noun: "block"})
	}
	if len(plot.lines) == 0 {
		m.add(mdBlock{open: mdLine(plot.empty) + "\n", noun: "block"})
		return nil
	}
	p := &printer{width: markdownChart}
	p.plot(plot, false)
	m.add(mdBlock{open: mdFence(strings.Split(strings.TrimSuffix(p.out.String(), "\n"), "\n")), noun: "block"})
	table := mdTable(chartTable(c, plot), "<details><summary>Data of the chart</summary>\n\n", "\n</details>\n")
	if n := utf8.RuneCountInString(table.open + strings.Join(table.items, "") + table.close); n > m.left/2 {
		table = mdBlock{open: "The data of the chart is too long for a comment.\n", noun: "block"}
	}
	m.add(table)
	m.picture(svg(plot))
	return nil
}

// picture adds a picture in a part that unfolds, unless that took the room of what is
// to come.
func (m *markdown) picture(svg string) {
	picture := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg))
	if len(picture) <= m.left/4 {
		m.add(mdBlock{open: "<details><summary>Picture as SVG</summary>\n\n![chart](" + picture + ")\n\n</details>\n", noun: "block"})
	}
}

// gantt draws as chart does. What is in the bars, the tables beside it tell.
func (m *markdown) gantt(g *gantt) {
	if g.title != "" {
		m.add(mdBlock{open: "### " + mdLine(g.title) + "\n", noun: "block"})
	}
	if len(g.rows) == 0 {
		m.add(mdBlock{open: mdLine(g.empty) + "\n", noun: "block"})
		return
	}
	p := &printer{width: markdownChart}
	p.gantt(g, false)
	lines := strings.Split(strings.TrimSuffix(p.out.String(), "\n"), "\n")
	text := mdFence(lines)
	if utf8.RuneCountInString(text) > m.left/2 {
		m.add(mdBlock{open: "The drawing is too long for a comment.\n", noun: "block"})
		return
	}
	m.add(mdBlock{open: text, noun: "block"})
	m.picture(g.svg())
}
