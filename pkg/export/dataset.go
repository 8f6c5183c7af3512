package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// tables are all tables of a source: where it comes from and what columns mean, the
// things of the portfolio, and the reports.
func (s *Source) tables() ([]*table, error) {
	var list []*table
	if s.Snapshot != nil {
		list = append(list, s.things()...)
	}
	for _, r := range s.Reports {
		tables, err := reportTables(r)
		if err != nil {
			return nil, err
		}
		list = append(list, tables...)
	}
	return slices.Concat([]*table{s.about(), dictionary(list)}, list), nil
}

// about tells where the export comes from.
func (s *Source) about() *table {
	t := &table{
		name: "_about", title: "Where this comes from", key: []string{"name"},
		description: "Where this comes from: what was read, on which day, by which command.",
		columns: []column{
			{name: "name", required: true, description: "What is told."},
			{name: "value", description: "What it is; nothing where there is none."},
		},
	}
	var rows [][]any
	for _, f := range s.About.facts() {
		rows = append(rows, []any{f.name, orNil(f.value)})
	}
	t.rows = rowsOf(rows)
	return t
}

// fact is something about an export.
type fact struct{ name, label, value string }

func (a *About) facts() []fact {
	list := []fact{
		{"portfolio", "Portfolio", a.Title},
		{"command", "Command", a.Command},
		{"as_of", "As of", a.AsOf.String()},
		{"commit", "Commit", commitOf(a.Revision)},
		{"uncommitted_changes", "Uncommitted changes", dirty(a.Revision)},
		{"baseline_commit", "Compared with commit", commitOf(a.Baseline)},
		{"version", "Made by progctl", a.Version},
	}
	for i, note := range a.Notes {
		list = append(list, fact{fmt.Sprintf("note_%d", i+1), "Note", note})
	}
	return list
}

func commitOf(r *report.Revision) string {
	if r == nil {
		return ""
	}
	return r.Commit
}

func dirty(r *report.Revision) string {
	switch {
	case r == nil:
		return ""
	case r.Dirty:
		return "yes"
	}
	return "no"
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// dictionary tells of each column what it means.
func dictionary(tables []*table) *table {
	t := &table{
		name: "_dictionary", title: "What the columns mean", key: []string{"table_name", "column_name"},
		description: "The data dictionary: every column of every table.",
		columns: []column{
			{name: "table_name", required: true, description: "The table."},
			{name: "column_name", required: true, description: "The column; * for the table as a whole, and \"figure: x\" for a value of the column figure."},
			{name: "type", description: "What its values are.", enum: kindNames[:]},
			{name: "unit", description: "What numbers count; of money, the column with the currency."},
			{name: "key", kind: boolean, required: true, description: "Whether it is part of the key, which tells rows apart."},
			{name: "refers_to", description: "The column that its values are of. What refers to something that is not exported keeps its value."},
			{name: "description", description: "What it means."},
		},
	}
	var rows [][]any
	for _, of := range tables {
		rows = append(rows, []any{of.name, "*", nil, nil, false, nil, orNil(of.description)})
		for _, c := range of.columns {
			unit := c.unit
			if c.currency != "" {
				unit = c.currency
			}
			rows = append(rows, []any{
				of.name, c.name, c.kind.String(), orNil(unit), slices.Contains(of.key, c.name), orNil(of.refersTo(c.name)), orNil(c.description),
			})
			if c.name != "figure" {
				continue
			}
			for _, figure := range c.enum {
				rows = append(rows, []any{of.name, "figure: " + figure, nil, nil, false, nil, orNil(figureSays(figure))})
			}
		}
	}
	t.rows = rowsOf(rows)
	return t
}

// kindNames are the names of kinds, those that Table Schema has for them.
var kindNames = [...]string{text: "string", integer: "integer", decimal: "number", boolean: "boolean", day: "date", month: "yearmonth"}

// String returns the name that Table Schema has for the kind.
func (k kind) String() string { return kindNames[k] }

// refersTo is what a column refers to, as table.column.
func (t *table) refersTo(name string) string {
	var list []string
	for _, f := range t.foreign {
		if i := slices.Index(f.columns, name); i >= 0 {
			list = append(list, f.table+"."+f.to[i])
		}
	}
	return strings.Join(list, ", ")
}
