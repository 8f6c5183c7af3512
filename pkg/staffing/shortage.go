package staffing

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
)

// Shortage is a group in which more is asked for than there is, in whole months after
// as-of.
type Shortage struct {
	Key group.Key
	// From is the first such month.
	From cal.Month
	// Worst is the largest gap of one of them, and In the first in which it is that.
	Worst FTEMonths
	In    cal.Month
}

// shortages lists the groups that are short in a month of the frame after as-of, the
// worst first. A surplus elsewhere makes no group less short, but that of the teams
// below it does: who is asked of a team may be in one of those. A group is its own
// people here, whether or not it is shown with those below it.
func (b *balancer) shortages() []Shortage {
	list := []Shortage{}
	at := slices.Index(b.By, group.ByTeam)
	above := func(key group.Key) (up group.Key, ok bool) {
		if at < 0 || key[at] == "" {
			return group.Key{}, false
		}
		line := group.Ancestry(b.s, key[at])
		if key[at] = ""; len(line) > 1 {
			key[at] = line[1]
		}
		return key, true
	}
	depth := map[group.Key]int{}
	for key := range b.own {
		n := 0
		for up, ok := above(key); ok; up, ok = above(up) {
			n++
		}
		for ok := true; ok; key, ok = above(key) {
			depth[key] = n
			n--
		}
	}
	keys := make([]group.Key, 0, len(depth))
	for key := range depth {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(x, y group.Key) int { return cmp.Or(depth[y]-depth[x], x.Compare(y)) })
	spare := map[group.Key][]int64{} // what nobody asks of those below
	for _, key := range keys {
		left := spare[key]
		if left == nil {
			left = make([]int64, len(b.frame.work))
		}
		var short Shortage
		for i := range left {
			if t := b.own[key]; t != nil {
				left[i] += t.supply[i] - t.demand[i]
			}
			if left[i] >= 0 {
				continue
			}
			lack := NewFTEMonths(-left[i], b.frame.work[i])
			left[i] = 0
			month := b.frame.starts[i].Month()
			if month.First() <= b.AsOf || lack.String() == "0" {
				continue
			}
			short.From = cmp.Or(short.From, month)
			if lack.Sub(short.Worst).Sign() > 0 {
				short.Worst, short.In = lack, month
			}
		}
		if short.Key = key; short.From != 0 {
			list = append(list, short)
		}
		if up, ok := above(key); ok {
			if spare[up] == nil {
				spare[up] = make([]int64, len(left))
			}
			for i, n := range left {
				spare[up][i] += n
			}
		}
	}
	slices.SortFunc(list, func(x, y Shortage) int {
		return cmp.Or(y.Worst.Sub(x.Worst).Sign(), cmp.Compare(x.From, y.From), x.Key.Compare(y.Key))
	})
	return list
}
