package render

import (
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func TestCSVCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "-5": "-5", "-5.10": "-5.10", "-1e-7": "-1e-7", "-5+1": "'-5+1", "- x": "'- x", "+5": "'+5", "=1": "'=1", " \t=1": "'     =1",
		"\t1": "'    1", "\r1": `'\r1`, "\n@x": "'\n@x", "＝1": "'＝1", "a=1": "a=1", "two\r\nlines\n": "two\nlines",
	} {
		if got := csvCell(in); got != want {
			t.Errorf("csvCell(%q) = %q, want %q", in, got, want)
		}
	}
}

// A report of a table and nothing else round trips, but for what was made
// visible.
func TestCSVRoundTrip(t *testing.T) {
	type money struct {
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}
	table := &report.Table{Columns: []report.Column{
		{Header: "ID", Key: "id"}, {Header: "Plan", Key: "plan"}, {Header: "Slip", Key: "slip"}, {Header: "Teams", Key: "teams"}, {Header: "Due", Key: "due"},
	}}
	cell := func(v any) report.Cell { return report.Cell{Text: "for people", Value: v} }
	table.Append(cell("a, \"b\"\nc"), cell(nil), cell(-12), cell([]string{"x", "y"}), cell(cal.MustDate("2026-11-23")))
	table.Append(cell("-1"), cell(money{"-5.10", "EUR"}), cell(1234567890123456789), cell([]string{}), cell(nil))
	table.Rows = append(table.Rows, row(report.Subtotal, "sum"), row(report.Total, "total"))
	got := readCSV(t, string(written(t, "csv", tableReport(table), Options{})))
	want := [][][]string{{
		{"id", "plan.amount", "plan.currency", "slip", "teams", "due"},
		{"a, \"b\"\nc", "", "", "-12", "x;y", "2026-11-23"},
		{"-1", "-5.10", "EUR", "1234567890123456789", "", ""},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCSVWithoutTable(t *testing.T) {
	r := report.New("version", 0)
	r.Add(report.Text("progctl 0.1.0"))
	if err := writeCSV(io.Discard, r, Options{}); err == nil {
		t.Error("nothing is written without an error")
	}
	r.Data = struct {
		Version string  `json:"version"`
		Commit  *string `json:"commit"`
	}{"0.1.0", nil}
	if diff := cmp.Diff("version,commit\r\n0.1.0,\r\n", string(written(t, "csv", r, Options{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
