package impact

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/progctl/progctl/pkg/approval"
	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// BudgetChange is what a plan costs in a fiscal year, where it differs: that of all
// programs, or that of heads. Nil is unknown; then Unknown says why.
type BudgetChange struct {
	FiscalYear cal.FiscalYear `json:"fiscalYear"`
	Before     *money.Amount  `json:"before"`
	After      *money.Amount  `json:"after"`
	Delta      *money.Amount  `json:"delta"`
	Unknown    []string       `json:"unknown"`
}

// FTEChange is the demand of all staffing lines in a month, where it differs, in
// FTE-months.
type FTEChange struct {
	Month  cal.Month          `json:"month"`
	Before staffing.FTEMonths `json:"before"`
	After  staffing.FTEMonths `json:"after"`
	Delta  staffing.FTEMonths `json:"delta"`
}

// plans are the plans of one state's programs, and their sum by fiscal year.
type plans struct {
	of    map[string]budget.Plan
	years map[cal.FiscalYear]rates.Sum
	fte   map[cal.Month]staffing.FTEMonths
}

func plansOf(s *portfolio.Snapshot, skip, blind func(string) bool) plans {
	programs := slices.DeleteFunc(staffing.Programs(s), func(g *portfolio.Program) bool { return skip(g.Meta.Name) })
	p := plans{of: map[string]budget.Plan{}, years: map[cal.FiscalYear]rates.Sum{}, fte: map[cal.Month]staffing.FTEMonths{}}
	all := budget.Plans(s, programs)
	for _, plan := range all {
		p.of[plan.Program.Meta.Name] = plan
	}
	for _, y := range budget.Years(s.Fiscal, all...) {
		p.years[y.Year] = y.Total()
	}
	programs = slices.DeleteFunc(programs, func(g *portfolio.Program) bool { return blind(g.Meta.Name) })
	for _, m := range staffing.DemandOf(s, programs).Months {
		p.fte[m.Month] = m.FTE
	}
	return p
}

// blind reports whether the demand of a program is not known in one of the states.
func (c *comparison) blind(name string) bool {
	return slices.ContainsFunc([]Side{c.base, c.head}, func(side Side) bool {
		g := side.Snapshot.Program(name)
		return side.Snapshot.Unconfigured || g != nil && staffing.LinesPrivate(side.Snapshot, g)
	})
}

// money compares plans and demand. What is missing on one side is nothing there.
func (c *comparison) money() {
	skipped := map[string]bool{}
	for _, side := range []Side{c.base, c.head} {
		for _, g := range side.Snapshot.Programs {
			skipped[g.Meta.Name] = true
		}
	}
	names := slices.DeleteFunc(c.names(), func(name string) bool { return !c.chooses("program/" + name) })
	for _, name := range names {
		skipped[name] = false
	}
	skip := func(name string) bool { return skipped[name] }
	was, is := plansOf(c.base.Snapshot, skip, c.blind), plansOf(c.head.Snapshot, skip, c.blind)
	currency := c.head.Snapshot.Config.Currency
	sameRates := sameRates(c.base.Snapshot, c.head.Snapshot)
	sameInput, demandKnown := sameRates, true
	for _, name := range names {
		g, h := c.base.Snapshot.Program(name), c.head.Snapshot.Program(name)
		same := sameRates && g != nil && h != nil && g.Status == h.Status && equal(g.Staffing, h.Staffing) && equal(g.Budget, h.Budget)
		sameInput = sameInput && same
		s := c.subject(g, h)
		s.facts.Budget = budgetFacts(sum(was.of[name]), sum(is.of[name]), same, currency)
		s.facts.FTE = fteFacts(demand(c.base.Snapshot, g, skip), demand(c.head.Snapshot, h, skip))
		if c.blind(name) {
			s.facts.FTE = approval.FTE{Known: same}
			demandKnown = demandKnown && same
		}
		if s.facts.Budget.Delta != 0 || !s.facts.Budget.Known || s.facts.FTE.Delta != 0 || !s.facts.FTE.Known {
			s.touched = true
		}
		s.figures("program "+name, sum(was.of[name]), sum(is.of[name]), currency)
	}
	whole := c.whole()
	var before, after rates.Sum
	for _, fy := range keys(was.years, is.years) {
		b, a := was.years[fy], is.years[fy]
		before, after = add(before, b), add(after, a)
		if d := budgetChange(fy, b, a, sameInput, currency); d != nil {
			c.change.Budget = append(c.change.Budget, *d)
		}
	}
	whole.facts.Budget = budgetFacts(before, after, sameInput, currency)
	var work, worked big.Rat
	for _, m := range keys(was.fte, is.fte) {
		b, a := was.fte[m], is.fte[m]
		work.Add(&work, b.Rat())
		worked.Add(&worked, a.Rat())
		if d := a.Sub(b); d.Rat().Sign() != 0 {
			c.change.FTE = append(c.change.FTE, FTEChange{m, b, a, d})
		}
	}
	whole.facts.FTE = fteFacts(&work, &worked)
	whole.facts.FTE.Known = demandKnown
	whole.figures("the portfolio", before, after, currency)
}

// figures are sentences about money and demand, where they change.
func (s *subject) figures(what string, before, after rates.Sum, currency money.Currency) {
	if b := s.facts.Budget; b.Known && b.Delta != 0 {
		s.because(0, plainMoney(what, money.Amount{Minor: before.Amount.Minor, Currency: currency},
			money.Amount{Minor: after.Amount.Minor, Currency: currency}, b.Increase), "budget")
	}
	if f := s.facts.FTE; f.Known && f.Delta != 0 {
		s.because(0, plainFTE(what, f), "fte")
	}
}

// sameRates reports whether two programs that state the same cost the same.
func sameRates(a, b *portfolio.Snapshot) bool {
	x, y := a.Config, b.Config
	return equal(x.RateCard, y.RateCard) && equal(x.ExchangeRates, y.ExchangeRates) && equal(x.Calendar, y.Calendar) &&
		equal(x.Levels, y.Levels) && equal(x.External, y.External) && slices.Equal(priced(a), priced(b))
}

// priced are the people of a portfolio, as far as it depends on them what they cost.
func priced(s *portfolio.Snapshot) (list []string) {
	for _, r := range s.Rosters {
		for _, p := range r.People {
			who := fmt.Sprint(p.ID, p.Start, p.End, p.Role, p.Level, p.Location)
			for _, h := range p.History {
				who += fmt.Sprint(" ", h.Until, h.Role, h.Level, h.Location)
			}
			list = append(list, who)
		}
	}
	slices.Sort(list)
	return list
}

// sum is a plan over all of its months.
func sum(p budget.Plan) rates.Sum {
	var total rates.Sum
	for _, m := range p.Months {
		total = add(total, m.Total())
	}
	return total
}

func add(a, b rates.Sum) rates.Sum {
	if b.Amount.Currency == "" {
		return a
	}
	if a.Amount.Currency == "" {
		b.Unknown = staffing.MergeReasons(a.Unknown, b.Unknown)
		return b
	}
	return budget.Figures{People: a, Lines: b}.Total()
}

// demand is the work of a program's staffing lines, over all months.
func demand(s *portfolio.Snapshot, g *portfolio.Program, skip func(string) bool) *big.Rat {
	total := new(big.Rat)
	if g == nil || g.Status == portfolio.ProgramCancelled || skip(g.Meta.Name) {
		return total
	}
	for _, m := range staffing.DemandOf(s, []*portfolio.Program{g}).Months {
		total.Add(total, m.FTE.Rat())
	}
	return total
}

// budgetChange is nil where nothing differs.
func budgetChange(fy cal.FiscalYear, before, after rates.Sum, sameInput bool, currency money.Currency) *BudgetChange {
	d := &BudgetChange{FiscalYear: fy, Unknown: []string{}}
	why := staffing.MergeReasons(before.Unknown, after.Unknown)
	b, a := money.Amount{Minor: before.Amount.Minor, Currency: currency}, money.Amount{Minor: after.Amount.Minor, Currency: currency}
	otherMoney := before.Amount.Currency != "" && after.Amount.Currency != "" && before.Amount.Currency != after.Amount.Currency
	switch {
	case otherMoney:
		d.Unknown = append(d.Unknown, "the currency of the portfolio changes")
		return d
	case len(why) > 0 && sameInput && b == a:
		return nil
	case len(why) > 0:
		for _, r := range why {
			d.Unknown = append(d.Unknown, r.String())
		}
		return d
	case b == a:
		return nil
	}
	delta, err := a.Sub(b)
	if err != nil {
		d.Unknown = append(d.Unknown, err.Error())
		return d
	}
	d.Before, d.After, d.Delta = &b, &a, &delta
	return d
}

func budgetFacts(before, after rates.Sum, sameInput bool, currency money.Currency) approval.Budget {
	if x, y := before.Amount.Currency, after.Amount.Currency; x != "" && y != "" && x != y {
		return approval.Budget{}
	}
	if len(before.Unknown)+len(after.Unknown) > 0 && (!sameInput || before.Amount.Minor != after.Amount.Minor) {
		return approval.Budget{}
	}
	digits, _ := currency.MinorDigits()
	return approval.NewBudget(before.Amount.Minor, after.Amount.Minor, digits)
}

func fteFacts(before, after *big.Rat) approval.FTE {
	thousandths := func(r *big.Rat) int64 {
		n, _ := strconv.ParseInt(new(big.Rat).Mul(r, big.NewRat(1000, 1)).FloatString(0), 10, 64)
		return n
	}
	return approval.NewFTE(thousandths(before), thousandths(after))
}

// keys are those of both maps, sorted.
func keys[K interface {
	comparable
	~int | ~int16 | ~int32 | ~int64 | ~uint16 | ~uint32 | ~string
}, V any](a, b map[K]V) []K {
	list := slices.Collect(maps.Keys(a))
	for k := range b {
		list = append(list, k)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
