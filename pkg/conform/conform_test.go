package conform

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

func document(t testing.TB, text string) *source.Document {
	t.Helper()
	docs, diags := source.Parse(&source.File{Name: "t.yaml", Text: []byte(text)})
	if len(docs) != 1 || len(diags) > 0 {
		t.Fatalf("%d documents, findings %v in\n%s", len(docs), diags, text)
	}
	return docs[0]
}

const program = `kind: Program
metadata: {name: dr}
spec:
  status: active
  start: 2026-02-02
  due: 2027-01-29
`

// documents is how many mutated examples a test looks at. They are drawn from fixed
// seeds, for the share that conforms differs from draw to draw.
const documents = 2000

// mutated returns an example of a schema with a value changed here and there, or
// nowhere, as a document; nil where it has become none.
func mutated(t *testing.T, seed uint64) (c *compiled, doc *source.Document, text []byte) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	c, err := compile(schema.Kinds[r.IntN(len(schema.Kinds))])
	if err != nil {
		t.Fatal(err)
	}
	examples, _ := c.raw["examples"].([]any)
	text, err = json.MarshalIndent(mutate(r, examples[r.IntN(len(examples))]), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	docs, diags := source.Parse(&source.File{Name: "t.yaml", Text: text})
	if len(docs) != 1 || len(diags) > 0 {
		return c, nil, text
	}
	return c, docs[0], text
}

// A plan may only accept what the library accepts. Where it refuses, the
// library is asked, so refusing too much costs time but is never wrong; the
// share that a plan accepts is what makes it worth having.
func TestPlanNeverAcceptsWhatTheLibraryRefuses(t *testing.T) {
	accepted, valid, invalid := 0, 0, 0
	for seed := range uint64(documents) {
		c, doc, text := mutated(t, seed)
		if doc == nil {
			continue
		}
		quick := c.plan.accept(doc.Root())
		err := c.validate(doc.Root().JSON())
		switch {
		case quick && err != nil:
			t.Fatalf("the plan accepts, the library says %v:\n%s", err, text)
		case err != nil:
			invalid++
		case quick:
			accepted++
			fallthrough
		default:
			valid++
		}
	}
	if valid < documents/4 || invalid < documents/4 {
		t.Errorf("%d documents conform and %d do not: too few to tell", valid, invalid)
	}
	if accepted*10 < valid*9 {
		t.Errorf("the plans accepted %d of %d documents that conform", accepted, valid)
	}
}

var replacements = []any{
	nil, true, "", "x", "2026-02-30", "2026-02-28", "2026-13", "2026-01", "5%", "150%", "a b", "A", "FY27", "FY27Q5", "15d", "-3d", "1e400",
	json.Number("0"), json.Number("-1"), json.Number("1.5"), json.Number("1.0"), json.Number("1e2"), json.Number("99999999999999999999"),
	[]any{},
	[]any{"a", "a"},
	map[string]any{},
	map[string]any{"x": "y"},
}

// mutate changes a value here and there, or nowhere.
func mutate(r *rand.Rand, v any) any {
	if r.IntN(100) == 0 {
		return replacements[r.IntN(len(replacements))]
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			switch r.IntN(300) {
			case 0: // dropped
			case 1:
				out[k+"x"] = mutate(r, v[k])
			default:
				out[k] = mutate(r, v[k])
			}
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, mutate(r, item))
		}
		return out
	}
	return v
}

// Whatever is wrong with a document, it is reported without a panic and with a
// place inside of it.
func TestEveryRefusalIsExplained(t *testing.T) {
	for seed := range uint64(documents) {
		_, doc, text := mutated(t, seed)
		if doc == nil {
			continue
		}
		kind, _ := Kind(doc)
		found := Check(doc)
		if kind != "" {
			c, err := compile(kind)
			if err != nil {
				t.Fatal(err)
			}
			if conforms := c.validate(doc.Root().JSON()) == nil; conforms != (len(found) == 0) {
				t.Fatalf("conforms: %t, findings: %v\n%s", conforms, found, text)
			}
		} else if len(found) == 0 {
			t.Fatalf("a document without a kind is accepted\n%s", text)
		}
		for _, d := range found {
			if d.Range.Start.Line < 1 || d.Message == "" || d.Subject == "" || strings.Contains(d.Message, "%!") {
				t.Fatalf("finding %+v\n%s", d, text)
			}
		}
	}
}

func TestRecognisersAgreeWithTheirPatterns(t *testing.T) {
	used := map[string]bool{}
	for _, kind := range schema.Kinds {
		text, _ := schema.Source(kind)
		for pattern := range recognisers {
			quoted, _ := json.Marshal(pattern)
			used[pattern] = used[pattern] || strings.Contains(string(text), string(quoted))
		}
	}
	for pattern, quick := range recognisers {
		if !used[pattern] {
			t.Errorf("no schema has the pattern %s", pattern)
		}
		re := regexp.MustCompile(pattern)
		alphabet := rapid.SampledFrom([]rune("019723-.a_/zAZ é\n:@[`{"))
		anything := rapid.OneOf(
			rapid.StringOfN(alphabet, 0, 12, -1),
			rapid.StringMatching(pattern),
			rapid.StringMatching(`[12][0-9]{3}-[01][0-9](-[0-3][0-9])?`),
		)
		rapid.Check(t, func(t *rapid.T) {
			s := anything.Draw(t, "s")
			if quick(s) != re.MatchString(s) {
				t.Fatalf("%q: %t, but the pattern %s says %t", s, quick(s), pattern, !quick(s))
			}
		})
	}
}

func TestReferencesAreNeverLoaded(t *testing.T) {
	for _, ref := range []string{"https://example.org/x.json", "file:///etc/passwd", "other.schema.json"} {
		c, err := compileText("https://progctl.dev/schema/v1/t.schema.json", []byte(`{"$ref": "`+ref+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.library(); err == nil {
			t.Errorf("$ref to %s is followed", ref)
		}
	}
}

func FuzzPlan(f *testing.F) {
	f.Add([]byte(program))
	for _, kind := range schema.Kinds {
		c, err := compile(kind)
		if err != nil {
			f.Fatal(err)
		}
		examples, _ := c.raw["examples"].([]any)
		for _, e := range examples {
			text, err := json.Marshal(e)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		docs, _ := source.Parse(&source.File{Name: "f.yaml", Text: text})
		for _, d := range docs {
			Check(d)
			kind, _ := Kind(d)
			if kind == "" {
				continue
			}
			c, err := compile(kind)
			if err != nil {
				t.Fatal(err)
			}
			if c.plan.accept(d.Root()) {
				if err := c.validate(d.Root().JSON()); err != nil {
					t.Fatalf("the plan accepts, the library says %v:\n%s", err, text)
				}
			}
		}
	})
}
