package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// real is a path as git tells it.
func real(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpen(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("p/a", "1")
	r.commit(1)
	linked, bare, separate := filepath.Join(t.TempDir(), "l"), filepath.Join(t.TempDir(), "b.git"), filepath.Join(t.TempDir(), "s")
	r.git("worktree", "add", "-q", "--detach", linked)
	r.git("clone", "-q", "--bare", ".", bare)
	r.git("clone", "-q", "--separate-git-dir", separate+".git", ".", separate)
	fromBare := filepath.Join(t.TempDir(), "w")
	(&repository{t: t, dir: bare}).git("worktree", "add", "-q", fromBare, "main")
	r.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://"+bare, "p/sub")
	store := filepath.Join(real(t, r.dir), ".git")
	for _, c := range []struct{ dir, top, store string }{
		{r.dir, real(t, r.dir), store},
		{filepath.Join(r.dir, "p"), real(t, r.dir), store},
		{linked, real(t, linked), store},
		{filepath.Join(linked, "p"), real(t, linked), store},
		{bare, "", real(t, bare)},
		{filepath.Join(bare, "refs"), "", real(t, bare)},
		{fromBare, real(t, fromBare), real(t, bare)},
		{separate, real(t, separate), real(t, separate+".git")},
		{filepath.Join(r.dir, "p", "sub"), filepath.Join(real(t, r.dir), "p", "sub"), filepath.Join(store, "modules", "p", "sub")},
	} {
		repo := open(t, c.dir)
		if diff := cmp.Diff([]string{c.top, c.store}, []string{repo.Top, repo.Store}); diff != "" || repo.Shallow {
			t.Errorf("%s (-want +got):\n%s", c.dir, diff)
		}
		list := repo.log(t, "HEAD", "p")
		if len(list) != 1 || len(list[0].Changes) != 1 {
			t.Errorf("%s: history %+v", c.dir, list)
		}
		tree, err := repo.Tree(context.Background(), list[0].Hash, "p")
		if err != nil {
			t.Fatal(err)
		}
		if text, err := tree.ReadFile("a"); err != nil || string(text) != "1" {
			t.Errorf("%s: %q, %v", c.dir, text, err)
		}
		if _, err := repo.State(context.Background(), ""); (err != nil) != (c.top == "") {
			t.Errorf("%s: state: %v", c.dir, err)
		}
	}
}

func TestOpenWhatGitDoesNotRead(t *testing.T) {
	t.Parallel()
	broken, line := t.TempDir(), filepath.Join(t.TempDir(), "a\nb")
	if err := os.WriteFile(filepath.Join(broken, ".git"), []byte("gitdir: /nowhere/at/all\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	newRepository(t).git("init", "-q", line)
	for _, dir := range []string{broken, line, filepath.Join(broken, "nope")} {
		if repo, err := Open(context.Background(), dir); err == nil || errors.Is(err, ErrNoRepository) {
			t.Errorf("%q: %+v, %v", dir, repo, err)
		}
	}
}

func TestStateOfEverything(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := newRepository(t)
	for _, name := range []string{"same", "changed", "staged", "moved", "gone", "deleted", "typed", "mode", "conflict", "folder/x"} {
		r.write("p/"+name, name+" with some lines\nso that it is\nfound again\n")
	}
	r.write("p/.gitignore", "ignored\n")
	sub := r.commit(1)
	r.git("checkout", "-q", "-b", "side")
	r.write("p/conflict", "side")
	r.commit(2)
	r.git("checkout", "-q", "main")
	r.write("p/conflict", "main")
	r.commit(3)
	cmd := exec.Command("git", "-C", r.dir, "-c", "user.name=t", "-c", "user.email=t@example.org", "merge", "-q", "side")
	if err := cmd.Run(); err == nil {
		t.Fatal("there is no conflict")
	}
	r.write("p/changed", "2")
	r.write("p/staged", "2")
	r.git("add", "p/staged")
	r.git("mv", "p/moved", "p/to")
	r.git("rm", "-q", "p/deleted")
	for _, name := range []string{"gone", "typed", "folder/x"} {
		if err := os.Remove(filepath.Join(r.dir, "p", name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("same", filepath.Join(r.dir, "p/typed")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(r.dir, "p/mode"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.write("p/folder/x/now/a folder", "1")
	r.write("p/ignored", "1")
	r.write("p/new", "1")
	r.git("add", "-N", "p/new")
	r.git("update-index", "--add", "--cacheinfo", "160000,"+sub+",p/sub")
	r.write("p/\xff\n \"", "1")
	r.git("init", "-q", filepath.Join(r.dir, "p", "nested"))
	r.write("elsewhere", "1")
	want := []string{
		"p/\xff\n \"", "p/changed", "p/conflict", "p/deleted", "p/folder/x", "p/folder/x/now/a folder", "p/gone", "p/mode", "p/moved", "p/nested/", "p/new",
		"p/staged", "p/sub", "p/to", "p/typed",
	}
	slices.Sort(want)
	for _, dir := range []string{r.dir, filepath.Join(r.dir, "p"), filepath.Join(r.dir, "p/nested/..")} {
		s, err := open(t, dir).State(ctx, "p")
		slices.Sort(s.Changed)
		if diff := cmp.Diff(want, s.Changed); err != nil || diff != "" {
			t.Errorf("changed: %v (-want +got):\n%s", err, diff)
		}
	}
	s, err := r.open().State(ctx, "")
	if err != nil || len(s.Changed) != len(want)+1 || s.Commit != r.git("rev-parse", "HEAD") {
		t.Errorf("in all: %+v, %v", s, err)
	}
}

// Repositories with SHA-256 say the same in longer words.
func TestSHA256(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	if err := exec.Command("git", "init", "-q", "--object-format=sha256", t.TempDir()).Run(); err != nil {
		t.Skip("git cannot:", err)
	}
	r := newRepository(t, "--object-format=sha256")
	r.write("p/a", "1")
	r.commit(1)
	r.write("p/a", "2")
	head := r.commit(2)
	repo := r.open()
	list := repo.log(t, head[:10], "p")
	if diff := cmp.Diff([]string{"c +p/a", "c +p/a"}, says(list)); diff != "" || len(list[0].Hash) != 64 {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	err := repo.Blobs(ctx, slices.Values([]string{list[0].Changes[0].Blob}), func(_ string, text []byte) error {
		if string(text) != "2" {
			t.Errorf("text %q", text)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"dr-xr-xr-x .", fmt.Sprintf("-r--r--r-- a %q", "2")}, walked(t, r.tree("p", everything))); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if s, err := repo.State(ctx, ""); err != nil || s.Commit != head || len(s.Changed) > 0 {
		t.Errorf("state %+v, %v", s, err)
	}
}
