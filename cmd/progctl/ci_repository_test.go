package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/impact"
)

// ciMarker begins the comment on a pull request.
const ciMarker = "<!-- " + impact.Marker + " -->"

const (
	ciPolicy = `kind: Portfolio
metadata: {name: larkfield}
spec:
  levels: [{id: director, title: Director}]
  policy: {approvals: [{when: milestone.slip > 5d, requires: [vera]}]}
---
kind: Roster
metadata: {name: core}
spec:
  team: core
  people: [{id: vera, name: Vera Lind, role: director, level: director, start: 2020-01-01, handles: {github: vlind}}]
`
	ciProgram = `kind: Team
metadata: {name: core}
---
kind: Program
metadata: {name: recovery}
spec:
  team: core
  owner: core
  objective: Any region may fail.
  status: active
  start: 2026-01-05
  due: 2027-01-29
  milestones:
    - {id: soon, due: 2026-12-01}
    - {id: ga, due: 2027-01-15}
`
	overdue = "    - {id: old, due: 2026-11-13}\n"
	newer   = "    - {id: new, due: 2026-11-16}\n"
)

var ciMoved = strings.NewReplacer("2027-01-15", "2027-01-22, dueReason: the vendor is late")

// ciRepository is a repository with a change: on HEAD it is merged into main, as in
// the checkout of a pull request. Without a change, HEAD is main.
func ciRepository(t *testing.T, before, after map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	var stream strings.Builder // all commits in one process, since there are many repositories
	commit := func(branch, parents string, files map[string]string) {
		fmt.Fprintf(&stream, "commit refs/heads/%s\ncommitter Ada <ada@example.com> 1795176000 +0000\ndata 6\nchange\n%s", branch, parents)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(&stream, "M 100644 inline %s\ndata %d\n%s\n", name, len(files[name]), files[name])
		}
		stream.WriteString("\n")
	}
	head := "main"
	commit("main", "", before)
	if after != nil {
		head = "merged"
		commit("branch", "from refs/heads/main\n", after)
		commit("merged", "from refs/heads/main\nmerge refs/heads/branch\n", after)
	}
	stream.WriteString("reset refs/remotes/origin/main\nfrom refs/heads/main\n")
	for _, args := range [][]string{
		{"init", "--quiet", "--template=", "--initial-branch=none"},
		{"fast-import", "--quiet"},
		{"checkout", "--quiet", "--detach", head},
	} {
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), hermetic()...)
		cmd.Stdin = strings.NewReader(stream.String())
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	return dir
}

// ciPull is the payload of a pull request from a repository.
func ciPull(from string) map[string]any {
	return map[string]any{"ref": "refs/pull/7/merge", "pull_request": map[string]any{
		"number": 7, "base": map[string]any{"ref": "main"}, "head": map[string]any{"repo": map[string]any{"full_name": from}},
	}}
}
