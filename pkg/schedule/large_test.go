package schedule

import (
	"fmt"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// large is a portfolio of n milestones in programs of a hundred, each after the two
// before it, written last first.
func large(n int) *portfolio.Snapshot {
	s := &portfolio.Snapshot{Calendar: cal.NewWorkCalendar(0, []cal.Date{cal.MustDate("2026-04-03"), cal.MustDate("2026-04-06")})}
	day := cal.WorkDuration(1)
	all := make([]*portfolio.Milestone, n)
	for i := range n {
		if i%100 == 0 {
			p := &portfolio.Program{Status: portfolio.ProgramActive, Start: cal.MustDate("2026-03-02")}
			p.Meta.Name = fmt.Sprintf("p%d", i/100)
			s.Programs = append(s.Programs, p)
		}
		p := s.Programs[i/100]
		all[i] = &portfolio.Milestone{ID: fmt.Sprint(i % 100), Program: p, Due: cal.MustDate("2026-03-02"), Duration: &day}
		p.Milestones = append(p.Milestones, all[i])
	}
	for i, m := range all {
		for _, d := range all[i+1 : min(i+3, n)] {
			m.DependsOn = append(m.DependsOn, portfolio.Dependency{Target: d, Type: portfolio.FinishToStart})
		}
	}
	return s
}

// A chain may be as long as it likes.
func TestLongChain(t *testing.T) {
	n := New(large(20_000), cal.MustDate("2026-03-02"))
	// 20,000 days of work from 2026-03-02 are 4,000 weeks and two holidays.
	want := cal.MustDate("2026-03-02").Add(4000*7 + 1)
	if got, _ := n.Expected("p0/0"); got != want {
		t.Errorf("the last is expected on %s, want %s", got, want)
	}
	if got := len(successors(n, "p199/99")); got != 19_999 {
		t.Errorf("%d wait for the first, want 19999", got)
	}
}

func BenchmarkNew(b *testing.B) {
	for _, size := range []int{2_000, 20_000, 200_000} {
		s := large(size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				New(s, cal.MustDate("2026-03-02"))
			}
		})
	}
}

// A pass of a simulation: early and late moments with given durations.
func BenchmarkPass(b *testing.B) {
	for _, size := range []int{2_000, 20_000, 200_000} {
		g := New(large(size), cal.MustDate("2026-03-02")).Graph()
		durations, early, late, ends := g.Durations(), g.Moments(), g.Moments(), make([]Ticks, g.Programs())
		b.Run(fmt.Sprint("forward/", size), func(b *testing.B) {
			for b.Loop() {
				g.Forward(durations, early)
				g.Ends(early, ends)
			}
		})
		b.Run(fmt.Sprint("both/", size), func(b *testing.B) {
			for b.Loop() {
				g.Forward(durations, early)
				g.Ends(early, ends)
				g.Backward(durations, ends, late)
			}
		})
	}
}

func BenchmarkAnalyse(b *testing.B) {
	for _, size := range []int{2_000, 20_000, 200_000} {
		n := New(large(size), cal.MustDate("2026-03-02"))
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				n.Analyse()
			}
		})
	}
}
