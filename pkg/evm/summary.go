package evm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// summary says how it stands: the whole, what is behind, what is over, what was added,
// and what is not known.
func (a *Analysis) summary() string {
	var lines []string
	if len(a.Programs) == 0 {
		lines = append(lines, "no programs to measure")
	}
	if a.Measured != nil && len(a.Programs) > 0 {
		lines = append(lines, a.standing(a.Measured)...)
	}
	lines = append(lines, a.trouble()...)
	lines = append(lines, a.unknown()...)
	return strings.Join(append(lines, a.left()...), "\n")
}

// standing is about all that is measured.
func (a *Analysis) standing(r *Result) []string {
	of := count(len(a.Programs), "program")
	if len(r.Members) < len(a.Programs) {
		of = number(len(r.Members)) + " of " + of
	}
	line := fmt.Sprintf("%s on %s, in %s: BAC %s", of, a.AsOf, a.Currency, r.BAC.Amount.Grouped())
	if added := r.Added(); added != nil {
		line += ", budget today " + r.Current.Amount.Grouped()
		if added.Minor != 0 {
			line += " (" + variance(added).Text + ")"
		}
	}
	lines := []string{line}
	var parts []string
	if r.Planned.Known() {
		parts = append(parts, fmt.Sprintf("planned %s, earned %s", r.Planned.Percent(), r.Earned.Percent()))
	}
	for _, x := range []struct {
		name  string
		value ratio.Ratio
		no    bool // it means nothing
	}{{"SPI", r.SPI, false}, {"SPI(t)", ratio.Of(r.SPIT()), r.Done()}, {"CPI", r.CPI, r.Idle()}} {
		if x.value.Known() && !x.no {
			parts = append(parts, x.name+" "+x.value.Digits(3))
		}
	}
	if len(parts) > 0 {
		line := strings.Join(parts, ", ")
		lines = append(lines, strings.ToUpper(line[:1])+line[1:])
	}
	if r.EAC != nil {
		lines = append(lines, "At this cost it comes to EAC "+r.EAC.Grouped()+against(r))
	}
	return lines
}

// against is where EAC is from BAC, and from the budget of today where that is another.
func against(r *Result) string {
	if r.VAC == nil {
		return ""
	}
	text := ", " + away(*r.VAC) + "BAC"
	if rest := less(r.Current.Known(), r.EAC); rest != nil && r.Added().Minor != 0 {
		text += ", " + away(*rest) + "the budget of today"
	}
	return text
}

// away says how far below a budget something is, of which so much is left.
func away(left money.Amount) string {
	switch {
	case left.Minor > 0:
		return left.Grouped() + " under "
	case left.Minor < 0:
		return left.Neg().Grouped() + " over "
	}
	return "as much as "
}

// trouble are the programs that are behind, over, were given money since the baseline, or
// have earned nothing yet.
func (a *Analysis) trouble() []string {
	var behind, over, given, idle []*Result
	for _, r := range a.Programs {
		if r.SPI.Below(ratio.New(1, 1)) {
			behind = append(behind, r)
		}
		switch {
		case r.Idle():
			idle = append(idle, r)
		case r.CPI.Below(ratio.New(1, 1)):
			over = append(over, r)
		}
		if added := r.Added(); added != nil && added.Minor > 0 {
			given = append(given, r)
		}
	}
	order := func(list []*Result, by func(*Result) ratio.Ratio) {
		slices.SortStableFunc(list, func(x, y *Result) int { return by(x).Cmp(by(y)) })
	}
	order(behind, func(r *Result) ratio.Ratio { return r.SPI })
	order(over, func(r *Result) ratio.Ratio { return r.CPI })
	var lines []string
	add := func(title string, list []*Result, tell func(*Result) string) {
		const most = 5
		var texts []string
		for _, r := range list[:min(len(list), most)] {
			texts = append(texts, r.Program.Meta.Name+" "+tell(r))
		}
		if n := len(list) - most; n > 0 {
			texts = append(texts, fmt.Sprintf("and %s more", number(n)))
		}
		if len(list) > 0 {
			lines = append(lines, title+": "+strings.Join(texts, ", "))
		}
	}
	add("Behind, SPI below 1", behind, func(r *Result) string { return r.SPI.Digits(3) })
	add("Over, CPI below 1", over, func(r *Result) string {
		text := r.CPI.Digits(3)
		if r.EAC != nil {
			text += fmt.Sprintf(" (BAC %s, EAC %s)", r.BAC.Amount.Grouped(), r.EAC.Grouped())
		}
		return text
	})
	add("Given money since the baseline", given, func(r *Result) string {
		text := fmt.Sprintf("+%s (BAC %s, today %s", r.Added().Grouped(), r.BAC.Amount.Grouped(), r.Current.Amount.Grouped())
		if r.VAC != nil && r.VAC.Minor < 0 && r.EAC.Minor <= r.Current.Amount.Minor {
			text += ", which hides that EAC " + r.EAC.Grouped() + " is over BAC"
		}
		return text + ")"
	})
	add("Nothing earned yet, and nothing was to be", idle, func(r *Result) string {
		return fmt.Sprintf("(%s spent)", said(r.AC.Known()))
	})
	if len(behind)+len(over) > 0 || len(a.Programs) == 0 || a.Measured == nil {
		return lines
	}
	if a.Measured != a.Total {
		return append(lines, "Of what is measured nothing is behind, nothing is over")
	}
	return append(lines, "Nothing is behind, nothing is over")
}

// labels are for people what figures are.
var labels = map[string]string{
	"bac": "BAC", "currentBudget": "the budget of today", "pv": "PV", "ev": "EV", "ac": "AC", "forecast": "the forecast", "es": "ES",
}

// unknown says what is not known of which programs, each reason once.
func (a *Analysis) unknown() []string {
	type key struct{ figures, reason string }
	programs := map[key][]string{}
	var order []key
	for _, r := range a.Programs {
		figures := map[string][]string{}
		var reasons []string
		for _, u := range r.Unknown {
			text := u.Reason.String()
			if u.Reason == staffing.Private {
				text += ", join what is with --overlay"
			}
			if figures[text] == nil {
				reasons = append(reasons, text)
			}
			figures[text] = append(figures[text], labels[u.Figure])
		}
		for _, text := range reasons {
			k := key{strings.Join(figures[text], ", "), text}
			if programs[k] == nil {
				order = append(order, k)
			}
			programs[k] = append(programs[k], r.Program.Meta.Name)
		}
	}
	var lines []string
	for _, k := range order {
		lines = append(lines, fmt.Sprintf("n/a: %s of %s: %s", k.figures, names(programs[k]), k.reason))
	}
	return lines
}

// left says who was left out, by reason, and what that has cost.
func (a *Analysis) left() []string {
	by := map[string][]LeftOut{}
	var reasons []string
	for _, l := range a.LeftOut {
		if by[l.Reason] == nil {
			reasons = append(reasons, l.Reason)
		}
		by[l.Reason] = append(by[l.Reason], l)
	}
	var lines []string
	for _, reason := range reasons {
		var programs []string
		var spent adder
		for _, l := range by[reason] {
			programs = append(programs, l.Program)
			spent.add(l.AC)
		}
		line := fmt.Sprintf("Left out: %s: %s", names(programs), reason)
		if sum := spent.amount(a.Currency); sum == nil || sum.Minor != 0 {
			line += ", " + said(sum) + " spent"
		}
		lines = append(lines, line)
	}
	return lines
}

// notes are the lines of the caller, and what figures are of.
func (a *Analysis) notes() []string {
	lines := slices.Clone(a.Notes)
	if len(a.Programs) == 0 {
		return lines
	}
	var today, percent, unplanned, again []string
	for _, r := range a.Programs {
		name := r.Program.Meta.Name
		if r.BaselineFrom == "" {
			today = append(today, name)
		}
		if r.Program.EVM == portfolio.EarnPercent {
			percent = append(percent, name)
		}
		for _, id := range r.Unplanned {
			unplanned = append(unplanned, name+"/"+id)
		}
		if r.Program.Status == portfolio.ProgramProposed {
			again = append(again, name)
		}
	}
	of := "the plan that set the baseline"
	switch {
	case a.Against != "":
		of, today = "the plan at "+a.Against, nil
	case len(today) == len(a.Programs):
		of, today = "today's plan, for no earlier one is known", nil
	}
	line := fmt.Sprintf("BAC is %s, contingency apart; EAC = AC + (BAC − EV) ÷ CPI", of)
	if len(a.Programs) > 1 {
		line += ", that of a sum by its own CPI"
	}
	lines = append(lines, line)
	if len(today) > 0 {
		lines = append(lines, "BAC is today's plan, for no earlier one is known: "+names(today))
	}
	if len(again) > 0 {
		lines = append(lines, "Proposed again after it was approved, and measured all the same: "+names(again))
	}
	if len(percent) > 0 {
		lines = append(lines, fmt.Sprintf("EV by percentComplete, of which nothing is known before %s but what is done: %s", a.AsOf, names(percent)))
	}
	if len(unplanned) > 0 {
		lines = append(lines, "Without a baseline, so they count in the whole, and PV never has them: "+names(unplanned))
	}
	return lines
}

// names are the first of a list.
func names(list []string) string {
	const most = 5
	text := strings.Join(list[:min(len(list), most)], ", ")
	if n := len(list) - most; n > 0 {
		text += fmt.Sprintf(" and %s more", number(n))
	}
	return text
}

func number(n int) string { return report.Grouped(fmt.Sprint(n)) }

// count is report.Plural with commas between thousands.
func count(n int, noun string) string {
	return number(n) + strings.TrimPrefix(report.Plural(n, noun), fmt.Sprint(n))
}
