package evm

import (
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Result is the earned value of a program, or of a sum of programs.
//
// PV and EV of a program are rounded to minor units once, half away from zero, and so is
// EAC. Sums, and SV = EV − PV, CV = EV − AC, ETC = EAC − AC and VAC = BAC − EAC, are of
// what was rounded, so that rows and columns add up to the cent. Everything else is
// computed from exact values, and ratios are not rounded.
type Result struct {
	Program *portfolio.Program // nil: a sum
	Theme   string             // its id; "": none, or a sum over themes
	Members []*Result          // of a sum, by name
	// BaselineFrom is the commit that BAC is of, "" where it is today's plan. Unplanned are
	// ids of milestones that weigh, and have no baseline: they are planned for no day.
	BaselineFrom string
	Unplanned    []string

	BAC     rates.Sum // budget at completion
	Current rates.Sum // what today's plan comes to
	PV, EV  rates.Sum // planned and earned value
	AC      rates.Sum // actual cost
	// Forecast is what those who answer for it expect the whole to cost.
	Forecast rates.Sum

	// Planned and Earned are PV and EV as parts of BAC. Of a program they are known where
	// BAC is not, and so are SPI and the schedule, of which the budget is no part.
	Planned, Earned ratio.Ratio

	// Amounts are nil where they are not known, or nothing can be divided.
	SV, CV, EAC, ETC, VAC *money.Amount
	EACTypical, EACBoth   *money.Amount
	SPI, CPI, TCPI        ratio.Ratio
	TCPIEAC               ratio.Ratio

	Schedule // of a sum: of the summed curve, from the start of the earliest program

	// Curve is cumulative, a point a month, without gaps.
	Curve []Point
	// Unknown says why figures are not known, by the names that data has for them.
	Unknown []Unknown

	exact    Status
	first    cal.Month // the first month of the program, of a sum of the earliest
	portions []portion // of a program: what is planned for which month
}

// Unknown is why a figure is not known.
type Unknown struct {
	Figure string
	Reason staffing.Reason
}

// AllKnown reports whether everything is known that a program is measured by.
func (r *Result) AllKnown() bool {
	return r.exact.BAC != nil && r.exact.PV != nil && r.exact.AC != nil
}

// Done reports whether all is earned.
func (r *Result) Done() bool { return r.Earned.Known() && !r.Earned.Below(ratio.New(1, 1)) }

// Idle reports whether nothing is earned, and nothing was to be by as-of: it is neither
// behind nor over, whatever was spent.
func (r *Result) Idle() bool {
	return r.Planned.Known() && r.Planned.Sign() == 0 && r.Earned.Sign() == 0
}

// Worst is the lower of SPI and CPI: unknown where neither is known, and of what is idle.
func (r *Result) Worst() ratio.Ratio {
	switch {
	case r.Idle():
		return ratio.Ratio{}
	case !r.CPI.Known() || r.SPI.Below(r.CPI):
		return r.SPI
	}
	return r.CPI
}

// Added is what was added to the budget since the baseline; nil where it is not known.
func (r *Result) Added() *money.Amount { return less(r.Current.Known(), r.BAC.Known()) }

func (r *Result) why(figure string, list ...staffing.Reason) {
	for _, reason := range list {
		r.Unknown = append(r.Unknown, Unknown{figure, reason})
	}
}

// derive computes what comes of the exact status, the schedule apart.
func (r *Result) derive(a *Analysis) {
	for _, s := range []*rates.Sum{&r.BAC, &r.Current, &r.PV, &r.EV, &r.AC, &r.Forecast} {
		s.Amount.Currency = a.Currency // what is 0 may be of none
	}
	x := r.exact
	r.SV, r.CV = less(r.EV.Known(), r.PV.Known()), less(r.EV.Known(), r.AC.Known())
	r.EAC = rounded(x.EAC(), a.Currency)
	r.ETC, r.VAC = less(r.EAC, r.AC.Known()), less(r.BAC.Known(), r.EAC)
	r.EACTypical, r.EACBoth = rounded(x.EACTypical(), a.Currency), rounded(x.EACBoth(), a.Currency)
	r.SPI, r.CPI, r.TCPI, r.TCPIEAC = ratio.Of(x.SPI()), ratio.Of(x.CPI()), ratio.Of(x.TCPI()), ratio.Of(x.TCPIEAC())
	if r.first != 0 {
		r.AT = Elapsed(r.first, a.AsOf)
	}
	r.why("bac", r.BAC.Unknown...)
	r.why("currentBudget", r.Current.Unknown...)
	r.why("pv", r.PV.Unknown...)
	r.why("ev", r.EV.Unknown...)
	r.why("ac", r.AC.Unknown...)
	r.why("forecast", r.Forecast.Unknown...)
}

// schedule reads ES and PD off a curve of what is planned by the end of each month.
func (r *Result) schedule(curve []*big.Rat, earned *big.Rat) {
	switch {
	case len(curve) == 0:
		r.why("es", staffing.Reason{Text: "no milestone has a baseline"})
	case r.exact.BAC != nil && r.exact.BAC.Sign() <= 0:
		r.why("es", staffing.Reason{Text: "the budget at completion is 0"})
	default:
		r.ES, r.PD = EarnedSchedule(curve, earned), big.NewRat(int64(PlannedDuration(curve)), 1)
	}
}

// less is a − b; nil where either is, or where it does not fit.
func less(a, b *money.Amount) *money.Amount {
	if a == nil || b == nil {
		return nil
	}
	if d, err := a.Sub(*b); err == nil {
		return &d
	}
	return nil
}

// sum adds up programs. Indices, and what is derived from them, are of the sums: the EAC
// of a sum is not the sum of EACs.
func (a *Analysis) sum(members []*Result) *Result {
	r := &Result{Members: members, exact: Status{BAC: new(big.Rat), PV: new(big.Rat), EV: new(big.Rat), AC: new(big.Rat)}}
	for _, m := range members {
		r.BAC.Add(m.BAC)
		r.Current.Add(m.Current)
		r.PV.Add(m.PV)
		r.EV.Add(m.EV)
		r.AC.Add(m.AC)
		r.Forecast.Add(m.Forecast)
		r.exact = Status{plus(r.exact.BAC, m.exact.BAC), plus(r.exact.PV, m.exact.PV), plus(r.exact.EV, m.exact.EV), plus(r.exact.AC, m.exact.AC)}
		if r.first == 0 || m.first < r.first {
			r.first = m.first
		}
	}
	r.Planned, r.Earned = ratio.Of(quotient(r.exact.PV, r.exact.BAC)), ratio.Of(quotient(r.exact.EV, r.exact.BAC))
	r.derive(a)
	if r.exact.PV != nil && len(members) > 0 {
		r.schedule(cumulative(summed(members), r.first), r.exact.EV)
	}
	r.Curve = a.curves(members)
	return r
}
