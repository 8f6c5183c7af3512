package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var dueBeforeDependency = &Rule{
	Rule: diag.Rule{Code: "MS002", Name: "due-before-dependency", Summary: "A milestone is due before what it depends on", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status.Over() {
				continue
			}
			for _, m := range g.Milestones {
				if !m.Open() {
					continue
				}
				for i := range m.DependsOn {
					checkDependency(p, m, &m.DependsOn[i])
				}
			}
		}
	},
}

// checkDependency compares the due dates of an open milestone and of what its
// finish waits for. Links to the start of either end bind no due date.
func checkDependency(p *Pass, m *portfolio.Milestone, d *portfolio.Dependency) {
	on := d.Target
	if on == nil || on.Status == portfolio.MilestoneCancelled || on.Program.Status == portfolio.ProgramCancelled ||
		d.Type != portfolio.FinishToStart && d.Type != portfolio.FinishToFinish {
		return
	}
	finish, done := on.Due, ""
	if on.Status == portfolio.MilestoneDone && !on.Completed.IsZero() {
		finish, done = on.Completed, "completed "
	}
	earliest := p.Calendar.AddWorkdays(finish, cal.WorkDays(d.Lag))
	if d.Lag == 0 {
		earliest = finish
	}
	if !m.Due.Before(earliest) {
		return
	}
	lag := ""
	if d.Lag != 0 {
		lag = fmt.Sprintf(" and a lag of %s", d.Lag)
	}
	p.Report(Finding{
		At: m.Origin.At("due"), Subject: m.Subject(), Key: string(d.On),
		Message: fmt.Sprintf("milestone %q is due %s, before its dependency %q (%s%s)%s", m.ID, m.Due, d.On, done, finish, lag),
		Detail:  fmt.Sprintf("move due: to %s or later, or drop the dependency", earliest),
	}, place{on.Origin.At("due"), fmt.Sprintf("%s is due here", on.Ref())})
}

var outsideProgram = &Rule{
	Rule: diag.Rule{Code: "MS003", Name: "outside-program", Summary: "A milestone is due outside of its program's dates", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status == portfolio.ProgramCancelled {
				continue
			}
			for _, m := range g.Milestones {
				switch {
				case m.Status == portfolio.MilestoneCancelled:
				case m.Due.Before(g.Start):
					p.Report(Finding{
						At: m.Origin.At("due"), Subject: m.Subject(),
						Message: fmt.Sprintf("milestone %q is due %s, before its program starts (%s)", m.ID, m.Due, g.Start),
						Detail:  "move the milestone, or the start of the program",
					}, place{g.Origin.At("start"), "the program starts here"})
				case m.Due.After(g.Due):
					p.Report(Finding{
						At: m.Origin.At("due"), Subject: m.Subject(),
						Message: fmt.Sprintf("milestone %q is due %s, after its program is due (%s)", m.ID, m.Due, g.Due),
						Detail:  "move the milestone, or the due date of the program",
					}, place{g.Origin.At("due"), "the program is due here"})
				}
			}
		}
	},
}
