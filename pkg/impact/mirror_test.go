package impact

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
)

// step is a change without what belongs to one of the two states: owners and reasons.
type step struct {
	Lists             [][]string // pairs: what comes, what goes
	Added, Removed    []Dated
	Status            []StatusChange
	Moved, Programs   []Move
	Budget            []BudgetChange
	FTE               map[string][3]string
	Headcount         []HeadcountChange
	Introduced, Fixed []string
	PlanCost          []BudgetChange
	Spend             []SpendChange
	Heads             map[string][]string // by whom or what: pairs of before and after
	Unknown           []string
}

func shape(c *Change) step {
	m, p := c.Milestones, c.Programs
	s := step{
		Lists: [][]string{m.Completed, m.Reopened, m.Cancelled, m.Restored, p.Added, p.Removed},
		Added: m.Added, Removed: m.Removed, Status: p.StatusChanged, Moved: bare(m.Moved), Programs: bare(p.Moved),
		Budget: c.Budget, FTE: map[string][3]string{}, Headcount: c.Headcount, Introduced: prints(c.Introduced), Fixed: prints(c.Fixed),
	}
	s.PlanCost, s.Heads, s.Spend = c.PlanCost, headsOf(c), slices.Clone(c.Spend)
	s.Unknown = slices.Concat(c.Positions.Unknown, c.People.Unknown)
	for _, f := range c.FTE {
		s.FTE[f.Month.String()] = [3]string{f.Before.String(), f.After.String(), f.Delta.String()}
	}
	return s
}

func bare(moves []Move) []Move {
	list := slices.Clone(moves)
	for i := range list {
		list[i].Owner, list[i].Reason = nil, nil
		list[i].Downstream = slices.Clone(list[i].Downstream)
		for j := range list[i].Downstream {
			list[i].Downstream[j].Owner = nil
		}
	}
	return list
}

func prints(list []diag.Diagnostic) []string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = d.Code + " " + d.Subject + " " + d.Fingerprint
	}
	slices.Sort(out)
	return out
}

// mirrored is the opposite of a step.
func mirrored(s step) step {
	for i := 0; i < len(s.Lists); i += 2 {
		s.Lists[i], s.Lists[i+1] = s.Lists[i+1], s.Lists[i]
	}
	s.Added, s.Removed = s.Removed, s.Added
	s.Introduced, s.Fixed = s.Fixed, s.Introduced
	s.Status = slices.Clone(s.Status)
	for i, x := range s.Status {
		s.Status[i].From, s.Status[i].To = x.To, x.From
	}
	for _, list := range [][]Move{s.Moved, s.Programs} {
		for i, m := range list {
			list[i].From, list[i].To, list[i].Days = m.To, m.From, -m.Days
			for j := range m.Downstream {
				m.Downstream[j].Days *= -1
			}
		}
	}
	s.Budget, s.PlanCost = mirroredMoney(s.Budget), mirroredMoney(s.PlanCost)
	for i, x := range s.Spend {
		s.Spend[i].Before, s.Spend[i].After = x.After, x.Before
		if x.Delta != nil {
			minus := x.Delta.Neg()
			s.Spend[i].Delta = &minus
		}
	}
	for _, list := range s.Heads {
		for i := 0; i < len(list); i += 2 {
			list[i], list[i+1] = list[i+1], list[i]
		}
	}
	s.FTE = maps.Clone(s.FTE)
	for month, f := range s.FTE {
		s.FTE[month] = [3]string{f[1], f[0], negated(f[2])}
	}
	s.Headcount = slices.Clone(s.Headcount)
	for i, h := range s.Headcount {
		s.Headcount[i].Before, s.Headcount[i].After = h.After, h.Before
		if h.Delta != nil {
			s.Headcount[i].Delta = new(-*h.Delta)
		}
	}
	return s
}

func negated(decimal string) string {
	if rest, negative := strings.CutPrefix(decimal, "-"); negative {
		return rest
	}
	return "-" + decimal
}

func mirroredMoney(list []BudgetChange) []BudgetChange {
	list = slices.Clone(list)
	for i, b := range list {
		list[i].Before, list[i].After = b.After, b.Before
		if b.Delta != nil {
			list[i].Delta = &money.Amount{Minor: -b.Delta.Minor, Currency: b.Delta.Currency}
		}
	}
	return list
}

// headsOf are the changes of seats and of people, each before and after, without what
// they are called in one of the states.
func headsOf(c *Change) map[string][]string {
	all := map[string][]string{}
	add := func(key string, from, to any) { all[key] = append(all[key], fmt.Sprint(from), fmt.Sprint(to)) }
	p, q := c.Positions, c.People
	for _, s := range p.Added {
		add("seat "+s.Plan+"/"+s.ID, "none", fmt.Sprint(*s.Team, s.Role, s.Level, s.Status, s.Effective))
	}
	for _, s := range p.Removed {
		add("seat "+s.Plan+"/"+s.ID, fmt.Sprint(*s.Team, s.Role, s.Level, s.Status, s.Effective), "none")
	}
	for _, s := range p.Changed {
		for _, f := range s.Changes {
			add("seat "+s.ID+" "+f.Field, f.From, f.To) // the plan may be another
		}
	}
	day := func(d *cal.Date) string {
		if d == nil {
			return "none"
		}
		return d.String()
	}
	for _, e := range q.Joined {
		add("listed "+e.ID, "no", e.Start)
	}
	for _, l := range q.Left {
		if l.Unlisted {
			add("listed "+l.ID, l.Start, "no")
			continue
		}
		add("end "+l.ID, day(l.From), day(l.To))
	}
	for _, m := range q.Moved {
		for _, x := range m.Changes {
			add("person "+m.ID+" "+x.Field+" "+day(x.Since)+" "+day(x.Until), x.From, x.To)
		}
	}
	return all
}
