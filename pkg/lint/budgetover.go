package lint

import (
	"fmt"
	"math/big"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// account is what a program, or a team itself, may spend, spent and will. Amounts are
// nil where they are not known.
type account struct {
	subject  string
	at       source.Place
	has, is  string // as messages begin: program "billing" has, program "billing" is
	toDate   *money.Amount
	spent    *money.Amount
	plan     *money.Amount
	forecast *money.Amount
	period   string // that plan and forecast are of: " in FY27", "" for all
}

var overBudget = &Rule{
	Rule: diag.Rule{Code: "BUD001", Name: "over-budget", Summary: "More was spent than planned to date, by more than policy allows", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, a := range p.accounts() {
			over, known := p.above(a.spent, a.toDate)
			if !known {
				p.Blind()
			}
			if over == "" {
				continue
			}
			p.Report(Finding{
				At: a.at, Subject: a.subject,
				Message: fmt.Sprintf("%s spent %s by %s, %s its plan of %s to the end of %s, policy allows %s",
					a.has, grouped(*a.spent), p.AsOf, over, grouped(*a.toDate), p.AsOf.Month(), *p.Config.Policy.BudgetTolerance),
				Detail: "have more money approved and plan it, or spend less from now on and have this rule waived until the plan has caught up; progctl budget --by program,category shows on what",
			})
		}
	},
}

var forecastOverBudget = &Rule{
	Rule: diag.Rule{Code: "BUD002", Name: "forecast-over-budget", Summary: "What is spent and expected is above the plan, by more than policy allows", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, a := range p.accounts() {
			over, known := p.above(a.forecast, a.plan)
			if !known {
				p.Blind()
			}
			if over == "" {
				continue
			}
			p.Report(Finding{
				At: a.at, Subject: a.subject,
				Message: fmt.Sprintf("%s forecast to cost %s%s, %s its plan of %s, policy allows %s",
					a.is, grouped(*a.forecast), a.period, over, grouped(*a.plan), *p.Config.Policy.BudgetTolerance),
				Detail: "plan less for the months that are open, or have more money approved; where less is expected than planned, let the forecast: of a line say so",
			})
		}
	},
}

// above says by how much an amount is above another one, where that is more than policy
// allows: "7.1% above", else "". known is false where one of them is not known.
func (p *Pass) above(amount, plan *money.Amount) (over string, known bool) {
	if amount == nil || plan == nil {
		return "", false
	}
	variance, err := amount.Sub(*plan)
	if err != nil || budget.Within(variance, *plan, *p.Config.Policy.BudgetTolerance) {
		return "", err == nil
	}
	if plan.Minor <= 0 {
		return "above", true
	}
	percent := big.NewRat(variance.Minor, plan.Minor)
	return percent.Mul(percent, big.NewRat(100, 1)).FloatString(1) + "% above", true
}

// accounts are the programs that are approved, active or paused, and the Budgets of the
// fiscal year, once for all rules.
func (p *Pass) accounts() []account {
	if p.run.accounts == nil {
		p.run.accounts = append(p.programAccounts(), p.teamAccounts()...)
	}
	return p.run.accounts
}

func (p *Pass) programAccounts() []account {
	list := []account{}
	first, last := p.AsOf, p.AsOf
	reach := func(from, to cal.Date) { first, last = min(first, from), max(last, to) }
	for _, g := range p.Programs {
		reach(g.Start, g.Due)
		for _, l := range g.Staffing {
			reach(l.From.First(), l.To.Last())
		}
	}
	for l := range p.lines() {
		for _, s := range l.shares() {
			reach(s.month.First(), s.month.Last())
		}
	}
	for s := range p.spenders() {
		for _, l := range s.ledgers {
			for _, d := range p.digest(l) {
				reach(d.earliest, d.latest)
			}
		}
	}
	analysis := budget.Analyse(p.Snapshot, budget.Options{
		AsOf: p.AsOf, Lens: budget.Programs, Step: cal.ByYear, By: []group.Dimension{group.ByProgram},
		Years: cal.FiscalYears{From: p.Fiscal.YearOf(first), To: p.Fiscal.YearOf(last)},
	})
	totals := map[string]budget.Totals{}
	for _, g := range analysis.Groups {
		totals[g.Key[0]] = g.Rows.Total
	}
	for _, g := range p.Programs {
		t, ok := totals[g.Meta.Name]
		if !ok || !g.Status.Committed() && g.Status != portfolio.ProgramPaused {
			continue
		}
		at := g.Meta.Origin.At("name")
		if g.Budget != nil {
			at = g.Origin.KeyAt("budget")
		}
		name := fmt.Sprintf("program %q", g.Meta.Name)
		list = append(list, account{
			subject: g.Subject(), at: at, has: name + " has", is: name + " is",
			toDate: t.PlanToDate, spent: t.Actual, plan: t.AtCompletion.Plan, forecast: t.AtCompletion.Forecast,
		})
	}
	return list
}

// teamAccounts are the teams that have a Budget of the fiscal year of as-of: their own
// money, apart from people and programs.
func (p *Pass) teamAccounts() (list []account) {
	year := p.Fiscal.YearOf(p.AsOf)
	of := map[string]*portfolio.Budget{}
	var teams []string
	for b := range p.budgets() {
		if b.FiscalYear == year && of[b.Team] == nil {
			of[b.Team] = b
			teams = append(teams, b.Team)
		}
	}
	if len(teams) == 0 {
		return nil
	}
	analysis := budget.Analyse(p.Snapshot, budget.Options{
		AsOf: p.AsOf, Lens: budget.Teams, Step: cal.ByYear, By: []group.Dimension{group.ByTeam, group.ByCategory},
		Years: cal.FiscalYears{From: year, To: year},
	})
	p.run.caps = analysis.Caps
	sums := map[string]*account{}
	for _, g := range analysis.Groups {
		team, t := g.Key[0], g.Rows.Total
		if of[team] == nil || g.Key[1] == budget.PeopleCategory {
			continue
		}
		if sums[team] == nil {
			zero := money.Amount{Currency: analysis.Currency}
			sums[team] = &account{toDate: &zero, spent: &zero, plan: &zero, forecast: &zero}
		}
		a := sums[team]
		a.toDate, a.spent, a.plan, a.forecast = plus(a.toDate, t.PlanToDate), plus(a.spent, t.Actual), plus(a.plan, t.Plan), plus(a.forecast, t.Forecast)
	}
	for _, team := range teams {
		a := sums[team]
		if a == nil {
			continue
		}
		b := of[team]
		name := fmt.Sprintf("team %q itself", team)
		a.subject, a.at, a.has, a.is, a.period = budgetSubject(b), b.Meta.Origin.At("name"), name+" has", name+" is", " in "+year.String()
		list = append(list, *a)
	}
	return list
}

// plus is the sum of two amounts; nil where one is not known, or it does not fit.
func plus(a, b *money.Amount) *money.Amount {
	if a == nil || b == nil {
		return nil
	}
	sum, err := a.Add(*b)
	if err != nil {
		return nil
	}
	return &sum
}
