package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/progctl/progctl/pkg/render"
)

// writeFolder writes a file for each table as CSV after RFC 4180, UTF-8 with a header,
// and datapackage.json, which says what is in them (Frictionless Data Package v1,
// Tabular Data Package profile).
func writeFolder(ctx context.Context, path string, s *Source) error {
	tables, err := s.tables()
	if err != nil {
		return err
	}
	var files []written
	for _, t := range tables {
		f, err := writeTable(ctx, filepath.Join(path, t.name+".csv"), t)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	text, err := descriptor(s, tables, files)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(path, descriptorName), text, 0o644)
}

// written is what became of a table.
type written struct {
	bytes int64
	hash  string // SHA-256, in hexadecimal
}

func writeTable(ctx context.Context, name string, t *table) (written, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return written{}, err
	}
	count := &counter{sum: sha256.New()}
	buffer := bufio.NewWriterSize(io.MultiWriter(f, count), 1<<16)
	err = writeRows(ctx, buffer, t)
	if err == nil {
		err = buffer.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return written{count.n, hex.EncodeToString(count.sum.Sum(nil))}, err
}

// counter counts and hashes what goes through it.
type counter struct {
	n   int64
	sum hash.Hash
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.sum.Write(p)
}

// often is after how many rows one looks whether the user gave up.
const often = 4096

func writeRows(ctx context.Context, w io.Writer, t *table) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(t.columns))
	for i, c := range t.columns {
		record[i] = c.name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	n := 0
	for row, err := range t.rows {
		if err != nil {
			return err
		}
		if n++; n%often == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(row) != len(t.columns) {
			return fmt.Errorf("table %s: a row has %d values for %d columns", t.name, len(row), len(t.columns))
		}
		for i, value := range row {
			if s, ok := value.(string); ok {
				record[i] = render.CSVCell(s)
			} else {
				record[i] = plain(value)
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
