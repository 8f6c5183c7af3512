package forecast

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/schedule"
)

// tally counts in how many trials something finished in which working day, as that is
// numbered on the axis of the network. Memory is that of the days between the first
// and the last.
type tally struct {
	low    int
	counts []uint32
}

func (t *tally) add(finish schedule.Ticks) { t.addDay(int(finish.Days()), 1) }

func (t *tally) addDay(day int, n uint32) {
	k := day - t.low
	if uint(k) >= uint(len(t.counts)) {
		t.reach(day)
		k = day - t.low
	}
	t.counts[k] += n
}

// reach makes room for a day, and for some beyond it: more will follow.
func (t *tally) reach(day int) {
	if len(t.counts) == 0 {
		t.low, t.counts = day, make([]uint32, 1)
		return
	}
	from, to := t.low, t.low+len(t.counts)
	more := len(t.counts) / 2
	if day < from {
		from = day - more
	} else {
		to = day + 1 + more
	}
	counts := make([]uint32, to-from)
	copy(counts[t.low-from:], t.counts)
	t.low, t.counts = from, counts
}

// join adds what another tally has counted.
func (t *tally) join(o *tally) {
	for k, n := range o.counts {
		if n > 0 {
			t.addDay(o.low+k, n)
		}
	}
}

// day is the end of a day that is counted.
func (t *tally) day(k int) schedule.Ticks { return schedule.Ticks(t.low+k) * schedule.PerDay }

// percentile is the first day by which at least so many percent of trials, and one, are
// over (nearest rank).
func (t *tally) percentile(percent, trials int) schedule.Ticks {
	over := 0
	for k, count := range t.counts {
		if over += int(count); over > 0 && over*100 >= percent*trials {
			return t.day(k)
		}
	}
	return 0
}

// days are the dates of what is counted. A later day is no earlier date.
func (t *tally) days(date func(schedule.Ticks) cal.Date) []Day {
	var list []Day
	for k, count := range t.counts {
		if count == 0 {
			continue
		}
		day := date(t.day(k))
		if last := len(list) - 1; last >= 0 && list[last].Date == day {
			list[last].Trials += int(count)
		} else {
			list = append(list, Day{day, int(count)})
		}
	}
	return list
}
