package risk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// By is what is grouped by, some of Dimensions; none makes no groups.
	By []group.Dimension
	// Subtree adds to a team the risks of the teams below it; By then has group.ByTeam.
	Subtree bool
	// Selector chooses risks: see Fields.
	Selector portfolio.Selector
	// Baseline is an earlier state to compare with; nil compares with nothing.
	Baseline *portfolio.Snapshot
}

// Analysis is the risks of a portfolio.
type Analysis struct {
	Options
	// Risks are those that are chosen: what counts first, of that what is past its review
	// first, then by exposure.
	Risks []*Risk
	// Total is the exposure of all, Groups that by key, Responses that by response.
	Total     Exposure
	Groups    []Group
	Responses []Response
	// Occurred is the impact of what has occurred.
	Occurred Exposure
	// Late are the risks past the day of their review, the longest first, Soon those with
	// one within the horizon of the policy, the next first.
	Late, Soon []*Risk
	// Trend is what became of the risks of the baseline; nil without one.
	Trend *Trend
	// Unknown says why nothing is known, Partial why there may be more.
	Unknown, Partial []staffing.Reason

	s   *portfolio.Snapshot
	was []*Risk // of the baseline
}

// Risk is something that may go wrong, and what that may cost.
type Risk struct {
	*portfolio.Risk
	Program *portfolio.Program
	// Holder is the owner, else that of the program.
	Holder string
	// Cost is the impact in money, in the portfolio's currency; nil where it is not known,
	// for CostUnknown, or not stated. Days are working days; nil where nobody said.
	Cost        *money.Amount
	CostUnknown []staffing.Reason
	Days        *int
	// ExposedCost and ExposedDays are the probability × that.
	ExposedCost *money.Amount
	ExposedDays ratio.Ratio
	// Past is by how many days its review is late; 0 where it is not.
	Past cal.Days
}

// Name is program/risk.
func (r *Risk) Name() string { return r.Program.Meta.Name + "/" + r.ID }

// Counts reports whether the risk may still occur: it is open, and so is its program.
func (r *Risk) Counts() bool { return r.Status == portfolio.RiskOpen && !r.Program.Status.Over() }

// Fields are what a selector knows of a risk, beside the labels and fields of its program;
// name and risk are its id, owner and status its own.
func Fields() []string { return []string{"name", "owner", "response", "risk", "status"} }

// Analyse looks at the risks of all sound programs.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{Options: o, s: s}
	if a.unknown(); a.Unknown != nil {
		return a
	}
	a.Risks = risksOf(s, o)
	slices.SortStableFunc(a.Risks, urgency)
	soon := o.AsOf.Add(cal.Days(*s.Config.Policy.Horizon))
	var occurred tally
	for _, r := range a.Risks {
		switch {
		case r.Counts() && r.Past > 0:
			a.Late = append(a.Late, r)
		case r.Counts() && !r.ReviewBy.IsZero() && r.ReviewBy <= soon:
			a.Soon = append(a.Soon, r)
		case r.Status == portfolio.RiskOccurred:
			occurred.add(r.Cost, days(r.Days))
		}
	}
	slices.SortStableFunc(a.Soon, func(x, y *Risk) int {
		return cmp.Or(cmp.Compare(x.ReviewBy, y.ReviewBy), strings.Compare(x.Name(), y.Name()))
	})
	a.Occurred, a.Total = occurred.exposure(a.currency()), a.exposure(a.Risks)
	if o.Baseline != nil {
		a.compare()
	}
	a.groups()
	a.responses()
	return a
}

// unknown says why nothing is known, or that there may be more.
func (a *Analysis) unknown() {
	switch {
	case !a.s.Absent(portfolio.ExternalProgram):
	case len(a.s.Programs) == 0:
		a.Unknown = []staffing.Reason{staffing.Private}
	default:
		a.Partial = staffing.Because(0, "Program is private: an overlay that is not joined may have more")
	}
}

func (a *Analysis) currency() money.Currency { return a.s.Config.Currency }

// risksOf lists the risks of a portfolio that are chosen, each id of a program once.
func risksOf(s *portfolio.Snapshot, o Options) []*Risk {
	var list []*Risk
	book := rates.New(s)
	for _, p := range s.Programs {
		if !s.Sound(p.Subject()) {
			continue
		}
		for _, k := range p.Risks {
			r := &Risk{Risk: k, Program: p, Holder: cmp.Or(k.Owner, p.Owner)}
			own := map[string]string{"name": k.ID, "risk": k.ID, "owner": r.Holder, "status": string(k.Status), "response": string(k.Response)}
			if s.Selects(o.Selector, p.Subject(), func(key string) (string, bool) {
				value, has := own[key]
				return value, has
			}) {
				r.price(s, book, o.AsOf)
				list = append(list, r)
			}
		}
	}
	return list
}

// price finds what the risk may cost, and how late its review is.
func (r *Risk) price(s *portfolio.Snapshot, book *rates.Book, asOf cal.Date) {
	if r.Impact != nil {
		if d := r.Impact.Days; d != nil {
			r.Days = new(int(*d))
		}
		if c := r.Impact.Cost; c != nil {
			r.Cost, r.CostUnknown = cost(s, r.Program, *c, book, asOf)
		}
	}
	if p := r.Probability; p != nil {
		if r.Days != nil {
			r.ExposedDays = days(r.Days).Mul(ratio.New(*p, portfolio.Whole))
		}
		if r.Cost != nil {
			if exposed, err := r.Cost.MulDiv(int64(*p), int64(portfolio.Whole)); err == nil { // a part of what fits
				r.ExposedCost = &exposed
			}
		}
	}
	if !r.ReviewBy.IsZero() && r.Counts() {
		r.Past = max(0, asOf.Sub(r.ReviewBy))
	}
}

// cost is money of a program in the portfolio's currency, nil where why says that it is not
// known.
func cost(s *portfolio.Snapshot, p *portfolio.Program, d money.Decimal, book *rates.Book, asOf cal.Date) (amount *money.Amount, why []staffing.Reason) {
	currency := s.Config.Currency
	switch {
	case s.Unconfigured:
		return nil, []staffing.Reason{staffing.Unconfigured}
	case p.Budget != nil:
		currency = cmp.Or(p.Budget.Currency, currency)
	case slices.Contains(s.Config.External, portfolio.ExternalBudget): // which states the currency
		return nil, []staffing.Reason{staffing.Private}
	}
	own, err := d.In(currency)
	if err != nil {
		return nil, staffing.Because(0, "%s", err)
	}
	converted, why := book.ConvertOn(own, asOf)
	if why != nil {
		return nil, why
	}
	return &converted, nil
}

// days are so many as an exact number; unknown where n is nil.
func days(n *int) ratio.Ratio {
	if n == nil {
		return ratio.Ratio{}
	}
	return ratio.New(*n, 1)
}

// urgency puts first what counts and is past its review, the longest first, then what
// counts by exposure in money and then in days, the most first, then what has occurred,
// then what is closed.
func urgency(x, y *Risk) int {
	class := func(r *Risk) int {
		switch {
		case r.Counts():
			return 0
		case r.Status == portfolio.RiskOccurred:
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(class(x), class(y)), cmp.Compare(y.Past, x.Past), compareCost(y.ExposedCost, x.ExposedCost),
		y.ExposedDays.Cmp(x.ExposedDays), strings.Compare(x.Name(), y.Name()))
}

// compareCost orders amounts of one currency; what is not known is less than all.
func compareCost(x, y *money.Amount) int {
	switch {
	case x != nil && y != nil:
		return cmp.Compare(x.Minor, y.Minor)
	case x != nil:
		return 1
	case y != nil:
		return -1
	}
	return 0
}
