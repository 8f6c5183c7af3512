package git

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// ErrUnknownRevision means that a revision does not exist.
var ErrUnknownRevision = errors.New("unknown revision")

// Resolve returns the full hash of the commit that a revision names, in any way
// that git knows.
func (r *Repo) Resolve(ctx context.Context, revision string) (string, error) {
	spelt := revision
	if !strings.HasPrefix(revision, ":/") { // after which all is the text to look for
		spelt += "^{commit}"
	}
	out, err := r.run(ctx, "rev-parse", "--verify", "--end-of-options", spelt)
	switch {
	case err != nil && ctx.Err() != nil:
		return "", err
	case err != nil && strings.Contains(err.Error(), "ambiguous"):
		return "", fmt.Errorf("%w %q: %w", ErrUnknownRevision, revision, err)
	case err != nil || strings.HasPrefix(revision, "^"): // to git, all but that
		return "", fmt.Errorf("%w %q", ErrUnknownRevision, revision)
	}
	return strings.TrimSpace(string(out)), nil
}

// LastBefore returns the full hash of the last commit of the first-parent history
// of HEAD that was committed before a time, and "" where there is none.
func (r *Repo) LastBefore(ctx context.Context, t time.Time) (string, error) {
	until := t.Add(-time.Nanosecond) // git takes whole seconds and includes them
	if until.Unix() < 0 {
		return "", nil
	}
	out, err := r.run(ctx, "rev-list", "--max-count=1", "--first-parent", "--until="+timestamp(until), "HEAD", "--")
	if err != nil {
		return "", fmt.Errorf("find the last commit before %s: %w", t.UTC().Format(time.RFC3339), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Committed returns when a commit was committed, to the second.
func (r *Repo) Committed(ctx context.Context, commit string) (time.Time, error) {
	out, err := r.run(ctx, "log", "--max-count=1", "--format=%ct", commit, "--")
	if err != nil {
		return time.Time{}, fmt.Errorf("find when %s was committed: %w", commit, err)
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("find when %s was committed: %w", commit, err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// timestamp spells a second as commits do. As a date, git would understand the
// years 1970 to 2099 alone, and take others for now. Nothing is older than 1970.
func timestamp(t time.Time) string { return fmt.Sprintf("@%d +0000", max(t.Unix(), 0)) }

// MergeBase returns the full hash of the commit at which the histories of two
// commits parted, and "" where they have none in common.
func (r *Repo) MergeBase(ctx context.Context, a, b string) (string, error) {
	out, err := r.run(ctx, "merge-base", a, b)
	if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find where %s and %s parted: %w", a, b, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Refs returns the short names of all branches and tags.
func (r *Repo) Refs(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, "for-each-ref", "--format=%(refname:short)", "refs/heads/", "refs/remotes/", "refs/tags/")
	if err != nil {
		return nil, fmt.Errorf("list branches and tags: %w", err)
	}
	return strings.FieldsFunc(string(out), func(c rune) bool { return c == '\n' }), nil
}
