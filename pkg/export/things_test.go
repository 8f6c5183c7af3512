package export

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rowsOfTable are the rows of a table, a text each.
func rowsOfTable(t *testing.T, s *Source, name string) []string {
	t.Helper()
	tables, err := s.tables()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(tables, func(x *table) bool { return x.name == name })
	if i < 0 {
		t.Fatalf("no table %s", name)
	}
	var list []string
	for row, err := range tables[i].rows {
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for at, v := range row {
			if v != nil {
				text := tables[i].columns[at].name + "=" + plain(v)
				if n, ok := v.(number); ok && n.money {
					text += fmt.Sprintf("(%d)", n.minor)
				}
				texts = append(texts, text)
			}
		}
		list = append(list, strings.Join(texts, " "))
	}
	return list
}

const several = `
kind: Portfolio
metadata: {name: p}
spec:
  currency: EUR
  exchangeRates: [{currency: JPY, rate: 0.006}, {currency: USD, rate: 0.9}]
  fiscalYear: {startMonth: 2}
  levels: [{id: L1}]
  calendar: {workweek: [Mon, Tue], holidays: [2026-12-25, {date: 2026-12-26, name: Boxing Day}]}
  rateCard: [{level: L1, from: 2026-02, annualCost: 120000.50}]
  policy:
    approvals: [{when: budget.increase > 5%, requires: [ada, bea]}]
    rules: {MS001: "off"}
---
kind: Program
metadata: {name: dr, title: Recovery, labels: {pillar: a, zone: b}, links: ["https://example.org"]}
spec:
  status: active
  start: 2026-02-02
  due: 2027-01-29
  objectives: [o1, o2]
  priority: {scores: {reach: 9, cost: 2.5}}
  milestones:
    - {id: b, due: 2026-10-30, completed: 2026-10-28, percentComplete: 12.5%, waivers: [{rule: MS001, until: 2026-12-31, reason: r, approvedBy: ada}]}
    - {id: c, due: 2026-12-04, duration: 3w, dependsOn: [b, {on: other/x, type: SS, lag: -2d}], acceptance: [one, two]}
  staffing:
    - {role: engineer, fte: 0.5, from: 2026-03, to: 2026-04, milestone: c, capitalise: 40%}
    - {person: ada, fte: 0, from: 2026-03-10, to: 2026-03-20}
  budget:
    currency: JPY
    contingency: 500
    lines:
      - {id: cloud, category: cloud, type: opex, amount: 1200, from: 2026-03, to: 2026-04, spread: front, forecast: {2026-04: 700}}
      - {id: kit, category: kit, type: capex, amount: 10.5, currency: USD, from: 2026-03, to: 2026-03, spread: {2026-03: 10.5}}
  risks: [{id: r, probability: 30%, impact: {days: 2w, cost: 45}}]
---
kind: Program
metadata: {name: other}
spec: {status: active, start: 2026-02-02, due: 2027-01-29, milestones: [{id: x, due: 2026-10-30}]}
---
kind: Roster
metadata: {name: r}
spec:
  people:
    - {id: ada, role: engineer, level: L1, start: 2026-02-01, end: 2026-03-31}
    - {id: ada, role: engineer, level: L1, start: 2026-06-01, fte: 0.8, history: [{until: 2026-09-30, role: intern}]}
---
kind: Ledger
metadata: {name: l}
spec:
  program: dr
  entries: [{date: 2026-03-05, category: cloud, type: opex, amount: -0.07}]
---
kind: Survey
metadata: {name: few}
spec:
  program: dr
  period: FY27Q2
  responses: [{group: g, scores: {effectiveness: 4}}, {group: g}, {group: g}, {group: g}]
---
kind: Survey
metadata: {name: enough}
spec:
  program: dr
  period: FY27Q2
  responses: [{group: g, scores: {effectiveness: 4.5}, comment: c}, {group: g}, {group: g}, {group: g}, {group: g}]
---
kind: Review
metadata: {name: v}
spec:
  program: dr
  date: 2026-03-05
  actions: [{id: a, done: true}, {id: b, done: 2026-03-06}, {id: c}]
---
kind: Roadmap
metadata: {name: m}
spec:
  objectives: [{id: o1, keyResults: [{metric: up, target: 90%, current: 12.5}]}, {id: o2}]
`

func TestThings(t *testing.T) {
	t.Parallel()
	s := &Source{Snapshot: read(t, several)}
	for name, want := range map[string][]string{
		"portfolio": nil, // below
		"holidays":  {"number=1 date=2026-12-25", "number=2 date=2026-12-26 name=Boxing Day"},
		"workweek":  {"number=1 value=Mon", "number=2 value=Tue"},
		"rate_card": {"number=1 level=L1 from_date=2026-02-01 annual_cost=120000.50(12000050) currency=EUR"},
		"approvals": {"number=1 condition=budget.increase > 5%"},
		"approval_requires": {
			"approval_number=1 number=1 value=ada", "approval_number=1 number=2 value=bea",
		},
		"rule_severities":    {"code=MS001 value=off"},
		"program_objectives": {"program=dr number=1 value=o1", "program=dr number=2 value=o2"},
		"program_scores":     {"program=dr criterion=cost value=2.5", "program=dr criterion=reach value=9"},
		"milestones": {
			"program=dr id=b title=b due=2026-10-30 completed=2026-10-28 status=done percent_complete=0.125",
			"program=dr id=c title=c due=2026-12-04 status=planned duration=15",
			"program=other id=x title=x due=2026-10-30 status=planned",
		},
		"milestone_dependencies": {
			"program=dr milestone=c number=1 on_program=dr on_milestone=b type=FS lag=0",
			"program=dr milestone=c number=2 on_program=other on_milestone=x type=SS lag=-2",
		},
		"milestone_acceptance": {"program=dr milestone=c number=1 value=one", "program=dr milestone=c number=2 value=two"},
		"staffing_lines": {
			"program=dr number=1 role=engineer fte=0.5 from_date=2026-03-01 to_date=2026-04-30 milestone_program=dr milestone=c capitalise=0.4",
			"program=dr number=2 person=ada fte=0 from_date=2026-03-10 to_date=2026-03-20 capitalise=0",
		},
		"program_budget_lines": {
			"program=dr id=cloud category=cloud type=opex amount=1200(1200) currency=JPY from_month=2026-03 to_month=2026-04 spread=front",
			"program=dr id=kit category=kit type=capex amount=10.5(1050) currency=USD from_month=2026-03 to_month=2026-03",
		},
		"program_budget_line_spread":   {"program=dr program_budget_line=kit month=2026-03 amount=10.5(1050) amount_currency=USD"},
		"program_budget_line_forecast": {"program=dr program_budget_line=cloud month=2026-04 amount=700(700) amount_currency=JPY"},
		"risks":                        {"program=dr id=r title=r probability=0.3 impact_days=10 impact_cost=45(45) impact_cost_currency=JPY status=open"},
		"people": {
			"roster=r id=ada name=ada role=engineer level=L1 fte=1 employment=employee start=2026-02-01 end=2026-03-31",
			"roster=r id=ada name=ada role=engineer level=L1 fte=0.8 employment=employee start=2026-06-01",
		},
		"person_history":   {"roster=r person=ada person_start=2026-06-01 number=1 until=2026-09-30 role=intern"},
		"ledger_entries":   {"ledger=l number=1 date=2026-03-05 category=cloud type=opex amount=-0.07(-7) currency=EUR kind=actual"},
		"survey_responses": {"survey=enough number=1 group_name=g scores_effectiveness=4.5 comment=c", "survey=enough number=2 group_name=g", "survey=enough number=3 group_name=g", "survey=enough number=4 group_name=g", "survey=enough number=5 group_name=g"},
		"actions": {
			"review=v id=a title=a done=true", "review=v id=b title=b done=true done_on=2026-03-06", "review=v id=c title=c done=false",
		},
		"objective_key_results": {"roadmap=m objective=o1 number=1 metric=up target=0.9 current=12.5"},
		"labels":                {"kind=program name=dr key=pillar value=a", "kind=program name=dr key=zone value=b"},
		"links":                 {"kind=program name=dr number=1 url=https://example.org"},
		"waivers":               {"number=1 subject=program/dr/milestone/b code=MS001 until=2026-12-31 reason=r approved_by=ada"},
	} {
		if want == nil {
			continue
		}
		if diff := cmp.Diff(want, rowsOfTable(t, s, name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What does not validate, and what a selector does not choose, is in no table.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	broken := `
kind: Program
metadata: {name: twice, labels: {a: b}}
spec: {status: active, start: 2026-02-02, due: 2027-01-29, milestones: [{id: x, due: 2026-10-30}, {id: x, due: 2026-10-31}]}`
	s := &Source{Snapshot: read(t, several, broken), Selects: func(subject string) bool { return subject != "program/other" }}
	tables, err := s.tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tables {
		for row := range x.rows {
			for i, v := range row {
				if v == "twice" || v == "other" && !strings.HasSuffix(x.columns[i].name, "_program") {
					t.Errorf("%s has %v", x.name, row)
				}
			}
		}
	}
	if got := rowsOfTable(t, s, "programs"); len(got) != 1 {
		t.Errorf("programs %v", got)
	}
}
