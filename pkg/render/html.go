package render

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// htmlPage is a page that needs no other file and runs nothing.
//
//go:embed page.gohtml
var htmlPage string

// writeHTML writes the blocks as one page: findings by file with the text that
// they point at, tables whole. All text is made visible here and escaped by
// html/template.
func writeHTML(w io.Writer, r *report.Report, o Options) error {
	page := htmlReport{Name: visible(r.Name), Tool: strings.TrimSpace("progctl " + visible(o.Version))}
	if !r.AsOf.IsZero() {
		page.AsOf = r.AsOf.String()
	}
	if r.Revision != nil {
		page.Revision = revisionName(r.Revision)
	}
	if r.Baseline != nil {
		page.Baseline = revisionName(r.Baseline)
	}
	if r.Nothing != "" {
		page.Blocks = append(page.Blocks, htmlBlock{Lines: htmlLines(r.Nothing)})
	}
	for _, block := range r.Blocks {
		switch block := block.(type) {
		case report.Heading:
			page.Blocks = append(page.Blocks, htmlBlock{Heading: visible(string(block))})
		case report.Text:
			page.Blocks = append(page.Blocks, htmlBlock{Lines: htmlLines(string(block))})
		case report.Patch:
			var lines []htmlCell
			for _, line := range patchLines(block) {
				lines = append(lines, htmlCell{Text: line.text, Class: strings.TrimSpace("code " + toneClasses[line.tone])})
			}
			page.Blocks = append(page.Blocks, htmlBlock{Lines: lines})
		case *report.Table:
			page.Blocks = append(page.Blocks, htmlBlock{Table: newHTMLTable(block)})
		case *report.Chart:
			chart, err := newHTMLChart(block)
			if err != nil {
				return err
			}
			page.Blocks = append(page.Blocks, htmlBlock{Chart: chart})
		case *report.Gantt:
			page.Blocks = append(page.Blocks, htmlBlock{Chart: newHTMLGantt(newGantt(block))})
		case *report.Findings:
			page.Blocks = append(page.Blocks, htmlBlock{Findings: newHTMLFindings(block)})
		default:
			return fmt.Errorf("html cannot show a %T", block)
		}
	}
	invalid, notes := leftOut(r.Diagnostics)
	for _, d := range invalid {
		page.LeftOut = append(page.LeftOut, newHTMLFinding(&report.Findings{}, d))
	}
	for _, d := range notes {
		page.Notes = append(page.Notes, visible(d.Message))
	}
	t, err := template.New("page").Parse(htmlPage)
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, page); err != nil {
		return fmt.Errorf("fill the page: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// The texts of a page, visible already. What is empty is not shown.
type htmlReport struct {
	Name, AsOf, Revision, Baseline, Tool string
	Blocks                               []htmlBlock
	LeftOut                              []htmlFinding
	Notes                                []string
}

// htmlBlock has one of its fields.
type htmlBlock struct {
	Heading  string
	Lines    []htmlCell
	Table    *htmlTable
	Chart    *htmlChart
	Findings *htmlFindings
}

type htmlTable struct {
	Headed  bool
	Columns []htmlCell
	Rows    []htmlRow
	Empty   string
}

type htmlRow struct {
	Class string
	Cells []htmlCell
}

type htmlCell struct{ Text, Class string }

type htmlFindings struct {
	Counts []htmlCell
	Where  string
	Files  []htmlFile
	Waived []htmlFinding
}

type htmlFile struct {
	Name     string
	Findings []htmlFinding
}

type htmlFinding struct {
	Severity, Code, Rule, Place, Message, Age, Owner string
	Help                                             []string
	See                                              []string
	WaivedBy                                         string
	Excerpt                                          *htmlExcerpt
}

// htmlExcerpt is a source line: what stands before, in and after the mark.
type htmlExcerpt struct {
	Line                int
	Before, Mark, After string
}

var toneClasses = [...]string{report.None: "", report.Good: "good", report.Warn: "warn", report.Bad: "bad", report.Dim: "dim"}

// htmlLines are the lines of a text; those that are indented by four are code.
func htmlLines(text string) []htmlCell {
	var lines []htmlCell
	for _, line := range visibleLines(text) {
		class := ""
		if strings.HasPrefix(line, "    ") {
			class = "code"
		}
		lines = append(lines, htmlCell{line, class})
	}
	return lines
}

// htmlUnbroken is how many characters of a text stay on one line: a name, but no
// sentence.
const htmlUnbroken = 40

func newHTMLTable(t *report.Table) *htmlTable {
	out := &htmlTable{Empty: cmp.Or(visible(t.Empty), "none")}
	align := func(i int) string {
		switch c := t.Columns[i]; {
		case c.Align == report.Right:
			return "right"
		case c.Whole:
			return "whole"
		}
		return ""
	}
	for i, c := range t.Columns {
		out.Headed = out.Headed || c.Header != ""
		out.Columns = append(out.Columns, htmlCell{visible(c.Header), align(i)})
	}
	for _, row := range t.Rows {
		if len(t.Columns) == 0 {
			break
		}
		r := htmlRow{}
		if row.Kind != report.Plain {
			r.Class = "sum"
		}
		for i := range t.Columns {
			cell := htmlCell{Class: align(i)}
			if i < len(row.Cells) {
				cell.Text = visible(row.Cells[i].Text)
				if cell.Class == "" && utf8.RuneCountInString(cell.Text) <= htmlUnbroken {
					cell.Class = "whole"
				}
				cell.Class = strings.TrimSpace(cell.Class + " " + toneClasses[row.Cells[i].Tone])
			}
			r.Cells = append(r.Cells, cell)
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func newHTMLFindings(f *report.Findings) *htmlFindings {
	s := f.Summary
	out := &htmlFindings{Where: fmt.Sprintf("in %s (%s)", report.Plural(s.Documents, "document"), report.Plural(s.Files, "file"))}
	for _, c := range []struct {
		n        int
		severity diag.Severity
	}{{s.Errors, diag.Error}, {s.Warnings, diag.Warning}, {s.Infos, diag.Info}} {
		if c.n > 0 {
			out.Counts = append(out.Counts, htmlCell{report.Plural(c.n, c.severity.String()), c.severity.String()})
		}
	}
	if len(out.Counts) == 0 {
		out.Counts = []htmlCell{{"no problems", "good"}}
	}
	if s.Waived > 0 {
		out.Counts = append(out.Counts, htmlCell{fmt.Sprintf("%d waived", s.Waived), "dim"})
	}
	open := f.Open()
	if ages := countAges(open); ages != "" {
		out.Where += "; " + ages
	}
	for group := range byFile(open) {
		file := htmlFile{Name: cmp.Or(visible(group[0].File), "in no file")}
		for _, d := range group {
			file.Findings = append(file.Findings, newHTMLFinding(f, d))
		}
		out.Files = append(out.Files, file)
	}
	for _, d := range f.Sorted() {
		if d.Waived {
			out.Waived = append(out.Waived, newHTMLFinding(f, d))
		}
	}
	return out
}

func newHTMLFinding(f *report.Findings, d diag.Diagnostic) htmlFinding {
	names := &printer{}
	out := htmlFinding{
		Severity: d.Severity.String(), Code: visible(d.Code), Rule: visible(f.Rule(d.Code).Name),
		Place: cmp.Or(names.placeName(d.Location), visible(d.Subject)), Message: visible(d.Message),
		Owner: visible(cmp.Or(d.Owner, d.Team)), Help: visibleLines(d.Detail),
	}
	if inherited(d) == 1 {
		out.Age = "inherited"
	} else if d.Introduced != nil {
		out.Age = "introduced by this change"
	}
	if d.Suggestion != "" {
		out.Help = append([]string{didYouMean(d)}, out.Help...)
	}
	if d.Waived {
		out.WaivedBy = visible(d.WaivedBy)
	}
	for _, r := range d.Related {
		out.See = append(out.See, strings.TrimSpace(names.placeName(r.Location)+"  "+visible(r.Message)))
	}
	if n := d.Range.Start.Line; n > 0 && d.File != "" && f.Line != nil {
		if line, ok := f.Line(d.File, n); ok {
			out.Excerpt = newHTMLExcerpt(line, d.Range)
		}
	}
	return out
}

// newHTMLExcerpt shows the line on which a range starts; of a very long one, what
// is near the mark.
func newHTMLExcerpt(line string, r diag.Range) *htmlExcerpt {
	units := sourceUnits(strings.TrimRight(line, "\r\n"))
	out := &htmlExcerpt{Line: r.Start.Line}
	if r.Start.Column == 0 {
		out.Before = clipUnits(units, snippetLimit)
		return out
	}
	from, to := markedUnits(units, r)
	before := slices.Clone(units[:from])
	slices.Reverse(before)
	if kept := fitting(before, snippetLimit/2); kept < len(before) {
		before = append(before[:kept], unit{text: "…"})
	}
	slices.Reverse(before)
	for _, u := range before {
		out.Before += u.text
	}
	out.Mark = cmp.Or(clipUnits(units[from:to], snippetLimit), " ")
	out.After = clipUnits(units[to:], snippetLimit/2)
	return out
}

// clipUnits is the text of units that fit into a number of cells.
func clipUnits(units []unit, room int) string {
	n := fitting(units, room)
	var b strings.Builder
	for _, u := range units[:n] {
		b.WriteString(u.text)
	}
	if n < len(units) {
		b.WriteString("…")
	}
	return b.String()
}

// fitting is how many of the units fit into a number of cells.
func fitting(units []unit, room int) int {
	for i, u := range units {
		if room -= u.cells; room < 0 {
			return i
		}
	}
	return len(units)
}
