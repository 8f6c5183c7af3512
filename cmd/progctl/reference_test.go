package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repositoryRoot is the folder with go.mod.
func repositoryRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return root
}

// atRoot runs progctl at the root of the repository on the day that the
// portfolios in it are written for.
func atRoot(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := command(t.Context(), repositoryRoot(t), append(args, "--as-of", today))
	var exit *exec.ExitError
	out, err := cmd.Output()
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		stderr = string(exit.Stderr)
	}
	return string(out), stderr, cmd.ProcessState.ExitCode()
}

// The portfolios that people learn from pass check.
func TestReferencePortfolios(t *testing.T) {
	t.Parallel()
	const overlay = "examples/private-overlay/private"
	calls := map[string][]string{
		"programs": {"check"},
		"examples/private-overlay with its overlay": {"check", "-C", "examples/private-overlay", "--overlay", overlay},
	}
	folders, err := filepath.Glob(filepath.Join(repositoryRoot(t), "examples", "*", "programs"))
	if err != nil || len(folders) < 7 {
		t.Fatalf("%d examples, %v", len(folders), err)
	}
	for _, folder := range folders {
		name := filepath.Base(filepath.Dir(folder))
		if name != "broken" {
			calls["examples/"+name] = []string{"check", "-C", "examples/" + name}
		}
	}
	for name, args := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, code := atRoot(t, args...)
			if code != exitFine {
				t.Errorf("progctl %s ends with %d:\n%s%s", strings.Join(args, " "), code, stdout, stderr)
			}
		})
	}
}

// What is private stays out of the open part and completes it.
func TestPrivateOverlayIsNeeded(t *testing.T) {
	t.Parallel()
	open, _, _ := atRoot(t, "list", "people", "-C", "examples/private-overlay")
	if strings.Contains(open, "oona") {
		t.Errorf("the open part knows people:\n%s", open)
	}
	whole, stderr, code := atRoot(t, "list", "people", "-C", "examples/private-overlay", "--overlay", "examples/private-overlay/private")
	if code != exitFine || !strings.Contains(whole, "oona") {
		t.Errorf("exit code %d, %s%s", code, whole, stderr)
	}
}

// The README of examples/broken shows what check says, to the letter.
func TestBrokenExample(t *testing.T) {
	t.Parallel()
	got, stderr, code := atRoot(t, "check", "-C", "examples/broken")
	if code != exitFindings {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	const begin, end = "## What check finds\n\n```text\n", "```\n"
	name := filepath.Join(repositoryRoot(t), "examples", "broken", "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	want, after, closed := strings.Cut(rest, "\n"+end)
	if !ok || !closed {
		t.Fatalf("%s has no block under %q", name, strings.TrimSpace(begin))
	}
	if *update {
		if err := os.WriteFile(name, []byte(before+begin+got+end+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want+"\n", got); diff != "" {
		t.Errorf("the README of examples/broken is out of date; go test ./cmd/progctl -update mends it (-README +check):\n%s", diff)
	}
}

// Every example is in the table of examples/README.md, and has a README of its
// own with a command that works.
func TestExamplesAreExplained(t *testing.T) {
	t.Parallel()
	root := repositoryRoot(t)
	index, err := os.ReadFile(filepath.Join(root, "examples", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(root, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if !strings.Contains(string(index), "["+e.Name()+"]("+e.Name()+"/)") {
			t.Errorf("examples/README.md does not list %s", e.Name())
		}
		readme, err := os.ReadFile(filepath.Join(root, "examples", e.Name(), "README.md"))
		if err != nil {
			t.Error(err)
			continue
		}
		if calls := commandsOf(string(readme)); len(calls) == 0 {
			t.Errorf("examples/%s/README.md has no command to run", e.Name())
		}
	}
}

// commandsOf are the arguments of the calls of progctl in a text: indented
// lines that begin with progctl or go run ./cmd/progctl.
func commandsOf(text string) (calls [][]string) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "    ") {
			continue
		}
		line = strings.TrimPrefix(strings.TrimSpace(line), "go run ./cmd/")
		if args, ok := strings.CutPrefix(line, "progctl "); ok {
			calls = append(calls, strings.Fields(args))
		}
	}
	return calls
}

// What the READMEs of programs/ and examples/ tell people to run can be run.
func TestCommandsOfExamples(t *testing.T) {
	t.Parallel()
	root := repositoryRoot(t)
	files, err := filepath.Glob(filepath.Join(root, "examples", "*", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, filepath.Join(root, "programs", "README.md")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := exitFine
		if filepath.Base(filepath.Dir(file)) == "broken" {
			want = exitFindings
		}
		for _, args := range commandsOf(string(text)) {
			if strings.ContainsAny(strings.Join(args, ""), "|<>$'\"") {
				continue // that takes a shell
			}
			t.Run(strings.Join(args, " "), func(t *testing.T) {
				t.Parallel()
				stdout, stderr, code := atRoot(t, args...)
				if code != want {
					t.Errorf("%s: exit code %d, want %d\n%s%s", file, code, want, stdout, stderr)
				}
			})
		}
	}
}
