package portfolio

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// spent is a ledger of a CSV file, with more of its spec.
func spent(name, spec string) string {
	return "kind: Ledger\nmetadata: {name: " + name + "}\nspec:\n  team: sre\n  csv: " + name + ".csv\n" + spec
}

// books assembles ledgers and the CSV files that they name, by file name. Files are
// held, so that all is read in the ordinary way, or they are not.
func books(texts map[string]string, held bool) (*Snapshot, []diag.Diagnostic) {
	parts := []Part{Read(&source.File{Name: "t.yaml", Text: []byte(team)}, Base)}
	for name, text := range texts {
		if strings.HasSuffix(name, ".csv") {
			continue
		}
		p := Read(&source.File{Name: name, Text: []byte(text)}, Base)
		for _, c := range p.CSVFiles() {
			text, ok := texts[c.Path]
			if !ok {
				continue
			}
			f := &source.File{Name: c.Path, Text: []byte(text)}
			if !held {
				f = source.FileAt(c.Path, strings.NewReader(text), int64(len(text)), func() ([]byte, error) { return []byte(text), nil })
			}
			p.ReadCSV(c, f)
		}
		parts = append(parts, p)
	}
	return Assemble(parts)
}

// entriesOf are all entries of a ledger, by its postings, with the lines they stand in.
func entriesOf(t *testing.T, l *Ledger) (list []LedgerEntry, lines []int32) {
	t.Helper()
	for p := range l.Postings() {
		e, c := l.Entry(p), l.Classes()[p.Class]
		if e.Date != p.Date || e.Amount != p.Amount || e.class() != c {
			t.Errorf("the posting %v of %v is %v", p, c, e)
		}
		lines = append(lines, e.Origin.Line)
		e.Origin = source.Origin{}
		list = append(list, e)
	}
	if len(list) != l.Len() {
		t.Errorf("%d postings, of %d", len(list), l.Len())
	}
	return list, lines
}

func TestLedgerOfCSV(t *testing.T) {
	const head = "date,category,type,amount,currency,kind,account,costCentre,vendor,po,memo,ref\n"
	day, amount := cal.MustDate("2026-05-31"), money.MustDecimal
	one := LedgerEntry{Date: day, Category: "cloud", Type: Opex, Amount: amount("12.50"), Kind: Actual}
	with := func(changes ...func(*LedgerEntry)) (list []LedgerEntry) {
		for _, change := range changes {
			e := one
			change(&e)
			list = append(list, e)
		}
		return list
	}
	for _, test := range []struct {
		name, spec, csv string
		want            []LedgerEntry
	}{
		{"the least there is", "", "date,category,type,amount\n2026-05-31,cloud,opex,12.50\n", []LedgerEntry{one}},
		{"empty cells", "", head + "2026-05-31,cloud,opex,12.50,,,,,,,,\n", []LedgerEntry{one}},
		{"all", "", head + "2026-05-31,cloud,capex,-12.50,USD,commitment,0610,4711,\"Nimbus, Inc.\",PO 1,\"two\nlines\",JE-1\n", with(func(e *LedgerEntry) {
			*e = LedgerEntry{
				Date: day, Category: "cloud", Type: Capex, Amount: amount("-12.50"), Currency: "USD", Kind: Commitment,
				Account: "0610", CostCentre: "4711", Vendor: "Nimbus, Inc.", PO: "PO 1", Memo: "two\nlines", Ref: "JE-1",
			}
		})},
		{"the currency of the ledger", "  currency: USD\n", head + "2026-05-31,cloud,opex,12.50,,,,,,,,\n", with(func(e *LedgerEntry) { e.Currency = "USD" })},
		{
			"words in any case, and for nothing", "", head + "2026-05-31,cloud,OPEX,12.50,N/A,Actual,-,null,#N/A,None,--,n/a\n2026-05-31,cloud,Capex,12.50,,ACCRUAL,,,,,,-\n",
			with(func(*LedgerEntry) {}, func(e *LedgerEntry) { e.Type, e.Kind = Capex, Accrual }),
		},
		{
			"amounts with a comma, a mark in front, a blank row, lines that end otherwise", "  decimal: comma\n  dateFormat: DD.MM.YYYY\n  columns: {date: Datum, amount: Betrag}\n",
			"\ufeffDatum;category;type;Betrag;ref\r\n\r\n31.05.2026;cloud;opex;1.234.567,89;a\r\n;;;;\r\n31.5.2026 00:00;cloud;opex;(1'000,00);\r\n31.05.2026;cloud;opex;\"1 234,5-\";b\r\n",
			with(func(e *LedgerEntry) { e.Amount, e.Ref = amount("1234567.89"), "a" }, func(e *LedgerEntry) { e.Amount = amount("-1000.00") }, func(e *LedgerEntry) { e.Amount, e.Ref = amount("-1234.5"), "b" }),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, held := range []bool{true, false} {
				s, diags := books(map[string]string{"l.yaml": spent("l", test.spec), "l.csv": test.csv}, held)
				if len(diags) > 0 || !s.Sound("ledger/l") {
					t.Fatalf("findings %q", lines(diags))
				}
				got, _ := entriesOf(t, s.Ledgers[0])
				if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(money.Decimal{})); diff != "" {
					t.Errorf("held %t (-want +got):\n%s", held, diff)
				}
			}
		})
	}
}

func TestFindingsOfLedgers(t *testing.T) {
	const head = "ref,date,category,type,amount,currency,kind,memo\n"
	const good = "JE-1,2026-05-31,cloud,opex,12.50,USD,actual,\n"
	for _, test := range []struct {
		name, spec, csv string
		want            []string
	}{
		{"values that are missing", "", head + "JE-1,,cloud,opex,1,,,\n,2026-05-31,cloud,opex,-,,,\n", []string{
			`l.csv:2:6 CSV006 entry "JE-1" lacks "date", which is required`,
			`l.csv:3:24 CSV006 the entry in line 3 lacks "amount", which is required`,
		}},
		{"a row of totals", "", head + good + "Total,,,,12.50,,,\n,Sum,,,12.50,,,\n", []string{
			`l.csv:3:7 CSV006 entry "Total" lacks "date", "category", "type", which are required`,
			`l.csv:4:6 CSV006 the entry in line 4 lacks "category", "type", which are required`,
		}},
		{"amounts", "", head + "a,2026-05-31,cloud,opex,12,\"\",,\n" + "b,2026-05-31,cloud,opex,\"1,5\",,,\nc,2026-05-31,cloud,opex,USD 12.50,,,\nd,2026-05-31,cloud,opex,\"12,34,567.00\",,,\ne,2026-05-31,cloud,opex,0012.50,,,\nf,2026-05-31,cloud,opex,1.2E+05,,,\ng,2026-05-31,cloud,opex,€5,,,\nh,2026-05-31,cloud,opex,5%,,,\n", []string{
			`l.csv:3:25 CSV006 entry "b": amount is "1,5", expected a number with a decimal point such as 1250000.10`,
			`l.csv:4:25 CSV006 entry "c": amount is "USD 12.50", expected a number with a decimal point such as 1250000.10 → 12.50`,
			`l.csv:5:25 CSV006 entry "d": amount is "12,34,567.00", expected a number with a decimal point such as 1250000.10`,
			`l.csv:6:25 CSV006 entry "e": amount is "0012.50", expected a number with a decimal point such as 1250000.10`,
			`l.csv:7:25 CSV006 entry "f": amount is "1.2E+05", expected a number with a decimal point such as 1250000.10`,
			`l.csv:8:25 CSV006 entry "g": amount is "€5", expected a number with a decimal point such as 1250000.10 → 5`,
			`l.csv:9:25 CSV006 entry "h": amount is "5%", expected a number with a decimal point such as 1250000.10`,
		}},
		{"another mark than stated", "", "date;category;type;amount\n2026-05-31;cloud;opex;1,5\n2026-05-31;cloud;opex;1.234,50\n2026-05-31;cloud;opex;7\n2026-05-31;;opex;12,50\n", []string{
			`l.csv:5:12 CSV006 the entry in line 5 lacks "category", which is required`,
			`l.yaml:4:3 CSV006 ledger "l": 3 of 4 amounts of l.csv have no decimal point, but a comma → comma`,
		}},
		{"another mark than stated, and dates", "  decimal: comma\n  delimiter: semicolon\n", "date;category;type;amount\n31.05.2026;cloud;opex;1.50\n30.05.2026;cloud;opex;1,234.50\n", []string{
			`l.yaml:4:3 CSV006 ledger "l": no date of l.csv is written as YYYY-MM-DD, all 2 as DD.MM.YYYY → DD.MM.YYYY`,
			`l.yaml:6:12 CSV006 ledger "l": 2 of 2 amounts of l.csv have no decimal comma, but a point → point`,
		}},
		{"both marks", "", head + "a,2026-05-31,cloud,opex,\"1,5\",,,\nb,2026-05-31,cloud,opex,1.5,,,\nc,2026-05-31,cloud,opex,\"2,5\",,,\nd,2026-05-31,cloud,opex,2.5,,,\n", []string{
			`l.csv:2:25 CSV006 entry "a": amount is "1,5", expected a number with a decimal point such as 1250000.10`,
			`l.csv:4:25 CSV006 entry "c": amount is "2,5", expected a number with a decimal point such as 1250000.10`,
		}},
		{"words, a currency and a date", "", head + "a,2026-02-30,cloud,opx,1,usd,actuals,\nb,2026-05-31,cloud,opex,1,€,order,\n", []string{
			`l.csv:2:20 CSV006 entry "a": type is "opx", which is not an allowed value → opex`,
			`l.csv:2:26 CSV006 entry "a": currency: "usd" is not a currency code: write USD → USD`,
			`l.csv:2:3 CSV006 entry "a": date is "2026-02-30": 2026-02-30 is not a date; February 2026 has 28 days`,
			`l.csv:2:30 CSV006 entry "a": kind is "actuals", which is not an allowed value → actual`,
			`l.csv:3:27 CSV006 entry "b": currency: "€" is not an ISO 4217 currency code: write three letters, for example USD`,
			`l.csv:3:29 CSV006 entry "b": kind is "order", which is not an allowed value`,
		}},
		{"more digits than the currency has", "", head + good + "a,2026-05-31,cloud,opex,1.505,,,\nb,2026-05-31,cloud,opex,1.500,,,\nc,2026-05-31,cloud,opex,1.50,JPY,,\n", []string{
			`l.csv:3:25 SCH013 ledger "l": 1.505 has 3 decimals: USD has at most 2`,
			`l.csv:5:25 REF001 there is no exchange rate for JPY`,
			`l.csv:5:25 SCH013 ledger "l": 1.50 has 1 decimal: JPY has none`,
		}},
		{"a currency without a rate", "", head + good + "a,2026-05-31,cloud,opex,1,EUR,,\nb,2026-05-31,cloud,capex,1,EUR,,\nc,2026-05-31,cloud,opex,1,EUR,,\n", []string{
			`l.csv:3:25 REF001 there is no exchange rate for EUR`,
		}},
		{"a posting twice", "  entries: [{date: 2026-05-31, category: cloud, type: opex, amount: 1, ref: JE-2}]\n", head + "\n" + good + "x,2026-05-31,cloud,opex,1,,,\"two\nlines\"\nJE-2,2026-05-31,cloud,opex,1,,,\n,2026-05-31,cloud,opex,1,,,\n,2026-05-31,cloud,opex,1,,,\n JE-1 ,2026-05-31,cloud,opex,1,,,\nJE-1,2026-05-31,cloud,opex,1,,,\n", []string{
			`l.csv:10:1 REF009 ledger reference "JE-1" is posted twice`,
			`l.csv:6:1 REF009 ledger reference "JE-2" is posted twice`,
			`l.csv:9:2 REF009 ledger reference "JE-1" is posted twice`,
		}},
		{"columns that nobody reads", "", "date,category,type,amount,Currency code,Cost Center,Kind of posting\n2026-05-31,cloud,opex,1,EUR,1,accrual\n", []string{
			`l.csv:1:27 CSV008 ledger "l": column "Currency code" of l.csv is not read, nor is another one for currency`,
			`l.csv:1:41 CSV008 ledger "l": column "Cost Center" of l.csv is not read, nor is another one for costCentre`,
			`l.csv:1:53 CSV008 ledger "l": column "Kind of posting" of l.csv is not read, nor is another one for kind`,
		}},
		{"no row", "  currency: USD\n", "date,category,type,amount,Currency code\n", []string{
			`l.csv:1:1 CSV009 ledger "l": l.csv has a header row and nothing below it`,
		}},
		{"rows in a value", "", head + "a,2026-05-31,cloud,opex,1,,,\"for\nb,2026-05-31,cloud,opex,1,,,x\nc,2026-05-31,cloud,opex,1,,,6\"\n", []string{
			`l.csv:2:29 CSV009 ledger "l": a value of l.csv goes over lines that look like rows of their own`,
		}},
		{"the file", "", "date,category,amount\n", []string{`l.csv:1:1 CSV004 ledger "l": l.csv has no column "type"`}},
		{"its bytes", "", head + "a,2026-05-31,cl\xffud,opex,1,,,\n", []string{`l.csv:2:16 CSV001 ledger "l": byte 0xff is not UTF-8`}},
		{"a row", "", head + good + "a,2026-05-31\n", []string{`l.csv:3:1 CSV005 ledger "l": a row has 2 fields, the header row has 8`}},
		{"a text that is too long", "", head + "a,2026-05-31," + strings.Repeat("x", source.MaxScalarBytes+1) + ",opex,1,,,\n", []string{`l.csv:2:14 CSV006 entry "a": category is a text of 65537 bytes, the bound is 65536`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, held := range []bool{true, false} {
				s, diags := books(map[string]string{"l.yaml": spent("l", test.spec), "l.csv": test.csv}, held)
				got := lines(diags)
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("held %t (-want +got):\n%s", held, diff)
				}
				if s.Sound("ledger/l") == hasError(diags) {
					t.Errorf("held %t: the ledger is sound: %t", held, s.Sound("ledger/l"))
				}
				for _, d := range diags {
					if !strings.HasPrefix(d.Subject+"/", "ledger/l/") {
						t.Errorf("%s is about %s", d.Message, d.Subject)
					}
				}
			}
		})
	}
}

func TestEntriesOfAFileThatChanges(t *testing.T) {
	text := []byte("date,category,type,amount,memo\n2026-05-31,cloud,opex,12.50,x\n\"2026-05-31\",cloud,opex,7,y\n")
	l, p := readLedger(t, text)
	if !p.Clean() || l.Len() != 2 {
		t.Fatal(lines(p.diags))
	}
	copy(text[bytes.Index(text, []byte("12.50")):], "99.99")
	var got []string
	for posting := range l.Postings() {
		e := l.Entry(posting)
		got = append(got, e.Date.String()+" "+e.Amount.String()+" "+e.Category+" "+e.Memo)
	}
	if diff := cmp.Diff([]string{"2026-05-31 12.50 cloud ", "2026-05-31 7 cloud "}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The columns of entries are those of EntryColumns, which the schema has too.
func TestEntryFieldsAreTheColumns(t *testing.T) {
	columns := readSchema(t, "Ledger").Properties["spec"].Properties["columns"].Properties
	if len(entryFields) != len(columns) {
		t.Errorf("%d columns are read, the schema has %d", len(entryFields), len(columns))
	}
	for i, f := range entryFields { // each takes its own header
		if _, ok := columns[f.name]; !ok {
			t.Errorf("the schema has no column %s", f.name)
		}
		text := fmt.Sprintf("kind: Ledger\nmetadata: {name: r}\nspec: {csv: x, columns: {%s: H%d}}\n", f.name, i)
		p := Read(&source.File{Name: "r", Text: []byte(text)}, Base)
		if got := f.header(&p.entries[0].document.(*Ledger).Columns); got != fmt.Sprintf("H%d", i) {
			t.Errorf("the header of %s is %q", f.name, got)
		}
	}
	for i, name := range map[int]string{
		refColumn: "ref", dateColumn: "date", categoryColumn: "category", typeColumn: "type", amountColumn: "amount",
		currencyColumn: "currency", kindColumn: "kind", costCentreColumn: "costCentre",
	} {
		if entryFields[i].name != name {
			t.Errorf("column %d is %s, not %s", i, entryFields[i].name, name)
		}
	}
}
