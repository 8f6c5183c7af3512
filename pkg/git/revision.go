package git

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrUnknownRevision means that a revision does not exist.
var ErrUnknownRevision = errors.New("unknown revision")

// Resolve returns the full hash of the commit that a revision names, in any way
// that git knows.
func (r *Repo) Resolve(ctx context.Context, revision string) (string, error) {
	out, err := r.run(ctx, "rev-parse", "--verify", "--end-of-options", revision+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if strings.Contains(err.Error(), "ambiguous") {
			return "", fmt.Errorf("%w %q: %w", ErrUnknownRevision, revision, err)
		}
		return "", fmt.Errorf("%w %q", ErrUnknownRevision, revision)
	}
	return strings.TrimSpace(string(out)), nil
}

// LastBefore returns the full hash of the last commit of the first-parent history
// of HEAD that was committed before a time, and "" where there is none.
func (r *Repo) LastBefore(ctx context.Context, t time.Time) (string, error) {
	until := t.Add(-time.Second).UTC().Format(time.RFC3339) // git takes whole seconds and includes them
	out, err := r.run(ctx, "rev-list", "--max-count=1", "--first-parent", "--until="+until, "HEAD", "--")
	if err != nil {
		return "", fmt.Errorf("find the last commit before %s: %w", t.UTC().Format(time.RFC3339), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// MergeBase returns the full hash of the commit at which the histories of two
// commits parted, and "" where they have none in common.
func (r *Repo) MergeBase(ctx context.Context, a, b string) (string, error) {
	out, err := r.run(ctx, "merge-base", a, b)
	if err != nil && (ctx.Err() != nil || err.Error() != "exit status 1") {
		return "", fmt.Errorf("find where %s and %s parted: %w", a, b, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Refs returns the short names of all branches and tags.
func (r *Repo) Refs(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, "for-each-ref", "--format=%(refname:short)")
	if err != nil {
		return nil, fmt.Errorf("list branches and tags: %w", err)
	}
	return strings.Fields(string(out)), nil
}
