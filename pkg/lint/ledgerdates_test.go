package lint_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/lint"
)

func TestSpendOutsideProgram(t *testing.T) {
	t.Parallel()
	over := func(status, completed string) string {
		return strings.Replace(funded(status, cloud), "due: 2027-01-29\n", "due: 2026-06-30\n"+completed, 1)
	}
	const completed = "  completed: 2026-06-26\n"
	runMoneyCases(t, []moneyCase{
		{name: "on the first day", text: of(funded("active", cloud), ledgerOf("p", paid("2026-02-02", "9")))},
		{
			name: "the day before", text: of(funded("active", cloud), ledgerOf("p", paid("2026-02-01", "9"))),
			want: []string{`BUD004 an entry for "cloud" of 2026-02-01, before program "p" starts (2026-02-02)`},
		},
		{
			name: "several, in one ledger and in another one",
			text: of(funded("active", cloud), ledgerNamed("a", "p", paid("2026-03-01", "9"), paid("2026-01-31", "9"), paid("2026-01-05", "9, ref: JE-1")), ledgerNamed("b", "p", paid("2026-01-05", "9, ref: JE-2"))),
			want: []string{`BUD004 an entry for "cloud" of 2026-01-31, before program "p" starts (2026-02-02), the first of 2 such entries`, `BUD004 entry "JE-2" of 2026-01-05, before program "p" starts (2026-02-02)`},
		},
		{
			name: "the day before, and on the first day", text: of(funded("active", cloud), ledgerOf("p", paid("2026-02-02", "9"), paid("2026-02-01", "9"))),
			want: []string{`BUD004 an entry for "cloud" of 2026-02-01, before program "p" starts (2026-02-02)`},
		},
		{
			name: "90 and 91 days after it was completed", text: of(over("completed", completed), ledgerOf("p", paid("2026-09-24", "9"), paid("2026-09-25", "9"))),
			want: []string{`BUD004 an entry for "cloud" of 2026-09-25, more than 90 days after program "p" was completed (2026-06-26)`},
		},
		{name: "a commitment", only: "BUD004 BUD005", text: of(funded("active", cloud), ledgerOf("p", paid("2026-02-01", "9, kind: commitment")))},
		{name: "of a team", text: of(ledgerOf("sre", paid("2020-02-01", "9")))},
		{name: "90 days after it was completed", text: of(over("completed", completed), ledgerOf("p", paid("2026-09-24", "9")))},
		{
			name: "91 days after it was completed", text: of(over("completed", completed), ledgerOf("p", paid("2026-09-25", "9"))),
			want: []string{`BUD004 an entry for "cloud" of 2026-09-25, more than 90 days after program "p" was completed (2026-06-26)`},
		},
		{name: "a credit", text: of(over("completed", completed), ledgerOf("p", paid("2026-09-25", "-9")))},
		{
			name: "after a cancelled program would have ended", text: of(over("cancelled", ""), ledgerOf("p", paid("2026-09-28", "1"), paid("2026-09-29", "2"), paid("2026-11-01", "3"))),
			want: []string{`BUD004 an entry for "cloud" of 2026-09-29, more than 90 days after program "p" was due, which is cancelled (2026-06-30), the first of 2 such entries`},
		},
		{name: "a program that is late", only: "BUD004", text: of(over("active", ""), ledgerOf("p", paid("2026-11-01", "9")))},
		{name: "completed, nobody knows when", text: of(over("completed", ""), ledgerOf("p", paid("2026-11-01", "9")))},
		{
			name: "waived in the ledger", text: of(funded("active", cloud), ledgerOf("p", paid("2026-02-01", "9"))+"  "+waiver("BUD004")+"\n"),
			want: []string{`waived: BUD004 an entry for "cloud" of 2026-02-01, before program "p" starts (2026-02-02)`},
		},
	})
}

func TestSpendInFuture(t *testing.T) {
	t.Parallel()
	runMoneyCases(t, []moneyCase{
		{name: "today", text: of(funded("active", cloud), ledgerOf("p", paid("2026-11-23", "9")))},
		{
			name: "today, tomorrow, and later", only: "BUD005", text: of(funded("active", cloud), ledgerOf("p", paid("2026-11-23", "9, kind: accrual"), paid("2026-11-24", "9, kind: accrual"), paid("2062-11-24", "9"))),
			want: []string{`BUD005 an entry for "cloud" of ledger "p" is dated 2026-11-24, after today (2026-11-23), the first of 2 such entries`},
		},
		{name: "a commitment", only: "BUD004 BUD005", text: of(funded("active", cloud), ledgerOf("p", paid("2026-11-24", "9, kind: commitment")))},
		{
			name: "of a team", text: of(ledgerOf("sre", paid("2026-11-24", "9"))),
			want: []string{`BUD005 an entry for "cloud" of ledger "sre" is dated 2026-11-24, after today (2026-11-23)`},
		},
		{
			name: "of a program that does not validate, and of one ledger that does not", only: "BUD",
			text: of(strings.Replace(funded("active"), "due: 2027", "due: 2020", 1), ledgerOf("p", paid("2026-11-24", "9")), ledgerOf("sre", paid("2026-11-24", "9.999"))),
		},
	})
}

func TestClosedInFuture(t *testing.T) {
	t.Parallel()
	runMoneyCases(t, []moneyCase{
		{name: "this month", text: with("closedThrough: 2026-11", of())},
		{name: "the next one", text: with("closedThrough: 2026-12", of()), want: []string{"BUD020 the books are closed through 2026-12, which begins after today (2026-11-23)"}},
		{name: "its first day", asOf: "2026-12-01", text: with("closedThrough: 2026-12", of())},
		{name: "not stated", text: of()},
	})
}

// A finding in a CSV file lies in its row.
func TestSpendInTables(t *testing.T) {
	t.Parallel()
	files := docs(of(funded("active", cloud), ledgerOf("p", paid("2026-03-31", "1"))+"  csv: p.csv\n"))
	files["p.csv"] = &fstest.MapFile{Data: []byte("ref,date,category,type,amount\nJE-1,2026-10-30,cloud,opex,5\nJE-2,2026-01-30,cloud,opex,6\nJE-3,2027-10-30,clouds,opex,7\n")}
	var list []string
	for _, d := range findMoney(t, files, options("")) {
		list = append(list, fmt.Sprintf("%s:%d:%d %s %s", d.File, d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message))
	}
	want := []string{
		`p.csv:3:6 BUD004 entry "JE-2" of 2026-01-30, before program "p" starts (2026-02-02)`,
		`p.csv:4:6 BUD005 entry "JE-3" of ledger "p" is dated 2027-10-30, after today (2026-11-23)`,
		`p.csv:4:17 BUD010 program "p" has no budget line for "clouds", on which it spent 7.00 USD (1 entry)`,
	}
	if diff := gocmp.Diff(want, list); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// BenchmarkLedgerRules runs each rule about money over a ledger of 200,000 rows of which
// there is nothing to say, compared with itself.
func BenchmarkLedgerRules(b *testing.B) {
	var table strings.Builder
	table.WriteString("date,category,type,amount\n")
	for i := range 200_000 {
		fmt.Fprintf(&table, "2026-%02d-%02d,cloud,opex,0.%02d\n", 3+i%8, 1+i%28, i%100)
	}
	files := docs(closed(funded("active", "id: x, category: cloud, amount: 1200000, from: 2026-02, to: 2027-01"), ledgerOf("p")+"  csv: p.csv\n"))
	files["p.csv"] = &fstest.MapFile{Data: []byte(table.String())}
	s, found := loadFiles(b, files)
	if len(found) > 0 {
		b.Fatal(messages(found))
	}
	o := options("")
	o.Before = s
	all := lint.Rules
	defer func() { lint.Rules = all }()
	for _, rule := range all {
		if !strings.HasPrefix(rule.Code, "BUD") {
			continue
		}
		b.Run(rule.Code, func(b *testing.B) {
			lint.Rules = []*lint.Rule{rule}
			b.ReportAllocs()
			for b.Loop() {
				if found := lint.Run(s, o); len(found) > 0 {
					b.Fatal(messages(found))
				}
			}
		})
	}
}
