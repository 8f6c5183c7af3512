// Package git asks the git binary about a repository. It knows nothing of
// portfolios. Nothing here writes: not the work tree, not the index, not refs,
// not configuration.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// ErrNoRepository means that the folder lies in no git repository.
var ErrNoRepository = errors.New("not in a git repository")

// Repo is a repository with a work tree.
type Repo struct {
	// Top is the work tree's top folder, as an absolute path of the system.
	Top string
	// Prefix is where the folder that was opened lies below Top, slash-separated
	// and ending in a slash; empty for Top itself.
	Prefix string
	// Shallow says that history is cut off: what is older than the cut looks as
	// if it came with the oldest commit.
	Shallow bool

	dir string
}

// Open finds the repository around a folder. It returns ErrNoRepository where
// there is none, and git's own reason where there is one that it does not read.
func Open(ctx context.Context, dir string) (*Repo, error) {
	r := &Repo{dir: dir}
	out, err := r.run(ctx, "rev-parse", "--show-toplevel", "--is-shallow-repository", "--show-prefix")
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && strings.Contains(err.Error(), "not a git repository"):
		return nil, fmt.Errorf("%s: %w", dir, ErrNoRepository)
	case err != nil:
		return nil, fmt.Errorf("ask git about %s: %w", dir, err)
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) < 3 {
		return nil, fmt.Errorf("git rev-parse in %s answered %q", dir, out)
	}
	r.Top, r.Shallow, r.Prefix = filepath.FromSlash(lines[0]), lines[1] == "true", lines[2]
	return r, nil
}

// State is what a work tree holds.
type State struct {
	// Commit is the full hash of HEAD; empty before the first commit.
	Commit string
	// Changed are the paths below the folder asked about, relative to Top, that
	// differ from HEAD or are not tracked. An untracked folder is listed file by
	// file.
	Changed []string
}

// State compares the work tree below a folder (relative to Top, "" for all of
// it) with HEAD.
func (r *Repo) State(ctx context.Context, folder string) (State, error) {
	args := []string{"status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames"}
	if folder != "" {
		args = append(args, "--", ":(top,literal)"+folder)
	}
	out, err := r.run(ctx, args...)
	if err != nil {
		return State{}, fmt.Errorf("compare the work tree with HEAD: %w", err)
	}
	var s State
	for record := range strings.SplitSeq(string(out), "\x00") {
		if oid, ok := strings.CutPrefix(record, "# branch.oid "); ok && oid != "(initial)" {
			s.Commit = oid
		}
		switch {
		case strings.HasPrefix(record, "? "):
			s.Changed = append(s.Changed, record[2:])
		case strings.HasPrefix(record, "1 "): // eight fields, then the path
			if f := strings.SplitN(record, " ", 9); len(f) == 9 {
				s.Changed = append(s.Changed, f[8])
			}
		case strings.HasPrefix(record, "u "): // ten fields, then the path
			if f := strings.SplitN(record, " ", 11); len(f) == 11 {
				s.Changed = append(s.Changed, f[10])
			}
		}
	}
	return s, nil
}

// ChangedSince lists the paths below a folder, relative to Top, that commits of
// the first-parent history of HEAD touched at or after a time (committer
// date). A merge touches what it changed against its first parent.
func (r *Repo) ChangedSince(ctx context.Context, since time.Time, folder string) (map[string]bool, error) {
	args := []string{
		"log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-relative", "--name-only", "-z",
		"--format=", "--since-as-filter=" + since.UTC().Format(time.RFC3339), "HEAD",
	}
	if folder != "" {
		args = append(args, "--", ":(top,literal)"+folder)
	}
	out, err := r.run(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	paths := map[string]bool{}
	for record := range strings.SplitSeq(string(out), "\x00") {
		if path := strings.Trim(record, "\n"); path != "" {
			paths[path] = true
		}
	}
	return paths, nil
}

// run runs git in the folder and returns what it prints. Locale, prompts,
// optional locks and file system monitors are off, so that the answer is the
// same everywhere and nothing is written or started.
func (r *Repo) run(ctx context.Context, args ...string) ([]byte, error) {
	args = append([]string{
		"-C", r.dir, "--no-optional-locks", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false",
		"-c", "log.showSignature=false", "-c", "log.showRoot=true",
	}, args...)
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Env = append(environment(), "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if text := strings.TrimSpace(stderr.String()); text != "" {
			return nil, errors.New(strings.TrimPrefix(text, "fatal: "))
		}
		return nil, err
	}
	return stdout.Bytes(), nil
}

// environment is that of the process without what git sets for the hooks it
// runs: it would choose another repository than the folder's.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{
			"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
			"GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
			"GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
		}, name)
	})
}
