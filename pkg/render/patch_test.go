package render

import (
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

// A diff is coloured by its signs, and what it quotes cannot act.
func TestPatch(t *testing.T) {
	t.Parallel()
	r := report.New("set", cal.MustDate("2026-11-23"))
	r.Add(report.Patch("--- a/p.yaml\n+++ b/p.yaml\n@@ -1,3 +1,3 @@\n due: x\r\n-a: ```\x1b[31m\n+b: </pre><b>\u202e\n ::error::x\n"))
	for _, c := range []struct{ format, want, not string }{
		{"text", "\x1b[31m-a: ```\\u001b[31m\x1b[0m", "\u202e"},
		{"markdown", "````diff\n--- a/p.yaml", "\u202e"},
		{"html", `<span class="line code good">&#43;b: &lt;/pre&gt;&lt;b&gt;`, "<b>"},
	} {
		got := string(written(t, c.format, r, Options{Color: true}))
		if !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
			t.Errorf("%s lacks %q or has %q:\n%s", c.format, c.want, c.not, got)
		}
	}
}
