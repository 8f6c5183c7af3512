package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// ErrMissingObject means that the repository does not hold an object that it
// should: it is a partial clone, which would have to fetch it, or it is damaged.
var ErrMissingObject = errors.New("an object is missing from the repository: if it is a partial clone, fetch the rest of it with " +
	"git -c remote.origin.partialCloneFilter= fetch --refetch, or clone without --filter")

// Blobs reads the blobs with the given hashes, in their order, through one
// process. The text is the callee's to keep. An error that yield returns ends it.
func (r *Repo) Blobs(ctx context.Context, ids iter.Seq[string], yield func(id string, text []byte) error) error {
	write := func(w io.Writer) error {
		b := bufio.NewWriter(w)
		for id := range ids {
			if _, err := b.WriteString(id + "\n"); err != nil {
				return err
			}
		}
		return b.Flush()
	}
	read := func(out io.Reader) error {
		b := bufio.NewReaderSize(out, 64<<10)
		for {
			header, err := b.ReadString('\n')
			if errors.Is(err, io.EOF) && header == "" {
				return nil
			}
			if err != nil {
				return cut(err)
			}
			id, text, err := blob(b, header)
			if err != nil {
				return err
			}
			if err := yield(id, text); err != nil {
				return err
			}
		}
	}
	return r.pipe(ctx, []string{"cat-file", "--batch", "--buffer"}, write, read)
}

// missingObject words what git says of an object that it may not fetch.
func missingObject(err error) error {
	text := err.Error()
	if strings.Contains(text, "transport '") || strings.Contains(text, "promisor") || strings.Contains(text, "lazy fetch") {
		return ErrMissingObject
	}
	return err
}

// blob reads what follows a header of cat-file: hash, type and size.
func blob(b *bufio.Reader, header string) (id string, text []byte, err error) {
	f := strings.Fields(header)
	switch {
	case len(f) == 2 && f[1] == "missing":
		return "", nil, fmt.Errorf("%s: %w", f[0], ErrMissingObject)
	case len(f) != 3:
		return "", nil, fmt.Errorf("git cat-file answered %q", header)
	}
	size, err := strconv.Atoi(f[2])
	if err != nil {
		return "", nil, fmt.Errorf("git cat-file answered %q", header)
	}
	text = make([]byte, size+1) // and a line end
	if _, err := io.ReadFull(b, text); err != nil {
		return "", nil, errCut
	}
	return f[0], text[:size:size], nil
}
