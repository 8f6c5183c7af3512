package goal

import (
	"math/big"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Fields are the keys of selectors that goals have, beside those of their documents.
func Fields() []string { return []string{"person", "quarter", "goal"} }

// The sources that are indicators.
const (
	CompletionRate = "completionRate"
	Satisfaction   = "satisfaction"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Quarter is the one whose goals are told.
	Quarter  cal.Quarter
	Selector portfolio.Selector
	// CompletionRate and Satisfaction are parts of the whole, of the fiscal year of the
	// quarter; unknown ones are told as such.
	CompletionRate, Satisfaction ratio.Ratio
}

// Analysis is the goals of a quarter, by person.
type Analysis struct {
	Options
	Days   cal.Period // of the quarter
	People []*Person  // by id
	// Others are the quarters that have goals too, in order.
	Others []cal.Quarter
	// Unknown says why there is nothing to tell, Partial why there may be more.
	Unknown, Partial []staffing.Reason

	s       *portfolio.Snapshot
	sources map[string]computed
}

// Person is the goals of one person; Progress is their mean by weight, Covered the part of
// the weight that it is of.
type Person struct {
	ID                string
	Goals             []*Goal
	Progress, Covered ratio.Ratio
}

// Goal is a goal; Share is its weight as a part of that of the person.
type Goal struct {
	*portfolio.Goal
	Document   string
	Share      ratio.Ratio
	Progress   ratio.Ratio // the mean of those key results that are known
	KeyResults []*KeyResult
}

// KeyResult is a key result and how far it is.
type KeyResult struct {
	*portfolio.KeyResult
	// Computed says that the current value is that of Source.
	Computed bool
	Progress ratio.Ratio
	State    State
	// Why says why progress is not known, Note why a source is not what counts.
	Why, Note string

	current number
}

// Over reports whether the quarter has passed.
func (a *Analysis) Over() bool { return a.Days.Last().Before(a.AsOf) }

// Elapsed is the part of the days of the quarter that are over, as-of with them.
func (a *Analysis) Elapsed() ratio.Ratio {
	return ratio.New(min(max(0, a.AsOf.Sub(a.Days.From)+1), a.Days.Days()), a.Days.Days())
}

// Needs reports whether a goal of a quarter names a source.
func Needs(s *portfolio.Snapshot, quarter cal.Quarter, source string) bool {
	return slices.ContainsFunc(s.Goals, func(g *portfolio.Goals) bool {
		return g.Quarter == quarter && slices.ContainsFunc(g.Goals, func(x *portfolio.Goal) bool {
			return slices.ContainsFunc(x.KeyResults, func(k portfolio.KeyResult) bool { return k.Source == source })
		})
	})
}

// Analyse measures the goals of a quarter. Documents that do not validate are left out.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{Options: o, s: s, Days: s.Fiscal.QuarterPeriod(o.Quarter), sources: map[string]computed{}}
	if a.unknown(); a.Unknown != nil {
		return a
	}
	by := map[string]*Person{}
	for _, g := range s.Goals {
		if !s.Sound("goals/" + g.Meta.Name) {
			continue
		}
		if g.Quarter != o.Quarter {
			if !g.Quarter.IsZero() && !slices.Contains(a.Others, g.Quarter) {
				a.Others = append(a.Others, g.Quarter)
			}
			continue
		}
		for _, x := range g.Goals {
			if !a.selects(g, x) {
				continue
			}
			if by[g.Person] == nil {
				by[g.Person] = &Person{ID: g.Person}
				a.People = append(a.People, by[g.Person])
			}
			by[g.Person].Goals = append(by[g.Person].Goals, a.goal(g, x))
		}
	}
	slices.SortFunc(a.People, func(x, y *Person) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(a.Others, func(x, y cal.Quarter) int { return (int(x.FY)*4 + x.Q) - (int(y.FY)*4 + y.Q) })
	for _, p := range a.People {
		p.sum()
	}
	return a
}

func (a *Analysis) unknown() {
	switch {
	case a.s.Unconfigured:
		a.Unknown = []staffing.Reason{staffing.Unconfigured}
	case !a.s.Absent(portfolio.ExternalGoals):
	case len(a.s.Goals) == 0:
		a.Unknown = []staffing.Reason{staffing.Private}
	default:
		a.Partial = staffing.Because(0, "Goals is private: an overlay that is not joined may have more")
	}
}

func (a *Analysis) selects(g *portfolio.Goals, x *portfolio.Goal) bool {
	fields := map[string]string{"person": g.Person, "quarter": g.Quarter.String(), "goal": x.ID}
	return a.s.Selects(a.Selector, "goals/"+g.Meta.Name, func(key string) (string, bool) {
		value, ok := fields[key]
		return value, ok
	})
}

func (a *Analysis) goal(g *portfolio.Goals, x *portfolio.Goal) *Goal {
	out := &Goal{Goal: x, Document: g.Meta.Name}
	m := newMean()
	for i := range x.KeyResults {
		k := &KeyResult{KeyResult: &x.KeyResults[i], State: Unknown}
		a.measure(k)
		k.judge()
		if k.State == Open && a.Over() {
			k.State = Missed
		}
		out.KeyResults = append(out.KeyResults, k)
		m.add(clamped(k.Progress), ratio.New(1, 1))
	}
	out.Progress = m.value()
	return out
}

// measure finds the current value.
func (a *Analysis) measure(k *KeyResult) {
	k.current = numberOf(k.Current)
	if k.Source == "" {
		return
	}
	c, done := a.sources[k.Source]
	if !done {
		c = a.compute(k.Source)
		a.sources[k.Source] = c
	}
	switch {
	case c.known():
		k.current, k.Computed = c.number, true
	case k.current.known():
		k.Note = "as stated: " + c.why
	default:
		k.Why = c.why
	}
}

// sum weighs the goals of a person.
func (p *Person) sum() {
	stated := slices.ContainsFunc(p.Goals, func(g *Goal) bool { return g.Weight != nil })
	weights, total := make([]ratio.Ratio, len(p.Goals)), new(big.Rat)
	for i, g := range p.Goals {
		weights[i] = weight(g.Weight, stated)
		total.Add(total, weights[i].Rat())
	}
	m := newMean()
	for i, g := range p.Goals {
		g.Share = quotient(weights[i].Rat(), total)
		m.add(g.Progress, weights[i])
	}
	p.Progress, p.Covered = m.value(), m.covered()
}

// weight is that of a goal; stated says that some goal of the person has one.
func weight(w *money.Decimal, stated bool) ratio.Ratio {
	switch {
	case !stated:
		return ratio.New(1, 1)
	case w == nil:
		return ratio.New(0, 1)
	}
	return numberOf(&portfolio.Measure{Value: *w}).value
}
