package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

const (
	spent   = "kind: Ledger\nmetadata: {name: l}\nspec: {team: sre, csv: l.csv}\n---\nkind: Team\nmetadata: {name: sre}\n"
	entries = "date,category,type,amount,ref\n2026-05-31,cloud,opex,12.50,JE-1\n2026-06-30,cloud,opex,7,JE-2\n"
)

// streamed is a tree whose files can be read as streams alone, as those of a revision
// of git are.
type streamed struct{ fs.FS }

func (s streamed) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if d, ok := f.(fs.ReadDirFile); ok {
		if info, _ := f.Stat(); info.IsDir() {
			return d, err
		}
	}
	return struct{ fs.File }{f}, err
}

func (s streamed) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(s.FS, name) }
func (s streamed) ReadLink(name string) (string, error)   { return fs.ReadLink(s.FS, name) }

// broken is a tree in which a CSV file can be opened, and not read.
type broken struct{ fs.FS }

type brokenFile struct{ fs.File }

func (brokenFile) Read([]byte) (int, error)          { return 0, errors.New("the disk is gone") }
func (brokenFile) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is gone") }

func (b broken) Open(name string) (fs.File, error) {
	f, err := b.FS.Open(name)
	if strings.HasSuffix(name, ".csv") {
		return brokenFile{f}, err
	}
	return f, err
}

func TestLedgersAreRead(t *testing.T) {
	whole := strings.Repeat("\n", 3<<20) // several blocks
	for _, test := range []struct {
		name, csv                string
		files, postings, finding []string
	}{
		{"read and never held", entries + whole, []string{"(l.csv)", "(l.yaml)"}, []string{"2026-05-31 12.50 JE-1 l.csv:2", "2026-06-30 7 JE-2 l.csv:3"}, nil},
		{"more than a roster may have", entries + strings.Repeat(whole, 6), []string{"(l.csv)", "(l.yaml)"}, []string{"2026-05-31 12.50 JE-1 l.csv:2", "2026-06-30 7 JE-2 l.csv:3"}, nil},
		{"what is wrong with a row", entries + "2026-07-31,cloud,opex,,\n", []string{"l.csv", "l.yaml"}, []string{"2026-05-31 12.50 JE-1 l.csv:2", "2026-06-30 7 JE-2 l.csv:3"}, []string{
			`l.csv:4:23 CSV006 the entry in line 4 lacks "amount", which is required`,
		}},
		{"a posting twice", entries + "2026-07-31,cloud,opex,1,JE-2\n", []string{"l.csv", "(l.yaml)"}, []string{"2026-05-31 12.50 JE-1 l.csv:2", "2026-06-30 7 JE-2 l.csv:3", "2026-07-31 1 JE-2 l.csv:4"}, []string{
			`l.csv:4:25 REF009 ledger reference "JE-2" is posted twice`,
		}},
		{"none", "", []string{"l.yaml"}, nil, []string{`l.yaml:3:24 REF011 ledger "l": CSV file "l.csv" does not exist`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, inParts := range []bool{true, false} {
				tree := tree(map[string]string{"l.yaml": spent, "l.csv": test.csv})
				if test.csv == "" {
					delete(tree.FS.(fstest.MapFS), "l.csv")
				}
				if !inParts {
					tree.FS = streamed{tree.FS}
				}
				if f, err := tree.FS.Open("l.csv"); err == nil {
					if _, ok := f.(io.ReaderAt); ok != inParts {
						t.Fatalf("the file can be read in parts: %t", ok)
					}
				}
				files, _, findings := readTrees(t, []Tree{tree})
				if diff := cmp.Diff(test.files, files); diff != "" {
					t.Errorf("files, in parts %t (-want +got):\n%s", inParts, diff)
				}
				if diff := cmp.Diff(test.finding, findings); diff != "" {
					t.Errorf("findings, in parts %t (-want +got):\n%s", inParts, diff)
				}
				res, err := Load(t.Context(), []Tree{tree})
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, l := range res.Snapshot.Ledgers {
					for p := range l.Postings() {
						e := l.Entry(p)
						got = append(got, fmt.Sprintf("%s %s %s %s:%d", e.Date, e.Amount, e.Ref, e.Origin.File.Name, e.Origin.Line))
					}
					if l.Len() != len(got) {
						t.Errorf("%d entries, of %d", len(got), l.Len())
					}
				}
				if diff := cmp.Diff(test.postings, got); diff != "" {
					t.Errorf("postings, in parts %t (-want +got):\n%s", inParts, diff)
				}
				if sound := res.Snapshot.Sound("ledger/l"); sound != (test.finding == nil) {
					t.Errorf("in parts %t: the ledger is sound: %t", inParts, sound)
				}
			}
		})
	}
}

func TestLedgersThatCannotBeRead(t *testing.T) {
	of := tree(map[string]string{"l.yaml": spent, "l.csv": entries})
	of.FS = broken{of.FS}
	if _, err := Load(t.Context(), []Tree{of}); err == nil || err.Error() != "read l.csv: the disk is gone" {
		t.Errorf("reading from a broken disk: %v", err)
	}
}

// A ledger beyond its bound is refused, and nobody reads it.
func TestLedgersBeyondTheBound(t *testing.T) {
	part := portfolio.Read(&source.File{Name: "l.yaml", Text: []byte(spent)}, portfolio.Base)
	c := part.CSVFiles()[0]
	part.ReadCSV(c, source.FileAt("l.csv", brokenFile{}, c.MaxBytes+1, func() ([]byte, error) {
		t.Error("it is read")
		return nil, nil
	}))
	_, diags := portfolio.Assemble([]portfolio.Part{part})
	if len(diags) != 1 || diags[0].Code != "CSV001" {
		t.Errorf("findings %v", diags)
	}
}
