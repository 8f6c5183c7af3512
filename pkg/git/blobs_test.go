package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBlobs(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := newRepository(t)
	texts := []string{"", "\n", "x", strings.Repeat("long\x00\xff\n", 200_000), "0123 missing\n"}
	var ids []string
	for _, text := range texts {
		ids = append(ids, r.feed(text, "hash-object", "-w", "--stdin"))
	}
	ids, texts = append(ids, ids[0]), append(texts, texts[0]) // twice
	repo := r.open()
	var gotIDs, gotTexts []string
	keep := func(id string, text []byte) error {
		gotIDs, gotTexts = append(gotIDs, id), append(gotTexts, string(text))
		return nil
	}
	if err := repo.Blobs(ctx, slices.Values(ids), keep); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids, gotIDs) + cmp.Diff(texts, gotTexts); diff != "" {
		t.Errorf("blobs (-want +got):\n%s", diff)
	}
	if err := repo.Blobs(ctx, slices.Values([]string(nil)), keep); err != nil {
		t.Errorf("none: %v", err)
	}
	gone := strings.Repeat("1", 40)
	if err := repo.Blobs(ctx, slices.Values([]string{ids[2], gone, ids[2]}), keep); !errors.Is(err, ErrMissingObject) || !strings.Contains(err.Error(), gone) {
		t.Errorf("one that is not there: %v", err)
	}
	own := errors.New("own")
	if err := repo.Blobs(ctx, slices.Values(ids), func(string, []byte) error { return own }); !errors.Is(err, own) {
		t.Errorf("an error of the caller: %v", err)
	}
	object := filepath.Join(r.dir, ".git", "objects", ids[3][:2], ids[3][2:])
	if err := os.Chmod(object, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(object, 500); err != nil {
		t.Fatal(err)
	}
	if err := repo.Blobs(ctx, slices.Values(ids), keep); err == nil || errors.Is(err, errCut) {
		t.Errorf("a damaged one: %v", err)
	}
}

// partial is a clone that lacks what a filter leaves out. Its origin must never be
// asked for it.
func (r *repository) partial(filter string) *repository {
	r.t.Helper()
	r.git("config", "uploadpack.allowFilter", "true")
	r.git("config", "uploadpack.allowAnySHA1InWant", "true")
	c := &repository{t: r.t, dir: filepath.Join(r.t.TempDir(), "clone"), day: 1}
	r.git("clone", "-q", "--no-checkout", "--filter="+filter, "file://"+r.dir, c.dir)
	c.git("update-ref", "--no-deref", "HEAD", "HEAD") // detached: nothing of it moves
	return c
}

// objects counts what a repository holds.
func (r *repository) objects() int {
	return len(strings.Fields(r.git("-c", "remote.origin.promisor=false", "cat-file", "--batch-check=%(objectname)", "--batch-all-objects")))
}

func TestPartialClones(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := newRepository(t)
	for day := range 3 {
		r.write("programs/a.yaml", fmt.Sprint("a", day))
		r.write("rest/b", fmt.Sprint("b", day))
		r.commit(day + 1)
	}
	head := r.git("rev-parse", "HEAD")
	blob, folder := r.git("rev-parse", head+":programs/a.yaml"), r.git("rev-parse", head+":programs")
	asked := func(c *repository) map[string]error {
		repo := c.open()
		says := map[string]error{}
		says["log"] = repo.Log(ctx, head, "", func(*Commit) error { return nil })
		says["log below"] = repo.Log(ctx, head, "programs", func(*Commit) error { return nil })
		says["blobs"] = repo.Blobs(ctx, slices.Values([]string{blob}), func(string, []byte) error { return nil })
		says["messages"] = repo.Messages(ctx, head, nil, func(Message) error { return nil })
		tree, err := repo.Tree(ctx, head, "programs")
		if says["tree"] = err; err == nil {
			_, says["file"] = tree.ReadFile("a.yaml")
			says["tree read ahead"] = tree.ReadAhead(ctx, everything)
		} else {
			says["tree read ahead"] = err
		}
		_, says["changed"] = repo.ChangedSince(ctx, head, january(1), "")
		_, says["last"] = repo.LastBefore(ctx, january(3))
		_, says["base"] = repo.MergeBase(ctx, head, head+"~1")
		_, says["resolve"] = repo.Resolve(ctx, head)
		return says
	}
	all := []string{"log", "log below", "blobs", "messages", "tree", "file", "tree read ahead", "changed", "last", "base", "resolve"}
	for _, c := range []struct {
		filter  string
		fetch   []string
		missing []string
	}{
		{"blob:none", nil, []string{"blobs", "file", "tree read ahead"}},
		{"blob:none", []string{blob}, nil},
		{"tree:0", nil, []string{"log", "log below", "blobs", "tree", "tree read ahead", "changed"}},
		{"tree:0", []string{head + "^{tree}", folder, blob}, []string{"log", "log below", "changed"}},
		{"blob:limit=1", nil, []string{"blobs", "file", "tree read ahead"}},
		{"blob:limit=1k", nil, nil},
	} {
		clone := r.partial(c.filter)
		for _, object := range c.fetch {
			clone.git("cat-file", "-p", object) // git itself fetches it
		}
		before := clone.objects()
		says := asked(clone)
		for _, what := range all {
			err, done := says[what]
			if want := slices.Contains(c.missing, what); want != errors.Is(err, ErrMissingObject) || !want && err != nil || !done && what != "file" {
				t.Errorf("%s with %d objects: %s: %v", c.filter, len(c.fetch), what, err)
			}
		}
		if after := clone.objects(); after != before {
			t.Errorf("%s: %d objects were there, now %d", c.filter, before, after)
		}
	}
	clone := r.partial("tree:0")
	if _, err := clone.open().State(ctx, ""); !errors.Is(err, ErrMissingObject) {
		t.Errorf("state: %v", err)
	}
	if _, err := clone.open().Resolve(ctx, strings.Repeat("1", 40)); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("what is nowhere: %v", err)
	}
}

// many is a repository with many commits, each with a blob of its own.
func many(t *testing.T, commits int) (*repository, []string) {
	r := newRepository(t)
	var stream strings.Builder
	for i := range commits {
		text := strings.Repeat(fmt.Sprintln(i), 100)
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter t <t@example.org> %d +0000\ndata 1\nx\nM 100644 inline %d.yaml\ndata %d\n%s\n", 1767225600+i, i%50, len(text), text)
	}
	r.feed(stream.String(), "fast-import", "--quiet")
	var ids []string
	for line := range strings.SplitSeq(r.git("cat-file", "--batch-all-objects", "--batch-check"), "\n") {
		if f := strings.Fields(line); f[1] == "blob" {
			ids = append(ids, f[0])
		}
	}
	return r, ids
}

// A cancelled question ends at once, says so, and leaves nothing behind.
func TestCancel(t *testing.T) {
	r, ids := many(t, 1500)
	repo := r.open()
	head := r.git("rev-parse", "HEAD")
	for _, c := range []struct {
		name string
		ask  func(context.Context, func()) error
	}{
		{"log", func(ctx context.Context, cancel func()) error {
			n := 0
			return repo.Log(ctx, "HEAD", "", func(*Commit) error {
				if n++; n == 100 {
					cancel()
				}
				return nil
			})
		}},
		{"messages", func(ctx context.Context, cancel func()) error {
			return repo.Messages(ctx, "HEAD", nil, func(Message) error {
				cancel()
				return nil
			})
		}},
		{"blobs", func(ctx context.Context, cancel func()) error {
			return repo.Blobs(ctx, slices.Values(slices.Repeat(ids, 50)), func(string, []byte) error {
				cancel()
				return nil
			})
		}},
		{"blobs that never end", func(ctx context.Context, cancel func()) error {
			endless := func(yield func(string) bool) {
				for yield(ids[0]) {
				}
			}
			return repo.Blobs(ctx, endless, func(string, []byte) error {
				cancel()
				return nil
			})
		}},
		{"tree", func(ctx context.Context, cancel func()) error {
			tree, err := repo.Tree(ctx, head, "")
			if err != nil {
				return err
			}
			return tree.ReadAhead(ctx, func(string) bool {
				cancel()
				return true
			})
		}},
		{"all else", func(ctx context.Context, cancel func()) error {
			cancel()
			_, err := repo.State(ctx, "")
			_, err2 := repo.Resolve(ctx, "HEAD")
			_, err3 := repo.LastBefore(ctx, january(2))
			_, err4 := repo.MergeBase(ctx, head, head)
			_, err5 := repo.Refs(ctx)
			_, err6 := repo.ChangedSince(ctx, head, january(1), "")
			_, err7 := Open(ctx, r.dir)
			for i, err := range []error{err, err2, err3, err4, err5, err6, err7} {
				if !errors.Is(err, context.Canceled) {
					return fmt.Errorf("%d: %w", i+1, err)
				}
			}
			return err
		}},
	} {
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithCancel(context.Background())
		start := time.Now()
		err := c.ask(ctx, cancel)
		if took := time.Since(start); took > 2*time.Second || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v after %v", c.name, err, took)
		}
		for wait := 0; runtime.NumGoroutine() > before; wait++ {
			if wait == 200 {
				all := make([]byte, 1<<16)
				t.Fatalf("%s: goroutines that stay:\n%s", c.name, all[:runtime.Stack(all, true)])
			}
			time.Sleep(5 * time.Millisecond)
		}
		if left := children(); len(left) > 0 {
			t.Errorf("%s: processes that stay: %q", c.name, left)
		}
	}
}

// children lists the processes that this one started, where the system tells.
func children() (list []string) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // number (name) state parent …
	for _, name := range stats {
		text, err := os.ReadFile(name)
		f := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if err == nil && len(f) > 1 && f[1] == strconv.Itoa(os.Getpid()) {
			list = append(list, string(text))
		}
	}
	return list
}

// A program that git started, and that outlives it, holds nothing up.
func TestCancelWithAFilter(t *testing.T) {
	r := newRepository(t)
	r.write(".gitattributes", "* filter=slow\n")
	r.write("a", "1")
	r.commit(1)
	r.write("a", "2") // as long as it was, so that git has to look
	r.git("config", "filter.slow.clean", "sleep 4; cat")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := r.open().State(ctx, "")
	if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took > 3*time.Second {
		t.Errorf("error %v after %v", err, took)
	}
}
