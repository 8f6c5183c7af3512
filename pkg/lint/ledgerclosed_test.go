package lint_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/lint"
)

// closed is a portfolio whose books are closed through October.
func closed(docs ...string) string {
	return with("closedThrough: 2026-10, exchangeRates: [{currency: EUR, rate: 2}]", of(docs...))
}

func TestClosedSpendChanged(t *testing.T) {
	t.Parallel()
	p := funded("active", cloud)
	a, b, c := paid("2026-10-30", "10"), paid("2026-10-30", "7, ref: JE-1"), paid("2026-09-30", "5")
	before := closed(p, ledgerOf("p", a, b, c))
	const was = `BUD013 2026-10 is closed: spend of program "p" in it changes from 17.00 to `
	const same = `BUD013 2026-10 is closed: entries of program "p" in it change, and their sum does not`
	cases := []moneyCase{
		{name: "nothing", text: before},
		{name: "in another order", text: closed(p, ledgerOf("p", c, b, a))},
		{name: "in two ledgers of other names", text: closed(p, ledgerNamed("x", "p", c, b), ledgerNamed("y", "p", a))},
		{name: "written otherwise", text: closed(p, ledgerOf("p", strings.Replace(a, "amount: 10", `amount: "10.00", currency: USD, kind: actual, memo: x`, 1), strings.Replace(b, "JE-1", "JE-2", 1), c))},
		{name: "added", text: closed(p, ledgerOf("p", a, b, c, paid("2026-10-31", "2"))), want: []string{was + "19.00 USD"}},
		{name: "added in an open month", text: closed(p, ledgerOf("p", a, b, c, paid("2026-11-01", "2")))},
		{name: "a commitment added, and one removed", before: closed(p, ledgerOf("p", a, paid("2026-10-30", "1, kind: commitment"))), text: closed(p, ledgerOf("p", a, paid("2026-10-29", "3, kind: commitment")))},
		{name: "removed", text: closed(p, ledgerOf("p", b, c)), want: []string{was + "7.00 USD"}},
		{name: "to the cent", text: closed(p, ledgerOf("p", paid("2026-10-30", "10.01"), b, c)), want: []string{was + "17.01 USD"}},
		{name: "moved to another month", text: closed(p, ledgerOf("p", paid("2026-09-30", "10"), b, c)), want: []string{
			was + "7.00 USD", `BUD013 2026-09 is closed: spend of program "p" in it changes from 5.00 to 15.00 USD`,
		}},
		{name: "another day", text: closed(p, ledgerOf("p", paid("2026-10-29", "10"), b, c)), want: []string{same}},
		{name: "owed, not paid", text: closed(p, ledgerOf("p", a+", kind: accrual", b, c)), want: []string{same}},
		{name: "one into two", text: closed(p, ledgerOf("p", paid("2026-10-30", "4"), paid("2026-10-30", "6"), b, c)), want: []string{same}},
		{name: "twice", text: closed(p, ledgerOf("p", a, a, b, c)), want: []string{was + "27.00 USD"}},
		{name: "another currency", text: closed(p, ledgerOf("p", a+", currency: EUR", b, c)), want: []string{`BUD013 2026-10 is closed: spend of program "p" in it changes from 0.00 to 10.00 EUR and from 17.00 to 7.00 USD`}},
		{name: "opened in the same change", text: with("closedThrough: 2026-09", of(p, ledgerOf("p", b, c))), want: []string{was + "7.00 USD"}},
		{name: "open before the change", before: strings.Replace(before, "2026-10, ", "2026-09, ", 1), text: closed(p, ledgerOf("p", b, c))},
		{name: "nothing was closed", before: strings.Replace(before, "closedThrough: 2026-10, ", "", 1), text: closed(p, ledgerOf("p", b, c))},
		{name: "the ledger is gone", text: closed(p), only: "BUD013", want: []string{`BUD013 2026-09 is closed: spend of program "p" in it changes from 5.00 to 0.00 USD`, was + "0.00 USD"}},
		{name: "all is gone", text: closed(), want: []string{`BUD013 2026-09 is closed: spend of program "p" in it changes from 5.00 to 0.00 USD`, was + "0.00 USD"}},
		{name: "its first ledger", before: closed(p), text: before},
		{name: "of a team", before: closed(ledgerOf("sre", a)), text: closed(ledgerOf("sre", a, b)), want: []string{`BUD013 2026-10 is closed: spend of team "sre" in it changes from 10.00 to 17.00 USD`}},
		{name: "private", text: with("external: [Ledger]", of(p)), only: "BUD"},
		{name: "a ledger that does not validate", text: closed(p, ledgerOf("p", b, c, paid("2026-11-01", "0.001"))), only: "BUD013"},
		{name: "waived", text: closed(p, ledgerOf("p", b, c)+"  "+waiver("BUD013")+"\n"), want: []string{"waived: " + was + "7.00 USD"}},
	}
	for i := range cases {
		if cases[i].before == "" {
			cases[i].before = before
		}
		if cases[i].only == "" {
			cases[i].only = "BUD013 YAML SCH REF"
		}
	}
	runMoneyCases(t, cases)
}

// A rule that has nothing to compare with calls no waiver unused.
func TestClosedSpendNeedsABefore(t *testing.T) {
	t.Parallel()
	runMoneyCases(t, []moneyCase{{
		name: "none", only: "BUD013 BUD014 GOV",
		text: closed(funded("active", cloud)+"  "+waiver("BUD014")+"\n", ledgerOf("p", paid("2026-10-30", "7"))+"  "+waiver("BUD013")+"\n"),
	}})
}

// The finding lies where the change is, and tells what it was.
func TestWhereClosedSpendChanged(t *testing.T) {
	t.Parallel()
	p := funded("active", cloud)
	a, b := paid("2026-10-30", "10"), paid("2026-10-30", "7, ref: JE-1, currency: EUR")
	find := func(text string) string {
		o := options("")
		o.Before = snapshot(t, closed(p, ledgerOf("p", a, b)))
		var places []string
		for _, d := range withCode(findMoney(t, docs(text), o), "BUD013") {
			line := strings.Split(text, "\n")[d.Range.Start.Line-1]
			places = append(places, d.Subject+": "+strings.TrimSpace(line)+"\n"+d.Detail)
		}
		return strings.Join(places, "\n")
	}
	const mend = "\nput back what was reported, and post the correction in an open month; or open the month first, by closedThrough: in a change of its own"
	for _, c := range []struct{ name, text, want string }{
		{
			"altered", closed(p, ledgerNamed("x", "p", a), ledgerNamed("y", "p", paid("2026-10-30", "8, ref: JE-1"))),
			"ledger/y: - {type: opex, date: 2026-10-30, category: cloud, amount: 8, ref: JE-1}" + mend +
				"\nadded or changed: entry \"JE-1\" of 2026-10-30: 8\nremoved or changed: entry \"JE-1\" of 2026-10-30: 7 EUR",
		},
		{"removed", closed(p, ledgerOf("p", b)), "ledger/p: metadata: {name: p}" + mend + "\nremoved or changed: an entry for \"cloud\" of 2026-10-30: 10"},
		{"no ledger is left", closed(p), "program/p: metadata: {name: p}" + mend + "\nremoved or changed: an entry for \"cloud\" of 2026-10-30: 10, entry \"JE-1\" of 2026-10-30: 7 EUR"},
	} {
		if diff := gocmp.Diff(c.want, find(c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// What is gone is told where it was: in the ledger of that name, else at the first one,
// else at the program or the team, else in the Portfolio.
func TestWhereClosedSpendIsGone(t *testing.T) {
	t.Parallel()
	p := funded("active", cloud)
	a, b := paid("2026-10-30", "1"), paid("2026-10-30", "2")
	hours := strings.Replace(timesheet("p", "month: 2026-10, person: ada, fte: 1", "month: 2026-10, person: kim, fte: 1"), "name: p", "name: t", 1)
	for _, c := range []struct{ name, before, after, want string }{
		{"of the second ledger", closed(p, ledgerNamed("x", "p", a), ledgerNamed("y", "p", b)), closed(p, ledgerNamed("x", "p", a), ledgerNamed("y", "p")), "ledger/y metadata: {name: y}"},
		{"the second ledger", closed(p, ledgerNamed("x", "p", a), ledgerNamed("y", "p", b)), closed(p, ledgerNamed("x", "p", a)), "ledger/x metadata: {name: x}"},
		{"of a team", closed(ledgerOf("sre", a)), closed(), "team/sre metadata: {name: sre}"},
		{"of a program that is gone too", closed(p, ledgerOf("p", a)), closed(), "portfolio/main " + strings.Split(strings.TrimSpace(closed()), "\n")[2]},
		{"hours of one", closed(p, roster(kim, ada), hours), closed(p, roster(kim, ada), strings.Replace(hours, "kim, fte: 1", "kim, fte: 0.5", 1)), "ledger/t - {month: 2026-10, person: kim, fte: 0.5}"},
		{"hours of two", closed(p, roster(kim, ada), hours), closed(p, roster(kim, ada), strings.ReplaceAll(hours, "fte: 1", "fte: 0.5")), "ledger/t - {month: 2026-10, person: ada, fte: 0.5}"},
		{"hours removed", closed(p, roster(kim, ada), hours), closed(p, roster(kim, ada), strings.Replace(hours, "    - {month: 2026-10, person: ada, fte: 1}\n", "", 1)), "ledger/t metadata: {name: t}"},
	} {
		o := options("")
		o.Before = snapshot(t, c.before)
		list := withCode(findMoney(t, docs(c.after), o), "BUD013")
		if len(list) != 1 {
			t.Errorf("%s: %v", c.name, messages(list))
			continue
		}
		if got := list[0].Subject + " " + strings.TrimSpace(strings.Split(c.after, "\n")[list[0].Range.Start.Line-1]); got != c.want {
			t.Errorf("%s: at %s, want %s", c.name, got, c.want)
		}
	}
}

// Of many months twelve are told, and how many there are more.
func TestManyClosedMonths(t *testing.T) {
	t.Parallel()
	p := funded("active", cloud)
	months := func(amount string) []string {
		return each(20, func(i int) string { return paid(cal.MustMonth("2025-03").Add(i).First().String(), amount) })
	}
	o := options("")
	o.Before = snapshot(t, closed(p, ledgerOf("p", months("1")...)))
	list := withCode(findMoney(t, docs(closed(p, ledgerOf("p", months("2")...))), o), "BUD013")
	const last = `BUD013 2026-02 is closed: spend of program "p" in it changes from 1.00 to 2.00 USD; so it does in 8 closed months more`
	if got := messages(list); len(got) != 12 || got[11] != last {
		t.Errorf("%d findings, the last: %v", len(got), got[len(got)-1])
	}
	sheet := func(fte string) string {
		return closed(staffed("p", "active"), roster(kim), timesheet("p", each(20, func(i int) string {
			return "month: " + cal.MustMonth("2025-03").Add(i).String() + ", person: kim, fte: " + fte
		})...))
	}
	o.Before = snapshot(t, sheet("1"))
	list = withCode(findMoney(t, docs(sheet("0.5")), o), "BUD013")
	const lastHours = `BUD013 2026-02 is closed: hours of program "p" in it change from 1 to 0.5 FTE; so they do in 8 closed months more`
	if got := messages(list); len(got) != 12 || got[11] != lastHours {
		t.Errorf("%d findings of hours, the last: %v", len(got), got[len(got)-1])
	}
}

// Entries that move to a CSV file are the same entries.
func TestClosedSpendInTables(t *testing.T) {
	t.Parallel()
	p := funded("active", cloud)
	table := func(rows string) fstest.MapFS {
		files := docs(closed(p, ledgerOf("p", paid("2026-09-30", "5"))+"  csv: p.csv\n"))
		files["p.csv"] = &fstest.MapFile{Data: []byte("date,category,type,amount,currency\n" + rows)}
		return files
	}
	o := options("")
	o.Before = snapshot(t, closed(p, ledgerOf("p", paid("2026-10-30", "10"), paid("2026-10-30", "7"), paid("2026-09-30", "5"))))
	const same = "2026-10-30,cloud,opex,7.00,\n2026-10-30,cloud,opex,10,USD\n"
	if list := messages(withCode(findMoney(t, table(same), o), "BUD013", "CSV")); len(list) > 0 {
		t.Error(list)
	}
	list := withCode(findMoney(t, table(same+"2026-10-30,cloud,opex,1,USD\n"), o), "BUD013", "CSV")
	want := []string{`BUD013 2026-10 is closed: spend of program "p" in it changes from 17.00 to 18.00 USD`}
	if diff := gocmp.Diff(want, messages(list)); diff != "" || list[0].File != "p.csv" || list[0].Range.Start.Line != 4 {
		t.Errorf("in %v (-want +got):\n%s", list, diff)
	}
}

// Months with findings are those in which the two ledgers differ as sets, whatever the
// order of entries and however they are spread over documents.
func TestClosedSpendEqualsAComparisonOfSets(t *testing.T) {
	t.Parallel()
	p := funded("active", cloud)
	for seed := range int64(60) {
		r := rand.New(rand.NewSource(seed))
		var was []string
		for range 1 + r.Intn(12) {
			was = append(was, paid(fmt.Sprintf("2026-%02d-%02d", 6+r.Intn(7), 1+r.Intn(3)), pick(r, "1", "2", "1.00")+pick(r, "", ", kind: accrual", ", currency: EUR", ", kind: commitment")))
		}
		is := slices.Clone(was)
		for range r.Intn(3) {
			switch i := r.Intn(len(is)); r.Intn(3) {
			case 0:
				is = append(is, is[i])
			case 1:
				is[i] = was[r.Intn(len(was))]
			case 2:
				is = append(slices.Delete(is, i, i+1), was[0])
			}
		}
		r.Shuffle(len(is), func(i, j int) { is[i], is[j] = is[j], is[i] })
		cut := r.Intn(len(is) + 1)
		o := options("2026-12-31")
		o.Before = snapshot(t, closed(p, ledgerOf("p", was...)))
		var got []string
		for _, d := range withCode(findMoney(t, docs(closed(p, ledgerNamed("p", "p", is[:cut]...), ledgerNamed("z", "p", is[cut:]...))), o), "BUD013") {
			got = append(got, d.Message[:len("2026-10")])
		}
		slices.Sort(got)
		want := differingMonths(was, is)
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: from %v to %v (-want +got):\n%s", seed, was, is, diff)
		}
	}
}

func differingMonths(was, is []string) (months []string) {
	byMonth := func(list []string) map[string][]string {
		m := map[string][]string{}
		for _, e := range list {
			month := e[len("date: "):len("date: 2026-10")]
			if !strings.Contains(e, "commitment") && month <= "2026-10" {
				m[month] = append(m[month], strings.Replace(e, "1.00", "1", 1))
			}
		}
		for _, list := range m {
			slices.Sort(list)
		}
		return m
	}
	before, after := byMonth(was), byMonth(is)
	for m := range 12 {
		month := fmt.Sprintf("2026-%02d", m+1)
		if !slices.Equal(before[month], after[month]) {
			months = append(months, month)
		}
	}
	return months
}

func TestClosedHoursChanged(t *testing.T) {
	t.Parallel()
	p := staffed("p", "active")
	sheet := func(list ...string) string { return closed(p, roster(kim, ada), timesheet("p", list...)) }
	const kims, adas = "month: 2026-10, person: kim, fte: 0.5", "month: 2026-10, person: ada, fte: 0.25"
	said := func(from, to string) []string {
		return []string{`BUD013 2026-10 is closed: hours of program "p" in it change from ` + from + " to " + to + " FTE"}
	}
	cases := []moneyCase{
		{name: "in another order", text: sheet(adas, kims)},
		{name: "split", text: sheet("month: 2026-10, person: kim, fte: 0.2", "month: 2026-10, person: kim, fte: 0.3", adas)},
		{name: "altered", text: sheet(strings.Replace(kims, "0.5", "0.4", 1), adas), want: said("0.75", "0.65")},
		{name: "removed", text: sheet(kims), want: said("0.75", "0.5")},
		{name: "added", text: sheet(kims, adas, "month: 2026-09, person: ada, fte: 1"), want: []string{`BUD013 2026-09 is closed: hours of program "p" in it change from 0 to 1 FTE`}},
		{name: "in an open month", text: sheet(kims, adas, "month: 2026-11, person: ada, fte: 1")},
		{name: "swapped", text: sheet("month: 2026-10, person: ada, fte: 0.5", "month: 2026-10, person: kim, fte: 0.25"), want: []string{`BUD013 2026-10 is closed: hours of program "p" in it change, and their sum does not`}},
		{name: "the first of it", before: closed(p, roster(kim, ada), ledgerOf("p", paid("2026-10-30", "1"))), text: closed(p, roster(kim, ada), timesheet("p", kims)+"  entries: [{type: opex, "+paid("2026-10-30", "1")+"}]\n")},
	}
	for i := range cases {
		if cases[i].before == "" {
			cases[i].before = sheet(kims, adas)
		}
		cases[i].only = "BUD013 YAML SCH REF"
	}
	runMoneyCases(t, cases)
}

func TestClosedPlanChanged(t *testing.T) {
	t.Parallel()
	line := func(amount, rest string) string {
		return "id: x, category: cloud, amount: " + amount + ", from: 2026-09, to: 2026-12" + rest
	}
	plan := func(status string, lines ...string) string { return closed(funded(status, lines...)) }
	before := plan("active", line("400", ""))
	said := func(month, from, to, also string) []string {
		return []string{`BUD014 ` + month + ` is closed: what program "p" plans for it changes from ` + from + ` to ` + to + ` USD` + also}
	}
	cases := []moneyCase{
		{name: "nothing", text: before},
		{name: "renamed", text: plan("active", strings.Replace(line("400", ""), "id: x", "id: y", 1))},
		{name: "split in two", text: plan("active", line("100", ""), strings.Replace(line("300", ""), "id: x", "id: y", 1))},
		{name: "spelt out", text: plan("active", line("400", ", spread: {2026-09: 100, 2026-10: 100, 2026-12: 200}"))},
		{name: "more for open months", text: plan("active", line("500", ", spread: {2026-09: 100, 2026-10: 100, 2026-12: 300}"))},
		{name: "more for all", text: plan("active", line("480", "")), want: said("2026-09", "100.00", "120.00", ", the first of 2 such months")},
		{name: "to the back", text: plan("active", line("400", ", spread: back")), want: said("2026-09", "100.00", "40.00", ", the first of 2 such months")},
		{name: "begun later", text: plan("active", strings.Replace(line("300", ""), "2026-09", "2026-10", 1)), want: said("2026-09", "100.00", "0.00", "")},
		{name: "dropped", text: plan("active"), want: said("2026-09", "100.00", "0.00", ", the first of 2 such months")},
		{name: "cancelled", text: plan("cancelled", line("400", ""))},
		{name: "it was proposed", before: plan("proposed", line("400", "")), text: plan("active", line("480", ""))},
		{name: "it was not there", before: closed(), text: before},
		{name: "nothing was closed", before: of(funded("active", line("400", ""))), text: plan("active", line("480", ""))},
		{name: "private now", text: with("external: [budget]", of(funded("active")))},
		{
			name: "of a Budget, in euros", before: closed(budgetOf("", line("400", ""))), text: closed(budgetOf("", line("400", ", currency: EUR"))),
			want: []string{`BUD014 2026-09 is closed: what budget "sre-fy26" plans for it changes from 0.00 to 100.00 EUR and from 100.00 to 0.00 USD, the first of 2 such months`},
		},
		{name: "waived", text: closed(funded("active", line("480", "")) + "  " + waiver("BUD014") + "\n"), want: []string{"waived: " + said("2026-09", "100.00", "120.00", ", the first of 2 such months")[0]}},
	}
	for i := range cases {
		if cases[i].before == "" {
			cases[i].before = before
		}
		cases[i].only = "BUD014 YAML SCH REF"
	}
	runMoneyCases(t, cases)
}

// The finding lies at the first line that differs in the month, and at the budget where
// that line is gone.
func TestWhereClosedPlanChanged(t *testing.T) {
	t.Parallel()
	x, y := "id: x, category: cloud, amount: 4, from: 2026-09, to: 2026-12", "id: y, category: cloud, amount: 8, from: 2026-09, to: 2026-12"
	o := options("")
	o.Before = snapshot(t, closed(funded("active", x, y)))
	for text, want := range map[string]string{
		closed(funded("active", x, strings.Replace(y, "8", "12", 1))): "- {type: opex, " + strings.Replace(y, "8", "12", 1) + "}",
		closed(funded("active", y)):                                   "budget:",
		closed(funded("active")):                                      "metadata: {name: p}",
	} {
		list := withCode(findMoney(t, docs(text), o), "BUD014")
		if len(list) != 1 || strings.TrimSpace(strings.Split(text, "\n")[list[0].Range.Start.Line-1]) != want {
			t.Errorf("%v, want one at %s", list, want)
		}
	}
}

// A portfolio that is compared with itself changed nothing.
func TestComparedWithItself(t *testing.T) {
	t.Parallel()
	for seed := range int64(20) {
		r := rand.New(rand.NewSource(seed))
		files := fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(strings.Join(randomMoney(r), "---\n"))}}
		s, _ := loadFiles(t, files)
		found := lint.Run(s, lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules(), Before: s})
		if list := messages(withCode(found, "BUD013", "BUD014")); len(list) > 0 {
			t.Fatalf("seed %d: %v", seed, list)
		}
	}
}
