package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// Gantts lists the formats that draw bars over days and nothing else, for reports that
// have a Gantt among their blocks.
var Gantts = []Format{
	{Name: "mermaid", Summary: "a gantt chart, as Markdown on GitHub and GitLab draws it", Write: writeMermaidGantt},
}

// writeMermaidGantt writes the first Gantt of a report. No name of a user is one of
// Mermaid's: tasks are numbered, and what they are called is spelled so that it is neither
// a keyword, a date, a comment nor the end of a line.
func writeMermaidGantt(w io.Writer, r *report.Report, _ Options) error {
	var b strings.Builder
	found := false
	for _, block := range r.Blocks {
		if g, ok := block.(*report.Gantt); ok && !found {
			found = true
			mermaidGantt(&b, g, r.Name)
		}
	}
	if !found {
		return fmt.Errorf("report %q has no bars to write as mermaid", r.Name)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func mermaidGantt(b *strings.Builder, g *report.Gantt, name string) {
	b.WriteString("gantt\n")
	fmt.Fprintf(b, "  title %s\n", mermaidLabel(cmp.Or(g.Title, name)))
	b.WriteString("  dateFormat YYYY-MM-DD\n  axisFormat %Y-%m\n")
	group := ""
	for i, row := range g.Rows {
		if i == 0 || row.Group != group {
			fmt.Fprintf(b, "  section %s\n", mermaidLabel(cmp.Or(row.Group, " ")))
		}
		group = row.Group
		label := cmp.Or(row.Label, row.Key)
		if row.Note != "" {
			label += " (" + row.Note + ")"
		}
		for k, bar := range row.Bars {
			if bar.Period.IsEmpty() || bar.Period.From < cal.MinDate {
				continue
			}
			tag := ""
			switch {
			case bar.Kind == report.BarDone:
				tag = "done, "
			case bar.Kind == report.BarFloat:
				tag = "active, "
			case row.Critical:
				tag = "crit, "
			}
			// The end is the day after the last, as a task of Mermaid has it.
			fmt.Fprintf(b, "  %s :%sr%db%d, %s, %s\n", mermaidLabel(label), tag, i, k, bar.Period.From, bar.Period.To)
		}
		for k, m := range row.Marks {
			atEnd := func(bar report.Bar) bool { return bar.Period.Last() == m.Day }
			if m.Day < cal.MinDate || m.Kind == report.DayDue && slices.ContainsFunc(row.Bars, atEnd) {
				continue // every task and milestone takes a line, and the bar says it
			}
			tag, text := "milestone", label
			switch m.Kind {
			case report.DayDue:
				text = cmp.Or(row.Label, row.Key) + ": due"
			case report.DayMissed:
				tag, text = "crit, milestone", cmp.Or(row.Label, row.Key)+": due, missed"
			}
			fmt.Fprintf(b, "  %s :%s, r%dm%d, %s, 0d\n", mermaidLabel(text), tag, i, k, m.Day)
		}
	}
}

// mermaidLabel is mermaidText where a word may be a keyword or a date: its first letter is
// an entity, so that it is none.
func mermaidLabel(s string) string {
	text := []rune(strings.TrimSpace(visible(s)))
	if len(text) == 0 {
		return "#45;"
	}
	text[0], s = ' ', fmt.Sprintf("#%d;", text[0])
	return s + mermaidText(string(text))[1:]
}
