package forecast

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/schedule"
)

// earliest is a moment before all days.
const earliest = -schedule.Ticks(cal.MaxDate) * schedule.PerDay

// floors are the days before which no trial finishes an activity. Moments alone do not
// tell days that are not worked: an event on a Saturday is at the end of the Friday. A
// link without lag hands such a day on, by way of what takes no time, just as in the
// network.
func (s *simulation) floors(n *schedule.Network) []cal.Date {
	drawn := make([]bool, len(s.base))
	for k := range s.varying {
		drawn[s.varying[k].place] = true
	}
	place := make(map[*portfolio.Milestone]int, len(s.base))
	starts, finishes := make([]cal.Date, len(s.base)), make([]cal.Date, len(s.base))
	for i := range s.base {
		m := n.Milestone(i)
		place[m] = i
		start, finish := cal.Date(0), n.Day(i, earliest)
		if m.Open() {
			for _, d := range m.DependsOn {
				from, ok := place[d.Target]
				if !ok || d.Lag != 0 {
					continue
				}
				at := finishes[from]
				if d.Type == portfolio.StartToStart || d.Type == portfolio.StartToFinish {
					at = starts[from]
				}
				if d.Type == portfolio.FinishToFinish || d.Type == portfolio.StartToFinish {
					finish = max(finish, at)
				} else {
					start = max(start, at)
				}
			}
		}
		if s.base[i] == 0 && !drawn[i] {
			start = max(start, finish)
			finish = start
		}
		starts[i], finishes[i] = start, finish
	}
	return finishes
}
