package load

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/source"
)

const people = "id,role,level,start\nada,sre,L5,2024-01-01\n"

func TestCSVFiles(t *testing.T) {
	tests := []struct{ csv, want string }{
		{"people.csv", ""},
		{"../people.csv", ""},
		{"./hr/../people.csv", ""},
		{"missing.csv", `4:8 REF011 roster "r": CSV file "missing.csv" does not exist`},
		{"../missing.csv", `4:8 REF011 roster "r": CSV file "../missing.csv" does not exist`},
		{"../../people.csv", `4:8 REF011 roster "r": CSV file "../../people.csv" lies outside of the repository`},
		{"hr", `4:8 REF011 roster "r": CSV file "hr" is a folder or a link`},
		{"link.csv", `4:8 REF011 roster "r": CSV file "link.csv" is a folder or a link`},
		{"/etc/passwd", `4:8 SCH007 roster "r": csv is "/etc/passwd", expected the name of a CSV file beside this one such as people.csv`},
	}
	for _, test := range tests {
		t.Run(test.csv, func(t *testing.T) {
			res, err := Load(t.Context(), []Tree{{
				FS: fstest.MapFS{
					"people.csv":          {Data: []byte(people)},
					"programs/people.csv": {Data: []byte(people)},
					"programs/hr/a.csv":   {},
					"programs/link.csv":   {Data: []byte("people.csv"), Mode: fs.ModeSymlink},
					"programs/r.yaml":     {Data: []byte("kind: Roster\nmetadata: {name: r}\nspec:\n  csv: " + test.csv + "\n")},
				},
				Roots: []string{"programs"},
				Name:  func(p string) string { return p },
			}})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, d := range res.Diagnostics {
				got += fmt.Sprintf("%d:%d %s %s", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if sound := res.Snapshot.Sound("roster/r"); sound != (test.want == "") {
				t.Errorf("the roster is sound: %t", sound)
			}
		})
	}
}

// tree is a file system of texts, all of which is read.
func tree(files map[string]string) Tree {
	t := Tree{FS: fstest.MapFS{}, Roots: []string{"."}, Name: func(p string) string { return p }}
	for name, text := range files {
		t.FS.(fstest.MapFS)[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return t
}

// readTrees loads trees, and tells the files (released ones in brackets), the people, and
// what is wrong.
func readTrees(t *testing.T, trees []Tree, shadows ...*source.File) (files, people, findings []string) {
	t.Helper()
	res, err := Load(t.Context(), trees, shadows...)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Files {
		name := f.Name
		if f.Text == nil {
			name = "(" + name + ")"
		}
		files = append(files, name)
	}
	for _, r := range res.Snapshot.Rosters {
		for _, p := range r.People {
			people = append(people, fmt.Sprintf("%s/%s %s:%d", r.Meta.Name, p.ID, p.Origin.File.Name, p.Origin.Line))
		}
	}
	for _, d := range res.Diagnostics {
		findings = append(findings, fmt.Sprintf("%s:%d:%d %s %s", d.File, d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message))
	}
	return files, people, findings
}

func TestCSVFilesAreRead(t *testing.T) {
	const roster = "kind: Roster\nmetadata: {name: hr}\nspec: {csv: people.csv}\n"
	levels := "kind: Portfolio\nmetadata: {name: main}\nspec: {levels: [{id: L4}, {id: L5}]}\n"
	overlay := tree(map[string]string{"r.yaml": strings.Replace(roster, "hr", "few", 1), "people.csv": strings.Replace(people, "ada", "bob", 1)})
	overlay.Overlay, overlay.Name = true, func(p string) string { return "private/" + p }
	for _, test := range []struct {
		name                    string
		trees                   []Tree
		stdin                   string
		files, people, findings []string
	}{
		{
			"read and released",
			[]Tree{tree(map[string]string{"a/r.yaml": roster, "a/people.csv": people})},
			"",
			[]string{"(a/people.csv)", "(a/r.yaml)"},
			[]string{"hr/ada a/people.csv:2"},
			nil,
		},
		{
			"base and overlay",
			[]Tree{tree(map[string]string{"r.yaml": roster, "people.csv": people}), overlay},
			"",
			[]string{"(people.csv)", "(private/people.csv)", "(private/r.yaml)", "(r.yaml)"},
			[]string{"few/bob private/people.csv:2", "hr/ada people.csv:2"},
			nil,
		},
		{
			"what is wrong with a row",
			[]Tree{tree(map[string]string{"r.yaml": roster, "people.csv": people + "bob,sre,L5,\n"})},
			"",
			[]string{"people.csv", "r.yaml"},
			[]string{"hr/ada people.csv:2"},
			[]string{`people.csv:3:12 CSV006 person "bob" lacks "start", which is required`},
		},
		{
			"what a row refers to is found in a released text",
			[]Tree{tree(map[string]string{"r.yaml": roster, "people.csv": people + "bob,sre,L6,2024-01-01\n", "p.yaml": levels})},
			"",
			[]string{"(p.yaml)", "people.csv", "(r.yaml)"},
			[]string{"hr/ada people.csv:2", "hr/bob people.csv:3"},
			[]string{`people.csv:3:9 REF001 there is no level "L6"`},
		},
		{
			"two rosters of one file",
			[]Tree{tree(map[string]string{"q.yaml": strings.Replace(roster, "hr", "all", 1), "r.yaml": roster, "people.csv": people})},
			"",
			[]string{"(people.csv)", "q.yaml", "r.yaml"},
			[]string{"all/ada people.csv:2", "hr/ada people.csv:2"},
			[]string{`r.yaml:3:13 CSV007 rosters "all" and "hr" name the same CSV file "people.csv", so that everyone in it is there twice`},
		},
		{
			"standard input stands in for a document",
			[]Tree{tree(map[string]string{"a/r.yaml": roster, "a/people.csv": people, "a/new.csv": strings.Replace(people, "ada", "eve", 1)})},
			strings.Replace(roster, "people.csv", "new.csv", 1),
			[]string{"<stdin>", "(a/new.csv)", "(a/people.csv)", "(a/r.yaml)"},
			[]string{"hr/eve a/new.csv:2"},
			nil,
		},
		{
			"standard input of a document that lies nowhere",
			[]Tree{tree(map[string]string{"t.yaml": "kind: Team\nmetadata: {name: sre}\nspec: {lead: ada}\n"})},
			roster,
			[]string{"<stdin>", "(t.yaml)"},
			nil, nil,
		},
		{
			"a file beyond the bound",
			[]Tree{tree(map[string]string{"r.yaml": roster, "people.csv": people + strings.Repeat("\n", source.MaxFileBytes)})},
			"",
			[]string{"people.csv", "r.yaml"},
			nil,
			[]string{`people.csv:1:1 CSV001 roster "hr": the file has more than 16777216 bytes`},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var shadows []*source.File
			if test.stdin != "" {
				shadows = append(shadows, &source.File{Name: "<stdin>", Text: []byte(test.stdin)})
			}
			files, people, findings := readTrees(t, test.trees, shadows...)
			if diff := cmp.Diff(test.files, files); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.people, people); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.findings, findings); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
