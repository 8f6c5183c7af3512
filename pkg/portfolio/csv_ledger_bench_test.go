package portfolio

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/progctl/progctl/pkg/source"
)

// export of a finance system: a million postings in 12 columns, 100 MB.
func ledgerExport(n int) []byte {
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	var b bytes.Buffer
	b.WriteString("date,category,type,amount,currency,kind,costCentre,vendor,po,memo,ref\n")
	for i := range n {
		fmt.Fprintf(&b, "2026-%02d-%02d,%s,%s,%d.%02d,%s,%s,%d,%s,PO-%d,Posting of week %d,JE-%07d\n", 1+r.IntN(12), 1+r.IntN(28),
			pick("cloud", "consulting", "software", "travel", "audit", "licences"), pick("opex", "capex"), r.IntN(90_000)-10_000, r.IntN(100),
			pick("USD", "USD", "EUR"), pick("actual", "actual", "accrual", "commitment"), 4100+r.IntN(30),
			pick("Nimbus Cloud", "Norte Continuity", "Replica Systems", "Halden Audit"), 2000+r.IntN(8000), r.IntN(52), i)
	}
	return b.Bytes()
}

// readLedger reads a CSV file into a ledger.
func readLedger(tb testing.TB, text []byte) (*Ledger, *Part) {
	tb.Helper()
	p := Read(&source.File{Name: "l.yaml", Text: []byte("kind: Ledger\nmetadata: {name: l}\nspec:\n  team: sre\n  csv: l.csv\n")}, Base)
	f := source.FileAt("l.csv", bytes.NewReader(text), int64(len(text)), func() ([]byte, error) { return text, nil })
	p.ReadCSV(p.CSVFiles()[0], f)
	return p.entries[0].document.(*Ledger), &p
}

func BenchmarkLedgerOfCSV(b *testing.B) {
	text := ledgerExport(1_000_000)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l, p := readLedger(b, text)
		if !p.Clean() || l.Len() != 1_000_000 {
			b.Fatal(lines(p.diags))
		}
	}
}

func BenchmarkLedgerAssembled(b *testing.B) {
	_, p := readLedger(b, ledgerExport(1_000_000))
	q := Read(&source.File{Name: "t.yaml", Text: []byte(team + "---\nkind: Portfolio\nmetadata: {name: main}\nspec: {exchangeRates: [{currency: EUR, rate: 1.1}]}\n")}, Base)
	for b.Loop() {
		if _, diags := Assemble([]Part{*p, q}); len(diags) > 0 {
			b.Fatal(lines(diags))
		}
	}
}

func BenchmarkLedgerPostings(b *testing.B) {
	l, _ := readLedger(b, ledgerExport(1_000_000))
	n := 0
	for b.Loop() {
		for p := range l.Postings() {
			n += p.Class + int(p.Date) + p.Amount.Sign()
		}
	}
	if n == 0 {
		b.Fatal("no postings")
	}
}

// Of a file in which one row is wrong, all are read in the ordinary way.
func BenchmarkLedgerOfCSVWithAFinding(b *testing.B) {
	text := append(ledgerExport(1_000_000), "2026-01-01,cloud,opex,1.00,USD,actual,4100,a,b,c,\"d\"e\n"...)
	for b.Loop() {
		if _, p := readLedger(b, text); len(p.diags) != 1 {
			b.Fatal(lines(p.diags))
		}
	}
}
