package main

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
)

func TestFindingsOfTablesAreBounded(t *testing.T) {
	finding := func(file string, line int, s diag.Severity, introduced, waived bool) diag.Diagnostic {
		return diag.Diagnostic{
			Location: diag.Location{File: file, Range: diag.Range{Start: diag.Position{Line: line, Column: 1}}},
			Code:     "CSV006", Severity: s, Message: fmt.Sprint(line), Introduced: new(introduced), Waived: waived,
		}
	}
	var list []diag.Diagnostic
	for line := range 300 {
		list = append(list, finding("a.yaml", line, diag.Error, false, false))
	}
	for line := range maxOfTable {
		list = append(list, finding("few.csv", line, diag.Error, line == 7, false))
	}
	for line := range 250 { // the last ten are new, and two in between are no errors or waived
		list = append(list, finding("many.csv", line, map[bool]diag.Severity{true: diag.Error, false: diag.Warning}[line > 150], line >= 240, line == 120))
	}
	for line := range maxOfTable + 1 {
		list = append(list, finding("new.csv", line, diag.Info, true, false))
	}
	diag.Finish(list)
	told := map[string][]string{}
	for _, d := range bounded(list) {
		what := d.Message
		if d.Key == "more" {
			what = fmt.Sprintf("%d: %s %s %s introduced %t", d.Range.Start.Line, d.Severity, d.Subject, d.Message, *d.Introduced)
			if len(d.Fingerprint) != 32 {
				t.Errorf("%s has the fingerprint %q", d.Message, d.Fingerprint)
			}
		}
		told[d.File] = append(told[d.File], what)
	}
	lines := func(from, to int, more ...string) (list []string) {
		for line := from; line < to; line++ {
			list = append(list, fmt.Sprint(line))
		}
		return append(list, more...)
	}
	many := lines(0, 90, "90: error file/many.csv 149 more of the findings in many.csv, of which this is the first introduced false", "120")
	want := map[string][]string{
		"a.yaml": lines(0, 300), "few.csv": lines(0, maxOfTable), "many.csv": append(many, lines(240, 250)...),
		"new.csv": lines(0, maxOfTable, "100: info file/new.csv 1 more of the findings in new.csv, of which this is the first introduced true"),
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
