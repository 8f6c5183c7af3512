package budget

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// collector finds all facts of an account.
type collector struct {
	*prices
	asOf   cal.Date
	closed cal.Month // the last month of which the forecast is what was spent
	// each yields every entry of a ledger on its own; else those of one class and month
	// are one fact, without a source.
	each bool

	a       *account
	facts   []Fact
	veils   []veil
	ahead   map[pool]*outlook
	private bool // budget lines are not known
}

func newCollector(s *portfolio.Snapshot, asOf cal.Date) *collector {
	return &collector{prices: newPrices(s), asOf: asOf, closed: closedBy(s, asOf)}
}

// closedBy is the last month that finance has closed: the one that the portfolio states,
// but none after the day's, else the one before it.
func closedBy(s *portfolio.Snapshot, asOf cal.Date) cal.Month {
	if s.Config.ClosedThrough == 0 {
		return asOf.Month().Add(-1)
	}
	return min(s.Config.ClosedThrough, asOf.Month())
}

// of returns the facts of an account, those of a team's people apart, and leaves in veils
// what is not known of it.
func (c *collector) of(a *account) []Fact {
	c.a, c.facts, c.ahead = a, nil, map[pool]*outlook{}
	c.veils = c.veilsOf(a)
	c.private = slices.ContainsFunc(c.veils, func(v veil) bool { return v.figure == Planned && v.other })
	if c.s.Unconfigured {
		return c.facts
	}
	budgeted := c.lines()
	if a.program != nil {
		if len(a.program.Staffing) > 0 {
			budgeted[PeopleCategory] = true
		}
		for _, l := range a.program.Staffing {
			c.staffing(l)
		}
	}
	for _, l := range a.ledgers {
		c.ledger(l, budgeted)
		c.hoursOf(l, budgeted)
	}
	c.forecast()
	return c.facts
}

// add adds a fact. An actual one of a closed month is its forecast too.
func (c *collector) add(f Fact) {
	f.CostCentre = cmp.Or(f.CostCentre, c.a.costCentre)
	f.Amount.Currency = c.book.Currency()
	c.facts = append(c.facts, f)
	if f.Figure == Actual && f.Month <= c.closed {
		f.Figure = Forecast
		c.facts = append(c.facts, f)
	}
}

func (c *collector) policy() portfolio.PeopleActuals { return c.s.Config.Policy.PeopleActuals }

// lines adds what budget lines plan, and returns their categories.
func (c *collector) lines() map[string]bool {
	categories := map[string]bool{}
	for _, l := range c.a.lines() {
		categories[l.Category] = true
		if !c.a.planned() {
			continue
		}
		source := LineSource{l}
		for _, e := range c.line(l) {
			f := Fact{Figure: Planned, Month: e.month, Category: l.Category, Type: string(l.Type), Sum: e.Sum, Source: source}
			c.add(f)
			_, stated := l.Forecast[e.month]
			c.expect(f, stated)
		}
		for m := range sortedMonths(l.Forecast) {
			if m > c.closed {
				sum := c.amount(l.Forecast[m], l.Currency, m)
				c.add(Fact{Figure: Forecast, Month: m, Category: l.Category, Type: string(l.Type), Sum: sum, Source: source})
			}
		}
	}
	return categories
}

// staffing adds what a staffing line plans, and what it cost.
func (c *collector) staffing(l *portfolio.StaffingLine) {
	planned := c.people(l)
	if c.a.planned() {
		for _, e := range planned {
			for _, f := range c.split(Fact{Figure: Planned, Month: e.month, Sum: e.Sum, Source: StaffingSource{l}}, l.Capitalise) {
				c.add(f)
				c.expect(f, false)
			}
		}
	}
	if l.Person == "" || c.policy() != portfolio.PeopleAllocated {
		return
	}
	for _, e := range c.charged(l, planned, c.asOf) {
		for _, f := range c.split(Fact{Figure: Actual, Month: e.month, Sum: e.Sum, Source: StaffingSource{l}}, l.Capitalise) {
			c.add(f)
		}
	}
}

// split parts what people cost into what is capitalised and what is not.
func (c *collector) split(f Fact, part portfolio.Percent) []Fact {
	return c.splitBy(f, int64(part), int64(portfolio.Whole))
}

// splitBy is split for num ÷ den of it.
func (c *collector) splitBy(f Fact, num, den int64) []Fact {
	f.Category, f.Type = PeopleCategory, PeopleType
	capex, rest := capitalised(f.Sum, num, den)
	if capex.Amount.IsZero() {
		return []Fact{f}
	}
	asset := f
	asset.Type, asset.Sum = string(portfolio.Capex), capex
	if rest.Amount.IsZero() {
		return []Fact{asset}
	}
	f.Sum = rest
	return []Fact{f, asset}
}

// hoursOf adds what the timesheets of a ledger cost, where the policy asks for it.
func (c *collector) hoursOf(l *portfolio.Ledger, budgeted map[string]bool) {
	if c.policy() != portfolio.PeopleHours || c.a.program == nil {
		return
	}
	for i := range l.Hours {
		h := &l.Hours[i]
		if h.Month > c.asOf.Month() {
			continue
		}
		f := Fact{Figure: Actual, Month: h.Month, Sum: c.hours(h), Unbudgeted: !c.private && !budgeted[PeopleCategory], Source: HoursSource{h}}
		num, den := c.capitalise(c.a.program, h)
		for _, f := range c.splitBy(f, num, den) {
			c.add(f)
		}
	}
}

// ledger adds the entries of a ledger.
func (c *collector) ledger(l *portfolio.Ledger, budgeted map[string]bool) {
	classes := make([]entryClass, len(l.Classes()))
	for i, class := range l.Classes() {
		f := Fact{Figure: Actual, Category: class.Category, Type: string(class.Type), CostCentre: class.CostCentre, Unbudgeted: !c.private && !budgeted[class.Category]}
		if class.Kind == portfolio.Commitment {
			f.Figure = Committed
		}
		if class.Category == PeopleCategory && class.Type == portfolio.Opex {
			f.Type = PeopleType
		}
		classes[i] = entryClass{Fact: f, currency: cmp.Or(class.Currency, c.book.Currency())}
		classes[i].digits, _ = classes[i].currency.MinorDigits()
	}
	for p := range l.Postings() {
		class := &classes[p.Class]
		if class.Figure == Actual && p.Date > c.asOf {
			continue
		}
		sum := c.amountOf(class, p)
		if c.each {
			f := class.Fact
			f.Month, f.Sum, f.Source = p.Date.Month(), sum, LedgerSource{l, p}
			c.add(f)
			continue
		}
		class.at(p.Date.Month()).Add(sum)
	}
	for i := range classes {
		for n, sum := range classes[i].months {
			if sum.Amount.IsZero() && len(sum.Unknown) == 0 {
				continue
			}
			f := classes[i].Fact
			f.Month, f.Sum = classes[i].first.Add(n), sum
			c.add(f)
		}
	}
}

// amountOf is an entry in the portfolio's currency.
func (c *collector) amountOf(class *entryClass, p portfolio.Posting) rates.Sum {
	minor, ok := p.Amount.Scaled(class.digits)
	amount := money.Amount{Minor: minor, Currency: class.currency}
	switch {
	case !ok: // such a ledger does not validate
		_, err := p.Amount.In(class.currency)
		return rates.Sum{Unknown: staffing.Because(p.Date.Month(), "%v", err)}
	case class.currency == c.book.Currency():
		return rates.Sum{Amount: amount}
	}
	amount, why := c.book.ConvertOn(amount, p.Date)
	return rates.Sum{Amount: amount, Unknown: why}
}

// entryClass sums entries of a ledger that have all but day and amount in common, by
// month.
type entryClass struct {
	Fact
	currency money.Currency
	digits   int
	first    cal.Month
	months   []rates.Sum
}

// at is a month, which is made where it is not there.
func (c *entryClass) at(m cal.Month) *rates.Sum {
	if c.months == nil {
		c.first = m
	}
	if m < c.first {
		c.months = append(make([]rates.Sum, c.first.Sub(m)), c.months...)
		c.first = m
	}
	for m.Sub(c.first) >= len(c.months) {
		c.months = append(c.months, rates.Sum{})
	}
	return &c.months[m.Sub(c.first)]
}
