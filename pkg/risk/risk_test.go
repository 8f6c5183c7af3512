package risk

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

const asOf = "2026-11-23"

const config = "kind: Portfolio\nmetadata: {name: c}\nspec: {exchangeRates: [{currency: EUR, from: 2026-01, rate: 1.1}, {currency: EUR, from: 2026-12, rate: 2}]}\n"

const teams = `kind: Team
metadata: {name: all}
---
kind: Team
metadata: {name: sre}
spec: {parent: all}
---
kind: Team
metadata: {name: web}
spec: {parent: all}
`

// snapshot assembles documents, one a file.
func snapshot(t testing.TB, docs ...string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

func program(name, spec string, risks ...string) string {
	return "kind: Program\nmetadata: {name: " + name + "}\nspec: {start: 2026-01-05, due: 2027-12-31, " + spec + ", risks: [" + strings.Join(risks, ", ") + "]}\n"
}

func options(by ...group.Dimension) Options { return Options{AsOf: cal.MustDate(asOf), By: by} }

// exposed are "p/r 12.00 3.0", "n/a" for what is not known.
func exposed(list []*Risk) []string {
	out := []string{}
	for _, r := range list {
		cost := "n/a"
		if r.ExposedCost != nil {
			cost = r.ExposedCost.String()
		}
		out = append(out, r.Name()+" "+cost+" "+daysNumber(r.ExposedDays))
	}
	return out
}

// Worked out by hand.
func TestExposure(t *testing.T) {
	for _, test := range []struct{ name, spec, risk, want string }{
		{"both", "status: active", "probability: 30%, impact: {days: 15, cost: 120000}", "p/r 36000.00 4.5"},
		{"no impact in money", "status: active", "probability: 30%, impact: {days: 3w}", "p/r n/a 4.5"},
		{"no impact in days", "status: active", "probability: 2.5%, impact: {cost: 100}", "p/r 2.50 n/a"},
		{"no impact", "status: active", "probability: 30%", "p/r n/a n/a"},
		{"no probability", "status: active", "impact: {days: 15, cost: 120000}", "p/r n/a n/a"},
		{"an impact of 0 is known", "status: active", "probability: 30%, impact: {days: 0, cost: 0}", "p/r 0.00 0.0"},
		{"a probability of 0 is known", "status: active", "probability: 0%, impact: {days: 9, cost: 9}", "p/r 0.00 0.0"},
		{"half a cent away from zero", "status: active", "probability: 50%, impact: {cost: 0.01}", "p/r 0.01 n/a"},
		{"in the currency of the budget, of today", "status: active, budget: {currency: EUR}", "probability: 10%, impact: {cost: 1000}", "p/r 110.00 n/a"},
		{"a budget without one", "status: active, budget: {lines: []}", "probability: 10%, impact: {cost: 1000}", "p/r 100.00 n/a"},
	} {
		s := snapshot(t, config, program("p", test.spec, "{id: r, "+test.risk+"}"))
		if diff := cmp.Diff([]string{test.want}, exposed(Analyse(s, options()).Risks)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// some are risks of five programs, of which those of a, b and c count.
func some() []string {
	return []string{
		config, teams,
		program("a", "status: active, team: sre, owner: ada",
			"{id: big, probability: 50%, impact: {days: 10, cost: 2000}, response: mitigate, reviewBy: 2026-12-31}",
			"{id: late, probability: 10%, impact: {cost: 100}, response: accept, owner: eva, reviewBy: 2026-11-20}",
			"{id: later, probability: 20%, impact: {days: 5}, reviewBy: 2026-11-01}"),
		program("b", "status: proposed, team: web, owner: eva",
			"{id: today, probability: 90%, impact: {days: 50, cost: 90}, response: accept, reviewBy: 2026-11-23}",
			"{id: closed, status: closed, probability: 50%, impact: {days: 10, cost: 20000}, reviewBy: 2026-01-01}"),
		program("c", "status: paused, team: all, owner: ada", "{id: unknown}", "{id: happened, status: occurred, probability: 5%, impact: {days: 7, cost: 300}, reviewBy: 2026-01-01}"),
		program("d", "status: completed, completed: 2026-06-30", "{id: left, probability: 50%, impact: {days: 10, cost: 20000}, reviewBy: 2026-01-01}"),
		"kind: Roster\nmetadata: {name: r}\nspec: {team: all, people: [{id: ada, role: e, level: L4, start: 2020-01-06}, {id: eva, role: e, level: L4, start: 2020-01-06}]}\n",
	}
}

func sum(e Exposure) string {
	cost := "n/a"
	if e.Cost != nil {
		cost = e.Cost.String()
	}
	return fmt.Sprintf("%d risks, %d late, %s of %d, %sd of %d", e.Risks, e.Late, cost, e.Costed, daysNumber(e.Days), e.Timed)
}

// What counts, in which order, and what it adds up to.
func TestRegister(t *testing.T) {
	a := Analyse(snapshot(t, some()...), options(group.ByTeam))
	want := []string{
		"a/later n/a 1.0", "a/late 10.00 n/a", "a/big 1000.00 5.0", "b/today 81.00 45.0", "c/unknown n/a n/a",
		"c/happened 15.00 0.4", "b/closed 10000.00 5.0", "d/left 10000.00 5.0",
	}
	if diff := cmp.Diff(want, exposed(a.Risks)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, want := sum(a.Total), "5 risks, 2 late, 1091.00 of 3, 51.0d of 3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := sum(a.Occurred), "1 risks, 0 late, 300.00 of 1, 7.0d of 1"; got != want {
		t.Errorf("occurred: %s, want %s", got, want)
	}
	if diff := cmp.Diff([][]string{{"a/later", "a/late"}, {"b/today"}}, [][]string{ids(a.Late), ids(a.Soon)}); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
	var groups []string
	for _, g := range a.Groups {
		groups = append(groups, g.Key[0]+": "+sum(g.Exposure))
	}
	if diff := cmp.Diff([]string{"all: 1 risks, 0 late, n/a of 0, n/ad of 0", "sre: 3 risks, 2 late, 1010.00 of 2, 6.0d of 2", "web: 1 risks, 0 late, 81.00 of 1, 45.0d of 1"}, groups); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var responses []string
	for _, r := range a.Responses {
		responses = append(responses, string(r.Response)+": "+sum(r.Exposure))
	}
	if diff := cmp.Diff([]string{"accept: 2 risks, 1 late, 91.00 of 2, 45.0d of 1", "mitigate: 1 risks, 0 late, 1000.00 of 1, 5.0d of 1", ": 2 risks, 1 late, n/a of 0, 1.0d of 1"}, responses); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var owners []string
	for _, g := range Analyse(snapshot(t, some()...), options(group.ByOwner)).Groups {
		owners = append(owners, fmt.Sprint(g.Key[0], " ", g.Risks))
	}
	if diff := cmp.Diff([]string{"ada 3", "eva 2"}, owners); diff != "" { // the risk's, else the program's
		t.Errorf("(-want +got):\n%s", diff)
	}
	heat := []string{}
	for _, c := range a.DayHeat().data() {
		heat = append(heat, fmt.Sprint(name(c.Impact), ", ", name(c.Probability), ": ", c.Risks))
	}
	if diff := cmp.Diff([]string{"40d and more, above 70%: [b/today]", "10d to 19d, to 50%: [a/big]", "5d to 9d, to 30%: [a/later]", "?, to 10%: [a/late]", "?, ?: [c/unknown]"}, heat); diff != "" {
		t.Errorf("heat (-want +got):\n%s", diff)
	}
	o := options(group.ByTeam)
	o.Subtree = true
	if a := Analyse(snapshot(t, some()...), o); sum(a.Groups[0].Exposure) != sum(a.Total) {
		t.Errorf("all with those below it: %s", sum(a.Groups[0].Exposure))
	}
}

func name(text *string) string {
	if text == nil {
		return "?"
	}
	return *text
}

// Bands include their upper probability, and their lower impact.
func TestBands(t *testing.T) {
	for _, test := range []struct{ risk, cost, days string }{
		{"probability: 10%, impact: {cost: 999.99, days: 4}", "below 1,000 to 10%", "below 5d to 10%"},
		{"probability: 10.001%, impact: {cost: 1000, days: 5}", "from 1,000 to 30%", "5d to 9d to 30%"},
		{"probability: 70%, impact: {cost: 9999.99, days: 39}", "from 1,000 to 70%", "20d to 39d to 70%"},
		{"probability: 70.5%, impact: {cost: 1000000, days: 40}", "from 1,000,000 above 70%", "40d and more above 70%"},
		{"probability: 100%, impact: {cost: 100000}", "from 100,000 above 70%", "? above 70%"},
		{"impact: {cost: 10000}", "from 10,000 ?", "? ?"},
	} {
		a := Analyse(snapshot(t, config, program("p", "status: active", "{id: r, "+test.risk+"}")), options())
		for _, x := range []struct {
			heat *Heat
			want string
		}{{a.CostHeat(), test.cost}, {a.DayHeat(), test.days}} {
			c := x.heat.data()
			if got := name(c[0].Impact) + " " + name(c[0].Probability); len(c) != 1 || got != x.want {
				t.Errorf("%s: %s, want %s", test.risk, got, x.want)
			}
		}
	}
}

func moves(a *Analysis) []string {
	out := []string{}
	for _, m := range a.Trend.Moves {
		out = append(out, fmt.Sprintf("%s %s %d %s: %s", m.Name(), m.Kind, m.Cost, m.Days.Digits(1), strings.Join(m.Why, ", ")))
	}
	return out
}

// What became of risks, by hand.
func TestTrend(t *testing.T) {
	before := snapshot(t, config,
		program("a", "status: active",
			"{id: up, probability: 10%, impact: {days: 10, cost: 1000}}", "{id: down, probability: 50%, impact: {days: 10, cost: 1000}}",
			"{id: same, probability: 50%, impact: {days: 10, cost: 1000}}", "{id: closed, probability: 50%, impact: {cost: 1000}}",
			"{id: occurred, probability: 50%, impact: {cost: 1000}}", "{id: gone, probability: 50%, impact: {days: 2}}",
			"{id: reopened, status: closed, probability: 50%, impact: {cost: 200}}", "{id: other, probability: 50%, response: accept, owner: x, reviewBy: 2026-10-01}",
			"{id: quiet, status: closed}"),
		program("b", "status: active", "{id: over, probability: 50%, impact: {cost: 300}}"))
	now := snapshot(t, config,
		program("a", "status: active",
			"{id: up, probability: 30%, impact: {days: 10, cost: 1000}}", "{id: down, probability: 50%, impact: {days: 10, cost: 400}}",
			"{id: same, probability: 50%, impact: {days: 10, cost: 1000}}", "{id: closed, status: closed, probability: 50%, impact: {cost: 1000}}",
			"{id: occurred, status: occurred, probability: 50%, impact: {cost: 1000}}", "{id: new, probability: 20%, impact: {days: 5, cost: 50}}",
			"{id: reopened, probability: 50%, impact: {cost: 200}}", "{id: other, probability: 50%, response: avoid, owner: x, reviewBy: 2026-12-01}"),
		program("b", "status: cancelled", "{id: over, probability: 50%, impact: {cost: 300}}"))
	o := options(group.ByProgram)
	o.Baseline = before
	a := Analyse(now, o)
	want := []string{
		"a/new new 1000 1.0: ", "a/reopened reopened 10000 0.0: ", "a/up raised 20000 2.0: probability 10% to 30%", "a/down lowered -30000 0.0: impact 1000 to 400",
		"a/other changed 0 0.0: response accept to avoid, review 2026-10-01 to 2026-12-01", "a/closed closed -50000 0.0: ", "a/occurred occurred -50000 0.0: ",
		"b/over ended -15000 0.0: its program is cancelled", "a/gone gone 0 -1.0: ",
	}
	if diff := cmp.Diff(want, moves(a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// 100 + 500 + 500 + 500 + 500 + 150, and 1 + 5 + 5 + 1 days.
	if got, want := sum(a.Trend.Before), "8 risks, 1 late, 2250.00 of 6, 12.0d of 4"; got != want {
		t.Errorf("then %s, want %s", got, want)
	}
	if got, want := sum(a.Total), "6 risks, 0 late, 1110.00 of 5, 14.0d of 4"; got != want {
		t.Errorf("now %s, want %s", got, want)
	}
	if got := sum(*a.Groups[1].Before); a.Groups[1].Key[0] != "b" || got != "1 risks, 0 late, 150.00 of 1, n/ad of 0" {
		t.Errorf("b then: %s", got)
	}
}

// A selector that a risk has left, or entered, is a step too; so is what does not validate.
func TestTrendOfSome(t *testing.T) {
	risk := func(owner string) string {
		return "{id: r, probability: 50%, impact: {cost: 100}, owner: " + owner + "}"
	}
	roster := some()[6]
	was := snapshot(t, config, teams, roster, program("a", "status: active", risk("ada")), program("b", "status: active", risk("ada")), program("c", "status: active, owner: nobody", risk("ada")))
	is := snapshot(t, config, teams, roster, program("a", "status: active", risk("eva")), program("b", "status: active, owner: nobody", risk("ada")), program("c", "status: active", risk("ada")))
	o := options()
	o.Selector, _ = portfolio.ParseSelector("owner=ada")
	o.Baseline = was
	if diff := cmp.Diff([]string{"c/r new 5000 0.0: its program did not validate", "a/r gone -5000 0.0: it is not among these any more", "b/r gone -5000 0.0: its program does not validate"}, moves(Analyse(is, o))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	o.Baseline = is
	if diff := cmp.Diff([]string{"a/r new 5000 0.0: it was not among these", "b/r new 5000 0.0: its program did not validate", "c/r gone -5000 0.0: its program does not validate"}, moves(Analyse(was, o))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// written is the report in some formats; sheets are for csv alone, as in the command.
func written(t testing.TB, a *Analysis, formats ...string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range formats {
		r := report.New("risks", a.AsOf)
		a.Report(r, View{All: true, Sheets: name == "csv"})
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

// No list is null where there is nothing, and no exposure of nothing is unknown.
func TestEmpty(t *testing.T) {
	d := decoded(t, Analyse(snapshot(t), options(group.ByProgram)))
	for name, want := range map[string]any{
		"risks": []any{}, "groups": []any{}, "responses": []any{}, "partial": []any{}, "unknown": []any{}, "trend": nil,
		"heat":    map[string]any{"cost": []any{}, "days": []any{}},
		"reviews": map[string]any{"pastDue": []any{}, "dueSoon": []any{}, "noDate": []any{}},
		"total": map[string]any{
			"risks": 0.0, "reviewsPastDue": 0.0, "days": "0.0000", "daysOf": 0.0, "cost": map[string]any{"amount": "0.00", "currency": "USD"}, "costOf": 0.0,
		},
	} {
		if diff := cmp.Diff(want, d[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What lives elsewhere is null, and says so.
func TestPrivate(t *testing.T) {
	external := func(what string) string {
		return "kind: Portfolio\nmetadata: {name: c}\nspec: {external: [" + what + "]}\n"
	}
	const open = "{id: r, probability: 50%, impact: {days: 2, cost: 100}}"
	a := Analyse(snapshot(t, external("Program")), options())
	if d := decoded(t, a); d["total"] != nil || !strings.Contains(written(t, a, "text"), "n/a: risks: private") {
		t.Errorf("%v", d)
	}
	written(t, a, "csv", "html")
	if a := Analyse(snapshot(t, external("Program"), program("p", "status: active", open)), options()); a.Unknown != nil || len(a.Partial) != 1 || a.Total.Risks != 1 {
		t.Errorf("%+v", a)
	}
	// The currency of a budget that lives elsewhere may be any.
	a = Analyse(snapshot(t, external("budget"), program("p", "status: active", open)), options())
	if diff := cmp.Diff([]string{"p/r n/a 1.0"}, exposed(a.Risks)); diff != "" || !strings.Contains(written(t, a, "text"), "The cost of 1 risk is n/a: private") {
		t.Errorf("(-want +got):\n%s", diff)
	}
	a = Analyse(snapshot(t, external("exchangeRates"), program("p", "status: active, budget: {currency: EUR}", open)), options())
	if got := sum(a.Total); got != "1 risks, 0 late, n/a of 0, 1.0d of 1" {
		t.Error(got)
	}
}

// Text of others is harmless in every format.
func TestHostile(t *testing.T) {
	const hostile = "{id: r, title: \"=cmd|' /C calc'!A0 <script>x</script> \\e[31m\\n::error::x \\u202e @all | `y`\", probability: 50%, impact: {cost: 100}}"
	o := options(group.ByProgram)
	o.Baseline = snapshot(t)
	a := Analyse(snapshot(t, config, program("p", "status: active", hostile)), o)
	for name, bad := range map[string][]string{
		"text": {"\x1b", "\n::error", "\u202e"}, "markdown": {"\x1b", "<script>", "\u202e", " @all"}, "html": {"\x1b", "<script>", "\u202e"},
		"csv": {"\x1b", ",=cmd", "\n=cmd", "\u202e"}, "json": {"\x1b"},
	} {
		text := written(t, a, name)
		if !strings.Contains(text, "p/r") && !strings.Contains(text, "p&#47;r") {
			t.Errorf("%s has no risk:\n%s", name, text)
		}
		for _, x := range bad {
			if strings.Contains(text, x) {
				t.Errorf("%s has %q:\n%s", name, x, text)
			}
		}
	}
}
