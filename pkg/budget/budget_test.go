package budget

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/source"
)

// snapshot assembles documents, one a file; those that begin with private are of
// an overlay.
func snapshot(docs ...string) *portfolio.Snapshot {
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		role := portfolio.Base
		if text, ok := strings.CutPrefix(doc, private); ok {
			role, doc = portfolio.Overlay, text
		}
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, role)
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

const private = "private\n"

func config(spec string) string {
	return "kind: Portfolio\nmetadata: {name: c}\nspec:\n" + indent(spec)
}

// program is one from January to March 2026 with more fields of its spec.
func program(name, spec string) string {
	return "kind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: active\n  start: 2026-01-01\n  due: 2026-03-31\n" + indent(spec)
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
}

// show is a plan as text: month, people, lines, reasons.
func show(months []Month) []string {
	list := []string{}
	for _, m := range months {
		list = append(list, m.Month.String()+" "+m.show())
	}
	return list
}

func (f Figures) show() string {
	text := f.People.Amount.String() + " " + f.Lines.Amount.String()
	for _, part := range []struct {
		noun string
		rates.Sum
	}{{"people", f.People}, {"lines", f.Lines}} {
		for _, why := range part.Unknown {
			text += "; " + part.noun + ": " + why.String()
		}
	}
	return text
}

// house is a portfolio of two people and two currencies.
var house = []string{
	config(`
currency: USD
exchangeRates:
  - {currency: EUR, rate: "1.10"}
  - {currency: EUR, from: 2026-03, rate: 1.2}
  - {currency: EUR, from: 2026-04-02, rate: 9}
rateCard:
  - {annualCost: 60000}
  - {level: L4, annualCost: 120000}
  - {level: L4, from: 2026-03, annualCost: 132000}
  - {level: L4, location: lisbon, annualCost: 96000, currency: EUR}
  - {role: sre, level: L4, location: austin, annualCost: 150000}
`),
	"kind: Team\nmetadata: {name: web}\n",
	`
kind: Roster
metadata: {name: web}
spec:
  team: web
  people:
    - {id: ada, role: dev, level: L4, start: 2025-01-01, history: [{until: 2026-02-13, level: L3}]}
    - {id: eva, role: dev, level: L4, location: lisbon, start: 2026-02-02}
`,
}

func TestPeople(t *testing.T) {
	for _, test := range []struct {
		name, line string
		want       []string
	}{
		{"whole months", "role: dev, level: L4, fte: 0.5, from: 2026-01, to: 2026-02", []string{"2026-01 5000.00 0.00", "2026-02 5000.00 0.00"}},
		{"no work costs nothing", "role: dev, fte: 0, from: 2026-01, to: 2026-01", []string{"2026-01 0.00 0.00"}},
		{"a weekend costs nothing", "role: dev, fte: 1, from: 2026-01-31, to: 2026-02-01", []string{"2026-01 0.00 0.00", "2026-02 0.00 0.00"}},
		// 22 working days in January, 20 in February: 5000 × 2/22 and 5000 × 5/20.
		{"days", "role: pm, fte: 1, from: 2026-01-29, to: 2026-02-06", []string{"2026-01 454.55 0.00", "2026-02 1250.00 0.00"}},
		{"a rate from a month on", "role: dev, level: L4, fte: 1, from: 2026-02, to: 2026-03", []string{"2026-02 10000.00 0.00", "2026-03 11000.00 0.00"}},
		{"an older rate that states more wins", "role: sre, level: L4, location: austin, fte: 1, from: 2026-03, to: 2026-03", []string{"2026-03 12500.00 0.00"}},
		{"what a line does not state matches no rate for it", "role: sre, level: L4, fte: 1, from: 2026-03, to: 2026-03", []string{"2026-03 11000.00 0.00"}},
		{"a team alone", "team: web, fte: 1, from: 2026-03, to: 2026-03", []string{"2026-03 5000.00 0.00"}},
		{
			"converted at the first day of the month", "level: L4, location: lisbon, role: dev, fte: 1, from: 2026-02, to: 2026-04",
			[]string{"2026-02 8800.00 0.00", "2026-03 9600.00 0.00", "2026-04 9600.00 0.00"},
		},
		// 10 of the 20 working days of February are by the 13th: half of 5000 and of 10000.
		{"a promotion in the month", "person: ada, fte: 1, from: 2026-01, to: 2026-03", []string{"2026-01 5000.00 0.00", "2026-02 7500.00 0.00", "2026-03 11000.00 0.00"}},
		{"what a line says of a person does not count", "person: ada, role: sre, level: L4, location: austin, fte: 1, from: 2026-01, to: 2026-01", []string{"2026-01 5000.00 0.00"}},
		{"a person before the first day", "person: eva, fte: 0.1, from: 2026-01, to: 2026-01", []string{"2026-01 880.00 0.00"}},
		// In cents 159.09, 500 and 22.73: 681.82, so the cent left over goes to March.
		{"rounded to the rounded total", "role: pm, fte: 0.001, from: 2026-01-22, to: 2026-03-02", []string{"2026-01 1.59 0.00", "2026-02 5.00 0.00", "2026-03 0.23 0.00"}},
		// In cents 45.45, 500 and 45.45: 590.91.
		{"of two that lose alike the earlier is rounded up", "role: pm, fte: 0.001, from: 2026-01-29, to: 2026-03-03", []string{"2026-01 0.46 0.00", "2026-02 5.00 0.00", "2026-03 0.45 0.00"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := snapshot(append(house, program("p", "staffing: [{"+test.line+"}]"))...)
			if diff := cmp.Diff(test.want, show(Plans(s, s.Programs)[0].Months)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		name, line string
		want       []string
	}{
		{"even", "amount: 100.00, from: 2026-01, to: 2026-03", []string{"2026-01 0.00 33.34", "2026-02 0.00 33.33", "2026-03 0.00 33.33"}},
		{"front", "amount: 100, from: 2026-01, to: 2026-03, spread: front", []string{"2026-01 0.00 50.00", "2026-02 0.00 33.33", "2026-03 0.00 16.67"}},
		{"back", "amount: 100, from: 2026-01, to: 2026-03, spread: back", []string{"2026-01 0.00 16.67", "2026-02 0.00 33.33", "2026-03 0.00 50.00"}},
		{"by month, out of the line too", "amount: 30, from: 2026-01, to: 2026-03, spread: {2026-04: 10, 2026-01: 20.00}", []string{"2026-01 0.00 20.00", "2026-04 0.00 10.00"}},
		{"a credit", "amount: -0.05, from: 2026-01, to: 2026-02", []string{"2026-01 0.00 -0.03", "2026-02 0.00 -0.02"}},
		// 10 euros are 3.34, 3.33 and 3.33: × 1.1, 1.1 and 1.2 is 3.674, 3.663 and 3.996.
		{"split, then converted", "amount: 10, currency: EUR, from: 2026-01, to: 2026-03", []string{"2026-01 0.00 3.67", "2026-02 0.00 3.66", "2026-03 0.00 4.00"}},
		{"no rate", "amount: 10, currency: JPY, from: 2026-03, to: 2026-03", []string{"2026-03 0.00 0.00; lines: there is no exchange rate for JPY in 2026-03"}},
		{"months that contradict the amount", "amount: 30, from: 2026-01, to: 2026-02, spread: {2026-01: 20}", []string{
			`2026-01 0.00 0.00; lines: line "l": its months add up to 20.00, its amount is 30.00`,
			`2026-02 0.00 0.00; lines: line "l": its months add up to 20.00, its amount is 30.00`,
		}},
		{"too many digits", "amount: 0.005, from: 2026-01, to: 2026-01", []string{`2026-01 0.00 0.00; lines: line "l": 0.005 has 3 decimals: USD has at most 2`}},
		// Source: Rhymond/go-money, money_test.go: 100 in four, and −2 in three.
		{"published: four parts", "amount: 1, from: 2026-01, to: 2026-04", []string{"2026-01 0.00 0.25", "2026-02 0.00 0.25", "2026-03 0.00 0.25", "2026-04 0.00 0.25"}},
		{"published: a negative amount", "amount: -0.02, from: 2026-01, to: 2026-03", []string{"2026-01 0.00 -0.01", "2026-02 0.00 -0.01", "2026-03 0.00 0.00"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := snapshot(append(house, program("p", "budget: {lines: [{id: l, category: c, type: opex, "+test.line+"}]}"))...)
			if diff := cmp.Diff(test.want, show(Plans(s, s.Programs)[0].Months)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	const (
		lines = "\nbudget: {lines: [{id: l, category: c, type: opex, amount: 30, from: 2026-01, to: 2026-03}]}"
		euros = "\nbudget: {lines: [{id: l, category: c, type: opex, amount: 30, currency: EUR, from: 2026-01, to: 2026-01}]}"
		dev   = "staffing: [{role: dev, level: L4, fte: 1, from: 2026-01, to: 2026-03}]"
		mei   = "staffing: [{person: mei, fte: 1, from: 2026-01, to: 2026-01}]"
		card  = "rateCard: [{annualCost: 60000}]\n"
	)
	for _, test := range []struct {
		name, config, program string
		more                  []string
		want                  []string
	}{
		{"no rate in some months", "rateCard: [{role: dev, from: 2026-02-16, annualCost: 120000}, {role: pm, annualCost: 1}]", dev + lines, nil, []string{
			`2026-01 0.00 10.00; people: there is no rate for role "dev", level "L4" in 2026-01`,
			`2026-02 0.00 10.00; people: there is no rate for role "dev", level "L4" in 2026-02`,
			`2026-03 10000.00 10.00`,
		}},
		{"a tie", "rateCard: [{role: dev, annualCost: 1200}, {level: L4, from: 2026-02, annualCost: 2400}, {role: dev, level: L4, from: 2026-03, annualCost: 3600}]", dev, nil, []string{
			`2026-01 100.00 0.00`, `2026-02 0.00 0.00; people: two rates for role "dev", level "L4" are equally specific in 2026-02`, `2026-03 300.00 0.00`,
		}},
		{"one rate twice", "rateCard: [{role: dev, annualCost: 1200}, {role: dev, annualCost: 1200}, {role: dev, from: 2026-02, annualCost: 3600}]", dev, nil, []string{
			`2026-01 0.00 0.00; people: two rates for role "dev", level "L4" are equally specific in 2026-01`, `2026-02 300.00 0.00`, `2026-03 300.00 0.00`,
		}},
		{"nothing to look a rate up by", "rateCard: [{role: dev, annualCost: 1}]", "staffing: [{team: web, fte: 1, from: 2026-01, to: 2026-01}]", nil, []string{
			"2026-01 0.00 0.00; people: there is no rate for a line without role, level and location in 2026-01",
		}},
		{"a private rate card", "external: [rateCard]\n" + card, dev + lines, nil, []string{
			"2026-01 0.00 10.00; people: private", "2026-02 0.00 10.00; people: private", "2026-03 0.00 10.00; people: private",
		}},
		{"a private rate card that nothing needs", "external: [rateCard]", lines, nil, []string{"2026-01 0.00 10.00", "2026-02 0.00 10.00", "2026-03 0.00 10.00"}},
		{"a private rate card, joined", "external: [rateCard]\n" + card, dev, []string{private + "kind: Portfolio\nmetadata: {name: pay}\nspec: {rateCard: [{level: L4, annualCost: 120000}]}\n"}, []string{
			"2026-01 10000.00 0.00", "2026-02 10000.00 0.00", "2026-03 10000.00 0.00",
		}},
		{"a person on no roster", card, mei, nil, []string{`2026-01 0.00 0.00; people: person "mei" is on no roster`}},
		{"a person on a private roster", "external: [Roster]\n" + card, mei, nil, []string{"2026-01 0.00 0.00; people: private"}},
		{"no exchange rate yet", "exchangeRates: [{currency: EUR, from: 2026-01-02, rate: 1}]", euros, nil, []string{"2026-01 0.00 0.00; lines: there is no exchange rate for EUR in 2026-01"}},
		{"no exchange rate for people", "rateCard: [{annualCost: 12, currency: EUR}]", dev, nil, []string{
			"2026-01 0.00 0.00; people: there is no exchange rate for EUR in 2026-01",
			"2026-02 0.00 0.00; people: there is no exchange rate for EUR in 2026-02",
			"2026-03 0.00 0.00; people: there is no exchange rate for EUR in 2026-03",
		}},
		{"two exchange rates", "exchangeRates: [{currency: EUR, rate: 1}, {currency: EUR, rate: 2}]", euros, nil, []string{"2026-01 0.00 0.00; lines: there are two exchange rates for EUR in 2026-01"}},
		{"no portfolio", "exchangeRates: [{currency: EUR, from: 2026, rate: 3}]", euros, nil, []string{
			"2026-01 0.00 0.00; people: the Portfolio document does not validate; lines: the Portfolio document does not validate",
			"2026-02 0.00 0.00; people: the Portfolio document does not validate; lines: the Portfolio document does not validate",
			"2026-03 0.00 0.00; people: the Portfolio document does not validate; lines: the Portfolio document does not validate",
		}},
		{"two former exchange rates", "exchangeRates: [{currency: EUR, rate: 1}, {currency: EUR, from: 2026-01, rate: 3}, {currency: EUR, rate: 2}]", euros, nil, []string{"2026-01 0.00 90.00"}},
		{"two exchange rates before the one in force", "exchangeRates: [{currency: EUR, rate: 1}, {currency: EUR, rate: 2}, {currency: EUR, from: 2026-01, rate: 3}]", euros, nil, []string{"2026-01 0.00 90.00"}},
		{"no rate on days off", "rateCard: [{annualCost: 60000, from: 2026-01-05}]", "staffing: [{role: x, fte: 1, from: 2026-01-03, to: 2026-01-06}]", nil, []string{"2026-01 454.55 0.00"}},
		{"a month without working days", "calendar: {workweek: [Mon], holidays: [2026-02-02, 2026-02-09, 2026-02-16, 2026-02-23]}\nrateCard: [{annualCost: 60000}]", "staffing: [{role: x, fte: 1, from: 2026-01, to: 2026-02}]", nil, []string{
			"2026-01 5000.00 0.00", "2026-02 0.00 0.00",
		}},
		{"one exchange rate twice", "exchangeRates: [{currency: EUR, rate: 2}, {currency: EUR, rate: '2.0'}]", euros, nil, []string{"2026-01 0.00 60.00"}},
		{"private exchange rates", "external: [exchangeRates]\nexchangeRates: [{currency: EUR, rate: 1}]", euros, nil, []string{"2026-01 0.00 0.00; lines: private"}},
		{"private exchange rates, joined", "external: [exchangeRates]", euros, []string{private + "kind: Portfolio\nmetadata: {name: x}\nspec: {exchangeRates: [{currency: EUR, rate: 2}]}\n"}, []string{"2026-01 0.00 60.00"}},
		{"private staffing and budget", "external: [staffing, budget]", "objective: x", nil, []string{
			"2026-01 0.00 0.00; people: private; lines: private", "2026-02 0.00 0.00; people: private; lines: private", "2026-03 0.00 0.00; people: private; lines: private",
		}},
		{"staffing and budget that are said to be empty", "external: [staffing, budget]", "staffing: []\nbudget: {}", nil, []string{}},
		{"more than an amount can hold", "rateCard: [{annualCost: 999999999999999}]", "staffing: [{role: x, fte: 100000, from: 2026-01, to: 2026-01}]", nil, []string{
			"2026-01 0.00 0.00; people: a staffing line costs more than an amount can hold",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs := append([]string{config(test.config), "kind: Team\nmetadata: {name: web}\n", program("p", test.program)}, test.more...)
			s := snapshot(docs...)
			if diff := cmp.Diff(test.want, show(Plans(s, s.Programs)[0].Months)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
