package approval

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/schema"
)

// change is a change that means a little of everything.
func change() Facts {
	return Facts{
		Milestone: Milestone{Slip: 21, Moved: 2, Completed: 1},
		Program: Program{
			Name: "disaster-recovery", Team: "sre", Owner: "ada", Status: "active", Theme: "Verfügbarkeit",
			Labels: map[string]string{"tier": "1", "cost-centre": "cc-7"}, Pull: 3, StatusChanged: true,
		},
		Budget:    NewBudget(100_000_00, 106_000_00, 2),
		FTE:       NewFTE(12_500, 12_250),
		Headcount: NewHeadcount(10, 12),
	}
}

func TestHolds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Verdict{
		"budget.increase > 5%":              Yes,
		"budget.increase > 6%":              No, // it is 6% exactly
		"budget.increase >= 6%":             Yes,
		"budget.increase == 6%":             Yes,
		"budget.increase > 5.9%":            Yes,
		"budget.increase>5%and true":        Yes,
		"budget.increase > 10% - 5%":        Yes,
		"budget.increase > 10%-5%":          Yes,
		"budget.increase > -5%":             Yes,
		"budget.increase in [6%, 7%]":       Yes,
		"budget.increase not in [6%]":       No,
		"5% < budget.increase < 7%":         Yes,
		"5% < budget.increase < 6%":         No,
		"5%!=6%":                            Yes,
		"(5%) == 0.05":                      Yes,
		"5% == .05":                         Yes,
		"budget.delta > 5_000":              Yes,
		"budget.after == 106e3":             Yes,
		"budget.after / budget.before == 2": No,
		"budget.delta > 5% * budget.before": Yes,

		"milestone.slip > 10d": Yes,
		"milestone.slip>10d":   Yes,
		"milestone.slip > 21d": No,
		"milestone.slip >= 3w": Yes,
		"milestone.slip >= 3w && program.labels[\"tier\"] == \"1\"": Yes,
		"milestone.slip >= 3w and program.labels.tier == '2'":       No,
		"milestone . slip == 21":                                    Yes,
		"milestone[\"slip\"] == 3w":                                 Yes,
		"milestone.pull > 0":                                        No,
		"-milestone.slip < -2w":                                     Yes,
		"milestone.slip in [1w, 2w, 3w]":                            Yes,
		"milestone.moved":                                           Yes,
		"milestone.added":                                           No,
		"milestone.moved - milestone.completed * 2":                 No,
		"milestone.moved > 1 or headcount.add > 5":                  Yes,

		"headcount.add":         Yes,
		"headcount.add > 0":     Yes,
		"headcount.add > 2":     No,
		"headcount.delta":       Yes,
		"headcount.before > 10": No,
		"fte.add":               No, // less is asked for
		"fte.delta < 0":         Yes,
		"fte.delta == -0.25":    Yes,
		"fte.before == 12.5":    Yes,

		"7 % 3 == 1":              Yes,
		"7%3==1":                  Yes,
		"7% 3 == 1":               Yes,
		"milestone.slip % 7 == 0": Yes,
		"milestone.slip%(8)==5":   Yes,
		"true":                    Yes,
		"false":                   No,
		"0":                       No,
		"0.5":                     Yes,
		"-1":                      No,
		"0 / 0":                   No, // no number

		"program.status == \"active\"":                      Yes,
		"program.status != 'active'":                        No,
		"not (program.status == \"active\")":                No,
		"!(program.status == `active`)":                     No,
		"program.status in [\"paused\", \"active\"]":        Yes,
		"program.status not in [\"paused\", \"active\"]":    No,
		"program.statusChanged and not program.added":       Yes,
		"program.pull > 2d":                                 Yes,
		"\"tier\" in program.labels":                        Yes,
		"\"pillar\" in program.labels":                      No,
		"program.labels[\"pillar\"] == \"\"":                Yes,
		"program.labels[\"cost-centre\"] startsWith \"cc\"": Yes,
		"program.labels[program.team] == \"\"":              Yes,
		"program.name contains \"recovery\"":                Yes,
		"program.name not contains \"recovery\"":            No,
		"program.name endsWith 'recovery'":                  Yes,
		"program.name matches \"^disaster-[a-z]+$\"":        Yes,
		"program.theme == 'Verfügbarkeit'":                  Yes,
		"program.name == '5% > 10d'":                        No,
		"program.name == \"\\\"5%\\\" 3w\"":                 No,
		"len(program.labels) == 2":                          Yes,
		"len(program.owner) > 3":                            No,
		"len([1, 5%]) == 2":                                 Yes,
		"policy.changed":                                    No,
		"policy.changed == false":                           Yes,
		"(true or false) == true":                           Yes,
	} {
		c, e := Compile(text)
		if e != nil {
			t.Errorf("%s: %v", text, e)
			continue
		}
		if got, err := c.Holds(change()); err != nil || got != want {
			t.Errorf("%s: %v, %v, want %v", text, got, err, want)
		}
		if c.String() != text {
			t.Errorf("%s is remembered as %s", text, c)
		}
	}
}

// The zero Facts know neither money nor people, and have no labels.
func TestUnknown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Verdict{
		"budget.increase > 5%":                                  Unknown,
		"not (budget.increase > 5%)":                            Unknown,
		"budget.before == budget.before":                        Unknown,
		"headcount.add":                                         Unknown,
		"fte.add > 1":                                           Unknown,
		"budget.increase > 5% and milestone.slip > 10d":         No,
		"budget.increase > 5% and milestone.slip == 0":          Unknown,
		"milestone.slip == 0 or budget.increase > 5%":           Yes,
		"budget.increase > 5% || headcount.add > 0":             Unknown,
		"budget.increase > 5% or not policy.changed":            Yes,
		"not (budget.increase > 5% or not policy.changed)":      No,
		"program.labels[\"tier\"] == \"\"":                      Yes,
		"\"tier\" in program.labels or len(program.labels) > 0": No,
	} {
		c, e := Compile(text)
		if e != nil {
			t.Errorf("%s: %v", text, e)
			continue
		}
		if got, err := c.Holds(Facts{}); err != nil || got != want {
			t.Errorf("%s: %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"true": nil,
		"program.labels.tier == program.labels[\"x\"] and milestone.slip > 3w or milestone[\"slip\"] > 1": {"milestone.slip", "program.labels"},
		"headcount.add": {"headcount.add"},
		"1 < headcount.add < 5 and not (fte.add > 1)": {"fte.add", "headcount.add"},
	} {
		c, e := Compile(text)
		if e != nil {
			t.Fatalf("%s: %v", text, e)
		}
		if diff := cmp.Diff(want, c.Names()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after int64
		want          Budget
	}{
		{0, 0, Budget{Known: true}},
		{100, 150, Budget{Before: 1, After: 1.5, Delta: .5, Increase: .5, Known: true}},
		{150, 100, Budget{Before: 1.5, After: 1, Delta: -.5, Increase: -1. / 3, Known: true}},
		{0, 100, Budget{After: 1, Delta: 1, Increase: 1, Known: true}},
		{0, -100, Budget{After: -1, Delta: -1, Increase: -1, Known: true}},
		{-200, -100, Budget{Before: -2, After: -1, Delta: 1, Increase: .5, Known: true}},
		{100, 0, Budget{Before: 1, Delta: -1, Increase: -1, Known: true}},
	} {
		if diff := cmp.Diff(c.want, NewBudget(c.before, c.after, 2)); diff != "" {
			t.Errorf("from %d to %d (-want +got):\n%s", c.before, c.after, diff)
		}
	}
	if diff := cmp.Diff(Budget{Before: 7, After: 7, Known: true}, NewBudget(7, 7, 0)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(FTE{Before: 1.1, After: 1, Delta: -.1, Known: true}, NewFTE(1100, 1000)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(FTE{Before: 1, After: 1.1, Delta: .1, Add: .1, Known: true}, NewFTE(1000, 1100)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Headcount{Before: 3, After: 1, Delta: -2, Known: true}, NewHeadcount(3, 1)); diff != "" {
		t.Error(diff)
	}
}

// An increase of exactly a percentage is never more than it, whatever the sums.
func TestThresholds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		tenths := r.Int64N(1000) // of a percent
		before := 1000 * (1 + r.Int64N(1_000_000_000))
		text := fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
		over, e := Compile("budget.increase > " + text)
		if e != nil {
			t.Fatal(e)
		}
		exact := before + before/1000*tenths
		for after, want := range map[int64]Verdict{exact: No, exact + 1: Yes, exact - 1: No} {
			if got, err := over.Holds(Facts{Budget: NewBudget(before, after, 2)}); err != nil || got != want {
				t.Fatalf("from %d to %d is more than %s: %v, %v", before, after, text, got, err)
			}
		}
	}
}

// expression is a random condition, and what it should come to.
func expression(r *rand.Rand, depth int) (string, func(Facts) Verdict) {
	verdict := func(known, holds bool) Verdict {
		switch {
		case !known:
			return Unknown
		case holds:
			return Yes
		}
		return No
	}
	if depth == 0 {
		n := r.IntN(4)
		switch r.IntN(6) {
		case 0:
			return fmt.Sprintf("milestone.slip > %dw", n), func(f Facts) Verdict { return verdict(true, f.Milestone.Slip > 7*n) }
		case 1:
			return fmt.Sprintf("budget.increase >= %d%%", n), func(f Facts) Verdict { return verdict(f.Budget.Known, f.Budget.Increase >= float64(n)/100) }
		case 2:
			return fmt.Sprintf("headcount.add == %d", n), func(f Facts) Verdict { return verdict(f.Headcount.Known, f.Headcount.Add == n) }
		case 3:
			return fmt.Sprintf("fte.delta < %d.5", n), func(f Facts) Verdict { return verdict(f.FTE.Known, f.FTE.Delta < float64(n)+.5) }
		case 4:
			return fmt.Sprintf("program.labels['tier'] in ['%d']", n), func(f Facts) Verdict { return verdict(true, f.Program.Labels["tier"] == fmt.Sprint(n)) }
		default:
			return "policy.changed", func(f Facts) Verdict { return verdict(true, f.Policy.Changed) }
		}
	}
	left, a := expression(r, r.IntN(depth))
	right, b := expression(r, r.IntN(depth))
	switch r.IntN(5) {
	case 0:
		return "not (" + left + ")", func(f Facts) Verdict {
			return map[Verdict]Verdict{Yes: No, No: Yes, Unknown: Unknown}[a(f)]
		}
	case 1, 2:
		return "(" + left + []string{") and (", ")&&("}[r.IntN(2)] + right + ")", func(f Facts) Verdict {
			switch x, y := a(f), b(f); {
			case x == No || y == No:
				return No
			case x == Unknown || y == Unknown:
				return Unknown
			}
			return Yes
		}
	}
	return "(" + left + []string{") or (", ")||("}[r.IntN(2)] + right + ")", func(f Facts) Verdict {
		switch x, y := a(f), b(f); {
		case x == Yes || y == Yes:
			return Yes
		case x == Unknown || y == Unknown:
			return Unknown
		}
		return No
	}
}

func TestLogic(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[Verdict]int{}
	for range 500 {
		text, want := expression(r, 4)
		if len(text) > MaxLength {
			continue
		}
		c, e := Compile(text)
		if e != nil {
			t.Fatalf("%s: %v", text, e)
		}
		for range 10 {
			f := Facts{
				Milestone: Milestone{Slip: r.IntN(30)},
				Program:   Program{Labels: map[string]string{"tier": fmt.Sprint(r.IntN(4))}},
				Policy:    Policy{Changed: r.IntN(2) == 0},
			}
			if r.IntN(2) == 0 {
				f.Budget = NewBudget(100, 95+r.Int64N(10), 2)
			}
			if r.IntN(2) == 0 {
				f.Headcount = NewHeadcount(5, 3+r.IntN(6))
			}
			if r.IntN(2) == 0 {
				f.FTE = NewFTE(5000, 3000+r.Int64N(6000))
			}
			got, err := c.Holds(f)
			if err != nil || got != want(f) {
				t.Fatalf("%s: %v, %v, want %v, of %+v", text, got, err, want(f), f)
			}
			seen[got]++
		}
	}
	for _, v := range []Verdict{No, Yes, Unknown} {
		if seen[v] < 200 {
			t.Errorf("%v only %d times: %v", v, seen[v], seen)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	c, e := Compile(`milestone.slip >= 3w && program.labels["tier"] in ["1", "2"] && budget.increase > 5%`)
	if e != nil {
		t.Fatal(e)
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for range 200 {
				f := change()
				f.Milestone.Slip = 20 + i%2
				if v, err := c.Holds(f); err != nil || (v == Yes) != (i%2 == 1) {
					t.Errorf("%d days: %v, %v", f.Milestone.Slip, v, err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// Whoever writes a policy learns the names from the schema.
func TestSchemaTellsTheNames(t *testing.T) {
	t.Parallel()
	text, _ := schema.Source("Portfolio")
	for _, name := range AllNames() {
		if !strings.Contains(string(text), name) {
			t.Errorf("the schema of Portfolio does not mention %s", name)
		}
	}
	if names := AllNames(); len(names) < 30 || !slices.Contains(names, "program.statusChanged") {
		t.Errorf("names are %v", names)
	}
	for _, operator := range append(slices.Clone(operators), "5%", "10d", "3w") {
		if !strings.Contains(string(text), operator) {
			t.Errorf("the schema of Portfolio does not mention %s", operator)
		}
	}
}

// Conditions see methods as names, and fields without a tag by their Go names.
func TestFactsArePlain(t *testing.T) {
	t.Parallel()
	facts := reflect.TypeFor[Facts]()
	for i := range facts.NumField() {
		of := facts.Field(i).Type
		if of.NumMethod()+facts.NumMethod() > 0 {
			t.Errorf("%v has methods", of)
		}
		for j := range of.NumField() {
			if f := of.Field(j); f.Tag.Get("expr") == "" {
				t.Errorf("%v.%s has no tag", of, f.Name)
			}
		}
	}
}
