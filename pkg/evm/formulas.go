package evm

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
)

// Status is where work stands on a day, all in one unit, exactly; nil is not known.
// What is derived from it is as exact, and nil where what it needs is, and where it would
// divide by 0. The variances are those of amounts, which Result has.
type Status struct {
	BAC *big.Rat // budget at completion: what all of the work may cost
	PV  *big.Rat // planned value: the budget of what should be done
	EV  *big.Rat // earned value: the budget of what is done
	AC  *big.Rat // actual cost of what is done
}

// SPI is the schedule performance index EV ÷ PV; behind is below 1.
func (s Status) SPI() *big.Rat { return quotient(s.EV, s.PV) }

// CPI is the cost performance index EV ÷ AC; over is below 1.
func (s Status) CPI() *big.Rat { return quotient(s.EV, s.AC) }

// EAC is the estimate at completion AC + (BAC − EV) ÷ CPI: what is left costs in
// proportion to what was done.
func (s Status) EAC() *big.Rat { return plus(s.AC, quotient(minus(s.BAC, s.EV), s.CPI())) }

// EACTypical is AC + (BAC − EV): what is left costs what was planned.
func (s Status) EACTypical() *big.Rat { return plus(s.AC, minus(s.BAC, s.EV)) }

// EACBoth is AC + (BAC − EV) ÷ (CPI × SPI): the time to be made up costs too.
func (s Status) EACBoth() *big.Rat {
	return plus(s.AC, quotient(minus(s.BAC, s.EV), times(s.CPI(), s.SPI())))
}

// ETC is the estimate to complete EAC − AC.
func (s Status) ETC() *big.Rat { return minus(s.EAC(), s.AC) }

// TCPI is the to-complete performance index (BAC − EV) ÷ (BAC − AC): the CPI that the
// rest needs for the whole to cost BAC. Below 0, BAC is spent already.
func (s Status) TCPI() *big.Rat { return quotient(minus(s.BAC, s.EV), minus(s.BAC, s.AC)) }

// TCPIEAC is (BAC − EV) ÷ (EAC − AC): the CPI that the rest needs for the whole to cost
// EAC.
func (s Status) TCPIEAC() *big.Rat { return quotient(minus(s.BAC, s.EV), s.ETC()) }

// EarnedSchedule returns when the value that is earned was to be earned, in months from
// the start of the first month. pv are planned values, not falling, at the end of each
// month, and 0 before.
//
// ES = n + (EV − PVn) ÷ (PVn+1 − PVn), with n the last month with PVn ≤ EV, so that a
// month in which nothing is planned is earned together with the one before it. Where EV
// is all that was ever planned, or more, it is the month in which that is reached. It is
// nil where nothing is planned, and where ev is nil or negative. Source: Lipke (2003).
func EarnedSchedule(pv []*big.Rat, ev *big.Rat) *big.Rat {
	if len(pv) == 0 || ev == nil {
		return nil
	}
	if ev.Cmp(pv[len(pv)-1]) >= 0 {
		return big.NewRat(int64(PlannedDuration(pv)), 1)
	}
	for n, at := range slices.Backward(pv) {
		if at.Cmp(ev) <= 0 {
			return interpolate(n+1, at, pv[n+1], ev)
		}
	}
	if ev.Sign() < 0 {
		return nil
	}
	return interpolate(0, new(big.Rat), pv[0], ev)
}

func interpolate(n int, from, to, ev *big.Rat) *big.Rat {
	return plus(big.NewRat(int64(n), 1), quotient(minus(ev, from), minus(to, from)))
}

// PlannedDuration returns the month, counted from 1, at the end of which all is planned
// that ever is; 0 where nothing is.
func PlannedDuration(pv []*big.Rat) int {
	for n, at := range pv {
		if at.Cmp(pv[len(pv)-1]) >= 0 {
			return n + 1
		}
	}
	return 0
}

// Elapsed returns the months from the start of a month to the end of as-of, a part of a
// month by calendar days. It is 0 or less where as-of lies before that month.
func Elapsed(first cal.Month, asOf cal.Date) *big.Rat {
	m := asOf.Month()
	days := big.NewRat(int64(asOf.Sub(m.First()))+1, int64(m.Days()))
	return days.Add(days, big.NewRat(int64(m.Sub(first)), 1))
}

// Schedule is earned schedule and what comes of it, in months; nil is not known.
type Schedule struct {
	ES *big.Rat // earned schedule
	AT *big.Rat // actual time: months that have elapsed
	PD *big.Rat // planned duration
}

// SVT is the schedule variance in time ES − AT; behind is negative. It is nil before the
// first day.
func (s Schedule) SVT() *big.Rat {
	if s.AT == nil || s.AT.Sign() <= 0 {
		return nil
	}
	return minus(s.ES, s.AT)
}

// SPIT is SPI(t), the schedule performance index in time ES ÷ AT; behind is below 1. It
// is nil before the first day.
func (s Schedule) SPIT() *big.Rat {
	if s.AT == nil || s.AT.Sign() <= 0 {
		return nil
	}
	return quotient(s.ES, s.AT)
}

// IEACT is IEAC(t), the independent estimate of the duration PD ÷ SPI(t).
func (s Schedule) IEACT() *big.Rat { return quotient(s.PD, s.SPIT()) }
