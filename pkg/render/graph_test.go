package render

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/report"
)

// waits is a graph with all that there can be in one, and p in all of its texts.
func waits(p string) *report.Report {
	r := report.New("network"+p, 0)
	r.Graph = &report.Graph{
		Title: "Network" + p,
		Nodes: []report.Node{
			{ID: "a/one" + p, Group: "A" + p, Lines: []string{"The first" + p, p}, Done: true},
			{ID: "a/two", Group: "A" + p, Lines: []string{"The second of two, with a name that goes on for quite a while", "critical"}, Critical: true, Late: true},
			{ID: "b/one", Group: "B", Lines: []string{"Cut-over"}, Critical: true, Event: true},
			{ID: "alone", Lines: []string{"On its own"}, Late: true},
			{ID: "free", Lines: nil},
		},
		Edges: []report.Edge{
			{From: "a/one" + p, To: "a/two"},
			{From: "a/two", To: "b/one", Label: "SS +2d" + p, Critical: true},
			{From: "a/two", To: "nowhere"},
		},
	}
	return r
}

func graphFormat(t *testing.T, name string, r *report.Report) string {
	t.Helper()
	for _, f := range Graphs {
		if f.Name == name {
			var b bytes.Buffer
			if err := f.Write(&b, r, Options{}); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
	}
	t.Fatalf("no format %s", name)
	return ""
}

func TestGraphs(t *testing.T) {
	for _, f := range Graphs {
		golden(t, "graph-"+f.Name, []byte(graphFormat(t, f.Name, waits(""))))
		if err := f.Write(&bytes.Buffer{}, report.New("slip", 0), Options{}); err == nil || !strings.Contains(err.Error(), `"slip" has no graph`) {
			t.Errorf("%s of what has no graph: %v", f.Name, err)
		}
	}
}

var (
	mermaidQuoted = `"[^"#;<>{}\[\]|` + "`" + `]*(?:(?:#[0-9]+;|<br/>)[^"#;<>{}\[\]|` + "`" + `]*)*"`
	mermaidLine   = regexp.MustCompile(`^(flowchart LR|  accTitle: (?:[^#;{}]|#[0-9]+;)*|  subgraph g[0-9]+\[` + mermaidQuoted + `\]|  end` +
		`| +n[0-9]+(?:\[` + mermaidQuoted + `\]|\{\{` + mermaidQuoted + `\}\}):::[a-zA-Z]+|  n[0-9]+ (?:-->|==>)(?:\|` + mermaidQuoted + `\|)? n[0-9]+` +
		`|  classDef [a-zA-Z]+ [-a-z0-9:,# ]+|  class g[0-9]+ group)$`)
	dotQuoted = `"(?:[^"\\]|\\.)*"`
	dotLine   = regexp.MustCompile(`^(digraph ` + dotQuoted + ` \{|  (?:graph|node|edge) \[.*\];|  subgraph cluster_[0-9]+ \{|    label=` + dotQuoted + `; color="#d1d9e0";| +\}|\}` +
		`| +` + dotQuoted + ` \[(?:[a-z]+=(?:` + dotQuoted + `|[a-z0-9]+)(?:, )?)+\];|  ` + dotQuoted + ` -> ` + dotQuoted + `(?: \[[^\]]*(?:` + dotQuoted + `[^\]]*)*\])?;)$`)
)

// Whatever text there is, it stays in its quotes.
func TestHostileGraphs(t *testing.T) {
	lines := map[string]*regexp.Regexp{"mermaid": mermaidLine, "dot": dotLine}
	more := []string{`"]; click n0 "javascript:alert(1)"`, "%%{init: {}}%%", "end", "\nend\n", "#quot;", "#35;", "&quot;", `\"`, `\\"`, `\N\G\n`, "`**x**`", "::: late", "<img src=x onerror=alert(1)>"}
	for i, p := range append(more, mediaPayloads...) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			for name, pattern := range lines {
				out := graphFormat(t, name, waits(p))
				n := 0
				for line := range strings.Lines(out) {
					n++
					if !pattern.MatchString(strings.TrimSuffix(line, "\n")) {
						t.Errorf("%s: %q", name, line)
					}
				}
				if want := strings.Count(graphFormat(t, name, waits("")), "\n"); n != want {
					t.Errorf("%s: %d lines, want %d", name, n, want)
				}
			}
		})
	}
}
