package render

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares with testdata/name.golden, in which an escape is spelled ␛ and
// a carriage return ␍.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	text := strings.NewReplacer("\x1b", "␛", "\r", "␍").Replace(string(got))
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(text, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

func written(t *testing.T, format string, r *report.Report, o Options) []byte {
	t.Helper()
	f, ok := Lookup(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, o); err != nil {
		t.Fatalf("write %s: %v", format, err)
	}
	return b.Bytes()
}

func span(line, column, endLine, endColumn int) diag.Range {
	return diag.Range{
		Start: diag.Position{Line: line, Column: column},
		End:   diag.Position{Line: endLine, Column: endColumn},
	}
}

var sources = map[string]string{
	"programs/checkout/program.yaml": strings.Join([]string{
		"kind: Program",
		"spec:",
		"  owner: maria.lopez",
		"  milestones:",
		"    - id: ga",
		"      due: 2026-03-31",
		"\tdependsOn: [betta]",
		`      title: "結帳 generally available in every region, with the reconciliation of the old ledger done" # long`,
		"      notes: >",
		"        first   ",
		"        second",
	}, "\n"),
	"teams/payments.yaml": "kind: Team\r\nspec:\r\n  lead: sam\r\n",
}

func sourceLine(file string, line int) (string, bool) {
	lines := strings.SplitAfter(sources[file], "\n")
	if line < 1 || line > len(lines) {
		return "", false
	}
	return lines[line-1], true
}

var rules = []diag.Rule{
	{Code: "GOV004", Name: "review-missed", Summary: "A review did not take place in its period", Severity: diag.Info},
	{Code: "MS001", Name: "milestone-overdue", Summary: "A milestone is past its date and not done", Severity: diag.Error},
	{Code: "MS007", Name: "title-too-long", Summary: "A title is too long for a slide", Severity: diag.Warning},
	{Code: "REF001", Name: "unknown-reference", Summary: "A name refers to nothing", Severity: diag.Error, Structural: true},
}

// sample has a finding for each thing a format can show.
func sample() *report.Report {
	const program = "programs/checkout/program.yaml"
	yes, no := true, false
	at := func(file string, r diag.Range) diag.Location { return diag.Location{File: file, Range: r} }
	list := []diag.Diagnostic{
		{
			Location: at(program, span(6, 12, 6, 22)), Code: "MS001", Severity: diag.Error,
			Message: `milestone "ga" is due 2026-03-31, before its dependency "beta" (2026-05-15)`,
			Detail:  "move \"ga\" to 2026-05-15 or later:\nprogctl move checkout/ga 2026-05-15 --reason …",
			Subject: "program/checkout/milestone/ga", Owner: "maria.lopez", Team: "payments", Introduced: &yes,
			Related: []diag.Related{
				{Location: at("programs/ledger/program.yaml", span(14, 7, 14, 17)), Message: `"beta" is due here`},
			},
		},
		{
			Location: at(program, span(7, 14, 7, 19)), Code: "REF001", Severity: diag.Error,
			Message: `milestone "ga" depends on "betta", which does not exist`, Suggestion: "beta",
			Subject: "program/checkout/milestone/ga", Key: "dependsOn/0", Introduced: &yes,
			Fix: &diag.Fix{Range: span(7, 14, 7, 19), NewText: "beta"},
		},
		{
			Location: at(program, span(8, 71, 8, 89)), Code: "MS007", Severity: diag.Warning,
			Message: `title of milestone "ga" has 79 characters, more than 60`,
			Subject: "program/checkout/milestone/ga", Introduced: &no,
		},
		{
			Location: at(program, span(9, 14, 12, 1)), Code: "MS007", Severity: diag.Warning,
			Message: `notes of milestone "ga" repeat its title`,
			Subject: "program/checkout/milestone/ga", Key: "notes", Introduced: &no,
		},
		{
			Location: at("teams/payments.yaml", span(3, 9, 3, 12)), Code: "REF001", Severity: diag.Error,
			Message: `team "payments" is led by "sam", who is not on any roster`,
			Subject: "team/payments", Introduced: &no, Waived: true, WaivedBy: "sam starts in May (approved by maria.lopez)",
		},
		{
			Location: at("programs/100% new, a:b.yaml", diag.Range{}), Code: "GOV004", Severity: diag.Info,
			Message: `program "new" had no review in 2026-02`,
			Subject: "program/new", Introduced: &no,
		},
	}
	diag.Finish(list)
	f := report.NewFindings(list, rules, 14, 8)
	f.Line = sourceLine
	r := report.New("check", cal.MustDate("2026-11-23"))
	r.Revision = &report.Revision{Dirty: true}
	r.Baseline = &report.Revision{Commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}
	r.Add(f)
	return r
}

// portfolio has every other block.
func portfolio() *report.Report {
	r := report.New("status", cal.MustDate("2026-11-23"))
	r.Data = map[string]any{"programs": []string{"checkout"}}
	cost := func(text string, minor int) report.Cell { return report.Cell{Text: text, Value: minor} }
	table := &report.Table{Columns: []report.Column{
		{Header: "Program", Key: "program"},
		{Header: "Title", Key: "title", Priority: 2},
		{Header: "State", Key: "state", Priority: 1},
		{Header: "Owner", Key: "owner", Priority: 3},
		{Header: "Plan", Key: "plan", Align: report.Right, Priority: 1},
		{Header: "Slip", Key: "slip", Align: report.Right},
	}}
	table.Append(report.Say("checkout"), report.Say("Checkout in 東京 and every other region"),
		report.Cell{Text: "⚠️ at risk", Value: "at-risk", Tone: report.Warn}, report.Say("maria.lopez"),
		cost("1,250,000.10", 125000010), report.Cell{Text: "+12 d", Value: 12, Tone: report.Bad})
	table.Append(report.Say("ledger"), report.Say("One ledger"),
		report.Cell{Text: "on track", Value: "on-track", Tone: report.Good}, report.Say("li.wei"),
		cost("80,000.00", 8000000), report.Cell{Text: "0 d", Value: 0, Tone: report.Dim})
	table.Rows = append(table.Rows,
		report.Row{Kind: report.Subtotal, Cells: []report.Cell{report.Say("pillar trust"), {}, {}, {}, cost("1,330,000.10", 133000010)}},
		report.Row{Kind: report.Total, Cells: []report.Cell{report.Say("all"), {}, {}, {}, cost("1,330,000.10", 133000010)}})
	labels := &report.Table{Columns: []report.Column{{Key: "label"}, {Key: "value"}}}
	labels.Append(report.Cell{Text: "Sponsor", Tone: report.Dim}, report.Say("Ada Obi"))
	labels.Append(report.Cell{Text: "Review", Tone: report.Dim}, report.Say("every 2 weeks on Tue"))
	r.Add(
		report.Heading("Status of 2 programs"),
		report.Text("Two programs run, one of which is late against the baseline that was approved in January.\n  - checkout waits for the ledger, which waits for a vendor to sign"),
		report.Heading("Programs"), table,
		labels,
		report.Heading("Risks"), &report.Table{Columns: []report.Column{{Header: "Risk", Key: "risk"}}, Empty: "no open risks"},
	)
	return r
}
