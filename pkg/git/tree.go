package git

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Tree is what a commit holds below a folder, as a file system. Symbolic links
// are followed by Stat alone, and only inside the tree. A submodule is a folder
// that holds nothing but an empty file .git. It is safe for concurrent use.
type Tree struct {
	repo   *Repo
	ctx    context.Context //nolint:containedctx // fs.FS has no place for it
	commit string
	nodes  map[string]*node
	texts  map[string][]byte // of blobs that were read ahead, by hash
}

// node is a file or a folder.
type node struct {
	name string // its last part
	mode fs.FileMode
	blob string
	kids []*node // of a folder, by name
}

// Tree lists what a commit holds below a folder (slash-separated, from the top,
// "" for all). The texts of files are read when they are asked for, by a process
// of git each; see ReadAhead.
func (r *Repo) Tree(ctx context.Context, commit, folder string) (*Tree, error) {
	args := []string{"ls-tree", "-r", "-z", "--full-tree", commit}
	if folder != "" {
		args = append(args, "--", ":(top,literal)"+folder+"/")
	}
	out, err := r.run(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", commit, err)
	}
	t := &Tree{repo: r, ctx: ctx, commit: commit, nodes: map[string]*node{".": {name: ".", mode: fs.ModeDir | 0o555}}, texts: map[string][]byte{}}
	for record := range strings.SplitSeq(string(out), "\x00") {
		info, name, ok := strings.Cut(record, "\t") // mode type hash, then the path
		f := strings.Fields(info)
		if !ok || len(f) != 3 {
			continue
		}
		if folder != "" { // which may be a submodule itself
			name = strings.TrimPrefix(strings.TrimPrefix(name, folder), "/")
		}
		switch f[0] {
		case "120000":
			t.add(name, fs.ModeSymlink|0o777, f[2])
		case "160000":
			t.add(path.Join(name, ".git"), 0o444, "")
		default:
			t.add(name, 0o444, f[2])
		}
	}
	for _, n := range t.nodes {
		slices.SortFunc(n.kids, func(a, b *node) int { return strings.Compare(a.name, b.name) })
	}
	return t, nil
}

// ReadAhead reads the texts of all files that are wanted (by their paths in the
// tree) in one go. Of a tree that is in use already it must not be called.
func (t *Tree) ReadAhead(ctx context.Context, want func(path string) bool) error {
	var ids []string
	texts := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(t.nodes)) {
		n := t.nodes[name]
		_, read := t.texts[n.blob]
		_, asked := texts[n.blob]
		if n.mode.IsRegular() && n.blob != "" && !read && !asked && want(name) {
			texts[n.blob] = nil
			ids = append(ids, n.blob)
		}
	}
	err := t.repo.Blobs(ctx, slices.Values(ids), func(id string, text []byte) error {
		texts[id] = text
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the files of %s: %w", t.commit, err)
	}
	maps.Copy(t.texts, texts)
	return nil
}

// Hash is that of the text of a file, "" where there is no such file.
func (t *Tree) Hash(name string) string {
	if n := t.nodes[name]; n != nil {
		return n.blob
	}
	return ""
}

func (t *Tree) add(name string, mode fs.FileMode, blob string) {
	n := &node{name: path.Base(name), mode: mode, blob: blob}
	t.nodes[name] = n
	for {
		name = path.Dir(name)
		if dir := t.nodes[name]; dir != nil {
			dir.kids = append(dir.kids, n)
			return
		}
		dir := &node{name: path.Base(name), mode: fs.ModeDir | 0o555, kids: []*node{n}}
		t.nodes[name] = dir
		n = dir
	}
}

// find is the node of a path, links not followed.
func (t *Tree) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n := t.nodes[name]
	if n == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// text is what a file holds. The caller must not change it.
func (t *Tree) text(n *node) ([]byte, error) {
	if n.blob == "" {
		return nil, nil
	}
	if text, ok := t.texts[n.blob]; ok {
		return text, nil
	}
	out, err := t.repo.run(t.ctx, "cat-file", "blob", n.blob)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// ReadFile returns what a file holds.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	n, err := t.find("read", name)
	if err != nil {
		return nil, err
	}
	if !n.mode.IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	text, err := t.text(n)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return bytes.Clone(text), nil
}

// ReadDir lists a folder, by name.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := t.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !n.mode.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	list := make([]fs.DirEntry, len(n.kids))
	for i, k := range n.kids {
		list[i] = fs.FileInfoToDirEntry(info{k, 0})
	}
	return list, nil
}

// Lstat describes a path, a link as such.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) {
	n, err := t.find("lstat", name)
	if err != nil {
		return nil, err
	}
	return info{n, 0}, nil
}

// ReadLink returns what a symbolic link says.
func (t *Tree) ReadLink(name string) (string, error) {
	n, err := t.find("readlink", name)
	if err != nil {
		return "", err
	}
	if n.mode.Type() != fs.ModeSymlink {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	text, err := t.text(n)
	return string(text), err
}

// Stat describes what a path leads to.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	for range 40 { // links that a system follows before it gives up
		n, err := t.find("stat", name)
		if err != nil {
			return nil, err
		}
		if n.mode.Type() != fs.ModeSymlink {
			return info{n, 0}, nil
		}
		target, err := t.ReadLink(name)
		if err != nil {
			return nil, err
		}
		if name = path.Join(path.Dir(name), target); path.IsAbs(target) {
			break
		}
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// Open opens a file or a folder.
func (t *Tree) Open(name string) (fs.File, error) {
	n, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.mode.IsDir() {
		list, err := t.ReadDir(name)
		return &openFile{info: info{n, 0}, entries: list}, err
	}
	text, err := t.text(n)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{info: info{n, int64(len(text))}, text: bytes.NewReader(text)}, nil
}

// info describes a node. Only an open file knows its size.
type info struct {
	*node
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }

// openFile is an open file, or an open folder.
type openFile struct {
	info    info
	text    *bytes.Reader
	entries []fs.DirEntry
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

func (f *openFile) Read(p []byte) (int, error) {
	if f.text == nil {
		return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: fs.ErrInvalid}
	}
	return f.text.Read(p)
}

func (f *openFile) ReadDir(n int) ([]fs.DirEntry, error) {
	list := f.entries
	if n > 0 {
		if len(list) == 0 {
			return nil, io.EOF
		}
		list = list[:min(n, len(list))]
	}
	f.entries = f.entries[len(list):]
	return list, nil
}
