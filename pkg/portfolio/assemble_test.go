package portfolio

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// files assembles a portfolio from texts by file name; names below private/ are
// of an overlay, names below new/ shadow others.
func files(texts map[string]string) (*Snapshot, []string) {
	s, diags := assemble(texts)
	return s, lines(diags)
}

func assemble(texts map[string]string) (*Snapshot, []diag.Diagnostic) {
	var parts []Part
	for name, text := range texts {
		role := Base
		switch {
		case strings.HasPrefix(name, "private/"):
			role = Overlay
		case strings.HasPrefix(name, "new/"):
			role = Shadow
		}
		parts = append(parts, Read(&source.File{Name: name, Text: []byte(text)}, role))
	}
	return Assemble(parts)
}

// lines lists findings as file:line:column CODE message, sorted.
func lines(diags []diag.Diagnostic) []string {
	list := []string{}
	for _, d := range diags {
		line := fmt.Sprintf("%s:%d:%d %s %s", d.File, d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message)
		if d.Suggestion != "" {
			line += " → " + d.Suggestion
		}
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}

const (
	team   = "kind: Team\nmetadata: {name: sre}\n"
	roster = "kind: Roster\nmetadata: {name: sre}\nspec: {team: sre, people: [{id: ada, role: sre, level: L5, start: 2024-01-01}]}\n"
)

// dr is a program with a few fields of its spec.
func dr(spec string) string {
	return "kind: Program\nmetadata: {name: dr}\nspec:\n  status: active\n  start: 2026-02-02\n  due: 2027-01-29\n" + spec
}

func TestReferences(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"all known", map[string]string{"t": team, "r": roster, "p": dr("  team: sre\n  owner: ada\n")}, nil},
		{"a team owns", map[string]string{"t": team, "r": roster, "p": dr("  owner: sre\n")}, nil},
		{"misspelt", map[string]string{"t": team, "r": roster, "p": dr("  team: ser\n  owner: adda\n")}, []string{
			`p:7:9 REF001 there is no team "ser" → sre`,
			`p:8:10 REF001 there is no person or team "adda" → ada`,
		}},
		{"nothing of the sort", map[string]string{"p": dr("  team: sre\n  owner: ada\n  theme: growth\n"), "q": dr("  team: sre\n") + "", "x": "kind: Team\nmetadata: {name: other}\nspec: {lead: ada}\n"}, []string{
			`p:7:9 REF001 there is no team "sre"`,
			`p:9:10 REF010 theme "growth" is not declared: the portfolio has no themes at all`,
			`q:2:18 REF002 program "dr" is defined twice`,
			`x:3:14 REF010 person "ada" is not declared: the portfolio has no people at all`,
		}},
		{"levels are free until declared", map[string]string{"t": team, "r": strings.ReplaceAll(roster, "L5", "L9")}, nil},
		{"levels declared", map[string]string{"t": team, "r": strings.ReplaceAll(roster, "L5", "L9"), "c": "kind: Portfolio\nmetadata: {name: c}\nspec: {levels: [{id: L5}]}\n"}, []string{
			`r:3:56 REF001 there is no level "L9"`,
		}},
		{"milestones", map[string]string{"p": dr(`  milestones:
    - {id: a, due: 2026-03-01}
    - {id: b, due: 2026-03-02, dependsOn: [a, c, x/y, {on: other/z}, dr/aa]}
`), "o": "kind: Program\nmetadata: {name: other}\nspec: {status: active, start: 2026-01-01, due: 2026-12-31, milestones: [{id: c, due: 2026-02-01}]}\n"}, []string{
			`p:9:47 REF001 program "dr" has no milestone "c" → other/c`,
			`p:9:50 REF001 there is no program "x"`,
			`p:9:55 REF001 program "other" has no milestone "z"`,
			`p:9:70 REF001 program "dr" has no milestone "aa"`,
		}},
		{"a document that does not conform is no second finding", map[string]string{
			"t": "kind: Team\nmetadata: {name: sre}\nspec: {paren: x}\n", "r": roster, "p": dr("  team: sre\n"),
		}, []string{`t:3:8 SCH003 team "sre" has an unknown field "paren" → parent`}},
		{"nor is one in a file that is not YAML", map[string]string{
			"t": team + "spec: {parent: [}\n", "u": "kind: Team\nmetadata: {name: web}\n", "p": dr("  team: sre\n  owner: web\n"),
		}, []string{`t:3:17 YAML001 a value was expected here`}},
		{"dependency cycle", map[string]string{"p": dr(`  milestones:
    - {id: a, due: 2026-03-01, dependsOn: [c]}
    - {id: b, due: 2026-03-02, dependsOn: [a]}
    - {id: c, due: 2026-03-03, dependsOn: [b]}
    - {id: d, due: 2026-03-03, dependsOn: [d]}
    - {id: e, due: 2026-03-03, dependsOn: [a]}
`)}, []string{
			"p:11:43 REF004 milestones depend on each other in a circle: dr/d → dr/d",
			"p:8:43 REF004 milestones depend on each other in a circle: dr/a → dr/c → dr/b → dr/a",
		}},
		{"team cycle", map[string]string{"t": "kind: Team\nmetadata: {name: a}\nspec: {parent: b}\n---\nkind: Team\nmetadata: {name: b}\nspec: {parent: a}\n"}, []string{
			"t:3:16 REF005 teams are each other's parents: a → b → a",
		}},
		{"ids twice", map[string]string{"p": dr("  milestones: [{id: a, due: 2026-03-01}, {id: a, due: 2026-03-02}]\n  risks: [{id: r, title: x}, {id: r, title: y}]\n")}, []string{
			`p:7:47 REF003 milestone "a" is defined twice`,
			`p:8:35 REF003 risk "r" is defined twice`,
		}},
		{"employments", map[string]string{"t": team, "r": `kind: Roster
metadata: {name: r}
spec:
  team: sre
  people:
    - {id: ada, role: x, level: L1, start: 2024-01-01, end: 2024-06-30}
    - {id: ada, role: x, level: L1, start: 2025-01-01}
    - {id: bob, role: x, level: L1, start: 2025-01-01}
    - {id: bob, role: x, level: L1, start: 2024-01-01, end: 2025-01-01}
    - {id: eve, role: x, level: L1, start: 2024-01-01, end: 2023-12-31}
`}, []string{
			`r:10:61 SCH011 person "eve": end 2023-12-31 is before its start 2024-01-01`,
			`r:8:44 REF007 person "bob" starts on 2025-01-01, but an earlier employment ends on 2025-01-01`,
		}},
		{"digits of a currency", map[string]string{"p": dr("  budget:\n    contingency: 1.005\n    lines:\n      - {id: l, category: c, type: opex, amount: 10.5, currency: JPY, from: 2026-03, to: 2026-02}\n")}, []string{
			`p:10:50 REF001 there is no exchange rate for JPY`,
			`p:10:50 SCH013 line "l": 10.5 has 1 decimal: JPY has none`,
			`p:10:90 SCH011 line "l" ends in 2026-02, before it begins in 2026-03`,
			`p:8:18 SCH013 program "dr": 1.005 has 3 decimals: USD has at most 2`,
		}},
		{"posted twice", map[string]string{"p": dr(""), "l": `kind: Ledger
metadata: {name: l}
spec:
  program: dr
  entries:
    - {date: 2026-03-01, category: c, type: opex, amount: 1, ref: A-1}
    - {date: 2026-03-02, category: c, type: opex, amount: 2, ref: A-1}
---
kind: Ledger
metadata: {name: m}
spec: {entries: []}
`}, []string{
			`l:10:18 SCH012 ledger "m" states neither program nor team`,
			`l:7:67 REF009 ledger reference "A-1" is posted twice`,
		}},
		{"a leading zero", map[string]string{"p": dr("  budget: {contingency: 0100}\n")}, []string{
			`p:7:25 SCH005 program "dr": budget.contingency: 0100 is a number that tools read differently: write it without leading zeros, signs or separators`,
		}},
		{"a shadow stands in", map[string]string{"t": team, "p": dr("  team: sre\n"), "new/p": dr("  team: ser\n")}, []string{
			`new/p:7:9 REF001 there is no team "ser" → sre`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, got := files(test.files)
			if test.want == nil {
				test.want = []string{}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOverlay(t *testing.T) {
	config := "kind: Portfolio\nmetadata: {name: base}\nspec: {external: [Roster, rateCard]}\n"
	program := dr("  team: sre\n  owner: ada\n  staffing: [{person: nobody, fte: 1, from: 2026-03, to: 2026-04}]\n")
	base := map[string]string{"c": config, "t": team, "p": program}
	if _, got := files(base); len(got) > 0 {
		t.Errorf("without the overlay: %v", got)
	}
	with := map[string]string{
		"c": config, "t": team, "p": program, "private/r": roster,
		"private/c": "kind: Portfolio\nmetadata: {name: pay}\nspec: {rateCard: [{role: sre, annualCost: 100000}]}\n",
	}
	s, got := files(with)
	want := []string{`p:9:23 REF001 there is no person "nobody"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with the overlay (-want +got):\n%s", diff)
	}
	if len(s.Config.RateCard) != 1 || s.Config.RateCard[0].AnnualCost.String() != "100000" || s.Config.Meta.Name != "base" {
		t.Errorf("the rate card is not joined: %+v", s.Config)
	}
	with["private/t"] = team
	with["private/d"] = "kind: Portfolio\nmetadata: {name: more}\nspec: {currency: EUR}\n"
	_, got = files(with)
	want = []string{
		`p:9:23 REF001 there is no person "nobody"`,
		"private/d:2:18 REF006 there is more than one Portfolio document",
		`private/t:2:18 REF002 team "sre" is defined twice`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with too much in the overlay (-want +got):\n%s", diff)
	}
}

func TestUnsoundDocumentsAreNamed(t *testing.T) {
	s, _ := files(map[string]string{"t": team, "p": dr("  team: ser\n"), "q": strings.ReplaceAll(dr("  onwer: x\n"), "dr", "q"), "w": strings.ReplaceAll(dr("  owner: x\n"), "dr", "w")})
	for subject, want := range map[string]bool{"team/sre": true, "program/dr": false, "program/q": false, "program/w": true} {
		if s.Sound(subject) != want {
			t.Errorf("%s is sound: %t, want %t", subject, !want, want)
		}
	}
}

func TestSelector(t *testing.T) {
	labelled := strings.Replace(dr("  team: sre\n  owner: ada\n"), "{name: dr}", "{name: dr, labels: {pillar: availability, team: tpm}}", 1)
	s, _ := files(map[string]string{"p": labelled})
	for text, want := range map[string]bool{
		"": true, "pillar=availability": true, "pillar==availability": true, "pillar=cost": false, "pillar!=cost": true,
		"team=tpm": true, "team=sre": false, "owner=ada,status=active": true, "owner=ada,status=paused": false,
		"pillar": true, "!pillar": false, "tier": false, "!tier": true, "kind=program,name=dr": true, " pillar = availability ": true,
	} {
		sel, err := ParseSelector(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for _, subject := range []string{"program/dr", "program/dr/milestone/a"} {
			if got := s.Selects(sel, subject, nil); got != want {
				t.Errorf("%q selects %s: %t, want %t", text, subject, got, want)
			}
		}
		if !s.Selects(sel, "file/x.yaml", nil) {
			t.Errorf("%q hides a file that cannot be read", text)
		}
	}
	for _, text := range []string{"=x", "!", "!=x", "a,=b"} {
		if _, err := ParseSelector(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

// The order in which files are read, and how documents are spread over files,
// change nothing but the places of findings.
func TestOrderOfFilesIsIrrelevant(t *testing.T) {
	docs := []string{
		team, roster, dr("  team: sre\n  owner: adda\n  milestones: [{id: a, due: 2026-03-01, dependsOn: [b]}, {id: b, due: 2026-03-02, dependsOn: [a]}]\n"),
		strings.ReplaceAll(dr("  team: x\n"), "dr", "q"), "kind: Portfolio\nmetadata: {name: c}\nspec: {requires: '>=0.1'}\n",
	}
	messages := func(texts map[string]string) []string {
		_, diags := assemble(texts)
		var list []string
		for _, d := range diags {
			list = append(list, d.Code+" "+d.Subject+" "+d.Message)
		}
		slices.Sort(list)
		return list
	}
	want := messages(map[string]string{"all": strings.Join(docs, "---\n")})
	if len(want) != 3 {
		t.Fatalf("findings %q", want)
	}
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation(docs).Draw(t, "order")
		texts := map[string]string{}
		for _, doc := range order {
			name := fmt.Sprint("f", rapid.IntRange(0, 3).Draw(t, "file"))
			texts[name] += "---\n" + doc
		}
		if diff := cmp.Diff(want, messages(texts)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func BenchmarkAssemble(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var parts []Part
	for i := range 2000 {
		var spec strings.Builder
		spec.WriteString("  milestones:\n")
		for m := range 15 {
			fmt.Fprintf(&spec, "    - {id: m%d, due: 2026-0%d-01, dependsOn: [p%d/m%d]}\n", m, 1+m/2, r.IntN(i+1), m)
		}
		text := strings.ReplaceAll(dr(spec.String()), "dr", fmt.Sprint("p", i))
		parts = append(parts, Read(&source.File{Name: fmt.Sprint(i), Text: []byte(text)}, Base))
	}
	for b.Loop() {
		Assemble(parts)
	}
}

func TestRateCardOfAnOverlayIsInThePortfoliosCurrency(t *testing.T) {
	s, _ := files(map[string]string{
		"c":         "kind: Portfolio\nmetadata: {name: base}\nspec: {currency: EUR, external: [rateCard]}\n",
		"private/c": "kind: Portfolio\nmetadata: {name: pay}\nspec: {rateCard: [{role: sre, annualCost: 1000.50}]}\n",
	})
	if got := s.Config.RateCard[0].Currency; got != "EUR" {
		t.Errorf("currency %s, want EUR", got)
	}
}

func TestPortfolioThatDoesNotConformIsNoDefault(t *testing.T) {
	s, got := files(map[string]string{
		"c": "kind: Portfolio\nmetadata: {name: base}\nspec: {external: [Roster, Team], polcy: {}}\n",
		"p": dr("  team: sre\n  owner: ada\n"),
	})
	if want := []string{`c:3:34 SCH003 portfolio "base" has an unknown field "polcy" → policy`}; !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	if !s.Unconfigured {
		t.Error("the stand-in is taken for the portfolio")
	}
}

// Each set of milestones that reach each other is told once, by a shortest
// circle, however many circles it has.
func TestDenseCycles(t *testing.T) {
	var spec strings.Builder
	spec.WriteString("  milestones:\n")
	const n = 400
	for i := range n {
		fmt.Fprintf(&spec, "    - {id: m%d, due: 2026-03-01, dependsOn: [m%d, m0]}\n", i, (i+1)%n)
	}
	_, got := files(map[string]string{"p": dr(spec.String())})
	if want := []string{"p:8:44 REF004 milestones depend on each other in a circle: dr/m0 → dr/m0"}; !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

func TestFingerprintsSurviveInsertions(t *testing.T) {
	prints := func(list string) []string {
		_, diags := assemble(map[string]string{"p": dr("  milestones:\n" + list)})
		diag.Finish(diags)
		var all []string
		for _, d := range diags {
			all = append(all, d.Code+" "+d.Fingerprint)
		}
		return all
	}
	const wrong = "    - {id: b, due: 2026-13-01, titel: x}\n"
	const cycle = "    - {id: c, due: 2026-03-01, dependsOn: [x]}\n"
	for _, entry := range []string{wrong, cycle} {
		before, after := prints(entry), prints("    - {id: a, due: 2026-03-01}\n"+entry)
		if len(before) == 0 || !slices.Equal(before, after) {
			t.Errorf("%s has %q, behind another entry %q", entry, before, after)
		}
	}
}

func TestOverlayIsNoStandInForABrokenPortfolio(t *testing.T) {
	s, got := files(map[string]string{
		"c":         "kind: Portfolio\nmetadata: {name: base}\nspec: {polcy: {}}\n",
		"private/c": "kind: Portfolio\nmetadata: {name: pay}\nspec: {rateCard: [{annualCost: 1}]}\n",
	})
	if len(got) != 1 || !s.Unconfigured {
		t.Errorf("findings %q, unconfigured %t", got, s.Unconfigured)
	}
	_, got = files(map[string]string{
		"c":         "kind: Portfolio\nmetadata: {name: base}\n",
		"private/c": "kind: Portfolio\nmetadata: {name: pay}\nspec: {currency: USD}\n", // a default, but stated
	})
	if want := []string{"private/c:2:18 REF006 there is more than one Portfolio document"}; !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}
