package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
)

var dueSoon = &Rule{
	Rule: diag.Rule{Code: "MS012", Name: "due-soon", Summary: "A milestone or a program is due within the horizon", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Horizon == nil {
			p.Blind()
			return
		}
		for _, g := range p.Programs {
			if g.Status.Over() {
				continue
			}
			if p.soon(g.Due) {
				p.Report(Finding{
					At: g.Origin.At("due"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q is due %s", g.Meta.Name, within(p.AsOf, g.Due)),
					Detail:  "if it will not be done by then, move its due date before that day and say why in dueReason:",
				})
			}
			for _, m := range g.Milestones {
				if m.Open() && p.soon(m.Due) {
					p.Report(Finding{
						At: m.Origin.At("due"), Subject: m.Subject(),
						Message: fmt.Sprintf("milestone %q is due %s", m.ID, within(p.AsOf, m.Due)),
						Detail:  "add completed: with the day once it is done; if it will not be done by then, move due: before that day and say why in dueReason:",
					})
				}
			}
		}
	},
}

// soon reports whether a due date has not passed and lies within the horizon, its
// last day included.
func (p *Pass) soon(due cal.Date) bool {
	return !due.Before(p.AsOf) && due.Sub(p.AsOf) <= cal.Days(*p.Horizon)
}

// within is "in 11 days (2026-12-04)".
func within(asOf, due cal.Date) string {
	if due == asOf {
		return fmt.Sprintf("today (%s)", due)
	}
	return fmt.Sprintf("in %s (%s)", days(due.Sub(asOf)), due)
}
