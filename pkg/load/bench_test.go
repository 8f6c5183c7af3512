package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/lint"
)

// corpusFiles is the size of the corpus of the cold benchmarks: files of 1.8 to
// 5 KB, one program each.
const corpusFiles = 10_000

// writeCorpus writes n programs, and the teams and people they refer to, below
// a folder.
func writeCorpus(tb testing.TB, dir string, n int) {
	tb.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var org strings.Builder
	org.WriteString("kind: Portfolio\nmetadata: {name: corpus}\nspec: {currency: USD, policy: {maxAllocation: 999%}}\n")
	for i := range 50 {
		fmt.Fprintf(&org, "---\nkind: Team\nmetadata: {name: team-%d}\n", i)
	}
	org.WriteString("---\nkind: Roster\nmetadata: {name: all}\nspec:\n  team: team-0\n  people:\n")
	for i := range 1000 {
		fmt.Fprintf(&org, "    - {id: p%d, role: tpm, level: L4, start: 2024-01-01}\n", i)
	}
	files := map[string]string{"programs/org.yaml": org.String()}
	for i := range n {
		files[fmt.Sprintf("programs/%02d/program-%05d.yaml", i%100, i)] = programText(r, i)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

func programText(r *rand.Rand, i int) string {
	var b strings.Builder
	start := cal.MustDate("2026-02-02")
	fmt.Fprintf(&b, `# yaml-language-server: $schema=../../schema/program.schema.json
apiVersion: progctl.dev/v1
kind: Program
metadata:
  name: program-%05d
  title: Program number %d
  labels: {pillar: availability, tier: "%d"}
spec:
  team: team-%d
  owner: p%d
  status: active
  start: %s
  due: 2027-12-31
  objective: Every region may fail without loss of data, and nobody has to be called.
  milestones:
`, i, i, i%3, i%50, i%1000, start)
	var last cal.Date
	for m := range 6 + r.IntN(14) {
		due := start.Add(cal.Days(320 + 14*m + r.IntN(10)))
		if due.Before(last) {
			due = last
		}
		last = due
		fmt.Fprintf(&b, "    - id: m%d\n      title: Milestone %d of the program\n      owner: p%d\n      due: %s\n      weight: %d\n", m, m, r.IntN(1000), due, 1+r.IntN(5))
		if m > 0 {
			fmt.Fprintf(&b, "      dependsOn: [m%d]\n", m-1)
		}
	}
	b.WriteString("  staffing:\n")
	for range 2 + r.IntN(6) {
		fmt.Fprintf(&b, "    - {person: p%d, fte: 0.0%d, from: 2026-0%d, to: 2027-01}\n", r.IntN(1000), 1+r.IntN(8), 2+r.IntN(7))
	}
	b.WriteString("  budget:\n    lines:\n")
	for l := range 2 + r.IntN(5) {
		fmt.Fprintf(&b, "      - {id: line-%d, category: cloud, type: opex, amount: %d.50, from: 2026-02, to: 2027-01}\n", l, 1000+r.IntN(100000))
	}
	b.WriteString("  risks:\n")
	for k := range 1 + r.IntN(3) {
		fmt.Fprintf(&b, "    - {id: risk-%d, title: The vendor is late again, probability: %d%%, impact: {days: 10}, response: mitigate, reviewBy: 2027-01-15}\n", k, 5+r.IntN(60))
	}
	return b.String()
}

func corpus(b *testing.B, n int) string {
	dir := b.TempDir()
	writeCorpus(b, dir, n)
	return dir
}

// BenchmarkFloor reads all files and has the YAML library make nodes of them,
// with as many workers: what a cold check is measured against.
func BenchmarkFloor(b *testing.B) {
	dir := corpus(b, corpusFiles)
	tree := Tree{FS: os.DirFS(dir), Roots: []string{"programs"}, Name: func(p string) string { return p }}
	for b.Loop() {
		files, _, err := find(&tree)
		if err != nil {
			b.Fatal(err)
		}
		var next atomic.Int64
		var wait sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			wait.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= len(files) {
						return
					}
					text, err := os.ReadFile(filepath.Join(dir, files[i].path))
					if err != nil {
						b.Error(err)
						return
					}
					dec := yaml.NewDecoder(strings.NewReader(string(text)))
					for {
						var n yaml.Node
						if dec.Decode(&n) != nil {
							break
						}
					}
				}
			})
		}
		wait.Wait()
	}
}

// BenchmarkCheck is a cold check of the same files: everything but the process
// and what it prints.
func BenchmarkCheck(b *testing.B) {
	dir := corpus(b, corpusFiles)
	tree := Tree{FS: os.DirFS(dir), Roots: []string{"programs"}, Name: func(p string) string { return p }}
	b.ReportAllocs()
	for b.Loop() {
		res, err := Load(context.Background(), []Tree{tree})
		if err != nil {
			b.Fatal(err)
		}
		found := lint.Run(res.Snapshot, lint.Options{AsOf: cal.MustDate("2026-11-23")})
		if len(res.Diagnostics)+len(found) > 0 {
			b.Fatalf("the corpus is not clean: %v %v", res.Diagnostics, found)
		}
	}
}

// TestWriteCorpus writes the corpus of the benchmarks to the folder that
// PROGCTL_CORPUS names, for measurements of the whole process.
func TestWriteCorpus(t *testing.T) {
	dir := os.Getenv("PROGCTL_CORPUS")
	if dir == "" {
		t.Skip("PROGCTL_CORPUS names no folder")
	}
	writeCorpus(t, dir, corpusFiles)
}
