package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

var updateReadme = flag.Bool("update-readme", false, "write the output of commands into the README")

var consoleBlock = regexp.MustCompile("(?ms)^```console\n\\$ (?:go run \\./cmd/)?progctl ([^\n]*)\n(.*?)```$")

// Output that the README shows is what the commands print.
func TestReadmeShowsRealOutput(t *testing.T) {
	root := filepath.Join("..", "..")
	path := filepath.Join(root, "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	blocks := 0
	updated := consoleBlock.ReplaceAllStringFunc(string(text), func(block string) string {
		blocks++
		m := consoleBlock.FindStringSubmatch(block)
		var out, errs bytes.Buffer
		a := &app{
			stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
			env: withoutCache, asOf: cal.MustDate(today),
		}
		if code := run(context.Background(), a, strings.Fields(m[1])); code > exitFindings {
			t.Errorf("progctl %s exits with %d: %s", m[1], code, errs.String())
		}
		if diff := cmp.Diff(out.String(), m[2]); diff != "" && !*updateReadme {
			t.Errorf("the README shows other output of progctl %s (-printed +shown):\n%s", m[1], diff)
		}
		return strings.TrimSuffix(block, m[2]+"```") + out.String() + "```"
	})
	if blocks < 4 {
		t.Errorf("%d blocks of output are found in the README", blocks)
	}
	if *updateReadme {
		if err := os.WriteFile("README.md", []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// withoutCache is an environment in which nothing is kept for other runs.
func withoutCache(name string) (string, bool) { return "true", name == "PROGCTL_NO_CACHE" }

var tourBlock = regexp.MustCompile("(?ms)^```console tour\n(.*?)```$")

// The tour is what happens to somebody who clones the portfolio and moves a date:
// its commands run one after the other, in a repository of the portfolio alone.
func TestReadmeTour(t *testing.T) {
	root := repositoryRoot(t)
	path := filepath.Join(root, "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "programs"), os.DirFS(filepath.Join(root, "programs"))); err != nil {
		t.Fatal(err)
	}
	for _, set := range append(hermetic(), "GIT_AUTHOR_DATE=2026-11-02T12:00:00Z", "GIT_COMMITTER_DATE=2026-11-02T12:00:00Z") {
		name, value, _ := strings.Cut(set, "=")
		t.Setenv(name, value)
	}
	t.Chdir(dir)
	for _, args := range []string{"init -q -b main", "add -A", "commit -q -m portfolio"} {
		tourCommand(t, "git "+args)
	}
	t.Setenv("GIT_COMMITTER_DATE", today+"T12:00:00Z")
	t.Setenv("GIT_AUTHOR_DATE", today+"T12:00:00Z")
	blocks := 0
	updated := tourBlock.ReplaceAllStringFunc(string(text), func(block string) string {
		blocks++
		shown := tourBlock.FindStringSubmatch(block)[1]
		var printed strings.Builder
		for line := range strings.Lines(shown) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				printed.WriteString(line + tourCommand(t, strings.TrimSpace(command)))
			}
		}
		if diff := cmp.Diff(printed.String(), shown); diff != "" && !*updateReadme {
			t.Errorf("the README shows another tour (-printed +shown):\n%s", diff)
		}
		return "```console tour\n" + printed.String() + "```"
	})
	if blocks == 0 {
		t.Error("there is no tour in the README")
	}
	if *updateReadme {
		if err := os.WriteFile(path, []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tourCommand runs a command of the tour and returns what it prints: git, progctl,
// or sed as it is here and there spelt.
func tourCommand(t *testing.T, line string) string {
	t.Helper()
	name, rest, _ := strings.Cut(line, " ")
	switch name {
	case "progctl":
		var out bytes.Buffer
		a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: io.Discard, env: withoutCache, asOf: cal.MustDate(today)}
		if code := run(t.Context(), a, strings.Fields(rest)); code > exitFindings {
			t.Errorf("%s exits with %d", line, code)
		}
		return out.String()
	case "sed":
		m := regexp.MustCompile(`^-i 's/([^/]*)/([^/]*)/' (\S+)$`).FindStringSubmatch(rest)
		if m == nil {
			t.Fatalf("no sed of the tour: %s", line)
		}
		old, err := os.ReadFile(m[3])
		if err != nil || bytes.Count(old, []byte(m[1])) != 1 {
			t.Fatalf("%s: %v, or not once in the file", line, err)
		}
		if err := os.WriteFile(m[3], bytes.Replace(old, []byte(m[1]), []byte(m[2]), 1), 0o600); err != nil {
			t.Fatal(err)
		}
		return ""
	}
	out, err := exec.Command("sh", "-c", line).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", line, err, out)
	}
	return string(out)
}
