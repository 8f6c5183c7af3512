package approval

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
	"github.com/google/go-cmp/cmp"
)

// The reference finds literals by regular expressions: each piece is a text in
// quotes, a name, a span, a number, or one character of anything else.
var (
	piece   = regexp.MustCompile("^(?:(`(?:[^`]|``)*`|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*')|([\\pL_$][\\pL\\p{Nd}_$]*)|([0-9]+[dw])|([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)|.)")
	operand = regexp.MustCompile("^\\s*(?:[\"'`0-9(\\[]|\\.[0-9]|!(?:[^=]|$)|[\\pL_$])")
	joining = regexp.MustCompile(`^\s*(?:and|or|not|in|matches|contains|startsWith|endsWith)(?:[^\pL\p{Nd}_$]|$)`)
)

func reference(text string) (plain string, values map[int]any) {
	values = map[int]any{}
	var out strings.Builder
	for rest := text; rest != ""; {
		m := piece.FindStringSubmatch(rest)
		if m == nil { // a line ending
			_, size := utf8.DecodeRuneInString(rest)
			m = []string{rest[:size], "", "", "", ""}
		}
		rest = rest[len(m[0]):]
		at := utf8.RuneCountInString(out.String())
		switch {
		case m[3] != "":
			n, _ := strconv.Atoi(m[3][:len(m[3])-1])
			if strings.HasSuffix(m[3], "w") {
				n *= 7
			}
			values[at] = n
			out.WriteString(m[3][:len(m[3])-1] + " ")
		case m[4] != "" && strings.HasPrefix(rest, "%") && (!operand.MatchString(rest[1:]) || joining.MatchString(rest[1:])):
			f, _ := strconv.ParseFloat(m[4], 64)
			values[at] = f / 100
			out.WriteString(m[4] + " ")
			rest = rest[1:]
		default:
			out.WriteString(m[0])
		}
	}
	return out.String(), values
}

var fragments = []string{
	"5%", "2.5%", ".5%", "10d", "3w", "0d", "7", "1.5", ".25", "7%3", "7 % 3", "%", "d", "w", "x5d", "_10d", "é3w",
	`"5% 10d"`, `'3w'`, "`2d`", "`a``3w`", `"\"4w"`, `'\\'`, `"é日"`, "''",
	"milestone.slip", "program.labels", "budget", "and", "or", "not", "in", "contains", "true",
	"(", ")", "[", "]", ",", "==", "!=", "<", ">=", "&&", "!", "+", "-", "*", "/", "\n", "\t",
}

// The literals found are those that the reference finds, and the text handed to the
// library is otherwise what it was.
func TestScanFindsTheLiterals(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	whole, found := 0, 0
	for range 60_000 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString(fragments[r.IntN(len(fragments))])
			if r.IntN(3) > 0 {
				b.WriteString(" ")
			}
		}
		text := b.String()
		s, e := scan(text)
		if s == nil || e != nil {
			continue
		}
		whole++
		found += len(s.values)
		plain, values := reference(text)
		if diff := cmp.Diff(values, s.values, cmp.Comparer(near)); diff != "" || plain != s.plain {
			t.Fatalf("%q becomes %q, want %q (-want +got):\n%s", text, s.plain, plain, diff)
		}
		sameTokens(t, text, s)
	}
	if whole < 8_000 || found < 8_000 {
		t.Errorf("only %d texts with %d literals", whole, found)
	}
}

// near compares fractions that were rounded on other ways.
func near(a, b float64) bool { return a-b < 1e-15 && b-a < 1e-15 }

// sameTokens holds that the library cuts the text where scan does.
func sameTokens(t *testing.T, text string, s *scanned) {
	t.Helper()
	tokens, err := lexer.Lex(file.NewSource(s.plain))
	if err != nil {
		if strings.Contains(err.Error(), "escape") { // its own business
			return
		}
		t.Fatalf("%q: %v", text, err)
	}
	var want, got []int
	for _, token := range tokens[:len(tokens)-1] {
		if token.Kind == lexer.Bytes || token.Kind == lexer.Operator && !ours(token.Value) { // such as *& for two
			if _, e := Compile(text); e == nil {
				t.Fatalf("%q is no error", text)
			}
			return
		}
		want = append(want, token.From)
	}
	for _, token := range s.tokens {
		got = append(got, token.from)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q: tokens begin elsewhere than in the library (-library +ours):\n%s", text, diff)
	}
}

func ours(operator string) bool {
	return slices.Contains(operators, operator) || slices.Contains(symbols, operator)
}

func TestScanLeavesTextsAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`"5%" == '10d'`, "`5%``10d` == '\\'5%'", `"\\" == "3w"`, "a5d % x3w", `'é5%' == "10d"`} {
		s, e := scan(text)
		if e != nil {
			t.Fatalf("%s: %v", text, e)
		}
		if s.plain != text || len(s.values) > 0 {
			t.Errorf("%s becomes %s, %v", text, s.plain, s.values)
		}
	}
}

// Compile ends, soon and without a panic; its errors lie in the text; and what it
// accepts can be judged.
func FuzzCompile(f *testing.F) {
	for _, text := range append([]string{
		"budget.increase > 5%", `milestone.slip >= 3w && program.labels["tier"] == "1"`, "headcount.add", "7 % 3 == 1", "1 < (1 < 2 < 3) < 4",
		"program.status not in ['a', \"b\"]", "program.name matches '^a'", "len(program.labels) - -1 > .5", "not (policy.changed) or true", "`a``b` == ''", "b'x'", "a ? b : c",
		"1e5 > 1_000", "let x = 1; x", "map(a, # > 1)", "$env.x", "a?.b ?? c", "1..2", "{a: 1}", "a | b()", "if a {1} else {2}",
	}, fragments...) {
		f.Add(text)
	}
	facts := []Facts{{}, change()}
	f.Fuzz(func(t *testing.T, text string) {
		c, e := Compile(text)
		if e != nil {
			n := utf8.RuneCountInString(text)
			if c != nil || e.Offset < 0 || e.Length < 0 || e.Offset+e.Length > n || e.Message == "" {
				t.Fatalf("%q: %+v", text, e)
			}
			if strings.Contains(e.Message, "cannot be evaluated") {
				t.Fatalf("%q passes the checks and not the library: %+v", text, e)
			}
			return
		}
		s, e := scan(text)
		if e != nil {
			t.Fatal(e)
		}
		sameTokens(t, text, s)
		known := AllNames()
		for _, name := range c.Names() {
			if !strings.Contains(strings.Join(known, " "), name) {
				t.Errorf("%q mentions %s", text, name)
			}
		}
		for _, facts := range facts {
			if _, err := c.Holds(facts); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}
