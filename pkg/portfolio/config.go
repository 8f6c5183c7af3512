package portfolio

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
)

// config finds the Portfolio document, joins what an overlay adds to it, and
// makes the calendars.
func (a *assembler) config() {
	broken := false
	for id := range a.broken {
		broken = broken || id.kind == "Portfolio"
	}
	for _, e := range a.configs {
		p := e.document.(*Portfolio)
		switch {
		case e.overlay && onlyExternal(e.stated) && (a.s.Config != nil || broken):
			if a.s.Config != nil {
				a.s.Config.join(p)
			}
		case a.s.Config == nil:
			a.s.Config = p
		default:
			d := a.report("REF006", p.Meta.Origin.At("name"), e.subject(), "there is more than one Portfolio document",
				"keep one; a Portfolio of an overlay may state rateCard, exchangeRates and levels, nothing else")
			d.Related = append(d.Related, relatedTo(a, a.s.Config.Meta))
		}
	}
	if a.s.Config == nil {
		a.s.Config, a.s.Unconfigured = NewPortfolio(), broken
	}
	c := a.s.Config
	for i := range c.RateCard { // after the join: a rate card of an overlay is in this portfolio's currency
		c.RateCard[i].Currency = cmp.Or(c.RateCard[i].Currency, c.Currency)
	}
	a.external = map[External]bool{}
	for _, e := range c.External {
		a.external[e] = true
	}
	a.s.Fiscal = cal.FiscalCalendar{StartMonth: c.FiscalYear.StartMonth, NamedBy: string(c.FiscalYear.NamedBy)}
	holidays := make([]cal.Date, len(c.Calendar.Holidays))
	for i, h := range c.Calendar.Holidays {
		holidays[i] = h.Date
	}
	a.s.Calendar = cal.NewWorkCalendar(cal.WorkweekOf(c.Calendar.Workweek), holidays)
}

// onlyExternal reports whether a Portfolio states nothing but what an overlay
// may add.
func onlyExternal(stated []string) bool {
	return !slices.ContainsFunc(stated, func(field string) bool {
		return field != "rateCard" && field != "exchangeRates" && field != "levels"
	})
}

// join adds what an overlay states.
func (p *Portfolio) join(overlay *Portfolio) {
	p.RateCard = append(p.RateCard, overlay.RateCard...)
	p.ExchangeRates = append(p.ExchangeRates, overlay.ExchangeRates...)
	p.Levels = append(p.Levels, overlay.Levels...)
}
