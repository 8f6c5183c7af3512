package git

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBlame(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("p/a [1]", "one\ntwo\nthree\n\tfour\n")
	first := r.commit(1)
	r.write("p/a [1]", "one\ntwo and more\nthree\n\tfour\n")
	second := r.commit(2)
	r.write("p/a [1]", "one\ntwo and more\n3\n\tfour\n")
	ctx := context.Background()
	for _, c := range []struct {
		name, dir, commit string
		lines             []int
		want              map[int]string
	}{
		{"a commit", r.dir, second, []int{4, 2, 2, 1, 3}, map[int]string{1: first, 2: second, 3: first, 4: first}},
		{"an older one", r.dir, first, []int{2}, map[int]string{2: first}},
		{"the work tree, of which a line is not committed", r.dir, "", []int{2, 3}, map[int]string{2: second}},
		{"from below the top", filepath.Join(r.dir, "p"), second, []int{2}, map[int]string{2: second}},
	} {
		got, err := open(t, c.dir).Blame(ctx, c.commit, "p/a [1]", c.lines)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	many := make([]int, 500)
	for i := range many {
		many[i] = i%4 + 1
	}
	if got, err := open(t, r.dir).Blame(ctx, second, "p/a [1]", many); err != nil || len(got) != 4 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := open(t, r.dir).Blame(ctx, second, "p/b", []int{1}); err == nil {
		t.Error("a file that is not there has lines")
	}
	bare := filepath.Join(t.TempDir(), "b.git")
	r.git("clone", "-q", "--bare", ".", bare)
	if got, err := open(t, bare).Blame(ctx, second, "p/a [1]", []int{2}); err != nil || got[2] != second {
		t.Errorf("bare: %v, %v", got, err)
	}
}
