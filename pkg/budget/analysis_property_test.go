package budget

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
)

func someWorld(t *testing.T, seed uint64) *portfolio.Snapshot {
	t.Helper()
	docs := world(rand.New(rand.NewPCG(seed, 5)))
	s := snapshot(docs...)
	for _, p := range s.Programs {
		if !s.Sound(p.Subject()) {
			t.Fatalf("seed %d: %s does not validate:\n%s", seed, p.Subject(), strings.Join(docs, "---\n"))
		}
	}
	if len(s.Programs) != 4 || len(s.Ledgers) != 5 || len(s.Budgets) != 1 {
		t.Fatalf("seed %d: a document is not there:\n%s", seed, strings.Join(docs, "---\n"))
	}
	return s
}

func options(step cal.Step, by ...group.Dimension) Options {
	years, _ := cal.ParseFiscalYears("FY25..FY28")
	return Options{AsOf: cal.MustDate("2026-05-19"), Years: years, Step: step, Lens: Programs, By: by}
}

// figuresOf are all additive figures of rows as text.
func figuresOf(r *Rows) map[string]int64 {
	all := map[string]int64{}
	note := func(name string, m *money.Amount) {
		if m == nil {
			name += " unknown"
			m = &money.Amount{Minor: 1}
		}
		all[name] += m.Minor
	}
	for i := range r.Plan {
		for _, f := range r.perPeriod(i) {
			note(fmt.Sprint(f.name, i), f.value.(*money.Amount))
		}
	}
	t := r.Total
	for name, m := range map[string]*money.Amount{
		"plan": t.Plan, "actual": t.Actual, "commitments": t.Commitments, "forecast": t.Forecast, "variance": t.Variance, "to date": t.PlanToDate,
		"forecast variance": t.ForecastVariance, "all plan": t.AtCompletion.Plan, "all forecast": t.AtCompletion.Forecast,
	} {
		if m != nil || !strings.HasPrefix(name, "all ") { // which the lens of teams does not have
			note(name, m)
		}
	}
	if t.Baseline != nil {
		note("record", t.Baseline.Plan)
		for i, part := range t.Baseline.Bridge.parts() {
			note(Factors[i], *part)
		}
	}
	return all
}

func plus(a, b map[string]int64) map[string]int64 {
	sum := map[string]int64{}
	for _, m := range []map[string]int64{a, b} {
		for k, v := range m {
			sum[k] += v
		}
	}
	return sum
}

func moved(m map[string]int64) map[string]int64 {
	m = maps.Clone(m)
	maps.DeleteFunc(m, func(_ string, v int64) bool { return v == 0 })
	return m
}

var groupings = [][]group.Dimension{
	{group.ByProgram},
	{group.ByTeam},
	{group.ByCategory},
	{group.ByType},
	{group.ByTheme},
	{group.ByCostCentre},
	{group.ByTeam, group.ByCategory, group.ByType},
	{group.ByProgram, group.ByType},
	{},
}

// Every total is the sum of its rows, to the cent, however money is grouped, through both
// lenses, with a plan of record.
func TestTotalsAreTheSumOfTheirRows(t *testing.T) {
	for seed := range uint64(16) {
		s, base := someWorld(t, seed), someWorld(t, seed+1000)
		base.Fiscal = s.Fiscal
		for _, lens := range []Lens{Programs, Teams} {
			var want map[string]int64
			for _, by := range groupings {
				o := options(cal.ByMonth, by...)
				o.Lens, o.Baseline = lens, base
				a := Analyse(s, o)
				total := figuresOf(a.Total)
				if want == nil {
					want = total
				}
				if diff := cmp.Diff(want, total); diff != "" {
					t.Fatalf("seed %d, %s by %v: the total depends on the grouping (-want +got):\n%s", seed, lens, by, diff)
				}
				sum := map[string]int64{}
				for _, g := range a.Groups {
					sum = plus(sum, figuresOf(g.Rows))
				}
				if diff := cmp.Diff(moved(total), moved(sum)); diff != "" && len(by) > 0 {
					t.Fatalf("seed %d, %s by %v (-total +sum of rows):\n%s", seed, lens, by, diff)
				}
			}
		}
	}
}

// Months add up to quarters and years; the figures of all years do not depend on them.
func TestPeriodsAddUp(t *testing.T) {
	for seed := range uint64(12) {
		s := someWorld(t, seed)
		months := Analyse(s, options(cal.ByMonth, group.ByProgram))
		for step, n := range map[cal.Step]int{cal.ByQuarter: 3, cal.ByYear: 12} {
			longer := Analyse(s, options(step, group.ByProgram))
			if diff := cmp.Diff(totalsText(months.Total.Total), totalsText(longer.Total.Total)); diff != "" {
				t.Fatalf("seed %d by %s:\n%s", seed, step, diff)
			}
			for i, g := range longer.Groups {
				for at := range g.Rows.Plan {
					for f, list := range [][2][]*money.Amount{
						{months.Groups[i].Rows.Plan, g.Rows.Plan},
						{months.Groups[i].Rows.Actual, g.Rows.Actual},
						{months.Groups[i].Rows.Commitments, g.Rows.Commitments},
						{months.Groups[i].Rows.Forecast, g.Rows.Forecast},
					} {
						sum := int64(0)
						for _, m := range list[0][at*n : (at+1)*n] {
							sum += m.Minor
						}
						if sum != list[1][at].Minor {
							t.Fatalf("seed %d, figure %d: months add up to %d, the %s is %d", seed, f, sum, step, list[1][at].Minor)
						}
					}
				}
			}
		}
	}
}

func totalsText(t Totals) string {
	text := ""
	for _, f := range t.perReport() {
		text += fmt.Sprintln(f.name, f.value)
	}
	return text
}

// Variances are what they say, and the forecast of months that are closed is what was
// spent in them.
func TestVariances(t *testing.T) {
	for seed := range uint64(12) {
		s := someWorld(t, seed)
		o := options(cal.ByMonth, group.ByProgram, group.ByCategory)
		a := Analyse(s, o)
		for _, g := range append(a.Groups, Group{Rows: a.Total}) {
			var plan, planToDate, actual, forecast int64
			for i, b := range a.Buckets {
				plan += g.Rows.Plan[i].Minor
				actual += g.Rows.Actual[i].Minor
				forecast += g.Rows.Forecast[i].Minor
				if b.From <= o.AsOf {
					planToDate += g.Rows.Plan[i].Minor
				}
				if b.From > o.AsOf && g.Rows.Actual[i].Minor != 0 {
					t.Fatalf("seed %d: %v spent %s in %s, which is to come", seed, g.Key, g.Rows.Actual[i], b.Name)
				}
				if m := b.From.Month(); m <= a.Closed && g.Rows.Forecast[i].Minor != g.Rows.Actual[i].Minor {
					t.Fatalf("seed %d: %v: forecast %s, spent %s in %s, which is closed", seed, g.Key, g.Rows.Forecast[i], g.Rows.Actual[i], b.Name)
				}
			}
			x := g.Rows.Total
			got := []int64{x.Plan.Minor, x.PlanToDate.Minor, x.Actual.Minor, x.Forecast.Minor, x.Variance.Minor, x.ForecastVariance.Minor}
			if diff := cmp.Diff([]int64{plan, planToDate, actual, forecast, actual - planToDate, forecast - plan}, got); diff != "" {
				t.Fatalf("seed %d %v (-want +got):\n%s", seed, g.Key, diff)
			}
		}
	}
}

// A team with its subtree is the sum of the teams in it.
func TestSubtrees(t *testing.T) {
	for seed := range uint64(10) {
		s := someWorld(t, seed)
		o := options(cal.ByYear, group.ByTeam)
		own := map[string]map[string]int64{"top": {}, "web": {}, "ops": {}}
		for _, g := range Analyse(s, o).Groups {
			own[g.Key[0]] = figuresOf(g.Rows)
		}
		want := map[string]map[string]int64{"web": own["web"], "ops": own["ops"], "top": plus(own["top"], plus(own["web"], own["ops"]))}
		o.Subtree = true
		for _, g := range Analyse(s, o).Groups {
			if diff := cmp.Diff(moved(want[g.Key[0]]), moved(figuresOf(g.Rows))); diff != "" {
				t.Fatalf("seed %d %s (-want +got):\n%s", seed, g.Key[0], diff)
			}
		}
	}
}

// A bridge leads from the plan of record to the plan, and from a plan to itself there is
// nothing to lead.
func TestBridgesAddUp(t *testing.T) {
	for seed := range uint64(16) {
		s, base := someWorld(t, seed), someWorld(t, seed+1000)
		base.Fiscal = s.Fiscal
		for _, lens := range []Lens{Programs, Teams} {
			o := options(cal.ByYear, group.ByTeam, group.ByType)
			o.Lens, o.Baseline = lens, base
			a := Analyse(s, o)
			for _, g := range append(a.Groups, Group{Rows: a.Total}) {
				b := g.Rows.Total.Baseline
				sum := b.Plan.Minor
				for _, part := range b.Bridge.parts() {
					sum += (*part).Minor
				}
				if sum != g.Rows.Total.Plan.Minor || b.Variance.Minor != sum-b.Plan.Minor {
					t.Fatalf("seed %d, %s %v: %s and its bridge come to %d, the plan is %s", seed, lens, g.Key, b.Plan, sum, g.Rows.Total.Plan)
				}
			}
			o.Baseline = s
			for _, g := range Analyse(s, o).Groups {
				for i, part := range g.Rows.Total.Baseline.Bridge.parts() {
					if (*part).Minor != 0 {
						t.Fatalf("seed %d, %s %v: %s %s between a plan and itself", seed, lens, g.Key, Factors[i], *part)
					}
				}
			}
		}
	}
}

// What explains a cell sums to it, and every cell can be explained.
func TestExplanationsSumToTheirCells(t *testing.T) {
	for seed := range uint64(12) {
		s := someWorld(t, seed)
		for _, lens := range []Lens{Programs, Teams} {
			o := options(cal.ByQuarter, group.ByTeam, group.ByCategory)
			o.Lens, o.Subtree = lens, seed%2 == 0
			a := Analyse(s, o)
			for _, g := range append(a.Groups, Group{Rows: a.Total}) {
				x := g.Rows.Total
				cells := map[string]*money.Amount{
					"plan": x.Plan, "actual": x.Actual, "commitments": x.Commitments, "forecast": x.Forecast, "variance": x.Variance, "forecast-variance": x.ForecastVariance,
					"forecast@" + a.Buckets[6].Name: g.Rows.Forecast[6],
				}
				for name, want := range cells {
					if g.cell != nil {
						name += ":" + strings.Join(labels(a.By, g.Key), "/")
					}
					cell, err := ParseCell(name)
					if err != nil {
						t.Fatal(err)
					}
					e, err := a.Explain(cell)
					if err != nil {
						t.Fatalf("seed %d: %s: %v", seed, name, err)
					}
					if e.Total.Amount.Minor != want.Minor {
						t.Fatalf("seed %d, %s: the parts of %s come to %d, it is %d", seed, lens, name, e.Total.Amount.Minor, want.Minor)
					}
				}
			}
		}
	}
}

// The two lenses meet: what leads from one to the other adds up.
func TestReconciliation(t *testing.T) {
	for seed := range uint64(10) {
		s := someWorld(t, seed)
		o := options(cal.ByYear)
		programs := Analyse(s, o).Total.Total
		o.Lens = Teams
		a := Analyse(s, o)
		r, teams := a.Reconciliation, a.Total.Total
		for i, want := range [][2]*money.Amount{{programs.Plan, teams.Plan}, {programs.Actual, teams.Actual}, {programs.Forecast, teams.Forecast}} {
			at := func(s Sums) int64 { return (*s.all()[i]).Minor }
			if at(r.Programs) != want[0].Minor || at(r.Teams) != want[1].Minor ||
				at(r.Programs)-at(r.ProgramMoney)+at(r.UnallocatedPeople)+at(r.TeamMoney) != at(r.Teams) {
				t.Fatalf("seed %d, figure %d: %+v, programs %s, teams %s", seed, i, r, want[0], want[1])
			}
		}
	}
}

// What people cost by person and month adds up to what headcount says of their teams.
func TestChargesAreWhatHeadcountSays(t *testing.T) {
	for seed := range uint64(12) {
		s := someWorld(t, seed)
		o := options(cal.ByMonth)
		h, err := headcount.Analyse(s, headcount.Options{AsOf: o.AsOf, Years: o.Years, Step: cal.ByMonth, By: []group.Dimension{group.ByTeam}})
		if err != nil {
			t.Fatal(err)
		}
		charges, _, _ := headcount.Charges(s, o.Years, o.AsOf)
		sums := map[string]*rates.Sum{}
		for _, c := range charges {
			key := fmt.Sprint(c.Row, c.Standing.Team, c.Month)
			if sums[key] == nil {
				sums[key] = &rates.Sum{}
			}
			sums[key].Add(c.Sum)
		}
		for _, g := range h.Groups {
			for i, b := range h.Buckets {
				m := b.From.Month()
				for row, want := range map[headcount.Row]*money.Amount{
					headcount.RosterRow: g.Rows.Cost[i], headcount.PlanRow: g.Rows.PlanCost[i], headcount.ForecastRow: g.Rows.ForecastCost[i],
				} {
					if row == headcount.RosterRow && m.Last() > o.AsOf {
						continue // up to as-of alone
					}
					got := int64(0)
					if sum := sums[fmt.Sprint(row, g.Key[0], m)]; sum != nil {
						got = sum.Amount.Minor
					}
					if got != want.Minor {
						t.Fatalf("seed %d: row %d of %q in %s comes to %d, headcount says %d", seed, row, g.Key[0], m, got, want.Minor)
					}
				}
			}
		}
	}
}

// Lines, entries and files in another order change nothing.
func TestOrderIsIrrelevant(t *testing.T) {
	for seed := range uint64(10) {
		docs := world(rand.New(rand.NewPCG(seed, 5)))
		a := snapshot(docs...)
		slices.Reverse(docs)
		b := snapshot(docs...)
		for _, lens := range []Lens{Programs, Teams} {
			o := options(cal.ByQuarter, group.ByProgram, group.ByType)
			o.Lens = lens
			if diff := cmp.Diff(figuresOf(Analyse(a, o).Total), figuresOf(Analyse(b, o).Total)); diff != "" {
				t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
			}
		}
	}
}

// A line that is written as two, of its amounts or of its months, changes no total: each
// part adds up to its own amount.
func TestALineSplitInTwo(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		whole := int64(r.IntN(2_000_000)) - 300_000
		part := r.Int64N(500_000)
		from, months := cal.MustMonth("2026-01"), r.IntN(14)+2
		at := from.Add(r.IntN(months-1) + 1)
		curve := []string{"even", "front", "back"}[r.IntN(3)]
		line := func(id string, amount int64, from, to cal.Month) string {
			return fmt.Sprintf("{id: %s, category: c, type: opex, amount: %s, from: %s, to: %s, spread: %s}", id, cents(amount), from, to, curve)
		}
		to := from.Add(months - 1)
		var totals []string
		for _, lines := range []string{
			line("l", whole, from, to),
			line("l", part, from, to) + ", " + line("m", whole-part, from, to),
			line("l", part, from, at.Add(-1)) + ", " + line("m", whole-part, at, to),
		} {
			s := snapshot(program("p", "budget: {lines: ["+lines+"]}"))
			a := Analyse(s, options(cal.ByYear, group.ByCategory))
			totals = append(totals, a.Total.Total.Plan.String()+" "+a.Groups[0].Rows.Total.AtCompletion.Plan.String())
		}
		if totals[0] != totals[1] || totals[0] != totals[2] {
			t.Fatalf("%s from %s to %s, %s: %v", cents(whole), from, to, curve, totals)
		}
	}
}
