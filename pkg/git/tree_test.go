package git

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func nothing(string) bool    { return false }
func everything(string) bool { return true }

func (r *repository) tree(folder string, ahead func(string) bool) *Tree {
	r.t.Helper()
	tree, err := r.open().Tree(context.Background(), r.git("rev-parse", "HEAD"), folder)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := tree.ReadAhead(context.Background(), ahead); err != nil {
		r.t.Fatal(err)
	}
	return tree
}

// walked is all of a tree, one line a path.
func walked(t *testing.T, tree fs.FS) (list []string) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil || info.Name() != e.Name() || info.Mode().Type() != e.Type() || e.Name() != path.Base(p) {
			t.Errorf("%q: entry %v, info %v, %v", p, e, info, err)
		}
		line := fmt.Sprintf("%v %s", info.Mode(), p)
		if e.Type().IsRegular() {
			text, err := fs.ReadFile(tree, p)
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %q", text)
		}
		list = append(list, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTree(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	sub := r.commit(1)
	r.write("p/b/x.yaml", "x")
	r.write("p/b.yaml", "b")
	r.write("p/b-1.yaml", "")
	r.write("p/run", "#!")
	r.write("pp/outside", "1")
	r.write("q", "1")
	for link, target := range map[string]string{
		"p/to-file": "b.yaml", "p/to-folder": "b", "p/b/up": "../run", "p/twice": "to-file", "p/circle": "circle2", "p/circle2": "circle",
		"p/out": "../q", "p/absolute": "/etc/passwd", "p/none": "nope", "p/far": "../../../x", "p/sub/beside": "../submodule",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(r.dir, link)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(r.dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	r.git("add", "-A")
	r.git("update-index", "--chmod=+x", "p/run")
	r.git("update-index", "--add", "--cacheinfo", "160000,"+sub+",p/submodule")
	r.git("commit", "-q", "-m", "x")
	want := []string{
		"dr-xr-xr-x .",
		"Lrwxrwxrwx absolute",
		"dr-xr-xr-x b",
		"Lrwxrwxrwx b/up",
		`-r--r--r-- b/x.yaml "x"`,
		`-r--r--r-- b-1.yaml ""`,
		`-r--r--r-- b.yaml "b"`,
		"Lrwxrwxrwx circle",
		"Lrwxrwxrwx circle2",
		"Lrwxrwxrwx far",
		"Lrwxrwxrwx none",
		"Lrwxrwxrwx out",
		`-r--r--r-- run "#!"`,
		"dr-xr-xr-x sub",
		"Lrwxrwxrwx sub/beside",
		"dr-xr-xr-x submodule",
		`-r--r--r-- submodule/.git ""`,
		"Lrwxrwxrwx to-file",
		"Lrwxrwxrwx to-folder",
		"Lrwxrwxrwx twice",
	}
	tree := r.tree("p", everything)
	lazy := r.tree("p", nothing)
	if diff := cmp.Diff(want, walked(t, tree)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(walked(t, tree), walked(t, lazy)); diff != "" {
		t.Errorf("read ahead or not (-ahead +not):\n%s", diff)
	}
	for _, c := range []struct{ name, stat string }{
		{"b.yaml", "-r--r--r--"},
		{"to-file", "-r--r--r--"},
		{"twice", "-r--r--r--"},
		{"b/up", "-r--r--r--"},
		{"to-folder", "dr-xr-xr-x"},
		{"sub/beside", "dr-xr-xr-x"},
		{"circle", ""},
		{"out", ""},
		{"absolute", ""},
		{"none", ""},
		{"far", ""},
		{"nope", ""},
		{"../q", ""},
		{"", ""},
	} {
		got := ""
		if info, err := fs.Stat(tree, c.name); err == nil {
			got = info.Mode().String()
		}
		if got != c.stat {
			t.Errorf("Stat %s: %q, want %q", c.name, got, c.stat)
		}
	}
	if text, err := tree.ReadLink("sub/beside"); err != nil || text != "../submodule" {
		t.Errorf("link: %q, %v", text, err)
	}
	if info, err := tree.Lstat("circle"); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("Lstat of a link: %v, %v", info, err)
	}
	for _, name := range []string{"b", "to-file", "submodule"} {
		if _, err := tree.ReadFile(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("ReadFile %s: %v", name, err)
		}
	}
	if _, err := tree.ReadFile("nope"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there: %v", err)
	}
	for folder, want := range map[string][]string{
		"p/b":         {"dr-xr-xr-x .", "Lrwxrwxrwx up", `-r--r--r-- x.yaml "x"`},
		"p/submodule": {"dr-xr-xr-x .", `-r--r--r-- .git ""`},
		"nope":        {"dr-xr-xr-x ."},
		"q":           {"dr-xr-xr-x ."}, // a file
		"p/to-folder": {"dr-xr-xr-x ."}, // a link
		"pp":          {"dr-xr-xr-x .", `-r--r--r-- outside "1"`},
	} {
		if diff := cmp.Diff(want, walked(t, r.tree(folder, everything))); diff != "" {
			t.Errorf("below %q (-want +got):\n%s", folder, diff)
		}
	}
}

// A tree without links is a file system as fs describes it, but that only open
// files know their size.
func TestTreeIsAFileSystem(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("a", "")
	r.write("b/c", "")
	r.write("b/d/e", "")
	r.commit(1)
	if err := fstest.TestFS(r.tree("", everything), "a", "b/c", "b/d/e"); err != nil {
		t.Error(err)
	}
	if err := fstest.TestFS(r.tree("b", nothing), "c", "d/e"); err != nil {
		t.Error(err)
	}
}

func TestTreeOddNames(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	folders := []string{"-d", ":(top)d", ":!d", ":d", "d*", "d?", "[d]", "a b", "a\nb", "\"q\"", "é", "tab\t", "~", "HEAD", "d\\e"}
	for _, folder := range folders {
		r.write(folder+"/x y.yaml", folder)
		r.write(folder+"x/other.yaml", "no")
	}
	r.write("dd/x y.yaml", "no") // what d* and d? would match
	r.commit(1)
	repo := r.open()
	for _, folder := range folders {
		want := []string{"dr-xr-xr-x .", fmt.Sprintf("-r--r--r-- x y.yaml %q", folder)}
		if diff := cmp.Diff(want, walked(t, r.tree(folder, everything))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", folder, diff)
		}
		list := repo.log(t, "HEAD", folder)
		if diff := cmp.Diff([]string{"c +" + folder + "/x y.yaml"}, says(list)); diff != "" {
			t.Errorf("history of %q (-want +got):\n%s", folder, diff)
		}
		changed, err := repo.ChangedSince(context.Background(), list[0].Hash, january(1), folder)
		if diff := cmp.Diff(map[string]bool{folder + "/x y.yaml": true}, changed); diff != "" || err != nil {
			t.Errorf("changed in %q: %v (-want +got):\n%s", folder, err, diff)
		}
		r.write(folder+"/x y.yaml", "changed")
		r.write(folder+"/\nnew\n", "new")
		state, err := repo.State(context.Background(), folder)
		if diff := cmp.Diff([]string{folder + "/x y.yaml", folder + "/\nnew\n"}, state.Changed); diff != "" || err != nil {
			t.Errorf("state of %q: %v (-want +got):\n%s", folder, err, diff)
		}
	}
	r.commit(2)
	changed, err := repo.ChangedSince(context.Background(), r.git("rev-parse", "HEAD"), january(2), "")
	if err != nil || !changed["HEAD/\nnew\n"] || len(changed) != 2*len(folders) {
		t.Errorf("changed: %v, %v", changed, err)
	}
}

func TestTreeConcurrently(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	for i := range 8 {
		r.write(fmt.Sprintf("%d", i), fmt.Sprint(i))
	}
	r.commit(1)
	tree := r.tree("", func(name string) bool { return name < "4" })
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			text, err := tree.ReadFile(fmt.Sprint(i))
			if err != nil || string(text) != fmt.Sprint(i) {
				t.Errorf("%d: %q, %v", i, text, err)
			}
			clear(text) // it is the caller's own
			if again, _ := tree.ReadFile(fmt.Sprint(i)); string(again) != fmt.Sprint(i) {
				t.Errorf("%d: then %q", i, again)
			}
		})
	}
	all.Wait()
}

// What was read ahead needs git no more, and nothing else was read.
func TestTreeReadsAheadWhatIsWanted(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("p/a", "a")
	r.write("p/same", "a")
	r.write("p/empty", "")
	r.write("q/b", "b")
	r.commit(1)
	tree := r.tree("", func(name string) bool { return path.Dir(name) == "p" })
	if err := tree.ReadAhead(context.Background(), func(name string) bool { return name == "p/a" }); err != nil {
		t.Error(err)
	}
	if err := os.RemoveAll(filepath.Join(r.dir, ".git")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"p/a": "a", "p/same": "a", "p/empty": ""} {
		if text, err := tree.ReadFile(name); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if _, err := tree.ReadFile("q/b"); err == nil {
		t.Error("q/b was read, though nobody wants it")
	}
}
