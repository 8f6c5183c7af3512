package history

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/source"
)

// Options says what to read.
type Options struct {
	// Commit is the full hash of the newest commit; empty before the first one.
	Commit string
	// Folder is where the repository's portfolio is looked for: a folder from the
	// top, slash-separated; empty is the top.
	Folder string
	// Preferred is a folder in Folder that holds the portfolio in those versions
	// in which it has YAML files; in others all of Folder does.
	Preferred string
	// Exclude are folders, from the top, that do not belong to it.
	Exclude []string
	// WorkTree are the files of the work tree that differ from Commit, and AsOf is
	// the day on which they do.
	WorkTree []File
	AsOf     cal.Date
	// Cache keeps what was read, Tool says by whom; nil keeps nothing.
	Cache Cache
	Tool  string
	// OnRead, where it is not nil, is told the size of what is read, in bytes, by
	// several goroutines at a time.
	OnRead func(bytes int)
}

// File is a file of the work tree.
type File struct {
	Path string // from the top, slash-separated
	// Text is what it holds; nil where it is gone.
	Text []byte
}

// Cache keeps the facts of one Folder of a repository between runs. Facts of
// commits and blobs never change, so any earlier state of it does.
type Cache interface {
	// Load returns what was saved; nil where there is nothing.
	Load() []byte
	// Save keeps data as a whole or not at all. It is not told why it could not:
	// the next run reads it all again.
	Save(data []byte)
}

// Read reads the history of a portfolio.
func Read(ctx context.Context, repo *git.Repo, o Options) (*History, error) {
	r := &reader{repo: repo, o: o, store: newStore()}
	if repo.Shallow { // where its history is cut off, commits seem to have no parents
		o.Cache = nil
	}
	if o.Cache != nil {
		saved := o.Cache.Load()
		r.read(unpacked * len(saved))
		r.store.load(saved, o.Tool)
	}
	if o.Commit != "" {
		if err := r.commits(ctx); err != nil {
			return nil, err
		}
	}
	h, missing := r.replay()
	if len(missing) > 0 {
		err := r.extract(ctx, func(want func(string) error) error {
			for _, id := range missing {
				if err := want(id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		h, _ = r.replay()
	}
	if o.Cache != nil && r.store.grown {
		o.Cache.Save(r.store.save(o.Tool))
	}
	return h, nil
}

// unpacked is how many times its saved form a store takes in memory.
const unpacked = 8

// reader is one call of Read.
type reader struct {
	repo  *git.Repo
	o     Options
	store *store
	chain []*record // newest first
}

func (r *reader) read(bytes int) {
	if r.o.OnRead != nil {
		r.o.OnRead(bytes)
	}
}

// commits fills the chain: from git until a commit is known, then from the store.
// The blobs of the preferred folder are read meanwhile, for nearly all versions
// need them.
func (r *reader) commits(ctx context.Context) error {
	var (
		fresh []*record
		known = r.store.commits[r.o.Commit]
	)
	if known == nil {
		err := r.extract(ctx, func(want func(string) error) error {
			return r.repo.Log(ctx, r.o.Commit, r.o.Folder, func(c *git.Commit) error {
				if known = r.store.commits[c.Hash]; known != nil {
					return git.Stop
				}
				rec := r.record(c)
				fresh = append(fresh, rec)
				for _, change := range rec.changes {
					if change.blob != "" && r.preferred(change.path) && !r.excluded(change.path) {
						if err := want(change.blob); err != nil {
							return err
						}
					}
				}
				return nil
			})
		})
		if err != nil {
			return err
		}
		if err := r.mergedReasons(ctx, fresh, known); err != nil {
			return err
		}
		r.store.add(fresh)
	}
	r.chain = fresh
	for ; known != nil && len(r.chain) < len(r.store.commits); known = r.store.commits[known.parent] {
		r.chain = append(r.chain, known)
	}
	if oldest := r.chain[len(r.chain)-1]; known != nil || oldest.parent != "" { // the cache has a circle, or a hole: do without it
		if len(fresh) == len(r.chain) {
			return fmt.Errorf("read history: git does not know the parent of %s", oldest.hash)
		}
		r.store = newStore()
		return r.commits(ctx)
	}
	return nil
}

// mergedReasons asks for the messages of merged commits where there are merges
// that changed something.
func (r *reader) mergedReasons(ctx context.Context, fresh []*record, known *record) error {
	if !slices.ContainsFunc(fresh, func(c *record) bool { return len(c.others) > 0 && len(c.changes) > 0 }) {
		return nil
	}
	var without []string
	if known != nil {
		without = []string{known.hash}
	}
	var all []git.Message
	err := r.repo.Messages(ctx, fresh[0].hash, without, func(m git.Message) error {
		if !mentionsReason(m.Text) {
			m.Text = ""
		}
		all = append(all, m)
		return nil
	})
	merged(fresh, all)
	return err
}

// record keeps of a commit what can matter.
func (r *reader) record(c *git.Commit) *record {
	rec := &record{hash: c.Hash, day: cal.DateOf(c.Time), author: c.Author, reasons: reasonsIn(c.Message)}
	if len(c.Parents) > 0 {
		rec.parent, rec.others = c.Parents[0], c.Parents[1:]
	}
	for _, change := range c.Changes {
		if r.readable(change.Path) {
			rec.changes = append(rec.changes, changed{change.Path, change.Blob})
		}
	}
	return rec
}

// readable reports whether the loader would read a path: a YAML file below the
// folder, with no part of its path that begins with a dot.
func (r *reader) readable(name string) bool {
	if !source.Named(name) {
		return false
	}
	rest, ok := below(name, r.o.Folder)
	return ok && !strings.HasPrefix(rest, ".") && !strings.Contains(rest, "/.")
}

func (r *reader) preferred(name string) bool {
	_, ok := below(name, path.Join(r.o.Folder, r.o.Preferred))
	return ok
}

func (r *reader) excluded(name string) bool {
	return slices.ContainsFunc(r.o.Exclude, func(folder string) bool {
		_, ok := below(name, folder)
		return ok
	})
}

// below is a path from a folder, if it lies below it.
func below(name, folder string) (rest string, ok bool) {
	if folder == "" {
		return name, true
	}
	rest, ok = strings.CutPrefix(name, folder)
	if !ok || !strings.HasPrefix(rest, "/") {
		return "", false
	}
	return rest[1:], true
}
