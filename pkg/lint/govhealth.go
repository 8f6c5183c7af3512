package lint

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// What is overdue is MS009. Red or yellow without a reason is left alone: the owner may
// know more than the files.
var greenButSlipping = &Rule{
	Rule: diag.Rule{Code: "GOV030", Name: "green-but-slipping", Summary: "Health is stated green, and dates or money of the program say otherwise", Severity: diag.Warning},
	Check: func(p *Pass) {
		accounts := map[string]account{}
		for _, a := range p.accounts() {
			accounts[a.subject] = a
		}
		for _, g := range p.Programs {
			if g.Health == nil || g.Health.Status != portfolio.Green || !g.Status.Committed() && g.Status != portfolio.ProgramPaused {
				continue
			}
			var late []string
			var places []place
			for _, m := range g.Milestones {
				if m.Open() && m.Forecast.After(m.Due) {
					late = append(late, m.ID)
					places = append(places, place{m.Origin.At("forecast"), fmt.Sprintf("due %s, forecast %s", m.Due, m.Forecast)})
				}
			}
			var reasons []string
			if len(late) > 0 {
				reasons = append(reasons, few("milestone", late)+", forecast after the due date")
			}
			if a, ok := accounts[g.Subject()]; ok {
				if over := p.overspent(a); over != "" {
					reasons = append(reasons, over)
				}
			}
			if len(reasons) == 0 {
				continue
			}
			p.Report(Finding{
				At: g.Origin.At("health", "status"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q says it is green with %s", g.Meta.Name, strings.Join(reasons, ", and with ")),
				Detail:  "state yellow or red with a note, or correct what no longer holds",
			}, places...)
		}
	},
}

// overspent says that more was spent, or is forecast to be, than policy allows; "" where
// it is not so. Where that is not known, the rule is blind.
func (p *Pass) overspent(a account) string {
	spent, knownSpent := p.above(a.spent, a.toDate)
	forecast, knownForecast := p.above(a.forecast, a.plan)
	if !knownSpent || !knownForecast {
		p.Blind()
	}
	switch {
	case spent != "":
		return "spend " + spent + " its plan to date"
	case forecast != "":
		return "a forecast " + forecast + " its plan"
	}
	return ""
}
