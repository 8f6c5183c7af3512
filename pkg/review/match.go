package review

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// match says which review took place for which day on which one was due: by the index
// of the day, at most one, and each review at most once. Both lists are in order, no two
// days are the same.
//
// A review is that of the last day by its date, or of the next one where that is nearer;
// of the nearest pairs first. Before the first day it has to be nearer than half the way
// to the second one.
func match(days []Due, held []*portfolio.Review) map[int]*portfolio.Review {
	type pair struct {
		away        cal.Days
		day, review int
	}
	var pairs []pair
	for i, r := range held {
		after, _ := slices.BinarySearchFunc(days, r.Date, func(d Due, date cal.Date) int {
			if d.On <= date {
				return -1
			}
			return 1
		})
		before := after - 1
		if before >= 0 {
			pairs = append(pairs, pair{r.Date.Sub(days[before].On), before, i})
		}
		if after == len(days) {
			continue
		}
		early := days[after].On.Sub(r.Date)
		switch {
		case before >= 0 && early < r.Date.Sub(days[before].On),
			before < 0 && len(days) > 1 && 2*early < days[1].On.Sub(days[0].On):
			pairs = append(pairs, pair{early, after, i})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.away, b.away), cmp.Compare(a.day, b.day), cmp.Compare(a.review, b.review))
	})
	of, used := map[int]*portfolio.Review{}, map[int]bool{}
	for _, p := range pairs {
		if of[p.day] == nil && !used[p.review] {
			of[p.day], used[p.review] = held[p.review], true
		}
	}
	return of
}

// judge says what became of reviews.
func (a *Analysis) judge(due []Due, held map[int]*portfolio.Review) []Occurrence {
	list := make([]Occurrence, len(due))
	for i, d := range due {
		o := Occurrence{Due: d, Review: held[i]}
		switch {
		case o.Review != nil:
			o.State = Held
		case d.On >= a.AsOf:
			o.State = Upcoming
		case a.Unknown != nil:
			o.State = Unknown
		default:
			o.State = Missed
		}
		list[i] = o
	}
	return list
}
