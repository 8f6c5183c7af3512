package impact

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/approval"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Approval is one that the change needs.
type Approval struct {
	// Rule is the condition as policy states it, Because what meets it.
	Rule     string   `json:"rule"`
	Requires []string `json:"requires"`
	Because  string   `json:"because"`
	// Missing are those of Requires who have not approved; all of them where nobody
	// said who has.
	Missing []string `json:"missing"`

	// standing says that the rule holds before the change, so that the change cannot
	// say who is who.
	standing bool
}

// subject is what conditions are judged on: a program, a team, or the portfolio as a
// whole. To each the figures of the others are nothing.
type subject struct {
	name  string // as people read it
	facts approval.Facts
	// touched says that something of it changes.
	touched bool
	// causes are sentences, by the beginning of the names of facts that they are
	// about.
	causes []cause
}

type cause struct{ name, other, text string }

func (s *subject) because(name, other, text string) {
	s.causes = append(s.causes, cause{name, other, text})
}

func newSubject(name string) *subject {
	known := approval.Facts{Budget: approval.NewBudget(0, 0, 0), FTE: approval.NewFTE(0, 0), Headcount: approval.NewHeadcount(0, 0)}
	return &subject{name: name, facts: known}
}

// subject is that of a program, of which one of the two may be nil.
func (c *comparison) subject(was, is *portfolio.Program) *subject {
	g := cmp.Or(is, was)
	key := g.Subject()
	s := c.subjects[key]
	if s == nil {
		s = newSubject("program " + g.Meta.Name)
		s.facts.Program = approval.Program{
			Name: g.Meta.Name, Team: g.Team, Owner: g.Owner, Sponsor: g.Sponsor, Theme: g.Theme, Status: string(g.Status), Labels: g.Meta.Labels,
		}
		c.subjects[key] = s
	}
	return s
}

// team is the subject of a team whose headcount changes.
func (c *comparison) team(name string) *subject {
	key := "team/" + name
	if c.subjects[key] == nil {
		s := newSubject("team " + cmp.Or(name, "(none)"))
		s.facts.Program.Team = name
		s.touched = true
		c.subjects[key] = s
	}
	return c.subjects[key]
}

// whole is the subject of the whole portfolio.
func (c *comparison) whole() *subject {
	const key = "~portfolio" // after all others
	if c.subjects[key] == nil {
		s := newSubject("the portfolio")
		s.facts.Policy.Changed = !equal(c.base.Snapshot.Config.Policy, c.head.Snapshot.Config.Policy)
		s.touched = true
		s.because("policy.", "", "the policy of the portfolio changes")
		c.subjects[key] = s
	}
	return c.subjects[key]
}

// approve judges the conditions of both policies: nobody lifts a condition in the
// change that would meet it, and a new one holds at once.
func (c *comparison) approve() {
	var all []portfolio.Approval
	standing := 0
	for _, side := range []Side{c.base, c.head} {
		standing = len(all)
		for _, a := range side.Snapshot.Config.Policy.Approvals {
			twice := slices.ContainsFunc(all, func(b portfolio.Approval) bool { return a.When == b.When && slices.Equal(a.Requires, b.Requires) })
			if a.Condition != nil && !twice {
				all = append(all, a)
			}
		}
	}
	c.total()
	for i, a := range all {
		because := c.judge(a.Condition)
		if because == "" {
			continue
		}
		requires := slices.Clone([]string(a.Requires))
		c.change.Approvals = append(c.change.Approvals, Approval{
			Rule: a.When, Requires: requires, Because: because, Missing: requires, standing: i < standing,
		})
	}
}

// total gives the portfolio as a whole what happens to the milestones of all
// programs together.
func (c *comparison) total() {
	w := &c.whole().facts.Milestone
	for _, key := range slices.Sorted(maps.Keys(c.subjects)) {
		m := c.subjects[key].facts.Milestone
		w.Slip, w.Pull = max(w.Slip, m.Slip), max(w.Pull, m.Pull)
		w.Moved, w.Added, w.Removed = w.Moved+m.Moved, w.Added+m.Added, w.Removed+m.Removed
		w.Completed, w.Reopened = w.Completed+m.Completed, w.Reopened+m.Reopened
	}
}

// judge tells what meets a condition, "" where nothing does: the programs and teams
// for which it holds, else the portfolio as a whole.
func (c *comparison) judge(condition *approval.Condition) string {
	var met []string
	for _, key := range slices.Sorted(maps.Keys(c.subjects)) {
		s := c.subjects[key]
		if !s.touched || s == c.whole() && len(met) > 0 {
			continue
		}
		switch verdict, err := condition.Holds(s.facts); {
		case err != nil:
			met = append(met, fmt.Sprintf("%s: it cannot be judged: %v", s.name, err))
		case verdict == approval.Yes:
			met = append(met, s.explain(condition.Names()))
		case verdict == approval.Unknown:
			met = append(met, s.name+": what it hangs on changes, and cannot be computed here")
		}
	}
	const most = 5
	if n := len(met) - most; n > 0 {
		met = append(met[:most], fmt.Sprintf("and %d more", n))
	}
	return strings.Join(met, "; ")
}

// explain is what of the subject a condition with those names speaks of.
func (s *subject) explain(names []string) string {
	var texts []string
	for _, c := range s.causes {
		about := func(n string) bool {
			return strings.HasPrefix(n, c.name) || c.other != "" && strings.HasPrefix(n, c.other)
		}
		if c.text != "" && slices.ContainsFunc(names, about) && !slices.Contains(texts, c.text) {
			texts = append(texts, c.text)
		}
	}
	if len(texts) == 0 {
		return s.name
	}
	if !strings.Contains(texts[0], s.name) && s.name != "the portfolio" {
		texts[0] = s.name + ": " + texts[0]
	}
	return strings.Join(texts, ", ")
}

// Approve says who approved: names that may be ids of people, or their handles. An
// approver that policy names is a person, a team, for which its lead or anyone in it
// approves, or a group, for which someone of that very name does. Who is who is what
// the state before the change says, so that nobody becomes an approver by the change
// itself; for a rule that is new, what the state after it says.
func (c *Change) Approve(names []string) {
	before, after := approvers(c.base, names), approvers(c.head, names)
	for i := range c.Approvals {
		a := &c.Approvals[i]
		given := after
		if a.standing {
			given = before
		}
		a.Missing = slices.DeleteFunc(slices.Clone(a.Requires), func(who string) bool {
			return given[handle(who)] || given["team/"+who]
		})
	}
}

// approvers are those for whom somebody of the names stands: themselves, people, and
// teams as team/NAME.
func approvers(s *portfolio.Snapshot, names []string) map[string]bool {
	given := map[string]bool{}
	for _, name := range names {
		name = handle(name)
		given[name] = true
		for _, r := range s.Rosters {
			for _, p := range r.People {
				if slices.Contains([]string{handle(p.ID), handle(p.Handles.GitHub), handle(p.Handles.GitLab), handle(p.Handles.Email)}, name) {
					given[handle(p.ID)] = true
					given["team/"+p.Team] = true
				}
			}
		}
	}
	for _, t := range s.Teams {
		if t.Lead != "" && given[handle(t.Lead)] {
			given["team/"+t.Meta.Name] = true
		}
	}
	return given
}

// handle is a name as it is compared.
func handle(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "@"))
}

func plainMove(what string, days int) string {
	if days < 0 {
		return fmt.Sprintf("%s moves %s earlier", what, plural(-days, "day"))
	}
	return fmt.Sprintf("%s moves %s later", what, plural(days, "day"))
}

func plainMoney(what string, b approval.Budget, currency money.Currency) string {
	return fmt.Sprintf("the plan of %s changes by %+.2f %s (%+.1f%%)", what, b.Delta, currency, 100*b.Increase)
}

func plainFTE(what string, f approval.FTE) string {
	return fmt.Sprintf("the demand of %s changes by %+.3g FTE-months", what, f.Delta)
}

func plainHeads(team string, delta int) string {
	where := ""
	if team != "" {
		where = " in team " + team
	}
	return fmt.Sprintf("%+d planned at the end of the fiscal year%s", delta, where)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
