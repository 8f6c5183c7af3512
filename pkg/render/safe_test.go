package render

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// payloads are texts that a person might put into a title to make a medium do
// or show something else than the text.
var payloads = []string{
	// terminals: clear, colour, conceal, title, link, clipboard, query, DCS, APC, print, 8-bit controls
	"\x1b[2J\x1b[1;1H", "\x1b[41mloud\x1b[0m", "\x1b[8mgone\x1b[28m", "\x1b]2;title\a", "\x1b]8;;http://localhost/\x1b\\here\x1b]8;;\x1b\\",
	"\x1b]52;c;cm0=\a", "\x1b[5n", "\x1bP+q544e\x1b\\", "\x1b_Gi=1\x1b\\", "\x1b[4i", "\u009b1m", "\u009d2;t\u009c", "\u0085next",
	"over\rwrite", "back\b\b\bspace", "\a", "\x1b[2A\x1b[Kgone", "\x1b[?25l", "nul\x00", "del\x7f", "tab\there", "vt\vff\f",
	// order and invisibility
	"\u202egnirts\u202c", "\u2067x\u2069", "\u200fx\u200e", "\u061cx", "ad\u200bmin", "ad\u200dmin", "ад\u200cмин", "\ufeffbom", "a\u00adb", "a\u2060b",
	"line\u2028sep\u2029par", "\U000e0041\U000e0042", "x\U000e0101", "\u3164", "\ufff9a\ufffab\ufffb", "\uffff", "bad\xffutf8\xc0\xaf", "\xed\xa0\x80",
	// workflow commands
	"::error file=x,line=1::injected", "::set-output name=a::b", "::add-mask::e", "::stop-commands::t", "::group::g", "  ::debug::d", "\u00a0::warning::w", "\u3000::warning::w",
	"##[error]injected", "##[group]g", "x%0A::error::y", "x\n::error::y", "x\r\n::error::y", "x\r::error::y", "a::b,c:d", "%25%0D", "\u2028::error::y",
	// JSON, links, markup, placeholders
	`"},{"x":"`, `\u202e`, `\`, "</script><script>alert(1)</script>", "[click](http://localhost/)", "{0} %s %!d(MISSING)", "&amp; <b>",
	// width
	"結帳結帳結帳", "👩\u200d💻", "⚠\ufe0f", "e\u0301", strings.Repeat("long ", 80), strings.Repeat("x", 300), "", " ", "\n", "\n\n::error::y\n",
}

// poisoned puts p into every text of a report.
func poisoned(p string) *report.Report {
	loc := diag.Location{File: p, Range: span(1, 2, 1, 4)}
	yes := true
	list := []diag.Diagnostic{
		{
			Location: loc, Code: "MS001", Severity: diag.Error, Message: p, Detail: p, Suggestion: p, Subject: p, Key: p,
			Related: []diag.Related{{Location: loc, Message: p}}, Fix: &diag.Fix{Range: span(1, 2, 1, 4), NewText: p},
			Owner: p, Team: p, Introduced: &yes,
		},
		{Code: p, Severity: diag.Warning, Message: p, Subject: p, Introduced: &yes, Waived: true, WaivedBy: p},
		{Code: p, Severity: diag.Info, Message: p, Subject: p, Introduced: &yes, Detail: "first\n" + p},
	}
	diag.Finish(list)
	f := report.NewFindings(list, []diag.Rule{{Code: "MS001", Name: p, Summary: p}, {Code: p, Name: p, Summary: p}}, 1, 1)
	f.Line = func(string, int) (string, bool) { return "k: " + p + "\r\n", true }
	table := &report.Table{Columns: []report.Column{{Header: p, Key: p}, {Header: p, Key: p, Priority: 1}}}
	table.Append(report.Say(p), report.Say(p))
	r := &report.Report{Name: p, Version: 1, Revision: &report.Revision{Commit: p}, Diagnostics: list}
	r.Add(f, report.Heading(p), report.Text(p), table, &report.Table{Empty: p})
	r.Add(poisonedCharts(p)...)
	return r
}

func TestHostileText(t *testing.T) {
	for i, p := range payloads {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			r := poisoned(p)
			for _, o := range []Options{{}, {Width: 60}, {Width: 100, Color: true}, {Width: 1}} {
				harmless(t, "text", sgrSequence.ReplaceAllString(string(written(t, "text", r, o)), ""), 0)
			}
			harmless(t, "github", string(written(t, "github", r, Options{})), 2+len(r.Diagnostics))
			sarif := written(t, "sarif", r, Options{Version: p})
			validSARIF(t, sarif)
			harmless(t, "sarif", string(sarif), 0)
			data := written(t, "json", r, Options{})
			harmless(t, "json", string(data), 0)
			var got struct {
				Report string
				Data   struct{ Findings []struct{ Message string } }
			}
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			want := string([]rune(p)) // as JSON holds bytes that are not UTF-8
			if got.Report != want || got.Data.Findings[len(got.Data.Findings)-1].Message != want {
				t.Errorf("%q came back as %q", p, got.Report)
			}
		})
	}
}

var workflowCommand = regexp.MustCompile(`(?m)^[\s\p{Z}]*::`)

// harmless holds for all that any format writes, wherever it ends up. It asks
// no function of safe.go.
func harmless(t *testing.T, format, out string, commands int) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%s: not UTF-8: %q", format, out)
	}
	if n := len(workflowCommand.FindAllString(out, -1)); n != commands {
		t.Errorf("%s: %d workflow commands, want %d: %q", format, n, commands, out)
	}
	if format == "text" && strings.Contains(out, "##[") {
		t.Errorf("%s: a workflow command: %q", format, out)
	}
	runes := []rune(out)
	for i, r := range runes {
		ok := r == '\n' || unicode.IsGraphic(r) && r != 0x3164 && (r < 0xe0100 || r > 0xe01ef)
		if r == 0x200d {
			ok = i > 0 && runes[i-1] == '👩'
		}
		if !ok {
			t.Errorf("%s: %U came through: %q", format, r, out)
		}
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                 "plain",
		"é 東京 👩\u200d💻 ⚠\ufe0f": "é 東京 👩\u200d💻 ⚠\ufe0f",
		"می\u200cخواهم":         "می\u200cخواهم",
		"क\u094d\u200dष":        "क\u094d\u200dष",
		"ad\u200dmin":           `ad\u200dmin`,
		"a\u202eb":              `a\u202eb`,
		"a\x1b[1m":              `a\u001b[1m`,
		"a\tb\nc\r":             `a\tb\nc\r`,
		"\xff":                  `\xff`,
		"\U000e0041":            `\U000e0041`,
		"\ufffd":                "\ufffd",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
		if again := visible(visible(in)); again != want {
			t.Errorf("visible twice makes %q of %q", again, in)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in       string
		first, n int
		want     []string
	}{
		{"a b c", 0, 0, []string{"a b c"}},
		{"", 5, 5, []string{""}},
		{"aa bb cc", 5, 5, []string{"aa bb", "cc"}},
		{"aa bb cc", 2, 5, []string{"aa", "bb cc"}},
		{"a  b", 9, 9, []string{"a  b"}},
		{"abcdefg", 3, 3, []string{"abc", "def", "g"}},
		{"x abcdefg", 3, 3, []string{"x", "abc", "def", "g"}},
		{"東京東京", 3, 3, []string{"東", "京", "東", "京"}},
		{"東", 1, 1, []string{"東"}},
	} {
		if got := wrap(c.in, c.first, c.n); !reflect.DeepEqual(got, c.want) {
			t.Errorf("wrap(%q, %d, %d) = %q, want %q", c.in, c.first, c.n, got, c.want)
		}
	}
}
