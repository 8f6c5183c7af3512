// Package load reads a portfolio from file systems into a Snapshot: it finds
// the YAML files, reads them in parallel and has package portfolio put them
// together. A work tree and a git revision look the same to it.
package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// ErrNoFiles means that there is no YAML file to read.
var ErrNoFiles = errors.New("no YAML files")

// Tree is a folder of YAML files.
type Tree struct {
	FS fs.FS
	// Roots are the files and folders of FS to read; folders with all that is
	// below them, but for names that begin with a dot.
	Roots []string
	// Exclude are folders of FS that are left out, with all that is below them.
	Exclude []string
	// Name turns a path of FS into the name that findings show; it is required.
	Name func(path string) string
	// OnRead, where it is not nil, is told the size of each file in bytes once it
	// is read, by several goroutines at a time.
	OnRead func(bytes int)
	// Overlay marks documents that are joined from another repository.
	Overlay bool
	// Memory, where it is not nil, has what other revisions of the tree held; Hash tells
	// that of a file.
	Memory *Memory
	Hash   func(path string) string
	// Edited are texts, by their paths in FS, that stand in for those of files, and files
	// that FS does not have yet.
	Edited map[string][]byte
}

// Result is what was read.
type Result struct {
	Snapshot *portfolio.Snapshot
	// Diagnostics are the structural findings, in no particular order.
	Diagnostics []diag.Diagnostic
	// Files are all files that were read, those of CSV too, sorted by name.
	Files []File
}

// File is a file that was read.
type File struct {
	*source.File
	// Documents counts those in it, what is left out for syntax apart.
	Documents int
	// Tables are the names of the CSV files that were read for them.
	Tables []string
}

// found is a file that a tree holds.
type found struct {
	tree *Tree
	path string
	kind fs.FileMode // of what is not read
}

// Load reads all trees. Shadows are files (standard input, say) whose documents
// stand in for those of the same name. A file or folder that cannot be read is
// an error, and so is a portfolio without a single YAML file; everything that is
// wrong inside of files is a diagnostic.
func Load(ctx context.Context, trees []Tree, shadows ...*source.File) (*Result, error) {
	var (
		files  []found
		others []found
	)
	for i := range trees {
		f, o, err := find(&trees[i])
		if err != nil {
			return nil, err
		}
		files, others = append(files, f...), append(others, o...)
	}
	if len(files)+len(shadows) == 0 {
		return nil, ErrNoFiles
	}
	parts, err := readAll(ctx, files)
	if err != nil {
		return nil, err
	}
	parts = remember(files, parts)
	for _, f := range shadows {
		part := portfolio.Read(f, portfolio.Shadow)
		if err := readTables(&part, func(c portfolio.CSVFile) (found, bool) {
			i := slices.IndexFunc(parts[:len(files)], func(p portfolio.Part) bool { return p.Holds(c.Subject) })
			if i < 0 { // a document that lies nowhere has nothing beside it
				return found{}, false
			}
			return files[i], true
		}); err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	res := &Result{Files: filesOf(parts)}
	for _, o := range others {
		res.Diagnostics = append(res.Diagnostics, notRead(o))
	}
	snapshot, diags := portfolio.Assemble(parts)
	res.Snapshot = snapshot
	res.Diagnostics = append(res.Diagnostics, diags...)
	return res, nil
}

// find lists the YAML files of a tree, and what looks like one or leads to some
// and is not read: symbolic links, other repositories, pipes and the like.
func find(t *Tree) (files, others []found, err error) {
	for _, root := range t.Roots {
		err := fs.WalkDir(t.FS, root, func(p string, entry fs.DirEntry, err error) error {
			if err != nil {
				return fmt.Errorf("read %s: %w", t.Name(p), reason(err))
			}
			name, kind := entry.Name(), entry.Type()
			switch {
			case p == root:
				if !entry.IsDir() {
					files = append(files, found{t, p, 0})
				}
			case strings.HasPrefix(name, "."):
				if entry.IsDir() {
					return fs.SkipDir
				}
			case entry.IsDir():
				if slices.Contains(t.Exclude, p) {
					return fs.SkipDir
				}
				if _, err := fs.Lstat(t.FS, path.Join(p, ".git")); err == nil {
					others = append(others, found{t, p, fs.ModeDir})
					return fs.SkipDir
				}
			case kind&fs.ModeSymlink != 0:
				if info, err := fs.Stat(t.FS, p); source.Named(name) || err == nil && info.IsDir() {
					others = append(others, found{t, p, kind})
				}
			case !source.Named(name):
			case kind.IsRegular():
				files = append(files, found{t, p, 0})
			default:
				others = append(others, found{t, p, kind})
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for _, p := range slices.Sorted(maps.Keys(t.Edited)) {
		if source.Named(p) && !slices.ContainsFunc(files, func(f found) bool { return f.path == p }) {
			files = append(files, found{t, p, 0})
		}
	}
	return files, others, nil
}

// readFile is the text of a file.
func (t *Tree) readFile(p string) ([]byte, error) {
	if text, ok := t.Edited[p]; ok {
		return text, nil
	}
	return fs.ReadFile(t.FS, p)
}

// reason is the bare cause of a file system error, whose path is told apart.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// notRead reports something that is no file of its own.
func notRead(f found) diag.Diagnostic {
	name := f.tree.Name(f.path)
	d := diag.Diagnostic{
		Location: diag.Location{File: name},
		Code:     "YAML013",
		Severity: diag.Warning,
		Message:  "a symbolic link is not followed",
		Detail:   "put the file itself into the portfolio, or join its folder with --overlay",
		Subject:  "file/" + name,
	}
	switch f.kind.Type() {
	case fs.ModeSymlink:
	case fs.ModeDir:
		d.Code, d.Message = "YAML014", "a repository inside of this one is not read"
		d.Detail = "its documents have a history of their own: join it with --overlay " + name
	default:
		d.Message, d.Detail = "it has the name of a YAML file and is none", "delete it, or put a file in its place"
	}
	return d
}

// Rules are the codes of findings that this package makes.
var Rules = []diag.Rule{
	{Code: "REF011", Name: "missing-file", Summary: "A CSV file that a document names does not exist", Severity: diag.Error, Structural: true},
	{Code: "YAML013", Name: "symbolic-link", Summary: "A symbolic link is not followed", Severity: diag.Warning, Structural: true},
	{Code: "YAML014", Name: "other-repository", Summary: "A submodule, or another repository, is not read", Severity: diag.Warning, Structural: true},
}

// readAll reads files in parallel; the order of the result is that of files.
func readAll(ctx context.Context, files []found) ([]portfolio.Part, error) {
	var (
		parts = make([]portfolio.Part, len(files))
		errs  = make([]error, len(files))
		next  atomic.Int64
		wait  sync.WaitGroup
	)
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				parts[i], errs[i] = read(files[i])
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return parts, errors.Join(errs...)
}

func read(f found) (portfolio.Part, error) {
	name := f.tree.Name(f.path)
	if m := f.tree.Memory; m.Has(name, f.hash()) {
		return m.parts[remembered{name, f.hash()}], nil
	}
	text, err := f.tree.readFile(f.path)
	if err != nil {
		return portfolio.Part{}, fmt.Errorf("read %s: %w", name, reason(err))
	}
	if f.tree.OnRead != nil {
		f.tree.OnRead(len(text))
	}
	role := portfolio.Base
	switch {
	case f.tree.Overlay:
		role = portfolio.Overlay
	case f.tree.Memory != nil && f.tree.Memory.Lenient:
		role = portfolio.Past
	}
	file := &source.File{Name: name, Text: text}
	part := portfolio.Read(file, role)
	if err := readTables(&part, func(portfolio.CSVFile) (found, bool) { return f, true }); err != nil {
		return portfolio.Part{}, err
	}
	if part.Clean() {
		file.Release(func() ([]byte, error) { return f.tree.readFile(f.path) })
	}
	return part, nil
}
