package schedule

import "github.com/progctl/progctl/pkg/cal"

// forward is the forward pass of the critical path method with the four links of
// the precedence diagramming method: the early start and the early finish of each
// activity. Work is not interrupted: what makes an activity finish later makes it
// start later, so that its finish is its start and its duration. Where dated is
// set, every open activity finishes no earlier than its date.
func (n *Network) forward(dated bool) (starts, finishes []ticks) {
	starts, finishes = make([]ticks, len(n.activities)), make([]ticks, len(n.activities))
	for i := range n.activities {
		a := &n.activities[i]
		if a.done {
			starts[i], finishes[i] = a.earliest, a.end
			continue
		}
		start := a.earliest
		if dated {
			start = max(start, a.end-a.duration)
		}
		for _, l := range a.before {
			at := starts[l.from]
			if l.fromFinish {
				at = finishes[l.from]
			}
			at += l.lag
			if l.toFinish {
				at -= a.duration
			}
			start = max(start, at)
		}
		starts[i], finishes[i] = start, start+a.duration
	}
	return starts, finishes
}

// days are the days on which activities finish by a pass that was dated. A finish
// falls on a working day, but for two reasons: the activity's own date is another
// day, or a link without lag ties it to such a day of one before it, directly or
// through activities that take no time.
func (n *Network) days(starts, finishes []ticks) []cal.Date {
	started, finished := make([]cal.Date, len(n.activities)), make([]cal.Date, len(n.activities))
	for i := range n.activities {
		a := &n.activities[i]
		start, finish := n.axis.day(starts[i]), max(n.axis.day(finishes[i]), a.date)
		for _, l := range a.before {
			if a.done || l.lag != 0 {
				continue
			}
			at := started[l.from]
			if l.fromFinish {
				at = finished[l.from]
			}
			if l.toFinish {
				finish = max(finish, at)
			} else {
				start = max(start, at)
			}
		}
		if a.duration == 0 {
			start = max(start, finish)
			finish = start
		}
		started[i], finished[i] = start, finish
	}
	return finished
}
