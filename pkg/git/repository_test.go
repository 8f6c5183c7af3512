package git

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What is configured on the machine, or by a hook that runs the tests, is none of
// the tests' business.
func TestMain(m *testing.M) {
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "GIT_") {
			os.Unsetenv(name)
		}
	}
	os.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	os.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	os.Exit(m.Run())
}

// repository is a fresh repository with fixed names and dates.
type repository struct {
	t   testing.TB
	dir string
	day int // of January 2026, of the next commit
}

func newRepository(t testing.TB, options ...string) *repository {
	t.Helper()
	r := &repository{t: t, dir: t.TempDir(), day: 1}
	r.git(append([]string{"init", "-q", "-b", "main"}, options...)...)
	return r
}

// git runs git and returns what it prints, without the last line end.
func (r *repository) git(args ...string) string {
	r.t.Helper()
	return r.feed("", args...)
}

// feed is git with something to read.
func (r *repository) feed(input string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", r.dir, "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false"}, args...)...)
	date := time.Date(2026, 1, r.day, 12, 0, 0, 0, time.UTC).Format(time.RFC3339)
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	cmd.Stdin = strings.NewReader(input)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("git %v: %v\n%s%s", args, err, &out, &errs)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// commit commits all there is and returns the hash.
func (r *repository) commit(day int) string {
	r.t.Helper()
	return r.commitAs(day, "c")
}

func (r *repository) commitAs(day int, message string) string {
	r.t.Helper()
	r.day = day
	r.git("add", "-A")
	r.feed(message, "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-")
	return r.git("rev-parse", "HEAD")
}

func (r *repository) open() *Repo {
	r.t.Helper()
	return open(r.t, r.dir)
}

func open(t testing.TB, dir string) *Repo {
	t.Helper()
	repo, err := Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return repo
}

// log reads the history of a revision.
func (r *Repo) log(t testing.TB, revision, folder string) (list []*Commit) {
	t.Helper()
	hash, err := r.Resolve(context.Background(), revision)
	if err != nil {
		t.Fatal(err)
	}
	err = r.Log(context.Background(), hash, folder, func(c *Commit) error {
		list = append(list, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// january is midnight of a day of January 2026.
func january(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }
