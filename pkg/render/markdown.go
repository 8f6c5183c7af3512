package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

const (
	// markdownLimit is how many characters there may be: a comment on GitHub holds
	// 65,536, and whoever posts it adds a few.
	markdownLimit = 64_000
	// markdownClip is how much of one text is shown, in cells.
	markdownClip = 1_000
)

// writeMarkdown writes GitHub flavoured Markdown for a comment or a job summary:
// findings in a table for each severity, how to mend them in a part that unfolds.
// It ends early, between two blocks or rows, where it would grow too long. Where
// there is nothing to tell, it writes nothing.
func writeMarkdown(w io.Writer, r *report.Report, _ Options) error {
	if r.Nothing != "" && len(r.Diagnostics) == 0 {
		return nil // no comment
	}
	m := &markdown{left: markdownLimit - 300} // room to say what is left out
	if r.Marker != "" {
		m.add(mdBlock{open: "<!-- " + r.Marker + " -->\n", noun: "block"})
	}
	if r.Nothing != "" {
		m.add(mdBlock{open: mdLine(r.Nothing) + "\n", noun: "block"})
	}
	findings := false
	for _, block := range r.Blocks {
		switch block := block.(type) {
		case report.Heading:
			if text := mdLine(string(block)); text != "" {
				m.add(mdBlock{open: "## " + text + "\n", noun: "block"})
			}
		case report.Text:
			for _, text := range mdProse(string(block)) {
				m.add(mdBlock{open: text, noun: "block"})
			}
		case report.Patch:
			m.add(mdBlock{open: mdPatch(block), noun: "block"})
		case *report.Table:
			m.add(mdTable(block, "", ""))
		case *report.Chart:
			if err := m.chart(block); err != nil {
				return err
			}
		case *report.Gantt:
			m.gantt(newGantt(block))
		case *report.Findings:
			findings = true
			m.findings(r.Name, block)
		default:
			return fmt.Errorf("markdown cannot show a %T", block)
		}
	}
	invalid, notes := leftOut(r.Diagnostics)
	for _, d := range notes {
		m.add(mdBlock{open: mdLine(mdClip(d.Message)) + "\n", noun: "note"})
	}
	if len(invalid) > 0 {
		m.add(mdBlock{open: "### Left out, because not valid\n", noun: "block"})
		m.add(mdFindings(invalid, func(d diag.Diagnostic) string { return d.Message }, "", ""))
	}
	if stamp := mdStamp(r); stamp != "" && (findings || r.Revision != nil) {
		m.add(mdBlock{open: stamp + "\n", noun: "block"})
	}
	m.rest()
	_, err := io.WriteString(w, m.out.String())
	return err
}

// leftOut parts what a report left out, because it is not valid, from notes on what
// it could not look at.
func leftOut(list []diag.Diagnostic) (invalid, notes []diag.Diagnostic) {
	for _, d := range list {
		if d.Severity == diag.Info {
			notes = append(notes, d)
		} else {
			invalid = append(invalid, d)
		}
	}
	return invalid, notes
}

// markdown is a text that must not grow too long.
type markdown struct {
	out strings.Builder
	// left is how many characters may still come.
	left  int
	ended bool
	// nouns and lost count what came after the end.
	nouns []string
	lost  map[string]int
}

// mdBlock is shown as a whole, but for items at its end that find no room. All of
// its texts end with a line end.
type mdBlock struct {
	open  string
	items []string
	close string
	// noun is what an item, or the block without items, counts as.
	noun string
}

func (m *markdown) add(b mdBlock) {
	room := m.left - utf8.RuneCountInString(b.open+b.close) - 1
	n := 0
	for _, item := range b.items {
		if room -= utf8.RuneCountInString(item); room < 0 {
			break
		}
		n++
	}
	all := max(1, len(b.items))
	switch {
	case m.ended || room < 0 && n == 0:
		n = 0
	default:
		text := b.open + strings.Join(b.items[:n], "") + b.close
		if m.out.Len() > 0 {
			text = "\n" + text
		}
		m.out.WriteString(text)
		m.left -= utf8.RuneCountInString(text)
		if len(b.items) == 0 {
			n = 1
		}
	}
	if n == all {
		return
	}
	m.ended = true
	if m.lost == nil {
		m.lost = map[string]int{}
	}
	if m.lost[b.noun] == 0 {
		m.nouns = append(m.nouns, b.noun)
	}
	m.lost[b.noun] += all - n
}

// rest says what found no room.
func (m *markdown) rest() {
	if !m.ended {
		return
	}
	var parts []string
	for _, noun := range m.nouns {
		parts = append(parts, report.Plural(m.lost[noun], "more "+noun))
	}
	fmt.Fprintf(&m.out, "\n**%s** not shown: a comment holds no more\n", strings.Join(parts, ", "))
}

func (m *markdown) findings(name string, f *report.Findings) {
	s := f.Summary
	title := cmp.Or(countList(s.Errors, s.Warnings, s.Infos), "no problems")
	if s.Waived > 0 {
		title += fmt.Sprintf(", %d waived", s.Waived)
	}
	where := fmt.Sprintf("in %s (%s)", report.Plural(s.Documents, "document"), report.Plural(s.Files, "file"))
	open := f.Open()
	if ages := countAges(open); ages != "" {
		where += "; " + ages
	}
	m.add(mdBlock{open: fmt.Sprintf("## %s — %s\n\n%s\n", mdLine(name), title, where), noun: "block"})

	message := func(d diag.Diagnostic) string {
		if inherited(d) == 1 {
			return "(inherited) " + d.Message
		}
		return d.Message
	}
	for severity := diag.Error; severity > diag.Off; severity-- {
		list := slices.DeleteFunc(slices.Clone(open), func(d diag.Diagnostic) bool { return d.Severity != severity })
		if len(list) > 0 {
			heading := "### " + report.Plural(len(list), severity.String()) + "\n\n"
			m.add(mdFindings(list, message, heading, ""))
		}
	}
	if help := mdHelp(open); len(help.items) > 0 {
		m.add(help)
	}
	waived := slices.DeleteFunc(f.Sorted(), func(d diag.Diagnostic) bool { return !d.Waived })
	if len(waived) > 0 {
		m.add(mdFindings(waived, func(d diag.Diagnostic) string { return d.Message + " — " + d.WaivedBy },
			fmt.Sprintf("<details><summary>%d waived</summary>\n\n", len(waived)), "\n</details>\n"))
	}
}

// mdFindings is a table of findings.
func mdFindings(list []diag.Diagnostic, message func(diag.Diagnostic) string, opening, closing string) mdBlock {
	owned := slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Owner != "" || d.Team != "" })
	header, rule := "| Where | Rule | Finding |", "| --- | --- | --- |"
	if owned {
		header, rule = header+" Owner |", rule+" --- |"
	}
	b := mdBlock{open: opening + header + "\n" + rule + "\n", close: closing, noun: "finding"}
	for _, d := range list {
		row := fmt.Sprintf("| %s | %s | %s |", mdPlace(d), mdCell(d.Code), mdCell(mdClip(message(d))))
		if owned {
			row += " " + mdCell(cmp.Or(d.Owner, d.Team)) + " |"
		}
		b.items = append(b.items, row+"\n")
	}
	return b
}

// mdHelp is what else there is to say of findings, folded.
func mdHelp(list []diag.Diagnostic) mdBlock {
	b := mdBlock{open: "<details><summary>How to mend them</summary>\n\n", close: "\n</details>\n", noun: "hint"}
	for _, d := range list {
		var lines []string
		if d.Suggestion != "" {
			lines = append(lines, mdLine(mdClip(didYouMean(d))))
		}
		for _, line := range visibleLines(d.Detail) {
			if text := mdLine(mdClip(line)); text != "" {
				lines = append(lines, text)
			}
		}
		for _, r := range d.Related {
			place := mdCode((&printer{}).placeName(r.Location))
			lines = append(lines, "see "+strings.TrimSpace(place+" "+mdText(mdClip(r.Message))))
		}
		if len(lines) > 0 {
			head := "- " + mdPlace(d) + " " + mdCell(d.Code)
			b.items = append(b.items, strings.Join(append([]string{head}, lines...), "\\\n  ")+"\n")
		}
	}
	return b
}

// mdPlace is where a finding is, or else what it is about.
func mdPlace(d diag.Diagnostic) string {
	return mdCode(mdClip(cmp.Or((&printer{}).placeName(d.Location), visible(d.Subject))))
}

// mdClip shortens a text that no reader wants whole.
func mdClip(s string) string { return measure(cells).cut(visible(s), markdownClip) }

// mdTable has all columns: a page has no edge.
func mdTable(t *report.Table, opening, closing string) mdBlock {
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		return mdBlock{open: opening + cmp.Or(mdLine(t.Empty), "none") + "\n", close: closing, noun: "block"}
	}
	var head, rule strings.Builder
	for _, c := range t.Columns {
		head.WriteString("| " + mdCell(c.Header) + " ")
		if c.Align == report.Right {
			rule.WriteString("| ---: ")
		} else {
			rule.WriteString("| --- ")
		}
	}
	b := mdBlock{open: opening + head.String() + "|\n" + rule.String() + "|\n", close: closing, noun: "row"}
	for _, row := range t.Rows {
		var line strings.Builder
		for i := range t.Columns {
			text := ""
			if i < len(row.Cells) {
				text = mdCell(mdClip(row.Cells[i].Text))
			}
			if text != "" && row.Kind != report.Plain {
				text = "**" + text + "**"
			}
			line.WriteString("| " + text + " ")
		}
		b.items = append(b.items, line.String()+"|\n")
	}
	return b
}

// mdStamp says of which day and state the report is.
func mdStamp(r *report.Report) string {
	var parts []string
	if !r.AsOf.IsZero() {
		parts = append(parts, "as of "+r.AsOf.String())
	}
	if r.Revision != nil {
		parts = append(parts, "revision "+mdRevision(r.Revision))
	}
	if r.Baseline != nil {
		parts = append(parts, "compared with "+mdRevision(r.Baseline))
	}
	return strings.Join(parts, ", ")
}

func mdRevision(r *report.Revision) string {
	switch {
	case r.Commit == "":
		return revisionName(r)
	case r.Dirty:
		return mdCode(r.Commit) + ", with changes"
	}
	return mdCode(r.Commit)
}
