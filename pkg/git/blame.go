package git

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// mostLines is how many lines of a file are asked for one by one; for more, git is
// asked for the whole file.
const mostLines = 200

// Blame returns, for lines of a file counted from 1, the full hash of the commit that
// last changed each. commit is the revision of the file, "" for the work tree, of which
// lines that are not committed are left out. file is its path from the top of the
// repository.
func (r *Repo) Blame(ctx context.Context, commit, file string, lines []int) (map[int]string, error) {
	args := []string{"-c", "blame.ignoreRevsFile=", "blame", "--line-porcelain", "--no-textconv"}
	if r.Top != "" { // where paths are counted from
		args = append([]string{"-C", r.Top}, args...)
	}
	lines = slices.Compact(slices.Sorted(slices.Values(lines)))
	if len(lines) <= mostLines {
		for _, n := range lines {
			args = append(args, "-L", fmt.Sprintf("%d,%d", n, n))
		}
	}
	if commit != "" {
		args = append(args, commit)
	}
	out, err := r.run(ctx, append(args, "--", file)...)
	if err != nil {
		return nil, fmt.Errorf("find the commits of the lines of %s: %w", file, err)
	}
	return blamed(out), nil
}

// blamed reads the answer of git blame: for each line a header, "HASH LINE LINE" and
// further ones, and the line itself after a tab.
func blamed(out []byte) map[int]string {
	of := map[int]string{}
	head := true
	for scan := bufio.NewReader(bytes.NewReader(out)); ; {
		line, err := scan.ReadString('\n')
		switch fields := strings.Fields(line); {
		case strings.HasPrefix(line, "\t"):
			head = true
		case head && len(fields) >= 3:
			head = false
			if n, bad := strconv.Atoi(fields[2]); bad == nil && strings.Trim(fields[0], "0") != "" {
				of[n] = fields[0]
			}
		}
		if err != nil {
			return of
		}
	}
}
