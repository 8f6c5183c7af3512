// Package forecast knows what estimates of durations make of dates: it runs the network
// of milestones many times, each with other durations, and tells on which day something
// is finished with which chance, and how often it decides when its program ends. It must
// not know documents, git or history, nor in which formats its results are shown.
package forecast

import (
	"context"
	"slices"
	"sort"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/schedule"
)

// The defaults, and how many trials there may be.
const (
	DefaultTrials = 10_000
	DefaultSeed   = 1
	MaxTrials     = 1_000_000
)

// Options say how to simulate.
type Options struct {
	// Trials is at least 1.
	Trials int
	// Seed gives the same results each time, whatever the number of workers.
	Seed         uint64
	Distribution Distribution
	// Workers is how many trials are made at a time; below 1 is 1.
	Workers int
}

// Forecast is what all trials came to.
type Forecast struct {
	Options
	Milestones []*Outcome // of what is in the network, sorted by program and id
	Programs   []*Outcome // of those that have milestones, sorted by name
	// Circular lists the milestones that have no dates because they depend on each other
	// in a circle, or wait for such, sorted by name.
	Circular []*portfolio.Milestone
}

// Outcome is what trials came to for a milestone, or for a program.
type Outcome struct {
	Milestone *portfolio.Milestone // nil where it is of the program
	Program   *portfolio.Program
	Due       cal.Date
	// P50, P80 and P90 are the first days by which so many percent of trials had
	// finished it (nearest rank).
	P50, P80, P90 cal.Date
	// Met is in how many trials it finished no later than it is due.
	Met int
	// Critical is in how many trials a milestone had no float. Of a program it is 0.
	Critical int
	// First and Last are the earliest and the latest day on which it finished.
	First, Last cal.Date
	// Days are those on which a program ended in some trial, in order; of a milestone
	// they are not kept.
	Days []Day
}

// Day is a day on which a program ended in some trials.
type Day struct {
	Date   cal.Date
	Trials int
}

// Open reports whether something remains to be done.
func (o *Outcome) Open() bool {
	if o.Milestone != nil {
		return o.Milestone.Open()
	}
	return slices.ContainsFunc(o.Program.Milestones, (*portfolio.Milestone).Open)
}

// Estimated reports whether the duration of a milestone is drawn: it is open, and its
// estimate is in order. An estimate of three equal durations counts; a program does not.
func (o *Outcome) Estimated() bool {
	return o.Milestone != nil && o.Open() && drawable(o.Milestone.Estimate)
}

// Varies reports whether it did not finish on the same day in all trials.
func (o *Outcome) Varies() bool { return o.First != o.Last }

// Run simulates a network: in each trial the duration of what is open and has an
// estimate is drawn from it, even where a duration is stated too, and of that what
// remains is taken. What has no estimate takes what it takes in the network. It fails
// only where the context ends. Time is that of trials times activities and links.
func Run(ctx context.Context, n *schedule.Network, o Options) (*Forecast, error) {
	a := n.Analyse()
	places := make(map[*portfolio.Program]int, len(a.Programs))
	f := &Forecast{Options: o, Circular: a.Circular}
	for i, p := range a.Programs {
		places[p.Program] = i
		f.Programs = append(f.Programs, &Outcome{Program: p.Program, Due: p.Program.Due})
	}
	s := newSimulation(n, places, o)
	c, err := s.run(ctx)
	if err != nil {
		return nil, err
	}
	floors := s.floors(n)
	least, open := make([]cal.Date, len(f.Programs)), make([]func(schedule.Ticks) cal.Date, len(f.Programs))
	for i := range c.finishes {
		m := n.Milestone(i)
		x := &Outcome{Milestone: m, Program: m.Program, Due: m.Due, Critical: c.critical[i]}
		date := func(day schedule.Ticks) cal.Date { return max(floors[i], n.Day(i, day)) }
		x.fill(&c.finishes[i], o.Trials, date)
		f.Milestones = append(f.Milestones, x)
		p := s.programs[i]
		least[p] = max(least[p], floors[i])
		if m.Open() {
			open[p] = date
		}
	}
	for p, x := range f.Programs {
		date := func(day schedule.Ticks) cal.Date {
			if open[p] == nil {
				return least[p]
			}
			return max(least[p], open[p](day))
		}
		x.fill(&c.ends[p], o.Trials, date)
		x.Days = c.ends[p].days(date)
	}
	slices.SortFunc(f.Milestones, byName)
	slices.SortFunc(f.Programs, byProgram)
	return f, nil
}

// fill makes dates of working days. A later one is no earlier date.
func (o *Outcome) fill(t *tally, trials int, date func(schedule.Ticks) cal.Date) {
	first, last := t.percentile(0, trials), t.percentile(100, trials)
	o.First, o.Last = date(first), date(last)
	o.P50, o.P80, o.P90 = date(t.percentile(50, trials)), date(t.percentile(80, trials)), date(t.percentile(90, trials))
	kept := sort.Search(len(t.counts), func(k int) bool { return date(t.day(k)).After(o.Due) })
	for _, count := range t.counts[:kept] {
		o.Met += int(count)
	}
}
