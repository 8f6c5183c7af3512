package hiring

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/source"
)

// config has the fiscal year from February to January, 10,000 USD a month for L3 and
// a third of 25,000 for L4, and three stages.
const config = `kind: Portfolio
metadata: {name: p}
spec:
  fiscalYear: {startMonth: 2, namedBy: end}
  rateCard: [{level: L3, annualCost: 120000}, {level: L4, annualCost: 100000}]
  hiringStages:
    - {id: screen, title: Screening, minutes: 30}
    - {id: onsite, title: On site, minutes: 50}
    - {id: final}
`

const asOf = "2026-11-23"

// snapshot assembles documents, one a file.
func snapshot(t testing.TB, docs ...string) *portfolio.Snapshot {
	t.Helper()
	s, diags := assemble(docs...)
	for _, d := range diags {
		if d.Severity > 1 {
			t.Fatal(d)
		}
	}
	return s
}

func assemble(docs ...string) (*portfolio.Snapshot, []diag.Diagnostic) {
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	return portfolio.Assemble(parts)
}

// plan is a headcount plan of FY27; positions are without their braces.
func plan(name string, positions ...string) string {
	text := "kind: HeadcountPlan\nmetadata: {name: " + name + "}\nspec:\n  fiscalYear: FY27\n  positions:\n"
	for _, p := range positions {
		if !strings.Contains(p, "role:") {
			p += ", role: engineer"
		}
		if !strings.Contains(p, "level:") {
			p += ", level: L3"
		}
		text += "    - {type: growth, " + p + "}\n"
	}
	return text
}

// options are those of FY27 by month.
func options(s *portfolio.Snapshot) Options {
	years := cal.FiscalYears{From: 2027, To: 2027}
	return Options{AsOf: cal.MustDate(asOf), Years: years, Buckets: s.Fiscal.Buckets(years, cal.ByMonth)}
}

func (a *Analysis) position(t testing.TB, id string) *Position {
	t.Helper()
	for _, p := range a.Positions {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no position %s", id)
	return nil
}

func text(n *cal.Days) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

func saved(s rates.Sum) string {
	if len(s.Unknown) > 0 {
		return strings.Join(texts(s.Unknown), "; ")
	}
	return s.Amount.String()
}

// Worked out by hand: a month of an L3 is 10,000, of 20 to 23 working days.
func TestPosition(t *testing.T) {
	for _, test := range []struct{ name, fields, want string }{
		// November from the 2nd is whole, for the 1st is a Sunday; of January 6 days of 21.
		{"late", "status: open, effective: 2026-11-02, expectedStart: 2027-01-11", "late 2027-01-11 slip 70 fill - open - saves 22857.14"},
		// October whole, and 15 working days of 21 in November.
		{"expected for a day that has passed", "status: open, effective: 2026-10-01, expectedStart: 2026-11-01, openedOn: 2026-09-23", "late 2026-11-23 slip 53 fill - open 61 saves 17142.86"},
		{"planned from a month that has passed", "status: planned, effective: 2026-10", "late 2026-11-23 slip 53 fill - open - saves 17142.86"},
		{"budgeted from today", "status: approved, effective: 2026-11-23", "2026-11-23 slip 0 fill - open - saves 0.00"},
		{"expected before its day", "status: offered, effective: 2026-12-07, expectedStart: 2026-12-01", "2026-12-01 slip -6 fill - open - saves -1739.13"},
		{"opened in the future", "status: open, effective: 2027-01-04, openedOn: 2026-12-01", "2027-01-04 slip 0 fill - open - saves 0.00"},
		// 20 of the 21 working days of May.
		{"filled early", "status: filled, effective: 2026-06-01, start: 2026-05-04, openedOn: 2026-02-02", "2026-05-04 slip -28 fill 91 open - saves -9523.81"},
		{"filled late, half time", "status: filled, fte: 0.5, effective: 2026-06-01, start: 2026-07-01", "2026-07-01 slip 30 fill - open - saves 5000.00"},
		{"filled, nobody says when", "status: filled, effective: 2026-06-01", `- slip - fill - open - saves position "x" is filled and states no start`},
		{"a start that is stated is the start", "status: offered, effective: 2026-11-23, start: 2026-12-15, openedOn: 2026-10-05", "2026-12-15 slip 22 fill 71 open 49 saves 7204.97"},
		{"a start that is stated and has passed", "status: open, effective: 2026-11-02, start: 2026-11-09", "late 2026-11-09 slip 7 fill - open - saves 2380.95"},
		{"on hold, with a start", "status: on-hold, effective: 2026-01-05, openedOn: 2026-01-05, start: 2026-03-01", "- slip - fill - open - saves 0.00"},
		{"cancelled, with a start", "status: cancelled, effective: 2026-01-05, openedOn: 2026-01-05, start: 2026-03-01", "- slip - fill - open - saves 0.00"},
		{"on hold", "status: on-hold, effective: 2026-01-05, openedOn: 2026-01-05", "- slip - fill - open - saves 0.00"},
		{"cancelled", "status: cancelled, effective: 2026-01-05, expectedStart: 2026-03-01", "- slip - fill - open - saves 0.00"},
		{"three thirds", "status: filled, level: L4, effective: 2026-04-01, start: 2026-07-01", "2026-07-01 slip 91 fill - open - saves 25000.00"},
		{"over a weekend", "status: filled, effective: 2026-08-01, start: 2026-08-03", "2026-08-03 slip 2 fill - open - saves 0.00"},
		{"without a rate", "status: filled, level: L9, effective: 2026-04-30, start: 2026-06-01", `2026-06-01 slip 32 fill - open - saves there is no rate for role "engineer", level "L9" in 2026-04`},
	} {
		s := snapshot(t, config, plan("a", "id: x, "+test.fields))
		p := Analyse(s, options(s)).position(t, "x")
		got := fmt.Sprintf("slip %s fill %s open %s saves %s", text(p.Slip), text(p.TimeToFill), text(p.Open), saved(p.Saving.Total))
		if p.Begin == 0 {
			got = "- " + got
		} else {
			got = p.Begin.String() + " " + got
		}
		if p.Late {
			got = "late " + got
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestSavingsOfMonths(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: thirds, level: L4, status: filled, effective: 2026-04-01, start: 2026-07-01",
		"id: over, status: open, effective: 2027-01-01, expectedStart: 2027-03-01",
	))
	a := Analyse(s, options(s))
	got := map[string]string{}
	for i, b := range a.o.Buckets {
		if a.Savings[i].Total.Amount.Minor != 0 {
			got[b.Name] = saved(a.Savings[i].Total)
		}
	}
	want := map[string]string{"2026-04": "8333.34", "2026-05": "8333.33", "2026-06": "8333.33", "2027-01": "10000.00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if saved(a.Outside.Total) != "10000.00" || saved(a.Summary.Saving.Total) != "45000.00" || saved(a.Summary.Saving.ToDate) != "25000.00" {
		t.Errorf("outside %s, in all %s, to date %s", saved(a.Outside.Total), saved(a.Summary.Saving.Total), saved(a.Summary.Saving.ToDate))
	}
}

func TestFunnel(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: x, status: filled, start: 2026-05-04, effective: 2026-05-04, pipeline: {screen: {entered: 24, passed: 9, declined: 12, withdrawn: 3}, onsite: {entered: 9, passed: 4, declined: 5}}",
		"id: y, status: cancelled, effective: 2026-05-04, pipeline: {screen: {entered: 31, passed: 10, declined: 17, withdrawn: 4}, onsite: {entered: 10, passed: 4, declined: 3, withdrawn: 2}}",
	))
	a := Analyse(s, options(s))
	var got []string
	for _, x := range a.Stages {
		got = append(got, fmt.Sprint(x.ID, " ", x.Title, " ", x.Counts, " ", x.InProgress(), " ", x.Conversion(), " ", x.Hours()))
	}
	want := []string{ // 50 minutes are 5/6 of an hour
		"screen Screening {55 19 29 7} 0 0.3455 27.5",
		"onsite On site {19 8 8 2} 1 0.4444 15.833",
		"final final {0 0 0 0} 0  ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	f := a.Funnel // y is no hire: 24 half hours and 9 of 50 minutes for x
	if f.Counted != 1 || *f.CandidatesOfHires != 24 {
		t.Errorf("%d hires of %d candidates", f.Counted, *f.CandidatesOfHires)
	}
	if got, want := fmt.Sprintf("%d %d %q %s %s", *f.Entered, f.Hires, f.Conversion, f.Hours, f.HoursPerHire), `55 1 "" 43.333 19.5`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The product is of the exact ratios: 1/3 × 2/3 × 2/3.
func TestFunnelIsRoundedOnce(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: x, status: filled, start: 2026-05-04, effective: 2026-05-04, pipeline: {screen: {entered: 55, passed: 1, declined: 2}, onsite: {passed: 2, declined: 1, entered: 3}, final: {entered: 3, passed: 2, withdrawn: 1}}",
	))
	f := Analyse(s, options(s)).Funnel
	if f.Conversion.String() != "0.1481" || f.Conversion.Percent() != "14.8%" {
		t.Errorf("%s, %s", f.Conversion, f.Conversion.Percent())
	}
	if f.Hours.Known() || f.HoursPerHire.Known() { // nobody says how long final takes
		t.Errorf("hours %s", f.Hours)
	}
}

func TestUndeclaredStages(t *testing.T) {
	s := snapshot(t, strings.Split(config, "  hiringStages")[0], plan("a",
		"id: x, status: open, openedOn: 2026-11-01, effective: 2027-01-04, pipeline: {talk: {entered: 9, passed: 6, declined: 2}, call: {entered: 20, passed: 9, declined: 11}}",
	))
	a := Analyse(s, options(s))
	if len(a.Stages) != 2 || a.Stages[0].ID != "call" || a.Stages[1].Title != "talk" {
		t.Errorf("stages %v", a.Stages)
	}
	if a.Funnel.Entered != nil || a.Funnel.Hours.Known() || a.position(t, "x").ExpectedHires.Known() {
		t.Error("something is known that needs an order, or minutes")
	}
}

func TestSummary(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: a, status: filled, effective: 2026-05-04, start: 2026-05-04, openedOn: 2026-02-23", // 70
		"id: b, status: filled, effective: 2026-05-04, start: 2026-05-04, openedOn: 2026-02-02", // 91
		"id: c, status: filled, effective: 2026-05-04, start: 2026-05-04",
		"id: d, status: open, effective: 2026-11-02",
		"id: e, status: planned, effective: 2026-12-01, openedOn: 2026-11-02",
		"id: f, status: approved, effective: 2026-12-01",
		"id: g, status: on-hold, effective: 2026-10-01",
		"id: h, status: cancelled, effective: 2026-10-01",
	))
	a := Analyse(s, options(s))
	got := fmt.Sprintf("%d: %d filled, %d to fill, %d opened, %d late, %s days of %d", a.Summary.Positions, a.Summary.Filled,
		a.Summary.ToFill, a.Summary.Opened, a.Summary.Late, text(a.Summary.TimeToFill), a.Summary.Timed)
	if want := "8: 3 filled, 3 to fill, 2 opened, 1 late, 81 days of 2"; got != want { // 80.5
		t.Errorf("got %s, want %s", got, want)
	}
	var order []string
	for _, p := range a.Positions {
		order = append(order, p.ID)
	}
	if got, want := strings.Join(order, " "), "d e f g a b c h"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
}

func TestChoice(t *testing.T) {
	docs := []string{
		config + "---\nkind: Team\nmetadata: {name: web}\nspec: {function: product, costCentre: C1}\n---\nkind: Team\nmetadata: {name: shop}\nspec: {parent: web}\n",
		plan("a", "id: a1, team: web, status: open, effective: 2026-05-04, location: austin", "id: a2, team: shop, role: tpm, status: filled, start: 2026-05-04, effective: 2026-05-04"),
		strings.Replace(plan("b", "id: b1, status: open, effective: 2025-05-04"), "FY27", "FY26", 1),
		strings.Replace(plan("c", "id: c1, status: open, effective: 2026-12-01, level: L4", "id: c2, status: open, effective: 2027-02-01"), "  fiscalYear: FY27\n", "", 1),
	}
	docs[1] = strings.Replace(docs[1], "{name: a}", "{name: a, labels: {pillar: growth}}", 1)
	s := snapshot(t, docs...)
	for _, test := range []struct{ selector, want string }{
		{"", "a1 c1 a2"},
		{"team=web", "a1"},
		{"function=product", "a1 a2"},
		{"cost-centre=C1,costCentre=C1", "a1 a2"},
		{"role=engineer", "a1 c1"},
		{"level!=L3", "c1"},
		{"location", "a1"},
		{"status=filled", "a2"},
		{"type=growth", "a1 c1 a2"},
		{"name=c1", "c1"},
		{"name=a", ""},
		{"pillar=growth", "a1 a2"},
	} {
		o := options(s)
		sel, err := portfolio.ParseSelector(test.selector)
		if err != nil {
			t.Fatal(err)
		}
		if key, _ := s.UnknownKey(sel, Fields()...); key != "" && key != "costCentre" {
			t.Errorf("%s: %s is unknown", test.selector, key)
		}
		o.Selector = sel
		var got []string
		for _, p := range Analyse(s, o).Positions {
			got = append(got, p.ID)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: got %s, want %s", test.selector, got, test.want)
		}
	}
	o := options(s)
	o.Years.From = 2026
	if got := len(Analyse(s, o).Positions); got != 4 {
		t.Errorf("%d positions in two years, want 4", got)
	}
}

// version is what a plan says of a position on a day.
func version(day, status string, stages ...history.Stage) history.PositionPoint {
	return history.PositionPoint{
		Version: &history.Version{Day: cal.MustDate(day), Commit: day}, Present: status != "",
		PositionState: history.PositionState{Status: status, Stages: stages, Effective: cal.MustDate("2026-06-01")},
	}
}
