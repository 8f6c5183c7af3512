package forecast

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/schedule"
)

var monday = cal.MustDate("2026-03-02")

// everyDay is a calendar on which all days are worked, but for holidays.
func everyDay(holidays ...cal.Date) *cal.WorkCalendar {
	return cal.NewWorkCalendar(0b1111111, holidays)
}

func run(t interface{ Fatal(...any) }, s *portfolio.Snapshot, asOf cal.Date, o Options) *Forecast {
	f, err := Run(context.Background(), schedule.New(s, asOf), o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// draw makes a portfolio of a few programs whose milestones depend on earlier ones.
func draw(t *rapid.T) *portfolio.Snapshot {
	day := rapid.Custom(func(t *rapid.T) cal.Date { return monday.Add(cal.Days(rapid.IntRange(0, 60).Draw(t, "day"))) })
	size := rapid.Custom(func(t *rapid.T) cal.WorkDuration { return cal.WorkDuration(rapid.IntRange(0, 12).Draw(t, "size")) })
	s := &portfolio.Snapshot{Calendar: cal.NewWorkCalendar(rapid.SampledFrom([]cal.Workweek{0, 0b1111111}).Draw(t, "week"), []cal.Date{cal.MustDate("2026-04-03")})}
	for i := range rapid.IntRange(1, 3).Draw(t, "programs") {
		p := &portfolio.Program{Status: portfolio.ProgramActive, Start: day.Draw(t, "start"), Due: day.Draw(t, "due")}
		p.Meta.Name = fmt.Sprintf("p%d", i)
		s.Programs = append(s.Programs, p)
	}
	var earlier []*portfolio.Milestone
	for i := range rapid.IntRange(1, 9).Draw(t, "milestones") {
		p := rapid.SampledFrom(s.Programs).Draw(t, "program")
		m := &portfolio.Milestone{ID: fmt.Sprint(i), Program: p, Due: day.Draw(t, "due"), Status: portfolio.MilestonePlanned}
		switch rapid.IntRange(0, 5).Draw(t, "state") {
		case 0:
			m.Status, m.Completed = portfolio.MilestoneDone, day.Draw(t, "completed")
		case 1:
			m.PercentComplete = new(portfolio.Percent(rapid.IntRange(0, int(portfolio.Whole)).Draw(t, "percent")))
		}
		if rapid.IntRange(0, 2).Draw(t, "estimated") > 0 { // not always in order
			m.Estimate = estimate(size.Draw(t, "o"), size.Draw(t, "m"), size.Draw(t, "p"))
		}
		if rapid.Bool().Draw(t, "stated") {
			m.Duration = new(size.Draw(t, "duration"))
		}
		for range rapid.IntRange(0, 3).Draw(t, "links") {
			d := portfolio.Dependency{Type: rapid.SampledFrom([]portfolio.DependencyType{"FS", "FS", "SS", "FF", "SF"}).Draw(t, "type")}
			if rapid.Bool().Draw(t, "lagged") {
				d.Lag = cal.WorkDuration(rapid.IntRange(-3, 3).Draw(t, "lag"))
			}
			if len(earlier) > 0 {
				d.Target = rapid.SampledFrom(earlier).Draw(t, "on")
			}
			m.DependsOn = append(m.DependsOn, d)
		}
		earlier = append(earlier, m)
		p.Milestones = append(p.Milestones, m)
	}
	return s
}

// trial is what one trial comes to, told one by one: the day of each milestone, and
// whether it is critical.
func trial(n *schedule.Network, c *cal.WorkCalendar, o Options, t int) (days map[string]cal.Date, critical map[string]bool) {
	g := n.Graph()
	durations, early, late, ends := g.Durations(), g.Moments(), g.Moments(), make([]schedule.Ticks, g.Programs())
	whole := rand.NewPCG(o.Seed, uint64(t))
	high, low := whole.Uint64(), whole.Uint64()
	for i := range g.Len() {
		m := n.Milestone(i)
		e := m.Estimate
		if !m.Open() || e == nil || e.Optimistic > e.Likely || e.Likely > e.Pessimistic {
			continue
		}
		s := newSpread(e, o.Distribution, 1)
		left := 1.0
		if m.PercentComplete != nil {
			left = 1 - float64(*m.PercentComplete)/float64(portfolio.Whole)
		}
		durations[i] = schedule.Ticks(s.draw(rand.New(rand.NewPCG(high^keyOf(m.Ref()), low)))*left*float64(schedule.PerDay) + 0.5)
	}
	g.Forward(durations, early)
	g.Ends(early, ends)
	g.Backward(durations, ends, late)
	days, critical = map[string]cal.Date{}, map[string]bool{}
	starts := map[string]cal.Date{}
	for i := range g.Len() {
		m := n.Milestone(i)
		start, finish := c.AddWorkdays(c.NextWorkday(cal.MinDate), early[2*i].Days()), n.Day(i, early[2*i+1])
		for _, d := range m.DependsOn {
			if d.Target == nil || d.Lag != 0 || !m.Open() {
				continue
			}
			switch on := d.Target.Ref(); d.Type {
			case "FS":
				start = max(start, days[on])
			case "SS":
				start = max(start, starts[on])
			case "FF":
				finish = max(finish, days[on])
			case "SF":
				finish = max(finish, starts[on])
			}
		}
		if durations[i] == 0 {
			start = max(start, finish)
			finish = start
		}
		starts[m.Ref()], days[m.Ref()] = start, finish
		critical[m.Ref()] = schedule.Critical(early, late, i)
	}
	return days, critical
}

// figures spell an outcome.
func figures(p50, p80, p90 cal.Date, met, critical int) string {
	return fmt.Sprintf("%s %s %s met %d critical %d", p50, p80, p90, met, critical)
}

// Tallies come to what sorting all trials does.
func TestAgainstAllTrials(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		o := Options{Trials: rapid.IntRange(1, 30).Draw(t, "trials"), Seed: rapid.Uint64().Draw(t, "seed"), Workers: rapid.IntRange(0, 4).Draw(t, "workers")}
		o.Distribution = rapid.SampledFrom(Distributions()).Draw(t, "distribution")
		n := schedule.New(s, monday.Add(cal.Days(rapid.IntRange(0, 40).Draw(t, "as of"))))
		f, err := Run(context.Background(), n, o)
		if err != nil {
			t.Fatal(err)
		}
		finishes, critical, ends := map[string][]cal.Date{}, map[string]int{}, map[string][]cal.Date{}
		for k := range o.Trials {
			days, decides := trial(n, s.Calendar, o, k)
			last := map[string]cal.Date{}
			for _, p := range s.Programs {
				for _, m := range p.Milestones {
					last[p.Meta.Name] = max(last[p.Meta.Name], days[m.Ref()])
					finishes[m.Ref()] = append(finishes[m.Ref()], days[m.Ref()])
					if decides[m.Ref()] {
						critical[m.Ref()]++
					}
				}
			}
			for name, day := range last {
				ends[name] = append(ends[name], day)
			}
		}
		expect := func(list []cal.Date, due cal.Date, critical int) string {
			slices.Sort(list)
			rank := func(percent int) cal.Date { return list[(percent*len(list)+99)/100-1] }
			met := 0
			for _, d := range list {
				if d <= due {
					met++
				}
			}
			return figures(rank(50), rank(80), rank(90), met, critical)
		}
		for _, x := range f.Milestones {
			ref := x.Milestone.Ref()
			if diff := cmp.Diff(expect(finishes[ref], x.Due, critical[ref]), figures(x.P50, x.P80, x.P90, x.Met, x.Critical)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", ref, diff)
			}
		}
		for _, x := range f.Programs {
			name, total := x.Program.Meta.Name, 0
			if diff := cmp.Diff(expect(ends[name], x.Due, 0), figures(x.P50, x.P80, x.P90, x.Met, 0)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", name, diff)
			}
			for _, d := range x.Days {
				total += d.Trials
			}
			if total != o.Trials || x.Days[0].Date != x.First || x.Days[len(x.Days)-1].Date != x.Last {
				t.Fatalf("%s: %d trials, %v", name, total, x.Days)
			}
		}
	})
}

// Neither the number of workers nor what else there is, nor in which order it is
// written, changes what is drawn for a milestone.
func TestSameBytes(t *testing.T) {
	o := Options{Trials: 500, Seed: 7, Distribution: PERT, Workers: 1}
	outcomes := func(s *portfolio.Snapshot, o Options) (list []string) {
		for _, x := range run(t, s, monday, o).Milestones {
			if x.Program.Meta.Name == "p000" {
				list = append(list, x.Milestone.ID+" "+figures(x.P50, x.P80, x.P90, x.Met, 0))
			}
		}
		return list
	}
	want := outcomes(large(100), o)
	if len(want) != 100 {
		t.Fatalf("%d outcomes", len(want))
	}
	for _, workers := range []int{0, 2, 3, 16, 1000} {
		o := o
		o.Workers = workers
		if diff := cmp.Diff(want, outcomes(large(100), o)); diff != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, diff)
		}
	}
	if diff := cmp.Diff(want, outcomes(large(300), o)); diff != "" {
		t.Errorf("with other programs (-want +got):\n%s", diff)
	}
	reversed := large(100)
	slices.Reverse(reversed.Programs[0].Milestones)
	if diff := cmp.Diff(want, outcomes(reversed, o)); diff != "" {
		t.Errorf("in another order (-want +got):\n%s", diff)
	}
	o.Seed++
	if cmp.Diff(want, outcomes(large(100), o)) == "" {
		t.Error("another seed draws the same")
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, schedule.New(large(10), monday), Options{Trials: 10}); !errors.Is(err, context.Canceled) {
		t.Errorf("ends with %v", err)
	}
}

func TestNothing(t *testing.T) {
	f := run(t, &portfolio.Snapshot{Calendar: everyDay()}, monday, Options{Trials: 3})
	if len(f.Milestones)+len(f.Programs) > 0 {
		t.Errorf("%v", f)
	}
}

// Without estimates all trials are the network.
func TestWithoutEstimates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		for _, p := range s.Programs {
			for _, m := range p.Milestones {
				m.Estimate = nil
			}
		}
		a := schedule.New(s, monday).Analyse()
		for _, x := range run(t, s, monday, Options{Trials: 2}).Milestones {
			want := a.Activity(x.Milestone.Ref())
			if x.P50 != want.Finish || x.P90 != want.Finish || (x.Critical == 2) != want.Critical || x.Critical == 1 || x.Varies() {
				t.Fatalf("%s: %s, want %s, critical %t", x.Milestone.Ref(), figures(x.P50, x.P80, x.P90, x.Met, x.Critical), want.Finish, want.Critical)
			}
		}
	})
}
