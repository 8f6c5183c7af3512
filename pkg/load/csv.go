package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// readTables reads the CSV files that documents of a part name; beside tells the
// file that such a document lies in, from which the name of the CSV file counts.
func readTables(part *portfolio.Part, beside func(portfolio.CSVFile) (found, bool)) error {
	again := map[*source.File]func() ([]byte, error){}
	for _, c := range part.CSVFiles() {
		f, ok := beside(c)
		if !ok {
			continue
		}
		p := path.Join(path.Dir(f.path), c.Path)
		if d, missing := csvFinding(f, c, p); missing {
			part.Report(d)
			continue
		}
		file, whole, err := readTable(part, c, f.tree, p)
		if err != nil {
			return fmt.Errorf("read %s: %w", f.tree.Name(p), reason(err))
		}
		again[file] = whole
	}
	if part.Clean() {
		for _, file := range part.Tables {
			file.Release(again[file])
		}
	}
	return nil
}

// readTable reads a CSV file of a part. Where that may be a large one, which a ledger
// has, it is read in parts; whole reads all of it.
func readTable(part *portfolio.Part, c portfolio.CSVFile, tree *Tree, p string) (file *source.File, whole func() ([]byte, error), err error) {
	opened, err := tree.FS.Open(p)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	info, err := opened.Stat()
	if err != nil {
		return nil, nil, err
	}
	if tree.OnRead != nil {
		tree.OnRead(int(min(info.Size(), c.MaxBytes)))
	}
	whole = func() ([]byte, error) { return readBounded(tree.FS, p, c.MaxBytes) }
	parts, inParts := opened.(io.ReaderAt)
	if size := info.Size(); inParts && c.MaxBytes > source.MaxFileBytes {
		var failed error
		file = source.FileAt(tree.Name(p), parts, size, func() (text []byte, err error) {
			text, failed = whole()
			return text, failed
		})
		part.ReadCSV(c, file)
		return file, whole, failed
	}
	text, err := readUpTo(opened, c.MaxBytes)
	if err != nil {
		return nil, nil, err
	}
	file = &source.File{Name: tree.Name(p), Text: text}
	if c.MaxBytes > source.MaxFileBytes { // which is read in parallel
		file = source.FileAt(file.Name, bytes.NewReader(text), int64(len(text)), func() ([]byte, error) { return text, nil })
	}
	part.ReadCSV(c, file)
	return file, whole, nil
}

// readBounded reads a file, of one that is larger than the bound just enough to see
// that it is.
func readBounded(tree fs.FS, p string, bound int64) ([]byte, error) {
	f, err := tree.Open(p)
	if err != nil {
		return nil, err
	}
	text, err := readUpTo(f, bound)
	return text, errors.Join(err, f.Close())
}

// readUpTo reads a file as readBounded does.
func readUpTo(f fs.File, bound int64) ([]byte, error) {
	var text bytes.Buffer
	if info, err := f.Stat(); err == nil { // or it grows while it is read
		text.Grow(int(min(info.Size(), bound)) + bytes.MinRead)
	}
	_, err := text.ReadFrom(io.LimitReader(f, bound+1))
	return text.Bytes(), err
}

// csvFinding reports a CSV file that cannot be read because of what the document
// says: it must be a file of the same tree, at p. As elsewhere, symbolic links are
// not followed.
func csvFinding(f found, c portfolio.CSVFile, p string) (d diag.Diagnostic, broken bool) {
	d = diag.Diagnostic{Code: "REF011", Severity: diag.Error, Subject: c.Subject, Key: "csv"}
	info, err := fs.Lstat(f.tree.FS, p)
	switch {
	case path.IsAbs(c.Path) || !fs.ValidPath(p):
		d.Message = fmt.Sprintf("%s: CSV file %q lies outside of the repository", c.Entity, c.Path)
		d.Detail = "put it beside the document and name it from there, such as people.csv"
	case errors.Is(err, fs.ErrNotExist):
		d.Message = fmt.Sprintf("%s: CSV file %q does not exist", c.Entity, c.Path)
		d.Detail = fmt.Sprintf("add %s, or correct its name, which counts from the folder of the document", f.tree.Name(p))
	case err != nil:
		d.Message = fmt.Sprintf("%s: CSV file %q cannot be read: %v", c.Entity, c.Path, reason(err))
	case !info.Mode().IsRegular():
		d.Message = fmt.Sprintf("%s: CSV file %q is a folder or a link", c.Entity, c.Path)
		d.Detail = "name the file itself; symbolic links are not followed"
	default:
		return d, false
	}
	d.Location = new(source.Locator).Locate(c.At)
	return d, true
}

// filesOf are the files of parts, by name; a CSV file that several documents name is
// there once.
func filesOf(parts []portfolio.Part) []File {
	var files []File
	tables := map[string]bool{}
	for _, p := range parts {
		of := File{File: p.File, Documents: p.Documents}
		for _, f := range p.Tables {
			of.Tables = append(of.Tables, f.Name)
			if !tables[f.Name] {
				tables[f.Name] = true
				files = append(files, File{File: f})
			}
		}
		files = append(files, of)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}
