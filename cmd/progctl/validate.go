package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
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
			read := func() (*load.Result, error) { return a.load(cmd.Context(), w) }
			if len(args) == 1 && args[0] == "-" {
				e.only = func(file string) bool { return file == stdinName }
				read = func() (*load.Result, error) { return a.loadStdin(cmd.Context(), w) }
			} else if len(args) > 0 {
				read, e.only, err = a.chosen(cmd.Context(), w, args)
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
	text, err := io.ReadAll(io.LimitReader(a.stdin, source.MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	var trees []load.Tree
	if w.holdsPortfolio() {
		if trees, err = a.trees(w); err != nil {
			return nil, err
		}
	}
	return load.Load(ctx, trees, &source.File{Name: stdinName, Text: text})
}

// holdsPortfolio reports whether the folder is one to look for a portfolio in,
// rather than just where someone happens to stand.
func (w *workspace) holdsPortfolio() bool { return w.inGit || w.folder == folderName }

// chosen reads some paths: within the portfolio where all lie in it, else on
// their own.
func (a *app) chosen(ctx context.Context, w *workspace, args []string) (read func() (*load.Result, error), only func(string) bool, err error) {
	portfolioDir := filepath.Join(w.dir, w.folder)
	within := w.holdsPortfolio()
	var paths []string
	for _, arg := range args {
		if arg == "-" {
			return nil, nil, usagef("- stands alone: give it no other PATH")
		}
		p, err := realPath(arg)
		if err != nil {
			return nil, nil, fmt.Errorf("open %s: %w", arg, bare(err))
		}
		paths = append(paths, p)
		rel, err := filepath.Rel(portfolioDir, p)
		within = within && err == nil && filepath.IsLocal(rel)
	}
	if !within {
		return func() (*load.Result, error) { return loadAlone(ctx, args, paths) }, nil, nil
	}
	names := make([]string, len(paths))
	for i, p := range paths {
		rel, err := filepath.Rel(w.top, p)
		if err != nil {
			return nil, nil, fmt.Errorf("open %s: %w", p, err)
		}
		names[i] = filepath.ToSlash(rel)
	}
	only = func(file string) bool {
		for _, n := range names {
			if n == "." || file == n || strings.HasPrefix(file, n+"/") {
				return true
			}
		}
		return false
	}
	return func() (*load.Result, error) { return a.load(ctx, w) }, only, nil
}

// loadAlone reads paths as a portfolio of their own.
func loadAlone(ctx context.Context, args, paths []string) (*load.Result, error) {
	var trees []load.Tree
	for i, p := range paths {
		dir, base := p, "."
		shown := filepath.ToSlash(filepath.Clean(args[i]))
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
