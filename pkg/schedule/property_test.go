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
func offset(t ticks) string { return big.NewRat(int64(t), int64(perDay)).RatString() }

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

// moment is the end of a calendar day, or a moment within a working day.
type moment struct {
	at  *big.Rat // working days that have passed
	day cal.Date // the last day that has begun by then
}

func later(a, b moment) moment {
	if order := a.at.Cmp(b.at); order > 0 || order == 0 && a.day >= b.day {
		return a
	}
	return b
}

// oracle computes expected finishes by recursion, from the calendar's days one by
// one, and keeps the calendar day of every moment.
type oracle struct {
	asOf cal.Date
	work []cal.Date // all working days
	memo map[*portfolio.Milestone][2]moment
}

func newOracle(s *portfolio.Snapshot, asOf cal.Date) *oracle {
	o := &oracle{asOf: asOf, memo: map[*portfolio.Milestone][2]moment{}}
	for d := firstDay - 2000; d < firstDay+6000; d++ {
		if s.Calendar.IsWorkday(d) {
			o.work = append(o.work, d)
		}
	}
	return o
}

func (o *oracle) endOf(d cal.Date) moment {
	n, _ := slices.BinarySearch(o.work, d+1)
	return moment{big.NewRat(int64(n), 1), d}
}

// startOf is the moment when a day begins: the end of the working day before.
func (o *oracle) startOf(d cal.Date) moment {
	n, _ := slices.BinarySearch(o.work, d)
	return moment{big.NewRat(int64(n), 1), o.work[n-1]}
}

func (o *oracle) plus(m moment, days *big.Rat) moment {
	if days.Sign() == 0 {
		return m
	}
	at := new(big.Rat).Add(m.at, days)
	up := new(big.Int).Add(at.Num(), new(big.Int).Sub(at.Denom(), big.NewInt(1)))
	return moment{at, o.work[up.Div(up, at.Denom()).Int64()-1]}
}

// duration is of a milestone without regard to what is done of it; nil for an event.
func (o *oracle) duration(m *portfolio.Milestone) *big.Rat {
	switch {
	case m.Duration != nil:
		return big.NewRat(int64(*m.Duration), 1)
	case m.Estimate != nil:
		return big.NewRat(int64(m.Estimate.Optimistic+4*m.Estimate.Likely+m.Estimate.Pessimistic), 6)
	case !m.Start.IsZero():
		n := int64(0)
		for _, d := range o.work {
			if m.Start <= d && d <= m.Due {
				n++
			}
		}
		return big.NewRat(n, 1)
	}
	return nil
}

func (o *oracle) span(m *portfolio.Milestone) (start, finish moment) {
	if known, ok := o.memo[m]; ok {
		return known[0], known[1]
	}
	defer func() { o.memo[m] = [2]moment{start, finish} }()
	zero := o.startOf(m.Program.Start)
	duration := o.duration(m)
	event := duration == nil
	if event {
		duration = new(big.Rat)
	}
	if m.Status == portfolio.MilestoneDone {
		finish = o.endOf(m.Completed)
		start = o.plus(finish, new(big.Rat).Neg(duration))
		if zero.at.Cmp(start.at) > 0 && duration.Sign() > 0 {
			start = zero
		}
		if start.at.Cmp(finish.at) > 0 {
			start = o.startOf(m.Completed + 1)
		}
		return start, finish
	}
	if m.PercentComplete != nil {
		duration.Mul(duration, big.NewRat(int64(portfolio.Whole-*m.PercentComplete), int64(portfolio.Whole)))
	}
	own := m.Due
	if m.Forecast > own {
		own = m.Forecast
	}
	if own < o.asOf {
		own = o.asOf
	}
	ends, begins := []moment{o.endOf(own)}, []moment{}
	if !event {
		begins = append(begins, zero, o.startOf(o.asOf))
	}
	for _, d := range m.DependsOn {
		on := d.Target
		if on == nil || on.Status == portfolio.MilestoneCancelled || !on.Program.Status.Committed() {
			continue
		}
		from, to := o.span(on)
		if d.Type == portfolio.FinishToStart || d.Type == portfolio.FinishToFinish {
			from = to
		}
		from = o.plus(from, big.NewRat(int64(d.Lag), 1))
		if d.Type == portfolio.FinishToStart || d.Type == portfolio.StartToStart {
			begins = append(begins, from)
		} else {
			ends = append(ends, from)
		}
	}
	start = o.plus(ends[0], new(big.Rat).Neg(duration))
	for _, end := range ends {
		start = later(start, o.plus(end, new(big.Rat).Neg(duration)))
	}
	for _, begin := range begins {
		start = later(start, begin)
	}
	finish = o.plus(start, duration)
	for _, end := range ends {
		finish = later(finish, end)
	}
	return start, finish
}

func TestAgainstRecursion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t, allLinks)
		asOf := firstDay.Add(cal.Days(rapid.IntRange(0, 70).Draw(t, "as of")))
		o := newOracle(s, asOf)
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
