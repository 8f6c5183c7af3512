package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var noOwner = &Rule{
	Rule: diag.Rule{Code: "GOV001", Name: "no-owner", Summary: "A running program has no owner", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status.Committed() && g.Owner == "" {
				p.Report(Finding{
					At: g.Meta.Origin.At("name"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q has no owner", g.Meta.Name),
					Detail:  "add owner: with the person or the team that answers for it",
				})
			}
		}
	},
}

var noObjective = &Rule{
	Rule: diag.Rule{Code: "GOV002", Name: "no-objective", Summary: "A running program does not say what it is for", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status.Committed() && g.Objective == "" && len(g.Objectives) == 0 {
				p.Report(Finding{
					At: g.Meta.Origin.At("name"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q has no objective", g.Meta.Name),
					Detail:  "add objective: with a sentence, or objectives: with those of the roadmap that it serves",
				})
			}
		}
	},
}

var noMilestone = &Rule{
	Rule: diag.Rule{Code: "MS008", Name: "no-milestone", Summary: "A running program has no milestone", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status.Committed() && len(g.Milestones) == 0 {
				p.Report(Finding{
					At: g.Meta.Origin.At("name"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q has no milestone", g.Meta.Name),
					Detail:  "add milestones: with at least the result that ends it; without one nobody can tell whether it is late",
				})
			}
		}
	},
}

var greenButOverdue = &Rule{
	Rule: diag.Rule{Code: "MS009", Name: "green-but-overdue", Summary: "Health is stated green while something is overdue", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Health == nil || g.Health.Status != portfolio.Green || g.Status.Over() {
				continue
			}
			var names []string
			var places []place
			for _, m := range overdueOf(p, g) {
				names = append(names, m.ID)
				places = append(places, place{m.Origin.At("due"), "overdue"})
			}
			what := "the program itself is overdue"
			if len(names) > 0 {
				what = few("overdue milestone", names)
			} else if !p.late(g.Due) {
				continue
			}
			p.Report(Finding{
				At: g.Origin.At("health", "status"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q says it is green with %s", g.Meta.Name, what),
				Detail:  "state yellow or red with a note, or move the dates that no longer hold",
			}, places...)
		}
	},
}

// staleWithin is how near a due date must be for silence about it to matter.
const staleWithin cal.Days = 60

var stale = &Rule{
	Rule: diag.Rule{Code: "MS010", Name: "stale", Summary: "Something is due soon, and the file has not been touched for long", Severity: diag.Warning},
	Check: func(p *Pass) {
		after := cal.Days(*p.Config.Policy.StaleAfter)
		oldest := p.AsOf.Add(-after)
		var changed func(string) bool
		for _, g := range p.Programs {
			next, due := nextOpen(p, g)
			if next == "" || !g.Status.Committed() || !g.Confirmed.Before(oldest) && !g.Confirmed.IsZero() {
				continue
			}
			if changed == nil {
				if p.ChangedSince != nil {
					changed = p.ChangedSince(oldest)
				}
				if changed == nil {
					p.Blind()
					return
				}
			}
			if changed(g.Origin.File.Name) {
				continue
			}
			p.Report(Finding{
				At: g.Meta.Origin.At("name"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q has not been touched for more than %s, and %q is due %s", g.Meta.Name, days(after), next, due),
				Detail:  fmt.Sprintf("look whether it is still true; if so, add confirmed: %s", p.AsOf),
			})
		}
	},
}

// nextOpen names what is open in the program and due first, where that is within
// staleWithin or past: a milestone, or the program itself; "" where nothing is.
func nextOpen(p *Pass, g *portfolio.Program) (name string, due cal.Date) {
	if g.Due.Sub(p.AsOf) <= staleWithin {
		name, due = g.Meta.Name, g.Due
	}
	for _, m := range g.Milestones {
		if m.Open() && m.Due.Sub(p.AsOf) <= staleWithin && (name == "" || !m.Due.After(due)) {
			name, due = m.ID, m.Due
		}
	}
	return name, due
}

var weightMissing = &Rule{
	Rule: diag.Rule{Code: "MS011", Name: "weight-missing", Summary: "Some milestones of a program have a weight and others none", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			var without []string
			with := 0
			for _, m := range g.Milestones {
				switch {
				case m.Status == portfolio.MilestoneCancelled:
				case m.Weight != nil:
					with++
				default:
					without = append(without, m.ID)
				}
			}
			if with == 0 || len(without) == 0 || g.Status.Over() {
				continue
			}
			p.Report(Finding{
				At: g.Meta.Origin.At("name"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q weighs some milestones, but not %s", g.Meta.Name, first(without)),
				Detail:  "where some have a weight, the others count for nothing in earned value: weigh all, or none",
			})
		}
	},
}
