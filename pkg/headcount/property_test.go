package headcount

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// stocks are the figures of the last day of a period; the others add up.
var stocks = []string{"closing", "plan", "forecast", "baseline.plan", "baseline.variance"}

// exactly are the figures of a group that sum, as exact numbers by name and period.
func exactly(t *testing.T, r *Rows) map[string][]*big.Rat {
	t.Helper()
	all := map[string][]*big.Rat{}
	for _, f := range r.figures() {
		if strings.HasSuffix(f.key, "ate") || strings.HasSuffix(f.key, "etention") {
			continue // ratios
		}
		for i := range r.Closing {
			v, _ := f.value(i)
			n, ok := new(big.Rat), true
			switch v := v.(type) {
			case interface{ Rat() *big.Rat }:
				n = v.Rat()
			default:
				n, ok = n.SetString(fmt.Sprint(v))
			}
			if !ok {
				t.Fatalf("%s is %v", f.key, v)
			}
			all[f.key] = append(all[f.key], n)
		}
	}
	return all
}

func text(figures map[string][]*big.Rat) map[string][]string {
	out := map[string][]string{}
	for key, list := range figures {
		for _, n := range list {
			out[key] = append(out[key], n.RatString())
		}
	}
	return out
}

func addUp(sum, more map[string][]*big.Rat) {
	for key, list := range more {
		if sum[key] == nil {
			sum[key] = make([]*big.Rat, len(list))
			for i := range list {
				sum[key][i] = new(big.Rat)
			}
		}
		for i, n := range list {
			sum[key][i].Add(sum[key][i], n)
		}
	}
}

// random is a company with plans, and what is asked of it.
func random(seed uint64) (docs, before []string, o Options) {
	r := rand.New(rand.NewPCG(seed, 2))
	company := live(seed, cal.MustDate("2025-01-01"), cal.MustDate("2026-12-31"), 60)
	docs = append(company.documents(), `kind: Portfolio
metadata: {name: c}
spec:
  currency: USD
  fiscalYear: {startMonth: 4}
  exchangeRates: [{currency: EUR, rate: 1.1}, {currency: EUR, from: 2026-03, rate: 1.2}]
  rateCard: [{annualCost: 100000}, {level: L1, annualCost: 77777, currency: EUR}, {level: L2, from: 2026-02-11, annualCost: 123456.78}, {level: L2, annualCost: 111111}]
`)
	plans := func() (list []string) {
		for i := range 5 {
			var b strings.Builder
			fmt.Fprintf(&b, "kind: HeadcountPlan\nmetadata: {name: p%d}\nspec:\n  fiscalYear: FY%d\n  team: %s\n  attrition: {annualRate: %d%%}\n  positions:\n",
				i, 26+i%2, []string{"dep-1", company.teams[i], "company"}[i%3], r.IntN(20))
			for n := range 1 + r.IntN(6) {
				day := cal.MustDate("2025-03-01") + cal.Date(r.IntN(700))
				fmt.Fprintf(&b, "    - {id: s%d-%d, team: %s, role: engineer, level: L%d, type: growth, effective: %s, fte: %s", i, n, company.teams[r.IntN(24)], r.IntN(3), day, []string{"1", "0.5", "0.333"}[r.IntN(3)])
				switch r.IntN(4) {
				case 0:
					w := company.all[r.IntN(len(company.all))]
					fmt.Fprintf(&b, ", status: filled, person: %s, start: %s}\n", w.id, w.first)
				case 1:
					fmt.Fprintf(&b, ", status: open, expectedStart: %s}\n", day+cal.Date(r.IntN(90)))
				default:
					fmt.Fprintf(&b, ", status: %s}\n", []string{"planned", "on-hold", "cancelled", "offered"}[r.IntN(4)])
				}
			}
			list = append(list, b.String())
		}
		return list
	}
	before = append(slices.Clone(docs), plans()...)
	docs = append(docs, plans()...)
	dims := [][]group.Dimension{
		{group.ByTeam}, {group.ByTeam, group.ByLevel}, {group.ByLevel}, {group.ByLevel, group.ByTeam}, {group.ByRole, group.ByLocation},
	}
	return docs, before, Options{
		AsOf: cal.MustDate("2025-06-01") + cal.Date(r.IntN(500)), Years: cal.FiscalYears{From: 2026, To: 2027}, Step: cal.ByMonth,
		By: dims[r.IntN(len(dims))],
	}
}

const seeds = 8

// In every cell each period opens as the one before closed, and who came, moved and
// left explains how it closes; all groups sum to the total.
func TestRollForward(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, before, o := random(seed)
		o.Baseline = read(t, before)
		a := analyse(t, read(t, docs), o)
		sum := map[string][]*big.Rat{}
		for _, g := range append(slices.Clone(a.Groups), Group{Rows: a.Total}) {
			r := g.Rows
			for i := range a.Buckets {
				if i > 0 && *r.Opening[i] != *r.Closing[i-1] {
					t.Fatalf("seed %d, %v, %s: opens with %d, %d closed", seed, g.Key, a.Buckets[i].Name, *r.Opening[i], *r.Closing[i-1])
				}
				if n := *r.Opening[i] + *r.Hires[i] + *r.TransfersIn[i] - *r.Leavers[i] - *r.TransfersOut[i]; n != *r.Closing[i] {
					t.Fatalf("seed %d, %v, %s: %d closed, %d by who came and left", seed, g.Key, a.Buckets[i].Name, *r.Closing[i], n)
				}
				bridge := new(big.Rat)
				for _, part := range r.Compared.Bridge.parts() {
					bridge.Add(bridge, rat((*part)[i].String()))
				}
				if bridge.Cmp(rat(r.Compared.CostVariance[i].String())) != 0 {
					t.Fatalf("seed %d, %v, %s: the bridge sums to %s of %s", seed, g.Key, a.Buckets[i].Name, bridge, r.Compared.CostVariance[i])
				}
				if less(r.PlanCost[i], r.Compared.PlanCost[i]).String() != r.Compared.CostVariance[i].String() {
					t.Fatalf("seed %d: the bridge leads from %s to another plan than %s", seed, r.Compared.PlanCost[i], r.PlanCost[i])
				}
			}
			if r != a.Total {
				addUp(sum, exactly(t, r))
			}
		}
		if diff := cmp.Diff(text(exactly(t, a.Total)), text(sum)); diff != "" {
			t.Fatalf("seed %d by %v: groups and total (-total +sum):\n%s", seed, o.By, diff)
		}
	}
}

func rat(s string) *big.Rat {
	r, _ := new(big.Rat).SetString(s)
	return r
}

// A subtree is the sum of its teams.
func TestSubtrees(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, _, o := random(seed)
		o.By = []group.Dimension{group.ByLevel, group.ByTeam}
		s := read(t, docs)
		own := analyse(t, s, o)
		o.Subtree = true
		for _, g := range analyse(t, s, o).Groups {
			sum := map[string][]*big.Rat{}
			for _, part := range own.Groups {
				if part.Key[0] == g.Key[0] && slices.Contains(s.Lineage(part.Key[1]), g.Key[1]) {
					addUp(sum, exactly(t, part.Rows))
				}
			}
			if diff := cmp.Diff(text(exactly(t, g.Rows)), text(sum)); diff != "" {
				t.Fatalf("seed %d, %v (-subtree +sum):\n%s", seed, g.Key, diff)
			}
		}
	}
}

// Months sum to quarters and years where something flows, and are the same at the
// ends of periods where something stands.
func TestPeriods(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, before, o := random(seed)
		s := read(t, docs)
		o.Baseline = read(t, before)
		months := exactly(t, analyse(t, s, o).Total)
		for _, step := range []cal.Step{cal.ByQuarter, cal.ByYear} {
			o.Step = step
			a := analyse(t, s, o)
			size := 24 / len(a.Buckets)
			for key, list := range exactly(t, a.Total) {
				for i, got := range list {
					part := months[key][i*size : (i+1)*size]
					want := new(big.Rat)
					switch {
					case slices.Contains(stocks, key):
						want = part[size-1]
					case key == "opening":
						want = part[0]
					default:
						for _, n := range part {
							want.Add(want, n)
						}
					}
					if got.Cmp(want) != 0 {
						t.Fatalf("seed %d, %s, %s of %s: %s, the months say %s", seed, step, key, a.Buckets[i].Name, got, want)
					}
				}
			}
		}
	}
}

// The order of files changes nothing.
func TestFilesInAnyOrder(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, before, o := random(seed)
		o.Baseline = read(t, before)
		want, err := json.Marshal(analyse(t, read(t, docs), o).data())
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 3))
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		r.Shuffle(len(before), func(i, j int) { before[i], before[j] = before[j], before[i] })
		o.Baseline = read(t, before)
		got, _ := json.Marshal(analyse(t, read(t, docs), o).data())
		if string(want) != string(got) {
			t.Fatalf("seed %d: another report", seed)
		}
	}
}

// Somebody who is, or was, in another team changes no total but that of transfers, and
// of the forecast's cost: what attrition takes from a team is never more than it costs.
func TestMovingPeopleKeepsTotals(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, _, o := random(seed)
		for i := range docs { // attrition is that of the team
			docs[i] = strings.ReplaceAll(docs[i], "attrition: {annualRate:", "attrition: {annualRate: 7%} #")
		}
		docs = append(docs, "kind: HeadcountPlan\nmetadata: {name: all}\nspec: {attrition: {annualRate: 7%}}\n")
		o.By = []group.Dimension{group.ByTeam}
		want := exactly(t, analyse(t, read(t, docs), o).Total)
		r := rand.New(rand.NewPCG(seed, 4))
		for i, doc := range docs {
			if !strings.HasPrefix(doc, "kind: Roster") {
				continue
			}
			lines := strings.Split(doc, "\n")
			for n, line := range lines {
				if _, rest, ok := strings.Cut(line, ", team: "); ok && r.IntN(3) == 0 {
					_, rest, _ = strings.Cut(rest, ",")
					lines[n], _, _ = strings.Cut(line, ", team: ")
					lines[n] += fmt.Sprintf(", team: team-%02d,%s", r.IntN(24), rest)
				}
			}
			docs[i] = strings.Join(lines, "\n")
		}
		got := exactly(t, analyse(t, read(t, docs), o).Total)
		for _, figures := range []map[string][]*big.Rat{want, got} {
			delete(figures, "transfersIn")
			delete(figures, "transfersOut")
			delete(figures, "forecastCost")
		}
		// Where months of a year are cut elsewhere, a cent goes to another one.
		for key, list := range want {
			for i, n := range list {
				if strings.HasSuffix(strings.ToLower(key), "cost") && new(big.Rat).Abs(new(big.Rat).Sub(n, got[key][i])).Cmp(big.NewRat(1, 1)) < 0 {
					got[key][i] = n
				}
			}
		}
		if diff := cmp.Diff(text(want), text(got)); diff != "" {
			t.Fatalf("seed %d (-before +after):\n%s", seed, diff)
		}
	}
}

// How people are grouped changes no total but that of transfers.
func TestGroupingKeepsTotals(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, before, o := random(seed)
		s := read(t, docs)
		o.Baseline = read(t, before)
		var want map[string][]*big.Rat
		for _, by := range [][]group.Dimension{nil, {group.ByTeam}, {group.ByLevel}, {group.ByLocation, group.ByTeam, group.ByRole}} {
			o.By = by
			got := exactly(t, analyse(t, s, o).Total)
			delete(got, "transfersIn")
			delete(got, "transfersOut")
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(text(want), text(got)); diff != "" {
				t.Fatalf("seed %d by %v (-ungrouped +grouped):\n%s", seed, by, diff)
			}
		}
	}
}

// What a selector chooses is a part of the whole: those of a level, and those of the
// others, are everyone.
func TestSelectorsPart(t *testing.T) {
	for seed := range uint64(seeds) {
		docs, before, o := random(seed)
		s := read(t, docs)
		o.Baseline = read(t, before)
		want := exactly(t, analyse(t, s, o).Total)
		sum := map[string][]*big.Rat{}
		for _, text := range []string{"level=L1", "level!=L1"} {
			var err error
			if o.Selector, err = portfolio.ParseSelector(text); err != nil {
				t.Fatal(err)
			}
			addUp(sum, exactly(t, analyse(t, s, o).Total))
		}
		for _, figures := range []map[string][]*big.Rat{want, sum} { // from a part to the other is a transfer
			delete(figures, "transfersIn")
			delete(figures, "transfersOut")
			delete(figures, "forecastCost") // rounded once a team
		}
		if diff := cmp.Diff(text(want), text(sum)); diff != "" {
			t.Fatalf("seed %d (-all +parts):\n%s", seed, diff)
		}
	}
}
