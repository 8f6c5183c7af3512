package schedule

import (
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// offset spells a length in working days.
func offset(t Ticks) string { return big.NewRat(int64(t), int64(PerDay)).RatString() }

var (
	firstDay = cal.MustDate("2026-01-05") // of all that is drawn
	allLinks = []portfolio.DependencyType{
		portfolio.FinishToStart, portfolio.StartToStart, portfolio.FinishToFinish, portfolio.StartToFinish,
	}
)

// draw makes a portfolio of a few programs whose milestones depend on earlier ones
// only, by links of some types.
func draw(t *rapid.T, types []portfolio.DependencyType) *portfolio.Snapshot {
	day := rapid.Custom(func(t *rapid.T) cal.Date { return firstDay.Add(cal.Days(rapid.IntRange(0, 60).Draw(t, "day"))) })
	span := rapid.Custom(func(t *rapid.T) *cal.WorkDuration {
		return new(cal.WorkDuration(rapid.IntRange(0, 12).Draw(t, "span")))
	})
	s := &portfolio.Snapshot{Calendar: cal.NewWorkCalendar(
		cal.Workweek(rapid.SampledFrom([]int{0, 0b0111110, 0b1011111, 0b0010000}).Draw(t, "week")),
		rapid.SliceOfN(day, 0, 8).Draw(t, "holidays"))}
	for i := range rapid.IntRange(1, 3).Draw(t, "programs") {
		p := &portfolio.Program{
			Status: rapid.SampledFrom([]portfolio.ProgramStatus{"active", "active", "active", "approved", "paused"}).Draw(t, "of"), Start: day.Draw(t, "start"),
		}
		p.Meta.Name = fmt.Sprintf("p%d", i)
		s.Programs = append(s.Programs, p)
	}
	var earlier []*portfolio.Milestone
	for i := range rapid.IntRange(1, 9).Draw(t, "milestones") {
		p := rapid.SampledFrom(s.Programs).Draw(t, "program")
		m := &portfolio.Milestone{ID: fmt.Sprint(i), Program: p, Due: day.Draw(t, "due"), Status: portfolio.MilestonePlanned}
		switch rapid.IntRange(0, 7).Draw(t, "state") {
		case 0:
			m.Status, m.Completed = portfolio.MilestoneDone, day.Draw(t, "completed")
		case 1:
			m.Status = portfolio.MilestoneCancelled
		case 2:
			m.PercentComplete = new(portfolio.Percent(rapid.IntRange(0, int(portfolio.Whole)).Draw(t, "percent")))
		case 3:
			m.Forecast = day.Draw(t, "forecast")
		}
		switch rapid.IntRange(0, 4).Draw(t, "size") {
		case 0, 1:
			m.Duration = span.Draw(t, "duration")
		case 2:
			m.Estimate = &portfolio.Estimate{Optimistic: *span.Draw(t, "o"), Likely: *span.Draw(t, "m"), Pessimistic: *span.Draw(t, "p")}
		case 3:
			m.Start = min(m.Due, day.Draw(t, "from"))
		}
		for range rapid.IntRange(0, 3).Draw(t, "links") {
			d := portfolio.Dependency{Type: rapid.SampledFrom(types).Draw(t, "type")}
			if rapid.Bool().Draw(t, "lagged") {
				d.Lag = cal.WorkDuration(rapid.IntRange(-6, 6).Draw(t, "lag"))
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

func TestAgainstRecursion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t, allLinks)
		asOf := firstDay.Add(cal.Days(rapid.IntRange(0, 70).Draw(t, "as of")))
		o := newOracle(s, asOf, true)
		want := map[string]string{}
		for _, p := range s.Programs {
			for _, m := range p.Milestones {
				if p.Status.Committed() && m.Status != portfolio.MilestoneCancelled {
					_, finish := o.span(m)
					want[m.Ref()] = finish.day.String()
				}
			}
		}
		if diff := cmp.Diff(want, expectations(s, asOf.String())); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		for _, p := range s.Programs { // nor does the order of the file matter
			rand.New(rand.NewSource(1)).Shuffle(len(p.Milestones), func(i, j int) {
				p.Milestones[i], p.Milestones[j] = p.Milestones[j], p.Milestones[i]
			})
		}
		slices.Reverse(s.Programs)
		if diff := cmp.Diff(want, expectations(s, asOf.String())); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	})
}

// moves moves the due date of some milestone and wants no expected finish to become
// earlier, and none to change but its own and those of its successors.
func moves(t *rapid.T, s *portfolio.Snapshot, movable func(*portfolio.Milestone) bool) {
	var list []*portfolio.Milestone
	for _, p := range s.Programs {
		list = append(list, slices.DeleteFunc(slices.Clone(p.Milestones), func(m *portfolio.Milestone) bool { return !movable(m) })...)
	}
	if len(list) == 0 {
		return
	}
	asOf := firstDay.Add(cal.Days(rapid.IntRange(0, 70).Draw(t, "as of"))).String()
	before := expectations(s, asOf)
	moved := rapid.SampledFrom(list).Draw(t, "moved")
	network := New(s, cal.MustDate(asOf))
	touched := append(successors(network, moved.Ref()), moved.Ref())
	moved.Due = moved.Due.Add(cal.Days(rapid.IntRange(1, 40).Draw(t, "by")))
	for ref, date := range expectations(s, asOf) {
		if date < before[ref] {
			t.Fatalf("%s moves from %s to %s when %s is due later", ref, before[ref], date, moved.Ref())
		}
		if date != before[ref] && !slices.Contains(touched, ref) {
			t.Fatalf("%s moves from %s to %s, but does not wait for %s", ref, before[ref], date, moved.Ref())
		}
	}
	var want []Shift // by making the network anew
	for ref, date := range expectations(s, asOf) {
		if date != before[ref] && ref != moved.Ref() {
			want = append(want, Shift{ref, cal.MustDate(date).Sub(cal.MustDate(before[ref]))})
		}
	}
	slices.SortFunc(want, func(a, b Shift) int { return strings.Compare(a.Ref, b.Ref) })
	if diff := cmp.Diff(want, network.Shifts(moved)); diff != "" {
		t.Fatalf("shifts by %s (-anew +shifts):\n%s", moved.Ref(), diff)
	}
}

// A later due makes nothing earlier. Where it also makes work longer, which is then
// not interrupted, that work may have to start earlier to end when it must; so what
// is bound to its start may move forward, and is left out here.
func TestLaterDue(t *testing.T) {
	t.Run("all links", rapid.MakeCheck(func(t *rapid.T) {
		moves(t, draw(t, allLinks), func(m *portfolio.Milestone) bool {
			return m.Start.IsZero() || m.Duration != nil || m.Estimate != nil
		})
	}))
	t.Run("links from finishes", rapid.MakeCheck(func(t *rapid.T) {
		s := draw(t, []portfolio.DependencyType{portfolio.FinishToStart, portfolio.FinishToFinish})
		moves(t, s, func(*portfolio.Milestone) bool { return true })
	}))
}
