package priority

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
)

// written is the report in some formats; sheets are for csv alone, as in the command.
func written(t testing.TB, a *Analysis, formats ...string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range formats {
		r := report.New("priorities", a.AsOf)
		a.Report(r, name == "csv")
		f, ok := render.Lookup(name)
		if !ok {
			t.Fatalf("no format %s", name)
		}
		if err := f.Write(&b, r, render.Options{Width: 200}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return b.String()
}

// decoded is the data of the JSON report.
func decoded(t testing.TB, a *Analysis) map[string]any {
	t.Helper()
	var r struct {
		Data map[string]any `json:"data"`
	}
	if err := json.Unmarshal([]byte(written(t, a, "json")), &r); err != nil {
		t.Fatal(err)
	}
	return r.Data
}

// No list is null where there is nothing.
func TestEmpty(t *testing.T) {
	s := snapshot(t)
	d := decoded(t, Analyse(s, options(s)))
	for name, want := range map[string]any{
		"criteria": []any{}, "programs": []any{}, "partial": []any{}, "unknown": []any{}, "money": nil, "change": nil, "ranked": 0.0,
		"leftOut": map[string]any{"completed": 0.0, "cancelled": 0.0},
	} {
		if diff := cmp.Diff(want, d[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if text := written(t, Analyse(s, options(s)), "text"); !strings.Contains(text, "No ranking: the portfolio states no prioritisation.criteria") {
		t.Error(text)
	}
}

// A selector chooses what is shown; ranks and lines stay.
func TestSelector(t *testing.T) {
	s := snapshot(t, config("k: 1"), program("a", "active", "k: 9", costs(100)), program("b", "proposed", "k: 8", costs(100)))
	o := budgeted(s, 150)
	o.Selector, _ = portfolio.ParseSelector("status=proposed")
	d := decoded(t, Analyse(s, o))
	programs := d["programs"].([]any)
	if len(programs) != 1 || programs[0].(map[string]any)["rank"] != 2.0 || programs[0].(map[string]any)["moneyLine"] != "below" {
		t.Errorf("%v", programs)
	}
}

// Text of others is harmless in every format, and is there.
func TestHostile(t *testing.T) {
	s := snapshot(t, config("k: 1"),
		"kind: Program\nmetadata: {name: a, title: \"=cmd|' /C calc'!A0 <script>alert(1)</script> \\e[31m ::error::x \\u202e @all\"}\nspec: {status: active, start: 2026-01-05, due: 2027-12-31, owner: x, priority: {scores: {k: 3}}}\n")
	o := options(s)
	o.Baseline = snapshot(t)
	o.Since = &Commit{Hash: strings.Repeat("a", 40), Day: o.AsOf, Author: "\x1b[31m<b>", Subject: "| `x` | ::error::y"}
	a := Analyse(s, o)
	for name, bad := range map[string][]string{
		"text": {"\x1b", "\n::error", "\u202e"}, "markdown": {"\x1b", "<b>", "<script>", "\u202e", " @all"},
		"html": {"\x1b", "<b>", "<script>", "\u202e"}, "csv": {"\x1b", ",=cmd", "\n=cmd", "\u202e"}, "json": {"\x1b"},
	} {
		text := written(t, a, name)
		for _, x := range bad {
			if strings.Contains(text, x) {
				t.Errorf("%s has %q:\n%s", name, x, text)
			}
		}
	}
}

// What a file says of weights and scores, and whether it can be read.
func TestStateIn(t *testing.T) {
	state := func(text string) State {
		x, ok := StateIn("f.yaml", []byte(text))
		if !ok {
			t.Fatalf("cannot be read: %s", text)
		}
		return x
	}
	a, b := state(program("p", "active", "k: 5", "")), state(program("p", "proposed", "k: 5.0", ""))
	if !a.Same(b) {
		t.Error("5 is not 5.0")
	}
	if a.Same(state(program("p", "active", "k: 6", ""))) || a.Same(state(program("q", "active", "k: 5", ""))) || a.Same(state(program("p", "active", "k: 5, m: 0", ""))) {
		t.Error("other scores are the same")
	}
	w := state(config("a: 1, b: 3"))
	if !w.Same(state(config("b: 30, a: 10"))) || w.Same(state(config("a: 2, b: 3"))) || w.Same(state(config("a: 1"))) {
		t.Error("weights")
	}
	if !w.With(a).Same(a.With(w)) || w.With(a).Same(w) {
		t.Error("two files together")
	}
	if _, ok := StateIn("f.yaml", []byte("kind: Program\n\tspec")); ok {
		t.Error("what is no YAML was read")
	}
}
