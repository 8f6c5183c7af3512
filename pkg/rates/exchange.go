package rates

import (
	"math/big"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// exchangeRate is what a currency is worth from a day on.
type exchangeRate struct {
	portfolio.ExchangeRate
	// worth is Rate in minor units of the portfolio's currency, × 10 to the decimals
	// that exchange rates need.
	worth *big.Int
}

// exchangeFor returns the exchange rate of a currency that is in force on a day. Where
// why is not empty there is none, or there are two.
func (b *Book) exchangeFor(c money.Currency, day cal.Date) (latest *exchangeRate, why []staffing.Reason) {
	if b.privateExchange {
		return nil, []staffing.Reason{staffing.Private}
	}
	for i := range b.exchange {
		r := &b.exchange[i]
		from := r.From.First()
		switch {
		case r.Currency != c || from > day:
		case latest == nil || from > latest.From.First():
			latest, why = r, nil
		case from == latest.From.First() && r.Rate.Cmp(latest.Rate) != 0:
			why = staffing.Because(day.Month(), "there are two exchange rates for %s", c)
		}
	}
	if latest == nil {
		why = staffing.Because(day.Month(), "there is no exchange rate for %s", c)
	}
	return latest, why
}

// Convert returns an amount of a month in the portfolio's currency, at the exchange
// rate in force on the first day of the month, rounded once. Where why is not empty
// there is none.
func (b *Book) Convert(a money.Amount, m cal.Month) (converted money.Amount, why []staffing.Reason) {
	return b.ConvertOn(a, m.First())
}

// ConvertOn is Convert at the exchange rate in force on a day.
func (b *Book) ConvertOn(a money.Amount, day cal.Date) (converted money.Amount, why []staffing.Reason) {
	if a.Currency == b.currency {
		return a, nil
	}
	r, why := b.exchangeFor(a.Currency, day)
	if why != nil {
		return money.Amount{}, why
	}
	converted, err := a.Convert(b.currency, r.Rate)
	if err != nil {
		return money.Amount{}, staffing.Because(day.Month(), "%s", err)
	}
	return converted, nil
}

// Exchange is the exchange rate of a currency in force on a day; nil where it is the
// portfolio's, and where no rate decides.
func (b *Book) Exchange(c money.Currency, day cal.Date) *portfolio.ExchangeRate {
	if c == b.currency {
		return nil
	}
	r, why := b.exchangeFor(c, day)
	if why != nil {
		return nil
	}
	return &r.ExchangeRate
}
