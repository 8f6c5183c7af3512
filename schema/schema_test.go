package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/progctl/progctl/schema"
)

// keywords are the only ones that a schema may use.
var keywords = strings.Fields(`$schema $id $ref $defs $comment title description examples default
	type enum const required properties additionalProperties patternProperties propertyNames items
	pattern format minimum maximum minItems minLength maxLength uniqueItems dependentRequired if then else`)

func source(t *testing.T, kind string) []byte {
	t.Helper()
	text, ok := schema.Source(kind)
	if !ok {
		t.Fatalf("no schema of kind %s", kind)
	}
	return text
}

func decode(t *testing.T, text []byte) map[string]any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v map[string]any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func compiler(t *testing.T, kind string) *jsonschema.Compiler {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.LoadURL = func(url string) (io.ReadCloser, error) { return nil, fmt.Errorf("the schema loads %s", url) }
	if err := c.AddResource(schema.ID(kind), bytes.NewReader(source(t, kind))); err != nil {
		t.Fatal(err)
	}
	return c
}

// walk calls visit with every schema inside s and its JSON pointer.
func walk(pointer string, s map[string]any, visit func(string, map[string]any)) {
	visit(pointer, s)
	for _, key := range []string{"properties", "patternProperties", "$defs"} {
		if sub, ok := s[key].(map[string]any); ok {
			for _, name := range slices.Sorted(maps.Keys(sub)) {
				walk(pointer+"/"+key+"/"+name, sub[name].(map[string]any), visit)
			}
		}
	}
	for _, key := range []string{"items", "additionalProperties", "propertyNames", "if", "then", "else"} {
		if sub, ok := s[key].(map[string]any); ok {
			walk(pointer+"/"+key, sub, visit)
		}
	}
}

func eachKind(t *testing.T, f func(t *testing.T, kind string, s map[string]any)) {
	for _, kind := range schema.Kinds {
		t.Run(kind, func(t *testing.T) { f(t, kind, decode(t, source(t, kind))) })
	}
}

func TestKindsAndFilesMatch(t *testing.T) {
	var want, got []string
	for _, kind := range schema.Kinds {
		want = append(want, schema.FileName(kind))
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".schema.json") {
			got = append(got, e.Name())
		}
	}
	slices.Sort(want)
	if !slices.Equal(want, got) {
		t.Errorf("files %v, want one for each kind: %v", got, want)
	}
	for _, name := range []string{"headcountplan", "HeadcountPlan", "HEADCOUNTPLAN"} {
		if _, ok := schema.Source(name); !ok {
			t.Errorf("Source(%q) finds nothing", name)
		}
	}
	for _, name := range []string{"", "Programme", "../schema", "program.schema.json"} {
		if _, ok := schema.Source(name); ok {
			t.Errorf("Source(%q) finds something", name)
		}
	}
}

func TestRoots(t *testing.T) {
	eachKind(t, func(t *testing.T, kind string, s map[string]any) {
		if got, want := s["$schema"], "https://json-schema.org/draft/2020-12/schema"; got != want {
			t.Errorf("$schema is %v, want %s", got, want)
		}
		if got, want := s["$id"], schema.ID(kind); got != want {
			t.Errorf("$id is %v, want %s", got, want)
		}
		properties := s["properties"].(map[string]any)
		if got := properties["kind"].(map[string]any)["const"]; got != kind {
			t.Errorf("kind is %v, want %s", got, kind)
		}
		if got := properties["apiVersion"].(map[string]any)["const"]; got != schema.Version {
			t.Errorf("apiVersion is %v, want %s", got, schema.Version)
		}
	})
}

func TestExamplesAreValid(t *testing.T) {
	eachKind(t, func(t *testing.T, kind string, s map[string]any) {
		c := compiler(t, kind)
		walk("", s, func(pointer string, s map[string]any) {
			values, _ := s["examples"].([]any)
			if value, ok := s["default"]; ok {
				values = append(values, value)
			}
			if len(values) == 0 {
				return
			}
			compiled, err := c.Compile(schema.ID(kind) + "#" + pointer)
			if err != nil {
				t.Fatal(err)
			}
			for _, value := range values {
				if err := compiled.Validate(value); err != nil {
					t.Errorf("%s: example %v: %v", pointer, value, err)
				}
			}
		})
		if len(s["examples"].([]any)) == 0 {
			t.Error("no example of a document")
		}
	})
}

func TestEverythingIsDescribed(t *testing.T) {
	eachKind(t, func(t *testing.T, _ string, s map[string]any) {
		walk("", s, func(pointer string, s map[string]any) {
			parts := strings.Split(pointer, "/")
			if len(parts) < 3 {
				return
			}
			parent := parts[len(parts)-2]
			need := map[string][]string{"properties": {"description"}, "$defs": {"title", "description", "examples"}}[parent]
			for _, key := range need {
				if s[key] == nil {
					t.Errorf("%s has no %s", pointer, key)
				}
			}
			// A message quotes the title; a scalar without one must be an enum,
			// a boolean or an integer, which say enough.
			if s["type"] == "string" && s["enum"] == nil && s["const"] == nil && s["title"] == nil {
				t.Errorf("%s is a string without a title", pointer)
			}
			if text, ok := s["title"].(string); ok && regexp.MustCompile(`^[A-Z]|[.]$`).MatchString(text) {
				t.Errorf("%s: title %q does not complete \"expected …\"", pointer, text)
			}
			if text, ok := s["description"].(string); ok && !strings.HasSuffix(text, ".") {
				t.Errorf("%s: description %q is no sentence", pointer, text)
			}
		})
	})
}

func TestFlat(t *testing.T) {
	eachKind(t, func(t *testing.T, _ string, s map[string]any) {
		defs := s["$defs"].(map[string]any)
		used := map[string]bool{}
		walk("", s, func(pointer string, s map[string]any) {
			for key := range s {
				if !slices.Contains(keywords, key) {
					t.Errorf("%s uses %s", pointer, key)
				}
			}
			if ref, ok := s["$ref"].(string); ok {
				name, local := strings.CutPrefix(ref, "#/$defs/")
				if used[name] = true; !local || defs[name] == nil {
					t.Errorf("%s refers to %s", pointer, ref)
				}
			}
			if pattern, ok := s["pattern"].(string); ok {
				if _, err := regexp.Compile(pattern); err != nil {
					t.Errorf("%s: %v", pointer, err)
				}
				if strings.Contains(pattern, "(?") || !strings.HasPrefix(pattern, "^") || !strings.HasSuffix(pattern, "$") {
					t.Errorf("%s: pattern %s is not anchored or not portable", pointer, pattern)
				}
			}
			if types := fmt.Sprint(s["type"]); strings.Contains(types, "object") && s["additionalProperties"] == nil {
				t.Errorf("%s is an open mapping", pointer)
			}
			if types := fmt.Sprint(s["type"]); strings.Contains(types, "array") && s["items"] == nil {
				t.Errorf("%s is a list of anything", pointer)
			}
			properties, _ := s["properties"].(map[string]any)
			required, _ := s["required"].([]any)
			for _, name := range required {
				if properties[name.(string)] == nil {
					t.Errorf("%s requires %s, which it does not have", pointer, name)
				}
			}
			if properties["id"] != nil && properties["waivers"] == nil && !strings.HasSuffix(pointer, "/columns") {
				t.Errorf("%s has an id and no waivers", pointer)
			}
		})
		for name := range defs {
			if !used[name] {
				t.Errorf("$defs/%s is not used", name)
			}
		}
	})
}

func TestSameDefinitionsEverywhere(t *testing.T) {
	type seen struct {
		kind string
		def  any
	}
	first := map[string]seen{}
	for _, kind := range schema.Kinds {
		for name, def := range decode(t, source(t, kind))["$defs"].(map[string]any) {
			if other, ok := first[name]; !ok {
				first[name] = seen{kind, def}
			} else if !reflect.DeepEqual(def, other.def) {
				t.Errorf("$defs/%s differs between %s and %s", name, other.kind, kind)
			}
		}
	}
}

func TestDefinitions(t *testing.T) {
	tests := []struct {
		kind, def string
		good, bad []any
	}{
		{"Program", "name", []any{"a", "a-b", "2026"}, []any{"", "A", "a_b", "a b", "a\n", json.Number("1")}},
		{"Program", "id", []any{"a", "E1234", "v1.30", "3-5-0-alpha-1-date", "a_b"}, []any{"", "-a", "a/b", "a.", "a\n", json.Number("1")}},
		{"Program", "milestoneRef", []any{"a", "releases/v1.30"}, []any{"/a", "a/", "a/b/c", "a //b"}},
		{"Program", "date", []any{"1970-01-01", "2199-12-31", "2028-02-29"}, []any{"1969-12-31", "2200-01-01", "2026-13-01", "2026-00-01", "2026-02-30", "2027-02-29", "2026-1-1", "2026-01", "2026-01-01T00:00:00Z", "٢٠٢٦-01-01"}},
		{"Program", "month", []any{"2026-12"}, []any{"2026-13", "2026-1", "2026-12-01"}},
		{"Program", "monthOrDate", []any{"2026-12", "2026-12-01"}, []any{"2026", "2026-12-32"}},
		{"Program", "money", []any{json.Number("0"), json.Number("-1250000.10"), "1250000.10", "-3"}, []any{"1,000", "$5", "1e3", "", ".5", "1.12345", true, json.Number("1e16")}},
		{"Program", "share", []any{"0%", "100%", "100.0%", "99.999%"}, []any{"101%", "100.1%", "5", "-5%", json.Number("5"), "0.1234%"}},
		{"Portfolio", "percent", []any{"5%", "120%", "2.5%"}, []any{"5", "5 %", "-5%", json.Number("0.05")}},
		{"Program", "fte", []any{json.Number("0"), json.Number("0.125"), json.Number("12")}, []any{json.Number("-1"), "1"}},
		{"Roster", "ownFTE", []any{json.Number("0.001"), json.Number("1")}, []any{json.Number("0"), json.Number("-1")}},
		{"Program", "workDuration", []any{"0d", "15d", "3w"}, []any{"-1d", "15", "1.5d", "3m", json.Number("15")}},
		{"Program", "lag", []any{"-1w", "0d"}, []any{"--1d", "1"}},
		{"Portfolio", "calendarSpan", []any{"14d", "2w"}, []any{"-1d", "1m"}},
		{"Budget", "fiscalYear", []any{"FY27", "FY2027"}, []any{"FY1927", "27", "fy27", json.Number("2027")}},
		{"Goals", "quarter", []any{"FY27Q1", "FY2027Q4"}, []any{"FY27Q5", "2027Q1"}},
		{"Survey", "period", []any{"FY27Q2", "2026-05"}, []any{"FY27", "2026"}},
		{"Budget", "spread", []any{"even", map[string]any{"2026-04": json.Number("1")}, map[string]any{}}, []any{"evenly", map[string]any{"April": json.Number("1")}, map[string]any{"2026-04": "1%"}}},
		{"Program", "dependency", []any{"a", "p/a", map[string]any{"on": "a", "lag": "-2d"}}, []any{"", "a b", map[string]any{"lag": "1d"}, map[string]any{"on": "a", "typ": "FS"}}},
		{"Portfolio", "holiday", []any{"2026-12-25", map[string]any{"date": "2026-12-25"}}, []any{"2026-02-30", "Christmas", map[string]any{"name": "Christmas"}}},
		{"Portfolio", "approvers", []any{"grace", []any{"grace", "ada"}}, []any{"", []any{}, []any{json.Number("1")}}},
		{"Review", "done", []any{true, "2026-11-02"}, []any{"yes", "2026-02-30", json.Number("1")}},
		{"Goals", "measure", []any{json.Number("99.95"), "90%", "-3.5"}, []any{"ninety", "90 %", true}},
		{"Program", "dayCount", []any{json.Number("10"), "10d", "2w"}, []any{json.Number("1.5"), "10", json.Number("-1")}},
		{"Ledger", "code", []any{"CC-1", json.Number("4711")}, []any{"", json.Number("1.5"), true}},
		{"Program", "cadence", []any{"2 weeks on Tue", "quarter"}, []any{""}},
		{"Program", "rrule", []any{"FREQ=MONTHLY;BYDAY=1MO,-1FR", "RRULE:FREQ=DAILY;UNTIL=20260101T000000Z"}, []any{"monthly", "FREQ=", "FREQ=DAILY;"}},
	}
	for _, test := range tests {
		t.Run(test.def, func(t *testing.T) {
			s, err := compiler(t, test.kind).Compile(schema.ID(test.kind) + "#/$defs/" + test.def)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range test.good {
				if err := s.Validate(v); err != nil {
					t.Errorf("refuses %#v: %v", v, err)
				}
			}
			for _, v := range test.bad {
				if s.Validate(v) == nil {
					t.Errorf("accepts %#v", v)
				}
			}
		})
	}
}

// TestLeast holds what the shortest document of each kind needs: nothing that
// can be left out is asked for, and nothing else may be.
func TestLeast(t *testing.T) {
	least := map[string]string{
		"Portfolio":     ``,
		"Team":          ``,
		"Roster":        `{}`,
		"Program":       `{"status": "active", "start": "2026-02-02", "due": "2027-01-29"}`,
		"Budget":        `{}`,
		"HeadcountPlan": `{}`,
		"Ledger":        `{}`,
		"Review":        `{}`,
		"Survey":        `{}`,
		"Goals":         `{}`,
		"Roadmap":       `{}`,
	}
	for _, kind := range schema.Kinds {
		t.Run(kind, func(t *testing.T) {
			s, err := compiler(t, kind).Compile(schema.ID(kind))
			if err != nil {
				t.Fatal(err)
			}
			doc := map[string]any{"kind": kind, "metadata": map[string]any{"name": "x"}}
			if least[kind] != "" {
				doc["spec"] = decode(t, []byte(least[kind]))
			}
			if err := s.Validate(doc); err != nil {
				t.Errorf("the shortest document is refused: %v", err)
			}
			spec, _ := doc["spec"].(map[string]any)
			for key := range spec {
				cut := maps.Clone(spec)
				delete(cut, key)
				doc["spec"] = cut
				if s.Validate(doc) == nil {
					t.Errorf("%s is not required", key)
				}
			}
			doc["spec"] = spec
			for _, key := range []string{"kind", "metadata", "spec"} {
				cut := maps.Clone(doc)
				delete(cut, key)
				if optional := key == "spec" && least[kind] == ""; (s.Validate(cut) == nil) != optional {
					t.Errorf("%s is required: %v, want %v", key, optional, !optional)
				}
			}
			doc["specs"] = true
			if s.Validate(doc) == nil {
				t.Error("an unknown field is accepted")
			}
		})
	}
}

// TestEmptyIsFine holds that a list or a mapping that was begun and left empty
// is no error.
func TestEmptyIsFine(t *testing.T) {
	eachKind(t, func(t *testing.T, _ string, s map[string]any) {
		walk("", s, func(pointer string, s map[string]any) {
			properties, _ := s["properties"].(map[string]any)
			required, _ := s["required"].([]any)
			for name, p := range properties {
				if slices.Contains(required, any(name)) || pointer == "" {
					continue
				}
				p := p.(map[string]any)
				types, _ := p["type"].([]any)
				list, mapping := p["type"] == "array", p["type"] == "object"
				if list || mapping || slices.Contains(types, any("array")) && !slices.Contains(types, any("null")) {
					t.Errorf("%s/properties/%s refuses null", pointer, name)
				}
			}
		})
	})
}
