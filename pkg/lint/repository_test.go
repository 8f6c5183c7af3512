package lint_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/history"
)

// version is a commit of a repository whose portfolio is one file, doc.yaml.
type version struct {
	day     string // of the commit
	text    string // of the file
	message string
}

// historyOf commits versions into a fresh repository and reads its history; the
// work tree holds what it says, nil the last version.
func historyOf(t *testing.T, versions []version, workTree *string, asOf cal.Date) *history.History {
	t.Helper()
	ctx := t.Context()
	dir := t.TempDir()
	runGit(t, dir, "", "init", "-q", "-b", "main")
	var stream strings.Builder
	for _, v := range versions {
		message := cmp.Or(v.message, "A change\n")
		fmt.Fprintf(&stream, "commit refs/heads/main\n")
		for _, who := range []string{"author", "committer"} {
			fmt.Fprintf(&stream, "%s Ada <ada@example.org> %d +0000\n", who, cal.MustDate(v.day).Time().Unix()+12*60*60)
		}
		fmt.Fprintf(&stream, "data %d\n%s\n", len(message), message)
		fmt.Fprintf(&stream, "M 100644 inline doc.yaml\ndata %d\n%s\n", len(v.text), v.text)
	}
	runGit(t, dir, stream.String(), "fast-import", "--quiet")
	repo, err := git.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	o := history.Options{AsOf: asOf}
	if o.Commit, err = repo.Resolve(ctx, "main"); err != nil {
		t.Fatal(err)
	}
	if workTree != nil {
		o.WorkTree = []history.File{{Path: "doc.yaml", Text: []byte(*workTree)}}
	}
	h, err := history.Read(ctx, repo, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// runGit runs git in a folder, apart from what the machine and the user configured.
func runGit(t *testing.T, dir, input string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", append([]string{"-C", dir}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
