package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOpenOutsideOfARepository(t *testing.T) {
	if _, err := Open(context.Background(), t.TempDir()); !errors.Is(err, ErrNoRepository) {
		t.Errorf("error %v, want %v", err, ErrNoRepository)
	}
}

func TestState(t *testing.T) {
	ctx := context.Background()
	r := newRepository(t)
	repo, err := Open(ctx, r.dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := repo.State(ctx, "")
	if err != nil || s.Commit != "" || len(s.Changed) > 0 {
		t.Errorf("before the first commit: %+v, %v", s, err)
	}
	r.write("programs/a b.yaml", "a: 1\n")
	r.write("programs/é.yaml", "a: 1\n")
	r.write("other.txt", "x")
	r.commit(1)
	s, err = repo.State(ctx, "programs")
	if err != nil || len(s.Commit) != 40 || len(s.Changed) > 0 {
		t.Errorf("after it: %+v, %v", s, err)
	}
	r.write("programs/a b.yaml", "a: 2\n")
	r.write("programs/new/n.yaml", "a: 1\n")
	r.write("other.txt", "y")
	r.git("rm", "-q", "programs/é.yaml")
	s, err = repo.State(ctx, "programs")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(s.Changed)
	if diff := cmp.Diff([]string{"programs/a b.yaml", "programs/new/n.yaml", "programs/é.yaml"}, s.Changed); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	below, err := Open(ctx, filepath.Join(r.dir, "programs"))
	if err != nil || below.Top != repo.Top || below.Shallow {
		t.Errorf("opened below the top: %+v, %v", below, err)
	}
}

func TestChangedSince(t *testing.T) {
	ctx := context.Background()
	r := newRepository(t)
	r.write("p/old.yaml", "1")
	r.write("p/both.yaml", "1")
	r.commit(1)
	r.git("checkout", "-q", "-b", "side")
	r.write("p/side.yaml", "1")
	r.commit(2)
	r.git("checkout", "-q", "main")
	r.write("p/both.yaml", "2")
	r.write("q/elsewhere.yaml", "1")
	r.commit(10)
	r.day = 11
	r.git("merge", "-q", "--no-ff", "-m", "merge", "side")
	r.git("mv", "p/old.yaml", "p/moved.yaml")
	r.commit(12)
	repo, err := Open(ctx, r.dir)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		day    int
		folder string
		want   []string
	}{
		{13, "p", nil},
		{12, "p", []string{"p/moved.yaml", "p/old.yaml"}},
		{11, "p", []string{"p/moved.yaml", "p/old.yaml", "p/side.yaml"}}, // what the merge brought
		{10, "p", []string{"p/both.yaml", "p/moved.yaml", "p/old.yaml", "p/side.yaml"}},
		{10, "", []string{"p/both.yaml", "p/moved.yaml", "p/old.yaml", "p/side.yaml", "q/elsewhere.yaml"}},
	}
	for _, test := range tests {
		changed, err := repo.ChangedSince(ctx, "HEAD", time.Date(2026, 1, test.day, 0, 0, 0, 0, time.UTC), test.folder)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for name := range changed {
			got = append(got, name)
		}
		slices.Sort(got)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("since day %d in %q (-want +got):\n%s", test.day, test.folder, diff)
		}
	}
}

func TestShallow(t *testing.T) {
	r := newRepository(t)
	r.write("a", "1")
	r.commit(1)
	r.write("a", "2")
	r.commit(2)
	clone := filepath.Join(t.TempDir(), "clone")
	r.git("clone", "-q", "--depth", "1", "file://"+r.dir, clone)
	repo, err := Open(context.Background(), clone)
	if err != nil || !repo.Shallow {
		t.Errorf("a clone of depth 1: %+v, %v", repo, err)
	}
}

func TestNothingIsWritten(t *testing.T) {
	ctx := context.Background()
	r := newRepository(t)
	r.write("a", "1")
	r.commit(1)
	index := filepath.Join(r.dir, ".git", "index")
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(index, old, old); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(r.dir, "a"), old, old); err != nil { // the index would be refreshed
		t.Fatal(err)
	}
	repo, err := Open(ctx, r.dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := repo.State(ctx, ""); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(index); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("the index was written: %v %v", info.ModTime(), err)
	}
}

func TestEnvironmentOfAHook(t *testing.T) {
	outer, inner := newRepository(t), newRepository(t)
	inner.write("a", "1")
	inner.commit(1)
	t.Setenv("GIT_DIR", filepath.Join(outer.dir, ".git"))
	t.Setenv("GIT_INDEX_FILE", filepath.Join(outer.dir, "index"))
	t.Setenv("GIT_PREFIX", "x/")
	repo, err := Open(context.Background(), inner.dir)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := repo.State(context.Background(), ""); err != nil || s.Commit == "" || len(s.Changed) > 0 {
		t.Errorf("state %+v, %v", s, err)
	}
}

// What a user configures, and commits whose dates do not ascend, change nothing.
func TestChangedSinceWhateverIsConfigured(t *testing.T) {
	r := newRepository(t)
	r.git("config", "log.showRoot", "false")
	r.git("config", "diff.relative", "true")
	r.write("p/a.yaml", "1")
	r.commit(10)
	r.write("q/b.yaml", "1")
	r.commit(2) // with a clock that was wrong
	t.Setenv("GIT_LITERAL_PATHSPECS", "1")
	repo, err := Open(context.Background(), filepath.Join(r.dir, "q"))
	if err != nil {
		t.Fatal(err)
	}
	changed, err := repo.ChangedSince(context.Background(), "HEAD", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), "p")
	if err != nil || !changed["p/a.yaml"] {
		t.Errorf("changed %v, %v", changed, err)
	}
}
