package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/progctl/progctl"

// floors says on which floor each package lives: it may import packages of
// lower floors only. A new package needs a row.
var floors = map[string]int{
	"pkg/cal":   0, // dates and calendars
	"pkg/diag":  0, // findings
	"pkg/git":   0, // running git
	"pkg/money": 0, // amounts
	"pkg/ratio": 0, // numbers without a unit
	"schema":    0, // JSON Schemas

	"pkg/report": 1, // what a command has to say
	"pkg/source": 1, // YAML bytes to documents

	"pkg/approval": 2, // conditions on what a change means
	"pkg/conform":  2, // documents to findings, by schema

	"pkg/portfolio": 3, // documents to a snapshot

	"pkg/history":   4, // commits to dates over time
	"pkg/inventory": 4, // a snapshot to lists
	"pkg/group":     4, // by what reports group, in which order
	"pkg/load":      4, // file systems to a snapshot
	"pkg/schedule":  4, // a snapshot to expected dates

	"pkg/render":   5, // a report to bytes
	"pkg/slip":     5, // a snapshot and its history to baselines and moves
	"pkg/staffing": 5, // a snapshot to demand, and to people on a day

	"pkg/rates": 6, // a snapshot to what people and currencies cost

	"pkg/headcount": 7, // a snapshot to heads: who comes and goes, planned, forecast
	"pkg/hiring":    7, // a snapshot and its history to who will be hired, and when

	"pkg/budget": 8, // a snapshot to money: planned, spent, forecast
	"pkg/review": 8, // a snapshot to reviews: when due, held or missed, what they decided

	"pkg/evm":      9, // plan, progress and spend to earned value
	"pkg/figure":   9, // figures, and which version changed one
	"pkg/forecast": 9, // a network to chances, by simulation
	"pkg/impact":   9, // two snapshots to what differs
	"pkg/kpi":      9, // completion rate and satisfaction
	"pkg/lint":     9, // a snapshot to findings
	"pkg/priority": 9, // scores to a ranking, with the lines of money and people
	"pkg/risk":     9, // a snapshot to what is at risk, and what became of it
	"pkg/roadmap":  9, // themes, programs and objectives over fiscal years

	"pkg/agenda": 10, // what a review has to talk about
	"pkg/goal":   10, // goals of people to how far they are
	"pkg/export": 10, // reports and documents to workbooks, folders and databases
	"pkg/status": 10, // how a portfolio stands, and what needs attention first

	"cmd/progctl": 11, // flags, streams, clock, exit codes
}

// outside says which packages may import what is not ours: modules, or packages
// of the standard library that touch the machine. What lies below a path is
// meant with it. A package of the standard library that is not here is free, a
// module that is not here is forbidden.
var outside = map[string][]string{
	"gopkg.in/yaml.v3":                      {"pkg/source"},
	"github.com/goccy/go-yaml":              {"pkg/source"}, // for where a syntax error is
	"github.com/expr-lang/expr":             {"pkg/approval"},
	"github.com/santhosh-tekuri/jsonschema": {"pkg/conform"},
	"github.com/olekukonko/tablewriter":     {"pkg/render"},
	"github.com/clipperhouse/displaywidth":  {"pkg/render"},
	"github.com/rogpeppe/go-internal/txtar": {"pkg/lint"},
	"github.com/teambition/rrule-go":        {"pkg/review"},
	"github.com/xuri/excelize":              {"pkg/export"},
	"modernc.org/sqlite":                    {"pkg/export"},
	"github.com/spf13/cobra":                {"cmd/progctl"},
	"github.com/spf13/pflag":                {"cmd/progctl"},
	"github.com/Masterminds/semver":         {"cmd/progctl"},
	"golang.org/x/term":                     {"cmd/progctl"},
	"os":                                    {"pkg/export", "pkg/git", "cmd/progctl"},
	"os/exec":                               {"pkg/git"},
	"os/signal":                             {"cmd/progctl"},
	"path/filepath":                         {"pkg/export", "pkg/git", "cmd/progctl"},
	"syscall":                               {"cmd/progctl"},
	"net":                                   {},
	"net/url":                               {"pkg/conform", "pkg/render"}, // spelling, no network
	"log":                                   {},
	"flag":                                  {},
	"unsafe":                                {},
	"plugin":                                {},
	"C":                                     {},
}

// Packages import only lower floors, and libraries only where they belong.
func TestImports(t *testing.T) {
	t.Parallel()
	imports, err := importsOf(repositoryRoot(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range checkImports(floors, outside, imports) {
		t.Error(problem)
	}
	for _, name := range slices.Sorted(maps.Keys(floors)) {
		if _, ok := imports[name]; !ok {
			t.Errorf("%s has a floor, but does not exist: delete its row in deps_test.go", name)
		}
	}
}

// The check is worth nothing if it cannot fail.
func TestCheckImports(t *testing.T) {
	t.Parallel()
	floors := map[string]int{"pkg/low": 0, "pkg/beside": 0, "pkg/high": 1}
	outside := map[string][]string{"example.com/yaml": {"pkg/low"}, "os": {"pkg/low"}, "os/exec": {}}
	for _, c := range []struct {
		name    string
		imports map[string][]string
		want    []string
	}{
		{"down", map[string][]string{"pkg/high": {module + "/pkg/low", "fmt", "path"}, "pkg/low": nil}, nil},
		{"up", map[string][]string{"pkg/low": {module + "/pkg/high"}}, []string{
			"pkg/low (floor 0) imports pkg/high (floor 1): a package imports only lower floors",
		}},
		{"sideways", map[string][]string{"pkg/low": {module + "/pkg/beside"}}, []string{
			"pkg/low (floor 0) imports pkg/beside (floor 0): a package imports only lower floors",
		}},
		{"a package without a floor", map[string][]string{"pkg/new": {"fmt"}, "pkg/high": {module + "/pkg/new"}}, []string{
			"pkg/high imports pkg/new, which has no floor: give it a row in floors, in deps_test.go",
			"pkg/new has no floor: give it a row in floors, in deps_test.go",
		}},
		{"a library where it belongs", map[string][]string{"pkg/low": {"example.com/yaml/v3", "example.com/yaml", "os"}}, nil},
		{"a library elsewhere", map[string][]string{"pkg/high": {"example.com/yaml/v3", "os"}}, []string{
			"pkg/high imports example.com/yaml/v3, which only pkg/low may import",
			"pkg/high imports os, which only pkg/low may import",
		}},
		{"what nobody may import", map[string][]string{"pkg/low": {"os/exec"}}, []string{
			"pkg/low imports os/exec, which no package may import",
		}},
		{"an unknown library", map[string][]string{"pkg/low": {"example.com/yamlish"}}, []string{
			"pkg/low imports example.com/yamlish, which is in no row of outside, in deps_test.go",
		}},
	} {
		if diff := cmp.Diff(c.want, checkImports(floors, outside, c.imports)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// checkImports says what is wrong with the imports of packages, which are named
// by their folders.
func checkImports(floors map[string]int, outside, imports map[string][]string) (problems []string) {
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		floor, known := floors[name]
		if !known {
			report("%s has no floor: give it a row in floors, in deps_test.go", name)
		}
		for _, imported := range imports[name] {
			if own, ok := strings.CutPrefix(imported, module+"/"); ok {
				below, exists := floors[own]
				switch {
				case !exists:
					report("%s imports %s, which has no floor: give it a row in floors, in deps_test.go", name, own)
				case known && below >= floor:
					report("%s (floor %d) imports %s (floor %d): a package imports only lower floors", name, floor, own, below)
				}
				continue
			}
			row, ok := rowOf(outside, imported)
			switch {
			case ok && slices.Contains(outside[row], name):
			case ok && len(outside[row]) == 0:
				report("%s imports %s, which no package may import", name, imported)
			case ok:
				report("%s imports %s, which only %s may import", name, imported, strings.Join(outside[row], " and "))
			case isModule(imported):
				report("%s imports %s, which is in no row of outside, in deps_test.go", name, imported)
			}
		}
	}
	return problems
}

// rowOf is the longest path in a table that is an import path or lies above it.
func rowOf(table map[string][]string, imported string) (row string, ok bool) {
	for up := imported; up != "."; up = path.Dir(up) {
		if _, ok := table[up]; ok {
			return up, true
		}
	}
	return "", false
}

// isModule tells a package of a module from one of the standard library.
func isModule(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

// importsOf reads what the packages below a folder import, tests apart, for
// whichever system each file is built.
func importsOf(root string) (map[string][]string, error) {
	imports := map[string][]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if base := e.Name(); name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder := path.Dir(name)
		list := imports[folder]
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(list, imported) {
				list = append(list, imported)
			}
		}
		slices.Sort(list)
		imports[folder] = list
		return nil
	})
	return imports, err
}
