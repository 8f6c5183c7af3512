package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

var missingRate = &Rule{
	Rule: diag.Rule{Code: "HC010", Name: "missing-rate", Summary: "Somebody has no cost: no rate decides for a role, level and location", Severity: diag.Warning},
	Check: func(p *Pass) {
		if len(p.Config.RateCard) == 0 {
			p.Blind()
			return
		}
		p.unlisted()
		u := unpriced{
			pass: p, book: rates.New(p.Snapshot), known: map[rates.Scope][]staffing.Reason{}, found: map[string]*unpricedReason{},
			days: cal.Period{From: p.AsOf, To: p.Fiscal.Period(p.Fiscal.YearOf(p.AsOf)).To},
		}
		for _, r := range p.Rosters {
			if !p.Sound("roster/" + r.Meta.Name) {
				continue
			}
			for _, e := range r.People {
				for _, s := range staffing.Stretches(e, staffing.Employed(e).Intersect(u.days)) {
					u.add(rates.Scope{Role: s.Role, Level: s.Level, Location: s.Location}, s.FTE, s.Period, bearer{"person", e.ID, e.Origin.At("level")})
				}
			}
		}
		for x := range p.positions() {
			if x.Status.InPlan() {
				budgeted := cal.Period{From: max(x.Effective.First(), u.days.From), To: u.days.To}
				u.add(rates.Scope{Role: x.Role, Level: x.Level, Location: x.Location}, x.FTE, budgeted, bearer{"position", x.ID, x.Origin.At("level")})
			}
		}
		u.report()
	},
}

// unpriced collects who costs nobody knows what, by the reason.
type unpriced struct {
	pass    *Pass
	book    *rates.Book
	days    cal.Period
	known   map[rates.Scope][]staffing.Reason // over all the days
	found   map[string]*unpricedReason        // by text
	reasons []*unpricedReason                 // in the order in which they were found
}

// unpricedReason is whom a reason is for: the first of them, and the ids of all by
// what they are.
type unpricedReason struct {
	staffing.Reason
	first bearer
	ids   map[string]bool
}

// bearer is a person or a position.
type bearer struct {
	noun, id string
	at       source.Place
}

// add asks for the cost of somebody. A scope for which rates decide on all days, as
// for nearly all, is asked for once.
func (u *unpriced) add(who rates.Scope, fte portfolio.MilliFTE, days cal.Period, b bearer) {
	if days.IsEmpty() {
		return
	}
	all, asked := u.known[who]
	if !asked {
		all = u.why(who, portfolio.FullTime, u.days)
		u.known[who] = all
	}
	if len(all) == 0 {
		return
	}
	for _, r := range u.why(who, fte, days) {
		if r.Text == staffing.Private.Text {
			u.pass.Blind()
			continue
		}
		known := u.found[r.Text]
		if known == nil {
			known = &unpricedReason{Reason: r, first: b, ids: map[string]bool{}}
			u.found[r.Text], u.reasons = known, append(u.reasons, known)
		}
		known.Month = min(known.Month, r.Month)
		known.ids[b.noun+" "+b.id] = true
	}
}

func (u *unpriced) why(who rates.Scope, fte portfolio.MilliFTE, days cal.Period) (why []staffing.Reason) {
	for _, m := range days.Months() {
		_, reasons := u.book.Cost(who, fte, m, days.Intersect(m.Period()))
		why = staffing.MergeReasons(why, reasons)
	}
	return why
}

func (u *unpriced) report() {
	for _, r := range u.reasons {
		whom := fmt.Sprintf("%s %q has no cost", r.first.noun, r.first.id)
		if n := len(r.ids) - 1; n > 0 {
			whom = fmt.Sprintf("%s %q and %d more have no cost", r.first.noun, r.first.id, n)
		}
		u.pass.Report(Finding{
			At: r.first.at, Subject: "portfolio/" + u.pass.Config.Meta.Name, Key: r.Text,
			Message: fmt.Sprintf("%s: %s", r.Reason, whom),
			Detail:  "add what is missing to the Portfolio, with a from: that is no later; or correct role, level and location here",
		})
	}
}
