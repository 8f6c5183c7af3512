package status

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
)

// Health is how a program stands by what its files say, beside what its owner says.
type Health struct {
	// Computed is "" where the program is not judged.
	Computed portfolio.HealthStatus
	// Reasons are why it is not green, the worst first.
	Reasons []Reason
	// Unknown says what could not be judged: Computed may be worse than it is.
	Unknown []staffing.Reason
	// Contradicted says that the owner states something else.
	Contradicted bool
}

// Kind is the sort of a reason, or of what needs attention.
type Kind string

// The kinds. Health is one of what needs attention alone, and so is Action.
const (
	Overdue  Kind = "overdue"
	Slipped  Kind = "slip"
	Money    Kind = "budget"
	Schedule Kind = "spi"
	Cost     Kind = "cpi"
	Finding  Kind = "finding"
	RiskLate Kind = "risk-review"
	Missed   Kind = "missed-review"
	Action   Kind = "action"
	Stated   Kind = "health"
)

// Reason is why a program is not green.
type Reason struct {
	Kind   Kind
	Status portfolio.HealthStatus // Yellow or Red
	// Text is for people: a few words that do not name the program.
	Text string
}

// worse orders health: what is not judged, green, yellow, red.
func worse(h portfolio.HealthStatus) int {
	switch h {
	case portfolio.Green:
		return 1
	case portfolio.Yellow:
		return 2
	case portfolio.Red:
		return 3
	}
	return 0
}

// judge computes the health of a program.
func (a *Analysis) judge(p *Program) {
	if !p.Judged() {
		return
	}
	h := &p.Health
	because := func(k Kind, s portfolio.HealthStatus, format string, args ...any) {
		h.Reasons = append(h.Reasons, Reason{k, s, fmt.Sprintf(format, args...)})
	}
	open, accepted := a.overdue(p)
	if len(open) > 0 {
		because(Overdue, portfolio.Red, "%s", overdueText(open))
	}
	a.slipped(p, because)
	if over := a.overBudget(p); over != nil {
		status, how := portfolio.Red, ""
		if a.waived("BUD002", p.Subject()) {
			status, how = portfolio.Yellow, ", waived"
		}
		because(Money, status, "forecast %s over its plan%s", over.percent(), how)
	}
	a.indices(p, because)
	if errors := a.errorsOf(p); len(errors) > 0 {
		because(Finding, portfolio.Red, "%s of check: %s", report.Plural(len(errors), "error"), codes(errors))
	}
	if len(accepted) > 0 {
		because(Overdue, portfolio.Yellow, "%s, waived until %s", overdueText(accepted), a.waivedUntil(accepted))
	}
	if len(p.Late) > 0 {
		because(RiskLate, portfolio.Yellow, "%s", lateText(p))
	}
	if n := len(p.Missed); n > 0 {
		because(Missed, portfolio.Yellow, "%s missed since %s", report.Plural(n, "review"), p.Missed[0].On)
	}
	a.unknown(p)
	slices.SortStableFunc(h.Reasons, func(x, y Reason) int { return cmp.Compare(worse(y.Status), worse(x.Status)) })
	h.Computed = portfolio.Green
	if len(h.Reasons) > 0 {
		h.Computed = h.Reasons[0].Status
	}
	if s := p.Program.Health; s != nil && s.Status != "" {
		h.Contradicted = s.Status != h.Computed
	}
}

// overdue tells what is overdue from what is under a waiver.
func (a *Analysis) overdue(p *Program) (open, accepted []*slip.Record) {
	for _, r := range p.Overdue {
		if a.waived("MS001", r.Subject()) {
			accepted = append(accepted, r)
		} else {
			open = append(open, r)
		}
	}
	return open, accepted
}

// waivedUntil is the first day on which one of the waivers of MS001 ends.
func (a *Analysis) waivedUntil(list []*slip.Record) (first cal.Date) {
	for _, r := range list {
		for _, w := range a.Snapshot.Waivers {
			if w.Rule == "MS001" && w.Subject == r.Subject() && w.Holds(a.AsOf) && (first.IsZero() || w.Until < first) {
				first = w.Until
			}
		}
	}
	return first
}

// overdueText is "backup-audit 10d overdue", "3 dates overdue, backup-audit by 10d".
func overdueText(list []*slip.Record) string {
	name := list[0].ID.Milestone
	if name == "" {
		name = "the program"
	}
	if len(list) == 1 {
		return fmt.Sprintf("%s %dd overdue", name, list[0].Overdue)
	}
	return fmt.Sprintf("%d dates overdue, %s by %dd", len(list), name, list[0].Overdue)
}

// lateText is "risk quota 17d past its review", "2 risks past their review, quota by 17d".
func lateText(p *Program) string {
	r := p.Late[0]
	if n := len(p.Late); n > 1 {
		return fmt.Sprintf("%d risks past their review, %s by %dd", n, r.ID, r.Past)
	}
	return fmt.Sprintf("risk %s %dd past its review", r.ID, r.Past)
}

// slipped judges what finishes later than was approved.
func (a *Analysis) slipped(p *Program, because func(Kind, portfolio.HealthStatus, string, ...any)) {
	tolerance := cal.Days(*a.Snapshot.Config.Policy.SlipTolerance)
	if p.Dates != nil {
		if days, _, known := p.Dates.Variance(); known && days > tolerance {
			status, how := portfolio.Red, ""
			if a.waived("MS013", p.Subject()) {
				status, how = portfolio.Yellow, ", waived"
			}
			because(Slipped, status, "finishes %dd after its baseline%s", days, how)
		}
	}
	if r, days := a.latest(p); r != nil {
		because(Slipped, portfolio.Yellow, "%s %s", r.ID.Milestone, days)
	}
}

// latest is the open milestone that finishes the most days too late, where that is beyond
// the tolerance or after it is due, and by how much; what is overdue is told apart, and what
// a waiver holds for is accepted.
func (a *Analysis) latest(p *Program) (worst *slip.Record, text string) {
	tolerance := cal.Days(*a.Snapshot.Config.Policy.SlipTolerance)
	var most cal.Days
	for _, m := range p.Milestones {
		r := a.milestone(p, m)
		if r == nil || !m.Open() || r.Overdue > 0 || a.waived("MS013", r.Subject()) {
			continue
		}
		days, _, known := r.Variance()
		late := r.Finish.Sub(r.Due)
		switch {
		case r.Forecast > r.Due && late > most && (!known || late >= days):
			worst, most, text = r, late, fmt.Sprintf("forecast %dd late", late)
		case known && days > tolerance && days > most:
			worst, most, text = r, days, fmt.Sprintf("finishes %dd after its baseline", days)
		}
	}
	return worst, text
}

// over is a forecast above a plan.
type over struct{ by, plan, forecast money.Amount }

// percent is "5.3%", rounded half away from zero; of a plan of nothing the amount.
func (o *over) percent() string {
	if o.plan.Minor <= 0 {
		return o.by.Grouped() + " " + string(o.by.Currency)
	}
	return ratio.Of(big.NewRat(o.by.Minor, o.plan.Minor)).Percent()
}

// overBudget is by how much a program is forecast above its plan, in all months; nil where
// policy allows that, or it is not known.
func (a *Analysis) overBudget(p *Program) *over {
	plan, has := p.sum(budget.Planned)
	forecast, _ := p.sum(budget.Forecast)
	if !has || plan.Known() == nil || forecast.Known() == nil {
		return nil
	}
	by, err := forecast.Amount.Sub(plan.Amount)
	if err != nil || budget.Within(by, plan.Amount, *a.Snapshot.Config.Policy.BudgetTolerance) {
		return nil
	}
	return &over{by, plan.Amount, forecast.Amount}
}

// indices judges SPI and CPI.
func (a *Analysis) indices(p *Program, because func(Kind, portfolio.HealthStatus, string, ...any)) {
	if p.Earned == nil || p.Earned.Idle() {
		return
	}
	for _, x := range []struct {
		kind  Kind
		name  string
		index ratio.Ratio
	}{{Schedule, "SPI", p.Earned.SPI}, {Cost, "CPI", p.Earned.CPI}} {
		switch {
		case x.index.Below(ratio.New(9, 10)):
			because(x.kind, portfolio.Red, "%s %s", x.name, x.index.Digits(3))
		case x.index.Below(ratio.New(1, 1)):
			because(x.kind, portfolio.Yellow, "%s %s", x.name, x.index.Digits(3))
		}
	}
}

// unknown says what could not be judged.
func (a *Analysis) unknown(p *Program) {
	h := &p.Health
	of := func(what string, list []staffing.Reason) {
		for _, r := range list {
			h.Unknown = staffing.MergeReasons(h.Unknown, []staffing.Reason{{Text: what + ": " + r.Text, Month: r.Month}})
		}
	}
	for _, f := range []budget.Figure{budget.Planned, budget.Actual, budget.Forecast} {
		if sum, has := p.sum(f); has {
			of("money", sum.Unknown)
		}
	}
	if a.Risks != nil {
		of("risks", a.Risks.Unknown)
	}
	if a.Reviews != nil && p.Review != nil {
		of("reviews", a.Reviews.Unknown)
	}
}
