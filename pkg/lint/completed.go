package lint

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var doneWithoutDate = &Rule{
	Rule: diag.Rule{Code: "MS004", Name: "done-without-date", Summary: "Something is done, but not said since when", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status == portfolio.ProgramCompleted && g.Completed.IsZero() {
				p.Report(Finding{
					At: g.Origin.At("status"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q is completed but has no completed date", g.Meta.Name),
					Detail:  "add completed: with the day on which it was completed",
				})
			}
			for _, m := range g.Milestones {
				if m.Status == portfolio.MilestoneDone && m.Completed.IsZero() {
					p.Report(Finding{
						At: m.Origin.At("status"), Subject: m.Subject(),
						Message: fmt.Sprintf("milestone %q is done but has no completed date", m.ID),
						Detail:  "add completed: with the day on which it was done; status: done can then go",
					})
				}
			}
		}
	},
}

var dateWithoutDone = &Rule{
	Rule: diag.Rule{Code: "MS005", Name: "date-without-done", Summary: "Something has a completed date and a status that denies it", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status != portfolio.ProgramCompleted && !g.Completed.IsZero() {
				p.Report(Finding{
					At: g.Origin.At("status"), Subject: g.Subject(),
					Message: fmt.Sprintf("program %q was completed %s but its status is %s", g.Meta.Name, g.Completed, g.Status),
					Detail:  "set status: completed, or delete completed:",
				}, place{g.Origin.At("completed"), "completed here"})
			}
			for _, m := range g.Milestones {
				if !m.Completed.IsZero() && m.Stated != "" && m.Stated != portfolio.MilestoneDone {
					p.Report(Finding{
						At: m.Origin.At("status"), Subject: m.Subject(),
						Message: fmt.Sprintf("milestone %q was completed %s but its status is %s", m.ID, m.Completed, m.Stated),
						Detail:  "delete status:, which completed: makes superfluous; or delete completed:",
					}, place{m.Origin.At("completed"), "completed here"})
				}
			}
		}
	},
}

var completedInFuture = &Rule{
	Rule: diag.Rule{Code: "MS006", Name: "completed-in-future", Summary: "A completed date has not come yet", Severity: diag.Error},
	Check: func(p *Pass) {
		const detail = "a completed date is a fact: delete it, and let due: say what is expected"
		for _, g := range p.Programs {
			if g.Completed.After(p.AsOf) {
				p.Report(Finding{
					At: g.Origin.At("completed"), Subject: g.Subject(), Detail: detail,
					Message: fmt.Sprintf("program %q is completed on %s, after today (%s)", g.Meta.Name, g.Completed, p.AsOf),
				})
			}
			for _, m := range g.Milestones {
				if m.Completed.After(p.AsOf) {
					p.Report(Finding{
						At: m.Origin.At("completed"), Subject: m.Subject(), Detail: detail,
						Message: fmt.Sprintf("milestone %q is completed on %s, after today (%s)", m.ID, m.Completed, p.AsOf),
					})
				}
			}
		}
	},
}

var completedWithOpen = &Rule{
	Rule: diag.Rule{Code: "MS007", Name: "completed-with-open", Summary: "A program is completed, but milestones of it are open", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status != portfolio.ProgramCompleted {
				continue
			}
			var (
				open   []string
				places []place
			)
			for _, m := range g.Milestones {
				if m.Open() {
					open = append(open, m.ID)
					places = append(places, place{m.Origin.At("id"), "open"})
				}
			}
			if len(open) == 0 {
				continue
			}
			p.Report(Finding{
				At: g.Origin.At("status"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q is completed with %s", g.Meta.Name, few("open milestone", open)),
				Detail:  "add completed: to those that are done, set status: cancelled on those that were dropped",
			}, places...)
		}
	},
}

// few names up to three of a list and counts the rest: `2 open milestones: a, b`.
func few(noun string, names []string) string {
	if len(names) == 1 {
		return fmt.Sprintf("1 %s: %s", noun, names[0])
	}
	return fmt.Sprintf("%d %ss: %s", len(names), noun, first(names))
}

// first names up to three: `a, b, c …`.
func first(names []string) string {
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " …"
	}
	return strings.Join(names, ", ")
}
