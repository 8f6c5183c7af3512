package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// says is a history in short: the message of each commit, oldest first, with what
// it changed: + for what holds a file now, - for what does not.
func says(list []*Commit) []string {
	var short []string
	for _, c := range slices.Backward(list) {
		text := c.Message
		for _, change := range c.Changes {
			sign := " +"
			if change.Blob == "" {
				sign = " -"
			}
			text += sign + change.Path
		}
		short = append(short, text)
	}
	return short
}

var elsewhere = regexp.MustCompile(` [+-][qx]\S*`)

func TestLog(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("p/a", "1")
	r.write("p/b", "1")
	r.write("x", "1")
	root := r.commitAs(1, "root")
	r.git("mv", "p/a", "p/c")
	r.commitAs(2, "rename")
	r.commitAs(3, "empty")
	r.write("x", "2")
	main := r.commitAs(4, "beside")
	r.git("checkout", "-q", "-b", "one", root)
	r.write("p/one", "1")
	r.commitAs(5, "one")
	r.git("checkout", "-q", "-b", "two", root)
	r.write("p/two", "1")
	r.commitAs(6, "two")
	r.git("checkout", "-q", "main")
	r.day = 7
	r.git("merge", "-q", "--no-ff", "-m", "merge", "one")
	r.day = 8
	r.git("checkout", "-q", "-b", "three", "one")
	r.git("merge", "-q", "--no-ff", "-m", "inner", "two")
	r.git("checkout", "-q", "main")
	r.day = 9
	r.git("merge", "-q", "--no-ff", "--no-commit", "three")
	r.write("p/b", "evil")
	r.git("rm", "-qf", "p/c")
	r.commitAs(9, "merge of a merge")
	r.git("checkout", "-q", "-b", "four", root)
	r.write("q/four", "1")
	r.commitAs(10, "four")
	r.git("checkout", "-q", "-b", "five", root)
	r.write("q/five", "1")
	r.commitAs(11, "five")
	r.git("checkout", "-q", "main")
	r.day = 12
	r.git("merge", "-q", "--no-ff", "-m", "octopus", "four", "five")
	r.git("rm", "-q", "x", "p/b")
	r.write("x/x", "1") // a folder in place of a file
	if err := os.Symlink("two", filepath.Join(r.dir, "p/one.link")); err != nil {
		t.Fatal(err)
	}
	r.commitAs(13, "types")
	r.git("rm", "-q", "p/one.link")
	r.write("p/one.link", "1")
	r.git("update-index", "--chmod=+x", "p/two")
	r.git("update-index", "--add", "--cacheinfo", "160000,"+root+",p/sub")
	r.git("add", "p/one.link")
	r.day = 14
	r.git("commit", "-q", "-m", "more types")

	repo := r.open()
	list := repo.log(t, "main", "")
	want := []string{
		"root +p/a +p/b +x", "rename -p/a +p/c", "empty", "beside +x", "merge +p/one", "merge of a merge +p/b -p/c +p/two",
		"octopus +q/five +q/four", "types -p/b -p/one.link -x +x/x", "more types +p/one.link -p/sub +p/two",
	}
	if diff := cmp.Diff(want, says(list)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{main, r.git("rev-parse", "one")}, list[4].Parents); diff != "" || len(list[2].Parents) != 3 {
		t.Errorf("parents of the merge (-want +got):\n%s\nof the octopus %q", diff, list[2].Parents)
	}
	if got := list[0].Time; !got.Equal(january(14).Add(12 * 3600e9)) {
		t.Errorf("time %v", got)
	}
	if got, want := list[8].Changes[0].Blob, r.git("rev-parse", root+":p/a"); got != want {
		t.Errorf("blob %s, want %s", got, want)
	}
	below := repo.log(t, "main", "p")
	for i := range want { // the same, without what lies elsewhere
		want[i] = elsewhere.ReplaceAllString(want[i], "")
	}
	if diff := cmp.Diff(want, says(below)); diff != "" {
		t.Errorf("history below a folder (-want +got):\n%s", diff)
	}
	for i := range list {
		if !slices.Equal(list[i].Parents, below[i].Parents) || list[i].Hash != below[i].Hash {
			t.Errorf("%s has parents %v below the folder, %v in all", list[i].Hash, below[i].Parents, list[i].Parents)
		}
	}
}

// Whatever bytes names and messages have comes as it is.
func TestLogHostileText(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	names := []string{
		"-x.yaml", ":(top)x.yaml", ":!x", "a b", "a\nb", "\n", "\ta\"b'", "a\\b", "é", "\xff\xfe", "*", "100644", ":100644 a b c D", "~", "d/-", "ﬁ/:x",
	}
	stream := "commit refs/heads/main\nauthor \"A\" 'C' \xff\x1b[31m <t@example.org> 1767225600 +0000\ncommitter t <t@example.org> 1767225600 +0000\ndata 0\n"
	for _, name := range names {
		stream += fmt.Sprintf("M 100644 inline %s\ndata %d\n%s\n", quoted(name), len(name), name)
	}
	messages := []string{
		"", "\n", "\n\n a", ":100644 100644 a b M", "a\r\nb\r", "\xff\xfe", "é\u202e", "-- \ncommit 0000", "a\n\n\n\nb\n\n", "\t\x01\x1b[2J", strings.Repeat("0", 40),
	}
	for _, m := range messages {
		stream += fmt.Sprintf("commit refs/heads/main\nauthor <t@example.org> 1767225600 +0000\ncommitter t <t@example.org> 1767225600 +0000\ndata %d\n%s\n", len(m), m)
	}
	r.feed(stream, "fast-import", "--quiet")
	repo := r.open()
	list := repo.log(t, "main", "")
	root := list[len(list)-1]
	var got []string
	for _, change := range root.Changes {
		got = append(got, change.Path)
		err := repo.Blobs(context.Background(), slices.Values([]string{change.Blob}), func(_ string, text []byte) error {
			if string(text) != change.Path {
				t.Errorf("%q holds %q", change.Path, text)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	slices.Sort(names)
	slices.Sort(got)
	if diff := cmp.Diff(names, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if want := "\"A\" 'C' \xff\x1b[31m"; root.Author != want {
		t.Errorf("author %q, want %q", root.Author, want)
	}
	texts := map[string]string{}
	err := repo.Messages(context.Background(), list[0].Hash, nil, func(m Message) error {
		texts[m.Hash] = m.Text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range messages {
		c := list[len(messages)-1-i]
		if want = strings.TrimRight(strings.TrimLeft(want, "\n"), "\n"); strings.Trim(c.Message, "\n") != want || strings.Trim(texts[c.Hash], "\n") != want {
			t.Errorf("message %q and %q, want %q", c.Message, texts[c.Hash], want)
		}
		if c.Author != "" || len(c.Changes) > 0 {
			t.Errorf("message %q: author %q, changes %v", want, c.Author, c.Changes)
		}
	}
}

// quoted is a name as fast-import takes all.
func quoted(name string) string {
	return `"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`).Replace(name) + `"`
}

// Commits that only other tools make: without a date, with one beyond all clocks,
// with a NUL in the message, in another encoding.
func TestLogMalformed(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("a", "1")
	parent := r.commit(1)
	tree := r.git("rev-parse", "HEAD^{tree}")
	for _, end := range []string{
		"committer t <t@example.org>\n\nm", "committer t <t@example.org> 99999999999999999999 +0000\n\nm", "committer \n\nm",
		"committer t <t@example.org> 0 +0000\nencoding ISO-8859-1\n\nm\xe9", "committer t <t@example.org> 0 +0000\n\nm\x00n", "committer t <t@example.org> -5 +0000\n\nm",
		"committer t <t@example.org> 0 +0000\nencoding no-such-thing\n\nm",
	} {
		text := "tree " + tree + "\nparent " + parent + "\nauthor t <t@example.org> 0 +0000\n" + end
		parent = r.feed(text, "hash-object", "-t", "commit", "-w", "--stdin", "--literally")
	}
	var got, again []string
	for _, c := range r.open().log(t, parent, "") {
		got = append(got, fmt.Sprintf("%d %q %d", c.Time.Unix(), c.Message, len(c.Changes)))
		again = append(again, fmt.Sprintf("%s %v %v", c.Hash, c.Parents, c.Time))
	}
	err := r.open().Messages(context.Background(), parent, nil, func(m Message) error {
		if said := fmt.Sprintf("%s %v %v", m.Hash, m.Parents, m.Time); !slices.Contains(again, said) {
			t.Errorf("message of %s, in the history %q", said, again)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	slices.Reverse(got)
	if diff := cmp.Diff([]string{
		`1767268800 "c" 1`, `0 "m" 0`, `0 "m" 0`, `0 "m" 0`, `0 "mé" 0`, `0 "m" 0`, `0 "m" 0`, `0 "m" 0`,
	}, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestLogEnds(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	for day := range 3 {
		r.commit(day + 1)
	}
	repo := r.open()
	own := errors.New("own")
	for _, c := range []struct{ give, want error }{{Stop, nil}, {fmt.Errorf("x: %w", Stop), nil}, {own, own}} {
		n := 0
		err := repo.Log(context.Background(), "HEAD", "", func(*Commit) error {
			n++
			return c.give
		})
		if n != 1 || !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
			t.Errorf("%v: called %d times, error %v", c.give, n, err)
		}
	}
	err := repo.Log(context.Background(), strings.Repeat("1", 40), "", func(*Commit) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "read history: bad object 1111") {
		t.Errorf("error %v", err)
	}
}
