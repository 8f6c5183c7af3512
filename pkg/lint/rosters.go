package lint

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// rosters calls a function for each roster that validates.
func (p *Pass) rosters(do func(*portfolio.Roster)) {
	for _, r := range p.Rosters {
		if p.Sound("roster/" + r.Meta.Name) {
			do(r)
		}
	}
}

var moreThanFullTime = &Rule{
	Rule: diag.Rule{Code: "HC015", Name: "more-than-full-time", Summary: "People are contracted for more than full time", Severity: diag.Warning},
	Check: func(p *Pass) {
		p.rosters(func(r *portfolio.Roster) {
			var first *portfolio.Person
			n := 0
			for _, e := range r.People {
				if e.FTE > portfolio.FullTime {
					n++
					if first == nil {
						first = e
					}
				}
			}
			if n == 0 {
				return
			}
			message := fmt.Sprintf("person %q is contracted for %s times full time", first.ID, first.FTE)
			if n > 1 {
				message += fmt.Sprintf(", the first of %d such people of roster %q", n, r.Meta.Name)
			}
			p.Report(Finding{
				At: first.Origin.At("fte"), Subject: "roster/" + r.Meta.Name, Message: message,
				Detail: "write the part of full time: 1 for full time, 0.8 for 80 percent; hours and percentages are no part",
			})
		})
	},
}

// Who is employed again on the next working day changed the contract, and did not leave.
var leftWithoutReason = &Rule{
	Rule: diag.Rule{Code: "HC019", Name: "left-without-reason", Summary: "People left this fiscal year, and the roster does not say why", Severity: diag.Info},
	Check: func(p *Pass) {
		people, year := p.people(), p.Fiscal.Period(p.Fiscal.YearOf(p.AsOf))
		p.rosters(func(r *portfolio.Roster) {
			var first *portfolio.Person
			n := 0
			for _, e := range r.People {
				gone := e.End + 1
				if e.End.IsZero() || e.LeaveReason != "" || gone > p.AsOf || !year.Contains(gone) || p.goesOn(people[e.ID], gone) {
					continue
				}
				n++
				if first == nil {
					first = e
				}
			}
			if n == 0 {
				return
			}
			message := fmt.Sprintf("person %q left on %s, and roster %q does not say why", first.ID, first.End, r.Meta.Name)
			if n > 1 {
				message += fmt.Sprintf(", the first of %d such people", n)
			}
			p.Report(Finding{
				At: first.Origin.At("end"), Subject: "roster/" + r.Meta.Name, Message: message,
				Detail: "state leaveReason: voluntary, involuntary or other; without one attrition counts it with other",
			})
		})
	},
}

// goesOn reports whether one of several employments begins on a day, or on a later one
// without a working day between.
func (p *Pass) goesOn(employments []*portfolio.Person, day cal.Date) bool {
	return slices.ContainsFunc(employments, func(e *portfolio.Person) bool {
		return e.Start >= day && p.Calendar.WorkdaysIn(cal.Period{From: day, To: e.Start}) == 0
	})
}

var idleHistory = &Rule{
	Rule: diag.Rule{Code: "HC016", Name: "idle-history", Summary: "A change in somebody's history has no effect", Severity: diag.Warning},
	Check: func(p *Pass) {
		p.rosters(func(r *portfolio.Roster) {
			for _, e := range r.People {
				for _, h := range e.History {
					what := ""
					switch {
					case h.Until < e.Start:
						what = fmt.Sprintf("before the first day %s", e.Start)
					case e.End != 0 && h.Until >= e.End:
						what = fmt.Sprintf("and the last day is %s, so it never changed", e.End)
					default:
						continue
					}
					p.Report(Finding{
						At: h.Origin.At("until"), Subject: "roster/" + r.Meta.Name + "/person/" + e.ID, Key: "history",
						Message: fmt.Sprintf("person %q was so until %s, %s", e.ID, h.Until, what),
						Detail:  "correct until:, the last day on which it was so; what never held belongs to another employment, what always held beside start:",
					})
				}
			}
		})
	},
}

var afterItsYear = &Rule{
	Rule: diag.Rule{Code: "HC017", Name: "after-its-year", Summary: "A position is budgeted from a day after the year of its plan", Severity: diag.Warning},
	Check: func(p *Pass) {
		for x := range p.positions() {
			last := p.Fiscal.Period(x.plan.FiscalYear).Last()
			if x.plan.FiscalYear.IsZero() || !x.Status.InPlan() || x.Effective.First() <= last {
				continue
			}
			p.Report(Finding{
				At: x.Origin.At("effective"), Subject: x.subject(),
				Message: fmt.Sprintf("position %q is budgeted from %s, after %s ends on %s", x.ID, x.Effective, x.plan.FiscalYear, last),
				Detail:  "correct effective:, or move the position to the plan of its year",
			})
		}
	},
}
