package risk

import (
	"fmt"
	"math/big"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// world is a random portfolio.
func world(rnd *rand.Rand) []string {
	pick := func(list ...string) string { return list[rnd.Intn(len(list))] }
	docs := []string{config, teams, some()[6]}
	for i := range 1 + rnd.Intn(8) {
		var risks []string
		for k := range rnd.Intn(6) {
			fields := []string{fmt.Sprintf("id: r%d", k), "status: " + pick("open", "open", "open", "closed", "occurred")}
			if rnd.Intn(4) > 0 {
				fields = append(fields, fmt.Sprintf("probability: %d%%", rnd.Intn(101)))
			}
			switch rnd.Intn(4) {
			case 0:
				fields = append(fields, fmt.Sprintf("impact: {days: %d}", rnd.Intn(60)))
			case 1:
				fields = append(fields, fmt.Sprintf("impact: {cost: %d.%02d}", rnd.Intn(2_000_000), rnd.Intn(100)))
			case 2:
				fields = append(fields, fmt.Sprintf("impact: {days: %d, cost: %d}", rnd.Intn(60), rnd.Intn(2_000_000)))
			}
			if rnd.Intn(2) == 0 {
				fields = append(fields, "reviewBy: 2026-"+pick("10-01", "11-22", "11-23", "12-20"))
			}
			if rnd.Intn(2) == 0 {
				fields = append(fields, "owner: "+pick("ada", "eva"), "response: "+pick("avoid", "accept", "mitigate", "transfer"))
			}
			risks = append(risks, "{"+strings.Join(fields, ", ")+"}")
		}
		status := pick("proposed", "approved", "active", "paused", "completed, completed: 2026-06-30", "cancelled")
		spec := "status: " + status + ", team: " + pick("all", "sre", "web")
		if rnd.Intn(3) == 0 {
			spec += ", budget: {currency: " + pick("EUR", "GBP") + "}"
		}
		docs = append(docs, program(fmt.Sprintf("p%d", i), spec, risks...))
	}
	return docs
}

// The order of files changes nothing.
func TestOrder(t *testing.T) {
	for seed := range int64(100) {
		rnd := rand.New(rand.NewSource(seed))
		docs, before := world(rnd), snapshot(t, world(rnd)...)
		told := func() string {
			o := options(Dimensions()[seed%4])
			o.Baseline = before
			return written(t, Analyse(snapshot(t, docs...), o), "text", "json", "csv")
		}
		want := told()
		rnd.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if diff := cmp.Diff(want, told()); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

// The total is the sum of its risks, of its groups and of its responses; every risk that
// counts is in one cell of both matrices. Then and the steps sum to now, whatever was
// chosen; there and back is nothing.
func TestSums(t *testing.T) {
	for seed := range int64(200) {
		rnd := rand.New(rand.NewSource(seed))
		s, then := snapshot(t, world(rnd)...), snapshot(t, world(rnd)...)
		o := options(Dimensions()[seed%4])
		o.Baseline = then
		o.Selector, _ = portfolio.ParseSelector([]string{"", "owner=ada", "status=open", "team=sre", "response=accept"}[seed%5])
		a := Analyse(s, o)
		risks, groups, responses := 0, sums{}, sums{}
		all := sums{}
		for _, r := range a.Risks {
			if r.Counts() {
				risks++
				all.add(r.ExposedCost, r.ExposedDays)
			}
		}
		for _, g := range a.Groups {
			groups.add(g.Cost, g.Days)
		}
		for _, r := range a.Responses {
			responses.add(r.Cost, r.Days)
		}
		total := sums{}
		total.add(a.Total.Cost, a.Total.Days)
		for name, x := range map[string]*sums{"risks": &all, "groups": &groups, "responses": &responses} {
			if x.String() != total.String() || a.Total.Risks != risks {
				t.Fatalf("seed %d: %s are %s, the total %s", seed, name, x, &total)
			}
		}
		for _, h := range []*Heat{a.CostHeat(), a.DayHeat()} {
			n := 0
			for _, c := range h.data() {
				n += len(c.Risks)
			}
			if n != risks {
				t.Fatalf("seed %d: %d risks in cells, %d count", seed, n, risks)
			}
		}
		if a.Trend.Unknown != nil {
			t.Fatalf("seed %d: %v", seed, a.Trend.Unknown)
		}
		now := sums{}
		now.add(a.Trend.Before.Cost, a.Trend.Before.Days)
		for _, x := range a.Trend.Steps {
			now.add(x.Cost, x.Days)
		}
		if now.String() != total.String() {
			t.Fatalf("seed %d: then and the steps are %s, now is %s", seed, &now, &total)
		}
		o.Baseline = s
		back := Analyse(then, o)
		if len(back.Trend.Moves) != len(a.Trend.Moves) {
			t.Fatalf("seed %d: %d moves, and %d back", seed, len(a.Trend.Moves), len(back.Trend.Moves))
		}
		for _, m := range a.Trend.Moves {
			for _, n := range back.Trend.Moves {
				if m.Name() == n.Name() && (m.Cost+n.Cost != 0 || m.Days.Cmp(ratio.New(0, 1).Sub(n.Days)) != 0) {
					t.Fatalf("seed %d: %s is %d, and %d back", seed, m.Name(), m.Cost, n.Cost)
				}
			}
		}
		if a := Analyse(s, o); len(a.Trend.Moves) > 0 {
			t.Fatalf("seed %d: compared with itself: %v", seed, moves(a))
		}
	}
}

// sums are minor units and days, of what is known.
type sums struct {
	cost big.Int
	days big.Rat
}

func (s *sums) add(cost *money.Amount, days ratio.Ratio) {
	if days.Known() {
		s.days.Add(&s.days, days.Rat())
	}
	if cost != nil {
		s.cost.Add(&s.cost, big.NewInt(cost.Minor))
	}
}

func (s *sums) String() string { return s.cost.String() + " and " + s.days.RatString() }

// A team with those below it has what they have.
func TestSubtree(t *testing.T) {
	for seed := range int64(50) {
		s := snapshot(t, world(rand.New(rand.NewSource(seed)))...)
		o := options(group.ByTeam)
		flat := Analyse(s, o)
		o.Subtree = true
		deep := Analyse(s, o)
		for _, g := range deep.Groups {
			want := 0
			for _, f := range flat.Groups {
				if f.Key == g.Key || g.Key[0] == "all" {
					want += f.Risks
				}
			}
			if g.Risks != want {
				t.Fatalf("seed %d: %s has %d risks, want %d", seed, g.Key[0], g.Risks, want)
			}
		}
	}
}
