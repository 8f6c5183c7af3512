package budget

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// stepsInAll are the plan of record and the plans after each factor of a bridge, in
// their order: the dates (and the calendar); how much, and what is in one plan alone;
// who, and of what category, program and team; the rate card; exchange rates.
const stepsInAll = 6

// Factors are the names of the steps after the plan of record.
var Factors = headcount.Factors

// Against is a plan beside the plan of record, over all years of the report.
type Against struct {
	Plan     *money.Amount `json:"plan"`     // of record
	Variance *money.Amount `json:"variance"` // the plan − Plan
	Bridge   Bridge        `json:"bridge"`
}

// Bridge is what each factor adds to a plan of record; the parts sum to the variance.
type Bridge struct {
	Timing   *money.Amount `json:"timing"`
	Volume   *money.Amount `json:"volume"`
	Mix      *money.Amount `json:"mix"`
	Rate     *money.Amount `json:"rate"`
	Currency *money.Amount `json:"currency"`
}

// parts are the factors in order.
func (b *Bridge) parts() []**money.Amount {
	return []**money.Amount{&b.Timing, &b.Volume, &b.Mix, &b.Rate, &b.Currency}
}

// What changes by which step; see Factors.
const (
	timingStep = iota + 1
	volumeStep
	mixStep
	rateStep
	currencyStep
)

// steps is what a group costs after each step, by month.
type steps struct {
	sums [stepsInAll]map[cal.Month]*rates.Sum
	// unknown says why none of it is known.
	unknown []staffing.Reason
}

func (s *steps) add(step int, m cal.Month, sum rates.Sum) {
	if s.sums[step] == nil {
		s.sums[step] = map[cal.Month]*rates.Sum{}
	}
	if s.sums[step][m] == nil {
		s.sums[step][m] = &rates.Sum{}
	}
	s.sums[step][m].Add(sum)
}

func (s *steps) sum(step int, from, to cal.Month) (sum rates.Sum) {
	for m := range sortedMonths(s.sums[step]) {
		if from <= m && m <= to {
			sum.Add(*s.sums[step][m])
		}
	}
	sum.Unknown = staffing.MergeReasons(sum.Unknown, s.unknown)
	return sum
}

// some reports whether any step has anything in the months: one between two plans may
// have what neither has.
func (s *steps) some(from, to cal.Month) bool {
	for step := 0; s != nil && step < stepsInAll; step++ {
		if sum := s.sum(step, from, to); !sum.Amount.IsZero() || len(sum.Unknown) > 0 {
			return true
		}
	}
	return false
}

// against derives the figures of a comparison; nil where none was asked for.
func (a *Analysis) against(s *steps, from, to cal.Month) *Against {
	if a.Baseline == nil {
		return nil
	}
	r := &Against{}
	if len(a.Incomparable) > 0 {
		return r
	}
	if s == nil {
		s = &steps{}
	}
	var costs [stepsInAll]*money.Amount
	for step := range costs {
		costs[step] = a.known(s.sum(step, from, to))
	}
	r.Plan, r.Variance = costs[0], less(costs[stepsInAll-1], costs[0])
	for i, part := range r.Bridge.parts() {
		*part = less(costs[i+1], costs[i])
	}
	return r
}

// bridge prices the plan of record, then the same with one factor after the other as in
// the plan of now.
type bridge struct {
	a         *Analysis
	base, now *portfolio.Snapshot
	prices    [stepsInAll]*prices
	was, is   *choice
	in        touched // groups of the account that is compared
}

// compare adds the plan of record, and what differs from it, to all groups.
func (a *Analysis) compare() {
	if a.Baseline == nil {
		return
	}
	if was, is := a.Baseline.Config.Currency, a.Currency; was != is && !a.Baseline.Unconfigured && !a.s.Unconfigured {
		a.Incomparable = staffing.Because(0, "the currency was %s, and is %s", was, is)
		return
	}
	b := newBridge(a)
	was, is := b.accounts(a.Baseline, b.was), b.accounts(a.s, b.is)
	for _, name := range slices.Sorted(maps.Keys(union(was, is))) {
		b.account(was[name], is[name])
	}
	if a.Lens == Teams {
		b.people()
	}
}

func newBridge(a *Analysis) *bridge {
	b := &bridge{a: a, base: a.Baseline, now: a.s, was: choose(a.Baseline, a.Selector), is: choose(a.s, a.Selector)}
	first, last := newPrices(b.base), newPrices(b.now)
	with := func(people *prices, book *rates.Book) *prices {
		return &prices{b.now, book, people.staff, people.unlisted}
	}
	recorded := rates.Mixed(b.base, b.base, b.now.Calendar)
	rated := rates.Mixed(b.now, b.base, b.now.Calendar)
	b.prices = [stepsInAll]*prices{first, with(first, recorded), with(first, recorded), with(last, recorded), with(last, rated), last}
	return b
}

// accounts are those that are chosen and whose plan counts, by name.
func (b *bridge) accounts(s *portfolio.Snapshot, chosen *choice) map[string]*account {
	list := programAccounts(s)
	if b.a.Lens == Teams {
		list = teamAccounts(s, nil)
	}
	of := map[string]*account{}
	for _, acc := range list {
		if chosen.account(acc) && acc.planned() {
			of[acc.subject] = acc
		}
	}
	return of
}

// account compares the plans of one account; one of the two may be nil.
func (b *bridge) account(was, is *account) {
	b.in = touched{}
	for _, p := range pairUp(linesOf(was), linesOf(is), func(l ownLine) string { return l.owner + "/" + l.ID }) {
		for step := range stepsInAll {
			if l := lineAt(p, step); l != nil {
				entries := b.priced(step, func(p *prices) []entry { return p.line(l) })
				b.add(was, is, step, entries, Fact{Category: l.Category, Type: string(l.Type)}, 0)
			}
		}
	}
	for _, p := range pairUp(staffingOf(was), staffingOf(is), staffingKeys...) {
		for step := range stepsInAll {
			if l := staffingAt(p, step); l != nil {
				entries := b.priced(step, func(p *prices) []entry { return p.people(l) })
				b.add(was, is, step, entries, Fact{Category: PeopleCategory, Type: PeopleType}, l.Capitalise)
			}
		}
	}
	b.missing(b.base, was)
	b.missing(b.now, is)
}

// priced prices a line at a step. What has no rate at that step costs what it does at
// the next one that has; of the plan of record it is not known.
func (b *bridge) priced(step int, price func(*prices) []entry) []entry {
	for at := step; ; at++ {
		entries := price(b.prices[at])
		if step == 0 || at == stepsInAll-1 || !slices.ContainsFunc(entries, func(e entry) bool { return len(e.Unknown) > 0 }) {
			return entries
		}
	}
}

// missing notes that a plan is not known as a whole, in one of the two.
func (b *bridge) missing(s *portfolio.Snapshot, acc *account) {
	if acc == nil {
		return
	}
	people, lines, _ := acc.missing(s)
	for _, v := range []struct {
		veil
		why []staffing.Reason
	}{{veil{people: true}, people}, {veil{other: true}, lines}} {
		if v.why == nil {
			continue
		}
		hidden := v.hidden(acc)
		keys := b.a.keys(acc, &hidden)
		for key := range b.in {
			if b.in.has(key, v.veil) {
				keys = append(keys, key)
			}
		}
		for _, key := range keys {
			b.a.cell(key).steps().hide(v.why)
		}
		b.a.total.steps().hide(v.why)
	}
}

func (s *steps) hide(why []staffing.Reason) { s.unknown = staffing.MergeReasons(s.unknown, why) }

// add adds what a line costs at a step to the groups that it belongs to then.
func (b *bridge) add(was, is *account, step int, entries []entry, f Fact, capitalise portfolio.Percent) {
	acc, chosen := is, b.is
	if is == nil || was != nil && step < mixStep {
		acc, chosen = was, b.was
	}
	f.CostCentre = acc.costCentre
	for _, e := range entries {
		f.Month = e.month
		capex, rest := capitalised(e.Sum, int64(capitalise), int64(portfolio.Whole))
		for _, part := range []struct {
			kind string
			rates.Sum
		}{{string(portfolio.Capex), capex}, {f.Type, rest}} {
			one := f
			one.Type = part.kind
			if part.Amount.IsZero() && len(part.Unknown) == 0 || !chosen.fact(acc, &one) {
				continue
			}
			b.count(acc, step, &one, part.Sum)
		}
	}
}

func (b *bridge) count(acc *account, step int, f *Fact, sum rates.Sum) {
	b.a.total.steps().add(step, f.Month, sum)
	for _, key := range b.a.keys(acc, f) {
		b.a.cell(key).steps().add(step, f.Month, sum)
		if b.in != nil {
			b.in.note(key, f.Category)
		}
	}
}

func (c *cell) steps() *steps {
	if c.recorded == nil {
		c.recorded = &steps{}
	}
	return c.recorded
}

// people adds what the people and seats of teams cost at each step.
func (b *bridge) people() {
	h, err := headcount.Analyse(b.now, headcount.Options{
		AsOf: b.a.AsOf, Years: b.a.Years, Step: cal.ByMonth, By: []group.Dimension{group.ByTeam}, Baseline: b.base,
	})
	if err != nil {
		b.a.Incomparable = staffing.Because(0, "%s", err)
		return
	}
	b.in = nil
	units := staffing.NewGrouping(b.now)
	unseen := staffing.Because(0, "what people cost was not known then, or is not now")
	for _, g := range h.Groups {
		acc := &account{subject: "team/" + g.Key[0], team: g.Key[0], costCentre: costCentre(units, g.Key[0])}
		f := Fact{Category: PeopleCategory, Type: PeopleType, CostCentre: acc.costCentre}
		if !b.is.account(acc) || !b.is.fact(acc, &f) {
			continue
		}
		for i, bucket := range h.Buckets {
			f.Month = bucket.From.Month()
			c := g.Rows.Compared
			sum := rates.Sum{}
			for step, part := range []*money.Amount{c.PlanCost[i], c.Bridge.Timing[i], c.Bridge.Volume[i], c.Bridge.Mix[i], c.Bridge.Rate[i], c.Bridge.Currency[i]} {
				if part == nil {
					sum.Unknown = unseen
				} else {
					sum.Add(rates.Sum{Amount: *part})
				}
				b.count(acc, step, &f, sum)
			}
		}
	}
}
