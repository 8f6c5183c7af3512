package headcount

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Turnover is who left, for each period. Rates are of the months of the period that
// are over by as-of; unknown where there is none, or nobody was there.
type Turnover struct {
	// Leavers by reason; those who give none are with other.
	Voluntary   []*int `json:"voluntary"`
	Involuntary []*int `json:"involuntary"`
	Other       []*int `json:"other"`
	// Rate is leavers ÷ average headcount, annualised: × 12 ÷ months. The average is
	// that of opening and closing, month by month.
	Rate            []ratio.Ratio `json:"rate"`
	VoluntaryRate   []ratio.Ratio `json:"voluntaryRate"`
	InvoluntaryRate []ratio.Ratio `json:"involuntaryRate"`
	// Retention is the part of those who were there at the opening that is still
	// employed at the end.
	Retention []ratio.Ratio `json:"retention"`
}

func (a *Analysis) turnover(c *cell, buckets []cal.Bucket) Turnover {
	var (
		r     Turnover
		t     = a.tally
		known = a.known
	)
	for _, b := range buckets {
		s := t.months.span(b)
		r.Voluntary = append(r.Voluntary, when(known.people, sum(c.left[0][s.from:s.to])))
		r.Involuntary = append(r.Involuntary, when(known.people, sum(c.left[1][s.from:s.to])))
		r.Other = append(r.Other, when(known.people, sum(c.left[2][s.from:s.to])))
		over := s
		for over.to > over.from && t.months.first.Add(over.to-1).Last() > a.AsOf {
			over.to--
		}
		twice := 0 // twice the heads of all months
		for i := over.from; i < over.to; i++ {
			twice += c.closing[i-1] + c.closing[i]
		}
		rate := func(left int) ratio.Ratio {
			if !known.people {
				return ratio.Ratio{}
			}
			// left ÷ (twice ÷ 2 ÷ months) × 12 ÷ months
			return ratio.New(left*24, twice)
		}
		r.Rate = append(r.Rate, rate(sum(c.leavers[over.from:over.to])))
		r.VoluntaryRate = append(r.VoluntaryRate, rate(sum(c.left[0][over.from:over.to])))
		r.InvoluntaryRate = append(r.InvoluntaryRate, rate(sum(c.left[1][over.from:over.to])))
		var retention ratio.Ratio
		if known.people && over.to > over.from {
			retention = ratio.New(c.stayed[b.Period], c.closing[over.from-1])
		}
		r.Retention = append(r.Retention, retention)
	}
	return r
}

// elapsed is how many months of the report are over by as-of.
func (t *tally) elapsed() int {
	n, all := 0, t.months.span(t.all())
	for i := all.from; i < all.to && t.over(i); i++ {
		n++
	}
	return n
}

// retained counts, for each bucket and for all together, those who were there when it opened and are
// employed at the end of its last month that is over by as-of, in whatever group.
func (t *tally) retained(items []*item, people staffing.People) {
	buckets := slices.Clone(t.buckets)
	if all := t.all(); !slices.ContainsFunc(buckets, func(b cal.Bucket) bool { return b.Period == all.Period }) {
		buckets = append(buckets, all)
	}
	for _, b := range buckets {
		last := b.Last()
		for last >= b.From && last > t.o.AsOf {
			last = last.Month().First() - 1
		}
		if last < b.From {
			continue
		}
		for _, i := range items {
			before := b.From - 1
			if !i.days.Contains(before) || !i.days.Contains(last) && !employed(people[i.person.ID], last) {
				continue
			}
			now := staffing.At(i.person, before)
			if t.chooses(i, now) {
				t.at(t.place(now)).stayed[b.Period]++
			}
		}
	}
}
