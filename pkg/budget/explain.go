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
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
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
					e.add(w.prices, acc, f, t.sign)
				}
			}
		}
	}
	slices.SortStableFunc(e.Parts, func(x, y Part) int { return cmp.Compare(x.Month, y.Month) })
	return e, nil
}

func (e *Explanation) add(p *prices, acc *account, f *Fact, sign int64) {
	if f.Amount.IsZero() && len(f.Unknown) == 0 {
		return
	}
	part := Part{Figure: f.Figure, Month: f.Month, Of: acc.subject, Category: f.Category, Type: f.Type, Sum: f.Sum}
	part.Amount.Minor *= sign
	part.tell(p, f)
	e.Total.Add(part.Sum)
	e.Parts = append(e.Parts, part)
}

// tell says what the part is of, and how its amount comes about.
func (p *Part) tell(at *prices, f *Fact) {
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
		p.exchanged(at, cmp.Or(l.Currency, at.book.Currency()), f.Month.First())
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
		p.exchanged(at, currency, e.Date)
	case StaffingSource:
		l := s.Line
		p.What, p.Origin = lineName(l), l.Origin
		p.priced(at, l.Person, rates.Scope{Role: l.Role, Level: l.Level, Location: l.Location}, l.FTE, l.Period().Intersect(f.Month.Period()))
		if l.Capitalise > 0 {
			p.Basis += fmt.Sprintf(", %s capitalised", l.Capitalise)
		}
	case HoursSource:
		h := s.Entry
		p.What, p.Origin = "hours of "+cmp.Or(h.Person, h.Role), h.Origin
		p.priced(at, h.Person, rates.Scope{Role: h.Role}, h.FTE, h.Month.Period())
	case PeopleSource:
		c := s.Charge
		if c.Subject == "" {
			p.What = "attrition that the plan expects"
			return
		}
		p.What, p.Origin = c.Subject, c.Origin
		now := c.Standing
		p.priced(at, "", rates.Scope{Role: now.Role, Level: now.Level, Location: now.Location}, now.FTE, c.Days)
	default:
		p.What = "run rate"
		if f.Figure != Forecast {
			p.What = "what is not there"
		}
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
func (p *Part) priced(at *prices, person string, who rates.Scope, fte portfolio.MilliFTE, days cal.Period) {
	texts := []string{fte.String() + " FTE"}
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
			text := fmt.Sprintf("%s a year", report.Grouped(s.Rate.AnnualCost.String()))
			if s.Rate.Currency != at.book.Currency() {
				text = fmt.Sprintf("%s %s a year", report.Grouped(s.Rate.AnnualCost.String()), s.Rate.Currency)
				if r := at.book.Exchange(s.Rate.Currency, p.Month.First()); r != nil {
					text += " × " + r.Rate.String()
					p.Rates = append(p.Rates, r.Origin)
				}
			}
			texts = append(texts, fmt.Sprintf("%d of %d days at %s", at.s.Calendar.WorkdaysIn(s.Days), at.s.Calendar.WorkdaysIn(p.Month.Period()), text))
			p.Rates = append(p.Rates, s.Rate.Origin)
		}
		days.From = part.To
	}
	p.Basis = strings.Join(texts, ", ")
}
