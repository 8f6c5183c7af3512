package forecast

import (
	"context"
	"hash/fnv"
	"math/rand/v2"
	"sync"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/schedule"
)

// varying is an activity whose duration is drawn.
type varying struct {
	spread
	place int
	key   uint64
}

// simulation is what all workers read, and none changes.
type simulation struct {
	Options
	graph    *schedule.Graph
	base     []schedule.Ticks // durations of what does not vary
	varying  []varying
	programs []int // by activity, the place of its program
}

func newSimulation(n *schedule.Network, programs map[*portfolio.Program]int, o Options) *simulation {
	g := n.Graph()
	s := &simulation{Options: o, graph: g, base: g.Durations(), programs: make([]int, g.Len())}
	for i := range s.base {
		m := n.Milestone(i)
		s.programs[i] = programs[m.Program]
		if !m.Open() || !drawable(m.Estimate) {
			continue
		}
		unit := float64(schedule.PerDay)
		if m.PercentComplete != nil {
			unit *= float64(portfolio.Whole-*m.PercentComplete) / float64(portfolio.Whole)
		}
		v := varying{newSpread(m.Estimate, o.Distribution, unit), i, keyOf(m.Ref())}
		if v.width == 0 {
			s.base[i] = round(v.low)
			continue
		}
		s.varying = append(s.varying, v)
	}
	return s
}

// keyOf tells the numbers that are drawn for one milestone from those of all others.
func keyOf(ref string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(ref))
	return h.Sum64()
}

func round(ticks float64) schedule.Ticks { return schedule.Ticks(ticks + 0.5) }

// counts is what some of the trials came to.
type counts struct {
	finishes []tally // by activity
	critical []int
	ends     []tally // by program
}

// run makes all trials. It fails where the context ends before they do.
func (s *simulation) run(ctx context.Context) (*counts, error) {
	workers := max(1, min(s.Workers, s.Trials))
	parts := make([]*counts, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { parts[w] = s.trials(ctx, w, workers) })
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	all := parts[0]
	for _, part := range parts[1:] {
		for i := range all.finishes {
			all.finishes[i].join(&part.finishes[i])
			all.critical[i] += part.critical[i]
		}
		for p := range all.ends {
			all.ends[p].join(&part.ends[p])
		}
	}
	return all, nil
}

// seeds are those of a trial, by its own generator.
func seeds(trial *rand.PCG, seed uint64, t int) (high, low uint64) {
	trial.Seed(seed, uint64(t))
	return trial.Uint64(), trial.Uint64()
}

// trials makes every trial of a step, from a first one on. What is drawn hangs on
// seed, trial and milestone alone, neither on who draws it nor on what else there is:
// two versions of a portfolio then differ by what differs in them.
func (s *simulation) trials(ctx context.Context, first, step int) *counts {
	g := s.graph
	c := &counts{make([]tally, g.Len()), make([]int, g.Len()), make([]tally, g.Programs())}
	durations := append([]schedule.Ticks(nil), s.base...)
	early, late, ends := g.Moments(), g.Moments(), make([]schedule.Ticks, g.Programs())
	var trial, one rand.PCG
	r := rand.New(&one)
	for t := first; t < s.Trials && ctx.Err() == nil; t += step {
		high, low := seeds(&trial, s.Seed, t)
		for k := range s.varying {
			v := &s.varying[k]
			one.Seed(high^v.key, low)
			durations[v.place] = round(v.draw(r))
		}
		g.Forward(durations, early)
		g.Ends(early, ends)
		g.Backward(durations, ends, late)
		for i := range c.finishes {
			c.finishes[i].add(early[2*i+1])
			if schedule.Critical(early, late, i) {
				c.critical[i]++
			}
		}
		for p := range ends {
			c.ends[p].add(ends[p])
		}
	}
	return c
}
