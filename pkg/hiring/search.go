package hiring

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
)

// search is how long a seat was searched for: until it was filled, or until as-of where
// it is still to be.
type search struct {
	role   string
	days   cal.Days
	filled bool
}

type searches []search

// of are the searches for a role.
func (list searches) of(role string) searches {
	return slices.DeleteFunc(slices.Clone(list), func(x search) bool { return x.role != role })
}

// filled are those that ended.
func (list searches) filled() searches {
	return slices.DeleteFunc(slices.Clone(list), func(x search) bool { return !x.filled })
}

// longer counts the seats that took longer to fill than so many days.
func (list searches) longer(than cal.Days) (n int) {
	for _, x := range list {
		if x.filled && x.days > than {
			n++
		}
	}
	return n
}

// median is how long a search takes that has gone on for some days, by the estimate of
// Kaplan and Meier (1958), in which those still to be filled count for as long as they
// have been open: the day by which half of such searches are over; between two days
// where it is exactly half, their mean, rounded half away from zero. ok is false where
// less than half of them is seen to end.
func (list searches) median(elapsed cal.Days) (days cal.Days, ok bool) {
	var ends []cal.Days
	for _, x := range list {
		if x.filled && x.days > elapsed {
			ends = append(ends, x.days)
		}
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	half, open := big.NewRat(1, 2), big.NewRat(1, 1)
	for i, day := range ends {
		ended, searched := int64(0), int64(0)
		for _, x := range list {
			if x.days >= day {
				searched++
				if x.filled && x.days == day {
					ended++
				}
			}
		}
		open.Mul(open, big.NewRat(searched-ended, searched))
		switch c := open.Cmp(half); {
		case c < 0 || c == 0 && i+1 == len(ends):
			return day, true
		case c == 0:
			return (day + ends[i+1] + 1) / 2, true
		}
	}
	return 0, false
}
