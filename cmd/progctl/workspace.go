package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
)

// workspace is where a portfolio lies on this machine: in a work tree, or in a
// revision of a repository.
type workspace struct {
	dir    string // absolute
	top    string // the repository's top folder; dir where there is no repository
	inGit  bool
	bare   bool   // a repository without a work tree
	folder string // of the portfolio, in dir: "programs" or "."
	chosen bool   // by -C, rather than just where someone happens to stand
	commit string // full hash of the revision; empty is the work tree
	// revisionName is how the revision was asked for; empty where nobody named it.
	revisionName string
	files        fs.FS // what lies in dir
	// memory, where it is not nil, keeps what other commits held.
	memory *load.Memory
	// read are the files of the work tree that were read, relative to top.
	read []string
	// edited are texts that stand in for those of files of the work tree, by their names
	// relative to top: what somebody is about to write.
	edited map[string][]byte

	repo  func() (*git.Repo, error)
	state func() (git.State, error)
	// committed reports whether a file of the work tree, relative to top, is as it is
	// in the commit that it began from.
	committed func(file string) bool
}

// folderName is where a repository keeps its portfolio, if it has such a folder.
const folderName = "programs"

// open finds the portfolio of -C, at the revision of --at. For the work tree, git is
// not asked yet.
func (a *app) open(ctx context.Context) (*workspace, error) {
	w, err := a.workTree(ctx)
	switch {
	case err != nil:
		return nil, err
	case a.at != "":
		return a.revisionOf(ctx, w, "--at", a.at)
	case w.bare:
		return a.revisionOf(ctx, w, "a bare repository", "HEAD")
	}
	return w, nil
}

// workTree finds the portfolio of -C in the work tree.
func (a *app) workTree(ctx context.Context) (*workspace, error) {
	dir, err := realPath(a.dir)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", a.dir, bare(err))
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("open %s: not a folder", a.dir)
	}
	if a.dir == "." { // someone who stands inside of a portfolio means all of it
		if info, err := os.Stat(filepath.Join(dir, folderName)); err != nil || !info.IsDir() {
			if around := enclosing([]string{dir}); around != "" {
				dir = around
			}
		}
	}
	w := openAt(ctx, dir)
	w.chosen = a.dir != "."
	return w, nil
}

// openAt finds the portfolio of an absolute path of a folder.
func openAt(ctx context.Context, dir string) *workspace {
	w := &workspace{dir: dir, top: dir, folder: ".", files: os.DirFS(dir)}
	if info, err := os.Stat(filepath.Join(dir, folderName)); err == nil && info.IsDir() {
		w.folder = folderName
	}
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil {
			w.top, w.inGit = up, true
			break
		}
		if up == filepath.Dir(up) {
			break
		}
	}
	if !w.inGit && isBare(dir) {
		w.inGit, w.bare = true, true
	}
	w.repo = sync.OnceValues(func() (*git.Repo, error) {
		repo, err := git.Open(ctx, dir)
		if err == nil && !w.bare && !sameFolder(repo.Top, w.top) {
			err = fmt.Errorf("%s looks like a repository and is none to git, which reads that of %s: delete it", filepath.Join(w.top, ".git"), repo.Top)
		}
		return repo, err
	})
	w.state = sync.OnceValues(func() (git.State, error) {
		repo, err := w.repo()
		if err != nil {
			return git.State{}, err
		}
		return repo.State(ctx, w.portfolio())
	})
	w.committed = w.asCommitted(ctx)
	return w
}

// sameFolder reports whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// isBare reports whether a folder looks like a repository without a work tree.
func isBare(dir string) bool {
	for _, name := range []string{"HEAD", "objects", "refs"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// realPath is an absolute path without symbolic links.
func realPath(p string) (string, error) {
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// prefix is dir below top, slash-separated and ending in a slash, or empty.
func (w *workspace) prefix() string {
	rel, err := filepath.Rel(w.top, w.dir)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel) + "/"
}

// portfolio is the portfolio's folder below top, slash-separated, empty where it
// is top itself.
func (w *workspace) portfolio() string {
	if p := path.Join(w.prefix(), w.folder); p != "." {
		return p
	}
	return ""
}

// tree is the portfolio itself.
func (w *workspace) tree() load.Tree {
	t := load.Tree{FS: w.files, Roots: []string{w.folder}, OnRead: readMuch, Name: w.nameBelow}
	if past, ok := w.files.(*git.Tree); ok && w.memory != nil {
		t.Memory, t.Hash = w.memory, past.Hash
	}
	for name, text := range w.edited {
		if t.Edited == nil {
			t.Edited = map[string][]byte{}
		}
		t.Edited[strings.TrimPrefix(name, w.prefix())] = text
	}
	return t
}

// with is the work tree as it would be with other texts of files, by their names
// relative to top.
func (w *workspace) with(edited map[string][]byte) *workspace {
	v := *w
	v.edited = maps.Clone(w.edited)
	if v.edited == nil {
		v.edited = map[string][]byte{}
	}
	maps.Copy(v.edited, edited)
	v.state = sync.OnceValues(func() (git.State, error) {
		s, err := w.state()
		s.Changed = slices.Clone(s.Changed)
		for _, name := range slices.Sorted(maps.Keys(edited)) {
			if !slices.Contains(s.Changed, name) {
				s.Changed = append(s.Changed, name)
			}
		}
		slices.Sort(s.Changed)
		return s, err
	})
	return &v
}

// nameBelow is how findings name a path of the workspace's files.
func (w *workspace) nameBelow(p string) string { return path.Join(w.prefix(), p) }

// name is how findings name a path from the command line: relative to top, as
// they name what lies in the portfolio, or absolute where it was given so.
func (w *workspace) name(given, resolved string) string {
	if !filepath.IsAbs(given) {
		if rel, err := filepath.Rel(w.top, resolved); err == nil {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(filepath.Clean(given))
}

// load reads the portfolio and its overlays.
func (a *app) load(ctx context.Context, w *workspace) (*load.Result, error) {
	trees, err := a.trees(ctx, w)
	if err != nil {
		return nil, err
	}
	res, err := w.noted(load.Load(ctx, trees))
	if errors.Is(err, load.ErrNoFiles) {
		if w.commit != "" {
			return nil, fmt.Errorf("no YAML files below %s at %s", filepath.Join(a.dir, w.folder), w.commit)
		}
		return nil, fmt.Errorf("no YAML files below %s: run it in a repository with a %s folder, or choose one with -C",
			filepath.Join(a.dir, w.folder), folderName)
	}
	return res, err
}

// noted notes which files were read, for revision.
func (w *workspace) noted(res *load.Result, err error) (*load.Result, error) {
	if err == nil && w.commit == "" {
		w.read = nil
		for _, f := range res.Files {
			if f.Name != stdinName && w.isOurs(f.Name) {
				w.read = append(w.read, f.Name)
			}
		}
	}
	return res, err
}

// loadPast reads a revision that something is compared with: where it has no
// portfolio yet, that is an empty one.
func (a *app) loadPast(ctx context.Context, w *workspace) (*load.Result, error) {
	trees, err := a.trees(ctx, w)
	if err != nil {
		return nil, err
	}
	res, err := w.noted(load.Load(ctx, trees))
	if errors.Is(err, load.ErrNoFiles) {
		snapshot, _ := portfolio.Assemble(nil)
		return &load.Result{Snapshot: snapshot}, nil
	}
	return res, err
}

// shownPath turns the name of a file into a path from the current folder, for
// people to click on.
func (w *workspace) shownPath() func(string) string {
	cwd, err := realPath(".")
	return func(name string) string {
		if err != nil || name == stdinName || path.IsAbs(name) || filepath.IsAbs(name) {
			return name
		}
		rel, err := filepath.Rel(cwd, filepath.Join(w.top, filepath.FromSlash(name)))
		if err != nil {
			return name
		}
		return filepath.ToSlash(rel)
	}
}

// bare is the cause of a file system error, whose path is told apart.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
