package git

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("a", "1")
	one := r.commitAs(1, "first\n\nfix: it")
	r.git("tag", "light")
	r.git("tag", "-a", "-m", "x", "annotated")
	r.git("tag", "-a", "-m", "x", "nested", "annotated")
	r.write("a", "2")
	r.write("HEAD", "a file called as a revision")
	r.write("light", "a file called as a tag")
	two := r.commitAs(2, "second")
	r.git("branch", "a")                 // a file, too
	r.git("branch", "light", "light")    // a tag, too: git takes the tag
	r.git("branch", "-f", "é/ü", one)    // not ASCII
	r.git("update-ref", "refs/x/y", one) // neither branch nor tag
	r.git("checkout", "-q", "--detach", one)
	repo := r.open()
	for _, c := range []struct{ revision, want string }{
		{"HEAD", one},
		{"@", one},
		{"main", two},
		{"main~1", one},
		{"main^", one},
		{"a", two},
		{"refs/x/y", one},
		{"light", one},
		{"annotated", one},
		{"nested", one},
		{"annotated^{}", one},
		{"heads/light", one},
		{"é/ü", one},
		{one, one},
		{one[:8], one},
		{strings.ToUpper(one[:8]), one},
		{"main@{0}", two},
		{":/fix", one},
		{"main^{/fir}", one},
		{"main^{commit}", two},
		{"main-1-g" + one[:10], one}, // as git describe says it
	} {
		if got, err := repo.Resolve(context.Background(), c.revision); err != nil || got != c.want {
			t.Errorf("%q: %q, %v, want %q", c.revision, got, err, c.want)
		}
	}
	for _, revision := range []string{
		"", "nope", "-x", "--all", "--", "--output=x", "--end-of-options", " ", "^main", "^", "main^!", "main^@", "main..a", "main...a", "..", "main^-",
		"main:", "main:a", ":a", "main^{tree}", "main~5", "main^2", ":/nothing says so", strings.Repeat("0", 40), strings.Repeat("1", 40),
		"main\nHEAD", "main\x00", "*", "@{u}",
	} {
		got, err := repo.Resolve(context.Background(), revision)
		if got != "" || !errors.Is(err, ErrUnknownRevision) || !strings.Contains(err.Error(), fmt.Sprintf("%q", revision)) {
			t.Errorf("%q: %q, %v", revision, got, err)
		}
	}
}

// A short hash that two commits share is unknown, and git says which they are.
func TestResolveAmbiguous(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1)
	tree := r.git("rev-parse", "HEAD^{tree}")
	var stream strings.Builder
	for i := range 600 { // of 65,536 beginnings two will be the same
		fmt.Fprintf(&stream, "commit refs/heads/many\ncommitter t <t@example.org> %d +0000\ndata 1\nx\nM 040000 %s \n", 1767225600+i, tree)
	}
	r.feed(stream.String(), "fast-import", "--quiet")
	seen := map[string]bool{}
	short := ""
	for hash := range strings.FieldsSeq(r.git("rev-list", "many")) {
		if seen[hash[:4]] {
			short = hash[:4]
		}
		seen[hash[:4]] = true
	}
	_, err := r.open().Resolve(context.Background(), short)
	if short == "" || !errors.Is(err, ErrUnknownRevision) || !strings.Contains(err.Error(), "ambiguous") {
		t.Errorf("%q: error %v", short, err)
	}
}

func TestLastBefore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	r := newRepository(t)
	repo := r.open()
	if hash, err := repo.LastBefore(ctx, january(1)); hash != "" || err == nil {
		t.Errorf("before the first commit: %q, %v", hash, err)
	}
	at := func(seconds int64, zone, branch, parents string) string {
		r.feed(fmt.Sprintf("commit refs/heads/%s\ncommitter t <t@example.org> %d %s\ndata 0\n%s\n", branch, seconds, zone, parents), "fast-import", "--quiet", "--force")
		return r.git("rev-parse", branch)
	}
	day := func(d int) int64 { return january(d).Unix() }
	a := at(day(5), "+0000", "main", "")                         // on the second
	b := at(day(8)-1, "-1100", "main", "from "+a)                // on the 7th in UTC, on the same day there
	late := at(day(30), "+0000", "main", "from "+b)              // by a clock that was wrong
	c := at(day(9)+3600, "+1400", "main", "from "+late)          // on the 9th in UTC
	side := at(day(10), "+0000", "side", "from "+a)              // merged later
	m := at(day(20), "+0000", "main", "from "+c+"\nmerge "+side) // first parent c
	for _, c := range []struct {
		before time.Time
		want   string
	}{
		{january(5), ""},
		{january(5).Add(1), a},
		{january(6), a},
		{january(8).Add(-time.Second), a},
		{january(8).Add(-1), b},
		{january(8), b},
		{january(9), b},
		{january(9).Add(time.Hour), b},
		{january(10), c},
		{january(15), c}, // not side, which main has only from the 20th on
		{january(20), c},
		{january(21), m},
		{january(31), m},
		{january(10).In(time.FixedZone("", 9*3600)), c},
		{time.Unix(0, 0), ""},
		{time.Time{}, ""},
		{time.Date(2150, 1, 1, 0, 0, 0, 0, time.UTC), m},
		{time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC), m},
	} {
		if got, err := repo.LastBefore(ctx, c.before); err != nil || got != c.want {
			t.Errorf("before %s: %q, %v, want %q", c.before, got, err, c.want)
		}
	}
}

func TestMergeBase(t *testing.T) {
	ctx := context.Background()
	r := newRepository(t)
	base := r.commit(1)
	r.git("checkout", "-q", "-b", "side")
	side := r.commit(2)
	r.git("checkout", "-q", "main")
	other := r.commit(3)
	r.git("checkout", "-q", "--orphan", "apart")
	apart := r.commitAs(4, "apart")
	t.Setenv("GIT_TRACE", "1") // so that git has something to say always
	repo := r.open()
	for _, c := range []struct{ a, b, want string }{{side, other, base}, {base, side, base}, {side, side, side}, {apart, side, ""}} {
		if got, err := repo.MergeBase(ctx, c.a, c.b); err != nil || got != c.want {
			t.Errorf("of %s and %s: %q, %v, want %q", c.a, c.b, got, err, c.want)
		}
	}
	if got, err := repo.MergeBase(ctx, side, strings.Repeat("1", 40)); err == nil {
		t.Errorf("of something that is none: %q", got)
	}
}

func TestRefs(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	if refs, err := r.open().Refs(context.Background()); err != nil || len(refs) > 0 {
		t.Errorf("before the first commit: %q, %v", refs, err)
	}
	hash := r.commit(1)
	for _, ref := range []string{"heads/a/b", "heads/main\u00a0x", "heads/v1", "tags/v1", "tags/v2", "remotes/origin/z", "notes/commits", "x/y"} {
		r.git("update-ref", "refs/"+ref, hash)
	}
	refs, err := r.open().Refs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a/b", "main", "main\u00a0x", "heads/v1", "origin/z", "tags/v1", "v2"}, refs); diff != "" {
		t.Errorf("refs (-want +got):\n%s", diff)
	}
}
