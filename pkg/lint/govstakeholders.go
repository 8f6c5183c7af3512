package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var stakeholderUnreachable = &Rule{
	Rule: diag.Rule{Code: "GOV026", Name: "stakeholder-unreachable", Summary: "A stakeholder has left, or news of the program would reach nobody", Severity: diag.Warning},
	Check: func(p *Pass) {
		private := p.Absent(portfolio.ExternalRoster)
		if private { // handles and last days may be there
			p.Blind()
		}
		for _, g := range p.Programs {
			if g.Status.Over() {
				continue
			}
			for i := range g.Stakeholders {
				h := &g.Stakeholders[i]
				employments := p.people()[h.Person]
				switch last, left := leftOn(employments, p.AsOf); {
				case h.Person == "" && h.Notify == toHandles:
					p.Report(Finding{
						At: h.Origin.At("notify"), Subject: g.Subject(), Key: "group " + h.Group,
						Message: fmt.Sprintf("program %q notifies group %q by its handles, which only people have", g.Meta.Name, h.Group),
						Detail:  "let notify: be an address or a channel",
					})
				case private || len(employments) == 0:
				case left:
					p.Report(Finding{
						At: h.Origin.At("person"), Subject: g.Subject(), Key: "person " + h.Person,
						Message: fmt.Sprintf("stakeholder %q of program %q left on %s", h.Person, g.Meta.Name, last),
						Detail:  "name who has taken over, or delete the entry",
					})
				case h.Notify == toHandles && !reachable(employments):
					p.Report(Finding{
						At: h.Origin.At("notify"), Subject: g.Subject(), Key: "notify " + h.Person,
						Message: fmt.Sprintf("program %q notifies stakeholder %q, who has no handles", g.Meta.Name, h.Person),
						Detail:  "add handles: with github, gitlab or email in the roster, or let notify: be an address or a channel",
					})
				}
			}
		}
	},
}

// toHandles is what notify says where news go to the handles of a person.
const toHandles = "true"

// leftOn is the last day of the last of somebody's employments, if that has passed.
func leftOn(employments []*portfolio.Person, asOf cal.Date) (last cal.Date, left bool) {
	for _, e := range employments {
		if e.End.IsZero() || e.End >= asOf {
			return 0, false
		}
		last = max(last, e.End)
	}
	return last, len(employments) > 0
}

// reachable reports whether somebody has a handle.
func reachable(employments []*portfolio.Person) bool {
	for _, e := range employments {
		if e.Handles != (portfolio.Handles{}) {
			return true
		}
	}
	return false
}
