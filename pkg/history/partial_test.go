package history

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/git"
)

// A shallow clone has no use for a cache, and leaves nothing in it.
func TestShallow(t *testing.T) {
	t.Parallel()
	r, m := cached(t)
	clone := &repository{t: t, dir: filepath.Join(t.TempDir(), "clone"), day: 1}
	r.git("clone", "-q", "--depth=2", "file://"+r.dir, clone.dir)
	c := &memory{data: m.data}
	h := clone.read(Options{Cache: c, Tool: "t"})
	if h.Commits != 2 || c.loads+c.saves > 0 {
		t.Errorf("%d commits, loaded %d times, saved %d times", h.Commits, c.loads, c.saves)
	}
	clone.git("fetch", "-q", "--unshallow")
	if diff := cmp.Diff(r.read(Options{}), clone.read(Options{Cache: c, Tool: "t"}), whole()); diff != "" || c.loads != 1 {
		t.Errorf("then loaded %d times (-want +got):\n%s", c.loads, diff)
	}
}

// A partial clone says that it is one; where what is needed is there, it does.
func TestPartialClones(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.git("config", "uploadpack.allowFilter", "true")
	r.git("config", "uploadpack.allowAnySHA1InWant", "true")
	for day := 1; day < 4; day++ {
		r.commit(day, "x", files{
			"programs/a.yaml": one(fmt.Sprintf("2026-03-0%d", day)), "programs/foreign/x.yaml": document(fmt.Sprint("f", day), "active", "2026-06-01"),
			"rest/x.yaml": document(fmt.Sprint("r", day), "active", "2026-06-01"),
		})
	}
	o := Options{Preferred: "programs", Exclude: []string{"programs/foreign"}, Commit: r.git("rev-parse", "HEAD")}
	want := r.read(o)
	for _, filter := range []string{"blob:none", "tree:0"} {
		clone := &repository{t: t, dir: filepath.Join(t.TempDir(), "clone"), day: 1}
		r.git("clone", "-q", "--no-checkout", "--filter="+filter, "file://"+r.dir, clone.dir)
		count := func() int {
			return len(strings.Fields(clone.git("cat-file", "--batch-check=%(objectname)", "--batch-all-objects")))
		}
		before, m := count(), &memory{}
		o.Cache = m
		if h, err := Read(t.Context(), clone.open(), o); !errors.Is(err, git.ErrMissingObject) || h != nil || m.saves > 0 {
			t.Errorf("%s: %v, saved %d times", filter, err, m.saves)
		}
		if after := count(); after != before {
			t.Errorf("%s: %d objects were there, now %d", filter, before, after)
		}
		clone.git("log", "--raw", "--format=%H", o.Commit) // git fetches the folders
		for day := range 3 {
			clone.git("cat-file", "-p", fmt.Sprintf("%s~%d:programs/a.yaml", o.Commit, day))
		}
		h, err := Read(t.Context(), clone.open(), o)
		if err != nil {
			t.Fatalf("%s, with what is needed: %v", filter, err)
		}
		if diff := cmp.Diff(want, h, whole()); diff != "" || m.saves != 1 {
			t.Errorf("%s, with what is needed: saved %d times (-want +got):\n%s", filter, m.saves, diff)
		}
	}
}

// Wherever a repository is opened, its history is the same.
func TestClones(t *testing.T) {
	t.Parallel()
	r, m := cached(t)
	bare, linked := filepath.Join(t.TempDir(), "bare.git"), filepath.Join(t.TempDir(), "linked")
	r.git("clone", "-q", "--bare", ".", bare)
	r.git("worktree", "add", "-q", "--detach", linked, "main")
	r.write(files{"below/x": "x"})
	want := r.read(Options{})
	for _, dir := range []string{bare, linked, filepath.Join(r.dir, "below")} {
		for _, c := range []Cache{nil, &memory{}, m} {
			h := (&repository{t: t, dir: dir}).read(Options{Cache: c, Tool: "t"})
			if diff := cmp.Diff(want, h, whole()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", dir, diff)
			}
		}
	}
	if m.saves != 1 {
		t.Errorf("saved %d times", m.saves)
	}
}
