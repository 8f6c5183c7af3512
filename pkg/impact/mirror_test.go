package impact

import (
	"maps"
	"slices"
	"strings"

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
}

func shape(c *Change) step {
	m, p := c.Milestones, c.Programs
	s := step{
		Lists: [][]string{m.Completed, m.Reopened, m.Cancelled, m.Restored, p.Added, p.Removed},
		Added: m.Added, Removed: m.Removed, Status: p.StatusChanged, Moved: bare(m.Moved), Programs: bare(p.Moved),
		Budget: c.Budget, FTE: map[string][3]string{}, Headcount: c.Headcount, Introduced: prints(c.Introduced), Fixed: prints(c.Fixed),
	}
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
	s.Budget = slices.Clone(s.Budget)
	for i, b := range s.Budget {
		s.Budget[i].Before, s.Budget[i].After = b.After, b.Before
		if b.Delta != nil {
			s.Budget[i].Delta = &money.Amount{Minor: -b.Delta.Minor, Currency: b.Delta.Currency}
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
