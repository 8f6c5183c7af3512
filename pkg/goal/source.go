package goal

import (
	"fmt"
	"math/big"

	"github.com/progctl/progctl/pkg/figure"
	"github.com/progctl/progctl/pkg/ratio"
)

// computed is a value that the portfolio knows, or why it does not.
type computed struct {
	number
	why string
}

// compute finds the value of a source as of today.
func (a *Analysis) compute(source string) computed {
	switch source {
	case CompletionRate:
		return indicator(source, a.CompletionRate)
	case Satisfaction:
		return indicator(source, a.Satisfaction)
	}
	f, err := figure.Parse(source)
	if err != nil {
		return computed{why: err.Error() + " (or completionRate, satisfaction)"}
	}
	per, ok := a.per(f)
	if !ok {
		return computed{why: fmt.Sprintf("%s is no number that a target can be compared with", f)}
	}
	n, there, err := f.Value(a.s, a.AsOf)
	switch {
	case err != nil:
		return computed{why: fmt.Sprintf("%s is n/a: %v", f, err)}
	case !there:
		return computed{why: fmt.Sprintf("the portfolio has no %s%s", f, f.Hint(f.Candidates(a.s)))}
	}
	return computed{number: number{value: ratio.Of(new(big.Rat).SetFrac64(n, per))}}
}

// per is how many units of a figure make one of what targets count: FTE-months, heads,
// the main unit of the currency. ok is false for dates.
func (a *Analysis) per(f figure.Figure) (per int64, ok bool) {
	switch f.Name {
	case "headcount":
		return 1, true
	case "fte":
		return 1000, true
	case "budget", "actual", "forecast":
		digits, known := a.s.Config.Currency.MinorDigits()
		per = 1
		for range digits {
			per *= 10
		}
		return per, known
	}
	return 0, false
}

// indicator is a part of the whole in percent.
func indicator(name string, r ratio.Ratio) computed {
	if !r.Known() {
		return computed{why: name + " is n/a: progctl kpi tells why"}
	}
	return computed{number: number{r.Mul(ratio.New(100, 1)), true}}
}
