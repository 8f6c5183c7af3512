package budget

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// Explanation is what makes up one figure: the parts sum to it.
type Explanation struct {
	Cell     CellName
	From, To cal.Month
	By       []group.Dimension
	Currency money.Currency
	Total    rates.Sum
	Parts    []Part // by month, then as their documents are read
}

// Part is one amount of a figure.
type Part struct {
	Figure   Figure
	Month    cal.Month
	Of       string // the program or team, as findings name it
	Category string
	Type     string
	What     string // `line "cloud"`, a person, a posting
	Basis    string // how the amount comes about: rates, currencies
	rates.Sum
	Origin source.Origin
	// Rates are where the rates lie that it was priced with.
	Rates []source.Origin
	// Commit is the full hash of the commit that last changed the line; "" where it is
	// not known or not committed. It is for the caller to fill in.
	Commit string
}

// Explain lists what makes up a cell of the analysis. The error is a sentence for the
// user: there is no such cell.
func (a *Analysis) Explain(cell CellName) (*Explanation, error) {
	if err := cell.check(a); err != nil {
		return nil, err
	}
	from, to, err := cell.months(a)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Cell: cell, From: from, To: to, By: a.By, Currency: a.Currency}
	w := a.walk()
	w.each = true
	for acc, facts := range w.accounts() {
		for i := range facts {
			f := &facts[i]
			if !w.choice.fact(acc, f) || len(cell.Values) > 0 && !slices.ContainsFunc(a.keys(acc, f), cell.holds) {
				continue
			}
			for _, t := range cell.terms() {
				last := to
				if t.toDate {
					last = min(to, a.AsOf.Month())
				}
				if f.Figure == t.figure && from <= f.Month && f.Month <= last {
					e.add(w.collector, acc, f, t.sign)
				}
			}
		}
		e.veiled(a, w, acc)
	}
	slices.SortStableFunc(e.Parts, func(x, y Part) int { return cmp.Compare(x.Month, y.Month) })
	return e, nil
}

func (e *Explanation) add(c *collector, acc *account, f *Fact, sign int64) {
	if f.Amount.IsZero() && len(f.Unknown) == 0 {
		return
	}
	part := Part{Figure: f.Figure, Month: f.Month, Of: acc.subject, Category: f.Category, Type: f.Type, Sum: f.Sum}
	part.Amount.Minor *= sign
	part.tell(c, f)
	e.Total.Add(part.Sum)
	e.Parts = append(e.Parts, part)
}

// veiled adds what is not known of an account as a whole.
func (e *Explanation) veiled(a *Analysis, w *walk, acc *account) {
	for _, v := range w.veils {
		hidden := v.hidden(acc)
		of := len(e.Cell.Values) == 0 || slices.ContainsFunc(a.keys(acc, &hidden), e.Cell.holds)
		for _, t := range e.Cell.terms() {
			if !of || t.figure != v.figure || v.to < e.From || v.from > e.To {
				continue
			}
			why := rates.Sum{Unknown: []staffing.Reason{v.why}}
			e.Total.Add(why)
			e.Parts = append(e.Parts, Part{Figure: v.figure, Month: max(e.From, v.from), Of: acc.subject, Category: hidden.Category, Type: hidden.Type, What: "what is not seen", Sum: why})
		}
	}
}

// tell says what the part is of, and how its amount comes about.
func (p *Part) tell(at *collector, f *Fact) {
	switch s := f.Source.(type) {
	case LineSource:
		l := s.Line
		p.What, p.Origin = fmt.Sprintf("line %q", l.ID), l.Origin
		amount, err := l.Amount.In(cmp.Or(l.Currency, at.book.Currency()))
		if err == nil {
			curve := string(l.Spread.Curve)
			if curve == "" {
				curve = "by month"
			}
			p.Basis = fmt.Sprintf("%s %s, %s over %s to %s", amount.Grouped(), amount.Currency, curve, l.From, l.To)
		}
		if _, stated := l.Forecast[f.Month]; stated && f.Figure == Forecast {
			p.Basis = "forecast that the line states: " + l.Forecast[f.Month].String() + " " + string(cmp.Or(l.Currency, at.book.Currency()))
		}
		p.exchanged(at.prices, cmp.Or(l.Currency, at.book.Currency()), f.Month.First())
	case LedgerSource:
		e := s.Ledger.Entry(s.Posting)
		p.What, p.Origin = "entry of "+e.Date.String(), e.Origin
		var parts []string
		for _, text := range []string{e.Ref, e.Vendor, e.Memo} {
			if text != "" {
				parts = append(parts, text)
			}
		}
		if e.Kind != portfolio.Actual {
			parts = append(parts, string(e.Kind))
		}
		currency := cmp.Or(e.Currency, at.book.Currency())
		if currency != at.book.Currency() {
			parts = append(parts, e.Amount.String()+" "+string(currency))
		}
		p.Basis = strings.Join(parts, ", ")
		p.exchanged(at.prices, currency, e.Date)
	case StaffingSource:
		l := s.Line
		p.What, p.Origin = lineName(l), l.Origin
		days := []cal.Period{l.Period().Intersect(f.Month.Period())}
		if f.Figure == Actual || f.Figure == Forecast && f.Month <= at.closed {
			days[0].To = min(days[0].To, at.asOf+1)
			days = at.present(l.Person, days[0])
		}
		p.priced(at.prices, l.Person, rates.Scope{Role: l.Role, Level: l.Level, Location: l.Location}, l.FTE, days)
		if l.Capitalise > 0 {
			p.Basis += fmt.Sprintf(", %s capitalised", l.Capitalise)
		}
	case HoursSource:
		h := s.Entry
		p.What, p.Origin = "hours of "+cmp.Or(h.Person, h.Role), h.Origin
		p.priced(at.prices, h.Person, rates.Scope{Role: h.Role}, h.FTE, []cal.Period{h.Month.Period()})
		if num, den := at.capitalise(at.a.program, h); num > 0 {
			p.Basis += fmt.Sprintf(", %s capitalised", ratio.New(num, den).Percent())
		}
	case PeopleSource:
		c := s.Charge
		if c.Subject == "" {
			p.What, p.Origin = "attrition", c.Origin
			p.Basis = "what the plan expects of people who leave"
			return
		}
		p.What, p.Origin = c.Subject[strings.LastIndex(c.Subject, "/")+1:], c.Origin
		now := c.Standing
		p.priced(at.prices, "", rates.Scope{Role: now.Role, Level: now.Level, Location: now.Location}, now.FTE, []cal.Period{c.Days})
	case RunRate:
		p.What = "run rate"
		p.Basis = fmt.Sprintf("%s %s spent from %s to %s, by month", s.Spent.Grouped(), s.Spent.Currency, s.From, s.To)
	}
}

// lineName is whom a staffing line asks for.
func lineName(l *portfolio.StaffingLine) string {
	if l.Person != "" {
		return l.Person
	}
	var parts []string
	for _, text := range []string{l.Role, l.Level, l.Location} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	name := strings.Join(parts, " ")
	if l.Team != "" {
		name = strings.TrimSpace(name + " of " + l.Team)
	}
	return name
}

// exchanged adds the exchange rate of a day.
func (p *Part) exchanged(at *prices, c money.Currency, day cal.Date) {
	if r := at.book.Exchange(c, day); r != nil {
		p.Basis += " × " + r.Rate.String()
		p.Rates = append(p.Rates, r.Origin)
	}
}

// priced adds the rates that hold for somebody over days.
func (p *Part) priced(at *prices, person string, who rates.Scope, fte portfolio.MilliFTE, periods []cal.Period) {
	texts := []string{fte.String() + " FTE"}
	var last *portfolio.Rate
	var worked cal.WorkDays
	tell := func() {
		if last == nil || worked == 0 {
			return
		}
		text := report.Grouped(last.AnnualCost.String())
		if last.Currency != at.book.Currency() {
			text += " " + string(last.Currency)
		}
		text += " a year"
		if r := at.book.Exchange(last.Currency, p.Month.First()); r != nil {
			text += " × " + r.Rate.String()
			p.Rates = append(p.Rates, r.Origin)
		}
		texts = append(texts, fmt.Sprintf("%d of %d days at %s", worked, at.s.Calendar.WorkdaysIn(p.Month.Period()), text))
		p.Rates = append(p.Rates, last.Origin)
	}
	for _, days := range periods {
		for days.From < days.To {
			part := days
			if person != "" {
				now, until, listed := at.staff.On(person, days.From)
				if !listed {
					break
				}
				who = rates.Scope{Role: now.Role, Level: now.Level, Location: now.Location}
				part.To = min(part.To, until)
			}
			for _, s := range at.book.Stretches(who, part) {
				if s.Rate != last {
					tell()
					last, worked = s.Rate, 0
				}
				worked += at.s.Calendar.WorkdaysIn(s.Days)
			}
			days.From = part.To
		}
	}
	tell()
	p.Basis = strings.Join(texts, ", ")
}
