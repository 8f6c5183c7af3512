package load

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

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
					"people.csv":          {},
					"programs/people.csv": {},
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
