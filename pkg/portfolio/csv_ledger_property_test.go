package portfolio

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
)

// accounts writes random entries as YAML, and as an export of them in one of the ways
// in which that is done, with what a ledger has to say about it.
func accounts(r *rand.Rand, n int) (yaml, spec, csv string) {
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	delimiter := pick(",", ";", "\t", "|")
	eol := pick("\n", "\r\n")
	format := dateFormats[r.IntN(len(dateFormats))]
	mark := DecimalMark(pick("point", "comma"))
	always := r.IntN(3) == 0
	cell := func(text string) string {
		if always || strings.ContainsAny(text, "\"\r\n"+delimiter) {
			return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		return pick("", "", " ") + text + pick("", "", "\u00a0")
	}
	names := make([]string, 0, len(entryFields)+1)
	for _, f := range entryFields {
		names = append(names, f.name)
	}
	names = append(names, "remark")
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	row := func(cells []string) {
		for i := range cells {
			cells[i] = cell(cells[i])
		}
		csv += strings.Join(cells, delimiter) + pick("", "", "", delimiter) + eol + pick("", "", "", eol, delimiter+delimiter+eol)
	}
	row(append([]string(nil), names...))
	for i := range n {
		amount, _ := money.NewDecimal(r.Int64N(10_000_000)-2_000_000, r.IntN(3))
		text := grouped(amount.String(), pick("", "", " ", "'", string(mark.other().char())), mark)
		if amount.Sign() < 0 {
			text = pick("-"+text, "("+text+")", text+"-", minusSign+text)
		}
		f := map[string]string{
			"date": (cal.MustDate("2026-01-01") + cal.Date(r.IntN(60))).String(), "category": pick("cloud", "Übriges", "a, b; c|d"), "type": pick("opex", "capex"),
			"amount": amount.String(), "currency": pick("", "USD", "EUR"), "kind": pick("", "actual", "accrual", "commitment"), "account": pick("", "0610"),
			"costCentre": pick("", "4711", "CC \"7\""), "vendor": pick("", "Zoë & Co.", "Nimbus, Inc."), "po": pick("", "PO-1"), "memo": pick("", "two\nlines", "a\n\nb\n\nc", "x"),
			"ref": pick("", fmt.Sprintf("JE-%d", i)),
		}
		entry := ""
		for _, name := range names {
			if f[name] != "" {
				entry += fmt.Sprintf("%s: %q, ", name, f[name])
			}
		}
		yaml += "    - {" + entry + "}\n"
		cells := make([]string, len(names))
		for i, name := range names {
			switch value := f[name]; name {
			case "date":
				cells[i] = format.Format(cal.MustDate(value)) + pick("", "", " 00:00:00")
			case "amount":
				cells[i] = text
			case "type", "kind":
				cells[i] = pick(value, value, strings.ToUpper(value))
			case "remark":
				cells[i] = pick("", "for 6\" racks", "long remark\nof two lines")
			default:
				cells[i] = value
			}
		}
		row(cells)
	}
	spec = fmt.Sprintf("  dateFormat: %s\n  decimal: %s\n", format, mark)
	return yaml, spec, pick("", "\ufeff") + csv
}

// Entries written in YAML and the same entries in a CSV file, however that is written
// and read, are the same entries; and each stands where it is said to stand.
func TestEntriesInYAMLAndInCSVAreTheSame(t *testing.T) {
	const rates = "kind: Portfolio\nmetadata: {name: main}\nspec: {exchangeRates: [{currency: EUR, rate: 1.1}]}\n"
	for seed := range uint64(300) {
		yaml, spec, csv := accounts(rand.New(rand.NewPCG(seed, 3)), int(seed%17))
		var want []LedgerEntry
		var classes []PostingClass
		for _, way := range []string{"written", "held", "not held"} {
			ledger := "kind: Ledger\nmetadata: {name: l}\nspec:\n  team: sre\n  entries:\n" + yaml
			if way != "written" {
				ledger = spent("l", spec)
			}
			s, diags := books(map[string]string{"p.yaml": rates, "l.yaml": ledger, "l.csv": csv}, way == "held")
			if seed%17 > 0 && len(diags) > 0 || len(s.Ledgers) != 1 {
				t.Fatalf("findings %q in\n%s\n%s", lines(diags), spec, csv)
			}
			l := s.Ledgers[0]
			got, at := entriesOf(t, l)
			if way == "written" {
				want, classes = got, l.Classes()
				continue
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(money.Decimal{})); diff != "" {
				t.Fatalf("%s (-YAML +CSV):\n%s\nof\n%s\n%s", way, diff, spec, csv)
			}
			if diff := cmp.Diff(classes, l.Classes()); diff != "" {
				t.Fatalf("classes, %s (-YAML +CSV):\n%s", way, diff)
			}
			rows := strings.Split(csv, "\n")
			for i, e := range got {
				if e.Ref != "" && !strings.Contains(strings.Join(rows[at[i]-1:], "\n"), e.Ref) {
					t.Errorf("%s: %s does not stand in line %d of\n%s", way, e.Ref, at[i], csv)
				}
			}
		}
	}
}

// sameWays reads a file whose text is held, and one whose text is not: the findings,
// the entries and their places are the same.
func sameWays(t *testing.T, spec, csv string) (clean bool) {
	t.Helper()
	type outcome struct {
		Findings []string
		Postings []Posting
		Classes  []PostingClass
		Lines    []int32
	}
	var outcomes [2]outcome
	for i, held := range []bool{true, false} {
		s, diags := books(map[string]string{"l.yaml": spent("l", spec), "l.csv": csv}, held)
		o := &outcomes[i]
		o.Findings = lines(diags)
		clean = len(diags) == 0
		if len(s.Ledgers) == 1 {
			l := s.Ledgers[0]
			o.Classes = l.Classes()
			for p := range l.Postings() {
				o.Postings = append(o.Postings, p)
				o.Lines = append(o.Lines, l.Entry(p).Origin.Line)
			}
		}
	}
	if diff := cmp.Diff(outcomes[0], outcomes[1], cmp.AllowUnexported(money.Decimal{}, Posting{})); diff != "" {
		t.Fatalf("(-held +not held):\n%s\nof\n%s\n%q", diff, spec, csv)
	}
	return clean
}

// However a file is damaged, it is read alike in both ways.
func TestDamagedLedgers(t *testing.T) {
	clean := 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 4))
		_, spec, csv := accounts(r, 1+r.IntN(8))
		spec += "  currency: USD\n"
		csv = strings.ReplaceAll(csv, "EUR", "USD")
		text := []byte(csv)
		for range r.IntN(3) {
			at := r.IntN(len(text))
			switch r.IntN(4) {
			case 0:
				text[at] = "\",;\n\r 0'-x\x01\xff"[r.IntN(12)]
			case 1:
				text = append(text[:at], text[at+1:]...)
			case 2:
				text = append(text[:at], append([]byte{"\"\n,.;-"[r.IntN(6)]}, text[at:]...)...)
			default:
				text = text[:at+1]
			}
		}
		clean += b2i(sameWays(t, spec, string(text)))
	}
	if clean < 300 || clean > 1300 {
		t.Errorf("%d of 1500 have no finding", clean)
	}
}

func FuzzLedgerOfCSV(f *testing.F) {
	for seed := range uint64(8) {
		_, _, csv := accounts(rand.New(rand.NewPCG(seed, 5)), 3)
		f.Add([]byte(csv), seed%2 == 0)
	}
	f.Add([]byte("date,category,type,amount,ref\n2026-01-01,a,opex,1.00,x\n2026-01-01,a,Opex,\"1,00\",x\n\"2026-01-01\",\"a\nb\",opex,1,\n"), true)
	f.Fuzz(func(t *testing.T, text []byte, comma bool) {
		spec := ""
		if comma {
			spec = "  decimal: comma\n"
		}
		sameWays(t, spec, string(text))
	})
}

// A ledger of many blocks is read as one that is held, in every respect.
func TestLargeLedger(t *testing.T) {
	text := string(ledgerExport(40_000)) // more than three blocks
	text = strings.Replace(text, "Posting of week 7,", "\"Posting of\nweek 7\",", 1000)
	sameWays(t, "", text)
	_, p := readLedger(t, []byte(text))
	if !p.Clean() || p.Tables[0].Text != nil {
		t.Errorf("the text is held, with findings %q", lines(p.diags))
	}
}
