package lint

import (
	"fmt"

	"github.com/progctl/progctl/pkg/diag"
)

var positionTwice = &Rule{
	Rule: diag.Rule{Code: "HC014", Name: "position-twice", Summary: "A position is in two headcount plans", Severity: diag.Warning},
	Check: func(p *Pass) {
		first := map[string]position{}
		for x := range p.positions() {
			if !x.Status.InPlan() {
				continue
			}
			before, twice := first[x.ID]
			if !twice {
				first[x.ID] = x
				continue
			}
			p.Report(Finding{
				At: x.Origin.At("id"), Subject: x.subject(),
				Message: fmt.Sprintf("position %q is in headcount plan %q, and in %q too", x.ID, x.plan.Meta.Name, before.plan.Meta.Name),
				Detail:  "keep the seat in one plan, or give one of two seats another id: history knows a position by its id alone",
			}, place{before.Origin.At("id"), "the other one"})
		}
	},
}
