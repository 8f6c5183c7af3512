package render

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// mediaPayloads are for media that terminals do not know of.
var mediaPayloads = append([]string{
	// spreadsheets
	"=1+1", "+1+1", "-1+1", "@SUM(A1)", "  =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠A", "\u3000=1+1", "\u00a0@x",
	`=HYPERLINK("http://localhost/","x")`, "a,b\n=c", `","=1+1`, "\"\n=1", "x\r\n=1+1", `\.`,
	// Markdown
	"|", "a|b||c", `a\|b`, `\\|`, "`", "``x`` `y`", "`|`", "```\nx\n```", "@maria", "x@example.org", "a@b|@c`@d`<@e>\\@f", "`@a`@b`", "\\`@a`",
	"https://localhost/x", "www.example.org", "HTTP://X", "WWW.example.org", "<https://localhost/>", "![i](http://localhost/i.png)", "[a][b]", "[[wiki]]", "[a]: http://localhost/",
	"#123", "org/repo#1", "GH-12", "!12", "&3", "~bug", `~"a b"`, "%1", `%"v 1"`, "$1", "$x$", "$`x`$", "deadbeef1", ":smile:", "*iteration:1", "[epic:1]", "{+ x +}",
	"/close", "/approve\n/merge", "# h", "- x", "+ x", "1. x", "2) x", "> q", "---", "===", ":---", "***", "~~~", "    code", "x #", "a\n===\nb", "a\n---\nb", "| a |\n| - |\n| b |",
	"*a*", "**a", "_a_", "__a__", "~~a~~", "<details>", "</details>", "<!-- x", "-->", "<img src=x onerror=alert(1)>", "<b", "a  ", "a\\", "&lt;", "&#64;x", "[^1]", "- [ ] x",
	// HTML and XML
	`" onmouseover="alert(1)`, "' onfocus='alert(1)", "]]>", "<![CDATA[", "<?xml?>", "<!DOCTYPE x>", "&x;", "javascript:alert(1)", "</style><script>alert(1)</script>",
	"</title>", "</pre></code>", "{{.Name}}", "expression(alert(1))", "\ufffe", "\u0001", "\U0001fffe",
}, payloads...)

// poisonedTables has p in every text that is no finding.
func poisonedTables(p string) *report.Report {
	table := &report.Table{Columns: []report.Column{{Header: p, Key: p}, {Header: "b" + p, Key: "b" + p, Align: report.Right}}}
	table.Append(report.Say(p), report.Say("  "+p))
	table.Rows = append(table.Rows, row(report.Total, p, p), row(report.Plain, p, p, p))
	labels := &report.Table{Columns: []report.Column{{}, {}}}
	labels.Append(report.Cell{Text: p}, report.Say("x "+p))
	r := report.New(p, 0)
	r.Add(report.Heading(p), report.Text(p), report.Text("    "+p+"\n    x\n"+p), table, labels, &report.Table{Empty: p})
	r.Add(poisonedCharts(p)...)
	r.Revision = &report.Revision{Commit: p, Dirty: true}
	r.Diagnostics = []diag.Diagnostic{{Location: diag.Location{File: p}, Code: p, Message: p}}
	return r
}

// poisonedCharts has p in every text of charts.
func poisonedCharts(p string) []report.Block {
	trend := &report.Chart{
		Title: p, X: report.Axis{Label: p, Key: p}, Y: report.Axis{Label: p, Key: "y" + p}, Diagonal: true,
		Series: []report.Series{
			held(p, report.MarkOpen, "2026-02-01", "2026-06-01", "2026-05-01", "2026-07-01"),
			held("x "+p, report.MarkDone, "2026-02-01", "2026-03-01", "2026-03-01", "2026-03-01"),
			{Name: p},
			{Key: p},
		},
	}
	amount := report.Amount(money.Amount{Minor: 1, Currency: money.Currency(p)})
	numbers := &report.Chart{X: report.Axis{Label: "  " + p, Unit: p}, Y: report.Axis{Label: p + p, Unit: p}, Series: []report.Series{
		{Name: p, Points: []report.Point{{X: report.Number(1), Y: amount}, {X: report.Number(2), Y: amount}}},
	}}
	bars := &report.Gantt{Title: p, Today: cal.MustDate("2026-03-01"), Rows: []report.GanttRow{
		{Label: p, Key: "k" + p, Group: p, Note: p, Critical: true, Bars: []report.Bar{stretch(report.BarWork, "2026-02-01", "2026-06-01")}},
		{Label: p, Note: "x " + p, Marks: []report.DayMark{on(report.DayMissed, "2026-05-01")}},
	}}
	return []report.Block{trend, numbers, &report.Chart{Title: p, Empty: p}, bars, &report.Gantt{Title: p, Empty: p}}
}

func TestHostileTextInMedia(t *testing.T) {
	checks := map[string]func(*testing.T, string){
		"csv": soundCSV, "markdown": soundMarkdown, "html": soundHTML, "gitlab": soundJSON, "junit": soundJUnit,
	}
	for i, p := range mediaPayloads {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			for name, check := range checks {
				f, _ := Lookup(name)
				for _, r := range []*report.Report{poisoned(p), poisonedTables(p)} {
					if f.FindingsOnly && r.Findings() == nil {
						continue
					}
					out := string(written(t, name, r, Options{Version: p}))
					check(t, out)
					harmless(t, name, strings.ReplaceAll(out, "\r\n", "\n"), 0)
				}
			}
		})
	}
}

var (
	formula   = regexp.MustCompile(`^[\s\p{Z}]*[=+\-@＝＋－＠]`)
	oneNumber = regexp.MustCompile(`^-[0-9.]+$`)
)

func soundCSV(t *testing.T, out string) {
	t.Helper()
	if strings.Count(out, "\n") != strings.Count(out, "\r\n") || strings.Count(out, "\r") != strings.Count(out, "\r\n") {
		t.Errorf("a line end is not CR LF: %q", out)
	}
	for _, records := range readCSV(t, out) {
		for _, record := range records {
			for _, cell := range record {
				if formula.MatchString(cell) && !oneNumber.MatchString(cell) {
					t.Errorf("a formula: %q", cell)
				}
			}
		}
	}
}

// readCSV returns the tables of a file. A record of another length than that
// before it begins a table.
func readCSV(t *testing.T, out string) (tables [][][]string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(out))
	r.FieldsPerRecord = -1
	n := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return tables
		}
		if err != nil {
			t.Fatalf("%v in %q", err, out)
		}
		if len(record) != n {
			tables = append(tables, nil)
			n = len(record)
		}
		tables[len(tables)-1] = append(tables[len(tables)-1], record)
	}
}

var (
	ownHTML   = regexp.MustCompile(`(?m)^(<details><summary>[A-Za-z0-9 ]+</summary>|</details>)$`)
	codeSpan  = regexp.MustCompile("`[^`<>|\\\\\n]+`")
	plainPipe = regexp.MustCompile(`(?:^|[^\\])\|`)
	reference = regexp.MustCompile(`(?i)@|://|www\.|#\d|\bgh-\d|[!&]\d|\$|~\w|%\w|:[a-z]+:|deadbeef|^\s*/|\[\w+:`)
	mdMarkup  = regexp.MustCompile("[<>`]|(?:^|[^\\\\])(?:\\[|_|~)|^ {0,3}([-+=>]|[0-9]+[.)]|:-|#+ *$)")
)

// ownPicture is a picture of ours, of which no user chooses a character.
var ownPicture = regexp.MustCompile(`^!\[chart\]\(data:image/svg\+xml;base64,[A-Za-z0-9+/]+=*\)$`)

// soundMarkdown looks at what is left without code: there must be no markup but
// that of the format itself, and tables must be tables.
func soundMarkdown(t *testing.T, out string) {
	t.Helper()
	out = strings.TrimSuffix(ownHTML.ReplaceAllString(out, ""), "\n")
	fence, pipes := "", 0
	for line := range strings.Lines(out) {
		line = ownPicture.ReplaceAllString(strings.TrimSuffix(line, "\n"), "")
		if start := regexp.MustCompile("^`{3,}$").FindString(line); start != "" && (fence == "" || len(start) >= len(fence)) {
			if fence == "" {
				fence = start
			} else {
				fence = ""
			}
			continue
		}
		if fence != "" {
			continue
		}
		text := codeSpan.ReplaceAllString(line, "x")
		if strings.HasPrefix(text, "|") {
			n := len(plainPipe.FindAllString(text, -1))
			if pipes != 0 && pipes != n {
				t.Errorf("a row of %d cells, not %d: %q", n-1, pipes-1, line)
			}
			pipes = n
		} else {
			pipes = 0
			if plainPipe.MatchString(text) {
				t.Errorf("a pipe outside of a table: %q", line)
			}
		}
		if strings.HasPrefix(text, "| --- ") {
			continue
		}
		text = strings.TrimPrefix(strings.TrimPrefix(strings.ReplaceAll(text, "&nbsp;", ""), "- "), "  ")
		text = strings.TrimLeft(text, "#")
		if found := reference.FindString(text); found != "" {
			t.Errorf("%q may become a reference: %q", found, line)
		}
		if found := mdMarkup.FindString(text); found != "" {
			t.Errorf("%q is markup: %q", found, line)
		}
	}
	if fence != "" {
		t.Errorf("an open fence: %q", out)
	}
}

var (
	htmlTag  = regexp.MustCompile(`<(/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>`)
	htmlSafe = regexp.MustCompile(`^( (class|scope|lang|charset|name|content|http-equiv)="[^"<>]*")*$`)
	htmlVoid = regexp.MustCompile(`^(meta)$`)

	svgElement = regexp.MustCompile(`(?s)<svg .*?</svg>`)
)

// soundHTML holds if all tags are those of the page and nest, but for pictures.
func soundHTML(t *testing.T, out string) {
	t.Helper()
	body, ok := strings.CutPrefix(out, "<!DOCTYPE html>\n")
	if !ok {
		t.Fatalf("no document type: %.60q", out)
	}
	body = svgElement.ReplaceAllStringFunc(body, func(picture string) string {
		soundSVG(t, picture)
		return ""
	})
	var open []string
	for _, m := range htmlTag.FindAllStringSubmatch(body, -1) {
		switch {
		case !htmlSafe.MatchString(m[3]):
			t.Errorf("attributes %q", m[3])
		case m[2] == "script" || m[2] == "img" || m[2] == "a":
			t.Errorf("tag %q", m[0])
		case m[1] == "":
			if !htmlVoid.MatchString(m[2]) {
				open = append(open, m[2])
			}
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("%q closes nothing: %q", m[0], open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %q", open)
	}
	if rest := htmlTag.ReplaceAllString(body, ""); strings.ContainsAny(rest, "<") {
		t.Errorf("markup in a text: %q", rest[strings.Index(rest, "<"):])
	}
}

func soundJSON(t *testing.T, out string) {
	t.Helper()
	var issues []gitlabIssue
	if err := json.Unmarshal([]byte(out), &issues); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, issue := range issues {
		if seen[issue.Fingerprint] || issue.Fingerprint == "" {
			t.Errorf("fingerprint %q is not unique", issue.Fingerprint)
		}
		seen[issue.Fingerprint] = true
		if issue.Location.Lines.Begin < 1 || issue.Location.Path == "" || strings.Contains(issue.Description, "\n") {
			t.Errorf("not an issue of GitLab: %+v", issue)
		}
	}
}
