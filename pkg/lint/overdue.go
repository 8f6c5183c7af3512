package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var overdue = &Rule{
	Rule: diag.Rule{Code: "MS001", Name: "overdue", Summary: "A milestone or a program is past its due date and not done", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status.Over() {
				continue
			}
			if p.late(g.Due) {
				p.Report(Finding{
					At: g.Origin.At("due"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q is %s overdue (due %s)", g.Meta.Name, days(p.AsOf.Sub(g.Due)), g.Due),
					Detail:  "set status: completed and completed: if it is done, else move its due date and say why in dueReason:",
				})
			}
			for _, m := range overdueOf(p, g) {
				p.Report(Finding{
					At: m.Origin.At("due"), Subject: m.Subject(),
					Message: fmt.Sprintf("milestone %q is %s overdue (due %s)", m.ID, days(p.AsOf.Sub(m.Due)), m.Due),
					Detail:  "add completed: with the day if it is done, else move due: and say why in dueReason:",
				})
			}
		}
	},
}

// late reports whether a due date and the grace after it have passed.
func (p *Pass) late(due cal.Date) bool {
	return due.Add(cal.Days(p.Config.Policy.OverdueGrace)).Before(p.AsOf)
}

// overdueOf lists the program's milestones that are overdue.
func overdueOf(p *Pass, g *portfolio.Program) []*portfolio.Milestone {
	var list []*portfolio.Milestone
	for _, m := range g.Milestones {
		if m.Open() && p.late(m.Due) {
			list = append(list, m)
		}
	}
	return list
}

func days(n cal.Days) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
