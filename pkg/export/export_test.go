package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// read assembles documents.
func read(t *testing.T, documents ...string) *portfolio.Snapshot {
	t.Helper()
	return loaded(t, fstest.MapFS{"a.yaml": {Data: []byte(strings.Join(documents, "\n---\n"))}}, ".")
}

func loaded(t *testing.T, files fs.FS, root string) *portfolio.Snapshot {
	t.Helper()
	res, err := load.Load(t.Context(), []load.Tree{{FS: files, Roots: []string{root}, Name: func(p string) string { return p }}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		if d.Severity == diag.Error && d.Code != "REF003" && d.Code != "REF001" {
			t.Fatalf("%s: %s %s", d.Subject, d.Code, d.Message)
		}
	}
	return res.Snapshot
}

// usual is a source of everything: the portfolio of this repository, and a report.
func usual(t *testing.T) *Source {
	t.Helper()
	return &Source{
		Snapshot: loaded(t, os.DirFS("../.."), "programs"),
		Reports:  []*report.Report{sums()},
		About: About{
			Command: "progctl export", AsOf: cal.MustDate("2026-11-23"), Version: "1.0.0", Title: "Usual",
			Revision: &report.Revision{Commit: strings.Repeat("ab", 20), Dirty: true},
		},
	}
}

func usd(minor int64) report.Cell {
	m := money.Amount{Minor: minor, Currency: "USD"}
	return report.Cell{Text: m.Grouped(), Value: m}
}

func count(n int) report.Cell { return report.Cell{Text: fmt.Sprint(n), Value: n} }

// sums is a report with a tree of rows: subtotals before what they sum, and a total.
func sums() *report.Report {
	r := report.New("budget", cal.MustDate("2026-11-23"))
	t := &report.Table{Columns: []report.Column{
		{Header: "Team", Key: "team"},
		{Header: "Cost", Key: "cost", Align: report.Right},
		{Header: "Heads", Key: "heads", Align: report.Right},
		{Header: "Share", Key: "share", Align: report.Right},
	}}
	row := func(kind report.RowKind, team string, minor int64, heads int) {
		name := report.Say(team)
		if kind != report.Plain {
			name.Value = nil
		}
		share := report.Cell{Text: "100.0%", Value: portfolio.Whole}
		t.Rows = append(t.Rows, report.Row{Kind: kind, Cells: []report.Cell{name, usd(minor), count(heads), share}})
	}
	row(report.Subtotal, "all of a", 600, 3)
	row(report.Plain, "  a1", 100, 1)
	row(report.Subtotal, "  all of a2", 500, 9) // its heads are no sum
	row(report.Plain, "    a2x", 200, 1)
	row(report.Plain, "    a2y", 300, 1)
	row(report.Plain, "b", 50, 4)
	row(report.Total, "Total", 650, 7)
	r.Add(report.Text("Some text"), report.Heading("By team (USD)"), t)
	return r
}

// Every format gives the same bytes for the same source, and others for another.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range Formats {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			var first []byte
			for i := range 5 {
				s := usual(t)
				if i == 4 {
					s.About.AsOf++
				}
				path := filepath.Join(t.TempDir(), "out")
				if err := f.Write(t.Context(), path, s); err != nil {
					t.Fatal(err)
				}
				got := contents(t, path)
				switch {
				case i == 0:
					first = got
				case bytes.Equal(first, got) == (i == 4):
					t.Fatalf("round %d: equal is %t", i, i != 4)
				}
			}
		})
	}
}

// contents are the bytes of a file, or of all files of a folder.
func contents(t *testing.T, path string) []byte {
	t.Helper()
	var b bytes.Buffer
	err := filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		fmt.Fprintf(&b, "== %s\n%s\n", e.Name(), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What was there stays if an export fails, and nothing else is left beside it.
func TestWholeOrNothing(t *testing.T) {
	t.Parallel()
	for _, f := range Formats {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, "out")
			if err := f.Write(t.Context(), path, usual(t)); err != nil {
				t.Fatal(err)
			}
			before := contents(t, folder)
			cancelled, cancel := context.WithCancel(t.Context())
			cancel()
			broken := f
			broken.write = func(ctx context.Context, path string, s *Source) error {
				return errors.Join(f.write(ctx, path, s), errors.New("the disk is full"))
			}
			for name, err := range map[string]error{
				"failed": broken.Write(t.Context(), path, usual(t)),
				"ended":  broken.Write(cancelled, path, usual(t)),
			} {
				if err == nil {
					t.Errorf("%s: no error", name)
				}
			}
			if !bytes.Equal(before, contents(t, folder)) {
				t.Error("a failed export changed something")
			}
			other := usual(t)
			other.About.Command += " --fy FY28"
			if err := f.Write(t.Context(), path, other); err != nil {
				t.Errorf("an export cannot replace another: %v", err)
			}
			if bytes.Equal(before, contents(t, folder)) {
				t.Error("the export is the old one")
			}
			if entries, _ := os.ReadDir(folder); len(entries) != 1 {
				t.Errorf("%d entries beside the export", len(entries)-1)
			}
		})
	}
}

func TestRefusesWhatItDidNotMake(t *testing.T) {
	t.Parallel()
	tests := []struct {
		format string
		files  map[string]string // below the folder; a name with out alone is the target
		want   string
	}{
		{"xlsx", map[string]string{"out": "kind: Program\n"}, "there is a file that is no xlsx: delete it, or choose another name"},
		{"xlsx", map[string]string{"out/a": ""}, "xlsx makes a file, and that is a folder"},
		{"sqlite", map[string]string{"out": "SQLite format 2\x00"}, "there is a file that is no sqlite: delete it, or choose another name"},
		{"sqlite", map[string]string{"out": ""}, ""},
		{"csv", map[string]string{"out": "a"}, "csv makes a folder, and that is a file"},
		{"csv", map[string]string{"out/notes.txt": "a"}, "there is a folder with notes.txt, which no export made: empty it, or choose another name"},
		{"csv", map[string]string{"out/datapackage.json": "{}"}, "there is a folder with datapackage.json, which no export made: empty it, or choose another name"},
		{"csv", map[string]string{"out/datapackage.json": `{"progctl": {"command": "x"}, "resources": [{"path": "a.csv"}]}`, "out/a.csv": "", "out/b.csv": ""}, "there is a folder with b.csv, which no export made: empty it, or choose another name"},
		{"csv", map[string]string{"out/datapackage.json": `{"progctl": {"command": "x"}, "resources": [{"path": "a.csv"}]}`, "out/a.csv": ""}, ""},
	}
	for _, test := range tests {
		folder := t.TempDir()
		for name, text := range test.files {
			name = filepath.Join(folder, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
		before := contents(t, folder)
		f, _ := Lookup(test.format)
		got := ""
		if err := f.Write(t.Context(), filepath.Join(folder, "out"), &Source{About: About{Command: "x"}}); err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s over %v (-want +got):\n%s", test.format, test.files, diff)
		}
		if test.want != "" && !bytes.Equal(before, contents(t, folder)) {
			t.Errorf("%s over %v: refused, and changed", test.format, test.files)
		}
	}
}

// A link leads to what is replaced, and a file keeps its mode.
func TestLinksAndModes(t *testing.T) {
	t.Parallel()
	f, _ := Lookup("sqlite")
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target"), filepath.Join(folder, "link")
	if err := errors.Join(os.WriteFile(target, nil, 0o600), os.Symlink("target", link)); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(t.Context(), link, &Source{}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(target)
	if err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
		if got, ok := Lookup(f.Name); !ok || got.Name != f.Name {
			t.Errorf("no format %s", f.Name)
		}
	}
	if _, ok := Lookup("ods"); ok || !slices.Contains(names, "xlsx") {
		t.Error("formats are not what they are")
	}
}
