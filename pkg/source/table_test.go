package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
)

// layout wants an id and a start, and a name if there is one; text is YAML that
// states headers and a delimiter.
func layout(t *testing.T, text string) Layout {
	t.Helper()
	docs, diags := Parse(&File{Name: "r.yaml", Text: []byte(text + "\nx: 1\n")})
	if len(docs) != 1 || len(diags) > 0 {
		t.Fatal(diags)
	}
	root := docs[0].Root()
	o := docs[0].Origin(root)
	l := Layout{At: o.At("delimiter"), Columns: []Column{{Name: "id", Required: true}, {Name: "name"}, {Name: "start", Required: true}}}
	for i := range l.Columns {
		c := &l.Columns[i]
		if v, ok := root.Get(c.Name); ok {
			c.Header = v.Text()
		}
		c.At = o.At(c.Name)
	}
	if v, ok := root.Get("delimiter"); ok {
		l.Delimiter = rune(v.Text()[0])
	}
	return l
}

// readAll reads a table: cells by row, then findings as file:place CODE message.
func readAll(f *File, l Layout) (rows, findings []string) {
	table, diags := OpenTable(f, l)
	if table != nil {
		for row, d := range table.Rows() {
			if d != nil {
				diags = append(diags, *d)
				continue
			}
			var cells []string
			for i := range l.Columns {
				cells = append(cells, row.Cell(i))
			}
			rows = append(rows, fmt.Sprintf("%d %q", row.Origin().Line, cells))
		}
	}
	for _, d := range diags {
		findings = append(findings, d.File+":"+found([]diag.Diagnostic{d})[0])
	}
	return rows, findings
}

func TestTable(t *testing.T) {
	const people = "id,name,start\nada,Ada Byron,2024\n"
	ada := []string{`2 ["ada" "Ada Byron" "2024"]`}
	for _, test := range []struct {
		name, yaml, text string
		rows, findings   []string
	}{
		{"plain", "", people, ada, nil},
		{"no end of line", "", strings.TrimSuffix(people, "\n"), ada, nil},
		{"CRLF", "", strings.ReplaceAll(people, "\n", "\r\n"), ada, nil},
		{"byte order mark", "", "\ufeff" + people, ada, nil},
		{"byte order mark and quotes", "", "\ufeff\"id\",name,start\nada,Ada Byron,2024\n", ada, nil},
		{"semicolons", "", strings.ReplaceAll(people, ",", ";"), ada, nil},
		{"tabs", "", strings.ReplaceAll(people, ",", "\t"), ada, nil},
		{"tabs with empty fields", "", "x\tid\tname\tstart\n\tada\t\t2024\n", []string{`2 ["ada" "" "2024"]`}, nil},
		{"pipes", "", strings.ReplaceAll(people, ",", "|"), ada, nil},
		{"a line that names the delimiter", "", "sep=;\n" + strings.ReplaceAll(people, ",", ";"), []string{`3 ["ada" "Ada Byron" "2024"]`}, nil},
		{"and in capitals", "", "SEP=;\n" + strings.ReplaceAll(people, ",", ";"), []string{`3 ["ada" "Ada Byron" "2024"]`}, nil},
		{"a first line that only begins so", "", "sep=ab\nid;start\nada;2024\n", nil, []string{"people.csv:2:1-2:9 CSV004 people.csv does not begin with its header row, which is line 2"}},
		{"a header row that begins so", "", "sep=,id,start\nx,ada,2024\n", []string{`2 ["ada" "" "2024"]`}, nil},
		{"a byte order mark around a value", "", "id,name,start\nada,\ufeffAda Byron,2024\n", ada, nil},
		{"another order, other columns", "", "start,Dept.,id\n2024,x,ada\n", []string{`2 ["ada" "" "2024"]`}, nil},
		{"case and spaces of headers", "", " ID ,NAME\u00a0,\"Start\"\nada,Ada Byron,2024\n", ada, nil},
		{"stated headers", "id: Employee ID\nstart: Hire date", "EMPLOYEE  id;Hire\ndate;\"Hire\ndate\"\n", nil, []string{
			`r.yaml:2:8-2:17 CSV004 people.csv has no column "Hire date" for start`,
		}},
		{"line breaks in headers", "id: Employee ID\nstart: Hire date", "EMPLOYEE  id;\"Hire\ndate\"\nada;2024\n", []string{`3 ["ada" "" "2024"]`}, nil},
		{"quotes", "", "id,name,start\n\"ada\",\"Ada \"\"Augusta\"\", Byron\",2024\n", []string{`2 ["ada" "Ada \"Augusta\", Byron" "2024"]`}, nil},
		{"line breaks", "", "id,name,start\nada,\"Ada\r\nByron\",2024\nbob,,2025\n", []string{`2 ["ada" "Ada\nByron" "2024"]`, `4 ["bob" "" "2025"]`}, nil},
		{"spaces around values", "", "id,name,start\n ada ,\u00a0Ada Byron\u200b,\t2024\n", ada, nil},
		{"blank rows", "", "\n,,\nid,name,start\n\n  \nada,Ada Byron,2024\n,,\n\" \",,\n", []string{`6 ["ada" "Ada Byron" "2024"]`}, nil},
		{"empty columns at the end", "", "id,name,start,,\nada,Ada Byron,2024\nbob,Bob,2025,,\neve,Eve,2026,,,,\n", []string{
			`2 ["ada" "Ada Byron" "2024"]`, `3 ["bob" "Bob" "2025"]`, `4 ["eve" "Eve" "2026"]`,
		}, nil},
		{"text without a header", "", "id,name,start,\nada,Ada Byron,2024,remark\n", ada, nil},
		{"only a header row", "", "id,name,start\n", nil, nil},
		{"columns that nobody reads may be there twice", "", "id,x,name,x,start\nada,,Ada Byron,,2024\n", ada, nil},
		{"one column for two fields", "name: id", "id,start\nada,2024\n", []string{`2 ["ada" "ada" "2024"]`}, nil},

		{"too few fields", "", "id,name,start\nada,Ada\nbob,Bob,2025\n", []string{`3 ["bob" "Bob" "2025"]`}, []string{
			"people.csv:2:1-2:8 CSV005 a row has 2 fields, the header row has 3",
		}},
		{"too many fields", "", "id,name,start,\nada,Byron, Ada,2024, \u00e9,x,,\nbob,Bob,2025\n", []string{`3 ["bob" "Bob" "2025"]`}, []string{
			"people.csv:2:22-2:25 CSV005 a row has 6 fields, the header row has 3",
		}},
		{"too many fields, some of them empty", "", "id,name,start\nada,Ada,2024,,x,,\n", nil, []string{"people.csv:2:14-2:16 CSV005 a row has 5 fields, the header row has 3"}},
		{"the header row again", "", "id,name,start,\nada,Ada Byron,2024\nid,name, start\nid,name,2024\n", []string{ada[0], `4 ["id" "name" "2024"]`}, []string{
			"people.csv:3:1-3:15 CSV005 the header row stands here again",
		}},
		{"the beginning of the header row again", "", "id,name,start\nid\n", nil, []string{"people.csv:2:1-2:3 CSV005 a row has 1 field, the header row has 3"}},
		{"a line break without quotes", "", "id,name,start\nada,Ada\nByron,2024\n", nil, []string{
			"people.csv:2:1-2:8 CSV005 a row has 2 fields, the header row has 3",
			"people.csv:3:1-3:11 CSV005 a row has 2 fields, the header row has 3",
		}},

		{"a quote inside", "", "id,name,start\nada,\u00c4da \"A\" Byron,2024\nbob,Bob,2025\n", []string{`3 ["bob" "Bob" "2025"]`}, []string{
			"people.csv:2:9-2:10 CSV002 a quote stands inside a value that is not in quotes",
		}},
		{"a space before a quote", "", "id,name,start\nada, \"Byron, Ada\",2024\n", nil, []string{
			"people.csv:2:6-2:7 CSV002 a quote stands inside a value that is not in quotes",
		}},
		{"quotes that are not doubled", "", "id,name,start\nada,\"Ada \"A\" Byron\",2024\nbob,Bob,2025\n", []string{`3 ["bob" "Bob" "2025"]`}, []string{
			"people.csv:2:10-2:11 CSV002 text follows the quote that closes a value",
		}},
		{"a quote that is never closed", "", "id,name,start\nada,\"A\"\"da,2024\nbob,Bob,2025\n", nil, []string{
			"people.csv:2:5-2:6 CSV002 a value begins with a quote that nothing closes",
		}},
		{"a quote that is never closed, with others inside", "", "id,name,start\nada,\"A\"\",\"\"B,2024\n", nil, []string{
			"people.csv:2:5-2:6 CSV002 a value begins with a quote that nothing closes",
		}},
		{"a quote that is never closed at the very end", "", "id,name,start\nada,x,\"", nil, []string{
			"people.csv:2:7-2:8 CSV002 a value begins with a quote that nothing closes",
		}},
		{"a quote that the next one closes", "", "id,name,start\nada,\"Ada,2024\nbob,\"Bob\",2025\neve,Eve,2026\n", []string{`4 ["eve" "Eve" "2026"]`}, []string{
			"people.csv:2:5-2:6 CSV002 a value in quotes goes on to line 3, where text follows the quote that closes it",
		}},
		{"a quote in the header row", "", "id,\"name,start\nada,Ada,2024\n", nil, []string{
			"people.csv:1:4-1:5 CSV002 a value begins with a quote that nothing closes",
		}},

		{"missing columns", "name: Full name", "id,Fullname,begin\nada,Ada,2024\n", nil, []string{
			`r.yaml:1:7-1:16 CSV004 people.csv has no column "Full name" for name`,
			`people.csv:1:1-1:18 CSV004 people.csv has no column "start"`,
		}},
		{"a column twice", "", "id,name,ID ,start\nada,Ada,x,2024\n", nil, []string{
			`people.csv:1:9-1:11 CSV004 two columns have the header "id", from which id is read`,
		}},
		{"a title", "", "People of June\n\nid;name;start\nada;Ada;2024\n", nil, []string{"people.csv:3:1-3:14 CSV004 people.csv does not begin with its header row, which is line 3"}},
		{"a title, and another delimiter", "delimiter: ;", "People of June\nid,name,start\n", nil, []string{
			`people.csv:1:1-1:15 CSV004 people.csv has no column "id"`, `people.csv:1:1-1:15 CSV004 people.csv has no column "start"`,
		}},
		{"no header row", "", "\n\n", nil, []string{"people.csv:1:1-1:1 CSV004 people.csv has no header row"}},
		{"empty", "", "\ufeff", nil, []string{"people.csv:1:1-1:1 CSV004 people.csv has no header row"}},

		{"a declared delimiter", "delimiter: ;", "id,name,start;id;start\nx;ada;2024\n", []string{`2 ["ada" "" "2024"]`}, nil},
		{"another delimiter", "delimiter: ;", people, nil, []string{
			"r.yaml:1:12-1:13 CSV003 delimiter is semicolon, but a comma separates the columns of people.csv",
		}},
		{"a declared delimiter, and columns missing", "delimiter: ;", "id;name;begin\n", nil, []string{
			`people.csv:1:1-1:14 CSV004 people.csv has no column "start"`,
		}},
		{"another delimiter, and a column missing", "delimiter: ;", "id,name,begin\n", nil, []string{
			"r.yaml:1:12-1:13 CSV003 delimiter is semicolon, but a comma separates the columns of people.csv",
		}},
		{"of two delimiters the one with more columns that must be there", "", "id;a,b,c,d\n", nil, []string{`people.csv:1:1-1:11 CSV004 people.csv has no column "start"`}},
		{"of two delimiters the one with more columns", "", "no,when\n", nil, []string{
			`people.csv:1:1-1:8 CSV004 people.csv has no column "id"`, `people.csv:1:1-1:8 CSV004 people.csv has no column "start"`,
		}},
		{"of two delimiters the one that can be read", "", "id;x\"y,name\n", nil, []string{"people.csv:1:5-1:6 CSV002 a quote stands inside a value that is not in quotes"}},
		{"two delimiters", "", "id,name,start,x;id;start\n", nil, []string{
			"people.csv:1:1-1:25 CSV003 the header row has all columns with more than one delimiter: comma, semicolon",
		}},
		{"no delimiter", "", "id:name:start\nada:Ada:2024\n", nil, []string{
			"people.csv:1:1-1:14 CSV003 neither comma nor semicolon, tab or pipe separates the columns of the header row",
		}},

		{"not UTF-8", "", "id,name,start\nada,\u00c4da B\xffron,2024\n", nil, []string{"people.csv:2:10-2:11 CSV001 byte 0xff is not UTF-8"}},
		{"UTF-16", "", "\xff\xfei\x00", nil, []string{"people.csv:1:1-1:1 CSV001 the file is UTF-16, not UTF-8"}},
		{"NUL", "", "id,name,start\nada,\x00,2024\n", nil, []string{"people.csv:2:5-2:6 CSV001 control character U+0000"}},
		{"carriage returns alone", "", "id,name,start\rada,Ada,2024\r", nil, []string{"people.csv:1:14-1:15 CSV001 a line ends with a carriage return alone"}},
		{"carriage returns alone, but for one line", "", "id,name,start\rada,Ada,2024\rbob,Bob,2025\r\n", nil, []string{"people.csv:1:14-1:15 CSV001 a line ends with a carriage return alone"}},
		{"a carriage return in quotes", "", "id,name,start\nada,\"Ada\rByron\",2024\n", []string{`2 ["ada" "Ada\rByron" "2024"]`}, nil},
		{"a carriage return at the very end", "", "id,name,start\nada,Ada Byron,2024\r", ada, nil},
		{"two carriage returns at the end of a line", "", "id,name,start\r\r\nada,Ada Byron,2024\r\r\n", ada, nil},
		{"DEL", "", "id,name,start\nada,\u007f,2024\n", nil, []string{"people.csv:2:5-2:6 CSV001 control character U+007F"}},
		{"a workbook", "", "PK\x03\x04\x14\x00", nil, []string{"people.csv:1:1-1:1 CSV001 the file is a workbook of a spreadsheet (.xlsx), not CSV"}},
		{"a pointer", "", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", nil, []string{"people.csv:1:1-1:1 CSV001 the file is a pointer of Git LFS, not the file itself"}},
		{"conflict", "", "id,name,start\n<<<<<<< HEAD\nada,Ada,2024\n", nil, []string{`people.csv:2:1-2:13 CSV001 merge conflict marker "<<<<<<<"`}},
		{"size", "", people + strings.Repeat(" \n", MaxFileBytes/2), nil, []string{"people.csv:1:1-1:1 CSV001 the file has more than 16777216 bytes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows, findings := readAll(&File{Name: "people.csv", Text: []byte(test.text)}, layout(t, test.yaml))
			if diff := cmp.Diff(test.rows, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.findings, findings); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A column that is missing is offered the header that is near it, which is one edit.
func TestMissingColumnIsMended(t *testing.T) {
	text := []byte("id;Eintritt;" + strings.Repeat("x", 41) + ";" + strings.Repeat("y", 40) + strings.Repeat(";z", 17) + "\n")
	_, diags := OpenTable(&File{Name: "people.csv", Text: text}, layout(t, "start: Eintrit"))
	if len(diags) != 1 {
		t.Fatal(diags)
	}
	d := diags[0]
	want := diag.Diagnostic{
		Suggestion: "Eintritt", Fix: &diag.Fix{Range: d.Range, NewText: `"Eintritt"`},
		Detail: `its columns are "id", "Eintritt", "` + strings.Repeat("x", 40) + `…", "` + strings.Repeat("y", 40) + `"` + strings.Repeat(`, "z"`, 16) + " and 1 more",
	}
	if diff := cmp.Diff(want, diag.Diagnostic{Suggestion: d.Suggestion, Fix: d.Fix, Detail: d.Detail}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A file whose text was released is read again from its first byte on.
func TestReleasedTable(t *testing.T) {
	text := []byte("id,start\nada,2024\n\x00")
	f := &File{Name: "people.csv", Text: text}
	f.Release(func() ([]byte, error) { return text, nil })
	if rows, findings := readAll(f, layout(t, "")); rows != nil || len(findings) != 1 {
		t.Errorf("rows %q, findings %q", rows, findings)
	}
}

func TestSwallowedRows(t *testing.T) {
	for text, want := range map[string]string{
		"ada,\"Ada\nByron\",2024,x\n":                                "",
		"\"Byron,\nAda\",a,b,c\n":                                    "",
		"ada,a,b,\"one, two\nthree, four\"\n":                        "",
		"ada,a,b,\"Ada\nbob,c,d,remark\"\n":                          "2:9",
		"ada,a,b,\"Ada\nbob,c,d,remark\neve,e\",\n":                  "2:9",
		"ada,\"Ada,2024,x\nbob,12\",2025,y\n":                        "2:5",
		"ada,\"Ada,2024\nbob,12\",2025,y\n":                          "",
		"\"ada,a,b,c\nbob\",e,f,g\n":                                 "2:1",
		"ada,x,\"y, z\nbob, a, b, c\nthe end\",\"\"\"quoted\"\"\"\n": "2:7",
	} {
		table, diags := OpenTable(&File{Name: "people.csv", Text: []byte("id,name,start,x\n" + text)}, layout(t, ""))
		if table == nil {
			t.Fatal(diags)
		}
		for row, d := range table.Rows() {
			got := ""
			if d != nil {
				got = d.Message
			} else if at, ok := row.Swallows(); ok {
				got = fmt.Sprintf("%d:%d", at.Start.Line, at.Start.Column)
			}
			if got != want {
				t.Errorf("%q is %q, want %q", text, got, want)
			}
		}
	}
}

func TestUnreadColumns(t *testing.T) {
	table, diags := OpenTable(&File{Name: "people.csv", Text: []byte("\n id ,\"Leave \n Reason\",,start,end date,\n")}, layout(t, ""))
	if table == nil {
		t.Fatal(diags)
	}
	var got []string
	for _, h := range table.Unread() {
		got = append(got, fmt.Sprintf("%d:%d %q", h.Location().Range.Start.Line, h.Location().Range.Start.Column, h.Text))
	}
	want := []string{`2:6 "Leave \n Reason"`, `3:17 "end date"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if at := table.Head().Range; at.Start.Line != 2 || !table.Has(0) || table.Has(1) || !table.Has(2) {
		t.Errorf("the header row stands at %v, a name is there: %t", at, table.Has(1))
	}
}
