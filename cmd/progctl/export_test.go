package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// copied is the portfolio of this repository in a folder outside of git, so that what
// was committed today does not count.
func copied(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, folderName), os.DirFS(filepath.Join(repositoryRoot(t), folderName))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// progctlIn runs a command line in a folder, and fails where that does.
func progctlIn(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	out, err := command(t.Context(), dir, args).Output()
	if err != nil {
		stderr := ""
		if exit, ok := err.(*exec.ExitError); ok { //nolint:errorlint // as it comes
			stderr = string(exit.Stderr)
		}
		t.Fatalf("progctl %s: %v\n%s", strings.Join(args, " "), err, stderr)
	}
	return out
}

// data is the data of a JSON report.
func data(t *testing.T, dir string, args ...string) any {
	t.Helper()
	var r struct{ Data any }
	if err := json.Unmarshal(progctlIn(t, dir, append(args, "-o", "json")...), &r); err != nil {
		t.Fatal(err)
	}
	return r.Data
}

// figureAt is a number of a JSON value by its path; of a list the sum of its items, or
// with a number in the path one of them.
func figureAt(t *testing.T, v any, path string) float64 {
	t.Helper()
	for step := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				t.Fatalf("%s: there is no item %s", path, step)
			}
			v = x[i]
		}
	}
	switch x := v.(type) {
	case float64:
		return x
	case string:
		f, err := strconv.ParseFloat(x, 64)
		if err != nil {
			t.Fatalf("%s is %q", path, x)
		}
		return f
	case map[string]any:
		return figureAt(t, x, "amount")
	case []any:
		sum := 0.0
		for i := range x {
			sum += figureAt(t, x, strconv.Itoa(i))
		}
		return sum
	}
	t.Fatalf("%s is %v", path, v)
	return 0
}

// The figures of a database are those of the JSON reports, to the last minor unit.
func TestDatabaseTiesOut(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("there is no sqlite3 here")
	}
	dir := copied(t)
	progctlIn(t, dir, "export", "sqlite", "--out", "p.db")
	budget, headcount, staffing, slip, evm := data(t, dir, "budget"), data(t, dir, "headcount"), data(t, dir, "staffing"), data(t, dir, "slip"), data(t, dir, "evm")
	count := func(v any, key string) float64 { return float64(len(v.(map[string]any)[key].([]any))) }
	for query, want := range map[string]float64{
		"SELECT sum(value_minor) / 100.0 FROM report_budget WHERE figure = 'plan'":              figureAt(t, budget, "total.plan"),
		"SELECT sum(value_minor) / 100.0 FROM report_budget WHERE figure = 'actual'":            figureAt(t, budget, "total.actual"),
		"SELECT sum(value) FROM report_budget WHERE figure = 'forecast'":                        figureAt(t, budget, "total.forecast"),
		"SELECT count(*) FROM _dictionary WHERE description IS NULL":                            0, // every column and every figure is explained
		"SELECT sum(value) FROM report_headcount WHERE figure = 'hires'":                        figureAt(t, headcount, "total.hires"),
		"SELECT sum(value_minor) / 100.0 FROM report_headcount WHERE figure = 'planCost'":       figureAt(t, headcount, "total.planCost"),
		"SELECT sum(value) FROM report_staffing WHERE figure = 'demand' AND period = '2026-03'": figureAt(t, staffing, "total.demand.1"),
		"SELECT count(*) FROM report_slip_milestones":                                           count(slip, "milestones"),
		"SELECT sum(overdue_days) FROM report_slip_milestones":                                  overdueDays(slip),
		"SELECT sum(value_minor) / 100.0 FROM report_evm WHERE figure = 'bac'":                  figureAt(t, evm, "total.bac"),
		"SELECT count(*) FROM milestones":                                                       float64(len(data(t, dir, "list", "milestones").(map[string]any)["items"].([]any))),
		"SELECT count(*) FROM people":                                                           float64(len(data(t, dir, "list", "people").(map[string]any)["items"].([]any))),
	} {
		out, err := exec.CommandContext(t.Context(), shell, "-bail", filepath.Join(dir, "p.db"), query).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v: %s", query, err, out)
			continue
		}
		got, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil || math.Abs(got-want) > 1e-6 {
			t.Errorf("%s is %s, JSON says %v", query, out, want)
		}
	}
}

func overdueDays(slip any) (days float64) {
	for _, m := range slip.(map[string]any)["milestones"].([]any) {
		days += m.(map[string]any)["overdueDays"].(float64)
	}
	return days
}

// Killed at any moment, an export leaves under its name nothing, or all.
func TestKilledExport(t *testing.T) {
	t.Parallel()
	dir := copied(t)
	for _, format := range []string{"xlsx", "csv", "sqlite"} {
		begun := time.Now()
		progctlIn(t, dir, "export", format, "--out", format+".whole")
		whole := time.Since(begun)
		want := everything(t, filepath.Join(dir, format+".whole"))
		const rounds = 3
		for i := range rounds {
			out := fmt.Sprintf("%s.%d", format, i)
			cmd := command(t.Context(), dir, []string{"export", format, "--out", out})
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(whole * time.Duration(i+1) / rounds)
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			if _, err := os.Stat(filepath.Join(dir, out)); err != nil {
				continue
			}
			if everything(t, filepath.Join(dir, out)) != want {
				t.Errorf("killed at %d/%d, %s is half written", i+1, rounds, out)
			}
		}
	}
}

// everything is the text of a file, or of all files below a folder.
func everything(t *testing.T, name string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(name, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		fmt.Fprintf(&b, "%s\n%s\n", strings.TrimPrefix(file, name), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
