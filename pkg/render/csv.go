package render

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/report"
)

// writeCSV writes the machine's values of findings, tables and drawings as CSV after
// RFC 4180: UTF-8, a header of keys, rows of one shape, no totals. A second table
// follows after an empty line, under its own header. A report without any is one
// row of its data. Headings and texts are for people, and left out. Where a report has
// sheets, they alone are written.
//
// A value with parts takes a column for each (plan.amount, plan.currency), a list
// is its values with semicolons between, and what is unknown is empty.
func writeCSV(w io.Writer, r *report.Report, _ Options) error {
	var b bytes.Buffer
	blocks := r.Blocks
	if len(r.Sheets) > 0 {
		blocks = nil
		for _, sheet := range r.Sheets {
			blocks = append(blocks, sheet)
		}
	}
	for _, block := range blocks {
		var columns []csvColumn
		switch block := block.(type) {
		case *report.Findings:
			columns = findingsColumns(block)
		case *report.Table:
			columns = tableColumns(block)
		case *report.Chart:
			columns = chartColumns(block)
		case *report.Gantt:
			columns = ganttColumns(block)
		}
		if len(columns) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\r\n")
		}
		if err := writeSheet(&b, columns); err != nil {
			return err
		}
	}
	if b.Len() == 0 {
		if r.Data == nil {
			return fmt.Errorf("report %q has no table to write as csv", r.Name)
		}
		if err := writeSheet(&b, []csvColumn{{values: []any{r.Data}}}); err != nil {
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// csvColumn is the values of a column, one for each row.
type csvColumn struct {
	key    string
	values []any
}

// findingsColumns are the fields of a finding that are single values.
func findingsColumns(f *report.Findings) []csvColumn {
	columns := []csvColumn{
		{key: "code"},
		{key: "severity"},
		{key: "message"},
		{key: "detail"},
		{key: "suggestion"},
		{key: "subject"},
		{key: "file"},
		{key: "line"},
		{key: "column"},
		{key: "endLine"},
		{key: "endColumn"},
		{key: "owner"},
		{key: "team"},
		{key: "introduced"},
		{key: "waived"},
		{key: "waivedBy"},
		{key: "fingerprint"},
	}
	for _, d := range report.MachineList(f.Sorted()) {
		for i, value := range []any{
			d.Code, d.Severity, d.Message, d.Detail, d.Suggestion, d.Subject,
			d.File, d.Line, d.Column, d.EndLine, d.EndColumn,
			d.Owner, d.Team, d.Introduced, d.Waived, d.WaivedBy, d.Fingerprint,
		} {
			columns[i].values = append(columns[i].values, value)
		}
	}
	return columns
}

// tableColumns leaves out rows that sum others. In a list of labels and values
// the label is for people alone, so its text stands in for its value.
func tableColumns(t *report.Table) []csvColumn {
	columns := make([]csvColumn, len(t.Columns))
	headed := false
	for i, c := range t.Columns {
		columns[i].key = cmp.Or(c.Key, c.Header, "column"+strconv.Itoa(i+1))
		headed = headed || c.Header != ""
	}
	for _, row := range slices.Concat(t.Rows, t.Minor) {
		if row.Kind != report.Plain {
			continue
		}
		for i := range columns {
			var value any
			if i < len(row.Cells) {
				value = row.Cells[i].Value
				if value == nil && !headed {
					value = row.Cells[i].Text
				}
			}
			columns[i].values = append(columns[i].values, value)
		}
	}
	return columns
}

// writeSheet writes columns of equal length under their keys.
func writeSheet(b *bytes.Buffer, columns []csvColumn) error {
	var header []string
	var cells [][]string
	rows := 0
	for _, c := range columns {
		parts, err := csvParts(c)
		if err != nil {
			return fmt.Errorf("encode %q for CSV: %w", c.key, err)
		}
		for _, part := range parts {
			header = append(header, strings.TrimPrefix(c.key+part.path, "."))
			cells = append(cells, part.texts)
		}
		rows = max(rows, len(c.values))
	}
	w := csv.NewWriter(b)
	w.UseCRLF = true
	record := make([]string, len(header))
	for row := -1; row < rows; row++ {
		for i := range record {
			if row < 0 {
				record[i] = csvCell(header[i])
			} else {
				record[i] = csvCell(cells[i][row])
			}
		}
		if len(record) == 1 && record[0] == "" {
			w.Flush()
			b.WriteString(`""` + "\r\n") // an empty line would be no row
			continue
		}
		if err := w.Write(record); err != nil {
			return fmt.Errorf("encode CSV: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

// csvPart is a column of texts: the whole of each value, or a part of it.
type csvPart struct {
	path  string // "", or ".amount" and the like
	texts []string
}

// csvParts spells the values of a column: as a whole, which is left out where all that
// has no parts is unknown, then part by part, in the order in which rows name them.
func csvParts(c csvColumn) ([]csvPart, error) {
	parts := []csvPart{{"", make([]string, len(c.values))}}
	whole := false
	for row, value := range c.values {
		if err := flattened(value, func(path, text string) {
			i := slices.IndexFunc(parts, func(p csvPart) bool { return p.path == path })
			if i < 0 {
				i = len(parts)
				parts = append(parts, csvPart{path, make([]string, len(c.values))})
			}
			parts[i].texts[row] = text
			whole = whole || path == "" && text != ""
		}); err != nil {
			return nil, err
		}
	}
	if !whole && len(parts) > 1 {
		parts = parts[1:]
	}
	return parts, nil
}

// formulaStart are the characters with which a spreadsheet begins a formula, also
// in the width of Chinese and Japanese scripts.
const formulaStart = "=+-@\t\r＝＋－＠"

var negativeNumber = regexp.MustCompile(`^-[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// CSVCell is a text as a cell of CSV, where spreadsheets will read it, before it is
// quoted: visible, and no formula.
func CSVCell(text string) string { return csvCell(text) }

// csvCell is visible text that no spreadsheet takes for a formula: where it
// might, an apostrophe goes before it. Negative numbers are no formulas.
func csvCell(s string) string {
	if negativeNumber.MatchString(s) {
		return s
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " "))
	lines := visibleLines(s)
	for i, line := range lines {
		lines[i] = safeForLog(line)
	}
	text := strings.Join(lines, "\n")
	start, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text, unicode.IsSpace))
	if text != "" && (strings.ContainsRune(formulaStart, first) || strings.ContainsRune(formulaStart, start)) {
		return "'" + text
	}
	return text
}
