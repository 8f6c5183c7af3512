package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

// errShallow means that history is cut off, so that what it does not show may have
// been there.
var errShallow = errors.New("the clone is shallow, so its history is cut off: clone with fetch-depth: 0, or run git fetch --unshallow")

// errUnborn means that a repository is new: nothing in it can be named yet.
var errUnborn = errors.New("there is no commit yet")

// needRepo is the repository of a workspace, for something that is nothing
// without one.
func (w *workspace) needRepo(what string) (*git.Repo, error) {
	if !w.inGit {
		return nil, fmt.Errorf("%s needs a git repository, and %s is in none", what, w.dir)
	}
	return w.repo()
}

// resolve returns the full hash of a revision: whatever git knows, or @DATE, the
// last first-parent commit of HEAD by the end of that day. what names who asks.
func (w *workspace) resolve(ctx context.Context, what, revision string) (string, error) {
	repo, err := w.needRepo(what)
	if err != nil {
		return "", err
	}
	if text, dated := strings.CutPrefix(revision, "@"); dated && len(text) > 4 && strings.Trim(text[:4], "0123456789") == "" {
		day, err := cal.ParseDate(text)
		if err != nil {
			return "", usagef("%s: %v", what, err)
		}
		if repo.Shallow {
			return "", fmt.Errorf("%s %s: %w", what, revision, errShallow)
		}
		hash, err := repo.LastBefore(ctx, day.Add(1).Time())
		switch {
		case err != nil && unborn(ctx, repo):
			err = fmt.Errorf("%s: %w", what, errUnborn)
		case err == nil && hash == "":
			err = fmt.Errorf("%s %s: there is no commit yet on that day", what, revision)
		}
		return hash, err
	}
	hash, err := repo.Resolve(ctx, revision)
	if !errors.Is(err, git.ErrUnknownRevision) {
		return hash, err
	}
	err = fmt.Errorf("%s: %w", what, err)
	if _, dateErr := cal.ParseDate(revision); dateErr == nil {
		return "", fmt.Errorf("%w, did you mean @%s?", err, revision)
	}
	refs, refErr := repo.Refs(ctx)
	if refErr == nil && len(refs) == 0 && unborn(ctx, repo) {
		return "", fmt.Errorf("%s: %w", what, errUnborn)
	}
	if refErr == nil {
		if near := diag.Nearest(revision, refs); near != "" {
			return "", fmt.Errorf("%w, did you mean %s?", err, near)
		}
	}
	if repo.Shallow {
		return "", fmt.Errorf("%w: %w", err, errShallow)
	}
	return "", err
}

// unborn reports whether HEAD is a branch without a commit.
func unborn(ctx context.Context, repo *git.Repo) bool {
	_, err := repo.Resolve(ctx, "HEAD")
	return errors.Is(err, git.ErrUnknownRevision)
}

// revisionOf is the workspace at a revision.
func (a *app) revisionOf(ctx context.Context, w *workspace, what, revision string) (*workspace, error) {
	hash, err := w.resolve(ctx, what, revision)
	if err != nil {
		return nil, err
	}
	v, err := w.at(ctx, hash)
	if err == nil {
		v.revisionName = revision
	}
	return v, err
}

// at is the workspace at a commit. Nothing of the work tree is read, and all paths
// keep their names.
func (w *workspace) at(ctx context.Context, commit string) (*workspace, error) {
	repo, err := w.repo()
	if err != nil {
		return nil, err
	}
	v := *w
	v.commit, v.revisionName = commit, ""
	tree, folder, err := treeOf(ctx, repo, commit, strings.TrimSuffix(w.prefix(), "/"), func(file, hash string) bool {
		return w.memory.Has(w.nameBelow(file), hash)
	})
	v.files, v.folder = tree, folder
	return &v, err
}

// treeOf is what a commit holds below a folder, and where in it the portfolio lies,
// which alone is read ahead, what is known apart.
func treeOf(ctx context.Context, repo *git.Repo, commit, below string, known func(file, hash string) bool) (tree *git.Tree, folder string, err error) {
	if tree, err = repo.Tree(ctx, commit, below); err != nil {
		return nil, "", err
	}
	folder = "."
	if info, err := fs.Stat(tree, folderName); err == nil && info.IsDir() {
		folder = folderName
	}
	err = tree.ReadAhead(ctx, func(file string) bool {
		return source.Named(file) && (folder == "." || strings.HasPrefix(file, folder+"/")) && !known(file, tree.Hash(file))
	})
	return tree, folder, err
}

// parting returns the full hash of the commit at which the history of the workspace
// parted from a revision.
func (a *app) parting(ctx context.Context, w *workspace, what, revision string) (string, error) {
	other, err := w.resolve(ctx, what, revision)
	if err != nil {
		return "", err
	}
	head, err := w.head(what)
	if err != nil {
		return "", err
	}
	repo, err := w.repo()
	if err != nil {
		return "", err
	}
	if repo.Shallow {
		return "", fmt.Errorf("%s: %w", what, errShallow)
	}
	hash, err := repo.MergeBase(ctx, head, other)
	if err == nil && hash == "" {
		err = fmt.Errorf("%s %s: it has no history in common with %s", what, revision, head)
	}
	return hash, err
}

// head is the full hash of the commit that the workspace is at, or that its work
// tree began from.
func (w *workspace) head(what string) (string, error) {
	if w.commit != "" {
		return w.commit, nil
	}
	state, err := w.state()
	if err == nil && state.Commit == "" {
		err = fmt.Errorf("%s: %w", what, errUnborn)
	}
	return state.Commit, err
}

// revision is what is reported, nil outside of a repository and before its
// first commit.
func (w *workspace) revision() *report.Revision {
	if w.commit != "" {
		return &report.Revision{Commit: w.commit}
	}
	if !w.inGit {
		return nil
	}
	s, err := w.state()
	if err != nil || s.Commit == "" {
		return nil
	}
	dirty := len(s.Changed) > 0 || slices.ContainsFunc(w.read, func(file string) bool { return !w.committed(file) })
	return &report.Revision{Commit: s.Commit, Dirty: dirty}
}

// isOurs reports whether a file that findings name lies in the repository, and in none
// that lies in it.
func (w *workspace) isOurs(file string) bool {
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return false
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(w.top, filepath.FromSlash(dir), ".git")); err == nil {
			return false
		}
	}
	return true
}

// asCommitted returns what tells whether a file is as it was committed. Of what lies
// in the portfolio the state tells all changes, but nothing of what git ignores.
func (w *workspace) asCommitted(ctx context.Context) func(file string) bool {
	trees := map[string]*git.Tree{} // by folder
	return func(file string) bool {
		folder, within := w.portfolio(), true
		if folder != "" && !strings.HasPrefix(file, folder+"/") {
			folder, within = strings.TrimPrefix(path.Dir(file), "."), false
		}
		repo, err := w.repo()
		if err != nil {
			return false
		}
		if trees[folder] == nil {
			s, err := w.state()
			if err != nil {
				return false
			}
			if trees[folder], err = repo.Tree(ctx, s.Commit, folder); err != nil {
				return false
			}
		}
		if _, err := fs.Stat(trees[folder], strings.TrimPrefix(strings.TrimPrefix(file, folder), "/")); err != nil {
			return false
		}
		if within {
			return true
		}
		s, err := repo.State(ctx, file)
		return err == nil && len(s.Changed) == 0
	}
}

// changedSince tells which files changed on or after a day, in the history or in
// the work tree; nil where there is no history, and where it cannot tell, which
// blind is told.
func (w *workspace) changedSince(ctx context.Context, blind func(error)) func(cal.Date) func(string) bool {
	if !w.inGit {
		return nil
	}
	return func(day cal.Date) func(string) bool {
		changed, err := w.changes(ctx, day)
		if err != nil {
			blind(err)
		}
		if changed == nil {
			return nil
		}
		below := w.portfolio()
		return func(file string) bool {
			foreign := path.IsAbs(file) || strings.HasPrefix(file, "../") || below != "" && !strings.HasPrefix(file, below+"/")
			return foreign || changed[file]
		}
	}
}

// changes are the files that changed on or after a day; nil before the first
// commit.
func (w *workspace) changes(ctx context.Context, day cal.Date) (map[string]bool, error) {
	repo, err := w.repo()
	if err != nil {
		return nil, err
	}
	if repo.Shallow {
		return nil, errShallow
	}
	head, changed := w.commit, []string(nil)
	if head == "" {
		state, err := w.state()
		if err != nil {
			return nil, err
		}
		if state.Commit == "" {
			return nil, nil
		}
		head, changed = state.Commit, state.Changed
	}
	files, err := repo.ChangedSince(ctx, head, day.Time(), w.portfolio())
	if err != nil {
		return nil, err
	}
	for _, file := range changed {
		files[file] = true
	}
	return files, nil
}
