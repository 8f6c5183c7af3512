package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// people are those of the rosters that validate.
func (p *Pass) people() staffing.People {
	if p.run.people == nil {
		p.run.people = staffing.PeopleOf(p.Snapshot)
	}
	return p.run.people
}

// unlisted reports whether people may be missing from people; the rule is then blind.
func (p *Pass) unlisted() bool {
	if p.run.unlisted == nil {
		missing := len(staffing.Unlisted(p.Snapshot)) > 0
		p.run.unlisted = &missing
	}
	if *p.run.unlisted {
		p.Blind()
	}
	return *p.run.unlisted
}

// taken is the day on which somebody took the seat: the start, else the day from
// which it is budgeted.
func (x position) taken() cal.Date { return cmp.Or(x.Start, x.Effective.First()) }

// filledBy is the employment with which its person fills a position: the first that
// has not ended before the day; nil where there is none.
func (x position) filledBy(people staffing.People) *portfolio.Person {
	for _, e := range people[x.Person] {
		if e.End.IsZero() || !e.End.Before(x.taken()) {
			return e
		}
	}
	return nil
}

// replaces is the employment whose seat a backfill has: of those of the person the
// last that ended before the seat is budgeted, else the one of that day, else the
// first; nil for someone on no roster.
func (x position) replaces(people staffing.People) (e *portfolio.Person) {
	budgeted := x.Effective.First()
	over := func(e *portfolio.Person) bool { return !e.End.IsZero() && e.End.Before(budgeted) }
	for _, next := range people[x.Backfills] {
		if e == nil || over(next) || !over(e) && !next.Start.After(budgeted) {
			e = next
		}
	}
	return e
}

var seatNotEmployed = &Rule{
	Rule: diag.Rule{Code: "HC002", Name: "seat-not-employed", Summary: "Who fills a position is not employed on the day it was taken", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.unlisted() {
			return
		}
		people := p.people()
		for x := range p.positions() {
			employments := people[x.Person]
			if x.Status != portfolio.PositionFilled || len(employments) == 0 {
				continue
			}
			e := x.filledBy(people)
			switch {
			case e == nil:
				last := employments[len(employments)-1]
				p.Report(Finding{
					At: x.Origin.At("person"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q is filled by %q from %s, whose employment ended on %s", x.ID, x.Person, x.taken(), last.End),
					Detail:  "correct person: or start:, or add the new employment to the roster",
				}, place{last.Origin.At("end"), "the employment ends here"})
			case e.Start.After(x.Start) && !x.Start.IsZero():
				p.Report(Finding{
					At: x.Origin.At("start"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q is filled by %q from %s, whose employment starts on %s", x.ID, x.Person, x.taken(), e.Start),
					Detail:  "correct start:, or the start of the employment",
				}, place{e.Origin.At("start"), "the employment starts here"})
			}
		}
	},
}

var backfillOfStayer = &Rule{
	Rule: diag.Rule{Code: "HC003", Name: "backfill-of-stayer", Summary: "A backfill is budgeted while the person whose seat it was is still there", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.unlisted() {
			return
		}
		people := p.people()
		seated := p.seated()
		for x := range p.positions() {
			if !x.Status.InPlan() || x.Type != portfolio.Backfill || x.Backfills == "" {
				continue
			}
			e := x.replaces(people)
			if e == nil {
				continue
			}
			if other, ok := seated[e]; ok && other.Position != x.Position { // HC004 says so
				continue
			}
			budgeted := x.Effective.First()
			switch {
			case e.End.IsZero():
				p.Report(Finding{
					At: x.Origin.At("backfills"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q backfills %q, who has no last day", x.ID, x.Backfills),
					Detail:  "add end: to the person in the roster; if nobody leaves, make the position type: growth",
				}, place{e.Origin.At("start"), "the employment has no end"})
			case e.End.Before(budgeted), x.Effective.IsMonth() && e.End.Month() == budgeted.Month():
			default:
				p.Report(Finding{
					At: x.Origin.At("effective"), Subject: x.subject(),
					Message: fmt.Sprintf("position %q backfills %q, and is budgeted from %s, though the last day is %s: the seat counts twice for %s",
						x.ID, x.Backfills, budgeted, e.End, days(e.End.Sub(budgeted)+1)),
					Detail: fmt.Sprintf("budget it from %s; an overlap that is meant can be waived", e.End.Add(1)),
				}, place{e.Origin.At("end"), "the last day is here"})
			}
		}
	},
}

// seated are the positions in plan that are filled, by the employment that fills
// them: of several the first in the order of inPlan.
func (p *Pass) seated() map[*portfolio.Person]position {
	people := p.people()
	seated := map[*portfolio.Person]position{}
	for _, x := range p.inPlan() {
		if x.Status != portfolio.PositionFilled {
			continue
		}
		if e := x.filledBy(people); e != nil {
			if _, taken := seated[e]; !taken {
				seated[e] = x
			}
		}
	}
	return seated
}

// inPlan are the positions of the plan, in the order in which they are budgeted.
func (p *Pass) inPlan() []position {
	var list []position
	for x := range p.positions() {
		if x.Status.InPlan() {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b position) int { return cmp.Compare(a.Effective.First(), b.Effective.First()) })
	return list
}

var seatCountedTwice = &Rule{
	Rule: diag.Rule{Code: "HC004", Name: "seat-counted-twice", Summary: "Two positions in plan stand for one seat", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.unlisted() {
			return
		}
		// Somebody on no roster has one employment, as far as anybody knows.
		type seat struct {
			id string
			e  *portfolio.Person
		}
		people := p.people()
		filled, replaced := map[seat]position{}, map[seat]position{}
		for _, x := range p.inPlan() {
			if x.Status == portfolio.PositionFilled && x.Person != "" {
				s := seat{x.Person, x.filledBy(people)}
				if other, twice := filled[s]; twice {
					p.Report(Finding{
						At: x.Origin.At("person"), Subject: x.subject(), Key: "person",
						Message: fmt.Sprintf("position %q is filled by %q, who fills position %q too", x.ID, x.Person, other.ID),
						Detail:  "a seat that was left is open again, or cancelled: set the status of one of the two, and delete its person:",
					}, place{other.Origin.At("person"), "the other position"})
				} else {
					filled[s] = x
				}
			}
			if x.Type == portfolio.Backfill && x.Backfills != "" {
				s := seat{x.Backfills, x.replaces(people)}
				if other, twice := replaced[s]; twice {
					p.Report(Finding{
						At: x.Origin.At("backfills"), Subject: x.subject(), Key: "backfills",
						Message: fmt.Sprintf("position %q backfills %q, as position %q does", x.ID, x.Backfills, other.ID),
						Detail:  "cancel one of the two, or make it type: growth",
					}, place{other.Origin.At("backfills"), "the other position"})
				} else {
					replaced[s] = x
				}
			}
		}
		for x := range p.positions() {
			if !x.Status.InPlan() || x.Type != portfolio.Backfill || x.Backfills == "" {
				continue
			}
			other, taken := filled[seat{x.Backfills, x.replaces(people)}]
			if !taken || other.Position == x.Position {
				continue
			}
			p.Report(Finding{
				At: x.Origin.At("backfills"), Subject: x.subject(), Key: "seat",
				Message: fmt.Sprintf("position %q backfills %q, who fills position %q: both are in the plan", x.ID, x.Backfills, other.ID),
				Detail:  fmt.Sprintf("keep one of the two: open %s again without its person, or cancel it", other.ID),
			}, place{other.Origin.At("person"), "the position that the person fills"})
		}
	},
}
