package budget

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// veil lies over money of an account that is not known as a whole: over a figure in some
// months, of people, of all but people, or of both.
type veil struct {
	figure        Figure
	from, to      cal.Month // the last one included
	people, other bool
	why           staffing.Reason
}

// hidden stands for what lies under it in groups: nobody knows its category.
func (v veil) hidden(a *account) Fact {
	f := Fact{Figure: v.figure, CostCentre: a.costCentre}
	if !v.other {
		f.Category, f.Type = PeopleCategory, PeopleType
	}
	return f
}

// veilsOf are those of an account by what is private, or cannot be read.
func (c *collector) veilsOf(a *account) (list []veil) {
	people, lines, spent := a.missing(c.s)
	add := func(why []staffing.Reason, f Figure, from, to cal.Month, people, other bool) {
		for _, r := range why {
			list = append(list, veil{f, from, to, people, other, r})
		}
	}
	both := func(why []staffing.Reason, people, other bool) {
		add(why, Planned, earliest, latest, people, other)
		add(why, Forecast, earliest, latest, people, other)
	}
	if a.planned() {
		both(people, true, false)
		both(lines, false, true)
	}
	if c.policy() == portfolio.PeopleAllocated {
		add(people, Actual, earliest, c.asOf.Month(), true, false)
	}
	add(spent, Actual, earliest, c.asOf.Month(), true, true)
	add(spent, Committed, earliest, latest, true, true)
	last := c.closed
	if c.s.Config.Policy.ForecastMethod == portfolio.ForecastRunRate {
		last = latest
	}
	add(spent, Forecast, earliest, last, true, true)
	return list
}

// teamVeils lie over what the people of teams cost.
func (w *walk) teamVeils() (list []veil) {
	for _, r := range w.unplanned {
		list = append(list, veil{Planned, earliest, latest, true, false, r}, veil{Forecast, w.closed + 1, latest, true, false, r})
	}
	for _, r := range w.unlisted {
		list = append(list, veil{Actual, earliest, w.asOf.Month(), true, false, r}, veil{Forecast, earliest, w.closed, true, false, r})
	}
	return list
}

// absentPrograms lie over all that programs cost, where some live elsewhere.
func (w *walk) absentPrograms() (list []veil) {
	if w.lens != Programs || !w.s.Absent(portfolio.ExternalProgram) {
		return nil
	}
	for f := range figures {
		to := latest
		if f == Actual {
			to = w.asOf.Month()
		}
		list = append(list, veil{f, earliest, to, true, true, staffing.Private})
	}
	return list
}

// lay lays a veil over a cell, once.
func (c *cell) lay(v veil) {
	if !slices.Contains(c.veils, v) {
		c.veils = append(c.veils, v)
	}
}

// under adds why a figure is not known in some months.
func (c *cell) under(f Figure, from, to cal.Month, sum *rates.Sum) {
	for _, v := range c.veils {
		if v.figure == f && v.from <= to && from <= v.to {
			sum.Unknown = staffing.MergeReasons(sum.Unknown, []staffing.Reason{v.why})
		}
	}
}

// touched are the groups that money of one account is in, and whether it is of people,
// or other.
type touched map[group.Key]*[2]bool

func (t touched) note(key group.Key, category string) {
	if t[key] == nil {
		t[key] = new([2]bool)
	}
	if category == PeopleCategory {
		t[key][0] = true
	} else {
		t[key][1] = true
	}
}

// has reports whether a group has money that lies under a veil.
func (t touched) has(key group.Key, v veil) bool {
	return t[key][0] && v.people || t[key][1] && v.other
}

// veiled lays the veils of an account over the groups that its money is in, over those
// that hold what nobody sees, and over the total.
func (a *Analysis) veiled(w *walk, acc *account, in touched) (laid []veil) {
	for _, v := range w.veils {
		hidden := v.hidden(acc)
		if !v.other && !w.choice.fact(acc, &hidden) {
			continue
		}
		laid = append(laid, v)
		a.total.lay(v)
		for _, key := range a.keys(acc, &hidden) {
			a.cell(key).lay(v)
		}
		for key := range in {
			if in.has(key, v) {
				a.cell(key).lay(v)
			}
		}
	}
	return laid
}
