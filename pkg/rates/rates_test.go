package rates

import (
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Days after the last that can be written cost nothing else than those before: a fiscal
// year may end after it.
func TestCostAfterTheLastDate(t *testing.T) {
	s, _ := portfolio.Assemble(nil)
	s.Config.RateCard = []portfolio.Rate{{AnnualCost: decimal(t, "120000"), Currency: "USD"}}
	b := New(s)
	month := cal.MaxDate.Month()
	days := cal.Period{From: month.First(), To: month.Last() + 40}
	whole, _ := b.Cost(Scope{}, portfolio.FullTime, month, month.Period())
	more, why := b.Cost(Scope{}, portfolio.FullTime, month, days)
	if why != nil || more.Cmp(whole) <= 0 {
		t.Errorf("%v, %v, a month is %v", more, why, whole)
	}
}

func decimal(t *testing.T, text string) (d money.Decimal) {
	t.Helper()
	d, err := money.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
