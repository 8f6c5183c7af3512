package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

func TestMarkdownText(t *testing.T) {
	for in, want := range map[string]string{
		"plain, 5% of 2026-03-31 (a.b)": "plain, 5% of 2026-03-31 (a.b)",
		"a*b_c~ d[e]":                   `a\*b\_c\~ d\[e\]`,
		"a|b":                           `a\|b`,
		`a\|b`:                          `a&bsol;\|b`,
		"<b>&amp;</b>":                  "&lt;b&gt;&amp;amp;&lt;/b&gt;",
		"ask @maria, see #12":           "ask `@maria,` see `#12`",
		"<@maria>":                      "&lt;`@maria`&gt;",
		"`@a`":                          "&grave;`@a`&grave;",
		"# no heading":                  `\# no heading`,
		"1. no list":                    `1\. no list`,
		"- no list":                     `\- no list`,
		"closed #":                      `closed \#`,
		"/close":                        "`/close`",
		"and/or":                        "and/or",
	} {
		if got := mdLine(in); got != want {
			t.Errorf("mdLine(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkdownProse(t *testing.T) {
	text := "One\ntwo\n  - item\n\nthree\n    code: |\n\n      ```\n\n\nfour"
	want := []string{
		"One\ntwo\\\n\\- item\n",
		"three\n",
		"````\ncode: |\n\n  ```\n````\n",
		"four\n",
	}
	if diff := cmp.Diff(want, mdProse(text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMarkdownLimit(t *testing.T) {
	list := many(3000)
	for i := range list {
		list[i].Detail = "mend it"
		list[i].Message = "結帳"
	}
	list = append(list, diag.Diagnostic{Code: "MS001", Severity: diag.Error, Message: strings.Repeat("long ", 40_000), Location: diag.Location{File: "z.yaml"}})
	table := &report.Table{Columns: []report.Column{{Header: "A", Key: "a"}}}
	table.Append(report.Say("x"))
	r := report.New("check", 0)
	r.Add(report.NewFindings(list, rules, 1, 1), report.Heading("more"), table)
	out := string(written(t, "markdown", r, Options{}))
	if n := utf8.RuneCountInString(out); n > markdownLimit || n < markdownLimit-1000 {
		t.Errorf("%d characters", n)
	}
	soundMarkdown(t, out)
	shown := strings.Count(out, "\n| `")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	want := "**" + report.Plural(len(list)-shown, "more finding") + ", 3000 more hints, 1 more block, 1 more row** not shown: a comment holds no more"
	if got := lines[len(lines)-1]; got != want {
		t.Errorf("the last line is %q, want %q", got, want)
	}
	if !strings.Contains(lines[8], "MS001") {
		t.Errorf("the error is not first: %q", lines[8])
	}
	hints := many(300)
	for i := range hints {
		hints[i].Detail = strings.Repeat("mend it ", 50)
	}
	r = report.New("check", 0)
	r.Add(report.NewFindings(hints, rules, 1, 1))
	out = string(written(t, "markdown", r, Options{}))
	if strings.Count(out, "<details>") != 1 || strings.Count(out, "</details>") != 1 || !strings.Contains(out, " more hints** not shown") {
		t.Error("what was unfolded is cut without its end")
	}
}
