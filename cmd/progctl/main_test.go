package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// update rewrites what tests compare with: the files in scripts, the block in
// the README of examples/broken.
var update = flag.Bool("update", false, "rewrite the wanted outputs")

// today is what day it is in scripts that do not say so.
const today = "2026-11-23"

// TestMain makes progctl a command: of scripts, and of exec.Command in tests.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"progctl": main})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, hermetic()...)
			return outsideOfGit(e.WorkDir)
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   scriptExits,
			"json":    scriptJSON,
			"commit":  scriptCommit,
			"capture": scriptCapture,
			"crlf":    scriptCRLF,
			"bom":     scriptBOM,
		},
	})
}

// hermetic is the environment of every run: a fixed day, and a git that knows
// nothing of the machine's configuration.
func hermetic() []string {
	return []string{
		"PROGCTL_AS_OF=" + today, "PROGCTL_NO_CACHE=true",
		"TZ=UTC", "LC_ALL=C",
		"GORACE=atexit_sleep_ms=0", // under -race each process would wait a second for nothing
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com",
		"GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com",
	}
}

// outsideOfGit makes sure that a script that makes no repository is in none.
func outsideOfGit(dir string) error {
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil {
			return fmt.Errorf("%s lies in the git repository %s: set TMPDIR to a folder outside of it", dir, up)
		}
		if up == filepath.Dir(up) {
			return nil
		}
	}
}

// scriptExits runs a program and wants an exit code: exits CODE program [args...].
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// scriptJSON compares a value in a JSON file, stdout too: json file path value.
// A path is keys and indices between dots; length is that of a list, * each of
// its items. The value is JSON, or a text.
func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json file path value")
	}
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	dec.UseNumber()
	var root any
	ts.Check(dec.Decode(&root))
	if dec.More() {
		ts.Fatalf("%s is more than one JSON value", args[0])
	}
	got, err := lookupJSON(root, args[1])
	ts.Check(err)
	var want any
	dec = json.NewDecoder(strings.NewReader(args[2]))
	dec.UseNumber()
	if dec.Decode(&want) != nil || dec.More() {
		want = args[2]
	}
	if _, text := got.(string); text {
		want = args[2]
	}
	if reflect.DeepEqual(got, want) == neg {
		text, _ := json.Marshal(got)
		ts.Fatalf("%s is %s", args[1], text)
	}
}

func lookupJSON(v any, path string) (any, error) {
	steps := strings.Split(path, ".")
	for i, step := range steps {
		switch node := v.(type) {
		case map[string]any:
			value, ok := node[step]
			if !ok {
				return nil, fmt.Errorf("there is no %s, only %s", strings.Join(steps[:i+1], "."), slices.Sorted(maps.Keys(node)))
			}
			v = value
		case []any:
			if step == "length" {
				return json.Number(strconv.Itoa(len(node))), nil
			}
			if step == "*" && i < len(steps)-1 {
				list := make([]any, len(node))
				for k, item := range node {
					value, err := lookupJSON(item, strings.Join(steps[i+1:], "."))
					if err != nil {
						return nil, err
					}
					list[k] = value
				}
				return list, nil
			}
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(node) {
				return nil, fmt.Errorf("there is no %s: the list has %d items", strings.Join(steps[:i+1], "."), len(node))
			}
			v = node[n]
		default:
			return nil, fmt.Errorf("there is no %s: %v", strings.Join(steps[:i+1], "."), v)
		}
	}
	return v, nil
}

// scriptCommit commits all there is at noon of a day: commit YYYY-MM-DD message.
func scriptCommit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: commit day message")
	}
	for _, name := range []string{"GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"} {
		ts.Setenv(name, args[0]+"T12:00:00Z")
	}
	ts.Check(ts.Exec("git", "add", "--all"))
	ts.Check(ts.Exec("git", "commit", "--quiet", "--allow-empty", "--message", args[1]))
}

// scriptCapture keeps what a program prints as a variable: capture NAME program
// [args...].
func scriptCapture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: capture name program [args...]")
	}
	ts.Check(ts.Exec(args[1], args[2:]...))
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// scriptCRLF ends the lines of files with CRLF.
func scriptCRLF(ts *testscript.TestScript, _ bool, args []string) {
	rewrite(ts, args, func(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")) })
}

// scriptBOM puts a byte order mark in front of files.
func scriptBOM(ts *testscript.TestScript, _ bool, args []string) {
	rewrite(ts, args, func(text []byte) []byte { return append([]byte("\ufeff"), text...) })
}

func rewrite(ts *testscript.TestScript, files []string, change func([]byte) []byte) {
	for _, name := range files {
		ts.Check(os.WriteFile(ts.MkAbs(name), change([]byte(ts.ReadFile(name))), 0o600))
	}
}
