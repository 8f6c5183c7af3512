package schedule

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

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
	asOf  cal.Date
	dated bool       // no milestone finishes before its own date
	work  []cal.Date // all working days
	memo  map[*portfolio.Milestone][2]moment
}

func newOracle(s *portfolio.Snapshot, asOf cal.Date, dated bool) *oracle {
	o := &oracle{asOf: asOf, dated: dated, memo: map[*portfolio.Milestone][2]moment{}}
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

// workday is a day, or the next that is worked.
func (o *oracle) workday(d cal.Date) cal.Date {
	n, _ := slices.BinarySearch(o.work, d)
	return o.work[n]
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
	var ends, begins []moment
	if event || o.dated {
		ends = append(ends, o.endOf(own))
	}
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
	for _, end := range ends {
		begins = append(begins, o.plus(end, new(big.Rat).Neg(duration)))
	}
	start = begins[0]
	for _, begin := range begins {
		start = later(start, begin)
	}
	finish = o.plus(start, duration)
	for _, end := range ends {
		finish = later(finish, end)
	}
	if !event && duration.Sign() == 0 { // it is on no day on which nothing can be
		finish.day = max(finish.day, o.workday(max(m.Program.Start, o.asOf)))
		start = finish
	}
	return start, finish
}
