package lint_test

import (
	"cmp"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
)

// moneyCase is a portfolio, the day, and what rules about money say.
type moneyCase struct {
	name, text string
	asOf       string // usualDay where it is empty
	before     string // the portfolio before the change; none where it is empty
	only       string // codes to look at, the others are left out; all where it is empty
	want       []string
}

func runMoneyCases(t *testing.T, cases []moneyCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := options(c.asOf)
			if c.before != "" {
				o.Before = snapshot(t, c.before)
			}
			list := findMoney(t, docs(c.text), o)
			if c.only != "" {
				list = withCode(list, strings.Fields(c.only)...)
			}
			if diff := gocmp.Diff(append([]string{}, c.want...), messages(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// docs are files of which one is given.
func docs(text string) fstest.MapFS {
	return fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(text)}}
}

// loadFiles loads a portfolio whatever there is to say of it.
func loadFiles(t testing.TB, files fstest.MapFS) (*portfolio.Snapshot, []diag.Diagnostic) {
	t.Helper()
	res, err := load.Load(context.Background(), []load.Tree{{FS: files, Roots: []string{"."}, Name: func(p string) string { return p }}})
	if err != nil {
		t.Fatal(err)
	}
	return res.Snapshot, res.Diagnostics
}

// findMoney runs all rules; findings that are not about money are left out, but for
// those of the loader.
func findMoney(t testing.TB, files fstest.MapFS, o lint.Options) []diag.Diagnostic {
	t.Helper()
	s, found := loadFiles(t, files)
	found = append(found, lint.Run(s, o)...)
	diag.Finish(found)
	return withCode(found, "BUD", "GOV011", "GOV015", "GOV016", "YAML", "SCH", "REF", "CSV")
}

// withCode are the findings whose codes begin with one of those given.
func withCode(found []diag.Diagnostic, codes ...string) (list []diag.Diagnostic) {
	for _, d := range found {
		for _, code := range codes {
			if strings.HasPrefix(d.Code, code) {
				list = append(list, d)
				break
			}
		}
	}
	return list
}

// funded is the program p of the team sre from 2026-02-02 to 2027-01-29 with budget lines,
// given as flow mappings that need no type.
func funded(status string, lines ...string) string {
	text := "kind: Program\nmetadata: {name: p}\nspec:\n  team: sre\n  owner: sre\n  objective: It works.\n  status: " + status + "\n  start: 2026-02-02\n  due: 2027-01-29\n"
	if len(lines) == 0 {
		return text
	}
	return text + "  budget:\n    lines:\n" + entries("type: opex, ", lines)
}

// ledgerOf is a ledger of a program p, or of the team sre, of the same name.
func ledgerOf(of string, list ...string) string { return ledgerNamed(of, of, list...) }

func ledgerNamed(name, of string, list ...string) string {
	kind := "program"
	if of == "sre" {
		kind = "team"
	}
	text := "kind: Ledger\nmetadata: {name: " + name + "}\nspec:\n  " + kind + ": " + of + "\n"
	if len(list) > 0 {
		text += "  entries:\n" + entries("type: opex, ", list)
	}
	return text
}

// budgetOf is a Budget of the team sre for FY26, the fiscal year of usualDay.
func budgetOf(rest string, lines ...string) string {
	return "kind: Budget\nmetadata: {name: sre-fy26}\nspec:\n  team: sre\n  fiscalYear: FY26\n" + rest + "  lines:\n" + entries("type: opex, ", lines)
}

// cloud is a line over the twelve months of the program, of 1,000 each.
const cloud = "id: standby, category: cloud, amount: 12000, from: 2026-02, to: 2027-01"

// paid is an entry for the cloud.
func paid(day, amount string) string { return "date: " + day + ", category: cloud, amount: " + amount }

// options are those of a day, usualDay where it is empty.
func options(asOf string) lint.Options {
	return lint.Options{AsOf: cal.MustDate(cmp.Or(asOf, usualDay)), Codes: allRules()}
}
