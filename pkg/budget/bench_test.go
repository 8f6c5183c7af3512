package budget

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// A year of postings of a large company, read already: the roll-up alone.
func BenchmarkPostings(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var csv strings.Builder
	csv.WriteString("date,category,type,amount\n")
	for range 200_000 {
		fmt.Fprintf(&csv, "2026-%02d-%02d,c%d,opex,%s\n", r.IntN(12)+1, r.IntN(28)+1, r.IntN(8), cents(int64(r.IntN(100_000))))
	}
	part := portfolio.Read(&source.File{Name: "l.yaml", Text: []byte("kind: Ledger\nmetadata: {name: l}\nspec: {program: p, csv: l.csv}\n")}, portfolio.Base)
	part.ReadCSV(part.CSVFiles()[0], &source.File{Name: "l.csv", Text: []byte(csv.String())})
	s, diags := portfolio.Assemble([]portfolio.Part{
		part, portfolio.Read(&source.File{Name: "p.yaml", Text: []byte(program("p", "budget: {lines: [{id: c, category: c1, type: opex, amount: 1, from: 2026-01, to: 2026-12}]}"))}, portfolio.Base),
	})
	if len(diags) > 0 || s.Ledgers[0].Len() != 200_000 {
		b.Fatal(diags)
	}
	b.ReportAllocs()
	for b.Loop() {
		Analyse(s, options(cal.ByMonth, group.ByCategory))
	}
}
