package schedule

import "github.com/progctl/progctl/pkg/cal"

// span is the days in which an activity starts and finishes, each the day in which
// the moment lies, or which it is the end of: work that starts on a Monday begins at
// the end of the Friday before. A finish falls on a working day, but for two reasons:
// the activity's own date is another day, or a link without lag ties it to such a day
// of one before it, directly or through activities that take no time.
type span struct{ started, finished cal.Date }

// span makes the days of a pass from its moments, and from the days of what the
// activity waits for. Where dated is set, no activity finished before its own date.
func (n *Network) span(i int32, a *activity, early []Ticks, days []span, dated bool) span {
	s := span{n.axis.day(early[2*i]), max(n.axis.day(early[2*i+1]), a.day)}
	if dated {
		s.finished = max(s.finished, a.date)
	}
	if !a.done {
		for _, l := range n.graph.links[n.graph.first[i]:n.graph.first[i+1]] {
			if l.lag != 0 {
				continue
			}
			at := days[l.from/2].started
			if l.from&1 == 1 {
				at = days[l.from/2].finished
			}
			if l.toFinish {
				s.finished = max(s.finished, at)
			} else {
				s.started = max(s.started, at)
			}
		}
	}
	if a.instant {
		s.started = max(s.started, s.finished)
		s.finished = s.started
	}
	return s
}
