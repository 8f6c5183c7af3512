package lint_test

import (
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
)

// govCase is a portfolio, the day, and what rules about governance say.
type govCase struct {
	name, text string
	asOf       string // usualDay where it is empty
	want       []string
}

// govCodes are those of the rules about reviews, risks, criteria, stakeholders, themes
// and priorities.
var govCodes = strings.Fields("GOV017 GOV018 GOV019 GOV020 GOV021 GOV022 GOV023 GOV024 GOV025 GOV026 GOV027 GOV028 GOV029 GOV030")

func runGovCases(t *testing.T, cases []govCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			list := messages(findGov(t, docs(c.text), options(c.asOf)))
			if diff := gocmp.Diff(append([]string{}, c.want...), list); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// findGov runs all rules; findings that are not about governance are left out, but for
// those of the loader and of waivers.
func findGov(t testing.TB, files fstest.MapFS, o lint.Options) []diag.Diagnostic {
	t.Helper()
	s, found := loadFiles(t, files)
	found = append(found, lint.Run(s, o)...)
	diag.Finish(found)
	return withCode(found, append([]string{"GOV01", "YAML", "SCH", "REF", "CSV"}, govCodes...)...)
}

// governed is the program p, which began on a Tuesday eight weeks before usualDay, with
// fields given as lines.
func governed(status string, fields ...string) string {
	text := "kind: Program\nmetadata: {name: p}\nspec:\n  owner: sre\n  objective: It works.\n  status: " + status + "\n  start: 2026-09-29\n  due: 2027-01-29\n"
	for _, f := range fields {
		text += "  " + f + "\n"
	}
	return text
}

// minutes is a review of the program p.
func minutes(day string, fields ...string) string {
	text := "kind: Review\nmetadata: {name: p-" + day + "}\nspec:\n  program: p\n  date: " + day + "\n"
	for _, f := range fields {
		text += "  " + f + "\n"
	}
	return text
}
