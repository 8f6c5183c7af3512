package history

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/source"
)

// agree fails where quick takes a text and reads something else than slowly.
func agree(tb testing.TB, text []byte) (taken bool) {
	tb.Helper()
	f, ok := quick(text)
	if !ok {
		return false
	}
	if diff := cmp.Diff(slowly(text), f, cmp.AllowUnexported(facts{}, programFacts{}, milestoneFacts{}, positionFacts{})); diff != "" {
		tb.Errorf("quick is wrong (-want +got):\n%s\nof %q", diff, text)
	}
	return true
}

// quickSeeds are files as people and tools write them: quick takes them all.
var quickSeeds = []string{
	`# A program.
apiVersion: progctl.dev/v1
kind: Program
metadata:
  name: search   # as in the URL
  title: "Search, faster: 200 ms"
  labels: {pillar: delivery, area: 'a b'}
spec:
  team: platform
  owner: ada
  status: active
  due: 2026-12-31
  confirmed: 2026-11-17
  objective: >-
    Nobody waits
    for a search.

    # no comment
  theme: ~

  milestones:
    - id: alpha
      title: It runs at http://a.example:80/x#y
      due: 2026-03-01
      baseline: 2026-02-01
      dueReason: the vendor's part is late
      completed: null
      acceptance:
        - It runs in two regions, for a week
        - "Nobody is paged: not once"
        - - nested
          - list
    # The next one.
    - {id: beta, due: 2026-06-01, dependsOn: [alpha, "x y"], owner: bob, weight: -5}

    -   id: gamma
        forecast: 2026-09-01
        status: cancelled
        estimate: {likely: 12d, range: [1, 2.5]}
  budget:
    lines:
    - id: cloud
      amount: 1000
    - id: people
    contingency: 10%
`,
	`---
kind: Portfolio
spec:
  closedThrough: 2026-02
---
---
kind: Program
spec:
  milestones:
  - id: m1
    due: 2026-01-01
    owner: true
    title: |
      One line
  -
    id: m2
    team: 42
    dueReason: >
      two
      lines
  - [id, m3]
  - text
  -
  - id: m4
    due: 2026-04-01
  start: 2026-01-01
metadata: {name: b, "title": True}
`,
	`- a
- b: c
  d:
  - e
`,
	"kind: Program\nmetadata: {name: c}\nspec:\n  status: approved\n  due: 2026-01-01\n  owner: |\n    no line feed",
	"kind: Program\nmetadata: {name: d}\nspec: {owner: a, milestones: [{id: x, due: 2026-01-01, title: A b}, {}, y]}",
}

func TestQuickTakes(t *testing.T) {
	t.Parallel()
	for _, text := range slices.Concat(quickSeeds, planSeeds) {
		if !agree(t, []byte(text)) {
			t.Errorf("refused: %q", text)
		}
	}
}

// The repository's own programs and examples are all taken, but those that show what
// is wrong.
func TestQuickRepository(t *testing.T) {
	t.Parallel()
	for _, root := range []string{"../../programs", "../../examples"} {
		err := filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || !source.Named(name) {
				return err
			}
			text, err := os.ReadFile(name)
			if err == nil && !agree(t, text) && !strings.Contains(name, "broken") && !strings.Contains(name, "/ci/") {
				t.Errorf("%s is refused", name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mutate changes a text in some places, in the ways in which YAML is fragile.
func mutate(r *rand.Rand, text string) []byte {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	for range 1 + r.IntN(3) {
		var (
			lines  = strings.SplitAfter(text, "\n")
			i      = r.IntN(len(lines))
			line   = lines[i]
			at     = r.IntN(len(line) + 1)
			indent = line[:len(line)-len(strings.TrimLeft(line, " "))]
			body   = strings.TrimRight(line[len(indent):], "\n")
		)
		switch r.IntN(14) {
		case 0:
			line = line[:at] + string([]byte{byte(r.IntN(256))}) + line[at:]
		case 1, 2:
			line = line[:at] + pick(quickMarks) + line[at:]
		case 3:
			line = indent + pick(quickMarks) + body + "\n"
		case 4:
			line = indent + body + pick(quickMarks) + "\n"
		case 5, 6:
			if key, _, ok := strings.Cut(body, ": "); ok {
				line = indent + key + ": " + pick(quickValues) + "\n"
			} else if strings.HasPrefix(body, "- ") {
				line = indent + "- " + pick(quickValues) + "\n"
			}
		case 7:
			line = line[:at] + line[min(at+1, len(line)):]
		case 8:
			line = strings.Repeat(" ", r.IntN(5)) + line
		case 9:
			line = strings.TrimPrefix(line, strings.Repeat(" ", 1+r.IntN(4)))
		case 10:
			k := r.IntN(len(lines))
			lines[k], line = line, lines[k]
		case 11:
			line = strings.Repeat(line, r.IntN(3))
		case 12:
			other := strings.SplitAfter(pick(slices.Concat(quickSeeds, planSeeds)), "\n")
			line += pick(other)
		case 13:
			line = mutateEntry(r, line)
		}
		lines[i] = line
		text = strings.Join(lines, "")
	}
	return []byte(text)
}

var (
	quickMarks = []string{
		"\n", "\n\n", " ", "  ", "\t", "\r\n", "#", " #", " # x", ":", ": ", ":x", " : ", "-", "- ", "- - ", "---", "---\n", "...", ",", ", ", "[", "]", "{", "}", "[]",
		"'", `"`, "''", `\`, "&a ", "*a", "!x ", "|", ">", ">-\n", "?", "? ", "@", "`", "%", "~", "é", "\u00a0", "\u0085", "\u2028", "\ufeff", "\xff", "\x00", "x: ", "x:", "\n#", "\n  #",
		"<<: ", "<<<<<<< ", "=======", ">>>>>>>", "due: ", "id: ", `"due": `, "'id':", "kind: Program", "status: ", "kind: HeadcountPlan", "positions: ",
		"pipeline: ", "screen: ", "entered: ", "effective: ", "start: ", "{entered: ", ", passed: 1", ", screen: ",
	}
	quickValues = []string{
		"", "~", "Program", "HeadcountPlan", "null", "Null", "true", "TRUE", "no", "12", "-3", "0x1f", "1e5", "1e999", "1E-100", ".5", "+1", ".inf", "08", "2026-01-01", "2026-1-1", "2026-01-01T10:00:00Z",
		"a: b", "a:b", "a:", "a :b", "a #b", "a#b", "#a", "'a'", `"a"`, "'a''b'", `"a\"b"`, `"a\n"`, "'a", `"a`, "'a' b", `"a"#b`, `"a" #b`, `" a "`, "''", `""`, `"a": b`, "'# x'",
		"[a, b]", "[a b , c]", "[a, ]", "[,]", "[a: b]", "[[a], {b: c}]", "{}", "[]", "[ ]", "{a: b}", "{a: b, }", "{a}", "{a:b}", "{a: , b: c}", `{"a": b}`, `{"a":b}`, "[a:b, -1, - b]", "[a?b]", "[a#b]", "[a #b]", "[http://a/b]", "[a", "{a", "[a]]", "[a] b", "[a]: b",
		"{due: 2026-02-01, id: q}", "[{id: a, due: 2026-02-01}, {id: b}]", "{name: z, name: y}", "[\n a]",
		"2026-05", "2026-13", "2026-5", "007", "'3'", "3.0", "1_000", "2147483647", "2147483648", "{entered: 3}", "{entered: 3, passed: ~}", "{screen: {entered: 3}, final: {entered: 1}}", "{b: {passed: 3}, a: {}, b: {passed: 4}}",
		"{'<<': {entered: 1}}", "{id: {id: a}}", "{null: {entered: 1}, 1: x, ~: {}}", "[{screen: {entered: 3}}]", "[{id: a, pipeline: {screen: {entered: 1}}}, {pipeline: {final: {entered: 2}}}, {id: b}]", "{id: a, pipeline: {screen: {entered: [1], passed: {}}}}", "-", "- a", "-a", "--", "?", "?a", "? a", ":", ":a", ",", ",a", "%", "@a", "&a b", "*a", "!!str 1", "!a", "<<", "a ", "a  b", "é", "|", ">",
		"|-\n      a", ">-\n      a\n      b", ">\n    a\n\n    b", "|\n        a\n      b", ">-\n      a\n        b\n      c", "|\n\n      a", "|2\n      a", "|+\n      a\n\n", ">- # x\n      a", "|\n      a\n    # b", "a\n      b", "'a\n      b'", "\n      a", "\n      - a", "\n      [a]", "\n# x\n      a: b",
	}
)

// Whatever becomes of a file, quick either refuses it or reads what slowly reads.
func TestQuickMutations(t *testing.T) {
	t.Parallel()
	count := 40_000
	if testing.Short() {
		count = 4000
	}
	r := rand.New(rand.NewPCG(1, 2))
	taken, plans := 0, 0
	for i := range count {
		seeds := quickSeeds
		if i%2 == 0 {
			seeds = planSeeds
		}
		text := mutate(r, pick(r, seeds))
		if agree(t, text) {
			taken++
			if f, _ := quick(text); f.positions != nil {
				plans++
			}
		}
		if t.Failed() {
			return
		}
	}
	if taken < count/5 || plans < count/12 {
		t.Errorf("of %d mutations, %d are taken, of which %d have positions: too few to tell anything", count, taken, plans)
	}
}

func FuzzQuick(f *testing.F) {
	for _, text := range slices.Concat(quickSeeds, planSeeds) {
		f.Add([]byte(text))
	}
	for _, c := range slices.Concat(quickCases, planCases) {
		f.Add([]byte(c.text))
	}
	for _, value := range quickValues {
		f.Add([]byte("kind: Program\nmetadata: {name: a}\nspec:\n  due: 2026-01-01\n  owner: " + value + "\n  milestones:\n  - id: " + value + "\n    due: 2026-01-02\n"))
		f.Add([]byte(onePosition(value)))
	}
	f.Fuzz(func(t *testing.T, text []byte) { agree(t, text) })
}
