package render

import (
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/diag"
)

func TestSnippet(t *testing.T) {
	long := strings.Repeat("a", 50) + "TARGET" + strings.Repeat("b", 50)
	for _, c := range []struct {
		name, line string
		r          diag.Range
		width      int
		want       []string
	}{
		{"exact", "due: 2026", span(1, 6, 1, 10), 0, []string{"due: 2026", "     ^^^^"}},
		{"first character", "due", span(1, 1, 1, 2), 0, []string{"due", "^"}},
		{"empty range", "due", span(1, 2, 1, 2), 0, []string{"due", " ^"}},
		{"no end", "due", diag.Range{Start: diag.Position{Line: 1, Column: 2}}, 0, []string{"due", " ^"}},
		{"line end", "due:", span(1, 5, 1, 5), 0, []string{"due:", "    ^"}},
		{"beyond the line", "due:", span(1, 50, 1, 60), 0, []string{"due:", "    ^"}},
		{"end beyond the line", "due:", span(1, 3, 1, 60), 0, []string{"due:", "  ^^"}},
		{"empty line", "", span(1, 1, 1, 1), 0, []string{"", "^"}},
		{"no column", "due", diag.Range{Start: diag.Position{Line: 1}}, 0, []string{"due"}},
		{"wide before", "名前: x", span(1, 5, 1, 6), 0, []string{"名前: x", "      ^"}},
		{"wide within", "a 名前", span(1, 3, 1, 5), 0, []string{"a 名前", "  ^^^^"}},
		{"emoji", "👩\u200d💻: x", span(1, 6, 1, 7), 0, []string{"👩\u200d💻: x", "    ^"}},
		{"combining", "e\u0301: x", span(1, 5, 1, 6), 0, []string{"e\u0301: x", "   ^"}},
		{"tab", "\tx: y", span(1, 2, 1, 3), 0, []string{"    x: y", "    ^"}},
		{"tab stop", "ab\tx", span(1, 4, 1, 5), 0, []string{"ab  x", "    ^"}},
		{"crlf", "due\r\n", span(1, 1, 2, 1), 0, []string{"due", "^^^"}},
		{"override", "a\u202eb", span(1, 3, 1, 4), 0, []string{`a\u202eb`, "       ^"}},
		{"several lines", "a: >  ", span(1, 4, 3, 2), 0, []string{"a: >", "   ^"}},
		{"window", long, span(1, 51, 1, 57), 47, []string{
			"…aaaaaaaaaaaaaaaaaTARGETbbbbbbbbbbbbbbb…", "                  ^^^^^^",
		}},
		{"window at the start", long, span(1, 1, 1, 3), 47, []string{
			strings.Repeat("a", 39) + "…", "^^",
		}},
		{"window at the end", long, span(1, 105, 1, 107), 47, []string{
			"…" + strings.Repeat("b", 21), strings.Repeat(" ", 20) + "^^",
		}},
		{"mark wider than the window", long, span(1, 41, 1, 107), 47, []string{
			"…aaaaaaaaaaaaaaaaaaaaTARGETbbbbbbbbbbbb…", "           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &printer{width: c.width}
			p.snippet(diag.Diagnostic{Location: diag.Location{File: "x", Range: c.r}}, c.line, 2)
			var got []string
			for line := range strings.Lines(p.out.String()) {
				line = strings.TrimSuffix(line, "\n")
				if c.width > 0 && cells(line) > c.width {
					t.Errorf("%d cells, more than %d: %q", cells(line), c.width, line)
				}
				_, source, _ := strings.Cut(line+" ", "| ")
				got = append(got, strings.TrimRight(source, " "))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// Of a long line only what is around the range is looked at, which shows the same.
func TestSnippetOfALongLine(t *testing.T) {
	line := strings.Repeat("ab名\tede\u0301\u202e", 2000) // 20,000 code points
	for _, column := range []int{1, 40, aroundRunes, aroundRunes + 1, 5000, 12_003, 20_000 - aroundRunes, 19_990} {
		for _, length := range []int{0, 1, 30, 9000} {
			r := span(1, column, 1, column+length)
			units := sourceUnits(line)
			from, to := markedUnits(units, r)
			want, _, marked := window(units, from, to, snippetLimit)
			p := &printer{}
			p.snippet(diag.Diagnostic{Location: diag.Location{File: "x", Range: r}}, line, 2)
			text, marks, _ := strings.Cut(p.out.String(), "\n")
			if !strings.HasSuffix(text, "| "+want) || strings.Count(marks, "^") != marked {
				t.Errorf("column %d, %d long:\n%s\nwant\n%s", column, length, p.out.String(), want)
			}
		}
	}
	part, r := around(strings.Repeat("é", 10<<20), span(1, 5<<20, 1, 6<<20))
	if n := len(part); n != 4*aroundRunes || r.Start.Column != aroundRunes+1 {
		t.Errorf("%d bytes of a long line are looked at, from column %d on", n, r.Start.Column)
	}
}
