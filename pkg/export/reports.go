package export

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// reportTables are the tables of a report that machines read: its sheets, else those
// among its blocks, without rows that sum others.
func reportTables(r *report.Report) ([]*table, error) {
	var list []*table
	taken := map[string]bool{}
	add := func(title string, t *report.Table) error {
		if len(t.Columns) == 0 {
			return nil
		}
		name := "report_" + snake(r.Name)
		if part := cmp.Or(t.Name, snake(title)); part != "" {
			name += "_" + snake(part)
		}
		for base, n := name, 2; taken[name]; n++ {
			name = base + "_" + strconv.Itoa(n)
		}
		taken[name] = true
		x, err := reportTable(t)
		if err != nil {
			return fmt.Errorf("report %s: %w", r.Name, err)
		}
		x.name, x.title, x.description = name, name, tableWords(r.Name, t.Name, title)
		list = append(list, x)
		return nil
	}
	if len(r.Sheets) > 0 {
		for _, t := range r.Sheets {
			if err := add("", t); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	heading := ""
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case report.Heading:
			heading = string(b)
		case *report.Table:
			if err := add(heading, b); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// reportTable finds the columns that the values of a table take, and what is in them.
func reportTable(t *report.Table) (*table, error) {
	rows := slices.DeleteFunc(slices.Concat(t.Rows, t.Minor), func(r report.Row) bool { return r.Kind != report.Plain })
	x := &table{}
	values := make([][]any, len(rows))
	for i, c := range t.Columns {
		key := snake(cmp.Or(c.Key, c.Header, "column"+strconv.Itoa(i+1)))
		columns, err := spread(rows, i, len(t.Columns) == 2 && t.Columns[0].Header == "")
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", c.Key, err)
		}
		for _, p := range columns {
			out := p.column(key, c)
			for n := 2; x.column(out.name) != nil; n++ {
				out.name = key + p.path + "_" + strconv.Itoa(n)
			}
			x.columns = append(x.columns, out)
			for row, value := range p.values {
				values[row] = append(values[row], value)
			}
		}
	}
	x.priced(values)
	x.rows = rowsOf(values)
	return x, nil
}

// strand is the values of a column of a report, or a part of each.
type strand struct {
	path   string
	values []any
	kinds  []kind // of those that are known
}

// spread takes apart the values of a column, as the CSV of reports does: as a whole,
// which is left out where all that has no parts is unknown, and part by part.
func spread(rows []report.Row, at int, labels bool) ([]*strand, error) {
	strands := []*strand{{values: make([]any, len(rows))}}
	for i, row := range rows {
		var c report.Cell
		if at < len(row.Cells) {
			c = row.Cells[at]
		}
		if c.Value == nil && labels {
			c.Value = c.Text
		}
		list, err := parts(c.Value)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			n := slices.IndexFunc(strands, func(s *strand) bool { return s.path == p.path })
			if n < 0 {
				n = len(strands)
				strands = append(strands, &strand{path: p.path, values: make([]any, len(rows))})
			}
			s := strands[n]
			if s.values[i] = p.value; p.value != nil {
				s.kinds = append(s.kinds, p.kind)
			}
		}
	}
	if len(strands[0].kinds) == 0 && len(strands) > 1 {
		strands = strands[1:]
	}
	for _, s := range strands {
		s.settle()
	}
	return strands, nil
}

var isoDay = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// settle gives all values of a strand the same kind: that of all, a decimal for numbers
// of both kinds, a day for texts that are all days, else text.
func (s *strand) settle() {
	slices.Sort(s.kinds)
	s.kinds = slices.Compact(s.kinds)
	to := text
	switch {
	case len(s.kinds) == 1:
		to = s.kinds[0]
	case len(s.kinds) == 2 && s.kinds[0] == integer && s.kinds[1] == decimal:
		to = decimal
	}
	if to == text && len(s.kinds) == 1 && !slices.ContainsFunc(s.values, func(v any) bool {
		t, ok := v.(string)
		_, err := cal.ParseDate(t)
		return v != nil && (!ok || err != nil || !isoDay.MatchString(t))
	}) {
		to = day
	}
	s.kinds = []kind{to}
	for i, v := range s.values {
		switch {
		case v == nil:
		case to == text:
			s.values[i] = plain(v)
		case to == decimal:
			if n, ok := v.(int64); ok {
				s.values[i] = number{text: strconv.FormatInt(n, 10)}
			}
		}
	}
}

func (s *strand) column(key string, c report.Column) column {
	out := column{name: unreserved(key+s.path, s.kinds[0]), kind: s.kinds[0]}
	w := words[key]
	out.description, out.unit = sentence(w.says), w.unit
	if out.description == "" && c.Header != c.Key {
		out.description = sentence(c.Header)
	}
	if key == "figure" && out.kind == text {
		out.enum = distinct(s.values)
	}
	switch s.path {
	case "_amount":
		out.currency = key + "_currency"
	case "_currency":
		out.description, out.unit = "The currency of "+key+"_amount.", ""
	}
	out.index = out.kind == text && w.index
	return out
}

// distinct are the texts that there are, in their order.
func distinct(values []any) []string {
	var list []string
	seen := map[any]bool{}
	for _, v := range values {
		if t, ok := v.(string); ok && !seen[v] {
			seen[v] = true
			list = append(list, t)
		}
	}
	return list
}

// priced marks amounts whose currency is in a column of its own: currency, which is
// empty where a row has no amount.
func (t *table) priced(rows [][]any) {
	at := slices.IndexFunc(t.columns, func(c column) bool { return c.name == "currency" })
	if at < 0 {
		return
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.kind != decimal && c.kind != text || c.name != "value" && c.name != "amount" {
			continue
		}
		if c.kind == text && !c.numeric(rows, i) {
			continue
		}
		c.currency = "currency"
		for _, row := range rows {
			n, ok := row[i].(number)
			code, priced := row[at].(string)
			if !ok || !priced {
				continue
			}
			if d, err := money.ParseDecimal(n.text); err == nil {
				if a, err := d.In(money.Currency(code)); err == nil {
					row[i] = number{a.String(), a.Minor, true}
				}
			}
		}
	}
}

// numeric makes numbers of a column of texts where all are; some reports spell amounts.
func (c *column) numeric(rows [][]any, at int) bool {
	for _, row := range rows {
		if t, ok := row[at].(string); ok {
			if _, ok := spelledNumber(t); !ok {
				return false
			}
		}
	}
	for _, row := range rows {
		if t, ok := row[at].(string); ok {
			n, _ := spelledNumber(t)
			row[at] = n
		}
	}
	c.kind = decimal
	return true
}
