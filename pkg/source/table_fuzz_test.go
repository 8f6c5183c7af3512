package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
)

// textIn is the text of a range; ok is false where it does not lie in the file.
func textIn(f *File, r diag.Range) (text string, ok bool) {
	offset := func(p diag.Position) int {
		lines := f.lineIndex()
		if p.Line < 1 || p.Line > len(lines) {
			return -1
		}
		at := min(lines[p.Line-1], len(f.Text))
		if p.Column < 1 || p.Column > utf8.RuneCount(lineAt(f.Text, at))+1 {
			return -1
		}
		for range p.Column - 1 {
			_, size := utf8.DecodeRune(f.Text[at:])
			at += size
		}
		return at
	}
	start, end := offset(r.Start), offset(r.End)
	if start < 0 || end < start {
		return "", false
	}
	return string(f.Text[start:end]), true
}

// Whatever the bytes are, reading them does not panic, findings point into the file,
// and the place of a cell holds what the cell says.
func FuzzTable(f *testing.F) {
	for _, text := range []string{
		"id,name,start\nada,Ada,2024\n", "\ufeffid;name;start\r\n\r\nada;\"A\r\n\"\"B\"\" ; \u00e9\";2024\r\nbob;;2025;;",
		"id\tname\tstart\n\"x\t\"\t\u00a0y \t", "sep=|\nid|start\na|b|c\n", "id,\"name,start\n", "id,start\na\"b,c\n\"d\"e,f\n\"", "id,start\n\"\"\"\r\n\n\"\"\",\"\n",
		"id,start,\u2028\n\u200b,x\n", "People\n\nid,start\n", "SEP=;\nid;x;start\na;\"b\nc;d;e\";f\nid;x;start\n\r\r\n", "", "\xff", ",\n\"",
	} {
		f.Add([]byte(text))
	}
	l := Layout{Columns: []Column{{Name: "id", Required: true}, {Name: "name"}, {Name: "start", Required: true}}}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := &File{Name: "people.csv", Text: text}
		table, diags := OpenTable(file, l)
		if (table == nil) == (diags == nil) {
			t.Errorf("table %v with findings %v", table, diags)
		}
		var locator Locator
		if table != nil {
			diags = append(diags, diag.Diagnostic{Location: table.Head()})
			for _, h := range table.Unread() {
				diags = append(diags, diag.Diagnostic{Location: h.Location()})
			}
			for row, d := range table.Rows() {
				if d != nil {
					diags = append(diags, *d)
					continue
				}
				if at, ok := row.Swallows(); ok {
					diags = append(diags, file.diagnostic("", at, "", ""))
				}
				for i, c := range l.Columns {
					if !table.Has(i) {
						continue
					}
					got, ok := textIn(file, locator.Locate(row.Origin().At(c.Name)).Range)
					if inner, quoted := strings.CutPrefix(got, `"`); quoted {
						got = trim(strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`))
					}
					bare := func(text string) string { return strings.ReplaceAll(text, "\r", "") } // one before a line feed is dropped
					if !ok || bare(got) != bare(row.Cell(i)) {
						t.Errorf("line %d: %s is %q, its place holds %q", row.line, c.Name, row.Cell(i), got)
					}
				}
			}
		}
		for _, d := range diags {
			places := []diag.Range{d.Range}
			for _, r := range d.Related {
				places = append(places, r.Range)
			}
			for _, r := range places {
				if _, ok := textIn(file, r); !ok && len(text) > 0 {
					t.Errorf("%s: %s lies outside: %v", d.Code, d.Message, r)
				}
			}
		}
	})
}
