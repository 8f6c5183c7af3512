package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

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
		t, err := w.overlay(ctx, o)
		if err != nil {
			return nil, err
		}
		trees = append(trees, t)
	}
	return trees, nil
}

// overlay is what an overlay holds: at the workspace's revision where it is part of
// the repository, else as it lies there.
func (w *workspace) overlay(ctx context.Context, o overlay) (load.Tree, error) {
	shown := w.name(o.given, o.resolved)
	t := load.Tree{Overlay: true, Name: func(p string) string { return path.Join(shown, p) }}
	root := "."
	if w.commit != "" && w.tracks(o.resolved) {
		repo, err := w.repo()
		if err != nil {
			return t, err
		}
		below, err := filepath.Rel(w.top, o.resolved)
		if err != nil {
			return t, err
		}
		if below == "." {
			below = ""
		}
		if t.FS, root, err = treeOf(ctx, repo, w.commit, filepath.ToSlash(below)); err != nil {
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
