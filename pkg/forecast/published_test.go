package forecast

import (
	"math"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// scale is how many days stand for a unit of what is published, so that whole days tell
// enough of its fractions.
const scale = 1000

// project is a program whose activities are written as id, O/M/P, and what it is after.
func project(activities ...string) *portfolio.Snapshot {
	p := &portfolio.Program{Status: portfolio.ProgramActive, Start: monday, Due: monday}
	p.Meta.Name = "p"
	known := map[string]*portfolio.Milestone{}
	for _, line := range activities {
		f := strings.Fields(line)
		m := &portfolio.Milestone{ID: f[0], Program: p, Due: monday, Status: portfolio.MilestonePlanned}
		var points []cal.WorkDuration
		for part := range strings.SplitSeq(f[1], "/") {
			points = append(points, days(part))
		}
		m.Estimate = estimate(points[0], points[1], points[2])
		for _, on := range f[2:] {
			m.DependsOn = append(m.DependsOn, portfolio.Dependency{Target: known[on], Type: portfolio.FinishToStart})
		}
		known[m.ID] = m
		p.Milestones = append(p.Milestones, m)
	}
	return &portfolio.Snapshot{Calendar: everyDay(), Programs: []*portfolio.Program{p}}
}

// days is a number with at most one decimal, to scale.
func days(text string) cal.WorkDuration {
	whole, tenth, _ := strings.Cut(text, ".")
	n := cal.WorkDuration(0)
	for _, digit := range whole {
		n = 10*n + cal.WorkDuration(digit-'0')
	}
	n *= scale
	for _, digit := range tenth {
		n += cal.WorkDuration(digit-'0') * scale / 10
	}
	return n
}

// length is in how many units a program of project ended.
func length(d cal.Date) float64 { return float64(d.Sub(monday)+1) / scale }

// statistics are mean and standard deviation of the lengths of a program.
func statistics(x *Outcome, trials int) (mean, sd float64) {
	for _, d := range x.Days {
		mean += length(d.Date) * float64(d.Trials) / float64(trials)
	}
	for _, d := range x.Days {
		sd += math.Pow(length(d.Date)-mean, 2) * float64(d.Trials) / float64(trials)
	}
	return mean, math.Sqrt(sd)
}

// by is the share of trials in which a program took no longer than so many units.
func by(x *Outcome, units float64, trials int) float64 {
	n := 0
	for _, d := range x.Days {
		if length(d.Date) <= units {
			n += d.Trials
		}
	}
	return float64(n) / float64(trials)
}

// What has a closed form, to four standard errors: of the mean, and of the share of
// trials below a percentile. Source: the order statistics of the triangular distribution
// from 2 by 4 to 9, and sums of constants.
func TestClosedForms(t *testing.T) {
	const n = 40_000
	for _, c := range []struct {
		name        string
		s           *portfolio.Snapshot
		mean        float64
		percentiles map[float64]float64
	}{
		{"one", project("a 2/4/9"), 5, map[float64]float64{0.1: 3.1832159566, 0.5: 4.8166998673, 0.8: 6.3542486889, 0.9: 7.1291306130}},
		{"five at once", project("a 2/4/9", "b 2/4/9", "c 2/4/9", "d 2/4/9", "e 2/4/9"), 6.814513, map[float64]float64{0.5: 6.8714487827, 0.9: 8.1457123919}},
		{"two in a row", project("a 2/4/9", "b 2/4/9 a"), 10, nil},
	} {
		x := run(t, c.s, monday, Options{Trials: n, Seed: DefaultSeed, Distribution: Triangular, Workers: 2}).Programs[0]
		mean, sd := statistics(x, n)
		if off := math.Abs(mean - c.mean); off > 4*sd/math.Sqrt(n)+1.0/scale {
			t.Errorf("%s: mean is %.4f, want %.4f", c.name, mean, c.mean)
		}
		for share, length := range c.percentiles {
			if got := by(x, length, n); math.Abs(got-share) > 4*math.Sqrt(share*(1-share)/n) {
				t.Errorf("%s: %.4f of trials are below P%.0f", c.name, got, 100*share)
			}
		}
	}
	x := run(t, project("a 3/3/3", "b 4/4/4 a", "c 5/5/5 b"), monday, Options{Trials: 100, Seed: DefaultSeed, Distribution: PERT}).Programs[0]
	if length(x.First) != 12 || length(x.Last) != 12 || length(x.P90) != 12 {
		t.Errorf("what does not vary takes %v to %v", length(x.First), length(x.Last))
	}
}

// Published three-point estimates. The beta distribution has the published means; its
// standard deviation is not exactly (P−O)/6, and in these is within a tenth of it.
// Sources: arikanatakan/pmcontrols, tests/validation_cases.json, and the University of
// North Carolina at Greensboro, SCM 304, unit 6.3.1.
func TestPublishedEstimates(t *testing.T) {
	const n = 20_000
	o := Options{Trials: n, Seed: DefaultSeed, Distribution: PERT, Workers: 2}
	for _, c := range []struct {
		mean, sd   float64
		activities []string
	}{
		{7, 1.8856, []string{"X 1/2/9", "Y 2/3/10 X"}},
		{8, math.Sqrt(1.78), []string{"A 6/7/14"}},
		{10, math.Sqrt(0.44), []string{"B 8/10/12"}},
		{3, math.Sqrt(0.11), []string{"C 2/3/4"}},
		{7, math.Sqrt(0.11), []string{"D 6/7/8"}},
		{6, math.Sqrt(0.44), []string{"E 5/5.5/9"}},
		{7, math.Sqrt(0.44), []string{"F 5/7/9"}},
		{6, math.Sqrt(0.44), []string{"G 4/6/8"}},
		{3, math.Sqrt(0.03), []string{"H 2.5/3/3.5"}},
		{23, 1.666667, []string{"A 6/7/14", "C 2/3/4 A", "E 5/5.5/9 C", "G 4/6/8 E"}},
	} {
		x := run(t, project(c.activities...), monday, o).Programs[0]
		mean, sd := statistics(x, n)
		if math.Abs(mean-c.mean) > 4*sd/math.Sqrt(n)+1.0/scale {
			t.Errorf("%s: mean is %.4f, want %.4f", c.activities, mean, c.mean)
		}
		if math.Abs(sd/c.sd-1) > 0.15 {
			t.Errorf("%s: standard deviation is %.4f, published %.4f", c.activities, sd, c.sd)
		}
	}

	// The whole network: its critical path is that which is critical most often, and
	// where paths meet the program ends no sooner than the longest of the means.
	f := run(t, project("A 6/7/14", "B 8/10/12", "C 2/3/4 A", "D 6/7/8 A", "E 5/5.5/9 B C", "F 5/7/9 B C", "G 4/6/8 D E", "H 2.5/3/3.5 F"), monday, o)
	least, most := n, 0
	for _, x := range f.Milestones {
		if strings.Contains("ACEG", x.Milestone.ID) {
			least = min(least, x.Critical)
		} else {
			most = max(most, x.Critical)
		}
	}
	mean, _ := statistics(f.Programs[0], n)
	if least <= most || mean < 23 || mean > 24 {
		t.Errorf("%d and %d are critical, mean is %.3f", least, most, mean)
	}
}

// Ten times the trials, a third of the error: by theory 3.16.
func TestConvergence(t *testing.T) {
	errorOf := func(n int) float64 {
		sum, seeds := 0.0, 60
		for seed := range seeds {
			mean, _ := statistics(run(t, project("a 2/4/9"), monday, Options{Trials: n, Seed: uint64(seed), Distribution: Triangular}).Programs[0], n)
			sum += (mean - 5) * (mean - 5)
		}
		return math.Sqrt(sum / float64(seeds))
	}
	if ratio := errorOf(200) / errorOf(2000); ratio < 2 || ratio > 4.5 {
		t.Errorf("the error falls to 1/%.2f", ratio)
	}
}
