package evm

import (
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// world is a portfolio of some programs with all kinds of milestones, and their money.
func world(random *rand.Rand, asOf cal.Date) (*portfolio.Snapshot, []Input) {
	day := func() string { return (cal.MustDate("2025-11-01") + cal.Date(random.Intn(600))).String() }
	var docs []string
	for i := range 1 + random.Intn(6) {
		var milestones []string
		stated := random.Intn(2) == 0
		for k := range 1 + random.Intn(6) {
			m := fmt.Sprintf("id: m%d, due: %s", k, day())
			if stated && random.Intn(4) > 0 {
				m += fmt.Sprintf(", weight: %d.%d", random.Intn(5), random.Intn(10))
			}
			switch random.Intn(5) {
			case 0, 1:
				m += ", completed: " + day()
			case 2:
				m += fmt.Sprintf(", percentComplete: %d%%", random.Intn(101))
			case 3:
				m += ", status: cancelled"
			}
			milestones = append(milestones, m)
		}
		spec := "start: " + day() + ", due: 2028-01-01"
		if random.Intn(2) == 0 {
			spec += ", evm: percent"
		}
		if n := random.Intn(4); n > 0 {
			spec += fmt.Sprint(", theme: t", n)
		}
		docs = append(docs, program(fmt.Sprint("p", i), spec, milestones...))
	}
	themes := "kind: Roadmap\nmetadata: {name: r}\nspec: {themes: [{id: t1, title: One}, {id: t2, title: Two}, {id: t3, title: Three}]}\n"
	s := snapshot(append(docs, themes)...)
	var inputs []Input
	for _, p := range s.Programs {
		in := Input{Program: p, Budget: usd(random.Int63n(10_000_000)), Current: usd(random.Int63n(10_000_000))}
		first := p.Start.Month().Add(random.Intn(3) - 1)
		for i := range random.Intn(8) {
			spend := Spend{first.Add(i), usd(random.Int63n(1_000_000))}
			if spend.Month <= asOf.Month() {
				in.Actual = append(in.Actual, spend)
			}
			in.Forecast = append(in.Forecast, spend)
		}
		inputs = append(inputs, in)
	}
	return s, inputs
}

// What holds of any program and any sum.
func TestProperties(t *testing.T) {
	random := rand.New(rand.NewSource(7))
	done := 0
	for round := range 200 {
		o := Options{AsOf: cal.MustDate("2026-01-01") + cal.Date(random.Intn(500))}
		s, inputs := world(random, o.AsOf)
		a := Analyse(s, inputs, o)
		if len(a.LeftOut) > 0 {
			t.Fatalf("left out: %v", a.LeftOut)
		}
		for _, r := range slices.Concat(a.Programs, a.Themes, []*Result{a.Total}) {
			if !r.AllKnown() {
				continue
			}
			rises(t, r)
			if r.Done() && r.exact.BAC.Sign() > 0 {
				done++
				if n := reached(r); r.ES == nil || r.ES.Cmp(big.NewRat(int64(n), 1)) != 0 {
					t.Fatalf("all is earned: ES %v, PV reaches BAC in month %d", r.ES, n)
				}
			}
			if p := r.Curve[len(r.Curve)-1]; p.PV.Minor != r.BAC.Amount.Minor {
				t.Fatalf("the curve of PV ends at %s of %s", p.PV, r.BAC.Amount)
			}
		}
		total(t, a.Programs, a.Total)
		var members []*Result
		for _, theme := range a.Themes {
			total(t, theme.Members, theme)
			members = append(members, theme.Members...)
		}
		total(t, members, a.Total)

		if round%10 > 0 {
			continue
		}
		shuffled := slices.Clone(inputs)
		random.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		for _, format := range []string{"json", "csv", "text"} {
			if diff := cmp.Diff(write(t, a, format, 0), write(t, Analyse(s, shuffled, o), format, 0)); diff != "" {
				t.Fatalf("the order of inputs matters in %s:\n%s", format, diff)
			}
		}
	}
	if done < 10 {
		t.Errorf("only %d were done: the test tells little", done)
	}
}

// rises fails where a curve falls, or does not agree with the figures on as-of.
func rises(t *testing.T, r *Result) {
	t.Helper()
	var last Point
	for i, p := range r.Curve {
		if p.EV != nil {
			if i > 0 && (p.EV.Minor < last.EV.Minor || p.AC.Minor < last.AC.Minor) {
				t.Fatalf("EV or AC falls in %s", p.Month)
			}
		}
		if i > 0 && (p.PV.Minor < last.PV.Minor || p.Month != last.Month+1) {
			t.Fatalf("PV falls in %s", p.Month)
		}
		last = p
	}
	for i, p := range r.Curve {
		if p.EV != nil && (i+1 == len(r.Curve) || r.Curve[i+1].EV == nil) {
			if p.EV.Minor != r.EV.Amount.Minor || p.AC.Minor != r.AC.Amount.Minor {
				t.Fatalf("the curve ends at EV %s, AC %s; they are %s, %s", p.EV, p.AC, r.EV.Amount, r.AC.Amount)
			}
		}
	}
}

// reached is the month, from the start, of the last milestone that weighs, in a program
// that has a budget.
func reached(r *Result) int {
	members, last := r.Members, r.first
	if r.Program != nil {
		members = []*Result{r}
	}
	for _, m := range members {
		stated := slices.ContainsFunc(m.Program.Milestones, func(x *portfolio.Milestone) bool { return x.Weight != nil && x.Status != "cancelled" })
		for _, x := range m.Program.Milestones {
			weighs := !stated || x.Weight != nil && x.Weight.Sign() > 0
			if weighs && x.Status != "cancelled" && m.BAC.Amount.Minor > 0 {
				last = max(last, x.Due.Month())
			}
		}
	}
	return last.Sub(r.first) + 1
}

// total fails where a sum is not that of its members.
func total(t *testing.T, members []*Result, sum *Result) {
	t.Helper()
	var bac, current, pv, ev, ac, sv, cv int64
	known := true
	for _, m := range members {
		bac, current, ac = bac+m.BAC.Amount.Minor, current+m.Current.Amount.Minor, ac+m.AC.Amount.Minor
		if m.SV == nil {
			known = false
			continue
		}
		pv, ev, sv, cv = pv+m.PV.Amount.Minor, ev+m.EV.Amount.Minor, sv+m.SV.Minor, cv+m.CV.Minor
	}
	if bac != sum.BAC.Amount.Minor || current != sum.Current.Amount.Minor || ac != sum.AC.Amount.Minor {
		t.Fatalf("BAC, budget, AC: %s %s %s, the rows %d %d %d", sum.BAC.Amount, sum.Current.Amount, sum.AC.Amount, bac, current, ac)
	}
	if !known {
		if sum.PV.Known() != nil || sum.SPI.Known() || sum.ES != nil {
			t.Fatalf("a row is not known, the sum is: PV %s", sum.PV.Amount)
		}
		return
	}
	if pv != sum.PV.Amount.Minor || ev != sum.EV.Amount.Minor || sv != sum.SV.Minor || cv != sum.CV.Minor {
		t.Fatalf("PV EV SV CV: %s %s %s %s, the rows %d %d %d %d", sum.PV.Amount, sum.EV.Amount, sum.SV, sum.CV, pv, ev, sv, cv)
	}
	if len(members) == 1 {
		m := members[0]
		if m.SPI.String() != sum.SPI.String() || text(m.EAC) != text(sum.EAC) || ratio.Of(m.ES).String() != ratio.Of(sum.ES).String() {
			t.Fatalf("%s and its sum differ", strings.TrimSpace(m.Program.Meta.Name))
		}
	}
}
