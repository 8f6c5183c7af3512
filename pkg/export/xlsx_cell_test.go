package export

import (
	"math/big"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

func TestFigureOf(t *testing.T) {
	t.Parallel()
	amount := func(minor int64, c money.Currency) money.Amount { return money.Amount{Minor: minor, Currency: c} }
	for _, test := range []struct {
		cell       report.Cell
		exact      string // "" for none
		shown, day string
		format     string
	}{
		{report.Cell{Text: "n/a"}, "", "n/a", "", ""},
		{report.Cell{Text: "  a", Value: "b"}, "", "a", "", ""},
		{report.Cell{Text: "1,250", Value: 1250}, "1250", "", "", "#,##0;[Red]-#,##0;#,##0"},
		{report.Cell{Text: "+12d", Value: 12, Tone: report.Bad}, "12", "", "", `+#,##0"d";-#,##0"d";#,##0"d"`},
		{report.Cell{Text: "-12.5", Value: json125{}}, "-25/2", "", "", "#,##0.0;[Red]-#,##0.0;#,##0.0"},
		{report.Cell{Value: 0}, "0", "", "", "#,##0;[Red]-#,##0;"},
		{report.Cell{Text: "8.3%", Value: portfolio.Percent(8333)}, "8333/100000", "", "", "0.0%;[Red]-0.0%;0.0%"},
		{report.Cell{Text: "120%", Value: 120}, "120", "", "", `#,##0"%";[Red]-#,##0"%";#,##0"%"`},
		{report.Cell{Text: "12.50", Value: amount(1250, "USD")}, "25/2", "", "", "#,##0.00;[Red]-#,##0.00;#,##0.00"},
		{report.Cell{Text: "-12.50 F", Value: amount(-1250, "USD")}, "-25/2", "", "", `#,##0.00" U";-#,##0.00" F";#,##0.00`},
		{report.Cell{Text: "+12.50 F", Value: amount(1250, "USD")}, "25/2", "", "", `+#,##0.00" F";-#,##0.00" U";#,##0.00`},
		{report.Cell{Text: "125", Value: amount(125, "JPY")}, "125", "", "", "#,##0;[Red]-#,##0;#,##0"},
		{report.Cell{Text: "1.250", Value: amount(1250, "KWD")}, "5/4", "", "", "#,##0.000;[Red]-#,##0.000;#,##0.000"},
		{report.Cell{Text: "2026-03-01", Value: cal.MustDate("2026-03-01")}, "", "2026-03-01", "2026-03-01", ""},
		{report.Cell{Text: "2026-03-01, by plan", Value: cal.MustDate("2026-03-01")}, "", "2026-03-01, by plan", "", ""},
		{report.Cell{Text: "3 of 4", Value: 3}, "", "3 of 4", "", ""},
		{report.Cell{Text: "yes", Value: true}, "", "yes", "", ""},
	} {
		f, err := figureOf(test.cell)
		if err != nil {
			t.Fatal(err)
		}
		exact, format := "", ""
		if f.exact != nil {
			exact, format = strings.TrimSuffix(f.exact.String(), "/1"), f.look.format(f.tone)
		}
		if exact != test.exact || f.text != test.shown || f.day.String() != test.day || format != test.format {
			t.Errorf("%+v: %q %q %q %q", test.cell, exact, f.text, f.day, format)
		}
	}
}

// json125 is a number by its JSON alone.
type json125 struct{}

func (json125) MarshalJSON() ([]byte, error) { return []byte(`"-12.5"`), nil }

// Formulas are those of the rows that a row is about, and only of sums.
func TestFormulas(t *testing.T) {
	t.Parallel()
	const plain, sub, total = report.Plain, report.Subtotal, report.Total
	type row struct {
		kind   report.RowKind
		depth  int
		n      int64
		want   string
		absent bool
	}
	for name, rows := range map[string][]row{
		"a total":                   {{plain, 0, 1, "", false}, {plain, 0, 2, "", false}, {total, 0, 3, "SUBTOTAL(9,A2:A3)", false}},
		"a mean":                    {{plain, 0, 1, "", false}, {plain, 0, 3, "", false}, {total, 0, 2, "", false}},
		"two totals":                {{plain, 0, 1, "", false}, {total, 0, 1, "SUBTOTAL(9,A2:A2)", false}, {total, 0, 7, "", false}},
		"totals first":              {{total, 0, 3, "SUBTOTAL(9,A3:A4)", false}, {plain, 0, 1, "", false}, {plain, 0, 2, "", false}},
		"totals in between":         {{plain, 0, 1, "", false}, {total, 0, 1, "", false}, {plain, 0, 2, "", false}},
		"nothing but a total":       {{total, 0, 0, "", false}},
		"what is unknown":           {{plain, 0, 0, "", true}, {plain, 0, 2, "", false}, {total, 0, 2, "SUBTOTAL(9,A2:A3)", false}},
		"an unknown total":          {{plain, 0, 2, "", false}, {total, 0, 0, "", true}},
		"nothing known":             {{plain, 0, 0, "", true}, {total, 0, 0, "", false}},
		"subtotal below":            {{plain, 0, 1, "", false}, {plain, 0, 2, "", false}, {sub, 0, 3, "SUBTOTAL(9,A2:A3)", false}, {plain, 0, 4, "", false}, {sub, 0, 4, "SUBTOTAL(9,A5:A5)", false}, {total, 0, 7, "SUBTOTAL(9,A2:A6)", false}},
		"subtotal above":            {{sub, 0, 3, "SUBTOTAL(9,A3:A4)", false}, {plain, 0, 1, "", false}, {plain, 0, 2, "", false}, {sub, 0, 4, "SUBTOTAL(9,A6:A6)", false}, {plain, 0, 4, "", false}, {total, 0, 7, "SUBTOTAL(9,A2:A6)", false}},
		"a tree":                    {{sub, 0, 6, "SUBTOTAL(9,A3:A6)", false}, {plain, 1, 1, "", false}, {sub, 1, 5, "SUBTOTAL(9,A5:A6)", false}, {plain, 2, 2, "", false}, {plain, 2, 3, "", false}, {total, 0, 6, "SUBTOTAL(9,A2:A6)", false}},
		"a subtotal that is no sum": {{sub, 0, 9, "", false}, {plain, 1, 1, "", false}, {plain, 1, 2, "", false}, {total, 0, 3, "SUM(A3:A4)", false}},
		"a subtotal of nothing":     {{sub, 0, 0, "", false}, {total, 0, 0, "", false}},
	} {
		var lines []line
		for _, r := range rows {
			f := figure{indent: r.depth, exact: big.NewRat(r.n, 1)}
			if r.absent {
				f.exact = nil
			}
			lines = append(lines, line{r.kind, []figure{f}})
		}
		addFormulas(lines)
		for i, r := range rows {
			if got := lines[i].figures[0].formula; got != r.want {
				t.Errorf("%s: row %d is %q, want %q", name, i+firstRow, got, r.want)
			}
		}
	}
}

// Amounts of several currencies do not add up, and each says which it is.
func TestCurrencies(t *testing.T) {
	t.Parallel()
	table := &report.Table{Columns: []report.Column{{Header: "Cost"}}}
	table.Append(usd(100))
	eur := money.Amount{Minor: 100, Currency: "EUR"}
	table.Append(report.Cell{Text: eur.Grouped(), Value: eur})
	table.Rows = append(table.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{usd(200)}})
	s, err := sheetOf(table)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.lines[2].figures[0].formula; got != "" {
		t.Errorf("euros and dollars are summed: %s", got)
	}
	if got, want := s.lines[1].figures[0].look.format(report.None), `#,##0.00 "EUR";[Red]-#,##0.00 "EUR";#,##0.00 "EUR"`; got != want || s.headers[0] != "Cost" {
		t.Errorf("%s under %q, want %s", got, s.headers[0], want)
	}
}

// Rows that people need not see are there, before the totals.
func TestMinorRows(t *testing.T) {
	t.Parallel()
	table := &report.Table{Columns: []report.Column{{Header: "n"}}, Minor: []report.Row{{Cells: []report.Cell{count(5)}}}}
	table.Append(count(2))
	table.Rows = append(table.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{count(7)}})
	s, err := sheetOf(table)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.lines) != 3 || s.lines[2].kind != report.Total || s.lines[2].figures[0].formula != "SUBTOTAL(9,A2:A3)" {
		t.Errorf("%+v", s.lines)
	}
}
