package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Killed at any moment, a run leaves the repository as it was and the cache such
// that the next run says what it would have said.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	dir, cache := t.TempDir(), t.TempDir()
	manyVersions(t, dir)
	slip := func(cache string) *exec.Cmd {
		cmd := command(t.Context(), dir, []string{"slip", "-o", "json"})
		cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+cache, "PROGCTL_NO_CACHE=")
		return cmd
	}
	begun := time.Now()
	want, err := slip(t.TempDir()).Output()
	if err != nil {
		t.Fatal(err)
	}
	whole := time.Since(begun)
	before := files(t, filepath.Join(dir, ".git"))
	const rounds = 12
	for i := range rounds {
		if i%4 == 0 { // now and then from nothing, else from what the last run left
			if err := os.RemoveAll(filepath.Join(cache, "progctl")); err != nil {
				t.Fatal(err)
			}
		}
		cmd := slip(cache)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole * time.Duration(i+1) / rounds)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if got, err := slip(cache).Output(); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("after a kill at %d/%d of a run: %v, or another report", i+1, rounds, err)
		}
	}
	if after := files(t, filepath.Join(dir, ".git")); after != before {
		t.Errorf("the repository changed from\n%s\nto\n%s", before, after)
	}
	if out, err := exec.Command("git", "-C", dir, "fsck", "--strict").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// files lists the files below a folder, with size and time.
func files(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintln(&b, path, info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// manyVersions makes a repository in which forty programs moved a hundred
// times, so that reading it takes a while.
func manyVersions(t *testing.T, dir string) {
	t.Helper()
	if out, err := exec.Command("git", "init", "-q", "-b", "main", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var b bytes.Buffer
	for i := range 150 {
		fmt.Fprintf(&b, "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 2\nc\n\n", 1_760_000_000+i*7200)
		text := fmt.Sprintf("kind: Program\nmetadata: {name: p%d}\nspec:\n  status: active\n  start: 2026-01-01\n  due: 2027-12-31\n  milestones:\n", i%40)
		for m := range 12 {
			text += fmt.Sprintf("    - id: m%d\n      due: 2027-%02d-%02d\n", m, 1+(m+i)%12, 1+i%28)
		}
		fmt.Fprintf(&b, "M 100644 inline programs/p%d.yaml\ndata %d\n%s\n", i%40, len(text), text)
	}
	for _, args := range [][]string{{"fast-import", "--quiet"}, {"reset", "-q", "--hard"}} {
		cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
		cmd.Stdin = &b
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
}
