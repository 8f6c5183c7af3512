package priority

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

const asOf = "2026-11-23"

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

// config has the criteria "a: 3, b: 1".
func config(criteria string, more ...string) string {
	var list []string
	for c := range strings.SplitSeq(criteria, ", ") {
		if id, weight, ok := strings.Cut(c, ": "); ok {
			list = append(list, "{id: "+id+", weight: "+weight+"}")
		}
	}
	return "kind: Portfolio\nmetadata: {name: c}\nspec: {prioritisation: {criteria: [" + strings.Join(list, ", ") + "]}" + strings.Join(more, "") + "}\n"
}

func program(name, status, scores, more string) string {
	if more != "" {
		more = ", " + more
	}
	return "kind: Program\nmetadata: {name: " + name + "}\nspec: {status: " + status + ", start: 2026-01-05, due: 2027-12-31, priority: {scores: {" + scores + "}}" + more + "}\n"
}

// costs is a budget of so much in January 2027.
func costs(amount int) string {
	return fmt.Sprintf("budget: {lines: [{id: l, category: cloud, type: opex, amount: %d, from: 2027-01, to: 2027-01}]}", amount)
}

// options are those of FY27, the calendar year 2027, by quarter.
func options(s *portfolio.Snapshot) Options {
	years := cal.FiscalYears{From: 2027, To: 2027}
	return Options{AsOf: cal.MustDate(asOf), Years: years, Step: cal.ByQuarter, Buckets: s.Fiscal.Buckets(years, cal.ByQuarter)}
}

func budgeted(s *portfolio.Snapshot, amount int64) Options {
	o := options(s)
	o.Budget = &money.Amount{Minor: 100 * amount, Currency: "USD"}
	return o
}

// ranks are "1 name 7.50", with "(60% of 1 to 2)" where scores are missing.
func ranks(a *Analysis) []string {
	list := []string{}
	for _, r := range a.Rows {
		text := fmt.Sprintf("%d %s %s", r.Rank, r.name(), r.Score.Score.Digits(4))
		if r.Score.partial() {
			text += fmt.Sprintf(" (%s, %d to %d)", r.Score.Known.Percent(), r.Best, r.Worst)
		}
		list = append(list, strings.TrimSuffix(text, " "))
	}
	return list
}

// Worked out by hand.
func TestRanking(t *testing.T) {
	for _, test := range []struct {
		name, criteria string
		programs       []string // name: status: scores
		want           []string
	}{
		{"the mean by weight", "a: 3, b: 1", []string{"x: active: a: 8, b: 4", "y: proposed: a: 5, b: 10"}, []string{"1 x 7.0000", "2 y 6.2500"}},
		{"weights are in proportion", "a: 0.75, b: 0.25", []string{"x: active: a: 8, b: 4"}, []string{"1 x 7.0000"}},
		{"equal scores by name", "a: 1, b: 2", []string{"y: active: a: 4, b: 4", "x: paused: a: 10, b: 1"}, []string{"1 x 4.0000", "2 y 4.0000"}},
		{"exactly", "a: 1, b: 1, c: 1", []string{"x: active: a: 0.1, b: 0.2, c: 0.3", "y: active: a: 0.2, b: 0.2, c: 0.2"}, []string{"1 x 0.2000", "2 y 0.2000"}},
		// 8 of a alone; b from 0 to 10 makes 6 to 8.5. y is 7.
		{"a missing score is not 0", "a: 3, b: 1", []string{"x: active: a: 8", "y: active: a: 7, b: 7"}, []string{"1 x 8.0000 (75.0%, 1 to 2)", "2 y 7.0000"}},
		// x is between 6 and 8.5, z between 0 and 7.5: 10 of b and nothing of a.
		{"two with gaps", "a: 3, b: 1", []string{"x: active: a: 8", "z: active: b: 0"}, []string{"1 x 8.0000 (75.0%, 1 to 2)", "2 z 0.0000 (25.0%, 1 to 2)"}},
		{"a gap that cannot matter", "a: 3, b: 1", []string{"x: active: a: 8", "y: active: a: 5, b: 5"}, []string{"1 x 8.0000 (75.0%, 1 to 1)", "2 y 5.0000"}},
		{"without a score", "a: 3", []string{"n: active: ", "x: active: a: 0"}, []string{"1 x 0.0000", "0 n"}},
		{"without weight", "a: 0, b: 1", []string{"x: active: a: 9", "y: active: a: 1, b: 2"}, []string{"1 y 2.0000", "0 x"}},
		{"no weight at all", "a: 0", []string{"x: active: a: 9"}, []string{"0 x"}},
		{"what is over", "a: 1", []string{"x: completed: a: 9", "y: cancelled: a: 9", "z: approved: a: 1"}, []string{"1 z 1.0000"}},
		{"no criteria", "", []string{"x: active: "}, []string{"0 x"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs := []string{config(test.criteria)}
			for _, p := range test.programs {
				f := strings.SplitN(p, ": ", 3)
				more := ""
				if f[1] == "completed" {
					more = "completed: 2026-06-30"
				}
				docs = append(docs, program(f[0], f[1], f[2], more))
			}
			s := snapshot(t, docs...)
			a := Analyse(s, options(s))
			if diff := cmp.Diff(test.want, ranks(a)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// sides are the programs above the line, a bar, those below; ? is not known.
func sides(a *Analysis, side func(*Row) Side) string {
	var above, below, unknown []string
	for _, r := range a.Rows {
		switch side(r) {
		case Above:
			above = append(above, r.name())
		case Below:
			below = append(below, r.name())
		case Unsettled:
			unknown = append(unknown, r.name()+"?")
		}
	}
	return strings.Join(above, " ") + " | " + strings.Join(append(below, unknown...), " ")
}

func byMoneySide(r *Row) Side  { return r.Money }
func byPeopleSide(r *Row) Side { return r.People }

// Four programs of 100, 200, 300 and 50, ranked a to d; e asks for nothing.
func TestMoneyLine(t *testing.T) {
	docs := []string{
		config("k: 1"), program("a", "active", "k: 9", costs(100)), program("b", "proposed", "k: 8", costs(200)),
		program("c", "active", "k: 7", costs(300)), program("d", "proposed", "k: 6", costs(50)), program("e", "proposed", "k: 5", ""),
	}
	for _, test := range []struct {
		name        string
		budget      int64
		more        []string
		keep        bool
		want        string
		taken, left string
		fit         []string
	}{
		{"all", 650, nil, false, "a b c d e | ", "650.00", "0.00", []string{}},
		{"a unit less", 649, nil, false, "a b c e | d", "600.00", "49.00", []string{}},
		{"what would fit", 350, nil, false, "a b e | c d", "300.00", "50.00", []string{"d"}},
		{"none", 0, nil, false, "e | a b c d", "0.00", "0.00", []string{}},
		{"completed programs first", 650, []string{program("z", "completed", "k: 10", "completed: 2027-01-29, "+costs(51))}, false, "a b e | c d", "351.00", "299.00", []string{"d"}}, // 300 of 299
		{"cancelled ones cost nothing", 650, []string{program("z", "cancelled", "k: 10", costs(51))}, false, "a b c d e | ", "650.00", "0.00", []string{}},
		{"those that run are kept", 449, nil, true, "a c e | b d", "400.00", "49.00", []string{}},
		{"and are more than there is", 300, nil, true, "a c e | b d", "400.00", "-100.00", []string{}},
		{"without a score last", 700, []string{program("u", "proposed", "", costs(60))}, false, "a b c d e | u", "650.00", "50.00", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := snapshot(t, append(docs, test.more...)...)
			o := budgeted(s, test.budget)
			o.KeepRunning = test.keep
			a := Analyse(s, o)
			if got := sides(a, byMoneySide); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if taken, left := a.Money.Taken.Amount.String(), a.Money.Left.Amount.String(); taken != test.taken || left != test.left {
				t.Errorf("taken %s, left %s, want %s, %s", taken, left, test.taken, test.left)
			}
			if diff := cmp.Diff(test.fit, names(a.Money.Fit)); diff != "" {
				t.Errorf("fit (-want +got):\n%s", diff)
			}
		})
	}
}

const roster = `kind: Roster
metadata: {name: r}
spec:
  team: core
  people:
    - {id: ada, role: tpm, level: L5, start: 2020-01-06}
    - {id: ben, role: tpm, level: L5, start: 2027-04-01}
    - {id: eva, role: engineer, level: L4, start: 2020-01-06, fte: 0.5}
---
kind: Team
metadata: {name: core}
`

const seats = `kind: HeadcountPlan
metadata: {name: h}
spec: {fiscalYear: FY27, team: core, positions: [{id: s1, role: engineer, level: L4, type: growth, status: open, effective: 2027-07}]}
`

// There is one tpm, from April on two, and half an engineer, with a seat for a whole one
// from July on.
func TestPeopleLine(t *testing.T) {
	line := func(lines ...string) string { return "staffing: [" + strings.Join(lines, ", ") + "]" }
	const year = ", from: 2027-01, to: 2027-12}"
	for _, test := range []struct {
		name     string
		programs []string
		planned  bool
		keep     bool
		want     string
		short    []string
	}{
		{"all", []string{line("{role: tpm, fte: 1" + year), line("{role: engineer, fte: 0.5" + year)}, false, false, "a b | ", nil},
		{"exactly", []string{line("{role: tpm, fte: 0.6" + year), line("{role: tpm, fte: 0.4" + year)}, false, false, "a b | ", nil},
		{"the first quarter", []string{line("{role: tpm, fte: 0.6" + year), line("{role: tpm, fte: 0.5" + year)}, false, false, "a | b", []string{"0.3 tpm in FY27Q1"}},
		{"who is named has a role", []string{line("{person: ada, fte: 0.6" + year), line("{role: tpm, fte: 0.5" + year)}, false, false, "a | b", []string{"0.3 tpm in FY27Q1"}},
		{"nobody has that role", []string{line("{role: cook, fte: 0.1, from: 2027-05, to: 2027-05}")}, false, false, " | a", []string{"0.1 cook in FY27Q2"}},
		{"strictly by rank", []string{line("{role: tpm, fte: 2" + year), line("{role: tpm, fte: 0.5" + year), ""}, false, false, "c | a b", []string{"3 tpm in FY27Q1"}},
		{"the seat does not count", []string{line("{role: engineer, fte: 1, from: 2027-07, to: 2027-12}")}, false, false, " | a", []string{"1.5 engineer in FY27Q3", "1.5 engineer in FY27Q4"}},
		{"but where it is asked for", []string{line("{role: engineer, fte: 1.5, from: 2027-07, to: 2027-12}")}, true, false, "a | ", nil},
		{"what is over takes nobody", []string{line("{role: tpm, fte: 9, from: 2026-01, to: 2026-12}")}, false, false, "a | ", nil},
		{"a month of a quarter", []string{line("{role: tpm, fte: 3, from: 2027-01, to: 2027-01}")}, false, false, "a | ", nil}, // 3 FTE-months of 3 in Q1
		{"those that run are kept", []string{line("{role: tpm, fte: 0.9" + year), line("{role: tpm, fte: 0.5" + year)}, false, true, "b | a", []string{"1.2 tpm in FY27Q1"}},
		{"of any role", []string{line("{team: core, fte: 40" + year)}, false, false, "a | ", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs := []string{config("k: 1"), roster, seats}
			for i, p := range test.programs {
				status := "proposed"
				if i == 1 {
					status = "active"
				}
				docs = append(docs, program(string(rune('a'+i)), status, fmt.Sprintf("k: %d", 9-i), p))
			}
			s := snapshot(t, docs...)
			o := options(s)
			o.Planned, o.KeepRunning = test.planned, test.keep
			a := Analyse(s, o)
			if got := sides(a, byPeopleSide); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if cut := a.People.Cut; cut != nil {
				if diff := cmp.Diff(test.short, lackTexts(cut.Short)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			} else if test.short != nil {
				t.Error("nothing is short")
			}
		})
	}
}

// Months that have begun are no supply and no demand.
func TestOnlyWhatIsToCome(t *testing.T) {
	s := snapshot(t, config("k: 1"), roster, program("a", "active", "k: 1", "staffing: [{role: tpm, fte: 3, from: 2027-01, to: 2027-05}, {role: tpm, fte: 2, from: 2027-06, to: 2027-06}]"))
	o := options(s)
	o.AsOf = cal.MustDate("2027-05-01")
	a := Analyse(s, o)
	if got := a.People.Buckets[0]; got.Name != "FY27Q2" || got.From != cal.MustDate("2027-06-01") || a.People.Cut != nil {
		t.Errorf("%v, cut %v", got, a.People.Cut)
	}
	o.AsOf = cal.MustDate("2027-12-01")
	if a := Analyse(s, o); len(a.People.Buckets) != 0 || a.People.Unknown == nil || a.Rows[0].People != NoLine {
		t.Errorf("%+v", a.People)
	}
}

// What changed, by hand: weights 3 to 1, then 1 to 1; x was 8 and 4, and is 8 and 6.
func TestChange(t *testing.T) {
	before := snapshot(t, config("a: 3, b: 1, old: 4"), program("x", "active", "a: 8, b: 4, old: 0", ""), program("y", "active", "a: 4, b: 8, old: 2", ""),
		program("done", "active", "a: 9, b: 9, old: 9", ""), program("gone", "active", "a: 0, b: 0, old: 0", ""), program("z", "proposed", "", ""))
	now := snapshot(t, config("a: 1, b: 1"), program("x", "active", "a: 8, b: 6", ""), program("y", "active", "a: 4, b: 8", ""),
		program("done", "completed", "a: 9, b: 9", "completed: 2026-11-01"), program("z", "proposed", "a: 10", ""), program("n", "proposed", "a: 1, b: 1", ""))
	o := options(now)
	o.Baseline = before
	a := Analyse(now, o)
	// Then: x (24+4)/8 = 3.5, y (12+8+8)/8 = 3.5, done 9, gone 0. Now: z 10 of a, x 7, y 6, n 1.
	type row struct {
		Name      string
		Was, Is   int
		Weights   string
		Scores    string
		Why       string
		WasScored string
	}
	var got []row
	for _, r := range a.Rows {
		got = append(got, row{r.name(), r.Before.Rank, r.Rank, r.Before.ByWeights.Digits(2), r.Before.ByScores.Digits(2), r.why(), r.Before.Score.Digits(2)})
	}
	want := []row{
		{"z", 0, 1, "", "", "it had no score", ""},
		{"x", 2, 2, "2.50", "1.00", "b 4 to 6, weights +2.50", "3.50"},
		{"y", 3, 3, "2.50", "0.00", "weights +2.50", "3.50"},
		{"n", 0, 4, "", "", "new", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Left{{"done", 1, "completed"}, {"gone", 4, "gone"}}, a.Change.Left); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	var weights []string
	for _, w := range a.Change.Weights {
		weights = append(weights, w.ID+" "+w.Before.Percent()+" "+w.After.Percent())
	}
	if diff := cmp.Diff([]string{"a 37.5% 50.0%", "b 12.5% 50.0%", "old 50.0% "}, weights); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
	if c := a.Change; c.Moved != 0 || c.Entered != 2 || c.Ranked != 4 {
		t.Errorf("%+v", c)
	}
}

// What lives elsewhere is not known, from the first program on that needs it.
func TestPrivate(t *testing.T) {
	private := func(kind string) string { return config("k: 1", ", external: ["+kind+"]") }
	a := program("a", "active", "k: 9", costs(100)+", staffing: [{role: tpm, fte: 1, from: 2027-01, to: 2027-03}]")
	b := program("b", "active", "k: 8", costs(100))
	c := program("c", "proposed", "k: 8.5", "staffing: []") // whose budget nobody states
	const rates = ", rateCard: [{annualCost: 1200}]"
	for _, test := range []struct{ external, rates, money, people string }{
		{"Roster", rates, "a c b | ", " | "},
		{"budget", rates, "a | c? b?", "a c b | "},
		{"staffing", rates, "a c | b?", "a c | b?"},
		{"rateCard", "", "c | a? b?", "a c b | "}, // c costs nothing at any rate
	} {
		s := snapshot(t, config("k: 1", ", external: ["+test.external+"]", test.rates), roster, a, b, c)
		an := Analyse(s, budgeted(s, 1_000_000))
		if money, people := sides(an, byMoneySide), sides(an, byPeopleSide); money != test.money || people != test.people {
			t.Errorf("%s is private: money %q, people %q, want %q, %q", test.external, money, people, test.money, test.people)
		}
		if d := decoded(t, an); len(d["unknown"].([]any)) == 0 || !strings.Contains(written(t, an, "text"), "private") {
			t.Errorf("%s is private: %v", test.external, d["unknown"])
		}
	}
	s := snapshot(t, private("Program"))
	if a := Analyse(s, options(s)); a.Unknown == nil || a.Rows != nil {
		t.Errorf("%+v", a)
	}
	s = snapshot(t, private("Program"), b)
	if a := Analyse(s, options(s)); a.Unknown != nil || len(a.Partial) != 1 || len(a.Rows) != 1 {
		t.Errorf("%+v", a)
	}
	s = snapshot(t, "kind: Portfolio\nmetadata: {name: c}\nspec: {nothing: 1}\n", b)
	if a := Analyse(s, options(s)); cmp.Diff([]staffing.Reason{staffing.Unconfigured}, a.Unknown) != "" {
		t.Errorf("%+v", a)
	}
}
