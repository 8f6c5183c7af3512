package lint

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// A currency for which there is no rate at all is REF001.
var missingExchangeRate = &Rule{
	Rule: diag.Rule{Code: "BUD007", Name: "missing-exchange-rate", Summary: "Money has no value: no exchange rate decides on its day or in its month", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.ratesPrivate() {
			p.Blind()
			return
		}
		first := p.firstRates()
		for l := range p.lines() {
			if begins, ok := first[l.currency]; ok && (l.program == nil || l.program.Status != portfolio.ProgramCancelled) {
				checkLineRates(p, l, begins)
			}
		}
		for s := range p.spenders() {
			for _, l := range s.ledgers {
				checkLedgerRates(p, l, first)
			}
		}
	},
}

// ratesPrivate reports whether exchange rates live in another repository that was not
// joined.
func (p *Pass) ratesPrivate() bool {
	return slices.Contains(p.Config.External, portfolio.ExternalExchangeRates) &&
		!slices.ContainsFunc(p.Config.ExchangeRates, func(r portfolio.ExchangeRate) bool { return r.Origin.File != p.Config.Meta.Origin.File })
}

// firstRates is the earliest exchange rate of each currency that has one, the
// portfolio's own apart. It reports what lies between two rates of one day.
func (p *Pass) firstRates() map[money.Currency]portfolio.ExchangeRate {
	type since struct {
		currency money.Currency
		from     cal.Date
	}
	first, seen := map[money.Currency]portfolio.ExchangeRate{}, map[since]portfolio.ExchangeRate{}
	for _, r := range p.Config.ExchangeRates {
		if r.Currency == p.Config.Currency {
			continue
		}
		if known, ok := first[r.Currency]; !ok || r.From.First() < known.From.First() {
			first[r.Currency] = r
		}
		at := since{r.Currency, r.From.First()}
		other, twice := seen[at]
		if !twice {
			seen[at] = r
			continue
		}
		if other.Rate.Cmp(r.Rate) != 0 {
			p.Report(Finding{
				At: r.Origin.At("rate"), Subject: "portfolio/" + p.Config.Meta.Name, Key: string(r.Currency),
				Message: fmt.Sprintf("two exchange rates for %s %s: %s and %s", r.Currency, hold(r), other.Rate, r.Rate),
				Detail:  "delete one of the two, or give it the day from which it holds",
			}, place{other.Origin.At("rate"), "the other one"})
		}
	}
	return first
}

// hold completes what is said of a rate.
func hold(r portfolio.ExchangeRate) string {
	if r.From.IsZero() {
		return "have no date"
	}
	return "hold from " + r.From.String()
}

// addRate says which rate is missing where the first one comes too late.
func addRate(c money.Currency, begins portfolio.ExchangeRate, needed fmt.Stringer) string {
	return fmt.Sprintf("add one to exchangeRates in the Portfolio, from: %s or earlier: those for %s begin on %s", needed, c, begins.From.First())
}

func checkLineRates(p *Pass, l plannedLine, begins portfolio.ExchangeRate) {
	var without []cal.Month
	for _, s := range l.shares() {
		if !s.IsZero() && s.month.First() < begins.From.First() {
			without = append(without, s.month)
		}
	}
	if len(without) == 0 {
		return
	}
	p.Report(Finding{
		At: l.Origin.At("amount"), Subject: l.subject(), Key: string(l.currency),
		Message: fmt.Sprintf("%s has no exchange rate for %s in %s%s", l.name(), l.currency, without[0], such("months", len(without))),
		Detail:  addRate(l.currency, begins, without[0]),
	}, place{begins.Origin.At("from"), "the first rate"})
}

func checkLedgerRates(p *Pass, l *portfolio.Ledger, first map[money.Currency]portfolio.ExchangeRate) {
	var told []money.Currency
	for _, d := range p.digest(l) {
		c := p.currency(d.Currency)
		begins, ok := first[c]
		if !ok || slices.Contains(told, c) {
			continue
		}
		from := begins.From.First()
		f := p.find(l,
			func(d classDigest) bool { return p.currency(d.Currency) == c && d.earliest < from },
			func(x portfolio.Posting) bool { return x.Date < from })
		if f.n == 0 {
			continue
		}
		told = append(told, c)
		p.Report(Finding{
			At: f.first.Origin.At("amount"), Subject: ledgerSubject(l), Key: string(c),
			Message: fmt.Sprintf("%s of ledger %q has no exchange rate for %s on %s%s", entryName(f.first), l.Meta.Name, c, f.first.Date, f.such()),
			Detail:  addRate(c, begins, f.earliest),
		}, place{begins.Origin.At("from"), "the first rate"})
	}
}

// What HC010 says of people from as-of on is not said again.
var staffingUnpriced = &Rule{
	Rule: diag.Rule{Code: "BUD017", Name: "staffing-unpriced", Summary: "A staffing line has no cost: no rate decides for a role, level and location", Severity: diag.Warning},
	Check: func(p *Pass) {
		if len(p.Config.RateCard) == 0 {
			p.Blind()
			return
		}
		unlisted, people := p.unlisted(), p.people()
		all := cal.Period{From: cal.MaxDate}
		for _, g := range p.Programs {
			for _, l := range g.Staffing {
				all.From, all.To = min(all.From, l.Period().From), max(all.To, l.Period().To)
			}
		}
		said := cal.Period{From: p.AsOf, To: p.Fiscal.Period(p.Fiscal.YearOf(p.AsOf)).To}
		u := unpriced{pass: p, book: rates.New(p.Snapshot), known: map[rates.Scope][]staffing.Reason{}, found: map[string]*unpricedReason{}, days: all}
		for _, g := range p.Programs {
			if g.Status == portfolio.ProgramCancelled {
				continue
			}
			for _, l := range g.Staffing {
				who := bearer{"the staffing of program", g.Meta.Name, l.Origin.At("fte")}
				if l.Person == "" {
					u.add(rates.Scope{Role: l.Role, Level: l.Level, Location: l.Location}, l.FTE, l.Period(), who)
					continue
				}
				if unlisted {
					continue
				}
				for _, days := range []cal.Period{
					l.Period().Intersect(cal.Period{From: all.From, To: said.From}),
					l.Period().Intersect(cal.Period{From: said.To, To: all.To}),
				} {
					for day := days.From; day < days.To; {
						now, until, ok := people.On(l.Person, day)
						if !ok { // REF001
							break
						}
						stretch := cal.Period{From: day, To: min(until, days.To)}
						u.add(rates.Scope{Role: now.Role, Level: now.Level, Location: now.Location}, l.FTE, stretch, who)
						day = stretch.To
					}
				}
			}
		}
		u.report()
	},
}
