package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/source"
)

// stdinName stands for standard input in findings.
const stdinName = "<stdin>"

func (a *app) validateCommand() *cobra.Command {
	e := examination{name: "validate"}
	cmd := &cobra.Command{
		Use:   "validate [PATH... | -]",
		Short: "Say whether files are well formed: YAML, schema, references",
		Long: `Say whether files are well formed: YAML, schema, references.

Without a PATH the whole portfolio is validated. Files and folders of the
portfolio are validated within it, so that what they refer to is found; others
are taken for a portfolio of their own. With - the documents on standard input
stand in for those of the same name.`,
		Example: `  progctl validate
  progctl validate programs/releases
  progctl validate - < draft.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			var read func() (*load.Result, error)
			switch {
			case len(args) == 0:
				read = func() (*load.Result, error) { return a.load(cmd.Context(), w) }
			case len(args) == 1 && args[0] == "-":
				e.only = func(file string) bool { return file == stdinName }
				read = func() (*load.Result, error) { return a.loadStdin(cmd.Context(), w) }
			default:
				w, read, e.only, err = a.chosen(cmd.Context(), w, args)
				if err != nil {
					return err
				}
			}
			return a.examine(cmd.Context(), w, e, read)
		},
	}
	failOnFlag(cmd, &e.failOn)
	return cmd
}

// loadStdin reads standard input, within the portfolio where there is one.
func (a *app) loadStdin(ctx context.Context, w *workspace) (*load.Result, error) {
	text, err := readAll(ctx, io.LimitReader(a.stdin, source.MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	var trees []load.Tree
	if w.holdsPortfolio() {
		if trees, err = a.trees(ctx, w); err != nil {
			return nil, err
		}
	}
	return w.noted(load.Load(ctx, trees, &source.File{Name: stdinName, Text: text}))
}

// readAll reads to the end, or until the context is done: a read from a
// terminal ends for nothing else.
func readAll(ctx context.Context, r io.Reader) ([]byte, error) {
	type result struct {
		text []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := io.ReadAll(r)
		done <- result{text, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		return r.text, r.err
	}
}

// holdsPortfolio reports whether the folder is one to look for a portfolio in,
// rather than just where someone happens to stand.
func (w *workspace) holdsPortfolio() bool { return w.inGit || w.chosen || w.folder == folderName }

// chosen reads some paths: within the portfolio where all lie in it, within
// another one where all lie in that one's folder, else on their own. It returns
// the workspace that they were read in.
func (a *app) chosen(ctx context.Context, w *workspace, args []string) (in *workspace, read func() (*load.Result, error), only func(string) bool, err error) {
	if slices.Contains(args, "-") {
		return nil, nil, nil, usagef("- stands alone: give it no other PATH")
	}
	if w.commit != "" {
		read, only = a.chosenAt(ctx, w, args)
		return w, read, only, nil
	}
	var paths []string
	for _, arg := range args {
		p, err := realPath(arg)
		if err != nil && !filepath.IsAbs(arg) { // a path from the repository, as -C suggests
			if below, belowErr := realPath(filepath.Join(a.dir, arg)); belowErr == nil {
				p, err = below, nil
			}
		}
		if err != nil {
			return nil, nil, nil, fmt.Errorf("open %s: %w", arg, bare(err))
		}
		paths = append(paths, p)
	}
	if !w.holdsPortfolio() || !within(filepath.Join(w.dir, w.folder), paths) {
		other := enclosing(paths)
		if other == "" {
			return w, func() (*load.Result, error) { return w.loadAlone(ctx, args, paths) }, nil, nil
		}
		w = openAt(ctx, other)
	}
	names := make([]string, len(paths))
	for i, p := range paths {
		rel, err := filepath.Rel(w.top, p)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("open %s: %w", p, err)
		}
		names[i] = filepath.ToSlash(rel)
	}
	only = func(file string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return isOrHolds(n, file) })
	}
	read = func() (*load.Result, error) {
		res, err := a.load(ctx, w)
		if err != nil {
			return nil, err
		}
		for i, n := range names {
			if !holds(res, n) {
				return nil, fmt.Errorf("no YAML files in %s", args[i])
			}
		}
		return res, nil
	}
	return w, read, only, nil
}

// chosenAt reads some paths of a revision, none of which needs to be in the work
// tree.
func (a *app) chosenAt(ctx context.Context, w *workspace, args []string) (read func() (*load.Result, error), only func(string) bool) {
	var names []string
	only = func(file string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return isOrHolds(n, file) })
	}
	read = func() (*load.Result, error) {
		res, err := a.load(ctx, w)
		if err != nil {
			return nil, err
		}
		for _, arg := range args {
			name := w.nameOfGone(arg)
			if !holds(res, name) && !filepath.IsAbs(arg) { // a path from the repository, as -C suggests
				name = w.nameOfGone(filepath.Join(a.dir, arg))
			}
			if !holds(res, name) {
				return nil, fmt.Errorf("no YAML files in %s at %s", arg, w.commit)
			}
			names = append(names, name)
		}
		return res, nil
	}
	return read, only
}

// nameOfGone is how findings name a path that need not exist.
func (w *workspace) nameOfGone(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return p
	}
	resolved := abs
	for up := abs; ; up = filepath.Dir(up) {
		if there, err := filepath.EvalSymlinks(up); err == nil {
			resolved = filepath.Join(there, strings.TrimPrefix(abs, up))
			break
		}
		if up == filepath.Dir(up) {
			break
		}
	}
	if rel, err := filepath.Rel(w.top, resolved); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return w.name(p, resolved)
}

// holds reports whether a file was read that a name is of, or of a folder around.
func holds(res *load.Result, name string) bool {
	return slices.ContainsFunc(res.Files, func(f load.File) bool { return isOrHolds(name, f.Name) })
}

// isOrHolds reports whether a name is that of a file, or of a folder around it.
func isOrHolds(name, file string) bool {
	return name == "." || file == name || strings.HasPrefix(file, name+"/")
}

// within reports whether all paths lie in a folder.
func within(dir string, paths []string) bool {
	for _, p := range paths {
		if rel, err := filepath.Rel(dir, p); err != nil || !filepath.IsLocal(rel) {
			return false
		}
	}
	return true
}

// enclosing is the folder around all paths that keeps its portfolio in the usual
// folder, "" where there is none.
func enclosing(paths []string) string {
	for up := paths[0]; up != filepath.Dir(up); up = filepath.Dir(up) {
		if filepath.Base(up) == folderName && within(up, paths) {
			return filepath.Dir(up)
		}
	}
	return ""
}

// loadAlone reads paths as a portfolio of their own.
func (w *workspace) loadAlone(ctx context.Context, args, paths []string) (*load.Result, error) {
	var trees []load.Tree
	for i, p := range paths {
		dir, base := p, "."
		shown := w.name(args[i], p)
		if info, err := os.Stat(p); err != nil {
			return nil, fmt.Errorf("open %s: %w", args[i], bare(err))
		} else if !info.IsDir() {
			dir, base = filepath.Dir(p), filepath.Base(p)
			shown = path.Dir(shown)
		}
		trees = append(trees, load.Tree{
			FS: os.DirFS(dir), Roots: []string{base},
			Name: func(p string) string { return path.Join(shown, p) },
		})
	}
	res, err := load.Load(ctx, trees)
	if errors.Is(err, load.ErrNoFiles) {
		return nil, fmt.Errorf("no YAML files in %s", strings.Join(args, ", "))
	}
	return res, err
}
