package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Commit is a commit of a first-parent history.
type Commit struct {
	Hash    string
	Parents []string // the first is the one before it in the history
	Time    time.Time
	Author  string // name
	Message string // as a whole, subject and body
	// Changes are the files that differ from those of the first parent; all of its
	// own for a commit without one. A rename is a file that went and one that came.
	Changes []Change
}

// Change is what a commit did to a path.
type Change struct {
	Path string // from the top of the repository
	// Blob is the full hash of what the file holds now; empty where there is no
	// file any more, or something that is none: a symbolic link, a submodule.
	Blob string
}

// Stop ends Log without an error where the function given to it returns it.
var Stop = errors.New("stop") //nolint:errname,staticcheck // a signal, as fs.SkipAll is

// Log reads the first-parent history of a commit, newest first. With a folder
// (slash-separated, from the top), changes are those below it; all commits come
// nevertheless. An error that yield returns ends it.
func (r *Repo) Log(ctx context.Context, commit, folder string, yield func(*Commit) error) error {
	args := []string{
		"log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-relative", "--raw", "-z", "--no-abbrev",
		"--no-color", "--no-notes", "--format=%H%x00%P%x00%ct%x00%an%x00%B",
	}
	if folder == "" {
		args = append(args, commit, "--")
	} else { // sparse: with commits that touch nothing below the folder
		args = append(args, "--full-history", "--sparse", commit, "--", ":(top,literal)"+folder)
	}
	err := r.pipe(ctx, args, nil, func(out io.Reader) error {
		l := logReader{in: bufio.NewReaderSize(out, 64<<10)}
		for {
			c, err := l.next()
			if c == nil || err != nil {
				return err
			}
			if err := yield(c); err != nil {
				return err
			}
		}
	})
	if err == nil || errors.Is(err, Stop) {
		return nil
	}
	return fmt.Errorf("read history: %w", err)
}

// logReader takes the answer of git log apart. Fields end with a NUL, which no
// name and no message can hold. Each commit has five; each of its changes then has
// two, the first of which begins with a colon, after a line end where it is the
// first change of all.
type logReader struct {
	in *bufio.Reader
	// ahead is a field that was read and not used.
	ahead   string
	pending bool
}

func (l *logReader) field() (string, error) {
	if l.pending {
		l.pending = false
		return l.ahead, nil
	}
	text, err := l.in.ReadString(0)
	if err != nil {
		if errors.Is(err, io.EOF) && text != "" {
			err = errCut
		}
		return "", err
	}
	return text[:len(text)-1], nil
}

// cut is what an end means where something is to follow.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return errCut
	}
	return err
}

// next returns nil at the end.
func (l *logReader) next() (*Commit, error) {
	hash, err := l.field()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	var rest [4]string
	for i := range rest {
		if err == nil {
			rest[i], err = l.field()
		}
	}
	if err != nil {
		return nil, cut(err)
	}
	c := &Commit{
		Hash: hash, Parents: strings.Fields(rest[0]), Time: clock(rest[1]), Author: rest[2],
		Message: strings.TrimRight(rest[3], "\n"),
	}
	for {
		header, err := l.field()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return nil, err
		}
		header = strings.TrimPrefix(header, "\n")
		if !strings.HasPrefix(header, ":") {
			l.ahead, l.pending = header, true
			return c, nil
		}
		path, err := l.field()
		if err != nil {
			return nil, cut(err)
		}
		f := strings.Fields(header) // :mode mode hash hash status
		if len(f) != 5 {
			return nil, fmt.Errorf("git log answered %q for a change", header)
		}
		change := Change{Path: path}
		if regular(f[1]) {
			change.Blob = f[3]
		}
		c.Changes = append(c.Changes, change)
	}
}

// clock reads the time of a commit. Where there is none, or one that no clock
// shows, it is 1970, as it is for git.
func clock(seconds string) time.Time {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		n = 0
	}
	return time.Unix(n, 0).UTC()
}

// regular tells the mode of a file, executable or not.
func regular(mode string) bool { return strings.HasPrefix(mode, "100") }

// Message is a commit of a history and what was said of it.
type Message struct {
	Hash    string
	Parents []string
	Time    time.Time
	Text    string
}

// Messages reads all commits that a commit comes from, by any parent, without
// those that the others come from, in the order of git log.
func (r *Repo) Messages(ctx context.Context, commit string, without []string, yield func(Message) error) error {
	args := []string{"log", "-z", "--no-color", "--no-notes", "--format=%H%x00%P%x00%ct%x00%B", commit}
	for _, w := range without {
		args = append(args, "^"+w)
	}
	err := r.pipe(ctx, append(args, "--"), nil, func(out io.Reader) error {
		l := logReader{in: bufio.NewReaderSize(out, 64<<10)}
		for {
			var f [4]string
			for i := range f {
				text, err := l.field()
				if i == 0 && errors.Is(err, io.EOF) {
					return nil
				}
				if err != nil {
					return cut(err)
				}
				f[i] = text
			}
			if err := yield(Message{Hash: f[0], Parents: strings.Fields(f[1]), Time: clock(f[2]), Text: f[3]}); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	return nil
}
