package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/progctl/progctl/pkg/git"
)

// long is a repository with many commits, each with a blob of its own.
func long(t *testing.T, commits int) *repository {
	r := newRepository(t)
	var stream strings.Builder
	for i := range commits {
		text := one(fmt.Sprintf("2026-03-%02d", i%28+1)) + fmt.Sprintf("# %d\n", i)
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter t <t@example.org> %d +0000\ndata 1\nx\nM 100644 inline programs/%d.yaml\ndata %d\n%s\n", 1767225600+i, i%50, len(text), text)
	}
	r.feed(stream.String(), "fast-import", "--quiet")
	return r
}

// Cancelled at any time, it ends at once, says so, saves nothing, and leaves
// nothing behind.
func TestCancel(t *testing.T) {
	r := long(t, 1500)
	repo, head := r.open(), r.git("rev-parse", "main")
	before := runtime.NumGoroutine()
	ended := 0
	for delay := time.Duration(0); delay < 40*time.Millisecond; delay = delay*3/2 + 500*time.Microsecond {
		m := &memory{}
		ctx, cancel := context.WithCancel(context.Background())
		var cancelled time.Time
		timer := time.AfterFunc(delay, func() {
			cancelled = time.Now()
			cancel()
		})
		h, err := Read(ctx, repo, Options{Commit: head, Preferred: "programs", Cache: m})
		if timer.Stop() {
			cancelled = time.Now()
		} else {
			<-ctx.Done()
		}
		cancel()
		switch {
		case err == nil && h.Commits == 1500 && m.saves == 1:
		case errors.Is(err, context.Canceled) && h == nil && m.saves == 0:
			ended++
		default:
			t.Errorf("after %v: %v, saved %d times", delay, err, m.saves)
		}
		if late := time.Since(cancelled); late > 2*time.Second {
			t.Errorf("after %v: ended %v later", delay, late)
		}
		for wait := 0; runtime.NumGoroutine() > before; wait++ {
			if wait == 200 {
				all := make([]byte, 1<<16)
				t.Fatalf("after %v: goroutines that stay:\n%s", delay, all[:runtime.Stack(all, true)])
			}
			time.Sleep(5 * time.Millisecond)
		}
		if left := children(); len(left) > 0 {
			t.Errorf("after %v: processes that stay: %q", delay, left)
		}
	}
	if ended < 3 {
		t.Errorf("only %d were cancelled in time", ended)
	}
}

// A missing blob in the midst of many ends it as well, with the reason.
func TestMissingBlob(t *testing.T) {
	r := newRepository(t)
	for day := 1; day < 5; day++ {
		r.commit(day, "x", files{"a.yaml": one(fmt.Sprintf("2026-03-0%d", day))})
	}
	blob := r.git("rev-parse", "HEAD~2:a.yaml")
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	for _, o := range []Options{{}, {Preferred: "programs"}} { // read ahead, or at the end
		o.Commit = r.git("rev-parse", "HEAD")
		if _, err := Read(context.Background(), r.open(), o); !errors.Is(err, git.ErrMissingObject) || !strings.Contains(err.Error(), blob) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for wait := 0; runtime.NumGoroutine() > before; wait++ {
		if wait == 200 {
			t.Fatal("goroutines stay")
		}
		time.Sleep(5 * time.Millisecond)
	}
	o := Options{Commit: strings.Repeat("1", 40)}
	if _, err := Read(context.Background(), r.open(), o); err == nil || !strings.Contains(err.Error(), "read history: bad object") {
		t.Errorf("a commit that is not there: %v", err)
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
