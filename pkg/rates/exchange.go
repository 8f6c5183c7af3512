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

// exchangeFor returns the exchange rate of a currency in a month: the one in force
// on its first day. Where why is not empty there is none, or there are two.
func (b *Book) exchangeFor(c money.Currency, m cal.Month) (latest *exchangeRate, why []staffing.Reason) {
	if b.privateExchange {
		return nil, []staffing.Reason{staffing.Private}
	}
	for i := range b.exchange {
		r := &b.exchange[i]
		from := r.From.First()
		switch {
		case r.Currency != c || from > m.First():
		case latest == nil || from > latest.From.First():
			latest, why = r, nil
		case from == latest.From.First() && r.Rate.Cmp(latest.Rate) != 0:
			why = staffing.Because(m, "there are two exchange rates for %s", c)
		}
	}
	if latest == nil {
		why = staffing.Because(m, "there is no exchange rate for %s", c)
	}
	return latest, why
}

// Convert returns an amount of a month in the portfolio's currency, at the exchange
// rate in force on the first day of the month, rounded once. Where why is not empty
// there is none.
func (b *Book) Convert(a money.Amount, m cal.Month) (converted money.Amount, why []staffing.Reason) {
	if a.Currency == b.currency {
		return a, nil
	}
	r, why := b.exchangeFor(a.Currency, m)
	if why != nil {
		return money.Amount{}, why
	}
	converted, err := a.Convert(b.currency, r.Rate)
	if err != nil {
		return money.Amount{}, staffing.Because(m, "%s", err)
	}
	return converted, nil
}
