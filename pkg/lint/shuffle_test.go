package lint_test

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
)

// pick is one of a list.
func pick[T any](r *rand.Rand, list ...T) T { return list[r.Intn(len(list))] }

// day is one of three years.
func day(r *rand.Rand) cal.Date { return cal.MustDate("2025-06-02") + cal.Date(r.Intn(1000)) }

// randomOrganisation is documents in which people, positions and staffing lines name
// each other at random, so that nearly nothing fits.
func randomOrganisation(r *rand.Rand, people, positions, lines int) []string {
	docs := []string{
		"kind: Portfolio\nmetadata: {name: main}\nspec:\n  rateCard: [{level: L4, annualCost: 100000}, {role: sre, annualCost: 90000}, {location: praha, annualCost: 80000}]\n  hiringStages: [{id: call}, {id: team}]\n",
		"kind: Team\nmetadata: {name: sre}\n", "kind: Team\nmetadata: {name: web}\nspec: {parent: sre}\n",
	}
	var rosters, plans, programs [3][]string
	for i := range people {
		start, last := day(r), ""
		if r.Intn(3) == 0 {
			last = fmt.Sprintf(", end: %s", start+cal.Date(r.Intn(500)))
		}
		n := r.Intn(3)
		rosters[n] = append(rosters[n], fmt.Sprintf("id: p%d, role: %s, location: %s, level: %s, fte: %s, start: %s%s", i, pick(r, "sre", "tpm"), pick(r, "praha", "parha", "Praha", "lisbon"), pick(r, "L4", "L5"), pick(r, "1", "0.8", "80"), start, last+pick(r, "", fmt.Sprintf(", history: [{until: %s, level: L4}]", day(r)))))
	}
	person := func() string { return fmt.Sprintf("p%d", r.Intn(people)) }
	for i := range positions {
		x := fmt.Sprintf("id: s%d, role: %s, level: %s, type: %s, effective: %s, status: %s", i, pick(r, "sre", "tpm"), pick(r, "L4", "L5"),
			pick(r, "growth", "backfill"), day(r)+cal.Date(r.Intn(2)*400), pick(r, "planned", "approved", "open", "on-hold", "offered", "filled", "filled", "filled", "cancelled"))
		for _, field := range []string{"backfills: " + person(), "person: " + person(), "start: " + day(r).String(), "openedOn: " + day(r).String(), "pipeline: {call: {entered: 3, passed: 4}, team: {entered: 5}}"} {
			if r.Intn(2) == 0 {
				x += ", " + field
			}
		}
		n := r.Intn(3)
		plans[n] = append(plans[n], x)
		if r.Intn(8) == 0 {
			plans[(n+1)%3] = append(plans[(n+1)%3], x)
		}
	}
	for range lines {
		from := day(r)
		n := r.Intn(3)
		programs[n] = append(programs[n], fmt.Sprintf("%s, fte: %s, from: %s, to: %s", pick(r, "person: "+person(), "person: "+person(), "role: sre"), pick(r, "0.5", "1"), from, from+cal.Date(r.Intn(400))))
	}
	for i := range 3 {
		docs = append(docs,
			fmt.Sprintf("kind: Roster\nmetadata: {name: r%d}\nspec:\n  team: %s\n  people:\n%s", i, pick(r, "sre", "web"), entries("", rosters[i])),
			fmt.Sprintf("kind: HeadcountPlan\nmetadata: {name: h%d}\nspec:\n  team: web\n  fiscalYear: FY26\n  attrition: {annualRate: %d%%}\n  cap: {headcount: %d, cost: %d}\n  positions:\n%s", i, i, people/2, people*1000, entries("", plans[i])),
			staffed(fmt.Sprintf("g%d", i), "active", programs[i]...))
	}
	return docs
}

// What is found depends on no file name, and on no order of documents.
func TestOrderOfDocumentsIsIrrelevant(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for seed := range int64(40) {
		r := rand.New(rand.NewSource(seed))
		docs := randomOrganisation(r, 1+r.Intn(12), r.Intn(12), r.Intn(12))
		find := func() (list []string) {
			files := fstest.MapFS{}
			for _, i := range r.Perm(len(docs)) {
				name := fmt.Sprintf("f%d.yaml", r.Intn(4))
				text := docs[i]
				if f := files[name]; f != nil {
					text = string(f.Data) + "---\n" + text
				}
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			for _, d := range findPeople(t, files, "") {
				codes[d.Code] = true
				list = append(list, strings.Join([]string{d.Code, d.Subject, d.Key, d.Message, d.Detail, d.Fingerprint}, " | "))
			}
			slices.Sort(list)
			return list
		}
		want := find()
		for range 4 {
			if diff := gocmp.Diff(want, find()); diff != "" {
				t.Fatalf("seed %d, in another order (-before +after):\n%s", seed, diff)
			}
		}
	}
	for _, r := range lint.Rules {
		if (strings.HasPrefix(r.Code, "HC") || strings.HasPrefix(r.Code, "STF")) && !codes[r.Code] && r.Code != "HC013" {
			t.Errorf("%s is never found: the test does not hold it to anything", r.Code)
		}
	}
}

// month is one of three years.
func month(r *rand.Rand) cal.Month { return cal.MustMonth("2025-06").Add(r.Intn(32)) }

// randomLine is a budget line of any months, in which hardly anything fits.
func randomLine(r *rand.Rand, id int, rest string) string {
	from := month(r)
	to := from.Add(r.Intn(14))
	line := fmt.Sprintf("id: l%d, category: %s, type: %s, amount: %d, from: %s, to: %s", id, pick(r, "cloud", "clouds", "travel"), pick(r, "opex", "capex"), r.Intn(9000), from, to)
	line += pick(r, "", ", currency: EUR", fmt.Sprintf(", spread: {%s: 3000, %s: %d}", from, to.Add(r.Intn(3)+1), r.Intn(9000)), fmt.Sprintf(", forecast: {%s: 5}", from.Add(r.Intn(40)-9)), ", spread: back")
	return line + rest
}

// randomMoney is documents of which budgets, ledgers and timesheets contradict each
// other in all ways that validate.
func randomMoney(r *rand.Rand) []string {
	docs := []string{
		fmt.Sprintf("kind: Portfolio\nmetadata: {name: main}\nspec:\n  closedThrough: %s\n  rateCard: [{level: L4, annualCost: 100000}, {level: L5, from: 2026-03, annualCost: 90000}]\n  exchangeRates: [{currency: EUR, from: %s, rate: 2}]\n  policy: {peopleActuals: %s}\n  prioritisation: {criteria: [{id: a, weight: 60}, {id: b, weight: %d}]}\n", pick(r, "2026-10", "2026-09", "2027-03"), pick(r, "2025-01", "2026-03"), pick(r, "hours", "allocated", "ledger"), 30+r.Intn(20)),
		"kind: Team\nmetadata: {name: sre}\n",
		roster(kim, ada, "id: bob, level: L4, start: 2022-01-10, end: 2026-05-31"),
	}
	spenders := []string{"sre"}
	for i := range 1 + r.Intn(3) {
		name := fmt.Sprintf("g%d", i)
		spenders = append(spenders, name)
		var lines, staff []string
		for l := range r.Intn(4) {
			lines = append(lines, randomLine(r, l, ""))
		}
		for range r.Intn(3) {
			from := month(r)
			staff = append(staff, fmt.Sprintf("%s, fte: 0.5, from: %s, to: %s", pick(r, "person: kim", "person: ada", "role: sre, level: L5", "role: sre, level: L6"), from, from.Add(r.Intn(9))))
		}
		text := "kind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: " + pick(r, "approved", "active", "active", "completed", "cancelled") + "\n  start: 2026-02-02\n  due: 2026-08-31\n"
		text += pick(r, "", "  completed: 2026-07-31\n") + "  milestones: [{id: m, due: 2026-08-31}]\n"
		if len(lines) > 0 {
			text += "  budget:\n    lines:\n" + entries("", lines)
		}
		if len(staff) > 0 {
			text += "  staffing:\n" + entries("", staff)
		}
		docs = append(docs, text)
	}
	for i := range r.Intn(3) {
		text := fmt.Sprintf("kind: Budget\nmetadata: {name: b%d}\nspec:\n  team: sre\n  fiscalYear: %s\n  cap: %d\n  lines:\n", i, pick(r, "FY26", "FY26", "FY27"), r.Intn(20000))
		for l := range 1 + r.Intn(3) {
			text += entries("", []string{randomLine(r, l, pick(r, "", ", milestone: g0/m", ", milestone: g0/n", ", milestone: m"))})
		}
		docs = append(docs, text)
	}
	for i := range 1 + r.Intn(4) {
		of := pick(r, spenders...)
		var list, hours []string
		for range r.Intn(12) {
			list = append(list, fmt.Sprintf("date: %s, category: %s, amount: %d%s", day(r), pick(r, "cloud", "clouds", "travel", "people"), r.Intn(3000)-300, pick(r, "", "", ", currency: EUR", ", kind: commitment", ", kind: accrual")))
		}
		for range r.Intn(4) {
			hours = append(hours, fmt.Sprintf("%s%s, fte: %s", pick(r, "", "month: "+month(r).String()+", ", "month: 2026-10, "), pick(r, "person: kim", "person: bob", "role: sre", "role: srre"), pick(r, "0.5", "1", "2")))
		}
		text := ledgerNamed(fmt.Sprintf("d%d", i), of, list...)
		if len(hours) > 0 {
			text += "  hours:\n" + entries("", hours)
		}
		docs = append(docs, text)
	}
	return append(docs, fmt.Sprintf("kind: Survey\nmetadata: {name: s}\nspec: {program: g0, period: FY26Q3, responses: [{scores: {effectiveness: %d}}, {scores: {communication: %d}}]}\n", r.Intn(8), r.Intn(8)))
}

// What is found of money depends on no file name, and on no order of documents, also
// where a portfolio is compared with another one.
func TestOrderOfDocumentsIsIrrelevantToMoney(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for seed := range int64(40) {
		r := rand.New(rand.NewSource(seed))
		docs, before := randomMoney(r), randomMoney(r)
		scattered := func(docs []string) fstest.MapFS {
			files := fstest.MapFS{}
			for _, i := range r.Perm(len(docs)) {
				name := fmt.Sprintf("f%d.yaml", r.Intn(4))
				text := docs[i]
				if f := files[name]; f != nil {
					text = string(f.Data) + "---\n" + text
				}
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			return files
		}
		find := func() (list []string) {
			o := options("")
			o.Before, _ = loadFiles(t, scattered(before))
			for _, d := range findMoney(t, scattered(docs), o) {
				codes[d.Code] = true
				if !strings.HasPrefix(d.Code, "BUD") && !strings.HasPrefix(d.Code, "GOV") {
					t.Errorf("seed %d: %s %s", seed, d.Code, d.Message)
				}
				list = append(list, strings.Join([]string{d.Code, d.Subject, d.Key, d.Message, d.Detail, d.Suggestion, d.Fingerprint}, " | "))
			}
			slices.Sort(list)
			return list
		}
		want := find()
		for range 2 {
			if diff := gocmp.Diff(want, find()); diff != "" {
				t.Fatalf("seed %d, in another order (-before +after):\n%s", seed, diff)
			}
		}
	}
	for _, r := range lint.Rules {
		if (strings.HasPrefix(r.Code, "BUD") || r.Code == "GOV015" || r.Code == "GOV016") && !codes[r.Code] {
			t.Errorf("%s is never found: the test does not hold it to anything", r.Code)
		}
	}
}

// healthyOrganisation is people of whom every other one fills a seat, as many seats
// to come, and two staffing lines for each person.
func healthyOrganisation(people int) []string {
	var team, seats, lines []string
	for i := range people {
		start := cal.MustDate("2019-01-07") + cal.Date(i%2500)
		id := fmt.Sprintf("p%d", i)
		team = append(team, fmt.Sprintf("id: %s, level: L%d, start: %s, history: [{until: 2026-12-31, level: L4}]", id, 3+i%4, start))
		seat := fmt.Sprintf("id: s%d, level: L4, effective: 2027-%02d, status: planned", i, 1+i%12)
		if i%2 == 0 {
			seat = fmt.Sprintf("id: s%d, level: L4, effective: %s, start: %s, person: %s, status: filled", i, start, start, id)
		}
		seats = append(seats, seat)
		for range 2 {
			lines = append(lines, fmt.Sprintf("person: %s, fte: 0.5, from: 2026-%02d, to: 2027-01", id, 3+i%10))
		}
	}
	const config = "rateCard: [{annualCost: 100000}, {level: L4, annualCost: 110000}, {level: L4, from: 2026-12, annualCost: 120000}]"
	return []string{with(config, of(roster(team...), plan(seats...)+"  cap: {headcount: 100000, cost: 1000000000000}\n", staffed("g", "active", lines...)))}
}

// BenchmarkRules runs each rule over 2,500 people, as many seats and 5,000 staffing
// lines of which there is nothing to say, without loading them.
func BenchmarkRules(b *testing.B) {
	files := fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(strings.Join(healthyOrganisation(2500), "---\n"))}}
	res, err := load.Load(context.Background(), []load.Tree{{FS: files, Roots: []string{"."}, Name: func(p string) string { return p }}})
	if err != nil || len(res.Diagnostics) > 0 {
		b.Fatalf("%d findings, %v", len(res.Diagnostics), err)
	}
	o := lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules()}
	for _, d := range lint.Run(res.Snapshot, o) {
		if strings.HasPrefix(d.Code, "HC") || strings.HasPrefix(d.Code, "STF") {
			b.Errorf("%s %s", d.Code, d.Message)
		}
	}
	all := lint.Rules
	defer func() { lint.Rules = all }()
	for _, rule := range all {
		b.Run(rule.Code, func(b *testing.B) {
			lint.Rules = []*lint.Rule{rule}
			b.ReportAllocs()
			for b.Loop() {
				lint.Run(res.Snapshot, o)
			}
		})
	}
}
