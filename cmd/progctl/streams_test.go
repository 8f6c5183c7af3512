package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// inProcess runs a command line without a process of its own, on a fixed day
// and with nothing kept for other runs.
func inProcess(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, diagnostics bytes.Buffer
	code = run(t.Context(), &app{
		stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics,
		env:  withoutCache,
		asOf: cal.MustDate(today),
	}, args)
	return out.String(), diagnostics.String(), code
}

// command is a process of progctl in a folder, on a fixed day and with no other
// PROGCTL_* variables than those given.
func command(ctx context.Context, dir string, args []string, env ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "progctl", args...)
	cmd.Dir = dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, hermetic()...)
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// writeFiles writes files into a folder that is gone after the test.
func writeFiles(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// manyFindings is a portfolio with a report of more than a pipe holds (64 KiB).
func manyFindings(t *testing.T) (dir string) {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		var b strings.Builder
		b.WriteString("kind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: active\n  start: 2026-01-05\n  due: 2027-01-29\n  milestones:\n")
		for i := range 200 {
			fmt.Fprintf(&b, "    - {id: milestone-%03d, title: One of many that are late, due: 2026-11-13}\n", i)
		}
		files["programs/"+name+".yaml"] = b.String()
	}
	return writeFiles(t, files)
}

// A reader that has seen enough, as in progctl check | head -1, is no error to
// speak of.
func TestClosedPipeEndsQuietly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGPIPE")
	}
	dir := manyFindings(t)
	for _, args := range [][]string{{"check"}, {"check", "-o", "json"}, {"check", "-o", "sarif"}, {"list", "milestones"}, {"schema", "program"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			cmd := command(t.Context(), dir, args)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			// A pipe of our own: that of StdoutPipe is read to its end by Wait.
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			cmd.Stdout = w
			if args[0] == "schema" { // shorter than a pipe: nobody listens at all
				r.Close()
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			w.Close()
			if args[0] != "schema" {
				if _, err := bufio.NewReaderSize(r, 16).ReadString('\n'); err != nil {
					t.Fatal(err)
				}
				r.Close()
			}
			err = cmd.Wait()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGPIPE {
				t.Errorf("ended with %v, want the end that a shell expects in a pipeline (SIGPIPE)", err)
			}
			if stderr.Len() > 0 {
				t.Errorf("stderr: %s", stderr.String())
			}
		})
	}
}

// brokenWriter fails after some bytes.
type brokenWriter struct{ left int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if len(p) > w.left {
		return w.left, errors.New("no space left on device")
	}
	w.left -= len(p)
	return len(p), nil
}

// What could not be written is never called fine.
func TestWriteErrorIsTold(t *testing.T) {
	t.Parallel()
	dir := writeFiles(t, map[string]string{"programs/team.yaml": "kind: Team\nmetadata: {name: core}\n"})
	for _, args := range [][]string{
		{"check"},
		{"validate"},
		{"check", "-o", "json"},
		{"check", "-o", "sarif"},
		{"list", "team"},
		{"explain"},
		{"schema", "team"},
		{"version"},
	} {
		var stderr bytes.Buffer
		code := run(t.Context(), &app{
			stdin: strings.NewReader(""), stdout: &brokenWriter{5}, stderr: &stderr,
			env: withoutCache, asOf: cal.MustDate(today),
		}, append(args, "-C", dir))
		if code != exitFailed || !strings.Contains(stderr.String(), "no space left on device") {
			t.Errorf("%q: exit code %d, stderr %q", args, code, stderr.String())
		}
	}
}

// Names of files reach standard error, which CI reads for commands.
func TestStandardErrorIsHarmless(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no such names of files")
	}
	const name = "a\n::error title=owned::x ##[group]\x1b[31m\u202e.yaml"
	dir := writeFiles(t, map[string]string{"programs/" + name: "kind: Program\nmetadata: {name: a}\n"})
	for _, args := range [][]string{
		{"list", "programs", "-C", dir},
		{"validate", filepath.Join(dir, "no"+name)},
	} {
		_, stderr, code := inProcess(t, args...)
		if code == exitFine || stderr == "" {
			t.Errorf("%q: exit code %d, stderr %q", args, code, stderr)
		}
		for line := range strings.Lines(stderr) {
			if !strings.HasPrefix(line, "progctl: ") || strings.Contains(line, "##[") || strings.ContainsAny(line, "\x1b\u202e") {
				t.Errorf("%q: stderr has the line %q", args, line)
			}
		}
	}
}

// An interrupt ends what it finds, even a read from a terminal where nobody
// types.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGINT to send")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	cmd := command(ctx, t.TempDir(), []string{"validate", "-"})
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds, so that the write returns once progctl reads; by
	// then it listens to signals.
	if _, err := io.WriteString(stdin, strings.Repeat("# a line that is no document\n", 8192)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitFailed {
		t.Errorf("exit code %d, want %d (%v)", code, exitFailed, cmd.ProcessState)
	}
	if diff := cmp.Diff("progctl: interrupted\n", stderr.String()); diff != "" {
		t.Errorf("stderr (-want +got):\n%s", diff)
	}
	if stdout.Len() > 0 {
		t.Errorf("stdout: %s", stdout.String())
	}
}

// The same tree, flags and day give the same bytes, whatever the machine does.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	root := repositoryRoot(t)
	for _, args := range [][]string{
		{"check", "-C", "examples/broken"},
		{"check", "-C", "examples/broken", "-o", "json"},
		{"check", "-C", "examples/broken", "-o", "sarif"},
		{"check", "-C", "examples/broken", "-o", "github"},
		{"validate", "-o", "json", "--overlay", "examples/private-overlay/private"},
		{"list", "milestones", "-o", "json"},
		{"__complete", "list", "program", "-l", "team="},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			var first []byte
			for i, procs := range []string{"1", "1", "4"} {
				cmd := command(t.Context(), root, args, "GOMAXPROCS="+procs)
				out, err := cmd.Output()
				var exit *exec.ExitError
				if err != nil && !errors.As(err, &exit) {
					t.Fatal(err)
				}
				if len(out) == 0 {
					t.Fatal("no output")
				}
				if i == 0 {
					first = out
				} else if diff := cmp.Diff(string(first), string(out)); diff != "" {
					t.Fatalf("GOMAXPROCS=%s, run %d (-first +this):\n%s", procs, i+1, diff)
				}
			}
		})
	}
}

// symlink makes a symbolic link, or skips the test where that cannot be done.
func symlink(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip(err)
	}
}
