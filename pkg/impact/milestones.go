package impact

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// milestone compares a milestone.
func (c *comparison) milestone(s *subject, id history.ID, was, is *portfolio.Milestone) {
	l, f := &c.change.Milestones, &s.facts.Milestone
	switch {
	case was == nil:
		l.Added = append(l.Added, dated(is))
		f.Added++
		s.touched = true
		return
	case is == nil:
		l.Removed = append(l.Removed, dated(was))
		f.Removed++
		s.touched = true
		return
	}
	if was.Due != is.Due {
		m := Move{ID: id.String(), From: was.Due, To: is.Due, Days: int(is.Due.Sub(was.Due)), Owner: owner(is), Downstream: c.downstream(was, is)}
		m.Reason = c.reason(id, was.Due, was.DueReason, is.DueReason)
		l.Moved = append(l.Moved, m)
		f.Moved++
		s.touched = true
		s.because(math.Abs(float64(m.Days)), plainMove(m.ID, m.Days), sign(m.Days, "milestone.slip", "milestone.pull"))
		f.Slip, f.Pull = max(f.Slip, m.Days), max(f.Pull, -m.Days)
	}
	if was.Status == is.Status {
		return
	}
	became := func(status portfolio.MilestoneStatus, yes, no *[]string) (begins, ends int) {
		switch status {
		case is.Status:
			*yes, begins, s.touched = append(*yes, id.String()), 1, true
		case was.Status:
			*no, ends, s.touched = append(*no, id.String()), 1, true
		}
		return begins, ends
	}
	completed, reopened := became(portfolio.MilestoneDone, &l.Completed, &l.Reopened)
	cancelled, _ := became(portfolio.MilestoneCancelled, &l.Cancelled, &l.Restored)
	f.Completed, f.Reopened, f.Cancelled = f.Completed+completed, f.Reopened+reopened, f.Cancelled+cancelled
}

func milestone(g *portfolio.Program, id string) *portfolio.Milestone {
	if g == nil {
		return nil
	}
	return g.Milestone(id)
}

func milestoneIDs(programs ...*portfolio.Program) []string {
	var ids []string
	for _, g := range programs {
		if g != nil {
			for _, m := range g.Milestones {
				ids = append(ids, m.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// downstream are the successors of a milestone that finish on another day because
// it moves, and nothing else: what the move does in base where it is made alone, or
// what it alone does in head, whichever is more. (With several moves these differ: of
// two that push the same milestone as far, either alone would.) So the step back
// pushes the opposite. Successors that are not in both states are in neither list.
func (c *comparison) downstream(was, is *portfolio.Milestone) []Push {
	pushes := []Push{}
	if c.base.Snapshot.Unconfigured || c.head.Snapshot.Unconfigured { // which are working days is not known
		return pushes
	}
	there, back := *was, *is
	there.Due, back.Due = is.Due, was.Due
	shifts := map[string]int{}
	for _, x := range c.before.Shifts(&there) {
		shifts[x.Ref] = int(x.Days)
	}
	for _, x := range c.after.Shifts(&back) {
		alone, inHead := shifts[x.Ref], -int(x.Days)
		switch {
		case alone == -inHead:
			shifts[x.Ref] = 0 // one says later and one says earlier: it is not this move
		case max(inHead, -inHead) > max(alone, -alone):
			shifts[x.Ref] = inHead
		}
	}
	for _, id := range slices.Sorted(maps.Keys(shifts)) {
		was, before := c.before.Expected(id)
		is, after := c.after.Expected(id)
		if days := shifts[id]; days != 0 && before && after && was != is {
			program, milestoneID, _ := strings.Cut(id, "/")
			pushes = append(pushes, Push{ID: id, Days: days, Owner: owner(c.head.Snapshot.Program(program).Milestone(milestoneID))})
		}
	}
	return pushes
}

// reason is that of the file where it changed, else what Options tell.
func (c *comparison) reason(id history.ID, from cal.Date, was, is string) *string {
	if is != was && is != "" {
		return &is
	}
	if c.Reason == nil {
		return nil
	}
	return report.TextOrNull(c.Reason(id, from))
}

func dated(m *portfolio.Milestone) Dated { return Dated{ID: m.Ref(), Due: m.Due, Owner: owner(m)} }

// owner is who should act on a milestone: a person or a team.
func owner(m *portfolio.Milestone) *string {
	who, team := m.Responsible()
	return report.TextOrNull(cmp.Or(who, team))
}
