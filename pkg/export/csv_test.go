package export

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
)

// hostile are texts that some medium executes, hides or cannot hold.
var hostile = []string{
	`=HYPERLINK("https://example.org";"x")`, "+1+1", "-2+3|cmd", "@SUM(1)", "＝1+1", "\t=1", "=1\n=2", " =1",
	"a\x00b\x1b[31mc\x07", "\u202Eabc\u202C", "a\uFFFEb", "<b>&amp;]]>\"'", "_x000D_", "a\r\nb", `quote " and , comma`,
	"x", strings.Repeat("long ", 9000), strings.Repeat("é", 32_767), strings.Repeat("😀", 20_000), "\xff\xfe", "::warning::x", " ", "'", "1e5", "007",
}

// hostileReport has each of them as header, value and label.
func hostileReport() *report.Report {
	r := report.New("slip", 20_000)
	t := &report.Table{Columns: []report.Column{{Header: "Text", Key: "text"}, {Header: hostile[0], Key: hostile[0]}, {Header: "n", Key: "n"}}}
	for i, text := range hostile {
		t.Append(report.Say(text), report.Cell{Text: text, Value: i}, count(1))
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{{Text: "=Total"}, {}, count(len(hostile))}})
	for _, name := range []string{"=1+1", "Über / Größe: *[x]?", strings.Repeat("n", 40), strings.Repeat("N", 40), "history", ""} {
		r.Add(report.Heading(name), t)
	}
	return r
}

func hostileSource() *Source {
	return &Source{Reports: []*report.Report{hostileReport()}, About: About{Command: hostile[8], Title: hostile[0], Notes: hostile[:3], AsOf: 20_000}}
}

// written is a folder as it was written.
func folderOf(t *testing.T, s *Source) (dir string, p dataPackage) {
	t.Helper()
	f, _ := Lookup("csv")
	dir = filepath.Join(t.TempDir(), "out")
	if err := f.Write(t.Context(), dir, s); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, descriptorName))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	return dir, p
}

func records(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A folder holds what its descriptor says, and every file what the table has.
func TestFolder(t *testing.T) {
	t.Parallel()
	s := usual(t)
	dir, p := folderOf(t, s)
	want := provenance{Version: "1.0.0", Command: "progctl export", AsOf: "2026-11-23", Commit: new(strings.Repeat("ab", 20)), Dirty: new(true), Notes: []string{}}
	if diff := cmp.Diff(want, p.Progctl); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	tables, err := s.tables()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(tables)+1 || len(p.Resources) != len(tables) {
		t.Fatalf("%d files and %d resources for %d tables, %v", len(entries), len(p.Resources), len(tables), err)
	}
	for i, x := range tables {
		r := p.Resources[i]
		text, err := os.ReadFile(filepath.Join(dir, r.Path))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(text); r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != int64(len(text)) {
			t.Errorf("%s has another hash or length than is said", r.Path)
		}
		list := records(t, filepath.Join(dir, r.Path))
		for i, f := range r.Schema.Fields {
			if list[0][i] != f.Name {
				t.Errorf("%s: column %d is %s, said to be %s", r.Path, i, list[0][i], f.Name)
			}
		}
		n := 0
		for row := range x.rows {
			n++
			for i, v := range row {
				if want := plain(v); list[n][i] != want && list[n][i] != render.CSVCell(want) {
					t.Fatalf("%s: row %d has %q, want %q", r.Path, n, list[n][i], want)
				}
			}
		}
		if n != len(list)-1 {
			t.Errorf("%s has %d rows, want %d", r.Path, len(list)-1, n)
		}
	}
}

// No cell of a folder is a formula, and none hides something.
func TestFolderIsHarmless(t *testing.T) {
	t.Parallel()
	dir, p := folderOf(t, hostileSource())
	cells := map[string]bool{}
	for _, r := range p.Resources {
		for _, row := range records(t, filepath.Join(dir, r.Path)) {
			for _, cell := range row {
				cells[cell] = true
			}
		}
	}
	for _, cell := range slices.Sorted(maps.Keys(cells)) {
		trimmed := strings.TrimSpace(cell)
		if trimmed != "" && strings.ContainsAny(trimmed[:1], "=+@") || strings.HasPrefix(trimmed, "＝") || strings.HasPrefix(trimmed, "-2") {
			t.Errorf("a spreadsheet calculates %.40q", cell)
		}
		if strings.ContainsAny(cell, "\x00\x1b\x07\u202e\ufffe") {
			t.Errorf("%.40q hides something", cell)
		}
	}
	if !cells["'+1+1"] || !cells["quote \" and , comma"] {
		t.Error("texts are not there at all")
	}
}

func TestReportTables(t *testing.T) {
	t.Parallel()
	s := &Source{Reports: []*report.Report{sums()}}
	want := []string{
		"team=a1 cost_amount=1.00(100) cost_currency=USD heads=1 share=1",
		"team=a2x cost_amount=2.00(200) cost_currency=USD heads=1 share=1",
		"team=a2y cost_amount=3.00(300) cost_currency=USD heads=1 share=1",
		"team=b cost_amount=0.50(50) cost_currency=USD heads=4 share=1",
	}
	got := rowsOfTable(t, s, "report_budget_by_team_usd")
	for i := range want {
		want[i] = strings.Replace(want[i], "team=", "team=", 1)
	}
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], "team=  ", "team=")
		got[i] = strings.ReplaceAll(got[i], "team=  ", "team=")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Sheets stand in for tables, under their names; an amount knows its currency from the
// column beside it.
func TestSheets(t *testing.T) {
	t.Parallel()
	r := sums()
	figures := &report.Table{Columns: []report.Column{{Key: "figure", Header: "figure"}, {Key: "value"}, {Key: "currency"}, {Key: "from"}}}
	add := func(figure string, value any, currency, from string) {
		figures.Append(report.Say(figure), report.Cell{Value: value}, report.Say(currency), report.Say(from))
	}
	add("hires", 3, "", "2026-02-01")
	add("cost", "12.50", "USD", "2026-03-01")
	add("rate", nil, "", "")
	named := &report.Table{Name: "moves", Columns: []report.Column{{Key: "days"}}}
	named.Append(count(-3))
	r.Sheets = []*report.Table{figures, named, {Name: "moves", Columns: []report.Column{{Key: "days"}}}}
	s := &Source{Reports: []*report.Report{r}}
	for name, want := range map[string][]string{
		"report_budget":         {"figure=hires value=3 from_date=2026-02-01", "figure=cost value=12.50(1250) currency=USD from_date=2026-03-01", "figure=rate"},
		"report_budget_moves":   {"days=-3"},
		"report_budget_moves_2": nil,
	} {
		if diff := cmp.Diff(want, rowsOfTable(t, s, name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	found := false
	for _, row := range rowsOfTable(t, s, "_dictionary") {
		found = found || strings.HasPrefix(row, "table_name=report_budget column_name=figure: hires key=false description=People whose")
	}
	if !found {
		t.Errorf("the dictionary says nothing of figures: %v", rowsOfTable(t, s, "_dictionary"))
	}
}
