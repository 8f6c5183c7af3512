package lint

import (
	"fmt"
	"hash/maphash"
	"maps"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var closedActualChanged = &Rule{
	Rule: diag.Rule{Code: "BUD021", Name: "closed-actual-changed", Summary: "A change alters what closed months cost, though no posting of them changes", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Before == nil {
			p.Blind()
			return
		}
		closed := p.Before.Config.ClosedThrough
		if p.Before.Unconfigured || closed == 0 || p.Before.Config.Currency != p.Config.Currency {
			return
		}
		was := map[string]*budget.Costs{}
		for _, c := range budget.CostsOf(p.Before, p.AsOf) {
			was[c.Program.Subject()] = &c
		}
		posted, posts := newBooks(p.Before, closed), newBooks(p.Snapshot, closed)
		seed := maphash.MakeSeed()
		for _, is := range budget.CostsOf(p.Snapshot, p.AsOf) {
			of := is.Program.Subject()
			if before := was[of]; before != nil && maps.Equal(posted.sums(of, seed), posts.sums(of, seed)) { // else BUD013 tells
				reportClosedActual(p, is.Program, before, &is, closed)
			}
		}
	},
}

// reportClosedActual reports a program of which closed months cost another amount than
// before.
func reportClosedActual(p *Pass, g *portfolio.Program, was, is *budget.Costs, closed cal.Month) {
	b, a := was.Sum(budget.Actual, cal.MinMonth, closed), is.Sum(budget.Actual, cal.MinMonth, closed)
	if b.Known() == nil || a.Known() == nil || b.Amount.Minor == a.Amount.Minor {
		return
	}
	p.Report(Finding{
		At:      g.Meta.Origin.At("name"),
		Subject: g.Subject(),
		Message: fmt.Sprintf("%s is closed: what program %q cost up to it changes from %s to %s %s", closed, g.Meta.Name, b.Amount.Grouped(), a.Amount.Grouped(), p.Config.Currency),
		Detail:  "rates, staffing lines, rosters or the policy now say something else of closed months: date the change from one that is open, or have the rule waived",
	})
}
