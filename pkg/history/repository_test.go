package history

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/git"
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

// files are texts by path; an empty one deletes.
type files map[string]string

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

// write changes the work tree.
func (r *repository) write(changes files) {
	r.t.Helper()
	for name, text := range changes {
		path := filepath.Join(r.dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil && text == "" {
			err = os.Remove(path)
		} else if err == nil {
			err = os.WriteFile(path, []byte(text), 0o644)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

// commit commits all there is, after some changes, and returns the hash.
func (r *repository) commit(day int, message string, changes files) string {
	r.t.Helper()
	r.day = day
	r.write(changes)
	r.git("add", "-A")
	r.feed(message, "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-")
	return r.git("rev-parse", "HEAD")
}

// branch begins a branch at a revision.
func (r *repository) branch(name, from string) {
	r.t.Helper()
	r.git("checkout", "-q", "-b", name, from)
}

// merge merges branches into main.
func (r *repository) merge(day int, message string, branches ...string) string {
	r.t.Helper()
	r.day = day
	r.git("checkout", "-q", "main")
	r.git(append([]string{"merge", "-q", "--no-ff", "-m", message}, branches...)...)
	return r.git("rev-parse", "HEAD")
}

func (r *repository) open() *git.Repo {
	r.t.Helper()
	repo, err := git.Open(context.Background(), r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	return repo
}

// read reads the history of HEAD; o says what is special.
func (r *repository) read(o Options) *History {
	r.t.Helper()
	repo := r.open()
	if o.Commit == "" {
		o.Commit = "HEAD"
	}
	var err error
	if o.Commit, err = repo.Resolve(context.Background(), o.Commit); err != nil {
		r.t.Fatal(err)
	}
	h, err := Read(context.Background(), repo, o)
	if err != nil {
		r.t.Fatal(err)
	}
	return h
}

// want compares a history with what should be told of it.
func want(t testing.TB, h *History, tracks ...string) {
	t.Helper()
	if diff := cmp.Diff(tracks, told(h)); diff != "" {
		t.Errorf("tracks (-want +got):\n%s", diff)
	}
}

// told is a history in short: one line a track, of points such as "3 2026-03-01
// draft": the day of January, then what there is to say.
func told(h *History) (list []string) {
	for _, t := range h.Tracks() {
		var points []string
		for _, p := range t.Points {
			_, _, day := p.Version.Day.YMD()
			text := fmt.Sprint(day)
			if p.Version.Commit == "" {
				text = "work tree"
			}
			text += " " + p.Due.String()
			for _, d := range []struct {
				name string
				date cal.Date
			}{{"baseline", p.Baseline}, {"forecast", p.Forecast}, {"completed", p.Completed}} {
				if !d.date.IsZero() {
					text += " " + d.name + " " + d.date.String()
				}
			}
			for _, f := range []struct {
				name string
				is   bool
			}{{"cancelled", p.Cancelled}, {"draft", !p.Committed}, {"gone", !p.Present}} {
				if f.is {
					text += " " + f.name
				}
			}
			if p.Reason != "" {
				text += fmt.Sprintf(" %q", p.Reason)
			}
			if reason := p.Version.Reason(t.ID); reason != "" {
				text += fmt.Sprintf(" (%s)", reason)
			}
			points = append(points, text)
		}
		list = append(list, t.ID.String()+": "+strings.Join(points, ", "))
	}
	return list
}

// skipped lists what could not be read.
func skips(h *History) (list []string) {
	for _, s := range h.Skipped {
		list = append(list, fmt.Sprintf("%.7s %s %s", s.Commit, s.File, s.Reason))
	}
	return list
}

// document writes a program; milestones are such as "m1 2026-03-01" or "m1
// 2026-03-01, completed: 2026-02-27".
func document(name, status, due string, milestones ...string) string {
	text := "kind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: " + status + "\n  due: " + due + "\n  milestones:\n"
	for _, m := range milestones {
		id, rest, _ := strings.Cut(m, " ")
		text += "    - {id: " + id + ", due: " + rest + "}\n"
	}
	return text
}

// whole compares histories in all they say.
func whole() cmp.Option { return cmp.AllowUnexported(History{}, Version{}, reason{}) }

// memory is a Cache that counts.
type memory struct {
	data         []byte
	loads, saves int
}

func (m *memory) Load() []byte {
	m.loads++
	return m.data
}

func (m *memory) Save(data []byte) {
	m.saves++
	m.data = data
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
