package kpi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/ratio"
)

// Rate is the completion rate of one form against one baseline.
type Rate struct {
	// Hits are by name, Misses the latest first, LeftOut by name.
	Hits, Misses, LeftOut []*Verdict
}

// Of is the denominator: what was judged.
func (r *Rate) Of() int { return len(r.Hits) + len(r.Misses) }

// Value is hits ÷ judged, unknown where nothing was.
func (r *Rate) Value() ratio.Ratio { return ratio.New(len(r.Hits), r.Of()) }

// OnTime counts those judged that are known to be, within budget or not.
func (r *Rate) OnTime() int {
	return r.count(func(v *Verdict) bool { return v.Late == 0 && !v.Undated })
}

// WithinBudget counts those judged that are known to be, on time or not.
func (r *Rate) WithinBudget() int {
	return r.count(func(v *Verdict) bool { return v.Over == nil && v.Unpriced == "" })
}

func (r *Rate) count(is func(*Verdict) bool) int {
	n := len(r.Hits)
	for _, v := range r.Misses {
		if is(v) {
			n++
		}
	}
	return n
}

// Completion is the completion rate in both forms against both baselines.
type Completion struct {
	rates [len(baselines)][len(forms)]Rate
}

// Rate returns that of a form against a baseline.
func (c *Completion) Rate(b Baseline, f Form) *Rate { return &c.rates[b][f] }

// completion judges subjects in a period; whole lists there too what was cancelled while
// it touched the period.
func completion(list []*subject, days cal.Period, whole bool) Completion {
	var c Completion
	for _, x := range list {
		for _, b := range baselines {
			for _, f := range forms {
				if v := x.verdicts[b][f]; v != nil && (v.falls(days, f) || whole && v.touches(days)) {
					c.rates[b][f].add(v)
				}
			}
		}
	}
	for _, b := range baselines {
		for _, f := range forms {
			slices.SortStableFunc(c.rates[b][f].Misses, func(x, y *Verdict) int { return cmp.Compare(y.Late, x.Late) })
		}
	}
	return c
}

func (r *Rate) add(v *Verdict) {
	switch v.Outcome {
	case Hit:
		r.Hits = append(r.Hits, v)
	case Miss:
		r.Misses = append(r.Misses, v)
	default:
		r.LeftOut = append(r.LeftOut, v)
	}
}

// falls reports whether the verdict is of a form in a period.
func (v *Verdict) falls(days cal.Period, f Form) bool {
	return !v.on[f].IsZero() && days.Contains(v.on[f])
}

// touches reports whether the verdict is to be listed in all periods that the program
// touched, and it touched this one.
func (v *Verdict) touches(days cal.Period) bool {
	return !v.from.IsZero() && !cal.Through(v.from, v.on[Due]).Intersect(days).IsEmpty()
}

// Listed is a verdict with the rates that have it.
type Listed struct {
	*Verdict
	Forms     []Form
	Baselines []Baseline
}

// misses lists the misses of any rate, the latest first.
func (c *Completion) misses() []Listed {
	list := c.list(func(r *Rate) []*Verdict { return r.Misses }, baselines[:]...)
	slices.SortStableFunc(list, func(x, y Listed) int { return cmp.Compare(y.Late, x.Late) })
	return list
}

// leftOut lists by program what is left out of any of the rates against some baselines.
func (c *Completion) leftOut(of ...Baseline) []Listed {
	return c.list(func(r *Rate) []*Verdict { return r.LeftOut }, of...)
}

// list collects verdicts by program: those against both baselines as one where the same
// forms have them for the same reason.
func (c *Completion) list(pick func(*Rate) []*Verdict, of ...Baseline) []Listed {
	var list []Listed
	for _, b := range of {
		at := map[*Verdict]int{}
		for _, f := range forms {
			for _, v := range pick(&c.rates[b][f]) {
				i, there := at[v]
				if !there {
					i = len(list)
					at[v] = i
					list = append(list, Listed{Verdict: v, Baselines: []Baseline{b}})
				}
				list[i].Forms = append(list[i].Forms, f)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Listed) int { return strings.Compare(x.Program, y.Program) })
	merged := list[:0]
	for _, x := range list {
		if n := len(merged) - 1; n >= 0 && merged[n].Program == x.Program && merged[n].Reason == x.Reason && slices.Equal(merged[n].Forms, x.Forms) {
			merged[n].Baselines = append(merged[n].Baselines, x.Baselines...)
			continue
		}
		merged = append(merged, x)
	}
	return merged
}
