package impact

import (
	"fmt"
	"math"
	"slices"

	"github.com/progctl/progctl/pkg/approval"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// HeadcountChange is how many heads a team has planned at the end of the fiscal
// year of as-of, where it differs. Nil is unknown: the heads of no team, or those of
// a team whose people or positions change while Unknown says why nobody can count
// them.
type HeadcountChange struct {
	Team    *string  `json:"team"`
	Before  *int     `json:"before"`
	After   *int     `json:"after"`
	Delta   *int     `json:"delta"`
	Unknown []string `json:"unknown"`
}

// heads compares the headcount plans at the end of the fiscal year.
func (c *comparison) heads() {
	end := func(s *portfolio.Snapshot) headcount.Plan {
		return headcount.Planned(s, s.Fiscal.Period(s.Fiscal.YearOf(c.AsOf)).Last())
	}
	was, is := end(c.base.Snapshot), end(c.head.Snapshot)
	unknown := staffing.MergeReasons(staffing.MergeReasons(was.Unknown, is.Unknown), c.unread())
	if len(unknown) > 0 {
		c.uncounted(unknown)
		return
	}
	before, after := map[string]int{}, map[string]int{}
	for _, t := range was.Teams {
		before[t.Team] = t.Heads
	}
	for _, t := range is.Teams {
		after[t.Team] = t.Heads
	}
	sumBefore, sumAfter := 0, 0
	for _, team := range keys(before, after) {
		if !c.chooses("team/" + team) {
			continue
		}
		b, a := before[team], after[team]
		sumBefore, sumAfter = sumBefore+b, sumAfter+a
		if a == b {
			continue
		}
		delta := a - b
		c.change.Headcount = append(c.change.Headcount, HeadcountChange{report.TextOrNull(team), &b, &a, &delta, []string{}})
		s := c.team(team)
		s.facts.Headcount = approval.NewHeadcount(b, a)
		s.because(math.Abs(float64(delta)), plainHeads(team, delta), "headcount")
	}
	whole := c.whole()
	whole.facts.Headcount = approval.NewHeadcount(sumBefore, sumAfter)
	if delta := sumAfter - sumBefore; delta != 0 {
		whole.because(math.Abs(float64(delta)), plainHeads("", delta), "headcount")
	}
}

// uncounted names the teams whose people or positions differ where nobody can count
// heads: a position more is a position more, whoever else there is.
func (c *comparison) uncounted(reasons []staffing.Reason) {
	var why []string
	for _, r := range reasons {
		why = append(why, r.String())
	}
	was, is := seats(c.base.Snapshot), seats(c.head.Snapshot)
	for _, team := range keys(was, is) {
		if !c.chooses("team/"+team) || slices.Equal(was[team], is[team]) {
			continue
		}
		c.change.Headcount = append(c.change.Headcount, HeadcountChange{Team: report.TextOrNull(team), Unknown: why})
		c.team(team).facts.Headcount = approval.Headcount{}
		c.whole().facts.Headcount = approval.Headcount{}
	}
}

// seats are the people and the positions of each team, as far as headcount depends
// on them, a text each.
func seats(s *portfolio.Snapshot) map[string][]string {
	list := map[string][]string{}
	for _, plan := range s.Plans {
		for _, p := range plan.Positions {
			if p.Status.InPlan() {
				list[p.Team] = append(list[p.Team], fmt.Sprint("position ", p.ID, p.Effective, p.Start, p.Person))
			}
		}
	}
	for _, r := range s.Rosters {
		for _, p := range r.People {
			seat := fmt.Sprint("person ", p.ID, p.Start, p.End)
			for _, h := range p.History {
				seat += fmt.Sprint(" ", h.Until, h.Team)
			}
			list[p.Team] = append(list[p.Team], seat)
		}
	}
	for _, l := range list {
		slices.Sort(l)
	}
	return list
}

// unread says which rosters and plans do not validate in one of the states, and which
// files cannot be read: there may be more of them in there.
func (c *comparison) unread() []staffing.Reason {
	var reasons []staffing.Reason
	add := func(format string, args ...any) {
		reasons = append(reasons, staffing.Reason{Text: fmt.Sprintf(format, args...)})
	}
	for _, side := range []Side{c.base, c.head} {
		for _, kind := range []struct{ name, noun string }{{rosters, "roster"}, {plansOfHeads, "headcount plan"}} {
			t := tornOf(side, kind.name)
			for _, file := range t.files {
				add("%s cannot be read", file)
			}
			for name := range t.names { // in the order of reasons, in the end
				add("%s %q does not validate", kind.noun, name)
			}
		}
	}
	return staffing.MergeReasons(nil, reasons)
}
