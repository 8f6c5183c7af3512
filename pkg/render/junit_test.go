package render

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// A build that progctl lets pass must not fail for its test report.
func TestJUnitFailures(t *testing.T) {
	yes, no := true, false
	list := []diag.Diagnostic{
		{Code: "MS001", Severity: diag.Error, Message: "new", Introduced: &yes},
		{Code: "MS001", Severity: diag.Error, Message: "of no change"},
		{Code: "MS001", Severity: diag.Error, Message: "old", Introduced: &no},
		{Code: "MS001", Severity: diag.Error, Message: "waived", Waived: true},
		{Code: "MS007", Severity: diag.Warning, Message: "warning", Introduced: &yes},
	}
	diag.Finish(list)
	r := report.New("check", 0)
	r.Add(report.NewFindings(list, rules, 1, 1))
	var s junitSuites
	if err := xml.Unmarshal(written(t, "junit", r, Options{}), &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Suites) != 1 || s.Suites[0].Tests != 5 || s.Suites[0].Failures != 2 || s.Suites[0].Skipped != 3 {
		t.Errorf("got %+v", s.Suites)
	}
}

// soundJUnit holds for XML that any parser reads, and whose counts are right.
func soundJUnit(t *testing.T, out string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(out))
	dec.Strict = true
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %q", err, out)
		}
	}
	var s junitSuites
	if err := xml.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Suites) == 0 {
		t.Error("no testsuite")
	}
	for i, suite := range s.Suites {
		names := map[string]bool{}
		failures, skipped := 0, 0
		for _, c := range suite.Cases {
			id := c.ClassName + "\x00" + c.Name
			if names[id] || c.Name == "" || c.ClassName == "" {
				t.Errorf("testcase %q of %q is not unique", c.Name, c.ClassName)
			}
			names[id] = true
			if c.Failure != nil {
				failures++
			}
			if c.Skipped != nil {
				skipped++
			}
		}
		if suite.ID != i || suite.Tests != len(suite.Cases) || suite.Failures != failures || suite.Skipped != skipped || suite.Tests == 0 {
			t.Errorf("wrong counts: %+v", suite)
		}
	}
}
