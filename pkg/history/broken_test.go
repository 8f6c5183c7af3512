package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unclosed cannot be read, for what stands in its third line.
const unclosed = "kind: Program\nmetadata: {name: a}\nspec: [\n"

// A version of a file that cannot be read is told, and the one before it counts
// on.
func TestBroken(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	var hashes []string
	commit := func(changes files) {
		hashes = append(hashes, r.commit(len(hashes)+1, "Slip-Reason: x", changes))
	}
	commit(files{"a.yaml": one("2026-03-01"), "b.yaml": unclosed})
	commit(files{"a.yaml": unclosed})
	commit(files{"c.yaml": document("c", "active", "2026-06-01")}) // nothing new is told
	commit(files{"a.yaml": unclosed + "# still\n"})
	commit(files{"a.yaml": one("2026-03-01")}) // back, and it never moved
	commit(files{"a.yaml": "<<<<<<< HEAD\n" + one("2026-03-02") + "=======\n" + one("2026-03-03") + ">>>>>>> x\n"})
	commit(files{"a.yaml": one("2026-03-03"), "b.yaml": document("b", "active", "2026-06-01")})
	commit(files{"a.yaml": "kind: Program\n\xff\n", "b.yaml": strings.Repeat("[", 200) + strings.Repeat("]", 200)})
	commit(files{"a.yaml": "", "b.yaml": ""}) // gone while broken
	commit(files{"a.yaml": "\t- x: y", "c.yaml": "kind: Program\r\rx"})
	h := r.read(Options{})
	want(t, h,
		"a: 1 2026-06-01 (x), 9 2026-06-01 gone (x)",
		"a/m: 1 2026-03-01 (x), 7 2026-03-03 (x), 9 2026-03-03 gone (x)",
		"b: 7 2026-06-01 (x), 9 2026-06-01 gone (x)",
		"c: 3 2026-06-01 (x)",
	)
	var places []string
	for _, s := range h.Skipped {
		position, reason, _ := strings.Cut(s.Reason, ": ")
		if reason == "" {
			t.Errorf("no reason in %q", s.Reason)
		}
		for i, hash := range hashes {
			if hash == s.Commit {
				places = append(places, fmt.Sprintf("%d %s:%s", i+1, s.File, position))
			}
		}
	}
	if diff := cmp.Diff([]string{"1 b.yaml:3:7", "2 a.yaml:3:7", "4 a.yaml:3:7", "6 a.yaml:1:1", "8 a.yaml:2:1", "8 b.yaml:1:101", "10 a.yaml:1:1", "10 c.yaml:1:14"}, places); diff != "" {
		t.Errorf("skipped (-want +got):\n%s\n%q", diff, h.Skipped)
	}
}

// Where a broken file is renamed, nobody can tell what is in it: what it was is
// gone, and comes back with the file. It has moved only if its date has.
func TestBrokenAndRenamed(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01"), "b.yaml": document("b", "active", "2026-06-01")})
	r.commit(2, "broken", files{"a.yaml": unclosed})
	r.commit(3, "renamed", files{"a.yaml": "", "c.yaml": unclosed})
	r.commit(4, "mended", files{"c.yaml": one("2026-03-01")})
	r.commit(5, "renamed and broken", files{"b.yaml": "", "d.yaml": unclosed})
	r.commit(6, "mended", files{"d.yaml": document("b", "active", "2026-06-09")})
	h := r.read(Options{})
	want(t, h,
		"a: 1 2026-06-01, 3 2026-06-01 gone, 4 2026-06-01",
		"a/m: 1 2026-03-01, 3 2026-03-01 gone, 4 2026-03-01",
		"b: 1 2026-06-01, 5 2026-06-01 gone, 6 2026-06-09",
	)
	if len(h.Skipped) != 3 {
		t.Errorf("skipped %q", skips(h))
	}
}

// Two broken files that swap names, and one that is copied onto another.
func TestBrokenAndSwapped(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	a, b := one("2026-03-01"), document("b", "active", "2026-06-01")
	r.commit(1, "x", files{"a.yaml": a, "b.yaml": b})
	r.commit(2, "one of them swapped and broken", files{"a.yaml": b, "b.yaml": unclosed})
	r.commit(3, "mended", files{"b.yaml": a})
	h := r.read(Options{})
	want(t, h, // b.yaml counts on with b: it is there twice, for a while
		"a: 1 2026-06-01, 2 2026-06-01 gone, 3 2026-06-01",
		"a/m: 1 2026-03-01, 2 2026-03-01 gone, 3 2026-03-01",
		"b: 1 2026-06-01",
	)
	if len(h.Skipped) != 1 {
		t.Errorf("skipped %q", skips(h))
	}
}

// What other rules would refuse is judged by what it says.
func TestRefusedButReadable(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	for i, text := range []string{
		"kind: Program\nmetadata: {name: a}\nspec: {status: actve, due: 2026-03-01, dew: 5, milestones: [{id: m, due: 2026-03-01}]}\n",
		"apiVersion: v9\nkind: Program\nmetadata: {name: a, extra: 1}\nspec: {status: approved, due: 2026-03-02}\n---\nkind: Nonsense\nspec: 5\n---\n- a list\n---\ntext\n---\nkind: Program\n",
		"kind: Program\nmetadata: {name: A b}\nspec: {due: 2026-03-03}\n---\nkind: Program\nmetadata: {}\nspec: {due: 2026-03-03}\n---\nkind: Program\nmetadata: text\nspec: {due: 2026-03-04}\n",
		"kind: Program\nmetadata: {name: a}\nspec: {due: 2026-03-04, due: 2026-03-05}\n",
	} {
		r.commit(i+1, "x", files{"a.yaml": text})
	}
	h := r.read(Options{})
	want(t, h,
		"A b: 3 2026-03-03 draft, 4 2026-03-03 draft gone",
		"a: 1 2026-03-01 draft, 2 2026-03-02, 3 2026-03-02 gone, 4 2026-03-05 draft",
		"a/m: 1 2026-03-01 draft, 2 2026-03-01 draft gone",
	)
	if len(h.Skipped) > 0 {
		t.Errorf("skipped %q", skips(h))
	}
}

// A file beyond the bounds is not read, however large.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01")})
	r.commit(2, "x", files{"a.yaml": one("2026-03-02") + strings.Repeat("# "+strings.Repeat("x", 1022)+"\n", 17<<10)})
	r.commit(3, "x", files{"a.yaml": one("2026-03-03")})
	h := r.read(Options{})
	want(t, h, "a: 1 2026-06-01", "a/m: 1 2026-03-01, 3 2026-03-03")
	if len(h.Skipped) != 1 || !strings.Contains(h.Skipped[0].Reason, "too large") {
		t.Errorf("skipped %q", skips(h))
	}
}
