package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

var aboveCap = &Rule{
	Rule: diag.Rule{Code: "HC011", Name: "above-cap", Summary: "A headcount plan is above its cap", Severity: diag.Error},
	Check: func(p *Pass) {
		var capped []*portfolio.HeadcountPlan
		for plan := range p.plans() {
			if plan.Cap != nil && (plan.Cap.Headcount != nil || plan.Cap.Cost != nil) {
				capped = append(capped, plan)
			}
		}
		for i, use := range headcount.CapUse(p.Snapshot, capped...) {
			checkHeadCap(p, capped[i], use)
			checkCostCap(p, capped[i], use)
		}
	},
}

func checkHeadCap(p *Pass, plan *portfolio.HeadcountPlan, use headcount.Use) {
	most := plan.Cap.Headcount
	switch {
	case most == nil:
	case len(use.Unknown) > 0:
		p.Blind()
	case use.Heads > *most:
		p.Report(Finding{
			At: plan.Origin.At("cap", "headcount"), Subject: planSubject(plan), Key: "headcount",
			Message: fmt.Sprintf("headcount plan %q: %s on %s, above its cap of %d",
				plan.Meta.Name, heads(use.Heads), p.Fiscal.Period(plan.FiscalYear).Last(), *most),
			Detail: fmt.Sprintf("cancel positions or put them on hold, or have the cap raised; people and positions %s count", reach(plan)),
		})
	}
}

func checkCostCap(p *Pass, plan *portfolio.HeadcountPlan, use headcount.Use) {
	most := plan.Cap.Cost
	if most == nil {
		return
	}
	bound, err := most.In(p.Config.Currency)
	switch {
	case err != nil: // an amount that the currency cannot express is SCH013
	case len(use.CostUnknown) > 0:
		p.Blind()
	case use.Cost.Minor > bound.Minor:
		p.Report(Finding{
			At: plan.Origin.At("cap", "cost"), Subject: planSubject(plan), Key: "cost",
			Message: fmt.Sprintf("headcount plan %q costs %s in %s, above its cap of %s", plan.Meta.Name, grouped(use.Cost), plan.FiscalYear, grouped(bound)),
			Detail:  fmt.Sprintf("budget positions later, cancel them or put them on hold, or have the cap raised; people and positions %s count", reach(plan)),
		})
	}
}

// reach is whom the caps of a plan bound.
func reach(plan *portfolio.HeadcountPlan) string {
	if plan.Team == "" {
		return "of all teams"
	}
	return fmt.Sprintf("of team %q and those below it", plan.Team)
}

func grouped(a money.Amount) string { return a.Grouped() + " " + string(a.Currency) }

func heads(n int) string {
	if n == 1 {
		return "1 head"
	}
	return fmt.Sprintf("%d heads", n)
}
