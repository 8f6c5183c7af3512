package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

func TestGolden(t *testing.T) {
	clean := report.New("check", cal.MustDate("2026-11-23"))
	clean.Add(report.NewFindings(nil, rules, 14, 8))
	for _, c := range []struct {
		name, format string
		report       *report.Report
		options      Options
	}{
		{"findings-unlimited", "text", sample(), Options{}},
		{"findings-100", "text", sample(), Options{Width: 100}},
		{"findings-100-color", "text", sample(), Options{Width: 100, Color: true}},
		{"findings-60", "text", sample(), Options{Width: 60}},
		{"findings-clean", "text", clean, Options{Width: 60}},
		{"blocks-unlimited", "text", portfolio(), Options{}},
		{"blocks-100-color", "text", portfolio(), Options{Width: 100, Color: true}},
		{"blocks-80", "text", portfolio(), Options{Width: 80}},
		{"blocks-60", "text", portfolio(), Options{Width: 60}},
		{"blocks-24", "text", portfolio(), Options{Width: 24}},
		{"check-json", "json", sample(), Options{}},
		{"clean-json", "json", clean, Options{}},
		{"status-json", "json", portfolio(), Options{}},
		{"check-github", "github", sample(), Options{}},
		{"check-sarif", "sarif", sample(), Options{Version: "0.1.0"}},
		{"clean-sarif", "sarif", clean, Options{}},
		{"check-gitlab", "gitlab", sample(), Options{}},
		{"clean-gitlab", "gitlab", clean, Options{}},
		{"check-junit", "junit", sample(), Options{}},
		{"clean-junit", "junit", clean, Options{}},
		{"check-markdown", "markdown", sample(), Options{}},
		{"clean-markdown", "markdown", clean, Options{}},
		{"status-markdown", "markdown", portfolio(), Options{}},
		{"check-csv", "csv", sample(), Options{}},
		{"clean-csv", "csv", clean, Options{}},
		{"status-csv", "csv", portfolio(), Options{}},
		{"check-html", "html", sample(), Options{Version: "0.1.0"}},
		{"status-html", "html", portfolio(), Options{Version: "0.1.0"}},
		{"chart-unlimited", "text", trends(), Options{}},
		{"chart-100-color", "text", trends(), Options{Width: 100, Color: true}},
		{"chart-60", "text", trends(), Options{Width: 60}},
		{"chart-24", "text", trends(), Options{Width: 24}},
		{"chart-odd-60", "text", oddities(), Options{Width: 60}},
		{"chart-decades-100", "text", charted(decades()), Options{Width: 100}},
		{"chart-markdown", "markdown", trends(), Options{}},
		{"chart-csv", "csv", trends(), Options{}},
		{"chart-html", "html", trends(), Options{Version: "0.1.0"}},
		{"chart-odd-html", "html", oddities(), Options{Version: "0.1.0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := written(t, c.format, c.report, c.options)
			golden(t, c.name, got)
			if !bytes.Equal(got, written(t, c.format, c.report, c.options)) {
				t.Error("two writes differ")
			}
			if c.format == "sarif" {
				validSARIF(t, got)
			}
			if c.options.Width < 40 {
				return
			}
			for line := range strings.Lines(sgrSequence.ReplaceAllString(string(got), "")) {
				if n := cells(strings.TrimSuffix(line, "\n")); n > c.options.Width {
					t.Errorf("line of %d cells: %q", n, line)
				}
			}
		})
	}
}

func TestColorAddsNothingButSGR(t *testing.T) {
	for _, r := range []*report.Report{sample(), portfolio(), trends(), oddities()} {
		plain := written(t, "text", r, Options{Width: 80})
		colored := written(t, "text", r, Options{Width: 80, Color: true})
		if !bytes.Equal(plain, sgrSequence.ReplaceAll(colored, nil)) {
			t.Error("text in colour says something else than without")
		}
	}
}

func validSARIF(t *testing.T, data []byte) {
	t.Helper()
	schema, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	if err := c.AddResource(sarifSchema, bytes.NewReader(schema)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%#v", err)
	}
}

// brokenWriter fails after a number of bytes.
type brokenWriter struct{ left int }

var errFull = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if len(p) <= w.left {
		w.left -= len(p)
		return len(p), nil
	}
	return w.left, errFull
}

func TestWriteErrorsAreReturned(t *testing.T) {
	for _, f := range Formats {
		for _, n := range []int{0, 1, 100} {
			if err := f.Write(&brokenWriter{n}, sample(), Options{}); !errors.Is(err, errFull) {
				t.Errorf("%s after %d bytes: got error %v", f.Name, n, err)
			}
		}
	}
}

func TestFindingsOnlyFormatsNeedFindings(t *testing.T) {
	for _, f := range Formats {
		err := f.Write(&bytes.Buffer{}, portfolio(), Options{})
		if f.FindingsOnly != (err != nil) {
			t.Errorf("%s: FindingsOnly is %t, error is %v", f.Name, f.FindingsOnly, err)
		}
	}
}

func TestDataThatDoesNotMarshalIsAnError(t *testing.T) {
	r := report.New("slip", cal.MustDate("2026-11-23"))
	r.Data = func() {}
	var b bytes.Buffer
	if err := writeJSON(&b, r, Options{}); err == nil || b.Len() > 0 {
		t.Errorf("got error %v and %d bytes", err, b.Len())
	}
}

func many(n int) []diag.Diagnostic {
	var list []diag.Diagnostic
	no := false
	for i := range n {
		d := diag.Diagnostic{
			Location: diag.Location{File: fmt.Sprintf("%05d.yaml", i), Range: span(1, 1, 1, 2)},
			Code:     "MS007", Severity: diag.Warning, Message: "m", Subject: fmt.Sprint("program/", i),
		}
		if i%3 == 0 {
			d.Introduced = &no
		}
		list = append(list, d)
	}
	return list
}

func TestGitHubLimits(t *testing.T) {
	list := many(15)
	late := diag.Diagnostic{Code: "MS001", Severity: diag.Error, Message: "late", Location: diag.Location{File: "z.yaml"}}
	list = append(list, late)
	r := report.New("check", 0)
	r.Add(report.NewFindings(list, rules, 1, 1))
	lines := strings.Split(strings.TrimSpace(string(written(t, "github", r, Options{}))), "\n")
	if !strings.HasPrefix(lines[0], "::error file=z.yaml,line=1,") {
		t.Errorf("the error is not first: %s", lines[0])
	}
	if len(lines) != 12 {
		t.Fatalf("got %d lines, want an error, 10 warnings and the rest", len(lines))
	}
	if want := "5 more findings not annotated (5 warnings): GitHub shows 10 of each level a step"; lines[11] != want {
		t.Errorf("got %q, want %q", lines[11], want)
	}
	for _, line := range lines[1:11] {
		if strings.Contains(line, "00003.yaml") {
			t.Errorf("an inherited finding came before an introduced one: %s", line)
		}
	}
}

func TestSARIFLimit(t *testing.T) {
	list := many(sarifLimit + 5)
	list = append(list, diag.Diagnostic{Code: "MS001", Severity: diag.Error, Message: "late", Location: diag.Location{File: "z.yaml"}})
	r := report.New("check", 0)
	r.Add(report.NewFindings(list, rules, 1, 1))
	var log sarifLog
	if err := json.Unmarshal(written(t, "sarif", r, Options{}), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != sarifLimit || run.Results[sarifLimit-1].RuleID != "MS001" {
		t.Errorf("got %d results, the last of %s", len(run.Results), run.Results[len(run.Results)-1].RuleID)
	}
	want := "6 findings left out: a run holds at most 25000"
	if n := run.Invocations[0].ToolExecutionNotifications; len(n) != 1 || n[0].Message.Text != want {
		t.Errorf("got notifications %v", n)
	}
}

func TestSARIFArtifact(t *testing.T) {
	for file, want := range map[string]sarifArtifact{
		"a b/ü%#?.yaml": {"a%20b/%C3%BC%25%23%3F.yaml", srcRoot},
		"a:b.yaml":      {"a%3Ab.yaml", srcRoot},
		"../x.yaml":     {"../x.yaml", ""},
		"/tmp/x.yaml":   {"file:///tmp/x.yaml", ""},
		"\xff\n.yaml":   {"%FF%0A.yaml", srcRoot},
	} {
		if got := newSARIFArtifact(file); got != want {
			t.Errorf("%q: got %v, want %v", file, got, want)
		}
	}
}
