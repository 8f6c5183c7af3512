package forecast

import (
	"context"
	"fmt"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/schedule"
)

// large is a portfolio of n milestones with estimates, in programs of a hundred, each
// after the two before it in its program, the first after one of the program before.
func large(n int) *portfolio.Snapshot {
	s := &portfolio.Snapshot{Calendar: cal.NewWorkCalendar(0, []cal.Date{cal.MustDate("2026-04-03"), cal.MustDate("2026-04-06")})}
	all := make([]*portfolio.Milestone, n)
	for i := range n {
		if i%100 == 0 {
			p := &portfolio.Program{Status: portfolio.ProgramActive, Start: cal.MustDate("2026-03-02"), Due: cal.MustDate("2027-03-01")}
			p.Meta.Name = fmt.Sprintf("p%03d", i/100)
			s.Programs = append(s.Programs, p)
		}
		p := s.Programs[i/100]
		all[i] = &portfolio.Milestone{ID: fmt.Sprint(i % 100), Program: p, Due: cal.MustDate("2026-06-01")}
		all[i].Estimate = &portfolio.Estimate{Optimistic: 2, Likely: 4, Pessimistic: 9}
		p.Milestones = append(p.Milestones, all[i])
		for back := 1; back <= 2 && i%100 >= back; back++ {
			all[i].DependsOn = append(all[i].DependsOn, portfolio.Dependency{Target: all[i-back], Type: portfolio.FinishToStart})
		}
		if i%100 == 0 && i > 0 {
			all[i].DependsOn = append(all[i].DependsOn, portfolio.Dependency{Target: all[i-90], Type: portfolio.FinishToStart})
		}
	}
	return s
}

func BenchmarkRun(b *testing.B) {
	for _, size := range []int{200, 2_000, 20_000} {
		n := schedule.New(large(size), cal.MustDate("2026-03-02"))
		for _, workers := range []int{1, 2, 4} {
			b.Run(fmt.Sprintf("%d/workers-%d", size, workers), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Run(context.Background(), n, Options{Trials: DefaultTrials, Seed: DefaultSeed, Distribution: PERT, Workers: workers}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, d := range Distributions() {
		s := newSpread(&portfolio.Estimate{Optimistic: 2, Likely: 4, Pessimistic: 9}, d, 1)
		r := generator(1)
		b.Run(string(d), func(b *testing.B) {
			for b.Loop() {
				s.draw(r)
			}
		})
	}
}
