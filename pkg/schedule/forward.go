package schedule

import "github.com/progctl/progctl/pkg/cal"

// times are when an activity starts and finishes: as moments, and as days. A finish
// falls on a working day, but for two reasons: the activity's own date is another
// day, or a link without lag ties it to such a day of one before it, directly or
// through activities that take no time.
type times struct {
	start, finish     ticks
	started, finished cal.Date
}

// forward is the forward pass of the critical path method with the four links of
// the precedence diagramming method: the early start and the early finish of each
// activity. Where dated is set, every open activity finishes no earlier than its
// date.
func (n *Network) forward(dated bool) []times {
	list := make([]times, len(n.activities))
	for i := range n.activities {
		list[i] = n.activities[i].times(n.axis, dated, func(from int32) times { return list[from] })
	}
	return list
}

// times are those of an activity, by those of what it waits for. Work is not
// interrupted: what makes an activity finish later makes it start later, so that
// its finish is its start and its duration.
func (a *activity) times(x axis, dated bool, of func(int32) times) times {
	t := times{start: a.earliest, finish: a.end}
	if !a.done {
		if dated {
			t.start = max(t.start, a.end-a.duration)
		}
		for _, l := range a.before {
			before := of(l.from)
			at := before.start
			if l.fromFinish {
				at = before.finish
			}
			at += l.lag
			if l.toFinish {
				at -= a.duration
			}
			t.start = max(t.start, at)
		}
		t.finish = t.start + a.duration
	}
	t.started, t.finished = x.day(t.start), max(x.day(t.finish), a.date)
	for _, l := range a.before {
		if a.done || l.lag != 0 {
			continue
		}
		before := of(l.from)
		at := before.started
		if l.fromFinish {
			at = before.finished
		}
		if l.toFinish {
			t.finished = max(t.finished, at)
		} else {
			t.started = max(t.started, at)
		}
	}
	if a.duration == 0 {
		t.started = max(t.started, t.finished)
		t.finished = t.started
	}
	return t
}
