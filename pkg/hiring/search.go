package hiring

import (
	"slices"
	"sort"

	"github.com/progctl/progctl/pkg/cal"
)

// search is how long a seat was searched for: until it was filled, or until as-of where
// it is still to be.
type search struct {
	days   cal.Days
	filled bool
}

// curve is how long searches take, by the estimate of Kaplan and Meier (1958), in which
// those still to be filled count for as long as they have been open. The zero value is
// that of no search.
type curve struct {
	// filled and open are the days of the searches that ended and of those that did not,
	// ascending.
	filled, open []cal.Days
	// left is the share of searches that go on after each of filled.
	left []float64
}

func newCurve(list []search) *curve {
	c := &curve{}
	for _, x := range list {
		if x.filled {
			c.filled = append(c.filled, x.days)
		} else {
			c.open = append(c.open, x.days)
		}
	}
	slices.Sort(c.filled)
	slices.Sort(c.open)
	left := 1.0
	for from := 0; from < len(c.filled); {
		to := later(c.filled, c.filled[from])
		searched := len(c.filled) - from + len(c.open) - later(c.open, c.filled[from]-1)
		left *= float64(searched-(to-from)) / float64(searched)
		c.left = append(c.left, slices.Repeat([]float64{left}, to-from)...)
		from = to
	}
	return c
}

// longer counts the seats that took longer to fill than so many days, and those that are
// open for longer.
func (c *curve) longer(than cal.Days) (filled, open int) {
	return len(c.filled) - later(c.filled, than), len(c.open) - later(c.open, than)
}

// median is how long a search takes that has gone on for some days: the day by which half
// of such searches are over; between two days where it is exactly half, their mean,
// rounded half away from zero. ok is false where less than half of them is seen to end.
func (c *curve) median(elapsed cal.Days) (days cal.Days, ok bool) {
	from, half := later(c.filled, elapsed), 0.5
	if from > 0 {
		half *= c.left[from-1]
	}
	const same = 1e-9 // products of what is half may differ in their last digits
	i := from + sort.Search(len(c.left)-from, func(i int) bool { return c.left[from+i] <= half+same })
	if i == len(c.left) {
		return 0, false
	}
	days = c.filled[i]
	if next := later(c.filled, days); c.left[i] >= half-same && next < len(c.filled) {
		return (days + c.filled[next] + 1) / 2, true
	}
	return days, true
}

// later is the index of the first of sorted days that is above d.
func later(sorted []cal.Days, d cal.Days) int {
	return sort.Search(len(sorted), func(i int) bool { return sorted[i] > d })
}
