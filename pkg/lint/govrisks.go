package lint

import (
	"fmt"
	"iter"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// risk is one of a program that validates.
type risk struct {
	*portfolio.Risk
	program *portfolio.Program
}

// openRisks are those that are stated open.
func (p *Pass) openRisks() iter.Seq[risk] {
	return func(yield func(risk) bool) {
		for _, g := range p.Programs {
			for _, k := range g.Risks {
				if k.Status == portfolio.RiskOpen && !yield(risk{k, g}) {
					return
				}
			}
		}
	}
}

func (k risk) subject() string { return k.program.Subject() + "/risk/" + k.ID }

var riskUnreviewed = &Rule{
	Rule: diag.Rule{Code: "GOV021", Name: "risk-unreviewed", Summary: "An open risk is past the day by which it was to be looked at again", Severity: diag.Warning},
	Check: func(p *Pass) {
		for k := range p.openRisks() {
			if k.program.Status.Over() || k.ReviewBy.IsZero() || k.ReviewBy >= p.AsOf {
				continue
			}
			p.Report(Finding{
				At: k.Origin.At("reviewBy"), Subject: k.subject(), Owner: k.Owner,
				Message: fmt.Sprintf("risk %q was to be reviewed by %s, %s ago", k.ID, k.ReviewBy, days(p.AsOf.Sub(k.ReviewBy))),
				Detail:  "look whether its probability and impact still hold, then set the next reviewBy:; or say that it is closed, or occurred",
			})
		}
	},
}

// What is certain, or can no longer happen, is no risk, and weighs in the exposure as if
// it were one.
var riskNotOpen = &Rule{
	Rule: diag.Rule{Code: "GOV022", Name: "risk-not-open", Summary: "A risk is stated open that has occurred, or can no longer occur", Severity: diag.Warning},
	Check: func(p *Pass) {
		for k := range p.openRisks() {
			f := Finding{At: k.Origin.At("status"), Subject: k.subject(), Owner: k.Owner}
			switch {
			case k.program.Status == portfolio.ProgramCompleted:
				f.Message = fmt.Sprintf("risk %q is open, but its program is completed", k.ID)
				f.Detail = "set status: closed, or occurred if that is what came of it"
			case !k.program.Status.Over() && k.Probability != nil && *k.Probability >= portfolio.Whole:
				f.Message = fmt.Sprintf("risk %q is open with a probability of %s", k.ID, k.Probability)
				f.Detail = "set status: occurred, and let dates and money say what it did; else state how likely it is"
			default:
				continue
			}
			p.Report(f)
		}
	},
}
