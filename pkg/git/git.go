// Package git asks the git binary about a repository: its work tree, the files
// of a revision as a file system, its history. It knows nothing of portfolios.
// Nothing here writes: not the work tree, not the index, not refs, not
// configuration.
package git

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// ErrNoRepository means that the folder lies in no git repository.
var ErrNoRepository = errors.New("not in a git repository")

// Repo is a repository.
type Repo struct {
	// Top is the work tree's top folder, as an absolute path of the system; empty
	// in a bare repository.
	Top string
	// Store is where objects and refs lie, shared by all work trees of the
	// repository, as an absolute path of the system.
	Store string
	// Shallow says that history is cut off: what is older than the cut looks as
	// if it came with the oldest commit.
	Shallow bool

	dir string
}

// Open finds the repository around a folder. It returns ErrNoRepository where
// there is none, and git's own reason where there is one that it does not read.
func Open(ctx context.Context, dir string) (*Repo, error) {
	r := &Repo{dir: dir}
	out, err := r.run(ctx, "rev-parse", "--path-format=absolute", "--git-common-dir",
		"--is-shallow-repository", "--is-bare-repository", "--show-toplevel")
	lines := strings.Split(string(out), "\n")
	bare := len(lines) > 2 && lines[2] == "true" // which has no top level, and git fails to tell it
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case bare:
	case err != nil && strings.Contains(err.Error(), "not a git repository (or any"): // where a file .git leads to none, it says less
		return nil, fmt.Errorf("%s: %w", dir, ErrNoRepository)
	case err != nil:
		return nil, fmt.Errorf("ask git about %s: %w", dir, err)
	case len(lines) != 5: // a line end in the name of a folder counts for one
		return nil, fmt.Errorf("git rev-parse in %s answered %q", dir, out)
	default:
		r.Top = filepath.FromSlash(lines[3])
	}
	r.Store, r.Shallow = filepath.FromSlash(lines[0]), lines[1] == "true"
	return r, nil
}

// run runs git in the folder and returns what it prints, which may be the
// beginning of an answer where it fails.
func (r *Repo) run(ctx context.Context, args ...string) ([]byte, error) {
	var out bytes.Buffer
	cmd := r.command(ctx, args...)
	cmd.Stdout = &out
	err := wait(cmd, cmd.Start())
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.Bytes(), err
}

// command is git in the folder. Locale, prompts, optional locks, file system
// monitors, replaced objects, grafts and the network are off, so that the answer
// is the same everywhere and nothing is written, started or fetched.
func (r *Repo) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{
		"-C", r.dir, "--no-optional-locks", "--no-replace-objects",
		"-c", "core.quotePath=false", "-c", "core.fsmonitor=false",
		"-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "i18n.logOutputEncoding=UTF-8",
		"-c", "log.follow=false", "-c", "diff.orderFile=/dev/null", "-c", "advice.graftFileDeprecated=false",
	}, args...)...)
	cmd.Env = append(environment(), "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", // the second is for versions before 2.45
		"GIT_GRAFT_FILE=/dev/null")
	cmd.Stderr = new(bytes.Buffer)
	cmd.WaitDelay = time.Second // for what git started, a filter say, and what holds its output open when it is killed
	return cmd
}

// wait waits for a command of a Repo to end and returns git's own words where it
// failed; started is what Start returned.
func wait(cmd *exec.Cmd, started error) error {
	err := started
	if err == nil {
		err = cmd.Wait()
	}
	if err == nil {
		return nil
	}
	if text := strings.TrimSpace(cmd.Stderr.(*bytes.Buffer).String()); text != "" {
		return missingObject(&failure{err, strings.TrimPrefix(text, "fatal: ")})
	}
	return err
}

// failure is how git ended, told in its own words.
type failure struct {
	error
	text string
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.error }

// errCut means that git ended in the middle of an answer; it says why itself.
var errCut = errors.New("git ended early")

// pipe runs git, feeds it and reads what it prints while it runs. Where read ends
// early, git is stopped, and what it then says does not matter.
func (r *Repo) pipe(ctx context.Context, args []string, write func(io.Writer) error, read func(io.Reader) error) error {
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := r.command(running, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	written := make(chan error, 1)
	if write != nil {
		in, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		go func() {
			err := write(in)
			written <- errors.Join(err, in.Close())
		}()
	} else {
		written <- nil
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readErr := read(out)
	if readErr != nil && !errors.Is(readErr, errCut) {
		cancel()
		_ = cmd.Wait()
		return readErr
	}
	if err := wait(cmd, nil); err != nil {
		return cmp.Or(ctx.Err(), err)
	}
	if readErr != nil {
		return readErr
	}
	return <-written
}

// environment is that of the process without what git sets for the hooks it
// runs: it would choose another repository than the folder's.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{
			"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
			"GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_IMPLICIT_WORK_TREE",
			"GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
		}, name)
	})
}
