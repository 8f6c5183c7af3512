package budget

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// world writes a random portfolio: teams, people, programs, budgets of teams and ledgers
// in three currencies, from 2025 to 2027.
func world(r *rand.Rand) []string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	month := func() cal.Month { return cal.MustMonth("2025-01").Add(r.IntN(30)) }
	day := func() cal.Date { return month().First() + cal.Date(r.IntN(28)) }
	amount := func() string { return cents(int64(r.IntN(9_000_000) - 500_000)) }
	// money is an amount in some currency; yen have no cents.
	money := func() (amountAndCurrency string) {
		switch c := pick("", "", "EUR", "JPY"); c {
		case "":
			return amount()
		case "JPY":
			return fmt.Sprint(r.IntN(900_000)) + ", currency: JPY"
		default:
			return amount() + ", currency: " + c
		}
	}
	docs := []string{
		config(fmt.Sprintf(`
currency: USD
fiscalYear: {startMonth: %d}
exchangeRates: [{currency: EUR, rate: 1.1}, {currency: EUR, from: 2026-02-11, rate: "1.2345"}, {currency: JPY, rate: 0.0067}]
closedThrough: %s
policy: {peopleActuals: %s, forecastMethod: %s}
levels: [{id: L3}, {id: L4}]
rateCard:
  - {annualCost: 100000}
  - {level: L4, annualCost: 151000.50, currency: EUR}
  - {role: sre, level: L4, from: 2026-03, annualCost: 133333.33}
`, r.IntN(12)+1, cal.MustMonth("2026-01").Add(r.IntN(8)), pick("allocated", "allocated", "ledger", "hours"), pick("plan", "run-rate"))),
		"kind: Team\nmetadata: {name: top}\nspec: {costCentre: CC-1}\n", "kind: Team\nmetadata: {name: web}\nspec: {parent: top}\n",
		"kind: Team\nmetadata: {name: ops}\nspec: {parent: top, costCentre: CC-2}\n",
	}
	var people []string
	roster := "kind: Roster\nmetadata: {name: all}\nspec:\n  people:\n"
	for i := range 6 {
		id := fmt.Sprint("p", i)
		people = append(people, id)
		start := cal.MustDate("2025-01-01") + cal.Date(r.IntN(400))
		roster += fmt.Sprintf("    - {id: %s, team: %s, role: %s, level: %s, start: %s", id, pick("web", "ops", "top"), pick("sre", "dev"), pick("L3", "L4"), start)
		if r.IntN(2) == 0 {
			roster += fmt.Sprintf(", end: %s", start+cal.Date(r.IntN(500)))
		}
		roster += "}\n"
	}
	docs = append(docs, roster)
	lines := func(pad string) string {
		text := ""
		for i := range r.IntN(4) {
			from := month()
			spread := pick("even", "front", "back")
			text += fmt.Sprintf("%s  - {id: l%d, category: %s, type: %s, amount: %s, from: %s, to: %s, spread: %s", pad, i, pick("cloud", "travel", "tools"), pick("opex", "capex"), money(), from, from.Add(r.IntN(14)), spread)
			if r.IntN(3) == 0 {
				text += fmt.Sprintf(", forecast: {%s: %d}", from.Add(r.IntN(16)), r.IntN(9000))
			}
			text += "}\n"
		}
		if text == "" {
			return pad + "lines: []\n"
		}
		return pad + "lines:\n" + text
	}
	ledger := func(name, of string) string {
		text := fmt.Sprintf("kind: Ledger\nmetadata: {name: %s}\nspec:\n  %s\n  entries:\n", name, of)
		for i := range r.IntN(20) {
			text += fmt.Sprintf("    - {date: %s, category: %s, type: %s, amount: %s, kind: %s, ref: %s-%d%s}\n", day(), pick("cloud", "travel", "gifts", "people"), pick("opex", "capex"), money(),
				pick("actual", "actual", "accrual", "commitment"), name, i, pick("", ", costCentre: CC-9"))
		}
		if strings.HasPrefix(of, "program") {
			text += fmt.Sprintf("  hours: [{month: %s, person: %s, fte: 0.%d}, {month: %s, role: sre, fte: 1}]\n", month(), pick(people...), r.IntN(8)+1, month())
		}
		return text
	}
	for i := range 4 {
		name := fmt.Sprint("prog", i)
		start := day()
		text := fmt.Sprintf("kind: Program\nmetadata: {name: %s, labels: {k: %s}}\nspec:\n  team: %s\n  theme: %s\n  status: %s\n  start: %s\n  due: %s\n", name, pick("a", "b"), pick("web", "ops", "top"), pick("t1", "t2"),
			pick("active", "active", "completed", "cancelled", "proposed"), start, start+300)
		text += "  staffing:\n"
		for range r.IntN(4) {
			from := month()
			who := "person: " + pick(people...)
			if r.IntN(3) == 0 {
				who = "team: web, role: " + pick("sre", "dev") + ", level: " + pick("L3", "L4")
			}
			text += fmt.Sprintf("    - {%s, fte: 0.%d, from: %s, to: %s, capitalise: %d%%}\n", who, r.IntN(9)+1, from.First()+cal.Date(r.IntN(25)), from.Add(r.IntN(9)), []int{0, 0, 37, 100}[r.IntN(4)])
		}
		if strings.HasSuffix(text, "staffing:\n") {
			text = strings.TrimSuffix(text, "  staffing:\n")
		}
		text += "  budget:\n    contingency: 1000\n" + lines("    ")
		docs = append(docs, text, ledger("led"+name, "program: "+name))
	}
	return append(docs, ledger("web", "team: web"), "kind: Budget\nmetadata: {name: ops-26}\nspec:\n  team: ops\n  fiscalYear: FY26\n"+lines("  "))
}
