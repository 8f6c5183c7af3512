package portfolio

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/source"
)

func TestPostedTwiceInSeveralFiles(t *testing.T) {
	const rows = "ref,date,category,type,amount\nJE-1,2026-05-31,cloud,opex,1\nJE-2,2026-05-31,cloud,opex,1\n"
	texts := map[string]string{
		"a.yaml": spent("a", ""), "a.csv": rows,
		"b.yaml": strings.Replace(spent("b", ""), "b.csv", "a.csv", 1),
		"c.yaml": spent("c", ""), "c.csv": "ref,date,category,type,amount\n\nJE-2,2026-05-31,cloud,opex,1\n",
		"d.yaml": "kind: Ledger\nmetadata: {name: d}\nspec:\n  team: sre\n  entries: [{date: 2026-05-31, category: x, type: opex, amount: 1, ref: JE-1}]\n",
	}
	_, diags := books(texts, false)
	var got []string
	for _, d := range diags {
		line := fmt.Sprintf("%s:%d %s", d.File, d.Range.Start.Line, d.Message)
		for _, r := range d.Related {
			line += fmt.Sprintf(", first %s:%d", r.File, r.Range.Start.Line)
		}
		got = append(got, line)
	}
	slices.Sort(got)
	want := []string{
		`b.yaml:5 ledgers "a" and "b" name the same CSV file "a.csv", so that every entry of it counts twice, first a.yaml:5`,
		`c.csv:3 ledger reference "JE-2" is posted twice, first a.csv:3`,
		`d.yaml:5 ledger reference "JE-1" is posted twice, first a.csv:2`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHashesOfRefs(t *testing.T) {
	_, p := readLedger(t, []byte("ref,date,category,type,amount\nJE-1,2026-05-31,cloud,opex,1\nJE-2,2026-05-31,cloud,opex,1\n"))
	refs := p.entries[0].refs[0]
	refs[1] = refs[0] // as of two texts whose hashes are equal by chance
	_, diags := Assemble([]Part{*p, Read(&source.File{Name: "t", Text: []byte(team)}, Base)})
	if len(diags) > 0 {
		t.Errorf("findings %q", lines(diags))
	}
}

func TestManyFindingsOfLedgers(t *testing.T) {
	rows := func(n int, row string) string {
		var b strings.Builder
		b.WriteString("ref,date,category,type,amount\n")
		for i := range n {
			fmt.Fprintf(&b, row+"\n", i)
		}
		return b.String()
	}
	for _, test := range []struct {
		name, csv string
		n         int
		among     string
	}{
		{"bad rows", rows(10_150, "r%d,2026-05-31,cloud,,1"), 10_001, `l.csv:10002:25 CSV006 ledger "l": 150 rows more of l.csv cannot be read`},
		{"decimals", rows(10_150, "r%d,2026-05-31,cloud,opex,1.001"), 10_001, `l.csv:10002:30 SCH013 there are 150 more amounts with more digits than their currencies have in CSV files`},
		{"refs", rows(10_150, "x,2026-05-31,cloud,opex,%d"), 10_001, `l.csv:10003:1 REF009 there are 149 more entries with a reference that is posted twice in CSV files`},
		{"another mark", strings.ReplaceAll(rows(20_000, "r%d,2026-05-31,cloud,opex,1.1"), ".", ","), 1, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "another mark" {
				test.csv = strings.ReplaceAll(rows(20_000, "r%d;2026-05-31;cloud;opex;1,1"), "ref,date,category,type,amount", "ref;date;category;type;amount")
				test.among = `l.yaml:4:3 CSV006 ledger "l": 20000 of 20000 amounts of l.csv have no decimal point, but a comma → comma`
			}
			_, diags := books(map[string]string{"l.yaml": spent("l", ""), "l.csv": test.csv}, false)
			if len(diags) != test.n || !slices.Contains(lines(diags), test.among) {
				got := lines(diags)
				t.Errorf("%d findings, want %d, among them %s; they are %q and so on, up to %q", len(diags), test.n, test.among, got[0], got[len(got)-1])
			}
		})
	}
}

func TestRepeatedHashes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	for _, n := range []int{0, 1, 2, 10, 4095, 4096, 5000, 70_000} {
		for _, bound := range []uint64{1, 5, 1000, 1 << 20, 1 << 63} {
			lists := make([][]uint64, 3)
			counts := map[uint64]int{}
			for range n {
				h := r.Uint64N(bound) * (1 + r.Uint64N(2)*1<<62)
				i := r.IntN(3)
				lists[i] = append(lists[i], h)
				counts[h]++
			}
			var want, got []uint64
			for h, times := range counts {
				if times > 1 && h != 0 {
					want = append(want, h)
				}
			}
			for h := range repeated(lists) {
				got = append(got, h)
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%d below %d (-want +got):\n%s", n, bound, diff)
			}
		}
	}
}
