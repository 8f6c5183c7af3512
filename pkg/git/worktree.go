package git

import (
	"context"
	"fmt"
	"strings"
	"time"
)

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
	args := []string{"status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "--untracked-files=all", "--no-renames"}
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
// the first-parent history of a commit touched at or after a time (committer
// date). A merge touches what it changed against its first parent.
func (r *Repo) ChangedSince(ctx context.Context, commit string, since time.Time, folder string) (map[string]bool, error) {
	args := []string{
		"log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-relative", "--name-only", "-z",
		"--format=", "--since-as-filter=" + timestamp(since), commit, "--",
	}
	if folder != "" {
		args = append(args, ":(top,literal)"+folder)
	}
	out, err := r.run(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	paths := map[string]bool{}
	for record := range strings.SplitSeq(string(out), "\x00") {
		if record != "" {
			paths[record] = true
		}
	}
	return paths, nil
}
