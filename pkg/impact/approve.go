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
	"github.com/progctl/progctl/pkg/report"
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
	// otherwise is what the program was called and labelled before, where that is
	// something else: a change does not escape a condition by what it calls itself.
	otherwise *approval.Program
	// unjudged, where it is not empty, says why nobody knows what changes.
	unjudged string
	causes   []cause
}

// cause is a sentence about facts.
type cause struct {
	facts  []string // their names, or groups of them: milestone.slip, budget
	weight float64  // the heaviest are told first
	text   string
}

func (s *subject) because(weight float64, text string, facts ...string) {
	s.causes = append(s.causes, cause{facts, weight, text})
}

// about reports whether it is about a fact.
func (c cause) about(name string) bool {
	group, _, _ := strings.Cut(name, ".")
	return slices.Contains(c.facts, name) || slices.Contains(c.facts, group)
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
		s.facts.Program = named(g)
		if before := named(cmp.Or(was, is)); !equal(before, s.facts.Program) {
			s.otherwise = &before
		}
		c.subjects[key] = s
	}
	return s
}

// named is what a program is called, whose it is, and how it is labelled.
func named(g *portfolio.Program) approval.Program {
	return approval.Program{
		Name: g.Meta.Name, Team: g.Team, Owner: g.Owner, Sponsor: g.Sponsor, Theme: g.Theme, Status: string(g.Status), Labels: g.Meta.Labels,
	}
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
		s.because(1, "the policy of the portfolio changes", "policy")
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
	for _, s := range c.subjects {
		s.counts()
	}
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
// programs together. It is touched where any of them is, or its policy.
func (c *comparison) total() {
	whole := c.whole()
	w := &whole.facts.Milestone
	whole.touched = whole.facts.Policy.Changed
	for _, key := range slices.Sorted(maps.Keys(c.subjects)) {
		s := c.subjects[key]
		if s == whole {
			continue
		}
		whole.touched = whole.touched || s.touched
		m := s.facts.Milestone
		w.Slip, w.Pull = max(w.Slip, m.Slip), max(w.Pull, m.Pull)
		w.Moved, w.Added, w.Removed = w.Moved+m.Moved, w.Added+m.Added, w.Removed+m.Removed
		w.Completed, w.Reopened, w.Cancelled = w.Completed+m.Completed, w.Reopened+m.Reopened, w.Cancelled+m.Cancelled
		for _, cause := range s.causes {
			if strings.HasPrefix(cause.facts[0], "milestone.") {
				whole.causes = append(whole.causes, cause)
			}
		}
	}
}

// mostCauses bounds what one condition is explained by.
const mostCauses = 5

// judge tells what meets a condition, "" where nothing does: the programs and teams
// for which it holds, else, where it asks for nothing of a single program, the
// portfolio as a whole.
func (c *comparison) judge(condition *approval.Condition) string {
	var met []string
	single := slices.ContainsFunc(condition.Names(), func(n string) bool { return strings.HasPrefix(n, "program.") })
	for _, key := range slices.Sorted(maps.Keys(c.subjects)) {
		s := c.subjects[key]
		if !s.touched || s == c.whole() && (single || len(met) > 0) {
			continue
		}
		switch verdict, err := s.judge(condition); {
		case err != nil:
			met = append(met, fmt.Sprintf("%s: it cannot be judged: %v", s.name, err))
		case verdict == approval.Unknown && s.unjudged != "":
			met = append(met, s.name+": "+s.unjudged)
		case verdict == approval.Unknown:
			met = append(met, s.name+": what it hangs on changes, and cannot be computed here")
		case verdict == approval.Yes:
			met = append(met, s.explain(condition.Names()))
		}
	}
	if n := len(met) - mostCauses; n > 0 {
		met = append(met[:mostCauses], fmt.Sprintf("and %d more", n))
	}
	return strings.Join(met, "; ")
}

// judge judges a condition by what the subject is, and by what it was called before.
func (s *subject) judge(condition *approval.Condition) (approval.Verdict, error) {
	if s.unjudged != "" {
		ofTeams := func(n string) bool { return strings.HasPrefix(n, "headcount.") || strings.HasPrefix(n, "policy.") }
		if slices.ContainsFunc(condition.Names(), func(n string) bool { return !ofTeams(n) }) {
			return approval.Unknown, nil
		}
		return approval.No, nil
	}
	verdict, err := condition.Holds(s.facts)
	if err != nil || verdict == approval.Yes || s.otherwise == nil {
		return verdict, err
	}
	before := s.facts
	now := before.Program
	before.Program = *s.otherwise
	before.Program.Slip, before.Program.Pull = now.Slip, now.Pull
	before.Program.Added, before.Program.Removed, before.Program.StatusChanged = now.Added, now.Removed, now.StatusChanged
	earlier, err := condition.Holds(before)
	if verdict == approval.Unknown && earlier == approval.No {
		earlier = verdict
	}
	return earlier, err
}

// explain is what of the subject a condition with those names speaks of.
func (s *subject) explain(names []string) string {
	causes := slices.DeleteFunc(slices.Clone(s.causes), func(c cause) bool { return !slices.ContainsFunc(names, c.about) })
	slices.SortStableFunc(causes, func(a, b cause) int { return cmp.Compare(b.weight, a.weight) })
	var texts []string
	for _, c := range causes[:min(len(causes), mostCauses)] {
		texts = append(texts, c.text)
	}
	if n := len(causes) - mostCauses; n > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", n))
	}
	switch text := strings.Join(texts, ", "); {
	case text == "":
		return s.name
	case strings.Contains(text, s.name):
		return text
	default:
		return s.name + ": " + text
	}
}

// count says of how many milestones of the subject something is so.
func (s *subject) count(n int, what, fact string) {
	if n > 0 {
		s.because(0, report.Plural(n, "milestone")+" "+what, fact)
	}
}

// counts are sentences about the facts that are counts.
func (s *subject) counts() {
	m := s.facts.Milestone
	s.count(m.Moved, "moved", "milestone.moved")
	s.count(m.Added, "added", "milestone.added")
	s.count(m.Removed, "removed", "milestone.removed")
	s.count(m.Completed, "completed", "milestone.completed")
	s.count(m.Reopened, "reopened", "milestone.reopened")
	s.count(m.Cancelled, "cancelled", "milestone.cancelled")
}

func plainMove(what string, days int) string {
	if days < 0 {
		return fmt.Sprintf("%s moves %s earlier", what, report.Plural(-days, "day"))
	}
	return fmt.Sprintf("%s moves %s later", what, report.Plural(days, "day"))
}

func plainMoney(what string, before, after money.Amount, increase float64) string {
	delta := money.Amount{Minor: after.Minor - before.Minor, Currency: after.Currency}
	sign := ""
	if delta.Minor > 0 {
		sign = "+"
	}
	return fmt.Sprintf("the plan of %s changes by %s%s %s (%+.1f%%)", what, sign, delta.Grouped(), delta.Currency, 100*increase)
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
