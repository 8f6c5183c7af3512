package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The totals of a workbook, calculated anew by a spreadsheet that did not write it, are
// the values that it was written with, and those of the JSON reports.
func TestWorkbookIsRecalculated(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("there is no LibreOffice here")
	}
	dir := copied(t)
	progctlIn(t, dir, "export", "xlsx", "--out", "with.xlsx")
	book, err := excelize.OpenFile(filepath.Join(dir, "with.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	withoutValues(t, filepath.Join(dir, "with.xlsx"), filepath.Join(dir, "book.xlsx"))
	// All sheets, as CSV, with the values rather than what is shown.
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", dir, "book.xlsx")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	sheets := map[string][][]string{}
	formulas := 0
	for _, name := range book.GetSheetList() {
		sheets[name] = sheetRows(t, filepath.Join(dir, "book-"+name+".csv"))
		formulas += compareFormulas(t, book, name, sheets[name])
	}
	if formulas < 100 {
		t.Errorf("only %d formulas", formulas)
	}
	budget, headcount, staffing, evm := data(t, dir, "budget"), data(t, dir, "headcount"), data(t, dir, "staffing"), data(t, dir, "evm")
	for _, tie := range []struct {
		sheet, column string
		report        any
		path          string
		off           float64 // by how much it may be off: what is rounded once
	}{
		{"Budget by program and category", "Plan (USD)", budget, "total.total.plan", 0},
		{"Budget by program and category", "Actual (USD)", budget, "total.total.actual", 0},
		{"Budget by program and category", "Variance (USD)", budget, "total.total.variance", 0},
		{"Budget by program and category", "Ordered (USD)", budget, "total.total.commitments", 0},
		{"Budget by program and category", "Forecast (USD)", budget, "total.total.forecast", 0},
		{"Budget by program and category", "Forecast variance (USD)", budget, "total.total.forecastVariance", 0},
		{"Budget period by period", "Plan (USD)", budget, "total.plan", 0},
		{"Headcount by team", "Hires", headcount, "total.hires", 0},
		{"Headcount by team", "Leavers", headcount, "total.leavers", 0},
		{"Headcount by team", "Closing", headcount, "total.closing.11", 0},
		{"Headcount by team", "Cost (USD)", headcount, "total.cost", 0},
		{"Headcount by team", "Forecast cost (USD)", headcount, "total.forecastCost", 0},
		{"Headcount by team", "Forecast", headcount, "total.forecast.11", 0.0005},
		{"Staffing gap by month", "Feb", staffing, "total.gap.0", 0.0005},
		{"Staffing gap by month", "Nov", staffing, "total.gap.9", 0.0005},
		{"EVM earned value on 2026-11-23", "BAC (USD)", evm, "total.bac", 0},
		{"EVM earned value on 2026-11-23", "PV (USD)", evm, "total.pv", 0},
		{"EVM earned value on 2026-11-23", "EV (USD)", evm, "total.ev", 0},
		{"EVM earned value on 2026-11-23", "AC (USD)", evm, "total.ac", 0},
	} {
		got, err := totalOf(sheets[tie.sheet], tie.column)
		if err != nil {
			t.Errorf("%s: %v", tie.sheet, err)
			continue
		}
		if want := figureAt(t, tie.report, tie.path); math.Abs(got-want) > tie.off+1e-7 {
			t.Errorf("%s, %s: the spreadsheet has %v, JSON %v", tie.sheet, tie.column, got, want)
		}
	}
}

var cached = regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)

// withoutValues copies a workbook without the values of formulas, so that whoever reads
// it must calculate.
func withoutValues(t *testing.T, from, to string) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(cached.ReplaceAll(text, []byte("$1"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func sheetRows(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// compareFormulas compares what was calculated with what was written, and counts.
func compareFormulas(t *testing.T, book *excelize.File, sheet string, rows [][]string) (n int) {
	t.Helper()
	written, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for y, row := range written {
		for x, value := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := book.GetCellFormula(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if formula == "" {
				continue
			}
			n++
			want, err := strconv.ParseFloat(value, 64)
			if err != nil {
				t.Errorf("%s!%s = %s was written with %q", sheet, at, formula, value)
				continue
			}
			got, err := strconv.ParseFloat(rows[y][x], 64)
			if err != nil || math.Abs(got-want) > 1e-7 {
				t.Errorf("%s!%s = %s is %q, and was written as %v", sheet, at, formula, rows[y][x], want)
			}
		}
	}
	return n
}

// totalOf is the number in the row that is called Total, else in the last one.
func totalOf(rows [][]string, column string) (float64, error) {
	if len(rows) == 0 {
		return 0, fmt.Errorf("there are no rows")
	}
	x := slices.Index(rows[0], column)
	y := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row[:min(2, len(row))], "Total") })
	if y < 0 { // it is called by the year, say
		y = len(rows) - 1
	}
	if x < 0 {
		return 0, fmt.Errorf("no total of %q under %q", column, rows[0])
	}
	return strconv.ParseFloat(rows[y][x], 64)
}
