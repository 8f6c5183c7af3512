// Package impact compares two states of a portfolio: what moves and what that
// pushes, what comes and goes, what it costs, what it breaks or mends, and whose
// approval it needs. It knows Snapshots and a day, and nothing of revisions.
package impact

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/schedule"
	"github.com/progctl/progctl/pkg/staffing"
)

// Side is one of the two states.
type Side struct {
	Snapshot *portfolio.Snapshot
	// Findings are all findings of it, finished.
	Findings []diag.Diagnostic
}

// Options is what a comparison needs beside the two states.
type Options struct {
	// AsOf is what day it is, in both states.
	AsOf cal.Date
	// Chooses reports whether a program, a milestone or a team, named as findings name
	// them, is to be looked at; nil is all.
	Chooses func(subject string) bool
	// Selector chooses positions and people, by fields of their own too.
	Selector portfolio.Selector
	// Reason tells why a date moved away from what it was in base, where its file does
	// not; nil is never.
	Reason func(id history.ID, from cal.Date) string
}

// Change is what the step from one state to another does. All lists are sorted.
// What does not validate in either state is in none of them.
type Change struct {
	Milestones Milestones
	Programs   Programs
	Budget     []BudgetChange
	FTE        []FTEChange
	Headcount  []HeadcountChange
	// PlanCost is what the headcount plans cost, everyone on the rosters with them.
	PlanCost []BudgetChange
	// Spend is what programs and teams spent, and are forecast to cost, where it differs.
	Spend      []SpendChange
	Positions  Positions
	People     People
	Introduced []diag.Diagnostic
	Fixed      []diag.Diagnostic
	Approvals  []Approval

	base, head *portfolio.Snapshot
	asOf       cal.Date
}

// Milestones is what happens to milestones.
type Milestones struct {
	Added, Removed []Dated
	Moved          []Move
	Completed      []string // done now
	Reopened       []string // done before
	Cancelled      []string // cancelled now
	Restored       []string // cancelled before
}

// Programs is what happens to programs.
type Programs struct {
	Added, Removed []string
	StatusChanged  []StatusChange
	Moved          []Move // by their own due
}

// Dated is something and when it is due.
type Dated struct {
	ID    string   `json:"id"`
	Due   cal.Date `json:"due"`
	Owner *string  `json:"owner"`
}

// StatusChange is another status of a program.
type StatusChange struct {
	ID   string                  `json:"id"`
	From portfolio.ProgramStatus `json:"from"`
	To   portfolio.ProgramStatus `json:"to"`
}

// Move is another due date. Days is positive where it is later, in calendar days.
type Move struct {
	ID         string   `json:"id"`
	From       cal.Date `json:"from"`
	To         cal.Date `json:"to"`
	Days       int      `json:"days"`
	Reason     *string  `json:"reason"`
	Owner      *string  `json:"owner"`
	Downstream []Push   `json:"downstream"`
}

// Push is a successor, direct or not, whose expected finish the move changes. Days is
// by how many calendar days, by this move alone.
type Push struct {
	ID    string  `json:"id"`
	Days  int     `json:"days"`
	Owner *string `json:"owner"`
}

// Compare tells what the step from base to head does. The step back does the
// opposite.
func Compare(base, head Side, o Options) *Change {
	c := &comparison{
		Options: o, base: base, head: head,
		before: schedule.New(base.Snapshot, o.AsOf), after: schedule.New(head.Snapshot, o.AsOf),
		change: &Change{base: base.Snapshot, head: head.Snapshot, asOf: o.AsOf}, subjects: map[string]*subject{},
		grouping: map[*portfolio.Snapshot]*staffing.Grouping{}, listed: map[*portfolio.Snapshot]staffing.People{},
	}
	for _, name := range c.names() {
		c.program(name)
	}
	c.mended()
	c.money()
	c.spend()
	c.heads()
	c.positions()
	c.people()
	c.planCost()
	c.findings()
	c.approve()
	return c.change
}

// comparison is one call of Compare.
type comparison struct {
	Options
	base, head    Side
	before, after *schedule.Network
	change        *Change
	subjects      map[string]*subject // of approvals, by name as findings name them

	// staffed says that a seat or an employment differs; touched are the days on which
	// one that is chosen does, planned the years of the plans of such seats.
	staffed  bool
	touched  []cal.Period
	planned  []cal.FiscalYear
	grouping map[*portfolio.Snapshot]*staffing.Grouping
	listed   map[*portfolio.Snapshot]staffing.People
}

// names are those of all programs that validate in both states, or are there in
// one alone and nothing suggests that the other cannot be read.
func (c *comparison) names() []string {
	return slices.DeleteFunc(c.all(), func(name string) bool { return c.broken(c.base, name) || c.broken(c.head, name) })
}

// all are the names of the programs of either state.
func (c *comparison) all() []string {
	var names []string
	for _, side := range []Side{c.base, c.head} {
		for _, g := range side.Snapshot.Programs {
			names = append(names, g.Meta.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// broken reports whether a program does not validate in a state, or may be in a file
// of it that cannot be read.
func (c *comparison) broken(side Side, name string) bool {
	if !side.Snapshot.Sound("program/" + name) {
		return true
	}
	if side.Snapshot.Program(name) != nil {
		return false
	}
	return slices.ContainsFunc(side.Findings, func(d diag.Diagnostic) bool {
		return strings.HasPrefix(d.Subject, "file/") && d.Severity == diag.Error
	})
}

// mended makes subjects of the programs that validate in one state alone: what the
// change does to them nobody can tell.
func (c *comparison) mended() {
	for _, name := range c.all() {
		was, is := c.broken(c.base, name), c.broken(c.head, name)
		if was == is || !c.chooses("program/"+name) {
			continue
		}
		s := c.subject(c.base.Snapshot.Program(name), c.head.Snapshot.Program(name))
		s.touched = true
		s.unjudged = "it cannot be read or does not validate after the change, so nobody can tell what changes"
		if was {
			s.unjudged = "it cannot be read or does not validate before the change, so nobody can tell what changes"
		}
	}
}

func (c *comparison) chooses(subject string) bool { return c.Chooses == nil || c.Chooses(subject) }

// program compares a program and its milestones, those of them that are chosen.
func (c *comparison) program(name string) {
	was, is := c.base.Snapshot.Program(name), c.head.Snapshot.Program(name)
	s := c.subject(was, is)
	p := &c.change.Programs
	switch {
	case !c.chooses("program/" + name):
	case was == nil:
		p.Added = append(p.Added, name)
		s.facts.Program.Added, s.touched = true, true
		s.because(0, "it is new", "program.added")
	case is == nil:
		p.Removed = append(p.Removed, name)
		s.facts.Program.Removed, s.touched = true, true
		s.because(0, "it is removed", "program.removed")
	default:
		if was.Status != is.Status {
			p.StatusChanged = append(p.StatusChanged, StatusChange{name, was.Status, is.Status})
			s.facts.Program.StatusChanged, s.touched = true, true
			s.because(0, fmt.Sprintf("its status changes from %s to %s", was.Status, is.Status), "program.statusChanged", "program.status")
		}
		if was.Due != is.Due {
			m := Move{ID: name, From: was.Due, To: is.Due, Days: int(is.Due.Sub(was.Due)), Owner: report.TextOrNull(is.Owner), Downstream: []Push{}}
			m.Reason = c.reason(history.ID{Program: name}, was.Due, was.DueReason, is.DueReason)
			p.Moved = append(p.Moved, m)
			s.facts.Program.Slip, s.facts.Program.Pull, s.touched = max(m.Days, 0), max(-m.Days, 0), true
			s.because(math.Abs(float64(m.Days)), plainMove("program "+name, m.Days), sign(m.Days, "program.slip", "program.pull"))
		}
	}
	for _, id := range milestoneIDs(was, is) {
		if c.chooses("program/" + name + "/milestone/" + id) {
			c.milestone(s, history.ID{Program: name, Milestone: id}, milestone(was, id), milestone(is, id))
		}
	}
}

// sign is the name of the fact that a move is about.
func sign(days int, later, earlier string) string {
	if days > 0 {
		return later
	}
	return earlier
}

// findings compares the findings that no waiver silences, by their fingerprints where
// nobody said of head's which are new.
func (c *comparison) findings() {
	known := func(list []diag.Diagnostic) map[string]bool {
		set := make(map[string]bool, len(list))
		for _, d := range list {
			if !d.Waived {
				set[d.Fingerprint] = true
			}
		}
		return set
	}
	only := func(list []diag.Diagnostic, other map[string]bool) []diag.Diagnostic {
		var out []diag.Diagnostic
		for _, d := range list {
			isNew := !other[d.Fingerprint]
			if d.Introduced != nil { // somebody who knows the rules decided
				isNew = *d.Introduced
			}
			if !d.Waived && isNew {
				out = append(out, d)
			}
		}
		return out
	}
	c.change.Introduced = only(c.head.Findings, known(c.base.Findings))
	c.change.Fixed = only(c.base.Findings, known(c.head.Findings))
	for i := range c.change.Introduced {
		c.change.Introduced[i].Introduced = new(true)
	}
}

// Empty reports whether nothing that matters differs.
func (c *Change) Empty() bool {
	m, p, seats, people := c.Milestones, c.Programs, c.Positions, c.People
	return len(m.Added)+len(m.Removed)+len(m.Moved)+len(m.Completed)+len(m.Reopened)+len(m.Cancelled)+len(m.Restored)+
		len(p.Added)+len(p.Removed)+len(p.StatusChanged)+len(p.Moved)+
		len(c.Budget)+len(c.FTE)+len(c.Headcount)+len(c.PlanCost)+len(c.Spend)+
		len(seats.Added)+len(seats.Removed)+len(seats.Changed)+len(people.Joined)+len(people.Left)+len(people.Moved)+
		len(c.Introduced)+len(c.Fixed)+len(c.Approvals) == 0
}
