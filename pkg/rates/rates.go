// Package rates knows what people and foreign money cost: the rate card of a
// portfolio and its exchange rates, exactly, until a cost is rounded once to the
// minor units of the portfolio's currency. It must not know programs, plans or flags.
package rates

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// Book is what a portfolio says that money and people cost. It is not safe for
// concurrent use.
//
// The cost of people is counted in grains, of which a minor unit has so many that
// every cost is a whole number of them: as exact as fractions, in a third of the time
// (180 against 510 ms for the 240,000 months of BenchmarkPlans of package budget).
type Book struct {
	calendar *cal.WorkCalendar
	currency money.Currency // of the portfolio
	card     []rate         // those that state most fields first; of one scope the latest first
	exchange []exchangeRate
	par      *big.Int // worth, as of an exchangeRate, of the portfolio's currency
	grains   *big.Int // in a minor unit of the portfolio's currency
	// privateCard and privateExchange say that rates live elsewhere and are not there;
	// unconfigured that the document which states them does not validate.
	privateCard, privateExchange, unconfigured bool

	matching  map[Scope][]*rate // of card, in its order, once asked for
	converted map[conversion]*big.Int
}

// Scope is whom a rate is for, where "" is anybody, or whose rate is asked for.
type Scope struct{ Role, Level, Location string }

// rate is a line of the rate card.
type rate struct {
	Scope
	fields   int      // that the scope states
	from     cal.Date // zero: always
	currency money.Currency
	annual   *big.Int // cost of a year, × 10 to the decimals that the card needs
	of       *portfolio.Rate
}

// conversion is a rate of the card in the portfolio's currency; exchange is nil for
// one that is.
type conversion struct {
	rate     *rate
	exchange *exchangeRate
}

// never is after every day, also after those that cannot be written.
const never = cal.Date(math.MaxInt32)

// everyMonth is a multiple of any number of working days that a month may have: the
// least one of 1 to 31.
const everyMonth = 72_201_776_446_800

// New returns the rates of a portfolio.
func New(s *portfolio.Snapshot) *Book { return Mixed(s, s, s.Calendar) }

// Mixed returns the rate card of one portfolio, with the exchange rates of another and
// the working days of a calendar, for what would have been. Both portfolios are of one
// currency.
func Mixed(card, exchange *portfolio.Snapshot, calendar *cal.WorkCalendar) *Book {
	b := &Book{
		calendar: calendar, currency: card.Config.Currency,
		privateCard:     slices.Contains(card.Config.External, portfolio.ExternalRateCard),
		privateExchange: slices.Contains(exchange.Config.External, portfolio.ExternalExchangeRates),
		unconfigured:    card.Unconfigured || exchange.Unconfigured,
		matching:        map[Scope][]*rate{}, converted: map[conversion]*big.Int{},
	}
	digits, _ := b.currency.MinorDigits()
	cardDecimals, exchangeDecimals := 0, 0
	for _, r := range card.Config.RateCard {
		cardDecimals = max(cardDecimals, r.AnnualCost.Decimals())
		b.privateCard = b.privateCard && !joined(card, r.Origin)
	}
	for _, r := range exchange.Config.ExchangeRates {
		exchangeDecimals = max(exchangeDecimals, r.Rate.Decimals())
		b.privateExchange = b.privateExchange && !joined(exchange, r.Origin)
	}
	for i := range card.Config.RateCard {
		r := &card.Config.RateCard[i]
		who := Scope{r.Role, r.Level, r.Location}
		b.card = append(b.card, rate{who, who.fields(), r.From.First(), r.Currency, scaled(r.AnnualCost, cardDecimals), r})
	}
	for _, r := range exchange.Config.ExchangeRates {
		b.exchange = append(b.exchange, exchangeRate{r, scaled(r.Rate, exchangeDecimals+digits)})
	}
	slices.SortStableFunc(b.card, func(x, y rate) int {
		return cmp.Or(cmp.Compare(y.fields, x.fields), cmp.Compare(y.from, x.from))
	})
	b.par = tenTo(exchangeDecimals + digits)
	// Of what annual returns a twelfth is taken, of that thousandths of an FTE, and of
	// these the days of a month.
	b.grains = tenTo(cardDecimals + exchangeDecimals)
	b.grains.Mul(b.grains, big.NewInt(12*int64(portfolio.FullTime)))
	b.grains.Mul(b.grains, big.NewInt(everyMonth))
	return b
}

// joined reports whether a part of the Portfolio document comes from another file,
// which is that of an overlay.
func joined(s *portfolio.Snapshot, o source.Origin) bool { return o.File != s.Config.Meta.Origin.File }

// Currency is that of the portfolio, in which everything costs.
func (b *Book) Currency() money.Currency { return b.currency }

// Cost returns what somebody costs over days of one month, in grains that Round takes:
// annual cost ÷ 12 × FTE-month for each stretch of days over which one rate holds,
// converted at the exchange rate in force on the first day of the month. An FTE-month
// is fte × working days of the stretch ÷ working days of the month. Days on which
// nobody works cost nothing. Where why is not empty no rate decides for some of the
// days, or none is to be seen, and cost is that of the others.
func (b *Book) Cost(who Scope, fte portfolio.MilliFTE, m cal.Month, days cal.Period) (cost *big.Int, why []staffing.Reason) {
	cost = new(big.Int)
	inMonth := int64(b.calendar.WorkdaysIn(m.Period()))
	for days.From < days.To {
		price, until, unpriced := b.price(who, days.From, m)
		stretch := cal.Period{From: days.From, To: min(days.To, until)}
		days.From = stretch.To
		work := int64(fte) * int64(b.calendar.WorkdaysIn(stretch))
		switch {
		case work == 0: // nobody works, so it costs nothing at any rate
		case unpriced != nil:
			why = staffing.MergeReasons(why, unpriced)
		default:
			grains := big.NewInt(everyMonth / inMonth)
			grains.Mul(grains, big.NewInt(work))
			cost.Add(cost, grains.Mul(grains, price))
		}
	}
	return cost, why
}

// Round rounds exact costs to minor units of the portfolio's currency by largest
// remainder, ties to the earlier one, so that they add up to their exact sum rounded
// half away from zero. ok is false where a result does not fit.
func (b *Book) Round(costs []*big.Int) (units []int64, ok bool) { return apportion(costs, b.grains) }

// Stretch is days over which one rate of the card holds for somebody.
type Stretch struct {
	Days cal.Period
	Rate *portfolio.Rate
}

// Stretches are the parts of days over which one rate holds for somebody, in order;
// days for which no rate decides are left out.
func (b *Book) Stretches(who Scope, days cal.Period) (list []Stretch) {
	for days.From < days.To {
		r, until, why := b.rateFor(who, days.From)
		part := cal.Period{From: days.From, To: min(days.To, until)}
		days.From = part.To
		if why == nil {
			list = append(list, Stretch{part, r.of})
		}
	}
	return list
}

// price returns what a full-time year of somebody costs as of a day of a month, in the
// unit of annual, and the first day after it on which that may change.
func (b *Book) price(who Scope, day cal.Date, m cal.Month) (price *big.Int, until cal.Date, why []staffing.Reason) {
	r, until, why := b.rateFor(who, day)
	if why != nil {
		return nil, until, why
	}
	c := conversion{rate: r}
	if r.currency != b.currency {
		if c.exchange, why = b.exchangeFor(r.currency, m.First()); why != nil {
			return nil, until, why
		}
	}
	return b.annual(c), until, nil
}

// fields counts what the scope states.
func (s Scope) fields() int {
	n := 0
	for _, field := range []string{s.Role, s.Level, s.Location} {
		if field != "" {
			n++
		}
	}
	return n
}

// holds reports whether a rate of this scope is for somebody.
func (s Scope) holds(who Scope) bool {
	return (s.Role == "" || s.Role == who.Role) && (s.Level == "" || s.Level == who.Level) && (s.Location == "" || s.Location == who.Location)
}

// String names the scope for a message.
func (s Scope) String() string {
	var parts []string
	for _, part := range []struct{ noun, value string }{{"role", s.Role}, {"level", s.Level}, {"location", s.Location}} {
		if part.value != "" {
			parts = append(parts, part.noun+" "+strconv.Quote(part.value))
		}
	}
	if parts == nil {
		return "a line without role, level and location"
	}
	return strings.Join(parts, ", ")
}

// rateFor returns the rate in force for somebody on a day, and the first day after
// it on which another may be. The rate that states most fields wins, whatever its
// date; a rate holds until a later one of the same scope. Where why is not empty no
// rate decides: there is none, or two that state as many fields.
func (b *Book) rateFor(who Scope, day cal.Date) (r *rate, until cal.Date, why []staffing.Reason) {
	until = never
	if b.unconfigured {
		return nil, until, []staffing.Reason{staffing.Unconfigured}
	}
	if b.privateCard {
		return nil, until, []staffing.Reason{staffing.Private}
	}
	for _, c := range b.matches(who) {
		switch {
		case r != nil && c.fields < r.fields:
			return r, until, why
		case c.from > day:
			until = min(until, c.from)
		case r == nil:
			r = c
		case c.Scope != r.Scope || c.from == r.from:
			why = staffing.Because(day.Month(), "two rates for %s are equally specific", who)
		}
	}
	if r == nil {
		why = staffing.Because(day.Month(), "there is no rate for %s", who)
	}
	return r, until, why
}

// matches lists the rates that are for somebody, whenever they hold.
func (b *Book) matches(who Scope) []*rate {
	list, known := b.matching[who]
	if !known {
		for i := range b.card {
			if b.card[i].holds(who) {
				list = append(list, &b.card[i])
			}
		}
		b.matching[who] = list
	}
	return list
}

// annual returns what a year costs at a rate of the card: minor units of the
// portfolio's currency, × 10 to the decimals of the card and of exchange rates.
func (b *Book) annual(c conversion) *big.Int {
	price := b.converted[c]
	if price == nil {
		worth := b.par
		if c.exchange != nil {
			worth = c.exchange.worth
		}
		price = new(big.Int).Mul(c.rate.annual, worth)
		b.converted[c] = price
	}
	return price
}

// scaled returns d × 10^decimals; d has no more decimals than that.
func scaled(d money.Decimal, decimals int) *big.Int {
	digits := d.Decimals()
	n, _ := d.Scaled(digits) // it fits: a Decimal has at most 18 digits
	return new(big.Int).Mul(big.NewInt(n), tenTo(decimals-digits))
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
