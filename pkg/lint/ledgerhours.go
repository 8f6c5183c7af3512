package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// closedThrough is the last month that counts as closed: as stated, but none that is not
// over, else the month before as-of.
func (p *Pass) closedThrough() cal.Month {
	over := p.AsOf.Month().Add(-1)
	if stated := p.Config.ClosedThrough; stated != 0 {
		if p.AsOf == p.AsOf.Month().Last() {
			over = p.AsOf.Month()
		}
		return min(stated, over)
	}
	return over
}

var hoursMissing = &Rule{
	Rule: diag.Rule{Code: "BUD015", Name: "hours-missing", Summary: "A closed month has no hours of a program on which people worked", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Config.Policy.PeopleActuals != portfolio.PeopleHours {
			return
		}
		if p.Absent(portfolio.ExternalLedger) {
			p.Blind()
			return
		}
		charged := map[string]map[cal.Month]bool{}
		unsound := map[string]bool{}
		for _, l := range p.Ledgers {
			unsound[l.Program] = unsound[l.Program] || !p.Sound(ledgerSubject(l))
			for _, h := range l.Hours {
				if charged[l.Program] == nil {
					charged[l.Program] = map[cal.Month]bool{}
				}
				charged[l.Program][h.Month] = true
			}
		}
		for _, g := range p.Programs {
			if g.Status == portfolio.ProgramCancelled || g.Status == portfolio.ProgramProposed || unsound[g.Meta.Name] {
				continue
			}
			missing := map[cal.Month]*portfolio.StaffingLine{}
			for _, l := range g.Staffing {
				if l.Person == "" || l.FTE == 0 {
					continue
				}
				for _, m := range l.Period().Months() {
					if m <= p.closedThrough() && !charged[g.Meta.Name][m] && missing[m] == nil &&
						p.Calendar.WorkdaysIn(l.Period().Intersect(m.Period())) > 0 {
						missing[m] = l
					}
				}
			}
			months := slices.Sorted(maps.Keys(missing))
			if len(months) == 0 {
				continue
			}
			l := missing[months[0]]
			p.Report(Finding{
				At: l.Origin.At("person"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q has no hours of %s, in which %s was to work on it%s", g.Meta.Name, months[0], who(l), such("months", len(months))),
				Detail:  "add them under hours: of its ledger, with fte: 0 where nobody worked; without hours people cost it nothing",
			})
		}
	},
}

var hoursOfNobody = &Rule{
	Rule: diag.Rule{Code: "BUD018", Name: "hours-of-nobody", Summary: "Hours do not say whose they are, or name a role that nobody has", Severity: diag.Error},
	Check: func(p *Pass) {
		var roles []string
		for _, ledger := range p.Ledgers {
			if !p.Sound(ledgerSubject(ledger)) {
				continue
			}
			var told []string
			for i := range ledger.Hours {
				h := &ledger.Hours[i]
				if h.Person == "" && h.Role != "" && roles == nil {
					roles = p.roles()
				}
				f := Finding{Subject: ledgerSubject(ledger)}
				switch {
				case h.Month == 0:
					f.Key, f.Message = "month", fmt.Sprintf("hours of ledger %q do not say of which month they are", ledger.Meta.Name)
					f.At, f.Detail = h.Origin.At(), "add month:"
				case h.Person == "" && h.Role == "":
					f.Key, f.Message = "nobody", fmt.Sprintf("hours of ledger %q for %s name neither a person nor a role", ledger.Meta.Name, h.Month)
					f.At, f.Detail = h.Origin.At("month"), "name the person: who worked, or the role:"
				case h.Person != "" || slices.Contains(roles, h.Role):
					continue
				case p.Absent(portfolio.ExternalRoster) || p.Absent(portfolio.ExternalHeadcountPlan) || len(roles) == 0:
					p.Blind()
					continue
				default:
					f.Key, f.Message = "role "+h.Role, fmt.Sprintf("hours of ledger %q for %s are of role %q, which is in no roster, no rate card and no plan", ledger.Meta.Name, h.Month, h.Role)
					f.At, f.Detail, f.Suggestion = h.Origin.At("role"), "correct the role; without it nobody knows what the hours cost", diag.Nearest(h.Role, roles)
				}
				if !slices.Contains(told, f.Key) {
					told = append(told, f.Key)
					p.Report(f)
				}
			}
		}
	},
}

// roles are all that people, positions, staffing lines and rates name, sorted.
func (p *Pass) roles() []string {
	names := map[string]bool{}
	for _, r := range p.Config.RateCard {
		names[r.Role] = true
	}
	for _, r := range p.Rosters {
		for _, e := range r.People {
			names[e.Role] = true
			for _, h := range e.History {
				names[h.Role] = true
			}
		}
	}
	for _, plan := range p.Plans {
		for _, x := range plan.Positions {
			names[x.Role] = true
		}
	}
	for _, g := range p.Snapshot.Programs {
		for _, l := range g.Staffing {
			names[l.Role] = true
		}
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names))
}

// hoursOf names what a person charged in a month, and charge is what that was, over
// all ledgers.
type (
	hoursOf struct {
		person string
		month  cal.Month
	}
	charge struct {
		total   int64 // thousandths
		entries int
		last    *portfolio.HoursEntry
		in      *portfolio.Ledger
	}
)

var hoursAboveContract = &Rule{
	Rule: diag.Rule{Code: "BUD019", Name: "hours-above-contract", Summary: "A person charged more hours than the policy allows, or without being employed", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.unlisted() {
			return
		}
		charges := map[hoursOf]*charge{}
		for s := range p.spenders() {
			for _, l := range s.ledgers {
				for i := range l.Hours {
					h := &l.Hours[i]
					if h.Person == "" || h.Month == 0 {
						continue
					}
					at := hoursOf{h.Person, h.Month}
					if charges[at] == nil {
						charges[at] = new(charge)
					}
					c := charges[at]
					c.total, c.entries, c.last, c.in = c.total+int64(h.FTE), c.entries+1, h, l
				}
			}
		}
		order := slices.SortedFunc(maps.Keys(charges), func(a, b hoursOf) int {
			return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.month, b.month))
		})
		for len(order) > 0 {
			person := order[0].person
			var above []hoursOf
			for len(order) > 0 && order[0].person == person {
				own, known := p.contracted(order[0])
				if known && charges[order[0]].total*int64(portfolio.Whole) > own*int64(*p.Config.Policy.MaxAllocation) {
					above = append(above, order[0])
				}
				order = order[1:]
			}
			if len(above) > 0 {
				reportHours(p, above, charges[above[0]])
			}
		}
	},
}

// reportHours reports the months in which a person charged too much: the first, and
// how many there are.
func reportHours(p *Pass, above []hoursOf, c *charge) {
	at := above[0]
	entries := ""
	if c.entries > 1 {
		entries = fmt.Sprintf(" in %s", entryCount(c.entries))
	}
	own, _ := p.contracted(at)
	contract := fmt.Sprintf("is contracted for %s, of which policy allows %s", portfolio.MilliFTE(own), *p.Config.Policy.MaxAllocation)
	if own == 0 {
		contract = "is not employed then"
	}
	p.Report(Finding{
		At: c.last.Origin.At("fte"), Subject: ledgerSubject(c.in), Key: at.person,
		Message: fmt.Sprintf("person %q charged %s%s in %s and %s%s", at.person, portfolio.MilliFTE(c.total), entries, at.month, contract, such("months", len(above))),
		Detail:  "correct fte: or the month, here or in another ledger; 1 is full time for the whole month",
	})
}

// contracted is the most that a person is contracted for on a day of a month, in
// thousandths; 0 without an employment. known is false for someone on no roster.
func (p *Pass) contracted(at hoursOf) (most int64, known bool) {
	for _, e := range p.people()[at.person] {
		known = true
		days := at.month.Period().Intersect(cal.Through(e.Start, cmp.Or(e.End, cal.MaxDate)))
		for day := days.From; day < days.To; day++ {
			now, until, _ := p.people().On(at.person, day)
			most = max(most, int64(now.FTE))
			day = min(until, days.To) - 1
		}
	}
	return most, known
}
