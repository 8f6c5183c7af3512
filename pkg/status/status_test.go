package status

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/evm"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/risk"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

var asOf = cal.MustDate("2026-11-23")

const config = "kind: Portfolio\nmetadata: {name: c}\nspec: {currency: USD, policy: {slipTolerance: 10d, budgetTolerance: 5%, horizon: 14d}}\n"

const people = "kind: Roster\nmetadata: {name: r}\nspec: {people: [{id: ada, role: engineer, level: L5, start: 2020-01-06}]}\n"

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

// program is active, owned by ada and has an objective, so that check has nothing to add.
func program(name, spec string) string {
	return "kind: Program\nmetadata: {name: " + name + "}\nspec: {status: active, owner: ada, objective: It is., start: 2026-01-05, due: 2027-06-30, " + spec + "}\n"
}

// analyse looks at a portfolio without a history, as the command does.
func analyse(t testing.TB, s *portfolio.Snapshot, selector string) *Analysis {
	t.Helper()
	sel, err := portfolio.ParseSelector(selector)
	if err != nil {
		t.Fatal(err)
	}
	var codes []diag.Rule
	for _, r := range lint.Rules {
		codes = append(codes, r.Rule)
	}
	in := Input{
		Snapshot: s, Findings: lint.Run(s, lint.Options{AsOf: asOf, Codes: codes}), Slips: slip.Analyse(s, nil, slip.Options{AsOf: asOf}),
		Costs: budget.CostsOf(s, asOf), Reviews: review.Analyse(s, review.Options{AsOf: asOf}), Risks: risk.Analyse(s, risk.Options{AsOf: asOf}),
	}
	diag.Finish(in.Findings)
	var inputs []evm.Input
	for i := range in.Costs {
		c := &in.Costs[i]
		spent := []evm.Spend{}
		for _, m := range c.Months(budget.Actual) {
			spent = append(spent, evm.Spend{Month: m.Month, Sum: m.Sum})
		}
		inputs = append(inputs, evm.Input{Program: c.Program, Committed: true, Budget: c.All(budget.Planned), Current: c.All(budget.Planned), Actual: spent})
	}
	in.Earned = evm.Analyse(s, inputs, evm.Options{AsOf: asOf})
	year := s.Fiscal.YearOf(asOf)
	years := cal.FiscalYears{From: year, To: year}
	in.Money = budget.Analyse(s, budget.Options{AsOf: asOf, Years: years, Step: cal.ByYear, Lens: budget.Programs, By: []group.Dimension{group.ByProgram}, Selector: sel})
	if len(sel) == 0 {
		in.Staffing = staffing.Analyse(s, staffing.Options{AsOf: asOf, Years: years, Buckets: s.Fiscal.Buckets(years, cal.ByMonth), By: []group.Dimension{group.ByTeam}})
	}
	return Analyse(in, Options{AsOf: asOf, Horizon: 14, Selector: sel})
}

// ledger is what was spent of tenThousand, a budget of January to October: PV is half of it
// where one of two milestones was due.
func ledger(spent int) string {
	return fmt.Sprintf("kind: Ledger\nmetadata: {name: l}\nspec: {program: p, entries: [{date: 2026-10-30, category: cloud, type: opex, amount: %d}]}\n", spent)
}

const tenThousand = "budget: {lines: [{id: cloud, category: cloud, type: opex, amount: 10000, from: 2026-01, to: 2026-10}]}"

// reasonsOf are "red overdue: text".
func reasonsOf(p *Program) []string {
	list := []string{}
	for _, r := range p.Reasons {
		list = append(list, string(r.Status)+" "+string(r.Kind)+": "+r.Text)
	}
	return list
}

func TestHealth(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, spec string
		more       []string
		health     portfolio.HealthStatus
		reasons    []string
	}{
		{"all is well", "milestones: [{id: a, due: 2026-12-18}]", nil, portfolio.Green, []string{}},
		{"nothing is known", "x: y", nil, "", nil},
		{"overdue", "milestones: [{id: a, due: 2026-11-20}]", nil, portfolio.Red, []string{"red overdue: a 3d overdue"}},
		{"due today", "milestones: [{id: a, due: 2026-11-23}]", nil, portfolio.Green, []string{}},
		{"several are", "milestones: [{id: a, due: 2026-11-20}, {id: b, due: 2026-11-02}]", nil, portfolio.Red, []string{"red overdue: 2 dates overdue, b by 21d"}},
		{
			"one is, and a waiver holds", "milestones: [{id: a, due: 2026-11-20, waivers: [{rule: MS001, until: 2026-12-31, reason: Agreed, approvedBy: ada}]}]", nil,
			portfolio.Yellow,
			[]string{"yellow overdue: a 3d overdue, waived until 2026-12-31"},
		},
		{"forecast late", "milestones: [{id: a, due: 2026-12-01, forecast: 2026-12-02}]", nil, portfolio.Yellow, []string{"yellow slip: a forecast 1d late"}},
		{"forecast early", "milestones: [{id: a, due: 2026-12-18, forecast: 2026-12-01}]", nil, portfolio.Green, []string{}},
		{"moved to the tolerance", "milestones: [{id: a, due: 2026-12-11, baseline: 2026-12-01}]", nil, portfolio.Green, []string{}},
		{"moved beyond it", "milestones: [{id: a, due: 2026-12-12, baseline: 2026-12-01}]", nil, portfolio.Yellow, []string{"yellow slip: a finishes 11d after its baseline"}},
		{"the program moved beyond it", "baseline: 2027-06-01, milestones: [{id: a, due: 2026-12-18}]", nil, portfolio.Red, []string{"red slip: finishes 29d after its baseline"}},
		{"what is done is past", "milestones: [{id: a, due: 2026-03-02, completed: 2026-06-30}, {id: b, due: 2026-12-18}]", nil, portfolio.Green, []string{}},
		{"forecast to the tolerance", tenThousand + ", milestones: [{id: a, due: 2026-10-30, completed: 2026-10-30}]", []string{ledger(10500)}, portfolio.Yellow, []string{"yellow cpi: CPI 0.952"}},
		{
			"forecast beyond it", tenThousand + ", milestones: [{id: a, due: 2026-10-30, completed: 2026-10-30}]",
			[]string{ledger(10501)},
			portfolio.Red,
			[]string{"red budget: forecast 5.0% over its plan", "red finding: 1 error of check: BUD001", "yellow cpi: CPI 0.952"},
		},
		{
			"SPI of a half", tenThousand + ", milestones: [{id: a, due: 2026-10-30, completed: 2026-10-30}, {id: b, due: 2026-11-20, waivers: [{rule: MS001, until: 2026-12-31, reason: Agreed, approvedBy: ada}]}]",
			[]string{ledger(4000)},
			portfolio.Red,
			[]string{"red spi: SPI 0.500", "yellow overdue: b 3d overdue, waived until 2026-12-31"},
		},
		{
			"forecast beyond it, and waivers hold", tenThousand + ", milestones: [{id: a, due: 2026-10-30, completed: 2026-10-30}], " +
				"waivers: [{rule: BUD001, until: 2026-12-31, reason: Agreed, approvedBy: ada}, {rule: BUD002, until: 2026-12-31, reason: Agreed, approvedBy: ada}]",
			[]string{ledger(10501)},
			portfolio.Yellow,
			[]string{"yellow budget: forecast 5.0% over its plan, waived", "yellow cpi: CPI 0.952"},
		},
		{
			"a program moved, and a waiver holds", "baseline: 2027-06-01, milestones: [{id: a, due: 2026-12-18}], waivers: [{rule: MS013, until: 2026-12-31, reason: Agreed, approvedBy: ada}]", nil,
			portfolio.Yellow,
			[]string{"yellow slip: finishes 29d after its baseline, waived"},
		},
		{"an error of check", "milestones: [{id: a, due: 2026-12-18, status: done}]", nil, portfolio.Red, []string{"red finding: 1 error of check: MS004"}},
		{
			"a risk past its review", "milestones: [{id: a, due: 2026-12-18}], risks: [{id: r, reviewBy: 2026-11-22}, {id: s, reviewBy: 2026-11-23}, {id: t, status: closed, reviewBy: 2026-01-05}]", nil,
			portfolio.Yellow,
			[]string{"yellow risk-review: risk r 1d past its review"},
		},
		{
			"a missed review", "milestones: [{id: a, due: 2026-12-18}], reviews: {every: month on 1st Mon}",
			[]string{"kind: Review\nmetadata: {name: v}\nspec: {program: p, date: 2026-10-05}\n"},
			portfolio.Yellow,
			[]string{"yellow missed-review: 1 review missed since 2026-11-02"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := analyse(t, snapshot(t, append([]string{config, people, program("p", test.spec)}, test.more...)...), "")
			if test.health == "" { // it does not validate
				if len(a.Programs) != 0 {
					t.Errorf("%d programs", len(a.Programs))
				}
				return
			}
			p := a.Programs[0]
			if p.Computed != test.health {
				t.Errorf("%s, want %s", p.Computed, test.health)
			}
			if diff := cmp.Diff(test.reasons, reasonsOf(p)); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

// What is stated differs from what the files say, or does not, or nothing is said.
func TestStatedHealth(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status, health string
		computed       portfolio.HealthStatus
		contradicted   bool
	}{
		{"active", "green", portfolio.Red, true},
		{"active", "red", portfolio.Red, false},
		{"approved", "yellow", portfolio.Red, true},
		{"paused", "", portfolio.Red, false},
		{"proposed", "green", "", false},
		{"cancelled", "green", "", false},
	} {
		spec := "milestones: [{id: a, due: 2026-11-20}]"
		if test.health != "" {
			spec += ", health: {status: " + test.health + "}"
		}
		doc := strings.Replace(program("p", spec), "status: active", "status: "+test.status, 1)
		p := analyse(t, snapshot(t, config, people, doc), "").Programs[0]
		if p.Computed != test.computed || p.Contradicted != test.contradicted {
			t.Errorf("%s, stated %q: %q, contradicted %t", test.status, test.health, p.Computed, p.Contradicted)
		}
	}
}

// What is private is null, and said; health is then at least that bad.
func TestPrivate(t *testing.T) {
	t.Parallel()
	private := strings.Replace(config, "spec: {", "spec: {external: [Roster, rateCard], ", 1)
	s := snapshot(t, private, program("p", "milestones: [{id: a, due: 2026-12-18}], staffing: [{person: ada, fte: 0.5, from: 2026-01, to: 2026-12}]"))
	a := analyse(t, s, "")
	p := a.Programs[0]
	if p.Computed != portfolio.Green || len(p.Unknown) != 1 || p.Unknown[0].Text != "money: private" {
		t.Errorf("%s, unknown %v", p.Computed, p.Unknown)
	}
	if c := healthCell(p); c.Text != "green?" {
		t.Errorf("shown as %q", c.Text)
	}
	r := report.New("status", asOf)
	a.Report(r, View{Sheets: true})
	text, err := json.Marshal(r.Data)
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Programs []map[string]any
		People   map[string]any
		Money    map[string]any
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		what  string
		value any
	}{
		{"plan", d.Programs[0]["plan"]},
		{"cpi", d.Programs[0]["cpi"]},
		{"heads", d.People["heads"]},
		{"supply", d.People["supply"]},
		{"gap", d.People["gap"]},
		{"forecast", d.Money["forecast"]},
	} {
		if x.value != nil {
			t.Errorf("%s is %v, want null", x.what, x.value)
		}
	}
	if d.Programs[0]["fte"] != 0.5 {
		t.Errorf("fte is %v", d.Programs[0]["fte"])
	}
}

// Every sheet is as wide in its rows as in its head.
func TestSheets(t *testing.T) {
	t.Parallel()
	a := analyse(t, snapshot(t, config, people, program("a", "milestones: [{id: late, due: 2026-11-20}, {id: next, due: 2026-12-01}]")), "")
	for _, sheet := range a.sheets() {
		if len(sheet.Rows) == 0 {
			t.Errorf("%s is empty", sheet.Name)
		}
		for _, row := range sheet.Rows {
			if len(row.Cells) != len(sheet.Columns) {
				t.Errorf("%s: %d cells under %d columns", sheet.Name, len(row.Cells), len(sheet.Columns))
			}
		}
	}
}
