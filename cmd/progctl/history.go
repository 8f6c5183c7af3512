package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/source"
)

// history reads what the commits up to the workspace's revision say of dates, and
// the work tree where it differs; nil outside of a repository. A shallow clone is
// an error.
func (a *app) history(ctx context.Context, w *workspace) (*history.History, error) {
	if !w.inGit {
		return nil, nil
	}
	repo, err := w.repo()
	if err != nil {
		return nil, err
	}
	if repo.Shallow {
		return nil, errShallow
	}
	o := history.Options{
		Commit: w.commit, Folder: strings.TrimSuffix(w.prefix(), "/"), Preferred: folderName, AsOf: a.asOf, OnRead: readMuch,
	}
	_, exclude, err := a.joined(w)
	if err != nil {
		return nil, err
	}
	for _, dir := range exclude {
		o.Exclude = append(o.Exclude, path.Join(w.prefix(), dir))
	}
	if w.commit == "" {
		state, err := w.state()
		if err != nil {
			return nil, err
		}
		o.Commit = state.Commit
		if o.WorkTree, err = w.changedFiles(state.Changed); err != nil {
			return nil, err
		}
	}
	var known bool
	o.Tool, known = identity()
	o.Cache = a.cache(repo.Store, o.Folder, known && !a.noCache)
	return history.Read(ctx, repo, o)
}

// changedFiles reads the files of the work tree that differ from the commit.
func (w *workspace) changedFiles(changed []string) ([]history.File, error) {
	var files []history.File
	for _, name := range changed {
		if !source.Named(name) {
			continue
		}
		file := filepath.Join(w.top, filepath.FromSlash(name))
		f := history.File{Path: name}
		if text, ok := w.edited[name]; ok {
			f.Text = text
			files = append(files, f)
			continue
		}
		info, err := os.Lstat(file)
		switch {
		case err == nil && info.Mode().IsRegular():
			if f.Text, err = os.ReadFile(file); err != nil {
				return nil, fmt.Errorf("read %s: %w", name, bare(err))
			}
			if f.Text == nil {
				f.Text = []byte{}
			}
		case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR): // below what is a file now, nothing is
			return nil, fmt.Errorf("read %s: %w", name, bare(err))
		}
		files = append(files, f)
	}
	return files, nil
}

// cache keeps what was read of a repository's history, for all of this run; and for
// all runs and all work trees, where it is to be saved and the system has a place for
// it.
func (a *app) cache(store, folder string, saved bool) history.Cache {
	key := store + "\x00" + folder
	if c := a.caches[key]; c != nil {
		return c
	}
	c := &cacheFile{}
	if dir, err := os.UserCacheDir(); saved && err == nil {
		sum := sha256.Sum256([]byte(key))
		c.name = filepath.Join(dir, "progctl", "history-"+hex.EncodeToString(sum[:12]))
	}
	if a.caches == nil {
		a.caches = map[string]*cacheFile{}
	}
	a.caches[key] = c
	return c
}

// cacheFile is a file that may vanish, be damaged or be replaced at any time. It
// is written as a whole or not at all; a file without a name is memory alone.
type cacheFile struct {
	name string
	data []byte
}

func (c *cacheFile) Load() []byte {
	if c.data == nil && c.name != "" {
		c.data, _ = os.ReadFile(c.name)
	}
	return c.data
}

func (c *cacheFile) Save(data []byte) {
	c.data = data
	if c.name == "" || os.MkdirAll(filepath.Dir(c.name), 0o700) != nil {
		return
	}
	_ = writeFile(c.name, data)
	c.sweep()
}

// leftover is how old a file of a run must be that ended while it wrote.
const leftover = time.Hour

// sweep deletes what interrupted runs left beside the file.
func (c *cacheFile) sweep() {
	names, _ := filepath.Glob(filepath.Join(filepath.Dir(c.name), "."+filepath.Base(c.name)+".*"))
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > leftover {
			_ = os.Remove(name)
		}
	}
}
