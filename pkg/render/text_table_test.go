package render

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

func tableReport(t *report.Table) *report.Report {
	r := report.New("status", cal.MustDate("2026-11-23"))
	r.Add(t)
	return r
}

func writtenLines(t *testing.T, table *report.Table, o Options) []string {
	t.Helper()
	return strings.Split(strings.TrimSuffix(string(written(t, "text", tableReport(table), o)), "\n"), "\n")
}

func row(kind report.RowKind, texts ...string) report.Row {
	r := report.Row{Kind: kind}
	for _, text := range texts {
		r.Cells = append(r.Cells, report.Say(text))
	}
	return r
}

func TestTableRules(t *testing.T) {
	columns := []report.Column{{Header: "camelCase_a.b", Key: "a"}, {Header: "", Key: "b"}, {Header: "N", Key: "n", Align: report.Right}}
	for _, c := range []struct {
		name string
		rows []report.Row
		want []string
	}{
		{"totals in the middle and together", []report.Row{
			row(report.Plain, "  indented", "", "1"), row(report.Total, "sum", "", "1"),
			row(report.Plain, "two", "same", "same"), row(report.Subtotal, "part", "", "2"),
			row(report.Total, "total", "", "3"), row(report.Total, "grand total", "", "4"),
		}, []string{
			"camelCase_a.b           N",
			"─────────────  ────  ────",
			"  indented              1",
			"─────────────  ────  ────",
			"sum                     1",
			"two            same  same",
			"part                    2",
			"─────────────  ────  ────",
			"total                   3",
			"grand total             4",
		}},
		{"a total alone", []report.Row{row(report.Total, "total", "", "3")}, []string{
			"camelCase_a.b     N",
			"─────────────  ─  ─",
			"total             3",
		}},
		{"missing and surplus cells", []report.Row{{}, row(report.Plain, "", "", "", "surplus"), row(report.Plain, "x  ")}, []string{
			"camelCase_a.b     N",
			"─────────────  ─  ─",
			"",
			"",
			"x",
		}},
	} {
		if diff := cmp.Diff(c.want, writtenLines(t, &report.Table{Columns: columns, Rows: c.rows}, Options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	none := &report.Table{Rows: []report.Row{row(report.Plain, "x")}}
	if diff := cmp.Diff([]string{"none"}, writtenLines(t, none, Options{})); diff != "" {
		t.Errorf("no columns (-want +got):\n%s", diff)
	}
}

func TestLabelsGoOnBelow(t *testing.T) {
	table := &report.Table{Columns: []report.Column{{Key: "label"}, {Key: "value"}}}
	table.Append(report.Say("Review"), report.Say("every 2 weeks on Tue   "))
	table.Append(report.Say("Scope"), report.Say("結帳結帳結帳結帳"))
	table.Append(report.Say("Total"), report.Say("none"))
	want := []string{
		"Review  every 2",
		"        weeks on",
		"        Tue",
		"Scope   結帳結帳",
		"        結帳結帳",
		"Total   none",
	}
	if diff := cmp.Diff(want, writtenLines(t, table, Options{Width: 16})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOneColumnAlwaysStays(t *testing.T) {
	table := &report.Table{Columns: []report.Column{{Header: "Title", Key: "t", Priority: 1}, {Header: "Owner", Key: "o", Priority: 2}}}
	table.Append(report.Say("Checkout"), report.Say("maria.lopez"))
	want := []string{"Ti…", "───", "Ch…", "not shown for want", "of width: Owner"}
	if diff := cmp.Diff(want, writtenLines(t, table, Options{Width: 3})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// emoji are clusters whose code points take more or fewer cells than they do.
var emoji = map[string]string{
	"⚠\ufe0f": "⚠", "☔\ufe0e": "☔", "1\ufe0f\u20e3": "1\u20e3", "❤\ufe0f\u200d🔥": "❤🔥",
	"👩\u200d💻": "👩💻", "👨\u200d👩\u200d👧\u200d👦": "👨👩👧👦", "🏴\u200d☠\ufe0f": "🏴☠",
	"🧑🏽\u200d🚀": "🧑🚀", "👍🏽": "👍", "🏽": "🏽", "🇩🇪": "DE", "🇩": "D",
}

func TestCellText(t *testing.T) {
	for in, want := range emoji {
		got := cellText(in)
		if got != want {
			t.Errorf("cellText(%+q) = %+q, want %+q", in, got, want)
		}
		if tableCells(got) != cells(got) {
			t.Errorf("%+q takes %d cells, but counts as %d", got, cells(got), tableCells(got))
		}
	}
	for _, same := range []string{"می\u200cخواهم", "क\u094d\u200dष", "e\u0301 é", "東京", "…"} {
		if got := cellText(same); got != same {
			t.Errorf("cellText(%+q) = %+q", same, got)
		}
	}
}

func TestTableColumnsStandInLine(t *testing.T) {
	texts := []string{"plain", "हिन्दी की तिथि", "สำเร็จ", "か゚ｶﾞ", "한국어 \u1112\u1161\u11ab", "\u06001", "x\u0301\u0302"}
	texts = append(texts, payloads...)
	for in := range emoji {
		texts = append(texts, in, "a "+in+in+in+" b")
	}
	table := &report.Table{Columns: []report.Column{{Header: "A", Key: "a", Priority: 1}, {Header: "B", Key: "b", Align: report.Right}}}
	for _, text := range texts {
		table.Append(report.Say(text+"."), report.Say("|"))
	}
	for _, width := range []int{0, 8, 9, 12, 15, 40} {
		lines := writtenLines(t, table, Options{Width: width})
		want := tableCells(lines[1])
		if width > 0 && want > width {
			t.Errorf("width %d: rule of %d cells", width, want)
		}
		for _, line := range lines[:2+len(texts)] {
			if n := tableCells(line); n != want {
				t.Errorf("width %d: %d cells, want %d: %q", width, n, want, line)
			}
		}
	}
}

func TestTableIgnoresLocale(t *testing.T) {
	want := written(t, "text", portfolio(), Options{Width: 60})
	twwidth.SetEastAsian(true) // as in a Chinese locale
	defer twwidth.SetEastAsian(false)
	if got := written(t, "text", portfolio(), Options{Width: 60}); !bytes.Equal(got, want) {
		t.Errorf("the locale changes the table:\n%s", got)
	}
}

func TestTableReturnsWriteErrors(t *testing.T) {
	for _, n := range []int{0, 1, 300} {
		if err := writeText(&brokenWriter{n}, portfolio(), Options{}); !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: got error %v", n, err)
		}
	}
}

// A sentence goes on below instead of being cut, and gives way before a column that
// need not be seen is dropped.
func TestProseGoesOn(t *testing.T) {
	table := &report.Table{Columns: []report.Column{
		{Header: "Rule", Key: "rule"}, {Header: "Finding", Key: "finding", Prose: true}, {Header: "Where", Key: "where", Priority: 3, Whole: true},
	}}
	table.Append(report.Say("MS001"), report.Say("milestone a is overdue since the day before yesterday"), report.Say("programs/a.yaml:7"))
	r := report.New("x", 0)
	r.Add(table)
	for _, c := range []struct {
		width int
		want  string
	}{
		{60, `Rule   Finding                           Where
─────  ────────────────────────────────  ─────────────────
MS001  milestone a is overdue since the  programs/a.yaml:7
       day before yesterday
`},
		{40, `Rule   Finding
─────  ────────────────────────────────
MS001  milestone a is overdue since the
       day before yesterday
not shown for want of width: Where
`},
	} {
		if diff := cmp.Diff(c.want, string(written(t, "text", r, Options{Width: c.width}))); diff != "" {
			t.Errorf("%d columns (-want +got):\n%s", c.width, diff)
		}
	}
}
