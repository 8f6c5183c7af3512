package kpi

import (
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

const teams = `kind: Team
metadata: {name: all}
---
kind: Team
metadata: {name: sre}
spec: {parent: all}
---
kind: Team
metadata: {name: web}
spec: {parent: all}
`

// world is a random portfolio with what is to be known of its programs.
func world(t testing.TB, rnd *rand.Rand) (*portfolio.Snapshot, []Input, []string) {
	pick := func(list ...string) string { return list[rnd.Intn(len(list))] }
	day := func() string { return (cal.MustDate("2026-01-01") + cal.Date(rnd.Intn(500))).String() }
	docs := []string{config, teams}
	n := 1 + rnd.Intn(25)
	for i := range n {
		spec := "due: " + day() + ", status: " + pick("proposed", "approved", "active", "paused", "completed", "completed", "completed", "cancelled")
		if rnd.Intn(3) > 0 {
			spec += ", completed: " + day()
		}
		if rnd.Intn(4) > 0 {
			spec += ", team: " + pick("all", "sre", "web")
		}
		docs = append(docs, strings.Replace(program(fmt.Sprintf("p%02d", i), spec), "2026-02-02", "2025-01-01", 1))
	}
	for i := range rnd.Intn(12) {
		var responses []string
		for range rnd.Intn(9) {
			responses = append(responses, response(rnd))
		}
		spec := fmt.Sprintf("program: p%02d; period: %s", rnd.Intn(n), pick("FY26Q4", "FY27Q1", "FY27Q2", "FY27Q3", "FY27Q4", "2026-05", "2026-09"))
		if rnd.Intn(3) > 0 {
			spec += fmt.Sprintf("; invited: %d", rnd.Intn(12))
		}
		docs = append(docs, survey(fmt.Sprint("s", i), spec, responses...))
	}
	s := snapshot(t, docs...)
	var inputs []Input
	for _, p := range s.Programs {
		in := Input{Program: p, Original: cal.MustDate(day()), Committed: rnd.Intn(2) == 0, Budget: usd(int64(rnd.Intn(50))), Actual: usd(int64(rnd.Intn(50)))}
		if in.Approved = in.Original; rnd.Intn(3) == 0 {
			in.Approved = cal.MustDate(day())
		}
		switch rnd.Intn(10) {
		case 0:
			in.Original = 0
		case 1:
			in.Budget.Unknown = staffing.Because(0, "nobody knows")
		}
		inputs = append(inputs, in)
	}
	return s, inputs, docs
}

func response(rnd *rand.Rand) string {
	var scores []string
	for _, d := range dimensions {
		if rnd.Intn(5) > 0 {
			scores = append(scores, fmt.Sprintf("%s: %d", d, 1+rnd.Intn(5)))
		}
	}
	text := "group: g, scores: {" + strings.Join(scores, ", ") + "}"
	if rnd.Intn(4) > 0 {
		text += fmt.Sprintf(", recommend: %d", rnd.Intn(11))
	}
	return text
}

// The oracle decides on one program at a time, from the sentences of the model.
func TestOracle(t *testing.T) {
	today := cal.MustDate(asOf)
	for seed := range int64(200) {
		s, inputs, _ := world(t, rand.New(rand.NewSource(seed)))
		a := Analyse(s, inputs, options(s, group.ByTeam))
		days := cal.Through(cal.MustDate("2026-02-01"), cal.MustDate("2027-01-31"))
		for _, b := range baselines {
			for _, f := range forms {
				var hits, misses []string
				out := 0
				for _, in := range inputs {
					p, base := in.Program, in.Original
					if b == Approved {
						base = in.Approved
					}
					closed := p.Status == "completed" && p.Completed != 0 && p.Completed <= today
					undated := p.Status == "completed" && p.Completed == 0
					placed := base
					if base == 0 {
						placed = p.Due
					}
					switch {
					case p.Status == "cancelled" && p.Start < days.To && placed >= days.From:
						out++
						continue
					case p.Status == "cancelled":
						continue
					case f == Closed && closed:
						placed = p.Completed
					case f == Closed && !undated:
						continue
					}
					if placed < days.From || placed >= days.To {
						continue
					}
					onTime := closed && p.Completed <= base
					spent, allowed := big.NewRat(in.Actual.Amount.Minor, 1), new(big.Rat).Mul(big.NewRat(in.Budget.Amount.Minor, 1), big.NewRat(105, 100))
					switch {
					case p.Status == "proposed" && !in.Committed, base == 0, undated && f == Closed, !closed && base >= today, onTime && in.Budget.Unknown != nil:
						out++
					case onTime && spent.Cmp(allowed) <= 0:
						hits = append(hits, p.Meta.Name)
					default:
						misses = append(misses, p.Meta.Name)
					}
				}
				r := a.Total.Completion.Rate(b, f)
				var got []string
				for _, v := range r.Misses {
					got = append(got, v.Program)
				}
				slices.Sort(got)
				if diff := cmp.Diff(misses, got); diff != "" {
					t.Fatalf("seed %d: %s %s misses (-want +got):\n%s", seed, b, f, diff)
				}
				got = nil
				for _, v := range r.Hits {
					got = append(got, v.Program)
				}
				if diff := cmp.Diff(hits, got); diff != "" || len(r.LeftOut) != out {
					t.Fatalf("seed %d: %s %s, %d left out, want %d, hits (-want +got):\n%s", seed, b, f, len(r.LeftOut), out, diff)
				}
				if r.OnTime() < len(hits) || r.WithinBudget() < len(hits) || r.OnTime()+r.WithinBudget() > r.Of()+len(hits) {
					t.Fatalf("seed %d: %s %s: %d on time, %d within budget of %d", seed, b, f, r.OnTime(), r.WithinBudget(), r.Of())
				}
			}
		}
	}
}

// All is the sum of its periods and of its groups; to swap the baselines swaps the rates.
func TestSums(t *testing.T) {
	for seed := range int64(100) {
		s, inputs, _ := world(t, rand.New(rand.NewSource(seed)))
		a := Analyse(s, inputs, options(s, group.ByTeam))
		swapped := slices.Clone(inputs)
		for i := range swapped {
			swapped[i].Original, swapped[i].Approved = swapped[i].Approved, swapped[i].Original
		}
		mirror := Analyse(s, swapped, options(s))
		sum := func(f Figures) string {
			score := f.Satisfaction
			return fmt.Sprint(score.N, score.Recommended, score.All.N, score.By[0].N, score.HiddenSurveys, score.HiddenResponses)
		}
		for _, b := range baselines {
			for _, f := range forms {
				r, m := a.Total.Completion.Rate(b, f), mirror.Total.Completion.Rate(1-b, f)
				if diff := cmp.Diff(verdicts(r), verdicts(m)); diff != "" {
					t.Fatalf("seed %d: swapped (-want +got):\n%s", seed, diff)
				}
				periods, groups := [2]int{}, [2]int{}
				for _, p := range a.Periods {
					x := p.Completion.Rate(b, f)
					periods[0], periods[1] = periods[0]+len(x.Hits), periods[1]+x.Of()
				}
				for _, g := range a.Groups {
					x := g.Completion.Rate(b, f)
					groups[0], groups[1] = groups[0]+len(x.Hits), groups[1]+x.Of()
				}
				if want := [2]int{len(r.Hits), r.Of()}; periods != want || groups != want {
					t.Fatalf("seed %d: %s %s: periods %v, groups %v, all %v", seed, b, f, periods, groups, want)
				}
			}
		}
		var groups, periods Score
		for _, g := range a.Groups {
			groups = plus(groups, g.Satisfaction)
		}
		for _, p := range a.Periods {
			periods = plus(periods, p.Satisfaction)
		}
		if all := sum(a.Total); all != sum(Figures{Satisfaction: groups}) || all != sum(Figures{Satisfaction: periods}) {
			t.Fatalf("seed %d: all %s, groups %s, periods %s", seed, all, sum(Figures{Satisfaction: groups}), sum(Figures{Satisfaction: periods}))
		}
	}
}

func plus(x, y Score) Score {
	x.N += y.N
	x.Recommended += y.Recommended
	x.All.N += y.All.N
	x.By[0].N += y.By[0].N
	x.HiddenSurveys += y.HiddenSurveys
	x.HiddenResponses += y.HiddenResponses
	return x
}
