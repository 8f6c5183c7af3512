package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write makes an export at a path, which then holds all of it: it is made beside it,
// under a name that begins with a dot, and put in its place at the end. What is there
// is replaced if it is an earlier export of the format, and refused otherwise, since
// nobody wants to lose a file to a slip of the finger. A file that is none, such as
// /dev/stdout, is written to as it is; a symbolic link is followed.
func (f Format) Write(ctx context.Context, path string, s *Source) (err error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	info, err := os.Stat(path)
	there := err == nil
	if err := f.mayReplace(path, info, there); err != nil {
		return err
	}
	folder, base := filepath.Split(path)
	work, err := os.MkdirTemp(filepath.Clean(folder+"."), "."+base+".*")
	if err != nil {
		return plainCause(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	made := filepath.Join(work, "new")
	if f.folder {
		if err := os.Mkdir(made, 0o755); err != nil {
			return plainCause(err)
		}
	}
	if err := f.write(ctx, made, s); err != nil {
		return err
	}
	switch {
	case there && !f.folder && !info.Mode().IsRegular():
		return poured(made, path)
	case there && f.folder: // a folder cannot take the place of one with files in it
		return swapped(made, path, filepath.Join(work, "old"))
	case there:
		if err := os.Chmod(made, info.Mode().Perm()); err != nil {
			return plainCause(err)
		}
	}
	return plainCause(os.Rename(made, path))
}

// swapped puts a folder in the place of another.
func swapped(made, path, away string) error {
	if err := os.Rename(path, away); err != nil {
		return plainCause(err)
	}
	if err := os.Rename(made, path); err != nil {
		return errors.Join(plainCause(err), plainCause(os.Rename(away, path)))
	}
	return nil
}

// poured copies a file into one that is there: a pipe, a terminal.
func poured(made, path string) error {
	in, err := os.Open(made)
	if err != nil {
		return plainCause(err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return plainCause(err)
	}
	_, err = io.Copy(out, in)
	return errors.Join(plainCause(err), plainCause(out.Close()))
}

// mayReplace refuses what is no earlier export of the format.
func (f Format) mayReplace(path string, info fs.FileInfo, there bool) error {
	switch {
	case !there:
		return nil
	case f.folder && !info.IsDir():
		return fmt.Errorf("%s makes a folder, and that is a file", f.Name)
	case f.folder:
		return ownFolder(path)
	case info.IsDir():
		return fmt.Errorf("%s makes a file, and that is a folder", f.Name)
	case !info.Mode().IsRegular() || info.Size() == 0:
		return nil
	}
	in, err := os.Open(path)
	if err != nil {
		return plainCause(err)
	}
	defer func() { _ = in.Close() }()
	start := make([]byte, len(f.magic))
	if _, err := io.ReadFull(in, start); err != nil || string(start) != f.magic {
		return fmt.Errorf("there is a file that is no %s: delete it, or choose another name", f.Name)
	}
	return nil
}

// ownFolder refuses a folder with files that no earlier export made.
func ownFolder(path string) error {
	entries, err := os.ReadDir(path)
	if err != nil {
		return plainCause(err)
	}
	ours := map[string]bool{}
	var p dataPackage
	if text, err := os.ReadFile(filepath.Join(path, descriptorName)); err == nil && json.Unmarshal(text, &p) == nil && p.Progctl.Command != "" {
		ours[descriptorName] = true
		for _, r := range p.Resources {
			ours[r.Path] = true
		}
	}
	for _, e := range entries {
		if !ours[e.Name()] {
			return fmt.Errorf("there is a folder with %s, which no export made: empty it, or choose another name", e.Name())
		}
	}
	return nil
}

// plainCause is an error of the file system without the path, which names what nobody
// asked for.
func plainCause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}
