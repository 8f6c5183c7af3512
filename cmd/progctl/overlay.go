package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/load"
)

// overlay is a folder that --overlay names.
type overlay struct{ given, resolved string }

// joined are the overlays, each once (completion reads flags twice), and the folders
// in dir that are left out of the portfolio, since they are read as overlays.
func (a *app) joined(w *workspace) (list []overlay, exclude []string, err error) {
	for _, dir := range a.overlays {
		resolved, err := realPath(dir)
		if err != nil {
			return nil, nil, fmt.Errorf("open overlay %s: %w", dir, bare(err))
		}
		if rel, err := filepath.Rel(w.dir, resolved); err == nil && within(filepath.Join(w.dir, w.folder), []string{resolved}) {
			if w.folder == folderName || rel == "." {
				return nil, nil, usagef("--overlay %s lies in the portfolio itself", dir)
			}
			exclude = append(exclude, filepath.ToSlash(rel))
		}
		if !slices.ContainsFunc(list, func(o overlay) bool { return o.resolved == resolved }) {
			list = append(list, overlay{dir, resolved})
		}
	}
	return list, exclude, nil
}

// trees are the portfolio and all its overlays.
func (a *app) trees(ctx context.Context, w *workspace) ([]load.Tree, error) {
	list, exclude, err := a.joined(w)
	if err != nil {
		return nil, err
	}
	trees := []load.Tree{w.tree()}
	trees[0].Exclude = exclude
	for _, o := range list {
		t, err := a.overlay(ctx, w, o)
		if err != nil {
			return nil, err
		}
		trees = append(trees, t)
	}
	return trees, nil
}

// overlay is what an overlay holds: where the workspace is at a revision, the overlay
// is read as it was then, if it lies in a repository.
func (a *app) overlay(ctx context.Context, w *workspace, o overlay) (load.Tree, error) {
	shown := w.name(o.given, o.resolved)
	t := load.Tree{Overlay: true, Name: func(p string) string { return path.Join(shown, p) }}
	repo, commit, top, err := a.then(ctx, w, o)
	if err != nil {
		return t, fmt.Errorf("read overlay %s: %w", o.given, err)
	}
	root := "."
	if commit != "" {
		below, err := filepath.Rel(top, o.resolved)
		if err != nil {
			return t, err
		}
		if below == "." {
			below = ""
		}
		if t.FS, root, err = treeOf(ctx, repo, commit, filepath.ToSlash(below), func(string, string) bool { return false }); err != nil {
			return t, err
		}
	} else {
		t.FS = os.DirFS(o.resolved)
		if info, err := os.Stat(filepath.Join(o.resolved, folderName)); err == nil && info.IsDir() {
			root = folderName
		}
	}
	t.Roots = []string{root}
	return t, nil
}

// then finds the commit of an overlay that belongs to the revision of the workspace;
// an empty one means that the overlay is to be read as it lies there, which is told
// where the revision is of the past.
//
// An overlay in the same repository is at the same commit. One in another is at the
// branch or tag of the same name; at its HEAD for the workspace's; else at the last
// commit by the day that is asked for, or by the time of the workspace's commit.
func (a *app) then(ctx context.Context, w *workspace, o overlay) (repo *git.Repo, commit, top string, err error) {
	if w.commit == "" {
		return nil, "", "", nil
	}
	if w.tracks(o.resolved) {
		repo, err = w.repo()
		return repo, w.commit, w.top, err
	}
	other := openAt(ctx, o.resolved)
	if !other.inGit || other.bare {
		a.noteOnce("overlay %s is in no repository: it is read as it is now", o.given)
		return nil, "", "", nil
	}
	if repo, err = other.repo(); err != nil {
		return nil, "", "", err
	}
	if commit, err = w.counterpart(ctx, repo); err != nil {
		return nil, "", "", err
	}
	if commit == "" {
		a.noteOnce("overlay %s has no commit by then: it is read as it is now", o.given)
	}
	return repo, commit, repo.Top, nil
}

// counterpart is the commit of another repository that belongs to that of the
// workspace; empty where it has none.
func (w *workspace) counterpart(ctx context.Context, other *git.Repo) (string, error) {
	if refs, err := other.Refs(ctx); err != nil || slices.Contains(refs, w.revisionName) {
		if err != nil {
			return "", err
		}
		return other.Resolve(ctx, w.revisionName)
	}
	if unborn(ctx, other) {
		return "", nil
	}
	own, err := w.repo()
	if err != nil {
		return "", err
	}
	if head, err := own.Resolve(ctx, "HEAD"); err == nil && head == w.commit {
		return other.Resolve(ctx, "HEAD")
	}
	if other.Shallow {
		return "", errShallow
	}
	if text, dated := strings.CutPrefix(w.revisionName, "@"); dated {
		if day, err := cal.ParseDate(text); err == nil {
			return other.LastBefore(ctx, day.Add(1).Time())
		}
	}
	at, err := own.Committed(ctx, w.commit)
	if err != nil {
		return "", err
	}
	return other.LastBefore(ctx, at.Add(time.Second))
}

// tracks reports whether a folder is of the repository's work tree, and of no other
// repository in it.
func (w *workspace) tracks(dir string) bool {
	if w.bare || !within(w.top, []string{dir}) {
		return false
	}
	for ; dir != w.top; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return false
		}
	}
	return true
}
