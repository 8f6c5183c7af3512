package history

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// one is a program of one milestone.
func one(due string) string { return document("a", "active", "2026-06-01", "m "+due) }

// A merge is the version: its day, its author, the reasons of all it brought.
func TestMerge(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01"), "b.yaml": document("b", "active", "2026-06-01", "m 2026-03-01")})
	r.branch("side", "main")
	r.commit(2, "move\n\nSlip-Reason(a/m): the vendor", files{"a.yaml": one("2026-03-02")})
	r.commit(3, "move again\n\nSlip-Reason: everything", files{"a.yaml": one("2026-03-03"), "b.yaml": document("b", "active", "2026-06-02", "m 2026-03-03")})
	merge := r.merge(4, "Merge branch 'side'\n\nSlip-Reason(b): of the merge", "side")
	h := r.read(Options{})
	want(t, h,
		"a: 1 2026-06-01",
		"a/m: 1 2026-03-01, 4 2026-03-03 (the vendor)",
		"b: 1 2026-06-01, 4 2026-06-02 (of the merge)",
		"b/m: 1 2026-03-01, 4 2026-03-03 (everything)",
	)
	if v := h.Versions[1]; v.Commit != merge || v.Day != cal.MustDate("2026-01-04") || h.Commits != 2 {
		t.Errorf("version %+v of %d commits", v, h.Commits)
	}
	want(t, r.read(Options{Commit: "side"}), // the same, from the branch
		"a: 1 2026-06-01",
		"a/m: 1 2026-03-01, 2 2026-03-02 (the vendor), 3 2026-03-03 (everything)",
		"b: 1 2026-06-01, 3 2026-06-02 (everything)",
		"b/m: 1 2026-03-01, 3 2026-03-03 (everything)",
	)
}

// A merge that changes what no side says, and one that keeps nothing of a side.
func TestEvilMerges(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01")})
	r.branch("side", "main")
	r.commit(2, "Slip-Reason: side", files{"x.yaml": document("x", "active", "2026-06-01")})
	r.git("checkout", "-q", "main")
	r.day = 3
	r.git("merge", "-q", "--no-ff", "--no-commit", "side")
	r.commit(3, "evil", files{"a.yaml": one("2026-03-09")})
	r.branch("lost", "main~1")
	r.commit(4, "Slip-Reason: lost", files{"a.yaml": one("2026-05-05")})
	r.git("checkout", "-q", "main")
	r.day = 5
	r.git("merge", "-q", "--no-ff", "-s", "ours", "-m", "ours", "lost")
	r.branch("after", "lost")
	r.commit(6, "Slip-Reason: after", files{"z.yaml": document("z", "active", "2026-06-01")})
	r.merge(7, "later", "after")
	r.commit(8, "x", files{"a.yaml": one("2026-03-10")})
	want(t, r.read(Options{}),
		"a: 1 2026-06-01",
		"a/m: 1 2026-03-01, 3 2026-03-09 (side), 8 2026-03-10",
		"x: 3 2026-06-01 (side)",
		"z: 7 2026-06-01 (after)", // and not lost, which came before
	)
}

func TestOctopus(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	text := func(name, due string) string { return document(name, "active", due) }
	r.commit(1, "x", files{"a.yaml": text("a", "2026-06-01"), "b.yaml": text("b", "2026-06-01"), "c.yaml": text("c", "2026-06-01")})
	for i, name := range []string{"a", "b", "c"} { // the newest is neither the first nor the last
		r.branch("side-"+name, "main")
		r.commit([]int{3, 5, 4}[i], "Slip-Reason: because of all in "+name+"\nSlip-Reason("+name+"): because of "+name, files{name + ".yaml": text(name, fmt.Sprintf("2026-06-0%d", i+2)), "x-" + name + ".yaml": text("x-"+name, "2026-06-01")})
	}
	r.merge(9, "octopus", "side-a", "side-b", "side-c")
	want(t, r.read(Options{}),
		"a: 1 2026-06-01, 9 2026-06-02 (because of a)",
		"b: 1 2026-06-01, 9 2026-06-03 (because of b)",
		"c: 1 2026-06-01, 9 2026-06-04 (because of c)",
		"x-a: 9 2026-06-01 (because of all in b)", // as in git log, the newest comes first
		"x-b: 9 2026-06-01 (because of all in b)",
		"x-c: 9 2026-06-01 (because of all in b)",
	)
}

// Reasons belong to the merge of the first-parent history that brought them, also
// through merges of merges, and through branches that merged main back.
func TestMergeOfAMerge(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	text := func(name, due string) files { return files{name + ".yaml": document(name, "active", due)} }
	r.commit(1, "x", text("main", "2026-06-01"))
	r.branch("inner", "main")
	r.commit(2, "Slip-Reason: inner", text("inner", "2026-06-01"))
	r.branch("outer", "main")
	r.commit(3, "Slip-Reason(outer): outer", text("outer", "2026-06-01"))
	r.day = 4
	r.git("merge", "-q", "--no-ff", "-m", "Slip-Reason(main): of the merge within", "inner")
	r.git("checkout", "-q", "main")
	r.commit(5, "Slip-Reason: main itself", text("main", "2026-06-05"))
	r.git("checkout", "-q", "outer")
	r.day = 6
	r.git("merge", "-q", "--no-ff", "-m", "main into outer", "main") // brings nothing that main does not have
	r.commit(7, "more", text("outer", "2026-06-07"))
	r.merge(8, "outer into main", "outer")
	r.git("checkout", "-q", "inner")
	r.commit(9, "Slip-Reason: inner, later", text("inner", "2026-06-09"))
	r.merge(10, "inner into main", "inner")
	want(t, r.read(Options{}),
		"inner: 8 2026-06-01 (inner), 10 2026-06-09 (inner, later)",
		"main: 1 2026-06-01, 5 2026-06-05 (main itself)",
		"outer: 8 2026-06-07 (outer)",
	)
	if got := r.read(Options{}).Versions[2].Reason(ID{"main", ""}); got != "of the merge within" {
		t.Errorf("reason of the merge within: %q", got)
	}
}

// A fast-forward has no merge: each commit is a version.
func TestFastForwardAndForeignHistory(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01")})
	r.branch("side", "main")
	r.commit(2, "Slip-Reason: two", files{"a.yaml": one("2026-03-02")})
	r.git("checkout", "-q", "main")
	r.git("merge", "-q", "--ff-only", "side")
	r.git("checkout", "-q", "--orphan", "foreign")
	r.git("rm", "-rqf", ".")
	r.commit(3, "Slip-Reason: foreign", files{"f.yaml": document("f", "active", "2026-06-01")})
	r.git("checkout", "-q", "main")
	r.day = 4
	r.git("merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", "merge", "foreign")
	h := r.read(Options{})
	want(t, h, "a: 1 2026-06-01", "a/m: 1 2026-03-01, 2 2026-03-02 (two)", "f: 4 2026-06-01 (foreign)")
	if h.Commits != 3 {
		t.Errorf("%d commits", h.Commits)
	}
}

// What git itself writes into the message of a squash has its trailers indented;
// what GitHub and GitLab write has them below bullets.
func TestSquash(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01")})
	r.branch("side", "main")
	r.commit(2, "first\n\nSlip-Reason(a/m): the vendor is late,\n  and so are we\nSigned-off-by: t", files{"a.yaml": one("2026-03-02")})
	r.commit(3, "second\n\nSlip-Reason: all of it", files{"a.yaml": document("a", "active", "2026-06-03", "m 2026-03-03")})
	r.git("checkout", "-q", "main")
	r.day = 4
	r.git("merge", "-q", "--squash", "side")
	r.git("commit", "-q", "--no-edit")
	r.commit(5, "Move it (#12)\n\n* first\n\n* Slip-Reason(a/m): bulleted\n\n---------\n\nCo-authored-by: t <t@example.org>", files{"a.yaml": one("2026-03-05")})
	want(t, r.read(Options{}),
		"a: 1 2026-06-01, 4 2026-06-03 (all of it), 5 2026-06-01",
		"a/m: 1 2026-03-01, 4 2026-03-03 (the vendor is late, and so are we), 5 2026-03-05 (bulleted)",
	)
}

// Dates are those of the commits, in UTC, whatever order and zone they have; their
// order is that of the history.
func TestDays(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	stream := ""
	for _, c := range []struct{ when, due string }{
		{"1767225600 +0000", "2026-03-01"},  // 2026-01-01
		{"1767311999 -1200", "2026-03-02"},  // 2026-01-01 23:59:59 in UTC
		{"1767312000 +1400", "2026-03-03"},  // 2026-01-02 in UTC
		{"1735689600 +0000", "2026-03-04"},  // 2025-01-01
		{"0 +0000", "2026-03-05"},           // 1970-01-01
		{"32503680000 +0000", "2026-03-06"}, // 3000-01-01
	} {
		text := one(c.due)
		stream += "commit refs/heads/main\nauthor Ada <a> 1600000000 +0000\ncommitter Bob <b> " + c.when + "\ndata 0\nM 100644 inline a.yaml\ndata <<END\n" + text + "END\n\n"
	}
	r.feed(stream, "fast-import", "--quiet")
	h := r.read(Options{Commit: "main"})
	var got []string
	for _, p := range h.Track(ID{"a", "m"}).Points {
		got = append(got, p.Version.Day.String()+" "+p.Due.String()+" "+p.Version.Author)
	}
	if diff := cmp.Diff([]string{
		"2026-01-01 2026-03-01 Ada", "2026-01-01 2026-03-02 Ada", "2026-01-02 2026-03-03 Ada", "2025-01-01 2026-03-04 Ada", "1970-01-01 2026-03-05 Ada", "3000-01-01 2026-03-06 Ada",
	}, got); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if h.First.String() != "2026-01-01" || h.Last.String() != "3000-01-01" {
		t.Errorf("from %v to %v", h.First, h.Last)
	}
}
