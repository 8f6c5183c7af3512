package risk

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Kind is what became of a risk.
type Kind string

// The kinds, in the order in which they lead from the exposure of then to that of now.
const (
	New      Kind = "new"      // it was not there, and is open
	Reopened Kind = "reopened" // it was not open, and is
	Raised   Kind = "raised"   // its exposure is more, in money or else in days
	Lowered  Kind = "lowered"
	Changed  Kind = "changed" // something else of it is
	Closed   Kind = "closed"
	Occurred Kind = "occurred"
	Ended    Kind = "ended" // its program is over
	Gone     Kind = "gone"  // nobody closed it, and it is in no file any more
)

var kinds = []Kind{New, Reopened, Raised, Lowered, Changed, Closed, Occurred, Ended, Gone}

// Trend is what became of risks since an earlier state.
type Trend struct {
	// Unknown says why nothing is known of it; there is nothing else then.
	Unknown []staffing.Reason
	// Before is the exposure of then.
	Before Exposure
	// Steps lead from there to that of now, those alone that there are, in their order.
	Steps []Step
	// Moves are the risks that are not as they were, by kind, then as risks are ordered.
	Moves []*Move
}

// Step is what the risks of one kind add to the exposure.
type Step struct {
	Kind  Kind
	Risks int
	Cost  *money.Amount // nil where it does not fit
	Days  ratio.Ratio
}

// Move is what became of one risk; Was or Is is nil where it is not there.
type Move struct {
	Kind    Kind
	Was, Is *Risk
	// Cost and Days are by how much the exposure is more than it was; what is not known
	// adds nothing, then or now.
	Cost int64 // minor units
	Days ratio.Ratio
	// Why says what is another, for people: "probability 30% to 50%".
	Why []string
}

// Name is program/risk.
func (m *Move) Name() string {
	if m.Is != nil {
		return m.Is.Name()
	}
	return m.Was.Name()
}

// compare finds what became of the risks of the baseline.
func (a *Analysis) compare() {
	then := a.Baseline
	t := &Trend{}
	a.Trend = t
	switch {
	case then.Absent(portfolio.ExternalProgram) && len(then.Programs) == 0:
		t.Unknown = []staffing.Reason{staffing.Private}
		return
	case then.Config.Currency != a.currency() && !then.Unconfigured && !a.s.Unconfigured:
		t.Unknown = staffing.Because(0, "the currency was %s, and is %s", then.Config.Currency, a.currency())
		return
	}
	a.was = risksOf(then, a.Options)
	t.Before = a.exposure(a.was)
	before, was, is := named(a.was), named(risksOf(then, Options{AsOf: a.AsOf})), named(risksOf(a.s, Options{AsOf: a.AsOf}))
	chosen := named(a.Risks)
	for _, r := range a.Risks {
		earlier, why := was[r.Name()], ""
		switch {
		case earlier == nil && !then.Sound(r.Program.Subject()):
			why = "its program did not validate"
		case earlier != nil && before[r.Name()] == nil && earlier.Counts():
			earlier, why = nil, "it was not among these"
		}
		t.note(earlier, r, why)
	}
	for _, r := range a.was {
		later, why := is[r.Name()], ""
		switch {
		case chosen[r.Name()] != nil:
			continue
		case !a.s.Sound(r.Program.Subject()):
			why = "its program does not validate"
		case later != nil && later.Counts():
			later, why = nil, "it is not among these any more"
		}
		t.note(r, later, why)
	}
	slices.SortStableFunc(t.Moves, func(x, y *Move) int { return slices.Index(kinds, x.Kind) - slices.Index(kinds, y.Kind) })
	a.steps()
}

// named are risks by their names.
func named(list []*Risk) map[string]*Risk {
	by := make(map[string]*Risk, len(list))
	for _, r := range list {
		by[r.Name()] = r
	}
	return by
}

// note adds what became of a risk, unless nothing did. Why is what is to be said of one that
// came or went.
func (t *Trend) note(was, is *Risk, why string) {
	m := &Move{Was: was, Is: is}
	opened, open := was != nil && was.Counts(), is != nil && is.Counts()
	m.Cost = minor(open, is) - minor(opened, was)
	m.Days = exposedDays(open, is).Sub(exposedDays(opened, was))
	switch {
	case !opened && !open:
		return
	case was == nil:
		m.Kind = New
	case !opened:
		m.Kind = Reopened
	case is == nil:
		m.Kind = Gone
	case is.Status == portfolio.RiskClosed:
		m.Kind = Closed
	case is.Status == portfolio.RiskOccurred:
		m.Kind = Occurred
	case !open:
		m.Kind, m.Why = Ended, []string{"its program is " + string(is.Program.Status)}
	default:
		if m.Why = differences(was, is); m.Why == nil && m.Cost == 0 && m.Days.Sign() == 0 {
			return
		}
		if m.Why == nil {
			m.Why = []string{"exchange rate"}
		}
		m.Kind = Changed
		switch {
		case m.Cost > 0 || m.Cost == 0 && m.Days.Sign() > 0:
			m.Kind = Raised
		case m.Cost < 0 || m.Days.Sign() < 0:
			m.Kind = Lowered
		}
	}
	if why != "" {
		m.Why = []string{why}
	}
	t.Moves = append(t.Moves, m)
}

func minor(counts bool, r *Risk) int64 {
	if !counts || r.ExposedCost == nil {
		return 0
	}
	return r.ExposedCost.Minor
}

func exposedDays(counts bool, r *Risk) ratio.Ratio {
	if !counts || !r.ExposedDays.Known() {
		return ratio.New(0, 1)
	}
	return r.ExposedDays
}

// differences says what is another of an open risk.
func differences(was, is *Risk) (list []string) {
	add := func(what, before, after string) {
		if before != after {
			list = append(list, fmt.Sprintf("%s %s to %s", what, orNone(before), orNone(after)))
		}
	}
	add("probability", percentText(was), percentText(is))
	add("impact", daysText(was), daysText(is))
	add("impact", costText(was), costText(is))
	add("response", string(was.Response), string(is.Response))
	add("owner", was.Holder, is.Holder)
	add("review", dayText(was), dayText(is))
	return list
}

func percentText(r *Risk) string {
	if r.Probability == nil {
		return ""
	}
	return r.Probability.String()
}

func daysText(r *Risk) string {
	if r.Days == nil {
		return ""
	}
	return fmt.Sprintf("%dd", *r.Days)
}

// costText is the impact as the file states it: what exchange rates do is another thing.
func costText(r *Risk) string {
	if r.Impact == nil || r.Impact.Cost == nil {
		return ""
	}
	text := r.Impact.Cost.String()
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if b := r.Program.Budget; b != nil && b.Currency != "" {
		text += " " + string(b.Currency)
	}
	return text
}

func dayText(r *Risk) string {
	if r.ReviewBy.IsZero() {
		return ""
	}
	return r.ReviewBy.String()
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// steps sums the moves by kind.
func (a *Analysis) steps() {
	for _, kind := range kinds {
		cost, days, n := new(big.Int), new(big.Rat), 0
		for _, m := range a.Trend.Moves {
			if m.Kind == kind {
				n++
				cost.Add(cost, big.NewInt(m.Cost))
				days.Add(days, m.Days.Rat())
			}
		}
		if n > 0 {
			a.Trend.Steps = append(a.Trend.Steps, Step{kind, n, amount(cost, a.currency()), ratio.Of(days)})
		}
	}
}
