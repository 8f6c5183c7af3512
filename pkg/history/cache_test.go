package history

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// cached is a repository in which much happened, and the cache of its history.
func cached(t *testing.T) (*repository, *memory) {
	t.Helper()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": one("2026-03-01"), "p.yaml": "kind: Portfolio\nmetadata: {name: p}\nspec: {closedThrough: 2025-12}\n---\n" +
		plan("h", "id: s1, status: open, effective: 2026-05, openedOn: 2026-01-02, pipeline: {screen: {entered: 300, passed: 1}, panel: {}}", "id: s2, start: 2026-01-01, expectedStart: 2026-01-03")})
	r.commit(2, "Slip-Reason: \xff\n", files{"a.yaml": one("2026-03-02, dueReason: é, title: T, owner: o, team: t, baseline: 2026-03-01, forecast: 2026-04-01")})
	r.branch("side", "main")
	r.commit(3, "Slip-Reason(a/m): y", files{"a.yaml": one("2026-03-03, status: cancelled")})
	r.git("checkout", "-q", "main")
	r.commit(4, "x", files{"b.yaml": unclosed})
	r.merge(5, "merge", "side")
	r.commit(6, "x", files{"a.yaml": "", "b.yaml": document("b", "proposed", "2026-06-01", "m 2026-05-05, completed: 2026-05-04")})
	m := &memory{}
	r.read(Options{Cache: m, Tool: "t"})
	if m.saves != 1 || m.loads != 1 {
		t.Fatalf("loaded %d times, saved %d times", m.loads, m.saves)
	}
	return r, m
}

// A warm run says what a cold one says, and asks git for nothing.
func TestWarm(t *testing.T) {
	t.Parallel()
	r, m := cached(t)
	cold := r.read(Options{})
	repo, head := r.open(), r.git("rev-parse", "HEAD")
	if err := os.RemoveAll(filepath.Join(r.dir, ".git")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h, err := Read(context.Background(), repo, Options{Commit: head, Cache: m, Tool: "t"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cold, h, whole()); diff != "" {
			t.Errorf("(-cold +warm):\n%s", diff)
		}
	}
	if m.saves != 1 {
		t.Errorf("saved %d times", m.saves)
	}
}

// Whatever history a cache is of, it does no harm to another.
func TestCacheOfOtherTimes(t *testing.T) {
	t.Parallel()
	r, m := cached(t)
	compare := func(name string, saves int, o Options) {
		t.Helper()
		cold := r.read(o)
		o.Cache, o.Tool = m, "t"
		before := m.saves
		if diff := cmp.Diff(cold, r.read(o), whole()); diff != "" {
			t.Errorf("%s (-cold +warm):\n%s", name, diff)
		}
		if got := m.saves - before; got != saves {
			t.Errorf("%s: saved %d times, want %d", name, got, saves)
		}
	}
	compare("the same", 0, Options{})
	compare("an older version", 0, Options{Commit: "main~1"})
	compare("another branch", 1, Options{Commit: "side"})
	r.commit(7, "Slip-Reason: z", files{"b.yaml": document("b", "active", "2026-06-02")})
	compare("one more commit", 1, Options{})
	r.commit(8, "empty", nil)
	compare("an empty one", 1, Options{})
	r.git("commit", "-q", "--amend", "--allow-empty", "-m", "Slip-Reason: amended")
	compare("amended", 1, Options{})
	r.git("checkout", "-q", "side")
	r.commit(9, "Slip-Reason: after the first merge", files{"c.yaml": document("c", "active", "2026-06-01")})
	r.branch("side2", "side~1")
	r.commit(10, "Slip-Reason: beside it", files{"d.yaml": document("d", "active", "2026-06-01")})
	r.merge(11, "merge again", "side", "side2")
	compare("merges of what was merged before", 1, Options{})
	r.git("checkout", "-q", "side")
	r.day = 12
	r.git("rebase", "-q", "main~1")
	compare("rebased", 1, Options{})
	r.git("checkout", "-q", "--orphan", "new")
	r.commit(13, "x", files{"a.yaml": one("2026-09-09")})
	compare("with nothing in common", 1, Options{})
	compare("only what is in a folder", 0, Options{Commit: "main", Preferred: "none"})
	compare("not all", 0, Options{Commit: "main", Exclude: []string{"b"}})
	compare("the work tree", 0, Options{Commit: "main", WorkTree: []File{{"a.yaml", []byte(one("2026-01-01"))}}, AsOf: 20})
}

// Other blobs are needed where another folder counts.
func TestCacheWithoutSomeBlobs(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"programs/a.yaml": one("2026-03-01"), "b.yaml": document("b", "active", "2026-06-01"), "c/c.yaml": document("c", "active", "2026-06-01")})
	m := &memory{}
	for i, o := range []Options{{Preferred: "programs"}, {Preferred: "c"}, {}, {Exclude: []string{"c"}}} {
		cold := r.read(o)
		o.Cache = m
		if diff := cmp.Diff(cold, r.read(o), whole()); diff != "" {
			t.Errorf("%+v (-cold +warm):\n%s", o, diff)
		}
		if want := min(i+1, 3); m.saves != want {
			t.Errorf("%+v: saved %d times, want %d", o, m.saves, want)
		}
	}
}

func mustLoad(t testing.TB, data []byte, tool string) *store {
	t.Helper()
	s := newStore()
	s.load(data, tool)
	return s
}

// same reports whether stores hold the same.
func same(a, b *store) bool { return bytes.Equal(a.save(""), b.save("")) }

// A cache that is damaged anywhere is as none.
func TestDamagedCache(t *testing.T) {
	t.Parallel()
	r, m := cached(t)
	good, empty := mustLoad(t, m.data, "t"), newStore()
	if same(good, empty) || len(good.commits) != 5 || len(good.blobs) != 6 {
		t.Fatalf("%d commits and %d blobs in the cache", len(good.commits), len(good.blobs))
	}
	if again := good.save("t"); !bytes.Equal(again, m.data) {
		t.Error("saved again, it is another")
	}
	var damaged [][]byte
	for n := range m.data {
		damaged = append(damaged, m.data[:n])
		for _, mask := range []byte{1, 0x80, 0xff} {
			flipped := slices.Clone(m.data)
			flipped[n] ^= mask
			damaged = append(damaged, flipped)
		}
	}
	damaged = append(damaged,
		append(slices.Clone(m.data), 0), append([]byte{0}, m.data...), slices.Concat(m.data, m.data), []byte("{}"), bytes.Repeat([]byte{0xff}, 100), []byte(magic), []byte(magic+"t\n"),
		[]byte(magic+"t\n\x00\x00\x00\x00"), // with the checksum of nothing
	)
	for i, data := range damaged {
		if !same(empty, mustLoad(t, data, "t")) {
			t.Errorf("%d: %q is taken for good", i, data)
		}
	}
	old := slices.Concat([]byte("progctl history 1 "), m.data[len(magic):])
	if !same(empty, mustLoad(t, old, "t")) {
		t.Error("read in another format")
	}
	for _, tool := range []string{"", "T", "t ", "t\n", "tt", "1.2.3"} {
		if !same(empty, mustLoad(t, m.data, tool)) {
			t.Errorf("read by %q", tool)
		}
	}
	cold := r.read(Options{})
	for _, data := range [][]byte{nil, {}, damaged[len(m.data)], damaged[len(damaged)-1], m.data[:len(m.data)-1], m.data} {
		c := &memory{data: data}
		for range 2 {
			if diff := cmp.Diff(cold, r.read(Options{Cache: c, Tool: "t"}), whole()); diff != "" {
				t.Errorf("(-cold +warm):\n%s", diff)
			}
		}
		if !bytes.Equal(c.data, m.data) {
			t.Error("afterwards the cache is another")
		}
	}
	c := &memory{data: m.data}
	if diff := cmp.Diff(cold, r.read(Options{Cache: c, Tool: "u"}), whole()); diff != "" || c.saves != 1 || bytes.Equal(c.data, m.data) {
		t.Errorf("another tool: saved %d times (-cold +warm):\n%s", c.saves, diff)
	}
}

// A cache that nobody damaged but that is wrong: with a hole, with a circle,
// without its blobs.
func TestWrongCache(t *testing.T) {
	t.Parallel()
	r, m := cached(t)
	cold := r.read(Options{})
	head := r.git("rev-parse", "HEAD")
	root := r.git("rev-list", "--max-parents=0", "HEAD")
	for hash := range strings.FieldsSeq(r.git("rev-list", "--first-parent", "HEAD")) {
		for _, c := range []struct {
			name   string
			change func(*store)
		}{
			{"hole", func(s *store) { delete(s.commits, hash) }},
			{"circle", func(s *store) { s.commits[root].parent = hash }},
			{"circle of what is not needed", func(s *store) { s.commits["ab"] = &record{hash: "ab", parent: "ab"} }},
			{"blobs", func(s *store) { clear(s.blobs) }},
		} {
			s := mustLoad(t, m.data, "t")
			c.change(s)
			repaired := &memory{data: s.save("t")}
			if diff := cmp.Diff(cold, r.read(Options{Cache: repaired, Tool: "t"}), whole()); diff != "" {
				t.Errorf("%s at %s (-cold +warm):\n%s", c.name, hash, diff)
			}
			if s := mustLoad(t, repaired.data, "t"); s.commits[head] == nil || s.commits[root].parent != "" {
				t.Errorf("%s at %s: the cache is still wrong", c.name, hash)
			}
		}
	}
}

// What is saved of a file is all that it says.
func TestSavedFacts(t *testing.T) {
	t.Parallel()
	s := newStore()
	for i, text := range slices.Concat(quickSeeds, planSeeds, []string{unclosed, ""}) {
		s.keep(fmt.Sprintf("%02x", i), extract([]byte(text)))
	}
	again := mustLoad(t, s.save("t"), "t")
	all := cmp.AllowUnexported(facts{}, programFacts{}, milestoneFacts{}, positionFacts{})
	if diff := cmp.Diff(s.blobs, again.blobs, all, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-saved +loaded):\n%s", diff)
	}
}

// sealed is a cache with some content, and a checksum that fits.
func sealed(body []byte, tool string) []byte {
	head := append([]byte(magic+tool), '\n')
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(body, castagnoli))
	return append(head, body...)
}

func FuzzLoad(f *testing.F) {
	s := newStore()
	s.add([]*record{
		{hash: "0a", author: "ada", day: 5, reasons: []reason{{"a/m", "x"}, {"", "y"}}, changes: []changed{{"a.yaml", "ff"}, {"b.yaml", ""}}},
		{hash: "0b", parent: "0a", author: "ada"},
	})
	s.keep("ff", extract([]byte(one("2026-03-01, dueReason: x, completed: 2026-01-01")+"---\nkind: Portfolio\nspec: {closedThrough: 2026-01}\n")))
	s.keep("fe", facts{broken: "1:2: x"})
	s.keep("fd", extract([]byte(plan("h", "id: s1, status: open, effective: 2026-05, pipeline: {screen: {entered: 300, passed: 1}}", "id: s2, start: 2026-01-01"))))
	body := func(s *store) []byte { return s.save("t")[len(magic)+2+4:] }
	f.Add(body(s))
	f.Add(body(newStore()))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{1, 3, 'a', 'b', 'c', 0, 200, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		s := mustLoad(t, sealed(data, "t"), "t")
		if n := len(s.commits) + len(s.blobs); n > len(data) {
			t.Fatalf("%d entries in %d bytes", n, len(data))
		}
		once := s.save("t")
		again := mustLoad(t, once, "t").save("t")
		if !bytes.Equal(once, again) {
			t.Fatalf("saved %q, then %q", once, again)
		}
	})
}
