package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// invoicedWithin is how long after the work an invoice may come.
const invoicedWithin cal.Days = 90

var spendOutsideProgram = &Rule{
	Rule: diag.Rule{Code: "BUD004", Name: "spend-outside-program", Summary: "Money was spent before a program starts, or long after it closed", Severity: diag.Warning},
	Check: func(p *Pass) {
		for s := range p.spenders() {
			if s.program == nil {
				continue
			}
			for _, l := range s.ledgers {
				checkSpendBefore(p, s.program, l)
				checkSpendAfter(p, s.program, l)
			}
		}
	},
}

func checkSpendBefore(p *Pass, g *portfolio.Program, l *portfolio.Ledger) {
	f := p.find(l,
		func(d classDigest) bool { return !d.isCommitted && d.earliest < g.Start },
		func(x portfolio.Posting) bool { return x.Date < g.Start })
	if f.n == 0 {
		return
	}
	p.Report(Finding{
		At: f.first.Origin.At("date"), Subject: ledgerSubject(l), Key: "before",
		Message: fmt.Sprintf("%s of %s, before program %q starts (%s)%s", entryName(f.first), f.first.Date, g.Meta.Name, g.Start, f.such()),
		Detail:  "correct the date or the program; where it began earlier, let start: say so",
	}, place{g.Origin.At("start"), "the program starts here"})
}

// checkSpendAfter leaves out credits, which come when they come.
func checkSpendAfter(p *Pass, g *portfolio.Program, l *portfolio.Ledger) {
	closed, how, field := closing(g)
	if closed.IsZero() {
		return
	}
	last := closed.Add(invoicedWithin)
	f := p.find(l,
		func(d classDigest) bool { return !d.isCommitted && d.latest > last },
		func(x portfolio.Posting) bool { return x.Date > last && x.Amount.Sign() > 0 })
	if f.n == 0 {
		return
	}
	p.Report(Finding{
		At: f.first.Origin.At("date"), Subject: ledgerSubject(l), Key: "after",
		Message: fmt.Sprintf("%s of %s, more than %s after program %q %s (%s)%s", entryName(f.first), f.first.Date, days(invoicedWithin), g.Meta.Name, how, closed, f.such()),
		Detail:  "correct the date, post it to the program or the team that it is for, or open the program again",
	}, place{g.Origin.At(field), "this is when it ended"})
}

// closing is the day on which a program that is over ended, as far as it says, and the
// field that says it; a program that is cancelled says no more than when it would have
// ended. Zero where it goes on.
func closing(g *portfolio.Program) (day cal.Date, how, field string) {
	switch {
	case !g.Status.Over():
		return 0, "", ""
	case !g.Completed.IsZero():
		return g.Completed, "was completed", "completed"
	case g.Status == portfolio.ProgramCancelled:
		return g.Due, "was due, which is cancelled", "due"
	}
	return 0, "", "" // completed, and not said when: MS004
}

var spendInFuture = &Rule{
	Rule: diag.Rule{Code: "BUD005", Name: "spend-in-future", Summary: "A ledger has spend of a day that has not come yet", Severity: diag.Error},
	Check: func(p *Pass) {
		for s := range p.spenders() {
			for _, l := range s.ledgers {
				f := p.find(l,
					func(d classDigest) bool { return !d.isCommitted && d.latest > p.AsOf },
					func(x portfolio.Posting) bool { return x.Date > p.AsOf })
				if f.n == 0 {
					continue
				}
				p.Report(Finding{
					At: f.first.Origin.At("date"), Subject: ledgerSubject(l),
					Message: fmt.Sprintf("%s of ledger %q is dated %s, after today (%s)%s", entryName(f.first), l.Meta.Name, f.first.Date, p.AsOf, f.such()),
					Detail:  "correct the date; what is ordered and not spent is kind: commitment, what is expected is the forecast: of a budget line",
				})
			}
		}
	},
}

var closedInFuture = &Rule{
	Rule: diag.Rule{Code: "BUD020", Name: "closed-in-future", Summary: "A month counts as closed that has not begun", Severity: diag.Warning},
	Check: func(p *Pass) {
		if closed := p.Config.ClosedThrough; closed != 0 && closed.First() > p.AsOf {
			p.Report(Finding{
				At: p.Config.Origin.At("closedThrough"), Subject: "portfolio/" + p.Config.Meta.Name,
				Message: fmt.Sprintf("the books are closed through %s, which begins after today (%s)", closed, p.AsOf),
				Detail:  "set closedThrough: to the last month for which no more spend will be posted",
			})
		}
	},
}
