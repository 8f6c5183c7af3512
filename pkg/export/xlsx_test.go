package export

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func workbook(t *testing.T, s *Source) *excelize.File {
	t.Helper()
	f, _ := Lookup("xlsx")
	path := filepath.Join(t.TempDir(), "out.xlsx")
	if err := f.Write(t.Context(), path, s); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func cell(t *testing.T, f *excelize.File, sheet, at string) (shown, raw, formula string) {
	t.Helper()
	shown, err := f.GetCellValue(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	raw, err = f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	formula, err = f.GetCellFormula(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	return shown, raw, formula
}

// Sums are formulas where they are sums, and the values they have with them.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	s := usual(t)
	s.Reports[0].Add(&report.Table{Columns: []report.Column{{Header: "a"}}, Empty: "nothing to see"})
	f := workbook(t, s)
	if diff := cmp.Diff([]string{"About", "Budget by team", "Budget by team 2"}, f.GetSheetList()); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	type value struct{ shown, raw, formula string }
	for at, want := range map[string]value{
		"A1": {"Team", "Team", ""}, "B1": {"Cost (USD)", "Cost (USD)", ""},
		"A2": {"all of a", "all of a", ""}, "A5": {"a2x", "a2x", ""},
		"B2": {"6.00", "6", "SUBTOTAL(9,B3:B6)"}, "C2": {"3", "3", "SUM(C3:C3,C5:C6)"}, "D2": {"100.0%", "1", ""},
		"B4": {"5.00", "5", "SUBTOTAL(9,B5:B6)"}, "C4": {"9", "9", ""},
		"B7": {"0.50", "0.5", ""},
		"A8": {"Total", "Total", ""}, "B8": {"6.50", "6.5", "SUBTOTAL(9,B2:B7)"}, "C8": {"7", "7", "SUM(C3:C3,C5:C7)"}, "D8": {"100.0%", "1", ""},
	} {
		shown, raw, formula := cell(t, f, "Budget by team", at)
		if diff := cmp.Diff(want, value{shown, raw, formula}, cmp.AllowUnexported(value{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", at, diff)
		}
	}
	if shown, _, _ := cell(t, f, "Budget by team 2", "A2"); shown != "nothing to see" {
		t.Errorf("the empty table says %q", shown)
	}
	for at, want := range map[string]string{
		"A1": "Portfolio", "B1": "Usual", "B2": "progctl export", "B3": "2026-11-23", "B4": strings.Repeat("ab", 20), "B5": "yes", "B6": "1.0.0",
		"A8": "Budget", "B9": "Some text", "A10": "Budget by team", "B10": "By team (USD)",
	} {
		if shown, _, _ := cell(t, f, "About", at); shown != want {
			t.Errorf("About!%s is %q, want %q", at, shown, want)
		}
	}
	if linked, to, err := f.GetCellHyperLink("About", "A10"); !linked || to != "'Budget by team'!A1" || err != nil {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	panes, err := f.GetPanes("Budget by team")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%+v, %v", panes, err)
	}
	filters := 0
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm._FilterDatabase" && name.RefersTo == "'Budget by team'!$A$1:$D$7" {
			filters++
		}
	}
	if filters != 1 {
		t.Errorf("%d filters over the rows: %v", filters, f.GetDefinedName())
	}
	props, err := f.GetDocProps()
	if err != nil || props.Created != "2026-11-23T00:00:00Z" || props.Modified != props.Created {
		t.Errorf("%+v, %v", props, err)
	}
}

// No text of a workbook is a formula, too long or too strange for it, and no name is.
func TestWorkbookIsHarmless(t *testing.T) {
	t.Parallel()
	f := workbook(t, hostileSource())
	seen := map[string]bool{}
	for _, name := range f.GetSheetList() {
		if n := len(utf16.Encode([]rune(name))); n > mostName || seen[strings.ToLower(name)] || strings.EqualFold(name, "history") {
			t.Errorf("sheet %q of %d units", name, n)
		}
		seen[strings.ToLower(name)] = true
	}
	if len(seen) != 7 {
		t.Errorf("%d sheets: %v", len(seen), f.GetSheetList())
	}
	sheet := f.GetSheetList()[1]
	for i, text := range hostile {
		at := reference(0, i+firstRow)
		shown, _, formula := cell(t, f, sheet, at)
		want := fitting(visible(strings.TrimLeft(text, " ")))
		if formula != "" || shown != want {
			t.Errorf("%.40q is %.40q, formula %q", text, shown, formula)
		}
		if n := len(utf16.Encode([]rune(shown))); n > mostText {
			t.Errorf("%.40q has %d units", text, n)
		}
	}
	if _, _, formula := cell(t, f, sheet, reference(2, len(hostile)+firstRow)); formula == "" {
		t.Error("the total is no formula")
	}
}

func TestSheetNames(t *testing.T) {
	t.Parallel()
	names := &sheetNames{taken: map[string]bool{"history": true}}
	for _, test := range []struct{ title, heading, want string }{
		{"Budget", "By program, FY27 (USD)", "Budget by program"},
		{"Budget", "By program", "Budget by program 2"},
		{"BUDGET", "BY program", "BUDGET BY program 3"},
		{"EVM", "CSAT by period", "EVM CSAT by period"},
		{"History", "", "History 2"},
		{"A", "It's [a] b/c*?", "A it s a b c"},
		{"Staffing", "Roles that nobody fills; who is free", "Staffing roles that nobody"},
		{"S", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "S 😀😀😀😀😀😀😀😀😀😀😀😀😀😀"},
		{"S", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "S 😀😀😀😀😀😀😀😀😀😀😀😀😀 2"},
	} {
		got := names.pick(test.title, test.heading)
		if got != test.want || len(utf16.Encode([]rune(got))) > mostName {
			t.Errorf("%s, %s: %q, want %q", test.title, test.heading, got, test.want)
		}
	}
}

func TestFitting(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a", strings.Repeat("a", 32_767), strings.Repeat("a", 32_768), strings.Repeat("😀", 16_384), "a" + strings.Repeat("😀", 16_383), strings.Repeat("é", 32_767), strings.Repeat("é", 40_000)} {
		got := fitting(text)
		units := len(utf16.Encode([]rune(got)))
		whole := len(utf16.Encode([]rune(text))) <= mostText
		if units > mostText || whole != (got == text) || !whole && (!strings.HasSuffix(got, "…") || units < mostText-1) {
			t.Errorf("%d units of %.10q: %d, %t", len(utf16.Encode([]rune(text))), text, units, got == text)
		}
	}
}

func TestSerial(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]int{"1970-01-01": 25_569, "2026-11-23": 46_349, "2000-02-29": 36_585} {
		if got := serial(cal.MustDate(day)); got != want {
			t.Errorf("%s is %d, want %d", day, got, want)
		}
	}
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := letters(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

// A chart is drawn from the rows beside it.
func TestChart(t *testing.T) {
	t.Parallel()
	r := report.New("evm", cal.MustDate("2026-11-23"))
	point := func(day string, n float64) report.Point {
		return report.Point{X: report.Day(cal.MustDate(day)), Y: report.Number(n)}
	}
	r.Add(report.Heading("S-curve"), &report.Chart{
		Title: "=1+1", X: report.Axis{Label: "Day", Key: "day"}, Y: report.Axis{Label: "Value", Key: "value", Decimals: 1},
		Series: []report.Series{
			{Name: "PV", Points: []report.Point{point("2026-01-31", 1.25), point("2026-02-28", 2), {X: report.Day(cal.MustDate("2026-03-31"))}}},
			{Key: "none"},
			{Name: "EV", Points: []report.Point{point("2026-01-31", 1)}},
		},
	}, &report.Chart{})
	f := workbook(t, &Source{Reports: []*report.Report{r}})
	want := map[string]string{"A2": "PV", "B2": "2026-01-31", "C2": "1.3", "B4": "2026-03-31", "C4": "", "A5": "EV", "C5": "1.0"}
	for at, want := range want {
		if shown, _, _ := cell(t, f, "EVM s-curve", at); shown != want {
			t.Errorf("%s is %q, want %q", at, shown, want)
		}
	}
	charts := 0
	f.Pkg.Range(func(name, _ any) bool {
		if strings.HasPrefix(name.(string), "xl/charts/chart") {
			charts++
		}
		return true
	})
	if charts != 1 {
		t.Errorf("%d charts", charts)
	}
}
