package history

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The portfolio is what lies below the preferred folder, in those versions in which
// YAML files do.
func TestPreferred(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "at the top", files{"a.yaml": one("2026-03-01"), "ci/x.yaml": document("x", "active", "2026-01-01"), "programs/README.md": "x"})
	r.commit(2, "moved into the folder", files{"a.yaml": "", "programs/a.yaml": one("2026-03-01")})
	r.commit(3, "beside it", files{"ci/x.yaml": document("x", "active", "2026-02-02"), "other.yaml": document("o", "active", "2026-02-02")})
	r.commit(4, "in it", files{"programs/a.yaml": one("2026-03-04")})
	r.commit(5, "moved back", files{"programs/a.yaml": "", "sub/a.yaml": one("2026-03-04")})
	r.commit(6, "on", files{"sub/a.yaml": one("2026-03-06")})
	r.commit(7, "broken in it", files{"programs/b.yaml": unclosed})
	r.commit(8, "and gone", files{"programs/b.yaml": ""})
	r.commit(9, "hidden in it", files{"programs/.b.yaml": unclosed, "programs/.x/b.yaml": unclosed, ".x/c.yaml": unclosed, "programsx/p.yaml": document("p", "active", "2026-06-01")})
	o := Options{Preferred: "programs"}
	h := r.read(o)
	want(t, h,
		"a: 1 2026-06-01, 7 2026-06-01 gone, 8 2026-06-01",
		"a/m: 1 2026-03-01, 4 2026-03-04, 6 2026-03-06, 7 2026-03-06 gone, 8 2026-03-06",
		"o: 5 2026-02-02, 7 2026-02-02 gone, 8 2026-02-02",
		"p: 9 2026-06-01",
		"x: 1 2026-01-01, 2 2026-01-01 gone, 5 2026-02-02, 7 2026-02-02 gone, 8 2026-02-02",
	)
	if len(h.Skipped) != 1 || h.Skipped[0].File != "programs/b.yaml" {
		t.Errorf("skipped %q", skips(h))
	}
	o.Exclude = []string{"ci", "sub/none"}
	h = r.read(o)
	if h.Track(ID{"x", ""}) != nil || h.Track(ID{"o", ""}) == nil {
		t.Errorf("with an excluded folder: %q", told(h))
	}
}

// A portfolio in a folder of a large repository has its own history, of all
// commits.
func TestFolder(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	rest := func(text string) files {
		f := files{}
		for _, name := range []string{"a", "b", "c"} {
			f["rest/"+name+"/deep/x.yaml"] = document("rest-"+name, "active", "2026-06-01") + "# " + text + "\n"
		}
		return f
	}
	r.commit(1, "x", rest("1"))
	r.commit(2, "x", files{"my portfolio/programs/a.yaml": one("2026-03-01"), "my portfolio/no.yaml": unclosed, "my portfoliox/a.yaml": unclosed, "programs/a.yaml": unclosed})
	r.commit(3, "x", rest("3"))
	r.branch("side", "main")
	r.commit(4, "Slip-Reason: side", files{"my portfolio/programs/a.yaml": one("2026-03-04")})
	r.git("checkout", "-q", "main")
	r.commit(5, "x", rest("5"))
	r.merge(6, "merge", "side")
	r.commit(7, "empty", nil)
	r.branch("other", "main")
	r.commit(8, "x", rest("8"))
	r.merge(9, "merge of what lies beside", "other")
	r.commit(10, "x", files{"my portfolio/programs/a.yaml": "", "my portfolio/a.yaml": one("2026-03-10"), "my portfolio/no.yaml": ""})
	h := r.read(Options{Folder: "my portfolio", Preferred: "programs"})
	want(t, h, "a: 2 2026-06-01", "a/m: 2 2026-03-01, 6 2026-03-04 (side), 10 2026-03-10")
	if h.Commits != 8 || h.First.String() != "2026-01-01" || h.Last.String() != "2026-01-10" || len(h.Skipped) > 0 {
		t.Errorf("%d commits from %v to %v, skipped %q", h.Commits, h.First, h.Last, skips(h))
	}
	if h := r.read(Options{Folder: "nowhere"}); h.Commits != 8 || len(h.Tracks()) > 0 {
		t.Errorf("of a folder that never was: %d commits, %q", h.Commits, told(h))
	}
}

// A submodule is another repository; a link is no file, an executable is one.
func TestWhatIsNoFile(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	sub := r.commit(1, "x", files{"real.txt": one("2026-03-01")})
	link := func(name, target string) {
		path := filepath.Join(r.dir, name)
		_ = os.Remove(path)
		if err := os.Symlink(target, path); err != nil {
			t.Fatal(err)
		}
	}
	r.commit(2, "x", files{"programs/a.yaml": one("2026-03-02"), "programs/b.yaml": document("b", "active", "2026-06-01"), "programs/c.yaml": document("c", "active", "2026-06-01")})
	link("programs/a.yaml", "../real.txt")
	link("programs/folder", "..")
	r.commit(3, "a link in its place", nil)
	r.git("update-index", "--cacheinfo", "160000,"+sub+",programs/b.yaml", "--add", "--cacheinfo", "160000,"+sub+",programs/sub.yaml", "--cacheinfo", "160000,"+sub+",programs/sub")
	r.git("update-index", "--chmod=+x", "programs/c.yaml")
	r.day = 4
	r.git("commit", "-q", "-m", "submodules")
	r.git("update-index", "--force-remove", "programs/b.yaml")
	r.git("rm", "-q", "programs/a.yaml")
	r.commit(5, "files again", files{"programs/a.yaml": one("2026-03-05"), "programs/b.yaml": document("b", "active", "2026-06-05")})
	want(t, r.read(Options{Preferred: "programs"}),
		"a: 2 2026-06-01, 3 2026-06-01 gone, 5 2026-06-01",
		"a/m: 2 2026-03-02, 3 2026-03-02 gone, 5 2026-03-05",
		"b: 2 2026-06-01, 4 2026-06-01 gone, 5 2026-06-05",
		"c: 2 2026-06-01",
	)
}

func TestOddNames(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	names := []string{"-a.yaml", ":(top)b.yaml", "c d.yml", "e\nf.yaml", "\"g\".yaml", "\xff.yaml", "é/*.yaml", "~.yaml", "h\\.yaml", " .yaml"}
	changes := files{"no.YAML": unclosed, "yaml": unclosed, "x.yaml.bak": unclosed}
	var tracks []string
	for i, name := range names {
		p := "p" + string(rune('a'+i))
		changes[name] = document(p, "active", "2026-06-01")
		tracks = append(tracks, p+": 1 2026-06-01")
	}
	r.commit(1, "x", changes)
	m := &memory{}
	want(t, r.read(Options{Cache: m}), tracks...)
	want(t, r.read(Options{Cache: m}), tracks...)
	folder := ":(glob)**"
	r.commit(2, "x", files{folder + "/a.yaml": document("a", "active", "2026-06-02")})
	want(t, r.read(Options{Folder: folder}), "a: 2 2026-06-02")
	if m.saves != 1 {
		t.Errorf("saved %d times", m.saves)
	}
}

func TestSHA256(t *testing.T) {
	t.Parallel()
	if err := exec.Command("git", "init", "-q", "--object-format=sha256", t.TempDir()).Run(); err != nil {
		t.Skip("git cannot:", err)
	}
	r := newRepository(t, "--object-format=sha256")
	r.commit(1, "x", files{"a.yaml": one("2026-03-01")})
	r.commit(2, "x", files{"a.yaml": one("2026-03-02")})
	m := &memory{}
	for range 2 {
		want(t, r.read(Options{Cache: m, Tool: "t"}), "a: 1 2026-06-01", "a/m: 1 2026-03-01, 2 2026-03-02")
	}
	if m.saves != 1 || !strings.HasPrefix(string(m.data), magic) {
		t.Errorf("saved %d times", m.saves)
	}
}

// The work tree is one more version, where it differs.
func TestWorkTree(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	b := document("b", "active", "2026-06-01")
	head := r.commit(1, "x", files{"programs/a.yaml": one("2026-03-01"), "programs/b.yaml": b, "c.yaml": document("c", "active", "2026-06-01")})
	read := func(list ...File) *History {
		t.Helper()
		return r.read(Options{Preferred: "programs", Exclude: []string{"programs/foreign"}, WorkTree: list, AsOf: 100})
	}
	a := []string{"a: 1 2026-06-01", "a/m: 1 2026-03-01"}
	for _, c := range []struct {
		name string
		tree []File
		want []string
	}{
		{"clean", nil, append(a, "b: 1 2026-06-01")},
		{"touched", []File{{"programs/b.yaml", []byte("# x\n" + b)}}, append(a, "b: 1 2026-06-01")},
		{"changed", []File{{"programs/b.yaml", []byte(document("b", "active", "2026-06-02"))}}, append(a, "b: 1 2026-06-01, work tree 2026-06-02")},
		{"deleted", []File{{"programs/b.yaml", nil}}, append(a, "b: 1 2026-06-01, work tree 2026-06-01 gone")},
		{"emptied", []File{{"programs/b.yaml", []byte{}}}, append(a, "b: 1 2026-06-01, work tree 2026-06-01 gone")},
		{"renamed", []File{{"programs/b.yaml", nil}, {"programs/z.yaml", []byte(b)}}, append(a, "b: 1 2026-06-01")},
		{"not tracked", []File{{"programs/d.yml", []byte(document("d", "draft", "2026-06-01"))}}, append(a, "b: 1 2026-06-01", "d: work tree 2026-06-01 draft")},
		{"broken", []File{{"programs/b.yaml", []byte(unclosed)}}, append(a, "b: 1 2026-06-01")},
		{"elsewhere", []File{{"c.yaml", nil}, {"x.yaml", []byte(b)}, {"programs/x.txt", []byte(b)}, {"programs/.x.yaml", []byte(b)}, {"programs/foreign/x.yaml", []byte(document("f", "active", "2026-06-01"))}}, append(a, "b: 1 2026-06-01")},
		{"without the folder", []File{{"programs/a.yaml", nil}, {"programs/b.yaml", nil}}, []string{
			"a: 1 2026-06-01, work tree 2026-06-01 gone", "a/m: 1 2026-03-01, work tree 2026-03-01 gone", "b: 1 2026-06-01, work tree 2026-06-01 gone", "c: work tree 2026-06-01",
		}},
	} {
		h := read(c.tree...)
		want(t, h, c.want...)
		broken := c.name == "broken"
		if len(h.Skipped) != 0 != broken || broken && (h.Skipped[0].Commit != "" || h.Skipped[0].File != "programs/b.yaml" || !strings.HasPrefix(h.Skipped[0].Reason, "3:7: ")) {
			t.Errorf("%s: skipped %q", c.name, skips(h))
		}
		if last := h.Versions[len(h.Versions)-1]; last.Commit != head && (last.Commit != "" || last.Day != 100 || last.Author != "" || last.Reason(ID{"a", "m"}) != "") {
			t.Errorf("%s: version %+v", c.name, last)
		}
	}
	h, err := Read(t.Context(), r.open(), Options{WorkTree: []File{{"a.yaml", []byte(one("2026-03-01"))}}, AsOf: 100})
	if err != nil {
		t.Fatal(err)
	}
	want(t, h, "a: work tree 2026-06-01", "a/m: work tree 2026-03-01") // before the first commit
	m := &memory{}
	o := Options{Cache: m, WorkTree: []File{{"programs/b.yaml", []byte(b + "# x")}}, AsOf: 100}
	r.read(o)
	if strings.Contains(string(m.data), "work tree") || m.saves != 1 {
		t.Error("the work tree went into the cache")
	}
}
