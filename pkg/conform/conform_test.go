package conform

import (
	"encoding/json"
	"regexp"
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

// A plan may only accept what the library accepts. Where it refuses, the
// library is asked, so refusing too much costs time but is never wrong; the
// share that a plan accepts is what makes it worth having.
func TestPlanNeverAcceptsWhatTheLibraryRefuses(t *testing.T) {
	accepted, valid := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(schema.Kinds).Draw(t, "kind")
		c, err := compile(kind)
		if err != nil {
			t.Fatal(err)
		}
		value := mutate(t, example(t, c))
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		docs, diags := source.Parse(&source.File{Name: "t.yaml", Text: text})
		if len(docs) != 1 || len(diags) > 0 {
			t.Skip("not a document")
		}
		quick := c.plan.accept(docs[0].Root())
		err = c.validate(docs[0].Root().JSON())
		if quick && err != nil {
			t.Fatalf("the plan accepts, the library says %v:\n%s", err, text)
		}
		if err == nil {
			valid++
			if quick {
				accepted++
			}
		}
	})
	if valid == 0 || accepted*10 < valid*9 {
		t.Errorf("the plans accepted %d of %d documents that conform", accepted, valid)
	}
}

// example draws one of the schema's own examples.
func example(t *rapid.T, c *compiled) any {
	examples, _ := c.raw["examples"].([]any)
	return rapid.SampledFrom(examples).Draw(t, "example")
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
func mutate(t *rapid.T, v any) any {
	if rapid.IntRange(0, 150).Draw(t, "replace") == 0 {
		return rapid.SampledFrom(replacements).Draw(t, "with")
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, k := range sortedKeys(v) {
			switch rapid.IntRange(0, 300).Draw(t, "key") {
			case 0: // dropped
			case 1:
				out[k+"x"] = mutate(t, v[k])
			default:
				out[k] = mutate(t, v[k])
			}
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, mutate(t, item))
		}
		return out
	}
	return v
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	for i := range keys {
		for j := i + 1; j < len(keys); j++ {
			if keys[j] < keys[i] {
				keys[i], keys[j] = keys[j], keys[i]
			}
		}
	}
	return keys
}

// Whatever is wrong with a document, it is reported without a panic and with a
// place inside of it.
func TestEveryRefusalIsExplained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := compile(rapid.SampledFrom(schema.Kinds).Draw(t, "kind"))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.MarshalIndent(mutate(t, example(t, c)), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		docs, diags := source.Parse(&source.File{Name: "t.yaml", Text: text})
		if len(docs) != 1 || len(diags) > 0 {
			t.Skip("not a document")
		}
		kind, _ := Kind(docs[0])
		found := Check(docs[0])
		if kind != "" {
			c, err = compile(kind)
			if err != nil {
				t.Fatal(err)
			}
			if conforms := c.validate(docs[0].Root().JSON()) == nil; conforms != (len(found) == 0) {
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
	})
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
