package history

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// What a program and a milestone are called is who they are: where they are
// written, and how, is nothing.
func TestIdentity(t *testing.T) {
	t.Parallel()
	a := document("a", "active", "2026-06-01", "m 2026-03-01", "n 2026-04-01")
	b := document("b", "active", "2026-07-01", "m 2026-03-02")
	r := newRepository(t)
	r.commit(1, "before it", files{"README.md": "x"})
	r.commit(2, "both in one file", files{"p.yaml": a + "---\n" + b})
	r.commit(3, "renamed", files{"p.yaml": "", "sub/q.yml": a + "---\n" + b})
	r.commit(4, "split", files{"sub/q.yml": "", "a.yaml": a, "b.yaml": b})
	r.commit(5, "swapped", files{"a.yaml": b, "b.yaml": a})
	r.commit(6, "moved into the other's file", files{"a.yaml": "", "b.yaml": b + "---\n# nothing\n---\n" + a})
	r.commit(7, "reordered", files{"b.yaml": "", "c.yaml": document("a", "active", "2026-06-01", "n 2026-04-01", "m 2026-03-01") + "---\n" + b})
	r.commit(8, "comments", files{"c.yaml": "# x\n" + a + "# y\n---\n" + b})
	r.commit(9, "as JSON, with anchors, quotes and CRLF", files{
		"c.yaml": `{"kind": "Program", "metadata": {"name": "a"}, "spec": {"status": "active", "due": "2026-06-01",` +
			` "milestones": [{"id": "m", "due": "2026-03-01"}, {"id": "n", "due": "2026-04-01"}]}}`,
		"b.yaml": "kind: 'Program'\r\nmetadata: {name: b}\r\nspec:\r\n  status: &s active\r\n  due: !!str 2026-07-01\r\n  x: &d {due: \"2026-03-02\"}\r\n  milestones:\r\n  - {<<: *d, id: m}\r\n",
	})
	r.commit(10, "into a file that was there", files{"b.yaml": "", "c.yaml": b + "---\n" + a, "d.yaml": "kind: Team\nmetadata: {name: t}\nspec: {}\n"})
	r.commit(11, "empty", nil)
	h := r.read(Options{})
	want(t, h,
		"a: 2 2026-06-01", "a/m: 2 2026-03-01", "a/n: 2 2026-04-01",
		"b: 2 2026-07-01", "b/m: 2 2026-03-02",
	)
	if h.Commits != 11 || len(h.Versions) != 1 || len(h.Skipped) > 0 || h.First != cal.MustDate("2026-01-01") || h.Last != cal.MustDate("2026-01-11") {
		t.Errorf("history %d commits, %d versions, skipped %v, %v to %v", h.Commits, len(h.Versions), h.Skipped, h.First, h.Last)
	}
	if v := h.Versions[0]; v.Commit != r.git("rev-parse", "HEAD~9") || v.Author != "t" || h.Track(ID{"a", "n"}).Points[0].Version != v {
		t.Errorf("version %+v", v)
	}
}

func TestPoints(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	change := func(day int, status, m string) {
		r.commit(day, "x", files{"p.yaml": document("a", status, "2026-06-01", m)})
	}
	change(1, "proposed", "m 2026-03-01")
	change(2, "proposed", "m 2026-03-05")
	change(3, "approved", "m 2026-03-05")
	change(4, "active", "m 2026-03-05") // no point: both are committed
	change(5, "active", "m 2026-03-09, dueReason: vendor")
	change(6, "active", "m 2026-03-09, dueReason: the vendor")
	change(7, "active", "m 2026-03-09, dueReason: the vendor, forecast: 2026-04-01")
	change(8, "active", "m 2026-03-09, dueReason: the vendor, forecast: 2026-04-01, baseline: 2026-03-05")
	change(9, "active", "m 2026-03-09, dueReason: the vendor, completed: 2026-03-08, title: M, owner: ada, team: t")
	change(10, "active", "m 2026-03-09, dueReason: the vendor, completed: 2026-03-08, title: N, owner: bob, team: u")
	change(11, "active", "m 2026-03-09, dueReason: the vendor, completed: 2026-03-08, status: cancelled")
	change(12, "cancelled", "m 2026-03-09")
	change(13, "completed", "m 2026-03-01")
	h := r.read(Options{})
	want(t, h,
		"a: 1 2026-06-01 draft, 3 2026-06-01, 12 2026-06-01 cancelled draft, 13 2026-06-01 draft",
		`a/m: 1 2026-03-01 draft, 2 2026-03-05 draft, 3 2026-03-05, 5 2026-03-09 "vendor", 6 2026-03-09 "the vendor", `+
			`7 2026-03-09 forecast 2026-04-01 "the vendor", 8 2026-03-09 baseline 2026-03-05 forecast 2026-04-01 "the vendor", `+
			`9 2026-03-09 completed 2026-03-08 "the vendor", 11 2026-03-09 completed 2026-03-08 cancelled "the vendor", 12 2026-03-09 draft, 13 2026-03-01 draft`,
	)
	if h.Commits != 13 || len(h.Versions) != 11 {
		t.Errorf("%d commits, %d versions", h.Commits, len(h.Versions))
	}
	p := h.Track(ID{"a", "m"}).Points[7] // as it was called last before it changed
	if diff := cmp.Diff([]string{"N", "bob", "u"}, []string{p.Title, p.Owner, p.Team}); diff != "" {
		t.Errorf("called (-want +got):\n%s", diff)
	}
	if m := h.Track(ID{"a", "m"}).Last(); m.Title != "m" {
		t.Errorf("title %q", m.Title)
	}
}

// Owner and team of a program are those of its milestones that state none.
func TestResponsible(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"p.yaml": "kind: Program\nmetadata: {name: a, title: The A}\nspec: {owner: ada, due: 2026-01-01, team: t, milestones: [{id: m, due: 2026-01-01}, {id: n, due: 2026-01-01, owner: bob}]}\n"})
	h := r.read(Options{})
	var got []string
	for _, track := range h.Tracks() {
		p := track.Last()
		got = append(got, p.Title+" "+p.Owner+" "+p.Team)
	}
	if diff := cmp.Diff([]string{"The A ada t", "m ada t", "n bob t"}, got); diff != "" {
		t.Errorf("responsible (-want +got):\n%s", diff)
	}
}

func TestVanishAndReturn(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{
		"a.yaml": document("a", "active", "2026-06-01", "same 2026-03-01", "other 2026-03-01", "never 2026-03-01", "stays 2026-03-01"),
		"b.yaml": document("b", "active", "2026-06-01", "m 2026-03-01"),
		"c.yaml": document("c", "active", "2026-06-01", "m 2026-03-01"),
		"d.yaml": document("d", "proposed", "2026-06-01", "m 2026-03-01"),
	})
	r.commit(2, "x", files{"a.yaml": document("a", "active", "2026-06-01", "stays 2026-03-01"), "b.yaml": "", "c.yaml": "kind: Program\n", "d.yaml": ""})
	r.commit(3, "x", files{"x.yaml": "kind: Team\n"})
	r.commit(4, "x", files{
		"a.yaml": document("a", "active", "2026-06-01", "stays 2026-03-01", "same 2026-03-01", "other 2026-03-09, dueReason: later"),
		"z.yaml": document("b", "active", "2026-06-01", "m 2026-03-01") + "---\n" + document("c", "active", "2026-06-09", "m 2026-02-01"),
	})
	want(t, r.read(Options{}),
		"a: 1 2026-06-01",
		"a/never: 1 2026-03-01, 2 2026-03-01 gone",
		`a/other: 1 2026-03-01, 2 2026-03-01 gone, 4 2026-03-09 "later"`,
		"a/same: 1 2026-03-01, 2 2026-03-01 gone, 4 2026-03-01",
		"a/stays: 1 2026-03-01",
		"b: 1 2026-06-01, 2 2026-06-01 gone, 4 2026-06-01",
		"b/m: 1 2026-03-01, 2 2026-03-01 gone, 4 2026-03-01",
		"c: 1 2026-06-01, 2 2026-06-01 gone, 4 2026-06-09",
		"c/m: 1 2026-03-01, 2 2026-03-01 gone, 4 2026-02-01",
		"d: 1 2026-06-01 draft, 2 2026-06-01 draft gone",
		"d/m: 1 2026-03-01 draft, 2 2026-03-01 draft gone",
	)
}

// Nobody means that something has no date by writing what is none.
func TestDatesThatAreNone(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	change := func(day int, due, m string) { r.commit(day, "x", files{"p.yaml": document("a", "active", due, m)}) }
	change(1, "soon", "m 2026-13-01")
	change(2, "2026-06-01", "m 2026-02-30")
	change(3, "2026-6-1", "m 2026-03-01, completed: yesterday")
	change(4, "~", "m ~")
	change(5, "[2026-06-02]", "m 1969-01-01")
	change(6, "2026-06-02", "m 2026-03-01T00:00:00Z, completed: 2026-02-27")
	change(7, "2200-01-01", "m '2026-03-01', completed: 2026-02-27")
	r.commit(8, "without", files{"p.yaml": "kind: Program\nmetadata: {name: a}\nspec: {status: active, milestones: [{id: m, completed: 2026-02-27}, {due: 2026-01-01}, 5, ~, [m], {id: [m], due: 2026-01-01}]}\n"})
	r.commit(9, "no list", files{"p.yaml": "kind: Program\nmetadata: {name: a}\nspec: {status: active, milestones: {id: m, due: 2026-09-09}}\n"})
	r.commit(10, "back without", files{"p.yaml": document("a", "active", "nothing", "m nothing")})
	want(t, r.read(Options{}),
		"a: 2 2026-06-01, 6 2026-06-02",
		"a/m: 3 2026-03-01, 6 2026-03-01 completed 2026-02-27, 9 2026-03-01 completed 2026-02-27 gone, 10 2026-03-01",
	)
}

// Of two that claim to be the same, the first by file counts, in a file the first.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	a := func(due, m string) string { return document("a", "active", due, m) }
	r.commit(1, "x", files{"m.yaml": a("2026-06-01", "m 2026-03-01")})
	r.commit(2, "a later file", files{"n.yaml": a("2026-06-02", "n 2026-03-02")})
	r.commit(3, "an earlier one", files{"b.yaml": a("2026-06-03", "m 2026-03-03")})
	r.commit(4, "twice in it", files{"b.yaml": a("2026-06-04", "m 2026-03-04") + "---\n" + a("2026-06-05", "x 2026-03-05")})
	r.commit(5, "the other of them", files{"b.yaml": a("2026-06-05", "m 2026-03-05") + "---\n" + a("2026-06-04", "m 2026-03-04")})
	r.commit(6, "not the first", files{"m.yaml": a("2026-09-09", "m 2026-09-09")})
	r.commit(7, "without the first", files{"b.yaml": ""})
	r.commit(8, "without the next", files{"m.yaml": ""})
	r.commit(9, "a milestone twice", files{"n.yaml": document("a", "active", "2026-06-02", "n 2026-03-08", "n 2026-03-09")})
	want(t, r.read(Options{}),
		"a: 1 2026-06-01, 3 2026-06-03, 4 2026-06-04, 5 2026-06-05, 7 2026-09-09, 8 2026-06-02",
		"a/m: 1 2026-03-01, 3 2026-03-03, 4 2026-03-04, 5 2026-03-05, 7 2026-09-09, 8 2026-09-09 gone",
		"a/n: 8 2026-03-02, 9 2026-03-08",
	)
}

// What finance had closed is that of the first Portfolio of the version.
func TestClosed(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	a := func(due string) string { return document("a", "active", due) }
	portfolio := func(month string) string {
		return "kind: Portfolio\nmetadata: {name: p}\nspec: {closedThrough: " + month + "}\n"
	}
	r.commit(1, "x", files{"a.yaml": a("2026-06-01")})
	r.commit(2, "x", files{"a.yaml": a("2026-06-02"), "p.yaml": portfolio("2025-11")})
	r.commit(3, "x", files{"p.yaml": portfolio("2025-12")})
	r.commit(4, "x", files{"a.yaml": a("2026-06-03")})
	r.commit(5, "x", files{"a.yaml": a("2026-06-04"), "n.yaml": portfolio("2026-01")})
	r.commit(6, "x", files{"a.yaml": a("2026-06-05"), "n.yaml": portfolio("soon")})
	r.commit(7, "x", files{"a.yaml": a("2026-06-06"), "n.yaml": ""})
	var got []string
	for _, v := range r.read(Options{}).Versions {
		got = append(got, v.Closed.String())
	}
	if diff := cmp.Diff([]string{cal.Month(0).String(), "2025-11", "2025-12", "2026-01", cal.Month(0).String(), "2025-12"}, got); diff != "" {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
}

func TestNothing(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	h, err := Read(t.Context(), r.open(), Options{})
	if err != nil || h.Commits != 0 || len(h.Tracks()) > 0 || !h.First.IsZero() {
		t.Errorf("before the first commit: %+v, %v", h, err)
	}
	r.commit(3, "", nil)
	if h := r.read(Options{}); h.Commits != 1 || len(h.Tracks()) > 0 || h.First != cal.MustDate("2026-01-03") {
		t.Errorf("of an empty commit: %+v", h)
	}
	if (*History)(nil).Track(ID{}) != nil || (*History)(nil).Tracks() != nil {
		t.Error("no history has tracks")
	}
}
