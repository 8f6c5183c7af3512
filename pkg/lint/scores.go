package lint

import (
	"fmt"
	"strconv"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

var scoreOutsideScale = &Rule{
	Rule: diag.Rule{Code: "GOV016", Name: "score-outside-scale", Summary: "A survey has a score that its scale does not have", Severity: diag.Error},
	Check: func(p *Pass) {
		for _, s := range p.Surveys {
			subject := "survey/" + s.Meta.Name
			if !p.Sound(subject) {
				continue
			}
			if s.Scale.Min >= s.Scale.Max {
				p.Report(Finding{
					At: s.Origin.At("scale"), Subject: subject, Key: "scale",
					Message: fmt.Sprintf("the scale of survey %q goes from %d to %d", s.Meta.Name, s.Scale.Min, s.Scale.Max),
					Detail:  "let min: be the lowest score and max: the highest",
				})
				continue
			}
			checkScores(p, s, subject)
		}
	},
}

// checkScores reports the first score that is outside of the scale, and how many there
// are.
func checkScores(p *Pass, s *portfolio.Survey, subject string) {
	least, most := money.MustDecimal(strconv.Itoa(s.Scale.Min)), money.MustDecimal(strconv.Itoa(s.Scale.Max))
	n := 0
	var f Finding
	for i := range s.Responses {
		r := &s.Responses[i]
		for _, score := range []struct {
			of    string
			value *money.Decimal
		}{{"effectiveness", r.Scores.Effectiveness}, {"communication", r.Scores.Communication}, {"responsiveness", r.Scores.Responsiveness}} {
			if score.value == nil || score.value.Cmp(least) >= 0 && score.value.Cmp(most) <= 0 {
				continue
			}
			if n++; n == 1 {
				f = Finding{
					At: r.Origin.At("scores", score.of), Subject: subject,
					Message: fmt.Sprintf("survey %q has a score of %s for %s, its scale is %s to %s", s.Meta.Name, score.value, score.of, least, most),
					Detail:  "correct the score, or state the scale: that was asked on",
				}
			}
		}
	}
	if n > 0 {
		f.Message += such("scores", n)
		p.Report(f)
	}
}
