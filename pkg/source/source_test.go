package source

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
)

func parse(t *testing.T, text string) ([]*Document, []diag.Diagnostic) {
	t.Helper()
	docs, diags := Parse(&File{Name: "t.yaml", Text: []byte(text)})
	for _, d := range docs {
		diags = append(diags, d.Flaws...)
	}
	return docs, diags
}

// found lists findings as line:column-line:column CODE message.
func found(diags []diag.Diagnostic) []string {
	list := []string{}
	for _, d := range diags {
		list = append(list, fmt.Sprintf("%d:%d-%d:%d %s %s",
			d.Range.Start.Line, d.Range.Start.Column, d.Range.End.Line, d.Range.End.Column, d.Code, d.Message))
	}
	return list
}

func TestParseRefuses(t *testing.T) {
	long := strings.Repeat("x", MaxScalarBytes+1)
	tests := []struct {
		name, text string
		want       []string
	}{
		{"duplicate key", "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", []string{
			`5:1-5:2 YAML002 key "a" stands twice in one mapping, as "1" and as "3"`,
			`4:3-4:4 YAML002 key "c" stands twice in one mapping, as "1" and as "2"`,
		}},
		{"duplicate by quotes", "{a: 1, \"a\": 2}", []string{`1:8-1:11 YAML002 key "a" stands twice in one mapping, as "1" and as "2"`}},
		{"duplicate in a large mapping", manyKeys(40) + "k7: 1\n", []string{`41:1-41:3 YAML002 key "k7" stands twice in one mapping, as "7" and as "1"`}},
		{"not UTF-8", "a: \xff\n", []string{"1:4-1:5 YAML003 byte 0xff is not UTF-8"}},
		{"UTF-16", "\xff\xfea\x00", []string{"1:1-1:1 YAML003 the file is UTF-16, not UTF-8"}},
		{"control character", "é: \x07\n", []string{"1:4-1:5 YAML004 control character U+0007"}},
		{"bare carriage return", "a: 1\rb: 2\n", []string{"1:5-1:6 YAML004 a carriage return without a line feed"}},
		{"line separator", "a: b\u2028c\n", []string{"1:5-1:6 YAML004 character U+2028 is not allowed in the file"}},
		{"next line", "a: b\u0085c\n", []string{"1:5-1:6 YAML004 character U+0085 is not allowed in the file"}},
		{"byte order mark inside", "a: \ufeffb\n", []string{"1:4-1:5 YAML004 character U+FEFF is not allowed in the file"}},
		{"conflict", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", []string{`2:1-2:13 YAML005 merge conflict marker "<<<<<<<"`}},
		{"tab", "a:\n\tb: 1\n", []string{"2:1-2:2 YAML006 the line is indented with a tab"}},
		{"tab after spaces", "a:\n  - b: 1\n \tc: 2\n", []string{"3:2-3:3 YAML006 the line is indented with a tab"}},
		{"cyclic alias", "a: &x\n  b: *x\n", []string{"2:6-2:8 YAML007 alias *x refers to a value that contains it"}},
		{"merge of a scalar", "a: &x 1\nb: {<<: *x}\n", []string{"2:9-2:11 YAML008 merge key << names something that is no mapping"}},
		{"merge of a list of scalars", "b: {<<: [{a: 1}, 2]}\n", []string{"1:18-1:19 YAML008 merge key << names something that is no mapping"}},
		{"nesting", strings.Repeat("[", 101) + strings.Repeat("]", 101), []string{"1:101-1:103 YAML009 nested more than 100 levels deep"}},
		{"nesting far beyond", strings.Repeat("{a: ", 20000), []string{"1:401-1:402 YAML009 nested more than 100 levels deep"}},
		{"long text", "a: " + long, []string{fmt.Sprintf("1:4-1:%d YAML010 a text of 65537 bytes, the bound is 65536", 4+len(long))}},
		{"long number", "a: " + strings.Repeat("7", 65), []string{"1:4-1:69 YAML011 a number of 65 characters, the bound is 64"}},
		{"large exponent", "a: 1e400\n", []string{"1:4-1:9 YAML011 number 1e400 has an exponent beyond 99"}},
		{"exponent beyond an int", "a: 1e-99999999999999999999\n", []string{"1:4-1:27 YAML011 number 1e-99999999999999999999 has an exponent beyond 99"}},
		{"key is a list", "? [a]\n: b\n", []string{"1:3-1:6 YAML012 a key is a list or a mapping"}},
		{"no colon", "foo:\n  bar\ninvalid\n", []string{"3:1-3:8 YAML001 a line that is neither a key with a colon nor part of a text"}},
		{"quote", "a: \"x\nb: 1\n", []string{"1:4-1:6 YAML001 a quote is not closed"}},
		{"colon in text", "a: b: c\n", []string{`1:4-1:8 YAML001 a second ": " in one line`}},
		{"at sign", "a: @b\n", []string{"1:4-1:6 YAML001 a text cannot begin with @"}},
		{"open list", "---\n[ [ a, b ]\n", []string{"2:1-2:11 YAML001 the list that [ opened is not closed"}},
		{"alias of nothing", "a: *b\n", []string{"1:4-1:6 YAML001 there is no anchor &b above this alias"}},
		{"a quote closed by the next one", "a:\n  b: \"x\n  c: d\n  e: \"#f\"\n", []string{"2:6-2:8 YAML001 a quote is not closed"}},
		{"a quote closed in a parsable way", "a:\n  b: \"x\n  c: d\n  e: \"\n", []string{"2:6-2:8 YAML001 a quote is not closed"}},
		{"a quote in a list", "- 'x\n- y'\n", []string{"1:3-1:5 YAML001 a quote is not closed"}},
		{"text after a quote", "a:\n  - id: x\n    b: 'The team's'\n", []string{"3:8-3:20 YAML001 text goes on after the quote that closes it"}},
		{"a star", "a: *b*\n", []string{"1:4-1:7 YAML001 a text cannot begin with *"}},
		{"a percent sign", "a: %40 done # x\n", []string{"1:4-1:12 YAML001 a text cannot begin with %"}},
		{"a no-break space", "a: 1\nb:\u00a0x\nc: 1\n", []string{"2:3-2:4 YAML001 a no-break space (U+00A0) stands here"}},
		{"no space after a colon", "a:\n  b: c\n  d:e\n  f: g\n", []string{"3:3-3:6 YAML001 a colon without a space after it"}},
		{"a key indented too little", "a:\n    - b: 1\n      c: 2\n     d: 3\n", []string{"4:6-4:10 YAML001 the line belongs neither to the entry of a list above it nor to the next one"}},
		{"a key indented too much", "a:\n  b: 1\n    c: 2\n", []string{"3:5-3:9 YAML001 a key with a colon where none can stand"}},
		{"a lost dash", "a:\n  - id: x\n    due: 1\n    id: y\n    due: 2\n", []string{`4:5-4:7 YAML002 key "id" stands twice in one mapping, as "x" and as "y"`}},
		{"wrong indentation", "key:\n   - ok\n  - wrong\n", []string{"3:3-3:10 YAML001 the line belongs to none of the mappings above it"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := parse(t, test.text)
			if diff := cmp.Diff(test.want, found(diags)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: %d\n", i, i)
	}
	return b.String()
}

func TestDuplicateKeyNamesBothPlaces(t *testing.T) {
	_, diags := parse(t, "due: 2026-01-01\nowner: x\ndue: 2026-02-02\n")
	if len(diags) != 1 || len(diags[0].Related) != 1 {
		t.Fatalf("findings %v", diags)
	}
	want := diag.Range{Start: diag.Position{Line: 1, Column: 1}, End: diag.Position{Line: 1, Column: 4}}
	if got := diags[0].Related[0].Range; got != want {
		t.Errorf("first place %v, want %v", got, want)
	}
}

func TestHostileFilesCostLittle(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&laughs, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	deepAlias := "a0: &a0 [x]\n"
	for i := 1; i < 150; i++ {
		deepAlias += fmt.Sprintf("a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	tests := []struct{ name, text, code string }{
		{"laughs", laughs.String(), "YAML007"},
		{"deep by alias", deepAlias, "YAML009"},
		{"brackets", strings.Repeat("[", 40000), "YAML009"},
		{"braces and quotes", strings.Repeat(`{"`, 20000), "YAML001"},
		{"many entries", strings.Repeat("- a\n", 2_100_000), "YAML010"},
		{"many commas", "[" + strings.Repeat(",", 2_100_000) + "]", "YAML010"},
		{"large file", strings.Repeat("# comment\n", MaxFileBytes/10+1), "YAML010"},
		{"quote never closed", "a: \"" + strings.Repeat("x\n", 100_000), "YAML001"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			_, diags := parse(t, test.text)
			if len(diags) == 0 || diags[0].Code != test.code {
				t.Errorf("findings %v, want %s", found(diags), test.code)
			}
			if took := time.Since(start); took > time.Second*raceFactor {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestKindAndText(t *testing.T) {
	tests := []struct {
		text string
		kind Kind
		want string
		odd  bool
	}{
		{"2026-03-31", String, "2026-03-31", false},
		{"2026-03-31T10:00:00Z", String, "2026-03-31T10:00:00Z", false},
		{"12", Number, "12", false},
		{"-0.50", Number, "-0.50", false},
		{"1e3", Number, "1e3", false},
		{"1250000.10", Number, "1250000.10", false},
		{"123456789012345678901234567890.01", Number, "123456789012345678901234567890.01", false},
		{"014", String, "014", true},
		{"08", String, "08", true},
		{"0x1F", String, "0x1F", true},
		{"1_000", String, "1_000", true},
		{".5", String, ".5", true},
		{"+3", String, "+3", true},
		{".inf", String, ".inf", true},
		{".nan", String, ".nan", true},
		{"yes", String, "yes", false},
		{"on", String, "on", false},
		{"True", Bool, "true", false},
		{"FALSE", Bool, "false", false},
		{"~", Null, "", false},
		{"null", Null, "", false},
		{`"12"`, String, "12", false},
		{"'true'", String, "true", false},
		{"!!str 12", String, "12", false},
		{"!!int 12", Number, "12", false},
		{"!shape 12", Number, "12", false},
		{"!shape '12'", String, "12", false},
		{`"\u2028\x07"`, String, "\u2028\x07", false},
		{"1.10", Number, "1.10", false},
	}
	for _, test := range tests {
		docs, diags := parse(t, "v: "+test.text+"\n")
		if len(diags) > 0 || len(docs) != 1 {
			t.Errorf("%s: %v", test.text, found(diags))
			continue
		}
		n, _ := docs[0].Root().Get("v")
		if n.Kind() != test.kind || n.Text() != test.want || n.Odd() != test.odd {
			t.Errorf("%s is %v %q odd=%t, want %v %q odd=%t", test.text, n.Kind(), n.Text(), n.Odd(), test.kind, test.want, test.odd)
		}
	}
}

func TestMergeKeys(t *testing.T) {
	docs, diags := parse(t, `
base: &base {owner: x, team: t}
other: &other {team: u, due: d}
one: {<<: *base, owner: y}
many: {<<: [*base, *other], start: s}
`)
	if len(diags) > 0 {
		t.Fatal(found(diags))
	}
	root := docs[0].Root()
	one, _ := root.Get("one")
	many, _ := root.Get("many")
	want := []any{
		map[string]any{"owner": "y", "team": "t"},
		map[string]any{"owner": "x", "team": "t", "due": "d", "start": "s"},
	}
	if diff := cmp.Diff(want, []any{one.JSON(), many.JSON()}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if one.Len() != 2 || many.Len() != 4 {
		t.Errorf("lengths %d and %d, want 2 and 4", one.Len(), many.Len())
	}
}

func TestDocumentsAroundATrouble(t *testing.T) {
	docs, diags := parse(t, "# nothing\n---\na: 1\n---\nb: 1\nb: 2\n---\n# empty\n---\nc: 1\n---\nd: [\n---\ne: 1\n")
	var names []string
	for _, d := range docs {
		for k := range d.Root().Pairs() {
			names = append(names, k.Name())
		}
	}
	if diff := cmp.Diff([]string{"a", "b", "b", "c"}, names); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if len(diags) != 2 || diags[0].Code != "YAML001" || diags[1].Code != "YAML002" {
		t.Errorf("findings %v", found(diags))
	}
}

func TestEmptyFilesAreFine(t *testing.T) {
	for _, text := range []string{"", "\n\n", "# only a comment\n", "---\n", "\ufeff", "---\n# a\n---\n...\n", "%YAML 1.1\n---\n"} {
		docs, diags := parse(t, text)
		if len(docs)+len(diags) > 0 {
			t.Errorf("%q: %d documents, findings %v", text, len(docs), found(diags))
		}
	}
}

// The library departs from YAML 1.2 in these constructs. This pins what users
// meet; should the library change, the table of known limits must too.
func TestKnownDepartures(t *testing.T) {
	refused := map[string]string{
		"a value right after a quoted key": `- {"key"::value}`,
		"a block text of a tab":            "- >\n \t\n detected\n",
	}
	for name, text := range refused {
		if _, diags := parse(t, text); len(diags) == 0 {
			t.Errorf("%s is accepted", name)
		}
	}
	accepted := map[string]string{
		"a directive without the end of the document before it": "!a \"b\"\n%TAG ! tag:example.org,2026:x/\n---\n!a \"b\"\n",
		"a comment without a blank before it":                   "[ a,#c\n]\n",
		"a comma after a tag":                                   "- !!str, x\n",
	}
	for name, text := range accepted {
		if _, diags := parse(t, text); len(diags) > 0 {
			t.Errorf("%s is refused: %v", name, found(diags))
		}
	}
}

func TestLocate(t *testing.T) {
	f := &File{Name: "t.yaml", Text: []byte(`kind: Program
metadata: {name: dr}
spec:
  owner:
  milestones:
    - id: a
      due: 2026-01-01
      dependsOn: [x, y]
    - &m
      due: 2026-02-02
---
copy: 1
list: [{id: q}]
`)}
	docs, diags := Parse(f)
	if len(diags) > 0 {
		t.Fatal(found(diags))
	}
	spec, _ := docs[0].Root().Get("spec")
	list, _ := spec.Get("milestones")
	var entries []Origin
	for _, n := range list.Items() {
		entries = append(entries, docs[0].Origin(n))
	}
	second, _ := docs[1].Root().Get("list")
	var q Origin
	for _, n := range second.Items() {
		q = docs[1].Origin(n)
	}
	tests := []struct {
		place Place
		want  string
	}{
		{entries[0].At("due"), "7:12-7:22"},
		{entries[0].KeyAt("due"), "7:7-7:10"},
		{entries[0].At("dependsOn", "1"), "8:22-8:23"},
		{entries[0].At("dependsOn", "7"), "8:18-8:24"},
		{entries[0].At("nothing"), "6:11-6:12"},
		{entries[0].At(), "6:11-6:12"},
		{entries[1].At("due"), "10:12-10:22"},
		{entries[1].At("nothing"), "10:7-10:10"},
		{docs[0].Origin(docs[0].Root()).At("spec", "owner"), "4:3-4:8"},
		{docs[0].Origin(docs[0].Root()).At(), "2:18-2:20"},
		{q.At("id"), "13:13-13:14"},
	}
	var l Locator
	for _, test := range tests {
		r := l.Locate(test.place).Range
		if got := fmt.Sprintf("%d:%d-%d:%d", r.Start.Line, r.Start.Column, r.End.Line, r.End.Column); got != test.want {
			t.Errorf("%v %d is at %s, want %s", test.place.Path, test.place.Part, got, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"a: 1\n", "- &x [a, *x]\n", "a: |2-\n   x\n\n  y\n", "? [a]\n: {b: c}\n", "\ufeffa: 'é''b'\r\n",
		"a: &a !!str\nb: *a\n", "<<: {a: 1}\n", "{a, b: , \"c\":d}\n", "--- >\n x\n...\n", "a: \"\\u2028\"\n", "a:\n\tb\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := &File{Name: "f.yaml", Text: text}
		docs, diags := Parse(file)
		for _, d := range diags {
			checkRange(t, file, d.Range)
		}
		for _, d := range docs {
			d.Root().JSON()
			s := measure(d)
			for n, sp := range s.of {
				if sp.start < 0 || sp.end < sp.start || sp.end > len(text) {
					t.Fatalf("%q: span %v of %q", text, sp, n.Value)
				}
				checkRange(t, file, s.rangeOf(n))
			}
			walkOrigins(t, d, d.Root(), 0)
		}
	})
}

// checkRange fails where a range lies outside of the file.
func checkRange(t *testing.T, f *File, r diag.Range) {
	t.Helper()
	if r.Start.Line < 1 || r.Start.Column < 1 || r.End.Compare(r.Start) < 0 {
		t.Fatalf("%q: range %v", f.Text, r)
	}
	line, ok := f.Line(r.End.Line)
	if !ok && r.End.Line > 1 && len(f.Text) <= MaxFileBytes || len([]rune(line))+2 < r.End.Column {
		t.Fatalf("%q: range %v ends after line %q", f.Text, r, line)
	}
}

// walkOrigins locates every mapping of a document again.
func walkOrigins(t *testing.T, d *Document, n Node, depth int) {
	if depth > 4 {
		return
	}
	if n.Kind() == Map {
		var l Locator
		checkRange(t, d.File, l.Locate(d.Origin(n).At("x")).Range)
	}
	for _, item := range n.Items() {
		walkOrigins(t, d, item, depth+1)
	}
	for _, v := range n.Pairs() {
		walkOrigins(t, d, v, depth+1)
	}
}
