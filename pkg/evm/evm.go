package evm

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Input is what earned value needs to know of a program.
type Input struct {
	Program *portfolio.Program
	// Committed says that some version of it was approved or active, so that to propose
	// it again does not take it out of the report.
	Committed bool
	// Budget is the budget at completion: the plan at the version that set the baseline,
	// contingency apart. Current is the plan of today.
	Budget, Current rates.Sum
	// Actual is what was spent in each month up to as-of, in order: of the month of as-of
	// what was spent by that day.
	Actual []Spend
	// Forecast is what each month will have cost, all of them, those that are closed too.
	Forecast []Spend
	// Baseline returns the approved baseline of a milestone, unset where there is none. A
	// nil Baseline is what baseline: states, else due:.
	Baseline func(*portfolio.Milestone) cal.Date
	// BaselineFrom is the commit that Budget is of, "" where it is the plan of today.
	BaselineFrom string
}

// Spend is money of a month.
type Spend struct {
	Month cal.Month
	rates.Sum
}

// Dimensions are those by which rows are: a program each, or a theme.
func Dimensions() []group.Dimension { return []group.Dimension{group.ByProgram, group.ByTheme} }

// Options say what to look at.
type Options struct {
	AsOf cal.Date
	By   group.Dimension // one of Dimensions; any other is a program each
	// Buckets are the periods of which ends the report shows the curve, in order; none
	// shows all of it by Step, "" by month. All else is of as-of, whatever they are.
	Buckets []cal.Bucket
	Step    cal.Step
	// Against is the revision, as it was asked for, that all budgets and baselines are
	// of; "" where each program has its own.
	Against string
	// Notes are lines that come first among those of the report.
	Notes []string
}

// Analysis is the earned value of programs on a day.
type Analysis struct {
	Options
	Currency money.Currency
	Programs []*Result // by name
	Themes   []*Result // sums, by id of the theme, the programs of none last
	// Total sums all programs; a figure that is unknown of one is unknown in it.
	Total *Result
	// Measured sums the programs of which all is known; it is Total where that is all of
	// them, and nil where it is none.
	Measured *Result
	LeftOut  []LeftOut // by name

	fiscal cal.FiscalCalendar
}

// LeftOut is a program that was asked for and not looked at.
type LeftOut struct {
	Program string        `json:"program"`
	Reason  string        `json:"reason"`
	AC      *money.Amount `json:"ac"` // what was spent up to as-of; nil: not known
}

// Analyse measures programs. Those that were never more than proposed are left out, for
// their budget is nobody's commitment yet, and so are cancelled ones and those that do
// not validate. Completed and paused ones count.
func Analyse(s *portfolio.Snapshot, inputs []Input, o Options) *Analysis {
	a := &Analysis{Options: o, Currency: s.Config.Currency, fiscal: s.Fiscal}
	if a.By != group.ByTheme {
		a.By = group.ByProgram
	}
	inputs = slices.Clone(inputs)
	slices.SortFunc(inputs, func(x, y Input) int { return strings.Compare(x.Program.Meta.Name, y.Program.Meta.Name) })
	byTheme := map[string][]*Result{}
	var themes []string
	for _, in := range inputs {
		if why := leftOut(s, in); why != "" {
			a.LeftOut = append(a.LeftOut, LeftOut{in.Program.Meta.Name, why, a.total(in.Actual).Known()})
			continue
		}
		r := a.measure(in)
		a.Programs = append(a.Programs, r)
		if byTheme[r.Theme] == nil {
			themes = append(themes, r.Theme)
		}
		byTheme[r.Theme] = append(byTheme[r.Theme], r)
	}
	slices.SortFunc(themes, func(x, y string) int {
		if (x == "") != (y == "") {
			return strings.Compare(y, x)
		}
		return strings.Compare(x, y)
	})
	for _, theme := range themes {
		sum := a.sum(byTheme[theme])
		sum.Theme = theme
		a.Themes = append(a.Themes, sum)
	}
	a.Total = a.sum(a.Programs)
	switch known := slices.DeleteFunc(slices.Clone(a.Programs), func(r *Result) bool { return !r.AllKnown() }); len(known) {
	case len(a.Programs):
		a.Measured = a.Total
	case 0:
	default:
		a.Measured = a.sum(known)
	}
	return a
}

// leftOut says why a program is not measured; "" of one that is.
func leftOut(s *portfolio.Snapshot, in Input) string {
	switch p := in.Program; {
	case !s.Sound(p.Subject()):
		return "does not validate"
	case p.Status == portfolio.ProgramProposed && !in.Committed:
		return "proposed, never approved"
	case p.Status == portfolio.ProgramCancelled:
		return "cancelled"
	}
	return ""
}

// measure looks at one program.
func (a *Analysis) measure(in Input) *Result {
	p, baseline := in.Program, in.Baseline
	if baseline == nil {
		baseline = func(m *portfolio.Milestone) cal.Date { return cmp.Or(m.Baseline, m.Due) }
	}
	g := progressOf(p, baseline, a.AsOf)
	r := &Result{
		Program: p, Theme: p.Theme, BaselineFrom: in.BaselineFrom, Unplanned: g.unplanned,
		BAC: in.Budget, Current: in.Current, AC: a.total(in.Actual), Forecast: a.total(in.Forecast),
		first: p.Start.Month(),
	}
	planned, earned := g.share(g.planned, a.AsOf), g.earnedShare()
	r.exact = Status{BAC: exact(r.BAC), AC: exact(r.AC)}
	r.exact.PV, r.exact.EV = times(r.exact.BAC, planned), times(r.exact.BAC, earned)
	r.PV, r.EV = a.value(r, planned), a.value(r, earned)
	r.Planned, r.Earned = ratio.Of(planned), ratio.Of(earned)
	r.derive(a)
	if planned != nil {
		r.portions = g.portions()
		// What is earned and planned goes by parts of whatever budget it is, so that no
		// budget need be known.
		r.schedule(cumulative(r.portions, r.first), earned)
	}
	if !r.SPI.Known() && r.exact.BAC == nil {
		r.SPI = ratio.Of(quotient(earned, planned))
	}
	r.Curve = a.curve(r, g, in)
	return r
}

// value is a part of the budget of a program.
func (a *Analysis) value(r *Result, share *big.Rat) rates.Sum {
	if share == nil {
		none := staffing.Reason{Text: "no milestone weighs"}
		return rates.Sum{Unknown: staffing.MergeReasons(r.BAC.Unknown, []staffing.Reason{none})}
	}
	if r.BAC.Known() == nil {
		return rates.Sum{Unknown: r.BAC.Unknown}
	}
	return rates.Sum{Amount: *rounded(times(exact(r.BAC), share), a.Currency)}
}

// total sums months.
func (a *Analysis) total(list []Spend) rates.Sum {
	sum := rates.Sum{Amount: money.Amount{Currency: a.Currency}}
	for _, x := range list {
		sum.Add(x.Sum)
	}
	return sum
}

// exact is a sum in minor units; nil where it is not known.
func exact(s rates.Sum) *big.Rat {
	known := s.Known()
	if known == nil {
		return nil
	}
	return new(big.Rat).SetInt64(known.Minor)
}
