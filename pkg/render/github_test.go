package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// A green check must not show red annotations.
func TestGitHubInheritedIsNoError(t *testing.T) {
	r := report.New("check", 0)
	r.Add(report.NewFindings([]diag.Diagnostic{
		{Code: "MS001", Severity: diag.Error, Message: "old", Introduced: new(false)},
		{Code: "MS001", Severity: diag.Error, Message: "new", Introduced: new(true)},
		{Code: "MS010", Severity: diag.Info, Message: "old info", Introduced: new(false)},
		{Code: "MS002", Severity: diag.Error, Message: "no change under review"},
	}, nil, 1, 1))
	var levels []string
	for line := range strings.Lines(string(written(t, "github", r, Options{}))) {
		level, _, _ := strings.Cut(line, " ")
		levels = append(levels, level+" "+line[strings.LastIndex(line, "::")+2:len(line)-1])
	}
	want := []string{"::error new", "::error no change under review", "::warning old", "::notice old info"}
	if diff := cmp.Diff(want, levels); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
