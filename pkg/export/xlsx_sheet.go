package export

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// sheet is a table of a report as people calculate with it.
type sheet struct {
	name, heading string
	headers       []string
	widths        []float64
	wraps, rights []bool
	lines         []line
	// totals are how many lines at the end sum the others.
	totals int
	empty  string // what to say where there are no lines
	chart  *report.Chart
}

// The widths of columns, in characters.
const (
	leastWidth = 6
	mostWidth  = 60
)

// sheetOf reads a table. Rows that people need not see come too, in front of the totals.
func sheetOf(t *report.Table) (*sheet, error) {
	s := &sheet{empty: cmp.Or(t.Empty, "none")}
	body := slices.Clone(t.Rows)
	var totals []report.Row
	for len(body) > 0 && body[len(body)-1].Kind == report.Total {
		totals = append([]report.Row{body[len(body)-1]}, totals...)
		body = body[:len(body)-1]
	}
	s.totals = len(totals)
	for _, row := range slices.Concat(body, t.Minor, totals) {
		l := line{kind: row.Kind}
		for i := range t.Columns {
			var c report.Cell
			if i < len(row.Cells) {
				c = row.Cells[i]
			}
			f, err := figureOf(c)
			if err != nil {
				return nil, err
			}
			l.figures = append(l.figures, f)
		}
		s.lines = append(s.lines, l)
	}
	for i, c := range t.Columns {
		s.headers = append(s.headers, c.Header)
		s.wraps, s.rights = append(s.wraps, c.Prose), append(s.rights, c.Align == report.Right)
		s.even(i)
	}
	addFormulas(s.lines)
	for i := range t.Columns {
		s.widths = append(s.widths, s.width(i, t))
	}
	return s, nil
}

// even gives the numbers of a column as many digits as any of them has, and amounts
// their currency: in the header where it is the same for all. Texts that are all days
// are days.
func (s *sheet) even(column int) {
	digits, days := 0, true
	var currencies []money.Currency
	for i := range s.lines {
		f := &s.lines[i].figures[column]
		if f.exact != nil {
			digits = max(digits, f.look.digits)
			if c := f.look.currency; c != "" && !slices.Contains(currencies, c) {
				currencies = append(currencies, c)
			}
		}
		if _, err := cal.ParseDate(f.text); f.text != "" && err != nil {
			days = false
		}
	}
	for i := range s.lines {
		f := &s.lines[i].figures[column]
		switch {
		case f.exact == nil && days && f.text != "":
			f.day, _ = cal.ParseDate(f.text)
			f.text = ""
		case f.exact == nil:
		case f.look.currency == "":
			f.look.digits = digits
		default:
			f.look.show = len(currencies) > 1
		}
	}
	if len(currencies) == 1 && s.headers[column] != "" {
		s.headers[column] += " (" + string(currencies[0]) + ")"
	}
}

func (s *sheet) width(column int, t *report.Table) float64 {
	widest := utf8.RuneCountInString(s.headers[column]) + 3 // the button of the filter
	for _, row := range slices.Concat(t.Rows, t.Minor) {
		if column < len(row.Cells) {
			widest = max(widest, utf8.RuneCountInString(row.Cells[column].Text)+1)
		}
	}
	return float64(min(max(widest, leastWidth), mostWidth))
}

// titled reports whether the columns have headers; a list of labels and values has none.
func (s *sheet) titled() bool {
	return slices.ContainsFunc(s.headers, func(h string) bool { return h != "" })
}

// write adds the sheet to a workbook, in which it exists and is empty.
func (s *sheet) write(ctx context.Context, f *excelize.File, looks *styles) error {
	last := letters(max(0, len(s.headers)-1))
	if n := len(s.lines) - s.totals; s.titled() && n > 0 {
		if err := f.AutoFilter(s.name, fmt.Sprintf("A1:%s%d", last, n+1), nil); err != nil {
			return err
		}
	}
	if err := printed(f, s.name); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(s.name) // which begins with what is said of the sheet
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, width := range s.widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	header := make([]any, len(s.headers))
	for i, text := range s.headers {
		header[i] = excelize.Cell{StyleID: looks.id(style{bold: true, head: true, right: s.rights[i]}), Value: fitting(visible(text))}
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	if len(s.lines) == 0 {
		if err := w.SetRow("A2", []any{excelize.Cell{StyleID: looks.id(style{tone: report.Dim}), Value: fitting(visible(s.empty))}}); err != nil {
			return err
		}
	}
	for i := range s.lines {
		if i%often == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := w.SetRow(reference(0, i+firstRow), s.cells(&s.lines[i], looks)); err != nil {
			return err
		}
	}
	if s.chart != nil {
		if err := addChart(f, s); err != nil {
			return err
		}
	}
	if looks.err != nil {
		return looks.err
	}
	return w.Flush()
}

func (s *sheet) cells(l *line, looks *styles) []any {
	cells := make([]any, len(l.figures))
	for i, f := range l.figures {
		st := style{bold: l.kind != report.Plain, line: l.kind == report.Total, tone: f.tone, indent: f.indent, wrap: s.wraps[i], right: s.rights[i]}
		c := excelize.Cell{Formula: f.formula}
		switch {
		case f.exact != nil:
			c.Value, _ = f.exact.Float64()
			st.format, st.wrap = f.look.format(f.tone), false
		case !f.day.IsZero():
			c.Value, st.format = serial(f.day), dayFormat
		case f.text != "":
			text := fitting(visible(f.text))
			st.wrap = st.wrap || strings.Contains(text, "\n")
			st.quoted = isFormula(text)
			c.Value = text
		case !st.bold:
			continue
		}
		c.StyleID = looks.id(st)
		cells[i] = c
	}
	return cells
}

// isFormula reports whether a text would be one where someone types it in.
func isFormula(text string) bool { return strings.ContainsAny(text[:1], "=+-@") }

// printed sets how a sheet is printed: wide, and with its header on every page.
func printed(f *excelize.File, name string) error {
	wide, fit, width, height := "landscape", true, 1, 0
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &wide, FitToWidth: &width, FitToHeight: &height}); err != nil {
		return err
	}
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
}
