package history

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/progctl/progctl/pkg/git"
)

// The size of the repository that is measured.
const (
	benchPrograms   = 2000
	benchCommits    = 5000
	benchMilestones = 12
)

// TestWriteCorpus writes the repository that benchmarks read to the folder
// PROGCTL_HISTORY, for timing whole processes.
func TestWriteCorpus(t *testing.T) {
	dir := os.Getenv("PROGCTL_HISTORY")
	if dir == "" {
		t.Skip("PROGCTL_HISTORY names no folder")
	}
	writeCorpus(t, dir)
	if out, err := exec.Command("git", "-C", dir, "reset", "-q", "--hard").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// writeCorpus makes a repository of many programs, whose first commit brings them
// all; each further one moves milestones of some, adds, drops, renames or touches
// one.
func writeCorpus(tb testing.TB, dir string) {
	tb.Helper()
	if out, err := exec.Command("git", "init", "-q", "-b", "main", dir).CombinedOutput(); err != nil {
		tb.Fatalf("%v: %s", err, out)
	}
	cmd := exec.Command("git", "-C", dir, "fast-import", "--quiet")
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriter(in)
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]*benchProgram, benchPrograms)
	day := time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC)
	begin := func(message string) {
		day = day.Add(10 * time.Hour)
		fmt.Fprintf(w, "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata %d\n%s\n", day.Unix(), len(message), message)
	}
	begin("all programs")
	for i := range list {
		list[i] = newBenchProgram(r, i)
		list[i].write(w)
	}
	for i := 1; i < benchCommits; i++ {
		begin(fmt.Sprintf("change %d\n\nSlip-Reason: reason %d", i, i%50))
		for range 1 + r.IntN(3) {
			p := list[r.IntN(len(list))]
			switch r.IntN(20) {
			case 0: // renamed
				fmt.Fprintf(w, "D %s\n", p.path)
				p.path = fmt.Sprintf("programs/area-%02d/%s.yaml", r.IntN(40), p.name)
			case 1:
				p.note++
			default:
				m := r.IntN(benchMilestones)
				p.due[m] = p.due[m].AddDate(0, 0, r.IntN(30)-8)
			}
			p.write(w)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	_ = in.Close()
	if err := cmd.Wait(); err != nil {
		tb.Fatalf("%v: %s", err, stderr.String())
	}
}

// benchProgram is a program of the repository.
type benchProgram struct {
	name, path string
	note       int
	due        [benchMilestones]time.Time
}

func newBenchProgram(r *rand.Rand, i int) *benchProgram {
	p := &benchProgram{name: fmt.Sprintf("program-%04d", i)}
	p.path = fmt.Sprintf("programs/area-%02d/%s.yaml", i%40, p.name)
	for m := range p.due {
		p.due[m] = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, m, r.IntN(28))
	}
	return p
}

func (p *benchProgram) write(w io.Writer) {
	var b strings.Builder
	fmt.Fprintf(&b, "# note %d\nkind: Program\nmetadata:\n  name: %s\n  title: Program of area %s\nspec:\n  team: platform\n  owner: ada\n", p.note, p.name, p.path)
	b.WriteString("  objective: Nobody waits for a machine.\n  status: active\n  start: 2026-01-01\n  due: 2027-12-31\n  milestones:\n")
	for m, due := range p.due {
		fmt.Fprintf(&b, "    - id: milestone-%02d\n      title: The milestone with the number %d\n      due: %s\n      acceptance:\n        - It runs in two regions for a week\n", m, m, due.Format(time.DateOnly))
	}
	b.WriteString("  staffing:\n")
	for l := range 4 {
		fmt.Fprintf(&b, "    - {role: engineer, level: L%d, fte: 0.5, from: 2026-01, to: 2027-12}\n", l+1)
	}
	fmt.Fprintf(w, "M 100644 inline %s\ndata %d\n%s\n", p.path, b.Len(), b.String())
}

var corpus = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "history")
	return filepath.Join(dir, "repo"), err
})

// benchRepo is the repository, made once for all benchmarks.
func benchRepo(b *testing.B) (*git.Repo, Options) {
	b.Helper()
	dir, err := corpus()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		writeCorpus(b, dir)
	}
	repo, err := git.Open(context.Background(), dir)
	if err != nil {
		b.Fatal(err)
	}
	head, err := repo.Resolve(context.Background(), "main")
	if err != nil {
		b.Fatal(err)
	}
	return repo, Options{Commit: head, Preferred: "programs", Tool: "bench"}
}

type benchCache struct{ data []byte }

func (c *benchCache) Load() []byte     { return c.data }
func (c *benchCache) Save(data []byte) { c.data = data }

// BenchmarkFloor is what git itself needs: the log, and every blob once.
func BenchmarkFloor(b *testing.B) {
	repo, o := benchRepo(b)
	for b.Loop() {
		out, err := exec.Command("sh", "-c", "cd '"+repo.Top+"' && git log --first-parent --no-renames --raw -z --no-abbrev --format=%H "+o.Commit+
			" | tr '\\0' '\\n' | sed -n 's/^\\n*:[0-9]* [0-9]* [0-9a-f]* \\([0-9a-f]*\\) .*/\\1/p' | grep -v '^0*$' | sort -u | git cat-file --batch --buffer | wc -c").CombinedOutput()
		if err != nil {
			b.Fatalf("%v: %s", err, out)
		}
	}
}

func BenchmarkCold(b *testing.B) {
	repo, o := benchRepo(b)
	for b.Loop() {
		if _, err := Read(context.Background(), repo, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWarm(b *testing.B) {
	repo, o := benchRepo(b)
	o.Cache = &benchCache{}
	if _, err := Read(context.Background(), repo, o); err != nil {
		b.Fatal(err)
	}
	b.Logf("cache: %d bytes", len(o.Cache.(*benchCache).data))
	for b.Loop() {
		if _, err := Read(context.Background(), repo, o); err != nil {
			b.Fatal(err)
		}
	}
}
