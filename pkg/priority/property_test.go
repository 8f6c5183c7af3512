package priority

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// world is a random portfolio; weights are × factor.
func world(rnd *rand.Rand, factor int) []string {
	pick := func(list ...string) string { return list[rnd.Intn(len(list))] }
	criteria := []string{"a", "b", "c"}[:1+rnd.Intn(3)]
	var weights []string
	for _, c := range criteria {
		weights = append(weights, fmt.Sprintf("%s: %d", c, factor*rnd.Intn(5)))
	}
	docs := []string{config(strings.Join(weights, ", "), ", rateCard: [{annualCost: 0}]"), roster, seats}
	for i := range 1 + rnd.Intn(9) {
		var scores []string
		for _, c := range criteria {
			if rnd.Intn(4) > 0 {
				scores = append(scores, fmt.Sprintf("%s: %d", c, rnd.Intn(11)))
			}
		}
		var lines []string
		for range rnd.Intn(3) {
			whom := pick("role: tpm", "role: engineer", "person: ada", "person: ben", "person: eva", "team: core", "role: cook", "team: core, role: tpm")
			from := 1 + rnd.Intn(12)
			lines = append(lines, fmt.Sprintf("{%s, fte: 0.%d, from: %s, to: 2027-%02d}", whom, 1+rnd.Intn(9),
				pick(fmt.Sprintf("2027-%02d", from), fmt.Sprintf("2027-%02d-%02d", from, 1+rnd.Intn(20)), "2026-05"), from+rnd.Intn(13-from)))
		}
		status := pick("proposed", "approved", "active", "paused", "completed", "cancelled")
		more := "staffing: [" + strings.Join(lines, ", ") + "], " + costs(rnd.Intn(500))
		if status == "completed" {
			more += ", completed: 2026-06-30"
		}
		docs = append(docs, program(fmt.Sprintf("p%d", i), status, strings.Join(scores, ", "), more))
	}
	return docs
}

// The order of files changes nothing, nor does a factor of all weights.
func TestOrderAndScale(t *testing.T) {
	for seed := range int64(150) {
		docs, scaled := world(rand.New(rand.NewSource(seed)), 1), world(rand.New(rand.NewSource(seed)), 7)
		s, s7 := snapshot(t, docs...), snapshot(t, scaled...)
		o := budgeted(s, 700)
		o.KeepRunning, o.Planned = seed%2 == 0, seed%3 == 0
		want := written(t, Analyse(s, o), "text", "json")
		slices.Reverse(docs)
		rand.New(rand.NewSource(seed)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		s = snapshot(t, docs...)
		if diff := gocmp.Diff(want, written(t, Analyse(s, o), "text", "json")); diff != "" {
			t.Fatalf("seed %d: files in another order (-want +got):\n%s", seed, diff)
		}
		if diff := gocmp.Diff(ranks(Analyse(s, o)), ranks(Analyse(s7, o))); diff != "" {
			t.Fatalf("seed %d: weights × 7 (-want +got):\n%s", seed, diff)
		}
		o.Baseline = s7
		a := Analyse(s, o)
		if a.Change.Moved+a.Change.Entered+len(a.Change.Left)+len(a.Change.Weights) > 0 || !StateOf(s).Same(StateOf(s7)) {
			t.Fatalf("seed %d: weights × 7: %+v", seed, a.Change)
		}
	}
}

// Whatever scores fill the gaps, ranks are between the two told, and reach both.
func TestCouldBe(t *testing.T) {
	for seed := range int64(60) {
		rnd := rand.New(rand.NewSource(seed))
		docs := world(rnd, 1)
		s := snapshot(t, docs...)
		a := Analyse(s, options(s))
		for range 40 {
			var rows []*Row
			extreme := rnd.Intn(2) == 0
			pet := rnd.Intn(len(a.Rows) + 1)
			for i, r := range a.Rows {
				scores := map[string]int64{}
				sum, total := new(big.Rat), new(big.Rat)
				for k, c := range a.Criteria {
					value := int64(rnd.Intn(11))
					if extreme && i == pet {
						value = 10
					} else if extreme {
						value = 0
					}
					x := big.NewRat(value, 1)
					if v := r.Score.Values[k]; v != nil {
						x = exact(*v)
					}
					scores[c.ID] = value
					w := exact(c.Weight)
					total.Add(total, w)
					sum.Add(sum, x.Mul(x, w))
				}
				if r.Rank > 0 {
					rows = append(rows, &Row{Program: r.Program, Score: score{Score: quotient(sum, total)}})
				}
			}
			slices.SortFunc(rows, func(x, y *Row) int {
				return cmp.Or(y.Score.Score.Cmp(x.Score.Score), strings.Compare(x.name(), y.name()))
			})
			for i, r := range rows {
				of := a.Rows[slices.IndexFunc(a.Rows, func(x *Row) bool { return x.name() == r.name() })]
				if i+1 < of.Best || i+1 > of.Worst || of.Rank < of.Best || of.Rank > of.Worst && !anyPartial(a.Rows) {
					t.Fatalf("seed %d: %s is %d, told %d to %d", seed, r.name(), i+1, of.Best, of.Worst)
				}
				if extreme && pet < len(a.Rows) && of == a.Rows[pet] && i+1 != of.Best {
					t.Fatalf("seed %d: %s at its best is %d, told %d", seed, r.name(), i+1, of.Best)
				}
			}
		}
	}
}

func anyPartial(rows []*Row) bool {
	return slices.ContainsFunc(rows, func(r *Row) bool { return r.Score.partial() })
}

// The demand of programs adds up to that of package staffing, role by role.
func TestDemandOfStaffing(t *testing.T) {
	for seed := range int64(100) {
		s := snapshot(t, world(rand.New(rand.NewSource(seed)), 1)...)
		o := options(s)
		all := staffing.Analyse(s, staffing.Options{AsOf: o.AsOf, Years: o.Years, Step: o.Step, Buckets: o.Buckets, By: []group.Dimension{group.ByRole}})
		d := newDemander(s, o.Buckets)
		sum, unroled := map[string][]staffing.FTEMonths{}, staffing.FTEMonths{}
		for _, p := range staffing.Programs(s) {
			x := d.of(p)
			unroled = unroled.Add(x.unroled)
			for role, asked := range x.roles {
				if sum[role] == nil {
					sum[role] = make([]staffing.FTEMonths, len(asked))
				}
				for i, n := range asked {
					sum[role][i] = sum[role][i].Add(n)
				}
			}
		}
		for _, g := range all.Groups {
			for i, want := range g.Demand.Values {
				got := staffing.FTEMonths{}
				if list := sum[g.Key[0]]; list != nil {
					got = list[i]
				}
				if g.Key[0] != "" && got.Sub(want).Sign() != 0 {
					t.Fatalf("seed %d: %s asks for %s in %s, staffing says %s", seed, g.Key[0], got, o.Buckets[i].Name, want)
				}
				if g.Key[0] == "" {
					unroled = unroled.Sub(want)
				}
			}
		}
		if unroled.Sign() != 0 {
			t.Fatalf("seed %d: without a role %s more than staffing says", seed, unroled)
		}
	}
}

// Above the line is what fits, and the next does not; both parts of a change sum to it.
func TestLinesAndChange(t *testing.T) {
	cuts := 0
	for seed := range int64(200) {
		rnd := rand.New(rand.NewSource(seed))
		s, then := snapshot(t, world(rnd, 1)...), snapshot(t, world(rnd, 1)...)
		o := budgeted(s, int64(rnd.Intn(1500)))
		o.Baseline = then
		a := Analyse(s, o)
		var taken int64
		for _, p := range s.Programs {
			if p.Status == portfolio.ProgramCompleted {
				n, _ := p.Budget.Lines[0].Amount.Scaled(2)
				taken += n
			}
		}
		cut := false
		for _, r := range a.Rows {
			n, _ := r.Program.Budget.Lines[0].Amount.Scaled(2)
			cut = cut || n > 0 && taken+n > o.Budget.Minor && r.Plan.Known() != nil
			if !cut {
				taken += n
			}
			if want := map[bool]Side{false: Above, true: Below}[cut && n > 0]; r.Plan.Known() != nil && r.Money != want && a.Money.Unsettled == nil {
				t.Fatalf("seed %d: %s of %d is %d, want %d", seed, r.name(), n, r.Money, want)
			}
		}
		if a.Money.Cut != nil {
			cuts++
		}
		for _, r := range a.Rows {
			b := r.Before
			if parts := new(big.Rat); b.ByScores.Known() && b.ByWeights.Known() && b.Score.Known() {
				parts.Add(b.ByScores.Rat(), b.ByWeights.Rat())
				if ratio.Of(parts).Cmp(r.Score.Score.Sub(b.Score)) != 0 {
					t.Fatalf("seed %d: %s: %s and %s are not %s", seed, r.name(), b.ByWeights, b.ByScores, r.Score.Score.Sub(b.Score))
				}
			}
		}
		o.Baseline = s
		if c := Analyse(s, o).Change; c.Moved+c.Entered+len(c.Left)+len(c.Weights) > 0 {
			t.Fatalf("seed %d: compared with itself: %+v", seed, c)
		}
	}
	if cuts < 20 {
		t.Errorf("only %d lines", cuts)
	}
}

// Contributions sum to the score.
func TestContributions(t *testing.T) {
	for seed := range int64(50) {
		s := snapshot(t, world(rand.New(rand.NewSource(seed)), 1)...)
		a := Analyse(s, options(s))
		for _, r := range a.Rows {
			sum := new(big.Rat)
			for i := range a.Criteria {
				if c := a.model.contribution(&r.Score, i); c.Known() {
					sum.Add(sum, c.Rat())
				}
			}
			if r.Rank > 0 && ratio.Of(sum).Cmp(r.Score.Score) != 0 {
				t.Fatalf("seed %d: %s: %s, not %s", seed, r.name(), ratio.Of(sum), r.Score.Score)
			}
		}
	}
}
